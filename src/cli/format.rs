//! The options that say how a result is written: of the one list of formats those that can write what a command makes, and
//! of several tables the one that is wanted.

use std::path::PathBuf;

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use crate::export::{Format, Holds};

/// Takes the ids of the formats for this kind of document, which help, completions and refusals list.
pub(super) fn formats(holds: Holds) -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::of(holds).map(Format::id)).try_map(|id| id.parse::<Format>())
}

/// How tables are written, and where.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct TableArguments {
    /// The format of the output [default: by the extension of --output, else table]
    #[arg(long, value_parser = formats(Holds::Tables))]
    pub format: Option<Format>,
    /// Write here instead of to standard output; csv and tsv get a file for each table
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Of several tables write only this one, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub table: Option<u32>,
}
