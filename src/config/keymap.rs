//! Which key asks for which command, where. The defaults are those of the commands' rows; `config/keymap.toml` shows them.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{ConfigError, KeyChord, source::SettingsSource};
use crate::{
    messages::{Label, message, quoted},
    state::CommandInfo,
};

/// The table of keys that is asked where another has no such key.
pub const EVERYWHERE: &str = "global";

/// A place where keys are pressed, which has a table of them: a view, what lies over it, or everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyContext {
    /// Its name in keymap files; never changes.
    pub id: &'static str,
    /// Its heading in the help.
    pub label: Label,
    /// When its keys hold, for the keymap file.
    pub about: Label,
    /// Whether keys are text here, but for those it has itself.
    pub takes_text: bool,
    /// Its commands, in the order of the help.
    pub commands: Vec<CommandInfo>,
}

/// The keys of every command in every context. Within a context no key means two things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap(Vec<Bindings>);

/// The keys of one context.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bindings {
    context: &'static str,
    takes_text: bool,
    keys: Vec<(&'static str, Vec<KeyChord>)>,
}

impl Bindings {
    fn new(context: &KeyContext) -> Self {
        // That all of them can be read, a test holds.
        let chords = |row: &CommandInfo| row.keys.iter().filter_map(|key| key.parse().ok()).collect();
        let keys = context.commands.iter().map(|row| (row.id, chords(row))).collect();
        Self { context: context.id, takes_text: context.takes_text, keys }
    }

    fn command(&self, chord: KeyChord) -> Option<&'static str> {
        self.keys.iter().find(|(_, keys)| keys.contains(&chord)).map(|&(id, _)| id)
    }

    fn keys(&self, id: &str) -> &[KeyChord] {
        self.keys.iter().find(|(other, _)| *other == id).map_or(&[], |(_, keys)| keys)
    }

    fn set(&mut self, id: &'static str, keys: Vec<KeyChord>) {
        match self.keys.iter_mut().find(|(other, _)| *other == id) {
            Some((_, old)) => *old = keys,
            None => self.keys.push((id, keys)),
        }
    }
}

impl Keymap {
    /// The keys that the rows have.
    pub fn new(contexts: &[KeyContext]) -> Self {
        Self(contexts.iter().map(Bindings::new).collect())
    }

    fn of(&self, context: &str) -> Option<&Bindings> {
        self.0.iter().find(|bindings| bindings.context == context)
    }

    /// The command a key asks for: what the context says, else what [`EVERYWHERE`] says. Where keys are text, only the
    /// context's own keys count, for all others are text.
    pub fn command(&self, context: &str, chord: KeyChord) -> Option<&'static str> {
        let own = self.of(context)?;
        let elsewhere = || self.of(EVERYWHERE).filter(|_| !own.takes_text)?.command(chord);
        own.command(chord).or_else(elsewhere)
    }

    /// A command by its id.
    pub fn command_of_id(&self, name: &str) -> Option<&'static str> {
        self.0.iter().flat_map(|bindings| &bindings.keys).map(|&(id, _)| id).find(|id| *id == name)
    }

    /// The command a key asks for in this very context (not in [`EVERYWHERE`]).
    pub fn own_command(&self, context: &str, chord: KeyChord) -> Option<&'static str> {
        self.of(context)?.command(chord)
    }

    /// The keys of a command in this very context (not those of [`EVERYWHERE`]); empty when it has none.
    pub fn keys(&self, context: &str, id: &str) -> &[KeyChord] {
        self.of(context).map_or(&[], |bindings| bindings.keys(id))
    }

    /// The keys of a command in this context, or where it has none there, those of [`EVERYWHERE`] that reach it.
    pub fn keys_here(&self, context: &str, id: &str) -> &[KeyChord] {
        let Some(own) = self.of(context) else { return &[] };
        match own.keys(id) {
            [] if !own.takes_text => self.keys(EVERYWHERE, id),
            keys => keys,
        }
    }

    /// The commands that have keys in this very context, with their keys, in the order of the rows.
    pub fn bindings(&self, context: &str) -> impl Iterator<Item = (&'static str, &[KeyChord])> {
        let all = self.of(context).into_iter().flat_map(|bindings| &bindings.keys);
        all.map(|(id, keys)| (*id, keys.as_slice())).filter(|(_, keys)| !keys.is_empty())
    }

    /// Replaces the keys of every command that `tables` names: context → command → list of keys.
    pub(super) fn patch(&mut self, source: SettingsSource<'_>, mut tables: DeTable<'_>) -> Result<(), ConfigError> {
        for at in 0..self.0.len() {
            let context = self.0[at].context;
            let Some(value) = tables.remove(context) else { continue };
            let DeValue::Table(entries) = value.get_ref() else {
                let problem = message!("config-context-no-table", context = context);
                return Err(source.error(value.span(), problem));
            };
            let mut changed = Vec::new();
            for (name, keys) in entries {
                let id = self.command_named(source, context, name)?;
                self.0[at].set(id, key_list(source, id, keys)?);
                changed.push((id, name.span()));
            }
            // Only now, for a patch may take a key from one command and give it to another.
            for (id, place) in changed {
                self.refuse_double_use(source, &self.0[at], id, place)?;
            }
        }
        match tables.keys().next() {
            None => Ok(()),
            Some(key) => {
                let choices: Vec<&str> = self.0.iter().map(|bindings| bindings.context).collect();
                let (name, choices) = (quoted(key.get_ref()), choices.join(", "));
                Err(source.error(key.span(), message!("config-unknown-context", name = name, choices = choices)))
            }
        }
    }

    fn refuse_double_use(
        &self,
        source: SettingsSource<'_>,
        bindings: &Bindings,
        id: &str,
        at: Range<usize>,
    ) -> Result<(), ConfigError> {
        for key in bindings.keys(id) {
            let mut others = bindings.keys.iter().filter(|(other, _)| *other != id);
            if let Some((other, _)) = others.find(|(_, keys)| keys.contains(key)) {
                let problem = message!(
                    "config-key-twice",
                    key = quoted(key.to_string()),
                    action = id,
                    other = *other,
                    context = bindings.context
                );
                return Err(source.error(at, problem));
            }
        }
        Ok(())
    }

    /// A command by its name: any there is, as a user may want a key for it in another context, too.
    fn command_named(
        &self,
        source: SettingsSource<'_>,
        context: &str,
        name: &Spanned<toml::de::DeString<'_>>,
    ) -> Result<&'static str, ConfigError> {
        let ids = || self.0.iter().flat_map(|bindings| &bindings.keys).map(|&(id, _)| id);
        ids().find(|id| id == name.get_ref()).ok_or_else(|| {
            let mut choices: Vec<&str> = Vec::new();
            ids().for_each(|id| {
                if !choices.contains(&id) {
                    choices.push(id);
                }
            });
            let problem = message!(
                "config-unknown-action",
                name = quoted(name.get_ref()),
                context = context,
                choices = choices.join(", ")
            );
            source.error(name.span(), problem)
        })
    }
}

fn key_list(source: SettingsSource<'_>, id: &str, value: &Spanned<DeValue<'_>>) -> Result<Vec<KeyChord>, ConfigError> {
    let problem = || message!("config-no-list-of-keys", action = id);
    let keys = value.get_ref().as_array().ok_or_else(|| source.error(value.span(), problem()))?;
    let chord = |key: &Spanned<DeValue<'_>>| match key.get_ref().as_str() {
        Some(text) => text.parse::<KeyChord>().map_err(|unknown| source.error(key.span(), unknown.to_string())),
        None => Err(source.error(key.span(), problem())),
    };
    keys.iter().map(chord).collect()
}

/// The keymap file: every key with its explanation.
pub fn keymap_file(contexts: &[KeyContext]) -> String {
    let mut lines = vec![message!("config-keymap-header")];
    for KeyContext { id, about, takes_text, commands, .. } in contexts {
        let text = if *takes_text { format!(" {}", message!("config-keymap-text")) } else { String::new() };
        lines.extend([String::new(), format!("# {about}.{text}"), format!("[keymap.{id}]")]);
        for CommandInfo { id, keys, description } in commands.iter().filter(|row| !row.keys.is_empty()) {
            let keys: Vec<String> = keys.iter().map(quoted).collect();
            lines.extend([format!("# {description}."), format!("{id} = [{}]", keys.join(", "))]);
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
