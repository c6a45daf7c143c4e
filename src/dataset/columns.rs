//! The columns of a table: how they are called, and which were used for what.

use crate::messages::{message, some_and_more, some_of};
use std::fmt;

use serde::{Serialize, Serializer};

use super::show::{list, short};

/// A column by its heading, or by its number where it has none of its own. Displays as `is_duplicate` or `column 3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName {
    /// From 1.
    pub number: usize,
    /// None where no other column may be called so, or there is none.
    pub heading: Option<String>,
}

impl fmt::Display for ColumnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.heading {
            Some(heading) => f.write_str(&short(heading)),
            None => f.write_str(&message!("dataset-column", number = self.number)),
        }
    }
}

impl Serialize for ColumnName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A column that could play a role, with some of its values. Displays as `intent (ask, tell)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The column.
    pub column: ColumnName,
    /// Its first different values.
    pub samples: Vec<String>,
    /// Whether it holds lists or objects, of which none are shown.
    pub is_nested: bool,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.samples.is_empty() {
            let column = self.column.to_string();
            return f.write_str(&match self.is_nested {
                true => message!("dataset-nested-column", column = column),
                false => message!("dataset-empty-column", column = column),
            });
        }
        let cut = |sample: &String| match sample.char_indices().nth(20) {
            Some((at, _)) => format!("{}…", sample[..at].trim_end()),
            None => sample.clone(),
        };
        let samples: Vec<String> = self.samples.iter().take(3).map(cut).collect();
        write!(f, "{} ({})", self.column, list(&samples))
    }
}

/// Columns that could play a role, of which a message shows the first. Displays as `id (1, 2), … and 9,990 more`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// In the order of the file, no more than are shown.
    pub first: Vec<Candidate>,
    /// How many there are beside them.
    pub more: usize,
}

impl fmt::Display for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&some_and_more(self.first.iter().map(ToString::to_string), self.more))
    }
}

/// A column as an option names it: a heading, or a number from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChoice(pub String);

impl std::str::FromStr for ColumnChoice {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// Which columns were read as what. Displays as
/// `score is_duplicate; sentences question1, question2; not used id, qid1, qid2`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ColumnsUsed {
    /// Of pairs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<ColumnName>,
    /// Of labelled texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<ColumnName>,
    /// One text, or the two of a pair; none for a list of lines.
    pub texts: Vec<ColumnName>,
    /// Where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<ColumnName>,
    /// The column by which records were chosen, and the value they have there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<(ColumnName, String)>,
    /// All others.
    pub not_used: Vec<ColumnName>,
}

impl ColumnsUsed {
    /// Each role with its columns, for what holds names and values: `("score column", "is_duplicate")`.
    pub fn roles(&self) -> Vec<(&'static str, String)> {
        let names = |names: &[ColumnName]| some_of(names.iter().map(ToString::to_string));
        let mut roles = Vec::new();
        let single = [("score column", &self.score), ("label column", &self.label)];
        roles.extend(single.into_iter().filter_map(|(role, name)| Some((role, name.as_ref()?.to_string()))));
        match self.texts.len() {
            0 => {}
            1 => roles.push(("text column", names(&self.texts))),
            _ => roles.push(("text columns", names(&self.texts))),
        }
        roles.extend(self.id.as_ref().map(|name| ("id column", name.to_string())));
        roles.extend(self.split.as_ref().map(|(name, value)| {
            ("split", message!("dataset-split-of", value = short(value), column = name.to_string()))
        }));
        if !self.not_used.is_empty() {
            roles.push(("columns not used", names(&self.not_used)));
        }
        roles
    }
}

impl fmt::Display for ColumnsUsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles: Vec<String> = self.roles().into_iter().map(|(role, names)| format!("{role}: {names}")).collect();
        f.write_str(&roles.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_is_said() {
        let name = |number, heading: &str| ColumnName { number, heading: Some(heading.to_owned()) };
        let used = ColumnsUsed {
            score: Some(name(6, "is_duplicate")),
            texts: vec![name(4, "question1"), ColumnName { number: 5, heading: None }],
            split: Some((name(7, "split"), "test".to_owned())),
            not_used: vec![name(1, "id")],
            ..ColumnsUsed::default()
        };
        assert_eq!(
            used.to_string(),
            "score column: is_duplicate; text columns: question1, column 5; split: test of split; columns not used: id"
        );
        let json = serde_json::to_value(&used).unwrap();
        assert_eq!(json["score"], "is_duplicate");
        assert_eq!(json["texts"][1], "column 5");
        assert!(json.get("label").is_none());
    }

    #[test]
    fn of_many_columns_the_first_are_said() {
        let name = |number| ColumnName { number, heading: Some(format!("key_{number}")) };
        let used = ColumnsUsed { not_used: (1..=10_000).map(name).collect(), ..ColumnsUsed::default() };
        let said = used.to_string();
        assert!(said.starts_with("columns not used: key_1, key_2, ") && said.len() < 300, "{}", said.len());
        assert!(said.ends_with(", … and 9988 more"), "{said}");
        assert_eq!(serde_json::to_value(&used).unwrap()["not_used"].as_array().unwrap().len(), 10_000);
    }
}
