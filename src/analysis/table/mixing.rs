//! How vectors mix words, over many sentences, as tables: a row a number, with its 95 % interval.

mod numbers;

use numbers::number_tables;
pub use numbers::{SentenceNumber, sentence_numbers};

use super::{Cells, Column, Key, Table, TableRow, ValueColumn, claims::verdicts};
use crate::{
    analysis::{
        Estimate, Groundwork, Measure, MeasuredTrace, MixedShares, MixedVector, MixingFindings, Quantity, ShareSpread,
        TraitOrder, Units, VectorTraits, Verdict, cancelling,
    },
    bert::Trace,
    messages::message,
};

/// The place of the table of how much vectors are the same, which no sentence has a number of.
const SAMENESS: usize = 3;

/// What the first token is called where no sentence is shown.
const FIRST: &str = "[CLS]";

impl MixingFindings {
    /// Every table, the claims first. Those without rows are left out.
    pub fn tables(&self) -> Vec<Table> {
        let claims = [self.verdicts(), self.claims()].into_iter().filter(|table| !table.rows.is_empty());
        claims.chain(self.numbers()).collect()
    }

    /// Those without verdicts, which one sentence has of its own ([`Table::claims`]).
    pub fn numbers(&self) -> Vec<Table> {
        let mut tables: Vec<Table> =
            number_tables(&self.measures, self.layers).into_iter().map(|table| table.filled(self)).collect();
        tables.insert(SAMENESS, self.sameness());
        tables.retain(|table| !table.rows.is_empty());
        tables
    }

    fn verdicts(&self) -> Table {
        verdicts(message!("mixing-list-verdicts", sentences = self.sentences), FIRST, |claim| self.verdict(claim))
    }

    fn claims(&self) -> Table {
        let tests = self.tests();
        let rows = tests.iter().map(|test| {
            let text = |text: &str| Key::Text(text.to_owned());
            let keys = vec![
                text(test.claim.id()),
                text(&test.subject.id()),
                text(test.measure.map_or("", Measure::id)),
                Key::from(test.holds.map_or(Verdict::Open, |holds| Verdict::of([holds]))),
                text(if test.decides { "yes" } else { "" }),
            ];
            (keys, vec![Some(exactly(test.needs)), Some(test.estimate)])
        });
        let mut table = table(
            message!("mixing-list-tests"),
            &["claim", "test", "measure", "verdict", "decides"],
            &[("needs", Quantity::Number), ("number", Quantity::Number)],
            rows.collect(),
        );
        table.keys[3..].iter_mut().for_each(|column| column.is_found = true);
        // What is needed has no interval.
        table.measures.drain(1..3);
        table.rows.iter_mut().for_each(|row| drop(row.measures.drain(1..3)));
        table
    }

    fn sameness(&self) -> Table {
        let rows = self.vectors.iter().map(|vector| {
            let numbers = vec![Some(vector.same), Some(vector.unrelated), vector.beyond_mean];
            (texts([vector.pooling.name()]), numbers)
        });
        let columns =
            [("same", Quantity::Share), ("unrelated_cosine", Quantity::Cosine), ("beyond_mean", Quantity::Cosine)];
        table(message!("mixing-list-same"), &["vector"], &columns, rows.collect())
    }
}

/// The keys of a row, and its numbers.
type EstimateRow = (Vec<Key>, Vec<Option<Estimate>>);

fn texts<const N: usize>(ids: [&str; N]) -> Vec<Key> {
    ids.map(|id| Key::Text(id.to_owned())).to_vec()
}

fn exactly(value: f64) -> Estimate {
    Estimate { value, interval: None, sentences: 0 }
}

/// Each number with the ends of its interval.
fn table(title: String, keys: &[&'static str], columns: &[(&'static str, Quantity)], rows: Vec<EstimateRow>) -> Table {
    let three = |&(id, quantity): &(&'static str, Quantity)| {
        ["", "_low", "_high"].map(|end| ValueColumn::new(Column::from(format!("{id}{end}")), quantity))
    };
    let numbers = |found: Option<Estimate>| {
        let ends = found.and_then(|found| found.interval);
        [found.map(|found| found.value), ends.map(|ends| ends[0]), ends.map(|ends| ends[1])]
            .map(|number| number.map(|number| number as f32))
    };
    let row = |(keys, found): EstimateRow| TableRow {
        keys,
        cells: Vec::new(),
        measures: found.into_iter().flat_map(numbers).collect(),
    };
    Table {
        title,
        keys: keys.iter().map(|&key| Column::from(key)).collect(),
        cells: None,
        measures: columns.iter().flat_map(three).collect(),
        rows: rows.into_iter().map(row).collect(),
    }
}

impl Table {
    /// What a vector is made of behind each layer where it has shares, in words, how far its parts cancel, and how much each layer's attention block
    /// takes from other tokens;
    /// under a measure that is [there](crate::analysis::MeasuredTrace::has).
    pub fn mixed_layers(trace: &MeasuredTrace, units: &Units, measure: Measure, vector: MixedVector) -> Self {
        let row = |layer| {
            let shares = MixedShares::new(trace, units, measure, layer, vector)?;
            Some((layer, shares))
        };
        let rows: Vec<(usize, MixedShares)> = (0..trace.layers).filter_map(row).collect();
        let layers: Vec<usize> = rows.iter().map(|(layer, _)| *layer).collect();
        let mut table = shares(
            message!("mixing-list-made-of", measure = measure.id()),
            ["layer"],
            trace,
            units,
            rows.into_iter().map(|(layer, shares)| (vec![Key::Number(layer + 1)], shares)),
        );
        if !measure.is_signed() && measure.groundwork() == Groundwork::Sources {
            table.measures.push(ValueColumn::new("cancelling", Quantity::Number));
            for (row, &layer) in table.rows.iter_mut().zip(&layers) {
                row.measures.push(cancelling(trace, units, layer, vector).map(|ratio| ratio as f32));
            }
        }
        if let (MixedVector::Unit(unit), Some(_)) = (vector, trace.layer_mixing()) {
            table.measures.push(ValueColumn::new("taken", Quantity::Share));
            for (row, &layer) in table.rows.iter_mut().zip(&layers) {
                row.measures.push(trace.mixing_ratio(layer, units.tokens(unit)));
            }
        }
        table
    }

    /// What every unit's last vector, the mean and the pooler output are made of.
    pub fn mixed_tokens(trace: &MeasuredTrace, units: &Units, measure: Measure) -> Self {
        let last = trace.layers.saturating_sub(1);
        let vectors = (0..units.len()).map(|unit| (Some(unit), MixedVector::Unit(unit)));
        let whole = [(None, MixedVector::Mean), (None, MixedVector::Pooled)];
        let row = |(unit, vector): (Option<usize>, MixedVector)| {
            let keys = match (unit, vector) {
                (Some(unit), _) => [units.tokens(unit).start.to_string(), units.text(trace, unit)],
                (None, MixedVector::Mean) => ["mean".to_owned(), String::new()],
                (None, _) => ["pooled".to_owned(), String::new()],
            };
            let shares = MixedShares::new(trace, units, measure, last, vector)?;
            Some((keys.map(Key::Text).to_vec(), shares))
        };
        let rows = vectors.chain(whole).filter_map(row);
        shares(message!("mixing-table-tokens", measure = measure.id()), ["from", "token"], trace, units, rows)
    }
}

/// Rows of shares over the units, and of the biases.
fn shares<const N: usize>(
    title: String,
    keys: [&'static str; N],
    trace: &MeasuredTrace,
    units: &Units,
    rows: impl Iterator<Item = (Vec<Key>, MixedShares)>,
) -> Table {
    let name = |unit: usize| format!("{} {}", units.tokens(unit).start, units.text(trace, unit));
    let row = |(keys, MixedShares { units, biases }): (Vec<Key>, MixedShares)| TableRow {
        keys,
        cells: units.into_iter().map(Some).collect(),
        measures: vec![Some(biases)],
    };
    Table {
        title,
        keys: Column::all(keys),
        cells: Some(Cells { id: "shares", quantity: Quantity::Share, columns: (0..units.len()).map(name).collect() }),
        measures: vec![ValueColumn::new("biases", Quantity::Share)],
        rows: rows.map(row).collect(),
    }
}

impl Table {
    /// How every unit's last vector, and the mean, mix the words, and what they are close to; a row a vector, in an order.
    pub fn vector_traits(
        trace: &Trace,
        units: &Units,
        measure: Measure,
        traits: &[VectorTraits],
        order: TraitOrder,
    ) -> Self {
        let row = |place: usize| {
            let of = &traits[place];
            let keys = match of.vector {
                MixedVector::Unit(unit) => [units.tokens(unit).start.to_string(), units.text(trace, unit)],
                MixedVector::Mean | MixedVector::Pooled => ["mean".to_owned(), String::new()],
            };
            let spread = |number: fn(&ShareSpread) -> f64| of.spread.as_ref().map(|spread| number(spread) as f32);
            let measures = vec![
                of.own,
                spread(|spread| spread.evenness),
                of.spread_of_others.map(|spread| spread.evenness as f32),
                spread(|spread| spread.gini),
                of.spread_of_others.map(|spread| spread.gini as f32),
                spread(|spread| spread.strongest),
                Some(of.to_mean),
                Some(of.to_input),
                of.to_unrelated.map(|[cls, _]| cls),
                of.to_unrelated.map(|[_, mean]| mean),
            ];
            TableRow { keys: keys.map(Key::Text).to_vec(), cells: Vec::new(), measures }
        };
        let columns = [
            ("itself", Quantity::Share),
            ("evenness", Quantity::Number),
            ("others_evenness", Quantity::Number),
            ("gini", Quantity::Number),
            ("others_gini", Quantity::Number),
            ("strongest", Quantity::Tokens),
            ("to_mean", Quantity::Cosine),
            ("to_input", Quantity::Cosine),
            ("to_unrelated_cls", Quantity::Cosine),
            ("to_unrelated_mean", Quantity::Cosine),
        ];
        Self {
            title: message!("mixing-table-traits", measure = measure.id()),
            keys: Column::all(["from", "token"]),
            cells: None,
            measures: columns.map(|(id, quantity)| ValueColumn::new(id, quantity)).to_vec(),
            rows: order.places(traits).into_iter().map(row).collect(),
        }
    }
}
