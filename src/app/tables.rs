//! The numbers behind what is on screen, with their names: for the table, the clipboard and files.

use super::{
    App, AttentionState, Compared, Held, Origin, PartName, Passage, Reading, Readings, Shown, SweepState, View,
};
use crate::analysis::{AttentionRow, Cells, HeadChoice, Key, Measure, Pooling, Quantity, Table, TableRow, UnitColumns};

impl App {
    /// The tables behind the view that is open; none where there is nothing to see.
    pub fn tables(&self) -> Vec<Table> {
        let (Some(readings), Some(shown)) = (&self.readings, &self.attention.shown) else { return Vec::new() };
        let state = &self.attention;
        let passage = readings.passage(state.reading);
        match self.view {
            View::Layers => layers(state, passage, shown),
            View::Heads => heads(state, passage, shown),
            View::Matrix => matrix(state, passage, shown),
            View::Pooling => pooling(readings, state.reading),
            View::Compare => self.compared.as_ref().map_or_else(Vec::new, |compared| comparison(compared, state)),
            View::Sweep => sweep(&self.sweep).into_iter().collect(),
        }
    }

    /// What to know about them, in the order it is told.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let state = &self.attention;
        let mut facts = vec![("view", self.view.title().to_lowercase())];
        facts.extend(self.model.as_ref().map(|model| ("model", model.name.clone())));
        let (Some(readings), Some(shown)) = (&self.readings, &state.shown) else { return facts };
        let input = &self.passage().unwrap_or(&readings.a).trace.input;
        facts.push(("text", input.text.clone()));
        facts.extend(input.pair.clone().map(|pair| ("pair", pair)));
        if let (View::Pooling, Some(pair)) = (self.view, &readings.pair) {
            facts.push(("compared with", pair.b.trace.input.text.clone()));
        }
        if readings.pair.is_some() {
            let reading = match (self.view, state.reading) {
                (View::Pooling, Reading::Joined) | (_, Reading::AloneA) => "A alone",
                (_, Reading::Joined) => "A and B joined",
                (_, Reading::AloneB) => "B alone",
            };
            facts.push(("reading", reading.to_owned()));
        }
        if !self.off.is_empty() {
            facts.push(("off", self.off.names(readings.a.trace.heads)));
        }
        if matches!(self.view, View::Pooling | View::Sweep) {
            return facts;
        }
        let passage = readings.passage(state.reading);
        let name = |unit| columns(passage, shown).name(unit);
        if matches!(self.view, View::Layers | View::Heads) {
            facts.push(("source", name(shown.map.source)));
            facts.push(("direction", state.lens.direction.to_string()));
        }
        if let Some(compared) = self.compared.as_ref().filter(|_| self.view == View::Compare) {
            facts.push(("held", describe(&compared.held, compared.origin)));
            facts.push(("shown", describe(&compared.shown, Origin::Asked)));
        }
        if let Some(some) = state.lens.among.some_of(passage.trace.heads) {
            facts.push(("mean and max over heads", some.to_string()));
        }
        facts.push(("units", state.lens.grain.to_string()));
        facts.push(("specials", state.lens.specials.to_string()));
        if !shown.marked.is_empty() {
            facts.push(("marked", shown.marked.iter().map(|&unit| name(unit)).collect::<Vec<_>>().join(", ")));
        }
        facts
    }
}

fn columns<'t>(passage: &'t Passage, shown: &'t Shown) -> UnitColumns<'t> {
    let specials = shown.map.lens.specials;
    // A sentence of nothing but specials shows them all the same.
    UnitColumns { trace: &passage.trace, units: &shown.units, shown: &shown.columns, specials }
}

/// `[CLS] looks at …`, or who looks at it.
fn who(passage: &Passage, shown: &Shown) -> String {
    let source = shown.units.text(&passage.trace, shown.map.source);
    if shown.looks() { format!("{source} looks at …") } else { format!("… looks at {source}") }
}

fn layers(state: &AttentionState, passage: &Passage, shown: &Shown) -> Vec<Table> {
    let who = who(passage, shown);
    let rows: Vec<_> = (0..).zip(&shown.map.rows).map(|(layer, row)| ((layer, state.lens.heads), row)).collect();
    let strip: Vec<_> =
        (0..).zip(&shown.strip).map(|(head, row)| ((state.layer, HeadChoice::One(head)), row)).collect();
    vec![
        attention(format!("{who}, {}", state.lens.heads), passage, shown, &rows),
        attention(format!("{who}, layer {}, head by head", state.layer + 1), passage, shown, &strip),
    ]
}

fn heads(state: &AttentionState, passage: &Passage, shown: &Shown) -> Vec<Table> {
    let trace = &passage.trace;
    let mut all: Vec<_> = (0..trace.layers).flat_map(|layer| (0..trace.heads).map(move |head| (layer, head))).collect();
    let rows = shown.heads.iter().flatten().zip(&all);
    let rows: Vec<_> = rows.map(|(row, &(layer, head))| ((layer, HeadChoice::One(head)), row)).collect();
    let pictures = attention(format!("{}, every head", who(passage, shown)), passage, shown, &rows);
    if state.sorted {
        let value = |(layer, head)| passage.heads.value(layer, head, state.statistic);
        all.sort_by(|&a, &b| value(b).total_cmp(&value(a)));
    }
    vec![Table::heads("What each head does".to_owned(), &passage.heads, all), pictures]
}

type HeadRow<'r> = ((usize, HeadChoice), &'r AttentionRow);

/// Rows of the source, each of a layer, from 0, and some heads.
fn attention(title: String, passage: &Passage, shown: &Shown, rows: &[HeadRow]) -> Table {
    let named = rows.iter().map(|&((layer, heads), row)| (vec![Key::Number(layer + 1), Key::from(heads)], row));
    let table = Table::attention(title, vec!["layer", "head"], columns(passage, shown), named);
    with_marked(table, shown, rows.iter().map(|(_, row)| *row))
}

fn matrix(state: &AttentionState, passage: &Passage, shown: &Shown) -> Vec<Table> {
    let Some(matrix) = &shown.matrix else { return Vec::new() };
    let (layer, heads, columns) = (state.layer + 1, state.lens.heads, columns(passage, shown));
    let rows = shown.columns.iter().map(|&unit| {
        let [place, text] = columns.keys(unit);
        (vec![Key::Number(layer), Key::from(heads), place, text], &matrix.rows[unit])
    });
    let title = format!("Who looks at whom, layer {layer}, {heads}");
    let table = Table::attention(title, vec!["layer", "head", "from", "token"], columns, rows);
    vec![with_marked(table, shown, shown.columns.iter().map(|&unit| &matrix.rows[unit]))]
}

/// With the sum over the marked, where there are any.
fn with_marked<'r>(mut table: Table, shown: &Shown, rows: impl Iterator<Item = &'r AttentionRow>) -> Table {
    if !shown.marked.is_empty() {
        table.measures.push(Measure { name: "marked".to_owned(), quantity: Quantity::Share });
        table.rows.iter_mut().zip(rows).for_each(|(line, row)| line.measures.push(shown.marked_sum(row)));
    }
    table
}

fn pooling(readings: &Readings, reading: Reading) -> Vec<Table> {
    let (_, _, report) = readings.alone(reading);
    let poolings: Vec<_> = report.vectors.iter().map(|(pooling, _)| *pooling).collect();
    let title = "Cosine between the poolings of the sentence".to_owned();
    let mut tables = vec![Table::poolings(title, &poolings, &report.cosines, &report.norms)];
    let cosine = || vec![Measure { name: "cosine".to_owned(), quantity: Quantity::Cosine }];
    if let Some(pair) = &readings.pair {
        let row = |&(pooling, cosine): &(Pooling, f32)| TableRow {
            keys: vec![Key::Text(pooling.name().to_owned())],
            cells: Vec::new(),
            measures: vec![Some(cosine)],
        };
        let rows = pair.similarity.iter().map(row).collect();
        let title = "How close A and B are, each read alone".to_owned();
        tables.insert(0, Table { title, keys: vec!["pooling"], cells: None, measures: cosine(), rows });
    }
    let row =
        |(layer, &cosine)| TableRow { keys: vec![Key::Number(layer)], cells: Vec::new(), measures: vec![Some(cosine)] };
    let rows = report.drift.iter().enumerate().map(row).collect();
    let title = "Cosine of cls and mean by layer, 0 being the embeddings".to_owned();
    tables.push(Table { title, keys: vec!["layer"], cells: None, measures: cosine(), rows });
    tables
}

/// What is held or shown, in full.
fn describe(held: &Held, origin: Origin) -> String {
    let input = &held.passage.trace.input;
    let pair = input.pair.as_ref().map_or(String::new(), |pair| format!(" / {pair}"));
    let uncut = if origin == Origin::Uncut { ", with everything on" } else { "" };
    format!("{}, {}{uncut}: {}{pair}", held.model, held.place(), input.text)
}

/// A number for a row and a column of a comparison.
type CellOf<'c> = &'c dyn Fn(usize, usize) -> Option<f32>;

/// The cursor's row as it is held, shown, and different; then every row of each.
fn comparison(compared: &Compared, state: &AttentionState) -> Vec<Table> {
    let comparison = &compared.comparison;
    let name = |at: usize| {
        let pair = comparison.pairs[at];
        let held = pair.held.map(|unit| comparison.held.names[unit].as_str());
        match (held, pair.shown.map(|unit| comparison.shown.names[unit].as_str())) {
            (Some(held), Some(shown)) if held != shown => format!("{held} / {shown}"),
            (held, shown) => shown.or(held).unwrap_or_default().to_owned(),
        }
    };
    let columns: Vec<String> = comparison.columns.iter().map(|&at| format!("{at} {}", name(at))).collect();
    let cells =
        |quantity_name| Some(Cells { name: quantity_name, quantity: Quantity::Share, columns: columns.clone() });
    let line = |row: usize, value: CellOf| -> Vec<Option<f32>> {
        comparison.columns.iter().map(|&column| value(row, column)).collect()
    };
    let held = |row, column| comparison.weights(row, column)[0];
    let shown = |row, column| comparison.weights(row, column)[1];
    let difference = |row, column| comparison.difference(row, column);
    let sides: [(&str, CellOf); 3] = [("held", &held), ("shown", &shown), ("difference", &difference)];
    let mut tables = Vec::new();
    if let Some(row) = compared.row(state) {
        let rows = sides.iter().map(|(side, value)| TableRow {
            keys: vec![Key::Text((*side).to_owned())],
            cells: line(row, value),
            measures: Vec::new(),
        });
        tables.push(Table {
            title: format!("{} looks at …, held, shown, and their difference", name(row)),
            keys: vec!["side"],
            cells: cells("weights"),
            measures: Vec::new(),
            rows: rows.collect(),
        });
    }
    tables.extend(sides.iter().map(|(side, value)| {
        Table {
            title: format!("Who looks at whom, {side}"),
            keys: vec!["from", "token"],
            cells: cells(if *side == "difference" { "differences" } else { "weights" }),
            measures: vec![Measure { name: "rows apart".to_owned(), quantity: Quantity::Share }],
            rows: comparison
                .columns
                .iter()
                .map(|&row| TableRow {
                    keys: vec![Key::Number(row), Key::Text(name(row))],
                    cells: line(row, value),
                    measures: vec![comparison.distances[row]],
                })
                .collect(),
        }
    }));
    tables
}

/// What switching each part off has done, in the order shown.
fn sweep(state: &SweepState) -> Option<Table> {
    let poolings = state.poolings();
    let measures = poolings.iter().map(|pooling| Measure { name: pooling.to_string(), quantity: Quantity::Cosine });
    let rows: Vec<TableRow> = state
        .lines()
        .map(|line| TableRow {
            keys: match &line.part.name {
                PartName::Head { layer, head } => vec![Key::Number(layer + 1), Key::Number(head + 1)],
                PartName::Word { tokens, text, .. } => vec![Key::Number(tokens.start), Key::Text(text.clone())],
            },
            cells: Vec::new(),
            measures: poolings.iter().map(|&pooling| line.part.effect()?.cosine(pooling)).collect(),
        })
        .collect();
    let heads = matches!(state.parts().first()?.name, PartName::Head { .. });
    let (what, keys) = if heads { ("each head", vec!["layer", "head"]) } else { ("each word", vec!["token", "word"]) };
    let title = format!("Cosine of each vector to itself, with {what} switched off by itself");
    Some(Table { title, keys, cells: None, measures: measures.collect(), rows })
}
