use std::ops::ControlFlow;

use super::{super::Reader, at_once};
use crate::{
    analysis::{BlindLayers, Effect, Units, WordEffect},
    bert::{Ablations, BertError, Encoding, Trace},
};

/// Reads a sentence again with a token blind: made to look at nothing but itself in some layers, for every choice of layers. `found` gets
/// each choice and its trace, and may break off. What is ablated already stays so; a token that is hidden from itself, and so sees nothing, is passed over.
///
/// # Errors
/// As for [`Reader::traces`].
pub fn blind_traces(
    reader: &dyn Reader,
    trace: &Trace,
    token: usize,
    found: &mut dyn FnMut(BlindLayers, &Trace) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, BertError> {
    let (layers, tokens) = (trace.layers, trace.tokens.len());
    if trace.ablations.masked.contains(&token) || tokens < 2 {
        return Ok(ControlFlow::Continue(()));
    }
    for some in BlindLayers::all(layers).chunks(at_once(trace)) {
        let ablations: Vec<Ablations> =
            some.iter().map(|choice| choice.ablations(&trace.ablations, token, layers, tokens)).collect();
        let traces = reader.traces(&encoding(trace), &ablations)?;
        if some.iter().zip(&traces).any(|(&choice, trace)| found(choice, trace).is_break()) {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// What happens to the vectors of a sentence without each of some units: their tokens read as the mask, or hidden from all. None where the
/// model has no mask, or nothing would be left to look at.
///
/// # Errors
/// As for [`Reader::traces`].
pub(super) fn word_effects(
    reader: &dyn Reader,
    trace: &Trace,
    units: &Units,
    each: &[usize],
    how: WordEffect,
) -> Result<Option<Vec<Effect>>, BertError> {
    let ablations: Vec<Ablations> = each
        .iter()
        .map(|&unit| {
            let mut ablations = trace.ablations.clone();
            match how {
                WordEffect::Replaced => ablations.replaced.extend(units.tokens(unit)),
                WordEffect::Hidden => ablations.masked.extend(units.tokens(unit)),
            }
            ablations
        })
        .collect();
    let mut effects = Vec::with_capacity(ablations.len());
    for some in ablations.chunks(at_once(trace)) {
        match reader.traces(&encoding(trace), some) {
            Ok(traces) => effects.extend(traces.iter().map(|after| Effect::new(trace, after))),
            Err(BertError::NoMaskToken | BertError::EveryTokenMasked | BertError::NothingToLookAt { .. }) => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Some(effects))
}

/// The input of a trace as it was split.
fn encoding(trace: &Trace) -> Encoding {
    Encoding { input: trace.input.clone(), tokens: trace.tokens.clone(), truncation: trace.truncation }
}
