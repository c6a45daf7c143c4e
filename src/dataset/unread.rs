//! Forms of text for examples that are recognised and not read.

use std::fmt;

use super::record::{Record, RecordCell};
use crate::messages::message;

/// A form of text. Displays as what it is, and the remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadForm {
    /// A token and its tags a line, a blank line between two sentences.
    TokenLines,
    /// Numbers of features: `+1 1:0.5 7:0.2`.
    SvmLight,
    /// A label and a text with a space between.
    SpacedLabels,
}

impl fmt::Display for UnreadForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::TokenLines => message!("dataset-token-lines"),
            Self::SvmLight => message!("dataset-svmlight"),
            Self::SpacedLabels => message!("dataset-spaced-labels"),
        })
    }
}

/// How many records are looked at.
const LOOKED_AT: usize = 400;

impl UnreadForm {
    /// That of a table's records, if it is one; `columns` is how many columns were found.
    pub(super) fn of(records: &[Record], columns: usize) -> Option<Self> {
        let records = &records[..records.len().min(LOOKED_AT)];
        let lines: Vec<Vec<&str>> = records
            .iter()
            .filter(|record| record.fault.is_none())
            .map(|record| record.values.iter().filter_map(RecordCell::text).collect())
            .collect();
        let filled = || lines.iter().filter(|values| !values.is_empty());
        if filled().count() < 4 {
            return None;
        }
        let words: Vec<Vec<&str>> =
            filled().map(|values| values.iter().flat_map(|value| value.split(' ')).collect()).collect();
        let breaks = lines.split(Vec::is_empty).filter(|group| !group.is_empty()).count();
        let one_token_each =
            || filled().all(|values| values.len() == columns && values.iter().all(|value| !value.contains(' ')));
        let same_width = || words.iter().all(|line| line.len() >= 2 && line.len() == words[0].len());
        if breaks >= 3 && (columns >= 2 && one_token_each() || columns == 1 && same_width()) {
            return Some(Self::TokenLines);
        }
        if columns > 1 {
            return None;
        }
        let is_feature = |word: &&str| {
            let parts = word.split_once(':');
            parts.is_some_and(|(number, value)| number.parse::<u32>().is_ok() && value.parse::<f64>().is_ok())
        };
        if words
            .iter()
            .all(|line| line.len() >= 2 && line[0].parse::<f64>().is_ok() && line[1..].iter().all(is_feature))
        {
            return Some(Self::SvmLight);
        }
        // A sentence begins with a capital.
        let is_label = |word: &str| {
            !word.is_empty()
                && (word.chars().skip(1).any(|c| !c.is_lowercase()) || !word.starts_with(char::is_uppercase))
        };
        let mut labels: Vec<&str> = words.iter().map(|line| line[0]).collect();
        if !labels.iter().all(|label| is_label(label)) {
            return None;
        }
        labels.sort_unstable();
        labels.dedup();
        let classes = labels.len() >= 2 && labels.len() * 2 <= words.len();
        (classes && words.iter().all(|line| line.len() >= 2)).then_some(Self::SpacedLabels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::place::RecordPlace;

    fn of(text: &str) -> Option<UnreadForm> {
        let record = |(line, text): (u64, &str)| {
            let values = if text.is_empty() { Vec::new() } else { text.split('\t').map(RecordCell::from).collect() };
            Record::new(RecordPlace::line(line), values)
        };
        let records: Vec<Record> = (1..).zip(text.lines()).map(record).collect();
        UnreadForm::of(&records, text.lines().map(|line| line.split('\t').count()).max().unwrap_or(0))
    }

    #[test]
    fn forms_are_known_by_their_lines() {
        for (form, text) in [
            (UnreadForm::TokenLines, "EU\tB-ORG\nrejects\tO\n\nPeter\tB-PER\n\nBrussels\tB-LOC\n"),
            (UnreadForm::TokenLines, "EU NNP B-ORG\nrejects VBZ O\n\nPeter NNP B-PER\n\nBrussels NNP B-LOC\n"),
            (UnreadForm::SvmLight, "+1 1:0.5 7:1\n-1 2:0.25\n+1 1:1\n-1 3:1e-3\n"),
            (UnreadForm::SpacedLabels, "spam Win a prize\nham See you\nham Are you in\nspam Call now\n"),
        ] {
            assert_eq!(of(text), Some(form), "{text}");
        }
        for text in [
            "The cat sat.\nThe dog ran.\nA boy sang.\nThe girl left.\n",
            "yes\tIt rains\nno\tWe left\n\nyes\tHe ran\n\nno\tShe sat\n",
            "greet\thello\nbye\tciao\ngreet\thi\nbye\tadieu\n",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
