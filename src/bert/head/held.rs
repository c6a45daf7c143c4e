//! A head with everything held that is not linear: slopes activation(z)/z, and what layer norms divide by.

use burn::tensor::Tensor;

use super::{Head, Operation};
use crate::bert::{Activation, BertError, packed::product, runtime::Runtime};

/// A sum over what a head gives of a row, as a sum over that row.
pub(in crate::bert) struct HeldHead {
    /// The sum.
    pub value: f32,
    /// How much of each number of the row is in it, `[D]`.
    pub by: Vec<f32>,
    /// What the head's biases add.
    pub constant: f64,
}

impl Head {
    /// Takes a sum of so much of each number that the head gives of a row, `[D]`, back to the row; none where `of` says that there is no
    /// such sum over so many numbers.
    pub(in crate::bert) fn held(
        &self,
        row: &[f32],
        of: impl FnOnce(usize) -> Option<Vec<f32>>,
        runtime: &Runtime,
    ) -> Result<Option<HeldHead>, BertError> {
        let one = |values: &[f32]| runtime.tensor(values.to_vec(), [1, values.len()]);
        let mut inputs = Vec::with_capacity(self.operations.len());
        let mut reached = one(row);
        for operation in &self.operations {
            let next = operation.forward(reached.clone());
            inputs.push(std::mem::replace(&mut reached, next));
        }
        let given = runtime.read(reached)?;
        let Some(mut by) = of(given.len()) else { return Ok(None) };
        let (value, mut constant) = (product(&by, &given) as f32, 0.0);
        for (operation, input) in self.operations.iter().zip(inputs).rev() {
            constant += match operation.bias() {
                Some(bias) => product(&by, &runtime.read(bias)?),
                None => 0.0,
            };
            by = match operation {
                Operation::Linear(linear) => runtime.read(one(&by).matmul(linear.weight.val().transpose()))?,
                Operation::Vocabulary(scoring) => runtime.read(one(&by).matmul(scoring.0.clone()))?,
                Operation::Norm(norm, epsilon) => {
                    let variance = input.var_bias(1);
                    let by = one(&by) * norm.gamma.val().unsqueeze();
                    runtime.read((by.clone() - by.mean_dim(1)) / (variance + *epsilon).sqrt())?
                }
                Operation::Activation(activation) => times_slopes(*activation, by, runtime.read(input)?),
                Operation::Tanh => times_slopes(Activation::Tanh, by, runtime.read(input)?),
            };
        }
        Ok(Some(HeldHead { value, by, constant }))
    }
}

impl Operation {
    /// What it adds to every row.
    fn bias(&self) -> Option<Tensor<1>> {
        match self {
            Operation::Linear(linear) => linear.bias.as_ref().map(|bias| bias.val()),
            Operation::Norm(norm, _) => norm.beta.as_ref().map(|bias| bias.val()),
            Operation::Vocabulary(scoring) => Some(scoring.1.clone()),
            Operation::Activation(_) | Operation::Tanh => None,
        }
    }
}

fn times_slopes(activation: Activation, mut by: Vec<f32>, mut slopes: Vec<f32>) -> Vec<f32> {
    activation.slopes(&mut slopes);
    by.iter_mut().zip(slopes).for_each(|(by, slope)| *by *= slope);
    by
}
