//! The baseline: what is pinned, to compare what is shown with it.

use super::{AttentionState, Notice, Snapshot, State};
use crate::{
    analysis::AttentionOptions,
    messages::{Label, message},
};

impl State {
    /// What is shown now. None while what is there is of the model before.
    pub(crate) fn snapshot(&self) -> Option<Snapshot> {
        let (readings, model) = (self.readings.as_ref().filter(|_| !self.stale)?, self.model.as_ref()?);
        let AttentionState { reading_choice, layer, options, .. } = self.attention;
        Some(Snapshot {
            model: model.name.clone(),
            opened: self.opened,
            reading: readings.get(reading_choice).clone(),
            reading_choice,
            layer,
            options: AttentionOptions { measure: self.measure(), ..options },
        })
    }

    /// Whether what is shown can be pinned and is not yet.
    pub(crate) fn can_pin(&self) -> bool {
        self.snapshot().is_some_and(|shown| self.baseline.as_ref().is_none_or(|baseline| !baseline.is(&shown)))
    }

    /// Pins what is shown now as the baseline, and says so; `hint` is what else there is to say.
    pub(crate) fn pin_baseline(&mut self, hint: Option<Label>) {
        if let Some(shown) = self.snapshot() {
            let pinned = message!("state-pinned", what = shown.place());
            let text = hint.map_or(pinned.clone(), |hint| format!("{pinned} · {hint}"));
            self.notice = Some(Notice { text, is_error: false });
            self.baseline = Some(shown);
        }
    }
}
