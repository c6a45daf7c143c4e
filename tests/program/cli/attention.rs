//! `clscope attention` under random switches, comparisons, sweeps and cuts: all of it follows from `clscope trace`.

mod ablations;
mod links;
mod output;

use ndarray::ArrayD;
use serde_json::{Value, json};

use super::{
    array,
    expected::{Row, Switches, attention_of, compare, numbers, shown_units, units},
    program::{NO_POOLER, TINY, clscope, json, misuse, one_line, refusal, rows, run, text, with},
};
use crate::{apart::apart, dice::Dice};

/// Some of `0..end`, at least one.
fn some(dice: &mut Dice, end: usize) -> Vec<usize> {
    let mut some: Vec<usize> = (0..end).filter(|_| dice.below(2) == 0).collect();
    if some.is_empty() {
        some.push(dice.below(end));
    }
    some
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

fn with_commas(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
}

fn answer(command: &str, arguments: &[String]) -> Value {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    json(&[&[command], &arguments[..], &["--format", "json"]].concat())
}

const CUTS: [&str; 3] = ["--cut", "--hide-token", "--mask-token"];

/// A model, its layers and heads, and what random inputs are made of.
struct Model {
    arguments: &'static [&'static str],
    layers: usize,
    heads: usize,
    texts: &'static [&'static str],
}

const SMALL: Model = Model {
    arguments: &["--model", TINY],
    layers: 2,
    heads: 2,
    texts: &["a cat sat on unhappy tokens", "the cat", "sat, unhappily, there"],
};
const EMBEDDED: Model = Model {
    arguments: &[],
    layers: 6,
    heads: 12,
    texts: &["The cat sat on the mat.", "Unbelievably tokenized wolves howl", "Nothing is."],
};

impl Model {
    /// An input, maybe with cuts: arguments for `trace` and `attention`, and its tokens as they are uncut.
    fn input(&self, dice: &mut Dice) -> (Vec<String>, Value) {
        let mut input = words(&[dice.pick(self.texts)]);
        input.extend(words(self.arguments));
        if dice.below(3) == 0 {
            input.extend(words(&["--pair", dice.pick(self.texts)]));
        }
        let uncut = answer("trace", &input)["tokens"].take();
        let tokens = uncut.as_array().unwrap().len();
        for _ in 0..dice.below(3) {
            let (layer, head) = (dice.below(self.layers) + 1, dice.below(self.heads) + 1);
            let (option, value) = match dice.below(4) {
                0 => ("--cut", format!("{layer}.{head}")),
                1 => ("--cut", layer.to_string()),
                // [CLS] stays, so that something is left to look at.
                2 => ("--hide-token", (1 + dice.below(tokens - 1)).to_string()),
                _ => ("--mask-token", dice.below(tokens).to_string()),
            };
            input.extend([option.to_owned(), value]);
        }
        (input, uncut)
    }
}

/// One random question, its answer held against the trace.
fn ask(model: &Model, dice: &mut Dice) {
    let (input, uncut) = model.input(dice);
    let tokens = uncut.as_array().unwrap().len();
    let mut trace = answer("trace", &input);
    // A piece that is read as [MASK] is a piece of its word all the same.
    trace["tokens"] = uncut;
    let number = (1 + dice.below(model.heads)).to_string();
    let head = dice.pick(&["mean", "mean", "max", "max", "all", number.as_str()]);
    let among: Vec<usize> = match head {
        "mean" | "max" if dice.below(2) == 0 => some(dice, model.heads).iter().map(|head| head + 1).collect(),
        _ => Vec::new(),
    };
    let switches = Switches {
        head,
        among: &among,
        words: dice.below(2) == 0,
        specials: dice.pick(&["show", "hide", "renormalize"]),
    };
    let view = dice.pick(&["layers", "layers", "matrix"]);
    let (to, chosen) = (view == "layers" && dice.below(2) == 0, if view == "layers" { dice.below(tokens) } else { 0 });
    let layer = (dice.below(2) == 0).then(|| dice.below(model.layers));
    let shown = shown_units(&trace, switches);
    let marked = if dice.below(2) == 0 { some(dice, shown.len()) } else { Vec::new() };

    let granularity = if switches.words { "words" } else { "pieces" };
    let mut arguments = input.clone();
    arguments.extend(words(&["--view", view, "--head", head, "--units", granularity, "--specials", switches.specials]));
    if view == "layers" {
        arguments.extend([if to { "--to" } else { "--from" }.to_owned(), chosen.to_string()]);
    }
    if let Some(layer) = layer {
        arguments.extend(["--layer".to_owned(), (layer + 1).to_string()]);
    }
    if !among.is_empty() {
        arguments.extend(["--among".to_owned(), with_commas(&among)]);
    }
    if !marked.is_empty() {
        // Any token of a unit marks it.
        let tokens: Vec<usize> = marked.iter().map(|&unit| dice.pick(&shown[unit])).collect();
        arguments.extend(["--mark".to_owned(), with_commas(&tokens)]);
    }
    let document = answer("attention", &arguments);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();

    let facts = &document["about"];
    let some = (!among.is_empty() && among.len() < model.heads)
        .then(|| among.iter().map(usize::to_string).collect::<Vec<_>>().join(" "));
    assert_eq!(facts.get("among").and_then(Value::as_str), some.as_deref(), "{arguments:?}");
    assert_eq!(facts.get("marked").is_some(), !marked.is_empty());
    let cut = arguments.iter().any(|argument| CUTS.contains(argument));
    let tables = document["tables"].as_array().unwrap();
    let (views, cuts) = tables.split_at(tables.len() - usize::from(cut));
    assert!(cuts.iter().all(|table| table["title"].as_str().unwrap().starts_with("What the ablations change")));

    let heads = if head == "all" { model.heads } else { 1 };
    let of_layers = |mut rows: Vec<Row>| match layer {
        Some(layer) => rows.drain(layer * heads..(layer + 1) * heads).collect(),
        None => rows,
    };
    let check = |row: &Value, expected: &Row| {
        compare(row, expected, &arguments);
        let sum: f64 = marked.iter().map(|&unit| expected.weights[unit]).sum();
        match row.get("marked") {
            Some(found) => assert!((found.as_f64().unwrap() - sum).abs() < 1e-5, "{arguments:?}"),
            None => assert!(marked.is_empty(), "{arguments:?}"),
        }
    };
    if view == "layers" {
        let rows = views[0]["rows"].as_array().unwrap();
        let expected = of_layers(attention_of(&trace, switches, to, chosen));
        assert_eq!((views.len(), rows.len()), (1, expected.len()), "{arguments:?}");
        rows.iter().zip(&expected).for_each(|(row, expected)| check(row, expected));
        return;
    }
    for (nth, unit) in shown.iter().enumerate() {
        let expected = of_layers(attention_of(&trace, switches, false, unit[0]));
        assert_eq!(views.len(), expected.len(), "{arguments:?}");
        views.iter().zip(&expected).for_each(|(table, expected)| check(&table["rows"][nth], expected));
    }
}

#[test]
fn any_question_is_answered_as_the_trace_says() {
    let mut dice = Dice::new(7);
    (0..120).for_each(|_| ask(&SMALL, &mut dice));
    (0..12).for_each(|_| ask(&EMBEDDED, &mut dice));
}

#[test]
fn a_subset_of_heads_is_named_and_all_are_not() {
    let of = |more: &[&str]| json(&[&["attention", "a cat", "--format", "json"], more].concat());
    for (more, title) in [
        (&["--among", "7,3,5"][..], "[CLS] looks at …, mean of heads 3 5 7"),
        (&["--among", "3", "--head", "max"], "[CLS] looks at …, max of head 3"),
        (
            &["--among", "3", "--among", "5", "--view", "matrix", "--layer", "2"],
            "Who looks at whom, layer 2, mean of heads 3 5",
        ),
        (&["--among", "1,2,3,4,5,6,7,8,9,10,11,12"], "[CLS] looks at …, mean of heads"),
    ] {
        let answer = of(more);
        assert_eq!(answer["tables"][0]["title"], title);
        // A row's key stays what it was.
        assert!([json!("mean"), json!("max")].contains(&answer["tables"][0]["rows"][0]["head"]));
    }
    assert_eq!(of(&["--among", "7,3,5"])["about"]["among"], "3 5 7");
    assert_eq!(of(&["--among", "1,2,3,4,5,6,7,8,9,10,11,12"])["about"].get("among"), None);
}

// Comparisons.

/// The matrix of a layer, from 0, `[row]`.
fn matrix_of(trace: &Value, switches: Switches, layer: usize) -> Vec<Vec<f64>> {
    let row = |unit: &Vec<usize>| attention_of(trace, switches, false, unit[0]).swap_remove(layer).weights;
    shown_units(trace, switches).iter().map(row).collect()
}

fn assert_close(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    assert!(apart(found, expected) < 2e-6, "{what}: {found:?} {expected:?}");
}

/// The options; what is held; how each side is looked at, and its layer from 0.
type Case<'a> = (&'a [&'a str], &'a [&'a str], (Switches<'a>, usize), (Switches<'a>, usize));

#[test]
fn a_comparison_is_the_difference_of_two_traces() {
    let mean = Switches { head: "mean", among: &[], words: false, specials: "show" };
    let shown = ["a cat sat on unhappy tokens", "--model", TINY];
    let (words, hidden) = (Switches { words: true, ..mean }, Switches { specials: "hide", ..mean });
    let (one, rest) = (Switches { head: "1", ..mean }, Switches { specials: "renormalize", ..mean });
    let other = ["a cat sat on unhappily tokens", "--model", TINY];
    let cases: [Case; 8] = [
        (&["--cut", "1.2"], &shown, (mean, 1), (mean, 1)),
        (&["--mask-token", "2", "--layer", "1"], &shown, (mean, 0), (mean, 0)),
        (&["--against-layer", "1"], &shown, (mean, 0), (mean, 1)),
        (&["--against-head", "max", "--head", "1"], &shown, (Switches { head: "max", ..mean }, 1), (one, 1)),
        (&["--against-text", other[0], "--units", "words"], &other, (words, 1), (words, 1)),
        (&["--against-model", NO_POOLER, "--layer", "2"], &[shown[0], "--model", NO_POOLER], (mean, 1), (mean, 1)),
        (
            &["--against-head", "mean", "--head", "1", "--among", "2", "--specials", "renormalize"],
            &shown,
            (Switches { among: &[2], ..rest }, 1),
            (Switches { head: "1", ..rest }, 1),
        ),
        (&["--against-layer", "1", "--hide-token", "3", "--specials", "hide"], &shown, (hidden, 0), (hidden, 1)),
    ];
    for (more, held_input, (held_switches, held_layer), (shown_switches, shown_layer)) in cases {
        let what = format!("{more:?}");
        let cuts = more.chunks(2).filter(|option| CUTS.contains(&option[0]));
        let cuts: Vec<&str> = cuts.flatten().copied().collect();
        let held = matrix_of(&json(&[&["trace"], held_input].concat()), held_switches, held_layer);
        let cut = matrix_of(&json(&[&["trace"], &shown[..], &cuts].concat()), shown_switches, shown_layer);
        let arguments = [&["attention", "--view", "compare", "--format", "json"], &shown[..], more].concat();
        let answer = json(&arguments);
        let tables = answer["tables"].as_array().unwrap();
        assert_eq!(tables.len(), if cuts.is_empty() { 4 } else { 5 }, "{what}");
        let row = |table: usize, row: usize, name: &str| numbers(&tables[table]["rows"][row][name]);
        for (at, (held, shown)) in held.iter().zip(&cut).enumerate() {
            let difference: Vec<f64> = shown.iter().zip(held).map(|(shown, held)| shown - held).collect();
            assert_close(&row(1, at, "weights"), held, &what);
            assert_close(&row(2, at, "weights"), shown, &what);
            assert_close(&row(3, at, "differences"), &difference, &what);
            let apart: f64 = difference.iter().map(|by| by.abs()).sum::<f64>() / 2.0;
            let said = tables[3]["rows"][at]["rows apart"].as_f64().unwrap();
            assert!((said - apart).abs() < 2e-6, "{what}: {said} {apart}");
        }
        assert_eq!(tables[1]["rows"].as_array().unwrap().len(), held.len());
    }
}

#[test]
fn the_row_shown_first_is_the_one_asked_for() {
    let of = |more: &[&str]| {
        let arguments = ["attention", "a cat", "--model", TINY, "--view", "compare", "--format", "json", "--cut", "1"];
        json(&[&arguments[..], more].concat())
    };
    let answer = of(&["--from", "1"]);
    assert_eq!(answer["tables"][0]["title"], "a looks at …: the baseline, what is shown, and their difference");
    for (at, side) in ["held", "shown"].iter().enumerate() {
        assert_eq!(
            answer["tables"][0]["rows"][at]["weights"],
            answer["tables"][at + 1]["rows"][1]["weights"],
            "{side}"
        );
        assert_eq!(answer["tables"][0]["rows"][at]["side"], *side);
    }
    assert_eq!(answer["tables"][0]["rows"][2]["weights"], answer["tables"][3]["rows"][1]["differences"]);
    assert_eq!(of(&[])["tables"][0]["title"], "[CLS] looks at …: the baseline, what is shown, and their difference");
    let facts = &of(&["--against-text", "a dog", "--against-head", "2", "--among", "1"])["about"];
    assert_eq!(facts["held"], "tiny-pooler, layer 2, head 2, without ablations: a dog");
    assert_eq!(facts["shown"], "tiny-pooler, layer 2, mean of head 1: a cat");
    assert_eq!((&facts["among"], &facts["units"], &facts["specials"]), (&json!("1"), &json!("pieces"), &json!("show")));
}

#[test]
fn a_model_of_another_depth_is_held_at_its_own_last_layer() {
    let arguments = ["attention", "a cat", "--view", "compare", "--against-model", TINY];
    let facts = &json(&with(&arguments, &["--format", "json"]))["about"];
    assert!(facts["held"].as_str().unwrap().starts_with("tiny-pooler, layer 2, mean of heads: "));
    assert!(facts["shown"].as_str().unwrap().starts_with("all-MiniLM-L6-v2, layer 6, mean of heads: "));
    for (more, says) in [
        (
            ["--layer", "5"],
            "the baseline has no layer 5; its model has layers 1 to 2: choose one of these with --against-layer",
        ),
        (
            ["--head", "5"],
            "the baseline has no head 5; its model has heads 1 to 2: choose one of these with --against-head",
        ),
        (
            ["--among", "1,5"],
            "the baseline has no head 5; its model has heads 1 to 2: choose one of these with --among",
        ),
    ] {
        assert_eq!(refusal(&with(&arguments, &more)), says);
    }
    assert!(text(&with(&arguments, &["--layer", "5", "--against-layer", "1"])).contains("layer 5"));
}

// Sweeps and cuts.

// What is refused.

#[test]
fn what_there_is_not_is_refused() {
    for (more, says) in [
        (&["--among", "1,9"][..], "there is no head 9; this input and model have 1 to 2"),
        (&["--mark", "0,99"], "there is no token 99; this input and model have 0 to"),
        (&["--mark", "0", "--specials", "hide"], "token 0 is hidden with the specials"),
        (&["--view", "compare", "--cut", "1", "--from", "99"], "there is no token 99"),
        (&["--view", "compare", "--cut", "1", "--layer", "3"], "there is no layer 3"),
        (&["--view", "compare", "--cut", "1", "--head", "3"], "there is no head 3"),
        (&["--view", "compare", "--against-layer", "9"], "the baseline has no layer 9"),
        (&["--view", "compare", "--against-model", "./nowhere"], "nowhere"),
    ] {
        let refusal = refusal(&[&["attention", "a cat", "--model", TINY], more].concat());
        assert!(refusal.contains(says), "{refusal}");
    }
    let refusal = refusal(&["attention", "a", "--model", NO_POOLER, "--view", "sweep", "--order", "pooled"]);
    assert!(refusal.contains("take cls, mean or standing"), "{refusal}");
}

#[test]
fn what_does_not_go_together_is_wrong_usage() {
    let nothing = "there is nothing to compare: name another baseline with --against-text";
    for (more, says) in [
        (&["--among", "1", "--head", "2"][..], "write --head mean or --head max, or leave --among away"),
        (&["--among", "1", "--head", "all"], "leave --among away"),
        (&["--view", "heads", "--among", "1"], "leave --among away"),
        (&["--view", "heads", "--specials", "hide"], "leave --specials away"),
        (&["--view", "sweep", "--from", "1", "--layer", "1"], "leave --layer away"),
        (&["--view", "sweep", "--layer", "1", "--units", "words"], "leave --layer, --units away"),
        (&["--view", "sweep", "--among", "1"], "leave --among away"),
        (&["--against-layer", "1"], "leave --against-layer away"),
        (&["--view", "matrix", "--order", "cls"], "leave --order away"),
        (&["--view", "compare", "--against-layer", "1", "--to", "1"], "leave --to away"),
        (&["--view", "compare", "--against-layer", "1", "--mark", "1"], "leave --mark away"),
        (&["--view", "compare", "--against-layer", "1", "--layer", "all"], "write --layer with a number"),
        (&["--view", "compare", "--against-layer", "1", "--head", "all"], "write --head with a number, mean or max"),
        (&["--view", "compare", "--against-layer", "1", "--head", "1", "--among", "1"], "leave --among away"),
        (&["--view", "compare"], nothing),
        (&["--view", "compare", "--layer", "1", "--against-layer", "1"], nothing),
        (&["--view", "compare", "--against-text", "a cat", "--against-model", TINY], nothing),
    ] {
        let refusal = one_line(&run(&mut clscope(&[&["attention", "a cat", "--model", TINY], more].concat())), 2);
        assert!(refusal.contains(says), "{refusal}");
    }
    for (wrong, says) in [
        (["--among", "0"], "write a number from 1"),
        (["--among", "1,,2"], "write a number from 1"),
        (["--mark", "x"], "invalid"),
        (["--sweep", "layers"], "write one of: heads, words"),
        (["--order", "max"], "write one of: cls, pooled, mean, token, cell, output, standing"),
        (["--against-head", "all"], "write a number from 1, mean or max"),
        (["--against-layer", "0"], "write a number from 1"),
    ] {
        let told = misuse(&[&["attention", "a"], &wrong[..]].concat());
        assert!(told.contains(says), "{told}");
    }
}

#[test]
fn pieces_without_a_width_can_be_told_apart_by_people_and_stay_as_they_are_for_programs() {
    // Decomposed Hangul: a syllable is up to three letters, of which only the first has a width.
    let read = |format: &str| text(&["attention", "서울", "--layer", "1", "--format", format]);
    let shown = read("table");
    for piece in ["##U+1165", "##U+116E", "##U+11AF"] {
        assert!(shown.contains(piece), "{piece}: {shown}");
    }
    let tokens = read("tsv");
    assert!(tokens.contains("##\u{1165}") && !tokens.contains("U+"), "{tokens}");
}
