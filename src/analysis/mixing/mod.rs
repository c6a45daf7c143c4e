//! How much of each token's vector comes from each token, worked out of a pass that is held: the numbers behind every measure
//! that is a contribution. `docs/measures.md` has the formulas and where they come from.
//!
//! S tokens, L layers, H heads, D hidden size; all arrays row-major. Rows are the tokens whose vectors are explained, columns
//! those that they are explained by.

mod array;
mod cancelling;
mod claim;
mod claims;
mod combination;
mod decomposition;
mod lanes;
mod layerwise;
mod lengths;
mod mixed;
mod rollout;
mod sources;
mod unit_class;
mod vector_traits;
mod zeroing;

pub use array::MixingArray;
pub use cancelling::cancelling;
pub use claim::{MixingClaim, Verdict};
pub(in crate::analysis) use claims::unit_state;
pub use claims::{Claims, MeasureClaims, SentenceTest};
pub(in crate::analysis) use combination::explained_by;
pub use decomposition::{Decomposition, VectorShares};
pub use layerwise::LayerMixing;
pub use lengths::VectorLengths;
pub use mixed::{MixedShares, MixedVector, ShareSpread};
pub use rollout::{attention_rollout, rolled_out};
pub use sources::{SourceShares, UnitKind, unit_kinds};
pub use unit_class::UnitClass;
pub use vector_traits::{TraitOrder, VectorTraits};
pub use zeroing::value_zeroing;
