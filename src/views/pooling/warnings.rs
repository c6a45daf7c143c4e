//! When the numbers of two sentences are not to be trusted.

use crate::{
    bert::{Token, Trace},
    labels::unknown::script as in_words,
    state::{Background, PairReading, Readings, Script},
};

/// What to be careful with, each in a sentence; `background` is what the two are compared with.
pub(super) fn warnings(background: Option<&Background>, readings: &Readings, pair: &PairReading) -> Vec<String> {
    let sentences = [("A", &readings.a.trace), ("B", &pair.b.trace)];
    let mut warnings: Vec<String> = sentences.into_iter().filter_map(|(name, trace)| unknown(name, trace)).collect();
    if let Some(background) = background {
        let language = background.language().unwrap_or(&background.name);
        let texts = sentences.map(|(name, trace)| (name, Script::of(&trace.input.text)));
        warnings.extend(other_script(language, background.script(), texts));
        let lengths = background.sentences.iter().map(|sentence| sentence.chars().count());
        let texts = sentences.map(|(name, trace)| (name, trace.input.text.chars().count()));
        warnings.extend(other_length(lengths, texts));
    }
    warnings
}

/// Words that the model does not know, for which it reads one and the same token.
fn unknown(name: &str, trace: &Trace) -> Option<String> {
    // What the tokenizer adds stands for no text; a typed [MASK] is meant.
    let words: Vec<&Token> = trace.tokens.iter().filter(|token| token.span.is_some()).collect();
    let is_unknown = |token: &&&Token| token.special && token.text.to_lowercase().contains("unk");
    let token = &words.iter().find(is_unknown)?.text;
    let count = words.iter().filter(is_unknown).count();
    let said = match count {
        1 => format!("is {token}: this model does not know that word."),
        _ => format!("are {token}: this model does not know these words."),
    };
    Some(format!("{count} of {} tokens of {name} {said}", words.len()))
}

/// Sentences in another script than those they are held against.
fn other_script(language: &str, script: Option<Script>, texts: [(&str, Option<Script>); 2]) -> Option<String> {
    let others = texts.into_iter().filter_map(|(name, own)| Some((name, own.filter(|own| Some(*own) != script)?)));
    let said = match others.collect::<Vec<_>>().as_slice() {
        [] => return None,
        [(name, own)] => format!("{name} is in {}", in_words(*own)),
        [(_, own), ..] => format!("A and B are in {}", in_words(*own)),
    };
    Some(format!("The unrelated sentences are {language}, {said}: the percentages mean little."))
}

/// Sentences whose lengths, in characters, are none of those they are held against.
fn other_length(lengths: impl Iterator<Item = usize> + Clone, texts: [(&str, usize); 2]) -> Option<String> {
    let (shortest, longest) = (lengths.clone().min()?, lengths.max()?);
    let names = |is: &dyn Fn(usize) -> bool| -> Vec<&str> {
        texts.iter().filter(|(_, length)| is(*length)).map(|(name, _)| *name).collect()
    };
    let (short, long) = (names(&|length| length < shortest), names(&|length| length > longest));
    let (names, how) = if long.is_empty() { (short, "shorter") } else { (long, "longer") };
    let verb = match names.len() {
        0 => return None,
        1 => "is",
        _ => "are",
    };
    Some(format!(
        "{} {verb} {how} than any of the unrelated sentences: the percentages mean less.",
        names.join(" and ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_script_than_the_background_s_is_named() {
        let said = |a, b| other_script("English", Some(Script::LATIN), [("A", a), ("B", b)]);
        assert_eq!(said(Some(Script::LATIN), None), None);
        assert_eq!(
            said(Some(Script::LATIN), Some(Script::HAN)).unwrap(),
            "The unrelated sentences are English, B is in Chinese characters: the percentages mean little."
        );
        let cyrillic = Script::of("музей");
        assert!(said(cyrillic, cyrillic).unwrap().contains("A and B are in Cyrillic letters"));
    }

    #[test]
    fn other_lengths_are_named() {
        let said = |a, b| other_length([20, 60, 90].into_iter(), [("A", a), ("B", b)]);
        assert_eq!(said(20, 90), None);
        let short = "A and B are shorter than any of the unrelated sentences: the percentages mean less.";
        assert_eq!(said(5, 6).unwrap(), short);
        assert!(said(5, 200).unwrap().starts_with("B is longer than any"));
    }
}
