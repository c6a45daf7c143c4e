use super::{EstimateRow, table, texts};
use crate::{
    analysis::{
        BlindLayers, ExplainedBy, Key, ListMeans, Measure, MixingFindings, MixingNumber, MixingObservation, MixingRow,
        Pooling, Quantity, SharePart, Table, UnitClass, WordEffect,
    },
    messages::message,
};

/// A table of numbers that each sentence has.
pub(super) struct NumberTable {
    title: String,
    /// Where there is nothing in the last column, as of one sentence, which has no mean to be centred on.
    title_of_one: Option<String>,
    keys: &'static [&'static str],
    columns: Vec<(&'static str, Quantity)>,
    /// What names a row, and the number of each column.
    rows: Vec<(Vec<Key>, Vec<MixingNumber>)>,
}

impl NumberTable {
    /// With what was found, without rows of which nothing is known.
    pub(super) fn filled(self, found: &MixingFindings) -> Table {
        let row = |(keys, numbers): (Vec<Key>, Vec<MixingNumber>)| -> EstimateRow {
            (keys, numbers.into_iter().map(|number| found.get(number)).collect())
        };
        let rows: Vec<EstimateRow> =
            self.rows.into_iter().map(row).filter(|(_, found)| found.iter().any(Option::is_some)).collect();
        let is_last = |(_, found): &EstimateRow| found.last().is_some_and(Option::is_some);
        let title = self.title_of_one.filter(|_| !rows.iter().any(is_last)).unwrap_or(self.title);
        table(title, self.keys, &self.columns, rows)
    }
}

/// A number that each sentence has, as a column of a file of sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceNumber {
    /// What files call it: its column in the table of many sentences, and what names its row there, in snake case:
    /// `own_content_word_decompx`.
    pub id: String,
    number: MixingNumber,
    /// Whether it is how much the sentence counts in the mean.
    is_weight: bool,
}

impl SentenceNumber {
    /// That of a sentence; none where it has none.
    pub fn of(&self, sentence: &MixingObservation) -> Option<f64> {
        let [numerator, weight] = sentence.ratio(self.number)?;
        let value = if self.is_weight { weight } else { numerator / weight };
        Some(value).filter(|value| value.is_finite())
    }
}

/// Every number of a sentence, in the order of the tables. The mean of each is that of the sentences that have it; of parts of a variance it is
/// weighted with the last columns, `variance_cls` and so on.
pub fn sentence_numbers(measures: &[Measure], layers: usize, trust: bool) -> Vec<SentenceNumber> {
    let mut numbers = Vec::new();
    for NumberTable { columns, rows, .. } in number_tables(measures, layers) {
        for (keys, of) in &rows {
            for ((column, _), &number) in columns.iter().zip(of) {
                let keys = keys.iter().map(ToString::to_string);
                let id = [(*column).to_owned()].into_iter().chain(keys).collect::<Vec<_>>().join("_").replace('-', "_");
                numbers.push(SentenceNumber { id, number, is_weight: false });
            }
        }
    }
    numbers.retain(|of| trust || !matches!(of.number, MixingNumber::Trust(..)));
    numbers.extend(ListMeans::POOLINGS.map(|pooling| SentenceNumber {
        id: format!("variance_{pooling}"),
        number: MixingNumber::Varies(pooling, SharePart::Biases),
        is_weight: true,
    }));
    numbers
}

/// Every table, in the order shown.
pub(super) fn number_tables(measures: &[Measure], layers: usize) -> Vec<NumberTable> {
    vec![own(measures), evenness(measures), parts(measures), taken(layers), blind(layers), explained(), trust()]
}

fn own(measures: &[Measure]) -> NumberTable {
    let rows = by_measure(&UnitClass::ALL, UnitClass::id, measures, &|class, place| {
        vec![MixingNumber::Own(class, place), MixingNumber::Largest(class, place)]
    });
    NumberTable {
        title: message!("mixing-list-own"),
        title_of_one: None,
        keys: &["unit", "measure"],
        columns: vec![("own", Quantity::Share), ("largest", Quantity::Share)],
        rows,
    }
}

fn evenness(measures: &[Measure]) -> NumberTable {
    let rows = by_measure(&MixingRow::ALL, MixingRow::id, measures, &|row, place| {
        let numbers = [MixingNumber::Evenness, MixingNumber::Gini, MixingNumber::Strongest, MixingNumber::MoreEven];
        numbers.map(|number| number(row, place)).to_vec()
    });
    let columns = vec![
        ("evenness", Quantity::Number),
        ("gini", Quantity::Number),
        ("strongest", Quantity::Tokens),
        ("cls_more_even", Quantity::Number),
    ];
    NumberTable {
        title: message!("mixing-list-evenness"),
        title_of_one: None,
        keys: &["vector", "measure"],
        columns,
        rows,
    }
}

/// Of each named thing under each measure some numbers.
fn by_measure<T: Copy>(
    things: &[T],
    id: impl Fn(T) -> &'static str,
    measures: &[Measure],
    numbers: &dyn Fn(T, usize) -> Vec<MixingNumber>,
) -> Vec<(Vec<Key>, Vec<MixingNumber>)> {
    let each = things.iter().flat_map(|&thing| measures.iter().enumerate().map(move |measure| (thing, measure)));
    each.map(|(thing, (place, measure))| (texts([id(thing), measure.id()]), numbers(thing, place))).collect()
}

fn parts(measures: &[Measure]) -> NumberTable {
    let mut rows = Vec::new();
    for pooling in ListMeans::POOLINGS {
        for part in SharePart::ALL {
            let keys = |measure: &str| texts([pooling.name(), part.id(), measure]);
            for (place, measure) in measures.iter().enumerate() {
                rows.push((keys(measure.id()), vec![MixingNumber::From(pooling, part, place)]));
            }
            rows.push((keys("variance"), vec![MixingNumber::Varies(pooling, part)]));
        }
    }
    NumberTable {
        title: message!("mixing-list-parts"),
        title_of_one: None,
        keys: &["vector", "part", "measure"],
        columns: vec![("share", Quantity::Share)],
        rows,
    }
}

fn taken(layers: usize) -> NumberTable {
    let row = |layer| (vec![Key::Number(layer + 1)], vec![MixingNumber::Taken(layer)]);
    NumberTable {
        title: message!("mixing-list-taken"),
        title_of_one: None,
        keys: &["layer"],
        columns: vec![("taken", Quantity::Share)],
        rows: (0..layers).map(row).collect(),
    }
}

fn blind(layers: usize) -> NumberTable {
    let mut rows = Vec::new();
    for (id, choice) in [
        ("here", BlindLayers::Here as fn(usize) -> BlindLayers),
        ("up-to", BlindLayers::UpTo),
        ("from", BlindLayers::From),
    ] {
        for layer in 0..layers {
            let choice = choice(layer).same(layers);
            let keys = vec![Key::Text(id.to_owned()), Key::Number(layer + 1)];
            rows.push((keys, [false, true].map(|centred| MixingNumber::Blind(choice, centred)).to_vec()));
        }
    }
    NumberTable {
        title: message!("mixing-list-blind"),
        title_of_one: Some(message!("mixing-list-blind-of-one")),
        keys: &["blind", "layer"],
        columns: vec![("cosine", Quantity::Cosine), ("centred", Quantity::Cosine)],
        rows,
    }
}

fn explained() -> NumberTable {
    let rows = ExplainedBy::ALL
        .iter()
        .map(|&by| (vec![Key::from(by)], [false, true].map(|centred| MixingNumber::Explained(by, centred)).to_vec()));
    NumberTable {
        title: message!("mixing-list-explained"),
        title_of_one: Some(message!("mixing-list-explained-of-one")),
        keys: &["by"],
        columns: vec![("explained", Quantity::Share), ("centred", Quantity::Share)],
        rows: rows.collect(),
    }
}

fn trust() -> NumberTable {
    let mut rows = Vec::new();
    for pooling in [Pooling::Cls, Pooling::Mean] {
        for (place, measure) in Measure::ALL.iter().enumerate() {
            let numbers = WordEffect::ALL.map(|how| MixingNumber::Trust(pooling, how, place));
            rows.push((texts([pooling.name(), measure.id()]), numbers.to_vec()));
        }
    }
    NumberTable {
        title: message!("mixing-list-trust"),
        title_of_one: None,
        keys: &["vector", "measure"],
        columns: WordEffect::ALL.map(|how| (how.id(), Quantity::Number)).to_vec(),
        rows,
    }
}
