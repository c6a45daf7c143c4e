//! What is held beside what is shown, and their difference.

use ratatui::layout::Rect;

use super::{Look, canvas::Canvas};
use crate::app::{App, Readings};

pub(super) fn draw(_app: &App, _readings: &Readings, look: &Look, area: Rect, canvas: &mut Canvas) {
    canvas.set_string(area.x + 1, area.y, "nothing here yet", look.theme.dim);
}
