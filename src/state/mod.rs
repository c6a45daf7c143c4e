//! What all views share, and how it changes: the sentences, what was read of them, the cursor and the options of
//! attention, what is ablated, the list of sentences, and what goes on behind the screen.
//!
//! Nothing here draws or waits: what takes time is returned as a [`Job`] for the worker, whose result comes back through
//! [`State::on_report`].

pub mod action;
mod aim;
mod attention;
mod command;
pub mod commands;
mod compare;
pub(crate) mod copied;
mod cut;
mod find;
mod hints;
mod job;
mod lab;
pub mod list;
mod picker;
mod session;
mod shared;
mod sheet;
mod sweep;
pub(crate) mod tables;
mod text;
mod view;

pub use action::{Action, Context};
pub use aim::{Aim, Place};
pub use attention::{AttentionState, HeadStep, Needs, Scale, Shown, Zoom};
pub use command::{
    BarEntry, Command, CommandInfo, CommandTable, Commands, Group, Label, Outcome, Run, entries, entry, several,
};
pub use compare::{Compared, Held, Origin};
pub use find::Finding;
pub use hints::Hint;
pub use job::{Opening, Wish};
pub use lab::{LabState, Page};
pub use list::{ListLine, ListOrder, ListState, Walked};
pub use picker::{Choice, Picker};
pub use session::Session;
pub use shared::State;
pub use sheet::{OpenTable, Sheet, SheetLine};
pub use sweep::{Part, PartName, PartState, Stage, SweepLine, SweepOrder, SweepState, Swept};
pub use tables::Fact;
pub use text::{Field, TextField};
pub use view::{Focus, Subject, View};

pub use crate::{
    jobs::{Job, Measured, Notice, Numbered, Report},
    study::{
        Ablation as Fate, Ablations as Off, Arranged, Arrangement, Baseline, LineVectors, ListReading, PairReadings,
        Passage, PoolingReport, ReadRequest, Reading, Readings, SentenceRead, Side, Sweep, TokenAblation as TokenOff,
        TokenName, TokenPlace, Uncut,
    },
};
