//! What the views of the list have in common to say of their numbers.

use super::{ListOrder, ListState};
use crate::{
    analysis::Key,
    state::{Fact, State},
};

/// Why there is no cosine.
pub const NO_PAIR: &str = "no cosine is under the cursor";

/// The number and the text of a line, as keys of a table.
pub fn keys(list: &ListState, line: usize) -> Vec<Key> {
    vec![Key::Number(line + 1), Key::Text(list.lines()[line].text.to_string())]
}

/// The cosine of the sentence under the cursor with another, under the left pooling, and what it is.
///
/// # Errors
/// When one of them is not read yet.
pub fn number(list: &ListState, other: usize) -> Result<(f32, String), &'static str> {
    let ([pooling, _], line) = (list.poolings(), list.line());
    let cosine = list.cosine(0, line, other).ok_or(NO_PAIR)?;
    Ok((cosine, format!("cosine of sentences {} and {} under {pooling}", line + 1, other + 1)))
}

impl State {
    /// What to know about the numbers of a view of the list.
    pub fn list_facts(&self, view: &str) -> Vec<Fact> {
        let [left, right] = self.list.poolings();
        let order = match self.list.order {
            ListOrder::Given => "as given".to_owned(),
            ListOrder::Clustered => format!("clustered under {left}"),
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
