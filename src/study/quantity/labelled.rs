//! What a classifier on frozen vectors, trained on labelled sentences of the program, can do.

use std::{ops::ControlFlow, str::FromStr};

use super::{Quantities, QuantityError, QuantityRequest, declared_of, is_wanted, unit};
use crate::{
    analysis::{Granularity, HeadSays, ModelSample, Pooling, Probe, ProbedModel, SentenceVector},
    bert::{Ablations, HeadName, States},
    messages::find_named,
    study::{LabelledVectors, Reader, Reading, Readings, embed, read_heads},
};

/// Labelled sentences of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelledSet {
    /// Positive or negative: `config/probes/feeling.tsv`.
    Feeling,
    /// One of five: `config/probes/topic.tsv`.
    Topic,
}

impl LabelledSet {
    /// Every one.
    pub const ALL: &'static [Self] = &[LabelledSet::Feeling, LabelledSet::Topic];

    /// As lessons have it.
    pub fn id(self) -> &'static str {
        match self {
            LabelledSet::Feeling => "feeling",
            LabelledSet::Topic => "topic",
        }
    }

    /// Label and sentence, line by line.
    fn examples(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let text = match self {
            LabelledSet::Feeling => include_str!("../../../config/probes/feeling.tsv"),
            LabelledSet::Topic => include_str!("../../../config/probes/topic.tsv"),
        };
        text.lines().skip(1).filter_map(|line| line.split_once('\t'))
    }

    /// The labels, in the order of their first lines.
    pub fn labels(self) -> Vec<&'static str> {
        let mut labels = Vec::new();
        for (label, _) in self.examples() {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels
    }
}

impl FromStr for LabelledSet {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        find_named(text, Self::ALL.iter().copied(), |set| set.id())
    }
}

/// As `evaluate` has it.
const FOLDS: usize = 5;

impl Quantities {
    /// A classifier of a set on a vector of the model, with its accuracy; it is trained once.
    fn probe(
        &mut self,
        reader: &dyn Reader,
        set: LabelledSet,
        vector: SentenceVector,
        wanted: &dyn Fn() -> bool,
    ) -> Result<&Probe, QuantityError> {
        let is_it = |(known, probe): &(LabelledSet, Probe)| *known == set && probe.vector == vector;
        if !self.probes.iter().any(is_it) {
            let (names, info) = (set.labels(), reader.info());
            let sentences: Vec<String> = set.examples().map(|(_, text)| text.to_owned()).collect();
            let goes_on = |_| if wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            let embeddings = embed(reader, &sentences, &[vector], goes_on)?.ok_or(QuantityError::Unwanted)?;
            let vectors = embeddings.vectors.iter().flat_map(|(_, vectors)| vectors).map(Option::as_ref);
            let labels = set.examples().filter_map(|(label, _)| names.iter().position(|name| *name == label));
            let labelled = LabelledVectors::new(labels.zip(vectors));
            if labelled.is_empty() {
                return Err(QuantityError::NoVector { vector });
            }
            is_wanted(wanted)?;
            let probe = Probe {
                name: set.id().to_owned(),
                vector,
                labels: names.into_iter().map(str::to_owned).collect(),
                accuracy: labelled.cross_validated(FOLDS, |_| ())?,
                regression: labelled.fit()?,
                model: ProbedModel {
                    name: String::new(),
                    layers: info.layers,
                    hidden_size: info.hidden_size,
                    sample: ModelSample(Vec::new()),
                },
            };
            self.probes.push((set, probe));
        }
        let found = self.probes.iter().find(|known| is_it(known));
        found.map(|(_, probe)| probe).ok_or(QuantityError::NoVector { vector })
    }

    /// The part of labelled sentences that get their own label from a classifier that has seen the others only.
    pub(super) fn accuracy(
        &mut self,
        reader: &dyn Reader,
        set: LabelledSet,
        vector: SentenceVector,
        wanted: &dyn Fn() -> bool,
    ) -> Result<f64, QuantityError> {
        let accuracy = self.probe(reader, set, vector, wanted)?.accuracy;
        Ok(accuracy.hits as f64 / accuracy.trials as f64)
    }

    /// The probability of a label.
    pub(super) fn probability(
        &mut self,
        reader: &dyn Reader,
        readings: &Readings,
        request: &QuantityRequest,
        wanted: &dyn Fn() -> bool,
    ) -> Result<f64, QuantityError> {
        let declared = readings.a_pooling.vector(Pooling::Declared);
        let states = States { declared, ..States::from(&*readings.a.trace) };
        self.probability_of(reader, states, request, wanted)
    }

    /// The same while no token attends to a word.
    pub(super) fn probability_without(
        &mut self,
        reader: &dyn Reader,
        reading: &Reading,
        request: &QuantityRequest,
        wanted: &dyn Fn() -> bool,
    ) -> Result<f64, QuantityError> {
        let tokens = reading.units(Granularity::Words).tokens(unit(reading, request.from()?)?);
        let ablations = Ablations { masked: tokens.collect(), ..Ablations::default() };
        let trace = reader.trace(&reader.encode(&reading.trace.input)?, &ablations)?;
        let declared = declared_of(reader, &trace, request.vector()?)?;
        let declared = declared.as_ref().map(|declared| declared.vector.as_slice());
        self.probability_of(reader, States { declared, ..States::from(&trace) }, request, wanted)
    }

    fn probability_of(
        &mut self,
        reader: &dyn Reader,
        states: States,
        request: &QuantityRequest,
        wanted: &dyn Fn() -> bool,
    ) -> Result<f64, QuantityError> {
        let (set, vector, label) = (request.labels()?, request.vector()?, request.label()?);
        let says = self.probe(reader, set, vector, wanted)?.says(states);
        let Some(HeadSays::Labels(labels)) = says.map(|reading| reading.says) else {
            return Err(QuantityError::NoVector { vector });
        };
        let found = labels.iter().find(|it| it.label == label);
        found.map(|it| it.score.into()).ok_or_else(|| QuantityError::NoLabel { label: label.to_owned(), set })
    }
}

/// The probability that the model's own head gives to B following A.
pub(super) fn next_sentence(reader: &dyn Reader, readings: &Readings) -> Result<f64, QuantityError> {
    let joined = &readings.pair.as_ref().ok_or(QuantityError::TooLittle)?.joined.trace;
    let heads = read_heads(reader, &joined.input, &States::from(&**joined), Some(HeadName::NextSentence))?;
    let says = heads.into_iter().map(|reading| reading.says).next();
    // Its first label is that B follows.
    let Some(HeadSays::Labels(labels)) = says else { return Err(QuantityError::NoNextSentence) };
    labels.first().map(|next| next.score.into()).ok_or(QuantityError::NoNextSentence)
}
