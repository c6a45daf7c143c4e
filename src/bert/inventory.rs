use super::{BertConfig, BertError, Checkpoint, loader};

/// What a checkpoint's weights hold and what a BERT of its configuration takes of them; nothing is loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Inventory {
    /// Whether `pooled` exists.
    pub has_pooler: bool,
    /// Whether there is a masked-language head.
    pub has_head: bool,
    /// Every tensor, by name.
    pub tensors: Vec<InventoryTensor>,
    /// Names and shapes of tensors that are needed and not there.
    pub missing: Vec<(String, Vec<usize>)>,
    /// Names of tensors that have another shape than the configuration asks for, and that shape.
    pub misshapen: Vec<(String, Vec<usize>)>,
}

/// A tensor of a checkpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct InventoryTensor {
    /// As in the file.
    pub name: String,
    /// PyTorch's, `[out, in]` for a weight.
    pub shape: Vec<usize>,
    /// `f32`, `f16`, `bf16`, ...
    pub dtype: String,
    /// As stored.
    pub bytes: u64,
    /// Whether clscope reads it.
    pub used: bool,
}

impl Checkpoint {
    /// Reads the configuration.
    ///
    /// # Errors
    /// When it is damaged, or not that of a BERT encoder.
    pub fn config(&self) -> Result<BertConfig, BertError> {
        BertConfig::from_json(&self.config)
    }

    /// Reads the headers of the weights.
    ///
    /// # Errors
    /// When the configuration or a file of weights is damaged.
    pub fn inventory(&self) -> Result<Inventory, BertError> {
        loader::inventory(&self.config()?, &self.weights)
    }
}
