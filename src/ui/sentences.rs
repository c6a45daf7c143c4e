//! The two text fields on top.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Modifier,
};
use unicode_segmentation::UnicodeSegmentation;

use super::{Look, canvas::Canvas, text::cells};
use crate::{
    app::{Action, Aim, App, Context, Field, Focus, TextField},
    printable::printable,
};

/// Draws the fields and returns where the text cursor stands, if one of them has the focus.
pub(super) fn draw(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) -> Option<Position> {
    let rows = [
        (Field::Sentence, &app.sentence, " A ", "type a sentence", Action::EditSentence),
        (Field::Pair, &app.pair, " B ", "a second sentence, to compare", Action::EditPair),
    ];
    let mut position = None;
    for ((which, field, label, hint, action), y) in rows.into_iter().zip(area.y..area.bottom()) {
        let focused = app.focus == Focus::Text(which) && app.context() == Context::Input;
        let style = if focused { look.theme.accent.add_modifier(Modifier::BOLD) } else { look.theme.dim };
        let marker = if focused { "▌" } else { " " };
        canvas.set_string(area.x, y, format!("{marker}{label}"), style);
        let row = Rect { x: area.x + 5, y, width: area.width.saturating_sub(6), height: 1 };
        if field.value().is_empty() && !focused {
            let key = look.key(app, action);
            let hint = if key.is_empty() { hint.to_owned() } else { format!("{hint} ({key})") };
            canvas.set_stringn(row.x, y, hint, usize::from(row.width), look.theme.dim);
        }
        canvas.on_click(Rect { y, height: 1, ..area }, Aim::Field(which));
        let cursor = self::field(field, focused, look, row, canvas);
        if focused {
            position = Some(Position { x: row.x + cursor, y });
        }
    }
    position
}

/// Draws a field's text, scrolled so that its cursor is in view; returns the cursor's column.
pub(super) fn field(field: &TextField, focused: bool, look: &Look, row: Rect, buffer: &mut Buffer) -> u16 {
    let room = usize::from(row.width);
    let cursor = if focused { field.cursor_cells() } else { 0 };
    let scroll = if cursor < room { 0 } else { cursor + 1 - room };
    let mut start = 0;
    for grapheme in field.value().graphemes(true) {
        let grapheme = printable(grapheme);
        let end = start + cells(&grapheme);
        // A wide character half outside is left out, its other half stays blank.
        if start >= scroll && end <= scroll + room {
            buffer.set_string(row.x + (start - scroll) as u16, row.y, &grapheme, look.theme.text);
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
