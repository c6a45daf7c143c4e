//! What people read of ids and facts: labels and sentences, a file for each room that makes the facts.

pub mod analysis;
pub mod background;
pub mod declared;
pub mod explanation;
pub mod finite;
pub mod unknown;

use crate::messages::{listed, message};

/// Of many texts or pairs so many are named.
pub const NAMED: usize = 3;

/// The names of the first of some, and how many more there are; `, ` stands between them as the language has it.
pub fn first_of(names: impl IntoIterator<Item = String>, all: usize, between: &str) -> String {
    let names: Vec<String> = names.into_iter().collect();
    let more = all - names.len().min(all);
    let first = if between == ", " { listed(names) } else { names.join(between) };
    if more > 0 { message!("labels-and-more", first = first, more = more) } else { first }
}
