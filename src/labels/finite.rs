//! NaN and infinity, in words.

use super::{NAMED, first_of};
use crate::{
    bert::{NonFinitePlace, NonFiniteTensor},
    messages::message,
};

/// `in layer 3`.
pub fn place(place: NonFinitePlace) -> String {
    match place {
        NonFinitePlace::Embeddings => message!("labels-not-finite-embeddings"),
        NonFinitePlace::Layer(layer) => message!("labels-not-finite-layer", layer = layer),
        NonFinitePlace::Pooler => message!("labels-not-finite-pooler"),
    }
}

/// Where NaN or infinity first arises in what is on screen, in as few words as a line has room for; `weights` is where the
/// model's weights have them.
pub fn in_short(first: NonFinitePlace, weights: &[NonFiniteTensor]) -> Vec<String> {
    let here = message!("labels-not-finite-here", place = place(first));
    let tensors = first_of(weights.iter().take(1).map(tensor), weights.len(), ", ");
    let because = (!weights.is_empty()).then(|| message!("labels-not-finite-in-weights", tensors = tensors));
    [Some(here), because].into_iter().flatten().collect()
}

fn tensor(NonFiniteTensor { name, count, of }: &NonFiniteTensor) -> String {
    message!("labels-not-finite-tensor", name = name, count = count, of = of)
}

/// Where NaN or infinity first arises in some of a model's texts, and whether its weights have them; none where neither
/// has any. `of` is how many texts have them, and how many there are.
pub fn line(
    model: &str,
    weights: &[NonFiniteTensor],
    first: Option<NonFinitePlace>,
    of: (usize, usize),
) -> Option<String> {
    let tensors = || first_of(weights.iter().take(NAMED).map(tensor), weights.len(), ", ");
    match (first.map(place), weights.is_empty()) {
        (None, true) => None,
        (None, false) => Some(message!("labels-not-finite-weights", model = model, tensors = tensors())),
        (Some(place), is_sound) => {
            let facts = match of {
                (_, 1) => message!("labels-not-finite-one", model = model, place = place),
                (count, all) => {
                    message!("labels-not-finite-some", model = model, place = place, count = count, all = all)
                }
            };
            Some(match is_sound {
                true => message!("labels-not-finite-sound", facts = facts),
                false => message!("labels-not-finite-because", facts = facts, tensors = tensors()),
            })
        }
    }
}
