//! A TOML text and its name: reading it, laying one over another, and saying where it is wrong.

use super::{ConfigError, plain_words::in_plain_words};
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use crate::messages::{message, quoted};

/// A configuration file in memory.
#[derive(Clone, Copy)]
pub struct SettingsSource<'s> {
    /// The name that messages give it.
    pub file: &'s str,
    /// What is in it.
    pub text: &'s str,
}

impl<'s> SettingsSource<'s> {
    /// The text as a table that knows where each entry stands.
    pub fn table(self) -> Result<DeTable<'s>, ConfigError> {
        DeTable::parse(self.text).map(Spanned::into_inner).map_err(|error| self.toml_error(&error))
    }

    /// Takes the table of this name out of `parent`; an empty one when there is none.
    pub fn take_table(self, parent: &mut DeTable<'s>, name: &str) -> Result<DeTable<'s>, ConfigError> {
        match parent.remove(name).map(|value| (value.span(), value.into_inner())) {
            None => Ok(DeTable::new()),
            Some((_, DeValue::Table(table))) => Ok(table),
            Some((span, _)) => Err(self.error(span, message!("config-no-table", name = quoted(name)))),
        }
    }

    /// Lays `patch`, which came from this source, over `base` and reads the outcome.
    /// `base` knows every valid name but `more`; `unknown` says what is wrong with a name that is none of these, given
    /// in quotation marks, with the valid ones.
    pub fn read_over<T: DeserializeOwned>(
        self,
        mut base: DeTable<'s>,
        patch: DeTable<'s>,
        more: &[&str],
        unknown: impl Fn(String, String) -> String,
    ) -> Result<T, ConfigError> {
        if let Some(key) = patch.keys().find(|key| !base.contains_key(*key)) {
            let choices: Vec<&str> =
                base.keys().map(|key| key.get_ref().as_ref()).chain(more.iter().copied()).collect();
            return Err(self.error(key.span(), unknown(quoted(key.get_ref()), choices.join(", "))));
        }
        overlay(&mut base, patch);
        // The embedded half is valid (the tests see to it), so what is wrong is the patch, and its spans are ours.
        T::deserialize(Deserializer::from(Spanned::new(0..0, base))).map_err(|error| self.toml_error(&error))
    }

    /// A problem at a place, given in bytes.
    pub fn error(self, at: Range<usize>, problem: String) -> ConfigError {
        ConfigError::Invalid { file: self.file.to_owned(), line: line_of(self.text, at.start), problem }
    }

    fn toml_error(self, error: &toml::de::Error) -> ConfigError {
        let (line, problem) = what_is_wrong(self.text, error);
        ConfigError::Invalid { file: self.file.to_owned(), line, problem }
    }
}

/// What is wrong with a TOML text, in one line, and in which of its lines, from 1.
pub fn what_is_wrong(text: &str, error: &toml::de::Error) -> (usize, String) {
    let at = error.span().unwrap_or_default();
    let line = line_of(text, at.start);
    if error.message() == "duplicate key" {
        return (line, message!("config-duplicate-key", key = quoted(text.get(at).unwrap_or_default())));
    }
    // Without the source text in the error, its Display is the message and "in" the path of keys to it.
    let mut bare = error.clone();
    bare.set_input(None);
    let problem = match bare.to_string().trim_end().rsplit_once("\nin ") {
        Some((said, path)) => format!("{}: {}", path.trim_matches('`'), in_plain_words(text, said)),
        None => in_plain_words(text, error.message()),
    };
    (line, problem.replace('\n', " "))
}

/// The line of a place given in bytes, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// Tables are merged entry by entry; anything else is replaced. All that is touched gets the patch's spans.
fn overlay<'s>(base: &mut DeTable<'s>, patch: DeTable<'s>) {
    for (key, value) in patch {
        let span = value.span();
        let merged = match (base.remove(&key).map(Spanned::into_inner), value.into_inner()) {
            (Some(DeValue::Table(mut inner)), DeValue::Table(patch)) => {
                overlay(&mut inner, patch);
                DeValue::Table(inner)
            }
            (_, value) => value,
        };
        base.insert(key, Spanned::new(span, merged));
    }
}
