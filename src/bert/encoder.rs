use std::{borrow::Cow, sync::OnceLock};

use burn::tensor::Tensor;

use super::{
    Backend, BertConfig, BertError,
    architecture::LayerParameters,
    layer::Layer,
    masks::Masks,
    packed::{LayerMaps, PackedLayer, PackedStates, keep_threads_awake, spread_threads},
    parameters::Stored,
    runtime::Runtime,
};

/// The form that the layers take. Embeddings and heads are always burn's, on the backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerForm {
    /// burn's modules, on the backend.
    Burn,
    /// Plain arrays with weights packed for rten's kernels, on the CPU whatever the backend.
    Packed,
}

impl LayerForm {
    /// The faster form on a backend: packed where the backend's numbers lie in memory as packed layers take them.
    pub fn usual(backend: Backend) -> Self {
        match backend {
            Backend::Flex => LayerForm::Packed,
            Backend::Ndarray | Backend::Wgpu => LayerForm::Burn,
        }
    }

    /// Before the first use of a backend: its threads are started then.
    pub(super) fn prepare(self) {
        if self == LayerForm::Packed {
            spread_threads();
        }
    }

    /// Runs a forward pass as one of the threads that compute, not as another that hands them each part and waits;
    /// with packed layers while they stay awake.
    pub(super) fn pass<T: Send>(self, work: impl FnOnce() -> T + Send) -> T {
        match self {
            LayerForm::Packed => keep_threads_awake(work),
            LayerForm::Burn => rayon::scope(|_| work()),
        }
    }
}

/// The layers in one of their forms. B inputs in a batch, S tokens, D hidden size, H heads.
pub(super) enum Encoder {
    Burn(Vec<Layer>),
    Packed(Vec<PackedLayer>),
}

/// The layers as plain arrays are sent through them one vector at a time, whatever form they have for reading.
pub(super) struct Opened<'m> {
    pub layers: &'m [PackedLayer],
    /// Of each layer.
    pub maps: &'m [LayerMaps],
}

/// What is worked out of the layers when it is first asked for.
#[derive(Default)]
pub(super) struct OpenedLayers {
    /// Copies, where the layers have another form.
    copies: OnceLock<Vec<PackedLayer>>,
    maps: OnceLock<Vec<LayerMaps>>,
}

impl OpenedLayers {
    pub(super) fn of<'m>(
        &'m self,
        encoder: &'m Encoder,
        config: &BertConfig,
        runtime: &Runtime,
    ) -> Result<Opened<'m>, BertError> {
        let layers = match encoder {
            Encoder::Packed(layers) => layers,
            Encoder::Burn(layers) => {
                let copy = |layer: &Layer| PackedLayer::new(layer.values(runtime)?, config, Ok);
                once(&self.copies, || layers.iter().map(copy).collect())?
            }
        };
        let fresh = |layer: &PackedLayer| LayerMaps::new(layer).map_err(|error| runtime.failure(error.to_string()));
        let maps = once(&self.maps, || layers.iter().map(fresh).collect())?;
        Ok(Opened { layers, maps })
    }
}

/// What is there already, or else what is worked out now.
fn once<T, E>(lock: &OnceLock<T>, work: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
    if let Some(known) = lock.get() {
        return Ok(known);
    }
    let fresh = work()?;
    Ok(lock.get_or_init(|| fresh))
}

/// Hidden states on their way through the layers, `[B, S, D]`.
pub(super) enum Hidden<'a> {
    Burn(Tensor<3>, &'a [Layer], &'a Runtime),
    Packed(PackedStates, &'a [PackedLayer], &'a Runtime),
}

impl Encoder {
    pub(super) fn new(
        layers: Vec<LayerParameters<Stored>>,
        config: &BertConfig,
        form: LayerForm,
        runtime: &Runtime,
    ) -> Result<Self, BertError> {
        let layers = layers.into_iter();
        Ok(match form {
            LayerForm::Burn => {
                Encoder::Burn(layers.map(|layer| Layer::new(layer, config, &runtime.device)).collect::<Result<_, _>>()?)
            }
            LayerForm::Packed => Encoder::Packed(
                layers.map(|layer| PackedLayer::new(layer, config, Stored::values)).collect::<Result<_, _>>()?,
            ),
        })
    }

    /// L.
    pub(super) fn layers(&self) -> usize {
        match self {
            Encoder::Burn(layers) => layers.len(),
            Encoder::Packed(layers) => layers.len(),
        }
    }

    pub(super) fn form(&self) -> LayerForm {
        match self {
            Encoder::Burn(_) => LayerForm::Burn,
            Encoder::Packed(_) => LayerForm::Packed,
        }
    }

    /// Before the first layer, `[B, S, D]`.
    pub(super) fn enter<'a>(&'a self, embedded: Tensor<3>, runtime: &'a Runtime) -> Result<Hidden<'a>, BertError> {
        Ok(match self {
            Encoder::Burn(layers) => Hidden::Burn(embedded, layers, runtime),
            Encoder::Packed(layers) => {
                let [batch, length, _] = embedded.dims();
                Hidden::Packed(PackedStates::new(runtime.read(embedded)?, batch, length), layers, runtime)
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
            Hidden::Burn(hidden, layers, runtime) => {
                *hidden = layers[layer].forward(hidden.clone(), masks, probabilities, runtime)?;
                Ok(())
            }
            Hidden::Packed(states, layers, runtime) => {
                let forward = layers[layer].forward(states, masks, probabilities);
                forward.map_err(|error| runtime.failure(error.to_string()))
            }
        }
    }

    /// `[B, S, D]`.
    pub(super) fn read(&self) -> Result<Cow<'_, [f32]>, BertError> {
        match self {
            Hidden::Burn(hidden, _, runtime) => runtime.read(hidden.clone()).map(Cow::Owned),
            Hidden::Packed(states, ..) => Ok(Cow::Borrowed(&states.values)),
        }
    }
}
