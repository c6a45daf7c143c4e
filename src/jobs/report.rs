use std::sync::Arc;

use crate::{
    analysis::Effect,
    bert::ModelInfo,
    messages::remarks,
    models::{Listed, Progress},
    study::{Arranged, Baseline, LogitFound, MixingFound, QuantityError, Readings, SentenceRead, WordChange},
};

/// What was done of a job.
#[derive(Debug)]
pub enum Report {
    /// How far the download of a model is.
    Opening {
        /// The number of its job.
        number: u64,
        /// Of the download.
        progress: Progress,
    },
    /// A model is ready and reads from now on, or why it cannot be opened.
    Model {
        /// The number of its job.
        number: u64,
        /// What `--model` calls it and what it is, or what is wrong.
        result: Result<(String, ModelInfo), String>,
    },
    /// The models there are to choose from.
    Models(Vec<Listed>),
    /// A request was read, or why it could not be.
    Readings {
        /// The number of its job.
        number: u64,
        /// Its traces and what follows from them.
        result: Result<Arc<Readings>, String>,
    },
    /// What a sweep has found since it was last told, or why it ended.
    Sweep {
        /// The number of its job.
        number: u64,
        /// The effects of the next things on its list.
        result: Result<Vec<Option<Effect>>, String>,
    },
    /// How far the working out of a measure is, or why it ended.
    WorkedOut {
        /// The number of its job.
        number: u64,
        /// So many of so many steps are done; none where all is done.
        result: Result<Option<(usize, usize)>, String>,
    },
    /// What was found of how vectors mix words, how far that is, or why it ended.
    Mixed {
        /// The number of its job.
        number: u64,
        /// That.
        result: Result<MixingFound, String>,
    },
    /// What is found of a logit since it was last told, or why it ended.
    Explained {
        /// The number of its job.
        number: u64,
        /// What it is made of, then what it loses; none where all is told.
        result: Result<Option<LogitFound>, String>,
    },
    /// What ablations do to words, or why that cannot be said.
    WordsCompared {
        /// The number of its job.
        number: u64,
        /// The words that were asked about.
        result: Result<Vec<WordChange>, String>,
    },
    /// How far the reading of unrelated sentences is, or why it ended.
    Measured {
        /// The number of its job.
        number: u64,
        /// What is known.
        result: Result<Measured, String>,
    },
    /// What was read of the list since it was last told, or why it ended.
    ListRead {
        /// The number of its job.
        number: u64,
        /// Some of its sentences.
        result: Result<Vec<SentenceRead>, String>,
    },
    /// Quantities that were measured, or why the text could not be read.
    Quantities {
        /// The number of its job.
        number: u64,
        /// A number for each request, or what it lacks.
        result: Result<Vec<Result<f64, QuantityError>>, String>,
    },
    /// What follows from the sentences of the list.
    Arranged {
        /// The number of its job.
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

impl Notice {
    /// Why something was not done.
    pub fn error(why: impl ToString) -> Self {
        Self { text: why.to_string(), is_error: true }
    }

    /// All of them as one, so that none is lost where several things are to be said at once; none of none.
    pub fn together(notices: impl IntoIterator<Item = Notice>) -> Option<Self> {
        notices.into_iter().reduce(|before, next| Self {
            text: remarks([before.text, next.text]),
            is_error: before.is_error || next.is_error,
        })
    }
}

/// How far a measurement of unrelated sentences is.
#[derive(Debug)]
pub enum Measured {
    /// So many sentences are read.
    Read(usize),
    /// All is known.
    Done(Arc<Baseline>),
}
