use serde_json::{Map, Value};

use super::{
    HeadFaultKind,
    cross_encoder::CrossEncoder,
    labels::{ClassifierLabels, LabelOddity},
};
use crate::bert::{Activation, Checkpoint, HeadName, Remark};

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
    /// `original` has its opposite. Empty for the masked-language head, whose logits are the vocabulary's.
    pub labels: Vec<String>,
    /// What makes scores of its logits, as transformers' pipeline does it, or, for a classifier with one label,
    /// sentence-transformers' `CrossEncoder`.
    pub activation: OutputActivation,
}

/// What `config.json` says of heads, and of a classifier the files of sentence-transformers. What is not there or has another form is
/// as if it were not there, but for names of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::bert) struct HeadSettings {
    /// The classes of transformers.
    pub architectures: Vec<String>,
    pub(super) labels: ClassifierLabels,
    pub problem: Option<ProblemType>,
    pub(super) cross_encoder: CrossEncoder,
    /// What ELECTRA's summary of an input goes through.
    pub summary_activation: Activation,
    /// Whether that summary is of the first token.
    pub summary_is_first: bool,
}

impl HeadSettings {
    pub(in crate::bert) fn of(checkpoint: &Checkpoint) -> Self {
        let settings = Self::from_json(&checkpoint.config);
        Self { cross_encoder: settings.cross_encoder.clone().with_files(checkpoint), ..settings }
    }

    /// Of `config.json` alone.
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
        let summary = config.get("summary_activation").map_or(Some("gelu"), Value::as_str);
        Self {
            summary_is_first: config.get("summary_type").is_none_or(|kind| kind == "first"),
            summary_activation: summary.and_then(Activation::find).unwrap_or(Activation::Linear),
            architectures: architectures.into_iter().flatten().filter_map(text).collect(),
            labels: ClassifierLabels::read(&config),
            problem,
            cross_encoder: CrossEncoder::of_config(&config),
        }
    }

    /// How many rows a classifier has.
    pub(in crate::bert) fn label_count(&self) -> usize {
        self.labels.names.len()
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
            HeadName::SequenceClassification | HeadName::TokenClassification => self.labels.names.clone(),
            HeadName::Pooler | HeadName::MaskedLanguage | HeadName::Probe => Vec::new(),
        };
        let activation = match name {
            HeadName::SequenceClassification => self.activation(),
            // Choices are compared with each other, not within one.
            HeadName::MultipleChoice => OutputActivation::Identity,
            HeadName::ReplacedTokens => OutputActivation::Sigmoid,
            _ => OutputActivation::Softmax,
        };
        OutputHead { name, labels, activation }
    }

    /// transformers' `TextClassificationPipeline.postprocess`; sentence-transformers' `CrossEncoder` where there is one label
    /// and its activation is named.
    fn activation(&self) -> OutputActivation {
        match (self.problem, self.label_count(), self.cross_encoder()) {
            (_, 1, Some(Ok(activation))) => activation,
            (Some(ProblemType::Regression), ..) => OutputActivation::Identity,
            (Some(ProblemType::MultiLabel), ..) | (_, 1, _) => OutputActivation::Sigmoid,
            _ => OutputActivation::Softmax,
        }
    }

    /// sentence-transformers' activation, or the name of one that is not known.
    fn cross_encoder(&self) -> Option<Result<OutputActivation, &str>> {
        let name = self.cross_encoder.activation.as_deref()?;
        Some(match name.rsplit('.').next().unwrap_or_default() {
            "Sigmoid" => Ok(OutputActivation::Sigmoid),
            "Identity" => Ok(OutputActivation::Identity),
            _ => Err(name),
        })
    }

    /// What is wrong with a head of that name whatever the weights are.
    pub(in crate::bert) fn fault(&self, name: HeadName) -> Option<HeadFaultKind> {
        match &self.labels.oddity {
            Some(LabelOddity::Form(kind)) if has_labels(name) => Some(kind.clone()),
            _ => None,
        }
    }

    /// What is worth saying of a head of that name in a model that reads at most so many tokens.
    pub(in crate::bert) fn remarks(&self, name: HeadName, most: usize) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if let (true, Some(LabelOddity::Said(remark))) = (has_labels(name), &self.labels.oddity) {
            remarks.push(remark.clone());
        }
        if name == HeadName::SequenceClassification {
            if let (1, Some(Err(activation))) = (self.label_count(), self.cross_encoder()) {
                remarks.push(Remark::UnknownOutputActivation { activation: activation.to_owned() });
            }
            let limit = self.cross_encoder.limit.filter(|limit| *limit < most);
            remarks.extend(limit.map(|limit| Remark::CrossEncoderLimit { limit, most }));
        }
        remarks
    }
}

/// Whether `id2label` names what it says.
fn has_labels(name: HeadName) -> bool {
    matches!(name, HeadName::SequenceClassification | HeadName::TokenClassification)
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
            (r#"{"id2label":{"2":"x","1":"b","0":"a"}}"#, names(&["a", "b", "x"]), Softmax),
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
            (r#"{"id2label":null,"architectures":"x"}"#, names(&["LABEL_0", "LABEL_1"]), Softmax),
        ] {
            assert_eq!(of(json), (labels, activation), "{json}");
        }
        let other = HeadSettings::from_json(br#"{"num_labels":1,"sentence_transformers":{"activation_fn":"my.Own"}}"#);
        assert_eq!(other.remarks(HeadName::SequenceClassification, 512).len(), 1);
        assert_eq!(other.remarks(HeadName::TokenClassification, 512), []);
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
