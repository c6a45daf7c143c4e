//! The sentence as one reads it, each word shaded by the row the cursor is on.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use super::{Look, cells, columns::window, heat_map::beyond, text};
use crate::{
    analysis::Word,
    bert::Sentence,
    printable::printable,
    state::{AttentionState, Reading, Shown},
};

/// Where a text is cut when it is read as the model was trained to be read.
const DECLARED_MARGIN: &str = "┃";

/// A stretch of text drawn in one style.
struct Piece {
    text: String,
    style: Style,
    cursor: bool,
}

/// Draws as many lines as fit, those around the cursor's word, with a mark where there are more; returns how many were drawn.
pub(crate) fn draw(
    reading: &Reading,
    attention: &AttentionState,
    shown: &Shown,
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) -> u16 {
    let pieces = pieces(reading, attention, shown, look);
    let lines = wrap(&pieces, usize::from(area.width.saturating_sub(2)));
    let cursor = lines.iter().position(|line| line.iter().any(|&i| pieces[i].cursor)).unwrap_or(0);
    let seen = window(&vec![1; lines.len()], cursor, usize::from(area.height));
    for (line, y) in lines[seen.clone()].iter().zip(area.y..) {
        let mut x = area.x + 1;
        for &i in line {
            let room = usize::from(area.right().saturating_sub(x + 1));
            (x, _) = buffer.set_stringn(x, y, &pieces[i].text, room, pieces[i].style);
        }
    }
    let (above, below) = (seen.start > 0, seen.end < lines.len());
    let last = (area.y + seen.len() as u16).saturating_sub(1);
    if above && below && seen.len() == 1 {
        buffer.set_string(area.right() - 1, area.y, "↕", look.theme.accent);
    } else {
        beyond(above.then_some(area.y), below.then_some(last), look, area.right() - 1, buffer);
    }
    seen.len() as u16
}

fn pieces(reading: &Reading, attention: &AttentionState, shown: &Shown, look: &Look) -> Vec<Piece> {
    let Reading { trace, words, .. } = reading;
    let weight = |word: &Word| shown.word_row.weights[shown.words.unit_of(word.tokens.start)];
    let faint = shown.word_row.is_faint();
    let top = if faint { f32::INFINITY } else { words.iter().map(weight).fold(0.0, f32::max) };
    let plain = |text: &str| Piece { text: printable(text).into_owned(), style: look.theme.dim, cursor: false };
    let mut pieces = Vec::new();
    let first_word = words.first().map_or(trace.tokens.len(), |word| word.tokens.start);
    specials(reading, attention, shown, look, 0..first_word, &mut pieces);
    let mut done = (Sentence::A, 0); // byte
    let begins_beyond = |sentence| reading.declared_extent.as_ref().is_some_and(|extent| extent.of(sentence).start > 0);
    let mut is_beyond = begins_beyond(Sentence::A);
    let mut word_end = first_word; // token
    for word in words {
        if word.sentence != done.0 {
            let rest = trace.input.sentence(done.0).get(done.1..).unwrap_or_default();
            rest.split_inclusive(' ').for_each(|blank| pieces.push(plain(blank)));
            specials(reading, attention, shown, look, word_end..word.tokens.start, &mut pieces);
            pieces.push(plain("│  "));
            done = (word.sentence, 0);
            is_beyond = begins_beyond(word.sentence);
        }
        let sentence = trace.input.sentence(word.sentence);
        // Spans of a tokenizer that normalises may touch or overlap; each byte is drawn once.
        let (start, end) = (word.span.start.max(done.1), word.span.end.max(done.1));
        let (Some(gap), Some(text)) = (sentence.get(done.1..start), sentence.get(start..end)) else { continue };
        gap.split_inclusive(' ').for_each(|blank| pieces.push(plain(blank)));
        let cursor = word.tokens.contains(&attention.token);
        let beyond = reading.is_beyond_declared(word.sentence, &word.span);
        if beyond != is_beyond {
            is_beyond = beyond;
            pieces.push(Piece { text: format!("{DECLARED_MARGIN} "), style: look.theme.warning, cursor: false });
        }
        let mut style = match beyond && !cursor {
            true => look.theme.dim,
            false => shaded(cells::share(weight(word), top), cursor, look),
        };
        let mut text = printable(text).into_owned();
        if trace.tokens[word.tokens.clone()].iter().any(|token| token.unknown) {
            style = style.add_modifier(Modifier::CROSSED_OUT);
            if !look.theme.has_color() {
                text = format!("[{text}]");
            }
        }
        pieces.push(Piece { text, style, cursor });
        done.1 = end;
        word_end = word.tokens.end;
    }
    let rest = trace.input.sentence(done.0).get(done.1..).unwrap_or_default();
    rest.split_inclusive(' ').for_each(|text| pieces.push(plain(text)));
    specials(reading, attention, shown, look, word_end..trace.tokens.len(), &mut pieces);
    pieces
}

/// What the shading leaves out: attention to tokens that stand for no word.
fn specials(
    reading: &Reading,
    attention: &AttentionState,
    shown: &Shown,
    look: &Look,
    tokens: Range<usize>,
    pieces: &mut Vec<Piece>,
) {
    if shown.hidden(attention.layer).is_some() {
        return;
    }
    let row = |token| shown.word_row.weights[shown.words.unit_of(token)];
    for i in tokens.filter(|&i| reading.trace.tokens[i].span.is_none()) {
        let token = &reading.trace.tokens[i];
        let cursor = i == attention.token;
        let style = if cursor {
            look.theme.special.add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
        } else {
            look.theme.special
        };
        let blank = || Piece { text: "  ".to_owned(), style: look.theme.dim, cursor: false };
        let share = if row(i) < 0.005 { "<1".to_owned() } else { cells::percent(row(i)) };
        pieces.push(blank());
        pieces.push(Piece { text: format!("{} {share} %", printable(&token.written())), style, cursor });
        pieces.push(blank());
    }
}

/// Colour where there is some; else plain, bold and reverse for little, more and most.
fn shaded(share: f32, cursor: bool, look: &Look) -> Style {
    let style = if look.theme.has_color() {
        let background = look.theme.sequential(share);
        Style::new().bg(background).fg(look.theme.on(background))
    } else if share > 0.66 {
        look.theme.text.add_modifier(Modifier::REVERSED)
    } else if share > 0.33 {
        look.theme.text.add_modifier(Modifier::BOLD)
    } else {
        look.theme.text
    };
    if cursor { style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED) } else { style }
}

/// Fills lines greedily, a word with the marks that stand at it in one line; blanks at the start of a line are dropped.
fn wrap(pieces: &[Piece], room: usize) -> Vec<Vec<usize>> {
    let mut lines = vec![Vec::new()];
    let (mut x, mut i) = (0, 0);
    for together in pieces.chunk_by(|before, behind| !may_end_between(before, behind)) {
        let width: usize = together.iter().map(|piece| text::cells(&piece.text)).sum();
        let mut must_end = x > 0 && x + width > room && width <= room;
        for piece in together {
            let width = text::cells(&piece.text);
            if must_end || x > 0 && x + width > room {
                lines.push(Vec::new());
                (x, must_end) = (0, false);
            }
            if x > 0 || !piece.text.trim().is_empty() {
                x += width;
                lines.last_mut().into_iter().for_each(|line| line.push(i));
            }
            i += 1;
        }
    }
    lines
}

fn may_end_between(before: &Piece, behind: &Piece) -> bool {
    match (before.text.chars().next_back(), behind.text.chars().next()) {
        (Some(before), Some(behind)) if before != ' ' && behind != ' ' => text::may_end_between(before, behind),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&str], room: usize) -> Vec<String> {
        let piece = |text: &&str| Piece { text: (*text).to_owned(), style: Style::new(), cursor: false };
        let drawn = wrap(&pieces.iter().map(piece).collect::<Vec<_>>(), room);
        drawn.iter().map(|line| line.iter().map(|&i| pieces[i]).collect()).collect()
    }

    #[test]
    fn a_mark_stays_at_its_word() {
        let text = ["Come", " ", "home", " ", "again", ".", " ", "Now"];
        assert_eq!(lines(&text, 15), ["Come home ", "again. Now"]);
        assert_eq!(lines(&text, 16), ["Come home again.", "Now"]);
        assert_eq!(lines(&["回", "家", "。", "了"], 5), ["回", "家。", "了"]);
        // Longer than a line: broken wherever one is full.
        assert_eq!(lines(&["state", "-", "of", "-", "art"], 7), ["state-", "of-art"]);
    }
}
