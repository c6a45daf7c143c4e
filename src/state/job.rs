//! What `update` asks of its caller, and what is under way behind the screen.

use crate::{export::Format, models::Progress};

/// A model on its way; the one before it stays in use until it is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// Grows with every model asked for.
    pub number: u64,
    /// As `--model` takes it.
    pub name: String,
    /// How far its download is; none while it is looked for. All of it is here while it is being loaded.
    pub progress: Option<Progress>,
}

/// What `update` asks of its caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LoopRequest {
    /// Nothing but to go on.
    #[default]
    None,
    /// To leave.
    Quit,
    /// To stop until the shell brings it back.
    Suspend,
    /// To draw every cell again.
    Redraw,
    /// To take the next theme.
    NextTheme,
    /// To speak the next language.
    NextLanguage,
    /// To put a number on the clipboard.
    Copy {
        /// The number, with all its digits.
        number: String,
        /// What it is: `layer 3, head 5: [CLS] → it`.
        of: String,
    },
    /// To put the tables behind the view on the clipboard.
    CopyTable,
    /// To write what is on screen to a file.
    Export(Format),
    /// To write the session to a file of its own.
    Save,
    /// To write the page of the lesson to a file of its own.
    KeepLesson,
    /// To go back to the session that was saved on leaving.
    Restore,
}
