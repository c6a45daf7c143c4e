//! What a head's logit is made of: the head and the pooler are held like the layers.

use super::{Explained, FrozenPass};
use crate::bert::{Bert, BertError, HeadName, States, architecture::Reads, head::Head};

/// How much of a logit comes from where. Over all tokens and the biases it adds up to the logit.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedLogit {
    /// What the head gives.
    pub logit: f32,
    /// `[S]`.
    pub tokens: Vec<f32>,
    /// What no token gives: the biases of the layers, of the pooler and of the head.
    pub biases: f32,
}

impl FrozenPass<'_> {
    /// What a label's logit is made of, by input tokens; `token` is the one whose logit it is where the head reads every
    /// token. Through the pooler with its slopes tanh(p)/p held, as in [`FrozenPass::pool`], and through the layers as in
    /// [`FrozenPass::explain`]. None where the model has no such head, label or token, or the head is no linear layer.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn explain_logit(
        &self,
        name: HeadName,
        label: usize,
        token: usize,
    ) -> Result<Option<ExplainedLogit>, BertError> {
        let (trace, size) = (self.trace, self.trace.hidden_size);
        let Bert { network, runtime, .. } = self.bert;
        let Some(head) = network.head(name) else { return Ok(None) };
        let (Some(linear), true) = (head.linear(), name != HeadName::MaskedLanguage) else { return Ok(None) };
        let logits = self.bert.head_logits(&States::from(trace))?.into_iter().find(|logits| logits.head == name);
        let Some(logits) = logits else { return Ok(None) };
        let row = if head.reads == Reads::EveryToken { token } else { 0 };
        let found = logits.rows().nth(row).and_then(|row| row.get(label)).copied();
        let (Some(logit), Some(last)) = (found, trace.layers.checked_sub(1)) else { return Ok(None) };
        let (mut by, mut biases) = runtime.compute(|| {
            // burn's [in, out].
            let weights = runtime.read(linear.weight.val())?;
            let by: Vec<f32> = weights.chunks_exact(logits.width).map(|row| row[label]).collect();
            let biases = linear.bias.as_ref().map_or(Ok(Vec::new()), |bias| runtime.read(bias.val()))?;
            Ok((by, f64::from(biases.get(label).copied().unwrap_or(0.0))))
        })?;
        if head.reads == Reads::Pooled {
            let Some(through) = self.through_pooler(&by)? else { return Ok(None) };
            (by, biases) = (through.0, biases + through.1);
        }
        let mut all = vec![0.0; trace.tokens.len() * size];
        all[row * size..][..size].copy_from_slice(&by);
        let explained = self.explain(&[Explained { layer: last, by: all }])?;
        Ok(explained.into_iter().next().map(|explained| ExplainedLogit {
            logit,
            tokens: explained.tokens,
            biases: (f64::from(explained.biases) + biases) as f32,
        }))
    }

    /// How much of each number of the last vector of the first token is in a sum of `by` times the pooler output, and what its
    /// bias adds; none where there is no pooler.
    fn through_pooler(&self, by: &[f32]) -> Result<Option<(Vec<f32>, f64)>, BertError> {
        let Bert { network, runtime, .. } = self.bert;
        let Some(linear) = network.head(HeadName::Pooler).and_then(Head::linear) else { return Ok(None) };
        runtime.compute(|| {
            let size = self.trace.hidden_size;
            let first = runtime.tensor(self.trace.last_hidden_state()[..size].to_vec(), [1, size]);
            let whole = runtime.read(linear.forward(first))?;
            let slope = |p: &f32| if p.abs() < 1e-6 { 1.0 } else { p.tanh() / p };
            let held: Vec<f32> = by.iter().zip(&whole).map(|(by, p)| by * slope(p)).collect();
            let weights = runtime.read(linear.weight.val())?;
            let of_row = |row: &[f32]| row.iter().zip(&held).map(|(a, b)| f64::from(a * b)).sum::<f64>() as f32;
            let through = weights.chunks_exact(size).map(of_row).collect();
            let bias = linear.bias.as_ref().map_or(Ok(Vec::new()), |bias| runtime.read(bias.val()))?;
            Ok(Some((through, bias.iter().zip(&held).map(|(a, b)| f64::from(a * b)).sum())))
        })
    }
}
