//! Lists under every family of encoders: `evaluate` and `mixing` come to Python's numbers (`scripts/family_lists.py`), `predict` to
//! those of transformers' pipelines (`scripts/family_heads.py`).

use super::*;

fn reference(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn family(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/families").join(name)
}

#[track_caller]
fn assert_near(what: &str, found: &Value, expected: &Value, tolerance: f64) {
    let [found, expected] = [found, expected].map(|value| value.as_f64().unwrap_or_else(|| panic!("{what}: {value}")));
    assert!((found - expected).abs() <= tolerance, "{what}: {found}, not {expected}");
}

/// The one row of any table that has these values.
fn row<'v>(found: &'v Value, values: &[(&str, Value)]) -> &'v Value {
    let rows = found["tables"].as_array().unwrap().iter().flat_map(|table| table["rows"].as_array().unwrap());
    let mut rows = rows.filter(|row| values.iter().all(|(name, value)| row.get(name) == Some(value)));
    let row = rows.next().unwrap_or_else(|| panic!("no {values:?} in {found}"));
    assert!(rows.next().is_none(), "several {values:?}");
    row
}

/// What a run prints as JSON, whatever it remarks.
fn printed(arguments: &[&str]) -> Value {
    let ended = run(&mut clscope(arguments));
    assert_eq!(ended.status, Some(0), "{arguments:?}\n{}", ended.stderr);
    serde_json::from_slice(&ended.stdout).unwrap()
}

#[test]
fn lists_come_to_pythons_numbers_under_every_family() {
    let reference = reference("family_lists.json");
    let folder = TempDir::new().unwrap();
    let [pairs, sentences] =
        ["pairs.jsonl", "sentences.txt"].map(|name| folder.path().join(name).display().to_string());
    let line = |pair: &Value| json!({"sentence1": pair[0], "sentence2": pair[1], "score": pair[2]}).to_string();
    let lines: Vec<String> = reference["pairs"].as_array().unwrap().iter().map(line).collect();
    fs::write(&pairs, lines.join("\n")).unwrap();
    let lines: Vec<&str> =
        reference["sentences"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    fs::write(&sentences, lines.join("\n")).unwrap();
    let models = reference["models"].as_object().unwrap();
    let correlated = models.values().filter(|model| model["correlations"]["mean"].is_object()).count();
    assert_eq!((models.len(), correlated), (9, 8));
    for (name, expected) in models {
        let directory = family(name).display().to_string();
        let common = ["--model", &directory, "--format", "json"];
        let found = printed(&with(
            &[
                "evaluate",
                &pairs,
                "--no-cache",
                "--bootstrap",
                "0",
                "--metric",
                "cosine",
                "--pooling",
                "cls",
                "--pooling",
                "mean",
            ],
            &common,
        ));
        for (pooling, numbers) in expected["correlations"].as_object().into_iter().flatten() {
            let row = row(&found, &[("pooling", json!(pooling)), ("metric", json!("cosine"))]);
            for (kind, number) in numbers.as_object().unwrap() {
                assert_near(&format!("{name}: {kind} of {pooling}"), &row[kind], number, 1e-4);
            }
        }
        let found = printed(&with(&["mixing", "--file", &sentences], &common));
        let taken = expected["taken"].as_array().unwrap();
        for (layer, taken) in taken.iter().enumerate() {
            let rows = found["tables"].as_array().unwrap().iter().flat_map(|table| table["rows"].as_array().unwrap());
            let row = rows.clone().find(|row| row["layer"] == layer + 1 && row.get("taken").is_some()).unwrap();
            assert_near(&format!("{name}: taken in layer {}", layer + 1), &row["taken"], taken, 1e-4);
        }
        for (vector, shares) in expected["dot"].as_object().unwrap() {
            for (part, share) in shares.as_object().unwrap() {
                let keys = [("vector", json!(vector)), ("part", json!(part)), ("measure", json!("dot"))];
                let what = format!("{name}: share of {part} in {vector}");
                assert_near(&what, &row(&found, &keys)["share"], share, 1e-3);
            }
        }
    }
}

/// A checkpoint with an output head, beside its family's tokenizer.
fn with_head(name: &str, of: &str) -> TempDir {
    let made = TempDir::new().unwrap();
    let heads = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/family_heads");
    for (folder, file) in [
        (family(of), "tokenizer.json"),
        (family(of), "tokenizer_config.json"),
        (heads.join(name), "config.json"),
        (heads.join(name), "model.safetensors"),
    ] {
        fs::copy(folder.join(file), made.path().join(file)).unwrap();
    }
    made
}

/// The rows that `predict` prints for a list.
fn predicted(model: &TempDir, list: &[Value]) -> Vec<Value> {
    let file = model.path().join("list.jsonl");
    fs::write(&file, list.iter().map(Value::to_string).collect::<Vec<_>>().join("\n")).unwrap();
    let [model, file] = [model.path(), &file].map(|path| path.display().to_string());
    let columns: &[&str] = match list[0].get("pair") {
        Some(_) => &["--text-column", "text", "--text-column", "pair"],
        None => &["--text-column", "text"],
    };
    let found = printed(&with(&["predict", "--model", &model, "--file", &file, "--format", "json"], columns));
    found.as_array().unwrap().clone()
}

#[test]
fn predictions_are_those_of_the_pipelines_under_every_family() {
    let reference = reference("family_heads.json");
    let mut checked = BTreeMap::<&str, usize>::new();
    for (name, model) in reference["models"].as_object().unwrap().iter().filter(|(name, _)| !name.contains('/')) {
        let (of, head) = (model["family"].as_str().unwrap(), name.rsplit('-').next().unwrap());
        let made = with_head(name, of);
        let numbers = match head {
            "classify" => labels(name, &made, &model["cases"]),
            "choice" => choices(name, &made, &model["choices"]),
            "tokens" => entities(name, &made, &model["entities"]),
            "question" => answers(name, &made, &model["spans"]),
            _ => continue,
        };
        assert!(numbers > 2, "{name}: {numbers}");
        *checked.entry(head).or_default() += 1;
    }
    assert_eq!(checked, BTreeMap::from([("choice", 8), ("classify", 8), ("question", 8), ("tokens", 8)]));
}

fn labels(name: &str, made: &TempDir, cases: &Value) -> usize {
    let mut count = 0;
    let cases: Vec<&Value> = cases.as_array().unwrap().iter().filter(|case| case["text"] != "").collect();
    for is_pair in [false, true] {
        let cases: Vec<&Value> = cases.iter().copied().filter(|case| case["pair"].is_string() == is_pair).collect();
        let line = |case: &&Value| match is_pair {
            true => json!({"text": case["text"], "pair": case["pair"]}),
            false => json!({"text": case["text"]}),
        };
        let rows = predicted(made, &cases.iter().map(line).collect::<Vec<_>>());
        assert_eq!(rows.len(), cases.len());
        for (row, case) in rows.iter().zip(cases) {
            for label in row["labels"].as_array().unwrap() {
                let expected = &case["scores"][label["label"].as_str().unwrap()];
                assert_near(&format!("{name}, {}", case["text"]), &label["score"], expected, 2e-5);
                count += 1;
            }
        }
    }
    count
}

fn choices(name: &str, made: &TempDir, case: &Value) -> usize {
    let model = made.path().display().to_string();
    let mut arguments = vec!["predict", case["text"].as_str().unwrap(), "--model", &model, "--format", "json"];
    let pairs: Vec<&str> = case["pairs"].as_array().unwrap().iter().map(|pair| pair.as_str().unwrap()).collect();
    pairs.iter().for_each(|pair| arguments.extend(["--pair", pair]));
    let found = printed(&arguments);
    let rows = found.as_array().unwrap();
    assert_eq!(rows.len(), pairs.len());
    for (row, expected) in rows.iter().zip(case["scores"].as_array().unwrap()) {
        assert_near(&format!("{name}, {}", row["pair"]), &row["labels"][0]["score"], expected, 2e-5);
    }
    rows.len()
}

fn entities(name: &str, made: &TempDir, cases: &Value) -> usize {
    let cases = cases.as_array().unwrap();
    let rows = predicted(made, &cases.iter().map(|case| json!({"text": case["text"]})).collect::<Vec<_>>());
    let mut count = 0;
    for (row, case) in rows.iter().zip(cases) {
        let [found, expected] = [&row["entities"], &case["entities"]].map(|entities| entities.as_array().unwrap());
        assert_eq!(found.len(), expected.len(), "{name}, {}", case["text"]);
        for (found, expected) in found.iter().zip(expected) {
            for part in ["entity_group", "word", "start", "end"] {
                assert_eq!(found[part], expected[part], "{name}, {}", case["text"]);
            }
            assert_near(name, &found["score"], &expected["score"], 2e-5);
            count += 1;
        }
    }
    count
}

fn answers(name: &str, made: &TempDir, cases: &Value) -> usize {
    // The pipeline widens an answer to the next blanks, also where a script has none.
    let is_unspaced = |text: &Value| text.as_str().unwrap().contains(|c| ('\u{3040}'..='\u{9fff}').contains(&c));
    let cases = cases.as_array().unwrap();
    let line = |case: &Value| json!({"text": case["question"], "pair": case["context"]});
    let rows = predicted(made, &cases.iter().map(line).collect::<Vec<_>>());
    let mut count = 0;
    for (row, case) in rows.iter().zip(cases) {
        let expected = case["spans"].as_array().unwrap();
        for (found, expected) in row["answers"].as_array().unwrap().iter().zip(expected) {
            for part in ["answer", "start", "end"].into_iter().filter(|_| !is_unspaced(&expected["answer"])) {
                assert_eq!(found[part], expected[part], "{name}, {}", case["context"]);
            }
            assert_near(name, &found["score"], &expected["score"], 2e-5);
            count += 1;
        }
    }
    count
}

/// ELECTRA's discriminator has one logit a token, that of `replaced`.
#[test]
fn original_is_explained_by_the_opposite_of_replaced() {
    let made = with_head("electra-pre-training", "electra");
    let model = made.path().display().to_string();
    let of = |label: &str| {
        let view = ["--view", "output", "--from", "3", "--label", label, "--format", "json"];
        printed(&with(&["attention", "--model", &model, "The cat is on it."], &view))
    };
    let (original, replaced) = (of("original"), of("replaced"));
    let logit = |found: &Value| found["about"]["logit"].as_str().unwrap().parse::<f64>().unwrap();
    assert!(logit(&replaced) != 0.0 && logit(&original) == -logit(&replaced), "{}", original["about"]);
    let parts = |found: &Value| -> Vec<f64> {
        let rows = found["tables"][0]["rows"].as_array().unwrap();
        rows.iter().map(|row| row["part"].as_f64().unwrap()).collect()
    };
    let (original, replaced) = (parts(&original), parts(&replaced));
    assert!(replaced.iter().any(|part| part.abs() > 1e-3), "{replaced:?}");
    for (original, replaced) in original.iter().zip(&replaced) {
        assert!((original + replaced).abs() < 1e-5, "{original}, {replaced}");
    }
}
