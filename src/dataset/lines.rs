//! Text into lines, as Python's `open` counts them: LF, CR LF and CR all end a line.

use super::{
    encoding::Decoder,
    error::{Fault, Found, Placed},
    place::RecordPlace,
};

/// The longest line or record, in bytes: what is longer is not a text of lines.
pub(super) const LONGEST: usize = 16 << 20;

/// A line without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextLine {
    /// From 1.
    pub number: u64,
    pub text: String,
    /// How it ends: `\n`, `\r\n`, `\r`, or nothing at the end of the file.
    pub end: &'static str,
}

impl TextLine {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a text, one after the other.
pub(super) struct TextLines {
    decoder: Decoder,
    buffer: String,
    /// Where the next line begins in the buffer.
    start: usize,
    number: u64,
    ended: bool,
}

impl TextLines {
    pub(super) fn new(decoder: Decoder) -> Self {
        Self { decoder, buffer: String::new(), start: 0, number: 0, ended: false }
    }

    fn fill(&mut self) -> Found<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        if self.buffer.len() > LONGEST {
            return Err(Placed::at(RecordPlace::line(self.number + 1), Fault::LongLine { most: LONGEST }));
        }
        self.ended = !self.decoder.read(&mut self.buffer)?;
        Ok(())
    }

    fn line(&mut self) -> Found<Option<TextLine>> {
        let mut seen = 0;
        loop {
            let rest = &self.buffer.as_bytes()[self.start..];
            let found = rest[seen..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map(|at| at + seen);
            let (length, end) = match found {
                Some(at) if rest[at] == b'\n' => (at, "\n"),
                // Whether LF follows CR may only be told by the next chunk.
                Some(at) if at + 1 < rest.len() || self.ended => {
                    if rest.get(at + 1) == Some(&b'\n') {
                        (at, "\r\n")
                    } else {
                        (at, "\r")
                    }
                }
                None if self.ended && rest.is_empty() => return Ok(None),
                None if self.ended => (rest.len(), ""),
                undecided => {
                    seen = undecided.unwrap_or(rest.len());
                    self.fill()?;
                    continue;
                }
            };
            let text = self.buffer[self.start..self.start + length].to_owned();
            self.start += length + end.len();
            self.number += 1;
            return Ok(Some(TextLine { number: self.number, text, end }));
        }
    }
}

impl Iterator for TextLines {
    type Item = Found<TextLine>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.line().transpose();
        if matches!(line, Some(Err(_))) {
            // Nothing follows a fault.
            (self.ended, self.start) = (true, self.buffer.len());
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor, Read};

    use super::*;

    fn lines(text: &str) -> Vec<(u64, String, &'static str)> {
        let lines = TextLines::new(Decoder::new(Box::new(Cursor::new(text.as_bytes().to_vec()))));
        lines.map(|line| line.map(|line| (line.number, line.text, line.end)).unwrap()).collect()
    }

    #[test]
    fn every_end_of_a_line_ends_one() {
        let found = lines("a\nb\r\nc\rd\n\n e\u{2028}f");
        let texts: Vec<_> = found.iter().map(|(_, text, end)| (text.as_str(), *end)).collect();
        assert_eq!(texts, [("a", "\n"), ("b", "\r\n"), ("c", "\r"), ("d", "\n"), ("", "\n"), (" e\u{2028}f", "")]);
        assert_eq!(found.last().unwrap().0, 6);
        assert_eq!(lines(""), []);
        assert_eq!(lines("\n").len(), 1);
        assert_eq!(lines("a\r").len(), 1);
    }

    #[test]
    fn lines_are_whole_across_chunks() {
        for end in ["\n", "\r\n", "\r"] {
            // CR LF falls on every place of a chunk's end.
            for length in [65_533, 65_534, 65_535, 65_536, 70_000] {
                let text = format!("{}{end}last{end}", "x".repeat(length));
                let found = lines(&text);
                assert_eq!(
                    (found.len(), found[0].1.len(), found[1].1.as_str()),
                    (2, length, "last"),
                    "{end:?} {length}"
                );
            }
        }
    }

    #[test]
    fn a_line_without_an_end_is_refused() {
        let endless = TextLines::new(Decoder::new(Box::new(io::repeat(b'x'))));
        let fault = endless.map(Result::unwrap_err).next().unwrap();
        assert!(matches!(*fault.fault, Fault::LongLine { .. }));
        assert_eq!(fault.place, Some(RecordPlace::line(1)));
        let zeros = TextLines::new(Decoder::new(Box::new(io::repeat(0).take(u64::MAX))));
        assert!(matches!(*zeros.map(Result::unwrap_err).next().unwrap().fault, Fault::Binary { offset: 0, .. }));
    }
}
