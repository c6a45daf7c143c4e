//! What people read of ids and facts: labels and sentences, a file for each room that makes the facts.

pub mod analysis;
pub mod unknown;
