//! `clscope similarity`: forms, unrelated sentences, files, two models.

use super::*;
use crate::pty::{self, Terminal};

#[test]
fn similarity_has_one_answer_in_three_forms() {
    let sentences = ["the cat sat", "a dog\tran", "猫", ""];
    let arguments = |format| with(&["similarity", "--model", TINY, "--format", format], &sentences);
    let names = ["pooled", "cls", "mean", "mean-words", "max", "first-last", "layer1-last"];

    let json = json(&arguments("json"));
    assert_eq!(json["sentences"], json!(sentences));
    let poolings = json["poolings"].as_object().unwrap();
    assert_eq!(poolings.len(), names.len());
    let cosine = |name: &str, a: usize, b: usize| poolings[name]["cosine"][a][b].as_f64();
    for name in names {
        assert_eq!(array_shape(&poolings[name]["cosine"]), [4, 4]);
        for (a, b) in (0..4).flat_map(|a| (0..4).map(move |b| (a, b))) {
            // The empty sentence has no words.
            assert_eq!(cosine(name, a, b).is_none(), name == "mean-words" && (a == 3 || b == 3));
            assert_eq!(cosine(name, a, b), cosine(name, b, a));
            assert!(cosine(name, a, b).is_none_or(|cosine| cosine.abs() <= 1.0 && (a != b || cosine > 0.999_999)));
        }
    }

    let tsv = text(&arguments("tsv"));
    let rows: Vec<Vec<&str>> = tsv.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0], [&["a", "b"][..], &names, &["unknown", "sentence_a", "sentence_b"]].concat());
    assert_eq!(rows.len(), 1 + 6);
    for row in &rows[1..] {
        let [a, b] = [row[0], row[1]].map(|number| number.parse::<usize>().unwrap() - 1);
        assert_eq!(row.len(), rows[0].len());
        assert_eq!([row[10], row[11]], [a, b].map(|i| sentences[i].replace('\t', " ")).each_ref().map(String::as_str));
        for (name, value) in names.iter().zip(&row[2..]) {
            // Rounded to the last place from f32 here, from its shortest decimal there.
            let same = cosine(name, a, b).map_or(value.is_empty(), |cosine| {
                value.rsplit('.').next().is_some_and(|digits| digits.len() == 6)
                    && (value.parse::<f64>().unwrap() - cosine).abs() < 1.5e-6
            });
            assert!(same, "{value} {:?}", cosine(name, a, b));
        }
    }

    let whole = text(&arguments("table"));
    assert_eq!(
        whole,
        text(&arguments("table").into_iter().filter(|word| !["--format", "table"].contains(word)).collect::<Vec<_>>())
    );
    let table = text(&with(&arguments("table"), &["--background", "none"]));
    assert!(whole.starts_with(&table) && whole.len() > table.len(), "{whole}");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "  1  the cat sat");
    assert_eq!(lines[5].split_whitespace().skip(1).collect::<Vec<_>>(), names);
    let first: Vec<String> = names.iter().map(|name| format!("{:.4}", cosine(name, 0, 1).unwrap())).collect();
    assert_eq!(lines[6].split_whitespace().skip(2).collect::<Vec<_>>(), first);
    assert!(lines[5..].iter().all(|line| line.chars().count() == lines[5].chars().count()), "{table}");
}

#[test]
fn similarity_is_held_against_unrelated_sentences() {
    let sentences = ["the cat sat", "a dog ran", ""];
    let asked = |options: &[&'static str]| with(&with(&["similarity", "--model", TINY], &sentences), options);
    let table = text(&asked(&[]));
    assert!(table.contains("unrelated pairs (en, 400 sentences)"), "{table}");
    assert!(text(&with(&["similarity", "--model", TINY], &["猫在你", "你好世界"])).contains("(zh, 315 sentences)"));
    assert_eq!(text(&asked(&["--background", "auto"])), table);
    assert_eq!(text(&asked(&["--background", "en"])), table);
    // Three headings and a line a pair each, as wide as the cosines; one line says how many directions are kept.
    let lines: Vec<&str> = table.lines().skip(4).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 4 * (1 + 3) + 1, "{table}");
    let rows = lines.iter().filter(|line| line.starts_with("  1   2"));
    assert!(rows.clone().count() == 4 && rows.clone().all(|line| line.chars().count() == 92), "{table}");

    let json = json(&asked(&["--format", "json", "--background", "en"]));
    for (name, values) in json["poolings"].as_object().unwrap() {
        let calibration = &values["calibration"];
        let [background] = calibration["backgrounds"].as_array().unwrap().as_slice() else { panic!("{calibration}") };
        assert_eq!((&background["name"], background["sentences"].as_u64()), (&json!("en"), Some(400)));
        assert!(background["kept"].as_u64().is_some_and(|kept| 0 < kept && kept <= 133), "{name}");
        for values in [calibration, &calibration["centred"], &calibration["whitened"]] {
            assert_eq!(array_shape(&values["percentile"]), [3, 3], "{name}");
            let percentile = values["percentile"][0][1].as_f64().unwrap();
            assert!((0.0..=100.0).contains(&percentile), "{name}");
            // The empty sentence has no words.
            assert_eq!(values["percentile"][0][2].is_null(), name == "mean-words");
        }
    }
    assert!(!text(&asked(&["--format", "json"])).contains("calibration"));

    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("own.txt");
    let own_name = own.to_str().unwrap();
    fs::write(&own, "the cat\n a red bank \nwe walk\n").unwrap();
    let with_own = with(&["similarity", "--model", TINY, "--background", own_name], &sentences);
    let table = text(&with_own);
    assert!(table.contains("own.txt, 3 sentences)") && table.contains('–'), "{table}");
    fs::write(&own, "the cat\n").unwrap();
    let line = refusal(&with_own);
    assert!(line.contains("needs 2 background sentences or more, 1 can be used"), "{line}");
    misuse(&asked(&["--format", "tsv", "--background", "en"]));
}

/// The lengths of a list of lists.
fn array_shape(value: &Value) -> [usize; 2] {
    let rows = value.as_array().unwrap();
    [rows.len(), rows[0].as_array().unwrap().len()]
}

#[test]
fn similarity_takes_the_poolings_asked_for_and_sentences_from_a_file() {
    let chosen =
        json(&["similarity", "a", "b", "--model", TINY, "--format", "json", "--pooling", "max", "--pooling", "mean"]);
    assert_eq!(chosen["poolings"].as_object().unwrap().keys().collect::<Vec<_>>(), ["max", "mean"]);
    let without = json(&["similarity", "a", "b", "--model", NO_POOLER, "--format", "json"]);
    assert!(!without["poolings"].as_object().unwrap().contains_key("pooled"));

    let tiny = ["similarity", "--model", TINY];
    let expected = output(&with(&tiny, &["the cat", "a dog", "猫"]));
    let lines = "\u{feff}the cat\r\na dog\n猫";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sentences.txt");
    fs::write(&file, lines).unwrap();
    assert_eq!(output(&with(&tiny, &["--file", file.to_str().unwrap()])), expected);
    assert_eq!(piped(&with(&tiny, &["--file", "-"]), lines.as_bytes()).stdout, expected);

    let line = one_line(&piped(&with(&tiny, &["--file", "-"]), b"caf\xe9\nb\n"), 1);
    assert!(line.contains("cannot read standard input as text: line 1 is not UTF-8"), "{line}");
    fs::write(&file, b"one\ntwo\ncaf\xe9\n").unwrap();
    let line = refusal(&with(&tiny, &["--file", file.to_str().unwrap()]));
    assert!(line.contains("sentences.txt as text: line 3 is not UTF-8"), "{line}");
    fs::write(&file, "\n \n").unwrap();
    let empty = misuse(&with(&tiny, &["--file", file.to_str().unwrap()]));
    assert!(empty.contains("sentences.txt is empty"), "{empty}");
    assert!(
        misuse(&["screenshot", "sentences", "--model", TINY, "--file", file.to_str().unwrap()]).contains("is empty")
    );
    assert_eq!(piped(&with(&tiny, &["--file", "-"]), b"only one\n").status, Some(2));
}

#[test]
fn headings_of_a_table_stand_apart() {
    let table = text(&["similarity", "a", "b", "c", "--layer", "0", "--metric", "dot", "--model", TINY]);
    let heading = table.lines().find(|line| line.starts_with("dot")).unwrap();
    assert_eq!(heading.split_whitespace().collect::<Vec<_>>(), ["dot", "cls@0", "mean@0", "mean-words@0", "max@0"]);
    let row = table.lines().last().unwrap();
    assert_eq!(row.chars().count(), heading.chars().count(), "{table}");
}

#[test]
fn two_models_stand_side_by_side() {
    let pair = ["similarity", "the cat", "a dog", "--model", TINY];
    let alone = json(&with(&pair, &["--format", "json"]));
    let mut both = json(&with(&pair, &["--format", "json", "--against-model", NO_POOLER]));
    let against = both.as_object_mut().unwrap().remove("against").unwrap();
    assert_eq!(both, alone, "the main model's part is as it was");
    assert_eq!(against["model"], "tiny-no-pooler");
    let other = json(&["similarity", "the cat", "a dog", "--model", NO_POOLER, "--format", "json"]);
    assert_eq!(against["poolings"], other["poolings"]);
    let table = text(&with(&pair, &["--against-model", NO_POOLER]));
    let place = |name: &str| table.lines().position(|line| line == name).unwrap();
    assert!(place("tiny-pooler") < place("tiny-no-pooler"), "{table}");
    let other = text(&["similarity", "the cat", "a dog", "--model", NO_POOLER]);
    let (_, block) = other.split_once("\n\n").unwrap();
    assert!(table.ends_with(block), "{table}\n{other}");
    assert!(
        misuse(&with(&pair, &["--against-model", TINY, "--format", "tsv"]))
            .contains("and --against-model makes several")
    );
    misuse(&with(&pair, &["--against-model", TINY, "--query", "x"]));
}

/// Lines of a table, with a width for it.
fn lines_at(width: Option<&str>, arguments: &[&str]) -> Vec<String> {
    let mut command = clscope(arguments);
    match width {
        Some(width) => command.env("COLUMNS", width),
        None => command.env_remove("COLUMNS"),
    };
    let ended = run(&mut command);
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    String::from_utf8(ended.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The numbers that stand in lines which begin with these words, in their order.
fn cells<'l>(lines: &'l [String], beginning: &[&str]) -> Vec<&'l str> {
    let words = |line: &'l String| line.split_whitespace().collect::<Vec<_>>();
    lines
        .iter()
        .map(words)
        .filter(|words| words.starts_with(beginning))
        .flat_map(|words| words[beginning.len()..].to_vec())
        .collect()
}

#[test]
fn the_table_is_as_wide_as_the_terminal_and_says_the_same_at_every_width() {
    let sentences = ["A kite rose over the hill.", "The kite flew high.", "猫在你。"];
    let list = with(&["similarity"], &sentences);
    let wide = lines_at(Some("200"), &list);
    let heading = |line: &&String| line.starts_with("cosine");
    assert_eq!(wide.iter().filter(heading).count(), 1);
    for (width, most) in
        [(None, 80), (Some("80"), 80), (Some("60"), 60), (Some("0"), 80), (Some("x"), 80), (Some("100"), 100)]
    {
        let lines = lines_at(width, &list);
        let (headings, rows): (Vec<&String>, Vec<&String>) =
            lines.iter().skip(4).filter(|line| line.starts_with("cosine") || line.starts_with("  ")).partition(heading);
        assert!(headings.iter().chain(&rows).all(|line| line.chars().count() <= most), "{width:?}: {lines:#?}");
        // As wide as it can be.
        assert!(headings[0].chars().count() + 12 > most, "{width:?}: {}", headings[0]);
        let names: Vec<&str> = headings
            .iter()
            .flat_map(|line| line.split_whitespace().skip(1))
            .filter(|name| *name != "unknown")
            .collect();
        assert_eq!(names.len(), 8);
        let numbers = |lines: &[String]| {
            let numbers = cells(lines, &["1", "2"]).into_iter().filter(|cell| cell.contains('.')).map(str::to_owned);
            let mut numbers: Vec<String> = numbers.collect();
            numbers.sort();
            numbers.dedup();
            numbers
        };
        assert_eq!(numbers(&lines), numbers(&wide));
    }
}

#[test]
fn one_pair_has_a_line_for_each_pooling() {
    let pair = ["A kite rose over the hill.", "The kite flew high."];
    let lines = lines_at(None, &with(&["similarity"], &pair));
    assert!(lines.iter().all(|line| line.chars().count() <= 80), "{lines:#?}");
    assert_eq!(
        lines[3].split("  ").filter(|word| !word.is_empty()).map(str::trim).collect::<Vec<_>>(),
        ["cosine", "less close", "centred", "less close", "whitened", "less close"]
    );
    let asked = json(&with(&["similarity", "--format", "json", "--background", "en"], &pair));
    let poolings = asked["poolings"].as_object().unwrap();
    assert_eq!(poolings.len(), 8);
    for (name, values) in poolings {
        let line: Vec<&str> = lines
            .iter()
            .map(|line| line.split_whitespace().collect::<Vec<_>>())
            .find(|words| words.first() == Some(&name.as_str()) && words.len() == 7)
            .unwrap()[1..]
            .to_vec();
        let number = |values: &Value| values[0][1].as_f64().unwrap();
        let percent = |values: &Value| match number(values) {
            ..1.0 => "<1".to_owned(),
            99.0.. => ">99".to_owned(),
            percentile => format!("{percentile:.0}"),
        };
        let calibration = &values["calibration"];
        let mut expected = vec![format!("{:.4}", number(&values["cosine"])), percent(&calibration["percentile"])];
        for step in ["centred", "whitened"] {
            expected.extend([
                format!("{:.3}", number(&calibration[step]["cosine"])),
                percent(&calibration[step]["percentile"]),
            ]);
        }
        assert_eq!(line, expected, "{name}");
        assert_eq!(calibration["backgrounds"][0]["kept"], 133);
    }
    let end = lines[12..].join("\n");
    assert!(
        end.contains("Less close: so many of 100 unrelated pairs (en, 400 sentences).")
            && end.contains("equal variance: 133."),
        "{end}"
    );
    let alone =
        lines_at(None, &with(&["similarity", "--background", "none", "--pooling", "mean", "--pooling", "cls"], &pair));
    assert_eq!(alone[3].trim(), "cosine");
    assert_eq!(alone.len(), 6, "{alone:#?}");
}

#[test]
fn in_a_terminal_its_own_width_counts() {
    for (columns, headings) in [(80, 2), (130, 1)] {
        let command = pty::clscope(["similarity", "kites", "red hills", "a crow", "--background", "none"]);
        let terminal = Terminal::start(command, (columns, 40));
        terminal.wait_for_end();
        let screen = terminal.wait_for_text("layer1-last");
        let found = screen.contents().lines().filter(|line| line.starts_with("cosine")).count();
        assert_eq!(found, headings, "{}", screen.contents());
    }
}
