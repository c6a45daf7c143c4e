//! A key with its modifiers: how files write it, how the screen shows it, how the terminal sends it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;
use std::str::FromStr;
use unicode_width::UnicodeWidthChar;

use crate::messages::{message, quoted};

/// Keys with a name: in files, on the screen.
const NAMED: &[(KeyCode, &str, &str)] = &[
    (KeyCode::Left, "left", "←"),
    (KeyCode::Right, "right", "→"),
    (KeyCode::Up, "up", "↑"),
    (KeyCode::Down, "down", "↓"),
    (KeyCode::Home, "home", "Home"),
    (KeyCode::End, "end", "End"),
    (KeyCode::PageUp, "pageup", "PgUp"),
    (KeyCode::PageDown, "pagedown", "PgDn"),
    (KeyCode::Tab, "tab", "Tab"),
    (KeyCode::Enter, "enter", "Enter"),
    (KeyCode::Esc, "esc", "Esc"),
    (KeyCode::Char(' '), "space", "Space"),
    (KeyCode::Backspace, "backspace", "Backspace"),
    (KeyCode::Delete, "delete", "Delete"),
    (KeyCode::Insert, "insert", "Insert"),
];

const MODIFIERS: &[(KeyModifiers, &str)] =
    &[(KeyModifiers::CONTROL, "Ctrl"), (KeyModifiers::ALT, "Alt"), (KeyModifiers::SHIFT, "Shift")];

/// One key press, in the one form that all terminals' ways of sending it come to.
///
/// Shift is part of a letter ("G", not "shift-g"); ctrl and alt make no difference between "c" and "C".
/// Parsed from files ("ctrl-c", "left"), displayed for the screen ("Ctrl-c", "←"); it parses its display too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyChord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl KeyChord {
    fn new(code: KeyCode, mut modifiers: KeyModifiers) -> KeyChord {
        let code = match code {
            KeyCode::BackTab => {
                modifiers |= KeyModifiers::SHIFT;
                KeyCode::Tab
            }
            KeyCode::Char(c) => {
                let shifted = modifiers.contains(KeyModifiers::SHIFT);
                modifiers.remove(KeyModifiers::SHIFT);
                if modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
                    KeyCode::Char(only(c.to_lowercase()).unwrap_or(c))
                } else if shifted {
                    KeyCode::Char(only(c.to_uppercase()).unwrap_or(c))
                } else {
                    KeyCode::Char(c)
                }
            }
            other => other,
        };
        KeyChord { code, modifiers }
    }

    /// Whether a text field takes it as a character.
    pub fn is_text(&self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && !self.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
    }
}

/// The one item of an iterator that has exactly one.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next();
    if items.next().is_none() { first } else { None }
}

/// The key of an event; the caller leaves out key releases.
impl From<KeyEvent> for KeyChord {
    fn from(event: KeyEvent) -> KeyChord {
        KeyChord::new(event.code, event.modifiers)
    }
}

/// A press of the key.
impl From<KeyChord> for KeyEvent {
    fn from(chord: KeyChord) -> KeyEvent {
        KeyEvent::new(chord.code, chord.modifiers)
    }
}

impl fmt::Display for KeyChord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (_, shown) in MODIFIERS.iter().filter(|(modifier, _)| self.modifiers.contains(*modifier)) {
            write!(formatter, "{shown}-")?;
        }
        match (NAMED.iter().find(|(code, ..)| *code == self.code), self.code) {
            (Some((_, _, shown)), _) => formatter.write_str(shown),
            (None, KeyCode::F(number)) => write!(formatter, "F{number}"),
            (None, KeyCode::Char(c)) => write!(formatter, "{c}"),
            (None, other) => write!(formatter, "{other}"),
        }
    }
}

/// A key nobody has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", message!("config-unknown-key", key = quoted(.0)))]
pub struct UnknownKey(String);

impl FromStr for KeyChord {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<KeyChord, UnknownKey> {
        let unknown = || UnknownKey(text.to_owned());
        let mut key = text;
        let mut modifiers = KeyModifiers::NONE;
        // "-" itself is a key: the part before it is empty, and so no modifier.
        while let Some((name, rest)) = key.split_once('-').filter(|(name, _)| !name.is_empty()) {
            let named = MODIFIERS.iter().find(|(_, shown)| shown.eq_ignore_ascii_case(name));
            modifiers |= named.ok_or_else(unknown)?.0;
            key = rest;
        }
        let code = key_code(key).ok_or_else(unknown)?;
        match code {
            // Which character shift makes of a digit or a sign is the keyboard's secret: write that character.
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::SHIFT) && !c.is_alphabetic() => Err(unknown()),
            code => Ok(KeyChord::new(code, modifiers)),
        }
    }
}

fn key_code(key: &str) -> Option<KeyCode> {
    let is = |name: &str| name.eq_ignore_ascii_case(key);
    let named = NAMED.iter().find(|(_, name, shown)| is(name) || is(shown)).map(|(code, ..)| *code);
    let function = || (1..=24).find(|number| is(&format!("f{number}"))).map(KeyCode::F);
    // A character without width cannot be shown, and so not be found in the help.
    let character = || only(key.chars()).filter(|c| c.width().unwrap_or(0) > 0).map(KeyCode::Char);
    named.or_else(function).or_else(character)
}
