//! What switching something off does to the vectors of a sentence, as tables.

use super::{Column, Key, Measure, Quantity, Table, TableRow};
use crate::analysis::{Effect, MEASURED, Part, PartName, Pooling, Swept};

impl Table {
    /// What switching each part off by itself has done, a row a part, under some of [`MEASURED`].
    pub fn sweep<'p>(swept: Swept, poolings: &[Pooling], parts: impl IntoIterator<Item = &'p Part>) -> Self {
        let row = |part: &Part| TableRow {
            keys: match &part.name {
                PartName::Head { layer, head } => vec![Key::Number(layer + 1), Key::Number(head + 1)],
                PartName::Word { tokens, text, .. } => vec![Key::Number(tokens.start), Key::Text(text.clone())],
            },
            cells: Vec::new(),
            measures: poolings.iter().map(|&pooling| part.effect()?.cosine(pooling)).collect(),
        };
        let (what, keys) = match swept {
            Swept::Heads => ("each head", Column::all(["layer", "head"])),
            Swept::Words => ("each word", Column::all(["token", "word"])),
        };
        Self {
            title: format!("Cosine of each vector to itself, with {what} switched off by itself"),
            keys,
            cells: None,
            measures: poolings.iter().map(|pooling| cosine(pooling.name())).collect(),
            rows: parts.into_iter().map(row).collect(),
        }
    }

    /// What cuts do to a sentence: under each pooling the cosine of its vector to the same with everything on; of a pair,
    /// whose sentences are each read alone, that of A, and the cosine of A with B before and after.
    pub fn cuts(kept: Effect, pair: Option<[Effect; 2]>) -> Self {
        let row = |&pooling: &Pooling| TableRow {
            keys: vec![Key::Text(pooling.name().to_owned())],
            cells: Vec::new(),
            measures: [kept].iter().chain(pair.iter().flatten()).map(|effect| effect.cosine(pooling)).collect(),
        };
        let (title, measures) = match pair {
            None => ("What the cuts change: cosine of each vector to uncut", vec!["cosine"]),
            Some(_) => (
                "What the cuts change, A and B each read alone: cosine of A to uncut, and of A with B before and after",
                vec!["cosine", "A~B before", "A~B after"],
            ),
        };
        let there = |pooling: &&Pooling| kept.cosine(**pooling).is_some();
        Self {
            title: title.to_owned(),
            keys: Column::all(["pooling"]),
            cells: None,
            measures: measures.into_iter().map(cosine).collect(),
            rows: MEASURED.iter().filter(there).map(row).collect(),
        }
    }
}

fn cosine(name: &'static str) -> Measure {
    Measure::new(name, Quantity::Cosine)
}
