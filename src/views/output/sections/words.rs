//! What the masked-language head says, at a `[MASK]` and elsewhere.

use super::{OutputRow, OutputScore, OutputSection};
use crate::{
    analysis::{LogitTarget, MaskedWords},
    bert::{HeadName, LensWord, Prediction},
    messages::message,
    printable::printable,
    state::{Reading, State},
};

/// What the masked-language head says of a `[MASK]`.
pub(super) fn masked(state: &State, reading: &Reading, place: &MaskedWords) -> OutputSection {
    let words: Vec<&Prediction> = place.words.iter().collect();
    let rows = words.iter().zip(names(&words)).enumerate();
    let rows = rows.map(|(rank, (word, name))| {
        let target = LogitTarget::Word { id: word.id, word: name.clone(), token: place.token };
        row(state, name, target, word.probability, rank == 0)
    });
    OutputSection::of_head(HeadName::MaskedLanguage, title(reading, place.token), None, rows.collect())
}

/// What the masked-language head says of a token that is no mask: of the word that stands there, then of the likeliest others.
pub(super) fn standing(state: &State, reading: &Reading, at: usize, lens: Option<&LensWord>) -> Option<OutputSection> {
    let token = reading.trace.tokens.get(at)?;
    let written = reading.written(&(at..at + 1));
    let own = row(
        state,
        message!("output-word-here", word = &*printable(&written)),
        LogitTarget::Word { id: token.id, word: written, token: at },
        lens.map_or(f32::NAN, |lens| lens.probability),
        lens.is_some_and(|lens| lens.rank == 1),
    );
    let likeliest: Vec<&Prediction> = lens.iter().flat_map(|lens| &lens.likeliest).collect();
    let others = likeliest.iter().zip(names(&likeliest)).enumerate().filter(|(_, (word, _))| word.id != token.id);
    let others = others.map(|(rank, (word, name))| {
        let target = LogitTarget::Word { id: word.id, word: name.clone(), token: at };
        row(state, name, target, word.probability, rank == 0)
    });
    let rows = std::iter::once(own).chain(others).collect();
    let rank =
        lens.map(|lens| message!("output-word-rank", rank = lens.rank, entropy = format!("{:.2}", lens.entropy)));
    let mut section = OutputSection::of_head(HeadName::MaskedLanguage, title(reading, at), None, rows);
    section.notes.extend(rank);
    section.is_of_token = true;
    Some(section)
}

fn title(reading: &Reading, token: usize) -> String {
    let written = reading.written(&(token..token + 1));
    message!("output-words-for", mask = &*printable(&written), position = token)
}

fn row(state: &State, name: String, target: LogitTarget, score: f32, is_chosen: bool) -> OutputRow {
    let before = match &target {
        LogitTarget::Word { id, token, .. } => state.word_change(*token, *id).map(|change| change.probabilities[0]),
        _ => None,
    };
    let name = printable(&name).into_owned();
    OutputRow::one(name, true, OutputScore { score, before, is_chosen, target: Some(target) })
}

/// As words are written in a sentence; those that would look the same, as the vocabulary spells them.
fn names(words: &[&Prediction]) -> Vec<String> {
    let is_alone = |word: &Prediction| words.iter().filter(|other| other.written == word.written).count() == 1;
    words.iter().map(|word| if is_alone(word) { &word.written } else { &word.token }).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_would_look_the_same_are_spelt() {
        let word = |token: &str| Prediction {
            token: token.to_owned(),
            written: token.trim_start_matches('Ġ').to_owned(),
            id: 0,
            probability: 0.1,
        };
        let words = ["Ġmat", "Ġhat", "mat"].map(word);
        assert_eq!(names(&words.each_ref()), ["Ġmat", "hat", "mat"]);
    }
}
