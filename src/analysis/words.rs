use std::ops::Range;

use crate::bert::{Sentence, Token};

/// A word of a sentence: one token, or several pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The bytes of its sentence it stands for.
    pub span: Range<usize>,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The sentence it stands in.
    pub sentence: Sentence,
}

/// Groups tokens into the words they are pieces of; tokens that stand for no text are left out.
pub fn words(tokens: &[Token]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let Some(span) = &token.span else { continue };
        match words.last_mut() {
            Some(word)
                if word.tokens.end == i
                    && word.sentence == token.sentence
                    && token.word.is_some()
                    && tokens[i - 1].word == token.word =>
            {
                word.tokens.end = i + 1;
                word.span.end = word.span.end.max(span.end);
            }
            _ => words.push(Word { span: span.clone(), tokens: i..i + 1, sentence: token.sentence }),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str, span: Option<Range<usize>>, word: Option<u32>, sentence: Sentence) -> Token {
        Token { sentence, special: span.is_none(), span, word, ..Token::example(text) }
    }

    #[test]
    fn pieces_join_and_specials_stay_out() {
        let tokens = [
            token("[CLS]", None, None, Sentence::A),
            token("un", Some(0..2), Some(0), Sentence::A),
            token("##do", Some(2..4), Some(0), Sentence::A),
            token("it", Some(5..7), Some(1), Sentence::A),
            token("[SEP]", None, None, Sentence::A),
            token("now", Some(0..3), Some(0), Sentence::B),
        ];
        let found: Vec<_> = words(&tokens).into_iter().map(|w| (w.span, w.tokens, w.sentence)).collect();
        assert_eq!(found, [(0..4, 1..3, Sentence::A), (5..7, 3..4, Sentence::A), (0..3, 5..6, Sentence::B)]);
    }
}
