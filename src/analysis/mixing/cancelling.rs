use super::{
    super::{MeasuredTrace, PartsFrom, Pooling, Units, VectorParts, norm},
    MixedVector,
};

/// How far the parts of a vector cancel under DecompX: the sum of the lengths of what each unit and what the biases have become in it, over the
/// length of their sum, 1 or more. Shares of lengths count parts that cancel like others. Of a unit of several tokens it is the mean of
/// theirs. Layers count from 0. None of a mean or the pooler output before the last layer, and where nothing is
/// [worked out](super::super::Groundwork::Sources).
pub fn cancelling(trace: &MeasuredTrace, units: &Units, layer: usize, vector: MixedVector) -> Option<f64> {
    let pooling = match vector {
        MixedVector::Unit(unit) => {
            let rows = units.tokens(unit);
            let each: Option<f64> = rows.clone().map(|row| of_token(trace, units, layer, row)).sum();
            return Some(each? / rows.len() as f64).filter(|ratio| ratio.is_finite());
        }
        MixedVector::Mean => Pooling::Mean,
        MixedVector::Pooled => Pooling::Pooled,
    };
    if layer + 1 != trace.layers {
        return None;
    }
    let parts = VectorParts::of(trace, pooling, PartsFrom::Inputs)?;
    let lengths: f64 = (0..units.len()).map(|unit| norm(&parts.sum(units.tokens(unit)))).sum();
    Some((lengths + norm(parts.biases())) / parts.length()).filter(|ratio| ratio.is_finite())
}

fn of_token(trace: &MeasuredTrace, units: &Units, layer: usize, row: usize) -> Option<f64> {
    let (norms, tokens) = (&trace.decomposition()?.norms, trace.tokens.len());
    let at = layer * tokens + row;
    let single = norms.tokens.get(at * (tokens + 1)..(at + 1) * (tokens + 1))?;
    let several = norms.of_words.get(at * norms.words.len()..(at + 1) * norms.words.len())?;
    let of_unit = |unit: usize| {
        let range = units.tokens(unit);
        let word = norms.words.iter().position(|word| *word == range);
        // The pieces of what is no word stand alone.
        word.map_or_else(
            || single[range].iter().map(|length| f64::from(*length)).sum(),
            |word| f64::from(several[word]),
        )
    };
    let lengths: f64 = (0..units.len()).map(of_unit).sum();
    Some((lengths + f64::from(single[tokens])) / norm(trace.hidden_state(layer + 1, row)))
}
