//! What the views of the list have in common to say of their numbers.

use super::{ListOrder, ListState};
use crate::{
    analysis::{Column, Key, Quantity, ValueColumn},
    messages::{Label, label, message},
    state::{Fact, State},
};

/// Why there is no cosine.
pub const NO_PAIR: Label = label!("list-no-pair");

/// What the keys of a table of lines are called.
pub fn key_columns() -> Vec<Column> {
    [("line", label!("list-column-line")), ("sentence", label!("list-column-sentence"))]
        .map(|(id, label)| Column::new(id, label.text()))
        .to_vec()
}

/// The number and the text of a line, as keys of a table.
pub fn keys(list: &ListState, line: usize) -> Vec<Key> {
    vec![Key::Number(line + 1), Key::Text(list.lines()[line].text.to_string())]
}

/// The share of tokens that the model does not know, as the last column of a table of lines.
pub fn unknown_column() -> ValueColumn {
    ValueColumn::new(Column::new("unknown", label!("list-column-unknown").text()), Quantity::Share)
}

/// That share of some lines, the greatest of them.
pub fn unknown<const N: usize>(list: &ListState, lines: [usize; N]) -> Option<f32> {
    let shares =
        lines.map(|line| list.lines().get(line)?.read.as_ref().map(|read| read.tokenized.unknown.share() as f32));
    shares.into_iter().collect::<Option<Vec<f32>>>()?.into_iter().reduce(f32::max)
}

/// The cosine of the sentence under the cursor with another, under the left pooling, and what it is.
///
/// # Errors
/// When one of them is not read yet.
pub fn number(list: &ListState, other: usize) -> Result<(f32, String), Label> {
    let ([pooling, _], line) = (list.poolings(), list.line());
    let cosine = list.cosine(0, line, other).ok_or(NO_PAIR)?;
    let of = message!("list-number-of", first = line + 1, second = other + 1, pooling = pooling.name());
    Ok((cosine, of))
}

impl State {
    /// What to know about the numbers of a view of the list.
    pub fn list_facts(&self, view: &str) -> Vec<Fact> {
        let [left, right] = self.list.poolings();
        let order = match self.list.order {
            ListOrder::Given => message!("list-order-given"),
            ListOrder::Clustered => message!("list-order-clustered", pooling = left.name()),
        };
        let mut facts = self.text_facts(view);
        facts.extend([
            ("sentences", self.list.lines().len().to_string()),
            ("poolings", format!("{left}, {right}")),
            ("order", order),
        ]);
        facts
    }
}
