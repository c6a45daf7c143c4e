//! The program: reads the arguments, runs the command, turns what happened into an exit status.

use std::{io::ErrorKind, process::ExitCode};

use clscope::{
    cli::{
        self,
        output::{diagnostic, say},
    },
    guard::{silence_guarded_panics, survive_file_size_limits},
};

/// The large arrays of a forward pass are taken and given back all the time; it keeps them, where the system's own
/// allocator returns them to the kernel and faults them in again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    silence_guarded_panics();
    survive_file_size_limits();
    cli::speak();
    let (arguments, files) = match cli::parse() {
        Ok(parsed) => parsed,
        Err(error) if error.use_stderr() => {
            // clap repeats what was typed; a line at a time, nothing a terminal would obey gets through.
            error.render().to_string().lines().for_each(say);
            return ExitCode::from(2);
        }
        Err(help) => {
            return match help.print() {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                    diagnostic(&cli::not_printed(error).to_string());
                    ExitCode::FAILURE
                }
                _ => ExitCode::SUCCESS,
            };
        }
    };
    match cli::run(arguments, &files) {
        Ok(status) => ExitCode::from(status),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // One line, whatever a file's name or a model's words contain.
            diagnostic(&error.to_string().replace('\n', " "));
            ExitCode::from(error.status())
        }
    }
}
