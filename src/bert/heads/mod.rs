//! Output heads: what stands on top of the encoder, a row for each class of transformers.
//!
//! | class (transformers)                             | tensor                  | shape               | reads |
//! | ------------------------------------------------ | ----------------------- | ------------------- | ----- |
//! | `BertForPreTraining`, `BertForNextSentencePrediction` | `cls.seq_relationship` | `[2, D]`, `[2]`     | pooler output |
//! | `BertForSequenceClassification`                  | `classifier`            | `[labels, D]`, `[labels]` | pooler output |
//! | `BertForMultipleChoice`                          | `classifier`            | `[1, D]`, `[1]`     | pooler output |
//! | `BertForTokenClassification`                     | `classifier`            | `[labels, D]`, `[labels]` | every token |
//! | `BertForQuestionAnswering`                       | `qa_outputs`            | `[2, D]`, `[2]`     | every token |
//!
//! A head that cannot be used leaves the encoder as it is: a [`HeadFault`] names what is wrong with it.

mod fault;
mod logits;
mod settings;

pub use fault::{HeadFault, HeadFaultKind};
pub use logits::HeadLogits;
pub(super) use settings::HeadSettings;
pub use settings::{OutputActivation, OutputHead, ProblemType};

use super::{
    HeadName,
    architecture::{Affine, HeadParameters, Parameter, Reads, Step},
};

/// A head of a class of transformers.
struct OutputHeadRow {
    name: HeadName,
    classes: &'static [&'static str],
    /// The families whose classes have the head in this form, as `config.json` calls them.
    families: &'static [&'static str],
    /// The linear layer.
    key: &'static str,
    rows: fn(&HeadSettings) -> usize,
    reads: Reads,
}

/// Those that are compared with transformers (`tests/library/heads.rs`).
const BERT: &[&str] = &["bert"];

/// In the order in which they are read where a checkpoint has several.
static ROWS: &[OutputHeadRow] = &[
    OutputHeadRow {
        name: HeadName::NextSentence,
        classes: &["BertForPreTraining", "BertForNextSentencePrediction"],
        families: BERT,
        key: "cls.seq_relationship",
        rows: |_| 2,
        reads: Reads::Pooled,
    },
    OutputHeadRow {
        name: HeadName::SequenceClassification,
        classes: &["BertForSequenceClassification"],
        families: BERT,
        key: "classifier",
        rows: |settings| settings.labels.len(),
        reads: Reads::Pooled,
    },
    OutputHeadRow {
        name: HeadName::MultipleChoice,
        classes: &["BertForMultipleChoice"],
        families: BERT,
        key: "classifier",
        rows: |_| 1,
        reads: Reads::Pooled,
    },
    OutputHeadRow {
        name: HeadName::TokenClassification,
        classes: &["BertForTokenClassification"],
        families: BERT,
        key: "classifier",
        rows: |settings| settings.labels.len(),
        reads: Reads::EveryToken,
    },
    OutputHeadRow {
        name: HeadName::QuestionAnswering,
        classes: &["BertForQuestionAnswering"],
        families: BERT,
        key: "qa_outputs",
        rows: |_| 2,
        reads: Reads::EveryToken,
    },
];

impl OutputHeadRow {
    fn parameters(&self, settings: &HeadSettings, size: usize) -> HeadParameters<Parameter> {
        let rows = (self.rows)(settings);
        let parameter =
            |name: &str, shape| Parameter { name: format!("{}.{name}", self.key), aliases: Vec::new(), shape };
        let linear = Affine { weight: parameter("weight", vec![rows, size]), bias: parameter("bias", vec![rows]) };
        HeadParameters {
            name: self.name,
            reads: self.reads,
            signs: vec![linear.weight.clone()],
            steps: vec![Step::Linear(linear)],
        }
    }

    fn is_of(&self, class: &str) -> bool {
        self.classes.contains(&class)
    }
}

/// A head that a checkpoint has.
pub(super) struct FoundHead {
    pub parameters: HeadParameters<Parameter>,
    /// The class of transformers that it was taken for, where `config.json` names none that has such a head.
    pub assumed: Option<&'static str>,
}

/// The heads of a checkpoint, by its tensors. Classes that share a tensor are told apart by the class that `config.json`
/// names; where it names none of them, by whether there is a pooler, which transformers gives to classifiers of texts alone.
pub(super) fn found(
    settings: &HeadSettings,
    (family, size): (&str, usize),
    has_pooler: bool,
    is_there: impl Fn(&Parameter) -> bool,
) -> Vec<FoundHead> {
    let is_named = |row: &&OutputHeadRow| settings.architectures.iter().any(|class| row.is_of(class));
    let mut heads: Vec<FoundHead> = Vec::new();
    let mut keys: Vec<&str> = Vec::new();
    let of_family = || ROWS.iter().filter(|row| row.families.contains(&family));
    for row in of_family() {
        if keys.contains(&row.key) {
            continue;
        }
        keys.push(row.key);
        let rows: Vec<&OutputHeadRow> = of_family().filter(|other| other.key == row.key).collect();
        let named = rows.iter().copied().find(is_named);
        let fitting = || match has_pooler {
            true => rows.iter().copied().find(|row| row.reads == Reads::Pooled),
            false => rows.iter().copied().find(|row| row.reads != Reads::Pooled),
        };
        let Some(chosen) = named.or_else(|| if rows.len() == 1 { Some(row) } else { fitting() }) else { continue };
        let parameters = chosen.parameters(settings, size);
        if parameters.signs.iter().all(&is_there) {
            let is_assumed = named.is_none() && rows.len() > 1;
            heads.push(FoundHead { parameters, assumed: is_assumed.then(|| chosen.classes[0]) });
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(architectures: &[&str], has_pooler: bool, there: &[&str]) -> Vec<(HeadName, Option<&'static str>)> {
        let architectures = architectures.iter().map(|&name| name.to_owned()).collect();
        let settings = HeadSettings { architectures, ..HeadSettings::from_json(b"{}") };
        let heads = found(&settings, ("bert", 8), has_pooler, |parameter| there.contains(&parameter.name.as_str()));
        heads.into_iter().map(|head| (head.parameters.name, head.assumed)).collect()
    }

    #[test]
    fn classes_that_share_a_tensor_are_told_apart_by_the_configuration() {
        let classifier = ["classifier.weight"];
        for (class, head) in [
            ("BertForSequenceClassification", HeadName::SequenceClassification),
            ("BertForMultipleChoice", HeadName::MultipleChoice),
            ("BertForTokenClassification", HeadName::TokenClassification),
        ] {
            assert_eq!(names(&[class], true, &classifier), [(head, None)]);
            assert_eq!(names(&[class], false, &classifier), [(head, None)]);
            assert_eq!(names(&[class], true, &["qa_outputs.weight"]), [(HeadName::QuestionAnswering, None)]);
        }
        let assumed = |has_pooler| names(&["BertForMine"], has_pooler, &classifier);
        assert_eq!(assumed(true), [(HeadName::SequenceClassification, Some("BertForSequenceClassification"))]);
        assert_eq!(assumed(false), [(HeadName::TokenClassification, Some("BertForTokenClassification"))]);
        assert_eq!(names(&[], true, &["cls.seq_relationship.weight"]), [(HeadName::NextSentence, None)]);
        assert_eq!(names(&["BertForSequenceClassification"], true, &[]), []);
        // In other families a tensor of the same name may be a part of another head.
        assert_eq!(found(&HeadSettings::from_json(b"{}"), ("distilbert", 8), false, |_| true).len(), 0);
    }
}
