//! What a view is to the rest of the explorer.

use std::{any::Any, fmt::Debug, sync::Arc};

use ratatui::layout::{Position, Rect};

use super::Legend;
use crate::{
    analysis::{Measure, Table},
    messages::Label,
    state::{ClickTarget, CommandInfo, Commands, Fact, Job, Needs, Reading, Report, Session, State, Subject},
    widgets::{Look, canvas::Canvas},
};

/// A screen of the explorer: its own state, its commands ([`crate::state::CommandTable`]), its drawing, its tables.
pub trait View: Commands + Debug + Any {
    /// Its name on the command line, in sessions and in keymap files; never changes.
    fn id(&self) -> &'static str;

    /// Its name on its tab.
    fn label(&self) -> Label;

    /// The row of the command that shows it.
    fn shown_by(&self) -> CommandInfo;

    /// What its words and signs mean, for the help.
    fn legend(&self) -> Option<&'static Legend> {
        None
    }

    /// Other names that it has on the command line.
    fn aliases(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether it has a cursor on a layer, which a digit sends to the layer of that number.
    fn has_layers(&self) -> bool {
        false
    }

    /// What it is of.
    fn subject(&self) -> Subject {
        Subject::Readings
    }

    /// What it needs worked out of attention while it is on screen.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// The measures that it shows.
    fn measures(&self, state: &State) -> Vec<Measure> {
        vec![state.attention.options.measure]
    }

    /// What it shows these measures of, as far as the model in use has read it: to be worked out.
    fn measured(&self, state: &State) -> Vec<Arc<Reading>> {
        let shown = self.needs().measure.then(|| state.snapshot()).flatten();
        shown.map(|shown| shown.reading).into_iter().collect()
    }

    /// Whether there is anything to draw; else the frame says what is missing.
    fn is_ready(&self, state: &State) -> bool {
        state.readings.is_some()
    }

    /// Draws it. Nothing drawn changes the state; what only drawing shows is returned.
    fn draw(&self, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) -> Extent;

    /// The numbers behind it; none where there is nothing to see.
    fn tables(&self, state: &State) -> Vec<Table>;

    /// What to know about these numbers, in the order it is told.
    fn facts(&self, state: &State) -> Vec<Fact>;

    /// The number under the cursor and what it is; or why there is none.
    fn number(&self, state: &State) -> Result<(f32, String), Label>;

    /// Another view takes its place on screen.
    fn on_hidden(&mut self, _state: &mut State) {}

    /// Takes in what the worker reports, before the state does; whether it is on screen or not.
    fn on_report(&mut self, _report: &Report, _state: &mut State) {}

    /// Takes note of a job that goes to the worker: it may end what the view has under way there.
    fn on_job(&mut self, _job: &Job) {}

    /// Brings up to date what follows from the state, after whatever may have changed that.
    fn refresh(&mut self, _state: &mut State, _on_screen: bool) {}

    /// What is to be done for it now behind the screen, where nothing else was asked for.
    fn due(&mut self, _state: &mut State, _on_screen: bool) -> Option<Job> {
        None
    }

    /// What it has under way behind the screen, as one would cancel it: `cancel the sweep`.
    fn under_way(&self, _state: &State) -> Option<Label> {
        None
    }

    /// Ends that.
    fn cancel(&mut self, _state: &mut State) -> Option<Job> {
        None
    }

    /// Takes in what only drawing shows: how far it can be scrolled. Whether that changed anything.
    fn on_drawn(&mut self, _furthest: usize) -> bool {
        false
    }

    /// A click on something that is this view's own; whether it was.
    fn click(&mut self, _aim: ClickTarget, _state: &mut State) -> bool {
        false
    }

    /// Writes what is chosen in it, and not in the state, into a session.
    fn save(&self, _session: &mut Session) {}

    /// Brings that back.
    fn restore(&mut self, _session: &Session) {}
}

/// What only drawing shows of a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// How far it can be scrolled.
    pub furthest: usize,
    /// Where the text cursor stands, if text is typed into it.
    pub cursor: Option<Position>,
}
