//! What the ablations do to the vectors of the sentence: the numbers of the explorer's line above every view.

use super::{arguments::AttentionCommand, sweep::target};
use crate::{
    analysis::{Effect, Table},
    bert::{Bert, BertError},
    cli::{error::CliError, output::diagnostic},
    labels,
    messages::message,
    study::{AblatedTrace, AblationEffects, ablation_effects},
};

/// The cosines to the vectors without ablations, also that of the token of `--from`, and of a pair the similarity before and
/// after, each sentence read alone; none where nothing is ablated.
pub(super) fn table(bert: &Bert, read: &AblatedTrace, arguments: &AttentionCommand) -> Result<Option<Table>, CliError> {
    let token = token(read, arguments)?;
    let table =
        |AblationEffects { a, pair }| Table::ablation(labels::analysis::ablation_title(pair.is_some()), a, pair, token);
    match ablation_effects(bert, read) {
        Ok(effects) => Ok(effects.map(table)),
        // The two joined have tokens left, one of them alone has not.
        Err(BertError::EveryTokenMasked) => {
            diagnostic(&message!("cli-ablation-of-all"));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// The name of the token that looks, and the cosine of its last vector to the one without ablations; none of `[CLS]`.
fn token(read: &AblatedTrace, arguments: &AttentionCommand) -> Result<Option<(String, f32)>, CliError> {
    if !read.is_ablated() || arguments.from.is_none() {
        return Ok(None);
    }
    let target = target(arguments, read.whole())?;
    let cosine = Effect::on(read.whole(), &read.trace, &target).token;
    let name =
        target.token.as_ref().map(|tokens| format!("{} {}", tokens.start, read.whole().tokens[tokens.start].written()));
    Ok(name.zip(cosine))
}
