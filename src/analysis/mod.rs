//! Pure numbers over a trace: where attention goes, which vector stands for the sentence, how close two are.
//!
//! Plain slices in, plain numbers out; no device, no terminal.

mod align;
mod attention;
mod bootstrap;
mod choice;
mod compare;
mod correlation;
mod effect;
mod folds;
mod group;
mod head_set;
mod heads;
mod kept;
mod lens;
mod metric;
mod pooling;
mod regression;
mod rows;
mod similarity;
mod statistic;
mod table;
mod units;
mod words;

pub use align::Pair;
pub use attention::{AttentionMap, AttentionRow, HeadChoice, attention_map, effective_tokens, rank};
pub use bootstrap::{Resamples, middle_95, wilson_95};
pub use choice::after;
pub use compare::{ComparedSide, Comparison, Side};
pub use correlation::{Correlation, Paired};
pub use effect::{Effect, MEASURED};
pub use folds::stratified_folds;
pub use head_set::HeadSet;
pub use heads::{HeadStatistics, Pattern};
pub use lens::{Direction, Grain, Lens, Specials};
pub use metric::Metric;
pub use pooling::{Pooling, SentenceVector, cls_mean_drift, pool};
pub use regression::{Regression, RegressionError};
pub use rows::{AttentionMatrix, attention_row};
pub use similarity::{cosine, cosine_matrix, norm};
pub use statistic::Statistic;
pub use table::{Cells, Key, Measure, Quantity, Table, TableRow, UnitColumns};
pub use units::Units;
pub use words::{Word, words};
