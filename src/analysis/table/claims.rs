//! What is said of `[CLS]`, as tables: a row a claim with its verdict, and the numbers that it rests on.

use super::{Column, Key, Table, TableRow, ValueColumn};
use crate::{
    analysis::{Claims, ListClaim, Quantity, Verdict},
    messages::{label, message},
};

impl Table {
    /// What is said of `[CLS]`, tested on one sentence: the verdicts, then the numbers that they rest on. The last claim needs the mean cosines
    /// of unrelated sentences under `cls` and under `mean`.
    pub fn claims(claims: &Claims, unrelated: Option<[f64; 2]>) -> [Table; 2] {
        let stands = unrelated.map(|[cls, mean]| Claims::stands_for_sentence(cls, mean));
        let verdicts = verdicts(
            message!("mixing-table-claims"),
            &[
                (ListClaim::OwnDominates, Some(claims.own_dominates())),
                (ListClaim::ClsIsFair, claims.cls_is_fair()),
                (ListClaim::ClsIsAverage, Some(claims.cls_is_average())),
                (ListClaim::StandsForSentence, stands),
            ],
        );
        let row = |claim: ListClaim, under: &str, holds: bool, number: f64| TableRow {
            keys: vec![Key::Text(claim.id().to_owned()), Key::Text(under.to_owned()), Key::from(Verdict::of([holds]))],
            cells: Vec::new(),
            measures: vec![Some(number as f32)],
        };
        let part = |count: usize| count as f64 / claims.words as f64;
        let own = claims
            .measures
            .iter()
            .map(|of| row(ListClaim::OwnDominates, of.measure.id(), of.largest == claims.words, part(of.largest)));
        let fair = claims.measures.iter().filter_map(|of| {
            let more_even = of.more_even?;
            Some(row(ListClaim::ClsIsFair, of.measure.id(), more_even == 0, part(more_even)))
        });
        let explained = [("inputs", claims.by_inputs), ("outputs", claims.by_outputs)]
            .map(|(by, part)| row(ListClaim::ClsIsAverage, by, part >= Claims::EXPLAINED, part));
        let apart = unrelated.into_iter().flat_map(|[cls, mean]| {
            [("cls", cls), ("mean", mean)]
                .map(|(under, cosine)| row(ListClaim::StandsForSentence, under, cls <= mean, cosine))
        });
        let numbers = Table {
            title: message!("mixing-table-claim-numbers"),
            keys: vec![Column::from("claim"), Column::from("under"), Column::from("verdict").found()],
            cells: None,
            measures: vec![ValueColumn::new(
                Column::new("number", label!("analysis-column-number").text()),
                Quantity::Number,
            )],
            rows: own.chain(fair).chain(explained).chain(apart).collect(),
        };
        [verdicts, numbers]
    }
}

/// A row for each claim that is tested.
pub(super) fn verdicts(title: String, each: &[(ListClaim, Option<Verdict>)]) -> Table {
    let row = |&(claim, verdict): &(ListClaim, Option<Verdict>)| {
        let says = match claim {
            ListClaim::OwnDominates => label!("mixing-list-claim-a"),
            ListClaim::ClsIsFair => label!("mixing-list-claim-b"),
            ListClaim::ClsIsAverage => label!("mixing-list-claim-c"),
            ListClaim::StandsForSentence => label!("mixing-list-claim-d"),
        };
        let verdict = verdict?;
        Some(TableRow {
            keys: vec![Key::Text(claim.id().to_owned()), Key::from(verdict), Key::Text(says.text().to_owned())],
            cells: Vec::new(),
            measures: Vec::new(),
        })
    };
    Table {
        title,
        keys: vec![Column::from("claim"), Column::from("verdict").found(), Column::from("says")],
        cells: None,
        measures: Vec::new(),
        rows: each.iter().filter_map(row).collect(),
    }
}

impl From<Verdict> for Key {
    fn from(verdict: Verdict) -> Self {
        Key::Named { id: verdict.id(), label: verdict.label() }
    }
}
