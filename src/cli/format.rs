//! The options that say how a result is written: of the one list of formats those that can write what a command makes, and
//! of several tables the one that is wanted.

use std::path::PathBuf;

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{error::CliError, global::GlobalArguments};
use crate::config::ThemeName;
use crate::export::{FigureStyle, Format, Holds};

/// Takes the ids of the formats for this kind of document, which help, completions and refusals list.
pub(super) fn formats(holds: Holds) -> impl TypedValueParser<Value = Format> {
    of_formats(Format::of(holds))
}

/// The same for tables, which can be drawn too.
fn formats_of_tables() -> impl TypedValueParser<Value = Format> {
    of_formats(Format::of(Holds::Tables).chain(Format::of(Holds::Figure)))
}

/// The same for what can also be written as rows.
pub(super) fn formats_of_tables_and_rows() -> impl TypedValueParser<Value = Format> {
    let kinds = [Holds::Tables, Holds::Figure, Holds::Records];
    of_formats(Format::ALL.iter().copied().filter(move |format| kinds.iter().any(|&holds| format.writes(holds))))
}

fn of_formats(formats: impl Iterator<Item = Format>) -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(formats.map(Format::id)).try_map(|id| id.parse::<Format>())
}

/// How tables are written, and where.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct TableArguments {
    /// The format of the output [default: by the extension of --output, else table]
    #[arg(long, value_parser = formats_of_tables())]
    pub format: Option<Format>,
    /// Write here instead of to standard output; csv and tsv get a file for each table
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Of several tables write only this one, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub table: Option<u32>,
    /// The width of a figure (svg, pdf) in millimetres [default: 160]
    #[arg(long, value_name = "MM", value_parser = clap::value_parser!(u16).range(FigureStyle::WIDTHS))]
    pub figure_width: Option<u16>,
    /// The size of a figure's letters in points [default: 9]
    #[arg(long, value_name = "POINTS", value_parser = clap::value_parser!(u16).range(FigureStyle::FONT_SIZES))]
    pub font_size: Option<u16>,
}

impl TableArguments {
    /// How a figure looks: as asked for, else as the configuration says; dark where `--theme dark` asks for it.
    pub(super) fn figure_style(&self, global: &GlobalArguments) -> Result<FigureStyle, CliError> {
        let configured = global.config()?.options.figure;
        Ok(FigureStyle {
            width: self.figure_width.unwrap_or(configured.width),
            font_size: self.font_size.unwrap_or(configured.font_size),
            dark: global.theme.map_or(configured.dark, |theme| theme == ThemeName::Dark),
        })
    }
}
