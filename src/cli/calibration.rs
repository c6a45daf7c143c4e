use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    choices::BackgroundChoice, dataset::TextArguments, error::CliError, input, meter::Meter, output::diagnostic,
};
use crate::{
    analysis::{Calibrations, ClosePair, NoCalibration, SentenceVector},
    bert::Bert,
    export::{CalibratedSimilarities, Format, MeasuredBackground},
    labels,
    messages::message,
    study::{Background, BackgroundLanguage, Embeddings, NoBackground, Script, TokenizedTexts, embed},
};

/// To more sentences a table says nothing of unrelated ones unless asked; there would be too much to read.
const MOST_SENTENCES: usize = 20;

/// Of a list that is its own background so many sentences at most, evenly chosen.
const MOST_OF_LIST: usize = 2_000;
/// Percentiles beyond which a whole list says little.
const FAR: f32 = 95.0;

/// A list, and what to compare its pairs with.
pub(super) struct CalibratedList<'l> {
    pub bert: &'l Bert,
    pub sentences: &'l [String],
    pub tokenized: &'l TokenizedTexts,
    pub embeddings: &'l Embeddings,
    pub choice: &'l BackgroundChoice,
}

/// Ranks the similarities among those of unrelated sentences: as asked or, where nothing is asked, in a table of few sentences.
pub(super) fn calibrate(
    asked: Option<&BackgroundChoice>,
    format: Format,
    bert: &Bert,
    sentences: &[String],
    tokenized: &TokenizedTexts,
    embeddings: &Embeddings,
) -> Result<Option<CalibratedSimilarities>, CliError> {
    let few = format == Format::Table && sentences.len() <= MOST_SENTENCES;
    let choice = asked.unwrap_or(if few { &BackgroundChoice::Auto } else { &BackgroundChoice::None });
    let count = sentences.len();
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
    let list = CalibratedList { bert, sentences, tokenized, embeddings, choice };
    let Some(backgrounds) = list.backgrounds(pairs)? else { return Ok(None) };
    let MeasuredBackgrounds { measured, pairs, notes } = backgrounds;
    let calibrated = CalibratedSimilarities::new(&measured, |a, b| pairs.of(a, b), notes, &embeddings.vectors);
    if count > 2 && *choice != BackgroundChoice::List {
        say_beyond(calibrated.all_beyond(FAR), calibrated.background());
    }
    Ok(Some(calibrated))
}

/// Says that the pairs of a list are all far beyond unrelated ones; of vectors with how many pairs have a percentile.
fn say_beyond(vectors: Vec<(SentenceVector, usize)>, background: Option<String>) {
    let Some((_, pairs)) = vectors.first().copied() else { return };
    let names: Vec<String> = vectors.iter().map(|(vector, _)| vector.to_string()).collect();
    let background = background.unwrap_or_default();
    diagnostic(&message!("cli-list-beyond", vectors = names.join(", "), pairs = pairs, background = background));
}

/// Backgrounds, and which pair has which.
pub(super) struct MeasuredBackgrounds<'t> {
    pub measured: Vec<MeasuredBackground>,
    pairs: PairBackgrounds<'t>,
    /// Why some pairs have none, each in a sentence.
    pub notes: Vec<String>,
}

impl MeasuredBackgrounds<'_> {
    /// Of a pair, how many of a hundred unrelated pairs have a lower cosine, and the name of its background.
    pub(super) fn percentile(&self, vector: SentenceVector, pair: &ClosePair) -> Option<(f32, String)> {
        let background = &self.measured[self.pairs.of(pair.a, pair.b)?];
        let percentile = background.calibrations.get(vector).ok()?.raw().percentile(pair.closeness)?;
        Some((percentile as f32, background.name.clone()))
    }

    /// The backgrounds, in a line; none where there is none.
    pub(super) fn names(&self) -> Option<String> {
        let one = |of: &MeasuredBackground| message!("export-background", name = &of.name, count = of.sentences);
        let all: Vec<String> = self.measured.iter().map(one).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// Says where all pairs of a list lie far beyond the only background: its least close pair does. `least` is that of each
    /// kind of vector, and how many pairs there are.
    pub(super) fn say_where_all_beyond(&self, least: impl Iterator<Item = (SentenceVector, f32, usize)>) {
        let [background] = self.measured.as_slice() else { return };
        let is_far = |&(vector, least, _): &(SentenceVector, f32, usize)| {
            let percentile = background.calibrations.get(vector).ok().and_then(|known| known.raw().percentile(least));
            percentile.is_some_and(|percentile| percentile as f32 >= FAR)
        };
        say_beyond(least.filter(is_far).map(|(vector, _, pairs)| (vector, pairs)).collect(), self.names());
    }
}

impl<'l> CalibratedList<'l> {
    /// The backgrounds that some pairs need; none where none is wanted, or nothing is finite.
    pub(super) fn backgrounds(
        &self,
        of: impl Iterator<Item = (usize, usize)>,
    ) -> Result<Option<MeasuredBackgrounds<'l>>, CliError> {
        if self.embeddings.vectors.iter().flat_map(|(_, vectors)| vectors).all(Option::is_none) {
            // Which is said elsewhere.
            return Ok(None);
        }
        let one = match self.choice {
            BackgroundChoice::None => return Ok(None),
            BackgroundChoice::Auto => None,
            BackgroundChoice::English => Some(Background::english()),
            BackgroundChoice::Chinese => Some(Background::chinese()),
            BackgroundChoice::List => Some(Background::of_sentences("list", Vec::new())),
            BackgroundChoice::File(path) => {
                let sentences = input::sentences(path, &TextArguments::default())?;
                Some(Background::of_sentences(&path.display().to_string(), sentences))
            }
        };
        let is_list = *self.choice == BackgroundChoice::List;
        if let (false, Some(count @ ..2)) = (is_list, one.as_ref().map(|background| background.sentences.len())) {
            return Err(CliError::Failed(NoCalibration::TooFew { sentences: count }.to_string()));
        }
        let mut pairs = PairBackgrounds::new(one, self.sentences, self.tokenized);
        let notes = pairs.choose(of);
        if is_list {
            let own = self.own();
            say_of_few(&own);
            return Ok(Some(MeasuredBackgrounds { measured: vec![own], pairs, notes }));
        }
        let wanted: Vec<SentenceVector> = self.embeddings.vectors.iter().map(|(vector, _)| *vector).collect();
        let mut measured = Vec::new();
        for background in &pairs.backgrounds {
            let (found, truncated) = measure(background, self.bert, &wanted)?;
            say_of_few(&found);
            measured.push(found);
            if let (BackgroundChoice::File(_), 1..) = (self.choice, truncated) {
                diagnostic(&message!("cli-background-truncated", count = truncated));
            }
        }
        Ok(Some(MeasuredBackgrounds { measured, pairs, notes }))
    }

    /// The list itself.
    fn own(&self) -> MeasuredBackground {
        let step = self.sentences.len().div_ceil(MOST_OF_LIST).max(1);
        let chosen = |(vector, all): &(SentenceVector, Vec<Option<Vec<f32>>>)| {
            (*vector, all.iter().step_by(step).filter(|vector| vector.is_some()).cloned().collect::<Vec<_>>())
        };
        let vectors: Vec<_> = self.embeddings.vectors.iter().map(chosen).collect();
        let sentences = vectors.iter().map(|(_, vectors)| vectors.len()).max().unwrap_or(0);
        MeasuredBackground { name: "list".to_owned(), sentences, calibrations: Calibrations::new(&vectors) }
    }
}

/// Says where so few pairs cannot tell a percentile: each is more than one of 100.
fn say_of_few(MeasuredBackground { name, sentences, .. }: &MeasuredBackground) {
    let pairs = sentences * sentences.saturating_sub(1) / 2;
    if (1..100).contains(&pairs) {
        diagnostic(&message!("cli-background-few", name = name, sentences = *sentences, pairs = pairs));
    }
}

/// What the model makes of unrelated sentences, and how many of them were cut off.
fn measure(
    background: &Background,
    bert: &Bert,
    wanted: &[SentenceVector],
) -> Result<(MeasuredBackground, usize), CliError> {
    let count = background.sentences.len();
    let mut meter = Meter::after_a_pause(message!("cli-meter-background", model = &bert.info().name));
    let known = embed(bert, &background.sentences, wanted, |done| {
        meter.say(message!("cli-progress-sentences", done = done, total = count));
        ControlFlow::Continue(())
    })?
    .unwrap_or_default();
    let calibrations = Calibrations::new(&known.vectors);
    Ok((
        MeasuredBackground { name: background.name.clone(), sentences: count, calibrations },
        known.truncated().count(),
    ))
}

/// The background of each pair: one for all, or that of the language of both sentences.
struct PairBackgrounds<'t> {
    backgrounds: Vec<Background>,
    /// What each sentence is written in, and the languages of the backgrounds; none where one serves all.
    by_script: Option<(Vec<Option<Script>>, Vec<BackgroundLanguage>)>,
    tokenized: &'t TokenizedTexts,
}

impl<'t> PairBackgrounds<'t> {
    fn new(one: Option<Background>, sentences: &[String], tokenized: &'t TokenizedTexts) -> Self {
        let scripts = || sentences.iter().map(|sentence| Script::of(sentence)).collect();
        Self {
            by_script: one.is_none().then(|| (scripts(), Vec::new())),
            backgrounds: one.into_iter().collect(),
            tokenized,
        }
    }

    /// Finds the backgrounds that are needed. Returns, in a sentence each, why some pairs have none.
    fn choose(&mut self, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<String> {
        let mut without: BTreeMap<(String, bool), (usize, Vec<String>)> = BTreeMap::new();
        for (a, b) in pairs {
            match self.language(a, b) {
                Ok(Some(language)) => self.need(language),
                Ok(None) => {}
                Err(why) => {
                    let reason = (labels::background::reason(why), why == NoBackground::Unknown);
                    let (count, named) = without.entry(reason).or_default();
                    *count += 1;
                    if named.len() < labels::NAMED {
                        named.push(format!("{}–{}", a + 1, b + 1));
                    }
                }
            }
        }
        let note = |((reason, is_unknown), (count, named))| {
            let pairs = labels::first_of(named, count, ", ");
            match is_unknown {
                true => message!("cli-no-percentile", count = count, pairs = pairs, reason = reason),
                false => message!("cli-no-percentile-choose", count = count, pairs = pairs, reason = reason),
            }
        };
        without.into_iter().map(note).collect()
    }

    fn need(&mut self, language: BackgroundLanguage) {
        let Some((_, languages)) = &mut self.by_script else { return };
        if !languages.contains(&language) {
            languages.push(language);
            self.backgrounds.push(language.background());
        }
    }

    /// The language of a pair's background; none where one serves all.
    fn language(&self, a: usize, b: usize) -> Result<Option<BackgroundLanguage>, NoBackground> {
        if self.tokenized.withhold(a, b) {
            return Err(NoBackground::Unknown);
        }
        let of_pair = |scripts: &Vec<_>| BackgroundLanguage::of_pair([scripts[a], scripts[b]]);
        self.by_script.as_ref().map(|(scripts, _)| of_pair(scripts)).transpose()
    }

    /// The place of a pair's background; none where it has none.
    fn of(&self, a: usize, b: usize) -> Option<usize> {
        match (self.language(a, b).ok()?, &self.by_script) {
            (Some(language), Some((_, languages))) => languages.iter().position(|known| *known == language),
            _ => Some(0),
        }
    }
}
