//! The columns of sentences.

use super::{Named, Role};
use crate::dataset::{
    Fault,
    content::ColumnContents,
    names::{Standing, is_disliked},
    sides::{Sides, sides},
};
use crate::messages::label;

const ONE: Named = Named { name: label!("dataset-the-text"), option: "--text-column" };
const TWO: Named = Named { name: label!("dataset-a-sentence"), option: "--text-column A --text-column B" };

/// Of fewer values nobody can say that they come again and again.
const FEW: usize = 6;

impl ColumnContents {
    /// Columns that could be sentences by what is in them, `taken` left out: those that read like sentences if there are
    /// as many as needed, else all words.
    fn could_be_texts(&self, taken: &[usize], needed: usize) -> Vec<usize> {
        let classes = |column: usize| {
            let profile = &self.profiles[column];
            profile.is_constant() || profile.has_classes() && profile.present >= FEW
        };
        let words: Vec<usize> = (0..self.len())
            .filter(|column| !taken.contains(column) && !self.is_disliked(*column))
            .filter(|&column| self.profiles[column].is_text() && !self.profiles[column].is_listed())
            .collect();
        let reads = |column: &usize| self.profiles[*column].reads() && !classes(*column);
        for fits in [&reads as &dyn Fn(&usize) -> bool, &|column: &usize| !classes(*column)] {
            let found: Vec<usize> = words.iter().copied().filter(|column| fits(column)).collect();
            if found.len() >= needed {
                return found;
            }
        }
        words
    }

    /// Sides of a pair among the headings, the best named first; of those named equally well, all.
    fn best_sides(&self, taken: &[usize]) -> Vec<[usize; 2]> {
        let headings: Vec<String> =
            (0..self.len()).map(|column| self.heading(column).unwrap_or_default().to_owned()).collect();
        let fits = |sides: &Sides| {
            let both = [sides.first, sides.second];
            let known = Role::Text.is_named(&sides.stem) || Role::Text.is_named(&headings[sides.first]);
            both.iter().all(|column| {
                let profile = &self.profiles[*column];
                !taken.contains(column)
                    && (profile.is_text() || known && !profile.is_empty() && profile.integers < profile.present)
            })
        };
        let rank = |sides: &Sides| match Role::Text.standing(&sides.stem) {
            Some(standing) => standing as usize,
            None if sides.are_couple() => Standing::Known as usize,
            None => Standing::MixedPart as usize + 1,
        };
        let found: Vec<Sides> = sides(&headings)
            .into_iter()
            .filter(|sides| (sides.are_couple() || !is_disliked(&sides.stem)) && fits(sides))
            .collect();
        let best = found.iter().map(rank).min();
        found.iter().filter(|sides| Some(rank(sides)) == best).map(|sides| [sides.first, sides.second]).collect()
    }
}

/// The two columns of a pair's sentences, in their order.
pub(in super::super) fn pair_texts(
    columns: &ColumnContents,
    asked: &[usize],
    taken: &[usize],
) -> Result<[usize; 2], Fault> {
    if let [first, second] = *asked {
        return Ok([first, second]);
    }
    match columns.best_sides(taken)[..] {
        [] => {}
        [sides] => return Ok(sides),
        ref several => {
            let mut doubtful = several.concat();
            doubtful.dedup();
            return Err(columns.doubt(TWO, &doubtful));
        }
    }
    let filled: Vec<usize> = (0..columns.len()).filter(|column| !columns.profiles[*column].is_empty()).collect();
    if let [first, second] = filled[..] {
        // Too few for a score and two sentences.
        let both = columns.profiles[first].reads() && columns.profiles[second].reads();
        let any = columns.profiles[first].is_text() || columns.profiles[second].is_text();
        return Err(match (both, any) {
            (true, _) => columns.none(super::SCORE),
            (false, true) => Fault::LabelledOnly,
            (false, false) => Fault::NoPairs,
        });
    }
    let named: Vec<usize> = (0..columns.len())
        .filter(|column| !taken.contains(column) && columns.profiles[*column].is_text())
        .filter(|&column| columns.standing(Role::Text, column).is_some_and(|standing| standing <= Standing::Known))
        .collect();
    let found = if named.len() == 2 { named } else { columns.could_be_texts(taken, 2) };
    match found[..] {
        [first, second] => Ok([first, second]),
        [] | [_] => Err(if filled.len() < 2 { Fault::NoPairs } else { columns.none(TWO) }),
        _ => {
            // Two that are far longer than all others, as beside names and places.
            let mut longest = found.clone();
            longest.sort_by(|one, two| {
                columns.profiles[*two].mean_length().total_cmp(&columns.profiles[*one].mean_length())
            });
            let length = |at: usize| columns.profiles[longest[at]].mean_length();
            if length(2) * 2.0 > length(1) {
                return Err(columns.doubt(TWO, &found));
            }
            let mut two = [longest[0], longest[1]];
            two.sort_unstable();
            Ok(two)
        }
    }
}

/// The one column of texts.
pub(in super::super) fn single_text(
    columns: &ColumnContents,
    asked: &[usize],
    taken: &[usize],
) -> Result<usize, Fault> {
    if let [column] = *asked {
        return Ok(column);
    }
    let free: Vec<usize> =
        (0..columns.len()).filter(|column| !taken.contains(column) && !columns.profiles[*column].is_empty()).collect();
    if let [only] = free[..]
        && columns.profiles[only].nested == 0
    {
        return Ok(only);
    }
    let could: Vec<usize> = free
        .iter()
        .copied()
        .filter(|&column| {
            let profile = &columns.profiles[column];
            match columns.standing(Role::Text, column) {
                Some(Standing::Plain | Standing::Known) => profile.integers < profile.present,
                Some(_) => profile.is_text() && !(profile.has_classes() && profile.present >= FEW),
                None => false,
            }
        })
        .collect();
    // One of two sides is half of what there is to read.
    let other = |column: usize| columns.best_sides(taken).into_iter().find(|sides| sides.contains(&column));
    match columns.best(Role::Text, &could)[..] {
        [] => {}
        [column] => {
            return match other(column) {
                Some(sides) if sides.iter().all(|&side| columns.profiles[side].reads()) => {
                    Err(columns.doubt(ONE, &sides))
                }
                _ => Ok(column),
            };
        }
        ref several => return Err(columns.doubt(ONE, several)),
    }
    let found = columns.could_be_texts(taken, 1);
    match found[..] {
        [] => Err(columns.none(ONE)),
        [column] => Ok(column),
        _ => {
            let mut longest = found.clone();
            longest.sort_by(|one, two| {
                columns.profiles[*two].mean_length().total_cmp(&columns.profiles[*one].mean_length())
            });
            let length = |at: usize| columns.profiles[longest[at]].mean_length();
            if length(1) * 2.0 <= length(0) { Ok(longest[0]) } else { Err(columns.doubt(ONE, &found)) }
        }
    }
}
