//! What the ablations do to the vectors of the sentence: the numbers of the explorer's line above every view.

use crate::{
    analysis::Table,
    bert::{Bert, BertError},
    cli::output::diagnostic,
    labels,
    messages::message,
    study::{AblatedTrace, AblationEffects, ablation_effects},
};

/// The cosines to the vectors without ablations, and of a pair the similarity before and after, each sentence read alone;
/// none where nothing is ablated.
pub(super) fn table(bert: &Bert, read: &AblatedTrace) -> Result<Option<Table>, BertError> {
    let table =
        |AblationEffects { a, pair }| Table::ablation(labels::analysis::ablation_title(pair.is_some()), a, pair);
    match ablation_effects(bert, read) {
        Ok(effects) => Ok(effects.map(table)),
        // The two joined have tokens left, one of them alone has not.
        Err(BertError::EveryTokenMasked) => {
            diagnostic(&message!("cli-ablation-of-all"));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
