//! What a classifier's rows are called: transformers' `PreTrainedConfig`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::HeadFaultKind;
use crate::{bert::Remark, messages::quoted};

/// The names of a classifier's rows, in their order, and what is odd about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClassifierLabels {
    pub names: Vec<String>,
    pub oddity: Option<LabelOddity>,
}

/// What transformers would fail on, or read otherwise than one would think.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LabelOddity {
    /// A fault: transformers does not open such a model.
    Form(HeadFaultKind),
    /// Worth saying.
    Said(Remark),
}

/// More than any weights have; a hostile configuration must not allocate.
const MOST: u64 = 1 << 20;

impl ClassifierLabels {
    /// As `id2label` has them, where `num_labels` says no other number; else as many as `num_labels`, else two.
    pub(super) fn read(config: &Map<String, Value>) -> Self {
        let count = config.get("num_labels").and_then(Value::as_u64).map(|count| count.min(MOST) as usize);
        let unnamed = |oddity| Self { names: (0..count.unwrap_or(2)).map(default).collect(), oddity };
        match config.get("id2label") {
            None | Some(Value::Null) => unnamed(None),
            Some(Value::Object(names)) => match count.filter(|count| *count != names.len()) {
                Some(count) => unnamed(Some(LabelOddity::Said(Remark::LabelCount { count, names: names.len() }))),
                None => Self::named(names),
            },
            Some(other) => unnamed(Some(LabelOddity::Form(HeadFaultKind::LabelForm { is_list: other.is_array() }))),
        }
    }

    /// Those of `id2label`: a row without a name gets transformers' usual one, a name without a row is left out, and both are said.
    fn named(all: &Map<String, Value>) -> Self {
        let (mut numbered, mut left_out) = (BTreeMap::new(), Vec::new());
        for (id, name) in all {
            let name = name.as_str().map_or_else(|| name.to_string(), str::to_owned);
            let row = id.trim().parse::<usize>().ok().filter(|row| *row < all.len() && !numbered.contains_key(row));
            match row {
                Some(row) => drop(numbered.insert(row, name)),
                None => left_out.push(format!("{id}: {}", quoted(name))),
            }
        }
        let missing: Vec<usize> = (0..all.len()).filter(|row| !numbered.contains_key(row)).collect();
        let oddity = (!missing.is_empty())
            .then(|| LabelOddity::Said(Remark::LabelRows { rows: all.len(), missing: missing.clone(), left_out }));
        let names = (0..all.len()).map(|row| numbered.remove(&row).unwrap_or_else(|| default(row))).collect();
        Self { names, oddity }
    }
}

/// What transformers calls a row that has no name.
pub(in crate::bert) fn default(row: usize) -> String {
    format!("LABEL_{row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> ClassifierLabels {
        ClassifierLabels::read(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn what_is_odd_about_names_is_found() {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let rows = |rows, missing: &[usize], left_out: &[&str]| {
            let (missing, left_out) = (missing.to_vec(), names(left_out));
            Some(LabelOddity::Said(Remark::LabelRows { rows, missing, left_out }))
        };
        let form = |is_list| Some(LabelOddity::Form(HeadFaultKind::LabelForm { is_list }));
        let count = Some(LabelOddity::Said(Remark::LabelCount { count: 3, names: 2 }));
        for (json, expected, oddity) in [
            (r#"{"id2label":{"0":"a","1":"b"},"num_labels":2}"#, names(&["a", "b"]), None),
            (r#"{"id2label":{"1":"b"," 0":"a"}}"#, names(&["a", "b"]), None),
            (r#"{"id2label":{"0":0,"1":1}}"#, names(&["0", "1"]), None),
            (r#"{"id2label":{"1":"a","2":"b"}}"#, names(&["LABEL_0", "a"]), rows(2, &[0], &["2: \"b\""])),
            (r#"{"id2label":{"0":"a","7":"b"}}"#, names(&["a", "LABEL_1"]), rows(2, &[1], &["7: \"b\""])),
            (r#"{"id2label":{"0":"a","x":"b"}}"#, names(&["a", "LABEL_1"]), rows(2, &[1], &["x: \"b\""])),
            (r#"{"id2label":{"0":"a","00":"b"}}"#, names(&["a", "LABEL_1"]), rows(2, &[1], &["00: \"b\""])),
            (r#"{"id2label":{"0":"a","1":"b"},"num_labels":3}"#, names(&["LABEL_0", "LABEL_1", "LABEL_2"]), count),
            (r#"{"id2label":["a","b"]}"#, names(&["LABEL_0", "LABEL_1"]), form(true)),
            (r#"{"id2label":7}"#, names(&["LABEL_0", "LABEL_1"]), form(false)),
            (r#"{"id2label":null,"num_labels":1}"#, names(&["LABEL_0"]), None),
        ] {
            assert_eq!(read(json), ClassifierLabels { names: expected, oddity }, "{json}");
        }
    }
}
