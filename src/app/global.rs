//! What keys do everywhere but in a text field.

use super::{rows, tabs::Tabs};
use crate::state::{BarEntry, Command, CommandTable, Group, Label, LoopRequest, Outcome, Run, TableView};

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
            rows::MOUSE,
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
    label: Label::Of(|tabs, state| tabs.cancel_label(state).unwrap_or_default()),
    description: "Cancel a sweep, the reading of the list, or a download; dismiss what went wrong",
    enabled: |tabs, state| tabs.cancel_label(state).is_some(),
    run: Run::Ask(|tabs, state| tabs.cancel(state).into()),
};

const NEXT_VIEW: Command<Tabs> = Command {
    id: "next-view",
    keys: &["tab"],
    label: Label::Of(|tabs, state| tabs.beside(state, 1)),
    description: "Go to the next view",
    enabled: |_, _| true,
    run: Run::Change(|tabs, state| state.show(tabs.beside(state, 1))),
};

const PREVIOUS_VIEW: Command<Tabs> = Command {
    id: "previous-view",
    keys: &["shift-tab"],
    label: Label::Of(|tabs, state| tabs.beside(state, -1)),
    description: "Go to the previous view",
    enabled: |_, _| true,
    run: Run::Change(|tabs, state| state.show(tabs.beside(state, -1))),
};

const TABLE: Command<Tabs> = Command {
    id: "table",
    keys: &["T"],
    label: Label::Fixed("table"),
    description: "Show the numbers behind the view as a table",
    enabled: |_, state| state.has_numbers(),
    run: Run::Answer(|tabs, state| {
        state.table = TableView::new(&tabs.open(state).tables(state));
        if state.table.is_none() {
            state.refuse("there is no table behind this view yet");
        }
        Outcome::DONE
    }),
};

const COPY: Command<Tabs> = Command {
    id: "copy",
    keys: &["y"],
    label: Label::Fixed("copy"),
    description: "Copy the number under the cursor",
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
