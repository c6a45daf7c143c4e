use serde_json::{Map, Value};

use super::{
    DenseActivation, ModuleEntry, ModuleFolder, NotDeclared,
    feature::{Feature, features},
    settings,
};

/// A `Dense` module: activation(W·x + b), and x besides where it says so.
///
/// <https://github.com/UKPLab/sentence-transformers/blob/v6.2.0/sentence_transformers/base/modules/dense.py>
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DenseModule {
    pub from: usize,
    pub to: usize,
    pub activation: DenseActivation,
    /// What it reads and what it writes.
    pub features: (Feature, Feature),
    /// `[to, from]`.
    weight: Vec<f32>,
    /// `[to]`.
    bias: Option<Vec<f32>>,
    residual: Option<Residual>,
}

/// What is added to the result.
#[derive(Clone, Debug, PartialEq)]
enum Residual {
    /// The input as it is.
    Input,
    /// The input through `[to, from]`.
    Projected(Vec<f32>),
}

impl DenseModule {
    pub(super) fn read(entry: &ModuleEntry, folder: &ModuleFolder) -> Result<Self, NotDeclared> {
        let file = entry.file("config.json");
        let mut config = settings::object(&file, folder.config.as_deref())?;
        let size = |config: &mut Map<String, Value>, name: &str| {
            let value = config.remove(name).unwrap_or_default();
            let size = value.as_u64().filter(|size| (1..=1 << 20).contains(size));
            size.map(|size| size as usize).ok_or_else(|| NotDeclared::setting(&file, name, &value))
        };
        let (from, to) = (size(&mut config, "in_features")?, size(&mut config, "out_features")?);
        let flag = |config: &mut Map<String, Value>, name: &str, default: bool| match config.remove(name) {
            None => Ok(default),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(other) => Err(NotDeclared::setting(&file, name, &other)),
        };
        let has_bias = flag(&mut config, "bias", true)?;
        let use_residual = flag(&mut config, "use_residual", false)?;
        let activation = match config.remove("activation_function") {
            None => DenseActivation::TANH,
            Some(path) => {
                let found = path.as_str().and_then(DenseActivation::find);
                found.ok_or_else(|| NotDeclared::setting(&file, "activation_function", &path))?
            }
        };
        let features = features(&file, &mut config)?;
        let weights = settings::tensors(entry, folder)?;
        let residual = match use_residual {
            false => None,
            true if from == to => Some(Residual::Input),
            true => Some(Residual::Projected(weights.take("residual.weight", &[to, from])?)),
        };
        let bias = has_bias.then(|| weights.take("linear.bias", &[to])).transpose()?;
        Ok(Self { from, to, activation, features, weight: weights.take("linear.weight", &[to, from])?, bias, residual })
    }

    pub(super) fn has_residual(&self) -> bool {
        self.residual.is_some()
    }

    /// Of one vector `[from]` makes one of `[to]`.
    pub(super) fn of(&self, input: &[f32]) -> Vec<f32> {
        let rows = self.weight.chunks_exact(self.from).enumerate();
        let linear = |(at, row): (usize, &[f32])| {
            let sum = dot(row, input) + self.bias.as_ref().map_or(0.0, |bias| f64::from(bias[at]));
            let more = match &self.residual {
                None => 0.0,
                Some(Residual::Input) => f64::from(input[at]),
                Some(Residual::Projected(weight)) => dot(&weight[at * self.from..(at + 1) * self.from], input),
            };
            (self.activation.of(sum) + more) as f32
        };
        rows.map(linear).collect()
    }
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}
