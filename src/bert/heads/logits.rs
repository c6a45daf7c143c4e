use crate::bert::{Bert, BertError, HeadName, LensWord, Prediction, States, Trace, head::Head, prediction::likeliest};

/// What a head says of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadLogits {
    /// Which head.
    pub head: HeadName,
    /// Numbers a row: labels; 2 for next sentence, and for question answering (start, end); 1 for replaced tokens.
    pub width: usize,
    /// `[row, width]`: a row for a head that reads every token for each of them, else one.
    pub values: Vec<f32>,
}

impl HeadLogits {
    /// A row for each token, or the only one.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.width.max(1))
    }

    /// The logits of all labels in a row; see [`HeadName::output_of`].
    pub fn of_labels(&self, row: usize) -> Option<Vec<f32>> {
        let row = self.rows().nth(row)?;
        let labels = row.len() + usize::from(self.head == HeadName::ReplacedTokens);
        let logit = |(output, times): (usize, f32)| row[output] * times;
        Some((0..labels).map(|label| logit(self.head.output_of(label))).collect())
    }

    /// One number of each row: `start_logits` are column 0 of question answering.
    pub fn column(&self, column: usize) -> Vec<f32> {
        self.rows().map(|row| row[column]).collect()
    }
}

impl Bert {
    /// What each head of the checkpoint says of an input, apart from the pooler and the masked-language head.
    ///
    /// transformers: `logits` of `BertForSequenceClassification` and so on; `seq_relationship_logits` of `BertForPreTraining`.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn head_logits(&self, states: &States) -> Result<Vec<HeadLogits>, BertError> {
        let heads = self.info.output_heads.iter().filter(|head| head.name != HeadName::MaskedLanguage);
        let heads = heads.filter_map(|output| Some((output, self.network.head(output.name)?)));
        heads
            .map(|(output, head)| {
                let values = self.runtime.compute(|| self.logits(head, states))?;
                let rows = head.reads.of(states).len() / states.hidden_size;
                Ok(HeadLogits { head: output.name, width: values.len() / rows.max(1), values })
            })
            .collect()
    }

    /// What each head says, as in [`Bert::head_logits`], if a layer of a trace, 0 being the embeddings, is read as if it were the
    /// last, the pooler with it. Heads are trained on the last layer alone, so of others this is raw (nostalgebraist 2020, "the
    /// logit lens").
    ///
    /// # Errors
    /// When the backend fails.
    pub fn head_logits_at(&self, trace: &Trace, layer: usize) -> Result<Vec<HeadLogits>, BertError> {
        let (size, end) = (trace.hidden_size, (layer + 1) * trace.tokens.len() * trace.hidden_size);
        let Some(hidden_states) = trace.hidden_states.get(..end) else { return Ok(Vec::new()) };
        let states = States { layers: layer, hidden_states, pooler_output: None, ..States::from(trace) };
        let pooled = match self.network.head(HeadName::Pooler) {
            Some(pooler) => Some(self.runtime.compute(|| {
                let first = pooler.reads.of(&states).to_vec();
                self.runtime.read(pooler.forward(self.runtime.tensor(first, [1, size])))
            })?),
            None => None,
        };
        self.head_logits(&States { pooler_output: pooled.as_deref(), ..states })
    }

    /// The scores of the masked-language head for every word, `[token, vocab]`; none where there is no such head.
    ///
    /// transformers: `logits` of `BertForMaskedLM`, `prediction_logits` of `BertForPreTraining`.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn vocabulary_logits(&self, states: &States) -> Result<Option<HeadLogits>, BertError> {
        let Some(head) = self.network.head(HeadName::MaskedLanguage) else { return Ok(None) };
        let values = self.runtime.compute(|| self.logits(head, states))?;
        Ok(Some(HeadLogits { head: head.name, width: self.architecture.config.vocab_size, values }))
    }

    /// The likeliest words of the masked-language head in some vectors of the last layer, `[row, hidden]`, the likeliest
    /// first, `[row][rank]`; none where there is no such head.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn words_of(&self, vectors: &[f32], count: usize) -> Result<Option<Vec<Vec<Prediction>>>, BertError> {
        let Some(head) = self.network.head(HeadName::MaskedLanguage) else { return Ok(None) };
        let size = self.info.hidden_size;
        let probabilities = self.runtime.compute(|| {
            let scores = head.forward(self.runtime.tensor(vectors.to_vec(), [vectors.len() / size, size]));
            self.runtime.read(burn::tensor::activation::softmax(scores, 1))
        })?;
        let rows = probabilities.chunks_exact(self.architecture.config.vocab_size);
        Ok(Some(rows.map(|row| likeliest(row, count, &self.tokenizer)).collect()))
    }

    /// The scores of the masked-language head for every word in one vector of the last layer, `[vocab]`; none where there is no
    /// such head.
    ///
    /// # Errors
    /// When the backend fails.
    pub fn word_logits(&self, vector: &[f32]) -> Result<Option<Vec<f32>>, BertError> {
        let Some(head) = self.network.head(HeadName::MaskedLanguage) else { return Ok(None) };
        let row = || self.runtime.tensor(vector.to_vec(), [1, vector.len()]);
        self.runtime.compute(|| self.runtime.read(head.forward(row()))).map(Some)
    }

    /// What the masked-language head says of some tokens, if a layer of a trace, 0 being the embeddings, is read as if it were the
    /// last; `asked` has the number of each and the id of the word that is asked about. None where there is no such head, layer, or
    /// token. Raw, as for [`Bert::head_logits_at`].
    ///
    /// # Errors
    /// When the backend fails.
    pub fn word_lens(
        &self,
        trace: &Trace,
        layer: usize,
        asked: &[(usize, u32)],
    ) -> Result<Option<Vec<LensWord>>, BertError> {
        /// So many rows of the vocabulary's size are in memory at once.
        const ROWS: usize = 64;
        let Some(head) = self.network.head(HeadName::MaskedLanguage) else { return Ok(None) };
        if layer > trace.layers || asked.iter().any(|(token, _)| *token >= trace.tokens.len()) {
            return Ok(None);
        }
        let (size, vocabulary) = (trace.hidden_size, self.architecture.config.vocab_size);
        let mut words = Vec::with_capacity(asked.len());
        for asked in asked.chunks(ROWS) {
            let vectors = asked.iter().flat_map(|(token, _)| trace.hidden_state(layer, *token)).copied().collect();
            let probabilities = self.runtime.compute(|| {
                let scores = head.forward(self.runtime.tensor(vectors, [asked.len(), size]));
                self.runtime.read(burn::tensor::activation::softmax(scores, 1))
            })?;
            let rows = probabilities.chunks_exact(vocabulary).zip(asked);
            words.extend(rows.filter_map(|(row, (_, id))| LensWord::new(row, *id, &self.tokenizer)));
        }
        Ok(Some(words))
    }

    /// Tokens, as the vocabulary spells them, as a text: transformers' `convert_tokens_to_string`.
    pub fn decode(&self, tokens: Vec<String>) -> String {
        self.tokenizer.decode(tokens)
    }

    fn logits(&self, head: &Head, states: &States) -> Result<Vec<f32>, BertError> {
        let read = head.reads.of(states);
        let size = states.hidden_size;
        self.runtime.read(head.forward(self.runtime.tensor(read.to_vec(), [read.len() / size, size])))
    }
}
