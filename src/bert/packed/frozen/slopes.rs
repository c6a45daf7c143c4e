use std::f32::consts::{FRAC_1_SQRT_2, PI};

use rayon::prelude::*;
use rten_simd::SimdUnaryOp;
use rten_vecmath::{Erf, Sigmoid, Tanh};

use crate::bert::Activation;

impl Activation {
    /// In the place of each z, activation(z)/z, without dividing where that can be: the slope of the line through the origin and
    /// (z, activation(z)). Of gelu it is Φ(z), of relu 1 or 0.
    pub(in crate::bert) fn slopes(self, values: &mut [f32]) {
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
            Activation::Linear => values.fill(1.0),
            other => {
                let mut activated = values.to_vec();
                other.apply(&mut activated);
                values.iter_mut().zip(activated).for_each(|(z, activated)| *z = divided(activated, *z));
            }
        });
    }
}

/// At the origin, and so near it that dividing would tell nothing, there is no slope.
fn divided(activated: f32, z: f32) -> f32 {
    if z.abs() < f32::MIN_POSITIVE { 0.0 } else { activated / z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_times_its_place_is_the_activation() {
        let places: Vec<f32> = (-80..=80).map(|at| at as f32 / 10.0).collect();
        for (_, activation) in Activation::NAMES {
            let (mut slopes, mut activated) = (places.clone(), places.clone());
            activation.slopes(&mut slopes);
            activation.apply(&mut activated);
            for ((z, slope), expected) in places.iter().zip(&slopes).zip(&activated) {
                // A function that is not 0 at the origin has no slope there.
                let is_there = *z != 0.0 || *expected == 0.0;
                assert!(
                    !is_there || (z * slope - expected).abs() < 1e-5,
                    "{activation:?} at {z}: {} {expected}",
                    z * slope
                );
            }
            // The usual ones have one at the origin too.
            if let Activation::Gelu | Activation::GeluTanh | Activation::Silu = activation {
                assert_eq!(slopes[80], 0.5);
                assert!(slopes.iter().all(|slope| (0.0..=1.0).contains(slope)));
            }
        }
    }
}
