//! A token, or a sentence of the list, is looked for.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    text::Line,
    widgets::Widget,
};

use super::{ALWAYS_IN_TEXT, text::TEXT};
use crate::{
    messages::{label, message},
    state::{
        BarEntry, BarLabel, Command, CommandTable, Finding, Group, Run, State, commands as shared, entries, entry,
    },
    widgets::{Look, field::labelled_field, text::cells},
};

/// The table of its commands.
#[derive(Debug)]
pub(crate) struct FindOverlay;

impl CommandTable for FindOverlay {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[COMMIT, LEAVE]),
        Group::Shared(&[
            Command { keys: &["down", "ctrl-n", "tab"], ..shared::FIND_NEXT },
            Command { keys: &["up", "ctrl-p", "shift-tab"], ..shared::FIND_PREVIOUS },
        ]),
        Group::Shared(TEXT),
        Group::Shared(ALWAYS_IN_TEXT),
    ];

    const BAR: &'static [BarEntry] =
        &[entry("commit"), entries(&["find-previous", "find-next"], label!("bar-previous-next")), entry("leave")];
}

const COMMIT: Command<FindOverlay> = Command {
    id: "commit",
    keys: &["enter"],
    label: BarLabel::Fixed(label!("find-command-commit-bar")),
    description: label!("find-command-commit"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.stay_at_found()),
};

const LEAVE: Command<FindOverlay> = Command {
    id: "leave",
    keys: &["esc"],
    label: BarLabel::Fixed(label!("find-command-leave-bar")),
    description: label!("find-command-leave"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.leave_search()),
};

/// The text that is looked for, and how often it is found; returns where the text cursor stands.
pub(crate) fn draw(finding: &Finding, state: &State, look: &Look, area: Rect, buffer: &mut Buffer) -> Position {
    let (matches, typed) = (state.matches(), !finding.field.value().trim().is_empty());
    let at = matches.iter().position(|&found| found == state.found_at());
    let count = match at {
        _ if !typed => String::new(),
        Some(at) => format!("{} ", message!("app-found", at = at + 1, count = matches.len())),
        None => format!("{} ", label!("app-not-found")),
    };
    let style = if matches.is_empty() { look.theme.warning } else { look.theme.accent };
    Line::styled(count.as_str(), style).right_aligned().render(area, buffer);
    labelled_field(label!("app-find").text(), &finding.field, 1 + cells(&count) as u16, look, area, buffer)
}
