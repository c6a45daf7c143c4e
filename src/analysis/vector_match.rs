//! Whether vectors made elsewhere are those of a pooling, and in which form.

use super::{cosine, products::norm};

/// In which form vectors are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorForm {
    /// Number for number.
    AsItIs,
    /// After each was brought to length 1.
    Normalized,
    /// In direction alone.
    Direction,
}

impl VectorForm {
    /// As in files.
    pub fn id(self) -> &'static str {
        match self {
            VectorForm::AsItIs => "as-it-is",
            VectorForm::Normalized => "normalized",
            VectorForm::Direction => "direction",
        }
    }
}

/// How near vectors are to others of the same texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VectorMatch {
    /// The form in which they are nearest.
    pub form: VectorForm,
    /// The mean of the cosines of each with its own.
    pub cosine: f64,
    /// The least of them.
    pub least_cosine: f64,
    /// The largest difference of two numbers, as a share of the largest number.
    pub difference: f64,
}

/// The largest difference, of the largest number, at which two vectors count as the same: half precision, and the noise of
/// another library, stay well below it.
const SAME: f64 = 0.01;
/// The least cosine at which they do.
const SAME_DIRECTION: f64 = 0.9999;

impl VectorMatch {
    /// Compares vectors with those of a pooling, `[text]` each; where those have fewer numbers, with as many of the first.
    /// None where there is nothing to compare, or the pooling's are shorter.
    pub fn new(found: &[&[f32]], of_pooling: &[&[f32]]) -> Option<Self> {
        let size = found.first()?.len();
        if found.len() != of_pooling.len() || of_pooling.iter().any(|own| own.len() < size) {
            return None;
        }
        let cut = |own: &[f32], by: f64| own[..size].iter().map(|x| (f64::from(*x) / by) as f32).collect::<Vec<f32>>();
        let plain: Vec<Vec<f32>> = of_pooling.iter().map(|own| cut(own, 1.0)).collect();
        let unit = |own: &[f32], of: &[f32]| cut(own, norm(of).max(f64::MIN_POSITIVE));
        let before: Vec<Vec<f32>> = of_pooling.iter().map(|own| unit(own, own)).collect();
        let after: Vec<Vec<f32>> = plain.iter().map(|own| unit(own, own)).collect();
        let cosines: Vec<f64> = found.iter().zip(&plain).map(|(a, b)| f64::from(cosine(a, b))).collect();
        let largest =
            found.iter().flat_map(|vector| vector.iter()).fold(0.0f64, |most, x| most.max(f64::from(x.abs())));
        let apart = |own: &[Vec<f32>]| {
            let pairs = found.iter().zip(own).flat_map(|(a, b)| a.iter().zip(b));
            pairs.fold(0.0f64, |most, (a, b)| most.max((f64::from(*a) - f64::from(*b)).abs())) / largest.max(1e-30)
        };
        let forms = [(VectorForm::AsItIs, apart(&plain)), (VectorForm::Normalized, apart(&before).min(apart(&after)))];
        let (mut form, difference) = if forms[1].1 < forms[0].1 { forms[1] } else { forms[0] };
        let least_cosine = cosines.iter().copied().fold(f64::INFINITY, f64::min);
        if difference > SAME && least_cosine >= SAME_DIRECTION {
            form = VectorForm::Direction;
        }
        Some(Self { form, cosine: cosines.iter().sum::<f64>() / cosines.len() as f64, least_cosine, difference })
    }

    /// Whether they are the same, at least in direction.
    pub fn is_same(&self) -> bool {
        self.least_cosine >= SAME_DIRECTION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_vectors_is_found() {
        let own: [&[f32]; 2] = [&[3.0, 4.0, 12.0], &[-1.0, 2.0, 2.0]];
        let of = |found: [&[f32]; 2]| VectorMatch::new(&found, &own).unwrap();
        let as_it_is = of(own);
        assert_eq!((as_it_is.form, as_it_is.difference), (VectorForm::AsItIs, 0.0));
        assert_eq!(
            of([&[3.0 / 13.0, 4.0 / 13.0, 12.0 / 13.0], &[-1.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0]]).form,
            VectorForm::Normalized
        );
        assert_eq!(of([&[6.0, 8.0, 24.0], &[-3.0, 6.0, 6.0]]).form, VectorForm::Direction);
        // The first two numbers alone: as they are, normalised before they were cut, and after.
        assert_eq!(of([&[3.0, 4.0], &[-1.0, 2.0]]).form, VectorForm::AsItIs);
        assert_eq!(of([&[3.0 / 13.0, 4.0 / 13.0], &[-1.0 / 3.0, 2.0 / 3.0]]).form, VectorForm::Normalized);
        let root = 5f32.sqrt();
        let after = of([&[0.6, 0.8], &[-1.0 / root, 2.0 / root]]);
        assert!(after.form == VectorForm::Normalized && after.difference < 1e-6 && after.is_same());
        let other = of([&[3.0, 4.0, -12.0], &[-1.0, 2.0, 2.0]]);
        assert!(!other.is_same() && other.least_cosine < 0.0);
        assert_eq!(VectorMatch::new(&[&[1.0, 2.0, 3.0, 4.0]], &[&[1.0, 2.0, 3.0]]), None);
    }
}
