//! The list of models to choose from.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Modifier,
    text::{Line, Span},
    widgets::Widget,
};

use super::{
    Look,
    sentences::field,
    text::{cells, shorten},
};
use crate::{
    app::{App, Choice},
    models::{Bytes, Listed},
    printable::printable,
};

/// Width of the columns behind the name, each with the two cells before it.
const PLACE: usize = 11;
const SHAPE: usize = 9;
const SIZE: usize = 9;
const LANGUAGES: usize = 16;

/// Draws the list; returns where the text cursor stands.
pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Position {
    let theme = &look.theme;
    let picker = &app.picker;
    let choices = picker.choices();

    let label = " Model ";
    buffer.set_string(area.x, area.y, format!("▌{}", &label[1..]), theme.accent.add_modifier(Modifier::BOLD));
    let start = area.x + cells(label) as u16 + 1;
    let row = Rect { x: start, width: area.right().saturating_sub(start + 1), height: 1, ..area };
    let cursor = field(&picker.filter, true, look, row, buffer);
    if picker.filter.value().is_empty() {
        let hint = "type to find one, or any name of the Hub, or a directory";
        buffer.set_stringn(row.x + 1, row.y, hint, usize::from(row.width), theme.dim);
    }

    let notes = 2.min(area.height.saturating_sub(4));
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + notes), ..area };
    let message = match (choices.is_empty(), picker.is_looking()) {
        (true, true) => "Looking for models …",
        (true, false) => "Nothing fits, and what is typed is no name of the Hub. A directory begins with / . or ~",
        _ => "",
    };
    buffer.set_stringn(list.x + 3, list.y, message, usize::from(list.width.saturating_sub(4)), theme.dim);

    let height = usize::from(list.height);
    let top = picker.selected.saturating_sub(height / 2).min(choices.len().saturating_sub(height));
    let shown = choices.iter().enumerate().skip(top).take(height);
    for ((i, choice), y) in shown.zip(list.y..) {
        let selected = i == picker.selected;
        let current = picker.current.as_deref() == Some(choice.name());
        let line = Rect { y, height: 1, ..list };
        choice_line(choice, current, usize::from(list.width), look).render(line, buffer);
        if selected {
            buffer.set_style(line, theme.cursor);
            buffer.set_string(line.x, y, "▶", theme.cursor);
        }
    }
    if top + height < choices.len() {
        let more = Rect { y: list.bottom().saturating_sub(1), height: 1, ..list };
        Line::styled(format!(" {} more ↓ ", choices.len() - top - height), theme.accent).right_aligned().render(more, buffer);
    }

    if let Some(choice) = choices.get(picker.selected).filter(|_| notes > 0) {
        let note = note(choice);
        let width = usize::from(area.width.saturating_sub(2));
        let line = Line::styled(shorten(&printable(&note), width).into_owned(), theme.dim);
        line.render(Rect { x: area.x + 1, y: area.bottom() - 1, height: 1, width: width as u16 }, buffer);
    }
    Position { x: row.x + cursor, y: row.y }
}

fn note(choice: &Choice) -> String {
    match choice {
        Choice::Listed(Listed { note: Some(note), .. }) => note.clone(),
        Choice::Listed(model) => format!("hidden size {}", model.summary.hidden_size),
        Choice::Hub(_) => "Asks the Hub for a model of this name.".to_owned(),
        Choice::Directory(_) => "Opens this directory.".to_owned(),
    }
}

fn choice_line(choice: &Choice, current: bool, width: usize, look: &Look) -> Line<'static> {
    let theme = &look.theme;
    let marker = if current { "  ● " } else { "    " };
    let mut spans = vec![Span::styled(marker, theme.accent)];
    let languages = if width >= 100 { LANGUAGES } else { 0 };
    let room = width.saturating_sub(4 + PLACE + SHAPE + SIZE + languages + 1);
    let name = printable(choice.name());
    match choice {
        Choice::Listed(model) => {
            let name = shorten(&name, room);
            let pad = " ".repeat(room.saturating_sub(cells(&name)));
            spans.push(Span::styled(format!("{name}{pad}"), theme.text));
            let shape = format!("{}×{}", model.summary.layers, model.summary.heads);
            let size = Bytes(model.summary.bytes);
            let columns = format!("  {:<9}{shape:>SHAPE$}{size:>SIZE$}", model.place.name());
            spans.push(Span::styled(columns, theme.dim));
            if languages > 0 {
                let known = model.languages.as_deref().unwrap_or_default();
                spans.push(Span::styled(format!("   {}", shorten(&printable(known), LANGUAGES - 3)), theme.dim));
            }
        }
        Choice::Hub(_) | Choice::Directory(_) => {
            let what = if matches!(choice, Choice::Hub(_)) { "from the Hub:" } else { "directory:" };
            spans.push(Span::styled(format!("{what} "), theme.dim));
            spans.push(Span::styled(shorten(&name, width.saturating_sub(6 + what.len())).into_owned(), theme.text));
        }
    }
    Line::from(spans)
}
