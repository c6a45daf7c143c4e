//! The explorer above its views: which of them is open, what lies over it, the frame around it.

mod ablations;
mod bars;
mod cautions;
mod contexts;
mod frame;
mod global;
mod invitation;
mod lesson;
mod overlays;
mod question;
mod router;
mod rows;
mod tabs;

pub use contexts::key_contexts;
pub use frame::{Drawn, draw, remarks, render};
pub use router::{App, Hint};

pub use crate::state::*;
