//! A forward pass with everything held that is not linear: what a token's vector is made of can be read off it exactly.
//!
//! S tokens, L layers, H heads, D hidden size; all arrays row-major. Attention weights, the deviations that layer norms
//! divide by and the slopes activation(z)/z are those of the pass, so that what parts of an input become adds up
//! to what the input became (Kobayashi et al. 2020, 2021; Modarressi et al. 2023).

mod logit;

use std::ops::{ControlFlow, Range};

use rayon::prelude::*;

use super::{
    Bert, BertError, HeadName, LayerForm, Trace,
    head::Head,
    packed::{Carried, FrozenLayer, GemmError, SentBack},
};

pub use logit::{DirectParts, ExplainedLogit, LinearReading};

/// A forward pass, held. Made by [`Bert::freeze`].
pub struct FrozenPass<'m> {
    bert: &'m Bert,
    trace: &'m Trace,
    layers: Vec<FrozenLayer<'m>>,
}

/// Something that goes into the first layer, or into all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The embeddings of some tokens together.
    Tokens(Range<usize>),
    /// The biases of every layer, which no token gives.
    Biases,
}

/// A vector that is to be explained, read behind a layer (from 0).
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The layer.
    pub layer: usize,
    /// How much of each token's vector, `[S, D]`: what is explained is the sum over all numbers of these times those of the
    /// layer's hidden states.
    pub by: Vec<f32>,
}

/// How much of what is explained comes from where.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// `[S]`.
    pub tokens: Vec<f32>,
    /// What no token gives.
    pub biases: f32,
}

impl Bert {
    /// Holds a pass that this model made.
    ///
    /// # Errors
    /// [`BertError::OtherTrace`] when another model made it; when the backend fails.
    pub fn freeze<'m>(&'m self, trace: &'m Trace) -> Result<FrozenPass<'m>, BertError> {
        let info = self.info();
        if [info.layers, info.heads, info.hidden_size] != [trace.layers, trace.heads, trace.hidden_size] {
            return Err(BertError::OtherTrace);
        }
        let pass = FrozenPass::new(self, trace)?;
        // Far more than what backends round differently.
        let apart = |(a, b): (&f32, &f32)| (a - b).abs() > 1e-2 * (1.0 + b.abs());
        match pass.layers.first() {
            Some(first) if first.output().iter().zip(trace.hidden_layer(1)).any(apart) => Err(BertError::OtherTrace),
            _ => Ok(pass),
        }
    }

    /// Runs what is worked out on plain arrays.
    fn linear<T: Send>(&self, work: impl FnOnce() -> Result<T, GemmError> + Send) -> Result<T, BertError> {
        let failure = |error: GemmError| self.runtime.failure(error.to_string());
        self.runtime.compute(|| LayerForm::Packed.pass(work).map_err(failure))
    }
}

impl<'m> FrozenPass<'m> {
    fn new(bert: &'m Bert, trace: &'m Trace) -> Result<Self, BertError> {
        let Bert { network, architecture, runtime, .. } = bert;
        let opened = network.opened.of(&network.encoder, &architecture.config, runtime)?;
        let (length, square) = (trace.tokens.len(), trace.heads * trace.tokens.len() * trace.tokens.len());
        let layer = |at: usize| {
            let ablated = (0..trace.heads).map(|head| trace.ablations.heads.contains(&(at, head))).collect();
            let weights = &trace.attentions[at * square..(at + 1) * square];
            let (layer, maps) = opened.layer(at);
            FrozenLayer::new(layer, maps, (trace.hidden_layer(at), weights), ablated, length)
        };
        let layers = bert.linear(|| (0..trace.layers).map(layer).collect())?;
        Ok(Self { bert, trace, layers })
    }

    /// What was read.
    pub fn trace(&self) -> &'m Trace {
        self.trace
    }

    /// The output of a layer's attention block, behind its layer norm, `[S, D]`.
    pub fn attended(&self, layer: usize) -> &[f32] {
        self.layers[layer].attended()
    }

    /// What of that no token gives, `[S, D]`: the bias of the output projection through the layer norm, and β.
    pub fn attended_biases(&self, layer: usize) -> Vec<f32> {
        let [beta, bias] = self.layers[layer].attention_biases();
        let mut biases = bias.repeat(self.trace.tokens.len());
        self.layers[layer].norm_attention(&mut biases);
        for row in biases.chunks_exact_mut(beta.len().max(1)) {
            row.iter_mut().zip(beta).for_each(|(value, beta)| *value += beta);
        }
        biases
    }

    /// Takes vectors of each token, `[S, D]`, through the linear part of the layer norm behind the attention block:
    /// γ·(v - mean)/√(variance + ε), the variance that of the pass.
    pub fn norm_attention(&self, layer: usize, vectors: &mut [f32]) {
        self.layers[layer].norm_attention(vectors);
    }

    /// The same for the layer norm behind the feed-forward block.
    pub fn norm_output(&self, layer: usize, vectors: &mut [f32]) {
        self.layers[layer].norm_output(vectors);
    }

    /// What each head hands on of each token, f(x) = W_O(W_V·x + b_V), `[H, S, D]`; nothing of a head that is ablated.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn head_outputs(&self, layer: usize) -> Result<Vec<f32>, BertError> {
        self.bert.linear(|| self.layers[layer].head_outputs())
    }

    /// Of each group of tokens what every token takes of it in a layer, Σ α·f(x) over its tokens and all heads, `[S, D]`: `each` is
    /// handed the number of the group and these vectors, which are its own to change. Groups are worked on side by side.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn taken<R: Send>(
        &self,
        layer: usize,
        head_outputs: &[f32],
        groups: &[Range<usize>],
        each: impl Fn(usize, &mut [f32]) -> R + Sync,
    ) -> Result<Vec<R>, BertError> {
        self.of_each_group(layer, head_outputs, groups, |_| Ok(()), each)
    }

    /// Of each group of tokens what would come out of a layer if its value vectors were zero and attention as it is,
    /// `[S, D]` (Mohebbi et al. 2023); as for [`FrozenPass::taken`]. Nothing else is held.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn without_values<R: Send>(
        &self,
        layer: usize,
        head_outputs: &[f32],
        groups: &[Range<usize>],
        each: impl Fn(usize, &[f32]) -> R + Sync,
    ) -> Result<Vec<R>, BertError> {
        let without = |room: &mut [f32]| self.layers[layer].output_without(room);
        self.of_each_group(layer, head_outputs, groups, without, |at, room| each(at, room))
    }

    fn of_each_group<R: Send>(
        &self,
        layer: usize,
        head_outputs: &[f32],
        groups: &[Range<usize>],
        change: impl Fn(&mut [f32]) -> Result<(), GemmError> + Sync,
        each: impl Fn(usize, &mut [f32]) -> R + Sync,
    ) -> Result<Vec<R>, BertError> {
        let room = || vec![0.0; self.trace.tokens.len() * self.trace.hidden_size];
        let group = |room: &mut Vec<f32>, (at, group): (usize, &Range<usize>)| {
            self.layers[layer].taken(head_outputs, group.clone(), room)?;
            change(room)?;
            Ok(each(at, room))
        };
        self.bert.linear(|| groups.par_iter().enumerate().map_init(room, group).collect())
    }

    /// What came out of a layer, `[S, D]`, by the arithmetic of this pass.
    pub fn output(&self, layer: usize) -> &[f32] {
        self.layers[layer].output()
    }

    /// Sends each source through all layers by itself (DecompX; Modarressi et al. 2023). `reduce` is handed a layer, the number of a
    /// source and what it has become in every token's vector behind that layer, `[S, D]`; over all of the tokens and the
    /// biases these add up to the hidden states. `take` gets what it makes of them, some sources at a time, and how many
    /// are done; it may break off.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn decompose<R: Send>(
        &self,
        sources: &[Source],
        reduce: impl Fn(usize, usize, &[f32]) -> R + Sync,
        mut take: impl FnMut(usize, Vec<Vec<R>>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, BertError> {
        /// So many vectors at a time: their products with a layer's weights are as fast as those of more.
        const ROWS: usize = 1 << 11;
        let (tokens, size) = (self.trace.tokens.len(), self.trace.hidden_size);
        let at_once = (ROWS / tokens.max(1)).max(1);
        let (mut done, mut rest) = (0, sources);
        while let Some(first) = rest.first() {
            let alike =
                rest.iter().take_while(|other| (**other == Source::Biases) == (*first == Source::Biases)).count();
            let (now, after) = rest.split_at(alike.min(at_once));
            let mut vectors = vec![0.0; now.len() * tokens * size];
            for (vectors, source) in vectors.chunks_exact_mut(tokens * size).zip(now) {
                if let Source::Tokens(range) = source {
                    let own = range.start * size..range.end * size;
                    vectors[own.clone()].copy_from_slice(&self.trace.hidden_layer(0)[own]);
                }
            }
            let mut carried = Carried::new(vectors, *first == Source::Biases);
            let mut found = Vec::with_capacity(self.layers.len());
            for (layer, frozen) in self.layers.iter().enumerate() {
                found.push(self.bert.linear(|| {
                    frozen.carry(&mut carried)?;
                    let each = carried.vectors.par_chunks_exact(tokens * size).enumerate();
                    Ok(each.map(|(at, vectors)| reduce(layer, done + at, vectors)).collect())
                })?);
            }
            done += now.len();
            rest = after;
            if take(done, found).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Takes parts of the last vector of the first token, `[parts, D]`, through the pooler with its slopes tanh(p)/p
    /// held; its bias goes with the part `biases`. The parts of the whole add up to the pooler output. None where there
    /// is no pooler.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn pool(&self, parts: &[f32], biases: usize) -> Result<Option<Vec<f32>>, BertError> {
        let Bert { network, runtime, .. } = self.bert;
        let Some(linear) = network.head(HeadName::Pooler).and_then(Head::linear) else { return Ok(None) };
        runtime.compute(|| {
            let size = self.trace.hidden_size;
            let rows = |values: &[f32]| runtime.tensor(values.to_vec(), [values.len() / size, size]);
            let whole = runtime.read(linear.forward(rows(&self.trace.last_hidden_state()[..size])))?;
            let mut pooled = runtime.read(rows(parts).matmul(linear.weight.val()))?;
            if let Some(bias) = &linear.bias {
                let bias = runtime.read(bias.val())?;
                pooled[biases * size..][..size].iter_mut().zip(bias).for_each(|(value, bias)| *value += bias);
            }
            // The tangent where the line through the origin has no slope.
            let slope = |p: &f32| if p.abs() < 1e-6 { 1.0 } else { p.tanh() / p };
            for row in pooled.chunks_exact_mut(size) {
                row.iter_mut().zip(whole.iter().map(slope)).for_each(|(value, slope)| *value *= slope);
            }
            Ok(Some(pooled))
        })
    }

    /// How much of what is explained comes from each token: the gradient of the held pass times the embeddings, the same numbers
    /// as the products of [`FrozenPass::decompose`]'s vectors, in about the time of a forward pass each.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn explain(&self, explained: &[Explained]) -> Result<Vec<Explanation>, BertError> {
        let (tokens, size) = (self.trace.tokens.len(), self.trace.hidden_size);
        let mut order: Vec<usize> = (0..explained.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(explained[at].layer));
        let mut waiting = order.iter().copied().peekable();
        let mut sent = SentBack { gradients: Vec::new(), biases: Vec::new() };
        for (layer, frozen) in self.layers.iter().enumerate().rev() {
            while let Some(at) = waiting.next_if(|&at| explained[at].layer == layer) {
                sent.gradients.extend_from_slice(&explained[at].by);
                sent.biases.push(0.0);
            }
            if !sent.biases.is_empty() {
                self.bert.linear(|| frozen.send_back(&mut sent))?;
            }
        }
        let embedded = self.trace.hidden_layer(0);
        let share = |gradients: &[f32]| -> Vec<f32> {
            let tokens = gradients.chunks_exact(size).zip(embedded.chunks_exact(size));
            tokens.map(|(a, b)| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>() as f32).collect()
        };
        let found = sent.gradients.chunks_exact(tokens * size).zip(&sent.biases);
        let mut found: Vec<(usize, Explanation)> = order
            .into_iter()
            .zip(found.map(|(gradients, biases)| Explanation { tokens: share(gradients), biases: *biases as f32 }))
            .collect();
        found.sort_by_key(|(at, _)| *at);
        Ok(found.into_iter().map(|(_, explanation)| explanation).collect())
    }
}
