//! Sweeps, and what ablations change.

use super::*;

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

/// The vectors of a trace under `cls`, `pooled` and `mean`; none for `pooled` without a pooler.
fn vectors(trace: &Value) -> [Option<Vec<f32>>; 3] {
    let hidden = array(&trace["hidden_states"]);
    let [layers, tokens, size] = hidden.shape().try_into().unwrap();
    let last = |token: usize| {
        (0..size).map(move |at| (token, at)).map(|(token, at)| hidden[[layers - 1, token, at]]).collect::<Vec<f32>>()
    };
    let all: Vec<Vec<f32>> = (0..tokens).map(&last).collect();
    let mean = (0..size).map(|at| (all.iter().map(|token| f64::from(token[at])).sum::<f64>() / tokens as f64) as f32);
    let pooled = trace.get("pooler_output").filter(|output| output.is_array());
    [Some(all[0].clone()), pooled.map(|output| array(output).into_iter().collect()), Some(mean.collect())]
}

/// The cosine of two traces' vectors, of each pooling both have.
fn cosines(a: &Value, b: &Value) -> [Option<f64>; 3] {
    let (a, b) = (vectors(a), vectors(b));
    std::array::from_fn(|at| Some(cosine(a[at].as_ref()?, b[at].as_ref()?)))
}

const POOLINGS: [&str; 3] = ["cls", "pooled", "mean"];

fn assert_cosines(row: &Value, expected: [Option<f64>; 3], what: &str) {
    for (pooling, expected) in POOLINGS.iter().zip(expected) {
        match expected {
            Some(cosine) => assert!((row[*pooling].as_f64().unwrap() - cosine).abs() < 1e-5, "{what}: {row} {cosine}"),
            None => assert_eq!(row.get(*pooling), None, "{what}"),
        }
    }
}

#[test]
fn a_sweep_says_what_each_cut_does() {
    let text = "a cat sat on unhappy tokens";
    for (model, base) in [(TINY, &[][..]), (NO_POOLER, &["--cut", "1.2", "--mask-token", "2"])] {
        let input = [&[text, "--model", model], base].concat();
        let trace = |more: &[&str]| json(&[&["trace"], &input[..], more].concat());
        let before = trace(&[]);
        let sweep = |more: &[&str]| {
            json(&[&["attention", "--view", "sweep", "--format", "json"], &input[..], more].concat())["tables"][0]
                .clone()
        };
        let heads = sweep(&["--order", "standing"]);
        let rows = heads["rows"].as_array().unwrap();
        let [layers, heads] = [0, 1].map(|side| array(&before["attentions"]).shape()[side]);
        assert_eq!(rows.len(), layers * heads);
        for (at, row) in rows.iter().enumerate() {
            let (layer, head) = (at / heads + 1, at % heads + 1);
            assert_eq!((&row["layer"], &row["head"]), (&json!(layer), &json!(head)));
            let cut = format!("{layer}.{head}");
            if base.contains(&cut.as_str()) {
                assert!(row["cls"].is_null(), "it is off all the while");
            } else {
                assert_cosines(row, cosines(&before, &trace(&["--cut", &cut])), &cut);
            }
        }
        let words = sweep(&["--sweep", "words", "--order", "standing"]);
        let units = units(&json(&["trace", text, "--model", model]), true);
        for (row, unit) in words["rows"].as_array().unwrap().iter().zip(&units) {
            assert_eq!(row["token"], unit[0]);
            let hidden: Vec<String> = unit.iter().map(usize::to_string).collect();
            let hidden: Vec<&str> = hidden.iter().flat_map(|token| ["--hide-token", token]).collect();
            if base.contains(&"--mask-token") && unit[0] == 2 && unit.len() == 1 {
                assert!(row["cls"].is_null(), "{row}");
            } else {
                assert_cosines(row, cosines(&before, &trace(&hidden)), &row["word"].to_string());
            }
        }
        assert_eq!(words["rows"].as_array().unwrap().len(), units.len());
        for order in ["cls", "mean"] {
            let ordered = sweep(&["--sweep", "words", "--order", order]);
            let kept: Vec<f64> =
                ordered["rows"].as_array().unwrap().iter().filter_map(|row| row[order].as_f64()).collect();
            assert!(kept.is_sorted() && kept.len() >= units.len() - 1, "{kept:?}");
        }
        assert_eq!(sweep(&[]), sweep(&["--sweep", "heads", "--order", "cls"]));
    }
}

#[test]
fn a_word_without_which_nothing_is_left_to_look_at_has_no_numbers() {
    let arguments =
        ["attention", "a cat sat", "--model", TINY, "--view", "sweep", "--sweep", "words", "--blind", "0@1"];
    let ended = run(&mut clscope(&[&arguments[..], &["--format", "json"]].concat()));
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    assert_eq!(ended.stderr.matches("nothing left to attend to").count(), 1, "{}", ended.stderr);
    let said: Value = serde_json::from_slice(&ended.stdout).unwrap();
    let rows = said["tables"][0]["rows"].as_array().unwrap();
    let (last, others) = rows.split_last().unwrap();
    assert!(last["token"] == 0 && last["cls"].is_null(), "{last}");
    assert!(others.len() > 2 && others.iter().all(|row| row["cls"].is_number()), "{others:?}");
}

#[test]
fn what_the_cuts_change_is_said_in_every_view() {
    let cuts = ["--cut", "1.2", "--hide-token", "2", "--mask-token", "4"];
    let input = ["a cat", "--model", TINY];
    let trace = |input: &[&str], cuts: &[&str]| json(&[&["trace"], input, cuts].concat());
    for view in ["layers", "heads", "matrix", "compare", "sweep"] {
        let arguments = [&["attention", "--view", view, "--format", "json"], &input[..], &cuts[..4]].concat();
        let answer = json(&arguments);
        let table = answer["tables"].as_array().unwrap().last().unwrap();
        assert_eq!(
            table["title"],
            "What the ablations change: cosine of each vector to the same vector without ablations"
        );
        let expected = cosines(&trace(&input, &[]), &trace(&input, &cuts[..4]));
        let rows = table["rows"].as_array().unwrap();
        assert_eq!(rows.iter().map(|row| row["pooling"].as_str().unwrap()).collect::<Vec<_>>(), POOLINGS);
        for (row, expected) in rows.iter().zip(expected) {
            assert!((row["cosine"].as_f64().unwrap() - expected.unwrap()).abs() < 1e-6);
        }
    }
    // [CLS] a cat [SEP] the cat [SEP], joined; the cuts are of cat and, read alone, of the.
    let [a, b] = [["a cat", "--model", TINY], ["the cat", "--model", TINY]];
    let tokens = trace(&a, &[])["tokens"].as_array().unwrap().len();
    let first_of_b = tokens.to_string();
    let cuts = ["--cut", "1.2", "--hide-token", "2", "--mask-token", &first_of_b];
    let answer = json(&[&["attention", "--format", "json", "--pair", "the cat"], &input[..], &cuts].concat());
    let [a_before, b_before] = [trace(&a, &[]), trace(&b, &[])];
    let a_after = trace(&a, &["--cut", "1.2", "--hide-token", "2"]);
    let b_after = trace(&b, &["--cut", "1.2", "--mask-token", "1"]);
    let expected = [cosines(&a_before, &a_after), cosines(&a_before, &b_before), cosines(&a_after, &b_after)];
    let rows = answer["tables"][1]["rows"].as_array().unwrap();
    for (at, row) in rows.iter().enumerate() {
        for (name, expected) in ["cosine", "A~B before", "A~B after"].iter().zip(expected) {
            assert!((row[*name].as_f64().unwrap() - expected[at].unwrap()).abs() < 1e-6, "{row} {name}");
        }
    }
    assert_eq!(rows.len(), 3);
    let no_pooler = json(&["attention", "a", "--model", NO_POOLER, "--cut", "1", "--format", "json"]);
    assert_eq!(no_pooler["tables"][1]["rows"].as_array().unwrap().len(), 2);
    // Of A nothing is left when it is read alone.
    let hidden: Vec<String> = (0..tokens).map(|token| token.to_string()).collect();
    let hidden: Vec<&str> = hidden.iter().flat_map(|token| ["--hide-token", token]).collect();
    let ended =
        run(&mut clscope(&[&["attention", "--format", "json", "--pair", "the cat"], &input[..], &hidden].concat()));
    assert!(ended.stderr.contains("every token hidden, so what the ablations change is left out"), "{}", ended.stderr);
    assert_eq!(serde_json::from_slice::<Value>(&ended.stdout).unwrap()["tables"].as_array().unwrap().len(), 1);
}
