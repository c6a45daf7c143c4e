use std::ops::Range;

use crate::bert::Token;

/// A word of a sentence: one token, or several pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The bytes of its sentence it stands for.
    pub span: Range<usize>,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Type id of its tokens: 0 in sentence A, 1 in sentence B.
    pub type_id: u32,
}

/// Groups tokens into the words they are pieces of; tokens that stand for no text are left out.
pub fn words(tokens: &[Token]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let Some(span) = &token.span else { continue };
        match words.last_mut() {
            Some(word)
                if word.tokens.end == i
                    && word.type_id == token.type_id
                    && token.word.is_some()
                    && tokens[i - 1].word == token.word =>
            {
                word.tokens.end = i + 1;
                word.span.end = word.span.end.max(span.end);
            }
            _ => words.push(Word { span: span.clone(), tokens: i..i + 1, type_id: token.type_id }),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str, span: Option<Range<usize>>, word: Option<u32>, type_id: u32) -> Token {
        Token { text: text.to_owned(), id: 0, type_id, special: span.is_none(), span, word }
    }

    #[test]
    fn pieces_join_and_specials_stay_out() {
        let tokens = [
            token("[CLS]", None, None, 0),
            token("un", Some(0..2), Some(0), 0),
            token("##do", Some(2..4), Some(0), 0),
            token("it", Some(5..7), Some(1), 0),
            token("[SEP]", None, None, 0),
            token("now", Some(0..3), Some(0), 1),
        ];
        let found: Vec<_> = words(&tokens).into_iter().map(|w| (w.span, w.tokens, w.type_id)).collect();
        assert_eq!(found, [(0..4, 1..3, 0), (5..7, 3..4, 0), (0..3, 5..6, 1)]);
    }
}
