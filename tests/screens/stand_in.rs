//! A model that understands nothing: its numbers are formulas of whole numbers and one division, the same on
//! every CPU, so that no frame hangs on rounding.

use std::{sync::Arc, time::Duration};

use clscope::{
    analysis::{Effect, Pooling, pool},
    app::{LineVectors, ListReading, Readings, SentenceRead, Sweep},
    bert::{Backend, Input, ModelInfo, Sentence, Token, Trace, Truncation},
};

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
}

impl StandIn {
    pub const USUAL: Self = Self { layers: 6, heads: 4, hidden_size: 96, longest: 30, has_pooler: true };

    pub fn info(self) -> ModelInfo {
        ModelInfo {
            name: "stand-in".to_owned(),
            layers: self.layers,
            heads: self.heads,
            hidden_size: self.hidden_size,
            max_length: self.longest,
            has_pooler: self.has_pooler,
            backend: Backend::Flex,
        }
    }

    /// A alone and, for a pair, the two joined and B alone.
    pub fn read(self, input: &Input) -> Readings {
        let pair = input.pair.as_ref().map(|b| (self.trace(input), self.trace(&Input::single(b))));
        Readings::new(self.trace(&Input::single(&input.text)), pair)
    }

    /// What each cut does: more to `mean` than to `cls`, in no order that can be seen.
    pub fn sweep(self, sweep: &Sweep) -> Vec<Effect> {
        let cosine = |lost: usize| Some((10_000 - lost) as f32 / 10_000.0);
        let effect = |at: usize| {
            let lost = at * 37 % 101 * (at * 13 % 7);
            let pooled = if self.has_pooler { cosine(lost / 2) } else { None };
            Effect { cosines: [cosine(lost), pooled, cosine(at * 53 % 97 * 9)] }
        };
        (0..sweep.each.len()).map(effect).collect()
    }

    /// What it makes of each sentence of the list.
    pub fn read_list(self, list: &ListReading) -> Vec<SentenceRead> {
        let read = |text: &str| {
            let trace = self.trace(&Input::single(text));
            let vectors = Pooling::ALL.iter().map(|&pooling| pool(&trace, pooling)).collect();
            Arc::new(LineVectors { vectors, truncation: trace.truncation })
        };
        list.lines.iter().map(|(key, text)| (*key, read(text))).collect()
    }

    fn trace(self, input: &Input) -> Trace {
        let mut sentences = [pieces(&input.text, 0), pieces(input.pair.as_deref().unwrap_or_default(), 1)];
        let added = if input.pair.is_some() { 3 } else { 2 };
        let whole = sentences.iter().map(Vec::len).sum::<usize>() + added;
        let truncation = (whole > self.longest).then_some(Truncation { from: whole, to: self.longest });
        for _ in self.longest..whole {
            // The longer sentence gives.
            sentences.iter_mut().max_by_key(|pieces| pieces.len()).expect("two sentences").pop();
        }
        let [a, b] = sentences;
        let mut tokens = vec![special("[CLS]", 0)];
        tokens.extend(a);
        tokens.push(special("[SEP]", 0));
        if input.pair.is_some() {
            tokens.extend(b);
            tokens.push(special("[SEP]", 1));
        }

        let count = tokens.len();
        let mut attentions = Vec::new();
        for (layer, head) in (0..self.layers).flat_map(|layer| (0..self.heads).map(move |head| (layer, head))) {
            (0..count).for_each(|query| attentions.extend(attention(layer, head, query, count)));
        }
        let mut hidden_states = Vec::new();
        for layer in 0..=self.layers {
            for (place, token) in tokens.iter().enumerate() {
                let seed = token.id as usize + if place == 0 { count } else { place };
                hidden_states.extend((0..self.hidden_size).map(|dimension| hidden(layer, seed, dimension)));
            }
        }
        let cls = &hidden_states[self.layers * count * self.hidden_size..][..self.hidden_size];
        let pooler_output = self.has_pooler.then(|| cls.iter().rev().map(|x| x / (1.0 + x.abs())).collect());
        Trace {
            input: input.clone(),
            tokens,
            truncation,
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

/// `[key]`: a little on every key, and the more the deeper the layer on the one that the head cares for.
fn attention(layer: usize, head: usize, query: usize, count: usize) -> Vec<f32> {
    let weight = |key: usize| {
        let favourite = match head % 4 {
            0 => key + 1 == count,
            1 => key == query,
            2 => key + 1 == query,
            _ => key == 0,
        };
        1 + (7 * layer + 5 * head + 3 * query + 11 * key) % 13 + if favourite { 12 * layer * layer } else { 0 }
    };
    let sum: usize = (0..count).map(weight).sum();
    (0..count).map(|key| weight(key) as f32 / sum as f32).collect()
}

/// Each token its own direction; the deeper the layer, the more of one that all tokens share.
fn hidden(layer: usize, seed: usize, dimension: usize) -> f32 {
    let own = (seed * 17 + dimension * 7 + seed * dimension * 3 + layer * 31) % 41;
    let shared = dimension * 5 % 11;
    (own as f32 - 20.0) / 16.0 + layer as f32 * (shared as f32 - 5.0) / 16.0
}

fn special(text: &str, type_id: u32) -> Token {
    Token {
        text: text.to_owned(),
        id: 1,
        type_id,
        special: true,
        span: None,
        word: None,
        sentence: sentence_of(type_id),
    }
}

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
                    id: 0,
                    type_id,
                    special: false,
                    span,
                    word: Some(word),
                    sentence: sentence_of(type_id),
                });
            }
        }
        length = if letter(character) { length + 1 } else { 0 };
    }
    for token in &mut tokens {
        token.id = token.text.chars().map(u32::from).sum::<u32>() % 1000 + 2;
    }
    tokens
}

fn sentence_of(type_id: u32) -> Sentence {
    if type_id == 0 { Sentence::A } else { Sentence::B }
}
