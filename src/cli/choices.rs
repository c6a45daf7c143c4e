//! What `--layer`, `--head` and `--background` choose.

use std::{convert::Infallible, path::PathBuf, str::FromStr};

use crate::{
    analysis::{HeadChoice, Measure},
    messages::message,
};

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
    /// The user's own, a sentence a line.
    File(PathBuf),
}

impl FromStr for BackgroundChoice {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "auto" => Self::Auto,
            "en" => Self::English,
            "zh" => Self::Chinese,
            "none" => Self::None,
            file => Self::File(file.into()),
        })
    }
}
