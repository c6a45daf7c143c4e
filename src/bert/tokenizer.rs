mod added;
mod by_class;
mod class;
mod damage;
mod difference;
mod files;
mod growth;
mod marks;
mod refusal;
mod settings;
pub mod vocabulary_file;
mod words;

use std::collections::HashSet;

use tokenizers::{
    Decoder, ModelWrapper, NormalizerWrapper, PostProcessor, PostProcessorWrapper, Tokenizer, TruncationDirection,
    decoders::wordpiece::WordPiece,
    normalizers::{Lowercase, Sequence},
};

pub use by_class::OlderVocabulary;
pub use class::{OlderForm, PieceLayout, TokenizerClass, TokenizerModel, TokenizerReading};
use files::Built;
pub use files::TokenizerFiles;
use growth::{TextGrowth, may_overflow};
use marks::Marks;
pub use refusal::TokenizerRefusal;

use super::{
    BertError, Encoding, Input, Remark, Sentence, SpecialTokens, Token, Truncation, architecture::Architecture,
    byte_level::in_bytes, encoding::in_sentence,
};
use crate::messages::message;

/// A tokenizer that gives the ids of transformers' `AutoTokenizer`.
#[derive(Clone)]
pub(super) struct BertTokenizer {
    tokenizer: Tokenizer,
    post_processor: Option<PostProcessorWrapper>,
    special_tokens: SpecialTokens,
    /// Of tokens that were added to the vocabulary.
    added_ids: HashSet<u32>,
    special_ids: HashSet<u32>,
    unknown_ids: HashSet<u32>,
    mask_id: Option<u32>,
    marks: Marks,
    token_types: bool,
    truncation: TruncationDirection,
    growth: TextGrowth,
    remarks: Vec<Remark>,
}

impl BertTokenizer {
    /// The files may overrule the spelling of the architecture's special tokens.
    pub(super) fn new(files: &TokenizerFiles, architecture: &Architecture) -> Result<Self, BertError> {
        let Built { tokenizer, post_processor, special_tokens, mask_id, token_types, truncation, mut remarks } =
            files.build(architecture)?;
        if architecture.config.type_vocab_size == 1 {
            remarks.retain(|remark| !matches!(remark, Remark::NoTokenTypes { .. }));
        }
        let marks = Marks::of(&tokenizer);
        let unknown_ids = unknown_ids(&tokenizer, &special_tokens);
        let growth = TextGrowth::of(tokenizer.get_normalizer());
        let added = tokenizer.get_added_tokens_decoder();
        let special_ids = added.iter().filter(|(_, token)| token.special).map(|(id, _)| *id).collect();
        let added_ids = added.into_keys().collect();
        Ok(Self {
            tokenizer,
            post_processor,
            special_tokens,
            added_ids,
            special_ids,
            unknown_ids,
            mask_id,
            marks,
            token_types,
            truncation,
            growth,
            remarks,
        })
    }

    /// What its files leave open.
    pub(super) fn remarks(&self) -> &[Remark] {
        &self.remarks
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
        let mark = self.marks.length(&text);
        let of_bytes = self.is_of_bytes(id);
        Some(Token {
            text,
            mark,
            of_bytes,
            id,
            special: self.special_ids.contains(&id),
            unknown: false,
            ..token.clone()
        })
    }

    /// Whether the vocabulary has a token of an id.
    pub(super) fn has(&self, id: u32) -> bool {
        self.tokenizer.id_to_token(id).is_some()
    }

    /// The vocabulary's spelling of an id; empty for an id it leaves out.
    pub(super) fn token(&self, id: u32) -> String {
        self.tokenizer.id_to_token(id).unwrap_or_default()
    }

    /// A token as it is written in a sentence: bytes as the text that they are, without the mark of a blank.
    pub(super) fn in_sentence(&self, id: u32) -> String {
        let text = self.token(id);
        let (mark, plain) = text.split_at(self.marks.length(&text));
        in_sentence(mark, plain, self.is_of_bytes(id))
    }

    /// Whether the vocabulary spells its bytes one by one; it does not where a token was added to it.
    fn is_of_bytes(&self, id: u32) -> bool {
        self.marks.are_of_bytes() && !self.added_ids.contains(&id)
    }

    /// The id of a word, as the vocabulary spells it or as people read it: where blanks have a mark, first as it stands behind one.
    pub(super) fn id(&self, word: &str) -> Option<u32> {
        let (mark, rest) = word.split_at(self.marks.length(word));
        let spelt = |mark: &str| match self.marks.are_of_bytes() {
            true => format!("{mark}{}", in_bytes(rest)),
            false => format!("{mark}{rest}"),
        };
        let behind_blank = self.marks.blank().filter(|_| mark.is_empty()).map(spelt);
        let spellings = behind_blank.into_iter().chain([word.to_owned(), spelt(mark)]);
        spellings.filter_map(|spelling| self.tokenizer.token_to_id(&spelling)).next()
    }

    /// Tokens, as the vocabulary spells them, as a text; BERT's way where the tokenizer's files name no decoder, or one that
    /// might make more of them than memory has.
    pub(super) fn decode(&self, tokens: Vec<String>) -> String {
        let decoded = match self.tokenizer.get_decoder().filter(|decoder| !may_overflow(decoder, &tokens)) {
            Some(decoder) => decoder.decode(tokens),
            None => WordPiece::default().decode(tokens),
        };
        decoded.unwrap_or_default()
    }

    /// The same, with every text made lower case before anything else, as sentence-transformers' `do_lower_case` has it.
    pub(super) fn in_lower_case(&self) -> Result<Self, BertError> {
        let lower = |normalizer: &NormalizerWrapper| matches!(normalizer, NormalizerWrapper::Lowercase(_));
        let mut normalizers = match self.tokenizer.get_normalizer() {
            None => Vec::new(),
            Some(NormalizerWrapper::Sequence(all)) => all.as_ref().to_vec(),
            Some(one) => vec![one.clone()],
        };
        let mut tokenizer = self.clone();
        if !normalizers.iter().any(lower) {
            normalizers.insert(0, NormalizerWrapper::Lowercase(Lowercase));
            let normalizer = NormalizerWrapper::Sequence(Sequence::new(normalizers));
            let changed = tokenizer.tokenizer.with_normalizer(Some(normalizer));
            changed.map_err(|error| BertError::Tokenizer(error.to_string()))?;
        }
        Ok(tokenizer)
    }

    /// Splits an input into tokens, at most `limit`. An input over it loses tokens of its longer sentence first
    /// (transformers' `truncation="longest_first"`), from the end unless the tokenizer's settings say from the beginning.
    pub(super) fn encode(&self, input: &Input, limit: usize) -> Result<Encoding, BertError> {
        let error = |e: tokenizers::Error| BertError::Tokenize(e.to_string());
        let encode = |text: &str| {
            self.growth.check(text)?;
            self.tokenizer.encode(text, false).map_err(error)
        };
        let mut a = encode(&input.text)?;
        // An empty second sentence is none, as in transformers.
        let mut b = input.pair.as_deref().filter(|pair| !pair.is_empty()).map(encode).transpose()?;

        let added = self.post_processor.as_ref().map_or(0, |p| p.added_tokens(b.is_some()));
        let room = limit.saturating_sub(added);
        let (length_a, length_b) = (a.len(), b.as_ref().map_or(0, tokenizers::Encoding::len));
        let truncation =
            (length_a + length_b > room).then_some(Truncation { from: length_a + length_b + added, to: limit });
        if truncation.is_some() {
            let (keep_a, keep_b) = longest_first(length_a, length_b, room);
            self.shorten(&mut a, keep_a);
            if let Some(b) = &mut b {
                self.shorten(b, keep_b);
            }
        }
        let encoding = self.joined(a, b).map_err(error)?;
        if encoding.is_empty() || encoding.len() > limit {
            let reason = message!("bert-tokens", tokens = encoding.len(), limit = limit);
            return Err(BertError::Tokenize(reason));
        }
        let mut tokens = self.tokens(&encoding);
        for token in &mut tokens {
            // A blank is trimmed as one byte, also of a token that stands for part of a longer character.
            let text = input.sentence(token.sentence);
            if let Some(span) = &mut token.span {
                let start = text.ceil_char_boundary(span.start);
                *span = start..text.floor_char_boundary(span.end).max(start);
            }
        }
        if !matches!(self.tokenizer.get_model(), ModelWrapper::WordPiece(_)) {
            words::divide(&mut tokens, input);
        }
        Ok(Encoding { input: input.clone(), tokens, truncation })
    }

    /// One sentence or two, with the special tokens around them.
    fn joined(
        &self,
        a: tokenizers::Encoding,
        mut b: Option<tokenizers::Encoding>,
    ) -> tokenizers::Result<tokenizers::Encoding> {
        if let Some(processor) = &self.post_processor {
            return processor.process(a, b, true);
        }
        if let Some(b) = &mut b {
            b.set_type_ids(vec![1; b.len()]);
        }
        self.tokenizer.post_process(a, b, true)
    }

    fn tokens(&self, encoding: &tokenizers::Encoding) -> Vec<Token> {
        let added = encoding.get_special_tokens_mask();
        let sequences = encoding.get_sequence_ids();
        let second = sequences.iter().position(|sequence| *sequence == Some(1)).unwrap_or(usize::MAX);
        (0..encoding.len())
            .map(|i| {
                let id = encoding.get_ids()[i];
                let (start, end) = encoding.get_offsets()[i];
                let kind = encoding.get_type_ids()[i];
                // The vocabulary's spelling: an added token's own text may include the blanks around it.
                let text = self.tokenizer.id_to_token(id).unwrap_or_else(|| encoding.get_tokens()[i].clone());
                Token {
                    mark: self.marks.length(&text),
                    of_bytes: self.is_of_bytes(id),
                    text,
                    id,
                    type_id: if self.token_types { kind } else { 0 },
                    // A token the tokenizer added belongs where its type or its place says; the others know.
                    sentence: match sequences[i] {
                        Some(0) => Sentence::A,
                        None if kind == 0 && i < second => Sentence::A,
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

    fn shorten(&self, encoding: &mut tokenizers::Encoding, length: usize) {
        encoding.truncate(length, 0, self.truncation);
        encoding.take_overflowing();
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
