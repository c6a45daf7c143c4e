//! What lies over a view, a file each: its commands and its drawing.

pub(super) mod export;
pub(super) mod find;
pub(super) mod help;
pub(super) mod input;
pub(super) mod note;
pub(super) mod picker;
pub(super) mod table;
mod text;

use super::rows::{HELP, QUIT, REDRAW, SUSPEND};
use crate::{
    messages::{Label, label},
    state::{Command, Commands, Overlay},
};

/// The commands of an overlay, and what keymap files and the help say of them.
#[derive(Debug)]
pub(super) struct OverlayTable {
    pub overlay: Overlay,
    /// Its heading in the help.
    pub label: Label,
    /// When its keys hold, for the keymap file.
    pub about: Label,
    pub commands: Box<dyn Commands>,
}

/// Every overlay, in the order of the help.
pub(super) fn all() -> Vec<OverlayTable> {
    let table = |overlay, label, about, commands| OverlayTable { overlay, label, about, commands };
    vec![
        table(Overlay::Table, label!("table-context"), label!("table-context-about"), Box::new(table::TableOverlay)),
        table(
            Overlay::Export,
            label!("export-context"),
            label!("export-context-about"),
            Box::new(export::ExportOverlay),
        ),
        table(Overlay::Find, label!("find-context"), label!("find-context-about"), Box::new(find::FindOverlay)),
        table(Overlay::Note, label!("note-context"), label!("note-context-about"), Box::new(note::NoteOverlay)),
        table(Overlay::Input, label!("input-context"), label!("input-context-about"), Box::new(input::InputOverlay)),
        table(
            Overlay::Picker,
            label!("picker-context"),
            label!("picker-context-about"),
            Box::new(picker::PickerOverlay),
        ),
        table(Overlay::Help, label!("help-context"), label!("help-context-about"), Box::new(help::HelpOverlay)),
    ]
}

/// Rows that every overlay has, under the keys they have everywhere.
pub(super) const ALWAYS: &[Command<()>] = &[
    Command { keys: &[], ..HELP },
    Command { keys: &[], ..QUIT },
    Command { keys: &[], ..SUSPEND },
    Command { keys: &[], ..REDRAW },
];

/// The same where keys are text.
const ALWAYS_IN_TEXT: &[Command<()>] = &[
    Command { keys: &["f1"], ..HELP },
    Command { keys: &["ctrl-z"], ..SUSPEND },
    Command { keys: &["ctrl-l"], ..REDRAW },
    Command { keys: &["ctrl-c"], ..QUIT },
];
