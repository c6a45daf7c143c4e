//! JSON: an object a line, objects one after the other, an array of objects or of arrays, or columns, as pandas and
//! `datasets` write them.

mod keys;
mod value;

use keys::{ColumnKeys, cell};
pub(super) use value::Json;

use super::{
    error::{Fault, Found, Placed},
    lines::TextLine,
    place::RecordPlace,
    record::{Record, RecordCell, RecordCells, Records},
};
use crate::messages::message;

fn record(place: RecordPlace, value: Json, keys: &mut ColumnKeys) -> Record {
    match value {
        // The Hub's viewer wraps each row.
        Json::Object(mut object) => {
            let wrapped = object.iter().position(|(key, value)| key == "row" && matches!(value, Json::Object(_)));
            match wrapped.map(|at| object.swap_remove(at)) {
                Some((_, Json::Object(row))) => Record::of_cells(place, keys.values(row)),
                _ => Record::of_cells(place, keys.values(object)),
            }
        }
        Json::Array(values) => Record::new(place, values.into_iter().map(cell).collect()),
        Json::Null | Json::Value(_) => Record::bad(place, Fault::Json(message!("dataset-json-value"))),
    }
}

/// An object a line.
pub(super) struct JsonLines<I> {
    lines: I,
    keys: ColumnKeys,
}

impl<I: Iterator<Item = Found<TextLine>>> JsonLines<I> {
    pub(super) fn new(lines: I) -> Self {
        Self { lines, keys: ColumnKeys::default() }
    }
}

impl<I: Iterator<Item = Found<TextLine>> + Send> Records for JsonLines<I> {
    fn next(&mut self) -> Option<Found<Record>> {
        let line = match self.lines.next()? {
            Ok(line) => line,
            Err(placed) => return Some(Err(placed)),
        };
        let place = RecordPlace::line(line.number);
        if line.is_blank() {
            return Some(Ok(Record::of_cells(place, RecordCells::default())));
        }
        Some(Ok(match serde_json::from_str(&line.text) {
            Ok(value @ Json::Object(_)) => record(place, value, &mut self.keys),
            Ok(_) => Record::bad(place, Fault::Json(message!("dataset-json-no-object"))),
            Err(error) => Record::bad(place, Fault::Json(said(&error))),
        }))
    }

    fn names(&self) -> Option<Vec<String>> {
        Some(self.keys.names())
    }
}

/// A document that is read whole.
pub(super) struct JsonDocument {
    records: std::vec::IntoIter<Record>,
    /// None for an array of arrays.
    names: Option<Vec<String>>,
}

impl Records for JsonDocument {
    fn next(&mut self) -> Option<Found<Record>> {
        self.records.next().map(Ok)
    }

    fn names(&self) -> Option<Vec<String>> {
        self.names.clone()
    }
}

/// The records of a whole text.
pub(super) fn document(text: &str) -> Found<JsonDocument> {
    let start = text.len() - text.trim_start().len();
    let mut keys = ColumnKeys::default();
    let records = if text[start..].starts_with('[') {
        let first_line = text[start..].lines().next().unwrap_or_default();
        // An array a line, or one of all.
        let by_line = serde_json::from_str::<Json>(first_line).is_ok()
            && text[start + first_line.len()..].trim().starts_with('[');
        let values = if by_line { elements(text, start, false)? } else { elements(text, start + 1, true)? };
        let arrays = !values.is_empty() && values.iter().all(|(_, value)| matches!(value, Json::Array(_)));
        let records = values.into_iter().map(|(place, value)| record(place, value, &mut keys)).collect::<Vec<_>>();
        if arrays {
            return Ok(JsonDocument { records: records.into_iter(), names: None });
        }
        records
    } else {
        let mut values = elements(text, start, false)?;
        match (values.len(), values.pop()) {
            (1, Some((place, Json::Object(object)))) => return whole(place, object),
            (_, Some(last)) => {
                values.push(last);
                values.into_iter().map(|(place, value)| record(place, value, &mut keys)).collect()
            }
            (_, None) => Vec::new(),
        }
    };
    Ok(JsonDocument { records: records.into_iter(), names: Some(keys.names()) })
}

/// Values one after the other, or within an array with commas between, each with its first line.
fn elements(text: &str, mut at: usize, array: bool) -> Found<Vec<(RecordPlace, Json)>> {
    let mut values = Vec::new();
    let (mut counted, mut line) = (0, 1);
    let mut after_comma = false;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        line += ends(&text[counted..at]);
        counted = at;
        let wrong = |line: u64, what: String| Placed::at(RecordPlace::line(line), Fault::Json(what));
        let rest = &text[at..];
        match (array, rest.as_bytes().first()) {
            (false, None) => return Ok(values),
            (true, None) => return Err(wrong(line, message!("dataset-json-no-end"))),
            (true, Some(b']')) if !after_comma => {
                let behind = text[at + 1..].trim();
                return if behind.is_empty() { Ok(values) } else { Err(wrong(line, message!("dataset-json-behind"))) };
            }
            _ => {}
        }
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Json>();
        let value = match stream.next() {
            Some(Ok(value)) => value,
            Some(Err(error)) => return Err(wrong(line + error.line().saturating_sub(1) as u64, said(&error))),
            None => return Ok(values),
        };
        let length = stream.byte_offset();
        let last = line + ends(rest[..length].trim_end());
        values.push((RecordPlace { first: line, last, ..RecordPlace::line(line) }, value));
        at += length;
        if array {
            at += text[at..].len() - text[at..].trim_start().len();
            after_comma = text[at..].starts_with(',');
            at += usize::from(after_comma);
            if !after_comma && !text[at..].starts_with(']') && !text[at..].is_empty() {
                return Err(wrong(line + ends(&text[counted..at]), message!("dataset-json-comma")));
            }
        }
    }
}

fn ends(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

/// What serde says, without its position in a piece of the text.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    match text {
        "expected value" => message!("dataset-json-nan"),
        text => text.to_owned(),
    }
}

/// One object that holds the whole table: by columns, or with its rows under one key.
fn whole(place: RecordPlace, object: Vec<(String, Json)>) -> Found<JsonDocument> {
    let rows = |names: Option<Vec<String>>, rows: Vec<Vec<RecordCell>>| {
        let records = (1..).zip(rows).map(|(number, cells)| Record::new(RecordPlace::row(number), cells));
        JsonDocument { records: records.collect::<Vec<_>>().into_iter(), names }
    };
    let get = |name: &str| object.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    // pandas' orient="split".
    if let (Some(Json::Array(names)), Some(Json::Array(data))) = (get("columns"), get("data")) {
        let names = names.into_iter().map(|name| match cell(name) {
            RecordCell::Text(name) => name.into(),
            _ => String::new(),
        });
        let data = data.into_iter().map(|row| match row {
            Json::Array(values) => values.into_iter().map(cell).collect(),
            other => vec![cell(other)],
        });
        return Ok(rows(Some(names.collect()), data.collect()));
    }
    let is_rows = |value: &Json| matches!(value, Json::Array(rows) if matches!(rows.first(), Some(Json::Object(_))));
    let lists: Vec<&(String, Json)> = object.iter().filter(|(_, value)| is_rows(value)).collect();
    // The Hub's viewer has its features beside the rows.
    let named: Vec<_> = lists.iter().filter(|(key, _)| matches!(key.as_str(), "rows" | "data")).copied().collect();
    let chosen = if named.len() == 1 { &named } else { &lists };
    if let [(_, Json::Array(values))] = chosen[..] {
        let mut keys = ColumnKeys::default();
        let records: Vec<Record> = (1..)
            .zip(values)
            .map(|(number, value)| record(RecordPlace::row(number), value.clone(), &mut keys))
            .collect();
        return Ok(JsonDocument { records: records.into_iter(), names: Some(keys.names()) });
    }
    // Lists of one length, or pandas' orient="columns" with the rows' numbers as keys.
    let mut columns: Vec<Vec<Json>> = Vec::new();
    let by_row = |value: &Json| match value {
        Json::Object(rows) => Some(rows.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>()),
        _ => None,
    };
    let first_rows = object.first().and_then(|(_, value)| by_row(value));
    for (_, value) in &object {
        match value {
            Json::Array(values) if first_rows.is_none() => columns.push(values.clone()),
            Json::Object(values) if by_row(value) == first_rows => {
                columns.push(values.iter().map(|(_, value)| value.clone()).collect());
            }
            _ => columns.clear(),
        }
    }
    let length = columns.first().map_or(0, Vec::len);
    let plain = || columns.iter().flatten().any(|value| matches!(value, Json::Value(_)));
    if columns.len() == object.len()
        && columns.iter().all(|column| column.len() == length)
        && length > 0
        && columns.len() > 1
        && plain()
    {
        let names = object.iter().map(|(key, _)| key.clone()).collect();
        let row = |at: usize| columns.iter().map(|column| cell(column[at].clone())).collect();
        return Ok(rows(Some(names), (0..length).map(row).collect()));
    }
    let is_list = |value: &Json| matches!(value, Json::Array(rows) if matches!(rows.first(), Some(Json::Object(_) | Json::Array(_))));
    let splits: Vec<String> = object.iter().filter(|(_, value)| is_list(value)).map(|(name, _)| name.clone()).collect();
    if splits.len() == object.len() {
        return Err(Placed::at(place, Fault::JsonSplits(splits)));
    }
    if object.iter().all(|(_, value)| matches!(value, Json::Array(_) | Json::Object(_))) {
        return Err(Placed::at(place, Fault::JsonForm));
    }
    let mut keys = ColumnKeys::default();
    let record = record(place, Json::Object(object), &mut keys);
    Ok(JsonDocument { records: vec![record].into_iter(), names: Some(keys.names()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mut records: impl Records) -> (Option<Vec<String>>, Vec<(String, String)>) {
        let mut found = Vec::new();
        while let Some(record) = records.next() {
            let record = record.unwrap();
            let values = (0..record.values.len()).map(|column| match record.values.get(column) {
                Some(RecordCell::Text(text)) => text.to_string(),
                other => format!("{:?}", other.unwrap_or(&RecordCell::Missing)),
            });
            let text = record.fault.as_ref().map_or_else(|| values.collect::<Vec<_>>().join("|"), ToString::to_string);
            found.push((record.place.to_string(), text));
        }
        (records.names(), found)
    }

    fn of_lines(text: &str) -> (Option<Vec<String>>, Vec<(String, String)>) {
        let lines = (1..).zip(text.lines());
        read(JsonLines::new(lines.map(|(number, text)| Ok(TextLine { number, text: text.to_owned(), end: "\n" }))))
    }

    fn values(text: &str) -> (String, Vec<String>) {
        let (names, records) = read(document(text).unwrap());
        (names.unwrap_or_default().join("|"), records.into_iter().map(|(_, text)| text).collect())
    }

    #[test]
    fn lines_hold_an_object_each() {
        let (names, records) =
            of_lines("{\"b\": 1, \"a\": \"x\"}\n\n{\"a\": null, \"c\": [1, 2, 3]}\n[1]\n{\"a\": NaN}\n{\"a\"\n");
        assert_eq!(names.unwrap(), ["b", "a", "c"], "keys keep their order");
        let records: Vec<_> = records.iter().map(|(place, text)| (place.as_str(), text.as_str())).collect();
        assert_eq!(records[..3], [("line 1", "1|x"), ("line 2", ""), ("line 3", "Missing|Missing|Nested")]);
        assert!(
            records[3].1.contains("it is not an object") && records[5].1.contains("not a JSON object"),
            "{records:?}"
        );
    }

    #[test]
    fn an_array_holds_objects_or_arrays() {
        let (_, records) = read(document("[\n {\n  \"a\": 1\n },\n {\"a\": true}\n]\n").unwrap());
        assert_eq!(records, [("lines 2 to 4".to_owned(), "1".to_owned()), ("line 5".to_owned(), "true".to_owned())]);
        let arrays = document("[[\"s\", \"t\"], [1, \"x\"]]").unwrap();
        assert!(arrays.names().is_none());
        assert_eq!(read(arrays).1.len(), 2);
        let pretty = values("{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n");
        assert_eq!(pretty, ("a".to_owned(), vec!["1".to_owned(), "2".to_owned()]));
        assert_eq!(values("[]").1.len(), 0);
    }

    #[test]
    fn tables_of_pandas_and_datasets_are_read() {
        let expected = ("score|text".to_owned(), vec!["1|x".to_owned(), "2|y".to_owned()]);
        for text in [
            "{\"columns\": [\"score\", \"text\"], \"index\": [0, 1], \"data\": [[1, \"x\"], [2, \"y\"]]}",
            "{\"score\": {\"0\": 1, \"1\": 2}, \"text\": {\"0\": \"x\", \"1\": \"y\"}}",
            "{\"score\": [1, 2], \"text\": [\"x\", \"y\"]}",
            "{\"version\": 1, \"data\": [{\"score\": 1, \"text\": \"x\"}, {\"score\": 2, \"text\": \"y\"}]}",
            "{\"features\": [{\"name\": \"score\"}], \"rows\": [{\"row_idx\": 0, \"row\": {\"score\": 1, \"text\": \"x\"}}, \
             {\"row_idx\": 1, \"row\": {\"score\": 2, \"text\": \"y\"}}]}",
        ] {
            assert_eq!(values(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_nested_once_has_a_name() {
        let (names, records) =
            values("[{\"texts\": [\"a\", \"b\"], \"label\": [3], \"t\": {\"en\": \"x\"}, \"v\": [0.5, 1, 2]}]");
        assert_eq!((names.as_str(), records[0].as_str()), ("texts.1|texts.2|label|t.en|v", "a|b|3|x|Nested"));
    }

    #[test]
    fn a_broken_document_says_where() {
        let fault = |text: &str| {
            let placed = document(text).err().unwrap();
            format!("{}: {}", placed.place.unwrap(), placed.fault)
        };
        assert!(
            fault("[\n{\"a\": 1},\n{\"a\" 2}\n]").starts_with("line 3"),
            "{}",
            fault("[\n{\"a\": 1},\n{\"a\" 2}\n]")
        );
        assert!(fault("[{\"a\": 1},\n{\"a\": 2}").contains("truncated"));
        assert!(fault("[{\"a\": 1}\n{\"a\": 2}]").contains("a comma is missing"));
        assert!(fault("{\"train\": [[\"a\", \"b\"]], \"test\": []}").contains("holds no records"));
        assert!(fault("[{\"a\": 1},\n]").starts_with("line 2"));
        assert!(fault("[{\"a\": NaN}]").contains("NaN"), "{}", fault("[{\"a\": NaN}]"));
    }
}
