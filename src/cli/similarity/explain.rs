//! `--explain`: why two sentences are close.

use crate::{
    analysis::{
        Column, CosineTerms, Granularity, Key, LateInteraction, Measure, MeasuredTrace, PartsFrom, Pooling, Quantity,
        Table, TableRow, Units, ValueColumn, VectorParts, cosine, pool,
    },
    bert::{Bert, Input},
    cli::{
        arguments::SimilarityCommand,
        error::CliError,
        finite::warn_of_not_finite_in,
        groundwork::work_out,
        input::{LongText, warn_of_length},
        unknown::warn_of_unknown,
    },
    export::{Document, Rows},
    labels::explanation,
    messages::{Label, label, message},
    models::ModelSource,
};

/// So many pairs are listed where nobody says.
const STRONGEST: usize = 20;

/// How close the two are under each pooling, which pairs of their tokens or words add to that, and which are alike.
pub(super) fn explain(
    arguments: &SimilarityCommand,
    (bert, source): &(Bert, ModelSource),
    rows: &Rows,
    from: PartsFrom,
) -> Result<Document, CliError> {
    let filled: Vec<&String> = rows.filled().map(|row| &rows.texts[row]).collect();
    let &[a, b] = filled.as_slice() else { return Err(CliError::Usage(message!("cli-explain-two"))) };
    let poolings = poolings(arguments, bert)?;
    let traces = [read(bert, a, from)?, read(bert, b, from)?];
    warn_of_unknown(bert, &[a, b], |at| message!("cli-text-sentence", sentence = at + 1))?;
    let granularity = arguments.units.unwrap_or(Granularity::Subwords);
    let units = traces.each_ref().map(|trace| Units::new(trace, granularity));
    let (mut cosines, mut tables) = (Vec::new(), Vec::new());
    for pooling in poolings {
        let parts = traces.each_ref().map(|trace| VectorParts::of(trace, pooling, from));
        let [Some(of_a), Some(of_b)] = &parts else { continue };
        let terms = CosineTerms::new((of_a, &units[0]), (of_b, &units[1]));
        let real = pool(&traces[0], pooling).zip(pool(&traces[1], pooling)).map(|(a, b)| cosine(&a, &b));
        cosines.push(TableRow {
            keys: vec![Key::Text(pooling.name().to_owned())],
            cells: Vec::new(),
            measures: vec![real, Some(terms.cosine() as f32)],
        });
        let names = terms.names((&traces[0], &units[0]), (&traces[1], &units[1]));
        let most = arguments.top.map_or(STRONGEST, |top| top as usize);
        let pairs = explanation::strongest_pairs_title(pooling, from);
        let pairs = Table::strongest_pairs(pairs, &terms, granularity, &names, most);
        let title = explanation::cosine_terms_title(pooling, from, granularity);
        tables.extend([pairs, Table::cosine_terms(title, &terms, granularity, names)]);
    }
    let cosines = Table {
        title: label!("cli-explain-cosines").text().to_owned(),
        keys: Column::all(["pooling"]),
        cells: None,
        measures: ["cosine", "sum"].map(|id| ValueColumn::new(id, Quantity::Cosine)).into(),
        rows: cosines,
    };
    let mut document = Document::of_model(bert.info(), &source.origin())
        .with("a", a)
        .with("b", b)
        .with("parts", from)
        .with("units", granularity);
    document.tables = std::iter::once(cosines).chain(tables).chain(late_interaction(&traces)).collect();
    Ok(document)
}

/// Those that were asked for, or all that the model has.
fn poolings(arguments: &SimilarityCommand, bert: &Bert) -> Result<Vec<Pooling>, CliError> {
    let known = VectorParts::POOLINGS;
    if let Some(other) = arguments.pooling.iter().find(|pooling| !known.contains(pooling)) {
        let names = known.iter().map(|pooling| pooling.name()).collect::<Vec<_>>().join(", ");
        return Err(CliError::Usage(message!("cli-explain-pooling", pooling = other.name(), poolings = names)));
    }
    if arguments.pooling.iter().any(|pooling| !pooling.is_of(bert.info())) {
        return Err(CliError::Failed(message!("cli-no-pooler")));
    }
    let asked = |pooling: &Pooling| arguments.pooling.is_empty() || arguments.pooling.contains(pooling);
    Ok(known.iter().copied().filter(asked).collect())
}

/// A sentence alone, with what is needed of it.
fn read(bert: &Bert, text: &str, from: PartsFrom) -> Result<MeasuredTrace, CliError> {
    let trace = MeasuredTrace::from(bert.trace(&Input::single(text))?);
    warn_of_length(bert, LongText::Input, &trace.input, trace.truncation)?;
    warn_of_not_finite_in(bert, &trace);
    if from == PartsFrom::Inputs {
        let measure = Measure::ALL.iter().find(|measure| measure.id() == "decompx");
        measure.map(|measure| work_out(bert, &trace, *measure)).transpose()?;
    }
    Ok(trace)
}

/// Each token with its nearest, in both directions, after the scores.
fn late_interaction([a, b]: &[MeasuredTrace; 2]) -> Vec<Table> {
    let both = [
        ("A→B", label!("analysis-nearest-of-b"), LateInteraction::new(a, b), (a, b)),
        ("B→A", label!("analysis-nearest-of-a"), LateInteraction::new(b, a), (b, a)),
    ];
    let score = |(id, _, found, _): &(&str, Label, Option<LateInteraction>, _)| TableRow {
        keys: vec![Key::Text((*id).to_owned())],
        cells: Vec::new(),
        measures: [LateInteraction::sum, LateInteraction::mean]
            .map(|score| found.as_ref().map(|found| score(found) as f32))
            .into(),
    };
    let scores = Table {
        title: label!("cli-explain-scores").text().to_owned(),
        keys: Column::all(["direction"]),
        cells: None,
        measures: vec![ValueColumn::new("sum", Quantity::Number), ValueColumn::new("mean", Quantity::Cosine)],
        rows: both.iter().map(score).collect(),
    };
    let lists = both.iter().filter_map(|(_, title, found, (from, to))| {
        Some(Table::late_interaction(title.text().to_owned(), found.as_ref()?, from, to))
    });
    std::iter::once(scores).chain(lists).collect()
}
