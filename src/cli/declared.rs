//! What is said, once for each command, of how the model was trained to be read, and the prompt it is read with.

use super::{error::CliError, output::diagnostic};
use crate::{
    analysis::{Metric, Pooling, SentenceVector},
    bert::{Bert, Declared, Encoding, Input, InputLength, ModelInfo, NotDeclared, PoolingMode},
    labels::declared::{pooler_training, steps},
    messages::{listed, message, quoted},
    study::Embeddings,
};

/// Puts what `--prompt` says before each text that is read for `declared`: the model's prompt of that name, or the text
/// itself, of which the one that it is, is said.
pub(super) fn set_prompt(bert: &mut Bert, asked: Option<&str>, wanted: &[SentenceVector]) -> Result<(), CliError> {
    let Some(asked) = asked else { return Ok(()) };
    let declared = bert.info().declared.as_ref().map_err(|why| no_declared(why))?;
    if wanted.iter().all(|vector| vector.pooling != Pooling::Declared) {
        return Err(CliError::Usage(message!("cli-prompt-alone")));
    }
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
pub(super) fn say(info: &ModelInfo, wanted: &[SentenceVector], prompt: Option<&str>) {
    let is_wanted = wanted.iter().any(|vector| vector.pooling == Pooling::Declared);
    match &info.declared {
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
}

/// Says on standard error that `declared` is to be compared otherwise than it is; `can_choose` whether `--metric` is there.
pub(super) fn say_metric(info: &ModelInfo, wanted: &[SentenceVector], metrics: &[Metric], can_choose: bool) {
    let is_wanted = wanted.iter().any(|vector| vector.pooling == Pooling::Declared);
    let named = info.declared.as_ref().ok().and_then(|declared| declared.other_than_cosine());
    let Some(declared) = named.filter(|named| is_wanted && metrics.iter().all(|metric| metric.name() != *named)) else {
        return;
    };
    let shown = listed(metrics.iter().map(|metric| metric.name()));
    let model = &*info.name;
    diagnostic(&match can_choose {
        true => message!("cli-declared-metric", model = model, declared = declared, shown = shown),
        false => message!("cli-declared-metric-only", model = model, declared = declared, shown = shown),
    });
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

/// Of few texts that are truncated each is named.
const FEW: usize = 3;

/// Says on standard error how many texts are truncated, and where; `name` calls a text by its number from 0.
pub(super) fn warn_of_lengths(info: &ModelInfo, embeddings: &Embeddings, name: impl Fn(usize) -> String) {
    let wanted: Vec<SentenceVector> = embeddings.vectors.iter().map(|(vector, _)| *vector).collect();
    let mut lengths = LengthsCut::default();
    embeddings.lengths.iter().enumerate().for_each(|(text, length)| lengths.add(info, text, length));
    lengths.say(info, &wanted, name);
}

/// Says it of texts that are read as they are and as the model was trained to be read.
pub(super) fn warn_of_lengths_of(
    bert: &Bert,
    texts: &[String],
    name: impl Fn(usize) -> String,
) -> Result<(), CliError> {
    let mut lengths = LengthsCut::default();
    for (text, input) in texts.iter().map(Input::single).enumerate() {
        let Encoding { tokens, truncation, .. } = bert.encode(&input)?;
        let declared = bert.declared_extent(&input)?.and_then(|extent| extent.truncation);
        let tokens = truncation.map_or(tokens.len(), |cut| cut.from);
        lengths.add(bert.info(), text, &InputLength { tokens, truncation, declared });
    }
    lengths.say(bert.info(), &[Pooling::Declared.into()], name);
    Ok(())
}

/// Says on standard error which of some texts are longer than the model reads, of a command that reads them as they are.
pub(super) fn warn_of_truncated<T: AsRef<str>>(
    bert: &Bert,
    texts: &[T],
    name: impl Fn(usize) -> String,
) -> Result<(), CliError> {
    let mut lengths = LengthsCut::default();
    for (text, input) in texts.iter().map(|text| Input::single(text.as_ref())).enumerate() {
        if let Some(cut) = bert.encode(&input)?.truncation {
            lengths.cut.add(text, cut.from, cut.to);
        }
    }
    lengths.say_truncated(name);
    Ok(())
}

/// Which of some texts are truncated, or longer than the model was trained to read.
#[derive(Debug, Default)]
pub(super) struct LengthsCut {
    cut: Long,
    declared: Long,
    beyond_declared: Long,
}

/// Some texts that are too long.
#[derive(Debug, Default)]
struct Long {
    count: usize,
    /// The first of them: number, tokens, limit.
    first: Vec<(usize, usize, usize)>,
    /// The first of the longest.
    longest: Option<(usize, usize, usize)>,
}

impl Long {
    fn add(&mut self, text: usize, tokens: usize, limit: usize) {
        self.count += 1;
        if self.first.len() < FEW {
            self.first.push((text, tokens, limit));
        }
        if self.longest.is_none_or(|(_, longest, _)| tokens > longest) {
            self.longest = Some((text, tokens, limit));
        }
    }
}

impl LengthsCut {
    /// Takes in how long a text is, by its number from 0; in the order of the numbers.
    pub(super) fn add(&mut self, info: &ModelInfo, text: usize, length: &InputLength) {
        if let Some(cut) = length.truncation {
            self.cut.add(text, cut.from, cut.to);
        }
        if let Some(cut) = length.declared {
            self.declared.add(text, cut.from, cut.to);
        }
        if let Ok(declared) = &info.declared
            && length.tokens > declared.limit.tokens
        {
            self.beyond_declared.add(text, length.tokens, declared.limit.tokens);
        }
    }

    /// Says it on standard error, of these vectors.
    pub(super) fn say(&self, info: &ModelInfo, wanted: &[SentenceVector], name: impl Fn(usize) -> String) {
        self.say_truncated(&name);
        if info.declared.is_err() {
            return;
        }
        if let Long { count, longest: Some((text, tokens, limit)), .. } = self.declared {
            let name = name(text);
            diagnostic(&message!("cli-declared-truncated", count = count, limit = limit, name = name, tokens = tokens));
        }
        let is_wanted = wanted.iter().any(|vector| vector.pooling == Pooling::Declared);
        if let (false, Long { count, longest: Some((text, tokens, limit)), .. }) = (is_wanted, &self.beyond_declared) {
            let name = name(*text);
            let (count, limit, tokens) = (*count, *limit, *tokens);
            diagnostic(&message!("cli-beyond-declared", count = count, limit = limit, name = name, tokens = tokens));
        }
    }

    /// The same of a command that reads them as they are, whatever the model was trained to read.
    pub(super) fn say_truncated(&self, name: impl Fn(usize) -> String) {
        let Long { count, first, longest } = &self.cut;
        match longest {
            None => {}
            Some(_) if *count <= FEW => first.iter().for_each(|&(text, tokens, limit)| {
                diagnostic(&message!("cli-truncated", name = name(text), tokens = tokens, limit = limit));
            }),
            Some((text, tokens, limit)) => diagnostic(&message!(
                "cli-truncated-many",
                count = *count,
                limit = *limit,
                name = name(*text),
                tokens = *tokens
            )),
        }
    }
}
