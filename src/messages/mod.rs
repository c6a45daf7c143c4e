//! What people read: labels and sentences, made of ids and facts.

pub mod analysis;
