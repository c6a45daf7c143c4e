//! One logit, explained: its parts are those of the sweep and of `predict`.

use serde_json::Value;

use super::{
    super::program::{clscope, json, one_line, refusal, rows, run, text},
    words,
};

const TEXT: &str = "The room was dirty, but the staff were wonderful.";

fn head(name: &str) -> String {
    format!("{}/tests/reference/heads/{name}-safetensors", env!("CARGO_MANIFEST_DIR"))
}

fn explained(more: &[&str]) -> Value {
    json(&[&["attention", "--view", "output", "--format", "json"], more].concat())
}

fn column(table: &Value, name: &str) -> Vec<f64> {
    rows(table).iter().map(|row| row[name].as_f64().unwrap_or(f64::NAN)).collect()
}

#[test]
fn a_logit_is_explained_and_orders_a_sweep() {
    let probe = ["--probe", "feeling", "--label", "positive"];
    let found = explained(&[&[TEXT], &probe[..]].concat());
    let logit: f64 = found["about"]["logit"].as_str().unwrap().parse().unwrap();
    let tables = found["tables"].as_array().unwrap();
    let [by_words, by_heads, by_layer] = tables.as_slice() else { panic!("{}", tables.len()) };
    assert!((column(by_words, "part").iter().sum::<f64>() - logit).abs() < 1e-4);
    let parts = rows(by_heads).iter().flat_map(|row| row["parts"].as_array().unwrap().clone());
    assert!((parts.filter_map(|part| part.as_f64()).sum::<f64>() - logit).abs() < 1e-4);
    // What predict says is what the last layer says.
    let said = json(&["predict", TEXT, "--probe", "feeling", "--format", "json"]);
    let labels = said[0]["labels"].as_array().unwrap().clone();
    let positive = labels.iter().find(|label| label["label"] == "positive").unwrap()["score"].as_f64().unwrap();
    let last = rows(by_layer).last().unwrap()["scores"].as_array().unwrap().clone();
    assert!(last.iter().any(|score| (score.as_f64().unwrap() - positive).abs() < 1e-6), "{last:?}, {positive}");

    // With a word hidden it is what the logit loses without it, and what it was stands beside it.
    let hidden = explained(&[&[TEXT, "--hide-token", "4"], &probe[..]].concat());
    let number = |id: &str| hidden["about"][id].as_str().unwrap().parse::<f64>().unwrap();
    assert_eq!((found["about"].get("logit_before"), number("logit_before")), (None, logit));
    let lost = column(by_words, "loss")[4];
    assert!((logit - number("logit") - lost).abs() < 1e-5 && lost != 0.0, "{lost}");

    let sweep = |more: &[&str]| {
        let found = json(&[&["attention", TEXT, "--view", "sweep", "--format", "json"], &probe[..], more].concat());
        assert!((found["about"]["logit"].as_str().unwrap().parse::<f64>().unwrap() - logit).abs() < 1e-5);
        found["tables"][0].clone()
    };
    let heads = sweep(&["--order", "output"]);
    let changes: Vec<f64> = column(&heads, "output").iter().map(|after| -(after - logit).abs()).collect();
    assert!(changes.is_sorted() && changes.len() == 72 && changes[0] < 0.0, "{changes:?}");
    // A word's loss is what the sweep says of it.
    let losses = column(by_words, "loss");
    for (row, loss) in rows(&sweep(&["--order", "standing", "--sweep", "words"])).iter().zip(losses) {
        assert!((logit - row["output"].as_f64().unwrap() - loss).abs() < 1e-5, "{row}, {loss}");
    }
}

#[test]
fn every_kind_of_head_has_a_logit_by_default_and_says_which() {
    let pair = ["who ran", "--pair", "the dog and the cat"];
    for (name, more, said, tables) in [
        ("classify-one", &[][..], "sequence-classification", 3),
        ("tokens", &["--from", "2"], "token 2", 3),
        ("question", &[], "start", 3),
        ("next-sentence", &[], "_next", 3),
        ("pre-training", &["--output-head", "masked-language", "--from", "2"], "token 2", 5),
    ] {
        let model = head(name);
        let given = [&["attention", "--view", "output", "--model", &model, "--format", "json"], &pair[..], more];
        let ended = run(&mut clscope(&given.concat()));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        let said = said.replace("sequence-classification", "classi");
        assert!(ended.stderr.contains("the logit is that of") && ended.stderr.contains(&said), "{}", ended.stderr);
        let answer: Value = serde_json::from_slice(&ended.stdout).unwrap();
        assert_eq!(answer["tables"].as_array().unwrap().len(), tables, "{name}");
    }
}

#[test]
fn the_masked_language_head_is_read_off_every_layer_at_every_token() {
    let model = head("pre-training");
    let given =
        ["the dog ran", "--model", &model, "--output-head", "masked-language", "--from", "dog", "--label", "cat"];
    let found = explained(&given);
    let [_, _, ranks, likeliest, lens] = found["tables"].as_array().unwrap().as_slice() else { panic!() };
    let trace = json(&["trace", "the dog ran", "--model", &model]);
    let (tokens, layers) = (trace["tokens"].as_array().unwrap().len(), rows(ranks).len());
    assert_eq!((rows(lens).len(), rows(likeliest).len() % layers), (tokens * layers, 0));
    let at = |layer: usize| -> Vec<&Value> { rows(likeliest).iter().filter(|row| row["layer"] == layer).collect() };
    for (layer, row) in rows(ranks).iter().enumerate() {
        let (rank, share) = (row["rank"].as_f64().unwrap() as usize, row["probability"].as_f64().unwrap());
        let listed = at(layer);
        if let Some(word) = listed.iter().find(|row| row["word"] == "cat") {
            assert!((word["probability"].as_f64().unwrap() - share).abs() < 1e-6 && word["rank"] == rank, "{row}");
        } else {
            assert!(rank > listed.len(), "{row}");
        }
    }
    // One table of several is chosen by its number.
    let grid = text(&[&["attention", "--view", "output", "--format", "csv", "--table", "5"], &given[..]].concat());
    assert_eq!(grid.lines().count(), tokens * layers + 1, "{grid}");
}

#[test]
fn what_cannot_be_explained_is_said_in_one_line() {
    let model = head("tokens");
    let usage = |more: &str| {
        let more = words(&more.split(' ').collect::<Vec<_>>());
        let given: Vec<&str> =
            ["attention", "the dog", "--model", &model].into_iter().chain(more.iter().map(String::as_str)).collect();
        one_line(&run(&mut clscope(&given)), 2)
    };
    assert!(usage("--view output --from 1 --label nobody").contains("B-PER"));
    assert!(usage("--view layers --label O").contains("--label"));
    assert!(usage("--view output --layer 1").contains("--layer"));
    let other = ["attention", "the dog", "--model", &model, "--view", "output", "--output-head", "next-sentence"];
    assert!(refusal(&other).contains("token-classification"));
    assert!(refusal(&["attention", TEXT, "--view", "output"]).contains("--probe"));
    let whole = ["attention", TEXT, "--view", "output", "--probe", "topic", "--label", "food", "--from", "2"];
    assert!(one_line(&run(&mut clscope(&whole)), 2).contains("--from"));
}
