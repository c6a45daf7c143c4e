//! The form of a session file, for people: layers and heads count from 1 there, words stand for choices.

use std::{collections::BTreeSet, io};

use serde::{Deserialize, Serialize, de::IgnoredAny};
use toml::Spanned;

use super::{
    SessionError,
    blind::SavedBlindToken,
    values::{
        ListForm, ReadingName, SavedHead, SavedHeadAblation, SavedLesson, SavedTokenAblation, ScaleName, Typing,
        ViewId, ZoomName, by_name, from_one, head, heads,
    },
};
use crate::{
    analysis::{Affected, AttentionOptions, Direction, Granularity, HeadSet, Measure, Specials, Statistic},
    bert::Input,
    config::{line_of, what_is_wrong},
    messages::message,
    state::{Field, Focus, LessonProgress, NamedAblations, ReadingChoice, Scale, Session, Zoom},
};

/// The version of the form that is written, and the newest that is read.
const VERSION: u32 = 1;

/// A session in the words and numbers of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionForm {
    #[serde(default = "version")]
    version: u32,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pair: Option<String>,
    /// As `--model` takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(default)]
    typing: Typing,
    #[serde(default)]
    view: ViewId,
    #[serde(default, with = "ReadingName")]
    reading: ReadingChoice,
    #[serde(default, with = "from_one")]
    layer: usize,
    /// The cursor's.
    #[serde(default)]
    token: usize,
    /// The one that looks, or is looked at.
    #[serde(default)]
    source: usize,
    #[serde(default, with = "by_name")]
    direction: Direction,
    #[serde(default, with = "by_name", skip_serializing_if = "is_default")]
    measure: Measure,
    #[serde(default, deserialize_with = "head")]
    head: SavedHead,
    /// Those a mean or a maximum is of; empty for all.
    #[serde(default, with = "heads", skip_serializing_if = "is_empty")]
    among: HeadSet,
    #[serde(default, with = "by_name")]
    specials: Specials,
    #[serde(default, with = "by_name")]
    units: Granularity,
    #[serde(default, with = "ScaleName")]
    scale: Scale,
    #[serde(default, with = "ZoomName")]
    zoom: Zoom,
    #[serde(default, with = "by_name")]
    statistic: Statistic,
    #[serde(default)]
    sorted: bool,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    marked: BTreeSet<usize>,
    /// As `--cut` takes them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    cut: BTreeSet<SavedHeadAblation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cut_token: Vec<SavedTokenAblation>,
    /// Tokens that look at nothing but themselves in a layer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blind: Vec<SavedBlindToken>,
    /// What a change is measured on first, as `--order` takes it.
    #[serde(default, with = "by_name", skip_serializing_if = "is_default")]
    about: Affected,
    /// As `--probe` takes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    probes: Vec<String>,
    /// Written last, see [`text`].
    #[serde(default, skip_serializing)]
    list: ListForm,
    /// Written first, as text of several lines.
    #[serde(default, skip_serializing)]
    notes: String,
    /// How far the lessons are. Written last, too.
    #[serde(default, skip_serializing, rename = "lesson")]
    lessons: Vec<SavedLesson>,
    /// With `steps` a lesson in the same file, which `lesson` reads.
    #[serde(default, skip_serializing, rename = "title")]
    _title: Option<IgnoredAny>,
    #[serde(default, skip_serializing, rename = "steps")]
    _steps: Option<IgnoredAny>,
}

/// The beginning of a file: behind a table it would belong to that.
#[derive(Serialize)]
struct Beginning<'s> {
    notes: &'s str,
}

/// The end of a file: a line for each sentence.
#[derive(Serialize)]
struct End {
    #[serde(skip_serializing_if = "is_default")]
    list: ListForm,
    #[serde(skip_serializing_if = "Vec::is_empty", rename = "lesson")]
    lessons: Vec<SavedLesson>,
}

/// All that is read of a file first: a newer one may hold what is not known yet.
#[derive(Deserialize)]
struct Versioned {
    version: Option<Spanned<u32>>,
    text: Option<IgnoredAny>,
    steps: Option<Spanned<IgnoredAny>>,
}

fn is_empty(heads: &HeadSet) -> bool {
    heads.is_empty()
}

fn is_default<T: Default + PartialEq>(choice: &T) -> bool {
    *choice == T::default()
}

fn version() -> u32 {
    VERSION
}

/// Reads the text of a session file; `file` is its name in error messages.
///
/// # Errors
/// When something in it is not what it should be; the message says in which line, and what would be right.
pub fn parse(file: &str, text: &str) -> Result<Session, SessionError> {
    let invalid = |(line, problem)| SessionError::Invalid { file: file.to_owned(), line, problem };
    let wrong = |error| invalid(what_is_wrong(text, &error));
    let Versioned { version, text: sentence, steps } = toml::from_str(text).map_err(wrong)?;
    if let Some(version) = version.filter(|version| *version.get_ref() != VERSION) {
        let problem = message!("session-version", number = version.get_ref(), known = VERSION);
        return Err(invalid((line_of(text, version.span().start), problem)));
    }
    if let (None, Some(steps)) = (sentence, steps) {
        return Err(invalid((line_of(text, steps.span().start), message!("session-only-lesson", file = file))));
    }
    toml::from_str(text).map(|form: SessionForm| form.session()).map_err(wrong)
}

/// A session as the text of a file.
///
/// # Errors
/// When a number in it is greater than a file can hold.
pub fn text(session: &Session) -> io::Result<String> {
    let form = toml::to_string(&SessionForm::new(session)).map_err(io::Error::other)?;
    let notes = match &*session.notes {
        "" => String::new(),
        notes => toml::to_string_pretty(&Beginning { notes }).map_err(io::Error::other)?,
    };
    let end = End { list: ListForm::new(session), lessons: session.lessons.iter().map(SavedLesson::from).collect() };
    let end = match is_default(&end.list) && end.lessons.is_empty() {
        true => String::new(),
        false => format!("\n{}", toml::to_string_pretty(&end).map_err(io::Error::other)?),
    };
    Ok(format!("{}\n\n{notes}{form}{end}", message!("session-header")))
}

impl SessionForm {
    fn new(session: &Session) -> Self {
        let AttentionOptions { measure, heads, among, granularity, specials, direction } = session.options;
        Self {
            version: VERSION,
            text: session.input.text.clone(),
            pair: session.input.pair.clone(),
            model: session.model.clone(),
            typing: match session.focus {
                Focus::View | Focus::Text(Field::Line) => Typing::Nothing,
                Focus::Text(Field::Sentence) => Typing::Text,
                Focus::Text(Field::Pair) => Typing::Pair,
            },
            view: ViewId(session.view),
            reading: session.reading_choice,
            layer: session.layer,
            token: session.token,
            source: session.source,
            direction,
            measure,
            head: heads.into(),
            among,
            specials,
            units: granularity,
            scale: session.scale,
            zoom: session.zoom,
            statistic: session.statistic,
            sorted: session.sorted,
            marked: session.marked.clone(),
            cut: session.ablations.heads.iter().map(|&(layer, head)| SavedHeadAblation(layer, head)).collect(),
            cut_token: session.ablations.tokens.iter().cloned().map(SavedTokenAblation).collect(),
            blind: session.ablations.blind.iter().cloned().map(SavedBlindToken).collect(),
            about: session.about,
            probes: session.probes.clone(),
            list: ListForm::default(),
            lessons: Vec::new(),
            notes: String::new(),
            _title: None,
            _steps: None,
        }
    }

    fn session(self) -> Session {
        let options = AttentionOptions {
            measure: self.measure,
            heads: self.head.into(),
            among: self.among,
            granularity: self.units,
            specials: self.specials,
            direction: self.direction,
        };
        Session {
            model: self.model,
            input: Input { text: self.text, pair: self.pair },
            focus: match self.typing {
                Typing::Nothing => Focus::View,
                Typing::Text => Focus::Text(Field::Sentence),
                Typing::Pair => Focus::Text(Field::Pair),
            },
            view: self.view.0,
            reading_choice: self.reading,
            layer: self.layer,
            token: self.token,
            source: self.source,
            options,
            scale: self.scale,
            zoom: self.zoom,
            statistic: self.statistic,
            sorted: self.sorted,
            marked: self.marked,
            ablations: NamedAblations {
                heads: self.cut.into_iter().map(|SavedHeadAblation(layer, head)| (layer, head)).collect(),
                tokens: self.cut_token.into_iter().map(|SavedTokenAblation(token)| token).collect(),
                blind: self.blind.into_iter().map(|SavedBlindToken(blind)| blind).collect(),
            },
            about: self.about,
            probes: self.probes,
            poolings: self.list.poolings(),
            order: self.list.order,
            is_own_background: self.list.own_background,
            sentences: self.list.sentences,
            notes: self.notes,
            lessons: self.lessons.into_iter().map(LessonProgress::from).collect(),
        }
    }
}
