use std::{
    borrow::Cow,
    collections::BTreeSet,
    time::{Duration, Instant},
};

use burn::tensor::{Device, Tensor, TensorData};

use super::{
    Backend, BertConfig, BertError, Cuts, Encoded, Input, States, TokenizerFiles, Trace, Truncation, Weights,
    forward::{Pass, Row},
    loader,
    network::Network,
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

impl Checkpoint {
    /// What tells it from other checkpoints: its configuration, its tokenizer, and of the weights path, length and time
    /// of change of each file, as reading them takes as long as loading.
    pub fn identity(&self) -> Vec<Cow<'_, [u8]>> {
        let TokenizerFiles { json, vocabulary, config, added_tokens } = &self.tokenizer;
        let files = [json.as_deref(), vocabulary.as_deref(), config.as_deref(), added_tokens.as_deref()];
        let mut parts = vec![Cow::Borrowed(&*self.config)];
        parts.extend(files.map(|bytes| Cow::Borrowed(bytes.unwrap_or_default())));
        parts.push(Cow::Owned(self.weights.stamp().into_bytes()));
        parts
    }
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
        let (network, device) = backend.compute(|| {
            let device = backend.device()?;
            // burn starts a device at its first use, and aborts where that fails while weights are loaded: use it now.
            let probe = Tensor::<1>::from_data(TensorData::new(vec![0.0f32], [1]), &device);
            probe.try_into_data().map_err(|e| backend.failure(e.to_string()))?;
            Ok((loader::load(&config, &checkpoint.weights, backend, &device)?, device))
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
            self.check_id(token.id)?;
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
        self.trace_cut(input, &Cuts::default())
    }

    /// Reads one input with parts of the network, or of the input, cut.
    ///
    /// # Errors
    /// As for [`Bert::trace`]; when a head or a position does not exist, every token is masked, or a token is to be
    /// replaced and the tokenizer has no mask.
    pub fn trace_cut(&self, input: &Input, cuts: &Cuts) -> Result<Trace, BertError> {
        let mut traces = self.trace_cuts(input, std::slice::from_ref(cuts))?;
        traces.pop().ok_or_else(|| self.info.backend.failure("it returned no trace".to_owned()))
    }

    /// Reads one input several times in one forward pass, each time with its own cuts; each trace equals that of
    /// [`Bert::trace_cut`]. All traces are held at once, and a dozen at a time are as fast: ask for a long sweep in
    /// parts.
    ///
    /// # Errors
    /// As for [`Bert::trace_cut`], whichever of the cuts is at fault.
    pub fn trace_cuts(&self, input: &Input, cuts: &[Cuts]) -> Result<Vec<Trace>, BertError> {
        self.trace_encoded(input, &self.encode(input)?, cuts)
    }

    /// As [`Bert::trace_cuts`], of an input whose tokens are known, so that it is not tokenized again; they must be this
    /// model's own.
    ///
    /// # Errors
    /// As for [`Bert::trace_cuts`].
    pub fn trace_encoded(&self, input: &Input, encoded: &Encoded, cuts: &[Cuts]) -> Result<Vec<Trace>, BertError> {
        let rows = cuts.iter().map(|cuts| {
            cuts.check(self.info.layers, self.info.heads, encoded.tokens.len())?;
            Ok(self.row(input, self.replaced(encoded.clone(), &cuts.replaced)?, cuts))
        });
        self.run(rows.collect::<Result<_, BertError>>()?)
    }

    /// Reads several inputs in one forward pass, the shorter ones padded and the padding masked; each
    /// trace is cropped to its own tokens and equals the trace of its input alone.
    ///
    /// # Errors
    /// As for [`Bert::trace`].
    pub fn trace_batch(&self, inputs: &[Input]) -> Result<Vec<Trace>, BertError> {
        let none = Cuts::default();
        let rows = inputs.iter().map(|input| Ok(self.row(input, self.encode(input)?, &none)));
        self.run(rows.collect::<Result<_, BertError>>()?)
    }

    /// Reads several inputs in one forward pass, as [`Bert::trace_batch`] does, for their hidden states alone: no
    /// attention is kept. `each` gets an input's number, its states, and how it was truncated, if it was.
    ///
    /// # Errors
    /// As for [`Bert::trace`].
    pub fn states(
        &self,
        inputs: &[Input],
        mut each: impl FnMut(usize, States, Option<Truncation>),
    ) -> Result<(), BertError> {
        let none = Cuts::default();
        let rows = inputs.iter().map(|input| Ok(self.row(input, self.encode(input)?, &none)));
        let traces = self.pass(rows.collect::<Result<_, BertError>>()?, false)?;
        traces.iter().enumerate().for_each(|(i, trace)| each(i, States::from(trace), trace.truncation));
        Ok(())
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
        let probabilities = self.info.backend.compute(|| {
            let hidden = Tensor::from_data(TensorData::new(trace.last_hidden_state().to_vec(), shape), &self.device);
            self.network.predict(hidden).map(|probabilities| self.info.backend.read(probabilities)).transpose()
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
    fn check_size(&self, rows: &[Row]) -> Result<(), BertError> {
        const MOST: u128 = 1 << 30;
        let (layers, heads, size) = (self.info.layers as u128, self.info.heads as u128, self.info.hidden_size as u128);
        let longest = rows.iter().map(|row| row.trace.tokens.len() as u128).max().unwrap_or(0);
        let one = layers * heads * longest * longest + (layers + 1) * longest * size;
        if one * rows.len() as u128 > MOST {
            return Err(BertError::TooLarge {
                tokens: longest as usize,
                gigabytes: (one * rows.len() as u128 * 4) >> 30,
            });
        }
        Ok(())
    }

    /// What is read in one row of a forward pass, with a trace that is still empty.
    fn row<'a>(&self, input: &Input, encoded: Encoded, cuts: &'a Cuts) -> Row<'a> {
        let trace = Trace {
            input: input.clone(),
            tokens: encoded.tokens,
            truncation: encoded.truncation,
            layers: self.info.layers,
            heads: self.info.heads,
            hidden_size: self.info.hidden_size,
            attentions: Vec::new(),
            hidden_states: Vec::new(),
            pooler_output: None,
            elapsed: Duration::ZERO,
        };
        Row { trace, cuts }
    }

    /// The tokens the network reads when these are replaced.
    fn replaced(&self, mut encoded: Encoded, positions: &BTreeSet<usize>) -> Result<Encoded, BertError> {
        for &position in positions {
            let token = &mut encoded.tokens[position];
            *token = self.tokenizer.replaced(token).ok_or(BertError::NoMaskToken)?;
            self.check_id(token.id)?;
        }
        Ok(encoded)
    }

    fn check_id(&self, id: u32) -> Result<(), BertError> {
        let vocab_size = self.config.vocab_size;
        if (id as usize) < vocab_size { Ok(()) } else { Err(BertError::TokenOutOfVocabulary { id, vocab_size }) }
    }

    /// One forward pass of all rows together, of which everything is kept.
    fn run(&self, rows: Vec<Row>) -> Result<Vec<Trace>, BertError> {
        self.check_size(&rows)?;
        self.pass(rows, true)
    }

    fn pass(&self, mut rows: Vec<Row>, attentions: bool) -> Result<Vec<Trace>, BertError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let backend = self.info.backend;
        let start = Instant::now();
        let pass = Pass { network: &self.network, device: &self.device, backend, attentions };
        backend.pass(|| backend.compute(|| pass.run(&mut rows)))?;
        let elapsed = start.elapsed();
        Ok(rows.into_iter().map(|row| Trace { elapsed, ..row.trace }).collect())
    }
}
