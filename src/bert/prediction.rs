use super::tokenizer::BertTokenizer;

/// How many words of the masked-language head are usually asked for, for each position.
pub const LIKELIEST_WORDS: usize = 10;

/// A word the masked-language head would write.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// As in the vocabulary.
    pub token: String,
    /// Its id.
    pub id: u32,
    /// Among all words of the vocabulary, in 0..=1.
    pub probability: f32,
}

/// The likeliest words of a distribution over the vocabulary, the likeliest first.
pub(super) fn likeliest(probabilities: &[f32], count: usize, tokenizer: &BertTokenizer) -> Vec<Prediction> {
    let mut ids: Vec<usize> = (0..probabilities.len()).collect();
    let descending = |a: &usize, b: &usize| probabilities[*b].total_cmp(&probabilities[*a]);
    let count = count.min(ids.len());
    if count < ids.len() {
        ids.select_nth_unstable_by(count, descending);
        ids.truncate(count);
    }
    ids.sort_by(descending);
    ids.into_iter()
        .map(|id| Prediction { token: tokenizer.token(id as u32), id: id as u32, probability: probabilities[id] })
        .collect()
}
