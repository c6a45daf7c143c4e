//! A lesson as a file has it, alone or with a session.

use std::num::NonZeroUsize;

use serde::Deserialize;
use toml::{Spanned, de::DeTable};

use super::{
    AnswerRight, Lesson, LessonAnswer, LessonClaim, LessonError, LessonOrSession, LessonScene, LessonStep, LessonTest,
    entries::{AnswerEntry, HeadEntry, LayerEntry, LessonStepEntry, MeasureEntry, TestEntry, ViewEntry},
    verdict_label,
};
use crate::{
    analysis::Verdict,
    bert::Input,
    config::{line_of, what_is_wrong},
    messages::{Translated, message},
    session,
    state::Session,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonFile {
    title: Translated,
    steps: Vec<Spanned<LessonStepEntry>>,
}

impl Lesson {
    /// Reads a lesson; `file` is what messages call the text.
    ///
    /// # Errors
    /// When it is none, with the line and the valid words.
    pub fn read(name: &str, file: &str, text: &str) -> Result<Self, LessonError> {
        LessonOrSession::read(name, file, text)?.into_lesson(file)
    }

    /// Makes a lesson of what was read of a file; `session` is what it begins on.
    fn new(
        (name, file, text): (&str, &str, &str),
        read: LessonFile,
        session: Option<&Session>,
    ) -> Result<Self, LessonError> {
        let invalid = |at, problem| LessonError::Invalid { file: file.to_owned(), line: line_of(text, at), problem };
        let mut input = session.map(|session| session.input.clone());
        let mut model = session.and_then(|session| session.model.clone());
        let mut steps = Vec::new();
        for (at, entry) in read.steps.into_iter().enumerate() {
            let place = entry.span().start;
            let LessonStepEntry(step) = entry.into_inner();
            // A step without a sentence is about that of the step before, and one without a model stays with that.
            model = step.model.or(model);
            match (step.sentence, step.pair) {
                (Some(text), pair) => input = Some(Input { text, pair }),
                (None, Some(pair)) => input.iter_mut().for_each(|input| input.pair = Some(pair.clone())),
                (None, None) => {}
            }
            let input = input.clone().filter(|input| !input.text.trim().is_empty());
            let input = input.ok_or_else(|| invalid(place, message!("lesson-no-sentence", step = at + 1)))?;
            let meaning =
                [(Verdict::Holds, step.holds), (Verdict::Fails, step.fails), (Verdict::Depends, step.depends)];
            let tests: Vec<LessonTest> = step.tests.into_iter().map(|TestEntry(test)| test).collect();
            let claim = step.claim.map(|claim| LessonClaim {
                claim,
                answers: match step.answers.is_empty() {
                    true => usual_answers(&tests),
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
            return Err(invalid(0, message!("lesson-no-steps")));
        }
        Ok(Self { name: name.to_owned(), title: read.title, steps })
    }
}

impl LessonOrSession {
    /// Reads either, or both; `file` is what messages call the text.
    ///
    /// # Errors
    /// When it is neither, with the line and the valid words.
    pub fn read(name: &str, file: &str, text: &str) -> Result<Self, LessonError> {
        let wrong = |error| {
            let (line, problem) = what_is_wrong(text, &error);
            LessonError::Invalid { file: file.to_owned(), line, problem }
        };
        let mut keys = DeTable::parse(text).map_err(wrong)?;
        if !keys.get_ref().contains_key("text") {
            let read = toml::from_str(text).map_err(wrong)?;
            return Ok(Self::Lesson(Lesson::new((name, file, text), read, None)?.into(), None));
        }
        let session = session::parse(file, text)?;
        let mut own = DeTable::new();
        own.extend(["title", "steps"].into_iter().filter_map(|key| keys.get_mut().remove_entry(key)));
        if own.is_empty() {
            return Ok(Self::Session(session.into()));
        }
        let read = LessonFile::deserialize(toml::Deserializer::from(Spanned::new(keys.span(), own))).map_err(wrong)?;
        let lesson = Lesson::new((name, file, text), read, Some(&session))?;
        Ok(Self::Lesson(lesson.into(), Some(session.into())))
    }

    /// The lesson.
    ///
    /// # Errors
    /// When there is a session only.
    pub fn into_lesson(self, file: &str) -> Result<Lesson, LessonError> {
        match self {
            Self::Lesson(lesson, _) => Ok(*lesson),
            Self::Session(_) => Err(LessonError::OnlySession { file: file.to_owned() }),
        }
    }
}

/// The verdicts that there can be: of one test, it holds or does not.
fn usual_answers(tests: &[LessonTest]) -> Vec<LessonAnswer> {
    let answer = |&verdict: &Verdict| LessonAnswer {
        text: verdict_label(verdict, tests).into(),
        right: AnswerRight::Verdict(verdict),
    };
    let all = [Verdict::Holds, Verdict::Fails, Verdict::Depends];
    all[..if tests.len() == 1 { 2 } else { 3 }].iter().map(answer).collect()
}
