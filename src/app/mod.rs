//! The explorer above its views: which of them is open, what lies over it, the frame around it.

mod ablations;
mod bars;
mod export;
mod fields;
mod frame;
mod help;
mod invitation;
mod picker;
mod router;

pub use frame::{Drawn, draw, render};
pub use router::App;

pub use crate::state::*;
