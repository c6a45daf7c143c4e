//! What `--layer`, `--head` and `--background` choose.

use std::{
    ffi::OsStr,
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

use clap::{
    Arg, Command,
    builder::{PossibleValue, TypedValueParser},
};

use crate::{
    analysis::{Cut, HeadChoice, Measure, Metric},
    messages::{find_named, message},
};

/// Reads the name of one of a few things, which completions offer; help names them itself.
pub(super) fn one_of<T>(all: &'static [T], name: fn(T) -> &'static str) -> OneOf<T> {
    OneOf { all, name }
}

/// See [`one_of`].
#[derive(Debug)]
pub(super) struct OneOf<T: 'static> {
    all: &'static [T],
    name: fn(T) -> &'static str,
}

impl<T> Clone for OneOf<T> {
    fn clone(&self) -> Self {
        Self { all: self.all, name: self.name }
    }
}

impl<T: FromStr<Err = String> + Copy + Send + Sync + 'static> TypedValueParser for OneOf<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        let Self { all, name } = *self;
        let read = move |text: &str| {
            let spelt = T::from_str(text).map_or(text, name);
            find_named(spelt, all.iter().copied(), |one| name(*one))
        };
        read.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.all.iter().map(|one| PossibleValue::new((self.name)(*one)))))
    }
}

/// Reads a number that is neither NaN nor infinite.
pub(super) fn finite<T: FromStr + Copy + Into<f64>>(text: &str) -> Result<T, String> {
    let number = text.parse().ok().filter(|&number: &T| number.into().is_finite());
    number.ok_or_else(|| message!("cli-value-finite"))
}

/// `--layer`: one, counted from 1, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttentionLayers {
    All,
    One(usize),
}

/// `--head`: one, counted from 1, the mean or the maximum of all, or each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AttentionHeads {
    Each,
    Merged(HeadChoice),
}

impl FromStr for AttentionLayers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(AttentionLayers::All),
            number => from_one(number).map(AttentionLayers::One).ok_or_else(|| message!("cli-value-layer")),
        }
    }
}

impl FromStr for AttentionHeads {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(AttentionHeads::Each),
            other => head_choice(other).map(AttentionHeads::Merged).map_err(|_| message!("cli-value-heads")),
        }
    }
}

/// Reads a head, counted from 1, `mean` or `max`.
pub(super) fn head_choice(text: &str) -> Result<HeadChoice, String> {
    match text {
        "mean" => Ok(HeadChoice::Mean),
        "max" => Ok(HeadChoice::Max),
        number => from_one(number).map(HeadChoice::One).ok_or_else(|| message!("cli-value-head")),
    }
}

/// Reads a number that counts from 1 as one that counts from 0.
pub(super) fn number_from_one(text: &str) -> Result<usize, String> {
    from_one(text).ok_or_else(|| message!("cli-value-number"))
}

/// People count from 1, arrays from 0.
pub(super) fn from_one(text: &str) -> Option<usize> {
    text.parse::<usize>().ok()?.checked_sub(1)
}

/// `--layer`: one, counted from 0, the embeddings, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VectorLayers {
    All,
    One(usize),
}

impl FromStr for VectorLayers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(VectorLayers::All),
            number => number.parse().map(VectorLayers::One).map_err(|_| message!("cli-value-vector-layer")),
        }
    }
}

/// `--metric`: one of them, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MetricChoice {
    All,
    One(Metric),
}

impl MetricChoice {
    pub(super) fn takes(self, metric: Metric) -> bool {
        self == Self::All || self == Self::One(metric)
    }
}

impl FromStr for MetricChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Self::All),
            name => name.parse().map(Self::One),
        }
    }
}

/// `--clusters`: how many, or the mean cosine above which they are joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ClusterChoice(pub Cut);

impl FromStr for ClusterChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let count = text.parse().ok().filter(|&count: &usize| count >= 2).map(Cut::Count);
        let is_count = text.parse::<i64>().is_ok();
        let is_cosine = |cosine: &f32| !is_count && *cosine > -1.0 && *cosine < 1.0;
        let cosine = || text.parse().ok().filter(is_cosine).map(Cut::Cosine);
        count.or_else(cosine).map(Self).ok_or_else(|| message!("cli-value-clusters"))
    }
}

/// `--measures`: one of them, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MeasureChoice {
    All,
    One(Measure),
}

impl FromStr for MeasureChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(MeasureChoice::All),
            name => name.parse().map(MeasureChoice::One),
        }
    }
}

impl MeasureChoice {
    /// The measures that are chosen, in their usual order, each once.
    pub(super) fn measures(chosen: &[Self]) -> Vec<Measure> {
        let is_chosen =
            |measure: &Measure| chosen.iter().any(|one| matches!(one, Self::All) || *one == Self::One(*measure));
        Measure::ALL.iter().copied().filter(is_chosen).collect()
    }
}

/// The unrelated sentences that a cosine is ranked among.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BackgroundChoice {
    /// By the script of the sentences.
    Auto,
    English,
    Chinese,
    /// No calibration.
    None,
    /// The sentences of the list itself.
    List,
    /// The user's own, a sentence a line.
    File(PathBuf),
}

impl fmt::Display for BackgroundChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::English => f.write_str("en"),
            Self::Chinese => f.write_str("zh"),
            Self::None => f.write_str("none"),
            Self::List => f.write_str("list"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

impl FromStr for BackgroundChoice {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "auto" => Self::Auto,
            "en" => Self::English,
            "zh" => Self::Chinese,
            "none" => Self::None,
            "list" => Self::List,
            name if name != "-" && !Path::new(name).exists() => return Err(message!("cli-value-background")),
            file => Self::File(file.into()),
        })
    }
}
