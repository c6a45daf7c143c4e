//! The languages there are, and the one that is spoken.

use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use super::catalogue::Catalogue;

macro_rules! languages {
    ($($(#[$doc:meta])* $language:ident = $tag:literal,)*) => {
        /// A language that people read clscope in.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Language { $($(#[$doc])* $language,)* }

        impl Language {
            /// Every one.
            pub const ALL: &'static [Language] = &[$(Language::$language,)*];

            /// Its tag, as BCP 47 has it.
            pub fn tag(self) -> &'static str {
                match self { $(Language::$language => $tag,)* }
            }

            /// Its catalogue as it is written.
            pub fn source(self) -> &'static str {
                match self {
                    $(Language::$language => include_str!(concat!("../../config/messages/", $tag, ".ftl")),)*
                }
            }
        }
    };
}

languages! {
    /// The language of the ids, which has every message.
    #[default]
    English = "en",
}

/// The place of the language in [`Language::ALL`].
static CURRENT: AtomicUsize = AtomicUsize::new(0);

/// The language that is spoken.
pub fn language() -> Language {
    Language::ALL.get(CURRENT.load(Ordering::Relaxed)).copied().unwrap_or_default()
}

/// Speaks this language from now on, in every thread; what is on screen is to be drawn anew.
pub fn set_language(language: Language) {
    CURRENT.store(language as usize, Ordering::Relaxed);
}

impl Language {
    /// Its messages, read when the first of them is asked for.
    pub(super) fn catalogue(self) -> &'static Catalogue {
        static CATALOGUES: [OnceLock<Catalogue>; Language::ALL.len()] = [const { OnceLock::new() }; _];
        CATALOGUES[self as usize].get_or_init(|| Catalogue::parse(self.tag(), self.source()))
    }
}
