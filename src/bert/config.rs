use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    Activation, ModuleFiles,
    modules::{EncoderSizes, ModuleChain},
    relative::BUCKETS,
};
use crate::messages::{message, quoted};

/// The part of `config.json` the forward pass depends on, under the names that BERT gives it.
///
/// Defaults are those of transformers' `BertConfig`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct BertConfig {
    /// What people call its family: `RoBERTa`.
    #[serde(skip)]
    pub family: &'static str,
    /// Rows of the word embedding table.
    pub vocab_size: usize,
    /// D, the width of a hidden state.
    pub hidden_size: usize,
    /// Number of encoder layers.
    pub num_hidden_layers: usize,
    /// Heads a layer; divides `hidden_size`.
    pub num_attention_heads: usize,
    /// Width of the feed-forward layer.
    pub intermediate_size: usize,
    /// Feed-forward activation.
    #[serde(default = "gelu")]
    pub hidden_act: Activation,
    /// Longest input, specials included.
    #[serde(default = "max_position_embeddings")]
    pub max_position_embeddings: usize,
    /// Rows of the token type table (2: sentence A and sentence B).
    #[serde(default = "type_vocab_size")]
    pub type_vocab_size: usize,
    /// ε of every layer norm.
    #[serde(default = "layer_norm_eps")]
    pub layer_norm_eps: f64,
    /// Id of the padding, from whose row on RoBERTa counts positions.
    #[serde(default)]
    pub(super) pad_token_id: Option<i64>,
    /// E, the width of an embedding, in families where it may be another than D.
    #[serde(default)]
    pub(super) embedding_size: Option<usize>,
    /// Layers with weights of their own are as many as groups times inner layers, in ALBERT.
    #[serde(default = "one")]
    pub(super) num_hidden_groups: usize,
    #[serde(default = "one")]
    pub(super) inner_group_num: usize,
    /// Rows of MPNet's table of relative positions.
    #[serde(default)]
    pub(super) relative_attention_num_buckets: Option<usize>,
    /// Whether ERNIE has a table of tasks.
    #[serde(default)]
    pub(super) use_task_id: bool,
    #[serde(default = "task_type_vocab_size")]
    pub(super) task_type_vocab_size: usize,
    #[serde(default)]
    position_embedding_type: Option<String>,
    #[serde(default)]
    is_decoder: bool,
    #[serde(default)]
    pruned_heads: Option<BTreeMap<String, Vec<usize>>>,
}

fn gelu() -> Activation {
    Activation::Gelu
}
fn max_position_embeddings() -> usize {
    512
}
fn type_vocab_size() -> usize {
    2
}
fn one() -> usize {
    1
}
fn task_type_vocab_size() -> usize {
    3
}
fn layer_norm_eps() -> f64 {
    1e-12
}

impl BertConfig {
    /// The pooling that sentence-transformers' files beside a model of this configuration declare, where there is one, as they
    /// name it: `mean`, or `cls + mean` where several are joined; `tokenizer` is `tokenizer_config.json`.
    pub fn declared_pooling(&self, files: &ModuleFiles, tokenizer: Option<&[u8]>) -> Option<String> {
        let positions = self.max_position_embeddings;
        let sizes = EncoderSizes { hidden: self.hidden_size, positions, most: positions };
        let (_, declared) = ModuleChain::read(files, tokenizer, sizes).ok()?;
        declared.pooling_name()
    }

    /// E, the width of a row of the table of words.
    pub(super) fn word_size(&self) -> usize {
        self.embedding_size.unwrap_or(self.hidden_size)
    }

    /// A hostile config must not allocate: sizes are bounded far above any published BERT.
    pub(super) fn check(&self) -> Result<(), String> {
        if let Some(kind) = self.position_embedding_type.as_deref().filter(|kind| *kind != "absolute") {
            return Err(message!("bert-config-position-embedding", found = quoted(kind)));
        }
        if self.is_decoder {
            return Err(message!("bert-config-decoder"));
        }
        let pruned = self.pruned_heads.iter().flatten().filter(|(_, heads)| !heads.is_empty());
        if let count @ 1.. = pruned.map(|(_, heads)| heads.len()).sum() {
            return Err(message!("bert-config-pruned-heads", count = count));
        }
        let bounds = [
            ("vocab_size", self.vocab_size, 4_000_000),
            ("hidden_size", self.hidden_size, 16_384),
            ("num_hidden_layers", self.num_hidden_layers, 256),
            ("num_attention_heads", self.num_attention_heads, 1_024),
            ("intermediate_size", self.intermediate_size, 131_072),
            ("max_position_embeddings", self.max_position_embeddings, 65_536),
            ("type_vocab_size", self.type_vocab_size, 1_024),
            ("task_type_vocab_size", self.task_type_vocab_size, 1_024),
            ("embedding_size", self.word_size(), 16_384),
            ("inner_group_num", self.inner_group_num, self.num_hidden_layers),
            ("num_hidden_groups", self.num_hidden_groups, self.num_hidden_layers),
        ];
        for (name, value, most) in bounds {
            if value == 0 || value > most {
                return Err(message!("bert-config-size", name = name, value = value.to_string(), most = most));
            }
        }
        if !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            return Err(message!("bert-config-heads", heads = self.num_attention_heads, size = self.hidden_size));
        }
        if self.relative_attention_num_buckets.is_some_and(|buckets| !(BUCKETS..=1_024).contains(&buckets)) {
            let value = self.relative_attention_num_buckets.unwrap_or_default().to_string();
            return Err(message!("bert-config-buckets", value = value, fewest = BUCKETS));
        }
        if !(self.layer_norm_eps.is_finite() && self.layer_norm_eps > 0.0) {
            return Err(message!("bert-config-epsilon", value = self.layer_norm_eps.to_string()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        BertConfig::from_json(json.as_bytes()).unwrap_err().to_string()
    }

    const SIZES: &str = r#""vocab_size":10,"hidden_size":12,"num_hidden_layers":1,"intermediate_size":4"#;

    #[test]
    fn refuses_what_it_cannot_run_by_name() {
        assert!(error("{").contains("config.json cannot be read"));
        assert!(error("{}").contains("vocab_size"));
        assert!(error(&format!("{{{SIZES},\"num_attention_heads\":5}}")).contains("does not divide"));
        assert!(error(&format!("{{{SIZES},\"num_attention_heads\":0}}")).contains("num_attention_heads is 0"));
        assert!(error(&format!("{{{SIZES},\"num_attention_heads\":4,\"model_type\":\"gpt2\"}}")).contains("gpt2"));
        for (name, reason) in [("prelu", "learns parameters"), ("softmax", "not an activation of transformers")] {
            let error = error(&format!("{{{SIZES},\"num_attention_heads\":4,\"hidden_act\":\"{name}\"}}"));
            assert!(error.contains(name) && error.contains(reason) && !error.contains("save_pretrained"), "{error}");
        }
        assert!(error(&format!("{{{SIZES},\"num_attention_heads\":4,\"is_decoder\":true}}")).contains("is_decoder"));
        let pruned = |heads: &str| format!("{{{SIZES},\"num_attention_heads\":4,\"pruned_heads\":{heads}}}");
        assert!(error(&pruned(r#"{"0":[1,3],"2":[0]}"#)).contains("pruned_heads removes 3 heads"));
        for none in ["{}", "null", r#"{"0":[]}"#] {
            assert!(BertConfig::from_json(pruned(none).as_bytes()).is_ok(), "{none}");
        }
        let relative = format!("{{{SIZES},\"num_attention_heads\":4,\"position_embedding_type\":\"relative_key\"}}");
        assert!(error(&relative).contains("relative_key"));
        let no_epsilon = format!("{{{SIZES},\"num_attention_heads\":4,\"layer_norm_eps\":0.0}}");
        assert!(error(&no_epsilon).contains("layer_norm_eps is 0; it must be a small positive number"));
        assert!(error(r#"{"vocab_size":10,"hidden_size":99999999,"num_hidden_layers":1,"intermediate_size":4,"num_attention_heads":1}"#)
            .contains("hidden_size is 99999999"));
    }

    #[test]
    fn fills_in_the_defaults_of_transformers() {
        let config = BertConfig::from_json(format!("{{{SIZES},\"num_attention_heads\":4}}").as_bytes()).unwrap();
        assert_eq!(config.hidden_act, Activation::Gelu);
        assert_eq!((config.max_position_embeddings, config.type_vocab_size), (512, 2));
    }
}
