//! The languages there are, and the one that is spoken.

use std::{
    cell::Cell,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
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
    /// Chinese in simplified characters.
    Chinese = "zh",
}

/// The place of the language in [`Language::ALL`].
static CURRENT: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// What this thread speaks instead.
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// The language that is spoken.
pub fn language() -> Language {
    let of_all = || Language::ALL.get(CURRENT.load(Ordering::Relaxed)).copied().unwrap_or_default();
    HERE.get().unwrap_or_else(of_all)
}

/// Speaks this language from now on, in every thread; what is on screen is to be drawn anew.
pub fn set_language(language: Language) {
    CURRENT.store(language as usize, Ordering::Relaxed);
}

/// Does something while this thread alone speaks a language, whatever the others do: tests run beside each other.
pub fn speaking<T>(language: Language, what: impl FnOnce() -> T) -> T {
    struct Before(Option<Language>);
    impl Drop for Before {
        fn drop(&mut self) {
            HERE.set(self.0);
        }
    }
    let _before = Before(HERE.replace(Some(language)));
    what()
}

impl Language {
    /// The language of a tag (BCP 47) or of a locale as POSIX writes it: `zh`, `zh-Hans`, `zh_CN.UTF-8`; none for one that
    /// clscope does not speak.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.iter().copied().find(|language| language.tag() == primary)
    }

    /// What the environment asks messages to be in: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set to
    /// something; English where that is another language.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
        set.and_then(|locale| Self::of_tag(&locale)).unwrap_or_default()
    }

    /// The one after it, in turn.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    /// Its messages, read when the first of them is asked for.
    pub(super) fn catalogue(self) -> &'static Catalogue {
        static CATALOGUES: [OnceLock<Catalogue>; Language::ALL.len()] = [const { OnceLock::new() }; _];
        CATALOGUES[self as usize].get_or_init(|| Catalogue::parse(self.tag(), self.source()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_names_the_language() {
        let of = |set: &[(&str, &str)]| {
            Language::of_environment(|name| {
                set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[]), Language::English);
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8")]), Language::Chinese);
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_GB.UTF-8")]), Language::English);
        assert_eq!(of(&[("LANG", "de_DE"), ("LC_ALL", ""), ("LC_MESSAGES", "zh_TW@x")]), Language::Chinese);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "zh_CN")]), Language::English, "LC_ALL wins");
        assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), Language::English);
    }

    #[test]
    fn a_thread_can_speak_by_itself() {
        let before = language();
        assert_eq!(
            speaking(Language::Chinese, || (language(), std::thread::spawn(language).join().unwrap())),
            (Language::Chinese, before)
        );
        assert_eq!(language(), before);
    }
}
