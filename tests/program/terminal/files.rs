//! What is written and copied from the running program: files that can be read again, and the clipboard.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::Path,
    process::Command,
};

use ndarray::{ArrayD, OwnedRepr};
use ndarray_npy::NpzReader;
use serde_json::Value;

use super::{pty, shows_attention};
use pty::{Terminal, clscope};

const SIZE: pty::Size = (120, 40);
const TEXT: &str = "a cat sat on unhappy tokens";
const PAIR: &str = "the cat, there";
const TINY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/checkpoints/tiny-pooler");

/// The views with the key of each, and the name in their files.
const VIEWS: [(&str, &str); 6] = [
    ("\x1bOQ", "layers"),
    ("\x1bOR", "heads"),
    ("\x1bOS", "matrix"),
    ("\x1b[15~", "compare"),
    ("\x1b[17~", "sweep"),
    ("\x1b[18~", "pooling"),
];
const FORMS: [(&str, &str); 6] = [("h", "html"), ("s", "svg"), ("c", "csv"), ("t", "tsv"), ("j", "json"), ("n", "npz")];

fn start(home: &Path) -> Terminal {
    let terminal = Terminal::start_at(home, clscope(["--model", TINY, TEXT, "--pair", PAIR]), SIZE);
    terminal.wait_for("the attention view", shows_attention);
    terminal
}

/// Goes to a view; of the sweep, until it is done.
fn show(terminal: &mut Terminal, key: &str, view: &str) {
    terminal.press(key);
    // From a hundred columns on its key stands before it.
    let tab = format!("{}{}]", view[..1].to_uppercase(), &view[1..]);
    terminal.wait_for(&tab, |screen| {
        screen.contents().contains(&tab) && (view != "sweep" || screen.contents().contains("all 4 heads"))
    });
}

fn export(home: &Path, terminal: &mut Terminal, form: &str, file: &str) {
    terminal.press("E");
    terminal.wait_for_text("to a file here");
    terminal.press(form);
    terminal.wait_for_text(&format!("written: {}", home.join(file).display()));
}

/// The numbers of each row of each table, in ascending order; none where there is none.
type MeasureNumbers = Vec<Vec<Vec<Option<f32>>>>;

fn sorted(mut row: Vec<Option<f32>>) -> Vec<Option<f32>> {
    row.sort_by(|a, b| a.partial_cmp(b).expect("no NaN is written"));
    row
}

/// The numbers of a json file.
fn numbers_of_json(json: &Value) -> MeasureNumbers {
    let number = |value: &Value| value.as_f64().map(|number| number as f32);
    let row = |row: &Value| {
        let keys = ["layer", "head", "from", "token"];
        let values = row.as_object().unwrap().iter().filter(|(name, _)| !keys.contains(&name.as_str()));
        let numbers = values.filter(|(_, value)| !value.is_string()).map(|(_, value)| match value {
            Value::Array(cells) => cells.iter().map(number).collect(),
            value => vec![number(value)],
        });
        sorted(numbers.flatten().collect())
    };
    let tables = json["tables"].as_array().unwrap().iter();
    tables.map(|table| table["rows"].as_array().unwrap().iter().map(row).collect()).collect()
}

/// Those of files with separators, a table each; `of` says how many of the last columns are numbers.
fn numbers_of_separated(files: &[String], delimiter: u8, of: &MeasureNumbers) -> MeasureNumbers {
    let tables = files.iter().zip(of);
    let read = |(table, of): (&String, &Vec<Vec<Option<f32>>>)| {
        let quoting = delimiter == b',';
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).quoting(quoting).from_reader(table.as_bytes());
        let count = of[0].len();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let number = |cell: &str| if cell.is_empty() { None } else { Some(cell.parse().unwrap()) };
        let last = |record: &csv::StringRecord| sorted(record.iter().skip(record.len() - count).map(number).collect());
        records.iter().map(last).collect()
    };
    tables.map(read).collect()
}

/// The tables of a view, a file each.
fn tables(home: &Path, view: &str, ending: &str) -> Vec<String> {
    let path = |number: usize| match number {
        1 => home.join(format!("clscope-{view}-1.{ending}")),
        number => home.join(format!("clscope-{view}-1-{number}.{ending}")),
    };
    (1..).map(path).map_while(|path| fs::read_to_string(path).ok()).collect()
}

fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Whether every element is closed again, and every attribute in quotes.
fn assert_is_xml(text: &str) {
    let mut open = Vec::new();
    for element in text.split('<').skip(1) {
        let (tag, _) = element.split_once('>').expect("an element ends");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap();
        match () {
            () if tag.starts_with(['?', '!']) || tag.ends_with('/') => {}
            () if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{tag}"),
            () => open.push(name),
        }
    }
    assert!(open.is_empty() && text.contains("<svg"), "{open:?}");
}

#[test]
fn every_view_is_written_in_every_form_with_the_same_numbers() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path());
    for (key, view) in VIEWS {
        show(&mut terminal, key, view);
        for (form, ending) in FORMS {
            export(home.path(), &mut terminal, form, &format!("clscope-{view}-1.{ending}"));
        }
        let file = |ending: &str| home.path().join(format!("clscope-{view}-1.{ending}"));
        let text = |ending: &str| fs::read_to_string(file(ending)).unwrap();

        let json = read_json(&file("json"));
        assert_eq!((json["about"]["view"].as_str(), json["about"]["text"].as_str()), (Some(view), Some(TEXT)));
        let expected = numbers_of_json(&json);
        assert!(!expected.is_empty() && expected.iter().flatten().flatten().flatten().count() > 5, "{view}");
        for (ending, delimiter) in [("csv", b','), ("tsv", b'\t')] {
            let found = numbers_of_separated(&tables(home.path(), view, ending), delimiter, &expected);
            assert_eq!(found, expected, "{view} {ending}");
        }
        let mut npz = NpzReader::new(File::open(file("npz")).unwrap()).unwrap();
        let names = npz.names().unwrap();
        let mut sum = 0.0;
        for name in names {
            // Keys are whole numbers.
            if let Ok(array) = npz.by_name::<OwnedRepr<f32>, ndarray::IxDyn>(&name) {
                let array: ArrayD<f32> = array;
                sum += array.iter().filter(|number| number.is_finite()).map(|number| f64::from(*number)).sum::<f64>();
            }
        }
        let all: f64 = expected.iter().flatten().flatten().flatten().map(|number| f64::from(*number)).sum();
        assert!((sum - all).abs() < 1e-3, "{view}: {sum} and {all}");

        export(home.path(), &mut terminal, "f", &format!("clscope-{view}-2.svg"));
        let figure = fs::read_to_string(home.path().join(format!("clscope-{view}-2.svg"))).unwrap();
        assert_is_xml(&figure);
        assert!(figure.contains(TEXT) && figure.contains("width=\"453.5pt\"") && !figure.contains("export"), "{view}");
        assert_is_xml(&text("svg"));
        let page = text("html");
        assert!(page.contains("<svg") && page.contains("<table"), "{view}");
        for outside in ["src=", "href=\"http", "@import", "url(http", "<script src", "<link"] {
            assert!(!page.contains(outside), "{view}: {outside}");
        }
    }
    assert_eq!(
        fs::read_dir(home.path()).unwrap().filter(|entry| is_export(entry.as_ref().unwrap())).count(),
        7 * VIEWS.len()
    );
}

/// The first file of an export; a second table is in `clscope-layers-1-2.csv`.
fn is_export(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().into_owned();
    name.starts_with("clscope-") && name.split('.').next().is_some_and(|stem| stem.split('-').count() == 3)
}

/// What `clscope attention` says of the same text.
fn attention(arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clscope"));
    command.args(["attention", TEXT, "--pair", PAIR, "--model", TINY, "--format", "json"]).args(arguments);
    let output = command.env("XDG_CONFIG_HOME", env!("CARGO_TARGET_TMPDIR")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_is_written_is_what_the_command_says() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path());
    let switched = [
        ("", vec![]),
        ("z", vec!["--specials", "hide"]),
        ("zw", vec!["--specials", "renormalize", "--units", "words"]),
    ];
    for (at, (keys, arguments)) in switched.iter().enumerate() {
        for key in keys.chars() {
            terminal.press(key.to_string());
        }
        show(&mut terminal, VIEWS[0].0, "layers");
        let file = format!("clscope-layers-{}.json", at + 1);
        export(home.path(), &mut terminal, "j", &file);
        let found = read_json(&home.path().join(file));
        assert_eq!(found["tables"][0]["rows"], attention(arguments)["tables"][0]["rows"], "{keys}");
        assert_eq!(found["tables"][0]["columns"], attention(arguments)["tables"][0]["columns"]);

        show(&mut terminal, VIEWS[2].0, "matrix");
        let file = format!("clscope-matrix-{}.json", at + 1);
        export(home.path(), &mut terminal, "j", &file);
        let found = read_json(&home.path().join(file));
        let arguments = [&["--view", "matrix", "--layer", "1"], &arguments[..]].concat();
        assert_eq!(found["tables"][0], attention(&arguments)["tables"][0], "{keys}");
    }
}

#[test]
fn nothing_is_overwritten_and_escape_writes_nothing() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("clscope-layers-1.csv"), "mine").unwrap();
    let mut terminal = start(home.path());
    export(home.path(), &mut terminal, "c", "clscope-layers-2.csv");
    export(home.path(), &mut terminal, "c", "clscope-layers-3.csv");
    assert_eq!(fs::read_to_string(home.path().join("clscope-layers-1.csv")).unwrap(), "mine");
    let read = |number: usize| fs::read_to_string(home.path().join(format!("clscope-layers-{number}.csv"))).unwrap();
    assert!(read(2).starts_with("layer,head,") && read(2) == read(3));
    terminal.press("E");
    terminal.wait_for_text("to a file here");
    assert!(terminal.screen().contents().contains("h Enter"));
    terminal.press("\r");
    terminal.wait_for_text(&format!("written: {}", home.path().join("clscope-layers-1.html").display()));
    terminal.press("E");
    terminal.wait_for_text("to a file here");
    terminal.press("\x1b");
    terminal.wait_for("the list closed", |screen| !screen.contents().contains("to a file here"));
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
    assert_eq!(fs::read_dir(home.path()).unwrap().filter(|entry| is_export(entry.as_ref().unwrap())).count(), 4);
}

#[test]
fn a_file_is_written_whole_however_soon_the_explorer_is_left() {
    for _ in 0..5 {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = start(home.path());
        terminal.press("Ejq");
        assert_eq!(terminal.wait_for_end().exit_code(), 0);
        assert!(read_json(&home.path().join("clscope-layers-1.json"))["tables"].is_array());
        drop(terminal);
    }
}

/// A directory that is gone takes no file, from root either.
#[test]
fn where_nothing_can_be_written_it_says_so_and_goes_on() {
    let (home, gone) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let script = "cd \"$1\" && rmdir \"$1\" && exec \"$2\" --model \"$3\" \"$4\"";
    let arguments = ["-c", script, "sh", gone.path().to_str().unwrap(), env!("CARGO_BIN_EXE_clscope"), TINY, TEXT];
    let mut terminal = Terminal::start_at(home.path(), pty::command("sh", arguments), SIZE);
    terminal.wait_for("the attention view", shows_attention);
    for form in ["h", "n"] {
        terminal.press("E");
        terminal.wait_for_text("to a file here");
        terminal.press(form);
        terminal.wait_for_text("could be written: ");
        terminal.press("\x1b[C");
        terminal.wait_for("the explorer goes on", |screen| !screen.contents().contains("could be written"));
    }
    terminal.press("q");
    assert_eq!(terminal.wait_for_end().exit_code(), 0);
}

/// What was copied last.
pub fn copied(terminal: &Terminal) -> String {
    String::from_utf8(decoded(&terminal.clipboard())).unwrap()
}

/// The bytes of a text in base64, with padding or without.
fn decoded(text: &[u8]) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<u32> =
        text.iter().filter_map(|byte| ALPHABET.iter().position(|letter| letter == byte)).map(|at| at as u32).collect();
    let bytes = |four: &[u32]| {
        let bits = (0..4).fold(0, |bits, at| bits << 6 | four.get(at).copied().unwrap_or(0));
        bits.to_be_bytes()[1..four.len()].to_vec()
    };
    digits.chunks(4).flat_map(bytes).collect()
}

#[test]
fn the_table_and_its_numbers_reach_the_clipboard() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path());
    let mut numbers = BTreeMap::new();
    for (key, view) in VIEWS {
        show(&mut terminal, key, view);
        export(home.path(), &mut terminal, "t", &format!("clscope-{view}-1.tsv"));
        let file = tables(home.path(), view, "tsv").join("\n");
        terminal.press("Y");
        terminal.wait_for_text(&format!("clipboard: {} lines", file.lines().count()));
        assert_eq!(copied(&terminal), file, "{view}");
        // The number under the cursor of the table.
        terminal.press("Ty");
        let said = terminal.wait_for("a number copied", |screen| {
            screen.contents().contains("clipboard: ") && !screen.contents().contains(" lines")
        });
        let number = copied(&terminal);
        let said = said.contents();
        assert!(
            said.contains(&format!(": {number}\n")) || said.contains(&format!(": {number} ")),
            "{number} in\n{said}"
        );
        assert!(said.contains(&format!("clipboard: {number}, ")), "{said}");
        assert!(file.split(['\t', '\n']).any(|cell| cell == number), "{view}: {number}");
        numbers.insert(view, number);
        terminal.press("T");
    }
    assert_eq!(numbers.len(), VIEWS.len());
}
