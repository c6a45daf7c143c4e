//! Settings, keys and colours: the files in `config/`, patched by the user's one file.
//!
//! The embedded files are the documentation of every entry, and each is itself a valid user file:
//! options at the top, then `[keymap.CONTEXT]` tables, then `[style]`. [`template`] strings them together.

mod chord;
mod color;
mod error;
mod keymap;
mod options;
mod plain_words;
mod source;
mod theme;

pub use chord::{KeyChord, UnknownKey};
pub use color::{ColorDepth, dark_background};
pub use error::ConfigError;
pub use keymap::{EVERYWHERE, KeyContext, Keymap, keymap_file};
pub use options::{ColorChoice, ExampleSetting, LanguageChoice, Options, ThemeName, UnknownChoice};
pub use source::{line_of, what_is_wrong};
pub use theme::Theme;

use etcetera::BaseStrategy;
use source::SettingsSource;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::{
    messages::{label, message},
    models::Recommended,
};

const OPTIONS: SettingsSource<'_> =
    SettingsSource { file: "config/clscope.toml", text: include_str!("../../config/clscope.toml") };
const DARK: SettingsSource<'_> =
    SettingsSource { file: "config/themes/dark.toml", text: include_str!("../../config/themes/dark.toml") };
const LIGHT: SettingsSource<'_> =
    SettingsSource { file: "config/themes/light.toml", text: include_str!("../../config/themes/light.toml") };
const MONO: SettingsSource<'_> =
    SettingsSource { file: "config/themes/mono.toml", text: include_str!("../../config/themes/mono.toml") };

const MODELS: SettingsSource<'_> =
    SettingsSource { file: "config/models.toml", text: include_str!("../../config/models.toml") };

/// The largest file that is read, in bytes; no honest configuration comes near it.
const LARGEST: u64 = 1 << 20;

/// Everything the user can set. The caller lays the command line over [`Config::options`].
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The settings at the top of the file.
    pub options: Options,
    /// What each key does.
    pub keymap: Keymap,
    dark: Theme,
    light: Theme,
    mono: Theme,
}

impl Config {
    /// The theme that `options.theme` names, in the colours that a terminal of this depth can show.
    /// `dark` says whether the terminal's background is dark ([`dark_background`]), which "auto" follows.
    /// Without colour it is always the mono theme, the only one that can be read then.
    pub fn theme(&self, depth: ColorDepth, dark: bool) -> Theme {
        let chosen = match (self.options.theme, depth) {
            (ThemeName::Mono, _) | (_, ColorDepth::None) => &self.mono,
            (ThemeName::Light, _) => &self.light,
            (ThemeName::Auto, _) if !dark => &self.light,
            (ThemeName::Dark | ThemeName::Auto, _) => &self.dark,
        };
        chosen.clone().at_depth(depth)
    }

    /// Every theme in the colours that a terminal of this depth can show, and whether it is for a dark background; without colour the one that
    /// needs none.
    pub fn themes(&self, depth: ColorDepth) -> Vec<(Theme, bool)> {
        let all = [(&self.dark, true), (&self.light, false), (&self.mono, true)];
        let all = all.into_iter().filter(|(theme, _)| depth != ColorDepth::None || **theme == self.mono);
        all.map(|(theme, dark)| (theme.clone().at_depth(depth), dark)).collect()
    }
}

/// Where the user's file lies: `$XDG_CONFIG_HOME/clscope/config.toml` on every platform;
/// `None` when there is no home directory.
pub fn path() -> Option<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    Some(base.config_dir().join("clscope").join("config.toml"))
}

/// Where messages go while the explorer has the screen: `$XDG_STATE_HOME/clscope/clscope.log`.
pub fn log_path() -> Option<PathBuf> {
    Some(state_directory()?.join("clscope.log"))
}

/// Where the explorer keeps what it was left with: `$XDG_STATE_HOME/clscope/sessions`.
pub fn sessions_directory() -> Option<PathBuf> {
    Some(state_directory()?.join("sessions"))
}

/// Where the models opened last are noted: `$XDG_STATE_HOME/clscope/recent-models`.
pub fn recent_models_path() -> Option<PathBuf> {
    Some(state_directory()?.join("recent-models"))
}

/// Where vectors are kept for the next time: `$XDG_CACHE_HOME/clscope/vectors`.
pub fn vectors_directory() -> Option<PathBuf> {
    Some(etcetera::base_strategy::Xdg::new().ok()?.cache_dir().join("clscope/vectors"))
}

fn state_directory() -> Option<PathBuf> {
    let base = etcetera::base_strategy::Xdg::new().ok()?;
    Some(base.state_dir()?.join("clscope"))
}

/// The models of the Hub worth looking at, `config/models.toml`.
pub fn recommended_models() -> Result<Vec<Recommended>, ConfigError> {
    #[derive(serde::Deserialize)]
    struct Models {
        models: Vec<Recommended>,
    }
    let Models { models } = MODELS.read_over(MODELS.table()?, toml::de::DeTable::new(), &[], |name, _| name)?;
    Ok(models)
}

/// The defaults, patched by the file at `explicit` (which must exist), else by the one at [`path`] (which need not).
pub fn load(explicit: Option<&Path>, contexts: &[KeyContext]) -> Result<Config, ConfigError> {
    let Some(file) = explicit.map(Path::to_owned).or_else(path) else {
        return parse("", "", contexts);
    };
    let name = file.display().to_string();
    match read(&file) {
        Ok(text) if text.len() as u64 > LARGEST => Err(ConfigError::TooLarge { file: name }),
        Ok(text) => parse(&name, &text, contexts),
        Err(source) if explicit.is_none() && is_nowhere(&source) => parse("", "", contexts),
        Err(source) => Err(ConfigError::Unreadable { file: name, source }),
    }
}

/// Also where what should be a directory on the way is none.
fn is_nowhere(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// Reads one byte more than is allowed at most, so that an endless file ends too.
fn read(file: &Path) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| std::io::Error::other(label!("config-not-text").text()))
}

/// The defaults, patched by a user file's text; `file` is its name in error messages.
///
/// `contexts` are the tables of keys there are. The layers, each over the one before: the embedded files, the user's file, the command line (the caller's part).
pub fn parse(file: &str, text: &str, contexts: &[KeyContext]) -> Result<Config, ConfigError> {
    let user = SettingsSource { file, text };
    let mut options_patch = user.table()?;
    let keymap_patch = user.take_table(&mut options_patch, "keymap")?;
    let style_patch = user.take_table(&mut options_patch, "style")?;

    // An option of the user's replaces the default of that name.
    let options = user.read_over(OPTIONS.table()?, options_patch, &["[keymap]", "[style]"], |name, choices| {
        message!("config-unknown-option", name = name, choices = choices)
    })?;

    // A list of keys of the user's replaces that command's keys in that context.
    let mut keymap = Keymap::new(contexts);
    keymap.patch(user, keymap_patch)?;

    // A colour or modifier of the user's replaces that part, whichever theme is chosen in the end.
    let theme = |embedded: SettingsSource<'static>| {
        let base = embedded.take_table(&mut embedded.table()?, "style")?;
        user.read_over(base, style_patch.clone(), &[], |name, choices| {
            message!("config-unknown-style", name = name, choices = choices)
        })
    };
    Ok(Config { options, keymap, dark: theme(DARK)?, light: theme(LIGHT)?, mono: theme(MONO)? })
}

/// A user file that holds every default with its explanation, as `clscope config --print` shows it.
/// The colours are those of the dark theme, commented out: set, they would hold for every theme.
pub fn template(contexts: &[KeyContext]) -> String {
    let mut text = format!("{}\n{}\n", OPTIONS.text, keymap_file(contexts));
    for line in DARK.text.lines() {
        let entry = !(line.is_empty() || line.starts_with('#') || line.starts_with('['));
        text.extend([if entry { "#" } else { "" }, line, "\n"]);
    }
    text
}
