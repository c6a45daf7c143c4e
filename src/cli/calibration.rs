use std::{collections::BTreeMap, ops::ControlFlow};

use super::{
    choices::BackgroundChoice, dataset::TextArguments, error::CliError, input, meter::Meter, output::diagnostic,
};
use crate::{
    analysis::{Calibrations, NoCalibration, SentenceVector},
    bert::Bert,
    export::{CalibratedSimilarities, Format, MeasuredBackground},
    labels,
    messages::message,
    study::{Background, BackgroundLanguage, Embeddings, NoBackground, Script, TokenizedTexts, embed},
};

/// To more sentences a table says nothing of unrelated ones unless asked; there would be too much to read.
const MOST_SENTENCES: usize = 20;

/// Ranks the similarities among those of unrelated sentences: as asked or, where nothing is asked, in a table of few sentences.
pub(super) fn calibrate(
    asked: Option<&BackgroundChoice>,
    format: Format,
    bert: &Bert,
    sentences: &[String],
    tokenized: &TokenizedTexts,
    embeddings: &Embeddings,
) -> Result<Option<CalibratedSimilarities>, CliError> {
    if embeddings.vectors.iter().flat_map(|(_, vectors)| vectors).all(Option::is_none) {
        // Nothing is finite, which is said elsewhere.
        return Ok(None);
    }
    let few = format == Format::Table && sentences.len() <= MOST_SENTENCES;
    let choice = asked.unwrap_or(if few { &BackgroundChoice::Auto } else { &BackgroundChoice::None });
    let one = match choice {
        BackgroundChoice::None => return Ok(None),
        _ if matches!(format, Format::Tsv | Format::Csv) => {
            return Err(CliError::Usage(message!("cli-background-format", format = format.id())));
        }
        BackgroundChoice::Auto => None,
        BackgroundChoice::English => Some(Background::english()),
        BackgroundChoice::Chinese => Some(Background::chinese()),
        BackgroundChoice::File(path) => {
            let sentences = input::sentences(path, &TextArguments::default())?;
            Some(Background::of_sentences(&path.display().to_string(), sentences))
        }
    };
    if let Some(count @ ..2) = one.as_ref().map(|background| background.sentences.len()) {
        return Err(CliError::Failed(NoCalibration::TooFew { sentences: count }.to_string()));
    }
    let mut pairs = PairBackgrounds::new(one, sentences, tokenized);
    let notes = pairs.choose();
    let wanted: Vec<SentenceVector> = embeddings.vectors.iter().map(|(vector, _)| *vector).collect();
    let mut measured = Vec::new();
    for background in &pairs.backgrounds {
        let (found, truncated) = measure(background, bert, &wanted)?;
        measured.push(found);
        if let (BackgroundChoice::File(_), 1..) = (choice, truncated) {
            diagnostic(&message!("cli-background-truncated", count = truncated));
        }
    }
    Ok(Some(CalibratedSimilarities::new(&measured, |a, b| pairs.of(a, b), notes, &embeddings.vectors)))
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
    sentences: usize,
}

impl<'t> PairBackgrounds<'t> {
    fn new(one: Option<Background>, sentences: &[String], tokenized: &'t TokenizedTexts) -> Self {
        let scripts = || sentences.iter().map(|sentence| Script::of(sentence)).collect();
        Self {
            by_script: one.is_none().then(|| (scripts(), Vec::new())),
            backgrounds: one.into_iter().collect(),
            tokenized,
            sentences: sentences.len(),
        }
    }

    /// Finds the backgrounds that are needed. Returns, in a sentence each, why some pairs have none.
    fn choose(&mut self) -> Vec<String> {
        let mut without: BTreeMap<(String, bool), (usize, Vec<String>)> = BTreeMap::new();
        let count = self.sentences;
        for (a, b) in (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))) {
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
