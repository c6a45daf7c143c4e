//! A heading for each head, a bar and exact numbers for each row.

use ratatui::layout::Rect;

use super::{OutputRow, OutputSection};
use crate::{
    messages::{label, message},
    state::{ReadingChoice, State},
    widgets::{
        Look,
        canvas::Canvas,
        columns::window,
        heat_map, placeholder,
        text::{cells, or_dash, padded, right_aligned, shorten},
    },
};

/// The most cells of a name.
const NAME: u16 = 30;
/// Of each number.
const NUMBER: u16 = 10;
/// The narrowest and the widest bar.
const BAR: (u16, u16) = (8, 50);

/// A line of the view.
enum Line<'s> {
    Heading(&'s str),
    Empty(&'s str),
    Row(usize, &'s OutputRow),
}

pub(super) fn draw(
    sections: &[OutputSection],
    cursor: usize,
    state: &State,
    look: &Look,
    area: Rect,
    canvas: &mut Canvas,
) {
    if sections.is_empty() {
        let lines = [
            message!("output-none-open", key = look.key(state, "pick-model")),
            message!("output-none-words"),
            message!("output-none-labels"),
            message!("output-none-entities"),
            message!("output-none-answers"),
        ];
        placeholder::invite(label!("output-none").text(), &lines, look, area, canvas);
        return;
    }
    let has_before = sections.iter().flat_map(|section| &section.rows).any(|row| row.before.is_some());
    let room = usize::from(area.width.saturating_sub(2));
    canvas.set_string(area.x + 1, area.y, shorten(&caption(state), room), look.theme.heading);
    let widest = sections.iter().flat_map(|section| &section.rows).map(|row| cells(&row.name)).max().unwrap_or(0);
    let columns = OutputColumns::new(area, (widest as u16).clamp(6, NAME), has_before);
    if has_before {
        columns.heading(look, area.y, canvas);
    }
    let mut lines = Vec::new();
    let mut at = 0;
    for section in sections {
        lines.push(Line::Heading(&section.title));
        lines.extend(section.empty.as_deref().map(Line::Empty));
        for row in &section.rows {
            lines.push(Line::Row(at, row));
            at += 1;
        }
    }
    let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let on = lines.iter().position(|line| matches!(line, Line::Row(row, _) if *row == cursor)).unwrap_or(0);
    let seen = window(&vec![1; lines.len()], on, usize::from(rest.height));
    for (line, y) in lines[seen.clone()].iter().zip(rest.y..) {
        match line {
            Line::Heading(title) => canvas.set_string(area.x + 1, y, shorten(title, room), look.theme.special),
            Line::Empty(text) => canvas.set_string(area.x + 2, y, shorten(text, room - 1), look.theme.dim),
            Line::Row(at, row) => columns.row(row, *at == cursor, look, y, canvas),
        }
    }
    let (above, below) = (seen.start > 0, seen.end < lines.len());
    let last = rest.bottom().saturating_sub(1);
    heat_map::beyond(above.then_some(rest.y), below.then_some(last), look, area.right() - 1, canvas);
}

/// What is read: a pair joined, or one sentence.
fn caption(state: &State) -> String {
    let has_pair = state.readings.as_ref().is_some_and(|readings| readings.pair.is_some());
    match (has_pair, state.attention.reading_choice) {
        (false, _) => message!("output-of-sentence"),
        (true, ReadingChoice::Joined) => message!("output-of-joined"),
        (true, ReadingChoice::AloneA) => message!("output-of-a"),
        (true, ReadingChoice::AloneB) => message!("output-of-b"),
    }
}

/// Where the parts of a row stand.
struct OutputColumns {
    x: u16,
    name: u16,
    has_before: bool,
    bar: Option<Rect>,
}

impl OutputColumns {
    fn new(area: Rect, name: u16, has_before: bool) -> Self {
        let x = area.x + 1;
        let numbers = if has_before { 3 * NUMBER } else { NUMBER };
        let start = x + 1 + name + numbers + 2;
        let width = area.right().saturating_sub(start + 2).min(BAR.1);
        let bar = (width >= BAR.0).then_some(Rect { x: start, y: area.y, width, height: 1 });
        Self { x, name, has_before, bar }
    }

    fn heading(&self, look: &Look, y: u16, canvas: &mut Canvas) {
        let names = [label!("output-column-now"), label!("output-column-before"), label!("output-column-change")];
        for (name, x) in names.into_iter().zip((self.x + 1 + self.name..).step_by(NUMBER.into())) {
            canvas.set_string(x, y, right_aligned(name.text(), NUMBER), look.theme.heading);
        }
    }

    fn row(&self, row: &OutputRow, is_cursor: bool, look: &Look, y: u16, canvas: &mut Canvas) {
        let style = if row.is_chosen { look.theme.accent } else { look.theme.text };
        let mark = if is_cursor { "▸" } else { " " };
        let name = padded(&shorten(&row.name, self.name.into()), self.name);
        canvas.set_string(self.x, y, format!("{mark}{name}"), style);
        let mut x = self.x + 1 + self.name;
        let mut number = |text: String, canvas: &mut Canvas| {
            canvas.set_string(x, y, right_aligned(&text, NUMBER), look.theme.text);
            x += NUMBER;
        };
        number(or_dash(row.score, |score| format!("{score:.4}")), canvas);
        if self.has_before {
            let before = row.before.unwrap_or(f32::NAN);
            number(or_dash(before, |before| format!("{before:.4}")), canvas);
            number(or_dash(row.score - before, |change| format!("{change:+.4}")), canvas);
        }
        if let Some(bar) = self.bar.filter(|_| row.is_share && row.score.is_finite()) {
            let full = (row.score.clamp(0.0, 1.0) * f32::from(bar.width)).round() as usize;
            canvas.set_string(bar.x, y, "█".repeat(full), style);
        }
    }
}
