//! Objects as rows: a key is a column.

use std::collections::HashMap;

use super::{
    super::{
        record::{RecordCell, RecordCells},
        scores::is_numeric,
    },
    value::Json,
};

/// The columns so far by their keys, in the order in which these appear.
#[derive(Default)]
pub(in super::super) struct ColumnKeys(HashMap<Box<str>, usize>);

impl ColumnKeys {
    fn column(&mut self, key: &str) -> usize {
        if let Some(&column) = self.0.get(key) {
            return column;
        }
        let column = self.0.len();
        self.0.insert(key.into(), column);
        column
    }

    pub(super) fn names(&self) -> Vec<String> {
        let mut names = vec![String::new(); self.0.len()];
        self.0.iter().for_each(|(key, &column)| names[column] = key.to_string());
        names
    }

    /// The values of an object by column: what is nested one level has names of both levels, `texts.1`.
    pub(super) fn values(&mut self, object: Vec<(String, Json)>) -> RecordCells {
        let mut values = Vec::new();
        let mut put = |column: usize, cell: RecordCell| values.push((column, cell));
        for (key, value) in object {
            match value {
                Json::Object(inner) => {
                    for (name, value) in inner {
                        put(self.column(&format!("{key}.{name}")), cell(value));
                    }
                }
                Json::Array(values) => match <[Json; 2]>::try_from(values) {
                    // Two numbers are no two sides of a pair.
                    Ok([Json::Value(one), Json::Value(two)]) if !(is_numeric(&one) && is_numeric(&two)) => {
                        put(self.column(&format!("{key}.1")), RecordCell::from(one));
                        put(self.column(&format!("{key}.2")), RecordCell::from(two));
                    }
                    Ok(pair) => put(self.column(&key), cell(Json::Array(pair.into()))),
                    Err(values) => put(self.column(&key), cell(Json::Array(values))),
                },
                value => put(self.column(&key), cell(value)),
            }
        }
        RecordCells::of_columns(values)
    }
}

/// One value; a list of one is that one.
pub(super) fn cell(value: Json) -> RecordCell {
    match value {
        Json::Null => RecordCell::Missing,
        Json::Value(text) => RecordCell::from(text),
        Json::Array(mut values) if values.len() == 1 && matches!(values[0], Json::Value(_)) => {
            values.pop().map_or(RecordCell::Missing, cell)
        }
        Json::Array(_) | Json::Object(_) => RecordCell::Nested,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As of retrieval, where each record has the ids of its own documents as keys.
    #[test]
    fn records_of_many_keys_are_as_large_as_their_text() {
        let mut keys = ColumnKeys::default();
        let object = |record: usize| {
            (0..10).map(|key| (format!("k{record}_{key}"), Json::Value(key.to_string()))).collect::<Vec<_>>()
        };
        let records: Vec<RecordCells> = (0..30_000).map(|record| keys.values(object(record))).collect();
        assert_eq!(records.iter().map(|cells| cells.iter().count()).sum::<usize>(), 300_000);
        let last = &records[29_999];
        assert_eq!(last.len(), 300_000);
        assert_eq!([last.get(299_999), last.get(5)], [Some(&RecordCell::from("9")), None]);
        let names = keys.names();
        assert_eq!((names.len(), names[0].as_str(), names[299_999].as_str()), (300_000, "k0_0", "k29999_9"));
    }

    #[test]
    fn the_last_of_one_key_counts() {
        let value = |text: &str| Json::Value(text.to_owned());
        let object = ["a", "b", "a"].map(str::to_owned).into_iter().zip(["1", "2", "3"].map(value)).collect();
        let cells = ColumnKeys::default().values(object);
        assert_eq!(cells.iter().collect::<Vec<_>>(), [&RecordCell::from("3"), &RecordCell::from("2")]);
    }
}
