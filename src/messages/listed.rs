//! Several names or sentences as one text, as the language puts them together.

use super::message;

/// Names one after the other: `cls, mean, max`; `cls、mean、max`.
pub fn listed(names: impl IntoIterator<Item = impl Into<String>>) -> String {
    let names = names.into_iter().map(Into::into);
    names.reduce(|before, next| message!("messages-listed", before = before, next = next)).unwrap_or_default()
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
    fn each_language_has_its_own_signs_between() {
        let said = || [listed(["cls", "mean", "max"]), sentences(["A.", "B."]), remarks(["a", "b"]), listed([""; 0])];
        assert_eq!(said(), ["cls, mean, max", "A. B.", "a; b", ""]);
        assert_eq!(speaking(Language::Chinese, said), ["cls、mean、max", "A.B.", "a；b", ""]);
    }
}
