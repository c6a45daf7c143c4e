//! Why two sentences are close, against torch (`tests/reference/explanation.json`, made by `scripts/explanation.py`): what is added
//! to a cosine sums to it, from the last layer and from the inputs, on every backend.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use clscope::{
    analysis::{
        CosineTerms, Granularity, Groundwork, LateInteraction, MeasuredTrace, PartsFrom, Pooling, Units, VectorPart,
        VectorParts, cosine, pool,
    },
    bert::{Ablations, Backend, Bert, Input, Trace},
    models::ModelSource,
    study::Reader,
};
use serde::Deserialize;

use crate::common::{MeasureNumbers, load, open, read, repository};

#[derive(Deserialize)]
struct Explanations {
    models: BTreeMap<String, Vec<ExplainedCase>>,
}

#[derive(Deserialize)]
struct ExplainedCase {
    a: String,
    b: String,
    terms: BTreeMap<String, MeasureNumbers>,
    nearest: NearestCase,
    nearest_back: NearestCase,
}

#[derive(Deserialize)]
struct NearestCase {
    tokens: Vec<usize>,
    nearest: Vec<usize>,
    cosines: MeasureNumbers,
}

fn model(name: &str, backend: Backend) -> Bert {
    match name.rsplit_once('/') {
        None => load(name, backend),
        Some(_) => open(&ModelSource::Directory(repository().join("tests/reference").join(name)), backend).unwrap(),
    }
}

fn backends() -> impl Iterator<Item = Backend> {
    Backend::ALL.iter().copied().filter(|backend| backend.is_built_in())
}

fn worked_out(bert: &Bert, text: &str, cuts: &Ablations) -> MeasuredTrace {
    let trace = MeasuredTrace::from(bert.trace_ablated(&Input::single(text), cuts).unwrap());
    bert.work_out(&trace, Groundwork::Sources, &mut |_, _| ControlFlow::Continue(())).unwrap();
    trace
}

fn terms(
    [a, b]: [&MeasuredTrace; 2],
    pooling: Pooling,
    from: PartsFrom,
    granularity: Granularity,
) -> Option<CosineTerms> {
    let units = [a, b].map(|trace| Units::new(trace, granularity));
    let (of_a, of_b) = (VectorParts::of(a, pooling, from)?, VectorParts::of(b, pooling, from)?);
    Some(CosineTerms::new((&of_a, &units[0]), (&of_b, &units[1])))
}

/// The numbers of a reference over the parts that have a row or a column.
fn expected(found: &CosineTerms, all: &MeasureNumbers, tokens: [usize; 2]) -> Vec<f64> {
    assert_eq!(all.shape, tokens.map(|count| count + 1));
    let place = |part: &VectorPart, biases: usize| match part {
        VectorPart::Unit(unit) => *unit,
        VectorPart::Biases => biases,
    };
    let cells = found.rows.iter().flat_map(|row| {
        let row = place(row, tokens[0]);
        found.columns.iter().map(move |column| all.values[row * (tokens[1] + 1) + place(column, tokens[1])])
    });
    cells.collect()
}

#[test]
fn every_table_is_that_of_torch_and_sums_to_the_cosine() {
    let reference: Explanations = read("explanation");
    for (name, cases) in &reference.models {
        for backend in backends() {
            let bert = model(name, backend);
            for case in cases {
                let [a, b] = [&case.a, &case.b].map(|text| worked_out(&bert, text, &Ablations::default()));
                let tokens = [a.tokens.len(), b.tokens.len()];
                for (what, numbers) in &case.terms {
                    let (pooling, from) = what.split_once(' ').unwrap();
                    let (pooling, from) = (pooling.parse().unwrap(), from.parse().unwrap());
                    let found = terms([&a, &b], pooling, from, Granularity::Subwords).unwrap();
                    let expected = expected(&found, numbers, tokens);
                    let largest = numbers.values.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
                    for (found, expected) in found.terms.iter().zip(&expected) {
                        let what = format!("{name}, {backend}, {what}: {found}, not {expected}");
                        assert!((found - expected).abs() <= 1e-5 * largest.max(1.0), "{what}");
                    }
                    // What has no row is 0 in the reference too.
                    let rest = numbers.values.iter().sum::<f64>() - expected.iter().sum::<f64>();
                    assert!(rest.abs() < 1e-5, "{name}, {what}: {rest}");
                }
                let poolings = if bert.info().has_pooler { 4 } else { 3 };
                assert_eq!(case.terms.len(), 2 * poolings, "{name}");
                late_interaction(name, [&a, &b], &case.nearest);
                late_interaction(name, [&b, &a], &case.nearest_back);
            }
        }
    }
}

fn late_interaction(name: &str, [from, to]: [&Trace; 2], expected: &NearestCase) {
    let found = LateInteraction::new(from, to).unwrap();
    assert_eq!(found.tokens.iter().map(|found| found.token).collect::<Vec<_>>(), expected.tokens, "{name}");
    assert_eq!(found.tokens.iter().map(|found| found.nearest).collect::<Vec<_>>(), expected.nearest, "{name}");
    for (found, expected) in found.tokens.iter().zip(&expected.cosines.values) {
        assert!((f64::from(found.cosine) - expected).abs() < 1e-5, "{name}: {found:?}, not {expected}");
    }
    let sum: f64 = expected.cosines.values.iter().sum();
    assert!((found.sum() - sum).abs() < 1e-4 && (found.mean() - sum / found.tokens.len() as f64).abs() < 1e-5);
}

/// Whatever is read, and whatever is cut.
#[test]
fn terms_sum_to_the_cosine_in_pieces_and_in_words() {
    let cuts = [
        Ablations::default(),
        Ablations { heads: BTreeSet::from([(0, 1), (1, 0)]), ..Ablations::default() },
        Ablations { masked: BTreeSet::from([2]), ..Ablations::default() },
        Ablations { replaced: BTreeSet::from([1]), ..Ablations::default() },
    ];
    for name in ["tiny-pooler", "tiny-no-pooler", "all-MiniLM-L6-v2"] {
        let bert = load(name, Backend::Flex);
        for cuts in &cuts {
            let [a, b] = ["the cat sat on a broken mat", "dogs walking"].map(|text| worked_out(&bert, text, cuts));
            for (&pooling, &from) in
                VectorParts::POOLINGS.iter().flat_map(|pooling| PartsFrom::ALL.iter().map(move |from| (pooling, from)))
            {
                let all = Granularity::ALL.iter().map(|&granularity| terms([&a, &b], pooling, from, granularity));
                let all: Option<Vec<CosineTerms>> = all.collect();
                let Some(all) = all else {
                    assert!(pooling == Pooling::Pooled && !bert.info().has_pooler, "{name}: {pooling} {from}");
                    continue;
                };
                let real = f64::from(cosine(&pool(&a, pooling).unwrap(), &pool(&b, pooling).unwrap()));
                for terms in &all {
                    let sums = [terms.cosine(), terms.row_sums().iter().sum(), terms.column_sums().iter().sum()];
                    for sum in sums {
                        assert!((sum - real).abs() < 1e-4, "{name}: {pooling} {from}: {sum}, not {real}");
                    }
                    let (rows, columns) = (terms.rows.len(), terms.columns.len());
                    assert_eq!((terms.get(0, columns), terms.get(rows, 0)), (None, None));
                    let order: Vec<f64> =
                        terms.strongest().iter().map(|&(a, b)| terms.get(a, b).unwrap().abs()).collect();
                    assert!(order.len() == rows * columns && order.is_sorted_by(|a, b| a >= b));
                }
                let biases = all[0].rows.last() == Some(&VectorPart::Biases);
                assert_eq!(biases, from == PartsFrom::Inputs, "{name}: {pooling}");
            }
        }
    }
}

#[test]
fn what_is_no_sum_or_not_worked_out_has_no_parts() {
    let bert = load("tiny-pooler", Backend::Flex);
    let trace = |text| MeasuredTrace::from(bert.trace(&Input::single(text)).unwrap());
    let (cat, empty) = (trace("the cat"), trace(""));
    for pooling in [Pooling::Max, Pooling::FirstLast, Pooling::Layer1Last, Pooling::Declared] {
        assert_eq!(VectorParts::of(&cat, pooling, PartsFrom::LastLayer), None, "{pooling}");
    }
    assert_eq!(VectorParts::of(&cat, Pooling::Mean, PartsFrom::Inputs), None, "it is not worked out");
    assert_eq!(VectorParts::of(&empty, Pooling::MeanWords, PartsFrom::LastLayer), None, "it has no word");
    let empty_worked_out = worked_out(&bert, "", &Ablations::default());
    assert_eq!(VectorParts::of(&empty_worked_out, Pooling::MeanWords, PartsFrom::Inputs), None);
    assert!(VectorParts::of(&empty_worked_out, Pooling::Mean, PartsFrom::Inputs).is_some());
    assert_eq!(LateInteraction::new(&cat, &empty), None);
    assert_eq!(LateInteraction::new(&empty, &cat), None);
}

#[test]
fn a_sentence_is_its_own_nearest() {
    let bert = load("tiny-pooler", Backend::Flex);
    let trace = bert.trace(&Input::single("the cat sat on a broken mat")).unwrap();
    let found = LateInteraction::new(&trace, &trace).unwrap();
    assert!(found.tokens.iter().all(|found| found.token == found.nearest), "{found:?}");
    assert!((found.mean() - 1.0).abs() < 1e-6);
}
