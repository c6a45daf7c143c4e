//! A row for each class of transformers that has a head.

use crate::bert::{
    Activation, HeadName,
    architecture::{Affine, Architecture, HeadParameters, Parameter, Reads, Step},
    heads::HeadSettings,
};

/// A head of a class of transformers.
pub(super) struct OutputHeadRow {
    pub name: HeadName,
    /// What stands behind the family's prefix in the names of its classes.
    pub classes: &'static [&'static str],
    /// As `config.json` calls them.
    pub families: &'static [&'static str],
    pub reads: Reads,
    pub steps: &'static [OutputStep],
}

/// A step of a head, at no sizes yet.
pub(super) enum OutputStep {
    /// The linear layer of this name, and how many rows it has.
    Linear(&'static str, LinearRows),
    Activation(Activation),
    /// The one that the layers have.
    LayersActivation,
    /// `summary_activation` of `config.json`.
    SummaryActivation,
}

/// How many rows a linear layer has.
#[derive(Clone, Copy)]
pub(super) enum LinearRows {
    /// D.
    Hidden,
    /// As many as there are labels.
    Labels,
    /// So many.
    Fixed(usize),
}

use LinearRows::{Fixed, Hidden, Labels};
use OutputStep::{LayersActivation, Linear, SummaryActivation};

/// Those whose tests compare them with transformers (`tests/library/heads.rs`).
const ALL: &[&str] =
    &["bert", "roberta", "xlm-roberta", "camembert", "distilbert", "mpnet", "electra", "albert", "ernie"];
/// Classifiers of texts read the pooler output.
const POOLED: &[&str] = &["bert", "albert", "ernie"];
/// They have two layers of their own.
const DENSE: &[&str] = &["roberta", "xlm-roberta", "camembert", "mpnet"];

const RELU: OutputStep = OutputStep::Activation(Activation::Relu);
const TANH: OutputStep = OutputStep::Activation(Activation::Tanh);
const GELU: OutputStep = OutputStep::Activation(Activation::Gelu);

/// In the order in which they are read where a checkpoint has several.
pub(super) static ROWS: &[OutputHeadRow] = &[
    OutputHeadRow {
        name: HeadName::NextSentence,
        classes: &["ForPreTraining", "ForNextSentencePrediction"],
        families: &["bert", "ernie"],
        reads: Reads::Pooled,
        steps: &[Linear("cls.seq_relationship", Fixed(2))],
    },
    OutputHeadRow {
        name: HeadName::SentenceOrder,
        classes: &["ForPreTraining"],
        families: &["albert"],
        reads: Reads::Pooled,
        steps: &[Linear("sop_classifier.classifier", Fixed(2))],
    },
    OutputHeadRow {
        name: HeadName::SequenceClassification,
        classes: &["ForSequenceClassification"],
        families: POOLED,
        reads: Reads::Pooled,
        steps: &[Linear("classifier", Labels)],
    },
    OutputHeadRow {
        name: HeadName::SequenceClassification,
        classes: &["ForSequenceClassification"],
        families: DENSE,
        reads: Reads::FirstToken,
        steps: &[Linear("classifier.dense", Hidden), TANH, Linear("classifier.out_proj", Labels)],
    },
    OutputHeadRow {
        name: HeadName::SequenceClassification,
        classes: &["ForSequenceClassification"],
        families: &["electra"],
        reads: Reads::FirstToken,
        steps: &[Linear("classifier.dense", Hidden), GELU, Linear("classifier.out_proj", Labels)],
    },
    OutputHeadRow {
        name: HeadName::SequenceClassification,
        classes: &["ForSequenceClassification"],
        families: &["distilbert"],
        reads: Reads::FirstToken,
        steps: &[Linear("pre_classifier", Hidden), RELU, Linear("classifier", Labels)],
    },
    OutputHeadRow {
        name: HeadName::MultipleChoice,
        classes: &["ForMultipleChoice"],
        families: &["bert", "albert", "ernie", "roberta", "xlm-roberta", "camembert", "mpnet"],
        reads: Reads::Pooled,
        steps: &[Linear("classifier", Fixed(1))],
    },
    OutputHeadRow {
        name: HeadName::MultipleChoice,
        classes: &["ForMultipleChoice"],
        families: &["distilbert"],
        reads: Reads::FirstToken,
        steps: &[Linear("pre_classifier", Hidden), RELU, Linear("classifier", Fixed(1))],
    },
    OutputHeadRow {
        name: HeadName::MultipleChoice,
        classes: &["ForMultipleChoice"],
        families: &["electra"],
        reads: Reads::FirstToken,
        steps: &[Linear("sequence_summary.summary", Hidden), SummaryActivation, Linear("classifier", Fixed(1))],
    },
    OutputHeadRow {
        name: HeadName::TokenClassification,
        classes: &["ForTokenClassification"],
        families: ALL,
        reads: Reads::EveryToken,
        steps: &[Linear("classifier", Labels)],
    },
    OutputHeadRow {
        name: HeadName::QuestionAnswering,
        classes: &["ForQuestionAnswering"],
        families: ALL,
        reads: Reads::EveryToken,
        steps: &[Linear("qa_outputs", Fixed(2))],
    },
    OutputHeadRow {
        name: HeadName::ReplacedTokens,
        classes: &["ForPreTraining"],
        families: &["electra"],
        reads: Reads::EveryToken,
        steps: &[
            Linear("discriminator_predictions.dense", Hidden),
            LayersActivation,
            Linear("discriminator_predictions.dense_prediction", Fixed(1)),
        ],
    },
];

impl OutputHeadRow {
    /// Its parameters at the sizes of a model. The weight of the last linear layer is its sign.
    pub(super) fn parameters(&self, settings: &HeadSettings, architecture: &Architecture) -> HeadParameters<Parameter> {
        let size = architecture.config.hidden_size;
        let parameter = |name: String, shape| Parameter { name, aliases: Vec::new(), shape };
        let step = |step: &OutputStep| match *step {
            Linear(key, rows) => {
                let rows = match rows {
                    Hidden => size,
                    Labels => settings.label_count(),
                    Fixed(rows) => rows,
                };
                let (weight, bias) = (format!("{key}.weight"), format!("{key}.bias"));
                Step::Linear(Affine { weight: parameter(weight, vec![rows, size]), bias: parameter(bias, vec![rows]) })
            }
            OutputStep::Activation(activation) => Step::Activation(activation),
            LayersActivation => Step::Activation(architecture.config.hidden_act),
            SummaryActivation => Step::Activation(settings.summary_activation),
        };
        let steps: Vec<Step<Parameter>> = self.steps.iter().map(step).collect();
        let signs = steps.last().and_then(Step::weight).cloned();
        HeadParameters { name: self.name, reads: self.reads, steps, signs: signs.into_iter().collect() }
    }

    /// The linear layer that gives what the head says; rows that share it are told apart by their class.
    pub(super) fn output(&self) -> &'static str {
        let linear = |step: &OutputStep| if let Linear(key, _) = step { Some(*key) } else { None };
        self.steps.iter().rev().find_map(linear).unwrap_or_default()
    }

    /// Whether it reads ELECTRA's summary.
    pub(super) fn has_summary(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, SummaryActivation))
    }

    /// Whether a class of transformers has it.
    pub(super) fn is_of(&self, class: &str) -> bool {
        self.classes.iter().any(|ending| Architecture::is_class(class, ending))
    }
}
