use super::{HeadFault, architecture::HeadName};

/// What a checkpoint's weights hold and what a model of its configuration takes of them; nothing is loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Inventory {
    /// The heads that clscope knows and the checkpoint has, those that can be used.
    pub heads: Vec<HeadName>,
    /// The heads that the checkpoint has and that cannot be used.
    pub faults: Vec<HeadFault>,
    /// Every tensor, by name.
    pub tensors: Vec<InventoryTensor>,
    /// Names and shapes of tensors that are needed and not there.
    pub missing: Vec<(String, Vec<usize>)>,
    /// Names of tensors that have another shape than the configuration asks for, and that shape.
    pub misshapen: Vec<(String, Vec<usize>)>,
}

impl Inventory {
    /// Whether the checkpoint has a head.
    pub fn has(&self, head: HeadName) -> bool {
        self.heads.contains(&head)
    }
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
