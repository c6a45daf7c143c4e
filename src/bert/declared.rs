//! Reading texts as the model was trained to be read, beside reading them as they are.

use std::{ops::Range, sync::Arc};

use super::{
    Ablations, Bert, BertError, Declared, Encoding, Input, Sentence, States, Trace, Truncation, modules::ModuleChain,
    tokenizer::BertTokenizer,
};

/// The modules after the encoder, and what its own tokenizer would do otherwise.
pub(super) struct LoadedChain {
    modules: ModuleChain,
    /// The tokenizer that makes text lower case first; none where the model's own is the one.
    lower_case: Option<BertTokenizer>,
    /// How many tokens of a text are the prompt's, `[CLS]` among them.
    prompt_tokens: usize,
}

impl LoadedChain {
    pub(super) fn new(modules: ModuleChain, declared: &Declared, tokenizer: &BertTokenizer) -> Result<Self, BertError> {
        let lower_case = declared.lower_case.then(|| tokenizer.in_lower_case()).transpose()?;
        Ok(Self { modules, lower_case, prompt_tokens: 0 })
    }
}

/// How much of an input is within the tokens that the model was trained to read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeclaredExtent {
    /// Set when the input, with its prompt, is longer than the declared limit.
    pub truncation: Option<Truncation>,
    /// The bytes of sentence A and of sentence B that are read.
    pub read: [Range<usize>; 2],
}

impl DeclaredExtent {
    /// The bytes of a sentence that are read.
    pub fn of(&self, sentence: Sentence) -> &Range<usize> {
        match sentence {
            Sentence::A => &self.read[0],
            Sentence::B => &self.read[1],
        }
    }

    /// Whether a stretch of a sentence is beyond it.
    pub fn is_beyond(&self, sentence: Sentence, span: &Range<usize>) -> bool {
        let read = self.of(sentence);
        self.truncation.is_some() && (span.start >= read.end || span.end <= read.start)
    }
}

/// One input as the model was trained to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredReading {
    /// `[dimension]`.
    pub vector: Vec<f32>,
    /// How much of the input is read.
    pub extent: DeclaredExtent,
    /// Whether its numbers are those of hidden states, so that a cosine with another pooling of them means something.
    pub is_of_hidden_states: bool,
}

/// Which readings of texts are wanted: as they are, as the model was trained to be read, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedReadings {
    /// As they are, up to the most tokens that the model reads.
    pub plain: bool,
    /// As the model was trained to be read.
    pub declared: bool,
}

/// How long an input is, and where it is cut off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InputLength {
    /// All its tokens, specials included, without a prompt.
    pub tokens: usize,
    /// Set where it was read as it is, and is longer than the model reads.
    pub truncation: Option<Truncation>,
    /// Set where it was read as the model was trained to be read, and is longer than that, prompt included.
    pub declared: Option<Truncation>,
}

impl Bert {
    /// Puts another prompt before each text that is read for `declared`; nothing where it is empty. It has no effect on a
    /// model that declares nothing.
    ///
    /// # Errors
    /// When it cannot be tokenized.
    pub fn set_prompt(&mut self, prompt: &str) -> Result<(), BertError> {
        if let Ok(declared) = &mut self.info.declared {
            Arc::make_mut(declared).prompt = Some(prompt.to_owned()).filter(|prompt| !prompt.is_empty());
        }
        self.measure_prompt()
    }

    /// Cuts what is read for `declared` after another number of tokens, at most as many as the model reads. It has no effect
    /// on a model that declares nothing.
    ///
    /// # Errors
    /// When the prompt cannot be tokenized.
    pub fn set_limit(&mut self, tokens: usize) -> Result<(), BertError> {
        if let Ok(declared) = &mut self.info.declared {
            let limit = &mut Arc::make_mut(declared).limit;
            limit.tokens = tokens.clamp(2, limit.most);
        }
        self.measure_prompt()
    }

    /// Reads several inputs as they are, but for their first tokens alone: `each` gets an input's number and its states.
    ///
    /// # Errors
    /// As for [`Bert::trace`].
    pub fn states_within(
        &self,
        inputs: &[Input],
        limit: usize,
        mut each: impl FnMut(usize, States),
    ) -> Result<(), BertError> {
        let limit = limit.clamp(2, self.info.max_length);
        let encode = |input| self.encode_by(&self.tokenizer, input, limit);
        let row = |encoding| self.row(encoding, &Ablations::default());
        let rows = inputs.iter().map(|input| encode(input).map(row)).collect::<Result<_, _>>()?;
        for (at, trace) in self.pass(rows, false)?.iter().enumerate() {
            each(at, States::from(trace));
        }
        Ok(())
    }

    /// Counts the prompt's tokens as sentence-transformers does: those of the prompt alone, but for a special one at its
    /// end.
    pub(super) fn measure_prompt(&mut self) -> Result<(), BertError> {
        let (Ok(declared), Some(chain)) = (&self.info.declared, &self.chain) else { return Ok(()) };
        let tokens = match &declared.prompt {
            None => 0,
            Some(prompt) => {
                let tokens = self.encode_for(declared, chain, &Input::single(prompt))?.tokens;
                tokens.len() - usize::from(tokens.last().is_some_and(|token| token.special))
            }
        };
        if let Some(chain) = &mut self.chain {
            chain.prompt_tokens = tokens;
        }
        Ok(())
    }

    /// As tokens, the way it is declared, but without a prompt.
    fn encode_for(&self, declared: &Declared, chain: &LoadedChain, input: &Input) -> Result<Encoding, BertError> {
        let tokenizer = chain.lower_case.as_ref().unwrap_or(&self.tokenizer);
        self.encode_by(tokenizer, input, declared.limit.tokens)
    }

    /// An input as the model was trained to be read, prompt included; none where it declares nothing.
    fn encode_declared(&self, input: &Input) -> Result<Option<Encoding>, BertError> {
        let (Ok(declared), Some(chain)) = (&self.info.declared, &self.chain) else { return Ok(None) };
        let prompt = declared.prompt.as_deref().unwrap_or_default();
        let input = Input { text: format!("{prompt}{}", input.text), pair: input.pair.clone() };
        self.encode_for(declared, chain, &input).map(Some)
    }

    /// What the modules make of the states of an encoding for `declared`.
    fn declared_vector(&self, trace: &Trace) -> Option<Vec<f32>> {
        let chain = self.chain.as_ref()?;
        Some(chain.modules.of(trace.last_hidden_state(), trace.hidden_size, chain.prompt_tokens))
    }

    /// Reads what was read already as the model was trained to be read: from the same states, where the tokens are the
    /// same, else anew. None where the model declares nothing, or where tokens are ablated that it does not read.
    ///
    /// # Errors
    /// As for [`Bert::trace`].
    pub fn read_declared(&self, trace: &Trace) -> Result<Option<DeclaredReading>, BertError> {
        let Some(encoding) = self.encode_declared(&trace.input)? else { return Ok(None) };
        let extent = self.extent_of(&encoding);
        let is_of_hidden_states = self.info.declared.as_ref().is_ok_and(|declared| declared.is_of_hidden_states());
        let reading = |vector| DeclaredReading { vector, extent, is_of_hidden_states };
        let Ablations { heads, masked, edges, replaced } = &trace.ablations;
        if same(&encoding, trace, replaced.iter().copied()) {
            return Ok(self.declared_vector(trace).map(reading));
        }
        if !(masked.is_empty() && edges.is_empty() && replaced.is_empty()) {
            return Ok(None);
        }
        let ablations = Ablations { heads: heads.clone(), ..Ablations::default() };
        let read = self.pass(vec![self.row(encoding, &ablations)], false)?;
        Ok(read.first().and_then(|trace| self.declared_vector(trace)).map(reading))
    }

    /// How much of an input is within the tokens that the model was trained to read; of two sentences as
    /// `SentenceTransformer.encode` reads a tuple, joined. None where the model declares nothing.
    ///
    /// # Errors
    /// As for [`Bert::encode`].
    pub fn declared_extent(&self, input: &Input) -> Result<Option<DeclaredExtent>, BertError> {
        Ok(self.encode_declared(input)?.map(|encoding| self.extent_of(&encoding)))
    }

    fn extent_of(&self, encoding: &Encoding) -> DeclaredExtent {
        let prompt = self.info.declared.as_ref().ok().and_then(|declared| declared.prompt.as_deref());
        let read = [(Sentence::A, prompt.map_or(0, str::len)), (Sentence::B, 0)]
            .map(|(sentence, prompt)| read_of(encoding, sentence, prompt));
        DeclaredExtent { truncation: encoding.truncation, read }
    }

    /// Reads several inputs for their hidden states alone, in one forward pass, or in two where some are read otherwise
    /// than they are declared: no attention is kept. `each` gets an input's number, its states, with `declared` where it was
    /// asked for, and how long the input is. Where only `declared` is asked for, the other states are those it is made of.
    ///
    /// # Errors
    /// As for [`Bert::trace`].
    pub fn states(
        &self,
        inputs: &[Input],
        wanted: WantedReadings,
        mut each: impl FnMut(usize, States, InputLength),
    ) -> Result<(), BertError> {
        let none = Ablations::default();
        let pass = |encodings: Vec<Encoding>| {
            self.pass(encodings.into_iter().map(|encoding| self.row(encoding, &none)).collect(), false)
        };
        let declared: Vec<Option<Encoding>> = match wanted.declared {
            true => inputs.iter().map(|input| self.encode_declared(input)).collect::<Result<_, _>>()?,
            false => vec![None; inputs.len()],
        };
        let cuts: Vec<_> =
            declared.iter().map(|encoding| encoding.as_ref().and_then(|known| known.truncation)).collect();
        // A model that declares nothing is read as it is.
        if !wanted.plain && declared.iter().all(Option::is_some) {
            let read = pass(declared.into_iter().flatten().collect())?;
            for (at, trace) in read.iter().enumerate() {
                let vector = self.declared_vector(trace);
                let prompt = self.chain.as_ref().map_or(0, |chain| chain.prompt_tokens.saturating_sub(1));
                let tokens = trace.truncation.map_or(trace.tokens.len(), |cut| cut.from).saturating_sub(prompt);
                let length = InputLength { tokens, truncation: None, declared: trace.truncation };
                each(at, States { declared: vector.as_deref(), ..States::from(trace) }, length);
            }
            return Ok(());
        }
        let plain = pass(inputs.iter().map(|input| self.encode(input)).collect::<Result<_, _>>()?)?;
        let differs = |(trace, encoding): (&Trace, Option<Encoding>)| {
            encoding.filter(|encoding| !same(encoding, trace, std::iter::empty()))
        };
        let asked: Vec<bool> = declared.iter().map(Option::is_some).collect();
        let others: Vec<Option<Encoding>> = plain.iter().zip(declared).map(differs).collect();
        let is_other: Vec<bool> = others.iter().map(Option::is_some).collect();
        let mut others = pass(others.into_iter().flatten().collect())?.into_iter();
        for (at, trace) in plain.iter().enumerate() {
            let other = is_other[at].then(|| others.next()).flatten();
            let vector = asked[at].then(|| self.declared_vector(other.as_ref().unwrap_or(trace))).flatten();
            let length = InputLength {
                tokens: trace.truncation.map_or(trace.tokens.len(), |cut| cut.from),
                truncation: trace.truncation,
                declared: cuts[at],
            };
            each(at, States { declared: vector.as_deref(), ..States::from(trace) }, length);
        }
        Ok(())
    }
}

/// The bytes of a sentence, without the bytes of a prompt before it, that an encoding has tokens of.
fn read_of(encoding: &Encoding, sentence: Sentence, prompt: usize) -> Range<usize> {
    let text = &encoding.input.sentence(sentence)[prompt..];
    if encoding.truncation.is_none() {
        return 0..text.len();
    }
    let own = encoding.tokens.iter().filter(|token| token.sentence == sentence);
    let spans = own.filter_map(|token| token.span.clone()).filter(|span| span.end > prompt);
    let (start, end) = spans.fold((text.len(), 0), |(start, end), span| {
        (start.min(span.start.saturating_sub(prompt)), end.max(span.end - prompt))
    });
    let is_blank = |part: Option<&str>| part.is_none_or(|part| part.trim().is_empty());
    let start = if is_blank(text.get(..start)) { 0 } else { start };
    let end = if is_blank(text.get(end..)) { text.len() } else { end };
    start.min(end)..end
}

/// Whether an encoding has the tokens of a trace, but for those that were replaced there.
fn same(encoding: &Encoding, trace: &Trace, replaced: impl Iterator<Item = usize>) -> bool {
    let replaced: Vec<usize> = replaced.collect();
    let mut pairs = encoding.tokens.iter().zip(&trace.tokens).enumerate();
    let equal = |(at, (a, b)): (usize, (&super::Token, &super::Token))| {
        replaced.contains(&at) || (a.id, a.type_id) == (b.id, b.type_id)
    };
    encoding.tokens.len() == trace.tokens.len() && pairs.all(equal)
}
