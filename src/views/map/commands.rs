//! What keys do on the map.

use super::MapView;
use crate::state::{
    BarEntry, Command, CommandTable, Group, Label, Run, commands as shared, entries, entry,
    list::{self, Towards},
};

impl CommandTable for MapView {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[LEFT, RIGHT, UP, DOWN]),
        Group::Shared(&[list::PREVIOUS_LINE, list::NEXT_LINE, list::PAGE_UP, list::PAGE_DOWN]),
        Group::Own(&[TOP, BOTTOM]),
        Group::Shared(&[
            list::REMOVE_LINE,
            list::UNDO_LIST,
            list::LINE_TO_A,
            list::LINE_TO_B,
            list::LEFT_POOLING,
            list::RIGHT_POOLING,
        ]),
        Group::Own(&[POINT_COLOR]),
        Group::Shared(&[list::READ_LIST, list::FIND, shared::FIND_NEXT, shared::FIND_PREVIOUS]),
    ];

    const BAR: &'static [BarEntry] = &[
        entries(&["left", "down", "up", "right"], "move"),
        entries(&["previous-line", "next-line"], "in the list"),
        entries(&["left-pooling", "right-pooling"], "poolings"),
        entry("point-color"),
        entry("find"),
        entries(&["find-previous", "find-next"], "found"),
        entries(&["add-to-list"], "add A, B"),
        entry("remove-line"),
        entry("undo-list"),
        entries(&["line-to-a", "line-to-b"], "make it A, B"),
        entry("read-list"),
        entry("next-view"),
        entry("table"),
        entry("copy"),
        entry("export"),
        entry("pick-model"),
        entry("edit-sentence"),
    ];
}

const LEFT: Command<MapView> = Command {
    id: "left",
    keys: &["left", "h"],
    label: Label::None,
    description: "Go to the nearest point on the left",
    enabled: |_, state| state.list.towards(Towards::Left).is_some(),
    run: Run::Change(|_, state| state.list.go(Towards::Left)),
};

const RIGHT: Command<MapView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: Label::None,
    description: "Go to the nearest point on the right",
    enabled: |_, state| state.list.towards(Towards::Right).is_some(),
    run: Run::Change(|_, state| state.list.go(Towards::Right)),
};

const UP: Command<MapView> = Command {
    id: "up",
    keys: &["up", "k"],
    label: Label::None,
    description: "Go to the nearest point above",
    enabled: |_, state| state.list.towards(Towards::Up).is_some(),
    run: Run::Change(|_, state| state.list.go(Towards::Up)),
};

const DOWN: Command<MapView> = Command {
    id: "down",
    keys: &["down", "j"],
    label: Label::None,
    description: "Go to the nearest point below",
    enabled: |_, state| state.list.towards(Towards::Down).is_some(),
    run: Run::Change(|_, state| state.list.go(Towards::Down)),
};

const TOP: Command<MapView> = Command {
    id: "top",
    keys: &["g", "home"],
    label: Label::None,
    description: "Go to the first sentence of the list",
    enabled: |_, state| state.list.can_step(-1),
    run: Run::Change(|_, state| state.list.step_line(isize::MIN)),
};

const BOTTOM: Command<MapView> = Command {
    id: "bottom",
    keys: &["G", "end"],
    label: Label::None,
    description: "Go to the last sentence of the list",
    enabled: |_, state| state.list.can_step(1),
    run: Run::Change(|_, state| state.list.step_line(isize::MAX)),
};

const POINT_COLOR: Command<MapView> = Command {
    id: "point-color",
    keys: &["c"],
    label: Label::Fixed("colours"),
    description: "Colour the points by cluster, or by their place in the list",
    enabled: |_, state| state.list.is_arranged(),
    run: Run::Change(|view, _| view.color = view.color.next()),
};
