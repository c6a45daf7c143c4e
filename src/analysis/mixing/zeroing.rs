use super::{VectorLengths, lengths::groups};
use crate::bert::{BertError, FrozenPass};

/// Value zeroing (Mohebbi et al. 2023): 1 - cosine of a token's vector behind a layer to the same where the value vectors of a token,
/// or of all pieces of a word, are zero and attention is as it was. `progress` is told after each layer how many are done,
/// and may break off: then there is nothing.
///
/// # Errors
/// When the backend fails.
pub fn value_zeroing(
    pass: &FrozenPass,
    mut progress: impl FnMut(usize) -> std::ops::ControlFlow<()>,
) -> Result<Option<VectorLengths>, BertError> {
    let trace = pass.trace();
    let size = trace.hidden_size;
    let groups = groups(trace);
    let mut turned = VectorLengths::new(trace);
    for layer in 0..trace.layers {
        let outputs = pass.head_outputs(layer)?;
        let real = pass.output(layer);
        let columns = pass.without_values(layer, &outputs, &groups, |_, vectors| {
            let pairs = vectors.chunks_exact(size).zip(real.chunks_exact(size));
            pairs.map(|(a, b)| turn(a, b)).collect::<Vec<f32>>()
        })?;
        turned.push(&columns.iter().map(Vec::as_slice).collect::<Vec<_>>());
        if progress(layer + 1).is_break() {
            return Ok(None);
        }
    }
    Ok(Some(turned))
}

/// 1 - cosine, as half the square of the distance of the two at length 1: what is left of a difference of nearly equal
/// numbers would be rounding.
fn turn(a: &[f32], b: &[f32]) -> f32 {
    let [a_length, b_length] = [a, b].map(super::super::norm);
    let apart = a.iter().zip(b).map(|(&a, &b)| f64::from(a) / a_length - f64::from(b) / b_length);
    (apart.map(|apart| apart * apart).sum::<f64>() / 2.0) as f32
}
