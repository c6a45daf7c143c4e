//! Tables with what they are about, in every form a file can have.

mod html;
mod json;
mod npz;
mod separated;
mod text;

use std::{fmt, str::FromStr};

use super::{cuts, npz::NpzError};
use crate::{
    analysis::{Key, Quantity, Table},
    bert::{Cuts, ModelInfo, Trace},
    printable::printable,
};

/// Tables, and what to know about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Facts in the order they are told: the model, the text, how attention is looked at.
    pub about: Vec<(&'static str, String)>,
    /// From the top.
    pub tables: Vec<Table>,
    /// An SVG picture of clscope's own that a page shows on top.
    pub picture: Option<String>,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For reading in a terminal.
    Table,
    /// Tab-separated values.
    Tsv,
    /// Comma-separated values, quoted as in RFC 4180.
    Csv,
    /// One line of JSON.
    Json,
    /// A numpy archive.
    Npz,
    /// A page for a browser that needs no network.
    Html,
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// As values with separators.
    #[error("cannot write the values: {0}")]
    Separated(#[from] csv::Error),
    /// As JSON.
    #[error("cannot write the JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// As a numpy archive.
    #[error(transparent)]
    Npz(#[from] NpzError),
}

impl Format {
    /// Every form.
    pub const ALL: &'static [Format] =
        &[Format::Table, Format::Tsv, Format::Csv, Format::Json, Format::Npz, Format::Html];

    /// As on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Tsv => "tsv",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Npz => "npz",
            Format::Html => "html",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
        let found = Self::ALL.iter().copied().find(|format| format.name() == text);
        found.ok_or_else(|| format!("write one of: {names}"))
    }
}

impl Document {
    /// About a trace: the model and where it came from (`embedded`, a directory, the Hub), what it read, and what was
    /// switched off.
    pub fn new(info: &ModelInfo, origin: &str, trace: &Trace, cuts: &Cuts) -> Self {
        let Self { mut about, .. } = Self::of_model(info, origin);
        about.push(("text", trace.input.text.clone()));
        about.extend(trace.input.pair.clone().map(|pair| ("pair", pair)));
        about.extend(trace.truncation.map(|cut| ("truncated", format!("{} of {} tokens", cut.to, cut.from))));
        about.extend(cuts::words(cuts).map(|words| ("off", words)));
        Self { about, ..Self::default() }
    }

    /// About a model and where it came from.
    pub fn of_model(info: &ModelInfo, origin: &str) -> Self {
        Self { about: vec![("model", info.name.clone()), ("origin", origin.to_owned())], ..Self::default() }
    }

    /// With one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.about.push((name, value.to_string()));
        self
    }

    /// The contents of a file.
    ///
    /// # Errors
    /// When an archive would be too large for its format; for the others none are known.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, WriteError> {
        Ok(match format {
            Format::Table => text::text(self).into_bytes(),
            Format::Tsv => separated::tsv(self)?,
            Format::Csv => separated::csv(self)?,
            Format::Json => json::json(self)?,
            Format::Npz => npz::npz(self)?,
            Format::Html => html::html(self)?.into_bytes(),
        })
    }
}

/// Text from outside in one line, safe to print.
fn one_line(text: &str) -> String {
    printable(&text.replace(['\t', '\n', '\r'], " ")).into_owned()
}

fn key_text(key: &Key) -> String {
    match key {
        Key::Number(number) => number.to_string(),
        Key::Text(text) => one_line(text),
    }
}

/// A measure's heading for people, with its unit.
fn heading(name: &str, quantity: Quantity) -> String {
    let unit = if quantity == Quantity::Share { " %" } else { "" };
    format!("{}{unit}", one_line(name))
}

/// A table's title for people, with the unit of its cells.
fn titled(table: &Table) -> String {
    let shares = table.cells.as_ref().is_some_and(|cells| cells.quantity == Quantity::Share);
    format!("{}{}", one_line(&table.title), if shares { ", in percent" } else { "" })
}
