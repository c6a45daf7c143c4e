//! The numbers behind what vectors are made of.

use super::Mixing;
use crate::{
    analysis::{Claims, Column, Key, Pooling, Quantity, SourceShares, Table, TableRow, ValueColumn},
    messages::message,
    state::State,
};

/// The chosen token's shares behind each layer, every token's behind the last, and what is said of `[CLS]`.
pub(super) fn tables(mixing: &Mixing, state: &State) -> Vec<Table> {
    let (measure, words) = (mixing.measure.id(), mixing.words());
    let mut layers = of_shares(
        message!("mixing-table-layers", token = mixing.name(mixing.unit), measure = measure),
        Column::all(["layer"]),
        mixing.layers.iter().enumerate().map(|(layer, shares)| (vec![Key::Number(layer + 1)], shares)),
    );
    layers.measures.push(ValueColumn::new("taken", Quantity::Share));
    layers.rows.iter_mut().zip(&mixing.taken).for_each(|(row, taken)| row.measures.push(Some(*taken)));
    let key = |unit: usize| vec![Key::Number(words.tokens(unit).start), Key::Text(mixing.name(unit))];
    let tokens = of_shares(
        message!("mixing-table-tokens", measure = measure),
        Column::all(["from", "token"]),
        mixing.units.iter().enumerate().map(|(unit, shares)| (key(unit), shares)),
    );
    let claims = mixing.claims.as_ref().map(|claims| of_claims(claims, unrelated(state)));
    [layers, tokens].into_iter().chain(claims).collect()
}

fn of_shares<'s>(title: String, keys: Vec<Column>, rows: impl Iterator<Item = (Vec<Key>, &'s SourceShares)>) -> Table {
    let share = |id: &'static str| ValueColumn::new(id, Quantity::Share);
    let row = |(keys, shares): (Vec<Key>, &SourceShares)| {
        let SourceShares { own, words, signs, specials, biases, evenness, evenness_of_others, .. } = *shares;
        let parts = [own, words, signs, specials, biases].map(Some);
        let measures = parts.into_iter().chain([evenness, evenness_of_others]).collect();
        TableRow { keys, cells: Vec::new(), measures }
    };
    let columns = ["itself", "words", "signs", "specials", "biases", "evenness", "others_evenness"];
    Table { title, keys, cells: None, measures: columns.map(share).to_vec(), rows: rows.map(row).collect() }
}

/// What each claim rests on, a row for each number.
fn of_claims(claims: &Claims, unrelated: Option<[f64; 2]>) -> Table {
    let row = |claim: &str, under: &str, verdict: &str, number: Option<f32>| TableRow {
        keys: [claim, under, verdict].map(|key| Key::Text(key.to_owned())).to_vec(),
        cells: Vec::new(),
        measures: vec![number],
    };
    let part = |count: usize| count as f32 / claims.words as f32;
    let mut rows = Vec::new();
    for measure in &claims.measures {
        let verdict = claims.own_dominates().id();
        rows.push(row("a", measure.measure.id(), verdict, Some(part(measure.largest))));
    }
    for measure in &claims.measures {
        let verdict = claims.cls_is_fair().map_or("", |verdict| verdict.id());
        rows.push(row("b", measure.measure.id(), verdict, measure.more_even.map(part)));
    }
    let verdict = claims.cls_is_average().id();
    rows.push(row("c", "inputs", verdict, Some(claims.by_inputs as f32)));
    rows.push(row("c", "outputs", verdict, Some(claims.by_outputs as f32)));
    for (pooling, cosine) in ["cls", "mean"].into_iter().zip(unrelated.unwrap_or_default()) {
        if let Some([cls, mean]) = unrelated {
            rows.push(row("d", pooling, Claims::stands_for_sentence(cls, mean).id(), Some(cosine as f32)));
        }
    }
    let number = ValueColumn::new("number", Quantity::Number);
    let keys = Column::all(["claim", "under", "verdict"]);
    Table { title: message!("mixing-table-claims"), keys, cells: None, measures: vec![number], rows }
}

/// The mean cosine of two unrelated sentences under `cls` and under `mean`; none before these are read, or where there
/// are none in the language on screen.
pub(super) fn unrelated(state: &State) -> Option<[f64; 2]> {
    let measured = state.background.of(state.reading()?.background().ok()?)?.measured.as_ref()?;
    let of = |pooling: Pooling| {
        let found = measured.expected.iter().find(|(vector, _)| *vector == pooling.into());
        found.map(|(_, contributions)| contributions.cosine)
    };
    Some([of(Pooling::Cls)?, of(Pooling::Mean)?])
}

/// What the number under the cursor is.
pub(super) fn number_of(mixing: &Mixing, layer: usize) -> String {
    let token = mixing.name(mixing.unit);
    message!("mixing-number-of", measure = mixing.measure.id(), layer = layer + 1, token = token)
}
