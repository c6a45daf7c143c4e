//! What is said, once for each command, of NaN and infinity.

use super::output::diagnostic;
use crate::{
    bert::{Bert, NonFinitePlace, States, Trace},
    labels::finite,
    study::Embeddings,
};

/// Says on standard error where NaN or infinity first arises in the vectors of some texts.
pub(super) fn warn_of_not_finite(bert: &Bert, embeddings: &Embeddings, texts: usize) {
    let first = embeddings.not_finite.iter().map(|(_, place)| *place).min();
    say(bert, first, (embeddings.not_finite.len(), texts));
}

/// The same of one input.
pub(super) fn warn_of_not_finite_in(bert: &Bert, trace: &Trace) {
    say(bert, States::from(trace).not_finite(), (1, 1));
}

/// The same of texts that are read some at a time: where it first arises, in how many of how many texts.
pub(super) fn say(bert: &Bert, first: Option<NonFinitePlace>, of: (usize, usize)) {
    let info = bert.info();
    finite::line(&info.name, &info.not_finite, first, of).iter().for_each(|line| diagnostic(line));
}
