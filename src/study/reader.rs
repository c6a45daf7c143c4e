use crate::{
    bert::{
        Ablations, Bert, BertError, Encoding, Input, LIKELIEST_WORDS, ModelInfo, Prediction, States, Trace, Truncation,
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
        each: &mut dyn FnMut(usize, States, Option<Truncation>),
    ) -> Result<(), BertError>;

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
        each: &mut dyn FnMut(usize, States, Option<Truncation>),
    ) -> Result<(), BertError> {
        self.states(inputs, each)
    }

    fn predictions(&self, trace: &Trace) -> Result<Vec<Vec<Prediction>>, BertError> {
        if !trace.tokens.iter().any(|token| self.is_mask(token)) {
            return Ok(Vec::new());
        }
        Ok(self.predict(trace, LIKELIEST_WORDS)?.unwrap_or_default())
    }
}
