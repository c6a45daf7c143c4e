//! A heading for each head or probe, a bar and exact numbers for each row.

use std::ops::Range;

use ratatui::layout::Rect;

use super::super::{OutputRow, OutputSection};
use crate::{
    analysis::{decimal, signed},
    bert::HeadName,
    messages::label,
    state::ClickTarget,
    widgets::{
        Look,
        canvas::Canvas,
        columns::window,
        heat_map,
        text::{BETWEEN, cells, fitting, or_dash, padded, right_aligned, shorten},
    },
};

/// The fewest and the most cells of a name.
const NAME: (u16, u16) = (6, 30);
/// Of each number, with what stands before it, and of `0.1234`.
const NUMBER: u16 = 9;
const DIGITS: u16 = 6;
/// The narrowest and the widest bar.
const BAR: (u16, u16) = (8, 40);

/// A line of the view.
enum Line<'s> {
    Heading(&'s OutputSection),
    Text(&'s str),
    Row(usize, &'s OutputRow),
}

fn lines(sections: &[OutputSection]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for section in sections {
        lines.push(Line::Heading(section));
        lines.extend(section.text.as_deref().map(Line::Text));
        for row in &section.rows {
            lines.push(Line::Row(at, row));
            at += 1;
        }
    }
    lines
}

/// How many lines there are.
pub(super) fn height(sections: &[OutputSection]) -> u16 {
    u16::try_from(lines(sections).len()).unwrap_or(u16::MAX)
}

/// The cursor is on a row, and on a score of it; with `shows_token` what is said of the token that is chosen is in view.
pub(super) fn draw(
    sections: &[OutputSection],
    cursor: (usize, usize),
    shows_token: bool,
    look: &Look,
    area: Rect,
    canvas: &mut Canvas,
) {
    let room = usize::from(area.width.saturating_sub(2));
    let columns = OutputColumns::new(sections, area);
    let lines = lines(sections);
    let on = lines.iter().position(|line| matches!(line, Line::Row(row, _) if *row == cursor.0)).unwrap_or(0);
    let height = usize::from(area.height);
    let seen = match of_token(&lines).filter(|_| shows_token) {
        Some(of_token) => showing(of_token, window(&vec![1; lines.len()], on, height)),
        None => window(&vec![1; lines.len()], on, height),
    };
    for (line, y) in lines[seen.clone()].iter().zip(area.y..) {
        match line {
            Line::Heading(section) => columns.heading(section, look, y, canvas),
            Line::Text(text) => {
                canvas.set_string(area.x + 2, y, shorten(text, room.saturating_sub(1)), look.theme.dim);
            }
            Line::Row(at, row) => {
                let column = (*at == cursor.0).then_some(cursor.1);
                columns.row(row, column, look, y, canvas);
                canvas.on_click(Rect { y, height: 1, ..area }, ClickTarget::Line(*at));
            }
        }
    }
    let (above, below) = (seen.start > 0, seen.end < lines.len());
    let last = area.bottom().saturating_sub(1);
    heat_map::beyond(above.then_some(area.y), below.then_some(last), look, area.right() - 1, canvas);
}

/// The lines of what is said of the token that is chosen.
fn of_token(lines: &[Line]) -> Option<Range<usize>> {
    let start = lines.iter().position(|line| matches!(line, Line::Heading(section) if section.is_of_token))?;
    let others = lines[start + 1..].iter().position(|line| matches!(line, Line::Heading(_)));
    Some(start..others.map_or(lines.len(), |length| start + 1 + length))
}

/// A window moved as little as shows some lines, their beginning where they are more than it has.
fn showing(lines: Range<usize>, seen: Range<usize>) -> Range<usize> {
    let start = seen.start.max(lines.end.saturating_sub(seen.len())).min(lines.start);
    start..start + seen.len()
}

/// Where the parts of a row stand.
struct OutputColumns {
    x: u16,
    end: u16,
    name: u16,
    /// Numbers of each: with what it was, and where there is room with how it changed.
    each: usize,
    bar: Option<Rect>,
}

impl OutputColumns {
    fn new(sections: &[OutputSection], area: Rect) -> Self {
        let rows = || sections.iter().flat_map(|section| &section.rows);
        let names = rows().map(|row| &row.name).chain(sections.iter().map(|section| &section.title));
        let widest = names.map(|name| cells(name)).max().unwrap_or(0) as u16;
        let scores = rows().map(|row| row.scores.len()).max().unwrap_or(1);
        let has_before = rows().flat_map(|row| &row.scores).any(|score| score.before.is_some());
        let (x, end) = (area.x + 1, area.right().saturating_sub(1));
        let room = |each: usize| area.width.saturating_sub(3 + NUMBER * (scores * each) as u16);
        let each = match has_before {
            false => 1,
            true if room(3) >= widest.clamp(NAME.0, NAME.1) => 3,
            true => 2,
        };
        let name = widest.clamp(NAME.0, NAME.1).min(room(each).max(NAME.0));
        let numbers = NUMBER * (scores * each) as u16;
        let start = x + 1 + name + numbers + 2;
        let width = end.saturating_sub(start + 1).min(BAR.1);
        let bar = (width >= BAR.0).then_some(Rect { x: start, y: area.y, width, height: 1 });
        Self { x, end, name, each, bar }
    }

    /// The title, the names of the columns above their numbers, and what else there is to say, where there is room.
    fn heading(&self, section: &OutputSection, look: &Look, y: u16, canvas: &mut Canvas) {
        let mut x = self.x + 1 + self.name;
        let is_named = self.each > 1 || section.columns.len() > 1 || section.head == HeadName::Probe;
        let has_names = is_named && !section.rows.is_empty();
        let room = if has_names { self.name + 1 } else { self.end.saturating_sub(self.x) };
        canvas.set_string(self.x, y, shorten(&section.title, room.into()), look.theme.special);
        let beside = self.x + cells(&section.title) as u16 + 2;
        if has_names {
            let [before, change] = [label!("output-column-before"), label!("output-column-change")];
            for name in &section.columns {
                let with_before = [name.as_str(), before.text(), change.text()];
                for name in &with_before[..self.each] {
                    let name = shorten(name, usize::from(NUMBER) - 1);
                    if x + NUMBER <= self.end {
                        canvas.set_string(x, y, right_aligned(&name, NUMBER), look.theme.heading);
                    }
                    x += NUMBER;
                }
            }
            x += 2;
        } else {
            // Above the digits of a number.
            x = (x + NUMBER - DIGITS).max(beside);
        }
        let room = usize::from(self.end.saturating_sub(x));
        let notes = section.notes.iter().filter(|note| cells(note) <= room).cloned();
        let notes = fitting(notes, BETWEEN, room);
        canvas.set_string(x, y, shorten(&notes, room), look.theme.dim);
    }

    /// `cursor` is on one of its scores.
    fn row(&self, row: &OutputRow, cursor: Option<usize>, look: &Look, y: u16, canvas: &mut Canvas) {
        let theme = &look.theme;
        let at = cursor.unwrap_or(0).min(row.scores.len().saturating_sub(1));
        let Some(chosen) = row.scores.get(at) else { return };
        let style = |is_chosen: bool| if is_chosen { theme.accent } else { theme.text };
        let mark = if cursor.is_some() { "▸" } else { " " };
        let name = padded(&shorten(&row.name, self.name.into()), self.name);
        canvas.set_string(self.x, y, format!("{mark}{name}"), style(chosen.is_chosen));
        let mut x = self.x + 1 + self.name;
        for (column, score) in row.scores.iter().enumerate() {
            let before = score.before.unwrap_or(f32::NAN);
            let numbers = [
                or_dash(score.score, |score| decimal(score.into(), 4)),
                or_dash(before, |before| decimal(before.into(), 4)),
                or_dash(score.score - before, |change| signed(change, 4)),
            ];
            let is_marked = row.scores.len() > 1 && cursor.is_some() && column == at;
            for (number, text) in numbers.iter().take(self.each).enumerate() {
                let text = right_aligned(text, NUMBER);
                if x + NUMBER <= self.end {
                    let style = if is_marked && number == 0 { theme.cursor } else { style(score.is_chosen) };
                    let blank = text.len() - text.trim_start().len();
                    canvas.set_string(x + blank as u16, y, text.trim_start(), style);
                }
                x += NUMBER;
            }
        }
        if let Some(bar) = self.bar.filter(|_| row.is_share && chosen.score.is_finite()) {
            let full = (chosen.score.clamp(0.0, 1.0) * f32::from(bar.width)).round() as usize;
            canvas.set_string(bar.x, y, "█".repeat(full), style(chosen.is_chosen));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::showing;

    #[test]
    fn a_window_moves_as_little_as_shows_some_lines() {
        assert_eq!(showing(2..5, 0..6), 0..6);
        assert_eq!(showing(6..9, 0..6), 3..9);
        assert_eq!(showing(1..3, 4..8), 1..5);
        assert_eq!(showing(6..20, 0..6), 6..12);
    }
}
