//! Headings that name the two sides of a pair: sentence1 and sentence2, premise and hypothesis.

use std::collections::{HashMap, HashSet};

use super::names::{Role, words};

/// Two headings that name the two sides of a pair: which heading, and what both have in common.
pub(super) struct Sides {
    pub first: usize,
    pub second: usize,
    /// The common part; both headings, where they differ wholly (premise, hypothesis).
    pub stem: String,
}

impl Sides {
    /// Whether the two headings differ wholly and belong together all the same.
    pub(super) fn are_couple(&self) -> bool {
        self.stem.contains(' ')
    }
}

/// Marks of the first and the second side.
const SIDES: &str = "1/2 0/1 a/b x/y i/ii one/two first/second left/right 一/二 甲/乙 左/右";

/// Names that belong together.
const COUPLES: &str = "premise/hypothesis query/document query/passage query/title query/response query/positive query/doc \
        question/answer anchor/positive source/target src/tgt original/paraphrase text/paraphrase \
        sentence/paraphrase reference/candidate reference/hypothesis context/response text/hypothesis \
        sentence/question question/sentence 问题/答案 原句/改写 前提/假设";

/// What stands behind a name in a list of pairs.
fn partners<'p>(pairs: &'p str, one: &str) -> impl Iterator<Item = &'p str> {
    pairs.split(' ').filter_map(|pair| pair.split_once('/')).filter(move |(first, _)| *first == one).map(|(_, two)| two)
}

/// All sides among the headings, each pair once. A partner is looked up by its words, as tables may have thousands of
/// columns.
pub(super) fn sides(headings: &[String]) -> Vec<Sides> {
    let split: Vec<Vec<String>> = headings.iter().map(|heading| side_words(heading)).collect();
    let mut by_words = HashMap::<Vec<&str>, Vec<usize>>::new();
    for (column, words) in split.iter().enumerate() {
        by_words.entry(words.iter().map(String::as_str).collect()).or_default().push(column);
    }
    let mut found = Vec::new();
    for (first, one) in split.iter().enumerate() {
        let start = found.len();
        let mut find = |two: &[&str], stem: String| {
            for &second in by_words.get(two).into_iter().flatten() {
                found.push(Sides { first, second, stem: stem.clone() });
            }
        };
        if let [one] = &one[..] {
            partners(COUPLES, one).for_each(|two| find(&[two], format!("{one} {two}")));
        }
        let mut words: Vec<&str> = one.iter().map(String::as_str).collect();
        for at in 0..words.len() {
            for mark in partners(SIDES, &one[at]) {
                let stem = [&words[..at], &words[at + 1..]].concat().join("_");
                words[at] = mark;
                find(&words, stem);
                words[at] = &one[at];
            }
        }
        found[start..].sort_by_key(|sides| sides.second);
    }
    // 1 and 2 are sides though 0 and 1 are there as well; 0 and 1 are not where 2 is.
    let middle: HashSet<usize> = found.iter().map(|sides| sides.first).collect();
    found.retain(|sides| {
        let zero = split[sides.first].iter().any(|word| word == "0");
        !(zero && middle.contains(&sides.second))
    });
    found
}

/// The words of a heading, with a Chinese numeral at its end as a word of its own.
fn side_words(heading: &str) -> Vec<String> {
    let mut words = words(heading);
    // sentencea, sentenceb: one word, for it has no capital.
    if let [.., last] = &mut words[..] {
        let marks = ["一", "二", "甲", "乙", "左", "右", "a", "b"];
        if let Some(mark) = marks.iter().find(|mark| last.len() > mark.len() && last.ends_with(**mark)) {
            let stem = last[..last.len() - mark.len()].to_owned();
            if !mark.is_ascii() || Role::Text.standing(&stem).is_some() {
                *last = stem;
                words.push((*mark).to_owned());
            }
        }
    }
    if let [first, ..] = &mut words[..]
        && let Some(rest) = first.strip_prefix('第')
    {
        let rest = rest.to_owned();
        if let Some(mark) = rest.chars().next().filter(|c| matches!(c, '一' | '二')) {
            *first = rest[mark.len_utf8()..].to_owned();
            words.insert(0, mark.to_string());
            words.retain(|word| !word.is_empty());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_belong_together() {
        let found = |headings: &[&str]| {
            let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
            sides(&headings).iter().map(|s| (s.first, s.second, s.stem.clone())).collect::<Vec<_>>()
        };
        assert_eq!(found(&["Quality", "#1 ID", "#2 ID", "#1 String", "#2 String"]).len(), 2);
        assert_eq!(found(&["sentence2", "score", "sentence1"]), [(2, 0, "sentence".to_owned())]);
        for (one, two) in [
            ("textA", "textB"),
            ("text_a", "text_b"),
            ("sentencea", "sentenceb"),
            ("first text", "second text"),
            ("premise", "hypothesis"),
            ("句子一", "句子二"),
            ("第一句", "第二句"),
            ("句子A", "句子B"),
            ("sentence0", "sentence1"),
            ("title1_zh", "title2_zh"),
            ("q1", "q2"),
        ] {
            assert_eq!(found(&[one, "label", two]).len(), 1, "{one} {two}");
        }
        assert_eq!(found(&["s0", "s1", "s2"]).len(), 1);
        assert_eq!(found(&["a", "label"]), []);
        let many: Vec<String> =
            (0..40_000).map(|at| format!("feature {at}")).chain(["q1", "q2"].map(str::to_owned)).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(found(&many).last(), Some(&(40_000, 40_001, "q".to_owned())), "two in forty thousand");
    }
}
