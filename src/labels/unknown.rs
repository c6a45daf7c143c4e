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

/// What the model does not know of A and B, or of A alone, each fact in as few words as a line of a screen has room for.
pub fn in_pair(texts: &TokenizedTexts) -> Vec<String> {
    let [a, b] = [0, 1].map(|text| texts.unknown(text));
    let one = |name: &str, UnknownTokens { count, of }: UnknownTokens| {
        message!("labels-unknown-in-one", name = name, count = count, tokens = of)
    };
    let unknown = match (a.any(), b.any()) {
        (false, false) => None,
        (true, false) if texts.len() == 1 => Some(message!("labels-unknown-in-text", count = a.count, tokens = a.of)),
        (true, false) => Some(one("A", a)),
        (false, true) => Some(one("B", b)),
        (true, true) => Some(message!(
            "labels-unknown-in-both",
            count_a = a.count,
            tokens_a = a.of,
            count_b = b.count,
            tokens_b = b.of
        )),
    };
    let same = texts.are_indistinct(0, 1).then(|| message!("labels-same-tokens-pair"));
    unknown.into_iter().chain(same).collect()
}

/// The same of a list of sentences, which are called by their numbers from 1.
pub fn in_list(texts: &TokenizedTexts) -> Vec<String> {
    let number = |text: &usize| (text + 1).to_string();
    let worst = texts.worst();
    let unknown = (!worst.is_empty()).then(|| {
        let named = first_of(worst.iter().take(NAMED).map(number), worst.len(), ", ");
        message!("labels-unknown-in-list", count = worst.len(), all = texts.len(), worst = named)
    });
    let groups = texts.indistinct();
    let count = groups.iter().map(Vec::len).sum::<usize>();
    let group = |group: &Vec<usize>| first_of(group.iter().take(NAMED).map(number), group.len(), " = ");
    let same = (count > 0).then(|| {
        let named = first_of(groups.iter().take(NAMED).map(group), groups.len(), ", ");
        message!("labels-same-tokens-list", count = count, groups = named)
    });
    unknown.into_iter().chain(same).collect()
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
