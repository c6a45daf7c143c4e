//! The list of sentences, beside it how close each is to each under two poolings, below it the neighbours of one.

mod detail;
mod matrices;
mod sentence_list;

use ratatui::layout::{Position, Rect};

use crate::messages::message;
use crate::state::{Field, Focus, ListOrder, Overlay, State};
use crate::widgets::{
    Look,
    canvas::Canvas,
    listing::{caption, empty},
};

/// Above a matrix: the pooling with its scale, and the numbers of the columns.
const HEADER: u16 = 2;

/// Draws the view; where the text cursor stands, if a sentence is being typed.
pub(super) fn draw(state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Option<Position> {
    if area.height < 10 || area.width < 40 {
        return None;
    }
    let list = &state.list;
    let types = state.focus == Focus::Text(Field::Line) && state.overlay() == Some(Overlay::Input);
    if list.is_empty() && !types {
        empty(state, look, area, canvas);
        return None;
    }
    let what = match (list.order, list.poolings()[0]) {
        (ListOrder::Given, _) => message!("list-order-given"),
        (ListOrder::Clustered, pooling) => message!("list-order-clustered", pooling = pooling.name()),
    };
    let below = (area.height * 2 / 5).clamp(5, 14);
    let middle = Rect { y: area.y + 1, height: area.height - 1 - below, ..area };
    let width = sentence_list::width(state, area.width);
    let right = Rect { x: middle.x + width + 1, width: middle.width - width - 1, ..middle };
    // A sentence and its row of the matrices stand on one line.
    let rows = sentence_list::rows(state, types, usize::from(middle.height.saturating_sub(HEADER)));
    let plan = matrices::MatricesPlan::new(state, rows.clone(), right);
    caption(state, plan.position(state), [what, String::new()], look, Rect { height: 1, ..area }, canvas);
    let cursor = sentence_list::draw(state, types, rows, look, Rect { width, ..middle }, canvas);
    plan.draw(state, look, right, canvas);
    detail::draw(state, look, Rect { y: middle.bottom(), height: below, ..area }, canvas);
    cursor
}
