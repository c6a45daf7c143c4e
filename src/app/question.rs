//! What to look for in an example, a line above the view while the example is there; and the notes of a session.

use ratatui::{buffer::Buffer, layout::Rect};

use super::App;
use crate::{
    printable::printable,
    widgets::{Look, text::shorten},
};

/// The least height of the body that leaves a line for it.
const LOWEST: u16 = 8;

/// Draws the line and returns what is left below it.
pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Rect {
    let is_seen = app.help.is_none() && !app.picker.is_open && app.table.is_none() && area.height >= LOWEST;
    if !is_seen {
        return area;
    }
    let room = usize::from(area.width.saturating_sub(2));
    // In a lesson its own text says what to look for.
    let notes = app.note_lines().take(2).filter(|_| app.lesson_walk().is_none());
    let mut taken = 0;
    for line in app.question().into_iter().chain(notes).take(2) {
        buffer.set_string(area.x + 1, area.y + taken, shorten(&printable(line), room), look.theme.accent);
        taken += 1;
    }
    Rect { y: area.y + taken, height: area.height - taken, ..area }
}
