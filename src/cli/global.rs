//! The options that every command takes, and what they stand for.

use std::{env, path::PathBuf};

use clap::{Args, ValueHint};

use super::{choices::one_of, error::CliError, meter::Meter, output::diagnostic};
use crate::{
    bert::{Backend, Bert, BertError, Checkpoint},
    config::{self, ColorChoice, Config, LanguageChoice, Options, ThemeName},
    explorer::key_contexts,
    messages::{Language, message, set_language},
    models::{Cancel, Hub, HubSettings, Library, ModelSource, Recent},
};

/// Behind the options of every command.
#[derive(Debug, Args)]
#[command(next_display_order = 100)]
pub(super) struct GlobalArguments {
    /// The BERT to open: "embedded" (all-MiniLM-L6-v2), a model of the Hugging Face Hub, or a directory as
    /// save_pretrained writes it
    #[arg(long, global = true, value_name = "embedded|HUB_ID|DIR", value_hint = ValueHint::DirPath)]
    pub model: Option<String>,
    /// A branch, tag or commit of the model on the Hub
    #[arg(long, global = true, value_name = "R")]
    pub revision: Option<String>,
    /// Use no network, only the models on this machine (also HF_HUB_OFFLINE=1)
    #[arg(long, global = true)]
    pub offline: bool,
    /// The backend that computes: flex (default), ndarray, or wgpu
    #[arg(long, global = true, value_name = "NAME", hide_possible_values = true, value_parser = one_of(Backend::ALL, Backend::name))]
    pub backend: Option<Backend>,
    /// Read this configuration file instead of the user's
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The number of colours: auto, truecolor, 256, 16 or never
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<ColorChoice>,
    /// The theme: auto, dark, light or mono
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<ThemeName>,
    /// Say what is on screen as lines of text, for a screen reader (also TERM=dumb)
    #[arg(long, global = true)]
    pub plain: bool,
    /// The language of screens and messages: en, zh or auto
    #[arg(long, global = true, value_name = "en|zh")]
    pub lang: Option<LanguageChoice>,
}

/// Speaks the language of the environment, or the one that stands behind `--lang`: also what is said of arguments that
/// cannot be read is said in it.
pub(super) fn speak_before_parsing(arguments: impl Iterator<Item = String>) {
    let mut arguments = arguments.skip(1);
    let mut choice = None;
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix("--lang") {
            Some("") => choice = arguments.next().or(choice),
            Some(value) => choice = value.strip_prefix('=').map(str::to_owned).or(choice),
            None if argument == "--" => break,
            None => {}
        }
    }
    let asked = choice.and_then(|choice| choice.parse::<LanguageChoice>().ok()).and_then(LanguageChoice::language);
    set_language(asked.unwrap_or_else(|| Language::of_environment(environment)));
}

impl GlobalArguments {
    /// Whether the explorer is to be lines of text.
    pub(super) fn is_plain(&self) -> bool {
        self.plain || environment("TERM").is_some_and(|term| term == "dumb")
    }

    /// Speaks the language that the configuration names, where the command line names none. What is wrong with the
    /// configuration is said by whoever needs it.
    pub(super) fn speak(&self) {
        if self.lang.is_some() {
            return;
        }
        let config = config::load(self.config.as_deref(), &key_contexts());
        config.ok().and_then(|config| config.options.language.language()).into_iter().for_each(set_language);
    }

    /// The configuration: built-in, then the user's file, then the command line.
    pub(super) fn config(&self) -> Result<Config, CliError> {
        let mut config = config::load(self.config.as_deref(), &key_contexts())?;
        let options = &mut config.options;
        if let Some(model) = &self.model {
            options.model.clone_from(model);
        }
        options.backend = self.backend.unwrap_or(options.backend);
        options.color = self.color.unwrap_or(options.color);
        options.theme = self.theme.unwrap_or(options.theme);
        Ok(config)
    }

    /// The model that the options and the command line name.
    pub(super) fn source(&self, options: &Options) -> Result<ModelSource, CliError> {
        Ok(ModelSource::parse(&options.model, self.revision.as_deref())?)
    }

    /// Where models are looked for.
    pub(super) fn library(&self) -> Result<Library, CliError> {
        let mut settings = HubSettings::resolve(environment, etcetera::home_dir().ok().as_deref());
        if let Ok(settings) = &mut settings {
            settings.offline |= self.offline;
        }
        let recent = Recent::new(config::recent_models_path());
        Ok(Library { hub: Hub::new(settings), recommended: config::recommended_models()?, recent })
    }

    /// Opens the model the headless commands work with.
    pub(super) fn open(&self) -> Result<(Bert, ModelSource), CliError> {
        self.open_with(&self.config()?.options)
    }

    /// The files of a model that was opened.
    pub(super) fn checkpoint(&self, source: &ModelSource) -> Result<Checkpoint, CliError> {
        Ok(source.checkpoint(&self.library()?.hub, &Cancel::default(), &mut |_| {})?)
    }

    pub(super) fn open_with(&self, options: &Options) -> Result<(Bert, ModelSource), CliError> {
        self.load(self.source(options)?, options)
    }

    /// Opens a model beside the one they work with, for which `--revision` does not speak.
    pub(super) fn open_another(&self, model: &str) -> Result<(Bert, ModelSource), CliError> {
        self.load(ModelSource::parse(model, None)?, &self.config()?.options)
    }

    fn load(&self, source: ModelSource, options: &Options) -> Result<(Bert, ModelSource), CliError> {
        let backend = available(options.backend)?;
        let mut meter = Meter::new(source.name());
        let bert =
            source.load(&self.library()?.hub, backend, &Cancel::default(), &mut |progress| meter.say(progress))?;
        drop(meter);
        for remark in &bert.info().remarks {
            diagnostic(&message!("cli-model-remark", model = source.origin(), remark = remark.to_string()));
        }
        Ok((bert, source))
    }
}

/// The backend, where this build has it.
pub(super) fn available(backend: Backend) -> Result<Backend, CliError> {
    match backend.is_built_in() {
        true => Ok(backend),
        false => Err(BertError::BackendMissing { backend }.into()),
    }
}

/// A variable of the environment.
pub(super) fn environment(name: &str) -> Option<String> {
    env::var(name).ok()
}
