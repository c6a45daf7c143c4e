//! What keys do on the map.

use super::MapView;
use crate::messages::label;
use crate::state::{
    BarEntry, BarLabel, Command, CommandTable, Group, Run, commands as shared, entries, entry,
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
        entries(&["left", "down", "up", "right"], label!("bar-move")),
        entries(&["previous-line", "next-line"], label!("bar-in-the-list")),
        entries(&["left-pooling", "right-pooling"], label!("bar-poolings")),
        entry("point-color"),
        entry("find"),
        entries(&["find-previous", "find-next"], label!("bar-found")),
        entries(&["add-to-list"], label!("bar-add-a-b")),
        entry("remove-line"),
        entry("undo-list"),
        entries(&["line-to-a", "line-to-b"], label!("bar-make-it-a-b")),
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
    label: BarLabel::None,
    description: label!("map-command-left"),
    enabled: |_, state| state.list.towards(Towards::Left).is_some(),
    run: Run::Change(|_, state| state.list.go(Towards::Left)),
};

const RIGHT: Command<MapView> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::None,
    description: label!("map-command-right"),
    enabled: |_, state| state.list.towards(Towards::Right).is_some(),
    run: Run::Change(|_, state| state.list.go(Towards::Right)),
};

const UP: Command<MapView> = Command {
    id: "up",
    keys: &["up", "k"],
    label: BarLabel::None,
    description: label!("map-command-up"),
    enabled: |_, state| state.list.towards(Towards::Up).is_some(),
    run: Run::Change(|_, state| state.list.go(Towards::Up)),
};

const DOWN: Command<MapView> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("map-command-down"),
    enabled: |_, state| state.list.towards(Towards::Down).is_some(),
    run: Run::Change(|_, state| state.list.go(Towards::Down)),
};

const TOP: Command<MapView> = Command {
    id: "top",
    keys: &["g", "home"],
    label: BarLabel::None,
    description: label!("map-command-top"),
    enabled: |_, state| state.list.can_step(-1),
    run: Run::Change(|_, state| state.list.step_line(isize::MIN)),
};

const BOTTOM: Command<MapView> = Command {
    id: "bottom",
    keys: &["G", "end"],
    label: BarLabel::None,
    description: label!("map-command-bottom"),
    enabled: |_, state| state.list.can_step(1),
    run: Run::Change(|_, state| state.list.step_line(isize::MAX)),
};

const POINT_COLOR: Command<MapView> = Command {
    id: "point-color",
    keys: &["c"],
    label: BarLabel::Fixed(label!("map-command-point-color-bar")),
    description: label!("map-command-point-color"),
    enabled: |_, state| state.list.is_arranged(),
    run: Run::Change(|view, _| view.color = view.color.next()),
};
