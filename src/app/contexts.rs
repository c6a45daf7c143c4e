//! Where keys are pressed, and which commands are there: of this the keymap, the help and the documents are made.

use super::{lesson::LessonPanel, overlays, tabs::Tabs};
use crate::{
    config::{EVERYWHERE, KeyContext},
    messages::label,
    state::{Commands, Overlay},
};

/// Every table of keys, in the order of the help.
pub fn key_contexts() -> Vec<KeyContext> {
    let tabs = Tabs::new();
    let views = tabs.iter().map(|view| KeyContext {
        id: view.id(),
        label: view.label(),
        about: view.shown_by().description,
        takes_text: false,
        commands: view.rows(),
    });
    let everywhere = KeyContext {
        id: EVERYWHERE,
        label: label!("app-context-everywhere"),
        about: label!("app-context-everywhere-about"),
        takes_text: false,
        commands: tabs.rows(),
    };
    let over = overlays::all().into_iter().map(|table| KeyContext {
        id: table.overlay.id(),
        label: table.label,
        about: table.about,
        takes_text: table.overlay.takes_text(),
        commands: table.commands.rows(),
    });
    let lesson = KeyContext {
        id: Overlay::Lesson.id(),
        label: label!("lesson-context"),
        about: label!("lesson-context-about"),
        takes_text: false,
        commands: LessonPanel::default().rows(),
    };
    views.chain([everywhere, lesson]).chain(over).collect()
}
