//! What ablations do to the vectors of one input, or of a pair.

use super::{NamedAblations, Reader};
use crate::{
    analysis::{Effect, MeasuredTrace},
    bert::{Ablations, BertError, Input, Sentence, Trace},
};

/// One input as it was read, and the same without ablations.
#[derive(Clone, Debug)]
pub struct AblatedTrace {
    /// With what is cut.
    pub trace: MeasuredTrace,
    /// What that is.
    pub ablations: Ablations,
    /// Without; none where nothing is cut.
    unablated: Option<MeasuredTrace>,
}

impl AblatedTrace {
    /// Reads an input with these ablations and, where there are any, without; it is tokenized once.
    ///
    /// # Errors
    /// As for [`Reader::traces`].
    pub fn read(reader: &dyn Reader, input: &Input, ablations: Ablations) -> Result<Self, BertError> {
        let encoding = reader.encode(input)?;
        let trace = reader.trace(&encoding, &ablations)?;
        let is_ablated = ablations != Ablations::default();
        let unablated = is_ablated.then(|| reader.trace(&encoding, &Ablations::default())).transpose()?;
        Ok(Self { trace: trace.into(), ablations, unablated: unablated.map(MeasuredTrace::from) })
    }

    /// The trace without ablations.
    pub fn whole(&self) -> &MeasuredTrace {
        self.unablated.as_ref().unwrap_or(&self.trace)
    }

    /// Whether anything is cut.
    pub fn is_ablated(&self) -> bool {
        self.unablated.is_some()
    }
}

/// What ablations do to the vectors of sentences; those of a pair are each read alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AblationEffects {
    /// On A: its vectors before and after.
    pub a: Effect,
    /// How close A and B are before and after.
    pub pair: Option<[Effect; 2]>,
}

/// What the ablations of an input change; none where nothing is ablated.
///
/// # Errors
/// As for [`Reader::traces`]; [`BertError::EveryTokenMasked`] where the two joined have tokens left and one of them
/// alone has not.
pub fn ablation_effects(reader: &dyn Reader, read: &AblatedTrace) -> Result<Option<AblationEffects>, BertError> {
    let Some(unablated) = &read.unablated else { return Ok(None) };
    let Input { text, pair: Some(b) } = &read.trace.input else {
        return Ok(Some(AblationEffects { a: Effect::new(unablated, &read.trace), pair: None }));
    };
    let ablations = NamedAblations::new(&read.ablations, &unablated.tokens);
    let alone = |text: &str, sentence| -> Result<Vec<Trace>, BertError> {
        let input = Input::single(text);
        let encoding = reader.encode(&input)?;
        let ablations = ablations.at_positions(&encoding.tokens, Some(sentence));
        reader.traces(&encoding, &[Ablations::default(), ablations])
    };
    let (a, b) = (alone(text, Sentence::A)?, alone(b, Sentence::B)?);
    let ([a_before, a_after], [b_before, b_after]) = (a.as_slice(), b.as_slice()) else { return Ok(None) };
    let pair = [Effect::new(a_before, b_before), Effect::new(a_after, b_after)];
    Ok(Some(AblationEffects { a: Effect::new(a_before, a_after), pair: Some(pair) }))
}
