//! The line above the views of attention: which measure they show, and what its numbers say.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Look,
    text::{BETWEEN, fitting, shorten},
};
use crate::{
    analysis::{HeadChoice, Measure, Verb},
    messages::message,
    state::State,
};

/// From this height on it is always there.
const ROOMY: u16 = 14;

/// Draws it, where there is room or something to know; what it leaves. `shown` is the measure that the view shows, which may
/// be another than the one chosen.
pub(crate) fn draw(state: &State, shown: Measure, look: &Look, area: Rect, buffer: &mut Buffer) -> Rect {
    let chosen = state.attention.options.measure;
    if area.height < ROOMY && shown == Measure::default() && shown == chosen {
        return area;
    }
    let room = usize::from(area.width.saturating_sub(2));
    let ([what, parts @ ..], style) = match chosen == shown && !state.work.is_running() {
        true if shown.is_for_papers() => (known(state, shown, look), look.theme.warning),
        true => (known(state, shown, look), look.theme.accent),
        false => (pending(state, shown, look), look.theme.warning),
    };
    let what = shorten(&what, room).into_owned();
    let text = fitting(std::iter::once(what).chain(parts), BETWEEN, room);
    buffer.set_string(area.x + 1, area.y, text, style);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

/// What the numbers say, and what to know of them.
fn known(state: &State, measure: Measure, look: &Look) -> [String; 3] {
    let key = look.way(state, "next-measure");
    let remark = match measure.verb() {
        Verb::LooksAt => message!("widgets-measure-contributions", key = key),
        Verb::TakesFrom if is_without_head(state, measure) => message!("widgets-measure-no-heads"),
        Verb::TakesFrom => message!("widgets-measure-next", key = key, measure = measure.next().id()),
    };
    let what = message!("widgets-measure", measure = measure.id(), says = measure.says().text());
    [what, remark, String::new()]
}

/// That a head is chosen, but the measure has none.
fn is_without_head(state: &State, measure: Measure) -> bool {
    !measure.has_heads() && matches!(state.attention.options.heads, HeadChoice::One(_))
}

/// How far the measure that is chosen is, and whose numbers there are meanwhile.
fn pending(state: &State, shown: Measure, look: &Look) -> [String; 3] {
    let chosen = state.attention.options.measure;
    if !state.work.is_running() && !state.is_reading() {
        let unknown = message!("widgets-measure-unknown", measure = chosen.id(), shown = shown.id());
        return [unknown, String::new(), String::new()];
    }
    let how_far = match state.work.steps.filter(|_| state.work.is_running()) {
        Some((done, of)) => message!("widgets-measure-steps", measure = chosen.id(), done = done, of = of),
        None => message!("widgets-measure-work", measure = chosen.id()),
    };
    let meanwhile = message!("widgets-measure-meanwhile", shown = shown.id());
    [how_far, meanwhile, message!("widgets-measure-cancel", key = look.way(state, "cancel"))]
}
