//! Sentences into vectors for a command: which ones, what is kept from the last time, the rest with progress.

use std::{
    collections::HashMap,
    fmt,
    ops::ControlFlow,
    time::{Duration, Instant},
};

use super::{
    choices::VectorLayers, declared::no_declared, error::CliError, finite::warn_of_not_finite, global::GlobalArguments,
    meter::Meter, output::diagnostic,
};
use crate::{
    analysis::{Pooling, SentenceVector},
    bert::{Bert, ModelInfo},
    config,
    export::Rows,
    messages::{message, reason},
    models::{ModelSource, TimeLeft},
    study::{Embedded, Embeddings, Fingerprint, KeptVectors, embed_batches},
};

/// The poolings asked for, or all the model has, each once, in the usual order, of the last layer; or of other layers,
/// as far as they go by layers.
pub(super) fn wanted(
    asked: &[Pooling],
    layers: Option<VectorLayers>,
    info: &ModelInfo,
) -> Result<Vec<SentenceVector>, CliError> {
    asked.iter().try_for_each(|&pooling| check(pooling.into(), info))?;
    let chosen = |pooling: &Pooling| match asked {
        [] => pooling.is_of(info),
        asked => asked.contains(pooling),
    };
    let poolings = Pooling::ALL.iter().copied().filter(chosen);
    match layers {
        None => Ok(poolings.map(SentenceVector::from).collect()),
        Some(VectorLayers::All) => Ok(poolings
            .flat_map(|pooling| {
                let layered: Vec<_> =
                    (0..=info.layers).filter_map(|layer| SentenceVector::at(pooling, layer)).collect();
                if layered.is_empty() { vec![pooling.into()] } else { layered }
            })
            .collect()),
        Some(VectorLayers::One(layer)) => {
            let vectors: Vec<_> = poolings.filter_map(|pooling| SentenceVector::at(pooling, layer)).collect();
            vectors.iter().try_for_each(|&vector| check(vector, info))?;
            match asked.iter().find(|&&pooling| SentenceVector::at(pooling, layer).is_none()) {
                Some(pooling) => Err(CliError::Usage(message!("cli-pooling-last-layer", pooling = pooling.name()))),
                None => Ok(vectors),
            }
        }
    }
}

/// Whether the model has such a vector.
pub(super) fn check(vector: SentenceVector, info: &ModelInfo) -> Result<(), CliError> {
    if vector.pooling == Pooling::Pooled && !info.has_pooler {
        return Err(CliError::Failed(message!("cli-no-pooler")));
    }
    if let (Pooling::Declared, Err(why)) = (vector.pooling, &info.declared) {
        return Err(no_declared(why));
    }
    match vector.layer {
        Some(layer) if layer > info.layers => {
            Err(CliError::Failed(message!("cli-no-vector-layer", layer = layer.to_string(), last = info.layers)))
        }
        _ => Ok(()),
    }
}

/// Sentences, each once, by number.
#[derive(Debug, Default)]
pub(super) struct DistinctSentences {
    pub sentences: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl DistinctSentences {
    /// The sentence's number, from 0; a new one where it is new.
    pub(super) fn number(&mut self, sentence: &str) -> usize {
        if let Some(&number) = self.numbers.get(sentence) {
            return number;
        }
        self.numbers.insert(sentence.to_owned(), self.sentences.len());
        self.sentences.push(sentence.to_owned());
        self.sentences.len() - 1
    }
}

/// Whether vectors are kept for the next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    Nothing,
    /// And it is said where they cannot be.
    Vectors,
    /// Where they can be; that they cannot is not worth a word.
    VectorsIfPossible,
}

impl Keeping {
    /// Unless `--no-cache` is given.
    pub(super) fn unless(no_cache: bool) -> Self {
        if no_cache { Self::Nothing } else { Self::Vectors }
    }

    fn failed(self, error: &std::io::Error) {
        if self == Self::Vectors {
            diagnostic(&message!("cli-vectors-not-kept", reason = reason(error)));
        }
    }
}

impl GlobalArguments {
    /// Embeds sentences that differ from each other, the way [`crate::study::embed`] does; `keeping` as for [`Self::embedder`].
    pub(super) fn embed(
        &self,
        opened: &(Bert, ModelSource),
        sentences: &[String],
        wanted: &[SentenceVector],
        keeping: Keeping,
    ) -> Result<Embeddings, CliError> {
        let mut embeddings = Embeddings::new(sentences.len(), wanted);
        let mut embedder = self.embedder(opened, wanted, keeping)?;
        embedder.expect(sentences);
        embedder.embed(sentences, |embedded| embeddings.insert(embedded))?;
        drop(embedder);
        warn_of_not_finite(&opened.0, &embeddings, sentences.len());
        Ok(embeddings)
    }

    /// What embeds sentences some at a time. Where they are kept, what an earlier run has left is taken, and what is new is left
    /// for the next, batch by batch.
    pub(super) fn embedder<'w>(
        &self,
        (bert, source): &'w (Bert, ModelSource),
        wanted: &'w [SentenceVector],
        keeping: Keeping,
    ) -> Result<Embedder<'w>, CliError> {
        let kept = if keeping == Keeping::Nothing { None } else { self.kept(bert, source, wanted, keeping)? };
        let meter = Meter::after_a_pause(bert.info().name.clone());
        Ok(Embedder { bert, wanted, keeping, kept, pace: Pace::default(), meter })
    }

    /// Embeds rows; those without text have no vector. `keeping` as for [`Self::embedder`].
    pub(super) fn embed_rows(
        &self,
        opened: &(Bert, ModelSource),
        rows: &Rows,
        wanted: &[SentenceVector],
        keeping: Keeping,
    ) -> Result<Embeddings, CliError> {
        let filled: Vec<usize> = rows.filled().collect();
        let texts: Vec<String> = filled.iter().map(|&row| rows.texts[row].clone()).collect();
        let found = self.embed(opened, &texts, wanted, keeping)?;
        let mut all = Embeddings::new(rows.texts.len(), wanted);
        for ((_, to), (_, from)) in all.vectors.iter_mut().zip(found.vectors) {
            filled.iter().zip(from).for_each(|(&row, vector)| to[row] = vector);
        }
        filled.iter().zip(found.lengths).for_each(|(&row, length)| all.lengths[row] = length);
        Ok(all)
    }

    /// The file of vectors; none where it cannot be had, which is said.
    fn kept(
        &self,
        bert: &Bert,
        source: &ModelSource,
        wanted: &[SentenceVector],
        keeping: Keeping,
    ) -> Result<Option<KeptVectors>, CliError> {
        let Some(directory) = config::vectors_directory() else { return Ok(None) };
        let fingerprint = Fingerprint::new(&self.checkpoint(source)?, bert.info(), wanted);
        let sizes: Vec<usize> = wanted.iter().map(|vector| vector.size(bert.info())).collect();
        Ok(KeptVectors::open(&directory, fingerprint, &sizes).unwrap_or_else(|error| {
            keeping.failed(&error);
            None
        }))
    }
}

/// Embeds sentences some at a time, and says how far it is.
pub(super) struct Embedder<'w> {
    bert: &'w Bert,
    wanted: &'w [SentenceVector],
    keeping: Keeping,
    kept: Option<KeptVectors>,
    pace: Pace,
    meter: Meter,
}

impl Embedder<'_> {
    /// These will come.
    pub(super) fn expect<T: AsRef<str>>(&mut self, sentences: impl IntoIterator<Item = T>) {
        sentences.into_iter().for_each(|sentence| self.pace.expect(sentence.as_ref()));
        self.meter.say(&self.pace);
    }

    /// One of those that were to come has come before and is not embedded again.
    pub(super) fn repeated(&mut self, sentence: &str) {
        self.pace.known(sentence);
    }

    /// Hands over what each of some sentences gives, the longest first, under its number from 0.
    pub(super) fn embed<T: AsRef<str>>(
        &mut self,
        sentences: &[T],
        mut each: impl FnMut(Embedded),
    ) -> Result<(), CliError> {
        let Self { bert, wanted, keeping, kept, pace, meter } = self;
        let mut missing = Vec::new();
        for (sentence, text) in sentences.iter().map(AsRef::as_ref).enumerate() {
            let found = kept.as_mut().map_or(Ok(None), |kept| kept.find(text)).unwrap_or_else(|error| {
                keeping.failed(&error);
                *kept = None;
                None
            });
            match found {
                Some(found) => {
                    pace.known(text);
                    each(Embedded { sentence, ..found });
                }
                None => missing.push(sentence),
            }
        }
        let texts: Vec<&str> = missing.iter().map(|&sentence| sentences[sentence].as_ref()).collect();
        meter.say(&*pace);
        let _ = embed_batches(*bert, &texts, wanted, |batch| {
            if let Some(file) = kept
                && let Err(error) = file.append(
                    batch
                        .iter()
                        .filter(|embedded| embedded.not_finite.is_none())
                        .map(|embedded| (texts[embedded.sentence], embedded)),
                )
            {
                keeping.failed(&error);
                *kept = None;
            }
            for embedded in batch {
                pace.done(texts[embedded.sentence]);
                each(Embedded { sentence: missing[embedded.sentence], ..embedded });
            }
            meter.say(&*pace);
            ControlFlow::Continue(())
        })?;
        Ok(())
    }
}

/// How far the sentences are. Displays as `320 of 1000 sentences · 32% · 61/s · 11 s left`.
struct Pace {
    start: Instant,
    /// Those of an earlier run, and those that repeat another, which took no time.
    known: usize,
    sentences: (usize, usize),
    /// The longest come first: what is left is measured in bytes.
    bytes: (usize, usize),
}

impl Default for Pace {
    fn default() -> Self {
        Self { start: Instant::now(), known: 0, sentences: (0, 0), bytes: (0, 0) }
    }
}

impl Pace {
    /// One more is to come.
    fn expect(&mut self, text: &str) {
        self.sentences.1 += 1;
        self.bytes.1 += Self::cost(text);
    }

    /// An earlier run has left one.
    fn known(&mut self, text: &str) {
        self.known += 1;
        self.sentences.1 = self.sentences.1.saturating_sub(1);
        self.bytes.1 = self.bytes.1.saturating_sub(Self::cost(text));
    }

    fn done(&mut self, text: &str) {
        self.sentences.0 += 1;
        self.bytes.0 += Self::cost(text);
    }

    /// The specials take about as long as a short word each.
    fn cost(text: &str) -> usize {
        text.len() + 8
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let new = self.sentences.0;
        let (done, all) = (self.known + new, self.known + self.sentences.1);
        let seconds = self.start.elapsed().as_secs_f64();
        if new == 0 || done == all || seconds < 0.5 {
            return f.write_str(&message!("cli-progress-sentences", done = done, total = all));
        }
        let left = seconds * self.bytes.1.saturating_sub(self.bytes.0) as f64 / self.bytes.0 as f64;
        let left = TimeLeft(Duration::try_from_secs_f64(left).unwrap_or_default());
        f.write_str(&message!(
            "cli-progress-sentences-pace",
            done = done,
            total = all,
            percent = done * 100 / all,
            rate = format!("{:.0}", new as f64 / seconds),
            left = left.to_string()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_reads_well() {
        let texts = ["a long sentence comes first", "short", "b"];
        let mut pace = Pace::default();
        texts.iter().for_each(|text| pace.expect(text));
        assert_eq!(pace.to_string(), "0 of 3 sentences");
        pace.done(texts[0]);
        pace.start = Instant::now().checked_sub(Duration::from_secs(2)).unwrap();
        assert_eq!(pace.to_string(), "1 of 3 sentences · 33% · 0/s · 2 s left");
    }

    #[test]
    fn what_an_earlier_run_has_left_is_done() {
        let texts = ["a long sentence comes first", "short", "b"];
        let mut pace = Pace::default();
        texts.iter().for_each(|text| pace.expect(text));
        pace.known(texts[1]);
        assert_eq!(pace.to_string(), "1 of 3 sentences");
        pace.done(texts[0]);
        pace.start = Instant::now().checked_sub(Duration::from_secs(4)).unwrap();
        assert_eq!(pace.to_string(), "2 of 3 sentences · 66% · 0/s · 2 s left", "it took no time");
        pace.known(texts[2]);
        assert_eq!(pace.to_string(), "3 of 3 sentences", "nothing is left");
    }
}
