//! The entries of a lesson's file, each checked by itself.

use std::{num::NonZeroUsize, str::FromStr};

use serde::Deserialize;

use super::{AnswerRight, LessonAnswer, LessonTest};
use crate::{
    analysis::{Measure, SentenceVector, Statistic, Verdict},
    messages::{Translated, find_named, label, message, quoted},
    study::{LabelledSet, LayerName, NamedQuantity, QuantityError, QuantityRequest},
    views::{self, ViewName},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, try_from = "LessonStepFields")]
pub(super) struct LessonStepEntry(pub LessonStepFields);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LessonStepFields {
    pub text: Translated,
    pub sentence: Option<String>,
    pub pair: Option<String>,
    pub view: Option<ViewEntry>,
    pub view_after: Option<ViewEntry>,
    pub model: Option<String>,
    pub measure: Option<MeasureEntry>,
    pub layer: Option<LayerEntry>,
    pub head: Option<NonZeroUsize>,
    pub from: Option<String>,
    #[serde(default)]
    pub off: Vec<HeadEntry>,
    pub claim: Option<Translated>,
    #[serde(default)]
    pub tests: Vec<TestEntry>,
    #[serde(default)]
    pub answers: Vec<AnswerEntry>,
    pub holds: Option<Translated>,
    pub fails: Option<Translated>,
    pub depends: Option<Translated>,
    pub elsewhere: Option<Translated>,
    pub next: Option<Translated>,
}

#[derive(Clone, Deserialize)]
#[serde(try_from = "TestFields")]
pub(super) struct TestEntry(pub LessonTest);

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
    head: Option<NonZeroUsize>,
    from: Option<String>,
    to: Option<String>,
    at_least: Option<f64>,
    at_most: Option<f64>,
}

/// A view by its id.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct ViewEntry(pub ViewName);

impl TryFrom<String> for ViewEntry {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        let found = find_named(&id, views::names().iter().copied(), |view| view.id);
        found.map(Self).map_err(|reason| wrong_word("view", &id, reason))
    }
}

#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct MeasureEntry(pub Measure);

impl TryFrom<String> for MeasureEntry {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        word("measure", &id).map(Self)
    }
}

/// A head as screens write it: `6.12`.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct HeadEntry(pub usize, pub usize);

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
#[serde(try_from = "toml::Value")]
pub(super) struct LayerEntry(pub LayerName);

impl TryFrom<toml::Value> for LayerEntry {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        let number = value.as_integer().and_then(|number| usize::try_from(number).ok()).filter(|number| *number > 0);
        match number {
            Some(number) => Ok(Self(LayerName::Number(number))),
            None if value.as_str() == Some("last") => Ok(Self(LayerName::Last)),
            None => Err(message!("lesson-layer")),
        }
    }
}

#[derive(Clone, Deserialize)]
#[serde(try_from = "AnswerFields")]
pub(super) struct AnswerEntry(pub LessonAnswer);

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
        let LessonStepFields { tests, answers, holds, fails, depends, elsewhere, .. } = &fields;
        let says = [holds, fails, depends, elsewhere].into_iter().any(Option::is_some);
        if fields.claim.is_none() && (says || !tests.is_empty() || !answers.is_empty()) {
            return Err(message!("lesson-no-claim"));
        }
        if fields.claim.is_some() && !(fields.answers.is_empty() || (2..=4).contains(&fields.answers.len())) {
            return Err(message!("lesson-answers", count = fields.answers.len()));
        }
        Ok(Self(fields))
    }
}

/// Of a word that is none of those there are, which `reason` names.
fn wrong_word(key: &str, found: &str, reason: String) -> String {
    message!("lesson-word", key = key, found = quoted(found), reason = reason)
}

/// A word that is one of some.
fn word<T: FromStr<Err = String>>(key: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|reason| wrong_word(key, value, reason))
}

/// The same, where it may be left out.
fn optional_word<T: FromStr<Err = String>>(key: &str, value: Option<String>) -> Result<Option<T>, String> {
    value.map(|value| word(key, &value)).transpose()
}

impl FromStr for NamedQuantity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        find_named(text, Self::ALL.iter().copied(), |quantity| quantity.id())
    }
}

/// What can stand for a parameter that is left out, in a sentence; none where any word of the text can. `labels` are the labelled sentences
/// that are named.
fn choices_for(name: &str, labels: Option<&str>) -> Option<String> {
    fn reason<T: FromStr<Err = String>>() -> Option<String> {
        T::from_str("").err()
    }
    match name {
        "measure" => reason::<Measure>(),
        "vector" | "other" => reason::<SentenceVector>(),
        "statistic" => reason::<Statistic>(),
        "labels" => reason::<LabelledSet>(),
        "label" => known_label(labels?.parse().ok()?, "").err(),
        "layer" => Some(message!("lesson-layer")),
        _ => None,
    }
}

/// A label of labelled sentences.
fn known_label(set: LabelledSet, label: &str) -> Result<&'static str, String> {
    find_named(label, set.labels(), |known| *known)
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
        let quantity: NamedQuantity = word("quantity", &quantity)?;
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
            let id = quantity.id();
            let takes = if takes.is_empty() { label!("lesson-takes-nothing").text().into() } else { takes.join(", ") };
            return Err(match (is_given, choices_for(name, labels.as_deref())) {
                (true, _) => message!("lesson-not-taken", quantity = id, name = name, takes = takes),
                (false, None) => QuantityError::Lacks { quantity, name }.to_string(),
                (false, Some(reason)) => {
                    message!("lesson-lacks", quantity = id, name = name, reason = reason, takes = takes)
                }
            });
        }
        let bounds = [at_least, at_most];
        if bounds == [None, None] || bounds.iter().flatten().any(|bound| !bound.is_finite()) {
            return Err(message!("lesson-no-bound"));
        }
        if at_least.zip(at_most).is_some_and(|(least, most)| least > most) {
            return Err(message!("lesson-bounds"));
        }
        let labels: Option<LabelledSet> = optional_word("labels", labels)?;
        if let (Some(set), Some(label)) = (labels, &label) {
            known_label(set, label).map_err(|reason| wrong_word("label", label, reason))?;
        }
        let request = QuantityRequest {
            quantity,
            measure: optional_word("measure", measure)?,
            vector: optional_word("vector", vector)?,
            other: optional_word("other", other)?,
            labels,
            label,
            statistic: optional_word("statistic", statistic)?,
            layer: layer.map(|LayerEntry(layer)| layer),
            head: head.map(NonZeroUsize::get),
            from,
            to,
        };
        Ok(Self(LessonTest { request, at_least, at_most }))
    }
}

/// The verdict of an id.
fn verdict(id: &str) -> Result<Verdict, String> {
    let found = find_named(id, [Verdict::Holds, Verdict::Fails, Verdict::Depends], |verdict| verdict.id());
    found.map_err(|reason| wrong_word("verdict", id, reason))
}

impl TryFrom<AnswerFields> for AnswerEntry {
    type Error = String;

    fn try_from(AnswerFields { text, verdict: named, from, below }: AnswerFields) -> Result<Self, String> {
        let right = match (named, from.is_some() || below.is_some()) {
            (Some(id), false) => AnswerRight::Verdict(verdict(&id)?),
            (None, true)
                if [from, below].into_iter().flatten().all(f64::is_finite)
                    && from.zip(below).is_none_or(|(from, below)| from < below) =>
            {
                AnswerRight::Number { from, below }
            }
            _ => return Err(message!("lesson-answer")),
        };
        Ok(Self(LessonAnswer { text, right }))
    }
}
