//! `--from` and `--to`: a token by its number, or a word that stands in one place.

use std::{ops::Range, str::FromStr};

use super::options::no_token;
use crate::{
    analysis::{Granularity, Units},
    bert::Trace,
    cli::error::CliError,
    messages::message,
};

/// A token by its number, from 0, or as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum TokenChoice {
    /// Its number.
    Number(usize),
    /// A token or a word, in whatever case.
    Written(String),
}

impl FromStr for TokenChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "" => Err(message!("cli-value-token")),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().map(Self::Number).map_err(|_| message!("cli-value-token"))
            }
            written => Ok(Self::Written(written.to_owned())),
        }
    }
}

impl TokenChoice {
    /// The first token of what is meant, counted in these units.
    ///
    /// # Errors
    /// When there is no such token, or when several are written so: the message lists their numbers.
    pub(super) fn token(&self, trace: &Trace, units: &Units) -> Result<usize, CliError> {
        let written = match self {
            TokenChoice::Number(token) if *token < trace.tokens.len() => return Ok(*token),
            TokenChoice::Number(token) => return Err(no_token(*token, trace.tokens.len())),
            TokenChoice::Written(written) => written,
        };
        match places(trace, units, written).as_slice() {
            [] => {}
            [one] => return Ok(one.start),
            several => {
                let numbers = listed(several.iter().map(|tokens| tokens.start));
                return Err(CliError::Failed(message!("cli-word-ambiguous", word = written, tokens = numbers)));
            }
        }
        // In pieces, a word of several has no place of its own.
        let words = places(trace, &Units::new(trace, Granularity::Words), written);
        Err(CliError::Failed(match words.first() {
            Some(tokens) => message!("cli-word-in-pieces", word = written, tokens = listed(tokens.clone())),
            None => message!("cli-no-word", word = written),
        }))
    }
}

/// The units that are written so.
fn places(trace: &Trace, units: &Units, written: &str) -> Vec<Range<usize>> {
    units.written(trace, written).map(|unit| units.tokens(unit)).collect()
}

fn listed(tokens: impl Iterator<Item = usize>) -> String {
    tokens.map(|token| token.to_string()).collect::<Vec<_>>().join(" ")
}
