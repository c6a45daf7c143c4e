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
    /// Takes in texts that differ from each other, and what they gave; each with the row that it first stands in. Returns what of each is
    /// unknown.
    pub(super) fn add(
        &mut self,
        bert: &Bert,
        texts: &[String],
        rows: &[usize],
        embeddings: &Embeddings,
    ) -> Result<Vec<UnknownTokens>, CliError> {
        let first = embeddings.not_finite.iter().map(|(_, place)| *place).chain(self.first_not_finite).min();
        self.first_not_finite = first;
        self.not_finite += embeddings.not_finite.len();
        let mut unknown = Vec::with_capacity(texts.len());
        for ((text, &row), length) in texts.iter().zip(rows).zip(&embeddings.lengths) {
            let Encoding { input, tokens, .. } = bert.encode(&Input::single(text))?;
            let known = TokenizedText::new(&input, &tokens);
            unknown.push(known.unknown);
            self.splitter.push(text, Some(&known));
            self.row_of.push(row);
            self.lengths.add(bert.info(), row, length);
        }
        Ok(unknown)
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
