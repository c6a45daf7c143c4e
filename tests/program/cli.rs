//! The command line as scripts and people use it: the real program is run, its streams and its status are read.

mod attention;
mod expected;
mod finite;
mod measures;
mod picture;
mod tables;
mod unknown;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::Stdio,
};

use clscope::printable::printable;
use ndarray::{ArrayD, IxDyn, OwnedRepr};
use ndarray_npy::NpzReader;
use picture::{Picture, color};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{self, Ended, NO_POOLER, TINY, clscope, json, misuse, one_line, output, refusal, run, text, with};

const COMMANDS: [&str; 10] =
    ["open", "trace", "attention", "similarity", "evaluate", "embed", "screenshot", "models", "config", "completions"];

/// Everything in a sentence that a terminal might obey.
const HOSTILE: &str = "a\u{1b}[31mb\u{7}c\rd\u{8}e\u{9b}31mf\u{7f}g\u{202e}h\u{85}";

/// More tokens than the tiny checkpoints' 32.
const TOO_LONG: &str = "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l";

/// A file of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

// Help, usage, configuration.

#[test]
fn the_help_is_as_it_was() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        insta::assert_snapshot!("cli-help", text(&["--help"]));
        for command in COMMANDS {
            let help = text(&[command, "--help"]);
            assert_eq!(help, text(&["help", command]));
            assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
            insta::assert_snapshot!(format!("cli-help-{command}"), help);
        }
    });
    assert_eq!(text(&["--version"]), format!("clscope {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_ends_with_2_and_a_failure_with_1() {
    for arguments in [
        &["trace"][..],
        &["trace", "a", "b"],
        &["trace", "a", "--format", "xml"],
        &["trace", "a", "--backend", "cuda"],
        &["trace", "a", "--color", "sometimes"],
        &["trace", "a", "--theme", "pink"],
        &["similarity", "a", "b", "--pooling", "median"],
        &["similarity", "a", "--file", "-"],
        &["screenshot"],
        &["screenshot", "tokens"],
        &["--file", "list.txt", "--restore"],
        &["screenshot", "attention", "--pair", "b"],
        &["screenshot", "attention", "--size", "80"],
        &["screenshot", "attention", "--size", "0x24"],
        &["screenshot", "attention", "--size", "1001x24"],
        &["config"],
        &["config", "--print", "--path"],
        &["completions", "cmd.exe"],
        &["--no-such-option"],
    ] {
        assert!(misuse(arguments).starts_with("error: "), "{arguments:?}");
    }
    for (arguments, wanted) in [
        (&["similarity", "a"][..], "needs two sentences"),
        (&["similarity", "--file", "/dev/null"], "/dev/null is empty"),
        (&["--pair", "b"], "needs a first sentence"),
        (&["a", "trace", "b"], "before a command"),
        (&["--file", "list.txt", "trace", "b"], "before a command"),
        (&["--strict", "similarity", "a", "b"], "before a command"),
        (&["--text-column", "1"], "name one with --file"),
        (&["screenshot", "attention", "--model", TINY, "--keys", "hyper-q"], "unknown key \"hyper-q\""),
    ] {
        let line = one_line(&run(&mut clscope(arguments)), 2);
        assert!(line.contains(wanted), "{line}");
    }
    for (arguments, wanted) in [
        (&["a sentence"][..], "needs a terminal"),
        (&["similarity", "--file", "/no/such/file"], "cannot read /no/such/file"),
        (&["similarity", "a", "b", "--pooling", "pooled", "--model", NO_POOLER], "take cls or mean"),
        (&["trace", "a", "--model", "/no/such/model"], "\"/no/such/model\""),
        (&["trace", "a", "--config", "/no/such/file"], "config --print"),
    ] {
        let line = refusal(arguments);
        assert!(line.contains(wanted), "{line}");
    }
}

#[test]
fn arguments_that_are_not_text_are_refused() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let broken = OsStr::from_bytes(b"caf\xe9");
    for arguments in [&["trace"][..], &["trace", "a", "--model"], &["similarity", "a"], &[]] {
        let ended = run(clscope(arguments).arg(broken));
        assert_eq!((ended.status, ended.stdout.len()), (Some(2), 0), "{}", ended.stderr);
        assert!(ended.stderr.contains("UTF-8"));
    }
    // A file's name needs not be text.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(broken);
    let ended = run(clscope(&["trace", "a", "--model", TINY, "--output"]).arg(&file));
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
    assert!(file.exists());
}

#[test]
fn the_configuration_is_printed_found_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("printed.toml");
    fs::write(&file, output(&["config", "--print"])).unwrap();
    let file = file.to_str().unwrap();
    let draw = ["screenshot", "help", "--model", TINY, "--size", "80x200"];
    assert_eq!(output(&with(&draw, &["--config", file])), output(&draw), "what is printed are the defaults");

    // The user's own file, found where `--path` says, is read; the command line wins over it.
    let user = folder.path().join("clscope/config.toml");
    let here = |arguments: &[&str]| run(clscope(arguments).env("XDG_CONFIG_HOME", folder.path()));
    assert_eq!(String::from_utf8(here(&["config", "--path"]).stdout).unwrap(), format!("{}\n", user.display()));
    fs::create_dir(user.parent().unwrap()).unwrap();
    fs::write(&user, format!("model = {NO_POOLER:?}\n")).unwrap();
    let layers = |ended: Ended| serde_json::from_slice::<Value>(&ended.stdout).unwrap()["model"]["layers"].clone();
    assert_eq!(layers(here(&["trace", "a"])), 3);
    assert_eq!(layers(here(&["trace", "a", "--model", TINY])), 2);

    fs::write(&user, "model = \"embedded\"\ncolour = \"never\"\n").unwrap();
    let line = one_line(&here(&["trace", "a"]), 1);
    assert!(line.contains("config.toml:2: unknown option \"colour\""), "{line}");
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = text(&["completions", shell]);
        assert!(COMMANDS.iter().all(|command| script.contains(command)), "{shell}");
    }
}

// Trace.

/// An archive's arrays by name: i64 become f32, which holds these exactly.
fn arrays(archive: Vec<u8>) -> BTreeMap<String, ArrayD<f32>> {
    let mut archive = NpzReader::new(Cursor::new(archive)).unwrap();
    let names = archive.names().unwrap();
    let read = |name: String| {
        let array = if ["input_ids", "token_type_ids"].contains(&name.as_str()) {
            archive.by_name::<OwnedRepr<i64>, IxDyn>(&name).unwrap().mapv(|id| id as f32)
        } else {
            archive.by_name::<OwnedRepr<f32>, IxDyn>(&name).unwrap()
        };
        (name, array)
    };
    names.into_iter().map(read).collect()
}

/// Nested lists as one list and its shape.
fn array(value: &Value) -> ArrayD<f32> {
    fn collect(value: &Value, depth: usize, shape: &mut Vec<usize>, numbers: &mut Vec<f32>) {
        match value {
            Value::Array(items) => {
                if shape.len() == depth {
                    shape.push(items.len());
                }
                assert_eq!(shape[depth], items.len(), "a ragged list");
                items.iter().for_each(|item| collect(item, depth + 1, shape, numbers));
            }
            number => numbers.push(number.as_f64().unwrap() as f32),
        }
    }
    let (mut shape, mut numbers) = (Vec::new(), Vec::new());
    collect(value, 0, &mut shape, &mut numbers);
    ArrayD::from_shape_vec(shape, numbers).unwrap()
}

#[test]
fn a_trace_has_transformers_names_and_shapes_in_both_formats() {
    let minilm = ["A man is playing a guitar."];
    let pair = ["the cat sat", "--pair", "on the mat.", "--model", TINY];
    let no_pooler = ["the cat sat", "--model", NO_POOLER];
    // Layers, heads, hidden size.
    for (arguments, [layers, heads, size]) in
        [(&minilm[..], [6, 12, 384]), (&pair, [2, 2, 16]), (&no_pooler, [3, 4, 32])]
    {
        let trace = |format| with(&["trace", "--format", format], arguments);
        let json = json(&trace("json"));
        let npz = arrays(output(&trace("npz")));

        let tokens = json["tokens"].as_array().unwrap().len();
        let mut shapes = BTreeMap::from([
            ("input_ids", vec![tokens]),
            ("token_type_ids", vec![tokens]),
            ("attentions", vec![layers, heads, tokens, tokens]),
            ("hidden_states", vec![layers + 1, tokens, size]),
            ("last_hidden_state", vec![tokens, size]),
        ]);
        if arguments != no_pooler {
            shapes.insert("pooler_output", vec![size]);
        }
        let found: BTreeMap<_, _> = npz.iter().map(|(name, array)| (name.as_str(), array.shape().to_vec())).collect();
        assert_eq!(found, shapes);
        assert_eq!(json.get("pooler_output").is_some(), npz.contains_key("pooler_output"));
        for (name, numbers) in &npz {
            assert_eq!(array(&json[name]), numbers, "{name}");
            assert!(numbers.iter().all(|number| number.is_finite()), "{name}");
        }

        for row in npz["attentions"].lanes(ndarray::Axis(3)) {
            assert!((row.sum() - 1.0).abs() < 1e-5, "{row}");
        }
        assert_eq!(npz["hidden_states"].index_axis(ndarray::Axis(0), layers), npz["last_hidden_state"]);
        let ids: Vec<&Value> = json["tokens"].as_array().unwrap().iter().map(|token| &token["id"]).collect();
        assert_eq!(json!(ids), json["input_ids"]);

        let model = &json["model"];
        assert_eq!(
            [&model["layers"], &model["heads"], &model["hidden_size"]],
            [layers, heads, size].map(|n| json!(n)).each_ref()
        );
        assert_eq!(model["backend"], "flex");
    }
}

#[test]
fn a_trace_says_what_was_read() {
    let trace = json(&["trace", "A man is playing a guitar."]);
    let texts: Vec<&Value> = trace["tokens"].as_array().unwrap().iter().map(|token| &token["text"]).collect();
    assert_eq!(json!(texts), json!(["[CLS]", "a", "man", "is", "playing", "a", "guitar", ".", "[SEP]"]));
    assert_eq!(trace["input_ids"], json!([101, 1037, 2158, 2003, 2652, 1037, 2858, 1012, 102]));
    assert_eq!(trace["token_type_ids"], json!([0, 0, 0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(trace["text"], "A man is playing a guitar.");
    assert_eq!([&trace["model"]["id"], &trace["model"]["source"]], ["all-MiniLM-L6-v2", "embedded"]);
    assert!(trace.get("pair").is_none() && trace.get("truncated_from").is_none());

    let pair = json(&["trace", "the cat", "--pair", "sat", "--model", TINY]);
    assert_eq!(pair["token_type_ids"], json!([0, 0, 0, 0, 1, 1]));
    assert_eq!([&pair["pair"], &pair["model"]["id"], &pair["model"]["source"]], ["sat", "tiny-pooler", TINY]);
    let empty = json(&["trace", "", "--model", TINY]);
    assert_eq!(empty["input_ids"], json!([2, 3]));
}

#[test]
fn spans_count_characters() {
    let trace = json(&["trace", "Cafe\u{301}s é 猫🙂!", "--pair", "在[MASK]", "--model", TINY]);
    let tokens: Vec<Value> = trace["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .map(|token| json!([token["text"], token["span"], token["type_id"], token["special"]]))
        .collect();
    let expected = json!([
        ["[CLS]", null, 0, true],
        ["c", [0, 1], 0, false],
        ["##a", [1, 2], 0, false],
        ["##f", [2, 3], 0, false],
        ["##e", [3, 4], 0, false],
        ["##s", [5, 6], 0, false],
        ["e", [7, 8], 0, false],
        ["猫", [9, 10], 0, false],
        ["[UNK]", [10, 11], 0, true],
        ["!", [11, 12], 0, false],
        ["[SEP]", null, 0, true],
        ["在", [0, 1], 1, false],
        ["[MASK]", [1, 7], 1, true],
        ["[SEP]", null, 1, true],
    ]);
    assert_eq!(json!(tokens), expected);
}

#[test]
fn a_cut_input_is_told_on_standard_error_only() {
    let ended = run(&mut clscope(&["trace", TOO_LONG, "--model", TINY]));
    assert_eq!(ended.status, Some(0));
    assert_eq!(ended.stderr, "clscope: the input has 40 tokens; the model reads 32, the rest is cut off\n");
    let trace: Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert_eq!((&trace["truncated_from"], trace["tokens"].as_array().unwrap().len()), (&json!(40), 32));
    let ended = run(&mut clscope(&["similarity", "a", TOO_LONG, "--model", TINY]));
    assert_eq!(ended.stderr, "clscope: sentence 2 has 40 tokens; the model reads 32, the rest is cut off\n");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let files = || fs::read_dir(folder.path()).unwrap().count();
    let trace = ["trace", "the cat", "--model", TINY];

    let file = path("trace.json");
    assert!(output(&with(&trace, &["--output", &file])).is_empty());
    assert_eq!(fs::read(&file).unwrap(), output(&trace));
    fs::write(&file, "older and much longer".repeat(10_000)).unwrap();
    assert!(output(&with(&trace, &["--output", &file])).is_empty());
    assert_eq!((fs::read(&file).unwrap(), files()), (output(&trace), 1));

    let picture = path("picture.svg");
    let draw = ["screenshot", "help", "--model", TINY];
    assert!(output(&with(&draw, &["--output", &picture])).is_empty());
    assert_eq!((fs::read(&picture).unwrap(), files()), (output(&draw), 2));

    for (wrong, wanted) in [
        (path(""), "Is a directory"),
        (path("no/such/folder"), "No such file"),
        (format!("{file}/x"), "Not a directory"),
    ] {
        let line = refusal(&with(&trace, &["--output", &wrong]));
        assert!(line.contains(wanted) && line.contains("cannot write"), "{line}");
    }
    assert_eq!((fs::read(&file).unwrap(), files()), (output(&trace), 2));
    assert!(output(&with(&trace, &["--output", "/dev/null"])).is_empty(), "a device is written to, not replaced");
}

// Ablations.

#[test]
fn cuts_change_what_comes_behind_them() {
    let trace = |cuts: &[&str]| json(&[&["trace", "a cat sat", "--model", TINY], cuts].concat());
    let (whole, head) = (trace(&[]), trace(&["--cut", "1.2"]));
    let layer_of = |trace: &Value, layer: usize| trace["hidden_states"][layer].clone();
    assert_eq!(whole["attentions"][0], head["attentions"][0], "what the head would do");
    assert_eq!(layer_of(&whole, 0), layer_of(&head, 0));
    assert_ne!(layer_of(&whole, 1), layer_of(&head, 1));
    assert_eq!(trace(&["--cut", "1"])["hidden_states"], trace(&["--cut", "1.1", "--cut", "1.2"])["hidden_states"]);

    assert_eq!(head["cuts"], json!({"heads": [[1, 2]], "hidden_tokens": [], "masked_tokens": []}));
    assert_eq!(whole.get("cuts"), None);
    let table = text(&["attention", "a cat sat", "--model", TINY, "--cut", "1.2", "--hide-token", "3"]);
    assert!(table.contains("off: heads 1.2; hidden tokens 3"), "{table}");

    let hidden = trace(&["--hide-token", "2"]);
    let columns = |row: &Value| row[2].as_f64().unwrap();
    let rows = hidden["attentions"].as_array().unwrap().iter().flat_map(|layer| layer.as_array().unwrap());
    assert!(rows.flat_map(|head| head.as_array().unwrap()).all(|row| columns(row) == 0.0), "nobody looks at it");
    assert_eq!(trace(&["--mask-token", "2"])["tokens"][2]["text"], "[MASK]");
    assert_ne!(
        text(&["attention", "a cat sat", "--model", TINY]),
        text(&["attention", "a cat sat", "--model", TINY, "--cut", "1"])
    );

    for (cuts, says) in
        [(["--cut", "9.1"], "layer 9"), (["--cut", "1.9"], "head 9"), (["--hide-token", "50"], "there is no token 50")]
    {
        let refusal = refusal(&[&["trace", "a", "--model", TINY], &cuts[..]].concat());
        assert!(refusal.contains(says), "{refusal}");
    }
    for wrong in ["0.1", "1.0", "1.", "x", "1.1.1", "-1"] {
        misuse(&["trace", "a", &format!("--cut={wrong}")]);
    }
}

// Similarity.

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
    assert!(rows.clone().count() == 4 && rows.clone().all(|line| line.chars().count() == 98), "{table}");

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
    let table = text(&["similarity", "a", "b", "--layer", "0", "--metric", "dot", "--model", TINY]);
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
    let (_, block) = other.split_once("\ncosine").unwrap();
    assert!(table.ends_with(block), "{table}\n{other}");
    assert!(misuse(&with(&pair, &["--against-model", TINY, "--format", "tsv"])).contains("tsv holds one model"));
    misuse(&with(&pair, &["--against-model", TINY, "--query", "x"]));
}

/// Runs the program with something on standard input.
fn piped(arguments: &[&str], input: &[u8]) -> Ended {
    let (reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(input).unwrap();
    drop(writer);
    run(clscope(arguments).stdin(reader))
}

// Streams.

#[test]
fn a_reader_that_leaves_is_no_failure() {
    // One that takes ten bytes of far more than a pipe holds.
    let mut child = clscope(&["trace", "A man is playing a guitar."])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 10]).unwrap();
    drop(stdout);
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));

    // One that was never there.
    for arguments in [
        &["trace", "a", "--model", TINY][..],
        &["similarity", "a", "b", "--model", TINY],
        &["screenshot", "attention", "--model", TINY],
        &["config", "--print"],
        &["completions", "bash"],
        &["--help"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = clscope(arguments).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let ended = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert_eq!((ended.status.code(), stderr.as_ref()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_a_failure() {
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for arguments in [&["trace", "a", "--model", TINY][..], &["config", "--print"]] {
        let child = clscope(arguments).stdout(full()).stderr(Stdio::piped()).spawn().unwrap();
        let ended = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(1), "{arguments:?}");
        assert_eq!(stderr, "clscope: cannot write to standard output: No space left on device (os error 28)\n");
    }
}

/// Whether printing a text leaves it as it is, line breaks and tabs aside.
fn is_printable(text: &str) -> bool {
    let text = text.replace(['\n', '\t'], "");
    printable(&text) == text
}

#[test]
fn nothing_a_terminal_obeys_gets_out() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join(HOSTILE);
    copy(TINY, &model);
    let model = model.to_str().unwrap();
    let long = format!("{HOSTILE} {TOO_LONG}");
    let listed = folder.path().join("sentences.txt");
    fs::write(&listed, format!("{HOSTILE}\0\nb\n")).unwrap();
    let listed = listed.to_str().unwrap();
    for arguments in [
        &["similarity", HOSTILE, &long, "--model", model][..],
        &["similarity", "--file", listed, "--model", TINY],
        &["screenshot", "attention", "--text", HOSTILE, "--pair", HOSTILE, "--model", model],
        &["screenshot", "pooling", "--text", HOSTILE, "--model", model],
        &["trace", "a", "--model", HOSTILE],
        &["trace", "a", "--output", &format!("/no/{HOSTILE}"), "--model", TINY],
        &["trace", "a", "--config", &format!("/no/{HOSTILE}")],
        &["similarity", "--file", &format!("/no/{HOSTILE}")],
        &["screenshot", "attention", "--model", TINY, "--keys", HOSTILE],
        &["similarity", "a", "b", "--pooling", "pooled", "--model", &format!("{model}/no")],
    ] {
        let ended = run(&mut clscope(arguments));
        assert!(is_printable(&ended.stderr), "{:?}", ended.stderr);
        let stdout = String::from_utf8(ended.stdout).unwrap();
        assert!(is_printable(&stdout), "{stdout:?}");
    }
    // A file of the model's that says more than it should.
    fs::write(Path::new(model).join("config.json"), format!("{{\"model_type\": {}}}", json!(HOSTILE))).unwrap();
    fs::write(Path::new(model).join("tokenizer.json"), HOSTILE).unwrap();
    assert!(is_printable(&refusal(&["trace", "a", "--model", model])));
    // What JSON itself escapes.
    let trace = text(&["trace", "a\u{1b}[31m\u{7}\r\u{8}", "--model", TINY]);
    assert!(is_printable(&trace));
    assert_eq!(serde_json::from_str::<Value>(&trace).unwrap()["text"], "a\u{1b}[31m\u{7}\r\u{8}");
    assert!(is_printable(&text(&["similarity", "a\u{9b}31m\u{1b}\u{7f}", "b", "--model", TINY, "--format", "tsv"])));
}

#[test]
fn json_escapes_all_that_a_terminal_obeys() {
    for arguments in [&["trace"][..], &["similarity", "b", "--format", "json"]] {
        let json = text(&with(arguments, &[HOSTILE, "--model", TINY]));
        assert!(is_printable(&json));
        assert!(json.contains("\\u009b"));
    }
}

#[test]
fn tsv_replaces_all_that_a_terminal_obeys() {
    assert!(is_printable(&text(&["similarity", HOSTILE, "b", "--model", TINY, "--format", "tsv"])));
}

#[test]
fn clap_repeats_nothing_that_a_terminal_obeys() {
    for arguments in [&["trace", "a", HOSTILE][..], &["trace", "a", "--format", HOSTILE], &[HOSTILE, HOSTILE]] {
        let said = misuse(arguments);
        assert!(is_printable(&said), "{said:?}");
    }
}

// Models.

fn copy(from: &str, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// A copy of a tiny checkpoint with one file changed: none for a file that is missing.
fn damaged(file: &str, contents: Option<&[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(TINY, folder.path());
    match contents {
        Some(contents) => fs::write(folder.path().join(file), contents).unwrap(),
        None => fs::remove_file(folder.path().join(file)).unwrap(),
    }
    folder
}

fn refused(model: &TempDir) -> String {
    refusal(&["similarity", "a", "b", "--model", model.path().to_str().unwrap()])
}

#[test]
fn a_damaged_model_is_refused_in_one_line_that_names_the_file() {
    let read = |model: &str, file: &str| fs::read(Path::new(model).join(file)).unwrap();
    let minilm = repository("models/all-MiniLM-L6-v2");
    let minilm = minilm.to_str().unwrap();
    for (file, subject) in [("config.json", "config"), ("tokenizer.json", "tokenizer"), ("model.safetensors", "model")]
    {
        let about = |folder: &TempDir| assert!(refused(folder).contains(subject), "{}", refused(folder));
        about(&damaged(file, None));
        for contents in [&b""[..], b"\0", b"{}", b"[1, 2", b"\xff\xfe garbage", b"null"] {
            about(&damaged(file, Some(contents)));
        }
        let folder = damaged(file, None);
        fs::create_dir(folder.path().join(file)).unwrap();
        about(&folder);
    }

    let weights = read(TINY, "model.safetensors");
    for length in [1, 7, 8, 9, 100, 3000, weights.len() / 2, weights.len() - 1] {
        assert!(refused(&damaged("model.safetensors", Some(&weights[..length]))).contains("model.safetensors"));
    }
    for length in [0, 1, weights.len() as u64, 1 << 40, u64::MAX] {
        let lying = [&length.to_le_bytes(), &weights[8..]].concat();
        assert!(refused(&damaged("model.safetensors", Some(&lying))).contains("model.safetensors"));
    }

    let other = |model, file| refused(&damaged(file, Some(&read(model, file))));
    assert!(other(NO_POOLER, "config.json").contains("belong to different models"));
    assert!(other(minilm, "config.json").contains("belong to different models"));
    assert!(other(NO_POOLER, "model.safetensors").contains("belong to different models"));
    assert!(other(minilm, "tokenizer.json").contains("belong to different models"));

    let config = String::from_utf8(read(TINY, "config.json")).unwrap();
    for (from, to, wanted) in [
        ("\"bert\"", "\"gpt2\"", "gpt2"),
        ("\"hidden_size\": 16", "\"hidden_size\": 16000000000", "hidden_size"),
        ("\"hidden_size\": 16", "\"hidden_size\": -16", "config.json"),
        ("\"num_attention_heads\": 2", "\"num_attention_heads\": 3", "num_attention_heads"),
        ("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 200", "encoder.layer.2."),
        ("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"prelu\"", "prelu"),
    ] {
        assert!(config.contains(from));
        let line = refused(&damaged("config.json", Some(config.replace(from, to).as_bytes())));
        assert!(line.contains(wanted), "{line}");
    }
}

#[test]
fn a_flipped_bit_in_the_header_is_refused_or_harmless() {
    let weights = fs::read(Path::new(TINY).join("model.safetensors")).unwrap();
    let header = 8 + u64::from_le_bytes(weights[..8].try_into().unwrap()) as usize;
    let folder = damaged("model.safetensors", None);
    let mut refusals = 0;
    // Every bit of the length, then bits here and there.
    let bits = (0..64).chain((64..header * 8).step_by(header * 8 / 150));
    for bit in bits {
        let mut flipped = weights.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(folder.path().join("model.safetensors"), flipped).unwrap();
        let ended = run(&mut clscope(&["similarity", "a", "b", "--model", folder.path().to_str().unwrap()]));
        if ended.status != Some(0) {
            one_line(&ended, 1);
            refusals += 1;
        }
    }
    assert!(refusals > 150, "{refusals}");
}

// Pictures.

fn draw(arguments: &[&str]) -> Picture {
    Picture::parse(&text(&with(&["screenshot", "--model", TINY], arguments)))
}

#[test]
fn every_view_is_drawn_at_every_size() {
    for view in ["layers", "heads", "matrix", "pooling", "help"] {
        let sentences = ["--text", "the 猫 sat on <the> \"mat\" & ran", "--pair", "it was é🙂"];
        let pictures: Vec<Picture> =
            [&[][..], &sentences[..2], &sentences].map(|sentences| draw(&with(&[view], sentences))).into();
        assert!(pictures[0].difference(&pictures[1]).is_some(), "{view}: the sentence shows");
        assert!(pictures[1].difference(&pictures[2]).is_some(), "{view}: the pair shows");
        for size in ["1x1", "59x15", "60x16", "80x24", "200x60", "300x5"] {
            draw(&with(&[view, "--size", size], &sentences));
        }
    }
    let same = |a: &[&str], b: &[&str]| draw(a).difference(&draw(b)).is_none();
    assert!(same(&["attention", "--text", "a"], &["layers", "--text", "a"]), "its name before there were others");
    let attention = ["layers", "--text", "the cat sat"];
    let after = |keys| with(&attention, &["--keys", keys]);
    assert!(same(&attention, &after("")) && same(&attention, &with(&attention, &["--size", "120x36"])));
    assert!(same(&after("right"), &after(" right  left l ")));
    assert!(!same(&after("right"), &attention));
    for (keys, view) in [
        ("tab", "heads"),
        ("tab tab", "matrix"),
        ("f6", "sweep"),
        ("f7", "pooling"),
        ("f8", "sentences"),
        ("f9", "map"),
    ] {
        assert!(same(&after(keys), &[view, "--text", "the cat sat"]), "{view}");
    }
    assert!(same(&after("?"), &["help", "--text", "the cat sat"]));
}

#[test]
fn a_list_is_drawn_from_a_file_and_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.txt");
    fs::write(&file, "the cat sat\r\na dog\n").unwrap();
    let draw = ["screenshot", "sentences", "--model", TINY, "--size", "100x24"];
    let drawn = text(&with(&draw, &["--file", file.to_str().unwrap()]));
    assert!(drawn.contains("2 sentences") && drawn.contains("the cat sat"), "{drawn}");
    assert_eq!(
        drawn,
        text(&with(&draw, &["--keys", "esc a t h e space c a t space s a t enter a space d o g enter esc g right"]))
    );
    let table = folder.path().join("list.csv");
    fs::write(&table, "id,text\n1,\"the cat\nsat\"\n2,\n3,a dog\n").unwrap();
    let ended = run(&mut clscope(&with(&draw, &["--text-column", "text", "--file", table.to_str().unwrap()])));
    assert_eq!((ended.status, String::from_utf8(ended.stdout).unwrap()), (Some(0), drawn));
    assert!(ended.stderr.contains("text column: text") && ended.stderr.contains("is left out"), "{}", ended.stderr);
    let missing = one_line(&run(&mut clscope(&with(&draw, &["--file", "/nowhere/list.txt"]))), 1);
    assert!(missing.contains("cannot read /nowhere/list.txt as text"), "{missing}");
    let map = text(&["screenshot", "map", "--model", TINY, "--file", file.to_str().unwrap()]);
    assert!(map.contains("two sentences: they lie on a line"), "{map}");
}

#[test]
fn pictures_have_the_colours_asked_for() {
    let base = ["attention", "--text", "the cat sat on the mat", "--keys", "down right"];
    let drawn = |more: &[&str]| text(&with(&with(&["screenshot", "--model", TINY], &base), more));
    let ground = |picture: &str| {
        let (_, rest) = picture.split_once(" rx=\"7\" fill=\"").unwrap();
        color(rest.split('"').next().unwrap())
    };
    let dark = drawn(&[]);
    assert_eq!(dark, drawn(&["--theme", "dark", "--color", "truecolor"]));
    assert_eq!([ground(&dark), ground(&drawn(&["--theme", "light"]))], [[13, 17, 23], [255, 255, 255]]);

    for theme in ["dark", "light", "mono"] {
        let plain = drawn(&["--color", "never", "--theme", theme]);
        let (_, root) = plain.split_once(" fill=\"").unwrap();
        let allowed = [color(root.split('"').next().unwrap()), ground(&plain)];
        assert!(Picture::parse(&plain).colors().all(|color| allowed.contains(&color)), "{theme}");
    }
    let count = |picture: &str| Picture::parse(picture).colors().collect::<BTreeSet<_>>().len();
    let counts = ["16", "256", "truecolor"].map(|depth| count(&drawn(&["--color", depth])));
    assert!(counts[0] <= 16 && counts[0] > 4 && counts[1] >= counts[0] && counts[2] >= counts[1], "{counts:?}");
}

/// `name | arguments` with quotes, as in `screenshots/commands.txt`.
fn pictures() -> Vec<(String, Vec<String>)> {
    let list = fs::read_to_string(repository("screenshots/commands.txt")).unwrap();
    let entry = |line: &str| {
        let (name, arguments) = line.split_once(" | ").expect(line);
        let pieces = arguments.split('"').enumerate().flat_map(|(i, piece)| match i % 2 {
            0 => piece.split_whitespace().map(str::to_owned).collect(),
            _ => vec![piece.to_owned()],
        });
        (name.to_owned(), pieces.collect())
    };
    list.lines().filter(|line| !line.starts_with('#')).map(entry).collect()
}

#[test]
fn the_committed_pictures_are_what_the_program_draws() {
    let update = std::env::var_os("CLSCOPE_UPDATE_SCREENSHOTS").is_some();
    let entries = pictures();
    for (name, arguments) in &entries {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let drawn = text(&with(&["screenshot"], &arguments));
        let file = repository("screenshots").join(name);
        if update {
            fs::write(&file, &drawn).unwrap();
        }
        let committed = fs::read_to_string(&file).unwrap_or_default();
        let difference = match committed.is_empty() {
            true => Some("it is missing".to_owned()),
            false => Picture::parse(&committed).difference(&Picture::parse(&drawn)),
        };
        if let Some(difference) = difference {
            panic!(
                "screenshots/{name} is not what clscope draws:\n{difference}\nIf it should now look so, write it again with\n    \
                 CLSCOPE_UPDATE_SCREENSHOTS=1 cargo test --release --test program cli\nand look at it."
            );
        }
    }
    let listed: BTreeSet<_> = entries.into_iter().map(|(name, _)| name).collect();
    let found =
        fs::read_dir(repository("screenshots")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.filter(|name| name.ends_with(".svg")).collect::<BTreeSet<_>>(), listed);
}
