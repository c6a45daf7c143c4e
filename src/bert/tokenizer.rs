use std::{collections::HashSet, ops::Range};

use tokenizers::{Encoding, PostProcessor, Tokenizer, TruncationDirection};

use super::{BertError, TokenizerFiles};

/// What a user gives the model: one sentence, or two read together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Input {
    /// Sentence A.
    pub text: String,
    /// Sentence B, read as `[CLS] A [SEP] B [SEP]`.
    pub pair: Option<String>,
}

impl Input {
    /// One sentence alone.
    pub fn single(text: impl Into<String>) -> Self {
        Self { text: text.into(), pair: None }
    }

    /// Two sentences joined: `[CLS] A [SEP] B [SEP]`.
    pub fn joined(text: impl Into<String>, pair: impl Into<String>) -> Self {
        Self { text: text.into(), pair: Some(pair.into()) }
    }

    /// The text of a sentence; empty for B where there is none.
    pub fn sentence(&self, which: Sentence) -> &str {
        match which {
            Sentence::A => &self.text,
            Sentence::B => self.pair.as_deref().unwrap_or_default(),
        }
    }
}

/// One of the two sentences of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// The first, or the only one.
    A,
    /// The second.
    B,
}

/// One token of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// As in the vocabulary; `##` marks a piece that continues a word.
    pub text: String,
    /// Row of the word embedding table.
    pub id: u32,
    /// Row of the token type table: 0 for sentence A (with `[CLS]` and its `[SEP]`), 1 for sentence B (with its
    /// `[SEP]`); 0 for both in a model that knows one type.
    pub type_id: u32,
    /// The sentence it belongs to.
    pub sentence: Sentence,
    /// Whether the tokenizer declares it special (`[CLS]`, `[SEP]`, `[MASK]`, `[UNK]`, ...).
    pub special: bool,
    /// The bytes of its sentence it stands for; none for a token the tokenizer added.
    pub span: Option<Range<usize>>,
    /// Number of its word within its sentence; the pieces of a word share it.
    pub word: Option<u32>,
}

/// What was cut off an input longer than the model can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truncation {
    /// Tokens the whole input has, specials included.
    pub from: usize,
    /// Tokens that were kept (the model's maximum).
    pub to: usize,
}

/// An input as tokens, at most as long as the model can read.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoded {
    /// In reading order, specials included.
    pub tokens: Vec<Token>,
    /// Set when the input was too long.
    pub truncation: Option<Truncation>,
}

/// A WordPiece tokenizer that agrees with transformers' `BertTokenizerFast`.
pub(super) struct BertTokenizer {
    tokenizer: Tokenizer,
    special_ids: HashSet<u32>,
    mask_id: Option<u32>,
    max_length: usize,
}

impl BertTokenizer {
    pub(super) fn new(files: &TokenizerFiles, max_length: usize) -> Result<Self, BertError> {
        let (tokenizer, mask) = files.build()?;
        let mask_id = tokenizer.token_to_id(&mask);
        let special_ids = tokenizer
            .get_added_tokens_decoder()
            .into_iter()
            .filter(|(_, token)| token.special)
            .map(|(id, _)| id)
            .collect();
        Ok(Self { tokenizer, special_ids, mask_id, max_length })
    }

    /// The id of the mask, `[MASK]` unless the settings name another.
    pub(super) fn mask_id(&self) -> Option<u32> {
        self.mask_id
    }

    /// The mask in a token's place: where it stands stays, what it is read as changes. None without a mask.
    pub(super) fn replaced(&self, token: &Token) -> Option<Token> {
        let id = self.mask_id?;
        Some(Token { text: self.token(id), id, special: self.special_ids.contains(&id), ..token.clone() })
    }

    /// The vocabulary's spelling of an id; empty for an id it leaves out.
    pub(super) fn token(&self, id: u32) -> String {
        self.tokenizer.id_to_token(id).unwrap_or_default()
    }

    /// Splits an input into tokens. An input over the maximum loses tokens from the end of its longer
    /// sentence first (transformers' `truncation="longest_first"`).
    pub(super) fn encode(&self, input: &Input) -> Result<Encoded, BertError> {
        let error = |e: tokenizers::Error| BertError::Tokenize(e.to_string());
        let encode = |text: &str| self.tokenizer.encode(text, false).map_err(error);
        let mut a = encode(&input.text)?;
        // An empty second sentence is none, as in transformers.
        let mut b = input.pair.as_deref().filter(|pair| !pair.is_empty()).map(encode).transpose()?;

        let added = self.tokenizer.get_post_processor().map_or(0, |p| p.added_tokens(b.is_some()));
        let room = self.max_length.saturating_sub(added);
        let (length_a, length_b) = (a.len(), b.as_ref().map_or(0, Encoding::len));
        let truncation = (length_a + length_b > room)
            .then_some(Truncation { from: length_a + length_b + added, to: self.max_length });
        if truncation.is_some() {
            let (keep_a, keep_b) = longest_first(length_a, length_b, room);
            cut(&mut a, keep_a);
            if let Some(b) = &mut b {
                cut(b, keep_b);
            }
        }
        let encoding = self.tokenizer.post_process(a, b, true).map_err(error)?;
        if encoding.is_empty() || encoding.len() > self.max_length {
            let reason = format!("it comes to {} tokens, the model reads 1 to {}", encoding.len(), self.max_length);
            return Err(BertError::Tokenize(reason));
        }
        Ok(Encoded { tokens: self.tokens(&encoding), truncation })
    }

    fn tokens(&self, encoding: &Encoding) -> Vec<Token> {
        let added = encoding.get_special_tokens_mask();
        let sequences = encoding.get_sequence_ids();
        (0..encoding.len())
            .map(|i| {
                let id = encoding.get_ids()[i];
                let (start, end) = encoding.get_offsets()[i];
                let type_id = encoding.get_type_ids()[i];
                Token {
                    // The vocabulary's spelling: an added token's own text may include the blanks around it.
                    text: self.tokenizer.id_to_token(id).unwrap_or_else(|| encoding.get_tokens()[i].clone()),
                    id,
                    type_id,
                    // A token the tokenizer added belongs where its type says; the others know.
                    sentence: match sequences[i] {
                        Some(0) => Sentence::A,
                        None if type_id == 0 => Sentence::A,
                        _ => Sentence::B,
                    },
                    special: added[i] == 1 || self.special_ids.contains(&id),
                    span: (added[i] == 0).then_some(start..end),
                    word: encoding.get_word_ids()[i],
                }
            })
            .collect()
    }
}

/// How many tokens of each sentence to keep: the longer one gives first, then both alike.
fn longest_first(a: usize, b: usize, room: usize) -> (usize, usize) {
    let half = room / 2;
    if a <= half {
        (a, b.min(room - a))
    } else if b <= half {
        (a.min(room - b), b)
    } else if a <= b {
        (half, room - half)
    } else {
        (room - half, half)
    }
}

fn cut(encoding: &mut Encoding, length: usize) {
    encoding.truncate(length, 0, TruncationDirection::Right);
    encoding.take_overflowing();
}

#[cfg(test)]
mod tests {
    use super::longest_first;

    #[test]
    fn the_longer_sentence_gives_first() {
        assert_eq!(longest_first(600, 0, 510), (510, 0));
        assert_eq!(longest_first(5, 600, 509), (5, 504));
        assert_eq!(longest_first(600, 5, 509), (504, 5));
        assert_eq!(longest_first(300, 400, 509), (254, 255));
        assert_eq!(longest_first(400, 300, 509), (255, 254));
    }
}
