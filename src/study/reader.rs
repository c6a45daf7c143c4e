use std::ops::ControlFlow;

use crate::{
    analysis::{Decomposition, Groundwork, LayerMixing, LogitTarget, MeasuredTrace, value_zeroing},
    bert::{
        Ablations, Bert, BertError, DeclaredExtent, DeclaredReading, Encoding, ExplainedLogit, HeadLogits, Input,
        InputLength, LIKELIEST_WORDS, LensWord, ModelInfo, Prediction, States, Token, Trace, WantedReadings,
    },
    messages::message,
};

/// What a model can do with texts: all that is asked of one here.
pub trait Reader {
    /// Name, sizes and backend.
    fn info(&self) -> ModelInfo;

    /// Splits an input into tokens.
    ///
    /// # Errors
    /// As for [`Bert::encode`].
    fn encode(&self, input: &Input) -> Result<Encoding, BertError>;

    /// Reads one input, of which these are the tokens, several times in one forward pass, each time with its own ablations.
    ///
    /// # Errors
    /// As for [`Bert::trace_each`].
    fn traces(&self, encoding: &Encoding, ablations: &[Ablations]) -> Result<Vec<Trace>, BertError>;

    /// Reads several inputs in one forward pass for their hidden states alone: `each` gets an input's number, its
    /// states, and how it was truncated, if it was.
    ///
    /// # Errors
    /// As for [`Bert::states`].
    fn states(
        &self,
        inputs: &[Input],
        wanted: WantedReadings,
        each: &mut dyn FnMut(usize, States, InputLength),
    ) -> Result<(), BertError>;

    /// Reads what was read already as the model was trained to be read.
    ///
    /// # Errors
    /// As for [`Bert::read_declared`].
    fn declared(&self, trace: &Trace) -> Result<Option<DeclaredReading>, BertError>;

    /// How much of an input is within the tokens that the model was trained to read.
    ///
    /// # Errors
    /// As for [`Bert::declared_extent`].
    fn declared_extent(&self, input: &Input) -> Result<Option<DeclaredExtent>, BertError>;

    /// What the masked-language head would write at each position of a trace with a `[MASK]` in it, `[token][rank]`;
    /// empty where there is no such head, or no `[MASK]`.
    ///
    /// # Errors
    /// When the backend fails.
    fn predictions(&self, trace: &Trace) -> Result<Vec<Vec<Prediction>>, BertError>;

    /// What each head of the model says of an input, apart from the pooler and the masked-language head; nothing where there
    /// is none.
    ///
    /// # Errors
    /// When the backend fails.
    fn head_logits(&self, _states: &States) -> Result<Vec<HeadLogits>, BertError> {
        Ok(Vec::new())
    }

    /// The same, if a layer of a trace, 0 being the embeddings, is read as if it were the last.
    ///
    /// # Errors
    /// When the backend fails.
    fn head_logits_at(&self, _trace: &Trace, _layer: usize) -> Result<Vec<HeadLogits>, BertError> {
        Ok(Vec::new())
    }

    /// The likeliest words of the masked-language head in some vectors of the last layer, `[row, hidden]`, as `[row][rank]`;
    /// nothing where there is no such head.
    ///
    /// # Errors
    /// When the backend fails.
    fn words_of(&self, _vectors: &[f32], _count: usize) -> Result<Vec<Vec<Prediction>>, BertError> {
        Ok(Vec::new())
    }

    /// The scores of the masked-language head for every word in a vector of the last layer, `[vocab]`; none where there is no such
    /// head.
    ///
    /// # Errors
    /// When the backend fails.
    fn word_logits(&self, _vector: &[f32]) -> Result<Option<Vec<f32>>, BertError> {
        Ok(None)
    }

    /// What the masked-language head says of some tokens, if a layer is read as if it were the last; see [`Bert::word_lens`].
    ///
    /// # Errors
    /// When the backend fails.
    fn word_lens(&self, _: &Trace, _layer: usize, _asked: &[(usize, u32)]) -> Result<Option<Vec<LensWord>>, BertError> {
        Ok(None)
    }

    /// What a logit of an input that this model read is made of; none where that cannot be said.
    ///
    /// # Errors
    /// As for [`Bert::freeze`].
    fn explain_logit(&self, _trace: &Trace, _target: &LogitTarget) -> Result<Option<ExplainedLogit>, BertError> {
        Ok(None)
    }

    /// Whether a token is the mask.
    fn is_mask(&self, token: &Token) -> bool {
        token.text == "[MASK]"
    }

    /// Tokens, as the vocabulary spells them, as a text.
    fn decode(&self, tokens: Vec<String>) -> String {
        tokens.join(" ")
    }

    /// Works out what measures of a trace of this model rest on, and puts it there. `progress` is told how much of how much is
    /// done, and may break off: then nothing is put.
    ///
    /// # Errors
    /// As for [`Bert::freeze`].
    fn work_out(
        &self,
        trace: &MeasuredTrace,
        groundwork: Groundwork,
        progress: &mut StepsDone,
    ) -> Result<(), BertError>;

    /// Reads one input, of which these are the tokens, once.
    ///
    /// # Errors
    /// As for [`Reader::traces`].
    fn trace(&self, encoding: &Encoding, ablations: &Ablations) -> Result<Trace, BertError> {
        let mut traces = self.traces(encoding, std::slice::from_ref(ablations))?;
        traces
            .pop()
            .ok_or_else(|| BertError::Backend { backend: self.info().backend, reason: message!("bert-no-trace") })
    }
}

/// Is told how many of how many steps are done, and may break off.
pub type StepsDone<'p> = dyn FnMut(usize, usize) -> ControlFlow<()> + 'p;

impl Reader for Bert {
    fn info(&self) -> ModelInfo {
        self.info().clone()
    }

    fn encode(&self, input: &Input) -> Result<Encoding, BertError> {
        self.encode(input)
    }

    fn traces(&self, encoding: &Encoding, ablations: &[Ablations]) -> Result<Vec<Trace>, BertError> {
        self.trace_each(encoding, ablations)
    }

    fn states(
        &self,
        inputs: &[Input],
        wanted: WantedReadings,
        each: &mut dyn FnMut(usize, States, InputLength),
    ) -> Result<(), BertError> {
        self.states(inputs, wanted, each)
    }

    fn declared(&self, trace: &Trace) -> Result<Option<DeclaredReading>, BertError> {
        self.read_declared(trace)
    }

    fn declared_extent(&self, input: &Input) -> Result<Option<DeclaredExtent>, BertError> {
        self.declared_extent(input)
    }

    fn predictions(&self, trace: &Trace) -> Result<Vec<Vec<Prediction>>, BertError> {
        if !trace.tokens.iter().any(|token| self.is_mask(token)) {
            return Ok(Vec::new());
        }
        Ok(self.predict(trace, LIKELIEST_WORDS)?.unwrap_or_default())
    }

    fn head_logits(&self, states: &States) -> Result<Vec<HeadLogits>, BertError> {
        self.head_logits(states)
    }

    fn head_logits_at(&self, trace: &Trace, layer: usize) -> Result<Vec<HeadLogits>, BertError> {
        self.head_logits_at(trace, layer)
    }

    fn words_of(&self, vectors: &[f32], count: usize) -> Result<Vec<Vec<Prediction>>, BertError> {
        Ok(self.words_of(vectors, count)?.unwrap_or_default())
    }

    fn word_logits(&self, vector: &[f32]) -> Result<Option<Vec<f32>>, BertError> {
        self.word_logits(vector)
    }

    fn word_lens(
        &self,
        trace: &Trace,
        layer: usize,
        asked: &[(usize, u32)],
    ) -> Result<Option<Vec<LensWord>>, BertError> {
        self.word_lens(trace, layer, asked)
    }

    fn explain_logit(&self, trace: &Trace, target: &LogitTarget) -> Result<Option<ExplainedLogit>, BertError> {
        target.explain(&self.freeze(trace)?)
    }

    fn is_mask(&self, token: &Token) -> bool {
        self.is_mask(token)
    }

    fn decode(&self, tokens: Vec<String>) -> String {
        self.decode(tokens)
    }

    fn work_out(
        &self,
        trace: &MeasuredTrace,
        groundwork: Groundwork,
        progress: &mut StepsDone,
    ) -> Result<(), BertError> {
        if trace.has(groundwork) {
            return Ok(());
        }
        let pass = self.freeze(trace)?;
        match groundwork {
            Groundwork::Trace => {}
            Groundwork::Layers => trace.put_layer_mixing(LayerMixing::new(&pass)?),
            Groundwork::Sources => {
                if let Some(whole) = Decomposition::new(&pass, progress)? {
                    trace.put_decomposition(whole);
                }
            }
            Groundwork::Zeroing => {
                let of = trace.layers;
                if let Some(turned) = value_zeroing(&pass, |done| progress(done, of))? {
                    trace.put_zeroing(turned);
                }
            }
        }
        Ok(())
    }
}
