use clap::{Args, Subcommand, ValueHint};

use super::{
    check::{self, CheckCommand},
    error::CliError,
    format::TableArguments,
    global::GlobalArguments,
    meter::Meter,
    output::{self, Destination},
};
use crate::{
    export::{CheckpointInventory, ModelList},
    messages::{message, quoted},
    models::{Cancel, ModelError, ModelSource},
};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct ModelsCommand {
    #[command(subcommand)]
    pub command: Option<ModelsSubcommand>,
    #[command(flatten)]
    pub tables: TableArguments,
}

#[derive(Debug, Subcommand)]
pub(super) enum ModelsSubcommand {
    /// Print a model's configuration and its tensors: used, unused, missing
    Show {
        /// The model, given as for --model
        #[arg(value_name = "embedded|HUB_ID|DIR", value_hint = ValueHint::DirPath)]
        name: String,
        #[command(flatten)]
        tables: TableArguments,
    },
    /// Check what a model's files declare: as what it was trained to be read, what is missing, what contradicts itself; and
    /// which pooling, form, limit and prompt made vectors that you have
    Check(CheckCommand),
    /// Download a model of the Hub, or its newest version, into the cache that Python also uses
    Fetch {
        /// A model of the Hub, such as google-bert/bert-base-uncased
        #[arg(value_name = "HUB_ID")]
        name: String,
    },
}

pub(super) fn run(arguments: &ModelsCommand, global: &GlobalArguments) -> Result<(), CliError> {
    match &arguments.command {
        None => list(&arguments.tables, global),
        Some(ModelsSubcommand::Show { name, tables }) => show(name, tables, global),
        Some(ModelsSubcommand::Check(check)) => check::run(check, global),
        Some(ModelsSubcommand::Fetch { name }) => fetch(name, global),
    }
}

fn list(tables: &TableArguments, global: &GlobalArguments) -> Result<(), CliError> {
    let destination = Destination::of_tables(tables, global)?;
    destination.write(&ModelList(global.library()?.list()))
}

/// Downloads nothing: what is shown is what is here.
fn show(name: &str, tables: &TableArguments, global: &GlobalArguments) -> Result<(), CliError> {
    let destination = Destination::of_tables(tables, global)?;
    let source = ModelSource::parse(name, global.revision.as_deref())?;
    let library = global.library()?;
    if let ModelSource::Hub(model) = &source
        && library.hub.cached(model).is_none()
    {
        return Err(CliError::Failed(message!("cli-models-not-cached", model = model.to_string())));
    }
    let checkpoint = source.checkpoint(&library.hub, &Cancel::default(), &mut |_| {})?;
    let wrong = |source_error| ModelError::Bert { model: source.origin(), source: source_error };
    destination.write(&CheckpointInventory {
        name: source.origin(),
        config: checkpoint.config().map_err(wrong)?,
        inventory: checkpoint.inventory().map_err(wrong)?,
    })
}

fn fetch(name: &str, global: &GlobalArguments) -> Result<(), CliError> {
    let ModelSource::Hub(model) = ModelSource::parse(name, global.revision.as_deref())? else {
        return Err(CliError::Failed(message!("cli-models-no-fetch", name = quoted(name))));
    };
    let hub = global.library()?.hub;
    if let (true, Some(directory)) = (hub.is_offline(), hub.cached(&model)) {
        output::say(&message!("cli-models-cached-offline", model = model.to_string()));
        return output::write(format!("{}\n", directory.display()).as_bytes(), None);
    }
    let mut meter = Meter::new(model.to_string());
    let directory = hub.fetch(&model, &Cancel::default(), &mut |progress| meter.say(progress))?;
    drop(meter);
    output::say(&message!("cli-models-cached", model = model.to_string()));
    output::write(format!("{}\n", directory.display()).as_bytes(), None)
}
