//! What is ablated one after the other in a sweep: every head, or every word; and in which order that is told.

use std::{fmt, ops::Range, str::FromStr};

use super::{Affected, Effect, Granularity, Units, choice::choice};
use crate::{
    bert::{Ablations, Trace},
    messages::find_named,
};

choice! {
    /// What is swept.
    Swept:
    /// Every head of every layer.
    #[default]
    Heads = "heads",
    /// Every word, and the specials.
    Words = "words",
}

impl Swept {
    /// Everything there is to sweep in a trace with everything on, as it stands there; `base` is off all the while.
    pub fn parts(self, whole: &Trace, base: &Ablations) -> Vec<Part> {
        match self {
            Swept::Heads => Part::heads(whole, base),
            Swept::Words => Part::words(whole, base),
        }
    }
}

/// The order of what a sweep has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepOrder {
    /// By how much this changes, most first.
    Loss(Affected),
    /// As they stand in the model or the sentence.
    Standing,
}

impl Default for SweepOrder {
    fn default() -> Self {
        Self::Loss(Affected::default())
    }
}

impl SweepOrder {
    /// Which parts are known, by number, in this order; what was not swept comes last.
    pub fn ranked(self, parts: &[Part]) -> Vec<usize> {
        let known = |part: &usize| parts[*part].state != PartState::Waiting;
        let mut ranked: Vec<usize> = (0..parts.len()).filter(known).collect();
        if let SweepOrder::Loss(affected) = self {
            let loss = |part: usize| parts[part].effect().and_then(|effect| effect.loss(affected)).unwrap_or(-1.0);
            ranked.sort_by(|&a, &b| loss(b).total_cmp(&loss(a)));
        }
        ranked
    }
}

impl fmt::Display for SweepOrder {
    /// As on the command line: what changes, or `standing`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SweepOrder::Loss(affected) => affected.fmt(f),
            SweepOrder::Standing => f.pad("standing"),
        }
    }
}

impl FromStr for SweepOrder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = Affected::ALL.iter().copied().map(Self::Loss).chain([Self::Standing]);
        find_named(text, all, Self::to_string)
    }
}

/// One of the things that are swept.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Which.
    pub name: PartName,
    /// What is known of it.
    pub state: PartState,
}

/// Which head, or which word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartName {
    /// A head of a layer, both from 0.
    Head {
        /// The layer.
        layer: usize,
        /// The head.
        head: usize,
    },
    /// A word, or a special that the tokenizer has added.
    Word {
        /// Its tokens, from 0: all of them are hidden at once.
        tokens: Range<usize>,
        /// As it is written, its pieces joined.
        text: String,
        /// Whether the tokenizer has added it.
        special: bool,
    },
}

/// What is known of a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PartState {
    /// Its turn has not come.
    Waiting,
    /// What switching it off has done.
    Found(Effect),
    /// It is off all the while.
    Off,
    /// Nothing would be left to look at without it.
    Last,
}

impl Part {
    /// Every head of a trace, layer by layer, over what is off already.
    fn heads(trace: &Trace, base: &Ablations) -> Vec<Self> {
        let heads = (0..trace.layers).flat_map(|layer| (0..trace.heads).map(move |head| (layer, head)));
        let part = |(layer, head)| {
            let state = if base.heads.contains(&(layer, head)) { PartState::Off } else { PartState::Waiting };
            Self { name: PartName::Head { layer, head }, state }
        };
        heads.map(part).collect()
    }

    /// Every word and special of a trace in reading order, over what is off already.
    fn words(trace: &Trace, base: &Ablations) -> Vec<Self> {
        let units = Units::new(trace, Granularity::Words);
        let part = |unit| {
            let tokens = units.tokens(unit);
            let left = (0..trace.tokens.len()).filter(|token| !base.masked.contains(token) && !tokens.contains(token));
            let is_off = |token| base.masked.contains(&token) || base.replaced.contains(&token);
            let state = match () {
                () if tokens.clone().all(is_off) => PartState::Off,
                () if left.count() == 0 => PartState::Last,
                () => PartState::Waiting,
            };
            let (text, special) = (units.text(trace, unit), units.is_special(unit));
            Self { name: PartName::Word { tokens, text, special }, state }
        };
        (0..units.len()).map(part).collect()
    }

    /// What is off while this part is, `base` among it.
    pub fn ablations(&self, base: &Ablations) -> Ablations {
        let mut ablations = base.clone();
        match &self.name {
            PartName::Head { layer, head } => drop(ablations.heads.insert((*layer, *head))),
            PartName::Word { tokens, .. } => ablations.masked.extend(tokens.clone()),
        }
        ablations
    }

    /// Takes in what was found of those that are waiting, in their order; none of what leaves nothing to look at.
    pub fn found(parts: &mut [Self], effects: impl IntoIterator<Item = Option<Effect>>) {
        let waiting = parts.iter_mut().filter(|part| part.state == PartState::Waiting);
        waiting.zip(effects).for_each(|(part, effect)| part.state = effect.map_or(PartState::Last, PartState::Found));
    }

    /// What switching it off has done, once that is known.
    pub fn effect(&self) -> Option<Effect> {
        match self.state {
            PartState::Found(effect) => Some(effect),
            PartState::Waiting | PartState::Off | PartState::Last => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_as_it_is_written() {
        for order in [SweepOrder::default(), SweepOrder::Loss(Affected::Mean), SweepOrder::Standing] {
            assert_eq!(order.to_string().parse(), Ok(order));
        }
        // Nothing is measured under it.
        assert_eq!(
            "max".parse::<SweepOrder>(),
            Err("write one of: cls, pooled, mean, token, cell, output, standing".to_owned())
        );
    }

    #[test]
    fn what_leaves_nothing_to_look_at_is_told_from_what_waits() {
        let part = |head| Part { name: PartName::Head { layer: 0, head }, state: PartState::Waiting };
        let effect = Effect { cosines: [Some(0.5); 3], token: None, cell: None, output: None };
        let mut parts = vec![part(0), part(1), part(2)];
        Part::found(&mut parts, [None, Some(effect)]);
        let states: Vec<PartState> = parts.iter().map(|part| part.state).collect();
        assert_eq!(states, [PartState::Last, PartState::Found(effect), PartState::Waiting]);
        assert_eq!(SweepOrder::default().ranked(&parts), [1, 0]);
    }

    #[test]
    fn most_lost_comes_first_and_what_was_not_swept_last() {
        let part = |head, state| Part { name: PartName::Head { layer: 0, head }, state };
        let found = |cls, mean| {
            PartState::Found(Effect {
                cosines: [Some(cls), None, Some(mean)],
                token: Some(mean),
                cell: None,
                output: None,
            })
        };
        let parts = [found(0.9, 0.1), PartState::Off, PartState::Waiting, found(0.5, 0.8), found(0.5, 0.7)];
        let parts: Vec<Part> = parts.into_iter().enumerate().map(|(head, state)| part(head, state)).collect();
        let ranked = |order: SweepOrder| order.ranked(&parts);
        assert_eq!(ranked(SweepOrder::default()), [3, 4, 0, 1]);
        assert_eq!(ranked(SweepOrder::Loss(Affected::Mean)), [0, 4, 3, 1]);
        assert_eq!(ranked(SweepOrder::Standing), [0, 1, 3, 4]);
    }
}
