//! Output heads (`scripts/heads.py` makes the checkpoints): logits, scores, entities and spans are transformers'. A head that
//! cannot be used is named and leaves the rest usable. `docs/heads.md` is made here.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use clscope::{
    analysis::{HeadReading, HeadSays},
    bert::{Ablations, Backend, Bert, HeadFaultKind, HeadName, Input, OutputActivation, Remark, States, Trace},
    models::ModelSource,
    study::read_heads,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::common::{self, CPU, MeasureNumbers, assert_close, repository, widened};

#[derive(Deserialize)]
pub struct Answers {
    pub models: BTreeMap<String, Model>,
}

#[derive(Deserialize)]
pub struct Model {
    /// Of another family than BERT.
    #[serde(default)]
    pub family: String,
    pub cases: Vec<HeadCase>,
    #[serde(default)]
    pub entities: Vec<EntityCase>,
    #[serde(default)]
    pub spans: Vec<SpanCase>,
}

#[derive(Deserialize)]
pub struct HeadCase {
    text: String,
    pair: Option<String>,
    logits: Option<MeasureNumbers>,
    seq_relationship_logits: Option<MeasureNumbers>,
    sop_logits: Option<MeasureNumbers>,
    prediction_logits: Option<MeasureNumbers>,
    start_logits: Option<MeasureNumbers>,
    end_logits: Option<MeasureNumbers>,
    scores: Option<BTreeMap<String, f64>>,
}

#[derive(Deserialize)]
pub struct EntityCase {
    text: String,
    entities: Vec<ExpectedEntity>,
}

#[derive(Deserialize)]
struct ExpectedEntity {
    entity_group: String,
    score: f64,
    word: String,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
pub struct SpanCase {
    question: String,
    context: String,
    spans: Vec<ExpectedSpan>,
}

#[derive(Deserialize)]
struct ExpectedSpan {
    answer: String,
    score: f64,
    start: usize,
    end: usize,
}

const FORMS: [&str; 2] = ["safetensors", "bin"];

fn folder(model: &str, form: &str) -> std::path::PathBuf {
    repository().join("tests/reference/heads").join(format!("{model}-{form}"))
}

pub fn open(directory: &Path, backend: Backend) -> Bert {
    common::open(&ModelSource::Directory(directory.to_owned()), backend).unwrap()
}

pub fn backends() -> Vec<Backend> {
    [Backend::Flex, Backend::Ndarray].into_iter().filter(|backend| backend.is_built_in()).collect()
}

fn answers() -> BTreeMap<String, Model> {
    common::read::<Answers>("heads").models
}

pub fn read(bert: &Bert, input: &Input) -> (Trace, Vec<HeadReading>) {
    let trace = bert.trace(input).unwrap();
    let heads = read_heads(bert, input, &States::from(&trace), None).unwrap();
    (trace, heads)
}

/// The largest difference to transformers in a case.
pub fn difference(what: &str, bert: &Bert, case: &HeadCase, tolerance: f64) -> f64 {
    let input = Input { text: case.text.clone(), pair: case.pair.clone() };
    let (trace, readings) = read(bert, &input);
    let states = States::from(&trace);
    let logits = bert.head_logits(&states).unwrap();
    let vocabulary = bert.vocabulary_logits(&states).unwrap();
    let mut worst = 0.0f64;
    let mut compare = |expected: &MeasureNumbers, found: &[f32]| {
        assert_close(what, expected, widened(found), tolerance);
        worst = expected.values.iter().zip(widened(found)).map(|(a, b)| (a - b).abs()).fold(worst, f64::max);
    };
    let one = logits.first().unwrap_or_else(|| panic!("{what}: no head"));
    assert_eq!(logits.len(), 1, "{what}");
    for expected in [&case.logits, &case.seq_relationship_logits, &case.sop_logits].into_iter().flatten() {
        compare(expected, &one.values);
    }
    match &case.prediction_logits {
        Some(expected) => compare(expected, &vocabulary.unwrap().values),
        None => assert!(vocabulary.is_none(), "{what}"),
    }
    for (column, expected) in [&case.start_logits, &case.end_logits].into_iter().flatten().enumerate() {
        compare(expected, &one.column(column));
    }
    if let Some(scores) = &case.scores {
        let HeadSays::Labels(found) = &readings[0].says else { panic!("{what}: no labels") };
        assert_eq!(found.len(), scores.len(), "{what}");
        for label in found {
            let off = (scores[&label.label] - f64::from(label.score)).abs();
            assert!(off <= tolerance, "{what}: {label:?} is off by {off:e}");
        }
    }
    worst
}

#[test]
fn every_head_gives_transformers_numbers() {
    let mut rows = String::new();
    for (name, model) in answers() {
        assert!(model.cases.len() >= 5);
        for form in FORMS {
            for backend in backends() {
                let bert = open(&folder(&name, form), backend);
                assert_eq!(bert.info().remarks, [], "{name}");
                let what = format!("{name}, {form}, {backend}");
                let worst = model.cases.iter().map(|case| difference(&what, &bert, case, CPU)).fold(0.0, f64::max);
                let class = class(&folder(&name, form));
                let _ = writeln!(rows, "| `{class}` | {name} | {form} | {backend} | {} |", below(worst));
            }
        }
    }
    let head = "| class | checkpoint | form | backend | largest difference |\n| --- | --- | --- | --- | --- |\n";
    assert_documented("table", &format!("{head}{rows}"));
}

/// `below 1e-5`: the first step that a difference is below.
pub fn below(worst: f64) -> String {
    let step = [1e-5, CPU, 5e-5, common::GPU].into_iter().find(|step| worst < *step);
    format!("below {:.0e}", step.unwrap_or_else(|| panic!("{worst:e}")))
}

pub fn class(folder: &Path) -> String {
    let config: Value = serde_json::from_slice(&fs::read(folder.join("config.json")).unwrap()).unwrap();
    config["architectures"][0].as_str().unwrap().to_owned()
}

/// That a part of `docs/heads.md` is this.
pub fn assert_documented(part: &str, table: &str) {
    let path = repository().join("docs/heads.md");
    let (start, end) = (format!("<!-- {part} -->\n"), format!("<!-- end of {part} -->\n"));
    let written = || fs::read_to_string(&path).unwrap_or_default();
    if std::env::var_os("CLSCOPE_UPDATE_DOCS").is_some() {
        let before = written();
        let (head, tail) = (before.split(&start).next().unwrap(), before.split(&end).nth(1).unwrap());
        fs::write(&path, format!("{head}{start}{table}{end}{tail}")).unwrap();
    }
    assert!(
        written().contains(&format!("{start}{table}{end}")),
        "docs/heads.md is out of date: CLSCOPE_UPDATE_DOCS=1 cargo test --release --test library heads"
    );
}

#[cfg(feature = "wgpu")]
#[test]
fn every_head_gives_transformers_numbers_on_a_gpu() {
    let mut rows = String::new();
    for (name, model) in answers() {
        let bert = open(&folder(&name, FORMS[0]), Backend::Wgpu);
        let worst = model.cases.iter().map(|case| difference(&name, &bert, case, common::GPU)).fold(0.0, f64::max);
        let _ = writeln!(rows, "| `{}` | {name} | wgpu | {} |", class(&folder(&name, FORMS[0])), below(worst));
    }
    let of = "On wgpu, on software Vulkan (a build with it makes this table):\n\n";
    let head = "| class | checkpoint | backend | largest difference |\n| --- | --- | --- | --- |\n";
    assert_documented("wgpu", &format!("{of}{head}{rows}"));
}

fn characters(text: &str, byte: usize) -> usize {
    text[..byte].chars().count()
}

#[test]
fn entities_are_those_of_the_pipeline() {
    let model = &answers()["tokens"];
    assert_eq!(model.entities.len(), 50);
    check_entities("BERT", &open(&folder("tokens", FORMS[0]), Backend::Flex), &model.entities);
}

/// That what a classifier of tokens finds is what the pipeline found.
pub fn check_entities(what: &str, bert: &Bert, cases: &[EntityCase]) {
    for case in cases {
        let (_, readings) = read(bert, &Input::single(&*case.text));
        let HeadSays::Tags { entities, .. } = &readings[0].says else { panic!() };
        let place =
            |span: &std::ops::Range<usize>| (characters(&case.text, span.start), characters(&case.text, span.end));
        let found: Vec<_> =
            entities.iter().map(|entity| (&*entity.group, &*entity.word, place(&entity.span))).collect();
        let expected: Vec<_> = case
            .entities
            .iter()
            .map(|entity| (&*entity.entity_group, &*entity.word, (entity.start, entity.end)))
            .collect();
        assert_eq!(found, expected, "{what}: {:?}", case.text);
        for (found, expected) in entities.iter().zip(&case.entities) {
            assert!((f64::from(found.score) - expected.score).abs() < CPU, "{what}: {:?}", case.text);
        }
    }
}

#[test]
fn answers_are_those_of_the_pipeline() {
    let model = &answers()["question"];
    assert_eq!(model.spans.len(), 50);
    let bert = open(&folder("question", FORMS[0]), Backend::Flex);
    check_answers("BERT", &bert, &model.spans);
    let (_, alone) = read(&bert, &Input::single("Where is it?"));
    assert!(matches!(&alone[0].says, HeadSays::Answers { spans, .. } if spans.is_empty()));
}

/// That the answers found are those that the pipeline found. Of pieces that SentencePiece or byte pairs have found in a script
/// without blanks each is a word here, where the pipeline widens an answer to the next blanks.
pub fn check_answers(what: &str, bert: &Bert, cases: &[SpanCase]) {
    let is_unspaced = |character: char| ('\u{3040}'..='\u{9fff}').contains(&character);
    for case in cases {
        let what = format!("{what}: {:?}", case.context);
        let (_, readings) = read(bert, &Input::joined(&*case.question, &*case.context));
        let HeadSays::Answers { spans, .. } = &readings[0].says else { panic!() };
        assert!(spans.len() >= case.spans.len(), "{what}");
        for (found, expected) in spans.iter().zip(&case.spans) {
            let (start, end) = (characters(&case.context, found.span.start), characters(&case.context, found.span.end));
            if what.starts_with("BERT") || !expected.answer.chars().any(is_unspaced) {
                assert_eq!(
                    (&case.context[found.span.clone()], start, end),
                    (&*expected.answer, expected.start, expected.end),
                    "{what}"
                );
            }
            assert!(expected.start <= start && start <= end && end <= expected.end, "{what}");
            assert!((f64::from(found.score) - expected.score).abs() < CPU, "{what}");
        }
    }
}

/// A copy of a checkpoint with another configuration.
fn with_config(model: &str, change: impl FnOnce(&mut Value)) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(folder(model, FORMS[0])).unwrap() {
        let path = file.unwrap().path();
        fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
    }
    let path = copy.path().join("config.json");
    let mut config: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut config);
    fs::write(path, config.to_string()).unwrap();
    copy
}

#[test]
fn a_head_that_cannot_be_used_is_named_and_the_rest_can() {
    let fault = |model: &str, change: &dyn Fn(&mut Value)| {
        let copy = with_config(model, change);
        let bert = open(copy.path(), Backend::Flex);
        let trace = bert.trace_ablated(&Input::single("The cat sat."), &Ablations::default()).unwrap();
        assert!(!trace.attentions.is_empty());
        assert!(bert.head_logits(&States::from(&trace)).unwrap().is_empty());
        match bert.info().remarks.as_slice() {
            [Remark::Head(fault)] => (fault.head, fault.kind.clone(), fault.to_string()),
            other => panic!("{other:?}"),
        }
    };
    let (head, kind, line) = fault("classify-one", &|config| config["id2label"] = json!({"0": "a", "1": "b"}));
    assert_eq!(head, HeadName::SequenceClassification);
    assert_eq!(kind, HeadFaultKind::Labels { name: "classifier.weight".to_owned(), rows: 3, labels: 2 });
    assert!(line.contains("3 rows") && line.contains("2 labels") && !line.contains('\n'), "{line}");
    let (head, kind, _) = fault("tokens", &|config| config["architectures"] = json!(["BertForSequenceClassification"]));
    assert_eq!((head, kind), (HeadName::SequenceClassification, HeadFaultKind::NoPooler));
    let (head, kind, _) = fault("classify-one", &|config| config["architectures"] = json!(["BertForMultipleChoice"]));
    assert_eq!(head, HeadName::MultipleChoice);
    assert!(matches!(kind, HeadFaultKind::Labels { rows: 3, labels: 1, .. }), "{kind:?}");
}

#[test]
fn names_of_other_rows_are_said_and_a_list_of_names_is_refused() {
    let opened = |change: &dyn Fn(&mut Value)| {
        let copy = with_config("classify-one", change);
        let bert = open(copy.path(), Backend::Flex);
        let labels = bert.info().output_heads.first().map(|head| head.labels.clone());
        (labels, bert.info().remarks.clone())
    };
    let (labels, remarks) = opened(&|config| config["id2label"] = json!({"1": "a", "2": "b", "3": "c"}));
    assert_eq!(labels.unwrap(), ["LABEL_0", "a", "b"]);
    let line = remarks[0].to_string();
    assert!(remarks.len() == 1 && line.contains("LABEL_0") && line.contains("3: \"c\""), "{remarks:?}");
    let (labels, remarks) = opened(&|config| {
        config["id2label"] = json!({"0": "a", "1": "b"});
        config["num_labels"] = json!(3);
    });
    assert_eq!(labels.unwrap(), ["LABEL_0", "LABEL_1", "LABEL_2"]);
    assert_eq!(remarks, [Remark::LabelCount { count: 3, names: 2 }]);
    let (labels, remarks) = opened(&|config| config["id2label"] = json!(["a", "b", "c"]));
    let [Remark::Head(fault)] = remarks.as_slice() else { panic!("{remarks:?}") };
    assert!(labels.is_none() && fault.kind == HeadFaultKind::LabelForm { is_list: true }, "{fault:?}");
    assert!(fault.to_string().contains("is a list"), "{fault}");
}

/// sentence-transformers 6 writes the activation beside the model, where it goes before that of `config.json`.
#[test]
fn a_saved_cross_encoder_has_its_activation_and_says_its_limit() {
    use OutputActivation::{Identity, Sigmoid};
    let opened = |saved: Value, modules: bool, change: &dyn Fn(&mut Value)| {
        let copy = with_config("cross-encoder", change);
        let list = json!([{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"}]);
        if modules {
            fs::write(copy.path().join("modules.json"), list.to_string()).unwrap();
        }
        fs::write(copy.path().join("config_sentence_transformers.json"), saved.to_string()).unwrap();
        fs::write(copy.path().join("sentence_bert_config.json"), r#"{"max_seq_length": 12}"#).unwrap();
        let bert = open(copy.path(), Backend::Flex);
        (bert.info().output_heads[0].activation, bert.info().remarks.clone())
    };
    let none = |config: &mut Value| drop(config.as_object_mut().unwrap().remove("sentence_transformers"));
    let sigmoid = |config: &mut Value| {
        config["sentence_transformers"]["activation_fn"] = json!("torch.nn.modules.activation.Sigmoid");
    };
    let of = |kind: &str, path: &str| json!({"model_type": kind, "activation_fn": path});
    let identity = "torch.nn.modules.linear.Identity";
    let limit = vec![Remark::CrossEncoderLimit { limit: 12, most: 48 }];
    assert_eq!(opened(of("CrossEncoder", identity), true, &none), (Identity, limit.clone()));
    assert_eq!(opened(of("CrossEncoder", identity), true, &sigmoid), (Identity, limit.clone()));
    // Python trusts torch's alone.
    assert_eq!(opened(of("CrossEncoder", "my.Own"), true, &sigmoid), (Sigmoid, limit));
    // Python does not read it of another kind of model, nor without modules.json.
    assert_eq!(opened(of("SentenceTransformer", identity), true, &none), (Sigmoid, Vec::new()));
    assert_eq!(opened(of("CrossEncoder", identity), false, &none), (Sigmoid, Vec::new()));
    let (activation, remarks) = opened(of("CrossEncoder", "my.Own"), true, &none);
    assert!(activation == Sigmoid && remarks.len() == 2, "{remarks:?}");
}

#[test]
fn a_head_that_no_class_names_is_told_by_its_tensors() {
    for (model, head, class) in [
        ("classify-one", HeadName::SequenceClassification, "BertForSequenceClassification"),
        ("tokens", HeadName::TokenClassification, "BertForTokenClassification"),
    ] {
        let copy = with_config(model, |config| {
            config.as_object_mut().unwrap().remove("architectures");
        });
        let bert = open(copy.path(), Backend::Flex);
        assert_eq!(bert.info().output_heads.iter().map(|head| head.name).collect::<Vec<_>>(), [head]);
        assert_eq!(bert.info().remarks, [Remark::AssumedHead { class: class.to_owned() }]);
    }
}
