use std::{
    borrow::Cow,
    time::{Duration, Instant},
};

use burn::tensor::{Bool, Device, Int, Tensor, TensorData};

use super::{
    Backend, BertConfig, BertError, Encoded, Input, TokenizerFiles, Trace, Weights, loader, network::Network,
    tokenizer::BertTokenizer,
};
use crate::guard::guarded;

/// The files of a model, as `save_pretrained` writes them.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    /// `config.json`.
    pub config: Cow<'static, [u8]>,
    /// The tokenizer's files.
    pub tokenizer: TokenizerFiles,
    /// The weights.
    pub weights: Weights,
}

/// What is worth saying about a loaded model.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelInfo {
    /// The embedded model's own name, or its directory's.
    pub name: String,
    /// L.
    pub layers: usize,
    /// H.
    pub heads: usize,
    /// D.
    pub hidden_size: usize,
    /// Longest input in tokens, specials included.
    pub max_length: usize,
    /// Whether the checkpoint has a pooler, so that `pooled` exists.
    pub has_pooler: bool,
    /// Where it computes.
    pub backend: Backend,
}

/// How many words of the masked-language head are worth keeping for a position: more than a line can show.
pub const LIKELIEST_WORDS: usize = 10;

/// A word the masked-language head would write.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// As in the vocabulary.
    pub token: String,
    /// Its id.
    pub id: u32,
    /// Among all words of the vocabulary, in 0..=1.
    pub probability: f32,
}

/// A BERT encoder with its tokenizer, ready to read.
pub struct Bert {
    config: BertConfig,
    tokenizer: BertTokenizer,
    network: Network,
    device: Device,
    info: ModelInfo,
}

impl Bert {
    /// Loads a checkpoint onto a backend.
    ///
    /// # Errors
    /// When config, tokenizer or weights are damaged, do not fit together, or are not a BERT; when the
    /// backend is missing or fails.
    pub fn load(name: &str, checkpoint: &Checkpoint, backend: Backend) -> Result<Self, BertError> {
        let config = BertConfig::from_json(&checkpoint.config)?;
        let tokenizer = guarded(|| BertTokenizer::new(&checkpoint.tokenizer, config.max_position_embeddings))
            .unwrap_or_else(|reason| Err(BertError::Tokenizer(reason)))?;
        let (network, device) = computed(backend, || {
            let device = backend.device()?;
            // burn starts a device at its first use, and aborts where that fails while weights are loaded: use it now.
            let probe = Tensor::<1>::from_data(TensorData::new(vec![0.0f32], [1]), &device);
            probe.try_into_data().map_err(|e| BertError::Backend { backend, reason: e.to_string() })?;
            Ok((loader::load(&config, &checkpoint.weights, &device)?, device))
        })?;
        let info = ModelInfo {
            name: name.to_owned(),
            layers: config.num_hidden_layers,
            heads: config.num_attention_heads,
            hidden_size: config.hidden_size,
            max_length: config.max_position_embeddings,
            has_pooler: network.has_pooler(),
            backend,
        };
        Ok(Self { config, tokenizer, network, device, info })
    }

    /// Name, sizes and backend.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// Splits an input into tokens, as transformers' tokenizer does.
    ///
    /// # Errors
    /// When the tokenizer fails, or gives an id the model does not know.
    pub fn encode(&self, input: &Input) -> Result<Encoded, BertError> {
        let encoded = guarded(|| self.tokenizer.encode(input));
        let mut encoded = encoded.unwrap_or_else(|reason| Err(BertError::Tokenize(reason)))?;
        for token in &mut encoded.tokens {
            if token.id as usize >= self.config.vocab_size {
                return Err(BertError::TokenOutOfVocabulary { id: token.id, vocab_size: self.config.vocab_size });
            }
            // A model with one token type reads both sentences of a pair under it.
            token.type_id = token.type_id.min(self.config.type_vocab_size as u32 - 1);
        }
        Ok(encoded)
    }

    /// Reads one input.
    ///
    /// # Errors
    /// As for [`Bert::encode`], and when the backend fails.
    pub fn trace(&self, input: &Input) -> Result<Trace, BertError> {
        let mut traces = self.trace_batch(std::slice::from_ref(input))?;
        traces.pop().ok_or_else(|| self.failure("it returned no trace".to_owned()))
    }

    /// Reads several inputs in one forward pass, the shorter ones padded and the padding masked; each
    /// trace is cropped to its own tokens and equals the trace of its input alone.
    ///
    /// # Errors
    /// As for [`Bert::trace`].
    pub fn trace_batch(&self, inputs: &[Input]) -> Result<Vec<Trace>, BertError> {
        let encoded = inputs.iter().map(|input| self.encode(input)).collect::<Result<Vec<_>, _>>()?;
        if encoded.is_empty() {
            return Ok(Vec::new());
        }
        self.check_size(&encoded)?;
        let mut traces: Vec<Trace> =
            inputs.iter().zip(encoded).map(|(input, encoded)| self.empty_trace(input, encoded)).collect();
        let start = Instant::now();
        computed(self.info.backend, || self.forward(&mut traces))?;
        let elapsed = start.elapsed();
        for trace in &mut traces {
            trace.elapsed = elapsed;
        }
        Ok(traces)
    }

    /// What the masked-language head would write at each position of a trace: the `count` likeliest words, the
    /// likeliest first, `[token][rank]`. None when the checkpoint has no such head.
    ///
    /// transformers: softmax of `BertForMaskedLM`'s logits.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn predict(&self, trace: &Trace, count: usize) -> Result<Option<Vec<Vec<Prediction>>>, BertError> {
        let shape = [trace.tokens.len(), self.info.hidden_size];
        let probabilities = computed(self.info.backend, || {
            let hidden = Tensor::from_data(TensorData::new(trace.last_hidden_state().to_vec(), shape), &self.device);
            self.network.predict(hidden).map(|probabilities| self.read(probabilities)).transpose()
        })?;
        let Some(probabilities) = probabilities else { return Ok(None) };
        let rows = probabilities.chunks_exact(self.config.vocab_size);
        Ok(Some(rows.map(|row| self.likeliest(row, count)).collect()))
    }

    /// Whether a token is the mask, which asks the head what should stand in its place.
    pub fn is_mask(&self, token: &super::Token) -> bool {
        self.tokenizer.mask_id() == Some(token.id)
    }

    fn likeliest(&self, probabilities: &[f32], count: usize) -> Vec<Prediction> {
        let mut ids: Vec<usize> = (0..probabilities.len()).collect();
        let descending = |a: &usize, b: &usize| probabilities[*b].total_cmp(&probabilities[*a]);
        let count = count.min(ids.len());
        if count < ids.len() {
            ids.select_nth_unstable_by(count, descending);
            ids.truncate(count);
        }
        ids.sort_by(descending);
        ids.into_iter()
            .map(|id| Prediction {
                token: self.tokenizer.token(id as u32),
                id: id as u32,
                probability: probabilities[id],
            })
            .collect()
    }

    /// Refuses what would not fit in memory, before anything is allocated: attention grows with the square of the
    /// length, and a config may ask for any number of heads.
    fn check_size(&self, encoded: &[Encoded]) -> Result<(), BertError> {
        const MOST: u128 = 1 << 30;
        let (layers, heads, size) = (self.info.layers as u128, self.info.heads as u128, self.info.hidden_size as u128);
        let longest = encoded.iter().map(|encoded| encoded.tokens.len() as u128).max().unwrap_or(0);
        let one = layers * heads * longest * longest + (layers + 1) * longest * size;
        if one * encoded.len() as u128 > MOST {
            return Err(BertError::TooLarge {
                tokens: longest as usize,
                gigabytes: (one * encoded.len() as u128 * 4) >> 30,
            });
        }
        Ok(())
    }

    fn empty_trace(&self, input: &Input, encoded: Encoded) -> Trace {
        let (layers, heads, hidden_size) = (self.info.layers, self.info.heads, self.info.hidden_size);
        let length = encoded.tokens.len();
        Trace {
            input: input.clone(),
            tokens: encoded.tokens,
            truncation: encoded.truncation,
            layers,
            heads,
            hidden_size,
            attentions: Vec::with_capacity(layers * heads * length * length),
            hidden_states: Vec::with_capacity((layers + 1) * length * hidden_size),
            pooler_output: None,
            elapsed: Duration::ZERO,
        }
    }

    /// Runs the network over all traces' tokens and appends what it produces, layer by layer.
    fn forward(&self, traces: &mut [Trace]) -> Result<(), BertError> {
        let batch = traces.len();
        let longest = traces.iter().map(|trace| trace.tokens.len()).max().unwrap_or(0);
        let ids = self.padded(traces, longest, |token| i64::from(token.id));
        let type_ids = self.padded(traces, longest, |token| i64::from(token.type_id));
        let padding = self.padding(traces, longest);

        let mut hidden = self.network.embeddings.forward(ids, type_ids);
        self.record_hidden(traces, hidden.clone())?;
        for layer in &self.network.layers {
            let (next, attention) = layer.forward(hidden, padding.clone());
            self.record_attention(traces, attention)?;
            self.record_hidden(traces, next.clone())?;
            hidden = next;
        }
        if let Some(pooled) = self.network.pool(hidden) {
            let values = self.read(pooled)?;
            for (trace, row) in traces.iter_mut().zip(values.chunks_exact(values.len() / batch)) {
                trace.pooler_output = Some(row.to_vec());
            }
        }
        Ok(())
    }

    /// `[B, S]`, padded at the end with 0 (whatever stands there is masked).
    fn padded(&self, traces: &[Trace], length: usize, value: impl Fn(&super::Token) -> i64) -> Tensor<2, Int> {
        let mut values = vec![0i64; traces.len() * length];
        for (row, trace) in values.chunks_exact_mut(length).zip(traces) {
            for (place, token) in row.iter_mut().zip(&trace.tokens) {
                *place = value(token);
            }
        }
        Tensor::from_data(TensorData::new(values, [traces.len(), length]), &self.device)
    }

    /// `[B, 1, 1, S]`, true where a key is padding; none when nothing is padded.
    fn padding(&self, traces: &[Trace], length: usize) -> Option<Tensor<4, Bool>> {
        if traces.iter().all(|trace| trace.tokens.len() == length) {
            return None;
        }
        let mask: Vec<bool> =
            traces.iter().flat_map(|trace| (0..length).map(move |i| i >= trace.tokens.len())).collect();
        Some(Tensor::from_data(TensorData::new(mask, [traces.len(), 1, 1, length]), &self.device))
    }

    /// Appends one layer's `[B, S, D]` to each trace, without its padding.
    fn record_hidden(&self, traces: &mut [Trace], hidden: Tensor<3>) -> Result<(), BertError> {
        let [_, length, size] = hidden.dims();
        let values = self.read(hidden)?;
        for (trace, rows) in traces.iter_mut().zip(values.chunks_exact(length * size)) {
            trace.hidden_states.extend_from_slice(&rows[..trace.tokens.len() * size]);
        }
        Ok(())
    }

    /// Appends one layer's `[B, H, S, S]` to each trace, without its padding.
    fn record_attention(&self, traces: &mut [Trace], attention: Tensor<4>) -> Result<(), BertError> {
        let [_, heads, length, _] = attention.dims();
        let values = self.read(attention)?;
        for (trace, matrices) in traces.iter_mut().zip(values.chunks_exact(heads * length * length)) {
            let own = trace.tokens.len();
            for matrix in matrices.chunks_exact(length * length) {
                for row in matrix.chunks_exact(length).take(own) {
                    trace.attentions.extend_from_slice(&row[..own]);
                }
            }
        }
        Ok(())
    }

    fn read<const N: usize>(&self, tensor: Tensor<N>) -> Result<Vec<f32>, BertError> {
        tensor.try_into_vec_as::<f32>().map_err(|e| self.failure(e.to_string()))
    }

    fn failure(&self, reason: String) -> BertError {
        BertError::Backend { backend: self.info.backend, reason }
    }
}

/// Runs the backend's work; what it panics about becomes [`BertError::Backend`].
fn computed<T>(backend: Backend, work: impl FnOnce() -> Result<T, BertError>) -> Result<T, BertError> {
    guarded(work).unwrap_or_else(|reason| Err(BertError::Backend { backend, reason }))
}
