//! How attention is looked at, in every view: what documents say of it, and what is answered where a model or an input has
//! no such layer, head or token.

use super::arguments::AttentionCommand;
use crate::{
    analysis::{AttentionOptions, HeadChoice, HeadSet, Measure},
    bert::Trace,
    cli::{
        choices::{AttentionHeads, AttentionLayers},
        error::CliError,
    },
    export::Document,
    messages::message,
};

/// The heads that mean and max are taken over, all of which a model with `count` has.
pub(super) fn among(arguments: &AttentionCommand, count: usize) -> Result<HeadSet, CliError> {
    match arguments.among.iter().find(|head| **head >= count.min(HeadSet::MOST)) {
        Some(&head) if head < count => {
            Err(CliError::Failed(message!("cli-among-most", most = HeadSet::MOST, head = head + 1)))
        }
        Some(&head) => Err(no_head(head, count)),
        None => Ok(arguments.among.iter().copied().collect()),
    }
}

/// With how attention was looked at.
pub(super) fn through(mut document: Document, options: AttentionOptions, heads: usize) -> Document {
    document.about.extend(measure(options.measure).map(|measure| ("measure", measure.to_string())));
    document.about.extend(options.subset(heads).map(|some| ("among", some.to_string())));
    document.with("units", options.granularity).with("specials", options.specials)
}

/// A measure that a document has to name: without a name it is raw attention.
pub(super) fn measure(measure: Measure) -> Option<Measure> {
    (measure != Measure::default()).then_some(measure)
}

/// The layer and the heads that are asked for: the last layer and the mean of heads where nobody says.
pub(super) fn layer_and_heads(arguments: &AttentionCommand, trace: &Trace) -> Result<(usize, HeadChoice), CliError> {
    let layer = match arguments.layer {
        Some(AttentionLayers::One(layer)) if layer >= trace.layers => return Err(no_layer(layer, trace.layers)),
        Some(AttentionLayers::One(layer)) => layer,
        Some(AttentionLayers::All) | None => trace.layers.saturating_sub(1),
    };
    let heads = match arguments.head {
        Some(AttentionHeads::Merged(HeadChoice::One(head))) if head >= trace.heads => {
            return Err(no_head(head, trace.heads));
        }
        Some(AttentionHeads::Merged(heads)) => heads,
        Some(AttentionHeads::Each) | None => HeadChoice::Mean,
    };
    Ok((layer, heads))
}

/// That there is no such layer (from 0) among this many. What was typed is repeated to the digit, and so given as text.
pub(super) fn no_layer(layer: usize, count: usize) -> CliError {
    CliError::Failed(message!("cli-no-layer", layer = layer.saturating_add(1).to_string(), last = count))
}

/// That there is no such head (from 0) among this many.
pub(super) fn no_head(head: usize, count: usize) -> CliError {
    CliError::Failed(message!("cli-no-head", head = head.saturating_add(1).to_string(), last = count))
}

/// That there is no such token (from 0) among this many.
pub(super) fn no_token(token: usize, count: usize) -> CliError {
    CliError::Failed(message!("cli-no-token", token = token.to_string(), last = count.saturating_sub(1)))
}
