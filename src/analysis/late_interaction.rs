use super::norm;
use crate::bert::Trace;

/// Late interaction: each token of one text with the token of another that its last vector is nearest to (Khattab and Zaharia
/// 2020, ColBERT, equation 3). What the tokenizer has added is left out on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct LateInteraction {
    /// A match for each token of the text, in its order.
    pub tokens: Vec<TokenMatch>,
}

/// A token and its nearest in the other text, both by number from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TokenMatch {
    /// The token.
    pub token: usize,
    /// Of several that are as near, the first.
    pub nearest: usize,
    /// The cosine of their vectors in the last layer, in -1..=1.
    pub cosine: f32,
}

impl LateInteraction {
    /// From one text to another, which need not give the same the other way round; both are read by one model. None where
    /// one has no token of its own, or numbers that are not finite.
    pub fn new(from: &Trace, to: &Trace) -> Option<Self> {
        let (queries, documents) = (directions(from)?, directions(to)?);
        let nearest = |(token, query): &(usize, Vec<f32>)| {
            let mut found = TokenMatch { token: *token, nearest: documents.first()?.0, cosine: f32::NEG_INFINITY };
            for (at, document) in &documents {
                let cosine = super::products::dot(query, document) as f32;
                if cosine > found.cosine {
                    (found.nearest, found.cosine) = (*at, cosine);
                }
            }
            Some(found)
        };
        let tokens: Option<Vec<TokenMatch>> = queries.iter().map(nearest).collect();
        tokens.filter(|tokens| !tokens.is_empty()).map(|tokens| Self { tokens })
    }

    /// ColBERT's score: the sum over the tokens. It grows with their number.
    pub fn sum(&self) -> f64 {
        self.tokens.iter().map(|found| f64::from(found.cosine)).sum()
    }

    /// The mean over the tokens, in -1..=1.
    pub fn mean(&self) -> f64 {
        self.sum() / self.tokens.len() as f64
    }
}

/// The last vectors of the text's tokens, each of length 1.
fn directions(trace: &Trace) -> Option<Vec<(usize, Vec<f32>)>> {
    let of_text = trace.tokens.iter().enumerate().filter(|(_, token)| token.span.is_some());
    let direction = |(at, _)| {
        let vector = trace.hidden_state(trace.layers, at);
        let length = norm(vector);
        if !length.is_finite() {
            return None;
        }
        let scale = if length == 0.0 { 0.0 } else { 1.0 / length };
        Some((at, vector.iter().map(|value| (f64::from(*value) * scale) as f32).collect()))
    };
    of_text.map(direction).collect()
}
