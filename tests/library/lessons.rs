//! What the lessons measure, against torch, numpy and scipy (`tests/reference/lessons.json`, made by `scripts/lessons.py`).

use std::collections::BTreeMap;

use clscope::{
    bert::Backend,
    lesson::{Lesson, LessonWalk},
    study::Quantities,
};
use serde::Deserialize;

use crate::common::{load, read};

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
                let (Some(expected), number) = (expected, number.unwrap()) else { continue };
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
