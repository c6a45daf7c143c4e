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
    let mut text = line.text;
    let mut end = line.end;
    let mut place = RecordPlace::line(line.number);
    let (mut values, mut at) = (Vec::new(), 0);
    let mut fault = None;
    loop {
        let rest = &text[at..];
        let opening = if dialect.spaced { rest.len() - rest.trim_start_matches(' ').len() } else { 0 };
        if !rest[opening..].starts_with('"') {
            let length = rest.find(delimiter);
            values.push(RecordCell::from(rest[..length.unwrap_or(rest.len())].trim()));
            match length {
                Some(length) => at += length + delimiter.len(),
                None => break,
            }
            continue;
        }
        at += opening + 1;
        let opened = place.last;
        let mut value = String::new();
        // To the quote that closes it.
        let closed = loop {
            let rest = &text[at..];
            let special = if dialect.quotes == Quotes::Backslash { rest.find(['"', '\\']) } else { rest.find('"') };
            match special {
                Some(length) if rest[length..].starts_with('\\') => {
                    value.push_str(&rest[..length]);
                    let escaped = rest[length + 1..].chars().next();
                    match escaped {
                        Some('n') => value.push('\n'),
                        Some('t') => value.push('\t'),
                        Some(character) => value.push(character),
                        None => value.push('\\'),
                    }
                    at += length + 1 + escaped.map_or(0, char::len_utf8);
                }
                Some(length) if rest[length + 1..].starts_with('"') => {
                    value.push_str(&rest[..=length]);
                    at += length + 2;
                }
                Some(length) => {
                    value.push_str(&rest[..length]);
                    at += length + 1;
                    break true;
                }
                None => {
                    value.push_str(rest);
                    value.push_str(end);
                    let Some(line) = more.next().transpose()? else { break false };
                    if value.len() > LONGEST {
                        return Err(Placed::at(RecordPlace::line(opened), Fault::UnclosedQuote { next: None }));
                    }
                    (place.last, end, text, at) = (line.number, line.end, line.text, 0);
                }
            }
        };
        if !closed {
            return Err(Placed::at(RecordPlace::line(opened), Fault::UnclosedQuote { next: None }));
        }
        let rest = text[at..].trim_start_matches(' ');
        at = text.len() - rest.len();
        if rest.is_empty() {
            values.push(RecordCell::from(value));
            break;
        }
        if rest.starts_with(delimiter) {
            values.push(RecordCell::from(value));
            at += delimiter.len();
            continue;
        }
        if place.last > opened {
            // The quote that should have closed it is missing; this one opens the next value.
            return Err(Placed::at(RecordPlace::line(opened), Fault::UnclosedQuote { next: Some(place.last) }));
        }
        // The value is wrong, the rest of the line is looked through only for its end.
        fault.get_or_insert_with(|| Box::new(Fault::TextAfterQuote));
        match rest.find(delimiter) {
            Some(length) => at += length + delimiter.len(),
            None => break,
        }
    }
    Ok(Record { place, values, fault })
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
        assert_eq!(records[0].values[1], RecordCell::Text("x, \"y\"\r\nz".into()));
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
