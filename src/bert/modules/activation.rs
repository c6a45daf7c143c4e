//! torch's activations without parameters, as a `Dense` module has them: <https://docs.pytorch.org/docs/stable/nn.html>.

/// What a dense layer does to each number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DenseActivation(usize);

type Function = fn(f64) -> f64;

/// torch's name, and the function with its default parameters.
const ALL: &[(&str, Function)] = &[
    ("Identity", |x| x),
    ("Tanh", f64::tanh),
    ("ReLU", |x| x.max(0.0)),
    ("ReLU6", relu6),
    ("GELU", |x| x * (1.0 + libm::erf(x / std::f64::consts::SQRT_2)) / 2.0),
    ("SiLU", |x| x * sigmoid(x)),
    ("Sigmoid", sigmoid),
    ("LogSigmoid", |x| -softplus(-x)),
    ("ELU", elu),
    ("CELU", elu),
    ("SELU", |x| 1.050_700_987_355_480_5 * if x > 0.0 { x } else { 1.673_263_242_354_377_2 * x.exp_m1() }),
    ("LeakyReLU", |x| if x > 0.0 { x } else { 0.01 * x }),
    ("Softplus", softplus),
    ("Softsign", |x| x / (1.0 + x.abs())),
    ("Mish", |x| x * softplus(x).tanh()),
    ("Hardtanh", |x| x.clamp(-1.0, 1.0)),
    ("Hardswish", |x| x * relu6(x + 3.0) / 6.0),
    ("Hardsigmoid", |x| relu6(x + 3.0) / 6.0),
    ("Tanhshrink", |x| x - x.tanh()),
    ("Softshrink", |x| x.signum() * (x.abs() - 0.5).max(0.0)),
    ("Hardshrink", |x| if x.abs() > 0.5 { x } else { 0.0 }),
];

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// torch's threshold, beyond which it is x, is 20; there the two differ by less than f32 tells apart.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn relu6(x: f64) -> f64 {
    x.clamp(0.0, 6.0)
}

fn elu(x: f64) -> f64 {
    if x > 0.0 { x } else { x.exp_m1() }
}

impl DenseActivation {
    /// What `Dense` has where its file names none.
    pub(super) const TANH: Self = Self(1);

    /// Finds it by its path in torch, such as `torch.nn.modules.activation.Tanh`.
    pub(super) fn find(path: &str) -> Option<Self> {
        let class = path.strip_prefix("torch.nn.")?.rsplit('.').next()?;
        ALL.iter().position(|(name, _)| *name == class).map(Self)
    }

    /// torch's name: `Tanh`, `Identity`.
    pub fn name(self) -> &'static str {
        ALL[self.0].0
    }

    /// Whether it leaves numbers as they are.
    pub fn is_identity(self) -> bool {
        self.0 == 0
    }

    pub(super) fn of(self, x: f64) -> f64 {
        ALL[self.0].1(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_found_by_torchs_paths() {
        let name = |path| DenseActivation::find(path).map(DenseActivation::name);
        assert_eq!(name("torch.nn.modules.activation.Tanh"), Some("Tanh"));
        assert_eq!(name("torch.nn.modules.linear.Identity"), Some("Identity"));
        assert_eq!(name("torch.nn.GELU"), Some("GELU"));
        assert_eq!(name("torch.nn.modules.activation.PReLU"), None);
        assert_eq!(name("torch.tanh"), None);
        assert_eq!(name("my.Tanh"), None);
        assert_eq!(DenseActivation::TANH.name(), "Tanh");
    }
}
