use burn::{
    module::Param,
    nn::{Embedding, LayerNorm},
    tensor::{Int, Tensor},
};

use super::{
    BertError,
    architecture::{Architecture, EmbeddedBy, EmbeddingParameters},
    parameters::Stored,
    runtime::Runtime,
};

/// `BertEmbeddings`: the sum of what each token gets from each table, layer norm.
pub(super) struct EmbeddingLayer {
    words: Embedding,
    added: Vec<(EmbeddedBy, Embedding)>,
    layer_norm: LayerNorm,
    /// The row of the position table that the first token gets.
    first_position: usize,
}

impl EmbeddingLayer {
    pub(super) fn new(
        parameters: EmbeddingParameters<Stored>,
        architecture: &Architecture,
        runtime: &Runtime,
    ) -> Result<Self, BertError> {
        let table = |stored: Stored| -> Result<Embedding, BertError> {
            Ok(Embedding { weight: Param::from_tensor(stored.tensor(&runtime.device)?) })
        };
        let added = parameters.added.into_iter().map(|(by, stored)| Ok((by, table(stored)?)));
        Ok(Self {
            words: table(parameters.words)?,
            added: added.collect::<Result<_, BertError>>()?,
            layer_norm: parameters.norm.layer_norm(architecture.config.layer_norm_eps, &runtime.device)?,
            first_position: architecture.first_position(),
        })
    }

    /// The table of words, `[vocab, D]`.
    pub(super) fn words(&self) -> Tensor<2> {
        self.words.weight.val()
    }

    /// `[B, S]` ids and type ids to `[B, S, D]`.
    pub(super) fn forward(&self, ids: Tensor<2, Int>, type_ids: Tensor<2, Int>) -> Tensor<3> {
        let (length, first) = (ids.dims()[1] as i64, self.first_position as i64);
        let positions = Tensor::<1, Int>::arange(first..first + length, &ids.device()).unsqueeze::<2>();
        let sum = self.added.iter().fold(self.words.forward(ids), |sum, (by, table)| {
            sum + match by {
                EmbeddedBy::Type => table.forward(type_ids.clone()),
                EmbeddedBy::Position => table.forward(positions.clone()),
            }
        });
        self.layer_norm.forward(sum)
    }
}

#[cfg(test)]
mod tests {
    use burn::{nn::LayerNormConfig, tensor::TensorData};

    use super::*;
    use crate::bert::Backend;

    #[test]
    fn positions_count_from_the_first_of_the_family() {
        let runtime = Runtime::start(Backend::Flex).unwrap();
        let table = |values: &[[f32; 2]]| Embedding {
            weight: Param::from_tensor(runtime.tensor(values.concat(), [values.len(), 2])),
        };
        // The norm leaves the sign of the difference between the two numbers.
        let signs = |first_position| {
            let embeddings = EmbeddingLayer {
                words: table(&[[0.0, 0.0]]),
                added: vec![
                    (EmbeddedBy::Type, table(&[[0.0, 0.0]])),
                    (EmbeddedBy::Position, table(&[[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])),
                ],
                layer_norm: LayerNormConfig::new(2).init(&runtime.device),
                first_position,
            };
            let zeros = || Tensor::<2, Int>::from_data(TensorData::new(vec![0i64; 3], [1, 3]), &runtime.device);
            let embedded = runtime.read(embeddings.forward(zeros(), zeros())).unwrap();
            embedded.chunks_exact(2).map(|vector| vector[0] > vector[1]).collect::<Vec<_>>()
        };
        assert_eq!(signs(0), [true, true, false]);
        assert_eq!(signs(2), [false, true, false]);
    }
}
