use std::f32::consts::{FRAC_1_SQRT_2, PI};

use rayon::prelude::*;
use rten_simd::SimdUnaryOp;
use rten_vecmath::{Erf, Sigmoid, Tanh};

use crate::bert::Activation;

impl Activation {
    /// In the place of each z, activation(z)/z without dividing: the slope of the line through the origin and
    /// (z, activation(z)). Of gelu it is Φ(z), of relu 1 or 0.
    pub(in crate::bert::packed) fn slopes(self, values: &mut [f32]) {
        /// So many values that handing them to another thread pays.
        const PART: usize = 1 << 14;
        values.par_chunks_mut(PART).for_each(|values| match self {
            Activation::Gelu => {
                values.iter_mut().for_each(|z| *z *= FRAC_1_SQRT_2);
                Erf {}.map_mut(values);
                values.iter_mut().for_each(|erf| *erf = 0.5 + 0.5 * *erf);
            }
            Activation::GeluTanh => {
                let scale = (2.0 / PI).sqrt();
                values.iter_mut().for_each(|z| *z = scale * (*z + 0.044_715 * *z * *z * *z));
                Tanh {}.map_mut(values);
                values.iter_mut().for_each(|tanh| *tanh = 0.5 + 0.5 * *tanh);
            }
            Activation::Relu => values.iter_mut().for_each(|z| *z = f32::from(*z > 0.0)),
            Activation::Silu => Sigmoid {}.map_mut(values),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_times_its_place_is_the_activation() {
        let places: Vec<f32> = (-80..=80).map(|at| at as f32 / 10.0).collect();
        for activation in [Activation::Gelu, Activation::GeluTanh, Activation::Relu, Activation::Silu] {
            let (mut slopes, mut activated) = (places.clone(), places.clone());
            activation.slopes(&mut slopes);
            activation.apply(&mut activated);
            for ((z, slope), expected) in places.iter().zip(&slopes).zip(&activated) {
                assert!((z * slope - expected).abs() < 1e-5, "{activation:?} at {z}: {} {expected}", z * slope);
                assert!((0.0..=1.0).contains(slope));
            }
            // There is one at the origin too.
            assert_eq!(slopes[80], if activation == Activation::Relu { 0.0 } else { 0.5 });
        }
    }
}
