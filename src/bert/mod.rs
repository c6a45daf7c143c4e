//! BERT: text in, trace out.
//!
//! This room knows tokens and tensors. It is handed the files of a checkpoint (`models` finds them)
//! and returns plain arrays ([`Trace`]); it never sees a terminal, a file's origin or a setting.
//!
//! The network mirrors transformers' `BertModel` with eager attention:
//! <https://github.com/huggingface/transformers/blob/v4.57.1/src/transformers/models/bert/modeling_bert.py>.

mod backend;
mod config;
mod cuts;
mod encoder;
mod error;
mod forward;
mod inventory;
mod loader;
mod model;
mod network;
mod packed;
mod parameters;
mod states;
mod tokenizer;
mod trace;
mod vocabulary;
mod weights;

pub use backend::Backend;
pub use config::{Activation, BertConfig};
pub use cuts::Cuts;
pub use error::BertError;
pub use inventory::{Inventory, InventoryTensor};

pub use model::{Bert, Checkpoint, LIKELIEST_WORDS, ModelInfo, Prediction};
pub use states::States;
pub use tokenizer::{Encoded, Input, Sentence, Token, Truncation};
pub use trace::Trace;
pub use vocabulary::TokenizerFiles;
pub use weights::Weights;
