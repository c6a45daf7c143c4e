//! The numbers behind what heads and probes say, and why.

use super::{OutputRow, OutputSection, why::LogitWhy};
use crate::{
    analysis::{Cells, Column, Granularity, Key, Quantity, Table, TableRow, ValueColumn},
    bert::LensWord,
    messages::message,
};

/// The scores of a section, and those without ablations where something is ablated.
pub(super) fn scores(section: &OutputSection) -> Table {
    let scores = || section.rows.iter().flat_map(|row| &row.scores);
    let has_before = scores().any(|score| score.before.is_some());
    let of_column = |name: &String| {
        let id = |id: &str| if section.columns.len() > 1 { format!("{name}_{id}") } else { id.to_owned() };
        let ids: &[&str] = if has_before { &["score", "before", "change"] } else { &["score"] };
        ids.iter().map(|&it| ValueColumn::new(id(it), Quantity::Number)).collect::<Vec<_>>()
    };
    let row = |row: &OutputRow| {
        let numbers = row.scores.iter().flat_map(|score| {
            let before = [score.before, score.before.map(|before| score.score - before)];
            std::iter::once(Some(score.score)).chain(before.into_iter().filter(move |_| has_before))
        });
        let keys = vec![Key::Text(section.head.id().to_owned()), Key::Text(row.name.clone())];
        TableRow { keys, cells: Vec::new(), measures: numbers.collect() }
    };
    Table {
        title: section.title.clone(),
        keys: Column::all(["head", "name"]),
        cells: None,
        measures: section.columns.iter().flat_map(of_column).collect(),
        rows: section.rows.iter().map(row).collect(),
    }
}

/// Each word's part of a logit and what the logit loses without it; the biases last.
pub(super) fn words(why: &LogitWhy, name: &str) -> Table {
    let units = why.reading.units(Granularity::Words);
    let row = |from: Option<usize>, name: String, part: Option<f32>, loss: Option<f32>| TableRow {
        keys: vec![from.map_or_else(|| Key::Text(String::new()), Key::Number), Key::Text(name)],
        cells: Vec::new(),
        measures: vec![part, loss],
    };
    let words = why.words().into_iter();
    let words = words.map(|word| row(Some(units.tokens(word.unit).start), why.name(word.unit), word.part, word.loss));
    let biases = why.parts.as_ref().map(|parts| row(None, "biases".to_owned(), Some(parts.biases), None));
    Table {
        title: message!("output-table-words", name = name),
        keys: Column::all(["from", "token"]),
        cells: None,
        measures: ["part", "loss"].map(|id| ValueColumn::new(id, Quantity::Number)).to_vec(),
        rows: words.chain(biases).collect(),
    }
}

/// Each head's and feed-forward block's direct part of a logit; the embeddings first, the biases last. None where it has no parts.
pub(super) fn heads(why: &LogitWhy, name: &str) -> Option<Table> {
    let (direct, heads) = (&why.parts.as_ref()?.direct, why.reading.trace.heads);
    let alone = |id: &str, part: f32| {
        let cells = std::iter::once(Some(part)).chain(std::iter::repeat_n(None, heads + 1)).collect();
        TableRow { keys: vec![Key::Text(id.to_owned())], cells, measures: Vec::new() }
    };
    let layer = |(layer, feed_forward): (usize, &f32)| {
        let heads = direct.heads[layer * heads..][..heads].iter().copied();
        let cells = std::iter::once(None).chain(heads.chain([*feed_forward]).map(Some)).collect();
        TableRow { keys: vec![Key::Number(layer + 1)], cells, measures: Vec::new() }
    };
    let columns = (1..=heads).map(|head| format!("head_{head}")).chain(["feed_forward".to_owned()]);
    Some(Table {
        title: message!("output-table-heads", name = name),
        keys: Column::all(["layer"]),
        cells: Some(Cells {
            id: "parts",
            quantity: Quantity::Number,
            columns: std::iter::once("all".to_owned()).chain(columns).collect(),
        }),
        measures: Vec::new(),
        rows: std::iter::once(alone("embeddings", direct.embeddings))
            .chain(direct.feed_forward.iter().enumerate().map(layer))
            .chain([alone("biases", direct.biases)])
            .collect(),
    })
}

/// What the masked-language head says of each token in each layer; of the word that is explained at its place, elsewhere of the word
/// that stands there.
fn words_by_layer(why: &LogitWhy, name: &str) -> Table {
    let tokens = &why.reading.trace.tokens;
    let row = |layer: usize, at: usize, word: &LensWord| TableRow {
        keys: vec![
            Key::Number(layer),
            Key::Number(at),
            Key::Text(tokens.get(at).map_or_else(String::new, |token| token.text.clone())),
            Key::Text(word.likeliest.token.clone()),
        ],
        cells: Vec::new(),
        measures: [word.likeliest.probability, word.probability, word.rank as f32, word.entropy].map(Some).to_vec(),
    };
    let of_layer = |(layer, words): (usize, &Vec<LensWord>)| {
        words.iter().enumerate().map(|(at, word)| row(layer, at, word)).collect::<Vec<_>>()
    };
    let measures = ["likeliest_probability", "probability", "rank", "entropy"];
    Table {
        title: message!("output-table-lens", name = name),
        keys: Column::all(["layer", "from", "token", "likeliest"]),
        cells: None,
        measures: measures.map(|id| ValueColumn::new(id, Quantity::Number)).to_vec(),
        rows: why.lens.iter().enumerate().flat_map(of_layer).collect(),
    }
}

/// The scores of all labels by layer, 0 being the embeddings; of a word what the masked-language head says.
pub(super) fn layers(why: &LogitWhy, name: &str) -> Table {
    if !why.lens.is_empty() {
        return words_by_layer(why, name);
    }
    let (labels, scores) = why.scores_by_layer();
    let count = labels.len();
    let row = |(layer, scores): (usize, Option<Vec<f32>>)| TableRow {
        keys: vec![Key::Number(layer)],
        cells: scores.map_or(vec![None; count], |scores| scores.into_iter().map(Some).collect()),
        measures: Vec::new(),
    };
    Table {
        title: message!("output-table-layers", name = name),
        keys: Column::all(["layer"]),
        cells: Some(Cells { id: "scores", quantity: Quantity::Number, columns: labels }),
        measures: Vec::new(),
        rows: scores.into_iter().enumerate().map(row).collect(),
    }
}
