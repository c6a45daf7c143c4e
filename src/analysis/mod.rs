//! Pure numbers over a trace: where attention goes, which vector stands for the sentence, how close two are.
//!
//! Plain slices in, plain numbers out; no device, no terminal.

mod align;
mod attention;
mod compare;
mod effect;
mod heads;
mod lens;
mod pooling;
mod similarity;
mod table;
mod words;

pub use align::Pair;
pub use attention::{AttentionMap, AttentionRow, HeadChoice, attention_map, effective_tokens, rank};
pub use compare::{ComparedSide, Comparison, Side};
pub use effect::{Effect, MEASURED};
pub use heads::{HeadStatistics, Pattern, Statistic};
pub use lens::{AttentionMatrix, Direction, Grain, Lens, Specials, Units, attention_row};
pub use pooling::{Pooling, cls_mean_drift, pool};
pub use similarity::{cosine, cosine_matrix, norm};
pub use table::{Cells, Key, Measure, Quantity, Table, TableRow, UnitColumns};
pub use words::{Word, words};
