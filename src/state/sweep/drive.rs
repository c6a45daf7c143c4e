//! When a sweep begins and ends, and what is switched off from its list.

use super::{PartName, Stage};
use crate::state::{Job, State, View};

impl State {
    /// The sweep that is to begin now: the view is on screen, and of the reading shown, nothing is known yet.
    pub(crate) fn sweep_if_due(&mut self) -> Option<Job> {
        if self.view != View::Sweep || !self.can_sweep() {
            return None;
        }
        let (readings, reading) = (self.readings.clone()?, self.attention.reading);
        let passage = readings.passage(reading);
        if !self.sweep.is_due(passage) {
            return None;
        }
        // What is read as [MASK] is looked for under its own name.
        let whole = readings.uncut.as_ref().map_or(passage, |uncut| uncut.readings.passage(reading));
        let base = self.off.cuts(&whole.trace.tokens, self.alone());
        let job = self.sweep.start(passage, whole, base);
        if job.is_some() {
            self.list.interrupt();
        }
        job
    }

    /// Whether what is shown is what stands there, so that it can be swept.
    pub(crate) fn can_sweep(&self) -> bool {
        self.readings.is_some() && self.error.is_none() && !self.is_reading()
    }

    /// Whether it is the sweep that is cancelled first: it is in view, or nothing else goes on.
    pub(crate) fn cancels_sweep(&self) -> bool {
        let nothing_else = self.opening.is_none() && self.model_error.is_none();
        self.sweep.stage == Stage::Running && (nothing_else || self.view == View::Sweep)
    }

    /// Switches the head or the word under the cursor off in every view; on again where it is off.
    pub(crate) fn cut_swept(&mut self) -> Option<Job> {
        let (whole, alone) = (self.sweep.whole.clone()?, self.alone());
        match self.sweep.selected_part()?.name.clone() {
            PartName::Head { layer, head } => self.change_off(|off| off.toggle_heads([(layer, head)].into())),
            PartName::Word { tokens, .. } => self.change_off(|off| off.toggle_tokens(&whole.trace, tokens, alone)),
        }
    }
}
