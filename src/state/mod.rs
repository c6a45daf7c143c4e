//! What all views share, and how it changes: the sentences, what was read of them, the cursor and the options of
//! attention, what is ablated, the list of sentences, and what goes on behind the screen.
//!
//! Nothing here draws or waits: what takes time is returned as a [`Job`] for the worker, whose result comes back through
//! [`State::on_report`].

mod ablations;
mod attention;
mod background;
mod baseline;
mod click_target;
mod command;
pub mod commands;
pub(crate) mod copied;
mod effects;
mod examples;
mod find;
mod job;
pub mod list;
mod measure;
mod note;
mod overlay;
mod picker;
mod probes;
mod reports;
mod scale;
mod session;
mod shared;
mod snapshot;
mod stage;
mod steps;
mod table_view;
pub(crate) mod tables;
mod text;
mod view;
mod words;

pub use attention::{AttentionState, Needs, Shown};
pub use background::{BackgroundSet, BackgroundState, Rank};
pub use click_target::{ClickTarget, Place};
pub use command::{
    BarEntry, BarLabel, Command, CommandInfo, CommandTable, Commands, Group, ListedCommands, Outcome, Run, entries,
    entry, several,
};
pub use examples::Example;
pub use find::Finding;
pub use job::{LoopRequest, Opening};
pub use list::{ListLine, ListOrder, ListState, Walked};
pub use measure::WorkState;
pub use note::NoteField;
pub(crate) use note::add_line;
pub use overlay::Overlay;
pub use picker::{Choice, Picker};
pub use probes::{GivenProbe, Probes};
pub use scale::Scale;
pub use session::{LessonProgress, Session, Zoom};
pub use shared::State;
pub use snapshot::Snapshot;
pub use stage::Stage;
pub use steps::HeadStep;
pub use table_view::{TableLine, TablePage, TableView};
pub use tables::Fact;
pub use text::{Field, TextField};
pub use view::{Focus, Subject};
pub use words::WordsState;

pub use crate::{
    jobs::{Job, JobKind, Measured, Notice, Numbered, Report},
    study::{
        Ablation, Arranged, Arrangement, Background, BackgroundLanguage, Baseline, BlindedToken, LineVectors,
        ListReading, ListSide, LogitFound, LogitWhy, LogitWork, MeasureWork, MixingFound, MixingRequest, MixingWork,
        NamedAblations, NoBackground, PairReading, PoolingReport, ReadRequest, Reading, ReadingChoice, ReadingOfModel,
        Readings, Script, SentenceRead, Sweep, TokenAblation, TokenName, TokenPlace, TokenizedTexts, Unablated,
        WhyWord, WordChange, WordChangeWork,
    },
};
