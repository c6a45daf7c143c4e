//! Whether the first line is a heading or data; what was decided, and why.

use crate::messages::{label, message};
use std::fmt;

use super::{
    names::is_known,
    record::Record,
    scores::{is_missing, is_numeric},
    show::first_values,
};

/// What the first line was taken for. Displays as a clause about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstLine {
    /// Whether it names the columns, and so is no example.
    pub is_heading: bool,
    /// Whether it could as well be the other; `strict` refuses that.
    pub doubtful: bool,
    /// What decided.
    pub why: Why,
    /// Its number, from 1; 0 where the form has names of its own.
    pub line: u64,
    /// What stands in it.
    pub values: Vec<String>,
}

/// What told a heading from data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The form has names for its columns, or none at all.
    Form,
    /// An option said so.
    Asked,
    /// Well-known names.
    Names,
    /// The numbers 0, 1, 2, as pandas writes them over columns without names.
    Positions,
    /// A word over a column of numbers.
    WordOverNumbers,
    /// A number over a column of numbers.
    Number,
    /// One word over a column of sentences.
    WordOverSentences,
    /// A sentence, or a word that comes again below.
    LikeTheRest,
}

impl FirstLine {
    pub(super) fn of_form() -> Self {
        Self { is_heading: false, doubtful: false, why: Why::Form, line: 0, values: Vec::new() }
    }
}

impl fmt::Display for FirstLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            Why::Form => return f.write_str(label!("dataset-form-names").text()),
            Why::Asked => label!("dataset-why-as-asked"),
            Why::Names => label!("dataset-why-names"),
            Why::Positions => label!("dataset-why-positions"),
            Why::WordOverNumbers => label!("dataset-why-word-over-numbers"),
            Why::Number => label!("dataset-why-number"),
            Why::WordOverSentences => label!("dataset-why-words-over-sentences"),
            Why::LikeTheRest => label!("dataset-why-like-the-rest"),
        };
        let values = first_values(&self.values);
        f.write_str(&match self.is_heading {
            true => message!("dataset-first-is-heading", line = self.line, why = why, values = values),
            false => message!("dataset-first-is-data", line = self.line, why = why, values = values),
        })
    }
}

/// How many records below the first are looked at.
const LOOKED_AT: usize = 1000;

/// Decides about the first record of a table without names.
pub(super) fn first_line(records: &[Record], asked: Option<bool>) -> FirstLine {
    let Some((first, rest)) = records.split_first() else { return FirstLine::of_form() };
    let values: Vec<&str> = (0..first.values.len()).map(|column| first.text(column).unwrap_or_default()).collect();
    let decided = |is_heading, doubtful, why| FirstLine {
        is_heading,
        doubtful,
        why,
        line: first.place.first,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    if let Some(is_heading) = asked {
        return decided(is_heading, false, Why::Asked);
    }
    if first.fault.is_some() || values.iter().all(|value| value.is_empty()) {
        return decided(false, false, Why::LikeTheRest);
    }
    let rest = &rest[..rest.len().min(LOOKED_AT)];
    let below = |column: usize| rest.iter().filter_map(move |record| record.text(column));
    let numeric = |column: usize| {
        let (all, numbers) = (below(column).count(), below(column).filter(|value| is_numeric(value)).count());
        all > 0 && numbers * 10 >= all * 8
    };
    let filled: Vec<(usize, &str)> =
        values.iter().copied().enumerate().filter(|(_, value)| !value.is_empty()).collect();
    if are_positions(&filled) && filled.iter().any(|&(column, _)| below(column).count() > 0 && !numeric(column)) {
        return decided(true, false, Why::Positions);
    }
    if filled.iter().any(|&(column, value)| is_numeric(value) && numeric(column)) {
        return decided(false, false, Why::Number);
    }
    let comes_again = filled.iter().any(|&(column, value)| below(column).any(|other| other == value));
    let all_names = filled.iter().all(|(_, value)| is_name_like(value));
    let known = filled.iter().filter(|(_, value)| is_known(value)).count();
    let over_numbers =
        filled.iter().any(|&(column, value)| numeric(column) && !is_numeric(value) && !is_missing(value));
    let over_sentences = filled.iter().any(|&(column, value)| {
        let longer = below(column).filter(|other| other.chars().count() > value.chars().count()).count();
        let sentences = below(column).filter(|other| !is_name_like(other) || size(other) >= 2).count();
        let all = below(column).count();
        all >= 2 && size(value) == 1 && sentences * 10 >= all * 9 && longer * 10 >= all * 9
    });
    match (all_names && !comes_again, known) {
        (true, known) if known * 2 >= filled.len() || known > 0 && (over_numbers || over_sentences) => {
            decided(true, false, Why::Names)
        }
        (true, _) if over_numbers => decided(true, !over_sentences, Why::WordOverNumbers),
        (true, _) if over_sentences => {
            // A label that is there once looks like the heading of one.
            let words_only = filled.iter().all(|(_, value)| is_identifier(value));
            decided(true, !words_only, Why::WordOverSentences)
        }
        // Names that come again are the heading of a file that was put together from several.
        (false, known) if all_names && known == filled.len() && known >= 2 => decided(true, false, Why::Names),
        (true, known) => {
            let label = filled.iter().filter(|(column, _)| !numeric(*column)).any(|&(column, _)| {
                let mut values: Vec<&str> = below(column).collect();
                let all = values.len();
                values.sort_unstable();
                values.dedup();
                all >= 4 && values.len() * 2 <= all
            });
            decided(false, label || known > 0, Why::LikeTheRest)
        }
        (false, _) => decided(false, false, Why::LikeTheRest),
    }
}

/// How many of the first records stand above the heading: a title, comments, blank lines. The heading below them has
/// well-known names.
pub(super) fn lines_above_heading(records: &[Record]) -> usize {
    const MOST: usize = 20;
    let filled = |record: &Record| {
        (0..record.values.len()).filter_map(|column| record.text(column).map(str::to_owned)).collect::<Vec<String>>()
    };
    let is_heading = |record: &Record| {
        let values = filled(record);
        let known = values.iter().filter(|value| is_known(value)).count();
        values.len() >= 2 && known * 2 >= values.len() && values.iter().all(|value| is_name_like(value))
    };
    let is_above = |record: &Record| match &filled(record)[..] {
        [] | [_] => true,
        [first, ..] => first.starts_with('#'),
    };
    let above = records.iter().take(MOST).take_while(|record| is_above(record)).count();
    match records.get(above) {
        Some(heading) if above > 0 && is_heading(heading) => above,
        _ => 0,
    }
}

/// 0, 1, 2, with nothing over the column of the index.
fn are_positions(filled: &[(usize, &str)]) -> bool {
    let first = filled.first().map_or(0, |(column, _)| *column);
    filled.len() >= 2 && first <= 1 && filled.iter().all(|&(column, value)| value.parse() == Ok(column - first))
}

/// Short, and no sentence.
fn is_name_like(value: &str) -> bool {
    value.chars().count() <= 40
        && size(value) <= 5
        && !is_numeric(value)
        && !value.ends_with(['.', '?', '!', '。', '？', '！', ',', '，'])
}

/// One word of letters, digits and `_`.
fn is_identifier(value: &str) -> bool {
    value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// In words; four characters of Chinese are about one name.
fn size(value: &str) -> usize {
    let cjk = value.chars().filter(|c| super::names::is_cjk(*c)).count();
    value.split_whitespace().count() + cjk.saturating_sub(2) / 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{place::RecordPlace, record::RecordCell};

    fn of(text: &str) -> FirstLine {
        let record = |(line, text): (u64, &str)| {
            Record::new(RecordPlace::line(line), text.split('|').map(RecordCell::from).collect())
        };
        first_line(&(1..).zip(text.lines()).map(record).collect::<Vec<_>>(), None)
    }

    #[test]
    fn a_heading_is_told_from_data() {
        let rows = "\n1|It rains here.|It pours there.\n0|We ran home.|They sat idly.\n1|He left.|He went.";
        for (heading, why) in [
            ("score|sentence1|sentence2", Why::Names),
            ("how alike|one|two", Why::WordOverNumbers),
            ("wert|eins|zwei", Why::WordOverNumbers),
            ("0|1|2", Why::Positions),
            ("相似度|句子1|句子2", Why::Names),
        ] {
            let found = of(&format!("{heading}{rows}"));
            assert_eq!((found.is_heading, found.doubtful, found.why), (true, false, why), "{heading}");
        }
        for data in
            ["5|A dog ran.|A cat sat.", "n/a|A dog ran.|A cat sat.", "four|A dog ran off.|A cat sat.", "-|a dog|a cat"]
        {
            let found = of(&format!("{data}{rows}"));
            assert_eq!((found.is_heading, found.doubtful), (false, false), "{data}");
        }
    }

    #[test]
    fn labels_look_like_headings_and_are_none() {
        let rows = "\nquestion|Is it raining here?\npraise|The guide was funny.\npraise|What a fine place.\nquestion|Who wrote it?";
        let data = of(&format!("question|Does it rain?{rows}"));
        assert!(!data.is_heading && !data.doubtful);
        let heading = of(&format!("kind|words{rows}"));
        assert_eq!((heading.is_heading, heading.doubtful, heading.why), (true, false, Why::WordOverSentences));
        let known = of(&format!("label|sentence{rows}"));
        assert_eq!((known.is_heading, known.doubtful, known.why), (true, false, Why::Names));
        // A label that is there once, and a text as short as a name.
        let doubt = of("greet|hello there\nask|how now\nask|why so\nbye|see you\nbye|so long");
        assert!(!doubt.is_heading && doubt.doubtful);
        let once = of("greet|Hello, you there.\nask|How are you?\nask|Why is it so?\nbye|See you then.\nbye|So long.");
        assert!(!once.is_heading && !once.doubtful);
    }

    #[test]
    fn it_says_what_was_decided() {
        let found = of("score|s1|s2\n1|A dog ran.|A cat sat.");
        assert_eq!(found.to_string(), "line 1 is read as a heading (well-known names): score | s1 | s2");
    }
}
