//! Tables with what they are about.

use std::{borrow::Cow, io};

use super::{ablation, error::WriteError, output::Output};
use crate::{
    analysis::{Key, Table, TableRow},
    bert::{Ablations, ModelInfo, Trace, UnknownTokens},
    messages::message,
    printable::{printable, without_controls},
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

/// What can be written as tables. A [`Document`] is laid out in each format's usual way. What has a layout of its own for
/// reading, or a JSON of its own, gives it here; every other format writes its document.
pub trait Tables {
    /// The facts and the tables.
    fn document(&self) -> Cow<'_, Document>;

    /// The tables with rows that are made as they are written; none for those of the document.
    fn streamed(&self) -> Option<Vec<StreamedTable<'_>>> {
        None
    }

    /// Writes the layout for reading in a terminal; none for the usual one.
    fn text(&self, _out: Output) -> Option<io::Result<()>> {
        None
    }

    /// Writes one line of JSON; none for the usual one.
    fn json(&self, _out: Output) -> Option<Result<(), WriteError>> {
        None
    }

    /// The titles of the tables.
    fn titles(&self) -> Vec<String> {
        match self.streamed() {
            Some(tables) => tables.iter().map(|table| table.head.title.clone()).collect(),
            None => self.document().tables.iter().map(|table| table.title.clone()).collect(),
        }
    }
}

/// A table whose rows come one after the other, so that it may be longer than memory.
pub struct StreamedTable<'t> {
    /// Its title and columns; without rows.
    pub head: Cow<'t, Table>,
    /// From the top.
    pub rows: Box<dyn Iterator<Item = Cow<'t, TableRow>> + 't>,
}

/// One of several tables, with all there is to know about them; in each format's usual way.
pub struct OneTable<'t> {
    tables: &'t dyn Tables,
    at: usize,
}

impl<'t> OneTable<'t> {
    /// That at a place, from 0; none at all where there is none.
    pub fn new(tables: &'t dyn Tables, at: usize) -> Self {
        Self { tables, at }
    }
}

impl Tables for OneTable<'_> {
    fn document(&self) -> Cow<'_, Document> {
        let document = self.tables.document();
        Cow::Owned(Document {
            about: document.about.clone(),
            tables: document.tables.get(self.at).cloned().into_iter().collect(),
            picture: document.picture.clone(),
        })
    }

    fn streamed(&self) -> Option<Vec<StreamedTable<'_>>> {
        Some(self.tables.streamed()?.into_iter().skip(self.at).take(1).collect())
    }
}

impl<'t> From<&'t Table> for StreamedTable<'t> {
    fn from(table: &'t Table) -> Self {
        Self { head: Cow::Borrowed(table), rows: Box::new(table.rows.iter().map(Cow::Borrowed)) }
    }
}

impl Tables for Document {
    fn document(&self) -> Cow<'_, Document> {
        Cow::Borrowed(self)
    }
}

impl Document {
    /// About a trace: the model and where it came from (`embedded`, a directory, the Hub), what it read, and what was
    /// ablated.
    pub fn new(info: &ModelInfo, origin: &str, trace: &Trace, ablations: &Ablations) -> Self {
        let Self { mut about, .. } = Self::of_model(info, origin);
        about.push(("text", trace.input.text.clone()));
        about.extend(trace.input.pair.clone().map(|pair| ("pair", pair)));
        let unknown = UnknownTokens::among(&trace.tokens);
        about.extend(
            unknown.any().then(|| ("unknown", message!("export-some-tokens", some = unknown.count, all = unknown.of))),
        );
        about.extend(
            trace.truncation.map(|cut| ("truncated", message!("export-some-tokens", some = cut.to, all = cut.from))),
        );
        about.extend(ablation::words(ablations).map(|words| ("off", words)));
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
}

/// Text from outside in one line, safe to print, for people.
pub(super) fn one_line(text: &str) -> String {
    printable(&without_breaks(text)).into_owned()
}

/// The same for programs: what has no width stays as it is.
pub(super) fn one_plain_line(text: &str) -> String {
    without_controls(&without_breaks(text)).into_owned()
}

fn without_breaks(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// A number of bytes as the key of a row.
pub(super) fn byte_count(bytes: u64) -> Key {
    usize::try_from(bytes).map_or_else(|_| Key::Text(bytes.to_string()), Key::Number)
}
