//! Some texts as tokens: what of them is unknown, and which of them a model cannot tell apart.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{Reader, Script};
use crate::bert::{BertError, Encoding, Input, UnknownTokens};

/// What is known of some texts from their tokens' ids alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenizedTexts {
    texts: Vec<TokenizedText>,
    /// Groups of texts that differ and have the same ids, in the order of their first ones; numbers from 0, ascending.
    indistinct: Vec<Vec<usize>>,
    /// The script of most letters that are not read.
    unread: Option<Script>,
}

/// What is known of one text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct TokenizedText {
    unknown: UnknownTokens,
    /// The group it is in.
    indistinct: Option<usize>,
}

impl TokenizedTexts {
    /// Splits the texts into tokens, each alone.
    ///
    /// # Errors
    /// As for [`Reader::encode`].
    pub fn of<T: AsRef<str>>(reader: &dyn Reader, texts: &[T]) -> Result<Self, BertError> {
        let inputs = texts.iter().map(|text| Input::single(text.as_ref()));
        Self::of_encodings(inputs.map(|input| reader.encode(&input)))
    }

    /// The same of texts that are split already.
    ///
    /// # Errors
    /// The first among the encodings.
    pub fn of_encodings(encodings: impl IntoIterator<Item = Result<Encoding, BertError>>) -> Result<Self, BertError> {
        let mut splitter = TextSplitter::default();
        for encoding in encodings {
            splitter.push(&encoding?);
        }
        Ok(splitter.finish())
    }

    /// How much of a text is unknown, by its number from 0; nothing of one that is not there.
    pub fn unknown(&self, text: usize) -> UnknownTokens {
        self.texts.get(text).map_or_else(UnknownTokens::default, |text| text.unknown)
    }

    /// How much of all texts is unknown.
    pub fn unknown_of_all(&self) -> UnknownTokens {
        self.texts.iter().fold(UnknownTokens::default(), |all, text| all + text.unknown)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The texts with unknown tokens, those with the greatest share of them first; of equals, the longest.
    pub fn worst(&self) -> Vec<usize> {
        let mut worst: Vec<usize> = (0..self.len()).filter(|&text| self.unknown(text).any()).collect();
        let share = |text: usize| (self.unknown(text).share(), self.unknown(text).of);
        worst.sort_by(|&a, &b| share(b).partial_cmp(&share(a)).unwrap_or(std::cmp::Ordering::Equal));
        worst
    }

    /// Groups of texts that differ and become the same ids, numbers from 0.
    pub fn indistinct(&self) -> &[Vec<usize>] {
        &self.indistinct
    }

    /// Whether two texts become the same ids though they, or others in their group, differ.
    pub fn are_indistinct(&self, a: usize, b: usize) -> bool {
        let group = |text: usize| self.texts.get(text).and_then(|text| text.indistinct);
        a != b && group(a).is_some() && group(a) == group(b)
    }

    /// Whether so much of one of the two is unknown that nothing can be said of how close they are.
    pub fn withhold(&self, a: usize, b: usize) -> bool {
        self.unknown(a).are_many() || self.unknown(b).are_many()
    }

    /// The script of most letters that are not read; none where all are, or where they are signs and emoji.
    pub fn unread_script(&self) -> Option<Script> {
        self.unread
    }
}

/// Finds out what is known of texts that come one after the other; holds none of them.
#[derive(Debug, Default)]
pub struct TextSplitter {
    texts: Vec<TokenizedText>,
    /// The number of a group by a hash of its ids.
    numbers: HashMap<u128, usize>,
    groups: Vec<SameTokens>,
    /// Letters that are not read.
    unread: String,
}

/// Texts with the same ids.
#[derive(Debug)]
struct SameTokens {
    /// A hash of the first text.
    first: u128,
    /// Whether another text in it differs from the first.
    differ: bool,
    texts: Vec<usize>,
}

impl TextSplitter {
    /// So many bytes of letters tell a script.
    const ENOUGH: usize = 1 << 16;

    /// Takes in one more; returns how much of it is unknown.
    pub fn push(&mut self, encoding: &Encoding) -> UnknownTokens {
        let Encoding { input, tokens, .. } = encoding;
        let number = self.texts.len();
        let unknown = UnknownTokens::among(tokens);
        self.texts.push(TokenizedText { unknown, indistinct: None });
        let (text, groups) = (hash(input), self.groups.len());
        let ids: Vec<u32> = tokens.iter().map(|token| token.id).collect();
        match *self.numbers.entry(hash(&ids)).or_insert(groups) {
            new if new == groups => self.groups.push(SameTokens { first: text, differ: false, texts: vec![number] }),
            old => {
                let group = &mut self.groups[old];
                group.differ |= group.first != text;
                group.texts.push(number);
            }
        }
        for token in tokens.iter().filter(|token| token.unknown) {
            let text = input.sentence(token.sentence);
            let unread = token.span.clone().and_then(|span| text.get(span));
            self.unread.extend(unread.filter(|_| self.unread.len() < Self::ENOUGH));
        }
        unknown
    }

    /// What is known of all.
    pub fn finish(self) -> TokenizedTexts {
        let Self { mut texts, groups, unread, .. } = self;
        let indistinct: Vec<Vec<usize>> =
            groups.into_iter().filter(|group| group.differ).map(|group| group.texts).collect();
        for (number, group) in indistinct.iter().enumerate() {
            group.iter().for_each(|&at| texts[at].indistinct = Some(number));
        }
        TokenizedTexts { texts, indistinct, unread: Script::of_letters(&unread) }
    }
}

/// 128 bits, so that no two are mistaken for each other.
fn hash(value: &impl Hash) -> u128 {
    let half = |number: u8| {
        let mut hash = DefaultHasher::new();
        (number, value).hash(&mut hash);
        u128::from(hash.finish())
    };
    half(0) << 64 | half(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bert::{Sentence, Token};

    /// A token a character; small letters are known.
    fn encoding(text: &str) -> Result<Encoding, BertError> {
        let token = |(start, character): (usize, char)| {
            let unknown = !character.is_ascii_lowercase();
            Token {
                text: character.to_string(),
                mark: 0,
                id: if unknown { 0 } else { character.into() },
                type_id: 0,
                sentence: Sentence::A,
                special: unknown,
                unknown,
                span: Some(start..start + character.len_utf8()),
                word: None,
            }
        };
        let tokens = text.char_indices().map(token).collect();
        Ok(Encoding { input: Input::single(text), tokens, truncation: None })
    }

    fn texts(all: &[&str]) -> TokenizedTexts {
        TokenizedTexts::of_encodings(all.iter().map(|text| encoding(text))).unwrap()
    }

    #[test]
    fn what_becomes_the_same_is_grouped() {
        let texts = texts(&["кот", "abc", "дом", "abc", "пёс", "aд", "ab"]);
        assert_eq!(texts.indistinct(), [vec![0, 2, 4]], "the same text twice is no mistake");
        assert!(texts.are_indistinct(0, 4) && texts.are_indistinct(2, 0));
        assert!(!texts.are_indistinct(0, 0) && !texts.are_indistinct(1, 3) && !texts.are_indistinct(0, 99));
    }

    #[test]
    fn the_worst_come_first() {
        let texts = texts(&["abcdefgh🙂", "кот", "abc", "ไทยab", "дома"]);
        assert_eq!(texts.worst(), [4, 1, 3, 0]);
        assert_eq!(texts.unknown_of_all(), UnknownTokens { count: 11, of: 24 });
        assert_eq!(texts.unknown(3), UnknownTokens { count: 3, of: 5 });
        assert!(texts.withhold(2, 3) && texts.withhold(1, 2) && !texts.withhold(0, 2), "1 of 9 is not many");
        assert_eq!(texts.unread_script().unwrap().name(), "Cyrillic");
    }
}
