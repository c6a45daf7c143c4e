//! `clscope man`, `clscope completions` and `--version`: what the program says of itself to other programs.

use std::{fs, path::Path, sync::LazyLock};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::{
    arguments::Arguments,
    error::{Attempt, CliError},
    output,
};
use crate::{
    bert::Backend,
    messages::{message, quoted},
};

/// Prints the page of a command, of clscope itself where none is named, or writes all pages into a directory.
pub(super) fn run(command: &[String], directory: Option<&Path>) -> Result<(), CliError> {
    let mut all = Arguments::command().disable_help_subcommand(true);
    all.build();
    if let Some(directory) = directory {
        let attempt = || Attempt::Write(directory.display().to_string());
        fs::create_dir_all(directory).map_err(CliError::io(attempt()))?;
        return clap_mangen::generate_to(all, directory).map_err(CliError::io(attempt()));
    }
    let mut page = &all;
    for name in command {
        page = page.find_subcommand(name).ok_or_else(|| {
            let choices = page.get_subcommands().map(Command::get_name).collect::<Vec<_>>().join(", ");
            CliError::Usage(message!("cli-man-unknown", name = quoted(name), choices = choices))
        })?;
    }
    let mut text = Vec::new();
    Man::new(page.clone()).render(&mut text).map_err(CliError::io(Attempt::WriteOutput))?;
    output::write(&text, None)
}

/// Prints a completion script.
pub(super) fn complete(shell: Shell) -> Result<(), CliError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "clscope", &mut script);
    output::write(&script, None)
}

/// The version with what this build computes on and has inside it.
pub(super) fn long_version() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let backends: Vec<&str> =
            Backend::ALL.iter().filter(|backend| backend.is_built_in()).map(|backend| backend.name()).collect();
        let features: Vec<&str> = [("embedded", cfg!(feature = "embedded")), ("wgpu", cfg!(feature = "wgpu"))]
            .into_iter()
            .filter_map(|(name, is_on)| is_on.then_some(name))
            .collect();
        message!(
            "cli-version",
            version = env!("CARGO_PKG_VERSION"),
            backends = backends.join(", "),
            features = match features.as_slice() {
                [] => message!("cli-version-none"),
                features => features.join(", "),
            }
        )
    });
    &TEXT
}
