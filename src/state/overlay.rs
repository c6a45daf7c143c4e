use super::{Focus, State};

/// What lies over the view, with keys of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Overlay {
    /// The numbers behind the view as a table.
    Table,
    /// The formats of a file, to choose from.
    Export,
    /// The token that is looked for.
    Find,
    /// A note that is typed.
    Note,
    /// A text field that has the cursor.
    Input,
    /// The list of models, to choose from.
    Picker,
    /// The list of lessons, to choose from; the keys of a lesson are there as well.
    Lesson,
    /// Every key.
    Help,
}

impl Overlay {
    /// Its name in keymap files; never changes.
    pub fn id(self) -> &'static str {
        match self {
            Overlay::Table => "table",
            Overlay::Export => "export",
            Overlay::Find => "find",
            Overlay::Note => "note",
            Overlay::Input => "input",
            Overlay::Picker => "picker",
            Overlay::Lesson => "lesson",
            Overlay::Help => "help",
        }
    }

    /// Whether keys are text here, but for those it has itself.
    pub fn takes_text(self) -> bool {
        matches!(self, Overlay::Input | Overlay::Find | Overlay::Note | Overlay::Picker)
    }
}

impl State {
    /// What lies over the view, if anything does.
    pub fn overlay(&self) -> Option<Overlay> {
        if self.help.is_some() { Some(Overlay::Help) } else { self.overlay_below_help() }
    }

    /// The same as if the help were closed.
    pub fn overlay_below_help(&self) -> Option<Overlay> {
        match self.focus {
            _ if self.picker.is_open => Some(Overlay::Picker),
            _ if self.is_choosing_lesson => Some(Overlay::Lesson),
            _ if self.is_exporting => Some(Overlay::Export),
            _ if self.finding.is_some() => Some(Overlay::Find),
            _ if self.note.is_some() => Some(Overlay::Note),
            Focus::Text(_) => Some(Overlay::Input),
            Focus::View => self.table.as_ref().map(|_| Overlay::Table),
        }
    }

    /// The name of the table of keys that holds now.
    pub fn key_context(&self) -> &'static str {
        self.overlay().map_or(self.view, Overlay::id)
    }
}
