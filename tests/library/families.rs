//! Families of encoders (`scripts/families.py` makes small checkpoints of each; `tests/library/forms.rs` compares their numbers):
//! what is cut is gone as in transformers, batches equal single inputs, and what stands in config.json is believed.

use std::{collections::BTreeSet, fs, path::Path};

use clscope::{
    analysis::{Granularity, Units},
    bert::{Ablations, Backend, Bert, Edge, Input, Trace},
    models::ModelSource,
    study::Reading,
};
use serde::Deserialize;

use crate::common::{self, CPU, Case, GPU, check, input, read, repository};

/// A checkpoint of each family.
pub const FAMILIES: [&str; 9] =
    ["roberta", "xlm-roberta", "camembert", "distilbert", "mpnet", "electra", "albert", "albert-groups", "ernie"];

#[derive(Deserialize)]
struct Reference {
    cases: Vec<Case>,
    cuts: Vec<CutCase>,
}

#[derive(Deserialize)]
struct CutCase {
    heads: BTreeSet<(usize, usize)>,
    masked: BTreeSet<usize>,
    replaced: BTreeSet<usize>,
    #[serde(default)]
    edges: Vec<(usize, usize, usize)>,
    #[serde(flatten)]
    case: Case,
}

fn backends() -> impl Iterator<Item = (Backend, f64)> {
    let built_in = Backend::ALL.iter().copied().filter(|backend| backend.is_built_in());
    built_in.map(|backend| (backend, if backend == Backend::Wgpu { GPU } else { CPU }))
}

fn open(directory: &Path, backend: Backend) -> Result<Bert, String> {
    common::open(&ModelSource::Directory(directory.to_owned()), backend).map_err(|error| error.to_string())
}

fn family(name: &str, backend: Backend) -> Bert {
    open(&repository().join("tests/reference/families").join(name), backend).unwrap()
}

/// The largest difference of any number of two traces.
pub fn apart(a: &Trace, b: &Trace) -> f32 {
    let numbers = |trace: &Trace| {
        let pooled = trace.pooler_output.iter().flatten();
        trace.attentions.iter().chain(&trace.hidden_states).chain(pooled).copied().collect::<Vec<f32>>()
    };
    let (a, b) = (numbers(a), numbers(b));
    assert_eq!(a.len(), b.len());
    a.iter().zip(&b).map(|(a, b)| (a - b).abs()).max_by(f32::total_cmp).unwrap()
}

#[test]
fn cuts_give_the_numbers_of_transformers() {
    let mut count = 0;
    for name in FAMILIES {
        let reference: Reference = read(&format!("families/{name}"));
        for (backend, tolerance) in backends() {
            let bert = family(name, backend);
            for CutCase { heads, masked, replaced, edges, case } in &reference.cuts {
                let edge = |&(layer, query, key)| Edge { layer, query, key };
                let cuts = Ablations {
                    heads: heads.clone(),
                    masked: masked.clone(),
                    replaced: replaced.clone(),
                    edges: edges.iter().map(edge).collect(),
                };
                let trace = bert.trace_ablated(&input(case), &cuts).unwrap();
                check(&format!("{name} on {backend}, {cuts:?}"), &trace, case, tolerance);
                count += 1;
            }
        }
    }
    assert!(count >= 42, "cases are missing");
}

#[test]
fn a_batch_gives_what_each_input_alone_gives() {
    for name in FAMILIES {
        let reference: Reference = read(&format!("families/{name}"));
        let inputs: Vec<Input> = reference.cases.iter().map(input).collect();
        for (backend, _) in backends() {
            let bert = family(name, backend);
            for (batched, input) in bert.trace_batch(&inputs).unwrap().iter().zip(&inputs) {
                let off = apart(batched, &bert.trace(input).unwrap());
                assert!(off <= 1e-5, "{name} on {backend}, {input:?}: off by {off:.1e}");
            }
        }
    }
}

#[test]
fn the_first_token_has_its_tokenizers_own_name() {
    for (name, first, mask) in [
        ("roberta", "<s>", "<mask>"),
        ("xlm-roberta", "<s>", "<mask>"),
        ("camembert", "<s>", "<mask>"),
        ("mpnet", "<s>", "<mask>"),
        ("distilbert", "[CLS]", "[MASK]"),
        ("albert", "[CLS]", "[MASK]"),
    ] {
        let bert = family(name, Backend::Flex);
        let special = bert.special_tokens();
        assert_eq!((&*special.cls, &*special.mask), (first, mask), "{name}");
        let tokens = bert.encode(&Input::single(format!("the {mask}"))).unwrap().tokens;
        assert_eq!(tokens[0].text, first, "{name}");
        assert_eq!(tokens.iter().filter(|token| bert.is_mask(token)).count(), 1, "{name}");
    }
}

#[test]
fn the_first_and_the_last_token_answer_to_berts_names_too() {
    for name in FAMILIES {
        let trace = family(name, Backend::Flex).trace(&Input::joined("the cat", "on it")).unwrap();
        let units = Units::new(&trace, Granularity::Words);
        let written = |text: &str| units.written(&trace, text).collect::<Vec<_>>();
        assert_eq!(written("[CLS]"), [0], "{name}");
        assert_eq!(written("[SEP]"), written(&trace.tokens.last().unwrap().text), "{name}");
        assert_eq!(written(&trace.tokens[0].text).first(), Some(&0), "{name}");
    }
}

fn copied(name: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    crate::declared::copy(&repository().join("tests/reference/families").join(name), directory.path());
    directory
}

/// A copy with another `config.json`.
fn changed(name: &str, settings: &[(&str, serde_json::Value)]) -> Result<Bert, String> {
    let directory = copied(name);
    let path = directory.path().join("config.json");
    let mut config: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    for (setting, value) in settings {
        config[*setting] = value.clone();
    }
    fs::write(&path, config.to_string()).unwrap();
    open(directory.path(), Backend::Flex)
}

#[test]
fn what_config_json_says_is_believed_or_refused() {
    let input = Input::single("the cat is on it");
    let limit = |bert: &Bert| bert.info().max_length;
    assert_eq!(limit(&family("roberta", Backend::Flex)), 24);
    assert_eq!(limit(&family("electra", Backend::Flex)), 24);
    // Padding decides from which row on positions count; MPNet's is 1 whatever stands there.
    let moved = changed("roberta", &[("pad_token_id", 4.into())]).unwrap();
    assert_eq!(limit(&moved), 21);
    assert!(apart(&moved.trace(&input).unwrap(), &family("roberta", Backend::Flex).trace(&input).unwrap()) > 1e-2);
    let mpnet = changed("mpnet", &[("pad_token_id", 4.into())]).unwrap();
    assert!(apart(&mpnet.trace(&input).unwrap(), &family("mpnet", Backend::Flex).trace(&input).unwrap()) == 0.0);
    // Without a word on the padding it is 1.
    let unsaid = changed("roberta", &[("pad_token_id", serde_json::Value::Null)]).unwrap();
    assert_eq!(limit(&unsaid), 24);
    // Layers share their weights: more of them need no more.
    let deep = changed("albert", &[("num_hidden_layers", 5.into())]).unwrap();
    assert_eq!((deep.info().layers, deep.trace(&input).unwrap().layers), (5, 5));
    for (name, setting, value, reason) in [
        ("roberta", "pad_token_id", 1_000_000, "max_position_embeddings"),
        ("albert", "num_hidden_groups", 3, "num_hidden_groups is 3"),
        ("albert", "inner_group_num", 0, "it must lie between"),
        ("albert", "inner_group_num", usize::MAX / 2, "it must lie between"),
        ("albert", "embedding_size", 1 << 40, "embedding_size"),
        ("electra", "embedding_size", 7, "embeddings.word_embeddings.weight"),
        ("mpnet", "relative_attention_num_buckets", 8, "relative_attention_num_buckets is 8"),
        ("mpnet", "relative_attention_num_buckets", 64, "encoder.relative_attention_bias.weight"),
        ("ernie", "task_type_vocab_size", 9, "embeddings.task_type_embeddings.weight"),
        ("distilbert", "n_heads", 5, "does not divide"),
        ("distilbert", "dim", 1 << 50, "hidden_size"),
    ] {
        let error = changed(name, &[(setting, value.into())]).err().unwrap_or_else(|| panic!("{setting} of {name}"));
        assert!(error.contains(reason) && !error.contains('\n'), "{name}, {setting}: {error}");
    }
}

#[test]
fn no_family_is_guessed_where_config_json_names_none() {
    for name in FAMILIES {
        let error = changed(name, &[("model_type", serde_json::Value::Null)]).err().unwrap_or_else(|| panic!("{name}"));
        let wanted = format!("add \"model_type\": \"{}\"", name.trim_end_matches("-groups"));
        assert!(error.contains(&wanted) && !error.contains('\n'), "{name}: {error}");
    }
}

#[test]
fn weights_of_another_family_are_said_to_be_what_they_are() {
    let families = [
        ("bert", "BERT"),
        ("roberta", "RoBERTa"),
        ("xlm-roberta", "XLM-RoBERTa"),
        ("camembert", "CamemBERT"),
        ("distilbert", "DistilBERT"),
        ("mpnet", "MPNet"),
        ("electra", "ELECTRA"),
        ("albert", "ALBERT"),
        ("ernie", "ERNIE"),
    ];
    let is_roberta = |family: &str| family.ends_with("roberta") || family == "camembert";
    let mut refused = 0;
    for (own, own_name) in &families[1..] {
        for (folder, has_prefix) in [(own.to_string(), *own == "electra"), (format!("{own}-bin-mlm"), true)] {
            for (said, said_name) in families.iter().filter(|(said, _)| said != own) {
                let opened = changed(&folder, &[("model_type", (*said).into())]);
                // All their names are the same, and config.json is believed, as transformers does.
                let same = is_roberta(own) && (is_roberta(said) || !has_prefix && ["bert", "ernie"].contains(said));
                if same {
                    opened.unwrap_or_else(|error| panic!("{folder} as {said}: {error}"));
                    continue;
                }
                let error = opened.err().unwrap_or_else(|| panic!("{folder} as {said} opens"));
                for part in [own_name, said_name, &&*format!("\"model_type\": \"{own}\"")] {
                    assert!(error.contains(part), "{folder} as {said}: no {part} in {error}");
                }
                assert!(!error.contains('\n') && !error.contains("download"), "{folder} as {said}: {error}");
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 8 * 8 * 2 - 6 * 2 - 6);
    // Without a class, several may be meant.
    let unnamed = [("model_type", "bert".into()), ("architectures", serde_json::Value::Null)];
    let error = changed("camembert-bin-mlm", &unnamed).err().unwrap();
    assert!(error.contains("RoBERTa, XLM-RoBERTa, CamemBERT"), "{error}");
    assert!(error.contains("\"model_type\": one of \"roberta\", \"xlm-roberta\", \"camembert\""), "{error}");
}

#[test]
fn a_table_of_other_rows_than_config_json_says_is_named_with_its_setting() {
    for (name, setting, said) in [
        ("roberta", "vocab_size", 7),
        ("albert", "vocab_size", 9999),
        ("distilbert-bin-mlm", "vocab_size", 31),
        ("mpnet", "vocab_size", 50),
        ("electra", "vocab_size", 200),
        ("ernie", "type_vocab_size", 9),
        ("ernie", "task_type_vocab_size", 9),
        ("xlm-roberta", "max_position_embeddings", 100),
        ("mpnet", "relative_attention_num_buckets", 64),
    ] {
        let error = changed(name, &[(setting, said.into())]).err().unwrap_or_else(|| panic!("{setting} of {name}"));
        let own = family(name, Backend::Flex);
        let config = repository().join("tests/reference/families").join(name).join("config.json");
        let config: serde_json::Value = serde_json::from_slice(&fs::read(config).unwrap()).unwrap();
        let rows = config[setting].as_u64().unwrap_or(if setting == "task_type_vocab_size" { 3 } else { 32 });
        for part in [
            format!("has {rows} rows, and {setting} in config.json is {said};"),
            format!("write \"{setting}\": {rows} into config.json"),
        ] {
            assert!(error.contains(&part) && !error.contains('\n'), "{}: no {part} in {error}", own.info().name);
        }
        // What it says to write is right.
        assert!(changed(name, &[(setting, rows.into())]).is_ok());
    }
}

/// The words of a text, as they are written where the pieces of words are joined.
fn joined(bert: &Bert, text: &str) -> Vec<String> {
    let trace = bert.trace(&Input::single(text)).unwrap();
    let units = Units::new(&trace, Granularity::Words);
    (0..units.len()).filter(|unit| !units.is_special(*unit)).map(|unit| units.text(&trace, unit)).collect()
}

#[test]
fn words_are_joined_by_the_tokenizers_own_marks() {
    let [roberta, xlm_roberta] = ["roberta", "xlm-roberta"].map(|name| family(name, Backend::Flex));
    assert_eq!(joined(&roberta, "the cats café"), ["the", "cats", "café"]);
    assert_eq!(joined(&xlm_roberta, "the cats on it"), ["the", "cats", "on", "it"]);
    assert_eq!(joined(&xlm_roberta, "cats你好 世 界"), ["cats", "你", "好", "世", "界"]);
    assert_eq!(joined(&xlm_roberta, "한국 か が"), ["한국", "か", "が"]);
    // A mark may be a piece of its own, before a word and by itself.
    assert_eq!(joined(&roberta, "the dogs on  it"), ["the", "dogs", "on", "Ġ", "it"]);
    assert_eq!(joined(&xlm_roberta, "hat the dogs 今天 ."), ["hat", "the", "dogs", "<unk>", "."]);
    // A token by itself keeps its mark.
    let trace = roberta.trace(&Input::single("it the cat")).unwrap();
    let units = Units::new(&trace, Granularity::Subwords);
    let texts: Vec<String> = (0..units.len()).map(|unit| units.text(&trace, unit)).collect();
    assert!(texts.iter().any(|text| text.starts_with('Ġ')), "{texts:?}");
    // A sentence that speaks of it has none.
    for (bert, mark) in [(&roberta, 'Ġ'), (&xlm_roberta, '▁')] {
        let reading = Reading::new(bert.trace(&Input::single("it the café")).unwrap());
        let texts: Vec<String> = (0..reading.trace.tokens.len()).map(|at| reading.written(&(at..at + 1))).collect();
        assert!(reading.trace.tokens.iter().any(|token| token.text.starts_with(mark)));
        assert!(texts.contains(&"the".to_owned()) && !texts.concat().contains(mark), "{texts:?}");
        let units = reading.units(Granularity::Subwords);
        assert_eq!(units.written(&reading.trace, "the").count(), 1);
    }
}

#[test]
fn bytes_are_written_as_text_and_words_are_found_by_either() {
    let directory = copied("roberta-bin-mlm");
    let path = directory.path().join("tokenizer.json");
    let text = fs::read_to_string(&path).unwrap();
    // A piece of two bytes in the place of another.
    let [piece, merge] = [("\"ing\"", "\"Ã©\""), ("\"in\",", "\"Ã\",")];
    let text = text.replacen(piece.0, piece.1, 1).replacen(merge.0, merge.1, 1);
    let at = text.find(merge.1).unwrap();
    fs::write(&path, text[..at].to_owned() + &text[at..].replacen("\"g\"", "\"©\"", 1)).unwrap();
    let roberta = open(directory.path(), Backend::Flex).unwrap();
    let trace = roberta.trace(&Input::single("the café 猫")).unwrap();
    let written: Vec<_> = trace.tokens.iter().map(|token| token.written()).collect();
    assert!(written.iter().any(|text| text == "é"), "{written:?}");
    assert!(trace.tokens.iter().any(|token| token.text == "Ã©"));
    let mut found = 0;
    for word in &roberta.predict(&trace, 1000).unwrap().unwrap()[0] {
        // Without the mark of a blank, that which stands behind one comes first.
        for text in [&word.token, &word.written] {
            let (_, spelt) = roberta.word(text).unwrap();
            let is_same = [word.token.clone(), format!("Ġ{}", word.token.trim_start_matches('Ġ'))].contains(&spelt);
            // A byte alone may be spelt as another word is written.
            assert!(is_same || word.written.chars().count() == 1, "{word:?} {spelt}");
        }
        let is_marked = word.token.starts_with('Ġ');
        assert!(!is_marked || roberta.word(&word.token) == Some((word.id, word.token.clone())), "{word:?}");
        found += usize::from(word.written == "é");
    }
    assert!(found >= 1);
    // WordPiece has letters that look like bytes.
    let distilbert = family("distilbert", Backend::Flex).trace(&Input::single("the Ã© cat")).unwrap();
    assert!(distilbert.tokens.iter().all(|token| token.written() == token.text));
}
