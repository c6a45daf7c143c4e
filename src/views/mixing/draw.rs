//! The pages of the view, each below its caption.

mod claims;
mod made_of;
mod special;
mod trust;
mod when;

use ratatui::{layout::Rect, style::Style};

use super::{MixingPage, MixingStudy, MixingView};
use crate::{
    analysis::{Verdict, after},
    labels,
    messages::{Label, label, message},
    printable::printable,
    state::{Stage, State},
    widgets::{
        Look,
        canvas::Canvas,
        text::{cells, right_aligned, shorten},
    },
};

/// `▸layer 12 ` left of the numbers.
const LABEL: u16 = 10;
/// Of each number.
const NUMBER: u16 = 8;

pub(super) fn draw(view: &MixingView, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let mut rest = area;
    if let Some(text) = pending(view, state, look) {
        say(&text, look.theme.warning, &mut rest, canvas);
    }
    let Some(mixing) = view.mixing() else { return };
    let name = printable(&mixing.name(mixing.vector)).into_owned();
    let first = printable(&mixing.first()).into_owned();
    let (measure, says, page) = (mixing.measure.id(), mixing.measure.says().text(), view.page().title(&first));
    let caption = match view.page() {
        MixingPage::MadeOf => message!("mixing-caption", token = name, measure = measure, says = says),
        MixingPage::When | MixingPage::Claims | MixingPage::Trust => page,
        MixingPage::Special => message!("mixing-caption-page", page = page, measure = measure),
    };
    let next = after(MixingPage::ALL, view.page()).title(&first);
    let next = message!("mixing-next-page", key = look.way(state, "next-page"), page = next);
    let width = cells(&next);
    if rest.height > 0 && cells(&caption) + 3 + width <= room(rest) {
        canvas.set_string(rest.right() - 1 - width as u16, rest.y, next, look.theme.dim);
    }
    say(&caption, look.theme.heading, &mut rest, canvas);
    let study = view.studies().of(view.page());
    match (view.page(), study) {
        (MixingPage::MadeOf, _) => made_of::draw(mixing, state, look, rest, canvas),
        (MixingPage::Special, _) => special::draw(mixing, view.order(), look, rest, canvas),
        (MixingPage::When, Some(study)) => when::draw(mixing, study, state, look, rest, canvas),
        (MixingPage::Claims, Some(study)) => claims::draw(mixing, study, state, look, rest, canvas),
        (MixingPage::Trust, _) => trust::draw(view.studies(), state, look, rest, canvas),
        (_, None) => {}
    }
}

/// A line of text, and what is left below it.
fn say(text: &str, style: Style, rest: &mut Rect, canvas: &mut Canvas) {
    if rest.height > 0 {
        canvas.set_string(rest.x + 1, rest.y, shorten(text, room(*rest)), style);
        take(rest, 1);
    }
}

/// How much of a line there is for text.
fn room(area: Rect) -> usize {
    area.width.saturating_sub(2).into()
}

fn take(area: &mut Rect, lines: u16) {
    let lines = lines.min(area.height);
    (area.y, area.height) = (area.y + lines, area.height - lines);
}

/// What is worked out, or what is shown although it is of something else.
fn pending(view: &MixingView, state: &State, look: &Look) -> Option<String> {
    if view.is_current(state) {
        return None;
    }
    let key = look.way(state, "cancel");
    Some(match (state.work.steps, state.work.is_running()) {
        (Some((done, of)), true) => message!("mixing-work-steps", done = done, of = of, key = key),
        (None, true) => message!("mixing-work", key = key),
        (_, false) if !state.work.is_given_up() => label!("mixing-work-waits").text().to_owned(),
        (_, false) => message!("mixing-no-work", key = look.way(state, "next-measure")),
    })
}

/// How far the page's own work is; none where it is done. `steps` puts it into words.
fn study_pending(
    study: &MixingStudy,
    state: &State,
    look: &Look,
    steps: impl Fn(usize, usize, String) -> String,
) -> Option<String> {
    let (done, of) = study.steps.unwrap_or_default();
    match &study.stage {
        // It waits for them, or there is nothing that it could be about.
        Stage::Due if background_pending(state).is_some() => background_pending(state),
        Stage::Done => None,
        Stage::Failed(why) => Some(message!("mixing-study-failed", reason = &*printable(why))),
        Stage::Cancelled => Some(message!("mixing-study-cancelled", key = look.way(state, "next-measure"))),
        Stage::Due | Stage::Running => Some(steps(done, of, look.way(state, "cancel"))),
    }
}

/// How far the unrelated sentences are, or why there are none; none where they are read.
fn background_pending(state: &State) -> Option<String> {
    match state.reading()?.background() {
        Err(why) => Some(labels::background::reason(why)),
        Ok(language) => {
            let set = state.background.of(language)?;
            match &set.error {
                Some(error) => Some(message!("labels-background-failed", reason = &*printable(error))),
                None if set.measured.is_some() => None,
                None if set.done < set.count() => {
                    Some(message!("mixing-background", done = set.done, of = set.count()))
                }
                None => Some(label!("mixing-background-comparing").text().to_owned()),
            }
        }
    }
}

/// In words, and how it stands out.
fn verdict(verdict: Option<Verdict>, look: &Look) -> (Label, Style) {
    let says = verdict.map_or(label!("mixing-untested"), Verdict::label);
    (says, if verdict == Some(Verdict::Holds) { look.theme.accent } else { look.theme.warning })
}

/// A name in the column left of the numbers.
fn row_name(name: &str) -> String {
    right_aligned(&shorten(&printable(name), usize::from(LABEL) - 2), LABEL - 2)
}
