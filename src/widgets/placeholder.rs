//! What is said in the place of a view.

use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
    text::Line,
    widgets::{Paragraph, Widget, Wrap},
};

use super::Look;
use crate::printable::printable;

/// What went wrong, whole, however long: the status line below may have to cut it.
pub(crate) fn explain(heading: &str, why: &str, look: &Look, area: Rect, buffer: &mut Buffer) {
    let message = Paragraph::new(vec![
        Line::styled(heading, look.theme.error),
        Line::styled(printable(why).into_owned(), look.theme.text),
    ]);
    message.wrap(Wrap { trim: true }).render(area.inner(Margin::new(2, 0)), buffer);
}

/// Some lines in the middle.
pub(crate) fn invite(heading: &str, rest: &[String], look: &Look, area: Rect, buffer: &mut Buffer) {
    let height = 1 + rest.len() as u16;
    let top = area.y + area.height.saturating_sub(height) / 2;
    let rest = rest.iter().map(|line| Line::styled(line.as_str(), look.theme.dim));
    let lines = std::iter::once(Line::styled(heading, look.theme.heading)).chain(rest);
    for (line, y) in lines.zip(top..area.bottom()) {
        line.centered().render(Rect { y, height: 1, ..area }, buffer);
    }
}
