//! What is said, once for each command, of texts that the model does not read.

use super::{error::CliError, output::diagnostic};
use crate::{
    bert::{Bert, Input},
    config,
    labels::unknown::{UnknownTo, indistinct},
    messages::message,
    models::Recommended,
    study::TokenizedTexts,
};

/// The same of the one or two texts of an input.
pub(super) fn warn_of_unknown_in(bert: &Bert, input: &Input) -> Result<(), CliError> {
    let texts: Vec<&str> = [Some(&input.text), input.pair.as_ref()].into_iter().flatten().map(String::as_str).collect();
    warn_of_unknown(bert, &texts, |at| if at == 0 { message!("cli-text-a") } else { message!("cli-text-b") })?;
    Ok(())
}

/// Says on standard error how much of some texts is unknown, and which of them the model cannot tell apart; returns what
/// is known of them. `name` calls a text by its number from 0.
pub(super) fn warn_of_unknown<T: AsRef<str>>(
    bert: &Bert,
    texts: &[T],
    name: impl Fn(usize) -> String,
) -> Result<TokenizedTexts, CliError> {
    let tokenized = TokenizedTexts::of(bert, texts)?;
    say_unknown(bert, &tokenized, name)?;
    Ok(tokenized)
}

/// Says it of texts that were split already.
pub(super) fn say_unknown(
    bert: &Bert,
    tokenized: &TokenizedTexts,
    name: impl Fn(usize) -> String,
) -> Result<(), CliError> {
    let (model, recommended) = (&bert.info().name, config::recommended_models()?);
    let instead =
        tokenized.unread_script().and_then(|script| Recommended::that_reads(&recommended, script.name(), model));
    let unknown =
        UnknownTo { model, token: &bert.special_tokens().unk, instead: instead.map(|model| model.id.as_str()) };
    unknown.line(tokenized, &name).iter().for_each(|line| diagnostic(line));
    indistinct(model, tokenized, &name).iter().for_each(|line| diagnostic(line));
    Ok(())
}
