use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Between two facts on one line.
pub(crate) const BETWEEN: &str = " · ";

/// The width of a text in screen cells.
pub(crate) fn cells(text: &str) -> usize {
    text.width()
}

/// Shortens a text to at most `width` cells, ending in `…` when something was cut off.
pub(crate) fn shorten(text: &str, width: usize) -> Cow<'_, str> {
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

/// As much of the beginning of a text as fits in `width` cells.
pub(crate) fn beginning(text: &str, width: usize) -> &str {
    let ends = text.char_indices().map(|(at, character)| at + character.len_utf8());
    ends.take_while(|&end| cells(&text[..end]) <= width).last().map_or("", |end| &text[..end])
}

/// A number as a text, or a dash where it is NaN or infinite.
pub(crate) fn or_dash(number: f32, text: impl FnOnce(f32) -> String) -> String {
    if number.is_finite() { text(number) } else { "–".to_owned() }
}

/// A text with blanks behind it up to a width in cells.
pub(crate) fn padded(text: &str, width: u16) -> String {
    format!("{text}{}", " ".repeat(usize::from(width).saturating_sub(cells(text))))
}

/// A text with blanks before it up to a width in cells.
pub(crate) fn right_aligned(text: &str, width: u16) -> String {
    format!("{}{text}", " ".repeat(usize::from(width).saturating_sub(cells(text))))
}

/// Facts beside each other, ` · ` between them; those that are empty are left out.
pub(crate) fn joined(parts: impl IntoIterator<Item = String>) -> String {
    fitting(parts, BETWEEN, usize::MAX)
}

/// As many of the parts, from the first, as fit in `width` cells with `between` between them; those that are empty are
/// left out.
pub(crate) fn fitting(parts: impl IntoIterator<Item = String>, between: &str, width: usize) -> String {
    let mut text = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let between = if text.is_empty() { "" } else { between };
        if cells(&text) + cells(between) + cells(&part) > width {
            break;
        }
        text.push_str(between);
        text.push_str(&part);
    }
    text
}

/// A text of parts with ` · ` between them, without the last ones that have no room; where the first has none either, it is cut.
pub(crate) fn shorten_parts(text: &str, width: usize) -> Cow<'_, str> {
    if cells(text) <= width {
        return Cow::Borrowed(text);
    }
    match fitting(text.split(BETWEEN).map(str::to_owned), BETWEEN, width) {
        none if none.is_empty() => shorten(text, width),
        some => Cow::Owned(some),
    }
}

/// The parts in as few lines of `width` cells as hold them, ` · ` between those in one line; one that is wider by itself
/// has a line of its own.
pub(crate) fn flow(parts: impl IntoIterator<Item = String>, width: usize) -> Vec<String> {
    filled(parts, BETWEEN, width)
}

/// A text in lines of at most so many cells, broken between words; Chinese, which has no blanks, between characters, but
/// not before a mark that closes or behind one that opens. A number stays with what it counts.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in unparted(text) {
        for (at, piece) in pieces(word).into_iter().enumerate() {
            let between = if at == 0 { " " } else { "" };
            match lines.last_mut() {
                Some(line) if cells(line) + cells(between) + cells(piece) <= width => {
                    line.push_str(between);
                    line.push_str(piece);
                }
                _ => lines.push(piece.to_owned()),
            }
        }
    }
    lines
}

/// The same, and words that are longer than a line, as paths are, broken where it ends.
pub(crate) fn broken(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = Vec::new();
    for mut rest in wrapped(text, width).iter().map(String::as_str) {
        while cells(rest) > width {
            let (line, more) = rest.split_at(beginning(rest, width).len());
            lines.push(line.to_owned());
            rest = more;
        }
        lines.push(rest.to_owned());
    }
    lines
}

/// The words of a text, where a blank that no line may end at counts as part of one: before a unit, behind a sign, and on both sides of a
/// number in Chinese (`98 %`, `≥ 0.5`, `第 3 层`).
fn unparted(text: &str) -> Vec<&str> {
    let is_number = |word: &str| word.starts_with(|it: char| it.is_ascii_digit());
    let starts_wide = |word: &str| word.chars().next().and_then(char::width) == Some(2);
    let belong = |before: &str, behind: &str| {
        let counts = is_number(before) && (starts_wide(behind) || behind.starts_with("MB") || behind.starts_with("GB"));
        behind.starts_with('%') || before.ends_with(['≥', '≤', '第']) || counts
    };
    let (mut words, mut start, mut last) = (Vec::new(), 0, 0);
    for (blank, _) in text.match_indices(' ') {
        let behind = text[blank + 1..].split(' ').next().unwrap_or_default();
        if !belong(&text[last..blank], behind) {
            words.push(&text[start..blank]);
            start = blank + 1;
        }
        last = blank + 1;
    }
    words.push(&text[start..]);
    words
}

/// The parts of a word between which a line may end.
fn pieces(word: &str) -> Vec<&str> {
    let mut ends: Vec<usize> = Vec::new();
    for ((_, before), (at, behind)) in word.char_indices().zip(word.char_indices().skip(1)) {
        if before != ' ' && behind != ' ' && may_end_between(before, behind) {
            ends.push(at);
        }
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends.iter().copied().chain([word.len()])).map(|(start, end)| &word[start..end]).collect()
}

/// Whether a line may end between two characters that are no blanks: beside a wide one, but not before a mark that closes or behind
/// one that opens.
pub(crate) fn may_end_between(before: char, behind: char) -> bool {
    let is_wide = |character: char| character.width() == Some(2);
    (is_wide(before) || is_wide(behind)) && !"（“《【".contains(before) && !"，。；：、）”》】！？…%·".contains(behind)
}

fn filled(parts: impl IntoIterator<Item = String>, between: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if cells(line) + cells(between) + cells(&part) <= width => *line += &format!("{between}{part}"),
            _ => lines.push(part),
        }
    }
    lines
}

/// A whole number with its thousands apart: `79,800`.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let comma = |at: usize| at > 0 && (digits.len() - at).is_multiple_of(3);
    digits.char_indices().flat_map(|(at, digit)| comma(at).then_some(',').into_iter().chain([digit])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_go_whole() {
        let text = "[CLS] looks at · mean of 12 heads · tokens 1–9 of 40";
        assert_eq!(shorten_parts(text, 60), text);
        assert_eq!(shorten_parts(text, 50), "[CLS] looks at · mean of 12 heads");
        assert_eq!(shorten_parts(text, 20), "[CLS] looks at");
        assert_eq!(shorten_parts(text, 8), "[CLS] l…");
    }

    #[test]
    fn flows_into_lines_and_drops_nothing() {
        let flow = |width| flow(["one", "two", "猫", "much longer"].map(str::to_owned), width);
        assert_eq!(flow(80), ["one · two · 猫 · much longer"]);
        assert_eq!(flow(14), ["one · two · 猫", "much longer"]);
        assert_eq!(flow(3), ["one", "two", "猫", "much longer"]);
    }

    #[test]
    fn facts_are_joined_as_far_as_they_fit() {
        let facts = || ["one", "", "猫", "much longer"].map(str::to_owned);
        assert_eq!(joined(facts()), "one · 猫 · much longer");
        assert_eq!(
            [22, 21, 8, 7, 2].map(|width| fitting(facts(), " · ", width)),
            ["one · 猫 · much longer", "one · 猫", "one · 猫", "one", ""]
        );
    }

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
        assert_eq!(wrapped("", 7), [""]);
        assert_eq!(
            wrapped("句向量（declared）接近，不等于意思相同。", 9),
            ["句向量", "（declared）", "接近，不", "等于意思", "相同。"]
        );
        assert_eq!(broken("to /a/long/猫path ok", 6), ["to", "/a/lon", "g/", "猫path", "ok"]);
        assert_eq!(wrapped("高于 95 % 的无关句对", 9), ["高于 95 %", "的无关句", "对"]);
        assert_eq!(wrapped("高于 95 % 的无关句对", 8), ["高于", "95 % 的", "无关句对"]);
        assert_eq!(
            wrapped("在第 3 层，至少占 12.5 %（说法：≥ 5 %）", 12),
            ["在第 3 层，", "至少占", "12.5 %（说", "法：≥ 5 %）"]
        );
        assert_eq!(wrapped("共有 240 个短句", 8), ["共有", "240 个短", "句"]);
        assert_eq!(wrapped("at least 98 % of it, or 440 MB", 11), ["at least", "98 % of it,", "or 440 MB"]);
    }

    #[test]
    fn thousands_stand_apart() {
        let said = [0, 999, 1_000, 79_800, 1_234_567].map(thousands);
        assert_eq!(said, ["0", "999", "1,000", "79,800", "1,234,567"]);
    }
}
