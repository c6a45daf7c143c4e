//! Which key asks for which action, where; `config/keymap.toml` is the default and its documentation.

use super::{ConfigError, KeyChord, source::Source};
use crate::app::action::{Action, Context};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::messages::{message, quoted};

/// The keys of every action in every context. Within a context no key means two things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap(BTreeMap<(Context, Action), Vec<KeyChord>>);

impl Keymap {
    /// What a key asks for: what the context says, else what [`Context::Global`] says. Where text is typed, only the
    /// context's own keys count, for all others are text.
    pub fn action(&self, context: Context, chord: KeyChord) -> Option<Action> {
        let find = |context| self.bindings(context).find(|(_, keys)| keys.contains(&chord)).map(|(action, _)| action);
        find(context).or_else(|| if context.takes_text() { None } else { find(Context::Global) })
    }

    /// The keys of an action in this very context (not those of [`Context::Global`]); empty when it has none.
    pub fn keys(&self, context: Context, action: Action) -> &[KeyChord] {
        self.0.get(&(context, action)).map_or(&[], Vec::as_slice)
    }

    /// The actions that have keys in this very context, with their keys, in the order of [`Action::ALL`].
    pub fn bindings(&self, context: Context) -> impl Iterator<Item = (Action, &[KeyChord])> {
        let keys = move |action: &Action| (*action, self.keys(context, *action));
        Action::ALL.iter().map(keys).filter(|(_, keys)| !keys.is_empty())
    }

    /// Replaces the keys of every action that `tables` names: context → action → list of keys.
    pub(super) fn patch(&mut self, source: Source<'_>, mut tables: DeTable<'_>) -> Result<(), ConfigError> {
        for context in Context::ALL.iter().copied() {
            let Some(value) = tables.remove(context.name()) else { continue };
            let DeValue::Table(entries) = value.get_ref() else {
                let problem = message!("config-context-no-table", context = context.name());
                return Err(source.error(value.span(), problem));
            };
            let mut changed = Vec::new();
            for (name, keys) in entries {
                let action = action_named(source, context, name)?;
                self.0.insert((context, action), key_list(source, action, keys)?);
                changed.push((action, name.span()));
            }
            // Only now, for a patch may take a key from one action and give it to another.
            for (action, at) in changed {
                self.refuse_double_use(source, context, action, at)?;
            }
        }
        match tables.keys().next() {
            None => Ok(()),
            Some(key) => {
                let choices: Vec<&str> = Context::ALL.iter().copied().map(Context::name).collect();
                let (name, choices) = (quoted(key.get_ref()), choices.join(", "));
                Err(source.error(key.span(), message!("config-unknown-context", name = name, choices = choices)))
            }
        }
    }

    fn refuse_double_use(
        &self,
        source: Source<'_>,
        context: Context,
        action: Action,
        at: Range<usize>,
    ) -> Result<(), ConfigError> {
        for key in self.keys(context, action) {
            let mut others = self.bindings(context).filter(|(other, _)| *other != action);
            if let Some((other, _)) = others.find(|(_, keys)| keys.contains(key)) {
                let problem = message!(
                    "config-key-twice",
                    key = quoted(key.to_string()),
                    action = action.name(),
                    other = other.name(),
                    context = context.name()
                );
                return Err(source.error(at, problem));
            }
        }
        Ok(())
    }
}

fn action_named(
    source: Source<'_>,
    context: Context,
    name: &Spanned<toml::de::DeString<'_>>,
) -> Result<Action, ConfigError> {
    Action::ALL.iter().copied().find(|action| action.name() == name.get_ref()).ok_or_else(|| {
        let choices: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
        let problem = message!(
            "config-unknown-action",
            name = quoted(name.get_ref()),
            context = context.name(),
            choices = choices.join(", ")
        );
        source.error(name.span(), problem)
    })
}

fn key_list(source: Source<'_>, action: Action, value: &Spanned<DeValue<'_>>) -> Result<Vec<KeyChord>, ConfigError> {
    let problem = || message!("config-no-list-of-keys", action = action.name());
    let keys = value.get_ref().as_array().ok_or_else(|| source.error(value.span(), problem()))?;
    let chord = |key: &Spanned<DeValue<'_>>| match key.get_ref().as_str() {
        Some(text) => text.parse::<KeyChord>().map_err(|unknown| source.error(key.span(), unknown.to_string())),
        None => Err(source.error(key.span(), problem())),
    };
    keys.iter().map(chord).collect()
}
