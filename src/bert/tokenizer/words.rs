use unicode_script::{Script, UnicodeScript};

use crate::bert::{Input, Token};

/// Divides words where they are not written apart. SentencePiece and byte pairs number what stands between blanks, which in
/// Chinese is a whole sentence; there each of their pieces is a word. BERT's rules number each Chinese character.
pub(super) fn divide(tokens: &mut [Token], input: &Input) {
    let mut number = 0;
    // Of the token before: as the tokenizer numbers it, where it ends, whether it ends in such a script, and whether it is the
    // blank that stands before a word.
    let mut before = None;
    for token in tokens {
        let (Some(span), Some(word)) = (&token.span, token.word) else {
            before = None;
            continue;
        };
        let text = input.sentence(token.sentence).get(span.clone()).unwrap_or_default().trim();
        let (begins, ends) =
            (text.chars().next().is_some_and(is_unspaced), text.chars().next_back().is_some_and(is_unspaced));
        let continues = match before {
            Some((sentence, same, end, unspaced, blank)) if sentence == token.sentence && same == word => {
                // Bytes of one character stand for the same part of the text.
                blank || span.start < end || !(begins || unspaced) || text.chars().next().is_some_and(is_extender)
            }
            _ => false,
        };
        number = match before {
            Some((sentence, ..)) if sentence != token.sentence => 0,
            _ if continues => number,
            _ => number + 1,
        };
        before = Some((token.sentence, word, span.end, ends, text.is_empty()));
        token.word = Some(number);
    }
}

/// Whether words of its script are written without blanks; their full stops and brackets are as wide as a letter.
fn is_unspaced(character: char) -> bool {
    let is_wide_sign =
        matches!(character, '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff65}') && !character.is_alphanumeric();
    is_wide_sign
        || matches!(
            character.script(),
            Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Bopomofo
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
        )
}

/// Whether it lengthens the character before, whatever that is written in: ー.
fn is_extender(character: char) -> bool {
    character.is_alphabetic() && matches!(character.script(), Script::Common | Script::Inherited)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bert::Sentence;

    /// The words that pieces make, of a text whose pieces between blanks have one number.
    fn words(text: &str, pieces: &[&str]) -> Vec<String> {
        let (mut at, mut blanks, mut tokens) = (0, 0, Vec::new());
        for piece in pieces {
            let start = at + text[at..].find(piece).unwrap();
            blanks += text[at..start].matches(' ').count() as u32;
            at = start + piece.len();
            tokens.push(Token { span: Some(start..at), word: Some(blanks), ..Token::example(*piece) });
        }
        divide(&mut tokens, &Input::single(text));
        let mut words: Vec<(Option<u32>, String)> = Vec::new();
        for token in tokens {
            match words.last_mut() {
                Some((number, word)) if *number == token.word => word.push_str(&token.text),
                _ => words.push((token.word, token.text)),
            }
        }
        words.into_iter().map(|(_, word)| word).collect()
    }

    #[test]
    fn words_are_divided_where_no_blank_does() {
        assert_eq!(words("unhappy cats.", &["un", "happy", "cat", "s", "."]), ["unhappy", "cats."]);
        assert_eq!(words("今天天气很好。", &["今天", "天气", "很", "好", "。"]), ["今天", "天气", "很", "好", "。"]);
        assert_eq!(words("かガー猫cats", &["か", "ガ", "ー", "猫", "cat", "s"]), ["か", "ガー", "猫", "cats"]);
        assert_eq!(words("한국어 좋아", &["한국", "어", "좋", "아"]), ["한국어", "좋아"]);
        assert_eq!(
            words("猫。고양이「The」", &["猫", "。", "고양", "이", "「", "The", "」"]),
            ["猫", "。", "고양이", "「", "The", "」"]
        );
        assert_eq!(words("Ａｂ３cats", &["Ａｂ", "３", "cats"]), ["Ａｂ３cats"]);
        assert_eq!(words("แมวนั่ง", &["แมว", "นั่ง"]), ["แมว", "นั่ง"]);
    }

    #[test]
    fn the_bytes_of_a_character_stay_together_and_sentences_count_anew() {
        let token = |sentence, span, word| Token { sentence, span: Some(span), word: Some(word), ..Token::example("") };
        let mut tokens = [
            token(Sentence::A, 0..3, 0),
            token(Sentence::A, 0..3, 0),
            token(Sentence::A, 3..6, 0),
            token(Sentence::B, 0..3, 0),
        ];
        divide(&mut tokens, &Input::joined("猫狗", "cat"));
        let numbers: Vec<_> = tokens.iter().map(|token| token.word.unwrap()).collect();
        assert_eq!(numbers, [1, 1, 2, 0]);
        // A blank by itself is a part of the word that it stands before: `.`, `Ġ`, a byte of 猫.
        let mut tokens = [token(Sentence::A, 0..1, 0), token(Sentence::A, 2..2, 1), token(Sentence::A, 2..5, 1)];
        divide(&mut tokens, &Input::single(". 猫"));
        assert_eq!(tokens.map(|token| token.word.unwrap()), [1, 2, 2]);
    }
}
