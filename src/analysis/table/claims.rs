//! What is said of `[CLS]`, as tables: a row a claim with its verdict, and the numbers that it rests on.

use super::{Column, Key, Table, TableRow, ValueColumn};
use crate::{
    analysis::{Claims, ExplainedBy, MixingClaim, Quantity, SentenceTest, Verdict},
    messages::{label, message},
};

impl Table {
    /// What is said of `[CLS]`, tested on one sentence: the verdicts, then the numbers that they rest on. The last claim needs the mean cosines
    /// of unrelated sentences under `cls` and under `mean`; `first` is what the tokenizer calls the first token.
    pub fn claims(claims: &Claims, unrelated: Option<[f64; 2]>, first: &str) -> [Table; 2] {
        let title = message!("mixing-table-claims", first = first);
        let verdicts = verdicts(title, first, |claim| claims.verdict(claim, unrelated));
        let row = |SentenceTest { claim, under, number, holds, .. }: SentenceTest| TableRow {
            keys: vec![Key::Text(claim.id().to_owned()), under_key(under), Key::from(Verdict::of([holds]))],
            cells: Vec::new(),
            measures: vec![Some(number as f32)],
        };
        let numbers = Table {
            title: message!("mixing-table-claim-numbers", first = first),
            keys: vec![Column::from("claim"), Column::from("under"), Column::from("verdict").found()],
            cells: None,
            measures: vec![ValueColumn::new(
                Column::new("number", label!("analysis-column-number").text()),
                Quantity::Number,
            )],
            rows: claims.tests(unrelated).into_iter().map(row).collect(),
        };
        [verdicts, numbers]
    }
}

/// A row for each claim that is tested.
pub(super) fn verdicts(title: String, first: &str, verdict: impl Fn(MixingClaim) -> Option<Verdict>) -> Table {
    let row = |claim: MixingClaim| {
        let verdict = Key::from(verdict(claim)?);
        Some(TableRow {
            keys: vec![Key::Text(claim.id().to_owned()), verdict, Key::Text(claim.says(first))],
            cells: Vec::new(),
            measures: Vec::new(),
        })
    };
    Table {
        title,
        keys: vec![Column::from("claim"), Column::from("verdict").found(), Column::from("says")],
        cells: None,
        measures: Vec::new(),
        rows: MixingClaim::ALL.into_iter().filter_map(row).collect(),
    }
}

/// Under what a claim was tested: a measure, a vector, or the vectors that an average is of.
fn under_key(under: &str) -> Key {
    let average = ExplainedBy::ALL.into_iter().find(|by| by.id() == under);
    average.map_or_else(|| Key::Text(under.to_owned()), Key::from)
}

impl From<ExplainedBy> for Key {
    fn from(by: ExplainedBy) -> Self {
        let label = match by {
            ExplainedBy::Inputs => label!("analysis-explained-by-inputs"),
            ExplainedBy::BeforeLast => label!("analysis-explained-by-before-last"),
            ExplainedBy::Outputs => label!("analysis-explained-by-outputs"),
        };
        Key::Named { id: by.id(), label }
    }
}

impl From<Verdict> for Key {
    fn from(verdict: Verdict) -> Self {
        Key::Named { id: verdict.id(), label: verdict.label() }
    }
}
