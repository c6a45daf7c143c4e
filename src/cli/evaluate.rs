//! `clscope evaluate`: which vector serves best, on examples of one's own.

mod common;
mod labelled;
mod pairs;

use super::{
    args::{EvaluateCommand, Task},
    error::CliError,
    global::Global,
    output::Destination,
};
use crate::messages::message;

pub(super) fn run(arguments: &EvaluateCommand, global: &Global) -> Result<(), CliError> {
    let EvaluateCommand { task, format, output, bootstrap, folds, .. } = arguments;
    match task {
        Task::Similarity if folds.is_some() => {
            return Err(CliError::Usage(message!("cli-folds-task")));
        }
        Task::Classify if bootstrap.is_some() => {
            return Err(CliError::Usage(message!("cli-bootstrap-task")));
        }
        _ => {}
    }
    let destination = Destination::new(*format, output.as_deref())?;
    let file = arguments.file.display().to_string();
    let document = match task {
        Task::Similarity => pairs::evaluate(arguments, global, &file)?,
        Task::Classify => labelled::evaluate(arguments, global, &file)?,
    };
    destination.write(&document)
}
