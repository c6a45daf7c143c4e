//! What a format is given to write.

use super::{document::Tables, page::AttentionPage, trace::TraceDocument};
use crate::messages::{Label, label};

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
    /// Vectors of sentences.
    Vectors,
    /// What a head says of texts.
    Predictions,
}

impl Holds {
    /// In a word or two.
    pub fn label(self) -> Label {
        match self {
            Holds::Tables => label!("export-holds-tables"),
            Holds::Picture => label!("export-holds-picture"),
            Holds::Trace => label!("export-holds-trace"),
            Holds::Page => label!("export-holds-page"),
            Holds::Vectors => label!("export-holds-vectors"),
            Holds::Predictions => label!("export-holds-predictions"),
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
}

impl ExportContents<'_> {
    /// What it holds.
    pub fn holds(&self) -> Holds {
        match self {
            ExportContents::Tables(_) => Holds::Tables,
            ExportContents::Picture(_) => Holds::Picture,
            ExportContents::Trace(_) => Holds::Trace,
            ExportContents::Page(_) => Holds::Page,
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
