//! `Normalize` and `LayerNorm`.

use super::{ModuleEntry, ModuleFolder, NotDeclared, settings};

/// Brings a vector to length 1, as torch's `normalize` does.
pub(super) fn normalized(vector: &[f32]) -> Vec<f32> {
    let norm = vector.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt().max(1e-12);
    vector.iter().map(|x| (f64::from(*x) / norm) as f32).collect()
}

/// A `LayerNorm` module, with torch's ε.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LayerNormModule {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

const EPSILON: f64 = 1e-5;

impl LayerNormModule {
    pub(super) fn read(entry: &ModuleEntry, folder: &ModuleFolder) -> Result<Self, NotDeclared> {
        let file = entry.file("config.json");
        let mut config = settings::object(&file, folder.config.as_deref())?;
        let value = config.remove("dimension").unwrap_or_default();
        let size = value.as_u64().ok_or_else(|| NotDeclared::setting(&file, "dimension", &value))? as usize;
        if let Some((name, value)) = config.iter().next() {
            return Err(NotDeclared::setting(&file, name, value));
        }
        let weights = settings::tensors(entry, folder)?;
        Ok(Self { weight: weights.take("norm.weight", &[size])?, bias: weights.take("norm.bias", &[size])? })
    }

    pub(super) fn size(&self) -> usize {
        self.weight.len()
    }

    pub(super) fn of(&self, input: &[f32]) -> Vec<f32> {
        let count = input.len() as f64;
        let mean = input.iter().map(|x| f64::from(*x)).sum::<f64>() / count;
        let variance = input.iter().map(|x| (f64::from(*x) - mean).powi(2)).sum::<f64>() / count;
        let scale = 1.0 / (variance + EPSILON).sqrt();
        let weights = self.weight.iter().zip(&self.bias);
        let of = |(x, (weight, bias)): (&f32, (&f32, &f32))| {
            ((f64::from(*x) - mean) * scale * f64::from(*weight) + f64::from(*bias)) as f32
        };
        input.iter().zip(weights).map(of).collect()
    }
}
