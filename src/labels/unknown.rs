//! What a model does not know of texts, in words.

use super::{NAMED, first_of};
use crate::{
    bert::UnknownTokens,
    messages::message,
    study::{Script, TokenizedTexts},
};

/// A model beside texts that it does not read.
#[derive(Clone, Copy, Debug)]
pub struct UnknownTo<'a> {
    /// The model's name.
    pub model: &'a str,
    /// How it spells an unknown token.
    pub token: &'a str,
    /// A model that reads what this one does not.
    pub instead: Option<&'a str>,
}

impl UnknownTo<'_> {
    /// How many tokens of some texts are unknown, in which of them most are, and what to do; none where all are known.
    /// `name` calls a text by its number from 0.
    pub fn line(self, texts: &TokenizedTexts, name: impl Fn(usize) -> String) -> Option<String> {
        let (unknown, worst) = (texts.unknown_of_all(), texts.worst());
        let Self { model, token, instead } = self;
        let (count, tokens) = (unknown.count, unknown.of);
        let facts = match (texts.len(), worst.as_slice()) {
            (_, []) => return None,
            (1, _) => message!("labels-unknown-one", model = model, count = count, tokens = tokens, token = token),
            (all, worst) => {
                let of = |&text: &usize| {
                    let UnknownTokens { count, of } = texts.unknown(text);
                    message!("labels-unknown-of", name = name(text), count = count, tokens = of)
                };
                message!(
                    "labels-unknown-some",
                    model = model,
                    count = count,
                    tokens = tokens,
                    token = token,
                    texts = worst.len(),
                    all = all,
                    worst = first_of(worst.iter().take(NAMED).map(of), worst.len(), ", ")
                )
            }
        };
        let advice = match (texts.unread_script(), instead) {
            (Some(of), Some(instead)) => message!("labels-unknown-instead", script = script(of), instead = instead),
            (Some(of), None) => message!("labels-unknown-script", script = script(of)),
            (None, _) => message!("labels-unknown-vocabulary"),
        };
        Some(message!("labels-unknown-advised", facts = facts, advice = advice))
    }
}

/// Which texts differ and become the same tokens; none where there are no such.
pub fn indistinct(model: &str, texts: &TokenizedTexts, name: impl Fn(usize) -> String) -> Option<String> {
    let groups = texts.indistinct();
    let count = groups.iter().map(Vec::len).sum::<usize>();
    let group = |group: &Vec<usize>| first_of(group.iter().take(NAMED).map(|&text| name(text)), group.len(), " = ");
    let groups = (count > 0).then(|| first_of(groups.iter().take(NAMED).map(group), groups.len(), ", "))?;
    Some(message!("labels-indistinct", model = model, count = count, groups = groups))
}

/// `Chinese characters`, `Cyrillic letters`.
pub fn script(script: Script) -> String {
    message!("labels-script", script = script.name())
}

/// `5 of 13 tokens (38.5 %)`.
pub fn share(unknown: UnknownTokens) -> String {
    let percent = format!("{:.1}", unknown.share() * 100.0);
    message!("labels-unknown-share", count = unknown.count, tokens = unknown.of, percent = percent)
}
