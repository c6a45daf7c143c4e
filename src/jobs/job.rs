use std::ops::Deref;

use crate::study::{
    Arrangement, Background, ListReading, LogitWork, MeasureWork, MixingWork, QuantityWork, ReadRequest, Sweep,
    WordChangeWork,
};

/// Something to be done, numbered so that the newest of its kind can be told from the rest: the number grows with each.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbered<T> {
    /// Larger than that of every one before.
    pub number: u64,
    /// What is to be done.
    pub task: T,
}

impl<T> Deref for Numbered<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.task
    }
}

/// What takes time and is done behind the screen. See [`Job::ends`] for what makes way for what.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// Read these sentences; replaces any such job not yet begun.
    Read(Numbered<ReadRequest>),
    /// Open another model; replaces any such job not yet done.
    Open {
        /// Grows with every model asked for.
        number: u64,
        /// As `--model` takes it.
        name: String,
    },
    /// Open no other model after all.
    CancelOpening,
    /// Look for the models there are to choose from.
    ListModels,
    /// Ablate one thing after the other; replaces any such job.
    Sweep(Numbered<Sweep>),
    /// Sweep no further.
    CancelSweep,
    /// Work a measure out of what is read; replaces any such job.
    WorkOut(Numbered<MeasureWork>),
    /// Work it out no further.
    CancelWork,
    /// Find out how vectors mix words; replaces any such job.
    Mix(Numbered<MixingWork>),
    /// Find it out no further.
    CancelMixing,
    /// Explain a logit; replaces any such job.
    Explain(Numbered<LogitWork>),
    /// Compare words before and after ablations; replaces any such job.
    CompareWords(Numbered<WordChangeWork>),
    /// Explain it no further.
    CancelExplaining,
    /// Read unrelated sentences, as soon as there is nothing else to read; replaces any such job.
    Measure(Numbered<Background>),
    /// Read sentences of the list; replaces any such job.
    ReadList(Numbered<ListReading>),
    /// Read no further in the list.
    CancelList,
    /// Measure quantities of a text; replaces any such job.
    Quantities(Numbered<QuantityWork>),
    /// Work out what follows from sentences that are read.
    Arrange(Numbered<Arrangement>),
}

impl Job {
    /// What it has the model do; none of what needs no model.
    fn kind(&self) -> Option<JobKind> {
        match self {
            Job::Read(_) => Some(JobKind::Read),
            Job::Sweep(_) => Some(JobKind::Sweep),
            Job::WorkOut(_) => Some(JobKind::WorkOut),
            Job::Mix(_) => Some(JobKind::Mix),
            Job::Explain(_) => Some(JobKind::Explain),
            Job::CompareWords(_) => Some(JobKind::CompareWords),
            Job::Measure(_) => Some(JobKind::Measure),
            Job::ReadList(_) => Some(JobKind::ReadList),
            Job::Quantities(_) => Some(JobKind::Quantities),
            Job::Open { .. }
            | Job::CancelOpening
            | Job::ListModels
            | Job::CancelSweep
            | Job::CancelWork
            | Job::CancelMixing
            | Job::CancelExplaining
            | Job::CancelList
            | Job::Arrange(_) => None,
        }
    }

    /// Whether it ends a task of another kind that is under way: what is [long](Urgency::Long) makes way for all but what is
    /// [idle](Urgency::Idle). A job of its own kind is replaced; whoever submits it knows that already.
    pub fn ends(&self, other: JobKind) -> bool {
        let makes_way = |own: JobKind| own != other && own.urgency() != Urgency::Idle;
        other.urgency() == Urgency::Long && self.kind().is_some_and(makes_way)
    }
}

/// A job for which a model is needed.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// As [`Job::Read`].
    Read(Numbered<ReadRequest>),
    /// As [`Job::Sweep`].
    Sweep(Numbered<Sweep>),
    /// As [`Job::WorkOut`].
    WorkOut(Numbered<MeasureWork>),
    /// As [`Job::Mix`].
    Mix(Numbered<MixingWork>),
    /// As [`Job::Explain`].
    Explain(Numbered<LogitWork>),
    /// As [`Job::CompareWords`].
    CompareWords(Numbered<WordChangeWork>),
    /// As [`Job::ReadList`].
    ReadList(Numbered<ListReading>),
    /// As [`Job::Measure`].
    Measure(Numbered<Background>),
    /// As [`Job::Quantities`].
    Quantities(Numbered<QuantityWork>),
}

/// What is done in a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// [`Task::Read`].
    Read,
    /// [`Task::Sweep`].
    Sweep,
    /// [`Task::WorkOut`].
    WorkOut,
    /// [`Task::Mix`].
    Mix,
    /// [`Task::Explain`].
    Explain,
    /// [`Task::CompareWords`].
    CompareWords,
    /// [`Task::ReadList`].
    ReadList,
    /// [`Task::Measure`].
    Measure,
    /// [`Task::Quantities`].
    Quantities,
}

/// How soon a task is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Before all else, once no newer one has come for a moment; ends what is [long](Urgency::Long).
    Typed,
    /// As long as it is wanted: a newer one, or what is typed, ends it.
    Long,
    /// When there is nothing else; goes on where it stopped.
    Idle,
}

impl JobKind {
    /// How soon such a task is to be done.
    pub fn urgency(self) -> Urgency {
        match self {
            JobKind::Read => Urgency::Typed,
            JobKind::Sweep
            | JobKind::WorkOut
            | JobKind::Mix
            | JobKind::Explain
            | JobKind::CompareWords
            | JobKind::ReadList
            | JobKind::Quantities => Urgency::Long,
            JobKind::Measure => Urgency::Idle,
        }
    }
}

impl Task {
    /// Its kind and its number, by which it is known.
    pub fn id(&self) -> (JobKind, u64) {
        match self {
            Task::Read(request) => (JobKind::Read, request.number),
            Task::Sweep(sweep) => (JobKind::Sweep, sweep.number),
            Task::WorkOut(work) => (JobKind::WorkOut, work.number),
            Task::Mix(work) => (JobKind::Mix, work.number),
            Task::Explain(work) => (JobKind::Explain, work.number),
            Task::CompareWords(work) => (JobKind::CompareWords, work.number),
            Task::ReadList(list) => (JobKind::ReadList, list.number),
            Task::Measure(background) => (JobKind::Measure, background.number),
            Task::Quantities(work) => (JobKind::Quantities, work.number),
        }
    }
}
