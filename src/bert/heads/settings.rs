use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::bert::{Activation, HeadName, Remark};

/// What a classifier of texts was trained for, as `problem_type` of `config.json` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemType {
    /// `regression`: a number, no probability.
    Regression,
    /// `single_label_classification`: one label of many.
    SingleLabel,
    /// `multi_label_classification`: several labels at once.
    MultiLabel,
}

/// What makes scores of logits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputActivation {
    /// Probabilities that sum to 1.
    Softmax,
    /// A probability for each.
    Sigmoid,
    /// The logits themselves.
    Identity,
}

impl OutputActivation {
    /// A stable name for files.
    pub fn id(self) -> &'static str {
        match self {
            OutputActivation::Softmax => "softmax",
            OutputActivation::Sigmoid => "sigmoid",
            OutputActivation::Identity => "identity",
        }
    }

    /// The scores of some logits, as many.
    pub fn scores(self, logits: &[f32]) -> Vec<f32> {
        match self {
            OutputActivation::Identity => logits.to_vec(),
            OutputActivation::Sigmoid => {
                logits.iter().map(|&logit| (1.0 / (1.0 + (-f64::from(logit)).exp())) as f32).collect()
            }
            OutputActivation::Softmax => {
                let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                let powers: Vec<f64> = logits.iter().map(|&logit| f64::from(logit - most).exp()).collect();
                let sum: f64 = powers.iter().sum();
                powers.into_iter().map(|power| (power / sum) as f32).collect()
            }
        }
    }
}

/// A head that a model has, apart from the pooler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputHead {
    /// Which.
    pub name: HeadName,
    /// A name for each logit, as `id2label` has them; those of next sentence are `is_next` and `not_next`, of sentence order
    /// `in_order` and `swapped`, of question answering `start` and `end`. Replaced tokens have one logit, that of `replaced`;
    /// `original` has 0 against it. Empty for the masked-language head, whose logits are the vocabulary's.
    pub labels: Vec<String>,
    /// What makes scores of its logits, as transformers' pipeline does it, or, for a classifier with one label,
    /// sentence-transformers' `CrossEncoder`.
    pub activation: OutputActivation,
}

/// What `config.json` says of heads. What is not there or has another form is as if it were not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bert) struct HeadSettings {
    /// The classes of transformers.
    pub architectures: Vec<String>,
    /// In the order of their ids.
    pub labels: Vec<String>,
    pub problem: Option<ProblemType>,
    /// sentence-transformers' class of the activation, as PyTorch calls it: `torch.nn.modules.linear.Identity`.
    pub activation: Option<String>,
    /// What ELECTRA's summary of an input goes through.
    pub summary_activation: Activation,
    /// Whether that summary is of the first token.
    pub summary_is_first: bool,
}

impl HeadSettings {
    pub(in crate::bert) fn from_json(json: &[u8]) -> Self {
        let config: Map<String, Value> = serde_json::from_slice(json).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let architectures = config.get("architectures").and_then(Value::as_array);
        let problem = match config.get("problem_type").and_then(Value::as_str) {
            Some("regression") => Some(ProblemType::Regression),
            Some("single_label_classification") => Some(ProblemType::SingleLabel),
            Some("multi_label_classification") => Some(ProblemType::MultiLabel),
            _ => None,
        };
        let newer = config.get("sentence_transformers").and_then(|settings| settings.get("activation_fn"));
        let activation = newer.or_else(|| config.get("sbert_ce_default_activation_function")).and_then(text);
        let summary = config.get("summary_activation").map_or(Some("gelu"), Value::as_str);
        Self {
            summary_is_first: config.get("summary_type").is_none_or(|kind| kind == "first"),
            summary_activation: summary.and_then(Activation::find).unwrap_or(Activation::Linear),
            architectures: architectures.into_iter().flatten().filter_map(text).collect(),
            labels: labels(&config),
            problem,
            activation,
        }
    }

    /// What a head's logits are called and what makes scores of them.
    pub(in crate::bert) fn output_head(&self, name: HeadName) -> OutputHead {
        let named = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let labels = match name {
            HeadName::NextSentence => named(&["is_next", "not_next"]),
            HeadName::SentenceOrder => named(&["in_order", "swapped"]),
            HeadName::QuestionAnswering => named(&["start", "end"]),
            HeadName::ReplacedTokens => named(&["original", "replaced"]),
            HeadName::MultipleChoice => named(&["choice"]),
            HeadName::SequenceClassification | HeadName::TokenClassification => self.labels.clone(),
            HeadName::Pooler | HeadName::MaskedLanguage | HeadName::Probe => Vec::new(),
        };
        let activation = match name {
            HeadName::SequenceClassification => self.activation(),
            // Choices are compared with each other, not within one.
            HeadName::MultipleChoice => OutputActivation::Identity,
            _ => OutputActivation::Softmax,
        };
        OutputHead { name, labels, activation }
    }

    /// transformers' `TextClassificationPipeline.postprocess`; sentence-transformers' `CrossEncoder` where there is one label
    /// and its activation is named.
    fn activation(&self) -> OutputActivation {
        match (self.problem, self.labels.len(), self.cross_encoder()) {
            (_, 1, Some(Ok(activation))) => activation,
            (Some(ProblemType::Regression), ..) => OutputActivation::Identity,
            (Some(ProblemType::MultiLabel), ..) | (_, 1, _) => OutputActivation::Sigmoid,
            _ => OutputActivation::Softmax,
        }
    }

    /// sentence-transformers' activation, or the name of one that is not known.
    fn cross_encoder(&self) -> Option<Result<OutputActivation, &str>> {
        let name = self.activation.as_deref()?;
        Some(match name.rsplit('.').next().unwrap_or_default() {
            "Sigmoid" => Ok(OutputActivation::Sigmoid),
            "Identity" => Ok(OutputActivation::Identity),
            _ => Err(name),
        })
    }

    /// What is worth saying of a head of that name.
    pub(in crate::bert) fn remark(&self, name: HeadName) -> Option<Remark> {
        match (name, self.labels.len(), self.cross_encoder()) {
            (HeadName::SequenceClassification, 1, Some(Err(activation))) => {
                Some(Remark::UnknownOutputActivation { activation: activation.to_owned() })
            }
            _ => None,
        }
    }
}

/// As transformers' `PreTrainedConfig` has them: `id2label`, else as many as `num_labels`, else two.
fn labels(config: &Map<String, Value>) -> Vec<String> {
    /// More than any weights have; a hostile configuration must not allocate.
    const MOST: u64 = 1 << 20;
    if let Some(names) = config.get("id2label").and_then(Value::as_object) {
        let numbered: BTreeMap<usize, &Value> =
            names.iter().filter_map(|(id, name)| Some((id.trim().parse().ok()?, name))).collect();
        let name = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return (0..names.len()).map(|id| numbered.get(&id).map_or_else(|| default(id), |value| name(value))).collect();
    }
    let count = config.get("num_labels").and_then(Value::as_u64).unwrap_or(2).min(MOST);
    (0..count as usize).map(default).collect()
}

fn default(id: usize) -> String {
    format!("LABEL_{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> (Vec<String>, OutputActivation) {
        let head = HeadSettings::from_json(json.as_bytes()).output_head(HeadName::SequenceClassification);
        (head.labels, head.activation)
    }

    #[test]
    fn labels_and_activations_are_transformers() {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        use OutputActivation::{Identity, Sigmoid, Softmax};
        for (json, labels, activation) in [
            ("{}", names(&["LABEL_0", "LABEL_1"]), Softmax),
            (r#"{"num_labels":1}"#, names(&["LABEL_0"]), Sigmoid),
            (r#"{"num_labels":1,"problem_type":"regression"}"#, names(&["LABEL_0"]), Identity),
            (r#"{"id2label":{"10":"x","1":"b","0":"a"}}"#, names(&["a", "b", "LABEL_2"]), Softmax),
            (
                r#"{"id2label":{"0":"a","1":"b"},"problem_type":"multi_label_classification"}"#,
                names(&["a", "b"]),
                Sigmoid,
            ),
            (
                r#"{"num_labels":1,"sentence_transformers":{"activation_fn":"torch.nn.modules.linear.Identity"}}"#,
                names(&["LABEL_0"]),
                Identity,
            ),
            (
                r#"{"num_labels":1,"sbert_ce_default_activation_function":"torch.nn.modules.activation.Sigmoid"}"#,
                names(&["LABEL_0"]),
                Sigmoid,
            ),
            (
                r#"{"sentence_transformers":{"activation_fn":"torch.nn.modules.linear.Identity"}}"#,
                names(&["LABEL_0", "LABEL_1"]),
                Softmax,
            ),
            (r#"{"id2label":7,"architectures":"x"}"#, names(&["LABEL_0", "LABEL_1"]), Softmax),
        ] {
            assert_eq!(of(json), (labels, activation), "{json}");
        }
        let other = HeadSettings::from_json(br#"{"num_labels":1,"sentence_transformers":{"activation_fn":"my.Own"}}"#);
        assert!(other.remark(HeadName::SequenceClassification).is_some());
        assert_eq!(other.remark(HeadName::TokenClassification), None);
    }

    #[test]
    fn scores_are_probabilities() {
        let logits = [1000.0, 998.0, f32::NEG_INFINITY];
        let softmax = OutputActivation::Softmax.scores(&logits);
        assert!((softmax.iter().sum::<f32>() - 1.0).abs() < 1e-6 && (softmax[1] - 0.119_202_92).abs() < 1e-6);
        assert_eq!(OutputActivation::Sigmoid.scores(&[0.0, f32::NEG_INFINITY]), [0.5, 0.0]);
        assert_eq!(OutputActivation::Identity.scores(&logits), logits);
    }
}
