//! A page that may be higher than the screen.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::{messages::message, state::State, views::pooling::pages::Pages, widgets::Look};

/// What is drawn, in lines.
pub(super) struct Height {
    /// All of it.
    pub lines: u16,
    /// The line that stays on top when those after it are scrolled: the names of columns.
    pub pinned: Option<u16>,
}

/// Shows as much of a page as fits, from line `pages.top` on; how far it can be scrolled. `draw` is given the place of the whole
/// page. Where there is more than fits, the last line of the area is kept free of it, to say so.
pub(super) fn draw(
    pages: &Pages,
    state: &State,
    height: Height,
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
    draw: impl FnOnce(Rect, &mut Buffer),
) -> usize {
    let Height { lines, pinned } = height;
    if lines <= area.height {
        draw(Rect { height: lines, ..area }, buffer);
        return 0;
    }
    let shown = area.height.saturating_sub(1);
    let furthest = lines - shown;
    let top = (pages.top.min(usize::from(furthest))) as u16;
    let whole = Rect { y: 0, height: lines, ..area };
    let mut page = Buffer::empty(whole);
    page.set_style(whole, look.theme.text.bg(look.theme.background()));
    draw(whole, &mut page);
    for row in 0..shown {
        let line = match pinned {
            Some(pinned) if row == 0 && top > pinned => pinned,
            _ => top + row,
        };
        for x in area.left()..area.right() {
            let (from, to) = (Position { x, y: line }, Position { x, y: area.y + row });
            if let (Some(from), Some(to)) = (page.cell(from), buffer.cell_mut(to)) {
                *to = from.clone();
            }
        }
    }
    let text = match top < furthest {
        true => message!("pooling-more-below", key = look.way(state, "down")),
        false => message!("pooling-more-above", key = look.way(state, "up")),
    };
    buffer.set_string(area.x, area.bottom() - 1, text, look.theme.accent);
    usize::from(furthest)
}
