//! Lists of texts for `embed` and `similarity`: row i is line i, whatever form the list comes in.

use std::{
    fs::{self, File},
    path::PathBuf,
};

use ndarray::{Array2, Ix2, OwnedRepr};
use ndarray_npy::NpzReader;
use parquet::{
    data_type::{ByteArray, ByteArrayType},
    file::{
        properties::WriterProperties, reader::FileReader, serialized_reader::SerializedFileReader,
        writer::SerializedFileWriter,
    },
    record::Field,
    schema::parser::parse_message_type,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Ended, TINY, clscope, json, misuse, refusal, run, with};

const EMBED: [&str; 4] = ["embed", "--model", TINY, "--no-cache"];
const SIMILARITY: [&str; 5] = ["similarity", "--model", TINY, "--pooling", "mean"];

/// A file in a folder that goes away with the test.
fn file(name: &str, bytes: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// What a command makes of a file that it can read.
fn of(arguments: &[&str], name: &str, bytes: impl AsRef<[u8]>) -> Ended {
    let (_folder, path) = file(name, bytes);
    let ended = run(clscope(arguments).arg("--file").arg(path));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    ended
}

/// The rows that `embed` makes, and what it says.
fn rows(more: &[&str], name: &str, bytes: impl AsRef<[u8]>) -> (Vec<Value>, String) {
    let ended = of(&with(&EMBED, more), name, bytes);
    let text = String::from_utf8(ended.stdout).unwrap();
    (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), ended.stderr)
}

fn texts(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["text"].as_str().unwrap()).collect()
}

#[test]
fn a_blank_line_is_a_row_without_a_vector() {
    let lines = "\u{feff}the cat sat\r\n\r\na dog ran\r\n \t\r\nthe cat sat\r\n\r\n";
    let (found, said) = rows(&["--pooling", "cls", "--pooling", "mean"], "lines.txt", lines);
    assert_eq!(texts(&found), ["the cat sat", "", "a dog ran", "", "the cat sat", ""]);
    assert_eq!(said, "clscope: 3 of 6 rows are without text; their vectors are empty\n");
    assert!(found.iter().all(|row| row["cls"].is_null() == (row["text"] == "")), "{found:?}");
    assert_eq!(found[0], found[4]);
    let (one, _) = rows(&["--pooling", "cls", "--pooling", "mean"], "lines.txt", "the cat sat\n");
    assert_eq!(one, found[..1], "a byte order mark is no part of the text");

    let (_folder, path) = file("lines.txt", lines);
    let archive = path.with_extension("npz");
    let ended = run(clscope(&with(&EMBED, &["--format", "npz", "--output"])).arg(&archive).arg("--file").arg(&path));
    assert_eq!((ended.status, ended.stderr), (Some(0), said));
    let mean: Array2<f32> =
        NpzReader::new(File::open(archive).unwrap()).unwrap().by_name::<OwnedRepr<f32>, Ix2>("mean").unwrap();
    let missing: Vec<bool> = mean.rows().into_iter().map(|row| row.iter().all(|number| number.is_nan())).collect();
    assert_eq!(missing, [false, true, false, true, false, true]);

    let (left, said) = rows(&["--blank-lines", "leave-out"], "lines.txt", lines);
    assert_eq!(texts(&left), ["the cat sat", "a dog ran", "the cat sat"]);
    assert!(said.ends_with("lines.txt: 3 blank lines (2, 4, 6) are left out\n"), "{said}");
    // A text that is given is read as it is.
    assert!(json(&with(&EMBED, &[""]))["mean"].is_array());
}

#[test]
fn similarity_counts_lines() {
    let lines = "the cat sat\n\na dog ran\nred river\n";
    let table = String::from_utf8(of(&with(&SIMILARITY, &["--format", "tsv"]), "l.txt", lines).stdout).unwrap();
    let pairs: Vec<String> = table.lines().skip(1).map(|row| row.split('\t').take(2).collect::<String>()).collect();
    assert_eq!(pairs, ["13", "14", "34"]);
    let found: Value =
        serde_json::from_slice(&of(&with(&SIMILARITY, &["--format", "json"]), "l.txt", lines).stdout).unwrap();
    let all = json(&with(&SIMILARITY, &["--format", "json", "the cat sat", "a dog ran", "red river"]));
    let [found, all] = [&found, &all].map(|document| &document["poolings"]["mean"]["cosine"]);
    assert!(found[1].as_array().unwrap().iter().all(Value::is_null) && found[0][1].is_null());
    assert_eq!((&found[0][2], &found[3][2], &found[3][3]), (&all[0][1], &all[2][1], &all[2][2]));

    let query = with(&SIMILARITY, &["--query", "red river", "--top", "9", "--format", "json"]);
    let nearest: Value = serde_json::from_slice(&of(&query, "l.txt", lines).stdout).unwrap();
    let nearest = nearest["poolings"]["mean"]["cosine"].as_array().unwrap();
    assert_eq!((nearest.len(), &nearest[0]["number"]), (3, &json!(4)));

    let left = with(&SIMILARITY, &["--format", "tsv", "--blank-lines", "leave-out"]);
    let left = of(&left, "l.txt", lines);
    assert!(left.stderr.ends_with("l.txt: 1 blank line (2) is left out\n"), "{}", left.stderr);
    assert!(String::from_utf8(left.stdout).unwrap().contains("\n2\t3\t"));
    let (_folder, path) = file("one.txt", "the cat\n\n");
    assert!(misuse(&with(&SIMILARITY, &["--file", path.to_str().unwrap()])).contains("needs two sentences"));
}

#[test]
fn ids_go_along() {
    let csv = "id;body;lang\nt-1;\"the cat; sat\";en\nt-2;;en\nt-3;\"a dog\nran\";de\n;red river;en\n";
    let options = ["--text-column", "body", "--id-column", "id"];
    let (found, said) = rows(&options, "tickets.csv", csv);
    assert_eq!(texts(&found), ["the cat; sat", "", "a dog\nran", "red river"]);
    let ids: Vec<&Value> = found.iter().map(|row| &row["id"]).collect();
    assert_eq!(ids, [&json!("t-1"), &json!("t-2"), &json!("t-3"), &Value::Null]);
    assert!(found[1]["mean"].is_null() && found[3]["mean"].is_array());
    assert!(said.contains("text column: body; id column: id; columns not used: lang"), "{said}");
    // By number, from other forms.
    let objects = "{\"body\": \"the cat; sat\", \"key\": 7}\n{\"body\": \"red river\", \"key\": 9}\n";
    let (other, _) = rows(&["--text-column", "body", "--id-column", "key"], "tickets.jsonl", objects);
    assert_eq!((&other[0]["id"], &other[0]["mean"]), (&json!("7"), &found[0]["mean"]));
    let (tsv, _) = rows(&["--text-column", "2", "--id-column", "1"], "-.tsv", "7\tthe cat; sat\n9\tred river\n");
    assert_eq!(tsv, other);

    let (_folder, path) = file("tickets.csv", csv);
    let parquet = path.with_extension("parquet");
    let arguments = with(&with(&EMBED, &options), &["--format", "parquet", "--output"]);
    assert_eq!(run(clscope(&arguments).arg(&parquet).arg("--file").arg(&path)).status, Some(0));
    let reader = SerializedFileReader::new(File::open(parquet).unwrap()).unwrap();
    let written: Vec<Field> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().get_column_iter().find(|(name, _)| *name == "id").unwrap().1.clone())
        .collect();
    assert_eq!(written, [Field::Str("t-1".into()), Field::Str("t-2".into()), Field::Str("t-3".into()), Field::Null]);
    let npz = with(&with(&EMBED, &options), &["--format", "npz", "--file", path.to_str().unwrap()]);
    assert!(misuse(&npz).contains("--format jsonl or parquet"));

    let query = with(&with(&SIMILARITY, &options), &["--query", "red river", "--top", "2", "--format", "tsv"]);
    let nearest = String::from_utf8(of(&query, "tickets.csv", csv).stdout).unwrap();
    assert!(
        nearest.starts_with("pooling\trank\tnumber\tid\tcosine\tunknown\tsentence\nmean\t1\t4\t\t1.0"),
        "{nearest}"
    );
    let pairs = with(&with(&SIMILARITY, &options), &["--format", "csv"]);
    let pairs = String::from_utf8(of(&pairs, "tickets.csv", csv).stdout).unwrap();
    assert!(pairs.starts_with("a,b,id_a,id_b,mean,unknown,sentence_a,sentence_b\n1,3,t-1,t-3,"), "{pairs}");
    let document = with(&with(&SIMILARITY, &options), &["--format", "json"]);
    let document: Value = serde_json::from_slice(&of(&document, "tickets.csv", csv).stdout).unwrap();
    assert_eq!(document["ids"], json!(["t-1", "t-2", "t-3", null]));
    let table = String::from_utf8(of(&with(&SIMILARITY, &options), "tickets.csv", csv).stdout).unwrap();
    assert!(table.starts_with("  1  t-1  the cat; sat\n  2  t-2  \n"), "{table}");
}

#[test]
fn vectors_are_made_of_a_column_of_parquet() {
    let schema = parse_message_type("message m { required binary text (UTF8); required binary name (UTF8); }").unwrap();
    let mut writer =
        SerializedFileWriter::new(Vec::new(), schema.into(), WriterProperties::builder().build().into()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for values in [["the cat sat", "a dog ran"], ["x1", "x2"]] {
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values.map(ByteArray::from), None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    let (found, said) = rows(&["--id-column", "name"], "t.parquet", writer.into_inner().unwrap());
    assert_eq!((texts(&found), &found[1]["id"]), (vec!["the cat sat", "a dog ran"], &json!("x2")));
    assert!(said.contains("text column: text"), "{said}");
}

#[test]
fn bad_rows_are_named_and_doubts_refused() {
    let lines = "{\"text\": \"the cat sat\"}\n{\"text\": \n{\"text\": \"a dog ran\"}\n";
    let (found, said) = rows(&[], "l.jsonl", lines);
    assert_eq!((texts(&found), found[1]["mean"].is_null()), (vec!["the cat sat", "", "a dog ran"], true));
    assert!(said.contains("line 2 of ") && said.contains("has no vector: it is not a JSON object"), "{said}");
    let (left, said) = rows(&["--blank-lines", "leave-out"], "l.jsonl", lines);
    assert!(left.len() == 2 && said.contains("is skipped: it is not a JSON object"), "{said}");
    let (_folder, path) = file("l.jsonl", lines);
    let path = path.to_str().unwrap();
    assert!(refusal(&with(&EMBED, &["--strict", "--file", path])).contains("line 2 of"));
    assert!(refusal(&with(&EMBED, &["--text-column", "body", "--file", path])).contains("no column \"body\""));
    // As it stands, whatever the name says.
    let (whole, said) = rows(&["--lines"], "l.jsonl", lines);
    assert_eq!((texts(&whole), said.contains("not a JSON")), (lines.lines().collect(), false), "{said}");

    let two = "question,answer\nwho sat there,the cat sat there\nwho ran away,the dog ran away\n";
    let (_folder, path) = file("two.csv", two);
    let path = path.to_str().unwrap();
    let refused = refusal(&with(&EMBED, &["--text-column", "nothing", "--file", path]));
    assert!(refused.contains("question") && refused.contains("answer"), "{refused}");
    for option in [&["--text-column", "1"][..], &["--strict"], &["--blank-lines", "keep"], &["--heading", "no"]] {
        assert!(misuse(&with(&["embed", "a"], option)).contains("name one with --file"), "{option:?}");
    }
    assert!(misuse(&["embed", "--file", path, "--lines", "--id-column", "1"]).contains("cannot be used with"));
    let (_folder, path) = file("blank.csv", "text\n\n\n");
    assert!(misuse(&with(&EMBED, &["--file", path.to_str().unwrap()])).contains("is empty"));
}

#[test]
fn splits_and_encodings_are_those_of_examples() {
    let tsv = "split\ttext\ntrain\tthe cat sat\ntest\ta dog ran\ntest\tred river\n";
    let (found, said) = rows(&["--split", "test"], "s.tsv", tsv);
    assert_eq!(texts(&found), ["a dog ran", "red river"]);
    assert!(said.contains("split: test of split"), "{said}");
    let wide: Vec<u8> = "\u{feff}the cat sat\r\n猫\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(texts(&rows(&[], "w.txt", wide).0), ["the cat sat", "猫"]);
}

#[test]
fn what_has_no_end_is_refused_with_the_number() {
    let lines: String = (0..20_001).map(|at| format!("lantern {at}\n")).collect();
    let (_folder, path) = file("long.txt", lines);
    let path = path.to_str().unwrap();
    let refused = refusal(&with(&SIMILARITY, &["--file", path]));
    assert!(refused.contains("more than 20000 lines") && refused.contains("--query"), "{refused}");
}

#[test]
fn the_extension_of_a_file_says_its_format() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let embed = |more: &[&str]| run(&mut clscope(&with(&with(&EMBED, &["the cat"]), more)));
    for (name, begins) in
        [("v.parquet", &b"PAR1"[..]), ("V.NPZ", b"PK"), ("v.jsonl", b"{"), ("v", b"{"), ("v.txt", b"{")]
    {
        assert_eq!(embed(&["--output", &at(name)]).status, Some(0), "{name}");
        assert!(fs::read(at(name)).unwrap().starts_with(begins), "{name}");
    }
    assert_eq!(embed(&["--format", "npz", "--output", &at("w.npz")]).status, Some(0));
    let told = embed(&["--format", "jsonl", "--output", &at("w.parquet")]);
    assert!(
        told.status == Some(2) && told.stderr.contains("ends in .parquet and --format says jsonl"),
        "{}",
        told.stderr
    );
    let told = embed(&["--output", &at("w.csv")]);
    assert!(told.status == Some(2) && told.stderr.contains("take one of: jsonl, npz, parquet"), "{}", told.stderr);
    assert!(!folder.path().join("w.csv").exists());
    // What names no format is not taken for the usual one, unless that is asked for.
    for name in ["w.png", "w.jsonl.gz", "w.v2"] {
        let told = embed(&["--output", &at(name)]);
        assert!(told.status == Some(2) && told.stderr.contains("names no format"), "{name}: {}", told.stderr);
        assert!(!folder.path().join(name).exists(), "{name}");
        assert_eq!(embed(&["--format", "jsonl", "--output", &at(name)]).status, Some(0), "{name}");
    }
    let trace = run(&mut clscope(&["trace", "a", "--model", TINY, "--output", &at("t.npz")]));
    assert!(trace.status == Some(0) && fs::read(at("t.npz")).unwrap().starts_with(b"PK"));
    let scored = folder.path().join("pairs.tsv");
    fs::write(&scored, "1\ta cat\ta dog\n2\ta\tb\n3\tthe cat\tthe cat\n").unwrap();
    let csv = ["evaluate", "--model", TINY, "--no-cache", scored.to_str().unwrap(), "--output", &at("e.csv")];
    assert_eq!(run(&mut clscope(&csv)).status, Some(0));
    assert!(fs::read_to_string(at("e.csv")).unwrap().starts_with("pooling,layer"));
}

#[test]
fn many_texts_that_are_truncated_are_told_in_a_line() {
    let line = "the cat sat on the mat and the dog ran ".repeat(60);
    let told = |count: usize| {
        let ended = of(&EMBED, "long.txt", format!("short\n{}", format!("{line}\n").repeat(count)));
        ended.stderr.lines().filter(|line| line.contains("truncated")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told(1).len(), 1);
    let lines: Vec<String> = (0..9).map(|at| format!("{line} {}", "a ".repeat(at))).collect();
    let ended = of(&EMBED, "long.txt", format!("short\n{}\n", lines.join("\n")));
    let truncated: Vec<&str> = ended.stderr.lines().filter(|line| line.contains("truncated")).collect();
    assert_eq!(truncated.len(), 1, "{truncated:?}");
    assert!(truncated[0].contains("9 texts") && truncated[0].contains("the longest: sentence 10"), "{truncated:?}");
}
