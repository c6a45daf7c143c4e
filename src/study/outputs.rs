//! What the heads of a model say of an input.

use super::Reader;
use crate::{
    analysis::{HeadReading, HeadSays, LabelScore, MaskedWords, answer_spans, entities, label_scores, verdicts},
    bert::{BertError, HeadName, Input, LIKELIEST_WORDS, OutputHead, States},
};

/// How many answers are found.
pub const LIKELIEST_ANSWERS: usize = 5;

/// What every head of a model, or one of them, says of an input whose states are read; in the order of
/// [`crate::bert::ModelInfo::output_heads`].
///
/// # Errors
/// When the backend fails.
pub fn read_heads(
    reader: &dyn Reader,
    input: &Input,
    states: &States,
    only: Option<HeadName>,
) -> Result<Vec<HeadReading>, BertError> {
    let wanted = |head: &OutputHead| only.is_none_or(|name| name == head.name);
    let heads: Vec<OutputHead> = reader.info().output_heads.into_iter().filter(wanted).collect();
    let logits = match heads.iter().all(|head| head.name == HeadName::MaskedLanguage) {
        true => Vec::new(),
        false => reader.head_logits(states)?,
    };
    let mut readings = Vec::with_capacity(heads.len());
    for head in heads {
        let says = if head.name == HeadName::MaskedLanguage {
            HeadSays::Words(masked_words(reader, states)?)
        } else {
            let Some(logits) = logits.iter().find(|logits| logits.head == head.name) else { continue };
            match head.name {
                HeadName::TokenClassification => {
                    let tokens: Vec<Vec<LabelScore>> = logits.rows().map(|row| label_scores(&head, row)).collect();
                    let decode = |tokens| reader.decode(tokens);
                    let entities = entities(input, states.tokens, &head.labels, &probabilities(&tokens), &decode);
                    HeadSays::Tags { tokens, entities }
                }
                HeadName::ReplacedTokens => {
                    let scored = |at| label_scores(&head, &logits.of_labels(at).unwrap_or_default());
                    let tokens: Vec<Vec<LabelScore>> = (0..logits.rows().len()).map(scored).collect();
                    let decode = |tokens| reader.decode(tokens);
                    let entities = verdicts(input, states.tokens, &head.labels, &probabilities(&tokens), &decode);
                    HeadSays::Tags { tokens, entities }
                }
                HeadName::QuestionAnswering => {
                    let (start_logits, end_logits) = (logits.column(0), logits.column(1));
                    let spans = answer_spans(states.tokens, &start_logits, &end_logits, LIKELIEST_ANSWERS);
                    HeadSays::Answers { spans, start_logits, end_logits }
                }
                _ => HeadSays::Labels(label_scores(&head, &logits.values)),
            }
        };
        readings.push(HeadReading { head, says });
    }
    Ok(readings)
}

/// `[token][label]`.
fn probabilities(tokens: &[Vec<LabelScore>]) -> Vec<Vec<f32>> {
    tokens.iter().map(|row| row.iter().map(|label| label.score).collect()).collect()
}

fn masked_words(reader: &dyn Reader, states: &States) -> Result<Vec<MaskedWords>, BertError> {
    let places: Vec<usize> = (0..states.tokens.len()).filter(|&at| reader.is_mask(&states.tokens[at])).collect();
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let vectors: Vec<f32> =
        places.iter().flat_map(|&token| states.hidden_state(states.layers, token)).copied().collect();
    let words = reader.words_of(&vectors, LIKELIEST_WORDS)?;
    Ok(places.into_iter().zip(words).map(|(token, words)| MaskedWords { token, words }).collect())
}
