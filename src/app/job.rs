//! What `update` asks of its caller, and what is under way behind the screen.

use crate::models::Progress;

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

/// The form of a file with what is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// A page with picture and tables, to be opened without a network.
    Html,
    /// The screen as a picture.
    Svg,
    /// The view's numbers, for a spreadsheet.
    Csv,
    /// The same, separated by tabs.
    Tsv,
    /// The same with all that describes them.
    Json,
    /// The same as numpy arrays.
    Npz,
}

/// What `update` asks of its caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Nothing but to go on.
    #[default]
    None,
    /// To leave.
    Quit,
    /// To stop until the shell brings it back.
    Suspend,
    /// To draw every cell again.
    Redraw,
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
    Export(FileForm),
    /// To write the session to a file of its own.
    Save,
    /// To go back to the session that was saved on leaving.
    Restore,
}
