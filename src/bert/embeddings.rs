use burn::{
    module::Param,
    nn::{Embedding, LayerNorm, Linear},
    tensor::{Int, Tensor},
};

use super::{
    BertError,
    architecture::{EmbeddedBy, EmbeddingParameters},
    parameters::Stored,
    runtime::Runtime,
};

/// `BertEmbeddings`: the sum of what each token gets from each table, layer norm; then to the width of the hidden states
/// where that is another. E is the width of the tables, D that of the hidden states.
pub(super) struct EmbeddingLayer {
    words: Embedding,
    added: Vec<(EmbeddedBy, Embedding)>,
    layer_norm: LayerNorm,
    projection: Option<Linear>,
}

impl EmbeddingLayer {
    pub(super) fn new(
        parameters: EmbeddingParameters<Stored>,
        epsilon: f64,
        runtime: &Runtime,
    ) -> Result<Self, BertError> {
        let table = |stored: Stored| -> Result<Embedding, BertError> {
            Ok(Embedding { weight: Param::from_tensor(stored.tensor(&runtime.device)?) })
        };
        let added = parameters.added.into_iter().map(|(by, stored)| Ok((by, table(stored)?)));
        Ok(Self {
            words: table(parameters.words)?,
            added: added.collect::<Result<_, BertError>>()?,
            layer_norm: parameters.norm.layer_norm(epsilon, &runtime.device)?,
            projection: parameters.projection.map(|linear| linear.linear(&runtime.device)).transpose()?,
        })
    }

    /// The table of words, `[vocab, E]`.
    pub(super) fn words(&self) -> Tensor<2> {
        self.words.weight.val()
    }

    /// `[B, S]` ids, type ids and rows of the position table to `[B, S, D]`.
    pub(super) fn forward(
        &self,
        ids: Tensor<2, Int>,
        type_ids: Tensor<2, Int>,
        positions: Tensor<2, Int>,
    ) -> Tensor<3> {
        let sum = self.added.iter().fold(self.words.forward(ids), |sum, (by, table)| {
            sum + match by {
                EmbeddedBy::Type => table.forward(type_ids.clone()),
                EmbeddedBy::Position => table.forward(positions.clone()),
                EmbeddedBy::Task => table.forward(positions.zeros_like()),
            }
        });
        let embedded = self.layer_norm.forward(sum);
        match &self.projection {
            Some(projection) => projection.forward(embedded),
            None => embedded,
        }
    }
}
