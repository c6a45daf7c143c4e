//! Why a cosine is not compared with those of unrelated sentences, in words.

use super::unknown::script;
use crate::{
    bert::UnknownTokens,
    messages::{Label, label, message},
    study::{BackgroundLanguage, NoBackground},
};

/// What is the matter with two texts.
pub fn reason(why: NoBackground) -> String {
    match why {
        NoBackground::Unknown => message!("labels-no-background-unknown", percent = UnknownTokens::MOST_PERCENT),
        NoBackground::TwoScripts([a, b]) => {
            message!("labels-no-background-two-scripts", a = script(a), b = script(b))
        }
        NoBackground::OtherScript(other) => message!("labels-no-background-script", script = script(other)),
        NoBackground::Ablated => message!("labels-no-background-ablated"),
    }
}

/// The same in a few words.
pub fn in_short(why: NoBackground) -> String {
    match why {
        NoBackground::Unknown => message!("labels-no-percentile-unknown", percent = UnknownTokens::MOST_PERCENT),
        NoBackground::TwoScripts([a, b]) => {
            message!("labels-no-percentile-two-scripts", a = script(a), b = script(b))
        }
        NoBackground::OtherScript(other) => message!("labels-no-percentile-script", script = script(other)),
        NoBackground::Ablated => message!("labels-no-percentile-ablated"),
    }
}

/// `English`.
pub fn language(language: BackgroundLanguage) -> Label {
    match language {
        BackgroundLanguage::English => label!("labels-background-english"),
        BackgroundLanguage::Chinese => label!("labels-background-chinese"),
    }
}

/// `English, 400 sentences`.
pub fn set(of: BackgroundLanguage, sentences: usize) -> String {
    message!("labels-background-set", language = language(of), sentences = sentences)
}
