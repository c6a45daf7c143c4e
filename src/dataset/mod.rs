//! Tables of examples and lists of texts, in the forms in which people have them: the one reader of all commands.
//!
//! bytes → text ([`source`], [`encoding`], [`lines`]) → records ([`dialect`], [`delimited`], [`json`], [`fasttext`],
//! [`parquet`]) → headings ([`heading`]) → columns ([`profile`], [`names`], [`roles`]) → examples.
//!
//! Nothing is guessed in silence: a [`FileReading`] says what was decided, a tie is a [`DatasetError`] that names the option
//! to write. `docs/datasets.md` lists every layout.

mod columns;
mod content;
mod delimited;
mod dialect;
mod encoding;
mod error;
mod examples;
mod fasttext;
mod foreign;
mod heading;
mod json;
mod lines;
mod names;
mod numpy;
mod options;
mod parquet;
mod place;
mod profile;
mod reading;
mod record;
mod roles;
mod scores;
mod show;
mod sides;
mod source;
mod table;
mod texts;
mod unread;
mod vectors;

pub use columns::{Candidate, Candidates, ColumnChoice, ColumnName, ColumnsUsed};
pub use error::{DatasetError, Fault, called};
pub use examples::{Labelled, LabelledText, Scored, ScoredPair, read_labelled, read_pairs};
pub use foreign::Looks;
pub use heading::{FirstLine, Why};
pub use options::{Blank, Delimiter, NoDelimiter, Quotes, ReadingOptions, Shard, TextForm};
pub use place::{RecordPlace, Unit};
pub use reading::{BadRecord, Blanks, FileReading, Note, Skipped};
pub use table::Layout;
pub use texts::{Text, Texts, texts};
pub use unread::UnreadForm;
pub use vectors::{TextVectors, VectorsError, read_vectors};

#[cfg(test)]
mod tests;
