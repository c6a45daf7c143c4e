//! What is swept, and what has been found: each head, or each word, ablated by itself, and what that does to the
//! vectors of the sentence.

use std::{ops::Range, sync::Arc};

use crate::{
    analysis::{Affected, Effect, EffectTarget, Part, PartName, PartState, SweepOrder, Swept, after},
    bert::Ablations,
    labels,
    state::{Job, Numbered, Reading, Stage, State, Sweep},
};

/// What is swept, and what has been found.
#[derive(Debug, Default)]
pub struct SweepState {
    /// Heads or words.
    pub swept: Swept,
    /// The order of the list.
    pub order: SweepOrder,
    /// How far it is.
    pub stage: Stage,
    /// Heads or words as they stand.
    parts: Vec<Part>,
    /// Number of the part on each line of the list; those whose turn has not come are on none.
    lines: Vec<usize>,
    /// The line the cursor is on, as long as no part is chosen.
    line: usize,
    /// The part the cursor goes with, wherever in the list it comes to stand.
    chosen: Option<usize>,
    /// What was read when it was begun.
    reading: Option<Arc<Reading>>,
    /// The same with everything on, which says what the parts are.
    whole: Option<Arc<Reading>>,
    /// What else than the sentence's vectors it was measured on.
    target: EffectTarget,
    /// The number of the newest sweep.
    number: u64,
}

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepLine<'a> {
    /// Its place in the order, from 1; none of what is not ranked.
    pub rank: Option<usize>,
    /// Which head or word, and what is known of it.
    pub part: &'a Part,
}

impl SweepState {
    /// The list in the order shown: what is found, and what is not swept because it is ablated.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = SweepLine<'_>> {
        let line = |(line, &part): (usize, &usize)| {
            let part = &self.parts[part];
            let rank = part.effect().filter(|_| self.order != SweepOrder::Standing).map(|_| line + 1);
            SweepLine { rank, part }
        };
        self.lines.iter().enumerate().map(line)
    }

    /// Heads, layer by layer, or words, in reading order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The line of a part of [`SweepState::parts`]; none as long as its turn has not come.
    pub fn line_of(&self, part: usize) -> Option<usize> {
        self.lines.iter().position(|at| *at == part)
    }

    /// The line the cursor is on; 0 where there is none.
    pub fn selected(&self) -> usize {
        let line = self.chosen.and_then(|part| self.line_of(part)).unwrap_or(self.line);
        line.min(self.lines.len().saturating_sub(1))
    }

    /// The part the cursor is on.
    pub fn selected_part(&self) -> Option<&Part> {
        self.parts.get(*self.lines.get(self.selected())?)
    }

    /// How many parts are found, and how many there are to find.
    pub fn progress(&self) -> (usize, usize) {
        let count = |is: fn(&PartState) -> bool| self.parts.iter().filter(|part| is(&part.state)).count();
        let found = count(|state| matches!(state, PartState::Found(_)));
        (found, found + count(|state| *state == PartState::Waiting))
    }

    /// What is shown of each part: the vectors there are and, where it is ordered by it, the cell of attention or the logit.
    pub fn affected(&self) -> Vec<Affected> {
        let is_shown = |affected: &Affected| match affected {
            other if other.is_cosine() => self.is_there(*other),
            other => self.order == SweepOrder::Loss(*other),
        };
        Affected::ALL.iter().copied().filter(is_shown).collect()
    }

    fn is_there(&self, affected: Affected) -> bool {
        match affected {
            Affected::Pooled => self.reading.as_ref().is_none_or(|reading| reading.trace.pooler_output.is_some()),
            Affected::Token => self.target.token.is_some(),
            Affected::Output => self.target.output.is_some(),
            _ => true,
        }
    }

    /// What is ordered by, or else the first.
    pub fn subject(&self) -> Affected {
        match self.order {
            SweepOrder::Loss(affected) => affected,
            SweepOrder::Standing => Affected::default(),
        }
    }

    /// What else than the sentence's vectors it is measured on.
    pub fn target(&self) -> &EffectTarget {
        &self.target
    }

    /// How some tokens of what is swept are written, their pieces joined.
    pub fn written(&self, tokens: &Range<usize>) -> String {
        self.whole.as_ref().map_or_else(String::new, |whole| whole.written(tokens))
    }

    /// What the logit is called that it is measured on; nothing where there is none.
    pub fn output_name(&self) -> String {
        let outputs = self.reading.as_ref().map_or(&[][..], |reading| &reading.outputs);
        self.target.output.as_ref().map_or_else(String::new, |target| labels::analysis::logit(target, outputs))
    }

    /// The label whose logit that is, or the word.
    pub fn output_label(&self) -> String {
        let outputs = self.reading.as_ref().map_or(&[][..], |reading| &reading.outputs);
        self.target.output.as_ref().map_or_else(String::new, |target| target.name(outputs))
    }

    /// The largest loss found, of any of these; 0 where nothing is found.
    pub fn largest(&self, affected: &[Affected]) -> f32 {
        let effects = self.parts.iter().filter_map(Part::effect);
        let losses = effects.flat_map(|effect| affected.iter().filter_map(move |&affected| effect.loss(affected)));
        losses.fold(0.0, f32::max)
    }

    /// Goes to a line.
    pub(super) fn select(&mut self, line: usize) {
        self.line = line.min(self.lines.len().saturating_sub(1));
        self.chosen = self.lines.get(self.line).copied();
    }

    /// Moves the cursor by so many lines.
    pub(super) fn step(&mut self, by: isize) {
        self.select(self.selected().saturating_add_signed(by));
    }

    /// Orders by the loss of the next vector, as the parts stand, or by the change of a cell of attention or of a logit.
    pub(super) fn next_order(&mut self) {
        let there = || Affected::ALL.iter().copied().filter(|it| self.is_there(*it));
        let vectors = there().filter(|it| it.is_cosine()).map(SweepOrder::Loss);
        let rest = there().filter(|it| !it.is_cosine()).map(SweepOrder::Loss);
        let orders: Vec<SweepOrder> = vectors.chain([SweepOrder::Standing]).chain(rest).collect();
        self.order = after(&orders, self.order);
        self.rank();
    }

    /// Orders by what the explorer is about, unless the parts stand as in the model or the sentence.
    pub(super) fn follow(&mut self, about: Affected) {
        if self.order == SweepOrder::Standing || self.order == SweepOrder::Loss(about) || !self.is_there(about) {
            return;
        }
        self.order = SweepOrder::Loss(about);
        self.rank();
    }

    /// Sweeps words instead of heads, or heads instead of words.
    pub(super) fn next_parts(&mut self) {
        self.swept = self.swept.next();
        self.forget_found();
        self.line = 0;
    }

    /// Sweeps again.
    pub(super) fn begin_again(&mut self) {
        self.stage = Stage::Due;
    }

    /// The sweep that is to begin now: of the reading shown, nothing is known yet.
    pub(super) fn begin_if_due(&mut self, state: &State) -> Option<Job> {
        if !can_sweep(state) {
            return None;
        }
        let (readings, choice) = (state.readings.as_ref()?, state.attention.reading_choice);
        let reading = readings.get(choice);
        let target = state.effect_target(reading);
        if !self.is_due(reading, &target) {
            return None;
        }
        // What is read as [MASK] is looked for under its own name.
        let whole = readings.unablated.as_ref().map_or(reading, |unablated| unablated.readings.get(choice));
        let base = state.ablations.at_positions(&whole.trace.tokens, state.alone());
        self.target = target;
        self.start(reading, whole, base)
    }

    /// Ablates the head or the word under the cursor in every view; restores it where it is ablated.
    pub(super) fn toggle_selected(&self, state: &mut State) -> Option<Job> {
        let (whole, alone) = (self.whole.as_ref()?, state.alone());
        match self.selected_part()?.name.clone() {
            PartName::Head { layer, head } => {
                state.change_ablations(|ablated| ablated.toggle_heads([(layer, head)].into()))
            }
            PartName::Word { tokens, .. } => {
                state.change_ablations(|ablated| ablated.toggle_tokens(&whole.trace, tokens, alone))
            }
        }
    }

    /// Whether a reading that is on screen has still to be swept, for what is asked about it.
    fn is_due(&self, reading: &Arc<Reading>, target: &EffectTarget) -> bool {
        let same = self.reading.as_ref().is_some_and(|swept| Arc::ptr_eq(swept, reading));
        let is_other = match self.subject() {
            Affected::Cell => self.target.cell != target.cell,
            Affected::Output => self.target.output != target.output,
            _ => false,
        };
        self.stage == Stage::Due || !same || self.target.token != target.token || is_other
    }

    /// Begins anew. `whole` is the reading with everything on.
    fn start(&mut self, reading: &Arc<Reading>, whole: &Arc<Reading>, base: Ablations) -> Option<Job> {
        self.number += 1;
        // The line stays, what stands on it does not.
        (self.line, self.chosen) = (self.selected(), None);
        (self.reading, self.whole) = (Some(Arc::clone(reading)), Some(Arc::clone(whole)));
        self.parts = self.swept.parts(&whole.trace, &base);
        if matches!(self.order, SweepOrder::Loss(affected) if !self.is_there(affected)) {
            self.order = SweepOrder::default();
        }
        self.rank();
        let waiting = self.parts.iter().filter(|part| part.state == PartState::Waiting);
        let each: Vec<Ablations> = waiting.map(|part| part.ablations(&base)).collect();
        self.stage = if each.is_empty() { Stage::Done } else { Stage::Running };
        let task = Sweep { input: whole.trace.input.clone(), base, each, target: self.target.clone() };
        (!task.each.is_empty()).then_some(Job::Sweep(Numbered { number: self.number, task }))
    }

    /// Takes in what a sweep has found, if it is the one under way.
    pub(super) fn on_report(&mut self, number: u64, result: Result<Vec<Option<Effect>>, String>) {
        if self.stage != Stage::Running || number != self.number {
            return;
        }
        match result {
            Ok(effects) => {
                Part::found(&mut self.parts, effects);
                self.rank();
                if !self.parts.iter().any(|part| part.state == PartState::Waiting) {
                    self.stage = Stage::Done;
                }
            }
            Err(why) => self.stage = Stage::Failed(why),
        }
    }

    /// The worker turns to a reading, which ends what is under way.
    pub(super) fn interrupt(&mut self) {
        if self.stage == Stage::Running {
            self.stage = Stage::Due;
        }
    }

    /// Sweeps no further; none where nothing is under way.
    pub(super) fn cancel(&mut self) -> Option<Job> {
        (self.stage == Stage::Running).then(|| self.stage = Stage::Cancelled)?;
        Some(Job::CancelSweep)
    }

    /// Forgets what was found and ends what is under way: it was another model, or there is nothing to read.
    pub(super) fn forget(&mut self) -> Option<Job> {
        let job = self.cancel();
        self.forget_found();
        (self.line, self.reading, self.whole) = (0, None, None);
        job
    }

    fn forget_found(&mut self) {
        self.stage = Stage::Due;
        self.parts.clear();
        self.lines.clear();
        self.chosen = None;
    }

    /// Puts what is known in order; what is not swept comes last.
    fn rank(&mut self) {
        self.lines = self.order.ranked(&self.parts);
    }
}

/// Whether what is shown is what stands there, so that it can be swept.
pub(super) fn can_sweep(state: &State) -> bool {
    state.readings.is_some() && state.error.is_none() && !state.is_reading()
}
