use crate::{
    bert::{
        Ablations, Bert, BertError, DeclaredReading, Encoding, Input, InputLength, LIKELIEST_WORDS, ModelInfo,
        Prediction, States, Trace, WantedReadings,
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

    /// Reads one input, of which these are the tokens, several times in one forward pass, each time with its own cuts.
    ///
    /// # Errors
    /// As for [`Bert::trace_each`].
    fn traces(&self, encoding: &Encoding, cuts: &[Ablations]) -> Result<Vec<Trace>, BertError>;

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

    /// What the masked-language head would write at each position of a trace with a `[MASK]` in it, `[token][rank]`;
    /// empty where there is no such head, or no `[MASK]`.
    ///
    /// # Errors
    /// When the backend fails.
    fn predictions(&self, trace: &Trace) -> Result<Vec<Vec<Prediction>>, BertError>;

    /// Reads one input, of which these are the tokens, once.
    ///
    /// # Errors
    /// As for [`Reader::traces`].
    fn trace(&self, encoding: &Encoding, cuts: &Ablations) -> Result<Trace, BertError> {
        let mut traces = self.traces(encoding, std::slice::from_ref(cuts))?;
        traces
            .pop()
            .ok_or_else(|| BertError::Backend { backend: self.info().backend, reason: message!("bert-no-trace") })
    }
}

impl Reader for Bert {
    fn info(&self) -> ModelInfo {
        self.info().clone()
    }

    fn encode(&self, input: &Input) -> Result<Encoding, BertError> {
        self.encode(input)
    }

    fn traces(&self, encoding: &Encoding, cuts: &[Ablations]) -> Result<Vec<Trace>, BertError> {
        self.trace_each(encoding, cuts)
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

    fn predictions(&self, trace: &Trace) -> Result<Vec<Vec<Prediction>>, BertError> {
        if !trace.tokens.iter().any(|token| self.is_mask(token)) {
            return Ok(Vec::new());
        }
        Ok(self.predict(trace, LIKELIEST_WORDS)?.unwrap_or_default())
    }
}
