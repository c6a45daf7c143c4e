//! The sentences of the list as points: the two directions in which they spread most, under two poolings side by side.

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
    listing::{caption, empty, place},
    text::{cells, shorten},
};
use crate::{
    analysis::Pooling,
    printable::printable,
    state::{ListOrder, State},
};

pub(super) fn draw(app: &State, color: PointColor, look: &Look, area: Rect, canvas: &mut Canvas) {
    if area.height < 9 || area.width < 40 {
        return;
    }
    if app.list.is_empty() {
        empty(app, look, area, canvas);
        return;
    }
    let (paint, near) = match look.theme.has_color() {
        true => ("colours", ": near colours, near sentences"),
        false => ("letters a to i", ": near letters, near sentences"),
    };
    let what = match color {
        PointColor::Clusters => [format!("{paint} by cluster under {}", app.list.poolings()[0]), near.to_owned()],
        PointColor::Given => [format!("{paint}: first to last of the list"), String::new()],
    };
    caption(app, None, what, look, Rect { height: 1, ..area }, canvas);
    let below = 3 + u16::from(area.height >= 14) + u16::from(area.height >= 20);
    let middle = Rect { y: area.y + 1, height: area.height - 1 - below, ..area };
    let marks = marks(app, color, look);
    let half = middle.width / 2;
    plane::draw(app, 0, &marks, look, Rect { width: half, ..middle }, canvas);
    plane::draw(app, 1, &marks, look, Rect { x: middle.x + half, width: middle.width - half, ..middle }, canvas);
    detail(app, look, Rect { y: middle.bottom(), height: below, ..area }, canvas);
}

/// How each line's point is drawn: the symbol, and its style.
fn marks(app: &State, color: PointColor, look: &Look) -> Vec<(char, Style)> {
    const LETTERS: usize = 9;
    let order = match color {
        PointColor::Clusters => app.list.order_of(ListOrder::Clustered),
        PointColor::Given => app.list.order_of(ListOrder::Given),
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
fn detail(app: &State, look: &Look, area: Rect, buffer: &mut Buffer) {
    let (list, theme) = (&app.list, &look.theme);
    let room = usize::from(area.width.saturating_sub(2));
    let Some(sentence) = list.lines().get(list.line()) else { return };
    let mut lines = vec![(format!("{} {}", list.line() + 1, printable(&sentence.text)), theme.text)];
    let nearest = if area.height > 3 {
        let text = "nearest by cosine, in all dimensions; the map is their flat shadow:";
        lines.push((text.to_owned(), theme.dim));
        ""
    } else {
        "nearest under "
    };
    for (side, pooling) in list.poolings().into_iter().enumerate() {
        lines.push(match list.nearest(side).first() {
            Some(&(line, cosine)) => {
                let name = format!("{nearest}{pooling}: {}", line + 1);
                (named(&name, &list.lines()[line].text, &close(app, pooling, cosine, room), room), theme.text)
            }
            None if list.side(side).is_none() => (format!("{nearest}{pooling}: …"), theme.dim),
            None => (format!("{nearest}{pooling}: there is none"), theme.dim),
        });
    }
    let signs = "PCA, one scale for both axes · 2 to 9, +: so many points in one place · underlined: the nearest";
    lines.push((signs.to_owned(), theme.dim));
    for ((text, style), y) in lines.into_iter().zip(area.y..area.bottom()) {
        buffer.set_string(area.x + 1, y, shorten(&text, room), style);
    }
}

/// A cosine, and its place among unrelated pairs where that is known and there is room.
fn close(app: &State, pooling: Pooling, cosine: f32, room: usize) -> String {
    let rank = app.list.percentile(pooling, cosine).filter(|_| room >= 70);
    rank.map_or(format!("{cosine:.4}"), |rank| format!("{cosine:.4}, {}", place(rank)))
}

/// A sentence between its name and what is known of it; it alone is cut.
fn named(name: &str, sentence: &str, known: &str, room: usize) -> String {
    let left = room.saturating_sub(cells(name) + cells(known) + 4);
    format!("{name} {} · {known}", shorten(&printable(sentence), left))
}
