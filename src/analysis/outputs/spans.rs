use std::ops::Range;

use crate::bert::{OutputActivation, Sentence, Token};

/// The most tokens of an answer, as transformers' pipeline has it (`max_answer_len`).
pub const MOST_ANSWER_TOKENS: usize = 15;

/// A part of sentence B that may answer sentence A.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerSpan {
    /// The probability that it begins where it does, times that it ends where it does.
    pub score: f32,
    /// Its tokens, by their numbers in the input.
    pub tokens: Range<usize>,
    /// Where it is in sentence B, in bytes, widened to whole words.
    pub span: Range<usize>,
}

/// The `count` likeliest answers, the likeliest first, as `QuestionAnsweringPipeline` of transformers 4 finds them: the first
/// token (`[CLS]`) takes part in the probabilities and is no answer.
pub fn answer_spans(tokens: &[Token], start: &[f32], end: &[f32], count: usize) -> Vec<AnswerSpan> {
    const EXCLUDED: f32 = -10_000.0;
    let is_answer = |token: &Token| token.sentence == Sentence::B && token.span.is_some();
    let probabilities = |logits: &[f32]| {
        let of = |(at, (token, &logit)): (usize, (&Token, &f32))| {
            if at == 0 || is_answer(token) { logit } else { EXCLUDED }
        };
        let logits: Vec<f32> = tokens.iter().zip(logits).enumerate().map(of).collect();
        OutputActivation::Softmax.scores(&logits)
    };
    let (start, end) = (probabilities(start), probabilities(end));
    let places: Vec<usize> = (1..tokens.len()).filter(|&at| is_answer(&tokens[at])).collect();
    let mut found: Vec<(f32, Range<usize>)> = Vec::new();
    for &first in &places {
        let ends = places.iter().filter(|&&last| last >= first && last < first + MOST_ANSWER_TOKENS);
        found.extend(ends.map(|&last| (start[first] * end[last], first..last + 1)));
        found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        found.truncate(count);
    }
    found
        .into_iter()
        .filter(|(score, _)| score.is_finite())
        .filter_map(|(score, range)| {
            let span = whole_words(tokens, &range)?;
            Some(AnswerSpan { score, tokens: range, span })
        })
        .collect()
}

/// From the beginning of the word of the first token to the end of the word of the last.
fn whole_words(tokens: &[Token], range: &Range<usize>) -> Option<Range<usize>> {
    let same_word = |a: &Token, b: &Token| a.continues(b);
    let (mut first, mut last) = (range.start, range.end - 1);
    while first > 0 && same_word(&tokens[first], &tokens[first - 1]) {
        first -= 1;
    }
    while last + 1 < tokens.len() && same_word(&tokens[last + 1], &tokens[last]) {
        last += 1;
    }
    Some(tokens[first].span.as_ref()?.start..tokens[last].span.as_ref()?.end)
}
