use super::{
    BertError, HeadName,
    architecture::{Architecture, Declaration, Positions},
    embeddings::EmbeddingLayer,
    encoder::{Encoder, LayerForm, OpenedLayers},
    head::Head,
    parameters::Stored,
    relative::{PositionBias, RelativePositions},
    runtime::Runtime,
};

/// `BertModel`, with the heads that the checkpoint has.
pub(super) struct Network {
    pub embeddings: EmbeddingLayer,
    pub encoder: Encoder,
    /// The layers as measures take them apart.
    pub opened: OpenedLayers,
    /// Which rows of the position table the tokens get.
    pub positions: Positions,
    relative_positions: Option<RelativePositions>,
    heads: Vec<Head>,
}

impl Network {
    /// Reads its parameters one after the other.
    pub(super) fn new(
        declaration: Declaration<Stored>,
        architecture: &Architecture,
        form: LayerForm,
        runtime: &Runtime,
    ) -> Result<Self, BertError> {
        let config = &architecture.config;
        let Declaration { embeddings, layers, order, relative_positions, heads } = declaration;
        // Layers first: while one is packed it takes room twice, and the large tables of embeddings are not there yet.
        let encoder = Encoder::new(layers, order, config, form, runtime)?;
        let embeddings = EmbeddingLayer::new(embeddings, config.layer_norm_eps, runtime)?;
        let words = embeddings.words();
        let relative_positions =
            relative_positions.map(|table| RelativePositions::new(table, config.num_attention_heads)).transpose()?;
        let head = |parameters| Head::new(parameters, &words, config.layer_norm_eps, runtime);
        Ok(Self {
            encoder,
            opened: OpenedLayers::default(),
            positions: architecture.positions(),
            relative_positions,
            heads: heads.into_iter().map(head).collect::<Result<_, _>>()?,
            embeddings,
        })
    }

    /// What every layer's scores get for where query and key stand in an input of S tokens, in the families that add such a
    /// thing.
    pub(super) fn position_bias(&self, length: usize) -> Option<PositionBias> {
        self.relative_positions.as_ref().map(|positions| positions.bias(length))
    }

    /// The heads that the checkpoint has, apart from the pooler.
    pub(super) fn output_heads(&self) -> impl Iterator<Item = HeadName> {
        self.heads.iter().map(|head| head.name).filter(|name| *name != HeadName::Pooler)
    }

    /// A head, where the checkpoint has it.
    pub(super) fn head(&self, name: HeadName) -> Option<&Head> {
        self.heads.iter().find(|head| head.name == name)
    }
}
