use crate::messages::message;
use faer::{Mat, MatRef};

use super::{
    Cosines, SentenceVector, Unrelated,
    cosines::{is_there, present_columns},
    principal_components::{centred, columns, mean},
    unrelated::cosines,
    whitening::Whitening,
};

/// What the vectors of unrelated sentences look like: the scale on which a cosine is read.
///
/// A model's raw cosines of unrelated sentences may lie anywhere (for `cls` of MiniLM at 0.54, for BERT-base higher), so
/// a cosine is given with its percentile among them, and again after centring (μ subtracted) and after whitening.
pub struct Calibration {
    sentences: usize,
    mean: Vec<f64>,
    whitening: Option<Whitening>,
    raw: Unrelated,
    centred: Unrelated,
    whitened: Unrelated,
}

/// Why there is no calibration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCalibration {
    /// There is no pair of background sentences with such a vector.
    #[error("{}", message!("analysis-background-too-small", sentences = *.sentences))]
    TooFew {
        /// How many of them have such a vector.
        sentences: usize,
    },
}

/// How close two sentences are, as the model has it and in comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibrated {
    /// The cosine of the two vectors.
    pub raw: Ranked,
    /// The cosine of the two vectors less the background's mean.
    pub centred: Ranked,
    /// The cosine of the two vectors after whitening; none where the background is too small for it.
    pub whitened: Option<Ranked>,
}

/// A cosine and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// -1..=1; 0 when a vector is all zeros.
    pub cosine: f32,
    /// Among unrelated pairs, measured in the same way: see [`Unrelated::percentile`].
    pub percentile: Option<f64>,
}

/// How close many sentences are, each with every other. Where a cosine stands says [`Unrelated::percentile`] of
/// [`Calibration::raw`], [`Calibration::centred`] or [`Calibration::whitened`].
#[derive(Clone, Debug, PartialEq)]
pub struct CalibratedCosines {
    /// The cosines of the vectors.
    pub raw: Cosines,
    /// The cosines of the vectors less the background's mean.
    pub centred: Cosines,
    /// The cosines of the vectors after whitening; none where the background is too small for it.
    pub whitened: Option<Cosines>,
}

/// A direction is kept for each so many sentences. With fewer a direction, the variance along the narrow ones is
/// underestimated, and whitening blows up what is noise: with MiniLM, 394 sentences and all 384 directions, "A man is playing
/// a guitar." and "Someone is making music." have 0.06, with a third of them 0.60.
const SENTENCES_A_DIRECTION: usize = 3;
/// In so many parts is the background split, to whiten each as the others would have it.
const PARTS: usize = 5;

impl Calibration {
    /// From the background's vectors of one kind, `[sentence][hidden]`.
    ///
    /// # Errors
    /// When there are fewer than two.
    pub fn new(background: &[&[f32]]) -> Result<Self, NoCalibration> {
        let sentences = background.len();
        if sentences < 2 {
            return Err(NoCalibration::TooFew { sentences });
        }
        let columns = columns(background);
        let mean = mean(columns.as_ref());
        let whitening = Whitening::new(columns.as_ref(), sentences / SENTENCES_A_DIRECTION);
        let whitened = held_out(columns.as_ref(), whitening.as_ref().map_or(0, Whitening::directions));
        Ok(Self {
            sentences,
            // Of so few sentences that no two are held out together, no whitening says anything.
            whitening: whitening.filter(|_| !whitened.cosines().is_empty()),
            whitened,
            centred: Unrelated::pairs(centred(columns.clone(), &mean)),
            raw: Unrelated::pairs(columns),
            mean,
        })
    }

    /// How close two vectors of the same kind are, `[hidden]` each.
    pub fn of(&self, a: &[f32], b: &[f32]) -> Calibrated {
        let pair = columns(&[a, b]);
        let whitened = self.whitening.as_ref().map(|whitening| whitening.apply(pair.clone()));
        Calibrated {
            raw: rank(pair.clone(), &self.raw),
            centred: rank(centred(pair, &self.mean), &self.centred),
            whitened: whitened.map(|pair| rank(pair, &self.whitened)),
        }
    }

    /// How close many vectors of the same kind are, `[sentence][hidden]`.
    pub fn of_all(&self, vectors: &[Option<Vec<f32>>]) -> CalibratedCosines {
        let (columns, there) = (present_columns(vectors), is_there(vectors));
        let whitened = self.whitening.as_ref().map(|whitening| whitening.apply(columns.clone()));
        CalibratedCosines {
            raw: Cosines::of_columns(columns.clone(), &there),
            centred: Cosines::of_columns(centred(columns, &self.mean), &there),
            whitened: whitened.map(|columns| Cosines::of_columns(columns, &there)),
        }
    }

    /// The mean of the background's vectors, `[hidden]`: what centring takes away.
    pub fn mean(&self) -> Vec<f32> {
        self.mean.iter().map(|value| *value as f32).collect()
    }

    /// How many background sentences it is from.
    pub fn sentences(&self) -> usize {
        self.sentences
    }

    /// How many directions whitening keeps, of as many as the vectors have dimensions: those in which the background
    /// spreads most, one for each three sentences at most. 0 where there is no whitening.
    pub fn directions(&self) -> usize {
        self.whitening.as_ref().map_or(0, Whitening::directions)
    }

    /// The raw cosines of the background's pairs.
    pub fn raw(&self) -> &Unrelated {
        &self.raw
    }

    /// The cosines of the background's pairs after centring.
    pub fn centred(&self) -> &Unrelated {
        &self.centred
    }

    /// The cosines of the background's pairs after whitening. So that they are comparable with those of sentences that
    /// the whitening does not know, each fifth of the background is whitened as the other four would have it, and only
    /// pairs within a fifth count: whitened as all would have it, few sentences stand at right angles to each other,
    /// whatever they say.
    pub fn whitened(&self) -> &Unrelated {
        &self.whitened
    }
}

/// The calibration of every kind of vector that the background was embedded in.
pub struct Calibrations(Vec<(SentenceVector, Result<Calibration, NoCalibration>)>);

impl Calibrations {
    /// From the background's vectors, `[vector][sentence][hidden]`, as `study::embed` gives them; sentences without
    /// a vector are left out.
    pub fn new(background: &[(SentenceVector, Vec<Option<Vec<f32>>>)]) -> Self {
        let calibration = |vectors: &[Option<Vec<f32>>]| {
            let vectors: Vec<&[f32]> = vectors.iter().filter_map(Option::as_deref).collect();
            Calibration::new(&vectors)
        };
        Self(background.iter().map(|(vector, vectors)| (*vector, calibration(vectors))).collect())
    }

    /// That of one kind of vector.
    ///
    /// # Errors
    /// When fewer than two background sentences have such a vector, or it was not embedded.
    pub fn get(&self, vector: SentenceVector) -> Result<&Calibration, NoCalibration> {
        let found = self.0.iter().find(|(kind, _)| *kind == vector).map(|(_, calibration)| calibration.as_ref());
        found.unwrap_or(Err(&NoCalibration::TooFew { sentences: 0 })).map_err(|reason| *reason)
    }

    /// Every kind, in the order it was embedded.
    pub fn iter(&self) -> impl Iterator<Item = (SentenceVector, Result<&Calibration, NoCalibration>)> {
        self.0.iter().map(|(vector, calibration)| (*vector, calibration.as_ref().map_err(|reason| *reason)))
    }
}

fn rank(pair: Mat<f64>, unrelated: &Unrelated) -> Ranked {
    // Two columns are one pair.
    let cosine = cosines(pair).first().copied().unwrap_or_default();
    Ranked { cosine, percentile: unrelated.percentile(cosine) }
}

/// The cosines after whitening of the pairs within each part, as the other parts would have it.
fn held_out(background: MatRef<'_, f64>, directions: usize) -> Unrelated {
    let part = |keep: &dyn Fn(usize) -> bool| {
        let chosen: Vec<usize> = (0..background.ncols()).filter(|&sentence| keep(sentence)).collect();
        Mat::from_fn(background.nrows(), chosen.len(), |row, sentence| background[(row, chosen[sentence])])
    };
    let mut all = Vec::new();
    for held_out in 0..PARTS {
        let others = part(&|sentence| sentence % PARTS != held_out);
        if let Some(whitening) = Whitening::new(others.as_ref(), directions) {
            all.extend(cosines(whitening.apply(part(&|sentence| sentence % PARTS == held_out))));
        }
    }
    Unrelated::sorted(all)
}
