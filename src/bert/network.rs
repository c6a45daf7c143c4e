use super::{
    BertError, HeadName,
    architecture::{Architecture, Declaration},
    embeddings::EmbeddingLayer,
    encoder::{Encoder, LayerForm, OpenedLayers},
    head::Head,
    parameters::Stored,
    runtime::Runtime,
};

/// `BertModel`, with the heads that the checkpoint has.
pub(super) struct Network {
    pub embeddings: EmbeddingLayer,
    pub encoder: Encoder,
    /// The layers as measures take them apart.
    pub opened: OpenedLayers,
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
        let (config, Declaration { embeddings, layers, heads }) = (&architecture.config, declaration);
        // Layers first: while one is packed it takes room twice, and the large tables of embeddings are not there yet.
        let encoder = Encoder::new(layers, config, form, runtime)?;
        let embeddings = EmbeddingLayer::new(embeddings, architecture, runtime)?;
        let words = embeddings.words();
        let head = |parameters| Head::new(parameters, &words, config.layer_norm_eps, runtime);
        Ok(Self {
            encoder,
            opened: OpenedLayers::default(),
            heads: heads.into_iter().map(head).collect::<Result<_, _>>()?,
            embeddings,
        })
    }

    /// A head, where the checkpoint has it.
    pub(super) fn head(&self, name: HeadName) -> Option<&Head> {
        self.heads.iter().find(|head| head.name == name)
    }
}
