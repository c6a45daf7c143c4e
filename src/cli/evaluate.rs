//! `clscope evaluate`: which vector serves best, on examples of one's own.

mod compared;
mod document;
mod labelled;
mod pairs;
mod rows;
mod thresholds;

use super::{
    arguments::{EvaluateCommand, EvaluationTask},
    error::CliError,
    global::GlobalArguments,
    output::Destination,
};
use crate::messages::message;

pub(super) use document::keys;
pub(super) use labelled::{accuracy_row, accuracy_table};

pub(super) fn run(arguments: &EvaluateCommand, global: &GlobalArguments) -> Result<(), CliError> {
    let EvaluateCommand { task, tables, bootstrap, folds, .. } = arguments;
    match task {
        EvaluationTask::Similarity if folds.is_some() => {
            return Err(CliError::Usage(message!("cli-folds-task")));
        }
        EvaluationTask::Classify if bootstrap.is_some() => {
            return Err(CliError::Usage(message!("cli-bootstrap-task")));
        }
        EvaluationTask::Classify if !arguments.metric.is_empty() || arguments.positive_from.is_some() => {
            return Err(CliError::Usage(message!("cli-metric-task")));
        }
        EvaluationTask::Classify if arguments.against_model.is_some() => {
            return Err(CliError::Usage(message!("cli-against-task")));
        }
        EvaluationTask::Classify if arguments.rows.are_given() => {
            return Err(CliError::Usage(message!("cli-rows-task")));
        }
        _ => {}
    }
    let file = arguments.file.display().to_string();
    if let Some(destination) = arguments.rows.destination(tables)? {
        return rows::write(arguments, global, &file, &destination);
    }
    let destination = Destination::of_tables(tables, global)?;
    let document = match task {
        EvaluationTask::Similarity => pairs::evaluate(arguments, global, &file, destination.format())?,
        EvaluationTask::Classify => labelled::evaluate(arguments, global, &file, destination.format())?,
    };
    destination.write(&document)
}
