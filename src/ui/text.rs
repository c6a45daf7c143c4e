use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The width of a text in screen cells.
pub(super) fn cells(text: &str) -> usize {
    text.width()
}

/// Cuts a text to at most `width` cells, ending in `…` when something was cut.
pub(super) fn shorten(text: &str, width: usize) -> Cow<'_, str> {
    if cells(text) <= width {
        return text.into();
    }
    let mut short = String::new();
    for grapheme in text.graphemes(true) {
        if cells(&short) + cells(grapheme) + 1 > width {
            break;
        }
        short.push_str(grapheme);
    }
    if width > 0 {
        short.push('…');
    }
    short.into()
}

/// As many of the parts, from the first, as fit in `width` cells.
pub(super) fn fitting(parts: impl IntoIterator<Item = String>, width: usize) -> String {
    let mut text = String::new();
    for part in parts {
        if cells(&text) + cells(&part) > width {
            break;
        }
        text.push_str(&part);
    }
    text
}

/// A text in lines of at most so many cells, broken between words.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if cells(line) + 1 + cells(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A whole number with its thousands apart: `79,800`.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let comma = |at: usize| at > 0 && (digits.len() - at).is_multiple_of(3);
    digits.char_indices().flat_map(|(at, digit)| comma(at).then_some(',').into_iter().chain([digit])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_by_cells_not_characters() {
        assert_eq!(shorten("understanding", 6), "under…");
        assert_eq!(shorten("你好世界", 8), "你好世界");
        assert_eq!(shorten("你好世界", 7), "你好世…");
        assert_eq!(shorten("你好世界", 6), "你好…");
        assert_eq!(shorten("ab", 0), "");
    }

    #[test]
    fn wraps_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("incomprehensible", 7), ["incomprehensible"]);
    }

    #[test]
    fn thousands_stand_apart() {
        let said = [0, 999, 1_000, 79_800, 1_234_567].map(thousands);
        assert_eq!(said, ["0", "999", "1,000", "79,800", "1,234,567"]);
    }
}
