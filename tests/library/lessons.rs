//! What the lessons measure, against torch, numpy and scipy (`tests/reference/lessons.json`, made by `scripts/lessons.py`).

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use clscope::{
    analysis::{Granularity, Groundwork, Measure, MeasuredTrace, MixedVector, Table, Units},
    bert::{Backend, Bert, Input},
    lesson::{Lesson, LessonWalk},
    messages::{Language, speaking},
    models::ModelSource,
    study::{Quantities, QuantityError, QuantityWork, Reader},
};
use serde::Deserialize;

use crate::{
    common::{load, open, read, repository},
    declared,
};

#[derive(Deserialize)]
struct LessonReference {
    /// By lesson; of each step a number for each test, none where the script has none.
    lessons: BTreeMap<String, Vec<Vec<Option<f64>>>>,
}

#[test]
fn every_number_of_every_lesson_is_that_of_python() {
    let reference: LessonReference = read("lessons");
    let (bert, mut quantities) = (load("all-MiniLM-L6-v2", Backend::Flex), Quantities::default());
    let (mut compared, mut amiss, mut unknown) = (0, Vec::new(), BTreeSet::new());
    for lesson in Lesson::built_in().unwrap() {
        let expected = &reference.lessons[&lesson.name];
        assert_eq!(expected.len(), lesson.steps.len(), "{}: run scripts/lessons.py again", lesson.name);
        let walk = LessonWalk::new(lesson);
        for (at, expected) in expected.iter().enumerate() {
            let Some(work) = walk.work(at, 0) else { continue };
            let numbers = quantities.measure_all(&bert, &work, &|| true).unwrap().unwrap();
            assert_eq!(expected.len(), numbers.len(), "{}: run scripts/lessons.py again", walk.lesson.name);
            for ((expected, number), request) in expected.iter().zip(numbers).zip(&work.requests) {
                let Some(expected) = expected else { continue };
                let number = match number {
                    Ok(number) => number,
                    // Python has a number of what the model does not know, too.
                    Err(QuantityError::Unknown) => {
                        unknown.insert(walk.lesson.name.clone());
                        continue;
                    }
                    Err(why) => panic!("{}: {why}", walk.lesson.name),
                };
                compared += 1;
                if (expected - number).abs() > 2e-4 * expected.abs().max(1.0) {
                    amiss.push(format!("{} step {}: {expected} {number} {request:?}", walk.lesson.name, at + 1));
                }
            }
        }
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
    assert_eq!(unknown, BTreeSet::from(["reading-chinese".to_owned()]));
    assert!(compared > 30, "only {compared} numbers");
}

/// Views that have answers on them, and to what.
const ANSWERED_BY: [(&str, &[&str]); 2] = [
    (
        "mixing",
        &[
            "own-share",
            "cls-own-share",
            "words-largest",
            "words-more-even",
            "words-more-even-apart",
            "average-of-inputs",
            "average-of-outputs",
            "mixing-ratio",
            "unrelated-cosine-gap",
        ],
    ),
    ("pooling", &["cosine", "difference", "pair-cosine", "percentile", "unrelated-cosine", "unrelated-cosine-gap"]),
];

#[test]
fn no_view_of_a_lesson_answers_what_is_asked_later_of_the_same_sentence() {
    let mut asked = 0;
    for lesson in Lesson::built_in().unwrap() {
        for (at, step) in lesson.steps.iter().enumerate() {
            for view in [step.scene.view, step.scene.view_after].into_iter().flatten() {
                let Some((_, answered)) = ANSWERED_BY.iter().find(|(id, _)| *id == view) else { continue };
                let later = lesson.steps[at + 1..].iter().take_while(|later| later.input == step.input);
                for claim in later.filter_map(|later| later.claim.as_ref()) {
                    let quantities = claim.tests.iter().map(|test| test.request.quantity.id());
                    let told: Vec<&str> = quantities.filter(|quantity| answered.contains(quantity)).collect();
                    assert!(told.is_empty(), "{} step {}: {view} answers {told:?}", lesson.name, at + 1);
                }
                asked += 1;
            }
        }
    }
    assert!(asked > 5, "only {asked} views");
}

#[test]
fn the_head_for_the_next_sentence_says_what_transformers_says() {
    let lesson = Lesson::open("what-cls-is-for").unwrap();
    let mut work = LessonWalk::new(lesson).work(6, 0).unwrap();
    let reference: serde_json::Value = read("heads");
    let mut quantities = Quantities::default();
    let mut compared = 0;
    for (name, logits) in [("next-sentence", "logits"), ("pre-training", "seq_relationship_logits")] {
        let folder = repository().join("tests/reference/heads").join(format!("{name}-safetensors"));
        let bert = open(&ModelSource::Directory(folder), Backend::Flex).unwrap();
        for case in reference["models"][name]["cases"].as_array().unwrap() {
            let Some(pair) = case["pair"].as_str() else { continue };
            work.input = Input::joined(case["text"].as_str().unwrap(), pair);
            let found = quantities.measure_all(&bert, &work, &|| true).unwrap().unwrap().remove(0).unwrap();
            let [next, other] = [0, 1].map(|label| case[logits]["values"][label].as_f64().unwrap());
            let expected = 1.0 / (1.0 + (other - next).exp());
            assert!((found - expected).abs() < 1e-5, "{name}: {found} {expected}");
            compared += 1;
        }
    }
    assert!(compared > 1, "{compared}");
}

#[test]
fn the_chinese_readme_names_every_lesson() {
    let readme = std::fs::read_to_string(repository().join("README.zh-CN.md")).unwrap();
    for lesson in Lesson::built_in().unwrap() {
        let title = speaking(Language::Chinese, || lesson.title.text().to_owned());
        assert!(readme.contains(&format!("| `{}` | {title}", lesson.name)), "{}", lesson.name);
    }
}

/// What a step of a lesson measures of a sentence, with one test.
fn work(sentence: &str, test: &str) -> QuantityWork {
    let text = format!(
        "title = 'T'\n[[steps]]\ntext = 'x'\nsentence = '{sentence}'\nclaim = 'c'\ntests = [{{ {test}, at_least = 0.1 }}]\n"
    );
    LessonWalk::new(Lesson::read("t", "t.toml", &text).unwrap()).work(0, 0).unwrap()
}

/// Its number.
fn measured(quantities: &mut Quantities, bert: &Bert, work: &QuantityWork) -> Result<f64, QuantityError> {
    quantities.measure_all(bert, work, &|| true).unwrap().unwrap().remove(0)
}

#[test]
fn an_ablated_word_or_head_changes_the_declared_vector_too() {
    // The model declares the mean, so that both vectors have the same numbers.
    let directory = declared::directory("mean", "");
    let bert = open(&ModelSource::Directory(directory.path().to_owned()), Backend::Flex).unwrap();
    let mut quantities = Quantities::default();
    let mut number = |test: &str, vector: &str| {
        let test = format!("{test}, vector = '{vector}'");
        measured(&mut quantities, &bert, &work("The cat sat on the mat.", &test)).unwrap()
    };
    let probability = "labels = 'feeling', label = 'positive'";
    let tests = [
        format!("quantity = 'probability', {probability}"),
        format!("quantity = 'probability-without', {probability}, from = 'cat'"),
        "quantity = 'ablated-cosine', layer = 1, head = 1".to_owned(),
        "quantity = 'sweep-largest'".to_owned(),
    ];
    let [whole, without, ..] = tests.map(|test| {
        let [declared, mean] = ["declared", "mean"].map(|vector| number(&test, vector));
        assert!((declared - mean).abs() < 1e-6, "{test}: {declared} {mean}");
        declared
    });
    assert!((whole - without).abs() > 1e-6, "{whole} {without}");
}

#[test]
fn a_declared_vector_that_no_word_can_be_ablated_from_is_said_to_be_so() {
    let test = "quantity = 'probability-without', labels = 'topic', vector = 'declared', label = 'food', from = 'cat'";
    let work = work("The cat sat on the mat.", test);
    // A prompt stands before the text.
    let directory = declared::directory("default-prompt", "");
    let bert = open(&ModelSource::Directory(directory.path().to_owned()), Backend::Flex).unwrap();
    let why = measured(&mut Quantities::default(), &bert, &work).unwrap_err();
    assert!(matches!(why, QuantityError::NoAblatedVector { .. }), "{why}");
    // The model declares nothing.
    let bert = load("tiny-pooler", Backend::Flex);
    let why = measured(&mut Quantities::default(), &bert, &work).unwrap_err();
    assert!(matches!(why, QuantityError::NoVector { .. }), "{why}");
}

#[test]
fn no_parameter_of_a_quantity_is_chosen_in_silence() {
    let test = "quantity = 'probability', labels = 'feeling', vector = 'cls', label = 'positive'";
    let bert = load("tiny-pooler", Backend::Flex);
    let without = |forget: fn(&mut QuantityWork)| {
        let mut work = work("The cat sat.", test);
        forget(&mut work);
        measured(&mut Quantities::default(), &bert, &work).unwrap_err().to_string()
    };
    let takes = "it takes: labels, vector, label";
    assert_eq!(without(|work| work.requests[0].labels = None), format!("probability lacks labels; {takes}"));
    assert_eq!(without(|work| work.requests[0].vector = None), format!("probability lacks vector; {takes}"));
    assert_eq!(without(|work| work.requests[0].label = None), format!("probability lacks label; {takes}"));
    let unknown = without(|work| work.requests[0].label = Some("good".to_owned()));
    assert_eq!(unknown, "no label good; write one of: positive, negative");
}

#[test]
fn the_mixing_ratio_of_a_word_of_several_tokens_is_that_of_the_table() {
    let work = work("Unbelievably good!", "quantity = 'mixing-ratio', layer = 2, from = 'Unbelievably'");
    let bert = load("all-MiniLM-L6-v2", Backend::Flex);
    let found = measured(&mut Quantities::default(), &bert, &work).unwrap();

    let trace = MeasuredTrace::from(bert.trace(&work.input).unwrap());
    for groundwork in [Groundwork::Layers, Groundwork::Sources] {
        bert.work_out(&trace, groundwork, &mut |_, _| ControlFlow::Continue(())).unwrap();
    }
    let units = Units::new(&trace, Granularity::Words);
    let unit = units.unit_of(1);
    assert!(units.tokens(unit).len() > 1, "{:?}", trace.tokens);
    let table = Table::mixed_layers(&trace, &units, Measure::of_mixing(), MixedVector::Unit(unit));
    let column = table.measures.iter().position(|column| column.column.id == "taken").unwrap();
    assert_eq!(found as f32, table.rows[1].measures[column].unwrap());
}
