//! Some texts as tokens: what of them is unknown, and which of them a model cannot tell apart.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{Reader, Script};
use crate::bert::{BertError, Encoding, Input, Token, UnknownTokens};

/// What is known of one text from its tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenizedText {
    /// How much of it is unknown.
    pub unknown: UnknownTokens,
    /// The tokens' ids, specials included: what the model reads.
    ids: Vec<u32>,
    /// The parts of the text that are not read, one after the other.
    unread: String,
}

impl TokenizedText {
    /// From the tokens of an input.
    pub fn new(input: &Input, tokens: &[Token]) -> Self {
        let unread = tokens.iter().filter(|token| token.unknown);
        let unread = unread.filter_map(|token| input.sentence(token.sentence).get(token.span.clone()?));
        Self {
            unknown: UnknownTokens::among(tokens),
            ids: tokens.iter().map(|token| token.id).collect(),
            unread: unread.collect(),
        }
    }
}

/// What is known of some texts from their tokens' ids alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenizedTexts {
    /// How much of each is unknown, and the group it is in.
    texts: Vec<(UnknownTokens, Option<usize>)>,
    /// Groups of texts that differ and have the same ids, in the order of their first ones; numbers from 0, ascending.
    indistinct: Vec<Vec<usize>>,
    /// The script of most letters that are not read.
    unread: Option<Script>,
}

impl TokenizedTexts {
    /// Texts that are split already; of one that is not yet, nothing is known.
    pub fn new<'t>(of: impl IntoIterator<Item = (&'t str, Option<&'t TokenizedText>)>) -> Self {
        let mut splitter = TextSplitter::default();
        of.into_iter().for_each(|(text, known)| splitter.push(text, known));
        splitter.finish()
    }

    /// Splits the texts into tokens, each alone.
    ///
    /// # Errors
    /// As for [`Reader::encode`].
    pub fn of<T: AsRef<str>>(reader: &dyn Reader, texts: &[T]) -> Result<Self, BertError> {
        let mut splitter = TextSplitter::default();
        for text in texts.iter().map(AsRef::as_ref) {
            let Encoding { input, tokens, .. } = reader.encode(&Input::single(text))?;
            splitter.push(text, Some(&TokenizedText::new(&input, &tokens)));
        }
        Ok(splitter.finish())
    }

    /// How much of a text is unknown, by its number from 0; nothing of one that is not there.
    pub fn unknown(&self, text: usize) -> UnknownTokens {
        self.texts.get(text).map_or_else(UnknownTokens::default, |(unknown, _)| *unknown)
    }

    /// How much of all texts is unknown.
    pub fn unknown_of_all(&self) -> UnknownTokens {
        self.texts.iter().fold(UnknownTokens::default(), |all, (unknown, _)| all + *unknown)
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
        let group = |text: usize| self.texts.get(text).and_then(|(_, group)| *group);
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
    texts: Vec<(UnknownTokens, Option<usize>)>,
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

    /// Takes in one more; of one that is not split yet, nothing is known.
    pub fn push(&mut self, text: &str, known: Option<&TokenizedText>) {
        let number = self.texts.len();
        self.texts.push((known.map_or_else(UnknownTokens::default, |known| known.unknown), None));
        let Some(TokenizedText { ids, unread, .. }) = known else { return };
        let (text, new) = (hash(&text), self.groups.len());
        match *self.numbers.entry(hash(ids)).or_insert(new) {
            old if old == new => self.groups.push(SameTokens { first: text, differ: false, texts: vec![number] }),
            old => {
                let group = &mut self.groups[old];
                group.differ |= group.first != text;
                group.texts.push(number);
            }
        }
        if self.unread.len() < Self::ENOUGH {
            self.unread.push_str(unread);
        }
    }

    /// What is known of all.
    pub fn finish(self) -> TokenizedTexts {
        let Self { mut texts, groups, unread, .. } = self;
        let indistinct: Vec<Vec<usize>> =
            groups.into_iter().filter(|group| group.differ).map(|group| group.texts).collect();
        for (number, group) in indistinct.iter().enumerate() {
            group.iter().for_each(|&at| texts[at].1 = Some(number));
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

    /// A token a character; small letters are known.
    fn tokenized(text: &str) -> TokenizedText {
        let token = |(start, character): (usize, char)| {
            let unknown = !character.is_ascii_lowercase();
            Token {
                id: if unknown { 0 } else { character.into() },
                special: unknown,
                unknown,
                span: Some(start..start + character.len_utf8()),
                ..Token::example(character)
            }
        };
        TokenizedText::new(&Input::single(text), &text.char_indices().map(token).collect::<Vec<_>>())
    }

    fn texts(all: &[&str]) -> TokenizedTexts {
        let tokenized: Vec<TokenizedText> = all.iter().map(|text| tokenized(text)).collect();
        TokenizedTexts::new(all.iter().copied().zip(tokenized.iter().map(Some)))
    }

    #[test]
    fn of_what_is_not_split_nothing_is_known() {
        let known = tokenized("кот");
        let texts = TokenizedTexts::new([("дом", None), ("кот", Some(&known)), ("пёс", None)]);
        assert_eq!((texts.len(), texts.worst()), (3, vec![1]));
        assert!(texts.indistinct().is_empty() && !texts.withhold(0, 2));
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
