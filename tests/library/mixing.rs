//! What many sentences say of how vectors mix words: as the reference found it on sixty of them (a torch implementation of the measures), the same on
//! every backend of the CPU, whole, and nothing of what is not finite.

use std::ops::{ControlFlow, RangeInclusive};

use clscope::{
    analysis::{
        BlindLayers, Estimate, ExplainedBy, Granularity, Groundwork, ListMeans, Measure, MeasuredTrace, MixedVector,
        MixingClaim, MixingFindings, MixingNumber, MixingObservation, MixingRow, Pooling, SharePart, SourceShares,
        TraitOrder, UnitClass, Units, VectorTraits, Verdict, WordEffect, cancelling, cosine, pool,
    },
    bert::{Backend, Bert, Input},
    study::{Background, BegunMixing, MixingRequest, Reader, blind_traces, study_mixing},
};

use crate::common::load;

fn measures() -> Vec<Measure> {
    Measure::from_input().to_vec()
}

fn place(id: &str) -> usize {
    measures().iter().position(|measure| measure.id() == id).unwrap()
}

fn find(bert: &Bert, texts: Vec<String>, trust: bool) -> MixingFindings {
    let request = MixingRequest { texts, measures: measures(), trust };
    study_mixing(bert, &request, &mut |_, _| ControlFlow::Continue(())).unwrap().unwrap()
}

/// Every so many-th sentence of the English background.
fn some(step: usize) -> Vec<String> {
    Background::english().sentences.into_iter().step_by(step).collect()
}

/// The intervals of the reference, wider by what fewer sentences may differ.
#[test]
fn the_numbers_are_those_of_the_reference() {
    let found = find(&load("all-MiniLM-L6-v2", Backend::Flex), some(10), false);
    assert_eq!((found.sentences, found.not_finite), (40, 0));
    let (alti, decompx, dot, globenc) = (place("alti"), place("decompx"), place("dot"), place("globenc"));
    let (cls, content, function) = (UnitClass::Cls, UnitClass::Content, UnitClass::Function);
    let (of_cls, unit) = (Pooling::Cls, |class| MixingRow::Unit(class));
    let part = |class| SharePart::Units(class);
    let expected: &[(MixingNumber, RangeInclusive<f64>)] = &[
        (MixingNumber::Own(content, decompx), 0.42..=0.47),
        (MixingNumber::Own(content, alti), 0.57..=0.63),
        (MixingNumber::Own(content, dot), 0.69..=0.76),
        (MixingNumber::Own(function, decompx), 0.21..=0.25),
        (MixingNumber::Own(function, alti), 0.20..=0.26),
        (MixingNumber::Own(cls, decompx), 0.255..=0.28),
        (MixingNumber::Own(cls, globenc), 0.027..=0.033),
        (MixingNumber::Largest(content, decompx), 0.95..=1.0),
        (MixingNumber::Largest(function, alti), 0.27..=0.50),
        (MixingNumber::Evenness(unit(cls), decompx), 0.78..=0.83),
        (MixingNumber::Evenness(unit(cls), alti), 0.67..=0.75),
        (MixingNumber::Evenness(unit(content), decompx), 0.70..=0.74),
        (MixingNumber::Evenness(MixingRow::OtherWords(content), decompx), 0.88..=0.92),
        (MixingNumber::Evenness(MixingRow::Mean, alti), 0.87..=0.91),
        (MixingNumber::Gini(unit(cls), decompx), 0.45..=0.50),
        (MixingNumber::Strongest(unit(cls), decompx), 2.7..=3.3),
        (MixingNumber::MoreEven(unit(content), decompx), 0.07..=0.11),
        (MixingNumber::MoreEven(MixingRow::Mean, decompx), -0.11..=-0.07),
        (MixingNumber::From(of_cls, part(cls), decompx), 0.22..=0.235),
        (MixingNumber::From(of_cls, part(cls), dot), 0.42..=0.46),
        (MixingNumber::From(of_cls, SharePart::Biases, decompx), 0.14..=0.155),
        (MixingNumber::From(of_cls, SharePart::Biases, dot), -0.15..=-0.12),
        (MixingNumber::From(of_cls, part(content), alti), 0.64..=0.70),
        (MixingNumber::From(Pooling::Mean, part(content), dot), 0.75..=0.82),
        (MixingNumber::Varies(of_cls, part(content)), 0.83..=0.90),
        (MixingNumber::Taken(0), 0.39..=0.41),
        (MixingNumber::Taken(2), 0.008..=0.010),
        (MixingNumber::Taken(5), 0.32..=0.35),
        (MixingNumber::Blind(BlindLayers::UpTo(4), false), 0.998..=0.9995),
        (MixingNumber::Blind(BlindLayers::Here(5), false), 0.70..=0.74),
        (MixingNumber::Blind(BlindLayers::Here(5), true), -0.08..=0.08),
        (MixingNumber::Explained(ExplainedBy::Inputs, false), 0.02..=0.03),
        (MixingNumber::Explained(ExplainedBy::BeforeLast, false), 0.07..=0.10),
        (MixingNumber::Explained(ExplainedBy::Outputs, false), 0.28..=0.34),
        (MixingNumber::Explained(ExplainedBy::Outputs, true), 0.66..=0.73),
    ];
    for (number, range) in expected {
        let Estimate { value, interval, .. } = found.get(*number).unwrap();
        assert!(range.contains(&value), "{number:?}: {value}, not {range:?}");
        let [low, high] = interval.unwrap();
        assert!(low < value && value < high && high - low < 0.5, "{number:?}: {value} in {low}..{high}");
    }
    let same = |pooling| found.vectors.iter().find(|vectors| vectors.pooling == pooling).unwrap().same.value;
    assert!((0.51..0.57).contains(&same(Pooling::Cls)) && (0.03..0.11).contains(&same(Pooling::Mean)));
    for claim in MixingClaim::ALL {
        assert_eq!(found.verdict(claim), Some(Verdict::Fails), "{claim:?}");
    }
    for pooling in ListMeans::POOLINGS {
        for measure in 0..measures().len() {
            let parts = SharePart::ALL.map(|part| found.get(MixingNumber::From(pooling, part, measure)).unwrap().value);
            assert!((parts.iter().sum::<f64>() - 1.0).abs() < 1e-4, "{pooling} {parts:?}");
        }
        let varies = SharePart::ALL.map(|part| found.get(MixingNumber::Varies(pooling, part)).unwrap().value);
        assert!((varies.iter().sum::<f64>() - 1.0).abs() < 1e-3, "{pooling} {varies:?}");
    }
}

/// In torch, on the same sentences.
#[test]
fn the_trust_of_measures_is_that_of_the_reference() {
    let found = find(&load("all-MiniLM-L6-v2", Backend::Flex), some(20), true);
    let trust = |how, id: &str| {
        let place = Measure::ALL.iter().position(|measure| measure.id() == id).unwrap();
        found.get(MixingNumber::Trust(Pooling::Cls, how, place)).unwrap().value
    };
    let (masked, hidden) = (WordEffect::Replaced, WordEffect::Hidden);
    // scripts/mixing_trust.py
    assert!((trust(masked, "decompx") - 0.8346).abs() < 0.005 && (trust(hidden, "decompx") - 0.9435).abs() < 0.005);
    assert!(trust(masked, "alti") > 0.65 && trust(hidden, "alti") > 0.75);
    assert!(trust(masked, "rollout").abs() < 0.45 && trust(hidden, "rollout") < trust(hidden, "weight"));
}

#[test]
fn every_backend_says_the_same() {
    let texts = || vec!["The cat sat.".to_owned(), "A red dog ran to the river?".to_owned(), "Who".to_owned()];
    let of = |backend| find(&load("tiny-pooler", backend), texts(), true);
    let flex = of(Backend::Flex);
    assert!(flex.numbers.len() > 100);
    for &backend in Backend::ALL.iter().filter(|backend| **backend != Backend::Flex && backend.is_built_in()) {
        let other = of(backend);
        assert!(flex.numbers.keys().eq(other.numbers.keys()), "{backend}");
        for (number, estimate) in &flex.numbers {
            let value = other.numbers[number].value;
            // Ranks turn where two effects are nearly the same.
            let near = if matches!(number, MixingNumber::Trust(..)) { 0.3 } else { 1e-3 };
            assert!((estimate.value - value).abs() < near, "{backend} {number:?}: {} and {value}", estimate.value);
        }
    }
}

#[test]
fn what_the_views_show_is_the_same_on_every_backend() {
    let of = |backend: Backend| -> Vec<f64> {
        let bert = load("tiny-pooler", backend);
        let trace = MeasuredTrace::from(bert.trace(&Input::single("The red dog ran to the river.")).unwrap());
        for measure in Measure::ALL {
            bert.work_out(&trace, measure.groundwork(), &mut |_, _| ControlFlow::Continue(())).unwrap();
            trace.prepare(*measure);
        }
        let units = Units::new(&trace, Granularity::Words);
        let mut numbers = Vec::new();
        for vector in [MixedVector::Unit(0), MixedVector::Unit(2), MixedVector::Mean, MixedVector::Pooled] {
            numbers.extend((0..trace.layers).filter_map(|layer| cancelling(&trace, &units, layer, vector)));
            for measure in measures() {
                let shares = SourceShares::of_vector(&trace, &units, measure, trace.layers - 1, vector).unwrap();
                numbers.extend([shares.own, shares.words, shares.specials, shares.biases].map(f64::from));
            }
        }
        let centre = [pool(&trace, Pooling::Mean).unwrap(), pool(&trace, Pooling::Cls).unwrap()];
        for traits in VectorTraits::all(&trace, &units, measures()[1], Some(&centre)) {
            numbers.extend(TraitOrder::ALL.iter().filter_map(|order| order.number(&traits)));
        }
        let _ = blind_traces(&bert, &trace, 0, &mut |_, blind| {
            numbers.push(f64::from(cosine(&pool(&trace, Pooling::Cls).unwrap(), &pool(blind, Pooling::Cls).unwrap())));
            ControlFlow::Continue(())
        })
        .unwrap();
        numbers
    };
    let flex = of(Backend::Flex);
    assert!(flex.len() > 100 && flex.iter().all(|number| number.is_finite()));
    for &backend in Backend::ALL.iter().filter(|backend| **backend != Backend::Flex && backend.is_built_in()) {
        let other = of(backend);
        assert_eq!(flex.len(), other.len(), "{backend}");
        for (at, (a, b)) in flex.iter().zip(&other).enumerate() {
            assert!((a - b).abs() < 1e-3, "{backend} {at}: {a} and {b}");
        }
    }
}

/// In torch, on the same sentences (`scripts/mixing_trust.py`).
#[test]
fn the_parts_of_cls_cancel_as_in_the_reference() {
    let bert = load("all-MiniLM-L6-v2", Backend::Flex);
    let ratios = some(20).into_iter().map(|text| {
        let trace = MeasuredTrace::from(bert.trace(&Input::single(text)).unwrap());
        bert.work_out(&trace, Groundwork::Sources, &mut |_, _| ControlFlow::Continue(())).unwrap();
        let units = Units::new(&trace, Granularity::Words);
        cancelling(&trace, &units, trace.layers - 1, MixedVector::Unit(0)).unwrap()
    });
    let ratios: Vec<f64> = ratios.collect();
    let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
    assert!((mean - 2.6502).abs() < 0.01, "{mean}");
}

#[test]
fn a_sentence_that_is_not_finite_counts_in_no_mean() {
    let bert = load("tiny-pooler", Backend::Flex);
    let mut trace = bert.trace(&Input::single("The cat sat.")).unwrap();
    *trace.hidden_states.last_mut().unwrap() = f32::NAN;
    let trace = MeasuredTrace::from(trace);
    let mut means = ListMeans::default();
    means.push((&*trace).into());
    assert_eq!(means.vectors(Pooling::Cls).len(), 0);
    let units = Units::new(&trace, Granularity::Words);
    let of = MixingObservation::new(&trace, &units, &measures(), &means);
    let found = MixingFindings::new(&measures(), 2, &[of], &means);
    assert_eq!((found.sentences, found.not_finite, found.numbers.len()), (1, 1, 0));
    assert!(found.tables().is_empty() && MixingClaim::ALL.iter().all(|claim| found.verdict(*claim).is_none()));
}

#[test]
fn it_is_broken_off_when_it_is_not_wanted() {
    let bert = load("tiny-pooler", Backend::Flex);
    let request = MixingRequest { texts: vec!["a cat".to_owned(); 3], measures: measures(), trust: false };
    let mut stop = |done, _| if done == 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    assert!(study_mixing(&bert, &request, &mut stop).unwrap().is_none());
}

#[test]
fn what_is_broken_off_goes_on_where_it_was() {
    let bert = load("tiny-pooler", Backend::Flex);
    let texts = ["a cat", "the mat sat", "a cat sat on the mat", "sat"].map(str::to_owned).to_vec();
    let request = MixingRequest { texts, measures: measures(), trust: false };
    let other = MixingRequest { trust: true, ..request.clone() };
    let mut begun = BegunMixing::default();
    let mut stop_at = |at: usize, request: &MixingRequest| {
        let mut first = None;
        let found = begun.study(&bert, request, &mut |done, _| {
            first.get_or_insert(done);
            if done == at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        (first, found.unwrap())
    };
    assert!(stop_at(2, &request).1.is_none() && stop_at(1, &other).1.is_none());
    let (first, found) = stop_at(usize::MAX, &request);
    assert_eq!(first, Some(2));
    let whole = study_mixing(&bert, &request, &mut |_, _| ControlFlow::Continue(())).unwrap().unwrap();
    assert_eq!(found.unwrap().tables(), whole.tables());
    assert_eq!(stop_at(usize::MAX, &other).0, Some(1), "each list by itself");
    assert_eq!(stop_at(usize::MAX, &request).0, Some(0), "what is done is not kept here");
}
