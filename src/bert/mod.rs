//! BERT: text in, trace out.
//!
//! This room knows tokens and tensors. It is handed the files of a checkpoint (`models` finds them)
//! and returns plain arrays ([`Trace`]); it never sees a terminal, a file's origin or a setting.
//!
//! The network mirrors transformers' `BertModel` with eager attention:
//! <https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/models/bert/modeling_bert.py>.

mod ablations;
mod activation;
mod architecture;
mod backend;
mod byte_level;
mod checkpoint;
mod config;
mod declared;
mod embeddings;
mod encoder;
mod encoding;
mod error;
mod finite;
mod forward;
mod frozen;
mod head;
mod heads;
mod inventory;
mod layer;
mod loader;
mod masks;
mod model;
mod modules;
mod network;
mod packed;
mod parameters;
mod pooler;
mod prediction;
mod relative;
mod remark;
mod runtime;
mod states;
mod tensorflow;
mod tokenizer;
mod trace;
mod unknown;
mod weights;
mod wire;

pub use ablations::{Ablations, Edge};
pub use activation::Activation;
pub use architecture::{HeadName, SpecialTokens};
pub use backend::Backend;
pub use byte_level::spelled_out;
pub use checkpoint::Checkpoint;
pub use config::BertConfig;
pub use declared::{DeclaredExtent, DeclaredReading, InputLength, WantedReadings};
pub use encoder::LayerForm;
pub use encoding::{Encoding, Input, Sentence, Token, Truncation};
pub use error::BertError;
pub use finite::{NonFinitePlace, NonFiniteTensor};
pub use frozen::{DirectParts, Explained, ExplainedLogit, Explanation, FrozenPass, LinearReading, Source};
pub use heads::{HeadFault, HeadFaultKind, HeadLogits, OutputActivation, OutputHead, ProblemType};
pub use inventory::{Inventory, InventoryTensor};
pub use model::{Bert, ModelInfo};
pub use modules::{
    AuditFinding, Declared, DenseActivation, FindingKind, ModuleEntry, ModuleFiles, ModuleFolder, ModuleSummary,
    NotDeclared, PoolingMode, Prompt, TokenLimit,
};
pub use pooler::PoolerTraining;
pub use prediction::{LIKELIEST_WORDS, LensWord, Prediction};
pub use remark::Remark;
pub use states::States;
pub use tensorflow::TensorFlowFiles;
pub use tokenizer::{
    OlderForm, OlderVocabulary, PieceLayout, TokenizerClass, TokenizerFiles, TokenizerModel, TokenizerReading,
    TokenizerRefusal, vocabulary_file,
};
pub use trace::Trace;
pub use unknown::UnknownTokens;
pub use weights::Weights;
