//! The column of scores.

use super::{Record, Role, SCORE, Standing};
use crate::dataset::{Fault, content::ColumnContents, scores};

impl ColumnContents {
    /// Why a column cannot be the score; none where it can.
    fn no_score(&self, column: usize, decimal_comma: bool) -> Option<Fault> {
        let (profile, name) = (&self.profiles[column], || self.names[column].clone());
        let sample = || profile.samples.first().cloned().unwrap_or_default();
        if profile.has_decimal_commas() && !decimal_comma {
            Some(Fault::DecimalCommas {
                column: name(),
                example: comma_sample(&profile.samples).unwrap_or_else(sample),
            })
        } else if !profile.is_numeric() && !profile.has_decimal_commas() {
            Some(Fault::WordScores { column: name(), words: profile.samples.clone() })
        } else if profile.is_constant() {
            Some(Fault::ConstantScore { column: name(), value: sample() })
        } else if profile.is_count() {
            let (role, option) = ("score", SCORE.option);
            Some(Fault::Count { role, column: name(), samples: profile.samples.clone(), option })
        } else {
            None
        }
    }
}

fn comma_sample(samples: &[String]) -> Option<String> {
    samples.iter().find(|sample| scores::with_comma(sample).is_some()).cloned()
}

/// Whether two columns give every record the same score.
fn same_numbers(records: &[Record], one: usize, two: usize) -> bool {
    let score = |record: &Record, column| record.text(column).and_then(|text| scores::score(text, true).ok());
    records.iter().all(|record| score(record, one) == score(record, two))
}

/// The column of scores among those that are not `taken`.
pub(in super::super) fn score(
    columns: &ColumnContents,
    records: &[Record],
    asked: Option<usize>,
    taken: &[usize],
    decimal_comma: bool,
) -> Result<usize, Fault> {
    if let Some(column) = asked {
        return match columns.no_score(column, decimal_comma) {
            // Asked for by name, it is no mistake.
            None | Some(Fault::Count { .. }) => Ok(column),
            Some(fault) => Err(fault),
        };
    }
    let free: Vec<usize> =
        (0..columns.len()).filter(|column| !taken.contains(column) && columns.profiles[*column].present > 0).collect();
    let usable: Vec<usize> =
        free.iter().copied().filter(|&column| columns.no_score(column, decimal_comma).is_none()).collect();
    match columns.best(Role::Score, &usable)[..] {
        [] => {}
        [first, ref rest @ ..] => {
            let same = rest.iter().all(|&other| same_numbers(records, first, other));
            return if same { Ok(first) } else { Err(columns.doubt(SCORE, &[&[first], rest].concat())) };
        }
    }
    // A column that is called so and cannot be used says more than one that is not.
    let called = free
        .iter()
        .find(|&&column| columns.standing(Role::Score, column).is_some_and(|standing| standing <= Standing::Part));
    if let Some(fault) = called.and_then(|&column| columns.no_score(column, decimal_comma)) {
        return Err(fault);
    }
    let plain: Vec<usize> = usable
        .iter()
        .copied()
        .filter(|&column| !columns.is_disliked(column) && !columns.profiles[column].is_id_like())
        .filter(|&column| !columns.is_sparse(column))
        .collect();
    match plain[..] {
        [column] => return Ok(column),
        [] => {}
        _ => return Err(columns.doubt(SCORE, &plain)),
    }
    let liked = || free.iter().copied().filter(|&column| !columns.is_disliked(column));
    let numbers = liked()
        .filter(|&column| columns.profiles[column].is_numeric() || columns.profiles[column].has_decimal_commas());
    let classes = liked().filter(|&column| columns.profiles[column].has_classes());
    let fault = numbers.chain(classes).find_map(|column| columns.no_score(column, decimal_comma));
    Err(fault.unwrap_or_else(|| columns.none(SCORE)))
}
