//! `clscope attention --measure` and `clscope trace --measures`: both say the same of an input.

use std::collections::BTreeMap;

use ndarray::{ArrayD, Axis};
use serde_json::{Value, json};

use super::{array, arrays, expected::numbers};
use crate::{
    apart::apart,
    program::{NO_POOLER, TINY, clscope, first_rows, json, misuse, output, run, text, with},
};

const INPUT: [&str; 5] = ["a cat sat on unhappy tokens", "--pair", "the dog", "--model", TINY];
const MEASURES: [&str; 9] =
    ["weight", "value-norm", "block", "alti", "decompx", "dot", "globenc", "rollout", "value-zeroing"];

/// What `attention` says, whatever it remarks.
fn answer(more: &[&str]) -> Value {
    let ended = run(&mut clscope(&[&["attention"], &INPUT[..], &["--format", "json"], more].concat()));
    assert_eq!(ended.status, Some(0), "{more:?}: {}", ended.stderr);
    serde_json::from_slice(&ended.stdout).unwrap()
}

fn trace(measures: &str) -> BTreeMap<String, ArrayD<f32>> {
    arrays(output(&[&["trace"], &INPUT[..], &["--format", "npz", "--measures", measures]].concat()))
}

/// A row of shares over the tokens and what follows them, of one head or of all.
fn row(
    arrays: &BTreeMap<String, ArrayD<f32>>,
    measure: &str,
    layer: usize,
    head: Option<usize>,
    row: usize,
) -> Vec<f64> {
    let name = match (measure, head) {
        ("weight", _) => "attentions",
        ("value-norm", Some(_)) => "value_norm_heads",
        ("value-norm", None) => "value_norm",
        ("block", _) => "block_norm",
        ("decompx", _) => "decompx_norm",
        ("dot", _) => "decompx_dot",
        ("value-zeroing", _) => "value_zeroing",
        (other, _) => other,
    };
    let of_layer = arrays[name].index_axis(Axis(0), layer);
    let of_head = match (of_layer.ndim(), head) {
        (3, Some(head)) => of_layer.index_axis(Axis(0), head).to_owned(),
        (3, None) => of_layer.mean_axis(Axis(0)).unwrap(),
        _ => of_layer.to_owned(),
    };
    let row: Vec<f64> = of_head.index_axis(Axis(0), row).iter().map(|&number| f64::from(number)).collect();
    let sum: f64 = row.iter().sum();
    row.into_iter().map(|number| number / sum).collect()
}

/// The names of the numbers of a row.
fn cells(measure: &str) -> &'static str {
    if measure == "weight" { "weights" } else { "shares" }
}

#[test]
fn every_view_shows_the_arrays_of_the_trace() {
    let (all, tokens) = (trace("all"), json(&with(&["trace"], &INPUT))["tokens"].as_array().unwrap().len());
    let special = [0, tokens - 4, tokens - 1];
    for measure in MEASURES {
        let has_heads = ["weight", "value-norm"].contains(&measure);
        for from in [0, 3] {
            let layers = answer(&["--measure", measure, "--from", &from.to_string()]);
            let hidden = answer(&["--measure", measure, "--from", &from.to_string(), "--specials", "hide"]);
            let rows = [&layers, &hidden].map(first_rows);
            assert_eq!(layers["about"].get("measure"), (measure != "weight").then(|| json!(measure)).as_ref());
            for (layer, (of_all, of_some)) in rows[0].iter().zip(rows[1]).take(2).enumerate() {
                let expected = row(&all, measure, layer, None, from);
                let found = numbers(&of_all[cells(measure)]);
                assert!(apart(&found, &expected[..tokens]) < 1e-5, "{measure}: {found:?} {expected:?}");
                match expected.get(tokens) {
                    Some(biases) => assert!((of_all["biases"].as_f64().unwrap() - biases).abs() < 1e-5),
                    None => assert!(of_all.get("biases").is_none()),
                }
                let gone: f64 = special.iter().map(|&token| expected[token]).sum();
                assert!((of_some["hidden"].as_f64().unwrap() - gone).abs() < 1e-5, "{measure}");
                let key = if !has_heads {
                    "all"
                } else if measure == "weight" {
                    "mean"
                } else {
                    "together"
                };
                assert_eq!(of_all["head"], key);
            }
        }
        let to = answer(&["--measure", measure, "--to", "2", "--layer", "2"]);
        let column: Vec<f64> = (0..tokens).map(|from| row(&all, measure, 1, None, from)[2]).collect();
        assert!(apart(&numbers(&to["tables"][0]["rows"][0][cells(measure)]), &column) < 1e-5, "{measure}");

        let matrix = answer(&["--measure", measure, "--view", "matrix", "--layer", "1", "--head", "2"]);
        for (from, found) in first_rows(&matrix).iter().enumerate() {
            let expected = row(&all, measure, 0, has_heads.then_some(1), from);
            assert!(apart(&numbers(&found[cells(measure)]), &expected[..tokens]) < 1e-5, "{measure}");
        }

        let heads = answer(&["--measure", measure, "--view", "heads"]);
        let heads = first_rows(&heads);
        assert_eq!(heads.len(), if has_heads { 4 } else { 2 });
        let last = heads.last().unwrap();
        let own: f64 = (0..tokens).map(|at| row(&all, measure, 1, has_heads.then_some(1), at)[at]).sum();
        assert!((last["to itself"].as_f64().unwrap() - own / tokens as f64).abs() < 1e-5, "{measure}: {last}");

        let compare = answer(&["--measure", measure, "--view", "compare", "--layer", "2", "--against-layer", "1"]);
        let found = &first_rows(&compare)[2];
        let [a, b] = [0, 1].map(|layer| row(&all, measure, layer, None, 0));
        let expected: Vec<f64> = a.iter().zip(&b).map(|(a, b)| b - a).take(tokens).collect();
        let (_, found) = found.as_object().unwrap().iter().find(|(_, value)| value.is_array()).unwrap();
        assert!(apart(&numbers(found), &expected) < 1e-5, "{measure}: {found} {expected:?}");
    }
}

#[test]
fn words_hide_no_share() {
    for measure in MEASURES {
        let words = answer(&["--measure", measure, "--units", "words", "--view", "matrix"]);
        for row in words["tables"].as_array().unwrap().iter().flat_map(|table| table["rows"].as_array().unwrap()) {
            let biases = row.get("biases").map_or(0.0, |biases| biases.as_f64().unwrap());
            let sum = numbers(&row[cells(measure)]).iter().sum::<f64>() + biases;
            assert!((sum - 1.0).abs() < 1e-5, "{measure}: {row}");
        }
    }
}

#[test]
fn arrays_of_measures_have_their_shapes_in_both_formats() {
    for (model, [layers, heads], pooled) in [(TINY, [2, 2], true), (NO_POOLER, [3, 4], false)] {
        let input = ["trace", "the unhappy cat", "--model", model];
        let plain = arrays(output(&with(&input, &["--format", "npz"])));
        let [all, some] = ["all", "dot,value-norm"].map(|names| with(&input, &["--measures", names]));
        let npz = arrays(output(&with(&all, &["--format", "npz"])));
        let tokens = npz["input_ids"].len();
        let square = vec![layers, tokens, tokens];
        let mut shapes = BTreeMap::from([
            ("value_norm_heads", vec![layers, heads, tokens, tokens]),
            ("value_norm", square.clone()),
            ("block_norm", square.clone()),
            ("mixing_block", vec![layers, tokens]),
            ("alti_layer", square.clone()),
            ("alti", square.clone()),
            ("globenc", square.clone()),
            ("rollout", square.clone()),
            ("decompx_norm", vec![layers, tokens, tokens + 1]),
            ("decompx_dot", vec![layers, tokens, tokens + 1]),
            ("mean_norm", vec![tokens + 1]),
            ("mean_dot", vec![tokens + 1]),
            ("value_zeroing", square),
        ]);
        if pooled {
            shapes.extend([("pooled_norm", vec![tokens + 1]), ("pooled_dot", vec![tokens + 1])]);
        }
        let found: BTreeMap<_, _> = npz
            .iter()
            .filter(|(name, _)| !plain.contains_key(*name))
            .map(|(name, array)| (name.as_str(), array.shape().to_vec()))
            .collect();
        assert_eq!(found, shapes);
        let json = json(&all);
        for name in shapes.keys() {
            assert_eq!(array(&json[*name]), npz[*name], "{name}");
            assert!(npz[*name].iter().all(|number| number.is_finite()), "{name}");
        }
        let few = arrays(output(&with(&some, &["--format", "npz"])));
        let few: Vec<&str> = few.keys().filter(|name| !plain.contains_key(*name)).map(String::as_str).collect();
        let pooled = if pooled { &["pooled_dot"][..] } else { &[] };
        assert_eq!(few, [&["decompx_dot", "mean_dot"], pooled, &["value_norm", "value_norm_heads"]].concat());
    }
}

#[test]
fn a_cut_head_hands_nothing_on() {
    let cut = with(&["trace"], &[&INPUT[..], &["--cut", "1.2", "--measures", "all", "--format", "npz"]].concat());
    let cut = arrays(output(&cut));
    let of_head = |layer: usize, head: usize| {
        let layer = cut["value_norm_heads"].index_axis(Axis(0), layer);
        layer.index_axis(Axis(0), head).iter().copied().fold(0.0, f32::max)
    };
    assert_eq!(of_head(0, 1), 0.0);
    assert!(of_head(0, 0) > 0.0 && of_head(1, 1) > 0.0);
    let sum = cut["decompx_dot"].sum_axis(Axis(2));
    assert!(sum.iter().all(|sum| (sum - 1.0).abs() < 1e-4), "{sum}");
}

#[test]
fn every_format_has_them() {
    for format in ["table", "tsv", "csv", "json", "html", "npz"] {
        let found = output(&with(&["attention"], &[&INPUT[..], &["--measure", "dot", "--format", format]].concat()));
        assert!(!found.is_empty(), "{format}");
    }
    let table = text(&with(&["attention"], &[&INPUT[..], &["--measure", "value-norm", "--among", "1"]].concat()));
    assert!(table.contains("[CLS] takes from … (value-norm), head 1, in percent"), "{table}");
}

#[test]
fn what_is_to_be_known_of_a_measure_is_remarked() {
    let remark = |more: &[&str]| run(&mut clscope(&[&["attention"], &INPUT[..], more].concat())).stderr;
    let heads = "clscope: block has no heads: the layer is shown, and --head changes nothing";
    assert!(remark(&["--measure", "block", "--head", "2"]).contains(heads));
    assert!(!remark(&["--measure", "block"]).contains(heads));
    assert!(!remark(&["--measure", "value-norm", "--head", "2"]).contains("no heads"));
    assert!(remark(&["--measure", "rollout"]).contains("half of each token stays where it is"));
    assert!(misuse(&["attention", "a", "--measure", "weights"]).contains("weight, value-norm, block, alti"));
    assert!(misuse(&["trace", "a", "--measures", "all,attention"]).contains("weight, value-norm, block, alti"));
}
