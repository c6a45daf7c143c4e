//! What both views of the list of sentences say in words.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Look, gauge,
    message::invite,
    text::{cells, fitting, shorten},
};
use crate::{
    analysis::in_percent,
    printable::printable,
    state::{Stage, State},
};

/// `higher than 61.2 % of unrelated pairs`.
pub(crate) fn place(percentile: f64) -> String {
    format!("higher than {} of unrelated pairs", in_percent(percentile))
}

/// How many sentences there are, or `seen` of them, and `what` is shown, with what may be left out; at the right, how far
/// their reading is.
pub(crate) fn caption(
    app: &State,
    seen: Option<String>,
    [what, more]: [String; 2],
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) {
    let progress = progress(app, usize::from(area.width));
    let style = match app.list.stage {
        Stage::Failed(_) => look.theme.error,
        Stage::Cancelled => look.theme.warning,
        Stage::Running => look.theme.accent,
        Stage::Due | Stage::Done => look.theme.dim,
    };
    let progress = shorten(&progress, usize::from(area.width / 2));
    let width = cells(&progress) as u16;
    buffer.set_string(area.right().saturating_sub(width + 1), area.y, &progress, style);
    let all = seen.unwrap_or_else(|| count(app.list.lines().len()));
    let text = format!("{all} · {}{what}", cut(app));
    let room = usize::from(area.width.saturating_sub(width + 4));
    let text = if cells(&text) <= room { fitting([text, more], room) } else { shorten(&text, room).into_owned() };
    buffer.set_string(area.x + 1, area.y, text, look.theme.heading);
}

/// `⚠ sentences 3 and 12 cut: too long for the model · `, the first of many; nothing where none is.
fn cut(app: &State) -> String {
    let lines = app.list.lines().iter().enumerate();
    let cut = lines.filter(|(_, line)| line.read.as_ref().is_some_and(|read| read.truncation.is_some()));
    let which = match *cut.map(|(at, _)| at + 1).collect::<Vec<usize>>() {
        [] => return String::new(),
        [one] => format!("sentence {one}"),
        [one, two] => format!("sentences {one} and {two}"),
        [one, two, ref more @ ..] => format!("sentences {one}, {two} and {} more", more.len()),
    };
    format!("⚠ {which} cut: too long for the model · ")
}

/// `37 sentences`.
pub(crate) fn count(sentences: usize) -> String {
    if sentences == 1 { "1 sentence".to_owned() } else { format!("{sentences} sentences") }
}

/// `37 of 72 read ███░░░`, or how it ended; nothing when all is known.
fn progress(app: &State, width: usize) -> String {
    let (read, all) = app.list.progress();
    match &app.list.stage {
        Stage::Running => {
            let gauge = gauge(read as f64 / all.max(1) as f64, (width / 10).clamp(6, 16));
            format!("{read} of {all} read {gauge}")
        }
        Stage::Due => format!("{read} of {all} read …"),
        Stage::Cancelled => format!("cancelled at {read} of {all}"),
        Stage::Failed(why) => format!("ended at {read} of {all}: {}", printable(why)),
        Stage::Done if app.list.is_arranging() => "comparing …".to_owned(),
        Stage::Done => String::new(),
    }
}

/// What to do while there is no sentence.
pub(crate) fn empty(app: &State, look: &Look, area: Rect, buffer: &mut Buffer) {
    let does = |id: &str, text: &str| {
        let key = look.key(app, id);
        if key.is_empty() { String::new() } else { format!("{key} {text}") }
    };
    let adds_typed = if app.can_add_typed() { does("add-to-list", "adds the sentences above") } else { String::new() };
    let lines = [
        does("add-line", "types one, Enter the next"),
        adds_typed,
        "pasted text adds a sentence a line, and so does clscope --file FILE".to_owned(),
    ];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    invite("No sentences to compare yet.", &lines, look, area, buffer);
}
