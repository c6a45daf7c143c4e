use super::{Token, Trace};

/// The hidden states of one input, and what the pooler makes of the last: all that a sentence's vector is made of.
///
/// S tokens, L layers, D hidden size; all numbers f32, row-major.
#[derive(Clone, Copy, Debug)]
pub struct States<'t> {
    /// The S tokens, specials included.
    pub tokens: &'t [Token],
    /// L.
    pub layers: usize,
    /// D.
    pub hidden_size: usize,
    /// `[layer + 1, token, hidden]`; 0 is the embedding layer, L the last.
    pub hidden_states: &'t [f32],
    /// `[hidden]`, tanh(W·h_CLS + b) of the last layer; none when the checkpoint has no pooler.
    pub pooler_output: Option<&'t [f32]>,
    /// `[dimension]`, what the model was trained to be read as; none where that is not known or was not asked for.
    pub declared: Option<&'t [f32]>,
}

impl<'t> States<'t> {
    /// One token's vector in a layer, `[hidden]`; layer 0 is the embedding layer.
    pub fn hidden_state(&self, layer: usize, token: usize) -> &'t [f32] {
        let start = (layer * self.tokens.len() + token) * self.hidden_size;
        &self.hidden_states[start..start + self.hidden_size]
    }
}

impl<'t> From<&'t Trace> for States<'t> {
    fn from(trace: &'t Trace) -> Self {
        Self {
            tokens: &trace.tokens,
            layers: trace.layers,
            hidden_size: trace.hidden_size,
            hidden_states: &trace.hidden_states,
            pooler_output: trace.pooler_output.as_deref(),
            declared: None,
        }
    }
}
