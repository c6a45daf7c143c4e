mod held;

use burn::{
    nn::{LayerNorm, Linear},
    tensor::Tensor,
};

use super::{
    Activation, BertError, HeadName,
    architecture::{HeadParameters, Reads, Step},
    parameters::Stored,
    runtime::Runtime,
};
pub(super) use held::HeldHead;

/// A head that the checkpoint has: what is computed from the last layer's hidden states.
pub(super) struct Head {
    pub name: HeadName,
    pub reads: Reads,
    operations: Vec<Operation>,
}

enum Operation {
    Linear(Linear),
    /// With its ε.
    Norm(LayerNorm, f64),
    Activation(Activation),
    Tanh,
    /// `[vocab, D]` and `[vocab]`.
    Vocabulary(Box<(Tensor<2>, Tensor<1>)>),
}

impl Head {
    /// `words` is the table of word embeddings, `[vocab, D]`.
    pub(super) fn new(
        parameters: HeadParameters<Stored>,
        words: &Tensor<2>,
        epsilon: f64,
        runtime: &Runtime,
    ) -> Result<Self, BertError> {
        let device = &runtime.device;
        let operation = |step| -> Result<_, BertError> {
            Ok(match step {
                Step::Linear(linear) => Operation::Linear(linear.linear(device)?),
                Step::Norm(norm) => Operation::Norm(norm.layer_norm(epsilon, device)?, epsilon),
                Step::Activation(activation) => Operation::Activation(activation),
                Step::Tanh => Operation::Tanh,
                Step::Vocabulary { weight, bias } => {
                    // A clone of a tensor shares its numbers.
                    let weight = weight.map_or_else(|| Ok(words.clone()), |weight| weight.tensor(device))?;
                    Operation::Vocabulary(Box::new((weight, bias.tensor(device)?)))
                }
            })
        };
        let HeadParameters { name, reads, steps, signs: _ } = parameters;
        Ok(Self { name, reads, operations: steps.into_iter().map(operation).collect::<Result<_, _>>()? })
    }

    /// The linear layer that it is, or, as the pooler, with a tanh behind it; none of a head of more layers.
    pub(super) fn linear(&self) -> Option<&Linear> {
        match self.operations.as_slice() {
            [Operation::Linear(linear)] | [Operation::Linear(linear), Operation::Tanh] => Some(linear),
            _ => None,
        }
    }

    /// The rows that it reads, `[rows, D]`, to what it gives, `[rows, out]`.
    pub(super) fn forward(&self, rows: Tensor<2>) -> Tensor<2> {
        self.operations.iter().fold(rows, |rows, operation| operation.forward(rows))
    }
}

impl Operation {
    fn forward(&self, rows: Tensor<2>) -> Tensor<2> {
        match self {
            Operation::Linear(linear) => linear.forward(rows),
            Operation::Norm(norm, _) => norm.forward(rows),
            Operation::Activation(activation) => activation.forward(rows),
            Operation::Tanh => rows.tanh(),
            Operation::Vocabulary(scoring) => {
                let (weight, bias) = &**scoring;
                rows.matmul(weight.clone().transpose()) + bias.clone().unsqueeze()
            }
        }
    }
}
