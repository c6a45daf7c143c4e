//! Switching heads and tokens off, and undoing that.

use std::{collections::BTreeSet, mem};

use super::{Ablation, Job, NamedAblations, ReadingChoice, State};
use crate::bert::Sentence;

impl State {
    /// Whether a head is switched off; of no head, whether all of its layer's are.
    pub fn is_off(&self, layer: usize, head: Option<usize>) -> bool {
        let (off, heads) = (&self.off.heads, self.model.as_ref().map_or(0, |model| model.heads));
        match head {
            Some(head) => off.contains(&(layer, head)),
            None => !off.is_empty() && (0..heads).all(|head| off.contains(&(layer, head))),
        }
    }

    /// What has become of a token of the reading that is shown; none of one that is read as usual.
    pub fn fate(&self, token: usize) -> Option<Ablation> {
        let trace = &self.reading()?.trace;
        self.off.of_token(trace.tokens.get(token)?, token, self.alone())
    }

    /// The sentence that is shown, where it is read by itself.
    pub(crate) fn alone(&self) -> Option<Sentence> {
        let pair = self.readings.as_ref().is_some_and(|readings| readings.pair.is_some());
        match self.attention.reading_choice {
            ReadingChoice::AloneA if pair => Some(Sentence::A),
            ReadingChoice::AloneB if pair => Some(Sentence::B),
            _ => None,
        }
    }

    /// Switches the head that is shown off, or all of the cursor's layer where none is; back on if it is off.
    pub(super) fn cut_head(&mut self) -> Option<Job> {
        let (layers, heads) = self.model.as_ref().map(|model| (model.layers, model.heads))?;
        let layer = self.attention.layer.min(layers.saturating_sub(1));
        let meant: BTreeSet<(usize, usize)> = match self.attention.head().filter(|head| *head < heads) {
            Some(head) => [(layer, head)].into(),
            None => (0..heads).map(|head| (layer, head)).collect(),
        };
        self.change_off(|off| off.toggle_heads(meant))
    }

    /// Hides the token or word under the cursor, then has `[MASK]` read instead, then leaves it as it is.
    pub(super) fn cut_token(&mut self) -> Option<Job> {
        let reading = self.reading().cloned()?;
        let shown = self.attention.shown.as_ref()?;
        let (units, unit, alone) = (shown.units.clone(), shown.units.unit_of(self.attention.token), self.alone());
        self.change_off(|off| off.step_tokens(&reading.trace, &units, unit, alone))
    }

    pub(super) fn undo_cut(&mut self) -> Option<Job> {
        self.off = self.off_before.pop()?;
        self.restored = None;
        self.read()
    }

    /// Whether there is a cut to undo.
    pub(super) fn can_undo(&self) -> bool {
        !self.off_before.is_empty()
    }

    /// Changes what is switched off, which can be undone, and has it read so.
    pub(crate) fn change_off(&mut self, change: impl FnOnce(&mut NamedAblations)) -> Option<Job> {
        let mut off = self.off.clone();
        change(&mut off);
        self.restored = None;
        self.off_before.push(mem::replace(&mut self.off, off));
        self.read()
    }

    /// The text is another: no token is off any more, and none was.
    pub(super) fn forget_tokens(&mut self) {
        let restored = self.restored.as_mut().map(|session| &mut session.off);
        self.off_before.iter_mut().chain([&mut self.off]).chain(restored).for_each(|off| off.tokens.clear());
        self.off_before.dedup();
        while self.off_before.last() == Some(&self.off) {
            self.off_before.pop();
        }
    }
}
