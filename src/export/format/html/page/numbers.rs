//! The numbers of a measure as a page carries them: what the script cannot work out itself, in 16 bits each.

use std::io::{self, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::ZlibEncoder};
use serde::Serialize;

use crate::analysis::{Granularity, HeadAxis, HeadsRead, Measure, MeasuredTrace, Units};

/// The numbers of a measure: of each head, of all heads together, or of both.
#[derive(Serialize)]
pub(super) struct MeasureArrays {
    #[serde(skip_serializing_if = "Option::is_none")]
    heads_apart: Option<Planes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    together: Option<Planes>,
}

/// Rows of shares, layer by layer, head by head and token by token.
#[derive(Default, Serialize)]
struct Planes {
    /// `[L, P, S, S + what follows the tokens]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    shares: Option<Steps>,
    /// Instead of shares, `[L, P, S]`: a share is an attention weight times the length of the token looked at, of all such in its row.
    #[serde(skip_serializing_if = "Option::is_none")]
    lengths: Option<Vec<f32>>,
    /// `[L, P, S, words of several pieces]`: the shares of those, where they are no sums over pieces; the others of a row share
    /// the rest as they do in pieces.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Steps>,
}

/// Numbers in 65535 equal steps: number = low + (high - low) · step / 65534, and 65535 where there is none.
#[derive(Serialize)]
struct Steps {
    low: f32,
    high: f32,
    /// Base64 of a zlib stream: the lower byte of every step, then the upper byte of every one, which packs better.
    steps: String,
}

const TOP: f32 = 65534.0;
const NO_NUMBER: u16 = u16::MAX;

impl MeasureArrays {
    /// Of a measure that is worked out; `words` are the trace's.
    pub(super) fn new(trace: &MeasuredTrace, measure: Measure, words: &Units) -> io::Result<Self> {
        let all = (0..trace.heads).collect();
        let each = |head| HeadsRead::One(head);
        let numbers = Numbers { trace, measure, words };
        Ok(match (measure.head_axis(), trace.layer_mixing()) {
            (HeadAxis::Each, _) => Self { heads_apart: Some(numbers.planes(trace.heads, each)?), together: None },
            (HeadAxis::Summed, Some(mixing)) => {
                let words = numbers.words(trace.heads, each)?;
                let apart = Planes { lengths: Some(mixing.head_outputs.clone()), words, shares: None };
                let together = numbers.planes(1, |_| HeadsRead::Together(Vec::clone(&all)))?;
                Self { heads_apart: Some(apart), together: Some(together) }
            }
            _ => Self { heads_apart: None, together: Some(numbers.planes(1, |_| HeadsRead::Layer)?) },
        })
    }

    /// How far its numbers may be off.
    pub(super) fn error(&self) -> f32 {
        let steps = [&self.heads_apart, &self.together].into_iter().flatten();
        let steps = steps.flat_map(|planes| [&planes.shares, &planes.words]).flatten();
        steps.map(|steps| (steps.high - steps.low) / TOP / 2.0).fold(0.0, f32::max)
    }
}

struct Numbers<'t> {
    trace: &'t MeasuredTrace,
    measure: Measure,
    words: &'t Units,
}

impl Numbers<'_> {
    fn planes(&self, planes: usize, heads: impl Fn(usize) -> HeadsRead) -> io::Result<Planes> {
        let (trace, numbers) = (self.trace, self.trace.numbers(self.measure));
        let pieces = Units::new(trace, Granularity::Subwords);
        let has_extra = !self.measure.extra_columns().is_empty();
        let mut shares = Vec::new();
        self.each_row(planes, |layer, plane, token| {
            let (row, beside) = numbers.unit_row(layer, &heads(plane), token, &pieces);
            shares.extend(row);
            shares.extend(has_extra.then_some(beside));
        });
        Ok(Planes { shares: Some(Steps::new(&shares)?), lengths: None, words: self.words(planes, heads)? })
    }

    /// None where the shares of words are sums.
    fn words(&self, planes: usize, heads: impl Fn(usize) -> HeadsRead) -> io::Result<Option<Steps>> {
        let numbers = self.trace.numbers(self.measure);
        let of_several: Vec<usize> = (0..self.words.len()).filter(|&word| self.words.tokens(word).len() > 1).collect();
        if numbers.adds_up() || of_several.is_empty() {
            return Ok(None);
        }
        let mut shares = Vec::new();
        self.each_row(planes, |layer, plane, token| {
            let (row, _) = numbers.unit_row(layer, &heads(plane), token, self.words);
            shares.extend(of_several.iter().map(|&word| row[word]));
        });
        Steps::new(&shares).map(Some)
    }

    /// In the order of the arrays.
    fn each_row(&self, planes: usize, mut row: impl FnMut(usize, usize, usize)) {
        for layer in 0..self.trace.layers {
            for plane in 0..planes {
                (0..self.trace.tokens.len()).for_each(|token| row(layer, plane, token));
            }
        }
    }
}

impl Steps {
    fn new(numbers: &[f32]) -> io::Result<Self> {
        let finite = || numbers.iter().copied().filter(|number| number.is_finite());
        let (low, high) = (finite().fold(0.0, f32::min), finite().fold(0.0, f32::max));
        let step = if high > low { TOP / (high - low) } else { 0.0 };
        let steps = numbers.iter().map(|number| match number.is_finite() {
            true => ((number - low) * step).round() as u16,
            false => NO_NUMBER,
        });
        let (mut bytes, upper): (Vec<u8>, Vec<u8>) =
            steps.map(u16::to_le_bytes).map(|[lower, upper]| (lower, upper)).unzip();
        bytes.extend(upper);
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&bytes)?;
        Ok(Self { low, high, steps: STANDARD.encode(packed.finish()?) })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    #[test]
    fn a_number_is_a_step_between_the_smallest_and_the_largest() {
        let numbers = [0.25, -0.5, f32::NAN, 0.0, 1.5, f32::INFINITY];
        let Steps { low, high, steps } = Steps::new(&numbers).unwrap();
        assert_eq!((low, high), (-0.5, 1.5));
        let mut bytes = Vec::new();
        ZlibDecoder::new(&STANDARD.decode(steps).unwrap()[..]).read_to_end(&mut bytes).unwrap();
        let (lower, upper) = bytes.split_at(numbers.len());
        for ((&lower, &upper), number) in lower.iter().zip(upper).zip(numbers) {
            let step = u16::from_le_bytes([lower, upper]);
            let read = if step == NO_NUMBER { f32::NAN } else { low + (high - low) * f32::from(step) / TOP };
            assert!((read - number).abs() <= 1.001 / TOP || !number.is_finite() && read.is_nan(), "{number}");
        }
        assert_eq!(Steps::new(&[0.0, 0.0]).unwrap().high, 0.0);
    }
}
