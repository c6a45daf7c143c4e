//! A message that is put into words when it is shown.

use std::fmt;

use unicode_width::UnicodeWidthStr;

use super::{
    language::{Language, language},
    value::Value,
};

/// A message without arguments, by its id: what a table of commands or a choice carries, in whatever language it will be
/// shown. [`label!`](super::label) makes one. Displays as its text, padded to as many cells as asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(&'static str);

impl Label {
    /// For [`label!`](super::label), through which the tests find it.
    #[doc(hidden)]
    pub const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// Its text in the language of the process.
    pub fn text(self) -> &'static str {
        let found = |language: Language| language.catalogue().text(self.0);
        found(language()).or_else(|| found(Language::default())).unwrap_or(self.0)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text();
        // A character of Chinese takes two cells of a terminal, which the formatter counts as one.
        let blanks = formatter.width().unwrap_or(0).saturating_sub(text.width());
        let (before, behind) = match formatter.align() {
            Some(fmt::Alignment::Right) => (blanks, 0),
            Some(fmt::Alignment::Center) => (blanks / 2, blanks - blanks / 2),
            Some(fmt::Alignment::Left) | None => (0, blanks),
        };
        write!(formatter, "{:before$}{text}{:behind$}", "", "")
    }
}

impl From<Label> for Value<'_> {
    fn from(label: Label) -> Self {
        label.text().into()
    }
}
