//! The list of sentences, beside it how close each is to each under two poolings, below it the neighbours of one.

mod detail;
mod lines;
mod matrices;

use ratatui::layout::{Position, Rect};

use crate::state::{Field, Focus, ListOrder, Overlay, State};
use crate::widgets::{
    Look,
    canvas::Canvas,
    listing::{caption, empty},
};

/// Above a matrix: the pooling with its scale, and the numbers of the columns.
const HEADER: u16 = 2;

/// Draws the view; where the text cursor stands, if a sentence is being typed.
pub(super) fn draw(app: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Option<Position> {
    if area.height < 10 || area.width < 40 {
        return None;
    }
    let list = &app.list;
    let types = app.focus == Focus::Text(Field::Line) && app.overlay() == Some(Overlay::Input);
    if list.is_empty() && !types {
        empty(app, look, area, canvas);
        return None;
    }
    let what = match (list.order, list.poolings()[0]) {
        (ListOrder::Given, _) => "as given".to_owned(),
        (ListOrder::Clustered, pooling) => format!("clustered under {pooling}"),
    };
    let below = (area.height * 2 / 5).clamp(5, 14);
    let middle = Rect { y: area.y + 1, height: area.height - 1 - below, ..area };
    let width = lines::width(app, area.width);
    let right = Rect { x: middle.x + width + 1, width: middle.width - width - 1, ..middle };
    // A sentence and its row of the matrices stand on one line.
    let rows = lines::rows(app, types, usize::from(middle.height.saturating_sub(HEADER)));
    let plan = matrices::Plan::new(app, rows.clone(), right);
    caption(app, plan.position(app), [what, String::new()], look, Rect { height: 1, ..area }, canvas);
    let cursor = lines::draw(app, types, rows, look, Rect { width, ..middle }, canvas);
    plan.draw(app, look, right, canvas);
    detail::draw(app, look, Rect { y: middle.bottom(), height: below, ..area }, canvas);
    cursor
}
