//! Why two sentences are close: titles of the tables that say it.

use crate::{
    analysis::{Granularity, PartsFrom, Pooling},
    messages::message,
};

/// The title of the table of what each part of A adds with each part of B.
pub fn cosine_terms_title(pooling: Pooling, from: PartsFrom, granularity: Granularity) -> String {
    let pooling = pooling.name();
    match (from, granularity) {
        (PartsFrom::LastLayer, Granularity::Words) => message!("labels-terms-words", pooling = pooling),
        (PartsFrom::LastLayer, Granularity::Subwords) => message!("labels-terms-pieces", pooling = pooling),
        (PartsFrom::Inputs, Granularity::Words) => message!("labels-terms-input-words", pooling = pooling),
        (PartsFrom::Inputs, Granularity::Subwords) => message!("labels-terms-input-pieces", pooling = pooling),
    }
}

/// The title of the same, pair by pair.
pub fn strongest_pairs_title(pooling: Pooling, from: PartsFrom) -> String {
    match from {
        PartsFrom::LastLayer => message!("labels-pairs", pooling = pooling.name()),
        PartsFrom::Inputs => message!("labels-input-pairs", pooling = pooling.name()),
    }
}
