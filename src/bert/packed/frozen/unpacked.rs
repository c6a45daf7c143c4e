//! Packed weights as plain numbers, and the other way round.

use rten_gemm::GemmError;
use rten_tensor::NdTensorView;

use super::super::linear::PackedWeight;

/// A packed weight as plain numbers, `[in, out]`: its products with the unit vectors, which are exact.
pub(super) fn unpacked(weight: &PackedWeight) -> Result<Vec<f32>, GemmError> {
    /// So many unit vectors at a time.
    const ROWS: usize = 256;
    let (inputs, outputs) = (weight.inputs(), weight.outputs());
    let mut values = vec![0.0; inputs * outputs];
    let mut units = vec![0.0; ROWS.min(inputs) * inputs];
    for (part, values) in values.chunks_mut(ROWS * outputs).enumerate() {
        let rows = values.len() / outputs;
        units.fill(0.0);
        (0..rows).for_each(|row| units[row * inputs + part * ROWS + row] = 1.0);
        weight.add(&units[..rows * inputs], values)?;
    }
    Ok(values)
}

/// A weight by which vectors are multiplied from the other side, of one `[in, out]`.
pub(super) fn transposed(weight: &[f32], inputs: usize) -> PackedWeight {
    PackedWeight::new(NdTensorView::from_data([inputs, weight.len() / inputs.max(1)], weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        for [outputs, inputs] in [[3, 5], [40, 300], [7, 600]] {
            let weight: Vec<f32> = (0..outputs * inputs).map(|at| (at * 7919 % 1009) as f32 / 1009.0 - 0.4).collect();
            let packed = PackedWeight::new(NdTensorView::from_data([outputs, inputs], weight.as_slice()));
            let found = unpacked(&packed).unwrap();
            for (at, value) in found.iter().enumerate() {
                assert_eq!(*value, weight[at % outputs * inputs + at / outputs], "{outputs} x {inputs} at {at}");
            }
        }
    }
}
