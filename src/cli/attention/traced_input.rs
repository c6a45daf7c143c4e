//! The model of a command, and the input that it has read.

use super::arguments::AttentionCommand;
use crate::{
    bert::{Bert, Input},
    cli::{error::CliError, global::GlobalArguments, groundwork::work_out},
    models::ModelSource,
    study::AblatedTrace,
};

/// A model, and what it gave for the input of the command.
pub(super) struct TracedInput {
    pub(super) bert: Bert,
    pub(super) source: ModelSource,
    /// With the ablations and without.
    pub(super) read: AblatedTrace,
}

impl TracedInput {
    pub(super) fn new(arguments: &AttentionCommand, global: &GlobalArguments) -> Result<Self, CliError> {
        let (bert, source) = global.open()?;
        let input = Input { text: arguments.text.clone(), pair: arguments.pair.clone() };
        let read = AblatedTrace::read(&bert, &input, arguments.ablations.of(&bert, &input)?)?;
        work_out(&bert, &read.trace, arguments.measure)?;
        Ok(Self { bert, source, read })
    }
}
