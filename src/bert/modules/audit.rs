//! What is missing in a model's files, and where they contradict each other: what sentence-transformers reads all the same,
//! but other readers of the same files read otherwise.

use std::fmt;

use serde_json::{Map, Value};

use super::{EncoderSizes, ModuleEntry, ModuleFiles, NotDeclared, pooling::switches_nothing};
use crate::messages::message;

/// Of which kind a [`AuditFinding`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// Something is not said, and a reader decides.
    Missing,
    /// Two files, or a file and the model, do not agree.
    Contradiction,
}

impl FindingKind {
    /// As in files.
    pub fn id(self) -> &'static str {
        match self {
            FindingKind::Missing => "missing",
            FindingKind::Contradiction => "contradiction",
        }
    }
}

/// What is wrong with what a model's files declare. Displays as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditFinding {
    /// There is no `declared`.
    NotDeclared(NotDeclared),
    /// No file names a limit of tokens.
    NoLimit {
        /// The model's own.
        positions: usize,
    },
    /// There is no `config_sentence_transformers.json`.
    NoSettings,
    /// The limit is beyond the model's positions.
    LimitBeyondPositions {
        /// As the files say.
        declared: usize,
        /// The most that the model reads.
        most: usize,
    },
    /// Two files name two limits.
    Limits {
        /// That of `sentence_bert_config.json`, which sentence-transformers follows.
        modules: usize,
        /// `model_max_length` of `tokenizer_config.json`.
        tokenizer: usize,
    },
    /// Two files disagree on lower case.
    LowerCase {
        /// A file, and whether it asks for lower case.
        first: (&'static str, bool),
        /// Another.
        second: (&'static str, bool),
    },
    /// All switches of a pooling are off.
    PoolingNone {
        /// Its file.
        file: String,
    },
    /// A pooling names another size than the encoder's vectors have.
    PoolingSize {
        /// Its file.
        file: String,
        /// As it says.
        named: usize,
        /// As they are.
        hidden: usize,
    },
}

impl AuditFinding {
    /// Of which kind it is.
    pub fn kind(&self) -> FindingKind {
        match self {
            AuditFinding::NotDeclared(_) | AuditFinding::NoLimit { .. } | AuditFinding::NoSettings => {
                FindingKind::Missing
            }
            _ => FindingKind::Contradiction,
        }
    }
}

impl fmt::Display for AuditFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yes_no = |asks: &bool| if *asks { "true" } else { "false" };
        f.write_str(&match self {
            AuditFinding::NotDeclared(why) => message!("bert-finding-not-declared", reason = why.to_string()),
            AuditFinding::NoLimit { positions } => message!("bert-finding-no-limit", positions = *positions),
            AuditFinding::NoSettings => message!("bert-finding-no-settings"),
            AuditFinding::LimitBeyondPositions { declared, most } => {
                message!("bert-finding-limit-beyond", declared = declared.to_string(), most = *most)
            }
            AuditFinding::Limits { modules, tokenizer } => {
                message!("bert-finding-limits", modules = *modules, tokenizer = *tokenizer)
            }
            AuditFinding::LowerCase { first, second } => message!(
                "bert-finding-lower-case",
                first = first.0,
                first_value = yes_no(&first.1),
                second = second.0,
                second_value = yes_no(&second.1)
            ),
            AuditFinding::PoolingNone { file } => message!("bert-finding-pooling-none", file = file),
            AuditFinding::PoolingSize { file, named, hidden } => {
                message!("bert-finding-pooling-size", file = file, named = *named, hidden = *hidden)
            }
        })
    }
}

/// The files that are compared: sentence-transformers', `tokenizer_config.json` and `tokenizer.json`.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Audited<'f> {
    pub modules: Result<&'f ModuleFiles, &'f NotDeclared>,
    pub tokenizer_config: Option<&'f [u8]>,
    pub tokenizer: Option<&'f [u8]>,
    pub sizes: EncoderSizes,
}

impl Audited<'_> {
    /// Everything that is found; what cannot be read as JSON is found elsewhere.
    pub(in super::super) fn findings(&self) -> Vec<AuditFinding> {
        let files = match self.modules {
            Ok(files) => files,
            Err(why) => return vec![AuditFinding::NotDeclared(why.clone())],
        };
        let mut findings = Vec::new();
        let own = files.transformer.as_ref().map(|(_, json)| parsed(Some(&**json))).unwrap_or_default();
        let tokenizer = parsed(self.tokenizer_config);
        let limit =
            |value: Option<&Value>| value.and_then(Value::as_f64).filter(|most| *most < 1e9).map(|n| n as usize);
        let limits = [limit(own.get("max_seq_length")), limit(tokenizer.get("model_max_length"))];
        match limits {
            [None, None] => findings.push(AuditFinding::NoLimit { positions: self.sizes.most }),
            [Some(modules), Some(tokenizer)] if modules != tokenizer => {
                findings.push(AuditFinding::Limits { modules, tokenizer });
            }
            _ => {}
        }
        if let [Some(declared), _] | [None, Some(declared)] = limits
            && declared > self.sizes.most
        {
            findings.push(AuditFinding::LimitBeyondPositions { declared, most: self.sizes.most });
        }
        findings.extend(lower_case(&own, &tokenizer, self.tokenizer));
        if files.settings.is_none() {
            findings.push(AuditFinding::NoSettings);
        }
        let is_pooling = |entry: &ModuleEntry| entry.class() == Some("Pooling");
        let entries = ModuleEntry::list(&files.list).unwrap_or_default();
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| is_pooling(entry)) {
            let config = files.folders.get(&entry.path).and_then(|folder| folder.config.as_deref());
            let (config, file) = (parsed(config), entry.file("config.json"));
            let named = config.get("embedding_dimension").or_else(|| config.get("word_embedding_dimension"));
            // Behind another module vectors may have another size.
            if let Some(named) = limit(named).filter(|named| at == 1 && *named != self.sizes.hidden) {
                findings.push(AuditFinding::PoolingSize { file: file.clone(), named, hidden: self.sizes.hidden });
            }
            if switches_nothing(&config) {
                findings.push(AuditFinding::PoolingNone { file });
            }
        }
        findings
    }
}

/// Files that disagree on lower case. The Transformer's own `false` says nothing: it only leaves the tokenizer to decide.
fn lower_case(own: &Map<String, Value>, config: &Map<String, Value>, tokenizer: Option<&[u8]>) -> Option<AuditFinding> {
    let asks = |settings: &Map<String, Value>| settings.get("do_lower_case").and_then(Value::as_bool);
    let own = asks(own).filter(|asks| *asks).map(|asks| ("sentence_bert_config.json", asks));
    let config = asks(config).map(|asks| ("tokenizer_config.json", asks));
    let tokenizer = parsed(tokenizer).get("normalizer").map(|normalizer| ("tokenizer.json", lowers(normalizer)));
    let all = [own, config, tokenizer];
    let mut there = all.into_iter().flatten();
    let first = there.next()?;
    there.find(|(_, asks)| *asks != first.1).map(|second| AuditFinding::LowerCase { first, second })
}

/// Whether a normaliser makes text lower case.
fn lowers(normalizer: &Value) -> bool {
    match normalizer.get("type").and_then(Value::as_str) {
        Some("Lowercase") => true,
        Some("BertNormalizer") => normalizer.get("lowercase").and_then(Value::as_bool).unwrap_or(true),
        Some("Sequence") => {
            normalizer.get("normalizers").and_then(Value::as_array).is_some_and(|all| all.iter().any(lowers))
        }
        _ => false,
    }
}

fn parsed(json: Option<&[u8]>) -> Map<String, Value> {
    json.and_then(|json| serde_json::from_slice(json).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{super::ModuleFolder, *};

    const MODULES: &str = r#"[{"path":"","type":"sentence_transformers.models.Transformer"},
        {"path":"1_Pooling","type":"sentence_transformers.models.Pooling"}]"#;

    fn found(own: &'static str, config: &str, tokenizer: &str, pooling: &'static str) -> Vec<AuditFinding> {
        let folder = ModuleFolder { config: Some(pooling.as_bytes().into()), weights: None };
        let files = ModuleFiles {
            list: MODULES.as_bytes().into(),
            settings: Some(b"{}"[..].into()),
            transformer: Some(("sentence_bert_config.json".to_owned(), own.as_bytes().into())),
            folders: [("1_Pooling".to_owned(), folder)].into(),
        };
        let sizes = EncoderSizes { hidden: 8, positions: 514, most: 512 };
        let (config, tokenizer) = (Some(config.as_bytes()), Some(tokenizer.as_bytes()));
        Audited { modules: Ok(&files), tokenizer_config: config, tokenizer, sizes }.findings()
    }

    const MEAN: &str = r#"{"word_embedding_dimension":8,"pooling_mode_mean_tokens":true}"#;
    const LOWER: &str = r#"{"normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Lowercase"}]}}"#;
    const UPPER: &str = r#"{"normalizer":{"type":"BertNormalizer","lowercase":false}}"#;

    #[test]
    fn files_that_agree_have_no_findings() {
        let own = r#"{"max_seq_length":128,"do_lower_case":false}"#;
        assert_eq!(found(own, r#"{"do_lower_case":true,"model_max_length":128}"#, LOWER, MEAN), []);
        let endless = r#"{"do_lower_case":true,"model_max_length":1000000000000000019884624838656}"#;
        assert_eq!(found(own, endless, LOWER, MEAN), []);
    }

    #[test]
    fn each_disagreement_is_found_and_named() {
        let limits = found(r#"{"max_seq_length":600}"#, r#"{"model_max_length":512}"#, "{}", MEAN);
        let expected = [
            AuditFinding::Limits { modules: 600, tokenizer: 512 },
            AuditFinding::LimitBeyondPositions { declared: 600, most: 512 },
        ];
        assert_eq!(limits, expected);
        assert_eq!(found("{}", "{}", "{}", MEAN), [AuditFinding::NoLimit { positions: 512 }]);
        let own = r#"{"max_seq_length":128,"do_lower_case":true}"#;
        for (config, tokenizer, files) in [
            ("{}", UPPER, ["sentence_bert_config.json", "tokenizer.json"]),
            (r#"{"do_lower_case":false}"#, LOWER, ["sentence_bert_config.json", "tokenizer_config.json"]),
        ] {
            let [AuditFinding::LowerCase { first, second }] = found(own, config, tokenizer, MEAN)[..] else { panic!() };
            assert_eq!([first.0, second.0], files);
        }
        let own = r#"{"max_seq_length":128}"#;
        assert!(matches!(found(own, r#"{"do_lower_case":true}"#, UPPER, MEAN)[..], [AuditFinding::LowerCase { .. }]));
        let none = r#"{"word_embedding_dimension":9,"pooling_mode_mean_tokens":false}"#;
        let [size, switches] = &found(own, "{}", "{}", none)[..] else { panic!() };
        assert_eq!(size, &AuditFinding::PoolingSize { file: "1_Pooling/config.json".to_owned(), named: 9, hidden: 8 });
        assert!(
            switches.to_string().contains("1_Pooling/config.json") && switches.kind() == FindingKind::Contradiction
        );
    }
}
