//! What to look for in an example: a line above the view while the example is there.

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
    let Some(question) = app.question().filter(|_| is_seen) else { return area };
    let room = usize::from(area.width.saturating_sub(2));
    buffer.set_string(area.x + 1, area.y, shorten(&printable(question), room), look.theme.accent);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}
