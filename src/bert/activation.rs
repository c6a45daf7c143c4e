use burn::tensor::{Tensor, activation};
use serde::{Deserialize, Deserializer, de::Error};

/// The feed-forward activation, under the names that `hidden_act` has for it: every element-wise function of transformers'
/// `ACT2FN` that learns no parameters
/// (<https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/activations.py>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// x·Φ(x), exact (through erf).
    Gelu,
    /// x·Φ(x), at most 10 and at least -10.
    ClippedGelu,
    /// The tanh approximation of GELU.
    GeluTanh,
    /// x·sigmoid(1.702·x).
    QuickGelu,
    /// x·min(max(x + 3, 0), 6) / 6.
    HardSwish,
    /// Φ((x - √½) / 0.282095).
    Laplace,
    /// x, or 0.01·x below 0.
    LeakyRelu,
    /// x.
    Linear,
    /// x·tanh(softplus(x)).
    Mish,
    /// max(0, x).
    Relu,
    /// max(0, x)².
    SquaredRelu,
    /// max(0, x), at most 6.
    Relu6,
    /// 1 / (1 + e⁻ˣ).
    Sigmoid,
    /// x·sigmoid(x).
    Silu,
    /// √softplus(x).
    SqrtSoftplus,
    /// tanh(x).
    Tanh,
}

/// What Laplace's argument is shifted by.
pub(super) const LAPLACE_MEAN: f32 = std::f32::consts::FRAC_1_SQRT_2;
/// What it is divided by: σ·√2.
pub(super) const LAPLACE_SCALE: f32 = 0.282_095 * std::f32::consts::SQRT_2;

impl Activation {
    /// Every name that `hidden_act` may have. The first of an activation's is its own.
    pub const NAMES: &'static [(&'static str, Activation)] = &[
        ("gelu", Activation::Gelu),
        ("gelu_python", Activation::Gelu),
        ("gelu_10", Activation::ClippedGelu),
        ("gelu_new", Activation::GeluTanh),
        ("gelu_accurate", Activation::GeluTanh),
        ("gelu_fast", Activation::GeluTanh),
        ("gelu_python_tanh", Activation::GeluTanh),
        ("gelu_pytorch_tanh", Activation::GeluTanh),
        ("quick_gelu", Activation::QuickGelu),
        ("hardswish", Activation::HardSwish),
        ("laplace", Activation::Laplace),
        ("leaky_relu", Activation::LeakyRelu),
        ("linear", Activation::Linear),
        ("mish", Activation::Mish),
        ("relu", Activation::Relu),
        ("relu2", Activation::SquaredRelu),
        ("relu6", Activation::Relu6),
        ("sigmoid", Activation::Sigmoid),
        ("silu", Activation::Silu),
        ("swish", Activation::Silu),
        ("sqrtsoftplus", Activation::SqrtSoftplus),
        ("tanh", Activation::Tanh),
    ];

    /// As `hidden_act` calls it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, activation)| *activation == self).map_or("", |(name, _)| name)
    }

    /// What `hidden_act` calls so.
    pub fn find(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, activation)| *activation)
    }

    /// Applies it elementwise.
    pub(super) fn forward<const N: usize>(self, input: Tensor<N>) -> Tensor<N> {
        match self {
            Activation::Gelu => activation::gelu(input),
            Activation::ClippedGelu => activation::gelu(input).clamp(-10.0, 10.0),
            Activation::GeluTanh => activation::gelu_approximate(input),
            Activation::QuickGelu => input.clone() * activation::sigmoid(input * 1.702),
            Activation::HardSwish => activation::hard_swish(input),
            Activation::Laplace => (((input - LAPLACE_MEAN) / LAPLACE_SCALE).erf() + 1.0) * 0.5,
            Activation::LeakyRelu => activation::leaky_relu(input, 0.01),
            Activation::Linear => input,
            Activation::Mish => activation::mish(input),
            Activation::Relu => activation::relu(input),
            Activation::SquaredRelu => {
                let positive = activation::relu(input);
                positive.clone() * positive
            }
            Activation::Relu6 => activation::relu6(input),
            Activation::Sigmoid => activation::sigmoid(input),
            Activation::Silu => activation::silu(input),
            Activation::SqrtSoftplus => activation::softplus(input, 1.0).sqrt(),
            Activation::Tanh => activation::tanh(input),
        }
    }
}

impl<'de> Deserialize<'de> for Activation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::find(&name).ok_or_else(|| D::Error::custom(format!("hidden_act {name:?}")))
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs};

    use super::*;
    use crate::bert::{Backend, runtime::Runtime};

    #[derive(Deserialize)]
    struct Reference {
        learned: Vec<String>,
        places: Vec<f32>,
        values: BTreeMap<String, Vec<f32>>,
    }

    #[test]
    fn every_name_of_transformers_gives_torchs_numbers_in_both_forms() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/activations.json");
        let Reference { learned, places, values } = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let mut names: Vec<&str> = Activation::NAMES.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        assert_eq!(names, values.keys().map(String::as_str).collect::<Vec<_>>());
        assert!(learned.iter().all(|name| Activation::find(name).is_none()));
        let runtime = Runtime::start(Backend::Ndarray).unwrap();
        for (name, expected) in values {
            let activation = Activation::find(&name).unwrap();
            let tensor = activation.forward(runtime.tensor(places.clone(), [places.len()]));
            let mut packed = places.clone();
            activation.apply(&mut packed);
            for (form, found) in [("burn", runtime.read(tensor).unwrap()), ("packed", packed)] {
                for ((place, expected), found) in places.iter().zip(&expected).zip(&found) {
                    let difference = (expected - found).abs();
                    assert!(
                        difference <= 2e-6 * expected.abs().max(1.0),
                        "{form}: {name}({place}) is {expected}, not {found}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_name_of_its_own_leads_back() {
        for (_, activation) in Activation::NAMES {
            assert_eq!(Activation::find(activation.name()), Some(*activation));
        }
    }
}
