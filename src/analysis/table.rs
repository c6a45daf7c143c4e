//! MeasureNumbers as a table, the same one for screen, files and clipboard. In its keys layers and heads count from 1, as on
//! screen, and tokens from 0.

mod claims;
mod comparison;
mod effects;
mod explanation;
mod heading;
mod links;
mod mixing;

pub use comparison::{ComparedPart, ComparedTable};
pub use mixing::{SentenceNumber, sentence_numbers};

use std::borrow::Cow;

use super::{
    AttentionMatrix, AttentionOptions, AttentionRow, HeadStatistics, HeadsRead, Pooling, Quantity, Specials, Statistic,
    Units,
};
use crate::{
    bert::Trace,
    messages::{Label, label},
};

/// Rows of numbers, each named by its keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it is of, in a line.
    pub title: String,
    /// What names a row: `layer`, `head`; `from`, `token`.
    pub keys: Vec<Column>,
    /// The numbers of the heat map; none for a table of measures only.
    pub cells: Option<Cells>,
    /// The numbers beside it.
    pub measures: Vec<ValueColumn>,
    /// From the top.
    pub rows: Vec<TableRow>,
}

/// What a column is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// In files: English and stable, in snake case. Some are older than that rule and have blanks.
    pub id: Cow<'static, str>,
    /// For people.
    pub label: Cow<'static, str>,
    /// Of a key: whether files with separators write it behind the numbers, as they do with long texts.
    pub is_last: bool,
    /// Of a key: whether it is what was found, a verdict, and people see it even where all rows say the same.
    pub is_found: bool,
}

impl Column {
    /// A column that files and people call by different names.
    pub fn new(id: impl Into<Cow<'static, str>>, label: impl Into<Cow<'static, str>>) -> Self {
        Self { id: id.into(), label: label.into(), is_last: false, is_found: false }
    }

    /// The same, written behind the numbers in files with separators.
    #[must_use]
    pub fn last(self) -> Self {
        Self { is_last: true, ..self }
    }

    /// The same, for what was found.
    #[must_use]
    pub fn found(self) -> Self {
        Self { is_found: true, ..self }
    }

    /// Columns that people call as their language does, or as files do.
    pub fn all<const N: usize>(names: [&'static str; N]) -> Vec<Self> {
        names.map(Self::from).to_vec()
    }
}

impl<T: Into<Cow<'static, str>>> From<T> for Column {
    /// A column that people call as their language does, or as files do.
    fn from(name: T) -> Self {
        let id = name.into();
        let label = heading::heading(&id).map_or_else(|| id.clone(), |label| label.text().into());
        Self { label, id, is_last: false, is_found: false }
    }
}

/// The columns of a heat map, all of one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// What the numbers are, in files: `weights`.
    pub id: &'static str,
    /// What they count.
    pub quantity: Quantity,
    /// Their names, no two the same: `0 [CLS]`.
    pub columns: Vec<String>,
}

/// A number every row has beside its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueColumn {
    /// Its names.
    pub column: Column,
    /// What it counts.
    pub quantity: Quantity,
    /// How many decimals files with separators write; none for all that tell the number from its neighbours.
    pub decimals: Option<usize>,
}

impl ValueColumn {
    /// A measure written with all its digits.
    pub fn new(column: impl Into<Column>, quantity: Quantity) -> Self {
        Self { column: column.into(), quantity, decimals: None }
    }

    /// The same, rounded in files with separators.
    #[must_use]
    pub fn rounded(self, decimals: usize) -> Self {
        Self { decimals: Some(decimals), ..self }
    }
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// As many as [`Table::keys`].
    pub keys: Vec<Key>,
    /// As many as [`Cells::columns`].
    pub cells: Vec<Option<f32>>,
    /// As many as [`Table::measures`].
    pub measures: Vec<Option<f32>>,
}

/// A part of a row's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A layer or head from 1, a token from 0.
    Number(usize),
    /// A token, a pooling, `mean`; empty for none.
    Text(String),
    /// One of a few things, which files and people call by different names.
    Named {
        /// In files.
        id: &'static str,
        /// For people.
        label: Label,
    },
}

impl Key {
    /// As people read it.
    pub fn read(&self) -> Cow<'_, str> {
        match self {
            Key::Number(number) => number.to_string().into(),
            Key::Text(text) => text.into(),
            Key::Named { label, .. } => label.text().into(),
        }
    }
}

/// As files have it.
impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Number(number) => number.fmt(f),
            Key::Text(text) => f.pad(text),
            Key::Named { id, .. } => f.pad(id),
        }
    }
}

impl From<HeadsRead> for Key {
    /// `mean`, `max`, `together`, or a head's number; `all` where a measure has no heads.
    fn from(heads: HeadsRead) -> Self {
        match heads {
            HeadsRead::Layer => Key::Text("all".to_owned()),
            HeadsRead::Mean(_) => Key::Text("mean".to_owned()),
            HeadsRead::Max(_) => Key::Text("max".to_owned()),
            HeadsRead::Together(_) => Key::Text("together".to_owned()),
            HeadsRead::One(head) => Key::Number(head + 1),
        }
    }
}

/// The units along the top of a table of attention.
#[derive(Clone, Copy, Debug)]
pub struct UnitColumns<'t> {
    /// What was read.
    pub trace: &'t Trace,
    /// Its units.
    pub units: &'t Units,
    /// Those that have a column.
    pub shown: &'t [usize],
    /// How they are looked at.
    pub options: AttentionOptions,
    /// Those whose attention is summed in a measure of its own; where there are none, there is no such measure.
    pub marked: &'t [usize],
}

impl UnitColumns<'_> {
    /// The place of a unit's first token, and the unit's text: the keys `from` and `token`.
    pub fn keys(&self, unit: usize) -> [Key; 2] {
        [Key::Number(self.units.tokens(unit).start), Key::Text(self.units.text(self.trace, unit))]
    }

    /// A unit's name among all of them: `0 [CLS]`.
    pub fn name(&self, unit: usize) -> String {
        format!("{} {}", self.units.tokens(unit).start, self.units.text(self.trace, unit))
    }

    /// The names of those that are marked; none where none is.
    pub fn marked_names(&self) -> Option<String> {
        let names = self.marked.iter().map(|&unit| self.name(unit));
        (!self.marked.is_empty()).then(|| names.collect::<Vec<_>>().join(", "))
    }
}

impl Table {
    /// Which keys people need beside a row: those that are not the same in all rows, which the title tells, and what was found.
    pub fn telling_keys(&self) -> Vec<usize> {
        let differs = |at: &usize| {
            self.keys[*at].is_found || self.rows.windows(2).any(|rows| rows[0].keys[*at] != rows[1].keys[*at])
        };
        let all = 0..self.keys.len();
        let telling: Vec<usize> = all.clone().filter(differs).collect();
        if telling.is_empty() { all.collect() } else { telling }
    }

    /// Rows of attention with their effective tokens; where specials are hidden, how much that hides; where units are marked, how
    /// much they get together.
    pub fn attention<'r>(
        title: String,
        keys: Vec<Column>,
        columns: UnitColumns,
        rows: impl IntoIterator<Item = (Vec<Key>, &'r AttentionRow)>,
    ) -> Self {
        let named = |id: &'static str, label: Label| Column::new(id, label.text());
        let mut measures =
            vec![ValueColumn::new(named("spread", label!("analysis-effective-tokens")), Quantity::Tokens)];
        if columns.options.specials != Specials::Shown {
            measures.push(ValueColumn::new(named("hidden", label!("analysis-hidden")), Quantity::Share));
        }
        let beside = measures.len();
        let measure = columns.options.measure;
        let rows: Vec<(Vec<Key>, &AttentionRow)> = rows.into_iter().collect();
        let has_biases = rows.iter().any(|(_, row)| row.biases.is_some());
        if has_biases {
            measures.push(ValueColumn::new("biases", measure.unit()));
        }
        if !columns.marked.is_empty() {
            measures.push(ValueColumn::new(named("marked", label!("analysis-marked")), measure.unit()));
        }
        let row = |(keys, row): (Vec<Key>, &AttentionRow)| TableRow {
            keys,
            cells: columns.shown.iter().map(|&unit| Some(row.weights[unit])).collect(),
            measures: [row.effective_tokens(), row.hidden]
                .into_iter()
                .take(beside)
                .map(Some)
                .chain(has_biases.then_some(row.biases))
                .chain((!columns.marked.is_empty()).then(|| Some(row.sum_of(columns.marked))))
                .collect(),
        };
        let rows = rows.into_iter().map(row).collect();
        let names = columns.shown.iter().map(|&unit| columns.name(unit)).collect();
        Self {
            title,
            keys,
            cells: Some(Cells { id: measure.numbers_id(), quantity: measure.unit(), columns: names }),
            measures,
            rows,
        }
    }

    /// A layer (from 0) from every unit with a column.
    pub fn matrix(title: String, layer: usize, columns: UnitColumns, matrix: &AttentionMatrix) -> Self {
        let heads = columns.options.heads_read(columns.trace.heads);
        let rows = columns.shown.iter().map(|&unit| {
            let [place, text] = columns.keys(unit);
            (vec![Key::Number(layer + 1), Key::from(heads.clone()), place, text], &matrix.rows[unit])
        });
        Self::attention(title, Column::all(["layer", "head", "from", "token"]), columns, rows)
    }

    /// Every statistic of some heads, `(layer, head)` from 0, each under its label, and the pattern each is known for.
    pub fn heads(
        title: String,
        label: impl Fn(Statistic) -> &'static str,
        statistics: &HeadStatistics,
        heads: impl IntoIterator<Item = (usize, usize)>,
    ) -> Self {
        let measure = |statistic: &Statistic| {
            let column = Column::new(statistic.id(), label(*statistic));
            ValueColumn::new(column, if statistic.is_share() { Quantity::Share } else { Quantity::Tokens })
        };
        let row = |(layer, head)| {
            let pattern = statistics.pattern(layer, head);
            let pattern = pattern.map_or_else(
                || Key::Text(String::new()),
                |pattern| Key::Named { id: pattern.id(), label: pattern.label() },
            );
            TableRow {
                keys: vec![Key::Number(layer + 1), Key::from(statistics.read(head)), pattern],
                cells: Vec::new(),
                measures: statistics
                    .statistics()
                    .iter()
                    .map(|&which| Some(statistics.value(layer, head, which)))
                    .collect(),
            }
        };
        Self {
            title,
            keys: Column::all(["layer", "head", "pattern"]),
            cells: None,
            measures: statistics.statistics().iter().map(measure).collect(),
            rows: heads.into_iter().map(row).collect(),
        }
    }

    /// The cosine of every pooling with every other, `[row, column]`, and the length of each vector.
    pub fn poolings(title: String, poolings: &[Pooling], cosines: &[Vec<Option<f32>>], norms: &[f64]) -> Self {
        let rows = poolings.iter().zip(cosines).zip(norms).map(|((pooling, cosines), &norm)| TableRow {
            keys: vec![Key::Text(pooling.name().to_owned())],
            cells: cosines.clone(),
            measures: vec![Some(norm as f32)],
        });
        Self {
            title,
            keys: Column::all(["pooling"]),
            cells: Some(Cells {
                id: "cosines",
                quantity: Quantity::Cosine,
                columns: poolings.iter().map(|pooling| pooling.name().to_owned()).collect(),
            }),
            measures: vec![ValueColumn::new("norm", Quantity::Number)],
            rows: rows.collect(),
        }
    }
}
