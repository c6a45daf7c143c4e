//! Checkpoints in every form they come in (`scripts/forms.py` makes them): each opens and gives transformers' numbers,
//! each tokenizer gives transformers' ids, and what is no BERT is refused by name. `docs/forms.md` is made here.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use clscope::{
    bert::{Activation, Backend, Bert, Input, Trace},
    models::ModelSource,
};

use crate::{
    common::{self, CPU, Case, check, check_tokens, input, reference, repository},
    family_forms,
    kinds::KINDS,
};

fn forms() -> std::path::PathBuf {
    repository().join("tests/reference/forms")
}

fn open(directory: &Path) -> Result<Bert, String> {
    open_on(Backend::Flex, directory)
}

fn open_on(backend: Backend, directory: &Path) -> Result<Bert, String> {
    common::open(&ModelSource::Directory(directory.to_owned()), backend).map_err(|e| e.to_string())
}

/// Every checkpoint that is to open, `forms/NAME` or `families/NAME`.
fn checkpoints() -> Vec<String> {
    let of = |folder: &str| {
        let names = names(&repository().join("tests/reference").join(folder));
        names.into_iter().map(move |name| format!("{folder}/{name}")).collect::<Vec<_>>()
    };
    ["forms", "families"].iter().flat_map(|folder| of(folder)).filter(|path| !path.starts_with("forms/tok-")).collect()
}

/// As `config.json` calls its family.
pub fn family(directory: &Path) -> String {
    let config: serde_json::Value = serde_json::from_slice(&fs::read(directory.join("config.json")).unwrap()).unwrap();
    config["model_type"].as_str().unwrap_or("bert").to_owned()
}

/// As `tokenizer_config.json` calls it.
pub fn tokenizer_class(directory: &Path) -> String {
    let settings = fs::read(directory.join("tokenizer_config.json")).unwrap();
    let settings: serde_json::Value = serde_json::from_slice(&settings).unwrap();
    settings["tokenizer_class"].as_str().unwrap().to_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

/// A form's files, as in its directory.
fn files(directory: &Path) -> String {
    let mut files: Vec<String> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|file| file != "config.json")
        .collect();
    files.sort();
    files.iter().map(|file| format!("`{file}`")).collect::<Vec<_>>().join(", ")
}

/// The table stands in the documents; it is written here, and fails here when it is no longer true.
fn assert_documented(rows: &str) {
    let refused: String = KINDS.iter().map(|kind| format!("| {} | refused by name |\n", kind.label)).collect();
    let path = repository().join("docs/forms.md");
    let table = format!(
        "# Checkpoint forms\n\n\
         Made by `tests/library/forms.rs` from `tests/reference/forms` and `families` (`scripts/forms.py`, `families.py`): each\n\
         directory is opened on flex and on ndarray, and every token id, attention, hidden state and pooler output is compared\n\
         with Python's transformers on the same files.\n\n\
         `hidden_act` may have every name that transformers has, compared in the same way: {}. `prelu` and `xielu`, which\n\
         learn parameters, are refused by name.\n\n\
         Forms of weights that are no matter of the family are made by `tests/library/family_forms.rs` of each family's checkpoint. Vocabularies in\n\
         the older files are in [tokenizers.md](tokenizers.md), output heads in [heads.md](heads.md).\n\n\
         | family | form | files beside `config.json` | tokenizer | flex | ndarray |\n| --- | --- | --- | --- | --- | --- |\n{rows}\n\
         The names of the tensors may begin with anything (`module.`, `state_dict.model.`), also inside dictionaries of a `.bin`:\n\
         what stands before `embeddings.word_embeddings.weight` is passed over. Several encoders in one file are refused with\n\
         their names, unless one is where transformers looks for it. Weights with pruned heads are refused as such, as is a\n\
         `.bin` that holds a whole model and not its weights (`tests/library/weights.rs`).\n\n\
         Google's TensorFlow checkpoints (`bert_model.ckpt.index`, `.data-*`, `bert_config.json`, `vocab.txt`; ALBERT's with\n\
         `albert_config.json`, ELECTRA's with transformers' `config.json`) are read in a directory and in their zip, of several steps of training the last; pooler and heads come\n\
         along (`tests/library/tensorflow.rs`, on checkpoints written by TensorFlow). Whether case matters is taken from the\n\
         vocabulary where no `tokenizer_config.json` says so, and that is said on opening.\n\n\
         ## What is no checkpoint\n\n\
         A directory or a repository of the Hub that holds something else is refused by name, with what to do, before anything\n\
         large is downloaded (`tests/library/contents.rs`, `tests/program/hub/answers.rs`). Pointers of git-lfs and the folders\n\
         `models--org--name` of the Hub's cache are named as well. An encoder in `0_BERT/` or `0_Transformer/` opens, with or\n\
         without the `modules.json` that says so.\n\n\
         | what is there | result |\n| --- | --- |\n{refused}",
        Activation::NAMES.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    );
    if std::env::var_os("CLSCOPE_UPDATE_DOCS").is_some() {
        fs::write(&path, &table).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == table,
        "docs/forms.md is out of date: CLSCOPE_UPDATE_DOCS=1 cargo test --release --test library forms"
    );
}

/// The words of the masked-language head, most likely first, have transformers' probabilities, and none likelier is
/// left out.
fn check_predictions(name: &str, bert: &Bert, trace: &Trace, case: &Case) {
    const COUNT: usize = 5;
    let predictions = bert.predict(trace, COUNT).unwrap();
    let Some(expected) = &case.mlm else {
        assert!(predictions.is_none() || !name.starts_with("safetensors"), "{name} has no masked-language head");
        return;
    };
    let predictions = predictions.unwrap_or_else(|| panic!("{name} has a masked-language head"));
    assert_eq!(expected.shape[0], predictions.len());
    for (row, words) in expected.values.chunks_exact(expected.shape[1]).zip(&predictions) {
        assert_eq!(words.len(), COUNT);
        let last = f64::from(words[COUNT - 1].probability);
        assert!(row.iter().filter(|&&p| p > last + CPU).count() < COUNT, "{name}: a likelier word is left out");
        for word in words {
            let difference = (row[word.id as usize] - f64::from(word.probability)).abs();
            assert!(difference <= CPU, "{name}: {word:?} is off by {difference:.1e}");
        }
        assert!(words.is_sorted_by(|a, b| a.probability >= b.probability));
    }
}

#[test]
fn every_form_opens_and_gives_transformers_numbers() {
    let mut rows = String::new();
    let weights = checkpoints();
    for path in &weights {
        let (reference, directory) = (reference(path), repository().join("tests/reference").join(path));
        let name = path.rsplit('/').next().unwrap();
        assert!(!reference.cases.is_empty());
        // The two forms in which the layers are computed.
        for backend in [Backend::Flex, Backend::Ndarray] {
            let what = format!("{name} on {backend}");
            let bert = open_on(backend, &directory).unwrap_or_else(|error| panic!("{what}: {error}"));
            for case in &reference.cases {
                let trace = bert.trace(&input(case)).unwrap();
                check(&what, &trace, case, CPU);
                check_predictions(&what, &bert, &trace, case);
            }
        }
        let (family, files, class) = (family(&directory), files(&directory), tokenizer_class(&directory));
        let result = format!("equal within {CPU:.0e}");
        let _ = writeln!(rows, "| {family} | {name} | {files} | {class} | {result} | {result} |");
    }
    rows += &family_forms::rows();
    assert_documented(&rows);
    assert!(weights.len() >= 45, "forms are missing");
}

#[test]
fn every_name_of_hidden_act_gives_transformers_numbers() {
    #[derive(serde::Deserialize)]
    struct Activations {
        text: String,
        hidden: BTreeMap<String, Vec<f64>>,
    }
    let Activations { text, hidden } = common::read("activations");
    let form = forms().join("act-relu");
    for (name, expected) in hidden {
        let directory = tempfile::tempdir().unwrap();
        for file in ["tokenizer.json", "tokenizer_config.json", "model.safetensors"] {
            fs::copy(form.join(file), directory.path().join(file)).unwrap();
        }
        let config = fs::read_to_string(form.join("config.json")).unwrap();
        let named = config.replace("\"relu\"", &format!("{name:?}"));
        fs::write(directory.path().join("config.json"), named).unwrap();
        for backend in [Backend::Flex, Backend::Ndarray] {
            let bert = open_on(backend, directory.path()).unwrap_or_else(|error| panic!("{name}: {error}"));
            let trace = bert.trace(&Input::single(&text)).unwrap();
            let found = common::widened(trace.last_hidden_state());
            let numbers = common::MeasureNumbers { shape: vec![expected.len()], values: expected.clone() };
            common::assert_close(&format!("{name} on {backend}"), &numbers, found, CPU);
        }
    }
}

#[test]
fn every_tokenizer_gives_transformers_ids() {
    let path = repository().join("tests/reference/tokenizers.json");
    let reference: BTreeMap<String, Vec<Case>> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let mut failures = String::new();
    for (name, cases) in &reference {
        let bert = open(&forms().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        for case in cases {
            let trace = bert.trace(&input(case)).unwrap();
            if let Err(difference) = check_tokens(&trace, case) {
                let _ = writeln!(failures, "{name}, {:?}: {difference}", case.text);
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn what_is_no_bert_is_refused_by_name() {
    let refused = repository().join("tests/reference/refused");
    let expected = [
        ("absurd-sizes", "it must lie between"),
        ("act-prelu", "prelu"),
        ("decoder", "is_decoder"),
        ("gpt2", "gpt2"),
        ("heads-do-not-divide", "does not divide hidden_size"),
        ("negative-size", "config.json cannot be read"),
        ("not-an-object", "config.json cannot be read"),
        ("not-json", "config.json cannot be read"),
        ("relative-key", "relative_key"),
    ];
    assert_eq!(names(&refused), expected.map(|(name, _)| name));
    // The config is judged before anything else: the other files are those of a good checkpoint.
    let good = forms().join("safetensors-f32");
    for (name, reason) in expected {
        let directory = tempfile::tempdir().unwrap();
        for file in ["tokenizer.json", "model.safetensors"] {
            fs::copy(good.join(file), directory.path().join(file)).unwrap();
        }
        fs::copy(refused.join(name).join("config.json"), directory.path().join("config.json")).unwrap();
        let error = open(directory.path()).err().unwrap_or_else(|| panic!("{name} opened"));
        assert!(error.contains(reason), "{name}: {error}");
        assert!(!error.contains('\n'), "{name}: more than one line: {error}");
    }
}
