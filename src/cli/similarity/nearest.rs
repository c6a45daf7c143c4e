//! `--query`: the sentences nearest to one. Of each sentence only how close it is is kept.

use crate::{
    analysis::{Metric, SentenceVector},
    bert::{Bert, InputLength, NonFinitePlace},
    cli::{
        declared::LengthsCut, error::CliError, finite, global::GlobalArguments, input::MostRows,
        unknown::warn_of_unknown, vectors::Keeping,
    },
    export::{Nearest, Rows, SimilarityOptions},
    messages::message,
    models::ModelSource,
};

/// The number of nearest sentences that are shown where nobody says.
pub(super) const NEAREST: usize = 10;
/// The most rows that are looked in.
pub(super) const MOST_QUERIED: MostRows =
    MostRows { rows: 1_000_000, refusal: |file, most| message!("cli-query-too-many", file = file, most = most) };

/// What is asked for.
pub(super) struct Query<'q> {
    pub text: &'q str,
    pub metric: Metric,
    pub top: usize,
    pub wanted: &'q [SentenceVector],
    pub keeping: Keeping,
    pub options: SimilarityOptions,
}

impl Query<'_> {
    pub(super) fn nearest(
        &self,
        global: &GlobalArguments,
        opened: &(Bert, ModelSource),
        rows: &Rows,
    ) -> Result<Nearest, CliError> {
        let count = rows.texts.len();
        let filled: Vec<usize> = rows.filled().collect();
        let texts: Vec<&str> = filled.iter().map(|&row| rows.texts[row].as_str()).collect();
        let mut embedder = global.embedder(opened, self.wanted, self.keeping)?;
        embedder.expect(&texts);
        embedder.expect([self.text]);
        let mut lengths = vec![InputLength::default(); count + 1];
        let (mut not_finite, mut first): (usize, Option<NonFinitePlace>) = (0, None);
        let mut query = vec![None; self.wanted.len()];
        embedder.embed(&[self.text], |embedded| {
            lengths[count] = embedded.length;
            not_finite += usize::from(embedded.not_finite.is_some());
            first = embedded.not_finite;
            query = embedded.vectors;
        })?;
        let mut values: Vec<(SentenceVector, Vec<Option<f32>>)> =
            self.wanted.iter().map(|&vector| (vector, vec![None; count])).collect();
        embedder.embed(&texts, |embedded| {
            let row = filled[embedded.sentence];
            lengths[row] = embedded.length;
            not_finite += usize::from(embedded.not_finite.is_some());
            first = embedded.not_finite.into_iter().chain(first).min();
            for (((_, values), query), vector) in values.iter_mut().zip(&query).zip(embedded.vectors) {
                let close = query.as_ref().zip(vector).map(|(query, vector)| self.metric.of(query, &vector));
                values[row] = close.map(|close| close as f32);
            }
        })?;
        drop(embedder);
        let bert = &opened.0;
        finite::say(bert, first, (not_finite, texts.len() + 1));
        let name = |at| match at < count {
            true => message!("cli-text-sentence", sentence = at + 1),
            false => message!("cli-text-query"),
        };
        let mut cut = LengthsCut::default();
        lengths.iter().enumerate().for_each(|(text, length)| cut.add(bert.info(), text, length));
        cut.say(bert.info(), self.wanted, name);
        let all: Vec<&str> = rows.texts.iter().map(String::as_str).chain([self.text]).collect();
        let tokenized = warn_of_unknown(bert, &all, name)?;
        let unknown: Vec<_> = (0..count).map(|at| tokenized.unknown(at)).collect();
        Ok(Nearest::new(
            (bert.info().name.clone(), self.options.clone()),
            self.text.to_owned(),
            rows,
            self.metric,
            self.top,
            values,
            &unknown,
        ))
    }
}
