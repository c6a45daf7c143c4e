//! Calibration, contributions, projection and order: the numbers of numpy, scipy, scikit-learn and transformers.

use std::{collections::HashMap, ops::ControlFlow};

use clscope::{
    analysis::{
        Calibrated, Calibration, Calibrations, Contributions, Cosines, NoCalibration, Pooling, Projection, Ranked,
        SentenceVector, cosine, cosine_by_layer, pool,
    },
    bert::{Backend, Input, States, Trace},
    study::{Background, embed},
};
use serde::Deserialize;

use crate::common;

#[derive(Deserialize)]
struct Reference {
    small: HashMap<String, Small>,
    #[serde(rename = "all-MiniLM-L6-v2")]
    embedded: Embedded,
}

#[derive(Deserialize)]
struct Small {
    sentences: u64,
    hidden: u64,
    copies: u64,
    #[serde(flatten)]
    answer: Answer,
    expected: Vec<f64>,
    projection: Points,
    clusters: Vec<Vec<usize>>,
}

#[derive(Deserialize)]
struct Answer {
    kept: usize,
    mean: f64,
    raw: Expected,
    centred: Expected,
    whitened: Option<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    cosines: Vec<f64>,
    percentiles: Vec<f64>,
    pairs: usize,
}

#[derive(Deserialize)]
struct Points {
    points: Vec<[f64; 2]>,
    shares: [f64; 2],
}

#[derive(Deserialize)]
struct Embedded {
    pairs: Vec<[String; 2]>,
    poolings: HashMap<String, Answer>,
}

/// The rule of scripts/calibration.py.
fn vector(i: u64, hidden: u64, copies: u64) -> Vec<f32> {
    let part = |d: u64| {
        let number = (7 * i * i + 13 * d * d + 31 * i * d + 3 * i + 5 * d + i * i * d * d) % 1009;
        (number as f64 / 1009.0 - 0.25 + if d == 1 { 2.0 } else { 0.0 }) as f32
    };
    (0..hidden).map(|d| part(if d + copies >= hidden { d + copies - hidden } else { d })).collect()
}

impl Small {
    fn vectors(&self) -> Vec<Vec<f32>> {
        (0..self.sentences).map(|i| vector(i, self.hidden, self.copies)).collect()
    }

    fn optional(&self) -> Vec<Option<Vec<f32>>> {
        self.vectors().into_iter().map(Some).collect()
    }
}

fn reference() -> Reference {
    common::read("calibration")
}

fn close(what: &str, found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{what}: {found}, not {expected}");
}

/// Holds a calibration and what it makes of some pairs against the answer.
fn check(what: &str, calibration: &Calibration, pairs: &[[Vec<f32>; 2]], answer: &Answer) {
    assert_eq!(calibration.directions(), answer.kept, "{what}");
    close(what, calibration.raw().mean().unwrap(), answer.mean, 1e-5);
    let found: Vec<Calibrated> = pairs.iter().map(|[a, b]| calibration.of(a, b)).collect();
    let measure = |name: &str, found: Vec<Ranked>, pairs: usize, expected: &Expected| {
        assert_eq!(pairs, expected.pairs, "{what}: {name}");
        for (at, found) in found.iter().enumerate() {
            let what = format!("{what}: {name} {at}");
            close(&what, found.cosine.into(), expected.cosines[at], 1e-5);
            // One pair more or less, where two cosines are as good as equal.
            close(&what, found.percentile.unwrap(), expected.percentiles[at], 100.5 / pairs as f64);
        }
    };
    measure("raw", found.iter().map(|f| f.raw).collect(), calibration.raw().cosines().len(), &answer.raw);
    let centred = calibration.centred().cosines().len();
    measure("centred", found.iter().map(|f| f.centred).collect(), centred, &answer.centred);
    match &answer.whitened {
        Some(expected) => {
            let whitened = found.iter().map(|f| f.whitened.unwrap()).collect();
            measure("whitened", whitened, calibration.whitened().cosines().len(), expected);
        }
        None => assert!(found.iter().all(|f| f.whitened.is_none()), "{what}"),
    }

    let sentences: Vec<Option<Vec<f32>>> = pairs.iter().flatten().cloned().map(Some).chain([None]).collect();
    let all = calibration.of_all(&sentences);
    for (at, found) in found.iter().enumerate() {
        let same = |cosines: &Cosines, expected: Ranked| {
            close(what, cosines.get(2 * at, 2 * at + 1).unwrap().into(), expected.cosine.into(), 1e-6);
            assert_eq!(cosines.get(2 * at, sentences.len() - 1), None);
        };
        same(&all.raw, found.raw);
        same(&all.centred, found.centred);
        all.whitened.as_ref().zip(found.whitened).into_iter().for_each(|(cosines, expected)| same(cosines, expected));
    }
    let none = calibration.of_all(&[None, None]);
    assert_eq!((none.raw.len(), none.centred.get(0, 1)), (2, None));
}

#[test]
fn small_sets_are_calibrated_as_numpy_does() {
    for (name, small) in &reference().small {
        let vectors = small.vectors();
        let calibration = Calibration::new(&vectors.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
        let pairs = [[100, 101], [102, 103]].map(|pair| pair.map(|number| vector(number, small.hidden, small.copies)));
        check(name, &calibration, &pairs, &small.answer);

        let vectors: Vec<&[f32]> = vectors.iter().map(Vec::as_slice).collect();
        let contributions = Contributions::to_expected(&vectors);
        close(name, contributions.cosine, small.answer.mean, 1e-7);
        for (dimension, term) in &contributions.terms {
            close(name, *term, small.expected[*dimension], 1e-7);
        }
    }
}

#[test]
fn points_lie_where_scikit_learn_puts_them() {
    for (name, small) in &reference().small {
        let projection = Projection::new(&small.optional());
        for axis in 0..2 {
            close(name, projection.shares[axis].into(), small.projection.shares[axis], 1e-6);
            for (found, expected) in projection.points.iter().zip(&small.projection.points) {
                close(name, found.unwrap()[axis].into(), expected[axis], 1e-5);
            }
        }
        assert_eq!(projection, Projection::new(&small.optional()), "{name}");
    }
}

#[test]
fn every_cluster_of_scipy_stands_together() {
    for (name, small) in &reference().small {
        let order = Cosines::new(&small.optional()).clustered();
        let place = |sentence: &usize| order.iter().position(|other| other == sentence).unwrap();
        for cluster in &small.clusters {
            let places: Vec<usize> = cluster.iter().map(place).collect();
            let across = places.iter().max().unwrap() - places.iter().min().unwrap();
            assert_eq!(across + 1, cluster.len(), "{name}: {cluster:?} in {order:?}");
        }
    }
}

#[test]
fn too_few_are_refused_and_equal_ones_are_not_whitened() {
    let one: &[f32] = &[1.0, 2.0, 3.0];
    let odd: &[f32] = &[0.1, 0.7, -0.3];
    for background in [&[][..], &[one]] {
        let sentences = background.len();
        assert_eq!(Calibration::new(background).err(), Some(NoCalibration::TooFew { sentences }));
    }
    let same = Calibration::new(&[one; 12]).unwrap();
    let found = same.of(&[1.0, 0.0, 0.0], &[0.0, 1.0, 0.0]);
    assert_eq!((same.directions(), found.whitened), (0, None));
    assert_eq!(found.raw, Ranked { cosine: 0.0, percentile: Some(0.0) });
    assert!((found.centred.cosine - 11.0 / 143f32.sqrt()).abs() < 1e-6 && found.centred.percentile == Some(100.0));
    let same = Calibration::new(&[odd; 11]).unwrap();
    assert!(same.directions() == 0 && same.centred().cosines().iter().all(|&cosine| cosine == 0.0));

    let vectors = [(Pooling::Mean.into(), vec![Some(one.to_vec()), None]), (Pooling::Cls.into(), Vec::new())];
    let calibrations = Calibrations::new(&vectors);
    let reason = |pooling: Pooling| calibrations.get(pooling.into()).err();
    assert_eq!(reason(Pooling::Mean), Some(NoCalibration::TooFew { sentences: 1 }));
    assert_eq!(reason(Pooling::Max), Some(NoCalibration::TooFew { sentences: 0 }));
    assert_eq!(calibrations.iter().count(), 2);
}

#[test]
fn the_embedded_model_is_calibrated_as_transformers_and_numpy_do() {
    let Embedded { pairs, poolings } = reference().embedded;
    let bert = common::load("all-MiniLM-L6-v2", Backend::Flex);
    let wanted: Vec<SentenceVector> = [Pooling::Cls, Pooling::Mean].map(SentenceVector::from).into();
    let vectors = |sentences: &[String]| {
        embed(&bert, sentences, &wanted, |_| ControlFlow::Continue(())).unwrap().unwrap().vectors
    };
    let calibrations = Calibrations::new(&vectors(&Background::english().sentences));
    for (vector, asked) in vectors(pairs.as_flattened()) {
        let asked: Vec<Vec<f32>> = asked.into_iter().map(Option::unwrap).collect();
        let asked: Vec<[Vec<f32>; 2]> = asked.chunks(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect();
        let name = vector.to_string();
        check(&name, calibrations.get(vector).unwrap(), &asked, &poolings[&name]);
    }
}

fn traces() -> [Trace; 2] {
    let bert = common::load("tiny-pooler", Backend::Flex);
    ["the cat sat on a broken mat", "dogs walking"].map(|text| bert.trace(&Input::single(text)).unwrap())
}

#[test]
fn an_empty_sentence_has_specials_only() {
    let bert = common::load("tiny-pooler", Backend::Flex);
    let [empty, full] = ["", "the cat"].map(|text| bert.trace(&Input::single(text)).unwrap());
    let [empty, full] = [&empty, &full].map(States::from);
    let curves = cosine_by_layer(empty, full);
    assert!(
        curves.iter().all(|(pooling, curve)| curve.iter().all(Option::is_none) == (*pooling == Pooling::MeanWords))
    );
}

#[test]
fn curves_end_at_the_last_layer() {
    let traces = traces();
    let curves = cosine_by_layer((&traces[0]).into(), (&traces[1]).into());
    let poolings = [Pooling::Cls, Pooling::Mean, Pooling::MeanWords, Pooling::Max];
    assert_eq!(curves.iter().map(|(pooling, _)| *pooling).collect::<Vec<_>>(), poolings);
    for (pooling, curve) in curves {
        assert_eq!(curve.len(), traces[0].layers + 1);
        let [a, b] = traces.each_ref().map(|trace| pool(trace, pooling).unwrap());
        assert_eq!(curve.last(), Some(&Some(cosine(&a, &b))));
    }
}

#[test]
#[ignore = "a measurement: cargo test --release --test library calibration -- --ignored --nocapture"]
#[allow(clippy::print_stdout)]
fn how_long_it_takes() {
    fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
        let start = std::time::Instant::now();
        let result = run();
        println!("{what}: {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
        result
    }
    let bert = common::load("all-MiniLM-L6-v2", Backend::Flex);
    let wanted: Vec<SentenceVector> = Pooling::ALL.iter().map(|&pooling| pooling.into()).collect();
    let sentences = Background::english().sentences;
    let embedded = timed("400 sentences embedded", || embed(&bert, &sentences, &wanted, |_| ControlFlow::Continue(())));
    let vectors = embedded.unwrap().unwrap().vectors;
    timed("calibrations of eight poolings", || Calibrations::new(&vectors));
    for hidden in [384, 768] {
        let many: Vec<_> = (0..1000).map(|i| Some(vector(i, hidden, 0))).collect();
        let background: Vec<&[f32]> = many.iter().flatten().take(400).map(Vec::as_slice).collect();
        let calibration = timed(&format!("calibration, {hidden}"), || Calibration::new(&background).unwrap());
        timed(&format!("1,000 calibrated, {hidden}"), || calibration.of_all(&many));
        let cosines = timed(&format!("1,000 cosines, {hidden}"), || Cosines::new(&many));
        timed("1,000 clustered", || cosines.clustered());
        timed("disagreements", || cosines.disagreements(&cosines, 100));
        timed(&format!("projection, {hidden}"), || Projection::new(&many));
    }
}
