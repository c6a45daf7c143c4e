//! What a model was trained to be read as: every chain of modules gives sentence-transformers' numbers
//! (`scripts/sentence_transformers_reference.py`), and what is not read is refused by name while the encoder opens.

use std::{collections::BTreeMap, fs, path::Path};

use clscope::{
    bert::{Backend, Bert, Input, ModuleSummary, NotDeclared, Sentence, States, Truncation, WantedReadings},
    models::ModelSource,
};
use serde::Deserialize;
use serde_json::json;
use tempfile::TempDir;

use crate::common::{self, load, repository};

/// What the issue asks for, on every number.
const TOLERANCE: f32 = 1e-5;

#[derive(Deserialize)]
struct Reference {
    texts: Vec<String>,
    cases: BTreeMap<String, ReferenceCase>,
    activations: BTreeMap<String, Vec<Vec<f32>>>,
}

#[derive(Deserialize)]
struct ReferenceCase {
    encoder: String,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    prompt: Option<String>,
    prompt_name: Option<String>,
    vectors: Vec<Vec<f32>>,
}

fn reference() -> Reference {
    let path = repository().join("tests/reference/sentence_transformers.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { fs::copy(entry.path(), to).map(drop).unwrap() }
    }
}

/// A model's directory: the encoder all of them have, in its folder, and what is the case's own.
pub fn directory(case: &str, encoder: &str) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let reference = repository().join("tests/reference");
    copy(&reference.join("forms/safetensors-f32"), &directory.path().join(encoder));
    copy(&reference.join("sentence_transformers").join(case), directory.path());
    directory
}

fn open(directory: &Path) -> Bert {
    common::open(&ModelSource::Directory(directory.to_owned()), Backend::Flex).unwrap()
}

/// `declared` of every text, read in one batch.
fn batch(bert: &Bert, texts: &[String], plain: bool) -> Vec<Vec<f32>> {
    let inputs: Vec<Input> = texts.iter().map(Input::single).collect();
    let mut vectors = Vec::new();
    let wanted = WantedReadings { plain, declared: true };
    bert.states(&inputs, wanted, |_, States { declared, .. }, _| vectors.push(declared.unwrap().to_vec())).unwrap();
    vectors
}

#[track_caller]
fn assert_equal(name: &str, expected: &[Vec<f32>], found: &[Vec<f32>]) {
    assert_eq!(expected.len(), found.len());
    for (text, (expected, found)) in expected.iter().zip(found).enumerate() {
        assert_eq!(expected.len(), found.len(), "{name}, text {text}");
        for (at, (a, b)) in expected.iter().zip(found).enumerate() {
            assert!((a - b).abs() < TOLERANCE, "{name}, text {text}, number {at}: {a} and {b}");
        }
    }
}

#[test]
fn every_chain_of_modules_gives_the_vectors_of_sentence_transformers() {
    let Reference { texts, cases, .. } = reference();
    for (name, ReferenceCase { encoder, runs }) in cases {
        let directory = directory(&name, &encoder);
        let mut bert = open(directory.path());
        for Run { prompt, prompt_name, vectors } in runs {
            let declared = bert.info().declared.clone().unwrap();
            let named = prompt_name.as_deref().map(|name| declared.prompt_named(name).unwrap().to_owned());
            if let Some(prompt) = prompt.or(named) {
                bert.set_prompt(&prompt).unwrap();
            }
            assert_eq!(declared.dimension, vectors[0].len(), "{name}");
            assert_equal(&name, &vectors, &batch(&bert, &texts, false));
            assert_equal(&name, &vectors, &batch(&bert, &texts, true));
            let alone =
                |text: &String| bert.read_declared(&bert.trace(&Input::single(text)).unwrap()).unwrap().unwrap();
            let alone: Vec<Vec<f32>> = texts.iter().map(|text| alone(text).vector).collect();
            assert_equal(&name, &vectors, &alone);
        }
    }
}

#[test]
fn every_activation_of_a_dense_module_is_torchs() {
    let Reference { texts, activations, .. } = reference();
    assert_eq!(activations.len(), 21);
    for (name, vectors) in activations {
        let directory = directory("dense", "");
        let path = directory.path().join("2_Dense/config.json");
        let mut config: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        config["activation_function"] = json!(format!("torch.nn.modules.activation.{name}"));
        fs::write(path, config.to_string()).unwrap();
        assert_equal(&name, &vectors, &batch(&open(directory.path()), &texts, false));
    }
}

/// Why a case changed in one file has no `declared`; its encoder opens all the same.
fn refusal(case: &str, file: &str, change: impl Fn(&mut serde_json::Value)) -> NotDeclared {
    let directory = directory(case, "");
    let path = directory.path().join(file);
    let mut json = fs::read(&path).map_or(json!({}), |json| serde_json::from_slice(&json).unwrap());
    change(&mut json);
    fs::write(path, json.to_string()).unwrap();
    let bert = open(directory.path());
    assert!(bert.trace(&Input::single("The cat sat.")).is_ok());
    bert.info().declared.as_ref().unwrap_err().as_ref().clone()
}

/// Every module of sentence-transformers, of all its releases, that is not read: its package, and the classes.
const REFUSED: &[(&str, &[&str])] = &[
    (
        "sentence_transformers.models",
        &[
            "Asym",
            "BoW",
            "CLIPModel",
            "CNN",
            "LSTM",
            "StaticEmbedding",
            "WeightedLayerPooling",
            "WordEmbeddings",
            "WordWeights",
        ],
    ),
    (
        "sentence_transformers.models",
        &["ALBERT", "BERT", "CamemBERT", "DistilBERT", "RoBERTa", "T5", "XLMRoBERTa", "XLNet"],
    ),
    ("sentence_transformers.base.modules.router", &["Router"]),
    ("sentence_transformers.cross_encoder.modules", &["LogitScore"]),
    (
        "sentence_transformers.multi_vector_encoder.modules",
        &["HierarchicalTokenPooling", "LambdaTokenPooling", "MultiVectorMask"],
    ),
    (
        "sentence_transformers.sparse_encoder.modules",
        &["MLMTransformer", "SparseAutoEncoder", "SparseStaticEmbedding", "SpladePooling"],
    ),
];

#[test]
fn every_module_is_read_or_refused_by_name_and_the_docs_name_it() {
    let docs = fs::read_to_string(repository().join("docs/declared.md")).unwrap();
    let row = |class: &str| docs.lines().find(|line| line.starts_with('|') && line.contains(&format!("`{class}`")));
    for (class, kind) in REFUSED
        .iter()
        .flat_map(|(package, classes)| classes.iter().map(move |class| (class, format!("{package}.{class}"))))
    {
        assert!(row(class).is_some_and(|row| row.contains("refused by name")), "{class}");
        for at in [0, 2] {
            let why = refusal("normalized", "modules.json", |list| list[at]["type"] = json!(kind));
            assert_eq!(why, NotDeclared::Module { kind: kind.clone() });
        }
    }
    const READ: [&str; 6] = ["Transformer", "Pooling", "Dense", "Normalize", "LayerNorm", "Dropout"];
    for class in READ {
        assert!(row(class).is_some_and(|row| row.contains("| read")), "{class}");
    }
    // Nothing stands in the table of which nothing is known here.
    let (_, table) = docs.split_once("| module | read |\n| --- | --- |\n").expect("the table's head");
    let cells = table.lines().map_while(|line| Some(line.strip_prefix("| ")?.split_once(" | ")?.0));
    let named: Vec<&str> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(named.len() > 25, "{named:?}");
    for class in named.into_iter().filter(|class| *class != "sentence_transformers") {
        let is_refused = REFUSED.iter().any(|(_, classes)| classes.contains(&class));
        assert!(is_refused || READ.contains(&class), "{class} is in the table and in no test");
    }
}

#[test]
fn what_is_not_read_is_refused_by_name_and_the_encoder_opens() {
    let own = "modeling_mine.Pooling";
    let why = refusal("normalized", "modules.json", |list| list[2]["type"] = json!(own));
    assert!(why.to_string().contains(own), "{why}");
    let activation =
        |name: &str| refusal("dense", "2_Dense/config.json", |json| json["activation_function"] = json!(name));
    for name in ["torch.nn.modules.activation.PReLU", "torch.nn.functional.relu", "mine.Activation"] {
        assert!(activation(name).to_string().contains(name), "{}", activation(name));
    }
    let size = refusal("dense", "2_Dense/config.json", |json| json["in_features"] = json!(15));
    assert!(size.to_string().contains("linear.weight"), "{size}");
    let wide = refusal("layer-norm", "1_Pooling/config.json", |json| json["pooling_mode_cls_token"] = json!(true));
    assert!(matches!(&wide, NotDeclared::Size { expected: 16, found: 32, .. }), "{wide}");
    let kind = refusal("mean", "config_sentence_transformers.json", |json| json["model_type"] = json!("SparseEncoder"));
    assert_eq!(kind, NotDeclared::ModelType { kind: "SparseEncoder".to_owned() });
    let prompt =
        refusal("mean", "config_sentence_transformers.json", |json| json["default_prompt_name"] = json!("search"));
    assert_eq!(prompt, NotDeclared::Prompt { name: "search".to_owned() });
    assert_eq!(
        refusal("mean", "modules.json", |list| drop(list.as_array_mut().unwrap().pop())),
        NotDeclared::NoPooling
    );
    assert_eq!(refusal("mean", "modules.json", |list| *list = json!([])), NotDeclared::NoTransformer);
    assert!(refusal("mean", "modules.json", |list| *list = json!("x")).to_string().contains("modules.json"));

    let directory = directory("dense", "");
    fs::remove_file(directory.path().join("2_Dense/model.safetensors")).unwrap();
    let why = open(directory.path()).info().declared.as_ref().unwrap_err().as_ref().clone();
    assert!(why.to_string().contains("2_Dense/model.safetensors"), "{why}");
    assert_eq!(**load("tiny-pooler", Backend::Flex).info().declared.as_ref().unwrap_err(), NotDeclared::NoModules);
}

#[test]
fn the_embedded_model_declares_mean_normalised_of_256_tokens() {
    let bert = common::open(&ModelSource::Embedded, Backend::Flex).unwrap();
    let declared = bert.info().declared.as_ref().unwrap();
    assert_eq!((declared.limit.tokens, declared.limit.most, declared.dimension), (256, 512, 384));
    assert!(declared.is_normalized() && declared.is_of_hidden_states() && declared.prompt.is_none());
    assert!(matches!(declared.modules[..], [ModuleSummary::Pooling { .. }, ModuleSummary::Normalize { .. }]));
    assert_eq!(declared.pooling_mode().unwrap().name(), "mean");
}

#[test]
fn how_far_a_text_is_read_is_known() {
    let directory = directory("limit", "");
    let mut bert = open(directory.path());
    let text = "  The cat sat on the mat. Not it!  ";
    let extent = |bert: &Bert, text: &str| {
        let extent = bert.declared_extent(&Input::single(text)).unwrap().unwrap();
        assert_eq!(extent, bert.read_declared(&bert.trace(&Input::single(text)).unwrap()).unwrap().unwrap().extent);
        extent
    };
    let read = |bert: &Bert, text: &str| extent(bert, text).of(Sentence::A).clone();
    let of_text = extent(&bert, text);
    assert_eq!(&text[of_text.of(Sentence::A).clone()], "  The cat sat on the mat.");
    assert_eq!(of_text.truncation, Some(Truncation { from: 12, to: 9 }));
    assert_eq!(read(&bert, "The cat."), 0..8);
    bert.set_prompt("the dog ").unwrap();
    assert_eq!(&text[read(&bert, text)], "  The cat sat on the");
    assert_eq!(read(&bert, ""), 0..0);
    bert.set_prompt(&"dog ".repeat(20)).unwrap();
    assert_eq!(read(&bert, text), 0..0);
}

/// What sentence-transformers 6.2 leaves of a tuple: `model.preprocess([(a, b)])`.
#[test]
fn how_far_two_joined_texts_are_read_is_known() {
    let directory = directory("limit", "");
    let mut bert = open(directory.path());
    let read = |bert: &Bert, a: &str, b: &str| {
        let extent = bert.declared_extent(&Input::joined(a, b)).unwrap().unwrap();
        let of = |sentence, text: &str| text[extent.of(sentence).clone()].to_owned();
        (of(Sentence::A, a), of(Sentence::B, b), extent.truncation.map(|cut| (cut.from, cut.to)))
    };
    let (long, river) = ("The cat sat on the mat. Not it!", "A dog ran to the river.");
    assert_eq!(read(&bert, long, river), ("The cat sat".to_owned(), "A dog r".to_owned(), Some((22, 9))));
    let home = "A dog ran to the river and home.";
    assert_eq!(read(&bert, "The cat.", home), ("The cat.".to_owned(), "A dog r".to_owned(), Some((17, 9))));
    assert_eq!(read(&bert, "The cat.", "A dog"), ("The cat.".to_owned(), "A dog".to_owned(), None));
    let extent = bert.declared_extent(&Input::joined(long, river)).unwrap().unwrap();
    assert!(!extent.is_beyond(Sentence::A, &(8..11)) && extent.is_beyond(Sentence::A, &(12..14)));
    assert!(!extent.is_beyond(Sentence::B, &(6..7)) && extent.is_beyond(Sentence::B, &(7..8)));
    // The prompt stands before the first alone.
    bert.set_prompt("the dog ").unwrap();
    assert_eq!(read(&bert, long, river), ("The".to_owned(), "A dog r".to_owned(), Some((24, 9))));
}
