//! Bytes of a terminal into events. What is begun and not ended takes no key with it: a byte that cannot belong to it ends
//! it, and so does time.

use std::{mem, time::Duration};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The grammar of ECMA-48 for what stands between two keys; what it means is read by terminput.
#[derive(Debug, Default)]
pub struct InputParser {
    /// What is begun: a sequence, a pasted text, a character of several bytes.
    begun: Vec<u8>,
}

/// How far some bytes are a unit: a key, a report of the mouse, a pasted text.
enum UnitExtent {
    /// More is to come.
    Open,
    /// All of them are one.
    Whole,
    /// So many of them are one that was cut off; what follows begins another.
    CutAfter(usize),
}

const ESC: u8 = 0x1b;
const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

impl InputParser {
    /// How long a sequence waits for its next byte.
    pub const PATIENCE: Duration = Duration::from_millis(50);
    /// The same of a pasted text, which may come through a slow line.
    pub const PATIENCE_WITH_PASTES: Duration = Duration::from_secs(1);

    /// Takes bytes in, and gives the events that they complete.
    pub fn advance(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        for &byte in bytes {
            self.begun.push(byte);
            while !self.begun.is_empty() {
                match extent(&self.begun) {
                    UnitExtent::Open => break,
                    UnitExtent::Whole => events.extend(event(&mem::take(&mut self.begun))),
                    UnitExtent::CutAfter(at) => {
                        let rest = self.begun.split_off(at);
                        events.extend(self.end());
                        self.begun = rest;
                    }
                }
            }
        }
        events
    }

    /// How long to wait for the next byte before [`Self::end`]; none where nothing is begun.
    pub fn patience(&self) -> Option<Duration> {
        match self.begun.starts_with(PASTE) {
            true => Some(Self::PATIENCE_WITH_PASTES),
            false => (!self.begun.is_empty()).then_some(Self::PATIENCE),
        }
    }

    /// Ends what is begun: the key that its beginning is by itself, the text pasted so far, or nothing.
    pub fn end(&mut self) -> Option<Event> {
        let alt = |key| Event::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::ALT));
        match &*mem::take(&mut self.begun) {
            [ESC] => Some(Event::Key(KeyCode::Esc.into())),
            [ESC, b'['] => Some(alt('[')),
            [ESC, b'O'] => Some(alt('O')),
            begun => Some(Event::Paste(String::from_utf8_lossy(begun.strip_prefix(PASTE)?).into_owned())),
        }
    }
}

fn extent(begun: &[u8]) -> UnitExtent {
    match begun {
        [ESC] | [ESC, b'[' | b'O'] => UnitExtent::Open,
        [ESC, b'[', rest @ ..] => sequence(begun, rest),
        [ESC, b'O', 0x40..=0x7e] => UnitExtent::Whole,
        [ESC, b'O', ..] => UnitExtent::CutAfter(2),
        [ESC, ESC, ..] => UnitExtent::CutAfter(1),
        [ESC, rest @ ..] => character(rest, 1),
        _ => character(begun, 0),
    }
}

/// What follows `ESC [`.
fn sequence(begun: &[u8], rest: &[u8]) -> UnitExtent {
    if begun.starts_with(PASTE) {
        return if begun.ends_with(PASTE_END) { UnitExtent::Whole } else { UnitExtent::Open };
    }
    match rest {
        // A click as terminals had it before they had numbers for it: three bytes of any kind.
        [b'M'] | [b'M', _] | [b'M', _, _] | [b'['] => UnitExtent::Open,
        // F1 to F5 of Linux' console.
        [b'[', b'A'..=b'E'] => UnitExtent::Whole,
        [b'[', ..] => UnitExtent::CutAfter(begun.len() - 1),
        [b'M', ..] => UnitExtent::Whole,
        [.., 0x20..=0x3f] => UnitExtent::Open,
        [.., 0x40..=0x7e] => UnitExtent::Whole,
        _ => UnitExtent::CutAfter(begun.len() - 1),
    }
}

/// A character in UTF-8, behind so many bytes.
fn character(bytes: &[u8], behind: usize) -> UnitExtent {
    match std::str::from_utf8(bytes) {
        Ok(_) => UnitExtent::Whole,
        Err(error) => match error.error_len() {
            None => UnitExtent::Open,
            Some(wrong) => UnitExtent::CutAfter(behind + wrong),
        },
    }
}

/// What a unit means; nothing where it is no event.
fn event(unit: &[u8]) -> Option<Event> {
    let event = terminput::Event::parse_from(unit).ok()??;
    terminput_crossterm::to_crossterm(event).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode) -> Event {
        Event::Key(code.into())
    }

    fn letters(text: &str) -> Vec<Event> {
        text.chars().map(|letter| key(KeyCode::Char(letter))).collect()
    }

    /// The events of pieces between which a terminal is silent for long.
    fn with_pauses(pieces: &[&[u8]]) -> Vec<Event> {
        let mut parser = InputParser::default();
        let mut events = Vec::new();
        for piece in pieces {
            events.extend(parser.advance(piece));
            events.extend(parser.end());
        }
        events
    }

    #[test]
    fn whatever_is_cut_off_takes_no_key_with_it() {
        let ctrl_c = Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
        let cut: [&[u8]; 12] = [
            b"\x1b[<0;10;",
            b"\x1b[<",
            b"\x1b[M!",
            b"\x1b[1;5",
            b"\x1b[?1",
            b"\x1b[[",
            b"\x1b[ ",
            b"\x1b[>0;1",
            b"\xe4",
            b"\xe4\xbd",
            b"\xf0\x9f\x99",
            b"\x1b\xe4",
        ];
        for cut in cut {
            assert_eq!(with_pauses(&[cut, b"ab\x03"]), [letters("ab"), vec![ctrl_c.clone()]].concat(), "{cut:?}");
            // At once what could belong to it does, but neither Ctrl-C nor Escape ever can, but in three bytes of any kind.
            if !cut.starts_with(b"\x1b[M") {
                let mut parser = InputParser::default();
                let events = parser.advance(&[cut, b"\x03\x1b[Aq"].concat());
                assert_eq!(events, [vec![ctrl_c.clone(), key(KeyCode::Up)], letters("q")].concat(), "{cut:?}");
            }
        }
        let pasted = Event::Paste("some te".to_owned());
        assert_eq!(with_pauses(&[b"\x1b[200~some te", b"q"]), [vec![pasted], letters("q")].concat());
    }

    #[test]
    fn the_beginning_of_a_sequence_may_be_a_key() {
        let alt = |letter| Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::ALT));
        assert_eq!(
            with_pauses(&[b"\x1b", b"[A"]),
            [vec![key(KeyCode::Esc)], letters("["), vec![shifted('A')]].concat()
        );
        assert_eq!(
            with_pauses(&[b"\x1b[", b"\x1bO"]),
            [alt('['), Event::Key(KeyEvent::new(KeyCode::Char('O'), KeyModifiers::ALT))]
        );
        assert_eq!(with_pauses(&[b"\x1b\x1b", b"\x1bb"]), [key(KeyCode::Esc), key(KeyCode::Esc), alt('b')]);
    }

    fn shifted(letter: char) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::SHIFT))
    }

    #[test]
    fn a_unit_is_the_same_in_one_piece_and_byte_by_byte() {
        let units = "q\t\r\u{7f}你é🙂\u{1}\x1b[A\x1b[1;5C\x1b[Z\x1b[3~\x1b[15~\x1bOP\x1b[[A\x1bx\x1b你\x1b[<0;10;10M\x1b[<64;5;5M\x1b[M!!!\
                     \x1b[200~两行\n\x1b[31m\x1b[201~\x1b[I";
        let mut whole = InputParser::default();
        let events = whole.advance(units.as_bytes());
        assert_eq!(events.len(), 22);
        assert!(events.contains(&Event::Paste("两行\n\x1b[31m".to_owned())));
        assert_eq!(whole.patience(), None);
        let mut slow = InputParser::default();
        let pieces: Vec<Event> = units.bytes().flat_map(|byte| slow.advance(&[byte])).collect();
        assert_eq!(pieces, events);
    }
}
