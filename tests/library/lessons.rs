//! What the lessons measure, against torch, numpy and scipy (`tests/reference/lessons.json`, made by `scripts/lessons.py`).

use std::{collections::BTreeMap, ops::ControlFlow};

use clscope::{
    analysis::{Granularity, Groundwork, Measure, MeasuredTrace, MixedVector, Table, Units},
    bert::{Backend, Input},
    lesson::{Lesson, LessonWalk},
    messages::{Language, speaking},
    models::ModelSource,
    study::{Quantities, Reader},
};
use serde::Deserialize;

use crate::common::{load, open, read, repository};

#[derive(Deserialize)]
struct LessonReference {
    /// By lesson; of each step a number for each test, none where the script has none.
    lessons: BTreeMap<String, Vec<Vec<Option<f64>>>>,
}

#[test]
fn every_number_of_every_lesson_is_that_of_python() {
    let reference: LessonReference = read("lessons");
    let (bert, mut quantities) = (load("all-MiniLM-L6-v2", Backend::Flex), Quantities::default());
    let (mut compared, mut amiss) = (0, Vec::new());
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
                let number = number.unwrap();
                compared += 1;
                if (expected - number).abs() > 2e-4 * expected.abs().max(1.0) {
                    amiss.push(format!("{} step {}: {expected} {number} {request:?}", walk.lesson.name, at + 1));
                }
            }
        }
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n"));
    assert!(compared > 30, "only {compared} numbers");
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

#[test]
fn the_mixing_ratio_of_a_word_of_several_tokens_is_that_of_the_table() {
    let text = "title = \"T\"\n[[steps]]\ntext = \"x\"\nsentence = \"Unbelievably good!\"\nclaim = \"c\"\n\
                tests = [{ quantity = \"mixing-ratio\", layer = 2, from = \"Unbelievably\", at_least = 0.1 }]\n";
    let work = LessonWalk::new(Lesson::read("t", "t.toml", text).unwrap()).work(0, 0).unwrap();
    let bert = load("all-MiniLM-L6-v2", Backend::Flex);
    let found = Quantities::default().measure_all(&bert, &work, &|| true).unwrap().unwrap().remove(0).unwrap();

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
