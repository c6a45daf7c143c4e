//! What is switched off one after the other: every head, or every word.

use std::ops::Range;

use crate::{
    analysis::{Effect, Grain, Units},
    bert::{Cuts, Trace},
};

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
        /// Where it stands among them, from 0.
        place: usize,
        /// Its tokens: all of them are hidden at once.
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
    pub(super) fn heads(trace: &Trace, base: &Cuts) -> Vec<Self> {
        let heads = (0..trace.layers).flat_map(|layer| (0..trace.heads).map(move |head| (layer, head)));
        let part = |(layer, head)| {
            let state = if base.heads.contains(&(layer, head)) { PartState::Off } else { PartState::Waiting };
            Self { name: PartName::Head { layer, head }, state }
        };
        heads.map(part).collect()
    }

    /// Every word and special of a trace in reading order, over what is off already.
    pub(super) fn words(trace: &Trace, base: &Cuts) -> Vec<Self> {
        let units = Units::new(trace, Grain::Words);
        let part = |place| {
            let tokens = units.tokens(place);
            let left = (0..trace.tokens.len()).filter(|token| !base.masked.contains(token) && !tokens.contains(token));
            let is_off = |token| base.masked.contains(&token) || base.replaced.contains(&token);
            let state = match () {
                () if tokens.clone().all(is_off) => PartState::Off,
                () if left.count() == 0 => PartState::Last,
                () => PartState::Waiting,
            };
            let (text, special) = (units.text(trace, place), units.is_special(place));
            Self { name: PartName::Word { place, tokens, text, special }, state }
        };
        (0..units.len()).map(part).collect()
    }

    /// What is off while this part is, `base` among it.
    pub(super) fn cuts(&self, base: &Cuts) -> Cuts {
        let mut cuts = base.clone();
        match &self.name {
            PartName::Head { layer, head } => drop(cuts.heads.insert((*layer, *head))),
            PartName::Word { tokens, .. } => cuts.masked.extend(tokens.clone()),
        }
        cuts
    }

    /// What switching it off has done, once that is known.
    pub fn effect(&self) -> Option<Effect> {
        match self.state {
            PartState::Found(effect) => Some(effect),
            PartState::Waiting | PartState::Off | PartState::Last => None,
        }
    }
}
