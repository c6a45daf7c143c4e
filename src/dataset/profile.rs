//! What is in a column: numbers, words, sentences, ids.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{
    names::is_cjk,
    record::{Record, RecordCell},
    scores::{number, truth, with_comma},
};

/// What a column's values have in common.
#[derive(Debug, Default)]
pub(super) struct Profile {
    /// How many values are not empty, and how many are lists or objects.
    pub present: usize,
    pub nested: usize,
    /// How many are a number, a whole one, True or False, a number with a decimal comma.
    pub numbers: usize,
    pub integers: usize,
    pub truths: usize,
    pub commas: usize,
    /// How many begin with a zero before another digit, and how many are years.
    zeros: usize,
    years: usize,
    /// How many have a letter; name a language or a split; are lists of short words;
    /// are one word of ASCII with a digit or a sign in it.
    letters: usize,
    tags: usize,
    lists: usize,
    codes: usize,
    characters: usize,
    words: usize,
    /// Hashes of the different values.
    different: HashSet<u64>,
    /// The first different values.
    pub samples: Vec<String>,
    /// Whether whole numbers only grow.
    ascends: bool,
    last: Option<f64>,
}

/// How many different values a message shows, at most.
const SAMPLES: usize = 4;

/// The profiles of the columns that the records have.
pub(super) fn profiles(records: &[Record], columns: usize) -> Vec<Profile> {
    let mut profiles: Vec<Profile> = (0..columns).map(|_| Profile { ascends: true, ..Profile::default() }).collect();
    for record in records.iter().filter(|record| record.fault.is_none()) {
        for (column, cell) in record.values.filled() {
            let Some(profile) = profiles.get_mut(column) else { break };
            match cell {
                RecordCell::Nested => profile.nested += 1,
                cell => cell.text().into_iter().for_each(|text| profile.add(text)),
            }
        }
    }
    profiles
}

impl Profile {
    fn add(&mut self, text: &str) {
        self.present += 1;
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        if self.different.insert(hasher.finish()) && self.samples.len() < SAMPLES {
            self.samples.push(text.to_owned());
        }
        if let Some(value) = number(text) {
            self.numbers += 1;
            let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
            let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
            self.integers += usize::from(whole);
            self.zeros += usize::from(whole && digits.len() > 1 && digits.starts_with('0'));
            self.years += usize::from(whole && (1900.0..2100.0).contains(&value) && digits.len() == 4);
            self.ascends &= self.last.is_none_or(|last| value > last);
            self.last = Some(value);
        } else if truth(text).is_some() {
            self.truths += 1;
        } else if with_comma(text).is_some() {
            self.commas += 1;
        }
        self.letters += usize::from(text.chars().any(char::is_alphabetic));
        self.tags += usize::from(is_tag(text));
        self.characters += text.chars().count();
        // A character of Chinese says about as much as half a word.
        let cjk = text.chars().filter(|c| is_cjk(*c)).count();
        let spaced = text.split_whitespace().count();
        self.words += spaced + cjk / 2;
        self.lists += usize::from(is_list(text));
        let sign = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'_' | b'/' | b'@' | b':');
        self.codes += usize::from(spaced == 1 && text.is_ascii() && text.bytes().any(sign));
    }

    pub(super) fn distinct(&self) -> usize {
        self.different.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.present == 0
    }

    /// The same value again and again.
    pub(super) fn is_constant(&self) -> bool {
        self.present >= 2 && self.distinct() == 1
    }

    /// More than half are numbers, or True and False.
    pub(super) fn is_numeric(&self) -> bool {
        (self.numbers + self.truths) * 2 > self.present
    }

    /// Numbers, of which some have decimal commas.
    pub(super) fn has_decimal_commas(&self) -> bool {
        self.commas > 0 && (self.commas + self.numbers) * 10 >= self.present * 9
    }

    /// Whole numbers that all differ: the records' numbers, not something said about them. Of a few, chance makes such.
    pub(super) fn is_count(&self) -> bool {
        let all = self.integers == self.present && self.distinct() == self.present;
        all && (self.present >= 8 || self.present >= 4 && self.ascends)
    }

    /// Whole numbers that look like ids or years, though some come again.
    pub(super) fn is_id_like(&self) -> bool {
        let whole = self.present > 0 && self.integers == self.present;
        whole
            && (self.is_count()
                || self.zeros > 0
                || self.years == self.present
                || self.present >= 20 && self.distinct() * 2 > self.present)
    }

    /// Where a record is from rather than what it is: ids, languages, splits.
    pub(super) fn is_origin(&self) -> bool {
        self.is_id_like() || self.present > 0 && self.tags == self.present
    }

    /// Every value another one, so that nothing is told apart.
    pub(super) fn is_all_different(&self) -> bool {
        self.present >= 4 && self.distinct() == self.present
    }

    /// Numbers that are not whole.
    pub(super) fn is_continuous(&self) -> bool {
        self.is_numeric() && self.numbers > self.integers && self.distinct() > 10
    }

    /// Few values that come again and again.
    pub(super) fn has_classes(&self) -> bool {
        self.distinct() >= 2 && self.distinct() * 2 <= self.present
    }

    /// Values that could be sentences or parts of such.
    pub(super) fn is_text(&self) -> bool {
        self.present > 0 && !self.is_numeric() && self.letters * 2 > self.present && self.codes * 2 <= self.present
    }

    /// Words with commas between and no spaces: keywords, not a sentence.
    pub(super) fn is_listed(&self) -> bool {
        self.lists * 2 > self.present
    }

    /// Values that read like sentences: several words each.
    pub(super) fn reads(&self) -> bool {
        self.is_text() && self.words * 10 >= self.present * 18
    }

    /// In characters.
    pub(super) fn mean_length(&self) -> f64 {
        self.characters as f64 / self.present.max(1) as f64
    }
}

/// The name of a language or of a split.
fn is_tag(text: &str) -> bool {
    const LANGUAGES: &str = "en de fr es it pt nl ru zh ja ko ar tr pl sv da fi nb cs hu ro el he hi th vi id uk bg fa ur \
                             bn ta te eng deu fra spa ita por nld rus zho jpn kor";
    const SPLITS: &str = "train training dev development test testing val valid validation eval";
    let text = text.to_ascii_lowercase();
    let language = text.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.split(' ').any(|known| known == language) && text.len() <= 7
        || SPLITS.split(' ').any(|known| known == text)
}

/// Two short words or more with a delimiter and no space between them.
fn is_list(text: &str) -> bool {
    let parts: Vec<&str> = text.split([',', '|', ';']).collect();
    parts.len() >= 2
        && parts.iter().all(|part| !part.starts_with(' ') && !part.is_empty() && part.chars().count() <= 20)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::place::RecordPlace;

    fn of(values: &[&str]) -> Profile {
        let record = |text: &&str| Record::new(RecordPlace::line(1), vec![RecordCell::from(*text)]);
        let records: Vec<Record> = values.iter().map(record).collect();
        profiles(&records, 1).remove(0)
    }

    #[test]
    fn ids_are_told_from_scores() {
        assert!(of(&["0", "1", "2", "3"]).is_count());
        assert!(of(&["12", "7", "3", "9", "44", "1", "80", "5"]).is_count());
        assert!(!of(&["5", "3", "1", "0"]).is_count(), "a few scores differ by chance");
        assert!(!of(&["0.5", "1.5", "2.5", "3.5", "4.5"]).is_count());
        assert!(of(&["0001", "0001", "0002"]).is_id_like() && of(&["2012", "2014", "2012"]).is_id_like());
        assert!(!of(&["1", "0", "1", "1", "0"]).is_id_like());
        assert!(of(&["", "", ""]).is_empty() && of(&["x", "x"]).is_constant() && !of(&["x"]).is_constant());
    }

    #[test]
    fn sentences_are_told_from_words_and_codes() {
        assert!(of(&["A cat sat.", "It rains here."]).reads() && of(&["今天天气很好", "我们去公园"]).reads());
        assert!(!of(&["greet", "ask"]).reads() && of(&["greet", "ask"]).is_text());
        assert!(!of(&["a1b2", "c3d4"]).is_text() && !of(&["2020-01-02", "2020-03-04"]).is_text());
        assert!(
            of(&["保利集团,马未都,博物馆", "a,b"]).is_listed() && !of(&["It rains, today.", "No, yes"]).is_listed()
        );
        assert!(of(&["4,5", "3,0"]).has_decimal_commas() && !of(&["a,5"]).has_decimal_commas());
        assert!(of(&["True", "False"]).is_numeric());
        assert!(of(&["de", "en", "zh-CN"]).is_origin() && of(&["train", "Test"]).is_origin());
        assert!(!of(&["yes", "no"]).is_origin() && !of(&["ask", "tell"]).is_origin());
    }
}
