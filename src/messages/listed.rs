//! Several names or sentences as one text, as the language puts them together.

use super::message;

/// Names one after the other: `cls, mean, max`; `cls、mean、max`.
pub fn listed(names: impl IntoIterator<Item = impl Into<String>>) -> String {
    let names = names.into_iter().map(Into::into);
    names.reduce(|before, next| message!("messages-listed", before = before, next = next)).unwrap_or_default()
}

/// How many names a message shows, so that what is said behind them is still read.
pub const MOST_NAMES: usize = 12;

/// The first of many names in a line, and how many there are beside them: `a, b, … and 9,990 more`. Only those that are
/// shown are asked for.
pub fn some_of(names: impl ExactSizeIterator<Item = impl Into<String>>) -> String {
    let more = names.len().saturating_sub(MOST_NAMES);
    some_and_more(names.take(MOST_NAMES), more)
}

/// Names in a line, and how many there are beside them.
pub fn some_and_more(names: impl IntoIterator<Item = impl Into<String>>, more: usize) -> String {
    let names = listed(names);
    if more == 0 { names } else { message!("messages-and-more", first = names, more = more) }
}

/// Sentences one after the other, with what the language has between them.
pub fn sentences(all: impl IntoIterator<Item = impl Into<String>>) -> String {
    let all = all.into_iter().map(Into::into);
    all.reduce(|before, next| message!("messages-sentences", before = before, next = next)).unwrap_or_default()
}

/// Remarks one after the other, which are no whole sentences.
pub fn remarks(all: impl IntoIterator<Item = impl Into<String>>) -> String {
    let all = all.into_iter().map(Into::into);
    all.reduce(|before, next| message!("messages-remarks", before = before, next = next)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{Language, speaking};

    #[test]
    fn of_many_names_the_first_are_said() {
        let of = |count: usize| some_of((0..count).map(|at| at.to_string()));
        assert_eq!([of(0), of(2)], ["", "0, 1"]);
        assert_eq!(of(MOST_NAMES).split(", ").count(), MOST_NAMES, "all of them");
        let many = of(10_000);
        assert!(many.starts_with("0, 1, 2, ") && many.ends_with(", … and 9988 more"), "{many}");
        let many = speaking(Language::Chinese, || of(14));
        assert!(many.starts_with("0、1、2、") && many.contains("2 个"), "{many}");
    }

    #[test]
    fn each_language_has_its_own_signs_between() {
        let said = || [listed(["cls", "mean", "max"]), sentences(["A.", "B."]), remarks(["a", "b"]), listed([""; 0])];
        assert_eq!(said(), ["cls, mean, max", "A. B.", "a; b", ""]);
        assert_eq!(speaking(Language::Chinese, said), ["cls、mean、max", "A.B.", "a；b", ""]);
    }
}
