//! The numbers behind why a logit is what it is.

use std::borrow::Cow;

use super::LogitWhy;
use crate::{
    analysis::{Cells, Column, Granularity, Key, Quantity, Table, TableRow, ValueColumn},
    bert::{LensWord, Prediction, Token},
    messages::{label, message},
};

impl LogitWhy {
    /// By words, by layers and heads, and by layer; of a word also what the masked-language head says elsewhere. `name` is what the
    /// logit is called.
    pub fn tables(&self, name: &str) -> Vec<Table> {
        let of_word = || [likeliest(self, name), lens(self)];
        let of_layers = if self.words.is_empty() { layers(self, name) } else { ranks(self, name) };
        let tables = std::iter::once(words(self, name)).chain(heads(self, name)).chain([of_layers]);
        tables.chain((!self.words.is_empty()).then(of_word).into_iter().flatten()).collect()
    }
}

/// Each word's part of a logit and what the logit loses without it; the biases last.
fn words(why: &LogitWhy, name: &str) -> Table {
    let units = why.reading.units(Granularity::Words);
    let row = |from: Option<usize>, name: Key, part: Option<f32>, loss: Option<f32>| TableRow {
        keys: vec![from.map_or_else(|| Key::Text(String::new()), Key::Number), name],
        cells: Vec::new(),
        measures: vec![part, loss],
    };
    let words = why.by_words().into_iter();
    let token = |unit| Key::Text(why.name(unit));
    let words = words.map(|word| row(Some(units.tokens(word.unit).start), token(word.unit), word.part, word.loss));
    let biases = why.parts.as_ref().map(|parts| row(None, biases(), Some(parts.biases), None));
    Table {
        title: message!("study-logit-words", name = name),
        keys: Column::all(["from", "token"]),
        cells: None,
        measures: ["part", "loss"].map(|id| ValueColumn::new(id, Quantity::Number)).to_vec(),
        rows: words.chain(biases).collect(),
    }
}

/// The row of what belongs to no word and no layer.
fn biases() -> Key {
    Key::Named { id: "biases", label: label!("analysis-column-biases") }
}

/// Each head's and feed-forward block's direct part of a logit; the embeddings first, the biases last. None where it has no parts.
fn heads(why: &LogitWhy, name: &str) -> Option<Table> {
    let (direct, heads) = (&why.parts.as_ref()?.direct, why.reading.trace.heads);
    let alone = |name: Key, part: f32| {
        let cells = std::iter::once(Some(part)).chain(std::iter::repeat_n(None, heads + 1)).collect();
        TableRow { keys: vec![name], cells, measures: Vec::new() }
    };
    let layer = |(layer, feed_forward): (usize, &f32)| {
        let heads = direct.heads[layer * heads..][..heads].iter().copied();
        let cells = std::iter::once(None).chain(heads.chain([*feed_forward]).map(Some)).collect();
        TableRow { keys: vec![Key::Number(layer + 1)], cells, measures: Vec::new() }
    };
    let embeddings = Key::Named { id: "embeddings", label: label!("study-logit-embeddings") };
    let columns = (1..=heads).map(|head| format!("head_{head}")).chain(["feed_forward".to_owned()]);
    Some(Table {
        title: message!("study-logit-heads", name = name),
        keys: Column::all(["layer"]),
        cells: Some(Cells {
            id: "parts",
            quantity: Quantity::Number,
            columns: std::iter::once("all".to_owned()).chain(columns).collect(),
        }),
        measures: Vec::new(),
        rows: std::iter::once(alone(embeddings, direct.embeddings))
            .chain(direct.feed_forward.iter().enumerate().map(layer))
            .chain([alone(biases(), direct.biases)])
            .collect(),
    })
}

/// What the masked-language head says of a word at its token, read off each layer, 0 being the embeddings.
fn ranks(why: &LogitWhy, name: &str) -> Table {
    let row = |(layer, word): (usize, &LensWord)| TableRow {
        keys: vec![Key::Number(layer)],
        cells: Vec::new(),
        measures: [word.probability, word.rank as f32, word.entropy].map(Some).to_vec(),
    };
    Table {
        title: message!("study-logit-ranks", name = name),
        keys: Column::all(["layer"]),
        cells: None,
        measures: ["probability", "rank", "entropy"].map(|id| ValueColumn::new(id, Quantity::Number)).to_vec(),
        rows: why.words.iter().enumerate().map(row).collect(),
    }
}

/// What it would write there, the likeliest first.
fn likeliest(why: &LogitWhy, name: &str) -> Table {
    let of_layer = |(layer, word): (usize, &LensWord)| {
        let row = |(at, likely): (usize, &Prediction)| TableRow {
            keys: vec![Key::Number(layer), Key::Number(at + 1), Key::Text(likely.token.clone())],
            cells: Vec::new(),
            measures: vec![Some(likely.probability)],
        };
        word.likeliest.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    Table {
        title: message!("study-logit-likeliest", name = name),
        keys: Column::all(["layer", "rank", "word"]),
        cells: None,
        measures: vec![ValueColumn::new("probability", Quantity::Number)],
        rows: why.words.iter().enumerate().flat_map(of_layer).collect(),
    }
}

/// What it says of each token in each layer: the likeliest word, and the word that stands there.
fn lens(why: &LogitWhy) -> Table {
    let tokens = &why.reading.trace.tokens;
    let row = |layer: usize, at: usize, word: &LensWord| {
        let likeliest = word.likeliest.first();
        let text = |text: Option<Cow<str>>| Key::Text(text.unwrap_or_default().into_owned());
        TableRow {
            keys: vec![
                Key::Number(layer),
                Key::Number(at),
                text(tokens.get(at).map(Token::written)),
                text(likeliest.map(|word| Cow::from(&word.written))),
            ],
            cells: Vec::new(),
            measures: vec![
                likeliest.map(|word| word.probability),
                Some(word.probability),
                Some(word.rank as f32),
                Some(word.entropy),
            ],
        }
    };
    let of_layer = |(layer, words): (usize, &Vec<LensWord>)| {
        words.iter().enumerate().map(|(at, word)| row(layer, at, word)).collect::<Vec<_>>()
    };
    let measures = ["likeliest_probability", "probability", "rank", "entropy"];
    Table {
        title: message!("study-logit-lens"),
        keys: Column::all(["layer", "from", "token", "likeliest"]),
        cells: None,
        measures: measures.map(|id| ValueColumn::new(id, Quantity::Number)).to_vec(),
        rows: why.lens.iter().enumerate().flat_map(of_layer).collect(),
    }
}

/// The scores of all labels by layer, 0 being the embeddings.
fn layers(why: &LogitWhy, name: &str) -> Table {
    let (labels, scores) = why.scores_by_layer();
    let count = labels.len();
    let row = |(layer, scores): (usize, Option<Vec<f32>>)| TableRow {
        keys: vec![Key::Number(layer)],
        cells: scores.map_or(vec![None; count], |scores| scores.into_iter().map(Some).collect()),
        measures: Vec::new(),
    };
    Table {
        title: message!("study-logit-layers", name = name),
        keys: Column::all(["layer"]),
        cells: Some(Cells { id: "scores", quantity: Quantity::Number, columns: labels }),
        measures: Vec::new(),
        rows: scores.into_iter().enumerate().map(row).collect(),
    }
}
