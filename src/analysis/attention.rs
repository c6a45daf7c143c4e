//! What a measure says of a trace, as attention options show it: rows over pieces or words, heads merged.

use super::{
    AttentionOptions, AttentionRow, Direction, HeadsRead, MeasuredTrace, Specials, Units, largest,
    measure_numbers::MeasureNumbers,
};

/// One layer's attention from every unit to every unit, as the options show it; its direction does not matter.
#[derive(Clone, Debug, PartialEq)]
pub struct AttentionMatrix {
    /// `[source unit]`: how each looks at every unit.
    pub rows: Vec<AttentionRow>,
    /// The largest weight of the rows shown that are not faint: the top of the colour scale.
    pub largest: f32,
}

impl AttentionMatrix {
    /// Reads a layer, from 0, off a trace.
    pub fn new(trace: &MeasuredTrace, units: &Units, layer: usize, options: AttentionOptions) -> Self {
        let options = AttentionOptions { direction: Direction::From, ..options };
        let mut through = Through::new(trace, units, layer, options);
        let rows: Vec<AttentionRow> = (0..units.len()).map(|source| through.row(source)).collect();
        Self { largest: largest(units.shown(options.specials).map(|unit| &rows[unit])), rows }
    }
}

/// One unit's attention in a layer (from 0), as the options show it: what it looks at, or who looks at it.
pub fn attention_row(
    trace: &MeasuredTrace,
    units: &Units,
    layer: usize,
    unit: usize,
    options: AttentionOptions,
) -> AttentionRow {
    Through::new(trace, units, layer, options).row(unit)
}

/// A layer through the heads that are chosen.
struct Through<'a> {
    trace: &'a MeasuredTrace,
    numbers: MeasureNumbers<'a>,
    units: &'a Units,
    layer: usize,
    options: AttentionOptions,
    heads: HeadsRead,
    /// `[token]`: room for one row.
    merged: Vec<f32>,
}

impl<'a> Through<'a> {
    fn new(trace: &'a MeasuredTrace, units: &'a Units, layer: usize, options: AttentionOptions) -> Self {
        let (heads, merged) = (options.heads_read(trace.heads), vec![0.0; trace.tokens.len()]);
        Self { trace, numbers: trace.numbers(options.measure), units, layer, options, heads, merged }
    }

    fn row(&mut self, unit: usize) -> AttentionRow {
        match self.options.direction {
            Direction::From => self.row_from(unit),
            Direction::To => {
                let (weights, hidden) = self.weights_to(unit);
                AttentionRow { weights, hidden, biases: None }
            }
        }
    }

    /// A row of the matrix.
    fn row_from(&mut self, source: usize) -> AttentionRow {
        let (mut weights, beside) = self.whole_row(source);
        let biases = (!self.options.measure.extra_columns().is_empty()).then_some(beside);
        let mut hidden = 0.0;
        if self.options.specials != Specials::Shown {
            hidden = self.hide(&mut weights, beside);
            // Summed anew: where nearly all is hidden, the difference would be mostly rounding.
            let left: f32 = weights.iter().sum();
            if self.options.specials == Specials::Renormalized && left > 0.0 {
                weights.iter_mut().for_each(|weight| *weight /= left);
            }
        }
        AttentionRow { weights, hidden, biases }
    }

    /// A row of the matrix with all specials, `[unit]`: the mean over the source's tokens; and what no token gives.
    fn whole_row(&mut self, source: usize) -> (Vec<f32>, f32) {
        let sources = self.units.tokens(source);
        let (mut weights, mut biases) = (vec![0.0; self.units.len()], 0.0);
        for token in sources.clone() {
            if self.numbers.weights().is_some() {
                self.merge(token);
                self.units.add(&self.merged, &mut weights);
            } else {
                let (row, beside) = self.numbers.unit_row(self.layer, &self.heads, token, self.units);
                weights.iter_mut().zip(row).for_each(|(sum, share)| *sum += share);
                biases += beside;
            }
        }
        if sources.len() > 1 {
            let count = sources.len() as f32;
            weights.iter_mut().for_each(|weight| *weight /= count);
            biases /= count;
        }
        (weights, biases)
    }

    /// A column of the matrix, `[unit]`, and the share of it that is hidden. Hidden are the specials among those who
    /// look; a special that is looked at is shown, unscaled.
    fn weights_to(&mut self, target: usize) -> (Vec<f32>, f32) {
        let scaled = self.options.specials == Specials::Renormalized && !self.units.is_special(target);
        let of_weights = self.numbers.weights();
        let mut weights: Vec<f32> = (0..self.units.len())
            .map(|source| {
                let (weight, left) = match of_weights {
                    Some(weights) => {
                        let weight = self.weight(weights, source, target);
                        (weight, if scaled { self.left(source) } else { 1.0 })
                    }
                    None => {
                        let (mut row, _) = self.whole_row(source);
                        let weight = row[target];
                        self.units.take_specials(&mut row);
                        (weight, if scaled { row.iter().sum() } else { 1.0 })
                    }
                };
                if left > 0.0 { weight / left } else { weight }
            })
            .collect();
        let hidden = if self.options.specials == Specials::Shown { 0.0 } else { self.hide(&mut weights, 0.0) };
        (weights, hidden)
    }

    /// Takes the specials out, and returns their share of all, `beside` what no token gives; the maximum over heads sums to
    /// more than 1.
    fn hide(&self, weights: &mut [f32], beside: f32) -> f32 {
        let all = weights.iter().sum::<f32>() + beside;
        let hidden = self.units.take_specials(weights);
        if all > 0.0 { hidden / all } else { 0.0 }
    }

    /// One unit's attention to one unit.
    fn weight(&self, weights: &[f32], source: usize, target: usize) -> f32 {
        let tokens = self.trace.tokens.len();
        let (sources, targets) = (self.units.tokens(source), self.units.tokens(target));
        let pairs = sources.clone().flat_map(|query| targets.clone().map(move |key| (query, key)));
        let weight = |(query, key): (usize, usize)| {
            let row = |head: usize| ((self.layer * self.trace.heads + head) * tokens + query) * tokens;
            let each = self.heads.planes().iter().map(|&head| weights[row(head) + key]);
            match &self.heads {
                HeadsRead::Max(_) => each.fold(0.0, f32::max),
                HeadsRead::Mean(heads) => each.sum::<f32>() / heads.len() as f32,
                HeadsRead::One(_) | HeadsRead::Together(_) | HeadsRead::Layer => each.sum(),
            }
        };
        pairs.map(weight).sum::<f32>() / sources.len() as f32
    }

    /// How much of a unit's weights stays on what is not special.
    fn left(&mut self, source: usize) -> f32 {
        let (sources, shares) = (self.units.tokens(source), self.trace.text_shares());
        let left = sources.clone().map(|token| match &self.heads {
            HeadsRead::Max(heads) if heads.len() == self.numbers.planes() => shares.of_max(self.layer, token),
            HeadsRead::Max(_) => {
                self.merge(token);
                shares.of_row(&self.merged)
            }
            heads => {
                let each = heads.planes().iter().map(|&plane| shares.of(self.layer, plane, token));
                each.sum::<f32>() / heads.planes().len() as f32
            }
        });
        left.sum::<f32>() / sources.len() as f32
    }

    /// Reads a token's weights for every token.
    fn merge(&mut self, query: usize) {
        match self.heads {
            HeadsRead::Max(_) => self.fold(query, f32::max),
            _ => self.fold(query, |sum, weight| sum + weight),
        }
        if let HeadsRead::Mean(heads) = &self.heads {
            let count = heads.len() as f32;
            self.merged.iter_mut().for_each(|weight| *weight /= count);
        }
    }

    /// Generic, so that the loop is compiled for each `merge`: this is what a key waits for.
    fn fold(&mut self, query: usize, merge: impl Fn(f32, f32) -> f32) {
        self.merged.fill(0.0);
        for &plane in self.heads.planes() {
            let row = self.trace.attention(self.layer, plane, query);
            self.merged.iter_mut().zip(row).for_each(|(sum, &weight)| *sum = merge(*sum, weight));
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
