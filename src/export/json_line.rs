//! JSON that is safe to print: what a terminal would obey is escaped, where JSON itself would let it through.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::{error::WriteError, output::Output};
use crate::printable::is_printable;

/// Writes a value as one line, a part at a time.
pub(super) fn write_line(value: &impl Serialize, mut out: Output) -> Result<(), WriteError> {
    value.serialize(&mut Serializer::with_formatter(&mut out, Printable))?;
    Ok(out.write_all(b"\n")?)
}

/// Compact JSON in which every character that is not printable is written as `\uXXXX`.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(|c| !is_printable(c)) {
            CompactFormatter.write_string_fragment(writer, &rest[..at])?;
            let mut characters = rest[at..].chars();
            if let Some(character) = characters.next() {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = characters.as_str();
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_reads_back() {
        let text = "a\u{9b}31m\u{202e}é你\u{7f}\"\\\n";
        let mut line = Vec::new();
        write_line(&text, &mut line).unwrap();
        let json = String::from_utf8(line).unwrap();
        assert_eq!(json, "\"a\\u009b31m\\u202eé你\\u007f\\\"\\\\\\n\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
