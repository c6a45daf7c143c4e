//! What the explorer asks for, and what it is told.

use std::sync::Arc;

use super::{Arranged, Arrangement, ListReading, Measured, Measurement, Off, Readings, SentenceRead, Sweep};
use crate::{
    bert::{Input, ModelInfo},
    models::{Listed, Progress},
};

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

/// What takes time and is done behind the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// Read these sentences; replaces any such job not yet begun, and ends a sweep or the reading of a list.
    Read(Request),
    /// Open another model; replaces any such job not yet done.
    Open {
        /// As in [`Opening`].
        number: u64,
        /// As `--model` takes it.
        name: String,
    },
    /// Open no other model after all.
    CancelOpening,
    /// Look for the models there are to choose from.
    ListModels,
    /// Switch one thing off after the other; replaces any such job.
    Sweep(Sweep),
    /// Sweep no further.
    CancelSweep,
    /// Read unrelated sentences, as soon as there is nothing else to read; replaces any such job.
    Measure(Measurement),
    /// Read sentences of the list; replaces any such job, and ends a sweep.
    ReadList(ListReading),
    /// Read no further in the list.
    CancelList,
    /// Work out what follows from sentences that are read.
    Arrange(Arrangement),
}

/// Sentences to read, numbered so that the newest can be told from the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Grows with every edit.
    pub number: u64,
    /// Sentence A and perhaps B.
    pub input: Input,
    /// What to switch off.
    pub off: Off,
}

/// What the worker reports.
#[derive(Debug)]
pub enum Report {
    /// How far the download of a model is.
    Opening {
        /// The number of its [`Opening`].
        number: u64,
        /// Of the download.
        progress: Progress,
    },
    /// A model is ready and reads from now on, or why it cannot be opened.
    Model {
        /// The number of its [`Opening`].
        number: u64,
        /// What `--model` calls it and what it is, or what is wrong.
        result: Result<(String, ModelInfo), String>,
    },
    /// The models there are to choose from.
    Models(Vec<Listed>),
    /// A request was read, or why it could not be.
    Readings {
        /// The request's number.
        number: u64,
        /// Its traces and what follows from them.
        result: Result<Arc<Readings>, String>,
    },
    /// What a sweep has found since it was last told, or why it ended.
    Sweep {
        /// The number of its [`Sweep`].
        number: u64,
        /// The effects of the next things on its list.
        result: Result<Vec<crate::analysis::Effect>, String>,
    },
    /// How far the reading of unrelated sentences is, or why it ended.
    Measured {
        /// The number of its [`Measurement`].
        number: u64,
        /// What is known.
        result: Result<Measured, String>,
    },
    /// What was read of the list since it was last told, or why it ended.
    ListRead {
        /// The number of its [`ListReading`].
        number: u64,
        /// Some of its sentences.
        result: Result<Vec<SentenceRead>, String>,
    },
    /// What follows from the sentences of the list.
    Arranged {
        /// The number of its [`Arrangement`].
        number: u64,
        /// That, or why it could not be worked out.
        result: Result<Arc<Arranged>, String>,
    },
    /// Something was written or could not be: one line.
    Said(Notice),
}

/// One line on what was done, or why it was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What to say.
    pub text: String,
    /// Whether something went wrong.
    pub is_error: bool,
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
