//! What both views of the list of sentences say in words.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Look, gauge,
    placeholder::invite,
    text::{BETWEEN, cells, fitting, joined, shorten},
};
use crate::{
    analysis::in_percent,
    labels,
    messages::{label, message},
    printable::printable,
    state::{BackgroundLanguage, BackgroundSet, ListState, Stage, State},
};

/// `higher than 61.2 %`.
pub(crate) fn place(percentile: f64) -> String {
    message!("widgets-higher-than", percent = in_percent(percentile))
}

/// `of unrelated pairs: English, 400 sentences`.
pub(crate) fn unrelated(state: &State, language: BackgroundLanguage) -> String {
    let count = state.background.of(language).map_or(0, BackgroundSet::count);
    message!("widgets-unrelated", background = labels::background::set(language, count))
}

/// `(English, 400)`, where something else says of what.
pub(crate) fn set(state: &State, language: BackgroundLanguage) -> String {
    let count = state.background.of(language).map_or(0, BackgroundSet::count);
    message!("widgets-unrelated-short", language = labels::background::language(language), count = count)
}

/// How many sentences there are, or which of them are `seen`, and `what` is shown, the last of it left out where there is no
/// room; at the right, how far their reading is.
pub(crate) fn caption(
    state: &State,
    seen: Option<String>,
    what: [String; 2],
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) {
    let progress = progress(state, usize::from(area.width));
    let style = match state.list.stage {
        Stage::Failed(_) => look.theme.error,
        Stage::Cancelled => look.theme.warning,
        Stage::Running => look.theme.accent,
        Stage::Due | Stage::Done => look.theme.dim,
    };
    let progress = shorten(&progress, usize::from(area.width / 2));
    let width = cells(&progress) as u16;
    buffer.set_string(area.right().saturating_sub(width + 1), area.y, &progress, style);
    let all = seen.unwrap_or_else(|| count(state.list.lines().len()));
    let [first, more] = what;
    let text = joined([all, truncated(state), truncated_by_declared(state), first]);
    let room = usize::from(area.width.saturating_sub(width + 4));
    let text = match cells(&text) <= room {
        true => fitting([text, more], BETWEEN, room),
        false => shorten(&text, room).into_owned(),
    };
    buffer.set_string(area.x + 1, area.y, text, look.theme.heading);
}

/// `⚠ sentences 3 and 12 are too long and truncated`, the first of many; nothing where none is.
fn truncated(state: &State) -> String {
    let lengths = state.list.lines().iter().map(|line| line.read.as_ref().map(|read| read.length)).enumerate();
    let cut = lengths.filter(|(_, length)| length.is_some_and(|length| length.truncation.is_some()));
    match *cut.map(|(at, _)| at + 1).collect::<Vec<usize>>() {
        [] => String::new(),
        [one] => message!("widgets-truncated-one", sentence = one),
        [one, two] => message!("widgets-truncated-two", first = one, second = two),
        [one, two, ref more @ ..] => {
            message!("widgets-truncated-more", first = one, second = two, more = more.len())
        }
    }
}

/// How many sentences are longer than the model was trained to read; nothing where none is.
fn truncated_by_declared(state: &State) -> String {
    let lengths = state.list.lines().iter().filter_map(|line| Some(line.read.as_ref()?.length));
    match lengths.filter(|length| length.declared.is_some()).count() {
        0 => String::new(),
        count => message!("widgets-declared-truncated", count = count),
    }
}

/// What stands behind a sentence's number: `!` where it has NaN or infinity, `?` where it has tokens that the model does
/// not know, else a blank.
pub(crate) fn mark(list: &ListState, line: usize) -> &'static str {
    let not_finite = list.lines().get(line).and_then(|line| line.read.as_ref()?.not_finite);
    match not_finite {
        Some(_) => "!",
        None if list.tokenized.unknown(line).any() => "?",
        None => " ",
    }
}

/// `12 The sentence.`, with the mark of the sentence behind the number.
pub(crate) fn numbered(list: &ListState, line: usize) -> String {
    let text = list.lines().get(line).map_or("", |line| &*line.text);
    let mark = mark(list, line).trim_end();
    format!("{}{mark} {}", line + 1, printable(text))
}

/// `37 sentences`.
pub(crate) fn count(sentences: usize) -> String {
    message!("widgets-sentences", count = sentences)
}

/// `37 of 72 read ███░░░`, or how it ended; nothing when all is known.
fn progress(state: &State, width: usize) -> String {
    let (read, all) = state.list.progress();
    match &state.list.stage {
        Stage::Running => {
            let gauge = gauge(read as f64 / all.max(1) as f64, (width / 10).clamp(6, 16));
            format!("{} {gauge}", message!("widgets-list-running", read = read, all = all))
        }
        Stage::Due => message!("widgets-list-due", read = read, all = all),
        Stage::Cancelled => message!("widgets-list-cancelled", read = read, all = all),
        Stage::Failed(why) => {
            message!("widgets-list-failed", read = read, all = all, reason = printable(why))
        }
        Stage::Done if state.list.is_arranging() => message!("widgets-list-arranging"),
        Stage::Done => String::new(),
    }
}

/// What to do while there is no sentence.
pub(crate) fn empty(state: &State, look: &Look, area: Rect, buffer: &mut Buffer) {
    let key = |id: &str| Some(look.key(state, id)).filter(|key| !key.is_empty());
    let adds_typed = key("add-to-list").filter(|_| state.can_add_typed());
    let lines = [
        key("add-line").map(|key| message!("widgets-list-type", key = key)),
        adds_typed.map(|key| message!("widgets-list-add", key = key)),
        Some(message!("widgets-list-paste")),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    invite(label!("widgets-list-empty").text(), &lines, look, area, buffer);
}
