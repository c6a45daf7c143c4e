use std::borrow::Cow;

use burn::tensor::Tensor;

use super::{
    Backend, BertError,
    network::Layer,
    packed::{PackedLayer, PackedStates},
};

/// The layers, in the form in which their backend computes them. B inputs in a batch, S tokens, D hidden size, H heads.
pub(super) enum Encoder {
    /// In burn.
    Burn(Vec<Layer>),
    /// On [`Backend::Flex`], which hands its numbers over as they lie in memory.
    Packed(Vec<PackedLayer>),
}

/// What a layer is kept from.
#[derive(Clone, Copy)]
pub(super) struct Masks<'a> {
    /// `[B, S]`, true where nobody may look; none where everybody may look everywhere.
    pub keys: Option<&'a [bool]>,
    /// `[B, H]`, true where a head's context is to be nothing; none where none is.
    pub heads: Option<&'a [bool]>,
}

/// Hidden states on their way through the layers, `[B, S, D]`.
pub(super) enum Hidden<'a> {
    Burn(Tensor<3>, &'a [Layer], Backend),
    Packed(PackedStates, &'a [PackedLayer]),
}

impl Encoder {
    /// L.
    pub(super) fn layers(&self) -> usize {
        match self {
            Encoder::Burn(layers) => layers.len(),
            Encoder::Packed(layers) => layers.len(),
        }
    }

    /// Before the first layer, `[B, S, D]`.
    pub(super) fn enter(&self, embedded: Tensor<3>, backend: Backend) -> Result<Hidden<'_>, BertError> {
        Ok(match self {
            Encoder::Burn(layers) => Hidden::Burn(embedded, layers, backend),
            Encoder::Packed(layers) => {
                let [batch, length, _] = embedded.dims();
                Hidden::Packed(PackedStates::new(backend.read(embedded)?, batch, length), layers)
            }
        })
    }
}

impl Hidden<'_> {
    /// Goes through a layer and writes its attention probabilities `[B, H, S, S]` where they are wanted
    /// (softmax(QKᵀ/√d), Vaswani et al. 2017, eq. 1).
    pub(super) fn advance(
        &mut self,
        layer: usize,
        masks: Masks,
        probabilities: Option<&mut [f32]>,
    ) -> Result<(), BertError> {
        match self {
            Hidden::Burn(hidden, layers, backend) => {
                *hidden = layers[layer].forward(hidden.clone(), masks, probabilities, *backend)?;
                Ok(())
            }
            Hidden::Packed(states, layers) => {
                let forward = layers[layer].forward(states, masks, probabilities);
                forward.map_err(|error| Backend::Flex.failure(error.to_string()))
            }
        }
    }

    /// `[B, S, D]`.
    pub(super) fn read(&self) -> Result<Cow<'_, [f32]>, BertError> {
        match self {
            Hidden::Burn(hidden, _, backend) => backend.read(hidden.clone()).map(Cow::Owned),
            Hidden::Packed(states, _) => Ok(Cow::Borrowed(&states.values)),
        }
    }
}
