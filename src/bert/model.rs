use std::{
    slice,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    Ablations, Backend, BertError, Checkpoint, Declared, Encoding, HeadName, Input, LayerForm, NonFiniteTensor,
    NotDeclared, OutputHead, PoolerTraining, Prediction, Remark, SpecialTokens, Token, Trace,
    architecture::Architecture,
    declared::LoadedChain,
    forward::Pass,
    heads::HeadSettings,
    loader::{self, Loaded},
    modules::{EncoderSizes, ModuleChain},
    network::Network,
    runtime::Runtime,
    tokenizer::BertTokenizer,
};
use crate::{guard::guarded, messages::message};

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
    /// How the mask is written in a text: `[MASK]`, `<mask>`.
    pub mask: String,
    /// Whether the checkpoint has a pooler, so that `pooled` exists.
    pub has_pooler: bool,
    /// What the weights tell of how the pooler was trained, where there is one.
    pub pooler_training: PoolerTraining,
    /// What it was trained to be read as, so that `declared` exists; why that is not known, where it is not.
    pub declared: Result<Arc<Declared>, Arc<NotDeclared>>,
    /// Where it computes.
    pub backend: Backend,
    /// What its files leave open, or decide otherwise than one would think.
    pub remarks: Vec<Remark>,
    /// Its heads that can be used, apart from the pooler, in the order in which they are read; the masked-language head last.
    pub output_heads: Vec<OutputHead>,
    /// Tensors of its weights in which some numbers are NaN or infinite; in a sound checkpoint none.
    pub not_finite: Vec<NonFiniteTensor>,
}

/// An encoder of BERT's family with its tokenizer, ready to read.
pub struct Bert {
    pub(super) architecture: Architecture,
    pub(super) tokenizer: BertTokenizer,
    pub(super) network: Network,
    pub(super) runtime: Runtime,
    pub(super) chain: Option<LoadedChain>,
    pub(super) info: ModelInfo,
}

impl Bert {
    /// Loads a checkpoint onto a backend, with the layers in the form that is the backend's usual.
    ///
    /// # Errors
    /// When config, tokenizer or weights are damaged, do not fit together, or are not a BERT; when the
    /// backend is missing or fails.
    pub fn load(name: &str, checkpoint: &Checkpoint, backend: Backend) -> Result<Self, BertError> {
        Self::load_in(name, checkpoint, backend, LayerForm::usual(backend))
    }

    /// As [`Bert::load`], with the layers in a form of one's choice.
    ///
    /// # Errors
    /// As for [`Bert::load`].
    pub fn load_in(name: &str, checkpoint: &Checkpoint, backend: Backend, form: LayerForm) -> Result<Self, BertError> {
        let architecture = Architecture::from_json(&checkpoint.config)?;
        let tokenizer = guarded(|| BertTokenizer::new(&checkpoint.tokenizer, &architecture))
            .unwrap_or_else(|reason| Err(BertError::Tokenizer(reason)))?;
        form.prepare();
        let runtime = Runtime::start(backend)?;
        let settings = HeadSettings::of(checkpoint);
        let Loaded { network, not_finite, pooler_training, remarks } =
            runtime.compute(|| loader::load(&architecture, &settings, &checkpoint.weights, form, &runtime))?;
        let mut output_heads: Vec<OutputHead> = network.output_heads().map(|name| settings.output_head(name)).collect();
        output_heads.sort_by_key(|head| head.name == HeadName::MaskedLanguage);
        let config = &architecture.config;
        let sizes = EncoderSizes {
            hidden: config.hidden_size,
            positions: config.max_position_embeddings,
            most: architecture.max_length(),
        };
        let settings = checkpoint.tokenizer.config.as_deref();
        let modules = checkpoint.modules.as_ref().map_err(NotDeclared::clone);
        let modules = modules.and_then(|files| ModuleChain::read(files, settings, sizes));
        let (chain, declared) = match modules {
            Ok((modules, declared)) => {
                (Some(LoadedChain::new(modules, &declared, &tokenizer)?), Ok(Arc::new(declared)))
            }
            Err(why) => (None, Err(Arc::new(why))),
        };
        let info = ModelInfo {
            name: name.to_owned(),
            layers: config.num_hidden_layers,
            heads: config.num_attention_heads,
            hidden_size: config.hidden_size,
            max_length: architecture.max_length(),
            mask: tokenizer.special_tokens().mask.to_string(),
            has_pooler: network.head(HeadName::Pooler).is_some(),
            pooler_training,
            declared,
            backend,
            remarks: tokenizer.remarks().iter().cloned().chain(remarks).collect(),
            output_heads,
            not_finite,
        };
        let mut bert = Self { architecture, tokenizer, network, runtime, chain, info };
        bert.measure_prompt()?;
        Ok(bert)
    }

    /// Name, sizes and backend.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// How the tokenizer spells the tokens that have a part of their own.
    pub fn special_tokens(&self) -> &SpecialTokens {
        self.tokenizer.special_tokens()
    }

    /// Splits an input into tokens, as transformers' tokenizer does.
    ///
    /// # Errors
    /// When the tokenizer fails, or gives an id the model does not know.
    pub fn encode(&self, input: &Input) -> Result<Encoding, BertError> {
        self.encode_by(&self.tokenizer, input, self.info.max_length)
    }

    /// The same by another tokenizer, or in fewer tokens.
    pub(super) fn encode_by(
        &self,
        tokenizer: &BertTokenizer,
        input: &Input,
        limit: usize,
    ) -> Result<Encoding, BertError> {
        let encoding = guarded(|| tokenizer.encode(input, limit));
        let mut encoding = encoding.unwrap_or_else(|reason| Err(BertError::Tokenize(reason)))?;
        for token in &mut encoding.tokens {
            self.check_id(token.id)?;
            // A model with one token type reads both sentences of a pair under it.
            token.type_id = token.type_id.min(self.architecture.config.type_vocab_size as u32 - 1);
        }
        Ok(encoding)
    }

    /// Reads one input.
    ///
    /// # Errors
    /// As for [`Bert::encode`], and when the backend fails.
    pub fn trace(&self, input: &Input) -> Result<Trace, BertError> {
        self.trace_with(&self.encode(input)?, &Ablations::default())
    }

    /// Reads one input, encoded by this model, with parts of the network or of the input ablated.
    ///
    /// # Errors
    /// When the backend fails; when a head or a position does not exist, every token is masked, or a token is to be
    /// replaced and the tokenizer has no mask.
    pub fn trace_with(&self, encoding: &Encoding, ablations: &Ablations) -> Result<Trace, BertError> {
        let mut traces = self.trace_each(encoding, slice::from_ref(ablations))?;
        traces.pop().ok_or_else(|| self.runtime.failure(message!("bert-no-trace")))
    }

    /// Reads one input, encoded by this model, several times in one forward pass, each time with its own ablations; each
    /// trace equals that of [`Bert::trace_with`]. All traces are in memory at once, and a dozen at a time are as fast:
    /// ask for a long sweep in parts.
    ///
    /// # Errors
    /// As for [`Bert::trace_with`], whichever of the ablations is at fault.
    pub fn trace_each(&self, encoding: &Encoding, ablations: &[Ablations]) -> Result<Vec<Trace>, BertError> {
        let rows = ablations.iter().map(|ablations| self.ablated_row(encoding, ablations));
        self.run(rows.collect::<Result<_, BertError>>()?)
    }

    /// [`Bert::encode`] and [`Bert::trace_with`].
    ///
    /// # Errors
    /// As for both.
    pub fn trace_ablated(&self, input: &Input, ablations: &Ablations) -> Result<Trace, BertError> {
        self.trace_with(&self.encode(input)?, ablations)
    }

    /// [`Bert::encode`] and [`Bert::trace_each`].
    ///
    /// # Errors
    /// As for both.
    pub fn trace_each_ablated(&self, input: &Input, ablations: &[Ablations]) -> Result<Vec<Trace>, BertError> {
        self.trace_each(&self.encode(input)?, ablations)
    }

    /// Reads several inputs in one forward pass, the shorter ones padded and the padding masked; each
    /// trace is cropped to its own tokens and equals the trace of its input alone.
    ///
    /// # Errors
    /// As for [`Bert::trace`].
    pub fn trace_batch(&self, inputs: &[Input]) -> Result<Vec<Trace>, BertError> {
        let none = Ablations::default();
        let rows = inputs.iter().map(|input| Ok(self.row(self.encode(input)?, &none)));
        self.run(rows.collect::<Result<_, BertError>>()?)
    }

    /// What the masked-language head would write at each position of a trace: the `count` likeliest words, the
    /// likeliest first, `[token][rank]`. None when the checkpoint has no such head.
    ///
    /// transformers: softmax of `BertForMaskedLM`'s logits.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn predict(&self, trace: &Trace, count: usize) -> Result<Option<Vec<Vec<Prediction>>>, BertError> {
        self.words_of(trace.last_hidden_state(), count)
    }

    /// Whether a token is the mask, which asks the head what should stand in its place.
    pub fn is_mask(&self, token: &Token) -> bool {
        self.tokenizer.mask_id() == Some(token.id)
    }

    /// A word of the vocabulary, as people write it or as the vocabulary spells it: its id, and that spelling.
    pub fn word(&self, word: &str) -> Option<(u32, String)> {
        let id = self.tokenizer.id(word)?;
        Some((id, self.tokenizer.token(id)))
    }

    /// Refuses what would not fit in memory, before anything is allocated: attention grows with the square of the
    /// length, and a config may ask for any number of heads.
    fn check_size(&self, rows: &[Trace]) -> Result<(), BertError> {
        const MOST: u128 = 1 << 30;
        let (layers, heads, size) = (self.info.layers as u128, self.info.heads as u128, self.info.hidden_size as u128);
        let longest = rows.iter().map(|row| row.tokens.len() as u128).max().unwrap_or(0);
        let one = layers * heads * longest * longest + (layers + 1) * longest * size;
        if one * rows.len() as u128 > MOST {
            return Err(BertError::TooLarge {
                tokens: longest as usize,
                gigabytes: (one * rows.len() as u128 * 4) >> 30,
            });
        }
        Ok(())
    }

    /// As [`Bert::row`], once its ablations are checked.
    fn ablated_row(&self, encoding: &Encoding, ablations: &Ablations) -> Result<Trace, BertError> {
        ablations.check(self.info.layers, self.info.heads, encoding.tokens.len())?;
        let mut encoding = encoding.clone();
        for &position in &ablations.replaced {
            let token = &mut encoding.tokens[position];
            *token = self.tokenizer.replaced(token).ok_or(BertError::NoMaskToken)?;
            self.check_id(token.id)?;
        }
        Ok(self.row(encoding, ablations))
    }

    /// The trace of one row of a forward pass, still without numbers.
    pub(super) fn row(&self, encoding: Encoding, ablations: &Ablations) -> Trace {
        let Encoding { input, tokens, truncation } = encoding;
        Trace {
            input,
            tokens,
            truncation,
            ablations: ablations.clone(),
            layers: self.info.layers,
            heads: self.info.heads,
            hidden_size: self.info.hidden_size,
            attentions: Vec::new(),
            hidden_states: Vec::new(),
            pooler_output: None,
            elapsed: Duration::ZERO,
        }
    }

    fn check_id(&self, id: u32) -> Result<(), BertError> {
        let vocab_size = self.architecture.config.vocab_size;
        if (id as usize) < vocab_size { Ok(()) } else { Err(BertError::TokenOutOfVocabulary { id, vocab_size }) }
    }

    /// One forward pass of all rows together, with attention.
    fn run(&self, rows: Vec<Trace>) -> Result<Vec<Trace>, BertError> {
        self.check_size(&rows)?;
        self.pass(rows, true)
    }

    pub(super) fn pass(&self, mut rows: Vec<Trace>, attentions: bool) -> Result<Vec<Trace>, BertError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let Self { network, runtime, info, .. } = self;
        let pass = Pass { network, runtime, max_length: info.max_length, attentions };
        let start = Instant::now();
        network.encoder.form().pass(|| runtime.compute(|| pass.run(&mut rows)))?;
        let elapsed = start.elapsed();
        Ok(rows.into_iter().map(|row| Trace { elapsed, ..row }).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf};

    use super::*;
    use crate::bert::{Edge, TokenizerFiles, Weights};

    /// Random weights with a pooler, or with a masked-language head.
    const FORMS: [&str; 2] = ["safetensors-f32", "mlm-untied"];

    fn checkpoint(form: &str) -> Checkpoint {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference/forms").join(form);
        let read = |name: &str| fs::read(folder.join(name)).unwrap();
        let tokenizer = TokenizerFiles { json: Some(read("tokenizer.json").into()), ..TokenizerFiles::default() };
        let weights = Weights::Safetensors(vec![folder.join("model.safetensors")]);
        Checkpoint { config: read("config.json").into(), tokenizer, weights, modules: Err(NotDeclared::NoModules) }
    }

    fn assert_close(expected: &[f32], found: &[f32]) {
        assert_eq!(expected.len(), found.len());
        let worst = expected.iter().zip(found).map(|(a, b)| (a - b).abs()).max_by(f32::total_cmp).unwrap_or(0.0);
        assert!(worst < 2e-5, "off by {worst:e}");
    }

    /// As usual, and with ablations of every kind.
    fn traces(bert: &Bert) -> [Trace; 2] {
        let encoding = bert.encode(&Input::joined("The cat sat.", "Where did it sit?")).unwrap();
        let last = bert.info().layers - 1;
        let edges = [(0, 3, 4), (last, 0, 1), (last, 0, 3)].map(|(layer, query, key)| Edge { layer, query, key });
        let ablations =
            Ablations { heads: [(0, 1)].into(), masked: [2].into(), edges: edges.into(), replaced: [1].into() };
        [Ablations::default(), ablations].map(|ablations| bert.trace_with(&encoding, &ablations).unwrap())
    }

    #[test]
    fn both_forms_of_the_layers_agree_on_every_backend_of_the_cpu() {
        for checkpoint in FORMS.map(checkpoint) {
            let usual = Bert::load("tiny", &checkpoint, Backend::Flex).unwrap();
            let expected = traces(&usual);
            let likeliest = |bert: &Bert| {
                let words = bert.predict(&expected[0], 1).unwrap();
                words.map(|words| words.into_iter().flatten().map(|word| word.probability).collect::<Vec<_>>())
            };
            for (backend, form) in [
                (Backend::Flex, LayerForm::Packed),
                (Backend::Flex, LayerForm::Burn),
                (Backend::Ndarray, LayerForm::Packed),
                (Backend::Ndarray, LayerForm::Burn),
            ] {
                let bert = Bert::load_in("tiny", &checkpoint, backend, form).unwrap();
                assert_eq!(bert.network.encoder.form(), form);
                for (expected, found) in expected.iter().zip(traces(&bert)) {
                    assert_eq!(expected.tokens, found.tokens);
                    assert_close(&expected.attentions, &found.attentions);
                    assert_close(&expected.hidden_states, &found.hidden_states);
                    assert_eq!(expected.pooler_output.is_some(), found.pooler_output.is_some());
                    let pooled = |trace: &Trace| trace.pooler_output.clone().unwrap_or_default();
                    assert_close(&pooled(expected), &pooled(&found));
                }
                assert_eq!(likeliest(&usual).is_some(), likeliest(&bert).is_some());
                assert_close(&likeliest(&usual).unwrap_or_default(), &likeliest(&bert).unwrap_or_default());
            }
        }
    }

    #[test]
    fn an_encoding_is_traced_as_its_input_is() {
        let bert = Bert::load("tiny", &checkpoint(FORMS[0]), Backend::Flex).unwrap();
        let input = Input::single("The cat sat.");
        let encoding = bert.encode(&input).unwrap();
        let same = |a: &Trace, b: &Trace| Trace { elapsed: b.elapsed, ..a.clone() } == *b;
        let trace = bert.trace_with(&encoding, &Ablations::default()).unwrap();
        assert_eq!((&trace.input, &trace.tokens), (&input, &encoding.tokens));
        assert!(same(&trace, &bert.trace(&input).unwrap()));
        // What is replaced in one pass is not in the next.
        let replaced = Ablations { replaced: [1].into(), ..Ablations::default() };
        assert!(bert.is_mask(&bert.trace_with(&encoding, &replaced).unwrap().tokens[1]));
        assert_eq!(bert.special_tokens().mask, "[MASK]");
        assert!(same(&trace, &bert.trace_with(&encoding, &Ablations::default()).unwrap()));
    }
}
