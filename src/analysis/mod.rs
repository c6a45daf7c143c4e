//! Pure numbers over a trace: where attention goes, which vector stands for the sentence, how close two are.
//!
//! Plain slices in, plain numbers out; no device, no terminal.

mod align;
mod attention;
mod calibration;
mod choice;
mod compare;
mod contribution;
mod cosines;
mod effect;
mod group;
mod head_set;
mod heads;
mod kept;
mod layers;
mod lens;
mod order;
mod pooling;
mod projection;
mod rows;
mod similarity;
mod spread;
mod statistic;
mod table;
mod units;
mod unrelated;
mod whitening;
mod word_terms;
mod words;

pub use align::Pair;
pub use attention::{AttentionMap, AttentionRow, HeadChoice, attention_map, effective_tokens, rank};
pub use calibration::{Calibrated, CalibratedCosines, Calibration, Calibrations, NoCalibration, Ranked};
pub use choice::after;
pub use compare::{ComparedSide, Comparison, Side};
pub use contribution::Contributions;
pub use cosines::{Cosines, Disagreement};
pub use effect::{Effect, MEASURED};
pub use head_set::HeadSet;
pub use heads::{HeadStatistics, Pattern};
pub use layers::cosine_by_layer;
pub use lens::{Direction, Grain, Lens, Specials};
pub use pooling::{Pooling, SentenceVector, cls_mean_drift, pool};
pub use projection::Projection;
pub use rows::{AttentionMatrix, attention_row};
pub use similarity::{cosine, cosine_matrix, norm};
pub use statistic::Statistic;
pub use table::{Cells, Key, Measure, Quantity, Table, TableRow, UnitColumns};
pub use units::Units;
pub use unrelated::Unrelated;
pub use word_terms::WordTerms;
pub use words::{Word, words};
