use std::collections::HashSet;

use tokenizers::{ModelWrapper, PostProcessor, Tokenizer, TruncationDirection};

use super::{
    BertError, Encoding, Input, Sentence, SpecialTokens, Token, TokenizerFiles, Truncation, architecture::Architecture,
};

/// A WordPiece tokenizer that agrees with transformers' `BertTokenizerFast`.
pub(super) struct BertTokenizer {
    tokenizer: Tokenizer,
    special_tokens: SpecialTokens,
    special_ids: HashSet<u32>,
    unknown_ids: HashSet<u32>,
    mask_id: Option<u32>,
    subword_mark: fn(&str) -> usize,
    max_length: usize,
}

impl BertTokenizer {
    /// The files may overrule the spelling of the architecture's special tokens.
    pub(super) fn new(files: &TokenizerFiles, architecture: &Architecture) -> Result<Self, BertError> {
        let (tokenizer, special_tokens) = files.build(architecture.special_tokens())?;
        let unknown_ids = unknown_ids(&tokenizer, &special_tokens);
        let mask_id = tokenizer.token_to_id(&special_tokens.mask);
        let special_ids = tokenizer
            .get_added_tokens_decoder()
            .into_iter()
            .filter(|(_, token)| token.special)
            .map(|(id, _)| id)
            .collect();
        Ok(Self {
            tokenizer,
            special_tokens,
            special_ids,
            unknown_ids,
            mask_id,
            subword_mark: architecture.subword_mark(),
            max_length: architecture.max_length(),
        })
    }

    /// How the tokens are spelt that have a part of their own.
    pub(super) fn special_tokens(&self) -> &SpecialTokens {
        &self.special_tokens
    }

    /// The id of the mask; none when the vocabulary has none.
    pub(super) fn mask_id(&self) -> Option<u32> {
        self.mask_id
    }

    /// The mask in a token's place: where it stands stays, what it is read as changes. None without a mask.
    pub(super) fn replaced(&self, token: &Token) -> Option<Token> {
        let id = self.mask_id?;
        let text = self.token(id);
        let mark = (self.subword_mark)(&text);
        Some(Token { text, mark, id, special: self.special_ids.contains(&id), unknown: false, ..token.clone() })
    }

    /// The vocabulary's spelling of an id; empty for an id it leaves out.
    pub(super) fn token(&self, id: u32) -> String {
        self.tokenizer.id_to_token(id).unwrap_or_default()
    }

    /// Splits an input into tokens. An input over the maximum loses tokens from the end of its longer
    /// sentence first (transformers' `truncation="longest_first"`).
    pub(super) fn encode(&self, input: &Input) -> Result<Encoding, BertError> {
        let error = |e: tokenizers::Error| BertError::Tokenize(e.to_string());
        let encode = |text: &str| self.tokenizer.encode(text, false).map_err(error);
        let mut a = encode(&input.text)?;
        // An empty second sentence is none, as in transformers.
        let mut b = input.pair.as_deref().filter(|pair| !pair.is_empty()).map(encode).transpose()?;

        let added = self.tokenizer.get_post_processor().map_or(0, |p| p.added_tokens(b.is_some()));
        let room = self.max_length.saturating_sub(added);
        let (length_a, length_b) = (a.len(), b.as_ref().map_or(0, tokenizers::Encoding::len));
        let truncation = (length_a + length_b > room)
            .then_some(Truncation { from: length_a + length_b + added, to: self.max_length });
        if truncation.is_some() {
            let (keep_a, keep_b) = longest_first(length_a, length_b, room);
            shorten(&mut a, keep_a);
            if let Some(b) = &mut b {
                shorten(b, keep_b);
            }
        }
        let encoding = self.tokenizer.post_process(a, b, true).map_err(error)?;
        if encoding.is_empty() || encoding.len() > self.max_length {
            let reason = format!("it comes to {} tokens, the model reads 1 to {}", encoding.len(), self.max_length);
            return Err(BertError::Tokenize(reason));
        }
        Ok(Encoding { input: input.clone(), tokens: self.tokens(&encoding), truncation })
    }

    fn tokens(&self, encoding: &tokenizers::Encoding) -> Vec<Token> {
        let added = encoding.get_special_tokens_mask();
        let sequences = encoding.get_sequence_ids();
        (0..encoding.len())
            .map(|i| {
                let id = encoding.get_ids()[i];
                let (start, end) = encoding.get_offsets()[i];
                let type_id = encoding.get_type_ids()[i];
                // The vocabulary's spelling: an added token's own text may include the blanks around it.
                let text = self.tokenizer.id_to_token(id).unwrap_or_else(|| encoding.get_tokens()[i].clone());
                Token {
                    mark: (self.subword_mark)(&text),
                    text,
                    id,
                    type_id,
                    // A token the tokenizer added belongs where its type says; the others know.
                    sentence: match sequences[i] {
                        Some(0) => Sentence::A,
                        None if type_id == 0 => Sentence::A,
                        _ => Sentence::B,
                    },
                    special: added[i] == 1 || self.special_ids.contains(&id),
                    unknown: added[i] == 0 && self.unknown_ids.contains(&id),
                    span: (added[i] == 0).then_some(start..end),
                    word: encoding.get_word_ids()[i],
                }
            })
            .collect()
    }
}

/// What stands for text that the vocabulary does not have: what the tokenizer's model writes for it, and what the
/// settings call so.
fn unknown_ids(tokenizer: &Tokenizer, special_tokens: &SpecialTokens) -> HashSet<u32> {
    let of_model = match tokenizer.get_model() {
        ModelWrapper::WordPiece(model) => Some(model.unk_token.as_str()),
        ModelWrapper::WordLevel(model) => Some(model.unk_token.as_str()),
        ModelWrapper::BPE(model) => model.unk_token.as_deref(),
        // Its number is not public; the settings name the token.
        ModelWrapper::Unigram(_) => None,
    };
    of_model.into_iter().chain([&*special_tokens.unk]).filter_map(|token| tokenizer.token_to_id(token)).collect()
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

fn shorten(encoding: &mut tokenizers::Encoding, length: usize) {
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
