//! Which delimiter and which quotes a table has, told from whole records.

use super::{
    Delimiter, Quotes,
    delimited::{Delimited, Dialect},
    error::{Fault, Found, Placed},
    lines::TextLine,
    names::is_known,
    record::{Record, RecordCell},
    scores::is_numeric,
};

/// What is tried, the surest first.
const CANDIDATES: [&str; 8] = ["\t", "_!_", "|||", "||", "\u{1}", ",", ";", "|"];
/// Of more lines nothing new is learnt about the delimiter.
const SAMPLE: usize = 400;
/// Two delimiters nearer to each other than this are a doubt.
const MARGIN: f64 = 0.4;

/// What is known before a line is looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub delimiter: Option<Delimiter>,
    pub quotes: Option<Quotes>,
    /// The file is called .tsv or .tab.
    pub tabs_named: bool,
    /// How many columns an example needs.
    pub columns: usize,
}

/// The dialect of a table, and whether its first line (`sep=;`, written by Excel) only names the delimiter.
pub(super) fn dialect(lines: &[TextLine], known: &Known) -> Found<(Option<Dialect>, bool)> {
    let named =
        lines.first().and_then(|line| line.text.strip_prefix("sep=")).filter(|rest| matches!(rest.len(), 1 | 2));
    if let Some(name) = named {
        let delimiter = known.delimiter.clone().unwrap_or_else(|| Delimiter::new(name));
        return Ok((Some(with_quotes(&lines[1..], delimiter, known.quotes)), true));
    }
    let delimiter = match &known.delimiter {
        Some(delimiter) => Some(delimiter.clone()),
        None => delimiter(lines, known)?,
    };
    Ok((delimiter.map(|delimiter| with_quotes(lines, delimiter, known.quotes)), false))
}

/// A table of one column; in a file called .csv quotes around its values are the writer's.
pub(super) fn one_column(lines: &[TextLine], quotes: Option<Quotes>, is_csv: bool) -> Dialect {
    let tab = "\t";
    let written = is_csv && parse(lines, tab, Quotes::Yes, false).1;
    let quotes = quotes.unwrap_or(if written { Quotes::Yes } else { Quotes::No });
    Dialect { delimiter: Delimiter::new(tab), quotes, spaced: false }
}

fn delimiter(lines: &[TextLine], known: &Known) -> Found<Option<Delimiter>> {
    let sample = &lines[..lines.len().min(SAMPLE)];
    let mut found: Vec<(f64, bool, &str)> = CANDIDATES
        .iter()
        .filter(|delimiter| sample.iter().any(|line| line.text.contains(**delimiter)))
        .filter_map(|delimiter| points(sample, delimiter, known).map(|(points, sure)| (points, sure, *delimiter)))
        .collect();
    // What is part of a longer one that splits as well is no delimiter.
    let longer: Vec<&str> = found.iter().filter(|(_, sure, _)| *sure).map(|(.., delimiter)| *delimiter).collect();
    found.retain(|(.., delimiter)| !longer.iter().any(|other| other != delimiter && other.contains(delimiter)));
    found.sort_by(|one, two| two.0.total_cmp(&one.0));
    match found[..] {
        [] => Ok(None),
        [(one, _, first), (two, true, second), ..] if one - two < MARGIN => {
            Err(Placed::from(Fault::DelimiterDoubt { first: Delimiter::new(first), second: Delimiter::new(second) }))
        }
        [(_, _, first), ..] => Ok(Some(Delimiter::new(first))),
    }
}

/// How well a delimiter splits the lines, and whether it does so well; none where it is no delimiter.
fn points(lines: &[TextLine], delimiter: &str, known: &Known) -> Option<(f64, bool)> {
    let quoted = if matches!(delimiter, "," | ";" | "|") { Quotes::Yes } else { Quotes::No };
    let rows = rows(lines, delimiter, quoted);
    let counts: Vec<usize> = rows.iter().map(Vec::len).collect();
    let columns = most_frequent(&counts).filter(|&columns| columns >= 2)?;
    let consistency = counts.iter().filter(|&&count| count == columns).count() as f64 / counts.len() as f64;
    let heading = rows.first().map_or(0.0, |row| {
        let names = row.iter().filter(|value| is_known(value)).count();
        if row.len() == columns { names as f64 / columns as f64 } else { 0.0 }
    });
    let typed = (0..columns).any(|column| {
        let values = || rows.iter().skip(1).filter_map(|row| row.get(column)).filter(|value| !value.is_empty());
        let numbers = values().filter(|value| is_numeric(value)).count();
        numbers > 0 && numbers * 10 >= values().count() * 9
    });
    let clean = clean(lines, delimiter);
    // A comma in a sentence has a space behind it.
    let natural = matches!(delimiter, "," | ";" | "|") && clean < 0.5 && heading == 0.0 && !typed;
    if natural || consistency < 0.5 && delimiter != "\t" {
        return None;
    }
    let enough = if columns >= known.columns { 2.0 } else { 0.0 };
    let prior = match delimiter {
        "\t" => 0.5 + f64::from(u8::from(known.tabs_named)),
        "," => 0.2,
        ";" => 0.1,
        "|" => 0.0,
        _ => 1.0,
    };
    let points = consistency * 4.0 + enough + heading * 3.0 + clean * 2.0 + f64::from(u8::from(typed)) + prior;
    Some((points, consistency > 0.9 && columns >= known.columns))
}

/// The share of delimiters without a space behind them, or with one on both sides, and not between digits.
fn clean(lines: &[TextLine], delimiter: &str) -> f64 {
    if !matches!(delimiter, "," | ";" | "|") {
        return 1.0;
    }
    let (mut all, mut clean) = (0_usize, 0_usize);
    for line in lines {
        let mut quoted = false;
        let bytes = line.text.as_bytes();
        for (at, &byte) in bytes.iter().enumerate() {
            quoted ^= byte == b'"';
            if quoted || byte != delimiter.as_bytes()[0] {
                continue;
            }
            let (before, behind) = (at.checked_sub(1).map(|at| bytes[at]), bytes.get(at + 1).copied());
            let digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
            let spaced = behind == Some(b' ') && before != Some(b' ') && bytes.get(at + 2) != Some(&b'"');
            all += 1;
            clean += usize::from(!(spaced || digit(before) && digit(behind) && delimiter == ","));
        }
    }
    if all == 0 { 1.0 } else { clean as f64 / all as f64 }
}

/// The values of each record in the sample; without quotes where these do not close.
fn rows(lines: &[TextLine], delimiter: &str, quotes: Quotes) -> Vec<Vec<String>> {
    let (records, whole) = parse(lines, delimiter, quotes, false);
    let records = if whole { records } else { parse(lines, delimiter, Quotes::No, false).0 };
    let values = |record: Record| record.values.iter().map(|cell| cell.text().unwrap_or_default().to_owned()).collect();
    records.into_iter().filter(|record| !record.values.is_empty()).map(values).collect()
}

/// The records in the lines, and whether all of them are well formed.
fn parse(lines: &[TextLine], delimiter: &str, quotes: Quotes, spaced: bool) -> (Vec<Record>, bool) {
    let dialect = Dialect { delimiter: Delimiter::new(delimiter), quotes, spaced };
    let mut records = Delimited::new(lines.iter().cloned().map(Ok), dialect);
    let mut found = Vec::new();
    let mut whole = true;
    while let Some(record) = records.next() {
        match record {
            Ok(record) => {
                whole &= record.fault.is_none();
                found.push(record);
            }
            // The sample may end within a value.
            Err(placed) if lines.len() >= SAMPLE && matches!(*placed.fault, Fault::UnclosedQuote { next: None }) => {
                break;
            }
            Err(_) => {
                whole = false;
                break;
            }
        }
    }
    (found, whole)
}

fn most_frequent(counts: &[usize]) -> Option<usize> {
    let times = |count: usize| counts.iter().filter(|other| **other == count).count();
    counts.iter().copied().max_by_key(|&count| (times(count), count))
}

fn with_quotes(lines: &[TextLine], delimiter: Delimiter, asked: Option<Quotes>) -> Dialect {
    let quotes = asked.unwrap_or_else(|| {
        let needed = matches!(delimiter.as_str(), "," | ";");
        if needed || are_undone(lines, &delimiter) { Quotes::Yes } else { Quotes::No }
    });
    let sample = &lines[..lines.len().min(SAMPLE)];
    let whole = |quotes, spaced| parse(sample, delimiter.as_str(), quotes, spaced).1;
    if quotes == Quotes::Yes {
        let behind_space = format!("{} \"", delimiter.as_str());
        if sample.iter().any(|line| line.text.contains(&behind_space)) && whole(quotes, true) {
            return Dialect { delimiter, quotes, spaced: true };
        }
        let escaped = asked.is_none() && sample.iter().any(|line| line.text.contains("\\\""));
        if escaped && !whole(quotes, false) && whole(Quotes::Backslash, false) {
            return Dialect { delimiter, quotes: Quotes::Backslash, spaced: false };
        }
    }
    Dialect { delimiter, quotes, spaced: false }
}

/// Whether quotes in a table that needs none, as with tabs, are those that pandas and Excel put around values, or quotes
/// of the text, as in the files of the STS benchmark.
fn are_undone(lines: &[TextLine], delimiter: &Delimiter) -> bool {
    // Values that are quoted and double a quote inside; that have quotes as no writer leaves them; that begin or end with
    // one only, as around a line break.
    let (mut doubled, mut bare, mut open) = (0_usize, 0_usize, 0_usize);
    let mut wrapped: Vec<usize> = Vec::new();
    let mut rows = 0_usize;
    // Values with a comma, quoted and not.
    let mut commas = (0_usize, 0_usize);
    for line in lines.iter().filter(|line| !line.is_blank()) {
        rows += 1;
        for (column, value) in line.text.split(delimiter.as_str()).enumerate() {
            let value = value.trim_matches(' ');
            let comma = usize::from(value.contains(','));
            if !value.contains('"') {
                commas.1 += comma;
                continue;
            }
            commas.0 += comma;
            let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
            match inner {
                Some(inner) if !inner.replace("\"\"", "").contains('"') => {
                    doubled += usize::from(inner.contains("\"\""));
                    if wrapped.len() <= column {
                        wrapped.resize(column + 1, 0);
                    }
                    wrapped[column] += 1;
                }
                None if value.starts_with('"') || value.ends_with('"') => open += 1,
                _ => bare += 1,
            }
        }
    }
    if doubled > 0 {
        return (bare + open) * 5 <= doubled || bare == 0 && closes(lines, delimiter);
    }
    if bare > 0 {
        return false;
    }
    if open > 0 {
        // A quotation that begins in one value and ends in another is no value with a line break.
        return closes(lines, delimiter);
    }
    // Excel quotes what has a comma, though tabs stand between.
    if wrapped.iter().sum::<usize>() >= 2 && commas == (wrapped.iter().sum(), 0) {
        return true;
    }
    // Quotes around every value of a column are the writer's.
    rows >= 2 && wrapped.iter().any(|&count| count + 1 >= rows && count >= 2)
}

/// Whether all quotes close, and give each record the same number of values.
fn closes(lines: &[TextLine], delimiter: &Delimiter) -> bool {
    let (records, whole) = parse(lines, delimiter.as_str(), Quotes::Yes, false);
    let counts: Vec<usize> = records.iter().map(|record| record.values.len()).filter(|count| *count > 0).collect();
    let breaks = records.iter().any(|record| {
        record.values.iter().any(
            |cell| matches!(cell, RecordCell::Text(text) if text.contains(['\n', '\r']) || text.contains(delimiter.as_str())),
        )
    });
    whole && breaks && counts.iter().all(|count| Some(count) == counts.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<TextLine> {
        (1..).zip(text.lines()).map(|(number, text)| TextLine { number, text: text.to_owned(), end: "\n" }).collect()
    }

    fn found(text: &str, columns: usize) -> (String, Quotes) {
        let known = Known { columns, ..Known::default() };
        let (dialect, _) = dialect(&lines(text), &known).unwrap();
        dialect.map_or((String::new(), Quotes::No), |dialect| (dialect.delimiter.as_str().to_owned(), dialect.quotes))
    }

    #[test]
    fn the_delimiter_is_told_from_whole_records() {
        for (expected, text) in [
            (
                ";",
                "score;sentence1;sentence2\n1;It rains, here, now.;It pours, there.\n0;We ran, fast, home.;They sat, idly.\n",
            ),
            (";", "1;It rains, here, now.;It pours, there.\n0;We ran, fast, home.;They sat, idly.\n"),
            (";", "3,5;It rains;It pours\n0,5;We ran;They sat\n"),
            (",", "1,It rains; now.,It pours; there.\n0,We ran; home.,They sat; idly.\n"),
            (",", "\"a; b; c\",\"d; e; f\",1\n\"g; h; i\",\"j; k; l\",2\n"),
            (",", "\"one\n; two\",b,1\nc,d,0\ne,f,1\n"),
            ("\t", "1\tIt rains, now.\tIt pours, there.\n0\tWe ran, home.\tThey sat, idly.\n"),
            ("|", "1|It rains|It pours\n0|We ran|They sat\n"),
            ("||", "It rains||It pours||1\nWe ran||They sat||0\n"),
            ("_!_", "65_!_101_!_culture_!_a, b_!_c\n66_!_102_!_news_!_d, e_!_\n"),
            ("|||", "It rains ||| It pours ||| 1\nWe ran ||| They sat ||| 0\n"),
        ] {
            assert_eq!(found(text, 3).0, expected, "{text}");
        }
        assert_eq!(found("yes;It rains, today.\nno;We ran, today.\n", 2).0, ";");
        assert_eq!(found("It rains, today.\nWe ran, today.\n", 1).0, "", "a comma of the sentence");
        assert_eq!(found("a\nb\n", 2).0, "");
    }

    #[test]
    fn a_tie_is_a_doubt_and_excel_may_say_it() {
        let both = "a;b,c\nd;e,f\n";
        let known = Known { columns: 2, ..Known::default() };
        let fault = dialect(&lines(both), &known).unwrap_err().fault.to_string();
        assert!(fault.contains("commas or semicolons") && fault.contains("--delimiter"), "{fault}");
        let (dialect, named) = dialect(&lines(&format!("sep=;\n{both}")), &known).unwrap();
        assert!(named && dialect.unwrap().delimiter.as_str() == ";");
    }

    #[test]
    fn quotes_with_tabs_are_the_writers_or_the_texts() {
        for (expected, text) in [
            (Quotes::No, "5\t\"Hello\" she said\tHe spoke\n3\tIt rains\t\"Yes\"\n"),
            (Quotes::No, "5\t\"Hello.\"\tHe spoke\n3\tIt rains\tYes\n"),
            (Quotes::No, "5\tA 12\" ruler\tHe spoke\n3\tIt rains\t\"Yes\n"),
            (Quotes::Yes, "5\t\"He said \"\"no\"\".\"\tHe spoke\n3\tIt rains\tYes\n"),
            (Quotes::Yes, "5\t\"two\nlines\"\tHe spoke\n3\tIt rains\tYes\n"),
            (Quotes::Yes, "5\t\"It rains, now\"\tHe spoke\n3\tIt rains\t\"Yes, no\"\n"),
            (Quotes::Yes, "5\t\"a\tb\"\tHe spoke\n3\tIt rains\tYes\n4\tWe ran\tGo\n"),
            (Quotes::Yes, "\"s\"\t\"a\"\t\"b\"\n5\t\"He ran\"\t\"He spoke\"\n3\t\"It rains\"\t\"Yes\"\n"),
        ] {
            assert_eq!(found(text, 3), ("\t".to_owned(), expected), "{text}");
        }
        assert_eq!(found("1,\"a \\\"b\\\", c\",d\n0,e,f\n", 3), (",".to_owned(), Quotes::Backslash));
    }
}
