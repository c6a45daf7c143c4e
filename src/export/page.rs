//! A page of every layer, head and token of an input, to be explored in a browser.

use super::document::Document;
use crate::{
    analysis::{AttentionOptions, Measure, MeasuredTrace},
    messages::Label,
};

/// Every layer, head and token of an input, with what a page says of them and does with keys.
#[derive(Clone, Debug)]
pub struct AttentionPage<'t> {
    /// What it is about; without tables.
    pub about: Document,
    /// What was read, with the groundwork of the measures.
    pub trace: &'t MeasuredTrace,
    /// At least one.
    pub measures: Vec<PageMeasure>,
    /// What is shown first.
    pub start: PageStart,
    /// The keys of its views, in the order of the help.
    pub keys: Vec<PageKey>,
}

/// A measure, and what is said of it; `{token}` stands where a token is named.
#[derive(Clone, Debug)]
pub struct PageMeasure {
    /// Which.
    pub measure: Measure,
    /// What a token does: `{token} looks at …`.
    pub from: String,
    /// What is done to a token: `… looks at {token}`.
    pub to: String,
    /// The heads: the mean, the maximum, and each; of a measure without heads what they are together.
    pub heads: Vec<String>,
}

/// What a page shows first; layers and tokens count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// The layer under the cursor.
    pub layer: usize,
    /// The token that looks, or that is looked at.
    pub source: usize,
    /// The token under the cursor.
    pub token: usize,
    /// How attention is looked at.
    pub options: AttentionOptions,
}

/// A command with its keys in one context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageKey {
    /// The context, as keymap files call it: `layers`, `heads`, `matrix`.
    pub context: &'static str,
    /// The command, as keymap files call it.
    pub command: &'static str,
    /// Its keys as the screen shows them: `←`, `PgUp`, `Ctrl-c`.
    pub keys: Vec<String>,
    /// What it does.
    pub description: Label,
}
