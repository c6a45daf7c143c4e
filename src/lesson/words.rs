//! What came out of a lesson, in words: as lines, on the screen and on the page to keep.

use super::{LessonClaim, LessonTest, LessonWalk, StepProgress, TestOutcome};
use crate::{
    analysis::{Verdict, in_percent},
    labels,
    messages::{Label, label, listed, message},
    study::{LayerName, QuantityRequest, QuantityUnit},
};

/// A verdict in words. Where a claim depends, it does so on what its tests differ in: the measure, the vector or the task; tests that differ in
/// something else each test a part of it.
pub fn verdict_label(verdict: Verdict, tests: &[LessonTest]) -> Label {
    let differ_in = |alike: fn(&mut QuantityRequest)| {
        let mut tests = tests.to_vec();
        tests.iter_mut().for_each(|test| alike(&mut test.request));
        tests.windows(2).all(|pair| pair[0] == pair[1])
    };
    match verdict {
        Verdict::Depends if differ_in(|request| request.measure = None) => verdict.label(),
        Verdict::Depends if differ_in(|request| (request.vector, request.other) = (None, None)) => {
            label!("lesson-depends-vector")
        }
        Verdict::Depends if differ_in(|request| (request.labels, request.label) = (None, None)) => {
            label!("lesson-depends-task")
        }
        Verdict::Depends => label!("lesson-holds-in-part"),
        _ => verdict.label(),
    }
}

/// What came out of a claim, line by line: each number, the verdict, the prediction, what it means, and what another model shows. Nothing
/// before it is measured.
pub fn told(claim: &LessonClaim, known: &StepProgress) -> Vec<String> {
    let Some(outcome) = &known.outcome else { return Vec::new() };
    let mut lines: Vec<String> = outcome.tests.iter().map(TestOutcome::line).collect();
    lines.push(match outcome.verdict {
        Some(verdict) => message!("lesson-verdict", verdict = verdict_label(verdict, &claim.tests)),
        None => message!("lesson-no-verdict"),
    });
    if let (Some(predicted), Some(_)) = (known.predicted, outcome.verdict) {
        let answer = claim.answers[predicted].text.text();
        lines.push(match outcome.right.contains(&predicted) {
            true => message!("lesson-right", answer = answer),
            false => message!("lesson-wrong", answer = answer),
        });
    }
    let meaning = claim.meaning.iter().filter(|(verdict, _)| Some(*verdict) == outcome.verdict);
    lines.extend(meaning.map(|(_, text)| text.text().to_owned()));
    lines.extend(claim.elsewhere.iter().map(|text| message!("lesson-elsewhere", text = text.text())));
    lines
}

impl LessonWalk {
    /// For notes: the lesson, and each claim with what was predicted and what came out; nothing where nothing was predicted.
    pub fn notes(&self) -> Vec<String> {
        let note = |(claim, known): (&LessonClaim, &StepProgress)| {
            let outcome = known.outcome.as_ref();
            let verdict = claim.said(known);
            let predicted = known.predicted.map(|answer| claim.answers[answer].text.text());
            let model = outcome.map_or("", |outcome| &*outcome.model_name);
            let predicted = predicted.unwrap_or(label!("lesson-page-nothing").text());
            message!("lesson-note", claim = claim.claim.text(), predicted = predicted, verdict = verdict, model = model)
        };
        let mut lines: Vec<String> = self.judged().map(note).collect();
        if !lines.is_empty() {
            lines.insert(0, self.lesson.title.text().to_owned());
        }
        lines
    }

    /// The verdicts once more, and how many predictions were right.
    pub fn summary(&self) -> Vec<String> {
        let mut lines = vec![label!("lesson-end").text().to_owned()];
        for (claim, known) in self.judged() {
            let verdict = claim.said(known);
            lines.push(message!("lesson-end-line", verdict = verdict, claim = claim.claim.text()));
        }
        let (right, all) = self.score();
        if all > 0 {
            lines.push(message!("lesson-score", right = right, all = all));
        }
        lines
    }
}

impl LessonClaim {
    /// What came out, in words.
    fn said(&self, known: &StepProgress) -> Label {
        let verdict = known.outcome.as_ref().and_then(|outcome| outcome.verdict);
        verdict.map_or(label!("mixing-untested"), |verdict| verdict_label(verdict, &self.tests))
    }
}

impl TestOutcome {
    /// What was measured, what came out, and what the claim needs, in a line.
    pub fn line(&self) -> String {
        let request = &self.test.request;
        let quantity = request.quantity.label().text();
        let layer = request.layer.map(|layer| match layer {
            LayerName::Number(number) => message!("lesson-layer-number", layer = number),
            LayerName::Last => label!("lesson-layer-last").text().to_owned(),
        });
        let vectors = [request.vector, request.other].into_iter().flatten().map(|vector| vector.to_string());
        let vectors = Some(listed(vectors)).filter(|vectors| !vectors.is_empty());
        let parts = [
            request.labels.map(|labels| labels.id().to_owned()),
            request.label.clone(),
            request.measure.map(|measure| measure.id().to_owned()),
            vectors,
            request.statistic.map(labels::analysis::statistic_at_length),
            layer,
            request.head.map(|head| message!("labels-head", head = head)),
            request.from.as_deref().map(word),
            request.to.as_deref().map(|to| format!("→ {}", word(to))),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let what = match parts.is_empty() {
            true => quantity.to_owned(),
            false => message!("lesson-quantity-of", quantity = quantity, of = parts.join(" ")),
        };
        let unit = request.unit();
        match &self.number {
            Ok(number) => {
                let number = written(*number, unit);
                let written = |bound| written(bound, unit);
                match (self.test.at_least.map(written), self.test.at_most.map(written)) {
                    (Some(least), None) => message!("lesson-at-least", what = what, number = number, bound = least),
                    (Some(least), Some(most)) if least == most => {
                        message!("lesson-exactly", what = what, number = number, bound = least)
                    }
                    (Some(least), Some(most)) => {
                        message!("lesson-between", what = what, number = number, least = least, most = most)
                    }
                    (None, most) => {
                        let most = most.unwrap_or_default();
                        message!("lesson-at-most", what = what, number = number, bound = most)
                    }
                }
            }
            Err(why) => message!("lesson-not-measured", what = what, reason = why.to_string()),
        }
    }
}

/// A word of the sentence as people read it: `“it”`, `[CLS]`.
fn word(word: &str) -> String {
    if word.starts_with('[') { word.to_owned() } else { format!("“{word}”") }
}

/// A number as people read it.
fn written(number: f64, unit: QuantityUnit) -> String {
    match unit {
        QuantityUnit::Percent => format!("{:.1} %", number * 100.0),
        QuantityUnit::Points => {
            message!("lesson-points", points = format!("{:.1}", number * 100.0).replace('-', "−"))
        }
        QuantityUnit::Percentile => in_percent(number * 100.0),
        QuantityUnit::Number => format!("{number:.3}"),
        QuantityUnit::Count => format!("{number:.0}"),
    }
}
