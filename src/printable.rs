//! Text from a sentence, a vocabulary, a file's name or a hub's answer, made safe for a terminal.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Text that is safe to print and shows all it has: control characters (of a sentence, a vocabulary, a file's name) become
/// `�`, and so do the marks that turn the direction of writing around. A character without a width of its own that has no
/// other to stand on, such as the accent of the subword `##\u{301}`, stands on a dotted circle (`##◌́`), or is written as its
/// code point where a terminal shows nothing of it even so (`##U+11AB`).
pub fn printable(text: &str) -> Cow<'_, str> {
    let mut stands_alone = Lone::default();
    if text.chars().all(|c| is_printable(c) && !stands_alone.next(c)) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut stands_alone = Lone::default();
    for c in text.chars() {
        match c {
            c if !is_printable(c) => {
                stands_alone.next('\u{fffd}');
                shown.push('\u{fffd}');
            }
            c if !stands_alone.next(c) => shown.push(c),
            c if has_no_shape(c) => shown.push_str(&format!("U+{:04X}", u32::from(c))),
            c => {
                stands_alone.next('◌');
                shown.extend(['◌', c]);
            }
        }
    }
    shown.into()
}

/// Text that is safe to print, each character as wide as it was: only what [`printable`] writes as `�` is replaced.
pub fn without_controls(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_printable) {
        return text.into();
    }
    text.chars().map(|c| if is_printable(c) { c } else { '\u{fffd}' }).collect::<String>().into()
}

/// Finds, character by character, those without a width that have nothing to stand on: at the beginning, behind a blank,
/// and behind `##`, which marks a subword.
#[derive(Default)]
struct Lone {
    before: [Option<char>; 2],
}

impl Lone {
    /// Whether this character, the next of the text, has nothing to stand on.
    fn next(&mut self, c: char) -> bool {
        let stands_on = match self.before {
            [_, None] | [Some('#'), Some('#')] => false,
            [_, Some(before)] => !before.is_whitespace(),
        };
        let is_lone = !stands_on && c.width() == Some(0) && !c.is_control();
        // What is written as a code point is nothing to stand on either.
        self.before = if is_lone { [None, None] } else { [self.before[1], Some(c)] };
        is_lone
    }
}

/// Whether a terminal shows nothing of it even on a dotted circle: letters of Hangul that join the one before, joiners,
/// selectors, and marks of format.
fn has_no_shape(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'..='\u{11ff}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{d7b0}'..='\u{d7ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
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

    #[test]
    fn no_two_characters_without_a_width_look_the_same() {
        // Pieces of Korean, Latin, Arabic, Hindi and Thai, and what joins emoji.
        let pieces = [
            "##\u{1161}",
            "##\u{11ab}",
            "##\u{301}",
            "##\u{308}",
            "##\u{64e}",
            "##\u{94d}र",
            "##\u{e31}",
            "##\u{200d}",
        ];
        let shown: Vec<_> = pieces.iter().map(|piece| printable(piece)).collect();
        assert_eq!(
            shown,
            ["##U+1161", "##U+11AB", "##◌\u{301}", "##◌\u{308}", "##◌\u{64e}", "##◌\u{94d}र", "##◌\u{e31}", "##U+200D"]
        );
        assert_eq!(printable("4 \u{301}\u{308} \u{1161}\u{11ab}"), "4 ◌\u{301}\u{308} U+1161U+11AB");
        // With something to stand on they stay as they are: decomposed letters, syllables of jamo, emoji, keycaps.
        for whole in [
            "e\u{301}",
            "##a\u{301}",
            "\u{1112}\u{1161}\u{11ab}",
            "👨\u{200d}👩",
            "❤\u{fe0f}",
            "#\u{fe0f}\u{20e3}",
            "नमस्ते",
        ] {
            assert!(matches!(printable(whole), Cow::Borrowed(same) if same == whole), "{whole}");
        }
    }
}
