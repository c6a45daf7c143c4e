//! When the numbers of two sentences are not to be trusted.

use crate::{
    messages::{label, message},
    state::{BackgroundSet, PairReading, Readings},
};

/// That they are longer or shorter than all that they are compared with.
pub(super) fn other_length(
    background: Option<&BackgroundSet>,
    readings: &Readings,
    pair: &PairReading,
) -> Option<String> {
    let lengths = background?.sentences().iter().map(|sentence| sentence.chars().count());
    let sentences = [("A", &readings.a.trace), ("B", &pair.b.trace)];
    beyond(lengths, sentences.map(|(name, trace)| (name, trace.input.text.chars().count())))
}

/// Sentences whose lengths, in characters, are none of those they are compared with.
fn beyond(lengths: impl Iterator<Item = usize> + Clone, texts: [(&str, usize); 2]) -> Option<String> {
    let (shortest, longest) = (lengths.clone().min()?, lengths.max()?);
    let of = |is: &dyn Fn(usize) -> bool| texts.map(|(_, length)| is(length));
    let name = |[a, _]: [bool; 2]| if a { texts[0].0 } else { texts[1].0 };
    match (of(&|length| length < shortest), of(&|length| length > longest)) {
        (_, [true, true]) => Some(label!("pooling-both-longer").text().to_owned()),
        (_, long) if long.contains(&true) => Some(message!("pooling-one-longer", name = name(long))),
        ([true, true], _) => Some(label!("pooling-both-shorter").text().to_owned()),
        (short, _) if short.contains(&true) => Some(message!("pooling-one-shorter", name = name(short))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_lengths_are_named() {
        let said = |a, b| beyond([20, 60, 90].into_iter(), [("A", a), ("B", b)]);
        assert_eq!(said(20, 90), None);
        let short = "A and B are shorter than any of the unrelated sentences: the percentages mean less.";
        assert_eq!(said(5, 6).unwrap(), short);
        assert!(said(5, 200).unwrap().starts_with("B is longer than any"));
    }
}
