//! Which column is what: by its heading, and by what is in it. A tie is refused.

mod label;
mod score;
mod texts;

use super::{
    ColumnChoice, Fault,
    content::ColumnContents,
    names::{Role, Standing, is_disliked},
    record::Record,
};
use crate::messages::{Label, label};

pub(super) use texts::{pair_texts, single_text};

pub(super) use label::label;
pub(super) use score::score;

/// A role as messages and options call it.
#[derive(Clone, Copy)]
pub(super) struct Named {
    pub name: Label,
    pub option: &'static str,
}

const SCORE: Named = Named { name: label!("dataset-the-score"), option: "--score-column" };

impl ColumnContents {
    fn doubt(&self, named: Named, columns: &[usize]) -> Fault {
        let mut columns = columns.to_vec();
        columns.sort_unstable();
        Fault::Doubt { role: named.name, option: named.option, candidates: self.candidates(columns.into_iter()) }
    }

    fn none(&self, named: Named) -> Fault {
        Fault::NoColumn { role: named.name, option: named.option, columns: self.all() }
    }

    fn standing(&self, role: Role, column: usize) -> Option<Standing> {
        role.standing(self.heading(column)?)
    }

    fn is_disliked(&self, column: usize) -> bool {
        self.heading(column).is_some_and(is_disliked)
    }

    /// Whether most records have nothing there.
    fn is_sparse(&self, column: usize) -> bool {
        self.profiles[column].present * 2 < self.fullest
    }

    /// Those of the columns whose headings name the role best.
    fn best(&self, role: Role, columns: &[usize]) -> Vec<usize> {
        let standings = || columns.iter().filter_map(|&column| Some((self.standing(role, column)?, column)));
        let best = standings().map(|(standing, _)| standing).min();
        standings().filter(|(standing, _)| Some(*standing) == best).map(|(_, column)| column).collect()
    }
}

/// The columns that options name, each for one role.
pub(super) fn distinct(columns: &ColumnContents, asked: &[usize]) -> Result<(), Fault> {
    let twice = asked.iter().enumerate().find(|(at, column)| asked[..*at].contains(column));
    twice.map_or(Ok(()), |(_, &column)| Err(Fault::TwoRoles(columns.names[column].clone())))
}

/// The columns that `--text-column` names.
pub(super) fn asked_texts(
    columns: &ColumnContents,
    asked: &[ColumnChoice],
    needed: usize,
) -> Result<Vec<usize>, Fault> {
    if !asked.is_empty() && asked.len() != needed {
        return Err(Fault::TextColumns { needed, given: asked.len() });
    }
    asked.iter().map(|choice| columns.find(choice, "--text-column")).collect()
}

/// Whether two columns tell the records apart in the same way, so that either may be used.
fn same_classes(records: &[Record], one: usize, two: usize) -> bool {
    use std::collections::HashMap;
    let (mut there, mut back) = (HashMap::new(), HashMap::new());
    records.iter().filter(|record| record.fault.is_none()).all(|record| match (record.text(one), record.text(two)) {
        (None, None) => true,
        (Some(one), Some(two)) => *there.entry(one).or_insert(two) == two && *back.entry(two).or_insert(one) == one,
        _ => false,
    })
}
