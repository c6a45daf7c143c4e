//! Output heads of every family (`scripts/family_heads.py` makes the checkpoints): logits, scores, entities and spans are those of
//! transformers, also those of Google's checkpoints. A part of `docs/heads.md` is made here.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::PathBuf,
};

use clscope::{
    analysis::HeadSays,
    bert::{Backend, Bert, HeadFaultKind, HeadName, Input, Remark, States},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    common::{self, CPU, repository},
    heads::{
        Answers, Model, assert_documented, backends, below, check_answers, check_entities, class, difference, open,
        read,
    },
    probe::{ablated, assert_adds_up},
};

fn answers() -> BTreeMap<String, Model> {
    common::read::<Answers>("family_heads").models
}

fn folder(name: &str) -> PathBuf {
    repository().join("tests/reference/family_heads").join(name)
}

/// A checkpoint with its family's tokenizer, and another configuration.
fn made(name: &str, family: &str, change: impl FnOnce(&mut Value)) -> TempDir {
    let made = tempfile::tempdir().unwrap();
    let tokenizer = repository().join("tests/reference/families").join(family);
    for file in ["tokenizer.json", "tokenizer_config.json"] {
        fs::copy(tokenizer.join(file), made.path().join(file)).unwrap();
    }
    fs::copy(folder(name).join("model.safetensors"), made.path().join("model.safetensors")).unwrap();
    let mut config: Value = serde_json::from_slice(&fs::read(folder(name).join("config.json")).unwrap()).unwrap();
    change(&mut config);
    fs::write(made.path().join("config.json"), config.to_string()).unwrap();
    made
}

fn opened(name: &str, model: &Model, backend: Backend) -> Bert {
    match name.strip_prefix("tensorflow/") {
        Some(_) => open(&repository().join("tests/reference").join(name), backend),
        None => open(made(name, &model.family, |_| {}).path(), backend),
    }
}

#[test]
fn every_head_of_every_family_gives_transformers_numbers() {
    let mut rows = String::new();
    for (name, model) in answers() {
        let is_google = name.starts_with("tensorflow/");
        for backend in backends() {
            let bert = opened(&name, &model, backend);
            if !is_google {
                assert_eq!(bert.info().remarks, [], "{name}");
            }
            let what = format!("{name}, {backend}");
            let worst = model.cases.iter().map(|case| difference(&what, &bert, case, CPU)).fold(0.0, f64::max);
            let class = if is_google { "Google's checkpoint".to_owned() } else { class(&folder(&name)) };
            let heads: Vec<&str> = bert.info().output_heads.iter().map(|head| head.name.id()).collect();
            let _ = writeln!(rows, "| `{class}` | {} | {backend} | {} |", heads.join(", "), below(worst));
        }
    }
    let head = "| class | heads | backend | largest difference |\n| --- | --- | --- | --- |\n";
    assert_documented("families", &format!("{head}{rows}"));
}

#[cfg(feature = "wgpu")]
#[test]
fn every_head_of_every_family_gives_transformers_numbers_on_a_gpu() {
    let (mut rows, mut worst_of_all) = (String::new(), BTreeMap::<String, f64>::new());
    for (name, model) in answers() {
        let bert = opened(&name, &model, Backend::Wgpu);
        let worst = model.cases.iter().map(|case| difference(&name, &bert, case, common::GPU)).fold(0.0, f64::max);
        let head = bert.info().output_heads[0].name.id();
        let so_far = worst_of_all.entry(head.to_owned()).or_default();
        *so_far = so_far.max(worst);
    }
    for (head, worst) in worst_of_all {
        let _ = writeln!(rows, "| {head} | wgpu | {} |", below(worst));
    }
    let head = "| head, of every family | backend | largest difference |\n| --- | --- | --- |\n";
    assert_documented("families-wgpu", &format!("On wgpu, on software Vulkan:\n\n{head}{rows}"));
}

#[test]
fn entities_and_answers_of_every_family_are_those_of_the_pipelines() {
    let (mut entities, mut answered) = (0, 0);
    for (name, model) in answers() {
        if model.entities.is_empty() && model.spans.is_empty() {
            continue;
        }
        let bert = opened(&name, &model, Backend::Flex);
        check_entities(&name, &bert, &model.entities);
        check_answers(&name, &bert, &model.spans);
        entities += usize::from(!model.entities.is_empty());
        answered += usize::from(!model.spans.is_empty());
    }
    assert_eq!((entities, answered), (8, 8));
}

/// Through every layer of every head: dense, activation and layer norm; also of every word that the masked-language head scores.
#[test]
fn every_logit_of_every_family_is_the_sum_of_its_parts() {
    let mut explained = BTreeSet::new();
    for (name, model) in answers() {
        let bert = opened(&name, &model, Backend::Flex);
        for trace in ablated(&bert, &Input::joined("The cat is on it.", "Is it?")) {
            let pass = bert.freeze(&trace).unwrap();
            let states = States::from(&trace);
            let words = bert.vocabulary_logits(&states).unwrap();
            for logits in bert.head_logits(&states).unwrap().iter().chain(&words) {
                for token in 0..logits.rows().len() {
                    let labels = logits.of_labels(token).unwrap();
                    for label in (0..labels.len()).step_by(labels.len().div_ceil(8)) {
                        let what = format!("{name}, {:?}, token {token}, label {label}", logits.head);
                        let found = pass.explain_logit(logits.head, label, token).unwrap();
                        let found = found.unwrap_or_else(|| panic!("{what}"));
                        assert!((found.logit - labels[label]).abs() < 1e-5, "{what}: {}", found.logit);
                        assert_adds_up(&what, &found);
                    }
                    assert_eq!(pass.explain_logit(logits.head, labels.len(), token).unwrap(), None, "{name}");
                }
                explained.insert((model.family.clone(), logits.head.id()));
            }
        }
    }
    for (family, head) in [
        ("roberta", "sequence-classification"),
        ("distilbert", "sequence-classification"),
        ("electra", "multiple-choice"),
        ("electra", "replaced-tokens"),
        ("albert", "masked-language"),
    ] {
        assert!(explained.contains(&(family.to_owned(), head)), "{family}, {head}");
    }
}

#[test]
fn electra_says_of_each_token_whether_it_was_replaced() {
    let (name, answers) = ("electra-pre-training", answers());
    let bert = opened(name, &answers[name], Backend::Flex);
    assert_eq!(bert.info().output_heads[0].name, HeadName::ReplacedTokens);
    let input = Input::single("The cat is on it.");
    let (trace, readings) = read(&bert, &input);
    let HeadSays::Tags { tokens, entities } = &readings[0].says else { panic!() };
    assert_eq!((tokens.len(), entities.len()), (trace.tokens.len(), trace.tokens.len() - 2));
    for (at, verdict) in (1..).zip(entities) {
        let [original, replaced] = &tokens[at][..] else { panic!() };
        assert_eq!((verdict.tokens.clone(), original.logit), (at..at + 1, -replaced.logit));
        let likelier = if replaced.logit > 0.0 { replaced } else { original };
        assert_eq!((&verdict.group, verdict.score), (&likelier.label, likelier.score));
        assert!((original.score + replaced.score - 1.0).abs() < 1e-6);
        let sigmoid = 1.0 / (1.0 + (-replaced.logit).exp());
        assert!((replaced.score - sigmoid).abs() < 1e-6);
    }
}

#[test]
fn a_head_of_any_family_that_cannot_be_used_is_named_and_the_rest_can() {
    let fault = |name: &str, family: &str, change: &dyn Fn(&mut Value)| {
        let bert = open(made(name, family, change).path(), Backend::Flex);
        let (trace, readings) = read(&bert, &Input::single("The cat is on it."));
        assert!(!trace.attentions.is_empty() && readings.is_empty(), "{name}");
        match bert.info().remarks.as_slice() {
            [Remark::Head(fault)] => {
                assert!(!fault.to_string().contains('\n'), "{fault}");
                (fault.head, fault.kind.clone())
            }
            other => panic!("{name}: {other:?}"),
        }
    };
    let labels = |config: &mut Value| config["id2label"] = json!({"0": "a", "1": "b"});
    for (family, tensor) in [
        ("roberta", "classifier.out_proj.weight"),
        ("electra", "classifier.out_proj.weight"),
        ("distilbert", "classifier.weight"),
        ("albert", "classifier.weight"),
    ] {
        let (head, kind) = fault(&format!("{family}-classify"), family, &labels);
        assert_eq!(head, HeadName::SequenceClassification, "{family}");
        assert_eq!(kind, HeadFaultKind::Labels { name: tensor.to_owned(), rows: 3, labels: 2 }, "{family}");
    }
    let class = |name: &'static str| move |config: &mut Value| config["architectures"] = json!([name]);
    // DistilBERT's classifier of tokens has no layer before it.
    let texts = class("DistilBertForSequenceClassification");
    let (head, kind) = fault("distilbert-tokens", "distilbert", &texts);
    assert_eq!(head, HeadName::SequenceClassification);
    assert!(matches!(&kind, HeadFaultKind::Missing { name, .. } if name == "pre_classifier.weight"), "{kind:?}");
    let (head, kind) = fault("mpnet-tokens", "mpnet", &class("MPNetForMultipleChoice"));
    assert_eq!(head, HeadName::MultipleChoice);
    assert!(matches!(kind, HeadFaultKind::NoPooler), "{kind:?}");
}

#[test]
fn a_head_that_no_class_names_is_told_by_its_tensors() {
    for (name, family, head, class) in [
        ("distilbert-classify", "distilbert", HeadName::SequenceClassification, "DistilBertForSequenceClassification"),
        ("distilbert-tokens", "distilbert", HeadName::TokenClassification, "DistilBertForTokenClassification"),
        ("camembert-tokens", "camembert", HeadName::TokenClassification, "CamembertForTokenClassification"),
    ] {
        let without = |config: &mut Value| drop(config.as_object_mut().unwrap().remove("architectures"));
        let bert = open(made(name, family, without).path(), Backend::Flex);
        assert_eq!(bert.info().output_heads.iter().map(|head| head.name).collect::<Vec<_>>(), [head]);
        assert_eq!(bert.info().remarks, [Remark::AssumedHead { class: class.to_owned() }]);
    }
}
