//! Lessons: steps that say something, set up a text, ask for a prediction, measure on the model at hand, and say what came
//! out. The numbers and the verdicts are computed; nothing of them stands in a lesson.
//!
//! A lesson is a TOML file, `docs/lessons.md`; those of the program are in `config/lessons/`.

mod entries;
mod error;
mod file;
mod page;
mod walk;
mod words;

pub use error::LessonError;
pub use walk::{LessonWalk, StepOutcome, StepProgress, TestOutcome};
pub use words::{told, verdict_label};

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use crate::{
    analysis::{Measure, Verdict},
    bert::Input,
    messages::{Label, Translated, label, reason},
    state::Session,
    study::{LayerName, QuantityRequest},
    views,
};

/// A lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// As `clscope lesson` takes it: a name, or a path.
    pub name: String,
    /// What it is called.
    pub title: Translated,
    /// One after the other.
    pub steps: Vec<LessonStep>,
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonStep {
    /// What is said before anything is asked.
    pub text: Translated,
    /// The sentence or the pair that is read.
    pub input: Input,
    /// What is put on the explorer's screen.
    pub scene: LessonScene,
    /// What is claimed, and how it is tested; none where the step only says something.
    pub claim: Option<LessonClaim>,
    /// One thing to try next.
    pub next: Option<Translated>,
}

/// What a step puts on the explorer's screen, beside the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LessonScene {
    /// The view, by its id.
    pub view: Option<&'static str>,
    /// The view once a prediction is made, where what is asked would stand in it.
    pub view_after: Option<&'static str>,
    /// The model, as `--model` takes it; none for the one at hand.
    pub model: Option<String>,
    /// The measure that is shown.
    pub measure: Option<Measure>,
    /// The layer of the cursor.
    pub layer: Option<LayerName>,
    /// The head that is shown, from 1.
    pub head: Option<usize>,
    /// The word whose attention is shown.
    pub from: Option<String>,
    /// The heads that are ablated, layer and head, from 0.
    pub off: Vec<(usize, usize)>,
}

impl LessonScene {
    /// What the view is called that shows what came out.
    pub fn view_label(&self) -> Option<Label> {
        let id = self.view_after.or(self.view)?;
        views::names().iter().find(|view| view.id == id).map(|view| view.label)
    }
}

/// A claim that is tested.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonClaim {
    /// What is claimed.
    pub claim: Translated,
    /// The claim holds where all of them hold, does not where none does, and else depends on them.
    pub tests: Vec<LessonTest>,
    /// What can be predicted, two to four.
    pub answers: Vec<LessonAnswer>,
    /// What the verdict means, where that is worth a word, by verdict.
    pub meaning: Vec<(Verdict, Translated)>,
    /// What another model would show.
    pub elsewhere: Option<Translated>,
}

/// A quantity, and where it must lie for the claim.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonTest {
    /// What is measured.
    pub request: QuantityRequest,
    /// No less than this.
    pub at_least: Option<f64>,
    /// No more than this.
    pub at_most: Option<f64>,
}

impl LessonTest {
    /// Whether a number is where the claim wants it.
    pub fn holds(&self, number: f64) -> bool {
        self.at_least.is_none_or(|least| number >= least) && self.at_most.is_none_or(|most| number <= most)
    }
}

/// What can be predicted.
#[derive(Clone, Debug, PartialEq)]
pub struct LessonAnswer {
    /// What it says.
    pub text: Translated,
    /// When it is right.
    pub right: AnswerRight,
}

/// When an answer is right.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerRight {
    /// When the verdict is this one.
    Verdict(Verdict),
    /// When the first number lies from this one to below that one.
    Number {
        /// The least.
        from: Option<f64>,
        /// Less than this.
        below: Option<f64>,
    },
}

/// The lessons of the program, by name, in their order.
const BUILT_IN: &[(&str, &str)] = &[
    ("why-cls", include_str!("../../config/lessons/why-cls.toml")),
    ("weight-is-not-contribution", include_str!("../../config/lessons/weight-is-not-contribution.toml")),
    ("two-outputs", include_str!("../../config/lessons/two-outputs.toml")),
    ("is-it-close", include_str!("../../config/lessons/is-it-close.toml")),
    ("what-heads-do", include_str!("../../config/lessons/what-heads-do.toml")),
    ("what-cls-is-for", include_str!("../../config/lessons/what-cls-is-for.toml")),
    ("reading-chinese", include_str!("../../config/lessons/reading-chinese.toml")),
];

impl Lesson {
    /// Every lesson of the program.
    ///
    /// # Errors
    /// When one is wrong, which the tests rule out.
    pub fn built_in() -> Result<Vec<Self>, LessonError> {
        BUILT_IN.iter().map(|(name, text)| Self::read(name, &format!("config/lessons/{name}.toml"), text)).collect()
    }

    /// The lesson of a name, or that in a file.
    ///
    /// # Errors
    /// As for [`LessonOrSession::open`], and when there is a session only.
    pub fn open(name: &str) -> Result<Self, LessonError> {
        LessonOrSession::open(name)?.into_lesson(name)
    }
}

/// What a file holds: a lesson, a session as the explorer saves it, or a session and a lesson that begins on it.
#[derive(Debug)]
pub enum LessonOrSession {
    /// A lesson, and the session that it begins on, if there is one.
    Lesson(Box<Lesson>, Option<Box<Session>>),
    /// A session alone.
    Session(Box<Session>),
}

impl LessonOrSession {
    /// The lesson of a name, or what is in a file.
    ///
    /// # Errors
    /// When there is neither, or the file is wrong: one line with file, line and the valid words.
    pub fn open(name: &str) -> Result<Self, LessonError> {
        if let Some((name, text)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
            return Self::read(name, &format!("config/lessons/{name}.toml"), text);
        }
        let path = Path::new(name);
        if !path.exists() {
            let choices = BUILT_IN.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            return Err(LessonError::Unknown { name: name.to_owned(), choices });
        }
        let text =
            read(path).map_err(|error| LessonError::Unreadable { file: name.to_owned(), reason: reason(&error) })?;
        Self::read(name, name, &text)
    }
}

/// A lesson is some kilobytes: what is larger is none, and one byte more is read at most, so that an endless file ends too.
fn read(path: &Path) -> io::Result<String> {
    const LARGEST: u64 = 1 << 20;
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(label!("lesson-too-large").text()));
    }
    String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into())
}
