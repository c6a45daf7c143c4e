//! The option `--format`: of the one list of formats those that can write what a command makes.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::export::{Format, Holds};

/// Takes the ids of the formats for this kind of document, which help, completions and refusals list.
pub(super) fn formats(holds: Holds) -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::of(holds).map(Format::id)).try_map(|id| id.parse::<Format>())
}
