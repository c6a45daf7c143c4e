//! How long a text becomes by the rules of a tokenizer's file, of which a few lines can be made to double it at each step.

use std::{fmt, sync::Arc};

use serde::Deserialize;
use tokenizers::{
    DecoderWrapper, NormalizedString, Normalizer, NormalizerWrapper,
    normalizers::{Precompiled, Replace},
    utils::SysRegex,
};
use unicode_segmentation::UnicodeSegmentation;

use crate::{bert::BertError, messages::message};

/// The most that is made of a text, in bytes; the texts themselves are a quarter of it at most.
const MOST: usize = 64 << 20;

/// A normalizer's steps, where one of them can make any length of a text; else none.
#[derive(Clone, Default)]
pub(super) struct TextGrowth(Arc<[NormalizerStep]>);

struct NormalizerStep {
    normalizer: NormalizerWrapper,
    /// What a replacing step looks for.
    pattern: Option<SysRegex>,
}

impl TextGrowth {
    /// Of the normalizer of a tokenizer.
    pub(super) fn of(normalizer: Option<&NormalizerWrapper>) -> Self {
        let mut steps = Vec::new();
        normalizer.into_iter().for_each(|normalizer| flatten(normalizer, &mut steps));
        let grows = |step: &NormalizerStep| match &step.normalizer {
            NormalizerWrapper::Replace(replace) => !replace.content.is_empty(),
            NormalizerWrapper::Precompiled(_) | NormalizerWrapper::Prepend(_) | NormalizerWrapper::ByteLevel(_) => true,
            _ => false,
        };
        if steps.iter().any(grows) { Self(steps.into()) } else { Self::default() }
    }

    /// Goes through the steps, each of which is tried only once it is known what comes of it.
    ///
    /// # Errors
    /// When that is more than any text of a model needs.
    pub(super) fn check(&self, text: &str) -> Result<(), BertError> {
        self.check_within(text, MOST)
    }

    fn check_within(&self, text: &str, most: usize) -> Result<(), BertError> {
        let mut normalized = NormalizedString::from(if self.0.is_empty() { "" } else { text });
        for step in self.0.iter() {
            if step.length(normalized.get()) > most {
                return Err(BertError::Tokenize(message!("bert-normalizer-grows", most = most >> 20)));
            }
            step.normalizer.normalize(&mut normalized).map_err(|error| BertError::Tokenize(error.to_string()))?;
        }
        Ok(())
    }
}

/// Sees to it that a `tokenizer.json` can be read, which normalizes the tokens that it adds. What else is wrong with it is said
/// when it is read.
///
/// # Errors
/// As for [`TextGrowth::check`].
pub(super) fn check_added_tokens(json: &[u8]) -> Result<(), BertError> {
    #[derive(Deserialize)]
    struct Head {
        normalizer: Option<NormalizerWrapper>,
        added_tokens: Vec<Added>,
    }
    #[derive(Deserialize)]
    struct Added {
        content: String,
    }
    let Ok(Head { normalizer, added_tokens }) = serde_json::from_slice(json) else { return Ok(()) };
    let growth = TextGrowth::of(normalizer.as_ref());
    added_tokens.iter().try_for_each(|token| growth.check(&token.content))
}

impl fmt::Debug for TextGrowth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|step| &step.normalizer)).finish()
    }
}

fn flatten(normalizer: &NormalizerWrapper, steps: &mut Vec<NormalizerStep>) {
    let pattern = match normalizer {
        NormalizerWrapper::Sequence(all) => return all.as_ref().iter().for_each(|one| flatten(one, steps)),
        NormalizerWrapper::Replace(replace) => pattern(replace),
        _ => None,
    };
    steps.push(NormalizerStep { normalizer: normalizer.clone(), pattern });
}

/// What a replacing step looks for, which it keeps to itself but in a file.
fn pattern(replace: &Replace) -> Option<SysRegex> {
    let written = serde_json::to_value(replace).ok()?;
    let written = &written["pattern"];
    let literal = written["String"].as_str().map(regex_of);
    SysRegex::new(&literal.or_else(|| written["Regex"].as_str().map(str::to_owned))?).ok()
}

/// A text as a pattern that finds it.
fn regex_of(text: &str) -> String {
    text.chars().flat_map(|letter| [letter.is_ascii_punctuation().then_some('\\'), Some(letter)]).flatten().collect()
}

impl NormalizerStep {
    /// How long it makes a text, in bytes; of the steps of Unicode, which cannot do much, how long the text is.
    fn length(&self, text: &str) -> usize {
        match (&self.normalizer, &self.pattern) {
            (NormalizerWrapper::Replace(replace), Some(pattern)) => pattern
                .find_iter(text)
                .fold(text.len(), |length, (from, to)| (length - (to - from)).saturating_add(replace.content.len())),
            (NormalizerWrapper::Precompiled(map), _) => {
                text.graphemes(true).map(|grapheme| mapped(map, grapheme)).fold(0, usize::saturating_add)
            }
            (NormalizerWrapper::Prepend(step), _) => text.len().saturating_add(step.prepend.len()),
            (NormalizerWrapper::ByteLevel(_), _) => 2 * text.len(),
            _ => text.len(),
        }
    }
}

/// What SentencePiece's map makes of a grapheme, as tokenizers goes through it.
fn mapped(map: &Precompiled, grapheme: &str) -> usize {
    let whole = (grapheme.len() < 6).then(|| map.transform(grapheme)).flatten();
    whole.map_or_else(
        || {
            let letters = grapheme.char_indices().map(|(at, letter)| &grapheme[at..at + letter.len_utf8()]);
            letters.map(|letter| map.transform(letter).map_or(letter.len(), str::len)).fold(0, usize::saturating_add)
        },
        str::len,
    )
}

/// Whether a decoder might make more of some tokens than [`MOST`] bytes: what each of its steps can do at most, one on top of
/// the other.
pub(super) fn may_overflow(decoder: &DecoderWrapper, tokens: &[String]) -> bool {
    let bytes: usize = tokens.iter().map(|token| token.len() + 1).sum();
    bytes as f64 * factor(decoder) > MOST as f64
}

fn factor(decoder: &DecoderWrapper) -> f64 {
    match decoder {
        DecoderWrapper::Sequence(all) => all.get_decoders().iter().map(factor).product(),
        DecoderWrapper::Replace(replace) => {
            let written = serde_json::to_value(replace).unwrap_or_default();
            let literal = written["pattern"]["String"].as_str().map_or(0, str::len);
            // Beside each letter where the pattern may be empty.
            if literal > 0 {
                (replace.content.len() as f64 / literal as f64).max(1.0)
            } else {
                replace.content.len() as f64 + 1.0
            }
        }
        DecoderWrapper::Fuse(_) | DecoderWrapper::Strip(_) | DecoderWrapper::ByteFallback(_) => 1.0,
        _ => 2.0,
    }
}

#[cfg(test)]
mod tests {
    use tokenizers::{
        decoders::sequence::Sequence as Decoders,
        normalizers::{BertNormalizer, ByteLevel, NFKD, Prepend, Sequence},
    };

    use super::*;

    fn replacing(pattern: &str, content: &str) -> NormalizerWrapper {
        Replace::new(pattern, content).unwrap().into()
    }

    fn check(steps: Vec<NormalizerWrapper>, text: &str) -> Result<(), String> {
        let normalizer = Sequence::new(steps).into();
        TextGrowth::of(Some(&normalizer)).check_within(text, 1 << 20).map_err(|error| error.to_string())
    }

    #[test]
    fn steps_that_double_a_text_end_before_memory_does() {
        let steps = |step: NormalizerWrapper| vec![step; 60];
        let nested = |step: NormalizerWrapper| vec![Sequence::new(steps(step)).into(); 2];
        for step in [
            replacing("a", "aa"),
            replacing(".", ".+.."),
            Replace::new(tokenizers::normalizers::replace::ReplacePattern::Regex("\\w".to_owned()), "ab")
                .unwrap()
                .into(),
            ByteLevel.into(),
        ] {
            for steps in [steps(step.clone()), nested(step)] {
                let error = check(steps, "a.é").unwrap_err();
                assert!(error.contains("1 MB"), "{error}");
            }
        }
        // One step, and a long text.
        let long = "a".repeat(1 << 16);
        assert!(check(vec![replacing("a", &"b".repeat(100))], &long).is_err());
        assert!(check(vec![Prepend::new("b".repeat(1 << 20)).into()], "a").is_err());
    }

    #[test]
    fn what_tokenizers_do_is_none_of_it() {
        let long = "ﷺ a\u{301} ``b''  ".repeat(10_000);
        assert_eq!(check(vec![replacing("``", "\""), NFKD.into(), replacing(" ", "▁")], &long), Ok(()));
        let bert: NormalizerWrapper = BertNormalizer::default().into();
        assert!(TextGrowth::of(Some(&bert)).0.is_empty(), "BERT's own costs nothing");
        assert!(TextGrowth::of(None).check(&long).is_ok());
    }

    #[test]
    fn the_length_of_a_step_is_the_length_of_its_text() {
        for (pattern, content) in [("a", "bcd"), ("aa", "b"), (".", "…"), ("é", ""), ("\\", "//")] {
            let step = replacing(pattern, content);
            for text in ["", "a", "aaa.é\\a", "über.a"] {
                let mut steps = Vec::new();
                flatten(&step, &mut steps);
                let mut normalized = NormalizedString::from(text);
                step.normalize(&mut normalized).unwrap();
                assert_eq!(steps[0].length(text), normalized.get().len(), "{pattern:?} in {text:?}");
            }
        }
    }

    #[test]
    fn decoders_that_double_a_token_are_not_run() {
        let tokens = ["a".to_owned()];
        let replacing = |count| {
            let step = DecoderWrapper::Replace(Replace::new("a", "aa").unwrap());
            DecoderWrapper::Sequence(Decoders::new(vec![step; count]))
        };
        assert!(!may_overflow(&replacing(10), &tokens));
        assert!(may_overflow(&replacing(60), &tokens));
    }
}
