//! How much of each token's vector comes from each token, worked out of a pass that is held: the numbers behind every measure
//! that is a contribution. `docs/measures.md` has the formulas and where they come from.
//!
//! S tokens, L layers, H heads, D hidden size; all arrays row-major. Rows are the tokens whose vectors are explained, columns
//! those that they are explained by.

mod array;
mod claims;
mod combination;
mod decomposition;
mod lanes;
mod layerwise;
mod lengths;
mod rollout;
mod sources;
mod zeroing;

pub use array::MixingArray;
pub use claims::{Claims, MeasureClaims, Verdict};
use combination::explained_by;
pub use decomposition::{Decomposition, VectorShares};
pub use layerwise::LayerMixing;
pub use lengths::VectorLengths;
pub use rollout::{attention_rollout, rolled_out};
pub use sources::{SourceShares, UnitKind, unit_kinds};
pub use zeroing::value_zeroing;
