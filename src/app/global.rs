//! What keys do everywhere but in a text field.

use super::{rows, tabs::Tabs};
use crate::messages::label;
use crate::state::{BarEntry, BarLabel, Command, CommandTable, Group, LoopRequest, Outcome, Run, TableView};

impl CommandTable for Tabs {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Shared(&[rows::EDIT_SENTENCE, rows::EDIT_PAIR, rows::EXAMPLE, rows::PICK_MODEL]),
        Group::Own(&[CANCEL]),
        Group::Listed(&rows::SHOW),
        Group::Own(&[NEXT_VIEW, PREVIOUS_VIEW]),
        Group::Shared(&[rows::ADD_TO_LIST]),
        Group::Own(&[TABLE, COPY]),
        Group::Shared(&[
            rows::COPY_TABLE,
            rows::EXPORT,
            rows::SAVE_SESSION,
            rows::RESTORE_SESSION,
            rows::LESSONS,
            rows::NOTE,
            rows::PROJECTOR,
            rows::NEXT_THEME,
            rows::MOUSE,
            rows::NEXT_LANGUAGE,
            rows::HELP,
            rows::QUIT,
            rows::SUSPEND,
            rows::REDRAW,
        ]),
    ];

    /// What is open has one.
    const BAR: &'static [BarEntry] = &[];
}

const CANCEL: Command<Tabs> = Command {
    id: "cancel",
    keys: &["esc"],
    label: BarLabel::Of(|tabs, state| tabs.cancel_label(state)),
    description: label!("app-command-cancel"),
    enabled: |tabs, state| tabs.cancel_label(state).is_some(),
    run: Run::Ask(|tabs, state| tabs.cancel(state).into()),
};

const NEXT_VIEW: Command<Tabs> = Command {
    id: "next-view",
    keys: &["tab"],
    label: BarLabel::Of(|tabs, state| Some(tabs.beside(state, 1).label())),
    description: label!("app-command-next-view"),
    enabled: |_, _| true,
    run: Run::Change(|tabs, state| state.show(tabs.beside(state, 1).id())),
};

const PREVIOUS_VIEW: Command<Tabs> = Command {
    id: "previous-view",
    keys: &["shift-tab"],
    label: BarLabel::Of(|tabs, state| Some(tabs.beside(state, -1).label())),
    description: label!("app-command-previous-view"),
    enabled: |_, _| true,
    run: Run::Change(|tabs, state| state.show(tabs.beside(state, -1).id())),
};

const TABLE: Command<Tabs> = Command {
    id: "table",
    keys: &["T"],
    label: BarLabel::Fixed(label!("app-command-table-bar")),
    description: label!("app-command-table"),
    enabled: |_, state| state.has_numbers(),
    run: Run::Answer(|tabs, state| {
        state.table = TableView::new(&tabs.open(state).tables(state));
        if state.table.is_none() {
            state.refuse(label!("explorer-no-table"));
        }
        Outcome::DONE
    }),
};

const COPY: Command<Tabs> = Command {
    id: "copy",
    keys: &["y"],
    label: BarLabel::Fixed(label!("app-command-copy-bar")),
    description: label!("app-command-copy"),
    enabled: |_, state| state.has_numbers(),
    run: Run::Answer(|tabs, state| match tabs.open(state).number(state) {
        // As exactly as it is known, a share of 12.31 % as 0.1231: the shortest decimal number that no other f32 is
        // nearer to.
        Ok((number, of)) => LoopRequest::Copy { number: number.to_string(), of }.into(),
        Err(why) => {
            state.refuse(why);
            Outcome::DONE
        }
    }),
};
