//! The list of models to choose from.

use ratatui::{
    layout::{Position, Rect},
    style::Modifier,
    text::{Line, Span},
    widgets::{Paragraph, Widget, Wrap},
};

use super::{ALWAYS_IN_TEXT, text::TEXT};
use crate::{
    messages::{label, message},
    models::{Bytes, Listed, Summary},
    printable::printable,
    state::{BarEntry, BarLabel, Choice, ClickTarget, Command, CommandTable, Group, Run, State, entries, entry},
    widgets::{
        Look,
        canvas::Canvas,
        field::field,
        text::{cells, shorten},
    },
};

/// How many models a page key goes.
const PAGE: isize = 10;

/// Width of what stands before the name.
const MARKER: usize = 4;
/// Width of the columns behind the name, each with the cells before it.
const PLACE: usize = 11;
const SHAPE: usize = 9;
const SIZE: usize = 9;
const LANGUAGES: usize = 16;

/// The table of its commands.
#[derive(Debug)]
pub(crate) struct PickerOverlay;

impl CommandTable for PickerOverlay {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[OPEN_MODEL, LEAVE, UP, DOWN, PAGE_UP, PAGE_DOWN]),
        Group::Shared(TEXT),
        Group::Shared(ALWAYS_IN_TEXT),
    ];

    const BAR: &'static [BarEntry] =
        &[entry("open-model"), entries(&["down", "up"], label!("bar-move")), entry("leave"), entry("clear-text")];
}

const OPEN_MODEL: Command<PickerOverlay> = Command {
    id: "open-model",
    keys: &["enter"],
    label: BarLabel::Of(|_, state| {
        let downloads = state.picker.is_on_download();
        Some(if downloads { label!("picker-command-download-bar") } else { label!("picker-command-open-model-bar") })
    }),
    description: label!("picker-command-open-model"),
    enabled: |_, state| state.picker.chosen().is_some(),
    run: Run::Ask(|_, state| state.open_chosen().into()),
};

const LEAVE: Command<PickerOverlay> = Command {
    id: "leave",
    keys: &["esc", "ctrl-o"],
    label: BarLabel::Fixed(label!("picker-command-leave-bar")),
    description: label!("picker-command-leave"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.picker.is_open = false),
};

const UP: Command<PickerOverlay> = Command {
    id: "up",
    keys: &["up", "ctrl-p", "shift-tab"],
    label: BarLabel::None,
    description: label!("picker-command-up"),
    enabled: |_, state| state.picker.can_step(-1),
    run: Run::Change(|_, state| state.picker.step(-1)),
};

const DOWN: Command<PickerOverlay> = Command {
    id: "down",
    keys: &["down", "ctrl-n", "tab"],
    label: BarLabel::None,
    description: label!("picker-command-down"),
    enabled: |_, state| state.picker.can_step(1),
    run: Run::Change(|_, state| state.picker.step(1)),
};

const PAGE_UP: Command<PickerOverlay> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: BarLabel::None,
    description: label!("picker-command-page-up"),
    enabled: |_, state| state.picker.can_step(-PAGE),
    run: Run::Change(|_, state| state.picker.step(-PAGE)),
};

const PAGE_DOWN: Command<PickerOverlay> = Command {
    id: "page-right",
    keys: &["pagedown"],
    label: BarLabel::None,
    description: label!("picker-command-page-down"),
    enabled: |_, state| state.picker.can_step(PAGE),
    run: Run::Change(|_, state| state.picker.step(PAGE)),
};

/// Draws the list; returns where the text cursor stands.
pub(crate) fn draw(state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Position {
    let theme = &look.theme;
    let picker = &state.picker;
    let choices = picker.choices();

    let label = format!("▌{} ", label!("app-model"));
    canvas.set_string(area.x, area.y, label.as_str(), theme.accent.add_modifier(Modifier::BOLD));
    let start = area.x + cells(&label) as u16 + 1;
    let row = Rect { x: start, width: area.right().saturating_sub(start + 1), height: 1, ..area };
    let cursor = field(&picker.filter, true, look, row, canvas);
    if picker.filter.value().is_empty() {
        let hint = label!("app-model-hint").text();
        canvas.set_stringn(row.x + 1, row.y, hint, usize::from(row.width), theme.dim);
    }

    let notes = 3.min(area.height.saturating_sub(4));
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + notes), ..area };
    if choices.is_empty() {
        let why = if picker.is_looking() { label!("app-looking-for-models") } else { label!("app-no-models") };
        canvas.set_stringn(list.x + 3, list.y, why.text(), usize::from(list.width.saturating_sub(4)), theme.dim);
    }

    let columns = PickerColumns::new(&choices, usize::from(list.width));
    let height = usize::from(list.height);
    let top = picker.selected.saturating_sub(height / 2).min(choices.len().saturating_sub(height));
    let shown = choices.iter().enumerate().skip(top).take(height);
    for ((i, choice), y) in shown.zip(list.y..) {
        let selected = i == picker.selected;
        let current = picker.current.as_deref() == Some(choice.name());
        let line = Rect { y, height: 1, ..list };
        // A click on the line the cursor is on opens it.
        canvas.on_click(line, if selected { ClickTarget::Do("open-model") } else { ClickTarget::Line(i) });
        choice_line(choice, current, &columns, look).render(line, canvas);
        if selected {
            canvas.set_style(line, theme.cursor);
            canvas.set_string(line.x, y, "▶", theme.cursor);
        }
    }
    if top + height < choices.len() && notes > 0 {
        let more = Rect { y: list.bottom(), height: 1, ..list };
        let text = format!(" {} ", message!("app-count-below", count = choices.len() - top - height));
        Line::styled(text, theme.accent).right_aligned().render(more, canvas);
    }

    if let Some(choice) = choices.get(picker.selected).filter(|_| notes > 0) {
        let below = Rect {
            x: area.x + 1,
            y: area.bottom() - notes + 1,
            width: area.width.saturating_sub(2),
            height: notes - 1,
        };
        let note = Line::styled(printable(&note(choice)).into_owned(), theme.text);
        Paragraph::new(note).wrap(Wrap { trim: true }).render(below, canvas);
    }
    Position { x: row.x + cursor, y: row.y }
}

/// How wide the columns are that depend on the screen.
struct PickerColumns {
    name: usize,
    languages: usize,
    all: usize,
}

impl PickerColumns {
    fn new(choices: &[Choice], all: usize) -> Self {
        let languages = if all >= 90 { LANGUAGES } else { 0 };
        let longest = choices.iter().map(|choice| cells(&printable(choice.name()))).max().unwrap_or(0);
        // Not wider than the names need: the eye has to follow the line.
        let name = longest.max(30).min(all.saturating_sub(MARKER + PLACE + SHAPE + SIZE + languages + 1));
        Self { name, languages, all }
    }
}

fn note(choice: &Choice) -> String {
    match choice {
        Choice::Listed(model) => {
            let Listed { summary: Summary { family, pooling, hidden_size, .. }, note, .. } = model;
            let note = note.clone().unwrap_or_else(|| message!("app-hidden-size", size = hidden_size));
            match pooling {
                Some(pooling) => message!("app-model-pooled", family = &**family, pooling = &**pooling, note = note),
                None => message!("app-model-family", family = &**family, note = note),
            }
        }
        Choice::Typed(_) => label!("app-typed-model").text().to_owned(),
    }
}

fn choice_line(choice: &Choice, current: bool, columns: &PickerColumns, look: &Look) -> Line<'static> {
    let theme = &look.theme;
    let marker = if current { "  ● " } else { "    " };
    let mut spans = vec![Span::styled(marker, theme.accent)];
    let name = printable(choice.name());
    match choice {
        Choice::Listed(model) => {
            let name = shorten(&name, columns.name);
            let pad = " ".repeat(columns.name.saturating_sub(cells(&name)));
            spans.push(Span::styled(format!("{name}{pad}"), theme.text));
            let shape = format!("{}×{}", model.summary.layers, model.summary.heads);
            let size = Bytes(model.summary.bytes);
            let sizes = format!("  {:<9}{shape:>SHAPE$}{size:>SIZE$}", model.place.label());
            spans.push(Span::styled(sizes, theme.dim));
            if columns.languages > 0 {
                let known = model.languages.as_deref().unwrap_or_default();
                spans.push(Span::styled(format!("   {}", shorten(&printable(known), LANGUAGES - 3)), theme.dim));
            }
        }
        Choice::Typed(_) => {
            let what = format!("{} ", label!("app-as-typed"));
            let room = columns.all.saturating_sub(MARKER + 1 + cells(&what));
            spans.push(Span::styled(what, theme.dim));
            spans.push(Span::styled(shorten(&name, room).into_owned(), theme.text));
        }
    }
    Line::from(spans)
}
