//! The sentences of the list as points: their first two principal components, under two poolings side by side.

mod plane;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Style},
};

use super::color::PointColor;
use crate::widgets::{
    Look,
    canvas::Canvas,
    listing::{caption, empty, mark, numbered, place, set, unrelated},
    text::{cells, shorten},
};
use crate::{
    analysis::{Pooling, readable_cosine},
    messages::message,
    printable::printable,
    state::{ListOrder, Rank, State},
};

pub(super) fn draw(state: &State, color: PointColor, look: &Look, area: Rect, canvas: &mut Canvas) {
    if area.height < 9 || area.width < 40 {
        return;
    }
    if state.list.is_empty() {
        empty(state, look, area, canvas);
        return;
    }
    let pooling = state.list.poolings()[0].name();
    let what = match (color, look.theme.has_color()) {
        (PointColor::Clusters, true) => {
            [message!("map-cluster-colours", pooling = pooling), message!("map-near-colours")]
        }
        (PointColor::Clusters, false) => {
            [message!("map-cluster-letters", pooling = pooling), message!("map-near-letters")]
        }
        (PointColor::Given, true) => [message!("map-order-colours"), String::new()],
        (PointColor::Given, false) => [message!("map-order-letters"), String::new()],
    };
    caption(state, None, what, look, Rect { height: 1, ..area }, canvas);
    let below = 3 + u16::from(area.height >= 14) + u16::from(area.height >= 20);
    let middle = Rect { y: area.y + 1, height: area.height - 1 - below, ..area };
    let marks = marks(state, color, look);
    let half = middle.width / 2;
    plane::draw(state, 0, &marks, look, Rect { width: half, ..middle }, canvas);
    plane::draw(state, 1, &marks, look, Rect { x: middle.x + half, width: middle.width - half, ..middle }, canvas);
    detail(state, look, Rect { y: middle.bottom(), height: below, ..area }, canvas);
}

/// How each line's point is drawn: the symbol, and its style.
fn marks(state: &State, color: PointColor, look: &Look) -> Vec<(char, Style)> {
    const LETTERS: usize = 9;
    let order = match color {
        PointColor::Clusters => state.list.order_of(ListOrder::Clustered),
        PointColor::Given => state.list.order_of(ListOrder::Given),
    };
    let mut marks = vec![('●', look.theme.text); order.len()];
    for (rank, &line) in order.iter().enumerate() {
        marks[line] = match look.theme.has_color() {
            // The lower end of the scale is the background.
            true => {
                let share = 0.3 + 0.7 * rank as f32 / (order.len() - 1).max(1) as f32;
                ('●', Style::new().fg(visible(look.theme.sequential(share), look)))
            }
            false => (char::from(b'a' + (rank * LETTERS / order.len()) as u8), look.theme.text),
        };
    }
    marks
}

/// A colour that can be seen on the background.
fn visible(color: Color, look: &Look) -> Color {
    if color == look.theme.background() { look.theme.dim.fg.unwrap_or(color) } else { color }
}

/// The sentence under the cursor, and the nearest under each pooling.
fn detail(state: &State, look: &Look, area: Rect, buffer: &mut Buffer) {
    let (list, theme) = (&state.list, &look.theme);
    let room = usize::from(area.width.saturating_sub(2));
    if list.is_empty() {
        return;
    }
    let mut lines = vec![(numbered(list, list.line()), theme.text)];
    let has_heading = area.height > 3;
    if has_heading {
        lines.push((message!("map-nearest"), theme.dim));
    }
    for (side, pooling) in list.poolings().into_iter().enumerate() {
        let name = match has_heading {
            true => message!("map-under", pooling = pooling.name()),
            false => message!("map-nearest-under", pooling = pooling.name()),
        };
        lines.push(match list.nearest(side).first() {
            Some(&(line, cosine)) => {
                let name = format!("{name} {}{}", line + 1, mark(list, line).trim_end());
                let cosine = close(state, pooling, (list.line(), line), cosine, room);
                (named(&name, &list.lines()[line].text, &cosine, room), theme.text)
            }
            None if list.side(side).is_none() => (format!("{name} …"), theme.dim),
            None => (format!("{name} –"), theme.dim),
        });
    }
    lines.push((message!("map-signs"), theme.dim));
    for ((text, style), y) in lines.into_iter().zip(area.y..area.bottom()) {
        buffer.set_string(area.x + 1, y, shorten(&text, room), style);
    }
}

/// A cosine, and its place among unrelated pairs where that is known and there is room.
fn close(state: &State, pooling: Pooling, pair: (usize, usize), cosine: f32, room: usize) -> String {
    let shown = readable_cosine(cosine, 4);
    match state.rank_in_list(pooling, pair, cosine) {
        Rank::Percentile(percentile, language) if room >= 110 => {
            ranked(shown, place(percentile), unrelated(state, language))
        }
        Rank::Percentile(percentile, language) if room >= 70 => ranked(shown, place(percentile), set(state, language)),
        Rank::AmongList(percentile) if room >= 70 => ranked(shown, place(percentile), message!("widgets-of-list")),
        _ => shown,
    }
}

fn ranked(value: String, place: String, of: String) -> String {
    message!("widgets-ranked-of", value = value, place = place, of = of)
}

/// A sentence between its name and what is known of it; it alone is cut.
fn named(name: &str, sentence: &str, known: &str, room: usize) -> String {
    let left = room.saturating_sub(cells(name) + cells(known) + 4);
    format!("{name} {} · {known}", shorten(&printable(sentence), left))
}
