use super::tokenizer::BertTokenizer;
use crate::messages::message;

/// How many words of the masked-language head are usually asked for, for each position.
pub const LIKELIEST_WORDS: usize = 10;

/// A word the masked-language head would write.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// As in the vocabulary; where it has no such id, a name that says so.
    pub token: String,
    /// As it is written in a sentence: without the mark of a blank before it (`▁`, `Ġ`), bytes as the text that they are.
    pub written: String,
    /// Its id.
    pub id: u32,
    /// Among all words of the vocabulary, in 0..=1.
    pub probability: f32,
}

/// What the masked-language head says of one token, read off a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LensWord {
    /// What it would write: [`LIKELIEST_WORDS`], the likeliest first.
    pub likeliest: Vec<Prediction>,
    /// The probability of the word that is asked about.
    pub probability: f32,
    /// Its rank among all words, from 1.
    pub rank: usize,
    /// Of the whole distribution, in nats.
    pub entropy: f32,
}

impl LensWord {
    /// Of a distribution over the vocabulary; `asked` is a word's id.
    pub(super) fn new(probabilities: &[f32], asked: u32, tokenizer: &BertTokenizer) -> Option<Self> {
        let probability = *probabilities.get(asked as usize)?;
        let surprise = |p: &f32| if *p > 0.0 { -f64::from(*p) * f64::from(*p).ln() } else { 0.0 };
        Some(Self {
            likeliest: likeliest(probabilities, LIKELIEST_WORDS, tokenizer),
            probability,
            rank: 1 + probabilities.iter().filter(|other| **other > probability).count(),
            entropy: probabilities.iter().map(surprise).sum::<f64>() as f32,
        })
    }
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
        .map(|at| {
            let id = at as u32;
            // Tables may have more rows than the vocabulary has tokens.
            let nameless = || message!("bert-word-no-token", id = id.to_string());
            let (token, written) = match tokenizer.has(id) {
                true => (tokenizer.token(id), tokenizer.in_sentence(id)),
                false => (nameless(), nameless()),
            };
            Prediction { token, written, id, probability: probabilities[at] }
        })
        .collect()
}
