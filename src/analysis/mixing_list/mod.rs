//! What many sentences say of how vectors mix words: numbers of each sentence, their means with intervals by resampling sentences, and
//! the claims that these decide.

mod blind;
mod claims;
mod findings;
mod list_means;
mod number;
mod observation;

pub use blind::{BlindLayers, raw_and_centred};
pub use claims::{ClaimTest, TestSubject};
pub use findings::{Estimate, MixingFindings, VectorSameness};
pub use list_means::ListMeans;
pub use number::{ExplainedBy, MixingNumber, MixingRow, SharePart, WordEffect};
pub use observation::MixingObservation;
