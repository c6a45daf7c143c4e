//! A file of examples: values separated by tabs, commas or semicolons, with or without a heading, or a JSON object a
//! line.

use csv::ReaderBuilder;
use serde_json::{Map, Value};

use super::{error::CliError, output};

/// What an example consists of, and what that may be called in headings and in JSON, in small letters.
pub(super) type Parts = [(&'static str, &'static [&'static str])];

/// An example as it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    /// From 1; that of its beginning.
    pub line: u64,
    /// A value for each part; else what is wrong.
    pub values: Result<Vec<String>, String>,
}

/// The examples of a file. Which columns they are of is told by the heading, or else guessed from what is in them.
pub(super) fn records(
    text: &str,
    parts: &Parts,
    guess: impl FnOnce(&[Vec<String>]) -> Option<Vec<usize>>,
) -> Vec<Record> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') { objects(text, parts) } else { columns(text, parts, guess) }
}

fn objects(text: &str, parts: &Parts) -> Vec<Record> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let values = |line: &str| {
        let object: Map<String, Value> =
            serde_json::from_str(line).map_err(|e| format!("it is no JSON object ({e})"))?;
        let value = |(part, names): &(&str, &[&str])| {
            let found = names
                .iter()
                .find_map(|name| object.iter().find(|(key, _)| key.to_lowercase() == *name).map(|(_, value)| value));
            match found {
                Some(Value::String(text)) => Ok(text.clone()),
                Some(value @ (Value::Number(_) | Value::Bool(_))) => Ok(value.to_string()),
                _ => Err(format!("it has no {part} (a key {:?})", names[0])),
            }
        };
        parts.iter().map(value).collect()
    };
    lines.map(|(line, text)| Record { line, values: values(text) }).collect()
}

fn columns(text: &str, parts: &Parts, guess: impl FnOnce(&[Vec<String>]) -> Option<Vec<usize>>) -> Vec<Record> {
    let delimiter = delimiter(text, parts.len());
    // In values with tabs a quote is a quote, as in the files of the STS benchmark.
    let mut reader = ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter).quoting(delimiter != b'\t');
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    let (mut seen, mut line) = (0, 1);
    let bytes = text.as_bytes();
    for row in reader.from_reader(bytes).records().flatten() {
        // csv counts what ends a line, and lines that are empty, with the record behind them.
        let begin = row.position().map_or(seen, |position| position.byte() as usize);
        let begin = begin + bytes[begin..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += bytes[seen..begin].iter().filter(|byte| **byte == b'\n').count() as u64;
        seen = begin;
        lines.push(line);
        rows.push(row.iter().map(|value| value.trim().to_owned()).collect::<Vec<_>>());
    }
    let heading = rows.first().and_then(|row| named(row, parts));
    let skipped = usize::from(heading.is_some());
    let Some(columns) = heading.or_else(|| guess(&rows)) else {
        let wrong = format!("it has not the {} columns that are needed", parts.len());
        return lines.into_iter().map(|line| Record { line, values: Err(wrong.clone()) }).collect();
    };
    let values = |row: &Vec<String>| {
        let value = |&at: &usize| row.get(at).cloned().ok_or_else(|| format!("it has no column {}", at + 1));
        columns.iter().map(value).collect()
    };
    lines.into_iter().zip(&rows).skip(skipped).map(|(line, row)| Record { line, values: values(row) }).collect()
}

/// The one that most of the first lines have often enough.
fn delimiter(text: &str, parts: usize) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let enough = |delimiter: char| lines.iter().filter(|line| line.matches(delimiter).count() + 1 >= parts).count();
    let candidates = ['\t', ',', ';'];
    let found = candidates.into_iter().find(|&candidate| enough(candidate) * 2 > lines.len());
    found.map_or(b'\t', |found| found as u8)
}

/// The columns of a heading; none where it is none.
fn named(row: &[String], parts: &Parts) -> Option<Vec<usize>> {
    let of = |names: &[&str]| {
        let place = |name: &&str| row.iter().position(|value| value.to_lowercase() == **name);
        names.iter().find_map(place)
    };
    parts.iter().map(|(_, names)| of(names)).collect()
}

/// Those that can be used; the others are told by their numbers, or, when `strict`, refused.
pub(super) fn usable<T>(
    records: Vec<Record>,
    file: &str,
    strict: bool,
    read: impl Fn(Vec<String>) -> Result<T, String>,
) -> Result<Vec<T>, CliError> {
    /// Of more bad lines nobody reads on.
    const TOLD: usize = 20;
    let (mut good, mut bad) = (Vec::new(), 0);
    for Record { line, values } in records {
        match values.and_then(&read) {
            Ok(example) => good.push(example),
            Err(wrong) if strict => {
                return Err(CliError::Failed(format!(
                    "line {line} of {file}: {wrong}; correct it, or leave --strict away to skip such lines"
                )));
            }
            Err(wrong) => {
                bad += 1;
                if bad <= TOLD {
                    output::say(&format!("clscope: line {line} of {file} is skipped: {wrong}"));
                }
            }
        }
    }
    if bad > TOLD {
        output::say(&format!("clscope: … and {} more lines are skipped", bad - TOLD));
    }
    Ok(good)
}

/// A sentence to be read.
pub(super) fn sentence(text: String) -> Result<String, String> {
    if text.trim().is_empty() { Err("a sentence is empty".to_owned()) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: &Parts = &[("label", &["label"]), ("sentence", &["sentence", "text"])];

    fn read(text: &str) -> Vec<(u64, Vec<String>)> {
        let records = records(text, PARTS, |_| Some(vec![0, 1]));
        records.into_iter().map(|record| (record.line, record.values.unwrap())).collect()
    }

    #[test]
    fn every_form_reads_alike() {
        let expected = [("a", "Say \"no\", then."), ("b", "x;y")];
        let check = |text: &str, lines: [u64; 2]| {
            let expected: Vec<_> =
                lines.into_iter().zip(expected.map(|(a, b)| vec![a.to_owned(), b.to_owned()])).collect();
            assert_eq!(read(text), expected, "{text}");
        };
        check("a\tSay \"no\", then.\nb\tx;y\n", [1, 2]);
        check("\u{feff}label\tsentence\r\na\tSay \"no\", then.\r\n\r\nb\tx;y\r\n", [2, 4]);
        check("Text,Label\n\"Say \"\"no\"\", then.\",a\nx;y,b", [2, 3]);
        check("label;text\na;Say \"no\", then.\nb;\"x;y\"\n", [2, 3]);
        check(
            "{\"label\": \"a\", \"text\": \"Say \\\"no\\\", then.\"}\n\n{\"Sentence\": \"x;y\", \"label\": \"b\"}",
            [1, 3],
        );
    }

    #[test]
    fn a_bad_line_says_what_is_wrong() {
        let found = records("{\"label\": 3, \"text\": \"x\"}\n{\"label\": 3}\n[1]\n", PARTS, |_| None);
        assert_eq!(found[0].values, Ok(vec!["3".to_owned(), "x".to_owned()]));
        assert_eq!(found[1].values, Err("it has no sentence (a key \"sentence\")".to_owned()));
        assert!(found[2].values.as_ref().unwrap_err().starts_with("it is no JSON object"));
        let found = records("a\tb\nc\n", PARTS, |_| Some(vec![0, 1]));
        assert_eq!(found[1], Record { line: 2, values: Err("it has no column 2".to_owned()) });
    }
}
