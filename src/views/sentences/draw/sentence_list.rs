//! The sentences, a line each.

use std::ops::Range;

use ratatui::layout::{Position, Rect};

use super::{
    HEADER,
    matrices::{WIDEST as WIDEST_COLUMN, narrowest},
};
use crate::{
    messages::label,
    printable::printable,
    state::{ClickTarget, State},
    widgets::{
        Look,
        canvas::Canvas,
        columns::window,
        field::field,
        heat_map,
        listing::mark,
        text::{cells, shorten},
    },
};

/// The narrowest list, and the widest.
const NARROWEST: u16 = 18;
const WIDEST: u16 = 70;
/// A narrower list is not worth numbers or every column in the matrices.
const FEWEST: u16 = 24;

/// How many cells the list takes of so many: more than its share where the matrices are small.
pub(super) fn width(state: &State, all: u16) -> u16 {
    let list = &state.list;
    let longest = list.lines().iter().map(|line| cells(&printable(&line.text))).max().unwrap_or(0);
    let matrices = 2 * (WIDEST_COLUMN * list.lines().len() + 4);
    let share = (all * 3 / 8).max(all.saturating_sub(matrices.min(usize::from(all)) as u16));
    // Or less, where that leaves room for numbers, or else for every column.
    let beside = |column: usize| all.saturating_sub((2 * column * list.lines().len()).min(usize::from(all)) as u16 + 5);
    let enough = [narrowest(list), 2, 1].map(beside).into_iter().find(|width| *width >= FEWEST);
    let share = enough.map_or(share, |width| share.min(width));
    let wanted = longest + number_width(state) + 4;
    (wanted.min(usize::from(WIDEST)) as u16).max(2 * NARROWEST).min(share).max(NARROWEST)
}

fn number_width(state: &State) -> usize {
    (state.list.lines().len() + 1).to_string().len()
}

/// The rows that are in view of so many lines; a new one that is being typed stands behind the last.
pub(super) fn rows(state: &State, types: bool, lines: usize) -> Range<usize> {
    let list = &state.list;
    let count = list.rows().len();
    let at = if types { list.typed_line() } else { list.line() };
    let is_new = at == count && types;
    let row = if is_new { count } else { list.row_of(at) };
    window(&vec![1; count + usize::from(is_new)], row, lines)
}

/// The `seen` rows. Where the text cursor stands, if a sentence is being typed.
pub(super) fn draw(
    state: &State,
    types: bool,
    seen: Range<usize>,
    look: &Look,
    area: Rect,
    canvas: &mut Canvas,
) -> Option<Position> {
    let (list, theme) = (&state.list, &look.theme);
    let rows = Rect { y: area.y + HEADER, height: area.height.saturating_sub(HEADER), ..area };
    let heading = label!("list-column-sentence").text();
    canvas.set_stringn(area.x + 1, rows.y - 1, heading, usize::from(area.width), theme.heading);
    let typed = types.then(|| list.typed_line());
    let count = list.rows().len() + usize::from(typed == Some(list.lines().len()));
    let above = (seen.start > 0).then_some(rows.y);
    let below = (seen.end < count).then_some(rows.bottom().saturating_sub(1));
    let digits = number_width(state);
    let mut cursor = None;
    for (row, y) in seen.zip(rows.y..) {
        let line = list.rows().get(row).copied().unwrap_or(list.lines().len());
        let place = Rect { y, height: 1, ..rows };
        let text =
            Rect { x: place.x + digits as u16 + 3, width: place.width.saturating_sub(digits as u16 + 4), ..place };
        let here = line == list.line() && typed.is_none();
        let sign = match () {
            () if here || typed == Some(line) => "▸",
            () if line == list.other() => "▹",
            () => " ",
        };
        canvas.set_string(place.x, y, sign, theme.accent);
        let number = format!("{:>digits$}", line + 1);
        canvas.set_string(place.x + 1, y, number, if line == list.other() { theme.accent } else { theme.dim });
        if typed == Some(line) {
            let x = field(&list.field, true, look, text, canvas);
            cursor = Some(Position { x: text.x + x, y });
            continue;
        }
        let Some(sentence) = list.lines().get(line) else { continue };
        canvas.set_string(place.x + 1 + digits as u16, y, mark(list, line), theme.warning);
        let style = match &sentence.read {
            _ if here => theme.cursor,
            None => theme.dim,
            Some(read) if read.length.truncation.is_some() => theme.warning,
            Some(_) => theme.text,
        };
        canvas.set_string(text.x, y, shorten(&printable(&sentence.text), usize::from(text.width)), style);
        canvas.on_click(place, ClickTarget::Pair { line: Some(line), other: None });
    }
    heat_map::beyond(above, below, look, area.right() - 1, canvas);
    cursor
}
