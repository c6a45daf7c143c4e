//! What else than the vectors of the sentence a change is measured on: the token that looks, the cell under the cursor.

use std::sync::Arc;

use super::{Reading, State};
use crate::{
    analysis::{Affected, AttentionCell, Direction, Effect, EffectTarget, LogitTarget, after},
    bert::States,
    labels,
};

impl State {
    /// The token that looks, but for `[CLS]`, which is a vector of the sentence anyway; and the cell of the cursor.
    pub fn effect_target(&self, reading: &Reading) -> EffectTarget {
        let attention = &self.attention;
        let units = reading.units(attention.options.granularity);
        let tokens = |token: usize| units.tokens(units.unit_of(token));
        let (source, cursor) = (tokens(attention.source), tokens(attention.token));
        let (from, to) = match attention.options.direction {
            Direction::From => (source.clone(), cursor),
            Direction::To => (cursor, source.clone()),
        };
        let (layer, options) = (attention.layer, attention.options);
        EffectTarget {
            token: (source.start > 0).then_some(source),
            cell: Some(AttentionCell { layer, heads: options.heads, among: options.among, from, to }),
            output: self.output.clone(),
        }
    }

    /// What the ablations do to the token that looks, in the reading that is shown: its text, and the cosine of its last vector
    /// to the one without ablations. None of `[CLS]`, and where nothing is ablated.
    pub fn token_effect(&self) -> Option<(String, f32)> {
        let (before, after) = self.before_and_after()?;
        let target = self.effect_target(before);
        let cosine = Effect::on(&before.trace, &after.trace, &target).token?;
        Some((before.written(&target.token?), cosine))
    }

    /// What they do to the cell under the cursor: the texts of its tokens, the cell, its weight before and after.
    pub fn cell_effect(&self) -> Option<([String; 2], AttentionCell, [f32; 2])> {
        let (before, after) = self.before_and_after()?;
        let cell = self.effect_target(before).cell?;
        let weights = [cell.weight(&before.trace)?, cell.weight(&after.trace)?];
        Some(([&cell.from, &cell.to].map(|tokens| before.written(tokens)), cell, weights))
    }

    /// What they do to the logit that was chosen in Output: what it is called, and its number before and after.
    pub fn output_effect(&self) -> Option<(String, [f32; 2])> {
        let ((before, after), target) = (self.before_and_after()?, self.output.as_ref()?);
        let said = |reading: &Reading| target.said(States::from(&*reading.trace), &reading.outputs);
        let numbers = match target {
            LogitTarget::Word { id, token, .. } => self.word_change(*token, *id)?.logits,
            _ => [said(before)?, said(after)?],
        };
        Some((labels::analysis::logit(target, &after.outputs), numbers))
    }

    /// The reading that is shown, without ablations and with them.
    pub(super) fn before_and_after(&self) -> Option<(&Arc<Reading>, &Arc<Reading>)> {
        let (readings, choice) = (self.readings.as_ref()?, self.attention.reading_choice);
        Some((readings.unablated.as_ref()?.readings.get(choice), readings.get(choice)))
    }

    /// Measures changes on the next thing first; on what the reading has not, it does not.
    pub fn next_about(&mut self) {
        let has_pooler = self.model.as_ref().is_none_or(|model| model.has_pooler);
        let there: Vec<Affected> = Affected::ALL
            .iter()
            .copied()
            .filter(|affected| match affected {
                Affected::Pooled => has_pooler,
                Affected::Token => self.attention.source > 0,
                Affected::Output => self.output.is_some(),
                _ => true,
            })
            .collect();
        self.about = after(&there, self.about);
    }
}
