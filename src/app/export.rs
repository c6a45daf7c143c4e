//! The forms a file with what is shown can have, to choose from.

use ratatui::{
    layout::Rect,
    widgets::{Block, Clear, Widget},
};

use super::App;
use crate::state::{Action, Aim};
use crate::widgets::{Look, canvas::Canvas, text::cells};

const FORMS: [&str; 6] = ["export-html", "export-svg", "export-csv", "export-tsv", "export-json", "export-npz"];

/// Draws the list over the lower end of a view.
pub(super) fn draw(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
    let theme = &look.theme;
    let longest = FORMS.iter().map(|form| cells(described(form))).max().unwrap_or(0) as u16;
    let (width, height) = ((longest + 9).min(area.width), (FORMS.len() as u16 + 2).min(area.height));
    let place = Rect { x: area.x, y: area.bottom() - height, width, height };
    Clear.render(place, canvas);
    canvas.set_style(place, theme.text.bg(theme.background()));
    let title = format!(" Write the {} view into a file here ", app.view.title());
    Block::bordered().border_style(theme.border).title(title).title_style(theme.heading).render(place, canvas);
    for (form, y) in FORMS.into_iter().zip(place.y + 1..place.bottom().saturating_sub(1)) {
        let line = Rect { x: place.x + 2, y, width: place.width.saturating_sub(4), height: 1 };
        let key = look.key(app, form);
        canvas.set_stringn(line.x, y, key, usize::from(line.width), theme.accent);
        let room = usize::from(line.width.saturating_sub(4));
        canvas.set_stringn(line.x + 4, y, described(form), room, theme.text);
        canvas.on_click(line, Aim::Do(form));
    }
}

fn described(form: &str) -> &'static str {
    Action::named(form).map_or("", Action::description)
}
