//! What `clscope attention` must say, worked out from the arrays of `clscope trace` alone.

use serde_json::Value;

use super::array;
use crate::apart::apart;

/// How attention is looked at, as on the command line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Switches<'a> {
    /// `--head`.
    pub head: &'a str,
    /// `--among`, from 1; all where it is empty.
    pub among: &'a [usize],
    /// `--units words`.
    pub words: bool,
    /// `--specials`.
    pub specials: &'a str,
}

/// One row of attention.
pub struct Row {
    /// `[unit]` of those shown.
    pub weights: Vec<f64>,
    /// The share that is hidden.
    pub hidden: f64,
}

/// The tokens of each unit. The sentences of these tests have a piece that continues a word exactly where a token begins
/// with ##.
pub fn units(trace: &Value, words: bool) -> Vec<Vec<usize>> {
    let mut units: Vec<Vec<usize>> = Vec::new();
    for (i, token) in trace["tokens"].as_array().unwrap().iter().enumerate() {
        match units.last_mut() {
            Some(unit) if words && token["text"].as_str().unwrap().starts_with("##") => unit.push(i),
            _ => units.push(vec![i]),
        }
    }
    units
}

/// The units that have a column.
pub fn shown_units(trace: &Value, switches: Switches) -> Vec<Vec<usize>> {
    let special = |token: usize| trace["tokens"][token]["span"].is_null();
    let mut units = units(trace, switches.words);
    units.retain(|unit| switches.specials == "show" || !special(unit[0]));
    units
}

/// What `clscope attention` must say of a trace, worked out from its arrays alone: `[layer, head choice]`.
pub fn attention_of(trace: &Value, switches: Switches, to: bool, chosen: usize) -> Vec<Row> {
    let Switches { head, among, words, specials } = switches;
    let attentions = array(&trace["attentions"]);
    let tokens = trace["tokens"].as_array().unwrap();
    let (layers, heads) = (attentions.shape()[0], attentions.shape()[1]);
    let special: Vec<bool> = tokens.iter().map(|token| token["span"].is_null()).collect();
    let units = units(trace, words);
    let hides = specials != "show";
    let shown = |unit: &Vec<usize>| !(hides && special[unit[0]]);
    let source = units.iter().position(|unit| unit.contains(&chosen)).unwrap();
    let choices: Vec<Vec<usize>> = match head {
        "all" => (0..heads).map(|head| vec![head]).collect(),
        "mean" | "max" if among.is_empty() => vec![(0..heads).collect()],
        "mean" | "max" => vec![among.iter().map(|head| head - 1).collect()],
        number => vec![vec![number.parse::<usize>().unwrap() - 1]],
    };
    let mut rows = Vec::new();
    for layer in 0..layers {
        for choice in &choices {
            let weight = |query: usize, key: usize| -> f64 {
                let each = choice.iter().map(|&head| f64::from(attentions[[layer, head, query, key]]));
                if head == "max" { each.fold(0.0, f64::max) } else { each.sum::<f64>() / choice.len() as f64 }
            };
            let block = |from: &[usize], to: &[usize]| -> f64 {
                let sums = from.iter().map(|&query| to.iter().map(|&key| weight(query, key)).sum::<f64>());
                sums.sum::<f64>() / from.len() as f64
            };
            let scale = |from: &[usize]| -> f64 {
                let left: f64 = units.iter().filter(|unit| shown(unit)).map(|unit| block(from, unit)).sum();
                if specials == "renormalize" { left } else { 1.0 }
            };
            let all: Vec<f64> = units
                .iter()
                .map(|unit| match to {
                    false => block(&units[source], unit),
                    // A special that is asked for is shown as it is.
                    true if shown(&units[source]) => block(unit, &units[source]) / scale(unit),
                    true => block(unit, &units[source]),
                })
                .collect();
            let total: f64 = all.iter().sum();
            let kept: Vec<f64> =
                units.iter().zip(&all).filter(|(unit, _)| shown(unit)).map(|(_, weight)| *weight).collect();
            // Of a token that nobody may look at, nothing is hidden.
            let hidden = if hides && total > 0.0 { 1.0 - kept.iter().sum::<f64>() / total } else { 0.0 };
            let scale = if to { 1.0 } else { scale(&units[source]) };
            rows.push(Row { weights: kept.into_iter().map(|weight| weight / scale).collect(), hidden });
        }
    }
    rows
}

pub fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

/// Holds a row against what it must say, to the rounding of f32.
pub fn compare(row: &Value, Row { weights, hidden }: &Row, arguments: &[&str]) {
    let found = numbers(&row["weights"]);
    assert_eq!(found.len(), weights.len(), "{arguments:?}");
    assert!(apart(&found, weights) < 1e-6, "{arguments:?}: {found:?} {weights:?}");
    match row.get("hidden") {
        Some(share) => assert!((share.as_f64().unwrap() - hidden).abs() < 1e-6, "{arguments:?}"),
        None => assert_eq!(*hidden, 0.0, "{arguments:?}"),
    }
    let total: f64 = found.iter().sum();
    let entropy: f64 = found.iter().map(|w| w / total).filter(|&p| p > 0.0).map(|p| -p * p.ln()).sum();
    let expected = if total > 0.0 { entropy.exp() } else { 0.0 };
    assert!((row["spread"].as_f64().unwrap() - expected).abs() < 1e-4, "{arguments:?}");
}
