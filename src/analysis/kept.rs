use super::group::Group;
use crate::bert::Trace;

/// How much of each token's attention goes to the text, rather than to the specials that the tokenizer has added: what
/// the weights are divided by where the rest is scaled to sum 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    text: Group,
    /// `[layer, head, token]`
    each: Vec<f32>,
    /// `[layer, token]`: of the maximum over all heads.
    max: Vec<f32>,
    heads: usize,
    tokens: usize,
}

impl Kept {
    /// Reads all of a trace once, the layers side by side.
    pub(super) fn new(trace: &Trace) -> Self {
        let (layers, heads, tokens) = (trace.layers, trace.heads, trace.tokens.len());
        let text = Group::text(&trace.tokens, None);
        let mut each = vec![0.0; layers * heads * tokens];
        let mut max = vec![0.0; layers * tokens];
        std::thread::scope(|threads| {
            let layers = each.chunks_mut((heads * tokens).max(1)).zip(max.chunks_mut(tokens.max(1)));
            for (layer, (each, max)) in layers.enumerate() {
                let text = &text;
                threads.spawn(move || {
                    let mut largest = vec![0.0; tokens];
                    for (token, max) in max.iter_mut().enumerate() {
                        largest.fill(0.0);
                        for head in 0..heads {
                            let row = trace.attention(layer, head, token);
                            each[head * tokens + token] = text.share(row);
                            largest.iter_mut().zip(row).for_each(|(most, &weight)| *most = f32::max(*most, weight));
                        }
                        *max = text.share(&largest);
                    }
                });
            }
        });
        Self { text, each, max, heads, tokens }
    }

    /// Of a row of weights, `[token]`.
    pub(super) fn of_row(&self, row: &[f32]) -> f32 {
        self.text.share(row)
    }

    /// Of one head.
    pub(super) fn of(&self, layer: usize, head: usize, token: usize) -> f32 {
        self.each[(layer * self.heads + head) * self.tokens + token]
    }

    /// Of the maximum over all heads.
    pub(super) fn of_max(&self, layer: usize, token: usize) -> f32 {
        self.max[layer * self.tokens + token]
    }
}
