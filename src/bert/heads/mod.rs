//! Output heads: what stands on top of the encoder, a row for each class of transformers.
//!
//! | class (transformers), behind the family's prefix | layers                  | reads |
//! | ------------------------------------------------ | ----------------------- | ----- |
//! | `ForPreTraining`, `ForNextSentencePrediction` (BERT, ERNIE) | `cls.seq_relationship [2, D]` | pooler output |
//! | `ForPreTraining` (ALBERT)                        | `sop_classifier.classifier [2, D]` | pooler output |
//! | `ForPreTraining` (ELECTRA)                       | `discriminator_predictions.dense [D, D]`, the layers' activation, `….dense_prediction [1, D]` | every token |
//! | `ForSequenceClassification` (BERT, ALBERT, ERNIE) | `classifier [labels, D]` | pooler output |
//! | `ForSequenceClassification` (RoBERTa and its like, MPNet) | `classifier.dense [D, D]`, tanh, `classifier.out_proj [labels, D]` | first token |
//! | `ForSequenceClassification` (ELECTRA)            | the same with gelu      | first token |
//! | `ForSequenceClassification` (DistilBERT)         | `pre_classifier [D, D]`, relu, `classifier [labels, D]` | first token |
//! | `ForMultipleChoice`                              | `classifier [1, D]`     | pooler output |
//! | `ForMultipleChoice` (DistilBERT)                 | `pre_classifier [D, D]`, relu, `classifier [1, D]` | first token |
//! | `ForMultipleChoice` (ELECTRA)                    | `sequence_summary.summary [D, D]`, `summary_activation`, `classifier [1, D]` | first token |
//! | `ForTokenClassification`                         | `classifier [labels, D]` | every token |
//! | `ForQuestionAnswering`                           | `qa_outputs [2, D]`     | every token |
//!
//! A head that cannot be used leaves the encoder as it is: a [`HeadFault`] names what is wrong with it.

mod cross_encoder;
mod fault;
mod labels;
mod logits;
mod rows;
mod settings;

pub use fault::{HeadFault, HeadFaultKind};
pub(super) use labels::default as default_label;
pub use logits::HeadLogits;
pub(super) use settings::HeadSettings;
pub use settings::{OutputActivation, OutputHead, ProblemType};

use super::{
    HeadName,
    architecture::{Architecture, HeadParameters, Parameter, Reads, Step},
};
use rows::{OutputHeadRow, ROWS};

/// A head that a checkpoint has.
pub(super) struct FoundHead {
    pub parameters: HeadParameters<Parameter>,
    /// The class of transformers that it was taken for, where `config.json` names none that has such a head.
    pub assumed: Option<String>,
}

/// The heads of a checkpoint, by its tensors. Classes that share a tensor are told apart by the class that `config.json`
/// names; where it names none of them, by whether all tensors of a class are there, and by whether there is a pooler, which
/// transformers gives to classifiers of texts alone. Choices are never assumed.
pub(super) fn found(
    settings: &HeadSettings,
    architecture: &Architecture,
    has_pooler: bool,
    is_there: impl Fn(&Parameter) -> bool,
) -> Vec<FoundHead> {
    let is_named = |row: &&OutputHeadRow| settings.architectures.iter().any(|class| row.is_of(class));
    let is_read = |row: &&OutputHeadRow| settings.summary_is_first || !row.has_summary();
    let of_family = || ROWS.iter().filter(|row| row.families.contains(&architecture.model_type())).filter(is_read);
    let parameters = |row: &OutputHeadRow| row.parameters(settings, architecture);
    let is_whole = |row: &OutputHeadRow| parameters(row).steps.iter().filter_map(Step::weight).all(&is_there);
    let mut heads: Vec<FoundHead> = Vec::new();
    let mut outputs: Vec<&str> = Vec::new();
    for row in of_family() {
        if outputs.contains(&row.output()) {
            continue;
        }
        outputs.push(row.output());
        let rows: Vec<&OutputHeadRow> = of_family().filter(|other| other.output() == row.output()).collect();
        let named = rows.iter().copied().find(is_named);
        let fitting = || {
            let possible = rows.iter().rev().filter(|row| row.name != HeadName::MultipleChoice && is_whole(row));
            possible.max_by_key(|row| (row.steps.len(), (row.reads == Reads::Pooled) == has_pooler)).copied()
        };
        let Some(chosen) = named.or_else(|| if rows.len() == 1 { Some(row) } else { fitting() }) else { continue };
        let parameters = parameters(chosen);
        if parameters.signs.iter().all(&is_there) {
            let is_assumed = named.is_none() && rows.len() > 1;
            heads.push(FoundHead { parameters, assumed: is_assumed.then(|| architecture.class(chosen.classes[0])) });
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(
        family: &str,
        architectures: &[&str],
        has_pooler: bool,
        there: &[&str],
    ) -> Vec<(HeadName, Option<String>)> {
        let json = format!(
            r#"{{"model_type":"{family}","vocab_size":10,"hidden_size":8,"num_hidden_layers":1,"intermediate_size":4,
            "num_attention_heads":4}}"#
        );
        let architecture = Architecture::from_json(json.as_bytes()).unwrap();
        let architectures = architectures.iter().map(|&name| name.to_owned()).collect();
        let settings = HeadSettings { architectures, ..HeadSettings::from_json(b"{}") };
        let there = |parameter: &Parameter| there.contains(&parameter.name.strip_suffix(".weight").unwrap());
        let heads = found(&settings, &architecture, has_pooler, there);
        heads.into_iter().map(|head| (head.parameters.name, head.assumed)).collect()
    }

    #[test]
    fn classes_that_share_a_tensor_are_told_apart_by_the_configuration() {
        let classifier = ["classifier"];
        for (class, head) in [
            ("BertForSequenceClassification", HeadName::SequenceClassification),
            ("BertForMultipleChoice", HeadName::MultipleChoice),
            ("BertForTokenClassification", HeadName::TokenClassification),
        ] {
            assert_eq!(names("bert", &[class], true, &classifier), [(head, None)]);
            assert_eq!(names("bert", &[class], false, &classifier), [(head, None)]);
            assert_eq!(names("bert", &[class], true, &["qa_outputs"]), [(HeadName::QuestionAnswering, None)]);
        }
        assert_eq!(names("bert", &[], true, &["cls.seq_relationship"]), [(HeadName::NextSentence, None)]);
        assert_eq!(names("bert", &["BertForSequenceClassification"], true, &[]), []);
        // Another family's class, as some files have it, and one that only ends as one of transformers does.
        let roberta = ["RobertaForMultipleChoice"];
        assert_eq!(names("camembert", &roberta, true, &classifier), [(HeadName::MultipleChoice, None)]);
        let mine = names("bert", &["MyBertForMultipleChoice"], true, &classifier);
        assert_eq!(mine[0].0, HeadName::SequenceClassification);
    }

    #[test]
    fn without_a_class_the_tensors_decide() {
        let (texts, tokens) = (HeadName::SequenceClassification, HeadName::TokenClassification);
        for (family, has_pooler, there, head, class) in [
            ("bert", true, &["classifier"][..], texts, "BertForSequenceClassification"),
            ("bert", false, &["classifier"], tokens, "BertForTokenClassification"),
            ("albert", true, &["classifier"], texts, "AlbertForSequenceClassification"),
            ("distilbert", false, &["pre_classifier", "classifier"], texts, "DistilBertForSequenceClassification"),
            ("distilbert", false, &["classifier"], tokens, "DistilBertForTokenClassification"),
            ("roberta", true, &["classifier"], tokens, "RobertaForTokenClassification"),
            ("electra", false, &["classifier", "sequence_summary.summary"], tokens, "ElectraForTokenClassification"),
        ] {
            assert_eq!(names(family, &["ForMine"], has_pooler, there), [(head, Some(class.to_owned()))], "{family}");
        }
        let dense = ["classifier.dense", "classifier.out_proj"];
        for family in ["roberta", "xlm-roberta", "camembert", "mpnet", "electra"] {
            assert_eq!(names(family, &[], false, &dense), [(texts, None)], "{family}");
        }
    }
}
