//! A lesson as a file has it.

use std::{num::NonZeroUsize, str::FromStr};

use serde::Deserialize;

use super::{AnswerRight, Lesson, LessonAnswer, LessonClaim, LessonError, LessonScene, LessonStep, LessonTest};
use crate::{
    analysis::{Measure, Verdict},
    bert::Input,
    config::what_is_wrong,
    messages::{Translated, message, quoted},
    study::{LabelledSet, LayerName, NamedQuantity, QuantityRequest},
    views::{self, ViewName},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonFile {
    title: Translated,
    steps: Vec<LessonStepEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, try_from = "LessonStepFields")]
struct LessonStepEntry(LessonStepFields);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonStepFields {
    text: Translated,
    sentence: Option<String>,
    pair: Option<String>,
    view: Option<ViewEntry>,
    view_after: Option<ViewEntry>,
    model: Option<String>,
    measure: Option<MeasureEntry>,
    layer: Option<LayerEntry>,
    head: Option<NonZeroUsize>,
    from: Option<String>,
    #[serde(default)]
    off: Vec<HeadEntry>,
    claim: Option<Translated>,
    #[serde(default)]
    tests: Vec<TestEntry>,
    #[serde(default)]
    answers: Vec<AnswerEntry>,
    holds: Option<Translated>,
    fails: Option<Translated>,
    depends: Option<Translated>,
    elsewhere: Option<Translated>,
    next: Option<Translated>,
}

#[derive(Clone, Deserialize)]
#[serde(try_from = "TestFields")]
struct TestEntry(LessonTest);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestFields {
    quantity: String,
    measure: Option<String>,
    vector: Option<String>,
    other: Option<String>,
    labels: Option<String>,
    label: Option<String>,
    statistic: Option<String>,
    layer: Option<LayerEntry>,
    head: Option<usize>,
    from: Option<String>,
    to: Option<String>,
    at_least: Option<f64>,
    at_most: Option<f64>,
}

/// A view by its id.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
struct ViewEntry(ViewName);

impl TryFrom<String> for ViewEntry {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        let found = views::names().iter().copied().find(|view| view.id == id);
        let choices = || views::names().iter().map(|view| view.id).collect::<Vec<_>>().join(", ");
        found.map(Self).ok_or_else(|| {
            let reason = message!("write-one-of", choices = choices());
            message!("lesson-word", key = "view", found = quoted(&id), reason = reason)
        })
    }
}

#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
struct MeasureEntry(Measure);

impl TryFrom<String> for MeasureEntry {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        word("measure", Some(id)).map(|measure| Self(measure.unwrap_or_default()))
    }
}

/// A head as screens write it: `6.12`.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
struct HeadEntry(usize, usize);

impl TryFrom<String> for HeadEntry {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let from_zero = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
        let both = text.split_once('.').and_then(|(layer, head)| Some(Self(from_zero(layer)?, from_zero(head)?)));
        both.ok_or_else(|| message!("lesson-off", found = quoted(&text)))
    }
}

/// A layer by its number, or the last.
#[derive(Clone, Deserialize)]
#[serde(try_from = "LayerFields")]
struct LayerEntry(LayerName);

#[derive(Deserialize)]
#[serde(untagged)]
enum LayerFields {
    Number(usize),
    Name(String),
}

impl TryFrom<LayerFields> for LayerEntry {
    type Error = String;

    fn try_from(fields: LayerFields) -> Result<Self, String> {
        match fields {
            LayerFields::Number(number) if number > 0 => Ok(Self(LayerName::Number(number))),
            LayerFields::Name(name) if name == "last" => Ok(Self(LayerName::Last)),
            _ => Err(message!("lesson-layer")),
        }
    }
}

#[derive(Clone, Deserialize)]
#[serde(try_from = "AnswerFields")]
struct AnswerEntry(LessonAnswer);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerFields {
    text: Translated,
    verdict: Option<String>,
    from: Option<f64>,
    below: Option<f64>,
}

impl TryFrom<LessonStepFields> for LessonStepEntry {
    type Error = String;

    fn try_from(fields: LessonStepFields) -> Result<Self, String> {
        if fields.claim.is_some() && fields.tests.is_empty() {
            return Err(message!("lesson-no-tests"));
        }
        if fields.claim.is_none() && !(fields.tests.is_empty() && fields.answers.is_empty()) {
            return Err(message!("lesson-no-claim"));
        }
        if fields.claim.is_some() && !(fields.answers.is_empty() || (2..=4).contains(&fields.answers.len())) {
            return Err(message!("lesson-answers", count = fields.answers.len()));
        }
        Ok(Self(fields))
    }
}

/// A word that is one of some.
fn word<T: FromStr<Err = String>>(key: &str, value: Option<String>) -> Result<Option<T>, String> {
    let read = |value: String| {
        value.parse().map_err(|why: String| message!("lesson-word", key = key, found = quoted(&value), reason = why))
    };
    value.map(read).transpose()
}

impl FromStr for NamedQuantity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let ids = Self::ALL.iter().map(|quantity| quantity.id()).collect::<Vec<_>>().join(", ");
        let found = Self::ALL.iter().copied().find(|quantity| quantity.id() == text);
        found.ok_or_else(|| message!("write-one-of", choices = ids))
    }
}

impl TryFrom<TestFields> for TestEntry {
    type Error = String;

    fn try_from(fields: TestFields) -> Result<Self, String> {
        let TestFields {
            quantity,
            measure,
            vector,
            other,
            labels,
            label,
            statistic,
            layer,
            head,
            from,
            to,
            at_least,
            at_most,
        } = fields;
        let quantity: NamedQuantity = quantity
            .parse()
            .map_err(|why| message!("lesson-word", key = "quantity", found = quoted(&quantity), reason = why))?;
        let given = [
            ("measure", measure.is_some()),
            ("vector", vector.is_some()),
            ("other", other.is_some()),
            ("labels", labels.is_some()),
            ("label", label.is_some()),
            ("statistic", statistic.is_some()),
            ("layer", layer.is_some()),
            ("head", head.is_some()),
            ("from", from.is_some()),
            ("to", to.is_some()),
        ];
        let takes = quantity.takes();
        let is_amiss = |&(name, given): &(&str, bool)| given != takes.contains(&name) && (given || name != "head");
        if let Some((name, is_given)) = given.into_iter().find(is_amiss) {
            let (id, takes) = (quantity.id(), takes.join(", "));
            return Err(match is_given {
                true => message!("lesson-not-taken", quantity = id, name = name, takes = takes),
                false => message!("lesson-lacks", quantity = id, name = name, takes = takes),
            });
        }
        if at_least.is_none() && at_most.is_none() {
            return Err(message!("lesson-no-bound"));
        }
        let labels: Option<LabelledSet> = word("labels", labels)?;
        let known = labels.map(LabelledSet::labels).unwrap_or_default();
        if let Some(label) = label.as_ref().filter(|label| !known.contains(&label.as_str())) {
            let reason = message!("write-one-of", choices = known.join(", "));
            return Err(message!("lesson-word", key = "label", found = quoted(label), reason = reason));
        }
        let request = QuantityRequest {
            quantity,
            measure: word("measure", measure)?,
            vector: word("vector", vector)?,
            other: word("other", other)?,
            labels,
            label,
            statistic: word("statistic", statistic)?,
            layer: layer.map(|LayerEntry(layer)| layer),
            head,
            from,
            to,
        };
        Ok(Self(LessonTest { request, at_least, at_most }))
    }
}

/// The verdict of an id.
fn verdict(id: &str) -> Result<Verdict, String> {
    let all = [Verdict::Holds, Verdict::Fails, Verdict::Depends];
    let choices = all.map(Verdict::id).join(", ");
    let found = all.into_iter().find(|verdict| verdict.id() == id);
    found.ok_or_else(|| {
        message!(
            "lesson-word",
            key = "verdict",
            found = quoted(id),
            reason = message!("write-one-of", choices = choices)
        )
    })
}

impl TryFrom<AnswerFields> for AnswerEntry {
    type Error = String;

    fn try_from(AnswerFields { text, verdict: named, from, below }: AnswerFields) -> Result<Self, String> {
        let right = match (named, from.is_some() || below.is_some()) {
            (Some(id), false) => AnswerRight::Verdict(verdict(&id)?),
            (None, true) => AnswerRight::Number { from, below },
            _ => return Err(message!("lesson-answer")),
        };
        Ok(Self(LessonAnswer { text, right }))
    }
}

impl Lesson {
    /// Reads a lesson; `file` is what messages call the text.
    ///
    /// # Errors
    /// When it is none, with the line and the valid words.
    pub fn read(name: &str, file: &str, text: &str) -> Result<Self, LessonError> {
        let invalid = |line, problem| LessonError::Invalid { file: file.to_owned(), line, problem };
        let read: LessonFile = toml::from_str(text).map_err(|error| {
            let (line, problem) = what_is_wrong(text, &error);
            invalid(line, problem)
        })?;
        let (mut input, mut model): (Option<Input>, Option<String>) = (None, None);
        let mut steps = Vec::new();
        for (at, LessonStepEntry(step)) in read.steps.into_iter().enumerate() {
            // A step without a sentence is about that of the step before, and one without a model stays with that.
            model = step.model.or(model);
            match (step.sentence, step.pair) {
                (Some(text), pair) => input = Some(Input { text, pair }),
                (None, Some(pair)) => input.iter_mut().for_each(|input| input.pair = Some(pair.clone())),
                (None, None) => {}
            }
            let input = input.clone().ok_or_else(|| invalid(1, message!("lesson-no-sentence", step = at + 1)))?;
            let meaning =
                [(Verdict::Holds, step.holds), (Verdict::Fails, step.fails), (Verdict::Depends, step.depends)];
            let tests: Vec<LessonTest> = step.tests.into_iter().map(|TestEntry(test)| test).collect();
            let claim = step.claim.map(|claim| LessonClaim {
                claim,
                answers: match step.answers.is_empty() {
                    true => usual_answers(tests.len()),
                    false => step.answers.into_iter().map(|AnswerEntry(answer)| answer).collect(),
                },
                meaning: meaning.into_iter().filter_map(|(verdict, text)| Some((verdict, text?))).collect(),
                elsewhere: step.elsewhere,
                tests,
            });
            let scene = LessonScene {
                view: step.view.map(|ViewEntry(view)| view.id),
                view_after: step.view_after.map(|ViewEntry(view)| view.id),
                model: model.clone(),
                measure: step.measure.map(|MeasureEntry(measure)| measure),
                layer: step.layer.map(|LayerEntry(layer)| layer),
                head: step.head.map(NonZeroUsize::get),
                from: step.from,
                off: step.off.into_iter().map(|HeadEntry(layer, head)| (layer, head)).collect(),
            };
            steps.push(LessonStep { text: step.text, input, scene, claim, next: step.next });
        }
        if steps.is_empty() {
            return Err(invalid(1, message!("lesson-no-steps")));
        }
        Ok(Self { name: name.to_owned(), title: read.title, steps })
    }
}

/// The verdicts that there can be: of one test, it holds or does not.
fn usual_answers(tests: usize) -> Vec<LessonAnswer> {
    let answer = |&verdict: &Verdict| LessonAnswer {
        text: super::in_words(verdict).into(),
        right: AnswerRight::Verdict(verdict),
    };
    let all = [Verdict::Holds, Verdict::Fails, Verdict::Depends];
    all[..if tests == 1 { 2 } else { 3 }].iter().map(answer).collect()
}
