use std::{collections::HashSet, sync::LazyLock};

use super::super::Units;
use crate::bert::Trace;

/// What a unit of a sentence is, by closed lists of function words in English and simplified Chinese (`config/words/`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitClass {
    /// A word that is on no list: nouns, verbs, adjectives, numbers.
    Content,
    /// A word of a closed class: articles, pronouns, prepositions, auxiliaries.
    Function,
    /// It has no letter or digit.
    Sign,
    /// The first token, where the tokenizer has added it.
    Cls,
    /// Another special that the tokenizer has added.
    Special,
}

impl UnitClass {
    /// Every class, in the order shown.
    pub const ALL: [Self; 5] = [Self::Content, Self::Function, Self::Sign, Self::Special, Self::Cls];

    /// In files.
    pub fn id(self) -> &'static str {
        match self {
            UnitClass::Content => "content-word",
            UnitClass::Function => "function-word",
            UnitClass::Sign => "sign",
            UnitClass::Cls => "cls",
            UnitClass::Special => "special",
        }
    }

    /// Whether it is a word.
    pub fn is_word(self) -> bool {
        matches!(self, UnitClass::Content | UnitClass::Function)
    }

    /// That of each unit, `[unit]`.
    pub fn of_units(trace: &Trace, units: &Units) -> Vec<Self> {
        let class = |unit| {
            let text = units.text(trace, unit);
            match () {
                () if units.is_special(unit) && units.tokens(unit).start == 0 => UnitClass::Cls,
                () if units.is_special(unit) => UnitClass::Special,
                () if !text.chars().any(char::is_alphanumeric) => UnitClass::Sign,
                () if is_function_word(&text) => UnitClass::Function,
                () => UnitClass::Content,
            }
        };
        (0..units.len()).map(class).collect()
    }
}

/// Whether a word, however it is written, is of a closed class.
fn is_function_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let lists = [
            include_str!("../../../config/words/function-en.txt"),
            include_str!("../../../config/words/function-zh.txt"),
        ];
        let lines = lists.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).collect()
    });
    WORDS.contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::is_function_word;

    #[test]
    fn closed_classes_are_known_in_both_languages() {
        for word in ["the", "The", "of", "doesn", "我", "的", "我们", "因为"] {
            assert!(is_function_word(word), "{word}");
        }
        for word in ["cat", "tired", "猫", "银行", "#", "three", ""] {
            assert!(!is_function_word(word), "{word}");
        }
    }
}
