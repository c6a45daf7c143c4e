//! Ablating heads and tokens, and undoing that.

use std::{collections::BTreeSet, mem, ops::Range};

use super::{Ablation, Job, NamedAblations, ReadingChoice, State, TokenName};
use crate::bert::Sentence;

impl State {
    /// Whether a head is ablated; of no head, whether all of its layer's are.
    pub fn is_off(&self, layer: usize, head: Option<usize>) -> bool {
        let (ablated, heads) = (&self.ablations.heads, self.model.as_ref().map_or(0, |model| model.heads));
        match head {
            Some(head) => ablated.contains(&(layer, head)),
            None => !ablated.is_empty() && (0..heads).all(|head| ablated.contains(&(layer, head))),
        }
    }

    /// What is ablated, in words.
    pub fn ablation_names(&self) -> String {
        let whole = self.readings.as_ref().map(|readings| match &readings.unablated {
            Some(unablated) => &unablated.readings,
            None => readings,
        });
        let written = |token: &TokenName, text: &str| {
            whole.and_then(|whole| whole.written(token, text)).unwrap_or_else(|| text.to_owned())
        };
        self.ablations.names(self.model.as_ref().map_or(0, |model| model.heads), &written)
    }

    /// What has become of a token of the reading that is shown; none of one that is read as usual.
    pub fn ablation_of(&self, token: usize) -> Option<Ablation> {
        let trace = &self.reading()?.trace;
        self.ablations.of_token(trace.tokens.get(token)?, token, self.alone())
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

    /// Ablates the head that is shown, or all of the cursor's layer where none is; restores it if it is ablated.
    pub(super) fn ablate_head(&mut self) -> Option<Job> {
        let (layers, heads) = self.model.as_ref().map(|model| (model.layers, model.heads))?;
        let layer = self.attention.layer.min(layers.saturating_sub(1));
        let meant: BTreeSet<(usize, usize)> = match self.attention.head().filter(|head| *head < heads) {
            Some(head) => [(layer, head)].into(),
            None => (0..heads).map(|head| (layer, head)).collect(),
        };
        self.change_ablations(|ablated| ablated.toggle_heads(meant))
    }

    /// Hides the token or word under the cursor, then has `[MASK]` read instead, then leaves it as it is.
    pub(super) fn ablate_token(&mut self) -> Option<Job> {
        let reading = self.reading().cloned()?;
        let shown = self.attention.shown.as_ref()?;
        let (units, unit, alone) = (shown.units.clone(), shown.units.unit_of(self.attention.token), self.alone());
        self.change_ablations(|ablated| ablated.step_tokens(&reading.trace, &units, unit, alone))
    }

    /// Makes tokens blind in the cursor's layer: each looks at nothing but itself there, or not `at` others; restores them if all
    /// of them are blind so.
    pub(crate) fn make_blind(&mut self, tokens: Range<usize>, at: Option<Range<usize>>) -> Option<Job> {
        let (reading, layer, alone) = (self.reading().cloned()?, self.attention.layer, self.alone());
        self.change_ablations(|ablated| ablated.toggle_blind(&reading.trace, layer, tokens, at, alone))
    }

    pub(super) fn undo_ablation(&mut self) -> Option<Job> {
        self.ablations = self.ablations_before.pop()?;
        self.restored = None;
        self.read()
    }

    /// Whether there is a cut to undo.
    pub(super) fn can_undo(&self) -> bool {
        !self.ablations_before.is_empty()
    }

    /// Changes what is ablated, which can be undone, and has it read so.
    pub(crate) fn change_ablations(&mut self, change: impl FnOnce(&mut NamedAblations)) -> Option<Job> {
        let mut ablated = self.ablations.clone();
        change(&mut ablated);
        self.restored = None;
        self.ablations_before.push(mem::replace(&mut self.ablations, ablated));
        self.read()
    }

    /// The text is another: no token is ablated any more, and none was.
    pub(super) fn forget_tokens(&mut self) {
        let restored = self.restored.as_mut().map(|session| &mut session.ablations);
        self.ablations_before.iter_mut().chain([&mut self.ablations]).chain(restored).for_each(|ablated| {
            ablated.tokens.clear();
            ablated.blind.clear();
        });
        self.ablations_before.dedup();
        while self.ablations_before.last() == Some(&self.ablations) {
            self.ablations_before.pop();
        }
    }
}
