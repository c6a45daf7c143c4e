//! The words and numbers of a session file, and what they stand for.

use std::{fmt, str::FromStr, sync::LazyLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::{
    analysis::{HeadChoice, HeadSet, Pooling},
    bert::Sentence,
    messages::{Label, label, message, quoted},
    state::{
        Ablation, LessonProgress, ListOrder, ListState, ReadingChoice, Scale, Session, TokenAblation, TokenName,
        TokenPlace, Zoom,
    },
    views,
};

/// Which field has the cursor.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Typing {
    #[default]
    Nothing,
    Text,
    Pair,
}

/// A view by its id.
#[derive(Debug)]
pub(super) struct ViewId(pub &'static str);

impl ViewId {
    fn all() -> &'static [&'static str] {
        static IDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| views::names().iter().map(|view| view.id).collect());
        &IDS
    }
}

impl Default for ViewId {
    fn default() -> Self {
        Self(Self::all().first().copied().unwrap_or_default())
    }
}

impl Serialize for ViewId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for ViewId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let found = Self::all().iter().find(|id| **id == name);
        found.map(|id| Self(id)).ok_or_else(|| D::Error::unknown_variant(&name, Self::all()))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ReadingChoice")]
pub(super) enum ReadingName {
    #[serde(rename = "joined")]
    Joined,
    #[serde(rename = "A")]
    AloneA,
    #[serde(rename = "B")]
    AloneB,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Scale", rename_all = "lowercase")]
pub(super) enum ScaleName {
    View,
    Row,
    Fixed,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Zoom", rename_all = "lowercase")]
pub(super) enum ZoomName {
    Fit,
    Other,
}

/// A choice by its name on the command line.
pub(super) mod by_name {
    use super::*;

    pub fn serialize<T: fmt::Display, S: Serializer>(choice: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(choice)
    }

    pub fn deserialize<'de, T: FromStr<Err = String>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// A number that people count from 1 and arrays from 0.
pub(super) mod from_one {
    use super::*;

    pub fn serialize<S: Serializer>(number: &usize, serializer: S) -> Result<S::Ok, S::Error> {
        number.saturating_add(1).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
        let number = usize::deserialize(deserializer)?;
        number.checked_sub(1).ok_or_else(|| D::Error::custom(label!("session-from-one")))
    }
}

/// Heads, from 1 as on screen.
pub(super) mod heads {
    use super::*;

    pub fn serialize<S: Serializer>(heads: &HeadSet, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(heads.iter().map(|head| head + 1))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HeadSet, D::Error> {
        let numbers = Vec::<usize>::deserialize(deserializer)?;
        let head = |number: usize| number.checked_sub(1).filter(|head| *head < HeadSet::MOST);
        let wrong = || D::Error::custom(message!("session-heads", most = HeadSet::MOST));
        numbers.into_iter().map(|number| head(number).ok_or_else(wrong)).collect()
    }
}

/// As `--head` takes it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum SavedHead {
    One(#[serde(with = "from_one")] usize),
    Merged(Merged),
}

/// Reads one; neither a number nor a word that stands for some of them is answered with both.
pub(super) fn head<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SavedHead, D::Error> {
    SavedHead::deserialize(deserializer).map_err(|_| D::Error::custom(label!("session-head")))
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Merged {
    Mean,
    Max,
}

impl Default for SavedHead {
    fn default() -> Self {
        HeadChoice::default().into()
    }
}

impl From<HeadChoice> for SavedHead {
    fn from(heads: HeadChoice) -> Self {
        match heads {
            HeadChoice::Mean => SavedHead::Merged(Merged::Mean),
            HeadChoice::Max => SavedHead::Merged(Merged::Max),
            HeadChoice::One(head) => SavedHead::One(head),
        }
    }
}

impl From<SavedHead> for HeadChoice {
    fn from(name: SavedHead) -> Self {
        match name {
            SavedHead::Merged(Merged::Mean) => HeadChoice::Mean,
            SavedHead::Merged(Merged::Max) => HeadChoice::Max,
            SavedHead::One(head) => HeadChoice::One(head),
        }
    }
}

/// A head that is off: layer and head, from 0 here, from 1 as written, `3.5`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct SavedHeadAblation(pub usize, pub usize);

impl TryFrom<String> for SavedHeadAblation {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let from_zero = |number: &str| number.parse::<usize>().ok()?.checked_sub(1);
        let both = text.split_once('.').and_then(|(layer, head)| Some(Self(from_zero(layer)?, from_zero(head)?)));
        both.ok_or_else(|| message!("session-cut-head", found = quoted(text)))
    }
}

impl From<SavedHeadAblation> for String {
    fn from(SavedHeadAblation(layer, head): SavedHeadAblation) -> String {
        format!("{}.{}", layer.saturating_add(1), head.saturating_add(1))
    }
}

/// A token that is not read as itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "SavedTokenAblationEntry", into = "SavedTokenAblationEntry")]
pub(super) struct SavedTokenAblation(pub TokenAblation);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedTokenAblationEntry {
    /// As the tokenizer writes it; where it writes another one at that place, nothing is ablated.
    text: String,
    #[serde(rename = "fate", with = "AblationName")]
    ablation: Ablation,
    /// None of `[CLS]`, which is in every one.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<SentenceName>,
    /// Where it stands in its sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<(usize, usize)>,
    /// Of one that the tokenizer has added.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u32>,
}

/// What `--hide-token` and `--mask-token` do.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Ablation")]
enum AblationName {
    #[serde(rename = "hide")]
    Mask,
    #[serde(rename = "mask")]
    Replace,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum SentenceName {
    A,
    B,
}

impl TryFrom<SavedTokenAblationEntry> for SavedTokenAblation {
    type Error = Label;

    fn try_from(entry: SavedTokenAblationEntry) -> Result<Self, Label> {
        let SavedTokenAblationEntry { text, ablation, sentence, bytes, id } = entry;
        let token = token_name(sentence, bytes, id).ok_or(label!("session-cut-token"))?;
        Ok(Self(TokenAblation { token, text, ablation }))
    }
}

impl From<SavedTokenAblation> for SavedTokenAblationEntry {
    fn from(SavedTokenAblation(TokenAblation { token, text, ablation }): SavedTokenAblation) -> Self {
        let (sentence, bytes, id) = in_entry(token);
        Self { text, ablation, sentence, bytes, id }
    }
}

/// None where it is not known where the token stands.
pub(super) fn token_name(
    sentence: Option<SentenceName>,
    bytes: Option<(usize, usize)>,
    id: Option<u32>,
) -> Option<TokenName> {
    let place = match (bytes, id) {
        (Some((start, end)), None) if start <= end => TokenPlace::Text(start..end),
        (None, Some(id)) => TokenPlace::Added(id),
        _ => return None,
    };
    let sentence = sentence.map(|name| match name {
        SentenceName::A => Sentence::A,
        SentenceName::B => Sentence::B,
    });
    Some(TokenName { sentence, place })
}

pub(super) fn in_entry(
    TokenName { sentence, place }: TokenName,
) -> (Option<SentenceName>, Option<(usize, usize)>, Option<u32>) {
    let sentence = sentence.map(|sentence| match sentence {
        Sentence::A => SentenceName::A,
        Sentence::B => SentenceName::B,
    });
    match place {
        TokenPlace::Text(bytes) => (sentence, Some((bytes.start, bytes.end)), None),
        TokenPlace::Added(id) => (sentence, None, Some(id)),
    }
}

/// How far a lesson is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedLesson {
    name: String,
    /// One more than it has at its end.
    #[serde(default, with = "from_one")]
    step: usize,
    /// Whether it is on screen.
    #[serde(default)]
    open: bool,
    /// Step by step the number of an answer, 0 where none was given.
    #[serde(default)]
    predicted: Vec<usize>,
}

impl From<&LessonProgress> for SavedLesson {
    fn from(LessonProgress { name, step, is_open, predictions }: &LessonProgress) -> Self {
        Self { name: name.clone(), step: *step, open: *is_open, predicted: predictions.clone() }
    }
}

impl From<SavedLesson> for LessonProgress {
    fn from(SavedLesson { name, step, open, predicted }: SavedLesson) -> Self {
        Self { name, step, is_open: open, predictions: predicted }
    }
}

/// The list of sentences.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListForm {
    /// As `--pooling` takes them.
    #[serde(default = "left", with = "by_name")]
    left: Pooling,
    #[serde(default = "right", with = "by_name")]
    right: Pooling,
    #[serde(default, with = "by_name")]
    pub order: ListOrder,
    /// Whether cosines are ranked among the pairs of the list.
    #[serde(default)]
    pub own_background: bool,
    #[serde(default)]
    pub sentences: Vec<String>,
}

fn left() -> Pooling {
    ListState::POOLINGS[0]
}

fn right() -> Pooling {
    ListState::POOLINGS[1]
}

impl Default for ListForm {
    fn default() -> Self {
        Self { left: left(), right: right(), order: ListOrder::default(), own_background: false, sentences: Vec::new() }
    }
}

impl ListForm {
    pub(super) fn new(session: &Session) -> Self {
        let [left, right] = session.poolings;
        let Session { order, is_own_background: own_background, ref sentences, .. } = *session;
        Self { left, right, order, own_background, sentences: sentences.clone() }
    }

    /// Left and right.
    pub(super) fn poolings(&self) -> [Pooling; 2] {
        [self.left, self.right]
    }
}
