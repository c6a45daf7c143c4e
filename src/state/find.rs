//! Finding a token by a part of it; on the views of the list, a sentence.

use std::collections::BTreeSet;

use super::{Reading, Shown, State, Subject, TextField};
use crate::analysis::Units;

/// A token that is looked for while its part is typed.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    /// The part.
    pub field: TextField,
    /// Where the cursor was before: the token, or the row of the list.
    pub(super) from: usize,
}

/// Which of the columns shown hold a text, whatever the case: the first token of each. A word that holds it while none
/// of its pieces does is found at its first piece.
pub(super) fn matches(reading: &Reading, shown: &Shown, text: &str) -> Vec<usize> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Vec::new();
    }
    let holds = |units: &Units, unit: usize| units.text(&reading.trace, unit).to_lowercase().contains(&text);
    let columns = shown.columns.iter().filter(|&&unit| holds(&shown.units, unit));
    let found: BTreeSet<usize> = columns.map(|&unit| shown.units.tokens(unit).start).collect();
    let is_column = |token: usize| shown.columns.binary_search(&shown.units.unit_of(token)).is_ok();
    let words = (0..shown.words.len()).filter(|&word| holds(&shown.words, word));
    let split = words.map(|word| shown.words.tokens(word)).filter(|word| found.range(word.clone()).next().is_none());
    let first_pieces: Vec<usize> = split.map(|word| word.start).filter(|&token| is_column(token)).collect();
    found.into_iter().chain(first_pieces).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The match after a token, or before it, around the circle.
pub(super) fn next(matches: &[usize], from: usize, forward: bool) -> Option<usize> {
    if forward {
        matches.iter().find(|&&token| token > from).or(matches.first()).copied()
    } else {
        matches.iter().rfind(|&&token| token < from).or(matches.last()).copied()
    }
}

impl State {
    /// The tokens, or the rows of the list, that hold what is looked for, or was.
    pub fn matches(&self) -> Vec<usize> {
        let text = self.finding.as_ref().map_or(self.found.as_str(), |finding| finding.field.value());
        if self.subject() == Subject::List {
            return self.list.rows_with(text);
        }
        match (self.reading(), &self.attention.shown) {
            (Some(reading), Some(shown)) => matches(reading, shown, text),
            _ => Vec::new(),
        }
    }

    /// Where the cursor is: the token, or the row of the list.
    pub fn found_at(&self) -> usize {
        if self.subject() == Subject::List { self.list.row_of(self.list.line()) } else { self.attention.token }
    }

    fn go_to_found(&mut self, at: usize) {
        if self.subject() == Subject::List {
            self.list.select_row(at);
        } else {
            self.attention.token = at;
        }
    }

    /// Goes to the first match from where the cursor was before, or back there.
    pub(super) fn find_typed(&mut self) {
        let Some(from) = self.finding.as_ref().map(|finding| finding.from) else { return };
        let matches = self.matches();
        let here = matches.iter().find(|&&token| token >= from).or(matches.first());
        self.go_to_found(here.copied().unwrap_or(from));
    }

    /// Whether there is another match than the one the cursor is on.
    pub fn can_find_again(&self) -> bool {
        self.matches().iter().any(|&found| found != self.found_at())
    }

    /// Goes to the next match, or to the one before.
    pub(crate) fn find_again(&mut self, forward: bool) {
        if let Some(at) = next(&self.matches(), self.found_at(), forward) {
            self.go_to_found(at);
        }
    }

    /// Ends the search where the cursor is.
    pub(crate) fn stay_at_found(&mut self) {
        self.found = self.finding.take().map_or_else(String::new, |finding| finding.field.value().to_owned());
    }

    /// Ends the search and goes back to where it began.
    pub(crate) fn leave_search(&mut self) {
        self.finding.take().into_iter().for_each(|finding| self.go_to_found(finding.from));
    }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn goes_around_the_circle() {
        assert_eq!(next(&[2, 5, 7], 5, true), Some(7));
        assert_eq!(next(&[2, 5, 7], 7, true), Some(2));
        assert_eq!(next(&[2, 5, 7], 2, false), Some(7));
        assert_eq!(next(&[], 2, false), None);
    }
}
