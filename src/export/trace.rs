use crate::{
    analysis::MixingArray,
    bert::{Ablations, HeadLogits, HeadName, ModelInfo, Prediction, Trace},
};

/// A trace, and what to know about it.
#[derive(Clone, Debug)]
pub struct TraceDocument<'t> {
    /// The trace.
    pub trace: &'t Trace,
    /// The model it is of.
    pub info: &'t ModelInfo,
    /// Where the model came from: `embedded`, a directory, or the Hub.
    pub origin: &'t str,
    /// The likeliest words of the masked-language head, `[token][rank]`; none where there is no head, or where nobody
    /// asked for them.
    pub predictions: Option<&'t [Vec<Prediction>]>,
    /// What the heads of the checkpoint say, apart from the pooler and the masked-language head.
    pub heads: &'t [HeadLogits],
    /// Every word's score by the masked-language head; none where there is no such head, or where nobody asked for them.
    pub vocabulary: Option<&'t HeadLogits>,
    /// What was ablated.
    pub ablations: &'t Ablations,
    /// What measures say that were asked for.
    pub measures: Vec<MixingArray<'t>>,
}

/// An array of a head.
pub(super) struct HeadArray {
    /// As transformers calls it.
    pub name: &'static str,
    /// Row-major.
    pub values: Vec<f32>,
    pub shape: Vec<usize>,
}

impl TraceDocument<'_> {
    /// The arrays of the heads under transformers' names: `logits [labels]`, of token classification `[S, labels]`;
    /// `start_logits [S]` and `end_logits [S]`; of replaced tokens `logits [S]`; of pre-training `seq_relationship_logits [2]` or
    /// `sop_logits [2]`. The masked-language head's are
    /// `logits [S, vocab]`, or `prediction_logits` where another head has `logits` or the checkpoint is one of pre-training.
    pub(super) fn head_arrays(&self) -> Vec<HeadArray> {
        let is_pre_training = self.info.output_heads.iter().any(|head| head.name == HeadName::MaskedLanguage);
        let mut arrays = Vec::new();
        for logits in self.heads {
            let rows = logits.rows().len();
            match logits.head {
                HeadName::QuestionAnswering => arrays.extend([
                    HeadArray { name: "start_logits", values: logits.column(0), shape: vec![rows] },
                    HeadArray { name: "end_logits", values: logits.column(1), shape: vec![rows] },
                ]),
                HeadName::ReplacedTokens => {
                    arrays.push(HeadArray { name: "logits", values: logits.values.clone(), shape: vec![rows] });
                }
                HeadName::TokenClassification => arrays.push(HeadArray {
                    name: "logits",
                    values: logits.values.clone(),
                    shape: vec![rows, logits.width],
                }),
                head => {
                    let name = match head {
                        HeadName::NextSentence if is_pre_training => "seq_relationship_logits",
                        HeadName::SentenceOrder => "sop_logits",
                        _ => "logits",
                    };
                    arrays.push(HeadArray { name, values: logits.values.clone(), shape: vec![logits.width] });
                }
            }
        }
        if let Some(logits) = self.vocabulary {
            let name = if self.heads.is_empty() { "logits" } else { "prediction_logits" };
            let shape = vec![logits.rows().len(), logits.width];
            arrays.push(HeadArray { name, values: logits.values.clone(), shape });
        }
        arrays
    }
}
