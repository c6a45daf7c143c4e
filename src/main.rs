//! The program: reads the arguments, runs the command, turns what happened into an exit status.

use std::process::ExitCode;

use clap::Parser;
use clscope::{cli, printable::printable};

fn main() -> ExitCode {
    match cli::run(cli::Arguments::parse()) {
        Ok(status) => ExitCode::from(status),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // One line, whatever a file's name or a model's words contain.
            eprintln!("clscope: {}", printable(&error.to_string().replace('\n', " ")));
            ExitCode::from(error.status())
        }
    }
}
