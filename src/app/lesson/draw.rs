use ratatui::{layout::Rect, style::Style};

use super::LessonPanel;
use crate::{
    lesson::{Lesson, LessonAnswer, LessonWalk, told},
    messages::{label, message},
    printable::printable,
    state::{ClickTarget, Overlay, Stage, State},
    widgets::{
        Look,
        canvas::Canvas,
        text::{cells, joined, shorten, wrapped},
    },
};

/// The fewest lines of a view that are worth showing above a lesson.
const LEAST_VIEW: u16 = 7;

/// A line of a lesson.
struct PanelLine {
    text: String,
    kind: PanelLineKind,
    /// What a click on it does.
    command: Option<&'static str>,
}

/// What a line of a lesson says.
#[derive(Clone, Copy)]
enum PanelLineKind {
    Heading,
    Text,
    /// The claim, and what came of it.
    Claim,
    Number,
    Failure,
}

impl PanelLineKind {
    fn style(self, look: &Look) -> Style {
        let theme = &look.theme;
        match self {
            Self::Heading => theme.heading,
            Self::Text => theme.text,
            Self::Claim => theme.accent,
            Self::Number => theme.dim,
            Self::Failure => theme.error,
        }
    }
}

/// What the open lesson says now, or the list of lessons, a line each, however long.
pub(in crate::app) fn said(panel: &LessonPanel, state: &State) -> Vec<String> {
    if state.is_choosing_lesson {
        let line = |(at, lesson): (usize, &Lesson)| match at == panel.line {
            true => message!("lesson-list-chosen", title = lesson.title.text()),
            false => lesson.title.text().to_owned(),
        };
        return panel.lessons.iter().enumerate().map(line).collect();
    }
    let Some(walk) = panel.walk() else { return Vec::new() };
    std::iter::once(title(walk)).chain(lines(panel, walk, usize::MAX).into_iter().map(|line| line.text)).collect()
}

fn title(walk: &LessonWalk) -> String {
    let title = walk.lesson.title.text();
    match walk.step() {
        Some(_) => message!("lesson-heading", title = title, step = walk.at + 1, count = walk.steps.len()),
        None => message!("lesson-heading-end", title = title),
    }
}

/// Draws the open lesson at the bottom; returns what is left above it, and how far it can be scrolled.
pub(in crate::app) fn draw(
    panel: &LessonPanel,
    state: &State,
    look: &Look,
    area: Rect,
    canvas: &mut Canvas,
) -> (Rect, usize) {
    let is_seen =
        matches!(state.overlay(), None | Some(Overlay::Input | Overlay::Find | Overlay::Note | Overlay::Export));
    let Some(walk) = panel.walk().filter(|_| is_seen && area.height > 3) else { return (area, 0) };
    let width = usize::from(area.width.saturating_sub(3));
    let lines = if panel.is_folded { Vec::new() } else { lines(panel, walk, width) };
    let needed = u16::try_from(lines.len() + 1).unwrap_or(u16::MAX);
    let height = if needed.saturating_add(LEAST_VIEW) <= area.height { needed } else { area.height };
    let below = Rect { y: area.bottom() - height, height, ..area };
    heading(panel, walk, look, below, canvas);
    let room = usize::from(height - 1);
    let furthest = lines.len().saturating_sub(room);
    let top = panel.top.min(furthest);
    let more = format!(" {} ", label!("app-more-below"));
    // A line that the mark would cover waits for the next scroll.
    let bottom = lines.get(top + room.saturating_sub(1)).map_or(0, |line| cells(&line.text));
    let is_covered = top < furthest && bottom + cells(&more) > width;
    for (line, y) in lines.iter().skip(top).zip(below.y + 1..below.bottom() - u16::from(is_covered)) {
        canvas.set_stringn(below.x + 2, y, &line.text, width, line.kind.style(look));
        if let Some(command) = line.command {
            canvas.on_click(Rect { y, height: 1, ..below }, ClickTarget::Do(command));
        }
    }
    if top < furthest {
        let x = below.right().saturating_sub(cells(&more) as u16);
        canvas.set_string(x, below.bottom() - 1, &more, look.theme.accent);
    }
    (Rect { height: area.height - height, ..area }, furthest)
}

fn heading(panel: &LessonPanel, walk: &LessonWalk, look: &Look, area: Rect, canvas: &mut Canvas) {
    let fold = look.keymap.keys(Overlay::Lesson.id(), "lesson-fold").first().map(ToString::to_string);
    let does = if panel.is_folded { label!("lesson-command-unfold-bar") } else { label!("lesson-command-fold-bar") };
    let right = fold.map_or_else(String::new, |key| format!("{key} {does} "));
    let room = usize::from(area.width).saturating_sub(cells(&right) + 3);
    let line = Rect { height: 1, ..area };
    canvas.set_string(area.x, area.y, "▌", look.theme.accent);
    canvas.set_string(area.x + 1, area.y, shorten(&printable(&title(walk)), room), look.theme.heading);
    canvas.set_string(area.right().saturating_sub(cells(&right) as u16), area.y, &right, look.theme.dim);
    canvas.on_click(line, ClickTarget::Do("lesson-fold"));
}

/// What is said now, in lines of at most `width` cells.
fn lines(panel: &LessonPanel, walk: &LessonWalk, width: usize) -> Vec<PanelLine> {
    use PanelLineKind::{Claim, Failure, Heading, Number, Text};
    let mut lines: Vec<PanelLine> = Vec::new();
    let mut say = |text: &str, kind: PanelLineKind, command: Option<&'static str>| {
        let text = printable(text);
        lines.extend(wrapped(&text, width).into_iter().map(|text| PanelLine { text, kind, command }));
    };
    let Some(step) = walk.step() else {
        for (at, line) in walk.summary().iter().enumerate() {
            say(line, if at == 0 { Heading } else { Text }, None);
        }
        return lines;
    };
    let known = &walk.steps[walk.at];
    if !known.is_answered {
        say(step.text.text(), Text, None);
    }
    let Some(claim) = &step.claim else {
        step.next.iter().for_each(|next| say(&message!("lesson-next", text = next.text()), Text, None));
        return lines;
    };
    say(&message!("lesson-claim", claim = claim.claim.text()), Claim, None);
    if !known.is_answered {
        say(label!("lesson-ask").text(), Heading, None);
        let option = |(number, answer): (usize, &LessonAnswer)| {
            message!("lesson-option", number = number, answer = answer.text.text())
        };
        let answers: Vec<String> = (1..).zip(&claim.answers).map(option).collect();
        let one_line = joined(answers.clone());
        let commands = ["lesson-answer-1", "lesson-answer-2", "lesson-answer-3", "lesson-answer-4"];
        match cells(&one_line) <= width {
            true => say(&one_line, Text, None),
            false => answers.iter().zip(commands).for_each(|(answer, command)| say(answer, Text, Some(command))),
        }
        return lines;
    }
    match (&known.outcome, &panel.stage) {
        (None, Stage::Failed(why)) => say(why, Failure, None),
        (None, _) => say(label!("lesson-measuring").text(), Number, None),
        (Some(outcome), stage) => {
            for (at, line) in told(claim, known).iter().enumerate() {
                let kind = match at.cmp(&outcome.tests.len()) {
                    std::cmp::Ordering::Less => Number,
                    std::cmp::Ordering::Equal => Claim,
                    std::cmp::Ordering::Greater => Text,
                };
                say(line, kind, None);
            }
            if *stage == Stage::Running {
                say(label!("lesson-measuring").text(), Number, None);
            }
            step.next.iter().for_each(|next| say(&message!("lesson-next", text = next.text()), Text, None));
        }
    }
    lines
}

/// Draws the list of lessons.
pub(in crate::app) fn draw_list(panel: &LessonPanel, look: &Look, area: Rect, canvas: &mut Canvas) {
    let theme = &look.theme;
    canvas.set_string(area.x + 1, area.y, label!("lesson-list-heading").text(), theme.heading);
    let titles: Vec<String> = panel.lessons.iter().map(|it| printable(it.title.text()).into_owned()).collect();
    let widest = titles.iter().map(|title| cells(title)).max().unwrap_or(0);
    let top = panel.line.saturating_sub(usize::from(area.height.saturating_sub(5)));
    let room = area.y + 2..area.bottom();
    for (((at, lesson), title), y) in panel.lessons.iter().enumerate().zip(&titles).skip(top).zip(room) {
        let walk = panel.walks.iter().find(|walk| walk.lesson == *lesson);
        let far = match walk {
            None => String::new(),
            Some(walk) if walk.step().is_none() => {
                let (right, all) = walk.score();
                message!("lesson-list-done", right = right, all = all)
            }
            Some(walk) => message!("lesson-list-step", step = walk.at + 1, count = walk.steps.len()),
        };
        let line = Rect { y, height: 1, ..area };
        let blanks = " ".repeat(widest.saturating_sub(cells(title)) + 3);
        let width = usize::from(area.width.saturating_sub(4));
        canvas.set_string(area.x + 3, y, shorten(&format!("{title}{blanks}{far}"), width), theme.text);
        canvas.on_click(line, if at == panel.line { ClickTarget::Do("lesson-next") } else { ClickTarget::Line(at) });
        if at == panel.line {
            canvas.set_style(line, theme.cursor);
            canvas.set_string(area.x + 1, y, "▶", theme.cursor);
        }
    }
}
