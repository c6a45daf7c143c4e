//! The two text fields on top, and what keys do while one of them, or a line of the list, is typed into.

use ratatui::{
    layout::{Position, Rect},
    style::Modifier,
};

use super::{ALWAYS_IN_TEXT, text::TEXT};
use crate::{
    app::rows::{ADD_TO_LIST, LESSONS, NEXT_LANGUAGE, PICK_MODEL, RESTORE_SESSION, SHOW},
    messages::label,
    state::{BarEntry, BarLabel, ClickTarget, Command, CommandTable, Field, Focus, Group, Overlay, Run, State, entry},
    widgets::{Look, canvas::Canvas, field::field_with_unread},
};

/// The table of the commands of a text field.
#[derive(Debug)]
pub(crate) struct InputOverlay;

impl CommandTable for InputOverlay {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[COMMIT, LEAVE, OTHER_FIELD]),
        Group::Shared(TEXT),
        Group::Shared(&[
            Command { keys: &["ctrl-t"], ..ADD_TO_LIST },
            Command { keys: &["ctrl-r"], ..RESTORE_SESSION },
        ]),
        Group::Listed(&SHOW),
        Group::Shared(&[
            Command { keys: &["ctrl-o"], ..PICK_MODEL },
            Command { keys: &["f12"], ..LESSONS },
            Command { keys: &["alt-z"], ..NEXT_LANGUAGE },
        ]),
        Group::Shared(ALWAYS_IN_TEXT),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("commit"),
        entry("other-field"),
        entry("lessons"),
        entry("show-layers"),
        entry("show-pooling"),
        entry("pick-model"),
        entry("clear-text"),
        entry("add-to-list"),
        entry("next-language"),
    ];
}

fn types_line(state: &State) -> bool {
    state.focus == Focus::Text(Field::Line)
}

const COMMIT: Command<InputOverlay> = Command {
    id: "commit",
    keys: &["enter"],
    label: BarLabel::Of(|_, state| match state.focus {
        Focus::Text(Field::Line) => Some(label!("input-command-commit-line-bar")),
        _ if state.offers_example() => Some(label!("input-command-commit-example-bar")),
        _ => Some(label!("input-command-commit-bar")),
    }),
    description: label!("input-command-commit"),
    enabled: |_, _| true,
    run: Run::Ask(|_, state| {
        if types_line(state) {
            return state.commit_line().into();
        }
        if state.offers_example() {
            return state.load_example().into();
        }
        state.focus = Focus::View;
        None.into()
    }),
};

const LEAVE: Command<InputOverlay> = Command {
    id: "leave",
    keys: &["esc"],
    label: BarLabel::None,
    description: label!("input-command-leave"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| {
        if types_line(state) {
            state.leave_line();
        }
        state.focus = Focus::View;
    }),
};

const OTHER_FIELD: Command<InputOverlay> = Command {
    id: "other-field",
    keys: &["tab", "shift-tab", "up", "down"],
    label: BarLabel::Fixed(label!("input-command-other-field-bar")),
    description: label!("input-command-other-field"),
    enabled: |_, _| true,
    run: Run::Ask(|_, state| {
        if !types_line(state) {
            state.go_to_other_field();
            return None.into();
        }
        let job = state.commit_line();
        state.leave_line();
        job.into()
    }),
};

/// Draws the fields and returns where the text cursor stands, if one of them has the focus.
pub(crate) fn draw(state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Option<Position> {
    let rows = [
        (Field::Sentence, &state.sentence, " A ", label!("app-type-a"), "edit-sentence"),
        (Field::Pair, &state.pair, " B ", label!("app-type-b"), "edit-pair"),
    ];
    let mut position = None;
    for ((which, field, label, hint, action), y) in rows.into_iter().zip(area.y..area.bottom()) {
        let focused = state.focus == Focus::Text(which) && state.overlay() == Some(Overlay::Input);
        let style = if focused { look.theme.accent.add_modifier(Modifier::BOLD) } else { look.theme.dim };
        let marker = if focused { "▌" } else { " " };
        canvas.set_string(area.x, y, format!("{marker}{label}"), style);
        let row = Rect { x: area.x + 5, y, width: area.width.saturating_sub(6), height: 1 };
        if field.value().is_empty() && !focused {
            let key = look.key(state, action);
            let hint = if key.is_empty() { hint.text().to_owned() } else { format!("{hint} ({key})") };
            canvas.set_stringn(row.x, y, hint, usize::from(row.width), look.theme.dim);
        }
        canvas.on_click(Rect { y, height: 1, ..area }, ClickTarget::Field(which));
        let cursor = field_with_unread(field, &state.unread(which), focused, look, row, canvas);
        if focused {
            position = Some(Position { x: row.x + cursor, y });
        }
    }
    position
}
