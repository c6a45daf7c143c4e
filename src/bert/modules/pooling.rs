//! `Pooling`: one vector of the tokens' vectors.
//!
//! <https://github.com/UKPLab/sentence-transformers/blob/v6.2.0/sentence_transformers/sentence_transformer/modules/pooling.py>

use serde_json::{Map, Value};

use super::{super::States, ModuleEntry, NotDeclared};

/// A way to make one vector of all tokens', as sentence-transformers names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolingMode {
    /// The first token's.
    Cls,
    /// The elementwise maximum.
    Max,
    /// The mean.
    Mean,
    /// The sum, divided by the root of the number of tokens.
    MeanSqrtLength,
    /// The mean, in which the token at position i (from 1) counts i times.
    WeightedMean,
    /// The last token's.
    LastToken,
}

impl PoolingMode {
    /// In the order in which the older files' switches are joined.
    pub const ALL: [Self; 6] =
        [Self::Cls, Self::Max, Self::Mean, Self::MeanSqrtLength, Self::WeightedMean, Self::LastToken];

    /// As `pooling_mode` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cls => "cls",
            Self::Max => "max",
            Self::Mean => "mean",
            Self::MeanSqrtLength => "mean_sqrt_len_tokens",
            Self::WeightedMean => "weightedmean",
            Self::LastToken => "lasttoken",
        }
    }

    /// The switch that older files have for it.
    fn switch(self) -> &'static str {
        match self {
            Self::Cls => "pooling_mode_cls_token",
            Self::Max => "pooling_mode_max_tokens",
            Self::Mean => "pooling_mode_mean_tokens",
            Self::MeanSqrtLength => "pooling_mode_mean_sqrt_len_tokens",
            Self::WeightedMean => "pooling_mode_weightedmean_tokens",
            Self::LastToken => "pooling_mode_lasttoken",
        }
    }

    /// The vector `[hidden]` of an input's last hidden states.
    pub fn vector(self, states: States) -> Vec<f32> {
        let start = states.layers * states.tokens.len() * states.hidden_size;
        self.of(states.hidden_states.get(start..).unwrap_or_default(), states.hidden_size, 0)
    }

    /// The vector `[hidden]` of `[token, hidden]`, of which the first `skipped` are left out; what remains of nothing is
    /// what sentence-transformers gives.
    pub(super) fn of(self, tokens: &[f32], width: usize, skipped: usize) -> Vec<f32> {
        let rows = || tokens.chunks_exact(width).enumerate().skip(skipped);
        let count = tokens.len() / width;
        let row = |at: usize| tokens.get(at * width..(at + 1) * width).unwrap_or_default().to_vec();
        let remaining = count.saturating_sub(skipped);
        match self {
            Self::Cls => row(if remaining > 0 { skipped } else { 0 }),
            Self::LastToken if remaining > 0 => row(count - 1),
            Self::LastToken => vec![0.0; width],
            Self::Max => rows().fold(vec![f32::NEG_INFINITY; width], |mut largest, (_, row)| {
                largest.iter_mut().zip(row).for_each(|(largest, value)| *largest = largest.max(*value));
                largest
            }),
            Self::Mean => weighted(rows().map(|(_, row)| (1.0, row)), width, |sum| sum),
            Self::MeanSqrtLength => weighted(rows().map(|(_, row)| (1.0, row)), width, f64::sqrt),
            Self::WeightedMean => weighted(rows().map(|(at, row)| ((at + 1) as f64, row)), width, |sum| sum),
        }
    }
}

/// The sum of vectors with their weights, divided by what is made of the sum of the weights.
fn weighted<'r>(rows: impl Iterator<Item = (f64, &'r [f32])>, width: usize, by: fn(f64) -> f64) -> Vec<f32> {
    let (mut sum, mut weights) = (vec![0.0; width], 0.0);
    for (weight, row) in rows {
        weights += weight;
        sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * f64::from(*value));
    }
    let by = by(weights.max(1e-9));
    sum.into_iter().map(|sum| (sum / by) as f32).collect()
}

/// A `Pooling` module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PoolingModule {
    /// Their vectors are joined in this order.
    pub modes: Vec<PoolingMode>,
    /// Whether the tokens of the prompt count.
    pub include_prompt: bool,
}

impl PoolingModule {
    /// Reads `1_Pooling/config.json`.
    pub(super) fn read(entry: &ModuleEntry, config: Option<&[u8]>) -> Result<Self, NotDeclared> {
        let file = entry.file("config.json");
        let mut config = super::settings::object(&file, config)?;
        let sizes = ["embedding_dimension", "word_embedding_dimension"].map(|name| config.remove(name));
        if sizes.iter().all(Option::is_none) {
            return Err(NotDeclared::setting(&file, "embedding_dimension", &Value::Null));
        }
        let include_prompt = match config.remove("include_prompt") {
            None => true,
            Some(Value::Bool(include)) => include,
            Some(other) => return Err(NotDeclared::setting(&file, "include_prompt", &other)),
        };
        let modes = modes(&file, &mut config)?;
        match config.iter().next() {
            // Its constructor knows no other.
            Some((name, value)) => Err(NotDeclared::setting(&file, name, value)),
            None => Ok(Self { modes, include_prompt }),
        }
    }
}

/// Whether a file has switches and none of them is on, and no `pooling_mode`.
pub(super) fn switches_nothing(config: &Map<String, Value>) -> bool {
    let switches = || PoolingMode::ALL.into_iter().filter_map(|mode| config.get(mode.switch()));
    !config.contains_key("pooling_mode") && switches().count() > 0 && !switches().any(is_on)
}

fn is_on(switch: &Value) -> bool {
    match switch {
        Value::Bool(on) => *on,
        Value::Number(number) => number.as_f64() != Some(0.0),
        _ => false,
    }
}

/// The modes of a file: the switches count where there is no `pooling_mode`, and where none is on, it is the mean.
fn modes(file: &str, config: &mut Map<String, Value>) -> Result<Vec<PoolingMode>, NotDeclared> {
    let mut switched = PoolingMode::ALL.to_vec();
    switched.retain(|mode| config.remove(mode.switch()).as_ref().is_some_and(is_on));
    let named = match config.remove("pooling_mode") {
        None if switched.is_empty() => return Ok(vec![PoolingMode::Mean]),
        None => return Ok(switched),
        Some(Value::Array(modes)) if !modes.is_empty() => modes,
        Some(mode) => vec![mode],
    };
    let mode = |value: &Value| {
        let found = PoolingMode::ALL.into_iter().find(|mode| value.as_str() == Some(mode.name()));
        found.ok_or_else(|| NotDeclared::setting(file, "pooling_mode", value))
    };
    named.iter().map(mode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(config: &str) -> Result<PoolingModule, NotDeclared> {
        let entry = ModuleEntry { path: "1_Pooling".to_owned(), kind: String::new() };
        PoolingModule::read(&entry, Some(config.as_bytes()))
    }

    fn modes(config: &str) -> Vec<&'static str> {
        read(config).unwrap().modes.into_iter().map(PoolingMode::name).collect()
    }

    #[test]
    fn both_forms_of_the_file_are_read() {
        assert_eq!(modes(r#"{"embedding_dimension":8,"pooling_mode":"lasttoken"}"#), ["lasttoken"]);
        assert_eq!(modes(r#"{"embedding_dimension":8,"pooling_mode":["mean","cls"]}"#), ["mean", "cls"]);
        let old = |more: &str| modes(&format!(r#"{{"word_embedding_dimension":8{more}}}"#));
        assert_eq!(old(""), ["mean"]);
        assert_eq!(old(r#","pooling_mode_mean_tokens":false,"pooling_mode_cls_token":false"#), ["mean"]);
        let two = r#","pooling_mode_mean_tokens":true,"pooling_mode_cls_token":true,"pooling_mode_max_tokens":false"#;
        assert_eq!(old(two), ["cls", "mean"]);
        assert_eq!(old(r#","pooling_mode_cls_token":true,"pooling_mode":"max""#), ["max"]);
        assert!(!read(r#"{"embedding_dimension":8,"include_prompt":false}"#).unwrap().include_prompt);
    }

    #[test]
    fn what_is_unknown_is_named() {
        let setting = |config: &str| match read(config) {
            Err(NotDeclared::Setting { setting, .. }) => setting,
            other => format!("{other:?}"),
        };
        assert_eq!(setting(r#"{"embedding_dimension":8,"pooling_mode":"attention"}"#), "pooling_mode");
        assert_eq!(setting(r#"{"embedding_dimension":8,"pooling_mode":[]}"#), "pooling_mode");
        assert_eq!(setting(r#"{"embedding_dimension":8,"pooling_mode_best_tokens":true}"#), "pooling_mode_best_tokens");
        assert_eq!(setting(r#"{"pooling_mode":"mean"}"#), "embedding_dimension");
        assert!(matches!(read("[]"), Err(NotDeclared::File { .. })));
    }
}
