//! The columns of a table, with what is in them.

use super::{
    columns::{Candidate, ColumnChoice, ColumnName},
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
}

impl ColumnContents {
    pub(super) fn new(headings: Option<&[String]>, profiles: Vec<Profile>) -> Self {
        let own = |heading: &String| {
            let times = headings.unwrap_or_default().iter().filter(|other| *other == heading).count();
            !heading.trim().is_empty() && times == 1
        };
        let name = |at: usize| ColumnName {
            number: at + 1,
            heading: headings.and_then(|headings| headings.get(at)).filter(|heading| own(heading)).cloned(),
        };
        Self { names: (0..profiles.len()).map(name).collect(), profiles, named: headings.is_some() }
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn heading(&self, column: usize) -> Option<&str> {
        self.names.get(column)?.heading.as_deref()
    }

    pub(super) fn candidate(&self, column: usize) -> Candidate {
        let profile = &self.profiles[column];
        let (samples, is_nested) = (profile.samples.clone(), profile.nested > 0);
        Candidate { column: self.names[column].clone(), samples, is_nested }
    }

    pub(super) fn candidates(&self, columns: &[usize]) -> Vec<Candidate> {
        columns.iter().map(|&column| self.candidate(column)).collect()
    }

    pub(super) fn all(&self) -> Vec<Candidate> {
        (0..self.len()).map(|column| self.candidate(column)).collect()
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
