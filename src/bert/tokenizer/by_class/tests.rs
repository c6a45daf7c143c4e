//! Made by `scripts/older_tokenizers.py`, which asks transformers.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde::Deserialize;

use super::OlderVocabulary;
use crate::bert::{
    BertError, Input, TokenizerFiles,
    architecture::Architecture,
    tokenizer::{BertTokenizer, vocabulary_file},
};

#[derive(Deserialize)]
struct Reference {
    texts: Vec<String>,
    tokenizers: BTreeMap<String, OlderAnswers>,
}

#[derive(Deserialize)]
struct OlderAnswers {
    family: String,
    ids: Vec<Vec<u32>>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    pair: Option<String>,
    tokens: Vec<String>,
    input_ids: Vec<u32>,
    spans: Vec<Option<(usize, usize)>>,
}

fn reference(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name)
}

fn files(name: &str) -> TokenizerFiles {
    let read = |file: &str| fs::read(reference("older_tokenizers").join(name).join(file)).ok();
    TokenizerFiles {
        older: OlderVocabulary {
            files: vocabulary_file::ALL.iter().filter_map(|file| Some((*file, read(file)?))).collect(),
        },
        config: read("tokenizer_config.json").map(Into::into),
        added_tokens: read("added_tokens.json"),
        special_tokens: read("special_tokens_map.json"),
        ..TokenizerFiles::default()
    }
}

fn tokenizer(family: &str, files: &TokenizerFiles) -> Result<BertTokenizer, BertError> {
    let json = format!(
        r#"{{"model_type":"{family}","vocab_size":10,"hidden_size":12,"num_hidden_layers":1,"intermediate_size":4,
        "num_attention_heads":4}}"#
    );
    BertTokenizer::new(files, &Architecture::from_json(json.as_bytes()).unwrap())
}

#[test]
fn older_vocabularies_give_the_ids_of_transformers() {
    let Reference { texts, tokenizers } =
        serde_json::from_slice(&fs::read(reference("older_tokenizers.json")).unwrap()).unwrap();
    assert!(texts.len() >= 280 && tokenizers.len() >= 11);
    for (name, OlderAnswers { family, ids, cases }) in tokenizers {
        let tokenizer = tokenizer(&family, &files(&name)).unwrap();
        for (text, expected) in texts.iter().zip(&ids) {
            let found = tokenizer.encode(&Input::single(text), 512).unwrap().tokens;
            assert_eq!(&found.iter().map(|token| token.id).collect::<Vec<_>>(), expected, "{name}: {text:?}");
        }
        assert!(cases.len() > 10);
        for Case { text, pair, tokens, input_ids, spans } in cases {
            let input = Input { text, pair };
            let found = tokenizer.encode(&input, 512).unwrap().tokens;
            let what = format!("{name}: {input:?}");
            assert_eq!(found.iter().map(|token| token.id).collect::<Vec<_>>(), input_ids, "{what}");
            assert_eq!(found.iter().map(|token| token.text.clone()).collect::<Vec<_>>(), tokens, "{what}");
            let characters = |token: &crate::bert::Token| {
                let text = input.sentence(token.sentence);
                let at = |byte: usize| text[..byte].chars().count();
                token.span.as_ref().map(|span| (at(span.start), at(span.end)))
            };
            assert_eq!(found.iter().map(characters).collect::<Vec<_>>(), spans, "{what}");
        }
    }
}

#[test]
fn damaged_ones_are_refused_in_one_line() {
    let error = |name: &str, family: &str, file: &str, change: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        let mut files = files(name);
        let (_, bytes) = files.older.files.iter_mut().find(|(name, _)| *name == file).unwrap();
        *bytes = change(std::mem::take(bytes));
        let error = tokenizer(family, &files).err().unwrap_or_else(|| panic!("{name}: it opened")).to_string();
        assert!(!error.contains('\n'), "{error}");
        error
    };
    let text = |text: &'static str| move |_| text.as_bytes().to_vec();
    assert!(error("roberta", "roberta", "merges.txt", &text("#version: 0.2\na b c\n")).contains("merges.txt: line 2"));
    assert!(error("roberta", "roberta", "vocab.json", &text("[]")).contains("vocab.json"));
    assert!(error("roberta", "roberta", "vocab.json", &text(r#"{"<s>":0}"#)).contains("vocab.json"));
    assert!(error("mpnet", "mpnet", "vocab.txt", &text("<s>\n</s>\n")).contains("[UNK]"));
    let (model, file) = ("xlm-roberta", "sentencepiece.bpe.model");
    let not_one = "sentencepiece.bpe.model is not a model of SentencePiece";
    assert!(error(model, model, file, &text("{}")).contains(not_one));
    assert!(error(model, model, file, &|_| Vec::new()).contains(not_one));
    assert!(error(model, model, file, &|bytes| bytes[..bytes.len() - 3].to_vec()).contains(not_one));
    // Whatever else is changed, it is read or refused.
    let whole = files(model).older.files.remove(0).1;
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let mut files = files(model);
        files.older.files = vec![(file, bytes)];
        // As loading does it; a panic of the library is an error there.
        let read = crate::guard::guarded(|| tokenizer(model, &files).map(drop));
        assert!(read.unwrap_or(Ok(())).map_or_else(|error| !error.to_string().contains('\n'), |()| true), "{at}");
    }
}

#[test]
fn files_of_another_class_are_not_taken() {
    let files = files("albert");
    let error = tokenizer("xlm-roberta", &files).err().unwrap().to_string();
    assert!(error.contains("XLMRobertaTokenizer is read from tokenizer.json or sentencepiece.bpe.model"), "{error}");
}
