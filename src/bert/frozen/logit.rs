//! What a head's logit is made of: the head and the pooler are held like the layers.

use super::{Explained, FrozenPass};
use crate::bert::{
    Bert, BertError, HeadName, States,
    architecture::Reads,
    head::HeldHead,
    packed::{LayerParts, product},
};

/// How much of a logit comes from where, said twice: by input tokens, and by blocks of the network. Over all tokens and the
/// biases it adds up to the logit, and so it does over all blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedLogit {
    /// What the head gives.
    pub logit: f32,
    /// Of each input token, followed through all layers, `[S]`.
    pub tokens: Vec<f32>,
    /// What no token gives: the biases of the layers, of the pooler and of the head.
    pub biases: f32,
    /// By blocks.
    pub direct: DirectParts,
}

/// What each block of the network adds by itself: what it writes into the hidden states, as it goes on along the residual
/// connections, with every layer norm dividing by what it divides by. What later blocks make of it is theirs.
///
/// In models with layer norms before the blocks this is the direct logit attribution of Elhage et al. 2021.
#[derive(Clone, Debug, PartialEq)]
pub struct DirectParts {
    /// The embeddings.
    pub embeddings: f32,
    /// The heads, `[layer, head]`; 0 of one that is ablated and in layers behind the one that is read.
    pub heads: Vec<f32>,
    /// The feed-forward blocks with their biases, `[layer]`.
    pub feed_forward: Vec<f32>,
    /// β of the layer norms, the biases of the attention blocks, of the pooler and of the head.
    pub biases: f32,
}

/// A number that is a sum over hidden states and a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearReading {
    /// The number.
    pub value: f32,
    /// A layer, 0 being the embeddings, and how much of each token's vector in it, `[S, D]`.
    pub by: Vec<(usize, Vec<f32>)>,
    /// The constant.
    pub constant: f64,
}

impl FrozenPass<'_> {
    /// What a label's logit is made of, of the masked-language head a word's; `token` is the one whose logit it is where the head reads
    /// every token. Through head and pooler with their layer norms and the slopes activation(z)/z held, and through the layers
    /// as in [`FrozenPass::explain`]. None where the model has no such head, label or token.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn explain_logit(
        &self,
        name: HeadName,
        label: usize,
        token: usize,
    ) -> Result<Option<ExplainedLogit>, BertError> {
        let (states, size) = (States::from(self.trace), self.trace.hidden_size);
        let Some(head) = self.bert.network.head(name) else { return Ok(None) };
        let at = if head.reads == Reads::EveryToken { token } else { 0 };
        let Some(row) = head.reads.of(&states).chunks_exact(size).nth(at) else { return Ok(None) };
        let (output, times) = name.output_of(label);
        let alone = |outputs: usize| {
            (output < outputs).then(|| (0..outputs).map(|at| if at == output { times } else { 0.0 }).collect())
        };
        let runtime = &self.bert.runtime;
        let held = runtime.compute(|| head.held(row, alone, runtime))?;
        let Some(HeldHead { value, mut by, mut constant }) = held else { return Ok(None) };
        if head.reads == Reads::Pooled {
            let Some(through) = self.through_pooler(&by)? else { return Ok(None) };
            (by, constant) = (through.0, constant + through.1);
        }
        let mut all = vec![0.0; states.tokens.len() * size];
        all[at * size..][..size].copy_from_slice(&by);
        self.explain_reading(&LinearReading { value, by: vec![(self.trace.layers, all)], constant }).map(Some)
    }

    /// How much of each number of the last vector of the first token is in a sum of `by` times the pooler output, `[D]`, and what
    /// its bias adds; none where there is no pooler.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn through_pooler(&self, by: &[f32]) -> Result<Option<(Vec<f32>, f64)>, BertError> {
        let Bert { network, runtime, .. } = self.bert;
        let Some(pooler) = network.head(HeadName::Pooler) else { return Ok(None) };
        let row = pooler.reads.of(&States::from(self.trace));
        let held = runtime.compute(|| pooler.held(row, |_| Some(by.to_vec()), runtime))?;
        Ok(held.map(|held| (held.by, held.constant)))
    }

    /// What such a number is made of.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn explain_reading(&self, reading: &LinearReading) -> Result<ExplainedLogit, BertError> {
        let LinearReading { value, by, constant } = reading;
        let (size, embedded) = (self.trace.hidden_size, self.trace.hidden_layer(0));
        let mut tokens = vec![0.0f64; self.trace.tokens.len()];
        let mut biases = *constant;
        let behind = |(layer, by): &(usize, Vec<f32>)| Some(Explained { layer: layer.checked_sub(1)?, by: by.clone() });
        for explanation in self.explain(&by.iter().filter_map(behind).collect::<Vec<_>>())? {
            tokens.iter_mut().zip(&explanation.tokens).for_each(|(sum, part)| *sum += f64::from(*part));
            biases += f64::from(explanation.biases);
        }
        for (_, by) in by.iter().filter(|(layer, _)| *layer == 0) {
            let rows = by.chunks_exact(size).zip(embedded.chunks_exact(size));
            tokens.iter_mut().zip(rows).for_each(|(sum, (by, row))| *sum += product(by, row));
        }
        let direct = self.direct_parts(reading)?;
        let tokens = tokens.into_iter().map(|part| part as f32).collect();
        Ok(ExplainedLogit { logit: *value, tokens, biases: biases as f32, direct })
    }

    fn direct_parts(&self, reading: &LinearReading) -> Result<DirectParts, BertError> {
        let (layers, heads) = (self.trace.layers, self.trace.heads);
        let mut gradients = vec![0.0f32; self.trace.tokens.len() * self.trace.hidden_size];
        let mut parts = DirectParts {
            embeddings: 0.0,
            heads: vec![0.0; layers * heads],
            feed_forward: vec![0.0; layers],
            biases: 0.0,
        };
        let mut biases = reading.constant;
        let join = |layer: usize, gradients: &mut [f32]| {
            for (_, by) in reading.by.iter().filter(|(of, _)| *of == layer) {
                gradients.iter_mut().zip(by).for_each(|(sum, by)| *sum += by);
            }
        };
        for (layer, frozen) in self.layers.iter().enumerate().rev() {
            join(layer + 1, &mut gradients);
            if gradients.iter().all(|gradient| *gradient == 0.0) {
                continue;
            }
            let LayerParts { heads: of_heads, feed_forward, biases: of_biases } =
                self.bert.linear(|| frozen.take_apart(&mut gradients))?;
            parts.heads[layer * heads..][..heads].iter_mut().zip(of_heads).for_each(|(part, of)| *part = of as f32);
            parts.feed_forward[layer] = feed_forward as f32;
            biases += of_biases;
        }
        join(0, &mut gradients);
        parts.embeddings = product(&gradients, self.trace.hidden_layer(0)) as f32;
        parts.biases = biases as f32;
        Ok(parts)
    }
}
