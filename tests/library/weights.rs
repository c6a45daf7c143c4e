//! Weights that are whole and are not read: each is said to be what it is, and never that it must be downloaded again.

use std::fs;

use clscope::{bert::Backend, models::ModelSource};
use safetensors::{SafeTensors, serialize, tensor::TensorView};
use tempfile::TempDir;

use crate::common::{open, repository};

/// A copy of a form.
fn copy(name: &str) -> TempDir {
    let made = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(repository().join("tests/reference/forms").join(name)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, made.path().join(path.file_name().unwrap())).unwrap();
    }
    made
}

/// The form with every tensor under other names, or with fewer rows: `change` gives names, and how many rows each has of
/// those that there are.
fn rewritten(name: &str, change: impl Fn(&str, usize) -> Vec<(String, usize)>) -> TempDir {
    let made = copy(name);
    let path = made.path().join("model.safetensors");
    let bytes = fs::read(&path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let mut tensors = Vec::new();
    for (name, tensor) in file.tensors() {
        let mut shape = tensor.shape().to_vec();
        let row = tensor.data().len() / shape[0];
        for (name, rows) in change(&name, shape[0]) {
            shape[0] = rows;
            let view = TensorView::new(tensor.dtype(), shape.clone(), &tensor.data()[..rows * row]).unwrap();
            tensors.push((name, (tensor.dtype(), shape.clone(), view.data().to_vec())));
        }
    }
    let views = tensors
        .iter()
        .map(|(name, (dtype, shape, data))| (name.clone(), TensorView::new(*dtype, shape.clone(), data).unwrap()));
    let written = serialize(views, None).unwrap();
    fs::write(path, written).unwrap();
    made
}

#[track_caller]
fn refusal(directory: &TempDir, says: &[&str]) {
    let opened = open(&ModelSource::Directory(directory.path().to_owned()), Backend::Flex);
    let error = opened.map(|bert| bert.info().name.clone()).unwrap_err().to_string();
    assert!(!error.contains(char::is_control) && !error.contains("download"), "{error}");
    says.iter().for_each(|part| assert!(error.contains(part), "no {part:?} in {error}"));
}

fn opens(directory: &TempDir) {
    open(&ModelSource::Directory(directory.path().to_owned()), Backend::Flex).unwrap();
}

#[test]
fn one_encoder_opens_whatever_its_names_begin_with() {
    for prefix in ["", "bert.", "module.", "model.bert.", "a.b.c."] {
        opens(&rewritten("safetensors-f32", |name, rows| vec![(format!("{prefix}{name}"), rows)]));
    }
    // A name that ends so without a dot before it is another's.
    refusal(
        &rewritten("safetensors-f32", |name, rows| vec![(format!("my{name}"), rows)]),
        &["no tensor \"embeddings.word_embeddings.weight\""],
    );
}

#[test]
fn several_encoders_are_named_and_none_is_guessed() {
    let two = rewritten("safetensors-f32", |name, rows| {
        vec![(format!("query_encoder.{name}"), rows), (format!("document_encoder.bert.{name}"), rows)]
    });
    refusal(&two, &["several encoders", "\"document_encoder.\", \"query_encoder.\"", "save_pretrained"]);
    // One that is where transformers looks for it is no guess.
    opens(&rewritten("safetensors-f32", |name, rows| vec![(name.to_owned(), rows), (format!("teacher.{name}"), rows)]));
}

#[test]
fn pruned_heads_are_said_to_be_pruned() {
    // Three heads of eight dimensions.
    let pruned = |layers: &'static [usize], left: usize| {
        rewritten("heads-3-of-24", move |name, rows| {
            let of = layers.iter().any(|layer| name.starts_with(&format!("encoder.layer.{layer}.attention.self.")));
            vec![(name.to_owned(), if of { left * 8 } else { rows })]
        })
    };
    refusal(&pruned(&[0], 2), &["heads were pruned: layer 1 has 2 of 3;"]);
    refusal(&pruned(&[0], 1), &["heads were pruned: layer 1 has 1 of 3;"]);
    let config = copy("heads-3-of-24");
    let path = config.path().join("config.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen('{', "{\"pruned_heads\": {\"0\": [1, 2]},", 1)).unwrap();
    refusal(&config, &["pruned_heads removes 2 heads"]);
    // Not by whole heads: the files do not belong together.
    let odd = rewritten("heads-3-of-24", |name, rows| {
        vec![(name.to_owned(), if name == "encoder.layer.0.attention.self.query.weight" { 20 } else { rows })]
    });
    refusal(&odd, &["has shape [20, 24] where config.json asks for [24, 24]"]);
}

#[test]
fn a_whole_file_of_another_kind_is_no_damage() {
    let other = copy("bin");
    fs::copy(copy("safetensors-f32").path().join("model.safetensors"), other.path().join("pytorch_model.bin")).unwrap();
    refusal(&other, &["pytorch_model.bin", "it is a safetensors file; rename it to model.safetensors"]);
    // torch.save([1, 2]) of old: a pickle whose root is no dictionary.
    let list = copy("bin");
    fs::write(list.path().join("pytorch_model.bin"), b"\x80\x02]q\x00(K\x01K\x02e.").unwrap();
    refusal(&list, &["whole model", "torch.save(model.state_dict(), \"pytorch_model.bin\")"]);
    let tokenizer = copy("safetensors-f32");
    let path = tokenizer.path().join("tokenizer.json");
    let text = fs::read_to_string(&path).unwrap().replace("\"BertPreTokenizer\"", "\"LaterPreTokenizer\"");
    fs::write(&path, text).unwrap();
    refusal(&tokenizer, &["tokenizer.json cannot be read", "AutoTokenizer"]);
}

/// Damage is what a download mends.
#[test]
fn damage_is_said_to_be_mended_by_a_download() {
    for (form, file) in
        [("safetensors-f32", "model.safetensors"), ("bin", "pytorch_model.bin"), ("bin", "tokenizer.json")]
    {
        let made = copy(form);
        let whole = fs::read(made.path().join(file)).unwrap();
        fs::write(made.path().join(file), &whole[..whole.len() / 2]).unwrap();
        let error = open(&ModelSource::Directory(made.path().to_owned()), Backend::Flex).err().unwrap().to_string();
        assert!(error.contains("download the model again"), "{error}");
    }
}
