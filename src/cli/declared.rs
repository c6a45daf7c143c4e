//! What is said, once for each command, of how the model was trained to be read, and the prompt it is read with.

use super::{error::CliError, output::diagnostic};
use crate::{
    analysis::{Pooling, SentenceVector},
    bert::{Bert, Declared, ModelInfo, NotDeclared, PoolingMode},
    labels::declared::{pooler_training, steps},
    messages::{message, quoted},
    study::Embeddings,
};

/// Puts what `--prompt` says before each text that is read for `declared`: the model's prompt of that name, or the text
/// itself, of which the one that it is, is said.
pub(super) fn set_prompt(bert: &mut Bert, asked: Option<&str>) -> Result<(), CliError> {
    let Some(asked) = asked else { return Ok(()) };
    let declared = bert.info().declared.as_ref().map_err(|why| no_declared(why))?;
    let named = declared.prompt_named(asked).map(str::to_owned);
    match &named {
        Some(text) if text.is_empty() => diagnostic(&message!("cli-prompt-empty", name = quoted(asked))),
        Some(text) => diagnostic(&message!("cli-prompt-named", name = quoted(asked), text = quoted(text))),
        None if !asked.is_empty() => {
            let names = declared.prompts.iter().filter(|prompt| !prompt.text.is_empty());
            let names: Vec<String> = names.map(|prompt| quoted(&prompt.name)).collect();
            let text = quoted(asked);
            diagnostic(&match names.is_empty() {
                true => message!("cli-prompt-text", text = text),
                false => message!("cli-prompt-text-of-names", text = text, names = names.join(", ")),
            });
        }
        None => {}
    }
    Ok(bert.set_prompt(named.as_deref().unwrap_or(asked))?)
}

/// Why a model has no `declared`.
pub(super) fn no_declared_reason(why: &NotDeclared) -> String {
    message!("cli-check-not-declared", reason = why.to_string())
}

/// Why `declared` cannot be had, as an error.
pub(super) fn no_declared(why: &NotDeclared) -> CliError {
    CliError::Failed(message!("cli-no-declared", reason = why.to_string()))
}

/// Says on standard error what the choice of vectors passes over: how the model was trained to be read, where that is not
/// among them; why it is not known, where the model's files say something of it; and the prompt that it puts by itself.
pub(super) fn say(info: &ModelInfo, wanted: &[SentenceVector], prompt: Option<&str>) -> Result<(), CliError> {
    let is_wanted = wanted.iter().any(|vector| vector.pooling == Pooling::Declared);
    match &info.declared {
        _ if prompt.is_some() && !is_wanted => return Err(CliError::Usage(message!("cli-prompt-alone"))),
        Err(why) if **why != NotDeclared::NoModules => {
            diagnostic(&message!("cli-declared-missing", model = &info.name, reason = why.to_string()));
        }
        Err(_) => {}
        Ok(declared) if is_wanted => {
            if let (None, Some(name), Some(text)) = (prompt, &declared.default_prompt, &declared.prompt) {
                diagnostic(&message!("cli-prompt-default", name = quoted(name), text = quoted(text)));
            }
        }
        Ok(declared) => diagnostic(&other_than(declared, wanted)),
    }
    let is_asked = |pooling: Pooling| wanted.iter().any(|vector| vector.pooling == pooling);
    // Where all are asked for, the table says it.
    if is_asked(Pooling::Pooled) && !Pooling::of_model(info).all(is_asked) {
        diagnostic(&message!("cli-pooled-training", training = pooler_training(info)));
    }
    Ok(())
}

/// How the model was trained to be read, and what other vectors are beside that.
fn other_than(declared: &Declared, wanted: &[SentenceVector]) -> String {
    let steps = steps(declared);
    let is_its_pooling = |vector: &&SentenceVector| {
        let mode = match vector.pooling {
            Pooling::Cls => Some(PoolingMode::Cls),
            Pooling::Mean => Some(PoolingMode::Mean),
            Pooling::Max => Some(PoolingMode::Max),
            _ => None,
        };
        vector.layer.is_none() && mode.is_some() && mode == declared.pooling_mode()
    };
    let (own, others): (Vec<&SentenceVector>, Vec<_>) = wanted.iter().partition(is_its_pooling);
    match (own.first(), others.as_slice()) {
        (Some(own), []) => message!("cli-declared-pooling-alone", steps = steps, pooling = own.to_string()),
        (_, others) => {
            let names: Vec<String> = others.iter().map(|vector| vector.to_string()).collect();
            message!("cli-declared-by-product", steps = steps, poolings = names.join(", "), count = names.len())
        }
    }
}

/// Of few texts that are cut off each is named.
const FEW: usize = 3;

/// Says on standard error how many texts are cut off, and where; `name` calls a text by its number from 0.
pub(super) fn warn_of_lengths(info: &ModelInfo, embeddings: &Embeddings, name: impl Fn(usize) -> String) {
    let lengths = || embeddings.lengths.iter().enumerate();
    let is_wanted = embeddings.vectors.iter().any(|(vector, _)| vector.pooling == Pooling::Declared);
    let cut: Vec<(usize, usize, usize)> = embeddings.truncated().map(|(text, cut)| (text, cut.from, cut.to)).collect();
    match (cut.len(), longest(&cut)) {
        (0, _) | (_, None) => {}
        (..=FEW, _) => cut.iter().for_each(|&(text, tokens, limit)| {
            diagnostic(&message!("cli-truncated", name = name(text), tokens = tokens, limit = limit));
        }),
        (count, Some((text, tokens, limit))) => diagnostic(&message!(
            "cli-truncated-many",
            count = count,
            limit = limit,
            name = name(text),
            tokens = tokens
        )),
    }
    let Ok(declared) = &info.declared else { return };
    let declared_cut: Vec<_> = lengths().filter_map(|(at, length)| Some((at, length.declared?))).collect();
    let declared_cut: Vec<_> = declared_cut.into_iter().map(|(at, cut)| (at, cut.from, cut.to)).collect();
    if let Some((text, tokens, limit)) = longest(&declared_cut) {
        let count = declared_cut.len();
        let name = name(text);
        diagnostic(&message!("cli-declared-truncated", count = count, limit = limit, name = name, tokens = tokens));
    }
    if is_wanted {
        return;
    }
    let limit = declared.limit.tokens;
    let beyond = lengths().filter(|(_, length)| length.tokens > limit);
    let beyond: Vec<_> = beyond.map(|(text, length)| (text, length.tokens, limit)).collect();
    if let Some((text, tokens, limit)) = longest(&beyond) {
        let (count, name) = (beyond.len(), name(text));
        diagnostic(&message!("cli-beyond-declared", count = count, limit = limit, name = name, tokens = tokens));
    }
}

/// The longest of some texts, the first of equals.
fn longest(texts: &[(usize, usize, usize)]) -> Option<(usize, usize, usize)> {
    texts.iter().copied().rev().max_by_key(|(_, tokens, _)| *tokens)
}
