//! The column of labels.

use super::{Named, Record, Role, Standing, same_classes};
use crate::{
    dataset::{Fault, content::ColumnContents, profile::Profile},
    messages::label,
};

const LABEL: Named = Named { name: label!("dataset-the-label"), option: "--label-column" };

impl ColumnContents {
    /// Why a column cannot be the label; none where it can.
    fn no_label(&self, column: usize) -> Option<Fault> {
        let (profile, name) = (&self.profiles[column], || self.names[column].clone());
        if profile.is_constant() {
            let value = profile.samples.first().cloned().unwrap_or_default();
            Some(Fault::ConstantLabel { column: name(), value })
        } else if profile.is_count() {
            let (role, option) = ("label", LABEL.option);
            Some(Fault::Count { role, column: name(), samples: profile.samples.clone(), option })
        } else if profile.present == 0 && profile.nested > 0 {
            Some(Fault::Nested(name()))
        } else if profile.present == 0 || profile.is_continuous() || profile.reads() && profile.is_all_different() {
            Some(self.none(LABEL))
        } else {
            None
        }
    }
}

fn has_values(profile: &Profile) -> bool {
    profile.present > 0 || profile.nested > 0
}

/// The column of labels among those that are not `taken`, and those that say the same.
pub(in super::super) fn label(
    columns: &ColumnContents,
    records: &[Record],
    asked: Option<usize>,
    taken: &[usize],
) -> Result<(usize, Vec<usize>), Fault> {
    if let Some(column) = asked {
        return match columns.no_label(column) {
            Some(fault @ Fault::ConstantLabel { .. }) => Err(fault),
            _ => Ok((column, Vec::new())),
        };
    }
    let free: Vec<usize> =
        (0..columns.len()).filter(|column| !taken.contains(column) && has_values(&columns.profiles[*column])).collect();
    let usable: Vec<usize> = free.iter().copied().filter(|&column| columns.no_label(column).is_none()).collect();
    let choose = |group: &[usize]| match *group {
        [first, ref rest @ ..] if rest.iter().all(|&other| same_classes(records, first, other)) => {
            // Words say more than their numbers.
            let words = group.iter().copied().find(|&column| !columns.profiles[column].is_numeric());
            let chosen = if columns.named { first } else { words.unwrap_or(first) };
            Ok((chosen, group.iter().copied().filter(|&column| column != chosen).collect()))
        }
        _ => Err(columns.doubt(LABEL, group)),
    };
    let best = columns.best(Role::Label, &usable);
    if !best.is_empty() {
        return choose(&best);
    }
    let called = free
        .iter()
        .find(|&&column| columns.standing(Role::Label, column).is_some_and(|standing| standing <= Standing::Part));
    if let Some(fault) = called.and_then(|&column| columns.no_label(column)) {
        return Err(fault);
    }
    let liked: Vec<usize> = usable.iter().copied().filter(|&column| !columns.is_disliked(column)).collect();
    let classes = |column: &usize| {
        let profile = &columns.profiles[*column];
        let says = profile.has_classes() || !profile.is_all_different();
        !profile.is_origin() && says && !profile.is_listed() && !columns.is_sparse(*column)
    };
    let several: Vec<usize> = liked.iter().copied().filter(classes).collect();
    let clear: Vec<usize> = several.iter().copied().filter(|&column| columns.profiles[column].has_classes()).collect();
    match (&clear[..], &several[..]) {
        ([_, ..], _) => choose(&clear),
        ([], [_, ..]) => choose(&several),
        _ => Err(match free[..] {
            // The only other column there is: what is wrong with it is worth saying.
            [only] => columns.no_label(only).unwrap_or_else(|| columns.none(LABEL)),
            _ => free
                .iter()
                .filter(|column| !columns.is_disliked(**column))
                .find_map(|&column| {
                    columns.no_label(column).filter(|fault| matches!(fault, Fault::ConstantLabel { .. }))
                })
                .unwrap_or_else(|| columns.none(LABEL)),
        }),
    }
}
