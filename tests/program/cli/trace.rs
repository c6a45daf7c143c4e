//! `clscope trace`: names, shapes, spans, files, ablations.

use super::{check::model, *};

/// An archive's arrays by name: i64 become f32, which holds these exactly.
pub(super) fn arrays(archive: Vec<u8>) -> BTreeMap<String, ArrayD<f32>> {
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
pub(super) fn array(value: &Value) -> ArrayD<f32> {
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
    assert_eq!(ended.stderr, "clscope: the input is truncated: it has 40 tokens, the model reads 32\n");
    let trace: Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert_eq!((&trace["truncated_from"], trace["tokens"].as_array().unwrap().len()), (&json!(40), 32));
    let ended = run(&mut clscope(&["similarity", "a", TOO_LONG, "--model", TINY]));
    assert_eq!(ended.stderr, "clscope: sentence 2 is truncated: it has 40 tokens, the model reads 32\n");
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
        (path(""), "it is a directory; name a file"),
        (path("no/such/folder"), "make its directory first"),
        (format!("{file}/x"), "a part of the path is not a directory; name"),
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

    let blind = trace(&["--blind", "0@2"]);
    assert_eq!(blind["cuts"]["edges"], json!([[2, 0, 1], [2, 0, 2], [2, 0, 3], [2, 0, 4]]));
    let row = |layer: usize, query: usize| blind["attentions"][layer][0][query].clone();
    assert_eq!(row(1, 0), json!([1.0, 0.0, 0.0, 0.0, 0.0]), "[CLS] looks at nothing but itself");
    assert_eq!((row(0, 0), row(1, 1)), (whole["attentions"][0][0][0].clone(), whole["attentions"][1][0][1].clone()));
    let some = trace(&["--blind", "1:2,3@1-2", "--blind", "0:1"]);
    assert_eq!(some["cuts"]["edges"].as_array().unwrap().len(), 6);
    for wrong in ["x", "0@0", "0@2-1", "0:", "0:a", "@1"] {
        misuse(&["trace", "a", &format!("--blind={wrong}")]);
    }

    for (cuts, says) in [
        (["--cut", "9.1"], "layer 9"),
        (["--cut", "1.9"], "head 9"),
        (["--hide-token", "50"], "there is no token 50"),
        (["--blind", "0@9"], "no layer 9"),
        // However far a range goes, and it is not gone through.
        (["--blind", "0@1-99999999999"], "no layer "),
        (["--blind", "0:1@7-99999999999"], "no layer 7"),
        (["--blind", "0:0,1,2"], "nothing left to look at"),
    ] {
        let refusal = refusal(&[&["trace", "a", "--model", TINY], &cuts[..]].concat());
        assert!(refusal.contains(says), "{refusal}");
    }
    for wrong in ["0.1", "1.0", "1.", "x", "1.1.1", "-1"] {
        misuse(&["trace", "a", &format!("--cut={wrong}")]);
    }
}

/// The model of 9 tokens is read beyond them, but for `declared`.
#[test]
fn what_is_longer_than_the_model_was_trained_for_is_told() {
    let directory = model("limit");
    let model = ["--model", directory.path().to_str().unwrap()];
    let long = "The cat sat on the mat. Not it!";
    let told = |arguments: &[&str]| {
        let ended = run(&mut clscope(&with(arguments, &model)));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        ended.stderr
    };
    let of = |what: &str, tokens: usize| {
        format!(
            "the model was trained for 9 tokens, and the {what} has {tokens}, prompt included: declared is truncated"
        )
    };
    for command in [&["trace", long][..], &["attention", long], &["screenshot", "attention", "--text", long]] {
        let said = told(command);
        assert!(said.contains(&of("input", 12)), "{command:?}: {said}");
        // Joined with another.
        let said = told(&with(command, &["--pair", "A dog ran to the river."]));
        assert!(said.contains(&of("input", 22)), "{command:?}: {said}");
    }
    let compare = ["--view", "compare", "--against-text"];
    let said = told(&[&["attention", "the cat"], &compare[..], &[long]].concat());
    assert!(said.contains(&of("baseline", 12)) && !said.contains("the input has"), "{said}");
    for command in [&["trace", "the cat"][..], &["attention", "the cat"], &["screenshot", "attention", "--text", "cat"]]
    {
        assert!(!told(command).contains("trained for"), "{command:?}");
    }
    let list = directory.path().join("list.txt");
    fs::write(&list, format!("the cat\n{long}\n")).unwrap();
    let said = told(&["screenshot", "sentences", "--file", list.to_str().unwrap()]);
    assert!(said.contains("declared reads 9 tokens, as the model was trained: one text is truncated there"), "{said}");
    assert!(said.contains("the longest: sentence 2, 12 tokens"), "{said}");
}
