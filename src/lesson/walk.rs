//! Going through a lesson.

use super::{AnswerRight, Lesson, LessonAnswer, LessonClaim, LessonStep, LessonTest};
use crate::{
    analysis::Verdict,
    study::{QuantityError, QuantityWork},
};

/// A lesson that is being gone through.
#[derive(Debug)]
pub struct LessonWalk {
    /// The lesson.
    pub lesson: Lesson,
    /// The step that one is at, from 0; as many as there are at the end.
    pub at: usize,
    /// What is known of each step.
    pub steps: Vec<StepProgress>,
}

/// How far a step is.
#[derive(Debug, Default)]
pub struct StepProgress {
    /// Whether a prediction was made, or passed over.
    pub is_answered: bool,
    /// What was predicted, from 0; none where nothing was.
    pub predicted: Option<usize>,
    /// What came out; none before it is measured, and of a step without a claim.
    pub outcome: Option<StepOutcome>,
}

/// What came out of a claim.
#[derive(Debug)]
pub struct StepOutcome {
    /// The model that was measured, as `--model` takes it.
    pub model: String,
    /// What it is called.
    pub model_name: String,
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
        let steps = lesson.steps.iter().map(|_| StepProgress::default()).collect();
        Self { lesson, at: 0, steps }
    }

    /// At a step, with what was predicted before, step by step: an answer from 1, or 0 for none. What of it does not fit the lesson is
    /// left out.
    pub fn resumed(lesson: Lesson, at: usize, predictions: &[usize]) -> Self {
        let mut walk = Self::new(lesson);
        walk.at = at.min(walk.steps.len());
        for ((step, known), &number) in walk.lesson.steps.iter().zip(&mut walk.steps).zip(predictions) {
            let Some(claim) = &step.claim else { continue };
            known.is_answered = true;
            known.predicted = number.checked_sub(1).filter(|answer| *answer < claim.answers.len());
        }
        walk
    }

    /// What was predicted, as [`LessonWalk::resumed`] takes it: of all steps up to the last that was answered.
    pub fn predictions(&self) -> Vec<usize> {
        let answered = self.steps.iter().rposition(|step| step.is_answered).map_or(0, |last| last + 1);
        self.steps[..answered].iter().map(|step| step.predicted.map_or(0, |answer| answer + 1)).collect()
    }

    /// The step that one is at; none at the end.
    pub fn step(&self) -> Option<&LessonStep> {
        self.lesson.steps.get(self.at)
    }

    /// The claim that a prediction is asked for now.
    pub fn asks(&self) -> Option<&LessonClaim> {
        self.step()?.claim.as_ref().filter(|_| !self.steps[self.at].is_answered)
    }

    /// What came out of the step that one is at.
    pub fn outcome(&self) -> Option<&StepOutcome> {
        self.steps.get(self.at)?.outcome.as_ref()
    }

    /// Takes a prediction, or that there is none.
    pub fn answer(&mut self, predicted: Option<usize>) {
        if self.asks().is_some_and(|claim| predicted.is_none_or(|answer| answer < claim.answers.len())) {
            let step = &mut self.steps[self.at];
            (step.is_answered, step.predicted) = (true, predicted);
        }
    }

    /// Goes so many steps on, or back.
    pub fn go(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.steps.len());
    }

    /// The step that is to be measured next with a model: it has a prediction and no numbers, or one is at it and they are of another
    /// model.
    pub fn due(&self, model: &str) -> Option<usize> {
        let is_due = |at: &usize| {
            let Some(step) = self.steps.get(*at).filter(|step| step.is_answered) else { return false };
            let is_known = |outcome: &StepOutcome| *at != self.at || outcome.model == model;
            self.lesson.steps[*at].claim.is_some() && !step.outcome.as_ref().is_some_and(is_known)
        };
        std::iter::once(self.at).chain(0..self.steps.len()).find(is_due)
    }

    /// What is measured of a step, with the model of a number.
    pub fn work(&self, at: usize, model: u64) -> Option<QuantityWork> {
        let step = self.lesson.steps.get(at)?;
        let requests = step.claim.as_ref()?.tests.iter().map(|test| test.request.clone()).collect();
        Some(QuantityWork { input: step.input.clone(), requests, model })
    }

    /// Takes in what was measured of a step, a number for each test, and judges it. The model is as `--model` takes it, and then what it is
    /// called.
    pub fn take_in(&mut self, at: usize, (model, name): (&str, &str), numbers: Vec<Result<f64, QuantityError>>) {
        let Some(claim) = self.lesson.steps.get(at).and_then(|step| step.claim.as_ref()) else { return };
        let tests: Vec<TestOutcome> =
            claim.tests.iter().zip(numbers).map(|(test, number)| TestOutcome { test: test.clone(), number }).collect();
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
        self.steps[at].outcome =
            Some(StepOutcome { model: model.to_owned(), model_name: name.to_owned(), tests, verdict, right });
    }

    /// What came out of each claim that was gone through, in the order of the steps.
    pub fn judged(&self) -> impl Iterator<Item = (&LessonClaim, &StepProgress)> {
        let all = self.lesson.steps.iter().zip(&self.steps);
        all.filter(|(_, known)| known.is_answered).filter_map(|(step, known)| Some((step.claim.as_ref()?, known)))
    }

    /// How many predictions were right, of how many that could be judged.
    pub fn score(&self) -> (usize, usize) {
        let is_right = |known: &StepProgress| {
            let outcome = known.outcome.as_ref().filter(|outcome| outcome.verdict.is_some())?;
            Some(outcome.right.contains(&known.predicted?))
        };
        let all: Vec<bool> = self.judged().filter_map(|(_, known)| is_right(known)).collect();
        (all.iter().filter(|is_right| **is_right).count(), all.len())
    }
}

impl TestOutcome {
    /// Whether it is as the claim has it; none where there is no number.
    pub fn holds(&self) -> Option<bool> {
        self.number.as_ref().ok().map(|&number| self.test.holds(number))
    }
}
