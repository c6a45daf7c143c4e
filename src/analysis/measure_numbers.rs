use std::{borrow::Cow, ops::Range};

use super::{HeadsRead, LayerMixing, Measure, Units, VectorLengths};
use crate::bert::Trace;

/// The numbers of a measure over one trace: shares, of which each row has 1, layer by layer and head by head; of a measure
/// without heads each layer has one plane, which stands for every head.
#[derive(Clone, Copy, Debug)]
pub struct MeasureNumbers<'t> {
    trace: &'t Trace,
    measure: Measure,
    kind: Option<MeasureNumbersKind<'t>>,
}

/// The form that a measure's numbers have.
#[derive(Clone, Copy, Debug)]
pub enum MeasureNumbersKind<'t> {
    /// Shares by head, `[L, H, S, S]`.
    Heads(&'t [f32]),
    /// Shares that add up over the pieces of a word, `[L, S, S + what follows the tokens]`.
    Layers(&'t [f32]),
    /// Lengths, whose vectors are summed over the pieces of a word.
    Lengths(&'t VectorLengths),
    /// The same by head, whose vectors are summed over heads too.
    HeadLengths(&'t LayerMixing),
}

impl<'t> MeasureNumbers<'t> {
    pub(super) fn new(trace: &'t Trace, measure: Measure, kind: Option<MeasureNumbersKind<'t>>) -> Self {
        Self { trace, measure, kind }
    }

    /// How many encoder layers there are.
    pub fn layers(self) -> usize {
        self.trace.layers
    }

    /// How many planes a layer has: its heads, or 1 for a measure without.
    pub fn planes(self) -> usize {
        if self.has_heads() { self.trace.heads } else { 1 }
    }

    /// Whether planes are heads.
    pub fn has_heads(self) -> bool {
        self.measure.has_heads()
    }

    /// How many rows a plane has: the tokens.
    pub fn rows(self) -> usize {
        self.trace.tokens.len()
    }

    /// Whether the share of a word is the sum over its pieces; where it is not, vectors of the pieces are summed.
    pub fn adds_up(self) -> bool {
        matches!(self.kind, Some(MeasureNumbersKind::Heads(_) | MeasureNumbersKind::Layers(_)))
    }

    /// The weights, where the numbers are those of the trace, by head and not worked out: `[L, H, S, S]`.
    pub(super) fn weights(self) -> Option<&'t [f32]> {
        match self.kind {
            Some(MeasureNumbersKind::Heads(weights)) => Some(weights),
            _ => None,
        }
    }

    /// A row over the tokens, and what follows them; not a number where the measure is not worked out. Without heads,
    /// every plane is that of the layer. Layers, planes and rows count from 0.
    pub fn row(self, layer: usize, plane: usize, row: usize) -> Cow<'t, [f32]> {
        let (tokens, columns) = (self.rows(), self.rows() + self.measure.extra_columns().len());
        let of_layer = |numbers: &'t [f32]| &numbers[(layer * tokens + row) * columns..][..columns];
        match self.kind {
            None => vec![f32::NAN; columns].into(),
            Some(MeasureNumbersKind::Heads(weights)) => head_row(weights, self.trace, layer, plane, row).into(),
            Some(MeasureNumbersKind::Layers(shares)) => of_layer(shares).into(),
            Some(MeasureNumbersKind::Lengths(lengths)) => shares(of_layer(&lengths.tokens).to_vec()).into(),
            Some(MeasureNumbersKind::HeadLengths(mixing)) => {
                let lengths = &mixing.head_outputs[(layer * self.trace.heads + plane) * tokens..][..tokens];
                let weights = self.trace.attention(layer, plane, row);
                shares(weights.iter().zip(lengths).map(|(weight, length)| weight * length).collect()).into()
            }
        }
    }

    /// A token's row over units, as the measure merges heads and pieces: `[unit]`, and what follows the tokens together.
    pub fn unit_row(self, layer: usize, heads: &HeadsRead, token: usize, units: &Units) -> (Vec<f32>, f32) {
        let tokens = self.rows();
        let mut found = vec![0.0; units.len()];
        match (self.kind, heads) {
            (Some(MeasureNumbersKind::Lengths(lengths)), _) => {
                let columns = tokens + self.measure.extra_columns().len();
                let row = &lengths.tokens[(layer * tokens + token) * columns..][..columns];
                let words = &lengths.of_words[(layer * tokens + token) * lengths.words.len()..][..lengths.words.len()];
                of_units(&mut found, units, |group| row[group], |word| words[word], &lengths.words);
                found.extend_from_slice(&row[tokens..]);
                let mut found = shares(found);
                let beside = found.split_off(units.len()).iter().sum();
                (found, beside)
            }
            (Some(MeasureNumbersKind::HeadLengths(mixing)), HeadsRead::Together(some))
                if some.len() == self.trace.heads =>
            {
                let lengths = &mixing.value_norm;
                Self { kind: Some(MeasureNumbersKind::Lengths(lengths)), ..self }.unit_row(layer, heads, token, units)
            }
            (Some(MeasureNumbersKind::HeadLengths(_)), HeadsRead::Max(some)) => {
                for &head in some {
                    let (one, _) = self.unit_row(layer, &HeadsRead::One(head), token, units);
                    found.iter_mut().zip(one).for_each(|(most, share)| *most = most.max(share));
                }
                (found, 0.0)
            }
            (Some(MeasureNumbersKind::HeadLengths(mixing)), heads) => {
                let products = &mixing.products[layer];
                let length = |group: Range<usize>, products: &[f64]| self.summed(layer, heads, token, group, products);
                let words = &mixing.value_norm.words;
                let of_token = |token: usize| length(token..token + 1, &products[token]);
                let of_word = |word: usize| length(words[word].clone(), &products[tokens + word]);
                of_units(&mut found, units, of_token, of_word, words);
                (shares(found), 0.0)
            }
            (_, heads) => {
                let merged = self.merged(layer, heads, token);
                units.add(&merged[..tokens], &mut found);
                (found, merged[tokens..].iter().sum())
            }
        }
    }

    /// A row over the tokens, and what follows them, the shares of heads merged.
    fn merged(self, layer: usize, heads: &HeadsRead, token: usize) -> Cow<'t, [f32]> {
        let planes = heads.planes();
        if let [plane] = planes {
            return self.row(layer, *plane, token);
        }
        let mut merged = vec![0.0; self.rows()];
        for &plane in planes {
            let row = self.row(layer, plane, token);
            match heads {
                HeadsRead::Max(_) => {
                    merged.iter_mut().zip(&*row).for_each(|(most, &share)| *most = f32::max(*most, share))
                }
                _ => merged.iter_mut().zip(&*row).for_each(|(sum, &share)| *sum += share),
            }
        }
        if let HeadsRead::Mean(_) = heads {
            merged.iter_mut().for_each(|share| *share /= planes.len() as f32);
        }
        merged.into()
    }

    /// The length of what a token takes of some under some heads, from the products of what heads hand on.
    fn summed(self, layer: usize, heads: &HeadsRead, row: usize, group: Range<usize>, products: &[f64]) -> f32 {
        let count = self.trace.heads;
        let side = group.len() * count;
        let each = || {
            let group = group.clone().enumerate();
            group.flat_map(|(at, token)| {
                let weight =
                    move |&head: &usize| (at * count + head, f64::from(self.trace.attention(layer, head, row)[token]));
                heads.planes().iter().map(weight)
            })
        };
        let square = each().map(|(a, by)| each().map(|(b, with)| products[a * side + b] * with).sum::<f64>() * by);
        square.sum::<f64>().max(0.0).sqrt() as f32
    }
}

/// A head's weights, `[S]`.
fn head_row<'t>(weights: &'t [f32], trace: &Trace, layer: usize, head: usize, row: usize) -> &'t [f32] {
    let tokens = trace.tokens.len();
    &weights[((layer * trace.heads + head) * tokens + row) * tokens..][..tokens]
}

/// Of every unit its number, those of several pieces as words.
fn of_units(
    found: &mut [f32],
    units: &Units,
    of_token: impl Fn(usize) -> f32,
    of_word: impl Fn(usize) -> f32,
    words: &[Range<usize>],
) {
    for (unit, number) in found.iter_mut().enumerate() {
        let tokens = units.tokens(unit);
        *number = match words.iter().position(|word| tokens.len() > 1 && *word == tokens) {
            Some(word) => of_word(word),
            None => tokens.map(&of_token).sum(),
        };
    }
}

/// Lengths as shares of all; where there is nothing, of nothing.
fn shares(mut lengths: Vec<f32>) -> Vec<f32> {
    let all: f32 = lengths.iter().sum();
    if all != 0.0 {
        lengths.iter_mut().for_each(|length| *length /= all);
    }
    lengths
}

#[cfg(test)]
pub(super) mod tests;
