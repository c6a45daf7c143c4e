//! What keeps numbers from meaning what they seem to: text that the model does not know, and NaN and infinity. Lines above
//! every view while there is such.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    App,
    ablations::{BETWEEN, LOWEST_FOR_TWO, in_lines},
};
use crate::{
    labels::{self, finite, unknown},
    messages::message,
    printable::printable,
    state::{State, Subject},
    widgets::{
        Look,
        text::{cells, shorten},
    },
};

/// Draws the lines and returns what is left below them.
pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Rect {
    if app.help.is_some() || app.picker.is_open || area.height < 2 {
        return area;
    }
    let room = usize::from(area.width.saturating_sub(2));
    let most = if area.height < LOWEST_FOR_TWO { 1 } else { 2 };
    let lines: Vec<String> = facts(app, look).into_iter().flat_map(|facts| with_way_out(&facts, room, most)).collect();
    let taken = (lines.len() as u16).min(area.height - 1);
    for (line, y) in lines.iter().zip(area.y..area.y + taken) {
        buffer.set_string(area.x + 1, y, shorten(line, room), look.theme.warning);
    }
    Rect { y: area.y + taken, height: area.height - taken, ..area }
}

/// The facts of each caution; none where there is none.
pub(super) fn facts(state: &State, look: &Look) -> Vec<Vec<String>> {
    [not_known(state, look), not_finite(state)].into_iter().filter(|facts| !facts.is_empty()).collect()
}

/// The facts in so many lines at most; the last, which is the way out, has its place whatever goes for it.
fn with_way_out(facts: &[String], room: usize, most: usize) -> Vec<String> {
    let lines = in_lines(facts, room, most);
    match facts {
        [first, .., way] if !lines.iter().any(|line| line.ends_with(way.as_str())) => match most {
            0 | 1 => {
                let left = room.saturating_sub(cells(BETWEEN) + cells(way)).max(16);
                vec![format!("{}{BETWEEN}{way}", shorten(first, left))]
            }
            _ => vec![shorten(first, room).into_owned(), way.clone()],
        },
        _ => lines,
    }
}

/// What the model does not know of the texts on screen, and the way to one that does.
fn not_known(state: &State, look: &Look) -> Vec<String> {
    let Some(texts) = state.tokenized() else { return Vec::new() };
    let mut facts = match state.subject() {
        Subject::List => unknown::in_list(texts),
        _ => unknown::in_pair(texts),
    };
    if let Some(first) = facts.first_mut() {
        *first = message!("app-caution", fact = &*printable(first));
    }
    if texts.unknown_of_all().any() {
        let key = look.way(state, "pick-model");
        facts.push(match texts.unread_script() {
            Some(script) => message!("app-way-script", key = key, script = labels::unknown::script(script)),
            None => message!("app-way-vocabulary", key = key),
        });
    }
    facts
}

fn not_finite(state: &State) -> Vec<String> {
    let (Some(first), Some(model)) = (state.not_finite(), &state.model) else { return Vec::new() };
    let mut facts = finite::in_short(first, &model.not_finite);
    if let Some(first) = facts.first_mut() {
        *first = message!("app-caution", fact = first.as_str());
    }
    facts.iter().map(|fact| printable(fact).into_owned()).collect()
}
