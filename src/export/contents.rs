//! What a format is given to write.

use std::ops::RangeInclusive;

use serde::Deserialize;

use super::{document::Tables, page::AttentionPage, trace::TraceDocument};
use crate::{
    analysis::{Table, TableRow},
    messages::{Label, label},
};

/// What a document holds, which decides the formats there are for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Tables of numbers and texts.
    Tables,
    /// A picture of a frame.
    Picture,
    /// The arrays of a forward pass.
    Trace,
    /// A page of attention that is explored in a browser.
    Page,
    /// A table that is drawn.
    Figure,
    /// Vectors of sentences.
    Vectors,
    /// A record for each row of a file, or several.
    Records,
}

impl Holds {
    /// In a word or two.
    pub fn label(self) -> Label {
        match self {
            Holds::Tables => label!("export-holds-tables"),
            Holds::Picture => label!("export-holds-picture"),
            Holds::Trace => label!("export-holds-trace"),
            Holds::Page => label!("export-holds-page"),
            Holds::Figure => label!("export-holds-figure"),
            Holds::Vectors => label!("export-holds-vectors"),
            Holds::Records => label!("export-holds-records"),
        }
    }
}

/// A document that is written at once; vectors are written as they come, see [`super::VectorRows`].
#[derive(Clone, Copy)]
pub enum ExportContents<'c> {
    /// Tables, and what they are about.
    Tables(&'c dyn Tables),
    /// An SVG picture of clscope's own.
    Picture(&'c str),
    /// A trace, and what to know about it.
    Trace(&'c TraceDocument<'c>),
    /// A page of attention that is explored in a browser.
    Page(&'c AttentionPage<'c>),
    /// A table that is drawn.
    Figure(FigureOf<'c>),
}

/// A table that is drawn as a figure.
#[derive(Clone, Copy, Debug)]
pub struct FigureOf<'c> {
    /// What the table is about; its text is told.
    pub about: &'c [(&'static str, String)],
    /// Its heat map, or where it has none its measures.
    pub table: &'c Table,
    /// How it looks.
    pub style: FigureStyle,
}

/// How a figure looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureStyle {
    /// From edge to edge in millimetres, one of [`Self::WIDTHS`]; its height follows.
    pub width: u16,
    /// The size of its letters in points, one of [`Self::FONT_SIZES`].
    pub font_size: u16,
    /// Whether it is for a dark slide; else for paper.
    pub dark: bool,
}

impl FigureStyle {
    /// In millimetres.
    pub const WIDTHS: RangeInclusive<i64> = 20..=2000;
    /// In points.
    pub const FONT_SIZES: RangeInclusive<i64> = 4..=72;
}

impl Default for FigureStyle {
    /// As wide as the text of a page of A4.
    fn default() -> Self {
        Self { width: 160, font_size: 9, dark: false }
    }
}

impl FigureOf<'_> {
    /// Whether a table has numbers to draw.
    pub fn can_draw(table: &Table) -> bool {
        let has_numbers = |row: &TableRow| match table.cells {
            Some(_) => row.cells.iter().any(Option::is_some),
            None => row.measures.iter().any(Option::is_some),
        };
        table.rows.iter().any(has_numbers)
    }
}

impl ExportContents<'_> {
    /// What it holds.
    pub fn holds(&self) -> Holds {
        match self {
            ExportContents::Tables(_) => Holds::Tables,
            ExportContents::Picture(_) => Holds::Picture,
            ExportContents::Trace(_) => Holds::Trace,
            ExportContents::Page(_) => Holds::Page,
            ExportContents::Figure(_) => Holds::Figure,
        }
    }
}

impl<'c, T: Tables> From<&'c T> for ExportContents<'c> {
    fn from(tables: &'c T) -> Self {
        ExportContents::Tables(tables)
    }
}

impl<'c> From<&'c TraceDocument<'c>> for ExportContents<'c> {
    fn from(trace: &'c TraceDocument<'c>) -> Self {
        ExportContents::Trace(trace)
    }
}

impl<'c> From<&'c AttentionPage<'c>> for ExportContents<'c> {
    fn from(page: &'c AttentionPage<'c>) -> Self {
        ExportContents::Page(page)
    }
}
