use std::time::Duration;

use super::{Ablations, Input, Token, Truncation};

/// Everything one forward pass produced for one input.
///
/// S tokens, L layers, H heads, D hidden size; all numbers f32, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The text that was read.
    pub input: Input,
    /// The S tokens, specials included.
    pub tokens: Vec<Token>,
    /// Set when the input was longer than the model can read.
    pub truncation: Option<Truncation>,
    /// What was ablated.
    pub ablations: Ablations,
    /// L.
    pub layers: usize,
    /// H.
    pub heads: usize,
    /// D.
    pub hidden_size: usize,
    /// Attention probabilities, `[layer, head, query, key]`; each row over keys sums to 1.
    pub attentions: Vec<f32>,
    /// `[layer + 1, token, hidden]`; 0 is the embedding layer, L the last.
    pub hidden_states: Vec<f32>,
    /// `[hidden]`, tanh(W·h_CLS + b) of the last layer; none when the checkpoint has no pooler.
    pub pooler_output: Option<Vec<f32>>,
    /// Time of the forward pass this trace came from (of the whole batch, if it was one of several).
    pub elapsed: Duration,
}

impl Trace {
    /// How `query` looks at every key under one head: `[key]`, sums to 1.
    ///
    /// Layers count from 0 (the first encoder layer), as in transformers' `attentions`.
    pub fn attention(&self, layer: usize, head: usize, query: usize) -> &[f32] {
        let keys = self.tokens.len();
        let start = ((layer * self.heads + head) * keys + query) * keys;
        &self.attentions[start..start + keys]
    }

    /// All hidden states of a layer, `[token, hidden]`; 0 is the embedding layer.
    pub fn hidden_layer(&self, layer: usize) -> &[f32] {
        let size = self.tokens.len() * self.hidden_size;
        &self.hidden_states[layer * size..(layer + 1) * size]
    }

    /// One token's vector in a layer, `[hidden]`; layer 0 is the embedding layer.
    pub fn hidden_state(&self, layer: usize, token: usize) -> &[f32] {
        let start = token * self.hidden_size;
        &self.hidden_layer(layer)[start..start + self.hidden_size]
    }

    /// BERT's sequence output, `[token, hidden]`: the hidden states of the last layer.
    pub fn last_hidden_state(&self) -> &[f32] {
        self.hidden_layer(self.layers)
    }
}
