//! The numbers behind the pages of the pooling view.

use super::{
    pages::{Page, Pages},
    terms::{ShownTerms, TermsChoice},
};
use crate::{
    analysis::{Column, Key, LateInteraction, Pooling, Quantity, Ranked, Table, TableRow, ValueColumn},
    labels,
    messages::{Label, label, message},
    state::{BackgroundSet, PairReading, PoolingReport, Readings, State},
};

/// The tables of the page that is open; that of two sentences' closeness stands behind every page.
pub(super) fn tables(pages: &Pages, state: &State) -> Vec<Table> {
    let Some(readings) = &state.readings else { return Vec::new() };
    let Some(pair) = &readings.pair else { return overview(state, readings) };
    match (pages.page, pages.shown_pooling(state)) {
        (Page::Overview | Page::Calibration, _) => {
            let mut tables = vec![closeness(pages, state.background_of_pair(), pair)];
            tables.extend(overview(state, readings));
            tables
        }
        (Page::Layers, _) => vec![by_layer(&readings.a_pooling, pair)],
        (Page::Dimensions, Some(pooling)) => dimensions(&readings.a_pooling, pair, pooling).into_iter().collect(),
        (Page::Words, _) => pages.terms.as_ref().map_or(Vec::new(), words),
        (Page::Nearest, _) => nearest(readings, pair),
        (Page::Dimensions, None) => Vec::new(),
    }
}

/// What a part of A adds with a part of B, under the cursor of the page of words, and what it is.
pub(super) fn number(pages: &Pages) -> Option<(f32, String)> {
    let shown = pages.terms.as_ref().filter(|_| pages.page == Page::Words)?;
    let ((row, column), [a, b]) = (pages.cell, shown.names());
    let pooling = shown.choice.pooling.name();
    let of = message!("pooling-number-of", pooling = pooling, a = a.get(row)?.as_str(), b = b.get(column)?.as_str());
    Some((shown.terms.get(row, column)? as f32, of))
}

fn overview(state: &State, readings: &Readings) -> Vec<Table> {
    let (_, _, report) = readings.alone(state.attention.reading_choice);
    let poolings: Vec<_> = report.vectors.iter().map(|(pooling, _)| *pooling).collect();
    let title = label!("pooling-table-matrix").text().to_owned();
    let rows = report.drift.iter().enumerate().map(|(layer, &cosine)| TableRow {
        keys: vec![Key::Number(layer)],
        cells: Vec::new(),
        measures: vec![cosine],
    });
    let drift = Table {
        title: label!("pooling-table-drift").text().to_owned(),
        keys: Column::all(["layer"]),
        cells: None,
        measures: vec![measure("cosine", Quantity::Cosine)],
        rows: rows.collect(),
    };
    vec![Table::poolings(title, &poolings, &report.cosines, &report.norms), drift]
}

fn measure(name: impl Into<Column>, quantity: Quantity) -> ValueColumn {
    ValueColumn::new(name, quantity)
}

/// The cosine of A and B under each pooling and, where that is known, how many unrelated pairs are less close.
fn closeness(pages: &Pages, background: Option<&BackgroundSet>, pair: &PairReading) -> Table {
    let known = !pages.closeness.is_empty();
    let mut measures = vec![measure("cosine", Quantity::Cosine)];
    if known {
        let named = |id: &'static str, label: Label, quantity| measure(Column::new(id, label.text()), quantity);
        measures.extend([
            named("typical of unrelated", label!("pooling-column-typical-unrelated"), Quantity::Cosine),
            named("higher than unrelated", label!("pooling-column-higher-unrelated"), Quantity::Share),
            named("centred", label!("pooling-column-centred"), Quantity::Cosine),
            named("centred: higher than", label!("pooling-column-centred-higher"), Quantity::Share),
            named("whitened", label!("pooling-column-whitened"), Quantity::Cosine),
            named("whitened: higher than", label!("pooling-column-whitened-higher"), Quantity::Share),
        ]);
    }
    let rank = |ranked: Option<Ranked>| -> [Option<f32>; 2] {
        let share = |ranked: Ranked| ranked.percentile.map(|percentile| (percentile / 100.0) as f32);
        [ranked.map(|ranked| ranked.cosine), ranked.and_then(share)]
    };
    let row = |&(pooling, cosine): &(Pooling, f32)| {
        let mut measures = vec![Some(cosine)];
        if known {
            let all = pages.calibrated(pooling);
            let calibration = background.and_then(|set| set.calibration(pooling));
            measures.push(calibration.and_then(|unrelated| unrelated.raw().median()));
            measures.push(rank(all.map(|all| all.raw))[1]);
            measures.extend(rank(all.map(|all| all.centred)));
            measures.extend(rank(all.and_then(|all| all.whitened)));
        }
        TableRow { keys: vec![Key::Text(pooling.name().to_owned())], cells: Vec::new(), measures }
    };
    Table {
        title: label!("pooling-table-closeness").text().to_owned(),
        keys: Column::all(["pooling"]),
        cells: None,
        measures,
        rows: pair.similarity.iter().map(row).collect(),
    }
}

fn by_layer(a: &PoolingReport, pair: &PairReading) -> Table {
    let layers = a.drift.len();
    let mut curves: Vec<(String, Vec<Option<f32>>)> =
        pair.by_layer.iter().map(|(pooling, cosines)| (format!("A·B {pooling}"), cosines.clone())).collect();
    curves.push(("A cls·mean".to_owned(), a.drift.clone()));
    curves.push(("B cls·mean".to_owned(), pair.b_pooling.drift.clone()));
    let row = |layer| TableRow {
        keys: vec![Key::Number(layer)],
        cells: Vec::new(),
        measures: curves.iter().map(|(_, cosines)| cosines.get(layer).copied().flatten()).collect(),
    };
    Table {
        title: label!("pooling-table-layers").text().to_owned(),
        keys: Column::all(["layer"]),
        cells: None,
        rows: (0..layers).map(row).collect(),
        measures: curves.iter().map(|(name, _)| measure(name.clone(), Quantity::Cosine)).collect(),
    }
}

fn dimensions(a: &PoolingReport, pair: &PairReading, pooling: Pooling) -> Option<Table> {
    let (_, contributions) = pair.contributions.iter().find(|(of, _)| *of == pooling)?;
    let (a, b) = (a.vector(pooling)?, pair.b_pooling.vector(pooling)?);
    let row = |&(dimension, term): &(usize, f64)| TableRow {
        keys: vec![Key::Number(dimension)],
        cells: Vec::new(),
        measures: vec![Some(a[dimension]), Some(b[dimension]), Some(term as f32)],
    };
    Some(Table {
        title: message!("pooling-table-dimensions", pooling = pooling.name()),
        keys: Column::all(["dimension"]),
        cells: None,
        measures: vec![
            measure(Column::new("of A", label!("pooling-dimensions-of-a").text()), Quantity::Number),
            measure(Column::new("of B", label!("pooling-dimensions-of-b").text()), Quantity::Number),
            measure(Column::new("adds", label!("pooling-dimensions-adds").text()), Quantity::Number),
        ],
        rows: contributions.terms.iter().map(row).collect(),
    })
}

/// The table, and its pairs one below the other.
fn words(shown: &ShownTerms) -> Vec<Table> {
    let (terms, names, TermsChoice { pooling, from, granularity }) = (&shown.terms, shown.names(), shown.choice);
    let pairs = labels::explanation::strongest_pairs_title(pooling, from);
    let pairs = Table::strongest_pairs(pairs, terms, granularity, &names, usize::MAX);
    let title = labels::explanation::cosine_terms_title(pooling, from, granularity);
    vec![Table::cosine_terms(title, terms, granularity, names), pairs]
}

/// Each token of A with its nearest of B, and the other way round.
fn nearest(readings: &Readings, pair: &PairReading) -> Vec<Table> {
    let (a, b) = (&readings.a.trace, &pair.b.trace);
    let table = |title: Label, from, to| {
        let found = LateInteraction::new(from, to)?;
        Some(Table::late_interaction(title.text().to_owned(), &found, from, to))
    };
    let both = [table(label!("analysis-nearest-of-b"), a, b), table(label!("analysis-nearest-of-a"), b, a)];
    both.into_iter().flatten().collect()
}
