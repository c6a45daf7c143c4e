//! A text field.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::{Modifier, Style},
};
use unicode_segmentation::UnicodeSegmentation;

use super::{Look, text::cells};
use crate::{printable::without_controls, state::TextField};

/// Draws a field's text, scrolled so that its cursor is in view; returns the cursor's column.
pub(crate) fn field(field: &TextField, focused: bool, look: &Look, row: Rect, buffer: &mut Buffer) -> u16 {
    field_with_unread(field, &[], focused, look, row, buffer)
}

/// A line with a label and a field, `spared` cells free at its end; returns where the text cursor stands.
pub(crate) fn labelled_field(
    label: &str,
    field_of: &TextField,
    spared: u16,
    look: &Look,
    line: Rect,
    buffer: &mut Buffer,
) -> Position {
    buffer.set_string(line.x + 1, line.y, label, look.theme.accent);
    let before = 2 + cells(label) as u16;
    let row = Rect { x: line.x + before, width: line.width.saturating_sub(before + 1 + spared), height: 1, ..line };
    Position { x: row.x + field(field_of, true, look, row, buffer), y: row.y }
}

/// As [`field`], with the bytes that the model does not know struck through.
pub(crate) fn field_with_unread(
    field: &TextField,
    unread: &[Range<usize>],
    focused: bool,
    look: &Look,
    row: Rect,
    buffer: &mut Buffer,
) -> u16 {
    let room = usize::from(row.width);
    let cursor = if focused { field.cursor_cells() } else { 0 };
    let scroll = if cursor < room { 0 } else { cursor + 1 - room };
    let mut start = 0;
    for (at, grapheme) in field.value().grapheme_indices(true) {
        let is_unread = unread.iter().any(|span| span.start < at + grapheme.len() && at < span.end);
        let style = if is_unread { struck(look) } else { look.theme.text };
        // As wide as it is typed, or the cursor would stand elsewhere.
        let grapheme = without_controls(grapheme);
        let end = start + cells(&grapheme);
        // A wide character half outside is left out, its other half stays blank.
        if start >= scroll && end <= scroll + room {
            buffer.set_string(row.x + (start - scroll) as u16, row.y, &grapheme, style);
        }
        start = end;
    }
    // What lies beyond the field's ends is marked there.
    if scroll > 0 {
        buffer.set_string(row.x - 1, row.y, "‹", look.theme.dim);
    }
    if start > scroll + room {
        buffer.set_string(row.right(), row.y, "›", look.theme.dim);
    }
    cursor.saturating_sub(scroll) as u16
}

/// How text is drawn that the model does not know: struck through, and underlined where no colour says so too.
pub(crate) fn struck(look: &Look) -> Style {
    let style = look.theme.warning.add_modifier(Modifier::CROSSED_OUT);
    if look.theme.has_color() { style } else { style.add_modifier(Modifier::UNDERLINED) }
}
