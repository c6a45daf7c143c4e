//! The list of sentences, beside it how close each is to each under two poolings, below it the neighbours of one.

mod detail;
mod lines;
mod matrices;
mod percentile;

pub(super) use percentile::place;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use super::{
    Look, bars,
    canvas::Canvas,
    invite,
    text::{cells, fitting, shorten},
};
use crate::{
    app::{Action, App, Context, Field, Focus, ListOrder, Stage},
    printable::printable,
};

/// Above a matrix: the pooling with its scale, and the numbers of the columns.
const HEADER: u16 = 2;

/// Draws the view; where the text cursor stands, if a sentence is being typed.
pub(super) fn draw(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) -> Option<Position> {
    if area.height < 10 || area.width < 40 {
        return None;
    }
    let list = &app.list;
    let types = app.focus == Focus::Text(Field::Line) && app.context() == Context::Input;
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

/// How many sentences there are, or `seen` of them, and `what` is shown, with what may be left out; at the right, how far
/// their reading is.
pub(super) fn caption(
    app: &App,
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
fn cut(app: &App) -> String {
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
pub(super) fn count(sentences: usize) -> String {
    if sentences == 1 { "1 sentence".to_owned() } else { format!("{sentences} sentences") }
}

/// `37 of 72 read ███░░░`, or how it ended; nothing when all is known.
fn progress(app: &App, width: usize) -> String {
    let (read, all) = app.list.progress();
    match &app.list.stage {
        Stage::Running => {
            let gauge = bars::gauge(read as f64 / all.max(1) as f64, (width / 10).clamp(6, 16));
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
pub(super) fn empty(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let does = |action: Action, text: &str| {
        let key = if app.would_act(action) { look.key(app, action) } else { String::new() };
        if key.is_empty() { String::new() } else { format!("{key} {text}") }
    };
    let lines = [
        does(Action::AddLine, "types one, Enter the next"),
        does(Action::AddToList, "adds the sentences above"),
        "pasted text adds a sentence a line, and so does clscope --file FILE".to_owned(),
    ];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    invite("No sentences to compare yet.", &lines, look, area, buffer);
}
