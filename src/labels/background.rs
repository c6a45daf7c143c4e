//! Why a cosine is not compared with those of unrelated sentences, in words.

use super::unknown::script;
use crate::{bert::UnknownTokens, messages::message, study::NoBackground};

/// What is the matter with two texts.
pub fn reason(why: NoBackground) -> String {
    match why {
        NoBackground::Unknown => message!("labels-no-background-unknown", percent = UnknownTokens::MOST_PERCENT),
        NoBackground::TwoScripts([a, b]) => {
            message!("labels-no-background-two-scripts", a = script(a), b = script(b))
        }
        NoBackground::OtherScript(other) => message!("labels-no-background-script", script = script(other)),
    }
}
