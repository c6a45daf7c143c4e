//! Tokenizers of every class (`scripts/tokenizer_classes.py`): each is read with transformers' ids, or refused by its name.
//! `docs/tokenizers.md` is made here.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use clscope::{
    bert::{Backend, Bert, OlderForm, PieceLayout, TokenizerClass, TokenizerModel, TokenizerReading},
    models::ModelSource,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::common::{self, Case, check_tokens, input, repository};

#[derive(Deserialize)]
struct Reference {
    classes: BTreeMap<String, Option<Kind>>,
    tokenizers: BTreeMap<String, Tokenizer>,
}

/// What transformers says of a class.
#[derive(Deserialize)]
struct Kind {
    rust: bool,
    model: Option<String>,
    token_types: bool,
    specials: Vec<Option<String>>,
}

#[derive(Deserialize)]
struct Tokenizer {
    files: BTreeMap<String, Value>,
    cases: Vec<Case>,
}

fn reference() -> Reference {
    common::read("tokenizer_classes")
}

fn form(name: &str) -> PathBuf {
    repository().join("tests/reference/forms").join(name)
}

fn text(path: &Path) -> Value {
    fs::read_to_string(path).unwrap().into()
}

/// A model of BERT's with these files of a tokenizer; a text is written as it is, anything else as JSON. What
/// `config.json` holds is added to the model's own.
fn open(files: &BTreeMap<String, Value>) -> Result<Bert, String> {
    open_with(files, None)
}

/// The same with the files of a folder of `older_tokenizers` beside them.
fn open_with(files: &BTreeMap<String, Value>, older: Option<&str>) -> Result<Bert, String> {
    let directory = tempfile::tempdir().unwrap();
    if let Some(name) = older {
        for file in fs::read_dir(repository().join("tests/reference/older_tokenizers").join(name)).unwrap() {
            let path = file.unwrap().path();
            fs::copy(&path, directory.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    let own = form("tok-json");
    fs::copy(own.join("model.safetensors"), directory.path().join("model.safetensors")).unwrap();
    let mut config: Value = serde_json::from_slice(&fs::read(own.join("config.json")).unwrap()).unwrap();
    for (name, content) in files {
        match (name.as_str(), content) {
            ("config.json", Value::Object(added)) => config.as_object_mut().unwrap().extend(added.clone()),
            (_, Value::String(text)) => fs::write(directory.path().join(name), text).unwrap(),
            _ => fs::write(directory.path().join(name), content.to_string()).unwrap(),
        }
    }
    fs::write(directory.path().join("config.json"), config.to_string()).unwrap();
    common::open(&ModelSource::Directory(directory.path().to_owned()), Backend::Flex).map_err(|e| e.to_string())
}

fn remarks(bert: &Bert) -> Vec<String> {
    bert.info().remarks.iter().map(ToString::to_string).collect()
}

#[test]
fn every_class_that_is_read_gives_the_ids_of_transformers_5() {
    let mut failures = String::new();
    for (name, Tokenizer { files, cases }) in reference().tokenizers {
        let bert = open(&files).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!cases.is_empty());
        for case in &cases {
            let trace = bert.trace(&input(case)).unwrap();
            if let Err(difference) = check_tokens(&trace, case) {
                let _ = writeln!(failures, "{name}, {:?}: {difference}", case.text);
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn what_transformers_4_read_otherwise_is_said_once() {
    let tokenizers = reference().tokenizers;
    for (name, Tokenizer { files, .. }) in &tokenizers {
        let said = remarks(&open(files).unwrap());
        let expected: &[&str] = match name.as_str() {
            "backend" => &["token type 0, because TokenizersBackend"],
            "backend-other-names" => &["token type 0, because PreTrainedTokenizer"],
            "class-in-config.json" => &["token type 0, because PreTrainedTokenizerFast"],
            "no-class-of-transformers" => &["no tokenizer CorporateTokenizerFast", "token type 0"],
            "bert-own-normalizer" => &["that BertTokenizer does not read", "): normalizer;"],
            "bert-own-pre-tokenizer" => &["that BertTokenizerFast does not read", "): pre_tokenizer;"],
            "bert-short-words" => &["): model;"],
            "bert-no-post-processor" => &["): post_processor;"],
            "bart-settings" => &["that BartTokenizerFast does not read", "): pre_tokenizer;"],
            "camembert-settings" => &["): pre_tokenizer;"],
            "xlm-roberta-no-table" => &["): normalizer;"],
            "roberta-settings" | "xlm-roberta-settings" => &["): pre_tokenizer, post_processor;"],
            "albert-settings" => &["): normalizer, pre_tokenizer;"],
            name if name.ends_with("-parts") => &["): normalizer, pre_tokenizer, model, post_processor;"],
            _ => &[],
        };
        let most = if name == "no-class-of-transformers" { 2 } else { expected.len().min(1) };
        assert_eq!(said.len(), most, "{name}: {said:?}");
        for expected in expected {
            assert!(said.iter().any(|said| said.contains(expected) && !said.contains('\n')), "{name}: {said:?}");
        }
    }
}

#[test]
fn the_table_of_classes_is_that_of_transformers() {
    let classes = reference().classes;
    let mut faults = Vec::new();
    for (name, kind) in &classes {
        let Some(class) = TokenizerClass::find(name) else {
            faults.push(format!("{name} is missing"));
            continue;
        };
        let Some(Kind { rust, model, token_types, specials }) = kind else {
            if class.reading != TokenizerReading::Python {
                faults.push(format!("{name} is read, and nothing is known of it"));
            }
            continue;
        };
        match class.reading {
            TokenizerReading::Python => {}
            _ if !rust => faults.push(format!("{name} has no tokenizer.json")),
            _ => {
                if class.token_types != *token_types {
                    faults.push(format!("{name} hands over token types: {token_types}"));
                }
                let own = class.special_tokens().map(|token| token.map(|(text, _)| text));
                if !class.is_generic() && specials.iter().map(Option::as_deref).ne(own) {
                    faults.push(format!("{name} has the special tokens {specials:?}, not {own:?}"));
                }
                let own = class.model.map(TokenizerModel::name);
                if model.as_deref().is_some_and(|model| own != Some(model)) {
                    faults.push(format!("{name} has {model:?}, not {own:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // Classes of libraries that are not here are refused.
    for class in TokenizerClass::ALL.iter().filter(|class| !classes.contains_key(class.name)) {
        assert_eq!(class.reading, TokenizerReading::Python, "{}", class.name);
    }
}

/// `tokenizer.json` of a kind, and `vocab.txt`.
fn main_files(model: Option<TokenizerModel>, older: Option<OlderForm>) -> [(&'static str, Value); 2] {
    let tokenizers = reference().tokenizers;
    let of = |name: &str| tokenizers[name].files["tokenizer.json"].clone();
    let json = match model {
        _ if older == Some(OlderForm::SentencePieces(PieceLayout::Albert)) => of("albert-settings"),
        Some(TokenizerModel::Bpe) => of("roberta"),
        Some(TokenizerModel::Unigram) => of("xlm-roberta"),
        _ => of("electra"),
    };
    [("tokenizer.json", json), ("vocab.txt", text(&form("tok-vocab-only").join("vocab.txt")))]
}

#[test]
fn every_class_is_read_or_refused_by_its_name() {
    let mut rows = String::new();
    for class in TokenizerClass::ALL {
        let name = class.name;
        let settings = json!({ "tokenizer_class": name, "do_lower_case": false });
        let read = |files: &BTreeMap<String, Value>, older| match open_with(files, older) {
            Ok(_) => "read",
            Err(error) => {
                assert!(error.contains(name) && !error.contains("download"), "{name}: {error}");
                assert!(!error.contains('\n'), "{error}");
                "refused by name"
            }
        };
        let [with_json, with_vocabulary] = main_files(class.model, class.older).map(|(file, content)| {
            let files = [(file, content), ("tokenizer_config.json", settings.clone())];
            read(&files.map(|(name, content)| (name.to_owned(), content)).into(), None)
        });
        let reads_vocabulary = class.older == Some(OlderForm::WordPiece);
        assert_eq!(with_vocabulary, if reads_vocabulary { "read" } else { "refused by name" }, "{name}");
        if class.reading == TokenizerReading::Class {
            let folder = match class.older {
                Some(OlderForm::BytePairs) => "roberta".to_owned(),
                _ => name.strip_suffix("Tokenizer").unwrap().to_lowercase().replace("xlm", "xlm-"),
            };
            let settings = BTreeMap::from([("tokenizer_config.json".to_owned(), settings.clone())]);
            assert_eq!(read(&settings, Some(&folder)), "read", "{name}");
        }
        let quoted =
            |form: OlderForm| form.files().iter().map(|file| format!("`{file}`")).collect::<Vec<_>>().join(", ");
        let older = class.older.map_or_else(|| "refused by name".to_owned(), quoted);
        let with_json = match class.reading {
            TokenizerReading::WordPiece | TokenizerReading::Class => {
                format!("{with_json}: vocabulary and added tokens")
            }
            TokenizerReading::File => format!("{with_json} as it is"),
            TokenizerReading::Python => with_json.to_owned(),
        };
        let model = class.model.map_or("any", TokenizerModel::name);
        let pieces = if class.reading == TokenizerReading::Python { "" } else { model };
        let types = if class.token_types { "yes" } else { "" };
        let _ = writeln!(rows, "| {name} | {pieces} | {with_json} | {older} | {types} |");
    }
    let path = repository().join("docs/tokenizers.md");
    let written = fs::read_to_string(&path).unwrap();
    let (head, _) = written.split_once("| class |").expect("the table's head");
    let table = format!(
        "{head}| class | pieces | with `tokenizer.json` | with older files alone | token types |\n\
         | --- | --- | --- | --- | --- |\n{rows}"
    );
    if std::env::var_os("CLSCOPE_UPDATE_DOCS").is_some() {
        fs::write(&path, &table).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert!(written == table, "docs/tokenizers.md is out of date: run this test with CLSCOPE_UPDATE_DOCS=1");
}

#[test]
fn what_would_give_other_tokens_than_python_is_refused() {
    let [(_, json), (_, vocabulary)] = main_files(Some(TokenizerModel::WordPiece), None);
    let [(_, unigram), _] = main_files(Some(TokenizerModel::Unigram), None);
    let word = |word: &str| format!("▁{word}\n");
    let sentence_pieces =
        ["[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n".to_owned(), word("cat"), word("the"), "s\n".to_owned()];
    let nameless = vocabulary.as_str().unwrap().replace("[SEP]", "<end>");
    let cases = [
        // The class in either file, or what only that class writes.
        (
            "BertJapaneseTokenizer",
            json!({ "vocab.txt": vocabulary, "config.json": { "tokenizer_class": "BertJapaneseTokenizer" } }),
        ),
        (
            "BertJapaneseTokenizer",
            json!({ "vocab.txt": vocabulary, "tokenizer_config.json": { "word_tokenizer_type": "mecab" } }),
        ),
        (
            "KoBertTokenizer",
            json!({ "vocab.txt": vocabulary, "tokenizer_config.json": { "tokenizer_class": "KoBertTokenizer" } }),
        ),
        (
            "AutoTokenizer.from_pretrained",
            json!({ "vocab.txt": vocabulary, "tokenizer_config.json": { "tokenizer_class": "HerbertTokenizerFast" } }),
        ),
        // The repository's own code.
        (
            "tokenization.SomeTokenizer",
            json!({ "tokenizer.json": json, "tokenizer_config.json": { "auto_map": { "AutoTokenizer": ["tokenization.SomeTokenizer", null] } } }),
        ),
        // Files that contradict each other.
        ("BertTokenizer has WordPiece pieces, but tokenizer.json has Unigram", json!({ "tokenizer.json": unigram })),
        (
            "XLMRobertaTokenizer has Unigram",
            json!({ "tokenizer.json": json, "tokenizer_config.json": { "tokenizer_class": "XLMRobertaTokenizer" } }),
        ),
        (
            "tokenizer.json has no token [CLS]; name the one it has instead with \"cls_token\"",
            json!({ "tokenizer.json": unigram, "tokenizer_config.json": { "tokenizer_class": "AlbertTokenizer" } }),
        ),
        ("SentencePiece", json!({ "vocab.txt": sentence_pieces.concat() })),
        (
            "vocab.txt has no token [SEP]; name the one it has instead with \"sep_token\"",
            json!({ "vocab.txt": nameless }),
        ),
        ("neither tokenizer.json nor vocab.txt", json!({})),
    ];
    for (reason, files) in cases {
        let error =
            open(&serde_json::from_value(files).unwrap()).err().unwrap_or_else(|| panic!("{reason}: it opened"));
        assert!(error.contains(reason) && !error.contains("download") && !error.contains('\n'), "{reason}: {error}");
    }
    // Its own code with a tokenizer.json beside it.
    let own = json!({ "tokenizer.json": json, "tokenizer_config.json": {
        "tokenizer_class": "SomeTokenizer", "auto_map": { "AutoTokenizer": ["tokenization.SomeTokenizer", "tokenization.SomeTokenizerFast"] }
    } });
    assert!(remarks(&open(&serde_json::from_value(own).unwrap()).unwrap())[0].contains("SomeTokenizer"));
}
