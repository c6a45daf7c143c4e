//! Values with a delimiter between, with or without quotes around (RFC 4180).

use std::{iter::Peekable, vec};

use super::{
    Delimiter, Quotes,
    error::{Fault, Found, Placed},
    lines::{LONGEST, TextLine, TextLines},
    place::RecordPlace,
    record::{Record, RecordCell, Records},
};

/// How values are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    pub delimiter: Delimiter,
    pub quotes: Quotes,
    /// Spaces may stand between a delimiter and a quote that opens a value.
    pub spaced: bool,
}

/// The lines that were looked at already, then the rest.
pub(super) type Ahead = std::iter::Chain<vec::IntoIter<Found<TextLine>>, TextLines>;

/// Delimited records, one after the other. A blank line is a record without values, but for those at the end.
pub(super) struct Delimited<I: Iterator<Item = Found<TextLine>>> {
    lines: Peekable<I>,
    dialect: Dialect,
    /// Blank lines that are waiting for a record behind them.
    blank: std::collections::VecDeque<u64>,
    ready: Option<Found<Record>>,
}

impl<I: Iterator<Item = Found<TextLine>>> Delimited<I> {
    pub(super) fn new(lines: I, dialect: Dialect) -> Self {
        Self { lines: lines.peekable(), dialect, blank: Default::default(), ready: None }
    }

    pub(super) fn next(&mut self) -> Option<Found<Record>> {
        if self.ready.is_none() {
            loop {
                match self.lines.next()? {
                    // A tab is a delimiter, though blank.
                    Ok(line) if line.text.trim_matches(' ').is_empty() => self.blank.push_back(line.number),
                    Ok(line) => {
                        self.ready = Some(record(line, &mut self.lines, &self.dialect));
                        break;
                    }
                    Err(placed) => {
                        self.ready = Some(Err(placed));
                        break;
                    }
                }
            }
        }
        match self.blank.pop_front() {
            Some(number) => Some(Ok(Record::new(RecordPlace::line(number), Vec::new()))),
            None => self.ready.take(),
        }
    }
}

impl<I: Iterator<Item = Found<TextLine>> + Send> Records for Delimited<I> {
    fn next(&mut self) -> Option<Found<Record>> {
        Delimited::next(self)
    }
}

/// The record that begins in a line, whose quoted values may go on in the next.
fn record(line: TextLine, more: &mut impl Iterator<Item = Found<TextLine>>, dialect: &Dialect) -> Found<Record> {
    let delimiter = dialect.delimiter.as_str();
    if dialect.quotes == Quotes::No || !line.text.contains('"') {
        let values = line.text.split(delimiter).map(|value| RecordCell::from(value.trim())).collect();
        return Ok(Record::new(RecordPlace::line(line.number), values));
    }
    let TextLine { number, text, end } = line;
    RecordReader { more, dialect, text, at: 0, end, place: RecordPlace::line(number) }.read()
}

/// A record with quotes, as far as it is read.
struct RecordReader<'r, I> {
    /// The lines that follow.
    more: &'r mut I,
    dialect: &'r Dialect,
    /// The line that is being read.
    text: String,
    /// How far that is read, in bytes.
    at: usize,
    /// How that ends.
    end: &'static str,
    place: RecordPlace,
}

impl<I: Iterator<Item = Found<TextLine>>> RecordReader<'_, I> {
    fn read(mut self) -> Found<Record> {
        let dialect = self.dialect;
        let delimiter = dialect.delimiter.as_str();
        let (mut values, mut fault) = (Vec::new(), None);
        loop {
            let rest = &self.text[self.at..];
            let opening = if dialect.spaced { rest.len() - rest.trim_start_matches(' ').len() } else { 0 };
            if rest[opening..].starts_with('"') {
                self.at += opening + 1;
                let opened = self.place.last;
                let value = self.quoted()?;
                let rest = self.text[self.at..].trim_start_matches(' ');
                self.at = self.text.len() - rest.len();
                if rest.is_empty() || rest.starts_with(delimiter) {
                    values.push(RecordCell::from(value));
                } else if self.place.last > opened {
                    // The quote that should have closed it is missing; this one opens the next value.
                    return Err(unclosed(opened, Some(self.place.last)));
                } else {
                    // The value is wrong, the rest of the line is looked through only for its end.
                    fault.get_or_insert_with(|| Box::new(Fault::TextAfterQuote));
                }
            } else {
                let length = rest.find(delimiter).unwrap_or(rest.len());
                values.push(RecordCell::from(rest[..length].trim()));
            }
            // Behind the next delimiter.
            match self.text[self.at..].find(delimiter) {
                Some(length) => self.at += length + delimiter.len(),
                None => return Ok(Record { place: self.place, values: values.into(), fault }),
            }
        }
    }

    /// A value up to the quote that closes it, which is passed as well.
    fn quoted(&mut self) -> Found<String> {
        let opened = self.place.last;
        let mut value = String::new();
        loop {
            let rest = &self.text[self.at..];
            let has_escapes = self.dialect.quotes == Quotes::Backslash;
            let Some(length) = (if has_escapes { rest.find(['"', '\\']) } else { rest.find('"') }) else {
                value.push_str(rest);
                value.push_str(self.end);
                let Some(line) = self.more.next().transpose()? else { return Err(unclosed(opened, None)) };
                if value.len() > LONGEST {
                    return Err(unclosed(opened, None));
                }
                (self.place.last, self.end, self.text, self.at) = (line.number, line.end, line.text, 0);
                continue;
            };
            value.push_str(&rest[..length]);
            let behind = rest[length + 1..].chars().next();
            self.at += length + 1;
            match (rest.as_bytes()[length], behind) {
                (b'\\', escaped) => {
                    value.push(match escaped {
                        Some('n') => '\n',
                        Some('t') => '\t',
                        Some(character) => character,
                        None => '\\',
                    });
                    self.at += escaped.map_or(0, char::len_utf8);
                }
                // Doubled, it stands for itself.
                (_, Some('"')) => {
                    value.push('"');
                    self.at += 1;
                }
                _ => return Ok(value),
            }
        }
    }
}

fn unclosed(opened: u64, next: Option<u64>) -> Placed {
    Placed::at(RecordPlace::line(opened), Fault::UnclosedQuote { next })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, delimiter: &str, quotes: Quotes, spaced: bool) -> Vec<Found<Record>> {
        let source = super::super::encoding::Decoder::new(Box::new(std::io::Cursor::new(text.as_bytes().to_vec())));
        let dialect = Dialect { delimiter: Delimiter::new(delimiter), quotes, spaced };
        let mut records = Delimited::new(TextLines::new(source), dialect);
        std::iter::from_fn(|| records.next()).collect()
    }

    fn values(text: &str, delimiter: &str, quotes: Quotes) -> Vec<Vec<String>> {
        let of = |record: Record| {
            assert!(record.fault.is_none(), "{record:?}");
            record.values.iter().map(|cell| cell.text().unwrap_or_default().to_owned()).collect()
        };
        read(text, delimiter, quotes, false).into_iter().map(|record| of(record.unwrap())).collect()
    }

    #[test]
    fn quoted_values_hold_anything() {
        let found = read("a,\"x, \"\"y\"\"\r\nz\",b\r\n\r\nc,d,\"\"\n\n", ",", Quotes::Yes, false);
        let records: Vec<Record> = found.into_iter().map(Result::unwrap).collect();
        assert_eq!(records[0].place, RecordPlace { last: 2, ..RecordPlace::line(1) });
        assert_eq!(records[0].values.get(1).unwrap(), &RecordCell::Text("x, \"y\"\r\nz".into()));
        assert!(records[1].is_blank() && records[1].place == RecordPlace::line(3));
        assert_eq!(records[2].values.len(), 3);
        assert_eq!(records.len(), 3, "blank lines at the end are no records");
    }

    #[test]
    fn delimiters_may_be_long() {
        assert_eq!(values("1_!_a b_!_\"c\"\n", "_!_", Quotes::No), [["1", "a b", "\"c\""]]);
        assert_eq!(values("a || b||\n", "||", Quotes::Yes), [["a", "b", ""]]);
        assert_eq!(values("a;Say \"no\", then.;\"x;y\"\n", ";", Quotes::Yes), [["a", "Say \"no\", then.", "x;y"]]);
        assert_eq!(values("\"a\" ,b\n", ",", Quotes::Yes), [["a", "b"]]);
    }

    #[test]
    fn a_backslash_escapes_a_quote() {
        assert_eq!(values("1,\"a \\\"b\\\", c\",d\n", ",", Quotes::Backslash), [["1", "a \"b\", c", "d"]]);
    }

    #[test]
    fn quotes_that_do_not_close_are_errors() {
        let fault = |text: &str| read(text, ",", Quotes::Yes, false).into_iter().find_map(Result::err).unwrap();
        let open = fault("a,b\nc,\"d\ne,f\n");
        assert_eq!(open.place, Some(RecordPlace::line(2)));
        let next = fault("a,b\nc,\"d\ne,f\n\"g\",h\n");
        assert_eq!(next.place, Some(RecordPlace::line(2)));
        assert!(next.fault.to_string().contains("in line 4"), "{}", next.fault);
        // The second value of a record that began two lines earlier.
        assert_eq!(fault("\"a\nb\",\"c\nd\n").place, Some(RecordPlace::line(2)));
        let inside = read("1,\"He said \"hello\" to me\",b\n2,c,d\n", ",", Quotes::Yes, false);
        assert!(matches!(inside[0].as_ref().unwrap().fault.as_deref(), Some(Fault::TextAfterQuote)));
        assert_eq!(inside.len(), 2);
    }

    #[test]
    fn spaces_before_a_quote_are_read_where_the_dialect_has_them() {
        let found = read("1, \"a, b\", c\n", ",", Quotes::Yes, true).remove(0).unwrap();
        assert_eq!(found.values.iter().filter_map(RecordCell::text).collect::<Vec<_>>(), ["1", "a, b", "c"]);
    }
}
