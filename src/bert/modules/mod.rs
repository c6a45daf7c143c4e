//! What a model was trained to be read as: the modules of sentence-transformers, as version 6.2 reads them.
//!
//! `modules.json` names them in their order: a Transformer, which is this program's encoder with a token limit of its own,
//! and then poolings, dense layers and normalisations, which make one vector of the last hidden states. What is unknown is
//! refused by name ([`NotDeclared`]); the encoder itself can be read all the same.
//!
//! <https://github.com/UKPLab/sentence-transformers/tree/v6.2.0/sentence_transformers>

mod activation;
mod audit;
mod chain;
mod declared;
mod dense;
mod entries;
mod feature;
mod files;
mod norm;
mod pooling;
mod refusal;
mod settings;
mod transformer;

pub use activation::DenseActivation;
pub(super) use audit::Audited;
pub use audit::{AuditFinding, FindingKind};
pub(super) use chain::{EncoderSizes, ModuleChain};
pub use declared::{Declared, ModuleSummary, Prompt, TokenLimit};
pub use entries::ModuleEntry;
pub use files::{ModuleFiles, ModuleFolder};
pub use pooling::PoolingMode;
pub use refusal::NotDeclared;
