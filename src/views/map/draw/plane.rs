//! One map: a frame with the share of variance on its axes, and the points inside.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    widgets::{Block, Widget},
};

use crate::{
    messages::message,
    printable::printable,
    state::{ClickTarget, ListSide, State},
    widgets::{
        Look,
        canvas::Canvas,
        text::{cells, shorten},
    },
};

pub(super) fn draw(state: &State, side: usize, marks: &[(char, Style)], look: &Look, area: Rect, canvas: &mut Canvas) {
    let (list, theme) = (&state.list, &look.theme);
    let pooling = list.poolings()[side];
    let block = Block::bordered().border_style(theme.border);
    let inside = block.inner(area);
    let title = |text: &str| format!(" {} ", shorten(text, usize::from(area.width.saturating_sub(4))));
    let Some(found) = list.side(side) else {
        block.title(title(&pooling.to_string())).title_style(theme.heading).render(area, canvas);
        return;
    };
    let [x, y] = found.projection.shares.map(|share| format!("{:.1} %", share * 100.0));
    let long = message!("map-axes", x = &x, y = &y);
    let axes = if cells(&long) + 4 <= usize::from(area.width) { long } else { format!("→ {x}  ↑ {y}") };
    let named = block.title(title(&pooling.to_string())).title_style(theme.heading);
    named.title_bottom(title(&axes)).render(area, canvas);
    if let Some(text) = not_finite(state, found).or_else(|| degenerate(found)) {
        let text = shorten(&text, usize::from(inside.width));
        canvas.set_string(inside.x, inside.y, text, theme.warning);
    }
    let Some(plane) = Plane::new(found, inside) else { return };
    let mut cells_of = BTreeMap::<(u16, u16), Vec<usize>>::new();
    for line in 0..list.lines().len() {
        let point = list.place(line).and_then(|place| found.projection.points[place]);
        if let Some(point) = point {
            cells_of.entry(plane.cell(point)).or_default().push(line);
        }
    }
    for (&(x, y), lines) in &cells_of {
        let Some(&line) = lines.last() else { continue };
        let (symbol, style) = marks[line];
        let symbol = match lines.len() {
            1 => symbol,
            count @ 2..=9 => char::from(b'0' + count as u8),
            _ => '+',
        };
        canvas.set_string(x, y, symbol.to_string(), style);
        // Of several in one place a click goes to the one after that under the cursor.
        let next = lines.iter().copied().find(|line| *line > list.line()).or(lines.first().copied());
        canvas.on_click(Rect { x, y, width: 1, height: 1 }, ClickTarget::Pair { line: next, other: None });
    }
    let mut taken: BTreeSet<(u16, u16)> = cells_of.keys().copied().collect();
    let at = |line: usize| cells_of.iter().find(|(_, lines)| lines.contains(&line)).map(|(cell, _)| *cell);
    let here = at(list.line());
    let nearest = list.nearest(side).first().and_then(|&(line, _)| Some((line, at(line)?)));
    if let Some((x, y)) = here {
        let symbol = canvas[(x, y)].symbol().to_owned();
        canvas.set_string(x, y, symbol, theme.cursor);
        name(state, list.line(), (x, y), theme.cursor, inside, &mut taken, canvas);
    }
    if let Some((line, (x, y))) = nearest {
        if here != Some((x, y)) {
            let symbol = canvas[(x, y)].symbol().to_owned();
            canvas.set_string(x, y, symbol, theme.selection);
        }
        name(state, line, (x, y), theme.selection, inside, &mut taken, canvas);
    }
}

/// Beside a point the number of its sentence and as much of the sentence as covers nothing that is `taken`; nothing where
/// there is no room for the number.
fn name(
    state: &State,
    line: usize,
    (x, y): (u16, u16),
    style: Style,
    inside: Rect,
    taken: &mut BTreeSet<(u16, u16)>,
    buffer: &mut Buffer,
) {
    let Some(sentence) = state.list.lines().get(line) else { return };
    let number = (line + 1).to_string();
    let text = format!("{number} {}", printable(&sentence.text));
    let wanted = cells(&text).min(usize::from(inside.width) / 2);
    // A blank on both sides of it.
    let is_free = |x: &u16, y| !taken.contains(&(*x, y));
    let after = |y| (x + 1..inside.right()).take_while(|x| is_free(x, y)).count();
    let before = |y| (inside.x..x).rev().take_while(|x| is_free(x, y)).count();
    let rows = [Some(y), y.checked_add(1), y.checked_sub(1)].into_iter().flatten();
    let rows = rows.filter(|y| (inside.y..inside.bottom()).contains(y));
    let places = rows.flat_map(|y| [(y, true, after(y)), (y, false, before(y))]);
    let places = places.map(|(y, right, room)| (y, right, room.saturating_sub(2).min(wanted)));
    // The first of those with the most room.
    let best = places.reduce(|best, place| if place.2 > best.2 { place } else { best });
    let Some((y, right, room)) = best.filter(|(.., room)| *room >= number.len()) else { return };
    // A few letters say no more than the number.
    let text = if room < wanted.min(number.len() + 6) { number.into() } else { shorten(&text, room) };
    let width = cells(&text) as u16;
    let x = if right { x + 2 } else { x - 1 - width };
    buffer.set_string(x, y, &text, style);
    taken.extend((x..x + width).map(|x| (x, y)));
}

/// How many sentences have no point because of NaN or infinity; none where there is no such.
fn not_finite(state: &State, side: &ListSide) -> Option<String> {
    let lines = state.list.lines().iter().enumerate();
    let has_none = |line: usize| state.list.place(line).is_some_and(|place| side.projection.points[place].is_none());
    let not_finite = lines.filter_map(|(at, line)| line.read.as_ref()?.not_finite.filter(|_| has_none(at)));
    let count = not_finite.count();
    (count > 0).then(|| message!("map-not-finite", count = count, pooling = side.pooling.name()))
}

/// Why the points do not lie in a plane, or not all of them are there.
fn degenerate(side: &ListSide) -> Option<String> {
    let points = side.projection.points.iter().flatten().count();
    let missing = side.projection.points.len() - points;
    Some(match (points, side.projection.directions) {
        (0, _) => message!("map-no-vectors", pooling = side.pooling.name()),
        (1, _) => message!("map-one-sentence"),
        (_, 0) => message!("map-same-vectors"),
        (2, 1) => message!("map-two-sentences"),
        (_, 1) => message!("map-one-line"),
        _ if missing > 0 => message!("map-missing-vectors", count = missing, pooling = side.pooling.name()),
        _ => return None,
    })
}

/// How coordinates become cells.
struct Plane {
    inside: Rect,
    /// In the middle of the frame.
    center: [f32; 2],
    /// Cells in x for each unit; half as many lines in y, for a cell is twice as high as wide.
    scale: f32,
}

impl Plane {
    fn new(side: &ListSide, inside: Rect) -> Option<Self> {
        if inside.width < 3 || inside.height < 2 {
            return None;
        }
        let range = |axis: usize| {
            let values = || side.projection.points.iter().flatten().map(move |point| point[axis]);
            (values().fold(f32::INFINITY, f32::min), values().fold(f32::NEG_INFINITY, f32::max))
        };
        let ranges = [range(0), range(1)];
        let room = [f32::from(inside.width - 2), 2.0 * f32::from(inside.height - 1)];
        let scale = |axis: usize| room[axis] / (ranges[axis].1 - ranges[axis].0);
        let scale = scale(0).min(scale(1));
        Some(Self {
            inside,
            center: ranges.map(|(least, greatest)| (least + greatest) / 2.0),
            scale: if scale.is_finite() && scale > 0.0 { scale } else { 0.0 },
        })
    }

    fn cell(&self, point: [f32; 2]) -> (u16, u16) {
        let Rect { x, y, width, height, .. } = self.inside;
        let along = |middle: f32, by: f32, most: u16| (middle + by).round().clamp(0.0, f32::from(most)) as u16;
        let right = along(f32::from(width - 1) / 2.0, (point[0] - self.center[0]) * self.scale, width - 1);
        let down = along(f32::from(height - 1) / 2.0, (self.center[1] - point[1]) * self.scale / 2.0, height - 1);
        (x + right, y + down)
    }
}
