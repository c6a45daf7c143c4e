//! What is said at the end of texts that were read some at a time.

use super::{declared::LengthsCut, error::CliError, finite, unknown::say_unknown};
use crate::{
    analysis::SentenceVector,
    bert::{Bert, Encoding, Input, NonFinitePlace, UnknownTokens},
    study::{Embeddings, TextSplitter, TokenizedText},
};

/// The lengths, the unknown tokens, and NaN and infinity of texts.
#[derive(Default)]
pub(super) struct SeenTexts {
    /// The row of each text, from 0.
    row_of: Vec<usize>,
    splitter: TextSplitter,
    lengths: LengthsCut,
    not_finite: usize,
    first_not_finite: Option<NonFinitePlace>,
}

impl SeenTexts {
    /// Takes in rows, each with the number of its text among some that differ from each other, and what these gave. Returns what of each
    /// text is unknown.
    pub(super) fn add(
        &mut self,
        bert: &Bert,
        rows: &[(usize, usize)],
        texts: &[String],
        embeddings: &Embeddings,
    ) -> Result<Vec<UnknownTokens>, CliError> {
        let first = embeddings.not_finite.iter().map(|(_, place)| *place).chain(self.first_not_finite).min();
        self.first_not_finite = first;
        let known = |text: &String| -> Result<TokenizedText, CliError> {
            let Encoding { input, tokens, .. } = bert.encode(&Input::single(text))?;
            Ok(TokenizedText::new(&input, &tokens))
        };
        let known: Vec<TokenizedText> = texts.iter().map(known).collect::<Result<_, _>>()?;
        for &(row, text) in rows {
            self.not_finite += usize::from(embeddings.not_finite.iter().any(|(of, _)| *of == text));
            self.splitter.push(&texts[text], Some(&known[text]));
            self.row_of.push(row);
            self.lengths.add(bert.info(), row, &embeddings.lengths[text]);
        }
        Ok(known.into_iter().map(|known| known.unknown).collect())
    }

    /// Says it on standard error; `name` calls a row by its number from 0.
    pub(super) fn say(
        self,
        bert: &Bert,
        wanted: &[SentenceVector],
        name: impl Fn(usize) -> String,
    ) -> Result<(), CliError> {
        let Self { row_of, splitter, lengths, not_finite, first_not_finite } = self;
        finite::say(bert, first_not_finite, (not_finite, row_of.len()));
        say_unknown(bert, &splitter.finish(), |text| name(row_of[text]))?;
        lengths.say(bert.info(), wanted, name);
        Ok(())
    }
}
