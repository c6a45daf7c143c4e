//! What heads and probes say, and why: below each other, or side by side where there is room.

mod rows;
mod why;

use ratatui::layout::Rect;

use super::{OutputView, why::WhyBy};
use crate::{
    analysis::LogitTarget,
    messages::{label, message},
    printable::printable,
    state::{ReadingChoice, State},
    widgets::{
        Look,
        canvas::Canvas,
        placeholder,
        text::{BETWEEN, fitting, shorten},
    },
};

/// The narrowest screen on which the two stand side by side, and the widest list there.
const BESIDE: (u16, u16) = (110, 76);
/// The same of the grid of layers and tokens, which is wider.
const GRID_BESIDE: u16 = 160;

pub(super) fn draw(view: &OutputView, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let sections = &view.sections;
    let mut area = area;
    let room = usize::from(area.width.saturating_sub(2));
    for refusal in state.refused_probes() {
        canvas.set_string(area.x + 1, area.y, shorten(&printable(&refusal.to_string()), room), look.theme.warning);
        (area.y, area.height) = (area.y + 1, area.height.saturating_sub(1));
    }
    if sections.is_empty() {
        let lines = [
            message!("output-none-open", key = look.way(state, "pick-model")),
            message!("output-none-words"),
            message!("output-none-labels"),
            message!("output-none-entities"),
            message!("output-none-answers"),
            message!("output-none-probe"),
        ];
        placeholder::invite(label!("output-none").text(), &lines, look, area, canvas);
        return;
    }
    let has_shares = sections.iter().flat_map(|section| &section.rows).any(|row| row.is_share);
    let unit = if has_shares { message!("output-probability") } else { String::new() };
    canvas.set_string(area.x + 1, area.y, fitting([caption(state), unit], BETWEEN, room), look.theme.heading);
    let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let has_why = sections.iter().flat_map(|section| &section.rows).any(|row| row.scores[0].target.is_some());
    let lines = rows::height(sections);
    let is_grid = view.why.by == WhyBy::Layers && matches!(view.target(), Some(LogitTarget::Word { .. }));
    let beside = if is_grid { GRID_BESIDE } else { BESIDE.0 };
    let (list, why) = split(rest, lines, has_why, beside);
    rows::draw(sections, (view.cursor(), view.column), view.shows_token, look, list, canvas);
    if let Some(area) = why {
        why::draw(view, state, look, area, canvas);
    }
}

/// Where the list stands, and where the explanation: beside it from so wide a screen on.
fn split(area: Rect, lines: u16, has_why: bool, beside: u16) -> (Rect, Option<Rect>) {
    /// A blank line, a heading, names of columns, five words, the biases, what the columns have in common.
    const LEAST: u16 = 10;
    if !has_why {
        return (area, None);
    }
    if area.width >= beside {
        let width = (area.width * 11 / 20).min(BESIDE.1);
        let why = Rect { x: area.x + width, width: area.width - width, ..area };
        return (Rect { width, ..area }, Some(why));
    }
    let height = lines.min(area.height.saturating_sub(LEAST).max(area.height / 3));
    let below = area.height.saturating_sub(height + 1);
    let why = Rect { y: area.y + height + 1, height: below, ..area };
    (Rect { height, ..area }, (below > 1).then_some(why))
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
