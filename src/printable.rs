//! Text from a sentence, a vocabulary, a file's name or a hub's answer, made safe for a terminal.

use std::borrow::Cow;

/// Text that is safe to print: control characters (of a sentence, a vocabulary, a file's name) become `�`,
/// and so do the marks that turn the direction of writing around.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_printable) {
        return text.into();
    }
    text.chars().map(|c| if is_printable(c) { c } else { '\u{fffd}' }).collect::<String>().into()
}

/// Whether a terminal shows a character rather than obeying it.
pub fn is_printable(c: char) -> bool {
    !(c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unprintable_gets_out() {
        assert_eq!(printable("a\x1b[31mb\u{202e}c\u{9b}"), "a�[31mb�c�");
        assert_eq!(printable("plain ##ing 你好 é"), "plain ##ing 你好 é");
    }
}
