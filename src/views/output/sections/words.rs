//! What the masked-language head says, at a `[MASK]` and elsewhere.

use super::{OutputRow, OutputScore, OutputSection};
use crate::{
    analysis::{LogitTarget, MaskedWords},
    bert::{HeadName, LensWord, Prediction, Trace},
    messages::message,
    printable::printable,
};

/// What the masked-language head says of a `[MASK]`.
pub(super) fn masked(
    trace: &Trace,
    head: HeadName,
    place: &MaskedWords,
    before: Option<&[MaskedWords]>,
) -> OutputSection {
    let before = before.and_then(|before| before.iter().find(|other| other.token == place.token));
    let mask = trace.tokens.get(place.token).map_or("", |token| token.text.as_str());
    let row = |(rank, word): (usize, &Prediction)| {
        let same = |other: &&Prediction| other.id == word.id;
        let score = OutputScore {
            score: word.probability,
            before: before.and_then(|before| before.words.iter().find(same)).map(|other| other.probability),
            is_chosen: rank == 0,
            target: Some(LogitTarget::Word { id: word.id, word: word.written.clone(), token: place.token }),
        };
        OutputRow::one(printable(&word.written).into_owned(), true, score)
    };
    let title = message!("output-words-for", mask = &*printable(mask), position = place.token);
    OutputSection::of_head(head, title, None, place.words.iter().enumerate().map(row).collect())
}

/// What the masked-language head says of a token that is no mask: of the word that stands there, then of the likeliest others.
pub(super) fn standing(trace: &Trace, at: usize, lens: Option<&LensWord>) -> Option<OutputSection> {
    let token = trace.tokens.get(at)?;
    let row = |name: String, word: &str, id: u32, score: f32, is_chosen: bool| {
        let target = Some(LogitTarget::Word { id, word: word.to_owned(), token: at });
        OutputRow::one(name, true, OutputScore { score, before: None, is_chosen, target })
    };
    let written = token.written();
    let text = printable(&written);
    let here = message!("output-word-here", word = &*text);
    let own = lens.map_or(f32::NAN, |lens| lens.probability);
    let others = lens.iter().flat_map(|lens| lens.likeliest.iter().enumerate());
    let others = others.filter(|(_, word)| word.id != token.id).map(|(rank, word)| {
        row(printable(&word.written).into_owned(), &word.written, word.id, word.probability, rank == 0)
    });
    let is_likeliest = lens.is_some_and(|lens| lens.rank == 1);
    let rows = std::iter::once(row(here, &written, token.id, own, is_likeliest)).chain(others).collect();
    let title = message!("output-words-for", mask = &*text, position = at);
    let note =
        lens.map(|lens| message!("output-word-rank", rank = lens.rank, entropy = format!("{:.2}", lens.entropy)));
    let section = OutputSection::of_head(HeadName::MaskedLanguage, title, None, rows);
    Some(OutputSection { note: note.unwrap_or_default(), ..section })
}
