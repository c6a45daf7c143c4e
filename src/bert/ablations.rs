use std::collections::BTreeSet;

use super::BertError;

/// What is ablated in a forward pass; the default is nothing. Layers, heads and positions count from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ablations {
    /// `(layer, head)`: heads whose context (probabilities · value) is zeroed before the output projection, whose bias
    /// stays. The same numbers as a pruned head (Michel et al. 2019) or a 0 in the `head_mask` transformers had; but
    /// the trace keeps such a head's probabilities as computed: what it would have looked at.
    pub heads: BTreeSet<(usize, usize)>,
    /// Positions nobody may look at, in any layer: a 0 in transformers' `attention_mask`, as for padding. Such a
    /// token still has hidden states and attention of its own, to the tokens that are left.
    pub masked: BTreeSet<usize>,
    /// Positions read as the mask instead of as themselves.
    pub replaced: BTreeSet<usize>,
}

impl Ablations {
    /// Ablates a layer's whole attention: each of its `heads`.
    pub fn ablate_layer(&mut self, layer: usize, heads: usize) {
        self.heads.extend((0..heads).map(|head| (layer, head)));
    }

    /// Refuses what a model of these sizes, or an input of `tokens`, does not have, and an input with nothing left to
    /// look at.
    pub(super) fn check(&self, layers: usize, heads: usize, tokens: usize) -> Result<(), BertError> {
        if let Some(&(layer, head)) = self.heads.iter().find(|(layer, head)| *layer >= layers || *head >= heads) {
            return Err(BertError::NoSuchHead { layer, head, layers, heads });
        }
        let mut positions = self.masked.iter().chain(&self.replaced);
        if let Some(&position) = positions.find(|position| **position >= tokens) {
            return Err(BertError::NoSuchToken { position, tokens });
        }
        if self.masked.len() >= tokens {
            return Err(BertError::EveryTokenMasked);
        }
        Ok(())
    }
}
