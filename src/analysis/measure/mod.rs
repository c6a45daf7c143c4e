//! What can fill a heat map: how much each token has to do with each other one, measured in different ways.
//!
//! A new measure is a file here, which holds its [`Definition`](definition::Definition), and a row in [`Measure::ALL`].

mod alti;
mod block;
mod decompx;
mod definition;
mod dot;
mod globenc;
mod rollout;
mod value_norm;
mod value_zeroing;
mod weight;

use std::{str::FromStr, sync::LazyLock};

pub use definition::{Groundwork, HeadAxis, Measure, Verb};

use crate::messages::find_named;

impl Measure {
    /// Every measure, in the order a key goes through them: within a layer, then from the input on; beside these the one
    /// that is an intervention.
    pub const ALL: &'static [Measure] = &[
        weight::WEIGHT,
        value_norm::VALUE_NORM,
        block::BLOCK,
        alti::ALTI,
        decompx::DECOMPX,
        dot::DOT,
        globenc::GLOBENC,
        rollout::ROLLOUT,
        value_zeroing::VALUE_ZEROING,
    ];

    /// Those that follow a vector back to the input tokens.
    pub fn from_input() -> &'static [Measure] {
        static FROM_INPUT: LazyLock<Vec<Measure>> =
            LazyLock::new(|| Measure::ALL.iter().copied().filter(|measure| measure.is_from_input()).collect());
        &FROM_INPUT
    }

    /// The one that Mixing starts with: of those that follow a vector back it foresees best what happens when a word goes
    /// (`docs/measures.md`).
    pub fn of_mixing() -> Self {
        decompx::DECOMPX
    }

    /// The one after this, around the circle.
    pub fn next(self) -> Self {
        super::after(Self::ALL, self)
    }

    /// The one before, around the circle.
    pub fn previous(self) -> Self {
        super::before(Self::ALL, self)
    }

    /// Where it stands in [`Measure::ALL`].
    pub(super) fn place(self) -> usize {
        Self::ALL.iter().position(|measure| *measure == self).unwrap_or_default()
    }
}

impl Default for Measure {
    fn default() -> Self {
        weight::WEIGHT
    }
}

impl FromStr for Measure {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        find_named(text, Self::ALL.iter().copied(), |measure| measure.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_read_as_it_is_written_and_has_an_id_of_its_own() {
        for (place, &measure) in Measure::ALL.iter().enumerate() {
            assert_eq!(measure.to_string().parse(), Ok(measure));
            assert_eq!(measure.place(), place);
        }
        assert_eq!(Measure::default().id(), "weight");
        assert!("weights".parse::<Measure>().unwrap_err().contains("weight"));
    }
}
