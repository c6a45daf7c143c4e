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
    /// Edges of attention that are cut: a 0 in an `attention_mask` `[query, key]` of one layer.
    pub edges: BTreeSet<Edge>,
    /// Positions read as the mask instead of as themselves.
    pub replaced: BTreeSet<usize>,
}

/// What one token looks at in another, in all heads of a layer; all from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The layer.
    pub layer: usize,
    /// The token that looks.
    pub query: usize,
    /// The token that is looked at.
    pub key: usize,
}

impl Ablations {
    /// Makes a token, of so many, look at nothing but itself in some layers.
    pub fn blind(&mut self, query: usize, layers: impl IntoIterator<Item = usize>, tokens: usize) {
        let others = || (0..tokens).filter(|key| *key != query);
        self.edges.extend(layers.into_iter().flat_map(|layer| others().map(move |key| Edge { layer, query, key })));
    }

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
        if let Some(edge) = self.edges.iter().find(|edge| edge.layer >= layers) {
            return Err(BertError::NoSuchLayer { layer: edge.layer, layers });
        }
        let of_edges = self.edges.iter().flat_map(|edge| [edge.query, edge.key]);
        let mut positions = self.masked.iter().chain(&self.replaced).copied().chain(of_edges);
        if let Some(position) = positions.find(|position| *position >= tokens) {
            return Err(BertError::NoSuchToken { position, tokens });
        }
        if self.masked.len() >= tokens {
            return Err(BertError::EveryTokenMasked);
        }
        // A token that looks at nothing would look at everything alike.
        let of_row = |a: &&Edge, b: &&Edge| (a.layer, a.query) == (b.layer, b.query);
        for row in self.edges.iter().collect::<Vec<_>>().chunk_by(of_row) {
            let cut = row.iter().filter(|edge| !self.masked.contains(&edge.key)).count();
            if cut + self.masked.len() >= tokens {
                return Err(BertError::NothingToLookAt { position: row[0].query, layer: row[0].layer });
            }
        }
        Ok(())
    }
}
