//! What switching something off does to the vectors of a sentence, as tables.

use super::{Column, Key, Table, TableRow, ValueColumn};
use crate::analysis::{Affected, EFFECT_POOLINGS, Effect, Part, PartName, Pooling, Quantity, Swept};

impl Table {
    /// What switching each part off by itself has done to some vectors, or to a cell of attention, a row a part.
    pub fn sweep<'p>(
        title: &str,
        swept: Swept,
        affected: &[Affected],
        parts: impl IntoIterator<Item = &'p Part>,
    ) -> Self {
        let row = |part: &Part| TableRow {
            keys: match &part.name {
                PartName::Head { layer, head } => vec![Key::Number(layer + 1), Key::Number(head + 1)],
                PartName::Word { tokens, text, .. } => vec![Key::Number(tokens.start), Key::Text(text.clone())],
            },
            cells: Vec::new(),
            measures: affected.iter().map(|&affected| part.effect()?.value(affected)).collect(),
        };
        let keys = match swept {
            Swept::Heads => Column::all(["layer", "head"]),
            Swept::Words => Column::all(["token", "word"]),
        };
        Self {
            title: title.to_owned(),
            keys,
            cells: None,
            measures: affected.iter().map(|&affected| changed(affected)).collect(),
            rows: parts.into_iter().map(row).collect(),
        }
    }

    /// What an ablation does to a sentence: under each pooling the cosine of its vector to the same with everything on;
    /// of a pair, whose sentences are each read alone, that of A, and the cosine of A with B before and after. `token` is the
    /// cosine of one token's vector in what was read, and its name.
    pub fn ablation(title: &str, changed: Effect, pair: Option<[Effect; 2]>, token: Option<(String, f32)>) -> Self {
        let row = |&pooling: &Pooling| TableRow {
            keys: vec![Key::Text(pooling.name().to_owned())],
            cells: Vec::new(),
            measures: [changed].iter().chain(pair.iter().flatten()).map(|effect| effect.cosine(pooling)).collect(),
        };
        let measures = match pair {
            None => vec!["cosine"],
            Some(_) => vec!["cosine", "A~B before", "A~B after"],
        };
        let others = measures.len() - 1;
        let token = token.map(|(name, cosine)| TableRow {
            keys: vec![Key::Text(name)],
            cells: Vec::new(),
            measures: std::iter::once(Some(cosine)).chain(std::iter::repeat_n(None, others)).collect(),
        });
        let there = |pooling: &&Pooling| changed.cosine(**pooling).is_some();
        Self {
            title: title.to_owned(),
            keys: Column::all(["pooling"]),
            cells: None,
            measures: measures.into_iter().map(cosine).collect(),
            rows: EFFECT_POOLINGS.iter().filter(there).map(row).chain(token).collect(),
        }
    }
}

fn changed(affected: Affected) -> ValueColumn {
    let quantity = match affected {
        Affected::Cell => Quantity::Share,
        Affected::Output => Quantity::Number,
        _ => Quantity::CosineToBefore,
    };
    ValueColumn::new(affected.id(), quantity)
}

fn cosine(name: &'static str) -> ValueColumn {
    ValueColumn::new(name, Quantity::Cosine)
}
