//! The columns of a table, with what is in them.

use std::collections::HashMap;

use crate::messages::MOST_NAMES;

use super::{
    columns::{Candidate, Candidates, ColumnChoice, ColumnName},
    error::Fault,
    names::words,
    profile::Profile,
};

/// The columns of a table, with what is in them.
pub(super) struct ColumnContents {
    pub names: Vec<ColumnName>,
    pub profiles: Vec<Profile>,
    /// Whether the table has headings.
    pub named: bool,
    /// How many values the fullest column has.
    pub fullest: usize,
}

impl ColumnContents {
    pub(super) fn new(headings: Option<&[String]>, profiles: Vec<Profile>) -> Self {
        let mut times = HashMap::<&str, usize>::new();
        headings.unwrap_or_default().iter().for_each(|heading| *times.entry(heading).or_default() += 1);
        let own = |heading: &String| !heading.trim().is_empty() && times.get(heading.as_str()) == Some(&1);
        let name = |at: usize| ColumnName {
            number: at + 1,
            heading: headings.and_then(|headings| headings.get(at)).filter(|heading| own(heading)).cloned(),
        };
        let names = (0..profiles.len()).map(name).collect();
        let fullest = profiles.iter().map(|profile| profile.present).max().unwrap_or_default();
        Self { names, profiles, named: headings.is_some(), fullest }
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn heading(&self, column: usize) -> Option<&str> {
        self.names.get(column)?.heading.as_deref()
    }

    fn candidate(&self, column: usize) -> Candidate {
        let profile = &self.profiles[column];
        let (samples, is_nested) = (profile.samples.clone(), profile.nested > 0);
        Candidate { column: self.names[column].clone(), samples, is_nested }
    }

    pub(super) fn candidates(&self, columns: impl ExactSizeIterator<Item = usize>) -> Candidates {
        let more = columns.len().saturating_sub(MOST_NAMES);
        Candidates { first: columns.take(MOST_NAMES).map(|column| self.candidate(column)).collect(), more }
    }

    pub(super) fn all(&self) -> Candidates {
        self.candidates(0..self.len())
    }

    /// The column that an option names.
    pub(super) fn find(&self, asked: &ColumnChoice, option: &'static str) -> Result<usize, Fault> {
        let asked = asked.0.trim();
        let headings = || (0..self.len()).filter_map(|column| Some((column, self.heading(column)?.trim())));
        let parts = words(asked);
        let exact = headings().find(|(_, heading)| *heading == asked);
        let found =
            exact.or_else(|| headings().find(|(_, heading)| heading.eq_ignore_ascii_case(asked))).or_else(|| {
                let mut alike = headings().filter(|(_, heading)| words(heading) == parts && !parts.is_empty());
                alike.next().filter(|_| alike.next().is_none())
            });
        let number = || asked.parse::<usize>().ok()?.checked_sub(1).filter(|&column| column < self.len());
        found.map(|(column, _)| column).or_else(number).ok_or_else(|| Fault::NoSuchColumn {
            asked: asked.to_owned(),
            option,
            columns: self.all(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_columns_the_first_are_said() {
        let headings: Vec<String> = (0..200_000).map(|at| format!("key {at}")).collect();
        let columns = ColumnContents::new(Some(&headings), headings.iter().map(|_| Profile::default()).collect());
        let fault = columns.find(&ColumnChoice("x".to_owned()), "--text-column").unwrap_err().to_string();
        assert!(fault.len() < 500 && fault.ends_with("key 11 (empty), … and 199988 more"), "{fault}");
        assert_eq!(columns.find(&ColumnChoice("key 199999".to_owned()), "--text-column").ok(), Some(199_999));
    }

    #[test]
    fn columns_are_found_by_heading_or_number() {
        let headings = ["id", "Sentence 1", "", "same", "same"].map(str::to_owned);
        let columns = ColumnContents::new(Some(&headings), (0..5).map(|_| Profile::default()).collect());
        let find = |asked: &str| columns.find(&ColumnChoice(asked.to_owned()), "--text-column").ok();
        assert_eq!(
            ["id", "ID", "sentence1", "3", "5", "same", "6", "0", "x"].map(find),
            [Some(0), Some(0), Some(1), Some(2), Some(4), None, None, None, None]
        );
        assert_eq!(columns.names[3].to_string(), "column 4");
        let fault = columns.find(&ColumnChoice("x".to_owned()), "--text-column").unwrap_err().to_string();
        assert!(
            fault.starts_with("there is no column \"x\" for --text-column; the columns are id (empty), Sentence 1"),
            "{fault}"
        );
    }
}
