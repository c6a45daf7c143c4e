//! What can fill a heat map: how much each token has to do with each other one, measured in different ways.
//!
//! A new measure is a file here, which holds its [`Definition`](definition::Definition), and a row in [`Measure::ALL`].

mod definition;
mod weight;

use crate::messages::message;
use std::str::FromStr;

pub(super) use definition::NumbersFrom;
pub use definition::{HeadAxis, Measure, Verb};

impl Measure {
    /// Every measure, in the order a key goes through them.
    pub const ALL: &'static [Measure] = &[weight::WEIGHT];

    /// The one after this, around the circle.
    pub fn next(self) -> Self {
        super::after(Self::ALL, self)
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
        let ids = || Self::ALL.iter().map(|measure| measure.id()).collect::<Vec<_>>().join(", ");
        let found = Self::ALL.iter().copied().find(|measure| measure.id() == text);
        found.ok_or_else(|| message!("write-one-of", choices = ids()))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{definition::Definition, *};
    use crate::{analysis::Quantity, bert::Trace};

    /// The mean over all heads as a measure that has no heads, with a column of its own in which there is 7.
    pub(in crate::analysis) const MEAN_OF_HEADS: Measure = Measure::new(&Definition {
        id: "mean-of-heads",
        numbers_id: "means",
        verb: Verb::TakesFrom,
        unit: Quantity::Share,
        rows_sum_to_one: false,
        heads: HeadAxis::Layer,
        extra_columns: &["biases"],
        source: NumbersFrom::Computed(mean_of_heads),
    });

    fn mean_of_heads(trace: &Trace) -> Vec<f32> {
        let tokens = trace.tokens.len();
        let rows = (0..trace.layers).flat_map(|layer| (0..tokens).map(move |row| (layer, row)));
        let row = |(layer, row)| {
            let mean = move |column| {
                let each = (0..trace.heads).map(|head| trace.attention(layer, head, row)[column]);
                each.sum::<f32>() / trace.heads as f32
            };
            (0..tokens).map(mean).chain([7.0])
        };
        rows.flat_map(row).collect()
    }

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
