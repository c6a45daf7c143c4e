//! Checkpoints of Google's form, written by TensorFlow (`scripts/tensorflow_checkpoints.py`): in a directory and in a zip they
//! give the numbers of the same weights in transformers' form; damaged ones are refused in one line.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clscope::{
    bert::{Backend, Bert, HeadName, Input, Trace},
    models::{Cancel, Hub, HubError, ModelSource},
};
use tempfile::TempDir;

use crate::common::{self, CPU, check, input, reference, repository};

fn written(name: &str) -> PathBuf {
    repository().join("tests/reference/tensorflow").join(name)
}

fn source(path: &Path) -> ModelSource {
    ModelSource::parse(path.to_str().unwrap(), None).unwrap()
}

fn open_on(path: &Path, backend: Backend) -> Result<Bert, String> {
    common::open(&source(path), backend).map_err(|error| error.to_string())
}

fn open(path: &Path) -> Result<Bert, String> {
    open_on(path, Backend::Flex)
}

/// A copy of a checkpoint that can be changed.
fn copied(name: &str) -> TempDir {
    let made = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(written(name)).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), made.path().join(entry.file_name())).unwrap();
    }
    made
}

#[test]
fn googles_checkpoints_give_the_numbers_of_transformers() {
    let reference = reference("forms/keys-bert-prefix");
    for name in ["bert", "bert-sharded", "bert.zip"] {
        for backend in [Backend::Flex, Backend::Ndarray] {
            let bert = open_on(&written(name), backend).unwrap_or_else(|error| panic!("{name}: {error}"));
            for case in &reference.cases {
                check(&format!("{name} on {backend}"), &bert.trace(&input(case)).unwrap(), case, CPU);
            }
            let trace = bert.trace(&Input::single("the [MASK] sat")).unwrap();
            assert!(bert.predict(&trace, 1).unwrap().is_some(), "{name} has a masked-language head");
        }
    }
}

#[test]
fn the_heads_and_what_is_left_over_are_listed() {
    let hub = Hub::new(Err(HubError::NoCache));
    let checkpoint = source(&written("bert")).checkpoint(&hub, &Cancel::default(), &mut |_| {}).unwrap();
    let inventory = checkpoint.inventory().unwrap();
    for head in [HeadName::Pooler, HeadName::MaskedLanguage, HeadName::NextSentence] {
        assert!(inventory.has(head), "{head:?}");
    }
    assert!(inventory.missing.is_empty() && inventory.misshapen.is_empty());
    let unused: Vec<&str> =
        inventory.tensors.iter().filter(|tensor| !tensor.used).map(|tensor| tensor.name.as_str()).collect();
    for name in ["global_step", "bert.pooler.dense.kernel.adam_m"] {
        assert!(unused.contains(&name), "{name}: {unused:?}");
    }
}

fn apart(a: &Trace, b: &Trace) -> f32 {
    assert_eq!(a.hidden_states.len(), b.hidden_states.len());
    a.hidden_states.iter().zip(&b.hidden_states).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn of_several_steps_the_last_is_read_and_halves_too() {
    let (bert, tuned) = (open(&written("bert")).unwrap(), open(&written("bert-tuned")).unwrap());
    let input = Input::single("the cat sat on it");
    let off = apart(&bert.trace(&input).unwrap(), &tuned.trace(&input).unwrap());
    assert!(off > 0.0 && off < 1e-2, "step 90 is all zeros, and step 900 halves: {off}");
}

#[test]
fn albert_of_googles_is_albert() {
    let (own, google) =
        (open(&repository().join("tests/reference/families/albert")).unwrap(), open(&written("albert")).unwrap());
    let input = Input::single("the cat is on it");
    let [expected, found] = [&own, &google].map(|bert| bert.trace(&input).unwrap());
    let ids = |trace: &Trace| trace.tokens.iter().map(|token| token.id).collect::<Vec<_>>();
    assert_eq!(ids(&expected), ids(&found));
    assert!(apart(&expected, &found) < 1e-6);
    assert!(found.pooler_output.is_some());
}

#[test]
fn electra_of_googles_is_electra_without_its_generator() {
    let own = open(&repository().join("tests/reference/families/electra")).unwrap();
    let google = open(&written("electra")).unwrap();
    let input = Input::single("the cat is on it");
    let [expected, found] = [&own, &google].map(|bert| bert.trace(&input).unwrap());
    assert!(apart(&expected, &found) < 1e-6);
    let said = |bert: &Bert, trace: &Trace| bert.head_logits_at(trace, trace.layers).unwrap();
    assert_eq!(said(&own, &expected), said(&google, &found));
    assert!(!said(&google, &found).is_empty());
    let made = copied("electra");
    fs::remove_file(made.path().join("config.json")).unwrap();
    let error = open(made.path()).err().unwrap();
    assert!(error.contains("google/electra-small-discriminator") && !error.contains('\n'), "{error}");
}

#[test]
fn case_is_that_of_the_vocabulary_and_that_is_said() {
    let said = |bert: &Bert| bert.info().remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let made = copied("bert");
    assert!(said(&open(made.path()).unwrap()).contains("text is made lower case"));
    let pieces = fs::read_to_string(made.path().join("vocab.txt")).unwrap().replace("\nmat\n", "\nThe\n");
    fs::write(made.path().join("vocab.txt"), pieces).unwrap();
    let bert = open(made.path()).unwrap();
    assert!(said(&bert).contains("case is kept"));
    assert_eq!(bert.encode(&Input::single("The")).unwrap().tokens[1].text, "The");
    // A file that says so is believed, and nothing is said.
    fs::write(made.path().join("tokenizer_config.json"), r#"{"do_lower_case":true}"#).unwrap();
    let bert = open(made.path()).unwrap();
    assert_eq!((said(&bert).as_str(), &*bert.encode(&Input::single("The")).unwrap().tokens[1].text), ("", "the"));
}

#[test]
fn what_is_damaged_or_missing_is_said_in_one_line() {
    const INDEX: &str = "bert_model.ckpt.index";
    const DATA: &str = "bert_model.ckpt.data-00000-of-00001";
    let error = |name: &str, change: &dyn Fn(&Path)| {
        let made = copied(name);
        change(made.path());
        let error = open(made.path()).err().unwrap_or_else(|| panic!("{name} opened"));
        assert!(!error.contains('\n'), "{error}");
        error
    };
    let cut = |file: &'static str, bytes: usize| {
        move |folder: &Path| {
            let whole = fs::read(folder.join(file)).unwrap();
            fs::write(folder.join(file), &whole[..whole.len().saturating_sub(bytes)]).unwrap();
        }
    };
    assert!(error("bert", &cut(INDEX, 1)).contains("does not end as an index of TensorFlow does"));
    assert!(error("bert", &cut(INDEX, 1 << 20)).contains(INDEX));
    assert!(error("bert", &cut(DATA, 1)).contains("lies beyond its"));
    assert!(error("bert", &|folder| fs::remove_file(folder.join(DATA)).unwrap()).contains("bert_model.ckpt.data-*"));
    assert!(error("bert", &|folder| fs::remove_file(folder.join("vocab.txt")).unwrap()).contains("vocab.txt"));
    let one_less = error("bert-sharded", &|folder| {
        fs::remove_file(folder.join("bert_model.ckpt.data-00001-of-00003")).unwrap();
    });
    assert!(one_less.contains("its data are in 3 files, and 2 are there"), "{one_less}");
    const POINTER: &str = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 43810\n";
    for file in [INDEX, DATA] {
        let pointer = error("bert", &|folder| fs::write(folder.join(file), POINTER).unwrap());
        assert!(pointer.contains("git lfs pull"), "{pointer}");
    }
    // Every number counts.
    let changed = error("bert", &|folder| {
        let mut bytes = fs::read(folder.join(DATA)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(folder.join(DATA), bytes).unwrap();
    });
    assert!(changed.contains("checksum"), "{changed}");
    let other_sizes = error("bert", &|folder| {
        let config = fs::read_to_string(folder.join("bert_config.json")).unwrap();
        fs::write(folder.join("bert_config.json"), config.replace("\"hidden_size\": 16", "\"hidden_size\": 18"))
            .unwrap();
    });
    assert!(other_sizes.contains("embeddings.word_embeddings.weight"), "{other_sizes}");
}

#[test]
fn a_zip_is_read_as_far_as_it_is_one() {
    let whole = fs::read(written("bert.zip")).unwrap();
    let made = tempfile::tempdir().unwrap();
    let error = |name: &str, bytes: &[u8]| {
        let path = made.path().join(name);
        fs::write(&path, bytes).unwrap();
        let error = open(&path).err().unwrap_or_else(|| panic!("{name} opened"));
        assert!(!error.contains('\n'), "{error}");
        error
    };
    assert!(error("no.zip", b"PK and more").contains("no.zip"));
    assert!(error("cut.zip", &whole[..whole.len() / 2]).contains("cut.zip"));
    let renamed: Vec<u8> = String::from_utf8_lossy(&whole)
        .contains("vocab.txt")
        .then(|| replaced(&whole, b"vocab.txt", b"vocab.doc"))
        .unwrap();
    assert!(error("other.zip", &renamed).contains("other models are not read from a zip"));
    // In the middle of what is packed: an inflater or a checksum notices.
    for at in (200..whole.len() - 1000).step_by(997) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let path = made.path().join("damaged.zip");
        fs::write(&path, bytes).unwrap();
        if let Err(error) = open(&path) {
            assert!(!error.contains('\n'), "{error}");
        }
    }
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for at in 0..=changed.len() - from.len() {
        if changed[at..].starts_with(from) {
            changed[at..at + from.len()].copy_from_slice(to);
        }
    }
    changed
}
