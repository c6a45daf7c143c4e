//! Bytes into text: UTF-8 or, by its byte order mark, UTF-16; what is neither is refused where it stands.

use crate::messages::label;
use std::io::Read;

use super::{
    error::{Fault, Found, Placed},
    foreign::looks_like,
    place::RecordPlace,
    source::of_io,
};

/// How many bytes are read at a time.
const CHUNK: usize = 64 << 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextEncoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

/// Text, a chunk at a time, without its byte order mark.
pub(super) struct Decoder {
    bytes: Box<dyn Read + Send>,
    /// Known after the first bytes.
    encoding: Option<TextEncoding>,
    /// Bytes of a character that the next chunk completes.
    rest: Vec<u8>,
    /// Bytes decoded so far, with the mark.
    offset: u64,
    /// Ends of lines so far: CR, LF, or both.
    lines: LineEnds,
    ended: bool,
}

impl Decoder {
    pub(super) fn new(bytes: Box<dyn Read + Send>) -> Self {
        Self { bytes, encoding: None, rest: Vec::new(), offset: 0, lines: LineEnds::default(), ended: false }
    }

    /// Appends what comes next; false at the end.
    pub(super) fn read(&mut self, text: &mut String) -> Found<bool> {
        if self.ended {
            return Ok(false);
        }
        let mut bytes = std::mem::take(&mut self.rest);
        let before = bytes.len();
        self.bytes.by_ref().take(CHUNK as u64).read_to_end(&mut bytes).map_err(of_io)?;
        self.ended = bytes.len() - before < CHUNK;
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => {
                let (encoding, mark) = encoding_of(&bytes)?;
                self.offset = mark as u64;
                bytes.drain(..mark);
                *self.encoding.insert(encoding)
            }
        };
        let start = text.len();
        match encoding {
            TextEncoding::Utf8 => self.utf8(bytes, text)?,
            TextEncoding::Utf16Le => self.utf16(&bytes, u16::from_le_bytes, text)?,
            TextEncoding::Utf16Be => self.utf16(&bytes, u16::from_be_bytes, text)?,
        }
        self.lines.count(&text.as_bytes()[start..]);
        Ok(true)
    }

    fn utf8(&mut self, bytes: Vec<u8>, text: &mut String) -> Found<()> {
        let valid = match std::str::from_utf8(&bytes) {
            Ok(valid) => valid,
            Err(error) => {
                let at = error.valid_up_to();
                // A program or a picture is no text in whatever encoding.
                self.no_nul(&bytes[..at], &bytes)?;
                if error.error_len().is_some() || self.ended {
                    self.lines.count(&bytes[..at]);
                    let fault = Fault::NotUtf8 {
                        offset: self.offset + at as u64,
                        byte: bytes.get(at).copied().unwrap_or_default(),
                        looks: looks_like(&bytes, at),
                    };
                    return Err(Placed::at(RecordPlace::line(self.lines.number()), fault));
                }
                self.rest = bytes[at..].to_vec();
                std::str::from_utf8(&bytes[..at]).unwrap_or_default()
            }
        };
        self.no_nul(valid.as_bytes(), &bytes)?;
        self.offset += valid.len() as u64;
        text.push_str(valid);
        Ok(())
    }

    /// That there is no NUL in the first of some bytes.
    fn no_nul(&mut self, first: &[u8], bytes: &[u8]) -> Found<()> {
        let Some(at) = first.iter().position(|byte| *byte == 0) else { return Ok(()) };
        self.lines.count(&first[..at]);
        let fault = Fault::Binary { offset: self.offset + at as u64, looks: utf16_unmarked(bytes) };
        Err(Placed::at(RecordPlace::line(self.lines.number()), fault))
    }

    fn utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16, text: &mut String) -> Found<()> {
        let start = text.len();
        let (pairs, odd) = bytes.as_chunks::<2>();
        let mut pairs = pairs;
        // The first half of a character waits for the second.
        if let Some((last, before)) = pairs.split_last()
            && !self.ended
            && (0xd800..0xdc00).contains(&unit(*last))
        {
            self.rest.extend(last);
            pairs = before;
        }
        let mut units = 0;
        for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
            let fault = match character {
                Ok('\0') => Fault::Binary { offset: self.offset + 2 * units, looks: None },
                Ok(character) => {
                    units += character.len_utf16() as u64;
                    text.push(character);
                    continue;
                }
                Err(_) => Fault::NotUtf16 { offset: self.offset + 2 * units },
            };
            self.lines.count(&text.as_bytes()[start..]);
            return Err(Placed::at(RecordPlace::line(self.lines.number()), fault));
        }
        self.offset += 2 * units;
        if self.ended && !odd.is_empty() {
            self.lines.count(&text.as_bytes()[start..]);
            return Err(Placed::at(RecordPlace::line(self.lines.number()), Fault::NotUtf16 { offset: self.offset }));
        }
        self.rest.extend(odd);
        Ok(())
    }
}

/// The encoding that a byte order mark names, and the mark's length.
fn encoding_of(bytes: &[u8]) -> Result<(TextEncoding, usize), Fault> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => {
            Err(Fault::Container { what: label!("dataset-is-utf32le"), remedy: label!("dataset-from-utf32") })
        }
        [0, 0, 0xfe, 0xff, ..] => {
            Err(Fault::Container { what: label!("dataset-is-utf32be"), remedy: label!("dataset-from-utf32") })
        }
        [0xef, 0xbb, 0xbf, ..] => Ok((TextEncoding::Utf8, 3)),
        [0xff, 0xfe, ..] => Ok((TextEncoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => Ok((TextEncoding::Utf16Be, 2)),
        _ => Ok((TextEncoding::Utf8, 0)),
    }
}

/// UTF-16 of mostly Latin text has a NUL in every other byte.
fn utf16_unmarked(bytes: &[u8]) -> Option<&'static str> {
    let (pairs, _) = bytes.get(..bytes.len().min(4096))?.as_chunks::<2>();
    let (first, second) = (pairs.iter().filter(|pair| pair[0] == 0), pairs.iter().filter(|pair| pair[1] == 0));
    let (first, second) = (first.count(), second.count());
    match (first * 4 > pairs.len() * 3, second * 4 > pairs.len() * 3) {
        (false, true) if first * 20 < pairs.len() => Some("UTF-16LE"),
        (true, false) if second * 20 < pairs.len() => Some("UTF-16BE"),
        _ => None,
    }
}

#[derive(Default)]
struct LineEnds {
    ends: u64,
    after_cr: bool,
}

impl LineEnds {
    fn count(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.ends += u64::from(byte == b'\r' || byte == b'\n' && !self.after_cr);
            self.after_cr = byte == b'\r';
        }
    }

    /// The line that is being read, from 1.
    fn number(&self) -> u64 {
        self.ends + 1
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn decode(bytes: &[u8]) -> Found<String> {
        let mut decoder = Decoder::new(Box::new(Cursor::new(bytes.to_vec())));
        let mut text = String::new();
        while decoder.read(&mut text)? {}
        Ok(text)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn marks_name_the_encoding() {
        let text = "score\ttext\r\n1\tÜber 猫 🐈\r\n";
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).unwrap(), text);
        assert_eq!(decode(&utf16(text, u16::to_le_bytes)).unwrap(), text);
        assert_eq!(decode(&utf16(text, u16::to_be_bytes)).unwrap(), text);
        assert_eq!(decode(b"").unwrap(), "");
        let long = "猫🐈 sat, ".repeat(20_000);
        assert_eq!(decode(&utf16(&long, u16::to_le_bytes)).unwrap(), long, "characters across chunks");
        assert_eq!(decode(long.as_bytes()).unwrap(), long);
    }

    #[test]
    fn what_is_no_text_says_where() {
        let fault = |bytes: &[u8]| {
            let placed = decode(bytes).unwrap_err();
            (placed.place.map_or(0, |place| place.first), placed.fault.to_string())
        };
        let (line, text) = fault(b"one\ntwo\r\nthr\xffee\n");
        assert_eq!(line, 3);
        assert!(text.contains("byte 0xFF at offset 12"), "{text}");
        let (_, text) = fault("a cat\nund".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice());
        assert!(text.contains("iconv -f UTF-16LE"), "{text}");
        let (_, text) = fault("a cat\nund".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>().as_slice());
        assert!(text.contains("iconv -f UTF-16BE"), "{text}");
        let (line, text) = fault(b"a\nb\0c");
        assert!(line == 2 && text.contains("a NUL at offset 3") && !text.contains("iconv"), "{text}");
        let (line, text) = fault(b"\x7fELF\x02\0\n\xd0\0");
        assert!(line == 1 && text.contains("a NUL at offset 5") && !text.contains("iconv"), "{text}");
        assert!(fault(b"\xff\xfea\0b").1.contains("at offset 4"));
        assert!(fault(b"\xff\xfe\0\xd8a\0").1.contains("is not UTF-16"));
        assert!(fault(b"\xff\xfe\0\0a\0\0\0").1.contains("UTF-32"));
        // A character that is cut at the end of the file.
        assert!(fault(b"caf\xc3").1.contains("0xC3 at offset 3"));
        let far = ["a line\n".repeat(20_000).as_bytes(), b"\xe9\n"].concat();
        let (line, text) = fault(&far);
        assert!(line == 20_001 && text.contains("offset 140000"), "{text}");
    }
}
