//! Going through a lesson.

use super::{AnswerRight, Lesson, LessonAnswer, LessonStep, LessonTest};
use crate::{
    analysis::{Verdict, in_percent},
    bert::BertError,
    labels,
    messages::{Label, label, message},
    study::{LayerName, Quantities, QuantityError, QuantityUnit, ReadRequest, Reader, read},
};

/// A lesson that is being gone through with one model.
#[derive(Debug)]
pub struct LessonWalk {
    /// The lesson.
    pub lesson: Lesson,
    /// What came out of the steps so far; none of a step without a claim.
    pub outcomes: Vec<Option<StepOutcome>>,
    quantities: Quantities,
}

/// What came out of a claim.
#[derive(Debug)]
pub struct StepOutcome {
    /// What was predicted, from 0; none where nothing was.
    pub predicted: Option<usize>,
    /// Each test.
    pub tests: Vec<TestOutcome>,
    /// Whether the claim holds here; none where nothing could be measured.
    pub verdict: Option<Verdict>,
    /// The answers that are right, from 0.
    pub right: Vec<usize>,
}

/// What came out of a test.
#[derive(Debug)]
pub struct TestOutcome {
    /// What was measured.
    pub test: LessonTest,
    /// The number, or why there is none.
    pub number: Result<f64, QuantityError>,
}

impl LessonWalk {
    /// At the first step.
    pub fn new(lesson: Lesson) -> Self {
        Self { lesson, outcomes: Vec::new(), quantities: Quantities::default() }
    }

    /// The step that is next; none at the end.
    pub fn step(&self) -> Option<&LessonStep> {
        self.lesson.steps.get(self.outcomes.len())
    }

    /// Measures the step with a model, and goes on to the next one.
    ///
    /// # Errors
    /// When the text cannot be read. What one number lacks is told with that number.
    pub fn measure(
        &mut self,
        reader: &dyn Reader,
        predicted: Option<usize>,
    ) -> Result<Option<&StepOutcome>, BertError> {
        let Some(step) = self.lesson.steps.get(self.outcomes.len()) else { return Ok(None) };
        let Some(claim) = &step.claim else {
            self.outcomes.push(None);
            return Ok(None);
        };
        let request = ReadRequest { input: step.input.clone(), ..ReadRequest::default() };
        let readings = read(reader, &request, &mut None)?;
        let measured = claim.tests.iter().map(|test| TestOutcome {
            number: self.quantities.measure(reader, &readings, &test.request),
            test: test.clone(),
        });
        let tests: Vec<TestOutcome> = measured.collect();
        let each: Vec<bool> = tests.iter().filter_map(TestOutcome::holds).collect();
        let verdict = (!each.is_empty()).then(|| Verdict::of(each));
        let first = tests.iter().find_map(|it| it.number.as_ref().ok()).copied();
        let is_right = |answer: &LessonAnswer| match answer.right {
            AnswerRight::Verdict(right) => verdict == Some(right),
            AnswerRight::Number { from, below } => first.is_some_and(|number| {
                from.is_none_or(|from| number >= from) && below.is_none_or(|below| number < below)
            }),
        };
        let right = (0..claim.answers.len()).filter(|&at| is_right(&claim.answers[at])).collect();
        self.outcomes.push(Some(StepOutcome { predicted, tests, verdict, right }));
        Ok(self.outcomes.last().and_then(Option::as_ref))
    }
}

impl TestOutcome {
    /// Whether it is as the claim has it; none where there is no number.
    pub fn holds(&self) -> Option<bool> {
        self.number.as_ref().ok().map(|&number| self.test.holds(number))
    }

    /// What was measured, what came out, and what the claim needs, in a line.
    pub fn line(&self) -> String {
        let request = &self.test.request;
        let quantity = request.quantity.label().text();
        let layer = request.layer.map(|layer| match layer {
            LayerName::Number(number) => message!("lesson-layer-number", layer = number),
            LayerName::Last => label!("lesson-layer-last").text().to_owned(),
        });
        let parts = [
            request.measure.map(|measure| measure.id().to_owned()),
            request.vector.map(|vector| vector.to_string()),
            request.other.map(|vector| vector.to_string()),
            request.statistic.map(|statistic| labels::analysis::statistic(statistic).to_owned()),
            layer,
            request.head.map(|head| message!("labels-head", head = head)),
            request.from.clone(),
            request.to.clone().map(|to| format!("→ {to}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let what = match parts.is_empty() {
            true => quantity.to_owned(),
            false => message!("lesson-quantity-of", quantity = quantity, of = parts.join(" ")),
        };
        let unit = request.quantity.unit();
        match &self.number {
            Ok(number) => {
                let number = written(*number, unit);
                match (self.test.at_least, self.test.at_most) {
                    (Some(least), _) => {
                        message!("lesson-at-least", what = what, number = number, bound = written(least, unit))
                    }
                    (None, most) => {
                        let most = most.map(|most| written(most, unit)).unwrap_or_default();
                        message!("lesson-at-most", what = what, number = number, bound = most)
                    }
                }
            }
            Err(why) => message!("lesson-not-measured", what = what, reason = why.to_string()),
        }
    }
}

/// A number as people read it.
fn written(number: f64, unit: QuantityUnit) -> String {
    match unit {
        QuantityUnit::Percent => format!("{:.1} %", number * 100.0),
        QuantityUnit::Percentile => in_percent(number * 100.0),
        QuantityUnit::Number => format!("{number:.3}"),
        QuantityUnit::Count => format!("{number:.0}"),
    }
}

/// A verdict, for people.
pub fn in_words(verdict: Verdict) -> Label {
    match verdict {
        Verdict::Holds => label!("mixing-holds"),
        Verdict::Fails => label!("mixing-fails"),
        Verdict::Depends => label!("mixing-depends"),
        Verdict::Open => label!("mixing-open"),
    }
}
