//! A text of a data file in several languages.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};

use super::{
    Label,
    language::{Language, language},
    message, quoted,
};

/// A text in one language or more, as data files have it: `"a text"`, which is read in every language, or
/// `{ en = "a text", zh = "一段文字" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translated {
    /// For a language without a text of its own.
    any: String,
    by_tag: BTreeMap<&'static str, String>,
    /// In place of these, a message.
    label: Option<Label>,
}

impl Translated {
    /// The text in the language of the process; where there is none, in the first of [`Language::ALL`] that has one.
    pub fn text(&self) -> &str {
        match self.label {
            Some(label) => label.text(),
            None => self.by_tag.get(language().tag()).unwrap_or(&self.any),
        }
    }

    /// The text in one language, where it has one.
    pub fn of(&self, language: Language) -> Option<&str> {
        self.by_tag.get(language.tag()).map(String::as_str)
    }
}

impl From<String> for Translated {
    fn from(any: String) -> Self {
        Self { any, ..Self::default() }
    }
}

impl From<Label> for Translated {
    fn from(label: Label) -> Self {
        Self { label: Some(label), ..Self::default() }
    }
}

impl<'de> Deserialize<'de> for Translated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Read)
    }
}

struct Read;

impl<'de> Visitor<'de> for Read {
    type Value = Translated;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&message!("messages-translated"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Translated, E> {
        Ok(text.to_owned().into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Translated, A::Error> {
        let mut read = Translated::default();
        while let Some((tag, text)) = map.next_entry::<String, String>()? {
            let known = Language::ALL.iter().find(|language| language.tag() == tag);
            let language = known.ok_or_else(|| {
                let choices: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
                A::Error::custom(message!("messages-no-language", name = quoted(&tag), choices = choices.join(", ")))
            })?;
            read.by_tag.insert(language.tag(), text);
        }
        let first = Language::ALL.iter().find_map(|language| read.by_tag.get(language.tag()));
        read.any = first.cloned().ok_or_else(|| A::Error::invalid_length(0, &self))?;
        Ok(read)
    }
}
