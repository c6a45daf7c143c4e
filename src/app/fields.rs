//! The two text fields on top.

use super::App;
use crate::state::{ClickTarget, Context, Field, Focus};
use crate::widgets::{Look, canvas::Canvas, field::field as draw_field};
use ratatui::{
    layout::{Position, Rect},
    style::Modifier,
};

/// Draws the fields and returns where the text cursor stands, if one of them has the focus.
pub(super) fn draw(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) -> Option<Position> {
    let rows = [
        (Field::Sentence, &app.sentence, " A ", "type a sentence", "edit-sentence"),
        (Field::Pair, &app.pair, " B ", "a second sentence, to compare", "edit-pair"),
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
        canvas.on_click(Rect { y, height: 1, ..area }, ClickTarget::Field(which));
        let cursor = draw_field(field, focused, look, row, canvas);
        if focused {
            position = Some(Position { x: row.x + cursor, y });
        }
    }
    position
}
