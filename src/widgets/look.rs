//! How things look.

use crate::{
    config::{Keymap, Theme},
    state::State,
};

/// The smallest screen the explorer fits in, `(width, height)` in cells.
pub const SMALLEST: (u16, u16) = (60, 16);

/// How things look and which keys they have.
#[derive(Debug)]
pub struct Look {
    /// Colours and styles, already brought to the terminal's colour depth.
    pub theme: Theme,
    /// Those that a key goes through, and whether each is for a dark background.
    pub themes: Vec<(Theme, bool)>,
    /// The keys, for the help and the bottom bar.
    pub keymap: Keymap,
    /// Whether they are meant for a dark background.
    pub dark: bool,
    /// Whether to show the time of the forward pass; pictures that are compared leave it out.
    pub timing: bool,
}

impl Look {
    /// Takes the theme after the one that is on screen.
    pub fn next_theme(&mut self) {
        let at = self.themes.iter().position(|(theme, _)| *theme == self.theme);
        let next = at.map_or(0, |at| at + 1) % self.themes.len().max(1);
        if let Some((theme, dark)) = self.themes.get(next) {
            (self.theme, self.dark) = (theme.clone(), *dark);
        }
    }

    /// The name of the first key that asks for a command now, or nothing.
    pub(crate) fn key(&self, state: &State, id: &str) -> String {
        self.keys(state, id).into_iter().next().unwrap_or_default()
    }

    /// The names of all of them.
    pub(crate) fn keys(&self, state: &State, id: &str) -> Vec<String> {
        self.keymap.keys_here(state.key_context(), id).iter().map(ToString::to_string).collect()
    }

    /// The keys that lead to a command of the view: its own, behind the one that closes what lies over the view; nothing where there are none.
    pub(crate) fn way(&self, state: &State, id: &str) -> String {
        let key = self.key(state, id);
        let Some(over) = state.overlay().filter(|_| key.is_empty()) else { return key };
        let (leave, key) = (self.keymap.keys(over.id(), "leave"), self.keymap.keys_here(state.view, id));
        leave.first().zip(key.first()).map(|(leave, key)| format!("{leave} {key}")).unwrap_or_default()
    }
}
