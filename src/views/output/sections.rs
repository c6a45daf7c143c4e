//! What the heads and probes say as rows of names and scores.

mod tags;
mod words;

use std::{ops::Range, sync::Arc};

use crate::{
    analysis::{HeadReading, HeadSays, LabelScore, LogitTarget, Probe, largest_at},
    bert::{HeadName, LensWord, OutputActivation, Sentence, States, Trace},
    labels,
    messages::{Language, label, language, listed, message},
    printable::printable,
    state::{Reading, State, WordChange},
};
use tags::{at_token, tagged, text};
use words::{masked, standing};

/// What one head, or one probe under several poolings, says of the text or of one place in it.
#[derive(Debug)]
pub(super) struct OutputSection {
    pub head: HeadName,
    /// For people.
    pub title: String,
    /// What the columns are called.
    pub columns: Vec<String>,
    /// What else there is to say of it, as far as there is room.
    pub notes: Vec<String>,
    /// A line of its own: the text with its entities, or why there are no rows.
    pub text: Option<String>,
    pub rows: Vec<OutputRow>,
    /// Whether it is of the token that is chosen.
    pub is_of_token: bool,
}

/// A label, an entity, an answer or a word.
#[derive(Debug)]
pub(super) struct OutputRow {
    pub name: String,
    /// What the logit is called that is explained, where it is not of all that the row says.
    pub logit: Option<String>,
    /// Whether scores are probabilities.
    pub is_share: bool,
    /// One for each column.
    pub scores: Vec<OutputScore>,
}

/// What is said in a row.
#[derive(Clone, Debug)]
pub(super) struct OutputScore {
    /// A probability, or the logit of what has none.
    pub score: f32,
    /// The same without ablations; none where nothing is ablated, or where it was not found there.
    pub before: Option<f32>,
    /// Whether it is what is chosen.
    pub is_chosen: bool,
    /// The logit behind it, where there is one.
    pub target: Option<LogitTarget>,
}

impl OutputSection {
    fn of_head(head: HeadName, title: String, text: Option<String>, rows: Vec<OutputRow>) -> Self {
        let columns = vec![label!("output-column-now").text().to_owned()];
        Self { head, title, columns, notes: Vec::new(), text, rows, is_of_token: false }
    }

    /// `positive (feeling, mean)`; of a word `cat at token 2`.
    pub(super) fn name_of(&self, row: &OutputRow, column: usize) -> String {
        if let Some(target @ LogitTarget::Word { .. }) = &row.scores[column].target {
            return printable(&labels::analysis::logit(target, &[])).into_owned();
        }
        match self.columns.get(column).filter(|_| self.columns.len() > 1) {
            Some(pooling) => message!("output-row-of", title = &*self.title, name = &*row.name, pooling = &**pooling),
            None => message!("output-row", title = &*self.title, name = &*row.name),
        }
    }
}

impl OutputScore {
    /// What it is without ablations.
    pub(super) fn without(&self) -> f32 {
        self.before.unwrap_or(self.score)
    }
}

impl OutputRow {
    fn one(name: String, is_share: bool, score: OutputScore) -> Self {
        Self { name, logit: None, is_share, scores: vec![score] }
    }

    fn explained_by(self, logit: String) -> Self {
        Self { logit: Some(logit), ..self }
    }
}

/// What sections are made of: other sections need other sources.
#[derive(Debug)]
pub(super) struct SectionSources {
    reading: Option<Arc<Reading>>,
    unablated: Option<Arc<Reading>>,
    probes: Vec<Arc<Probe>>,
    language: Language,
    token: usize,
    /// Whether it is known what the masked-language head says of each token.
    is_written: bool,
    words: Option<Arc<Vec<WordChange>>>,
}

impl PartialEq for SectionSources {
    fn eq(&self, other: &Self) -> bool {
        fn same<T>(a: &Option<Arc<T>>, b: &Option<Arc<T>>) -> bool {
            match (a, b) {
                (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                (a, b) => a.is_none() && b.is_none(),
            }
        }
        same(&self.reading, &other.reading)
            && same(&self.unablated, &other.unablated)
            && same(&self.words, &other.words)
            && (self.language, self.token, self.is_written) == (other.language, other.token, other.is_written)
            && self.probes.len() == other.probes.len()
            && self.probes.iter().zip(&other.probes).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

impl SectionSources {
    pub(super) fn new(state: &State, is_written: bool) -> Self {
        let unablated = state.readings.as_ref().and_then(|readings| readings.unablated.as_ref());
        Self {
            reading: state.reading().cloned(),
            unablated: unablated.map(|whole| whole.readings.get(state.attention.reading_choice).clone()),
            probes: state.fitting_probes(),
            language: language(),
            token: state.attention.token,
            is_written,
            words: state.word_changes().cloned(),
        }
    }

    /// Whether another token is chosen in the other one.
    pub(super) fn is_of_other_token(&self, other: &Self) -> bool {
        self.token != other.token
    }
}

/// What is shown: of the reading that is chosen, beside the same without ablations. `written` is what the masked-language head says
/// of each token.
pub(super) fn sections(state: &State, written: Option<&[LensWord]>) -> Vec<OutputSection> {
    let (Some(reading), Some(readings)) = (state.reading(), &state.readings) else { return Vec::new() };
    let before = readings.unablated.as_ref().map(|whole| &**whole.readings.get(state.attention.reading_choice));
    let mut sections: Vec<OutputSection> =
        reading.outputs.iter().flat_map(|head| of_head(state, reading, head, before)).collect();
    let token = state.attention.token;
    if let Some(masked) = reading.outputs.iter().find_map(|head| head.says.words()) {
        let is_masked = masked.iter().any(|place| place.token == token);
        let lens = written.and_then(|words| words.get(token));
        sections.extend((!is_masked).then(|| standing(state, reading, token, lens)).flatten());
    }
    let probes = state.fitting_probes();
    for same in probes.chunk_by(|a, b| a.name == b.name && a.labels == b.labels) {
        sections.extend(of_probes(same, reading, before));
    }
    sections
}

fn of_head(state: &State, reading: &Reading, head: &HeadReading, before: Option<&Reading>) -> Vec<OutputSection> {
    let name = head.head.name;
    let same = |other: &&HeadReading| other.head.name == name;
    let before = before.and_then(|before| before.outputs.iter().find(same));
    let section = |text, rows| OutputSection::of_head(name, name.label().text().to_owned(), text, rows);
    match &head.says {
        HeadSays::Labels(labels) => {
            let before = before.and_then(|before| match &before.says {
                HeadSays::Labels(labels) => Some(labels.as_slice()),
                _ => None,
            });
            let target = |label| LogitTarget::Head { head: name, label, token: 0 };
            let scores = output_scores(labels, before, head.head.activation, target);
            let is_share = head.head.activation != OutputActivation::Identity;
            let row = |(label, score): (&LabelScore, _)| {
                OutputRow::one(printable(&label.label).into_owned(), is_share, score)
            };
            let (rows, order) = in_order(labels.iter().zip(scores).map(row).collect());
            let own = match head.head.activation {
                OutputActivation::Sigmoid if rows.len() > 1 => message!("output-each-by-itself"),
                OutputActivation::Identity => message!("output-score"),
                OutputActivation::Sigmoid | OutputActivation::Softmax => String::new(),
            };
            let is_alone = name == HeadName::MultipleChoice && reading.trace.input.pair.is_none();
            let choice = is_alone.then(|| message!("output-choice-alone"));
            vec![OutputSection { notes: [own, order].into_iter().chain(choice).collect(), ..section(None, rows) }]
        }
        HeadSays::Tags { tokens, entities } => tagged(reading, name, tokens, entities, before),
        HeadSays::Answers { spans, .. } => {
            let answers_before = before.map(|before| match &before.says {
                HeadSays::Answers { spans, .. } => spans.as_slice(),
                _ => &[],
            });
            let score_before = |span: &Range<usize>| {
                answers_before.and_then(|before| before.iter().find(|other| other.span == *span)).map(|it| it.score)
            };
            let rows = spans.iter().enumerate().map(|(rank, answer)| {
                let score = OutputScore {
                    score: answer.score,
                    before: score_before(&answer.span),
                    is_chosen: rank == 0,
                    // How well it begins there.
                    target: Some(LogitTarget::Head { head: name, label: 0, token: answer.tokens.start }),
                };
                let start = head.head.labels.first().map_or("", String::as_str);
                OutputRow::one(text(&reading.trace.input, Sentence::B, &answer.span), true, score)
                    .explained_by(at_token(reading, start, answer.tokens.start))
            });
            let rows: Vec<OutputRow> = rows.collect();
            vec![section(rows.is_empty().then(|| message!("output-no-pair")), rows)]
        }
        HeadSays::Words(places) if places.is_empty() => {
            let mask = state.model.as_ref().map_or("", |model| &model.mask);
            vec![section(Some(message!("output-no-mask", mask = &*printable(mask))), Vec::new())]
        }
        HeadSays::Words(places) => places.iter().map(|place| masked(state, reading, place)).collect(),
    }
}

/// More labels than are looked through stand with the highest first, which is said.
fn in_order(mut rows: Vec<OutputRow>) -> (Vec<OutputRow>, String) {
    /// So many stand in the order of their ids.
    const MOST: usize = 20;
    if rows.len() <= MOST {
        return (rows, String::new());
    }
    rows.sort_by(|a, b| b.scores[0].score.total_cmp(&a.scores[0].score));
    let note = message!("output-highest-first", count = rows.len());
    (rows, note)
}

/// The scores of labels, of which the largest, or all from one half on, are chosen.
fn output_scores(
    labels: &[LabelScore],
    before: Option<&[LabelScore]>,
    activation: OutputActivation,
    target: impl Fn(usize) -> LogitTarget,
) -> Vec<OutputScore> {
    let scores: Vec<f32> = labels.iter().map(|label| label.score).collect();
    let largest = largest_at(&scores);
    let score = |(at, &score): (usize, &f32)| OutputScore {
        score,
        before: before.and_then(|before| before.get(at)).map(|label| label.score),
        is_chosen: match activation {
            OutputActivation::Softmax => largest == Some(at),
            OutputActivation::Sigmoid => score >= 0.5,
            OutputActivation::Identity => false,
        },
        target: Some(target(at)),
    };
    scores.iter().enumerate().map(score).collect()
}

/// Probes of one name, a column for each.
fn of_probes(probes: &[Arc<Probe>], reading: &Reading, before: Option<&Reading>) -> Option<OutputSection> {
    let first = probes.first()?;
    let mut rows: Vec<OutputRow> = first
        .labels
        .iter()
        .map(|label| OutputRow { name: printable(label).into_owned(), logit: None, is_share: true, scores: Vec::new() })
        .collect();
    let labels = |probe: &Probe, trace: &Trace| match probe.says(States::from(trace))?.says {
        HeadSays::Labels(labels) => Some(labels),
        _ => None,
    };
    for probe in probes {
        let now = labels(probe, &reading.trace).unwrap_or_else(|| {
            // Of a vector that is not there or not finite nothing can be said.
            let no_number = |label: &String| LabelScore { label: label.clone(), logit: f32::NAN, score: f32::NAN };
            probe.labels.iter().map(no_number).collect()
        });
        let before = before.and_then(|before| labels(probe, &before.trace));
        let target = |label| LogitTarget::Probe { probe: Arc::clone(probe), label };
        let scores = output_scores(&now, before.as_deref(), probe.head().activation, target);
        rows.iter_mut().zip(scores).for_each(|(row, score)| row.scores.push(score));
    }
    let percent = |probe: &Arc<Probe>| {
        let accuracy = probe.accuracy;
        format!("{:.0} %", 100.0 * accuracy.hits as f64 / accuracy.trials.max(1) as f64)
    };
    let shares = listed(probes.iter().map(percent));
    Some(OutputSection {
        head: HeadName::Probe,
        title: printable(&first.name).into_owned(),
        columns: probes.iter().map(|probe| probe.vector.to_string()).collect(),
        notes: vec![message!("output-accuracy", shares = shares, count = first.accuracy.trials)],
        text: None,
        rows,
        is_of_token: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_labels_stand_with_the_highest_first() {
        let of = |count: usize| {
            let row = |at: usize| {
                let score = (at * 7 % count) as f32;
                OutputRow::one(
                    at.to_string(),
                    true,
                    OutputScore { score, before: None, is_chosen: false, target: None },
                )
            };
            let (rows, note) = in_order((0..count).map(row).collect());
            (rows.into_iter().map(|row| row.name).collect::<Vec<_>>(), note)
        };
        let (names, note) = of(20);
        assert!(names.iter().enumerate().all(|(at, name)| *name == at.to_string()) && note.is_empty());
        let (names, note) = of(30);
        // 7 · 17 is 29 modulo 30.
        assert!(names[0] == "17" && names[29] == "0" && note.contains("30"), "{names:?}, {note}");
    }
}
