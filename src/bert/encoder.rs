use std::{borrow::Cow, sync::OnceLock};

use burn::tensor::Tensor;

use super::{
    Backend, BertConfig, BertError,
    architecture::LayerParameters,
    layer::Layer,
    masks::Masks,
    packed::{LayerMaps, PackedLayer, PackedStates, keep_threads_awake, start_threads},
    parameters::Stored,
    relative::PositionBias,
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
        start_threads(self == LayerForm::Packed);
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
pub(super) struct Encoder {
    /// Those that have weights of their own.
    own: Layers,
    /// Which of them a vector goes through, from the first to the last.
    order: Vec<usize>,
}

enum Layers {
    Burn(Vec<Layer>),
    Packed(Vec<PackedLayer>),
}

/// The layers as plain arrays are sent through them one vector at a time, whatever form they have for reading.
pub(super) struct Opened<'m> {
    own: &'m [PackedLayer],
    maps: &'m [LayerMaps],
    order: &'m [usize],
}

impl<'m> Opened<'m> {
    /// A layer, from 0, and its weights in other forms.
    pub(super) fn layer(&self, layer: usize) -> (&'m PackedLayer, &'m LayerMaps) {
        let own = self.order[layer];
        (&self.own[own], &self.maps[own])
    }
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
        let own = match &encoder.own {
            Layers::Packed(layers) => layers,
            Layers::Burn(layers) => {
                let copy = |layer: &Layer| PackedLayer::new(layer.values(runtime)?, config, Ok);
                once(&self.copies, || layers.iter().map(copy).collect())?
            }
        };
        let fresh = |layer: &PackedLayer| LayerMaps::new(layer).map_err(|error| runtime.failure(error.to_string()));
        let maps = once(&self.maps, || own.iter().map(fresh).collect())?;
        Ok(Opened { own, maps, order: &encoder.order })
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
pub(super) struct Hidden<'a> {
    states: HiddenStates<'a>,
    order: &'a [usize],
    runtime: &'a Runtime,
}

enum HiddenStates<'a> {
    Burn(Box<BurnStates>, &'a [Layer]),
    Packed(PackedStates, &'a [PackedLayer]),
}

struct BurnStates {
    /// `[B, S, D]`.
    hidden: Tensor<3>,
    /// What the scores of every layer get, `[1, H, S, S]`.
    position_bias: Option<Tensor<4>>,
}

impl Encoder {
    pub(super) fn new(
        layers: Vec<LayerParameters<Stored>>,
        order: Vec<usize>,
        config: &BertConfig,
        form: LayerForm,
        runtime: &Runtime,
    ) -> Result<Self, BertError> {
        let layers = layers.into_iter();
        let own = match form {
            LayerForm::Burn => {
                Layers::Burn(layers.map(|layer| Layer::new(layer, config, &runtime.device)).collect::<Result<_, _>>()?)
            }
            LayerForm::Packed => Layers::Packed(
                layers.map(|layer| PackedLayer::new(layer, config, Stored::values)).collect::<Result<_, _>>()?,
            ),
        };
        Ok(Self { own, order })
    }

    /// L.
    pub(super) fn layers(&self) -> usize {
        self.order.len()
    }

    pub(super) fn form(&self) -> LayerForm {
        match &self.own {
            Layers::Burn(_) => LayerForm::Burn,
            Layers::Packed(_) => LayerForm::Packed,
        }
    }

    /// Before the first layer, `[B, S, D]`. `position_bias` is what every layer's scores get.
    pub(super) fn enter<'a>(
        &'a self,
        embedded: Tensor<3>,
        position_bias: Option<PositionBias>,
        runtime: &'a Runtime,
    ) -> Result<Hidden<'a>, BertError> {
        let [batch, length, _] = embedded.dims();
        let states = match &self.own {
            Layers::Burn(layers) => {
                let position_bias = position_bias.map(|bias| {
                    let (values, shape) = bias.whole();
                    runtime.tensor(values, shape)
                });
                HiddenStates::Burn(Box::new(BurnStates { hidden: embedded, position_bias }), layers)
            }
            Layers::Packed(layers) => {
                let states = PackedStates::new(runtime.read(embedded)?, batch, length, position_bias);
                HiddenStates::Packed(states, layers)
            }
        };
        Ok(Hidden { states, order: &self.order, runtime })
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
        let (own, runtime) = (self.order[layer], self.runtime);
        match &mut self.states {
            HiddenStates::Burn(states, layers) => {
                let (hidden, bias) = (states.hidden.clone(), states.position_bias.clone());
                states.hidden = layers[own].forward(hidden, bias, masks, probabilities, runtime)?;
                Ok(())
            }
            HiddenStates::Packed(states, layers) => {
                let forward = layers[own].forward(states, masks, probabilities);
                forward.map_err(|error| runtime.failure(error.to_string()))
            }
        }
    }

    /// `[B, S, D]`.
    pub(super) fn read(&self) -> Result<Cow<'_, [f32]>, BertError> {
        match &self.states {
            HiddenStates::Burn(states, _) => self.runtime.read(states.hidden.clone()).map(Cow::Owned),
            HiddenStates::Packed(states, _) => Ok(Cow::Borrowed(&states.values)),
        }
    }
}
