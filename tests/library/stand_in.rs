//! A model that understands nothing: its numbers are formulas of whole numbers and one division, the same on
//! every CPU, so that no frame hangs on rounding.

mod measures;
mod output;

use std::time::Duration;

use clscope::{
    analysis::{Decomposition, Groundwork, LogitTarget, MeasuredTrace},
    bert::{
        Ablations, Backend, BertError, Declared, DeclaredExtent, DeclaredReading, Encoding, ExplainedLogit, HeadLogits,
        HeadName, Input, InputLength, LensWord, ModelInfo, ModuleSummary, NotDeclared, PoolerTraining, PoolingMode,
        Prediction, Sentence, States, Token, TokenLimit, Trace, Truncation, WantedReadings,
    },
    study::{Reader, StepsDone},
};

use measures::{dots, layer_mixing, lengths, parts};

/// Letters a piece of a word holds at most.
const PIECE: usize = 5;

#[derive(Clone, Copy)]
pub struct StandIn {
    pub layers: usize,
    pub heads: usize,
    pub hidden_size: usize,
    /// Longest input in tokens, specials included.
    pub longest: usize,
    pub has_pooler: bool,
    /// Trained to be read as the normalised mean of so many tokens.
    pub declares: Option<usize>,
    /// The head on top of it.
    pub output: Option<HeadName>,
    /// What its tokenizer calls the first token.
    pub first: &'static str,
}

impl StandIn {
    pub const USUAL: Self = Self {
        layers: 6,
        heads: 4,
        hidden_size: 96,
        longest: 30,
        has_pooler: true,
        declares: None,
        output: None,
        first: "[CLS]",
    };

    pub fn info(self) -> ModelInfo {
        ModelInfo {
            output_heads: self.output.map(output::head).into_iter().collect(),
            mask: "[MASK]".to_owned(),
            remarks: Vec::new(),
            name: "stand-in".to_owned(),
            layers: self.layers,
            heads: self.heads,
            hidden_size: self.hidden_size,
            max_length: self.longest,
            has_pooler: self.has_pooler,
            pooler_training: PoolerTraining::Unknown,
            declared: self.declares.map(|limit| self.declaration(limit).into()).ok_or(NotDeclared::NoModules.into()),
            backend: Backend::Flex,
            not_finite: Vec::new(),
        }
    }

    fn declaration(self, limit: usize) -> Declared {
        let pooling = ModuleSummary::Pooling { modes: vec![PoolingMode::Mean], include_prompt: true };
        Declared {
            limit: TokenLimit { tokens: limit, declared: limit, most: self.longest },
            lower_case: false,
            prompts: Vec::new(),
            default_prompt: None,
            prompt: None,
            modules: vec![pooling, ModuleSummary::Normalize { of_tokens: false }],
            truncated_to: None,
            dimension: self.hidden_size,
            similarity: None,
        }
    }

    /// The mean of the tokens that are within the limit, as they are in the whole text.
    fn declare(self, trace: &Trace) -> Option<DeclaredReading> {
        let limit = self.declares?;
        let within = &trace.tokens[..limit.saturating_sub(1).min(trace.tokens.len())];
        let last = &trace.hidden_states[self.layers * trace.tokens.len() * self.hidden_size..];
        let mean = |at: usize| (0..within.len()).map(|token| last[token * self.hidden_size + at]).sum::<f32>();
        let sum: Vec<f32> = (0..self.hidden_size).map(mean).collect();
        let norm = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        Some(DeclaredReading {
            vector: sum.into_iter().map(|x| x / norm).collect(),
            extent: self.declared_extent(&trace.input).ok()??,
            is_of_hidden_states: true,
        })
    }

    /// The longest input in tokens, the longer sentence giving way.
    fn tokens(self, input: &Input) -> Encoding {
        let mut sentences = [pieces(&input.text, 0), pieces(input.pair.as_deref().unwrap_or_default(), 1)];
        let added = if input.pair.is_some() { 3 } else { 2 };
        let whole = sentences.iter().map(Vec::len).sum::<usize>() + added;
        let truncation = (whole > self.longest).then_some(Truncation { from: whole, to: self.longest });
        for _ in self.longest..whole {
            sentences.iter_mut().max_by_key(|pieces| pieces.len()).expect("two sentences").pop();
        }
        let [a, b] = sentences;
        let mut tokens = vec![special(self.first, 0)];
        tokens.extend(a);
        tokens.push(special("[SEP]", 0));
        if input.pair.is_some() {
            tokens.extend(b);
            tokens.push(special("[SEP]", 1));
        }
        Encoding { input: input.clone(), tokens, truncation }
    }

    fn read(self, encoding: &Encoding, ablations: &Ablations) -> Trace {
        let mut tokens = encoding.tokens.clone();
        for &position in &ablations.replaced {
            let token = &mut tokens[position];
            (token.text, token.mark, token.id, token.special) = ("[MASK]".to_owned(), 0, 3, true);
        }
        let count = tokens.len();
        let is_all_finite = tokens.iter().all(|token| token.text != NOT_FINITE.1);
        let mut attentions = Vec::new();
        for (layer, head) in (0..self.layers).flat_map(|layer| (0..self.heads).map(move |head| (layer, head))) {
            let moved = marks(ablations, layer).iter().sum();
            let is_finite = layer < NOT_FINITE.0 || is_all_finite;
            (0..count).for_each(|query| {
                let row = attention(layer, head, query, count, moved, ablations);
                attentions.extend(row.into_iter().map(|weight| if is_finite { weight } else { f32::NAN }));
            });
        }
        let mut hidden_states = Vec::new();
        for layer in 0..=self.layers {
            let marks = marks(ablations, layer);
            let is_finite = layer < NOT_FINITE.0 || is_all_finite;
            for (place, token) in tokens.iter().enumerate() {
                let seed = token.id as usize + if place == 0 { count } else { place };
                let number = |dimension| if is_finite { hidden(layer, seed, dimension, &marks) } else { f32::NAN };
                hidden_states.extend((0..self.hidden_size).map(number));
            }
        }
        let cls = &hidden_states[self.layers * count * self.hidden_size..][..self.hidden_size];
        let pooler_output = self.has_pooler.then(|| cls.iter().rev().map(|x| x / (1.0 + x.abs())).collect());
        Trace {
            input: encoding.input.clone(),
            tokens,
            truncation: encoding.truncation,
            ablations: ablations.clone(),
            layers: self.layers,
            heads: self.heads,
            hidden_size: self.hidden_size,
            attentions,
            hidden_states,
            pooler_output,
            elapsed: Duration::from_micros(4_100),
        }
    }
}

impl StandIn {
    /// A sentence with something ablated.
    pub fn read_ablated(self, text: &str, ablations: &Ablations) -> Trace {
        self.read(&self.tokens(&Input::single(text)), ablations)
    }

    /// A sentence as it is.
    pub fn read_alone(self, text: &str) -> Trace {
        self.read_ablated(text, &Ablations::default())
    }
}

impl Reader for StandIn {
    fn info(&self) -> ModelInfo {
        (*self).info()
    }

    fn encode(&self, input: &Input) -> Result<Encoding, BertError> {
        Ok(self.tokens(input))
    }

    fn traces(&self, encoding: &Encoding, ablations: &[Ablations]) -> Result<Vec<Trace>, BertError> {
        let trace = |ablations: &Ablations| match ablations.masked.len() < encoding.tokens.len() {
            true => Ok(self.read(encoding, ablations)),
            false => Err(BertError::EveryTokenMasked),
        };
        ablations.iter().map(trace).collect()
    }

    fn states(
        &self,
        inputs: &[Input],
        _: WantedReadings,
        each: &mut dyn FnMut(usize, States, InputLength),
    ) -> Result<(), BertError> {
        for (at, input) in inputs.iter().enumerate() {
            let trace = self.read(&self.tokens(input), &Ablations::default());
            let tokens = trace.truncation.map_or(trace.tokens.len(), |cut| cut.from);
            let declared = self.declare(&trace);
            let vector = declared.as_ref().map(|declared| declared.vector.as_slice());
            let cut = declared.as_ref().and_then(|declared| declared.extent.truncation);
            let length = InputLength { tokens, truncation: trace.truncation, declared: cut };
            each(at, States { declared: vector, ..States::from(&trace) }, length);
        }
        Ok(())
    }

    fn declared(&self, trace: &Trace) -> Result<Option<DeclaredReading>, BertError> {
        Ok(self.declare(trace))
    }

    fn declared_extent(&self, input: &Input) -> Result<Option<DeclaredExtent>, BertError> {
        let Some(limit) = self.declares else { return Ok(None) };
        let Encoding { tokens, truncation, .. } = Self { longest: limit, ..*self }.tokens(input);
        let read = [Sentence::A, Sentence::B].map(|sentence| {
            let own = tokens.iter().filter(|token| token.sentence == sentence);
            let end = own.filter_map(|token| Some(token.span.as_ref()?.end)).max().unwrap_or_default();
            0..if truncation.is_some() { end } else { input.sentence(sentence).len() }
        });
        Ok(Some(DeclaredExtent { truncation, read }))
    }

    fn predictions(&self, _: &Trace) -> Result<Vec<Vec<Prediction>>, BertError> {
        Ok(Vec::new())
    }

    fn head_logits(&self, states: &States) -> Result<Vec<HeadLogits>, BertError> {
        Ok(self.output.and_then(|name| output::logits(name, states)).into_iter().collect())
    }

    fn head_logits_at(&self, trace: &Trace, layer: usize) -> Result<Vec<HeadLogits>, BertError> {
        let hidden_states = &trace.hidden_states[..(layer + 1) * trace.tokens.len() * trace.hidden_size];
        self.head_logits(&States { layers: layer, hidden_states, ..States::from(trace) })
    }

    fn words_of(&self, vectors: &[f32], count: usize) -> Result<Vec<Vec<Prediction>>, BertError> {
        Ok(vectors.chunks_exact(self.hidden_size).map(|vector| output::words(vector, count)).collect())
    }

    fn word_logits(&self, vector: &[f32]) -> Result<Option<Vec<f32>>, BertError> {
        Ok((self.output == Some(HeadName::MaskedLanguage)).then(|| vector.to_vec()))
    }

    fn word_lens(
        &self,
        trace: &Trace,
        layer: usize,
        asked: &[(usize, u32)],
    ) -> Result<Option<Vec<LensWord>>, BertError> {
        Ok(Some(asked.iter().map(|(token, _)| output::lens(trace.hidden_state(layer, *token))).collect()))
    }

    fn explain_logit(&self, trace: &Trace, target: &LogitTarget) -> Result<Option<ExplainedLogit>, BertError> {
        Ok(output::explained(trace, target, &self.head_logits(&States::from(trace))?))
    }

    fn work_out(&self, trace: &MeasuredTrace, groundwork: Groundwork, done: &mut StepsDone) -> Result<(), BertError> {
        if (0..trace.layers).any(|layer| done(layer + 1, trace.layers).is_break()) {
            return Ok(());
        }
        match groundwork {
            Groundwork::Trace => {}
            Groundwork::Layers => trace.put_layer_mixing(layer_mixing(trace)),
            Groundwork::Sources => trace.put_decomposition(Decomposition {
                norms: lengths(trace, 1, 3),
                dots: dots(trace),
                parts: parts(trace),
                ..Decomposition::default()
            }),
            Groundwork::Zeroing => trace.put_zeroing(lengths(trace, 0, 4)),
        }
        Ok(())
    }
}

/// A number for each thing that is cut before a layer, by which the layer's numbers are moved.
fn marks(ablations: &Ablations, layer: usize) -> Vec<usize> {
    let heads =
        ablations.heads.iter().filter(|(before, _)| *before < layer).map(|(layer, head)| 1 + layer * 7 + head * 3);
    let masked = ablations.masked.iter().filter(|_| layer > 0).map(|position| 2 + position * 5);
    let edges = ablations.edges.iter().filter(|edge| edge.layer < layer).map(|edge| 3 + edge.layer * 11 + edge.key);
    heads.chain(masked).chain(edges).collect()
}

/// `[key]`: a little on every key that is not masked, and the more the deeper the layer on the one that the head cares
/// for.
fn attention(layer: usize, head: usize, query: usize, count: usize, moved: usize, ablations: &Ablations) -> Vec<f32> {
    let weight = |key: usize| {
        if ablations.masked.contains(&key) {
            return 0;
        }
        let favourite = match head % 4 {
            0 => key + 1 == count,
            1 => key == query,
            2 => key + 1 == query,
            _ => key == 0,
        };
        1 + (7 * layer + 5 * head + 3 * query + 11 * key + moved) % 13 + if favourite { 12 * layer * layer } else { 0 }
    };
    let sum: usize = (0..count).map(weight).sum();
    (0..count).map(|key| weight(key) as f32 / sum as f32).collect()
}

/// Each token its own direction; the deeper the layer, the more of one that all tokens share; and for each thing that is
/// cut some of another one, which the tokens share or not.
fn hidden(layer: usize, seed: usize, dimension: usize, marks: &[usize]) -> f32 {
    let own = (seed * 17 + dimension * 7 + seed * dimension * 3 + layer * 31) % 41;
    let shared = dimension * 5 % 11;
    let other = |mark: usize| (dimension * (mark % 16 + 1) + seed * (mark % 3)) % 17;
    let moved: f32 = marks.iter().map(|&mark| (other(mark) as f32 - 8.0) * (1 + mark % 5) as f32 / 64.0).sum();
    (own as f32 - 20.0) / 16.0 + layer as f32 * (shared as f32 - 5.0) / 16.0 + moved
}

fn special(text: &str, type_id: u32) -> Token {
    Token {
        text: text.to_owned(),
        mark: 0,
        of_bytes: false,
        id: 1,
        type_id,
        special: true,
        unknown: false,
        span: None,
        word: None,
        sentence: sentence_of(type_id),
    }
}

/// Whether it is a rune, of which the model knows none.
const UNKNOWN: fn(char) -> bool = |c| ('\u{16a0}'..='\u{16f0}').contains(&c);

/// From this layer on all numbers are NaN of a text with this character.
const NOT_FINITE: (usize, &str) = (2, "∞");

/// Words in pieces of [`PIECE`] letters; every other character but blanks is a token of its own.
fn pieces(sentence: &str, type_id: u32) -> Vec<Token> {
    let letter = |c: char| c.is_alphanumeric() && c < '\u{2e80}';
    let (mut tokens, mut word, mut length) = (Vec::<Token>::new(), 0, 0);
    for (start, character) in sentence.char_indices() {
        let end = start + character.len_utf8();
        match tokens.last_mut() {
            Some(last) if letter(character) && 0 < length && length % PIECE > 0 => {
                last.text.extend(character.to_lowercase());
                last.span.as_mut().expect("pieces have spans").end = end;
            }
            _ if character.is_whitespace() || character.is_control() => {}
            _ => {
                word += u32::from(length == 0 || !letter(character));
                let mark = if length > 0 && letter(character) { "##" } else { "" };
                let text = format!("{mark}{}", character.to_lowercase());
                let span = Some(start..end);
                tokens.push(Token {
                    text,
                    mark: mark.len(),
                    of_bytes: false,
                    id: 0,
                    type_id,
                    special: false,
                    unknown: false,
                    span,
                    word: Some(word),
                    sentence: sentence_of(type_id),
                });
            }
        }
        length = if letter(character) { length + 1 } else { 0 };
    }
    for token in &mut tokens {
        if token.text.starts_with(UNKNOWN) {
            (token.text, token.mark, token.special, token.unknown) = ("[UNK]".to_owned(), 0, true, true);
        }
        token.id = token.text.chars().map(u32::from).sum::<u32>() % 1000 + 2;
    }
    tokens
}

fn sentence_of(type_id: u32) -> Sentence {
    if type_id == 0 { Sentence::A } else { Sentence::B }
}
