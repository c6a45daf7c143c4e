//! The forms a file with what is shown can have, to choose from.

use ratatui::{
    layout::Rect,
    widgets::{Block, Clear, Widget},
};

use super::App;
use crate::export::Format;
use crate::state::ClickTarget;
use crate::widgets::{Look, canvas::Canvas, text::cells};

/// Draws the list over the lower end of a view.
pub(super) fn draw(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
    let theme = &look.theme;
    let formats: Vec<Format> = Format::on_screen().collect();
    let longest = formats.iter().map(|format| cells(format.description())).max().unwrap_or(0) as u16;
    let (width, height) = ((longest + 9).min(area.width), (formats.len() as u16 + 2).min(area.height));
    let place = Rect { x: area.x, y: area.bottom() - height, width, height };
    Clear.render(place, canvas);
    canvas.set_style(place, theme.text.bg(theme.background()));
    let title = format!(" Write the {} view into a file here ", app.view.title());
    Block::bordered().border_style(theme.border).title(title).title_style(theme.heading).render(place, canvas);
    for (format, y) in formats.into_iter().zip(place.y + 1..place.bottom().saturating_sub(1)) {
        let line = Rect { x: place.x + 2, y, width: place.width.saturating_sub(4), height: 1 };
        let key = look.key(app, format.command());
        canvas.set_stringn(line.x, y, key, usize::from(line.width), theme.accent);
        let room = usize::from(line.width.saturating_sub(4));
        canvas.set_stringn(line.x + 4, y, format.description(), room, theme.text);
        canvas.on_click(line, ClickTarget::Do(format.command()));
    }
}
