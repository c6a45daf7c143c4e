//! Values with separators: one table in a file, and one on standard output.

use super::*;
use crate::program::NO_POOLER;

#[test]
fn a_file_with_separators_holds_one_table() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("compared.csv");
    let arguments = ["attention", "the cat sat", "--view", "compare", "--against-text", "a dog", "--model", TINY];
    let ended = run(&mut clscope(&with(&arguments, &["--output", file.to_str().unwrap()])));
    assert_eq!(ended.status, Some(0));
    assert!(
        ended.stderr.contains("4 tables are written to ") && ended.stderr.contains("compared-4.csv"),
        "{}",
        ended.stderr
    );
    let files = ["compared.csv", "compared-2.csv", "compared-3.csv", "compared-4.csv"];
    let found = files.map(|name| std::fs::read_to_string(folder.path().join(name)).unwrap());
    for (number, found) in (1..).zip(&found) {
        assert!(!found.contains("\n\n"), "{found}");
        assert_eq!(&text(&with(&arguments, &["--format", "csv", "--table", &number.to_string()])), found);
    }
    for format in ["csv", "tsv"] {
        let refusal = misuse(&with(&arguments, &["--format", format]));
        let of_what = format!("{format} on standard output holds one table, and there are 4: 1 (");
        assert!(
            refusal.contains(&of_what) && refusal.contains("; choose one with --table N, or write each"),
            "{refusal}"
        );
        // What cannot have another file beside it takes one as well.
        misuse(&with(&arguments, &["--format", format, "--output", "/dev/stdout"]));
    }
    let refusal = misuse(&with(&arguments, &["--table", "5"]));
    assert!(refusal.contains("there is no table 5; choose one of 4: 1 ("), "{refusal}");
    let second: Value = serde_json::from_str(&text(&with(&arguments, &["--format", "json", "--table", "2"]))).unwrap();
    assert_eq!(second["tables"].as_array().unwrap().len(), 1);
}

/// Whatever has several tables: of a model, of vectors, of similarities, of an ablation.
#[test]
fn no_command_puts_two_tables_into_one_stream_of_separated_values() {
    let folder = tempfile::tempdir().unwrap();
    let reference = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference");
    let (model, vectors) =
        (format!("{reference}/forms/safetensors-f32"), format!("{reference}/vectors/max-scaled.jsonl"));
    let similarity = ["similarity", "the cat", "a dog", "a cat", "--model", TINY];
    let commands: [&[&str]; 4] = [
        &["models", "check", &model, "--vectors", &vectors],
        &["attention", "the cat", "--model", TINY, "--cut", "1.2"],
        &[&similarity[..], &["--background", "list"]].concat(),
        &[&similarity[..], &["--against-model", NO_POOLER]].concat(),
    ];
    for (at, command) in commands.into_iter().enumerate() {
        let refusal = misuse(&with(command, &["--format", "tsv"]));
        assert!(refusal.contains("--table N") && refusal.contains("--output FILE"), "{refusal}");
        let file = folder.path().join(format!("{at}.csv"));
        let ended = run(&mut clscope(&with(command, &["--output", file.to_str().unwrap()])));
        assert!(ended.status == Some(0) && ended.stderr.contains("tables are written to"), "{}", ended.stderr);
        for number in 1..=2_usize {
            let name = if number == 1 { format!("{at}.csv") } else { format!("{at}-{number}.csv") };
            let bytes = std::fs::read(folder.path().join(name)).unwrap();
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let columns = reader.headers().unwrap().len();
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert!(!rows.is_empty() && rows.iter().all(|row| row.len() == columns), "{command:?}, table {number}");
            let number = number.to_string();
            let chosen = with(command, &["--format", "csv", "--table", &number]);
            assert_eq!(output(&chosen), bytes, "{command:?}");
        }
    }
}
