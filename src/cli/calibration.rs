use std::ops::ControlFlow;

use super::{choices::BackgroundChoice, error::CliError, input::read_text, meter::Meter, output::diagnostic};
use crate::{
    analysis::{Calibrations, NoCalibration, SentenceVector},
    bert::Bert,
    export::{CalibratedSimilarities, Format},
    messages::message,
    study::{Background, Embeddings, TokenizedTexts, embed},
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
    let few = format == Format::Table && sentences.len() <= MOST_SENTENCES;
    let choice = asked.unwrap_or(if few { &BackgroundChoice::Auto } else { &BackgroundChoice::None });
    let background = match choice {
        BackgroundChoice::None => return Ok(None),
        _ if matches!(format, Format::Tsv | Format::Csv) => {
            return Err(CliError::Usage(message!("cli-background-format", format = format.id())));
        }
        BackgroundChoice::Auto => Background::suited_to(sentences.iter().map(String::as_str)),
        BackgroundChoice::English => Background::english(),
        BackgroundChoice::Chinese => Background::chinese(),
        BackgroundChoice::File(path) => Background::from_lines(&path.display().to_string(), &read_text(path)?),
    };
    if let count @ ..2 = background.sentences.len() {
        return Err(CliError::Failed(NoCalibration::TooFew { sentences: count }.to_string()));
    }
    let wanted: Vec<SentenceVector> = embeddings.vectors.iter().map(|(vector, _)| *vector).collect();
    let mut meter = Meter::on_terminal(message!("cli-meter-background", model = &bert.info().name));
    let known = embed(bert, &background.sentences, &wanted, |done| {
        meter.say(message!("cli-progress-sentences", done = done, total = background.sentences.len()));
        ControlFlow::Continue(())
    })?
    .unwrap_or_default();
    drop(meter);
    if let (BackgroundChoice::File(_), count @ 1..) = (choice, known.truncated.len()) {
        diagnostic(&message!("cli-background-truncated", count = count));
    }
    let calibrations = Calibrations::new(&known.vectors);
    let withheld = |a, b| tokenized.withhold(a, b);
    Ok(Some(CalibratedSimilarities::new(&background.name, &calibrations, &embeddings.vectors, &withheld)))
}
