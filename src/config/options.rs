//! The settings at the top of the configuration; `config/clscope.toml` explains each.

use serde::{Deserialize, Deserializer, de::Error};

use crate::{
    bert::Backend,
    export::FigureStyle,
    messages::{Language, Translated, label, message, quoted},
};

/// The settings, under their names in the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// "embedded", or a directory.
    pub model: String,
    /// What computes.
    #[serde(deserialize_with = "backend")]
    pub backend: Backend,
    /// The colours.
    pub theme: ThemeName,
    /// How many colours.
    pub color: ColorChoice,
    /// How long typing must rest before the model runs, in milliseconds, at most 2000.
    #[serde(deserialize_with = "debounce")]
    pub debounce_ms: u16,
    /// What people read.
    pub language: LanguageChoice,
    /// Whether clicks are clscope's.
    pub mouse: bool,
    /// How figures look.
    #[serde(deserialize_with = "figure")]
    pub figure: FigureStyle,
    /// What the example key loads, in turn.
    pub examples: Vec<ExampleSetting>,
}

fn backend<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Backend, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

fn debounce<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    match u16::deserialize(deserializer) {
        Ok(value @ 0..=2000) => Ok(value),
        _ => Err(D::Error::custom(label!("config-debounce"))),
    }
}

fn figure<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FigureStyle, D::Error> {
    let figure = FigureStyle::deserialize(deserializer)?;
    let is_valid = FigureStyle::WIDTHS.contains(&figure.width.into())
        && FigureStyle::FONT_SIZES.contains(&figure.font_size.into());
    if is_valid { Ok(figure) } else { Err(D::Error::custom(label!("config-figure"))) }
}

/// A sentence to try, or a pair of them, as the settings have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleSetting {
    /// The sentence.
    pub text: String,
    /// The second sentence, if there is one.
    pub pair: Option<String>,
    /// What to look for in it.
    pub question: Option<Translated>,
    /// The language of the reader it is for; none where it is for every reader.
    pub language: Option<LanguageChoice>,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum ExampleEntry {
    Text(String),
    Pair { text: String, pair: Option<String>, question: Option<Translated>, language: Option<LanguageChoice> },
}

impl<'de> Deserialize<'de> for ExampleSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ExampleSetting, D::Error> {
        match ExampleEntry::deserialize(deserializer) {
            Ok(ExampleEntry::Text(text)) => Ok(ExampleSetting { text, pair: None, question: None, language: None }),
            Ok(ExampleEntry::Pair { text, pair, question, language }) => {
                Ok(ExampleSetting { text, pair, question, language })
            }
            // Neither of the two; what each of them lacks would say less.
            Err(_) => Err(D::Error::custom(message!("config-example"))),
        }
    }
}

/// A word that is none of the choices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", message!("config-unknown-choice", option = *.option, found = quoted(.found), choices = .choices))]
pub struct UnknownChoice {
    option: &'static str,
    found: String,
    choices: String,
}

macro_rules! choices {
    ($(#[$doc:meta])* $type:ident, $option:literal: $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        #[serde(try_from = "String")]
        pub enum $type { $($(#[$variant_doc])* $variant,)* }

        impl $type {
            /// Every choice.
            pub const ALL: &'static [$type] = &[$($type::$variant,)*];

            /// The choice as it is written.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)* }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = UnknownChoice;

            fn from_str(text: &str) -> Result<Self, UnknownChoice> {
                Self::ALL.iter().copied().find(|choice| choice.name() == text).ok_or_else(|| UnknownChoice {
                    option: $option,
                    found: text.to_owned(),
                    choices: [$($name),*].join(", "),
                })
            }
        }

        impl TryFrom<String> for $type {
            type Error = UnknownChoice;

            fn try_from(text: String) -> Result<Self, UnknownChoice> {
                text.parse()
            }
        }
    };
}

choices! {
    /// Which colours to use.
    ThemeName, "theme":
    /// Dark or light as the terminal is, mono when colour is off.
    Auto = "auto",
    /// For dark backgrounds.
    Dark = "dark",
    /// For light backgrounds.
    Light = "light",
    /// No colour at all.
    Mono = "mono",
}

choices! {
    /// How many colours to use.
    ColorChoice, "color":
    /// As many as the terminal says it can show.
    Auto = "auto",
    /// 24 bits.
    TrueColor = "truecolor",
    /// The 256 of xterm.
    Indexed256 = "256",
    /// The 16 of ANSI.
    Ansi16 = "16",
    /// None.
    Never = "never",
}

choices! {
    /// What people read clscope in.
    LanguageChoice, "language":
    /// What the environment says.
    Auto = "auto",
    /// English.
    English = "en",
    /// Chinese.
    Chinese = "zh",
}

impl LanguageChoice {
    /// The language that is chosen; none where that is left to the environment.
    pub fn language(self) -> Option<Language> {
        match self {
            LanguageChoice::Auto => None,
            LanguageChoice::English => Some(Language::English),
            LanguageChoice::Chinese => Some(Language::Chinese),
        }
    }
}
