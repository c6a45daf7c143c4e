//! Which pooling, form, limit of tokens and prompt made vectors that somebody has.

use std::ops::ControlFlow;

use crate::{
    analysis::{Pooling, SentenceVector, VectorForm, VectorMatch},
    bert::{Bert, BertError, Declared, Input, ModuleSummary, PoolingMode, States, WantedReadings},
};

/// How a vector may have been made of the states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorMaking {
    /// By the model's whole chain of modules.
    Declared,
    /// By a pooling of clscope.
    Pooled(SentenceVector),
    /// By one that only sentence-transformers has.
    Mode(PoolingMode),
}

/// What is tried beside what is always tried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TriedReadings {
    /// Before each text.
    pub prompts: Vec<String>,
    /// Tokens after which texts may have been cut.
    pub limits: Vec<usize>,
}

/// One way in which the vectors may have been made.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorCandidate {
    /// What was made of the states.
    pub making: VectorMaking,
    /// What stood before each text; empty for nothing.
    pub prompt: String,
    /// After how many tokens texts were cut; none where no text is longer than the model reads.
    pub limit: Option<usize>,
    /// How near its vectors are.
    pub matched: VectorMatch,
    /// Whether the model was trained to be read so.
    pub is_declared: bool,
}

/// What is found out of some vectors.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorAudit {
    /// The nearest first.
    pub candidates: Vec<VectorCandidate>,
    /// How many of them fit, and cannot be told apart by these texts; none fits where it is 0.
    pub fitting: usize,
    /// How many texts were compared.
    pub texts: usize,
    /// The tokens of the longest, without a prompt.
    pub longest: usize,
}

/// Of many texts so many are compared: the longest, for they tell the limit, and others.
const MOST_TEXTS: usize = 48;
const LONGEST_TEXTS: usize = 16;
/// Limits that people set, beside what the files say.
const USUAL_LIMITS: [usize; 4] = [64, 128, 256, 512];
/// How many times as far from the vectors as the nearest one may be and still count as the same.
const INDISTINCT: f64 = 3.0;
/// Differences below this, of the largest number, say nothing.
const NOISE: f64 = 1e-5;

/// Compares vectors `[text]` with those that the model makes of the texts: under every pooling, with each of the prompts and without,
/// cut after the tokens that the files say, that people usually set, or that the model reads. `progress` is told how many of how many
/// readings are done, and may break off: then nothing is found.
///
/// # Errors
/// As for [`Bert::trace`].
pub fn audit_vectors(
    bert: &mut Bert,
    texts: &[String],
    vectors: &[Vec<f32>],
    tried: &TriedReadings,
    mut progress: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Option<VectorAudit>, BertError> {
    let chosen = chosen(texts);
    let texts: Vec<&str> = chosen.iter().map(|&at| texts[at].as_str()).collect();
    let found: Vec<&[f32]> = chosen.iter().map(|&at| vectors[at].as_slice()).collect();
    let own = bert.info().declared.as_ref().ok().map(|declared| declared.as_ref().clone());
    let tokens = |text: &str| {
        let encoding = bert.encode(&Input::single(text))?;
        Ok::<_, BertError>(encoding.truncation.map_or(encoding.tokens.len(), |cut| cut.from))
    };
    let lengths = |prompt: &str| {
        let all = texts.iter().map(|text| tokens(&format!("{prompt}{text}"))).collect::<Result<Vec<_>, _>>()?;
        Ok::<_, BertError>(all.into_iter().max().unwrap_or_default())
    };
    let longest = lengths("")?;
    let mut readings = Vec::new();
    for prompt in [String::new()].iter().chain(&tried.prompts) {
        let longest = lengths(prompt)?;
        readings.extend(
            limits(bert, own.as_ref(), &tried.limits, longest).into_iter().map(|limit| (prompt.clone(), limit)),
        );
    }
    let mut candidates = Vec::new();
    for (done, (prompt, limit)) in readings.iter().enumerate() {
        if progress(done, readings.len()).is_break() {
            return Ok(None);
        }
        for (making, made) in made(bert, &texts, prompt, *limit)? {
            let made: Option<Vec<&[f32]>> = made.iter().map(Option::as_deref).collect();
            let matched = made.and_then(|made| VectorMatch::new(&found, &made));
            candidates.extend(matched.map(|matched| VectorCandidate {
                making,
                prompt: prompt.clone(),
                limit: *limit,
                matched,
                is_declared: own.as_ref().is_some_and(|own| is_own(own, making, prompt, *limit, matched.form)),
            }));
        }
    }
    candidates.retain(|candidate| is_of_its_own(candidate, own.as_ref()));
    candidates.sort_by(|a, b| order(a).total_cmp(&order(b)));
    let nearest = candidates.first().map_or(f64::INFINITY, order);
    let fits = |candidate: &&VectorCandidate| {
        candidate.matched.is_same() && order(candidate) <= (nearest * INDISTINCT).max(nearest + NOISE)
    };
    let fitting = candidates.iter().take_while(fits).count();
    // As the model was trained stands first among those that fit equally well.
    candidates[..fitting].sort_by_key(|candidate| !candidate.is_declared);
    Ok(Some(VectorAudit { candidates, fitting, texts: texts.len(), longest }))
}

/// Which texts are compared, by number.
fn chosen(texts: &[String]) -> Vec<usize> {
    let mut by_length: Vec<usize> = (0..texts.len()).collect();
    by_length.sort_by_key(|&at| std::cmp::Reverse(texts[at].len()));
    let (long, rest) = by_length.split_at(LONGEST_TEXTS.min(by_length.len()));
    let step = rest.len().div_ceil(MOST_TEXTS - LONGEST_TEXTS).max(1);
    long.iter().chain(rest.iter().step_by(step)).copied().collect()
}

/// The limits that make a difference to texts of which the longest has so many tokens; none is the model's own.
fn limits(bert: &Bert, own: Option<&Declared>, tried: &[usize], longest: usize) -> Vec<Option<usize>> {
    let most = bert.info().max_length;
    let declared = own.map(|own| own.limit.tokens);
    let mut limits: Vec<usize> =
        declared.into_iter().chain(USUAL_LIMITS).chain(tried.iter().copied()).chain([most]).collect();
    limits.retain(|&limit| limit <= most && limit < longest);
    limits.sort_unstable();
    limits.dedup();
    // One that cuts nothing, or the model's own, which is the last that can.
    let mut all: Vec<Option<usize>> = limits.into_iter().map(Some).collect();
    if longest <= most {
        all.push(None);
    }
    all
}

/// The vectors `[text]` by each way of making them; none of a text that has none.
type Made = Vec<(VectorMaking, Vec<Option<Vec<f32>>>)>;

fn made(bert: &mut Bert, texts: &[&str], prompt: &str, limit: Option<usize>) -> Result<Made, BertError> {
    const BATCH: usize = 8;
    let limit = limit.unwrap_or(bert.info().max_length);
    let layers = bert.info().layers;
    // Of one layer alone, layer1-last is the mean.
    let is_own = |pooling: &Pooling| *pooling != Pooling::Declared && (*pooling != Pooling::Layer1Last || layers > 1);
    let poolings = Pooling::of_model(bert.info()).filter(is_own);
    let mut makings: Vec<VectorMaking> = poolings.map(|pooling| VectorMaking::Pooled(pooling.into())).collect();
    for pooling in [Pooling::Mean, Pooling::Cls] {
        // Many take the last layer but one.
        let before = layers.checked_sub(1).and_then(|layer| SentenceVector::at(pooling, layer));
        makings.extend(before.map(VectorMaking::Pooled));
    }
    let modes = [PoolingMode::MeanSqrtLength, PoolingMode::WeightedMean, PoolingMode::LastToken];
    makings.extend(modes.map(VectorMaking::Mode));
    let mut made: Made = makings.into_iter().map(|making| (making, Vec::with_capacity(texts.len()))).collect();
    for texts in texts.chunks(BATCH) {
        let inputs: Vec<Input> = texts.iter().map(|text| Input::single(format!("{prompt}{text}"))).collect();
        bert.states_within(&inputs, limit, |_, states| {
            made.iter_mut().for_each(|(making, vectors)| vectors.push(vector(*making, states)));
        })?;
    }
    if let Ok(declared) = &bert.info().declared {
        let own = (declared.prompt.clone().unwrap_or_default(), declared.limit.tokens);
        let mut vectors = Vec::with_capacity(texts.len());
        bert.set_limit(limit)?;
        bert.set_prompt(prompt)?;
        for texts in texts.chunks(BATCH) {
            let inputs: Vec<Input> = texts.iter().map(|text| Input::single(*text)).collect();
            let wanted = WantedReadings { plain: false, declared: true };
            bert.states(&inputs, wanted, |_, states, _| vectors.push(states.declared.map(<[f32]>::to_vec)))?;
        }
        bert.set_limit(own.1)?;
        bert.set_prompt(&own.0)?;
        made.push((VectorMaking::Declared, vectors));
    }
    Ok(made)
}

fn vector(making: VectorMaking, states: States) -> Option<Vec<f32>> {
    match making {
        VectorMaking::Declared => None,
        VectorMaking::Pooled(vector) => vector.of(states),
        VectorMaking::Mode(mode) => Some(mode.vector(states)),
    }
}

/// How far a candidate is from the vectors: by its numbers, or where only the direction is the same, by that.
fn order(candidate: &VectorCandidate) -> f64 {
    let VectorMatch { form, difference, least_cosine, .. } = candidate.matched;
    match form {
        VectorForm::Direction => (2.0 * (1.0 - least_cosine).max(0.0)).sqrt(),
        _ => difference,
    }
}

/// Whether the model's modules do this and nothing else.
fn is_own(own: &Declared, making: VectorMaking, prompt: &str, limit: Option<usize>, form: VectorForm) -> bool {
    let is_limit = limit.is_none_or(|limit| limit == own.limit.tokens);
    let is_prompt = own.prompt.as_deref().unwrap_or_default() == prompt;
    let is_made = match making {
        VectorMaking::Declared => form == VectorForm::AsItIs,
        _ => {
            mode(making).is_some_and(|mode| only(own) == Some(mode))
                && (form == VectorForm::Normalized) == own.normalizes()
        }
    };
    is_limit && is_prompt && is_made
}

fn mode(making: VectorMaking) -> Option<PoolingMode> {
    match making {
        VectorMaking::Mode(mode) => Some(mode),
        VectorMaking::Pooled(SentenceVector { pooling, layer: None }) => match pooling {
            Pooling::Mean => Some(PoolingMode::Mean),
            Pooling::Cls => Some(PoolingMode::Cls),
            Pooling::Max => Some(PoolingMode::Max),
            _ => None,
        },
        _ => None,
    }
}

/// The one pooling of a model that has nothing but it, and perhaps a normalisation: its vectors are that pooling's.
fn only(own: &Declared) -> Option<PoolingMode> {
    let is_plain = |module: &ModuleSummary| match module {
        ModuleSummary::Pooling { include_prompt, .. } => *include_prompt,
        ModuleSummary::Normalize { of_tokens } => !of_tokens,
        _ => false,
    };
    let is_whole = !own.lower_case && own.truncated_to.is_none() && own.modules.iter().all(is_plain);
    own.pooling_mode().filter(|_| is_whole)
}

/// Whether a candidate is none that another one stands for as well: the chain of a model that has one pooling is that pooling,
/// and the two kinds of mean have one direction.
fn is_of_its_own(candidate: &VectorCandidate, own: Option<&Declared>) -> bool {
    match candidate.making {
        VectorMaking::Declared => own.is_none_or(|own| only(own).is_none()),
        VectorMaking::Mode(PoolingMode::MeanSqrtLength) => candidate.matched.form == VectorForm::AsItIs,
        _ => true,
    }
}
