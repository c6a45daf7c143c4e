//! What is read of one sentence or a pair, and all that follows from it.

use std::{fmt, ops::Range, sync::Arc, time::Duration};

use super::{BackgroundLanguage, NoBackground, Script, TokenName, TokenizedText, TokenizedTexts};
use crate::{
    analysis::{
        Contributions, Granularity, HeadReading, HeadStatistics, Measure, MeasuredTrace, ModelSample, Pooling,
        SentenceVector, Units, Word, cls_mean_drift, cosine, cosine_by_layer, norm, words,
    },
    bert::{
        Ablations, DeclaredExtent, DeclaredReading, NonFinitePlace, Prediction, Sentence, States, Trace, UnknownTokens,
    },
};

/// Which reading of a pair is shown. Without a second sentence all three are the one sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadingChoice {
    /// `[CLS] A [SEP] B [SEP]`: one `[CLS]`, attention across the two.
    #[default]
    Joined,
    /// Sentence A by itself.
    AloneA,
    /// Sentence B by itself.
    AloneB,
}

/// What came of one input: one forward pass, and the words in it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What the model produced, and what measures say of it.
    pub trace: MeasuredTrace,
    /// The words its tokens are pieces of.
    pub words: Vec<Word>,
    /// What the masked-language head would write at each position, `[token][rank]`; empty unless there is such a head
    /// and a `[MASK]` to fill.
    pub predictions: Vec<Vec<Prediction>>,
    /// What the heads of the model say, in their order; empty where there are none.
    pub outputs: Vec<HeadReading>,
    /// How much of the text is within the tokens that the model was trained to read; none where that is not known.
    pub declared_extent: Option<DeclaredExtent>,
    /// Pieces, words.
    units: [Units; 2],
}

/// A reading, and the model that read it: no other can read it again.
#[derive(Clone)]
pub struct ReadingOfModel {
    /// What was read.
    pub reading: Arc<Reading>,
    /// The number of the job that opened the model.
    pub model: u64,
}

/// One text, read as it is and as the model was trained to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadText {
    /// As it is.
    pub trace: Trace,
    /// As it is declared; none where the model says nothing of that.
    pub declared: Option<DeclaredReading>,
}

/// Two sentences, read joined.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinedTexts {
    /// As they are.
    pub trace: Trace,
    /// How much of them the model was trained to read; none where it says nothing of that.
    pub extent: Option<DeclaredExtent>,
}

impl Reading {
    /// Finds the words of a trace, measures its heads, and works out whatever would keep a key waiting.
    pub fn new(trace: impl Into<MeasuredTrace>) -> Self {
        let trace = trace.into();
        trace.prepare(Measure::default());
        Self {
            words: words(&trace.tokens),
            units: [Granularity::Subwords, Granularity::Words].map(|granularity| Units::new(&trace, granularity)),
            trace,
            predictions: Vec::new(),
            outputs: Vec::new(),
            declared_extent: None,
        }
    }

    /// Whether a stretch of a sentence lies beyond what the model was trained to read.
    pub fn is_beyond_declared(&self, sentence: Sentence, span: &Range<usize>) -> bool {
        self.declared_extent.as_ref().is_some_and(|extent| extent.is_beyond(sentence, span))
    }

    /// What each head does on the whole, under a measure.
    pub fn heads(&self, measure: Measure) -> &HeadStatistics {
        self.trace.head_statistics(measure)
    }

    /// How a token, or the pieces of a word joined, are written in a sentence; nothing of tokens that are not there.
    pub fn written(&self, tokens: &Range<usize>) -> String {
        if tokens.is_empty() || tokens.end > self.trace.tokens.len() {
            return String::new();
        }
        let units = self.units(if tokens.len() == 1 { Granularity::Subwords } else { Granularity::Words });
        units.in_sentence(&self.trace, units.unit_of(tokens.start))
    }

    /// The units attention is counted in.
    pub fn units(&self, granularity: Granularity) -> &Units {
        let [pieces, words] = &self.units;
        match granularity {
            Granularity::Subwords => pieces,
            Granularity::Words => words,
        }
    }

    /// The unrelated sentences that numbers of this reading may be compared with.
    ///
    /// # Errors
    /// When there are none, too much of the text is unknown, or something is ablated.
    pub fn background(&self) -> Result<BackgroundLanguage, NoBackground> {
        self.background_by_language().and_then(|language| unless_ablated(language, [&*self.trace]))
    }

    /// The unrelated sentences that the text is of one language with, whatever is ablated.
    ///
    /// # Errors
    /// When there are none, or too much of it is unknown.
    pub fn background_by_language(&self) -> Result<BackgroundLanguage, NoBackground> {
        if UnknownTokens::among(&self.trace.tokens).are_many() {
            return Err(NoBackground::Unknown);
        }
        let sentence = |sentence| Script::of(self.trace.input.sentence(sentence));
        BackgroundLanguage::of_pair([Sentence::A, Sentence::B].map(sentence))
    }
}

impl fmt::Debug for ReadingOfModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadingOfModel")
            .field("text", &self.reading.trace.input.text)
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

impl PartialEq for ReadingOfModel {
    /// Readings are the same where they are one.
    fn eq(&self, other: &Self) -> bool {
        self.model == other.model && Arc::ptr_eq(&self.reading, &other.reading)
    }
}

/// The poolings of one trace, compared with each other.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolingReport {
    /// Those the trace has, with their vectors `[hidden]`.
    pub vectors: Vec<(Pooling, Vec<f32>)>,
    /// Euclidean length of each.
    pub norms: Vec<f64>,
    /// Cosine of each with each, `[row, column]`; none of two that are not of one basis, of which it would say nothing.
    pub cosines: Vec<Vec<Option<f32>>>,
    /// cosine(cls, mean) by layer, `[layer + 1]`, 0 being the embedding layer.
    pub drift: Vec<Option<f32>>,
}

impl PoolingReport {
    /// Pools a trace in every way there is, with what the same text is when it is read as it is declared.
    pub fn new(trace: &Trace, declared: Option<&DeclaredReading>) -> Self {
        let declared_vector = declared.map(|declared| declared.vector.as_slice());
        let states = States { declared: declared_vector, ..States::from(trace) };
        let vector = |&pooling: &Pooling| Some((pooling, SentenceVector::from(pooling).of(states)?));
        let vectors: Vec<(Pooling, Vec<f32>)> = Pooling::ALL.iter().filter_map(vector).collect();
        let is_hidden = declared.is_some_and(|declared| declared.is_of_hidden_states);
        let of_both = |(one, a): &(Pooling, Vec<f32>), (other, b): &(Pooling, Vec<f32>)| {
            one.is_comparable(*other, is_hidden).then(|| cosine(a, b))
        };
        let row = |one| vectors.iter().map(|other| of_both(one, other)).collect();
        Self {
            norms: vectors.iter().map(|(_, vector)| norm(vector)).collect(),
            cosines: vectors.iter().map(row).collect(),
            drift: cls_mean_drift(trace),
            vectors,
        }
    }

    /// Cosine with another trace's vector, under each pooling both have.
    pub fn similarity(&self, other: &PoolingReport) -> Vec<(Pooling, f32)> {
        let both = self.vectors.iter();
        both.filter_map(|(pooling, vector)| Some((*pooling, cosine(vector, other.vector(*pooling)?)))).collect()
    }

    /// The vector under a pooling.
    pub fn vector(&self, pooling: Pooling) -> Option<&[f32]> {
        self.vectors.iter().find(|(p, _)| *p == pooling).map(|(_, vector)| vector.as_slice())
    }
}

/// What a second sentence adds: the reading of both joined, that of B alone, and how similar A and B are.
#[derive(Clone, Debug)]
pub struct PairReading {
    /// `[CLS] A [SEP] B [SEP]`.
    pub joined: Arc<Reading>,
    /// B by itself.
    pub b: Arc<Reading>,
    /// B's poolings.
    pub b_pooling: PoolingReport,
    /// Cosine of A alone with B alone, under each pooling both have.
    pub similarity: Vec<(Pooling, f32)>,
    /// The same by layer, `[layer + 1]`, 0 being the embedding layer, under each pooling that goes by layers.
    pub by_layer: Vec<(Pooling, Vec<Option<f32>>)>,
    /// What each dimension adds to the cosine, under each pooling both have.
    pub contributions: Vec<(Pooling, Contributions)>,
    /// The unrelated sentences that the closeness of the two is to be compared with.
    pub background: Result<BackgroundLanguage, NoBackground>,
}

impl PairReading {
    fn new(a: &Trace, a_pooling: &PoolingReport, joined: JoinedTexts, b: ReadText) -> Self {
        let ReadText { trace: b, declared } = b;
        let b_pooling = PoolingReport::new(&b, declared.as_ref());
        let both = a_pooling.vectors.iter().filter_map(|(pooling, a)| Some((*pooling, a, b_pooling.vector(*pooling)?)));
        let contributions = both.map(|(pooling, a, b)| (pooling, Contributions::to_cosine(a, b))).collect();
        let (states_a, states_b) = (States::from(a), States::from(&b));
        Self {
            background: background([a, &b]),
            by_layer: cosine_by_layer(states_a, states_b),
            contributions,
            similarity: a_pooling.similarity(&b_pooling),
            joined: Arc::new(Reading { declared_extent: joined.extent, ..Reading::new(joined.trace) }),
            b: Arc::new(Reading { declared_extent: declared.map(|read| read.extent), ..Reading::new(b) }),
            b_pooling,
        }
    }
}

/// A set, where nothing is ablated in what is to be compared with it.
fn unless_ablated<'t>(
    language: BackgroundLanguage,
    traces: impl IntoIterator<Item = &'t Trace>,
) -> Result<BackgroundLanguage, NoBackground> {
    match traces.into_iter().all(|trace| trace.ablations == Ablations::default()) {
        true => Ok(language),
        false => Err(NoBackground::Ablated),
    }
}

/// That of two sentences; none where too much of one of them is unknown, or something is ablated in them.
fn background(both: [&Trace; 2]) -> Result<BackgroundLanguage, NoBackground> {
    let unknown = both.map(|trace| UnknownTokens::among(&trace.tokens));
    if unknown.iter().any(|unknown| unknown.are_many()) {
        return Err(NoBackground::Unknown);
    }
    let language = BackgroundLanguage::of_pair(both.map(|trace| Script::of(&trace.input.text)))?;
    unless_ablated(language, both)
}

/// Everything read from the text fields at one moment.
#[derive(Clone, Debug)]
pub struct Readings {
    /// A by itself.
    pub a: Arc<Reading>,
    /// A's poolings.
    pub a_pooling: PoolingReport,
    /// With a second sentence: joined, B by itself, and how similar the two are.
    pub pair: Option<PairReading>,
    /// What the same sentences are like without ablations; none while nothing is ablated.
    pub unablated: Option<Unablated>,
    /// What A and B are as tokens, each alone.
    pub tokenized: TokenizedTexts,
    /// Where NaN or infinity first arises in them.
    pub not_finite: Option<NonFinitePlace>,
    /// What the model that read them makes of a fixed text, by which it is known again; none where nobody asked for it.
    pub sample: Option<Arc<ModelSample>>,
    /// Time the forward passes took together.
    pub elapsed: Duration,
}

/// The same sentences without ablations.
#[derive(Clone, Debug)]
pub struct Unablated {
    /// What they are like.
    pub readings: Arc<Readings>,
    /// Cosine of A's vector under each pooling to the same vector there.
    pub similarity: Vec<(Pooling, f32)>,
}

impl Readings {
    /// Analyses the traces of A alone and, for a pair, of the two joined and B alone.
    pub fn new(ReadText { trace: a, declared }: ReadText, pair: Option<(JoinedTexts, ReadText)>) -> Self {
        let of_pair = pair.as_ref().map_or(Duration::ZERO, |(joined, b)| joined.trace.elapsed + b.trace.elapsed);
        let elapsed = a.elapsed + of_pair;
        let a_pooling = PoolingReport::new(&a, declared.as_ref());
        let traces: Vec<&Trace> = [Some(&a), pair.as_ref().map(|(_, b)| &b.trace)].into_iter().flatten().collect();
        let not_finite = traces.iter().filter_map(|&trace| States::from(trace).not_finite()).min();
        let tokenized: Vec<TokenizedText> =
            traces.iter().map(|trace| TokenizedText::new(&trace.input, &trace.tokens)).collect();
        let texts = traces.iter().map(|trace| trace.input.text.as_str());
        let tokenized = TokenizedTexts::new(texts.zip(tokenized.iter().map(Some)));
        let pair = pair.map(|(joined, b)| PairReading::new(&a, &a_pooling, joined, b));
        let a = Arc::new(Reading { declared_extent: declared.map(|read| read.extent), ..Reading::new(a) });
        Self { a, a_pooling, pair, unablated: None, tokenized, not_finite, sample: None, elapsed }
    }

    /// These readings, in which something is ablated, beside the same without ablations.
    pub fn beside(mut self, unablated: Arc<Readings>) -> Self {
        let similarity = unablated.a_pooling.similarity(&self.a_pooling);
        self.unablated = Some(Unablated { readings: unablated, similarity });
        self
    }

    /// Every reading that nobody else holds yet.
    pub fn each_mut(&mut self) -> impl Iterator<Item = &mut Reading> {
        let pair = self.pair.as_mut().map(|pair| [&mut pair.joined, &mut pair.b]);
        std::iter::once(&mut self.a).chain(pair.into_iter().flatten()).filter_map(Arc::get_mut)
    }

    /// How a token is written in a sentence, in whichever reading it is; none of one that is in none, or that is spelt otherwise.
    pub fn written(&self, token: &TokenName, spelt: &str) -> Option<String> {
        let is_pair = self.pair.is_some();
        let alone = |sentence| Some(sentence).filter(|_| is_pair);
        let joined = self.pair.iter().map(|pair| (&pair.joined, None));
        let b = self.pair.iter().map(|pair| (&pair.b, alone(Sentence::B)));
        let each = joined.chain([(&self.a, alone(Sentence::A))]).chain(b);
        each.into_iter().find_map(|(reading, alone)| {
            let at = token.position(spelt, &reading.trace.tokens, alone)?;
            Some(reading.written(&(at..at + 1)))
        })
    }

    /// The chosen reading.
    pub fn get(&self, choice: ReadingChoice) -> &Arc<Reading> {
        match (&self.pair, choice) {
            (Some(pair), ReadingChoice::Joined) => &pair.joined,
            (Some(pair), ReadingChoice::AloneB) => &pair.b,
            _ => &self.a,
        }
    }

    /// The sentence that a choice shows where each is read alone, its reading and its poolings: vectors are compared
    /// sentence by sentence, so joined counts as A.
    pub fn alone(&self, choice: ReadingChoice) -> (Sentence, &Arc<Reading>, &PoolingReport) {
        match (&self.pair, choice) {
            (Some(pair), ReadingChoice::AloneB) => (Sentence::B, &pair.b, &pair.b_pooling),
            _ => (Sentence::A, &self.a, &self.a_pooling),
        }
    }
}
