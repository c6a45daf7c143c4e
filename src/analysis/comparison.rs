//! Two readings of attention held against each other: how much more of it goes where.

use std::sync::Arc;

use super::{
    AttentionMatrix, AttentionOptions, Direction, Measure, MeasuredTrace, Specials, Units,
    align::{UnitPair, align},
};

/// What is compared: a layer of a trace, as attention options show it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'t> {
    /// What the model produced, and what measures say of it.
    pub trace: &'t MeasuredTrace,
    /// From 0.
    pub layer: usize,
    /// Its direction does not matter.
    pub options: AttentionOptions,
}

/// Attention that is held beside attention that is shown, unit by unit.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What is held.
    pub held: Arc<ComparedSide>,
    /// What is shown.
    pub shown: Arc<ComparedSide>,
    /// What the numbers are.
    pub measure: Measure,
    /// Every unit of both sides, in reading order: the rows, and the columns.
    pub pairs: Vec<UnitPair>,
    /// Those pairs, by number, that the options do not hide with the specials.
    pub columns: Vec<usize>,
    /// The largest difference of a cell, whatever its sign; 0 where nothing differs.
    pub largest: f32,
    /// `[pair]`: how far apart the two rows are, see [`Comparison::distance`].
    pub distances: Vec<Option<f32>>,
    /// The mean of these over the rows that are not hidden and on both sides; none where no row is.
    pub distance: Option<f32>,
}

/// One side of a comparison, worked out.
#[derive(Clone, Debug)]
pub struct ComparedSide {
    /// The units attention is counted in.
    pub units: Units,
    /// `[unit]`: how each is written.
    pub names: Vec<String>,
    /// From every unit to every unit.
    pub matrix: AttentionMatrix,
}

impl ComparedSide {
    /// Reads the attention of one side.
    pub fn new(Side { trace, layer, options }: Side) -> Self {
        let units = Units::new(trace, options.granularity);
        let names = (0..units.len()).map(|unit| units.text(trace, unit)).collect();
        let options = AttentionOptions { direction: Direction::From, ..options };
        Self { matrix: AttentionMatrix::new(trace, &units, layer, options), names, units }
    }

    /// The weight in a row and a column; none where this side lacks either.
    pub fn weight(&self, row: Option<usize>, column: Option<usize>) -> Option<f32> {
        Some(self.matrix.rows[row?].weights[column?])
    }
}

impl Comparison {
    /// Compares two readings; granularity and specials are best the same in both, and so is the measure.
    pub fn new(held: Side, shown: Side) -> Self {
        let [held_side, shown_side] = [held, shown].map(|side| Arc::new(ComparedSide::new(side)));
        Self::of((held, held_side), (shown, shown_side))
    }

    /// Compares two sides whose attention is known.
    pub fn of((held, held_side): (Side, Arc<ComparedSide>), (shown, shown_side): (Side, Arc<ComparedSide>)) -> Self {
        let pairs = align((held.trace, &held_side.units), (shown.trace, &shown_side.units));
        let is_shown = |units: &Units, unit: Option<usize>, options: AttentionOptions| {
            unit.is_some_and(|unit| options.specials == Specials::Shown || !units.is_special(unit))
        };
        let in_view = |pair: &UnitPair| {
            is_shown(&held_side.units, pair.held, held.options)
                || is_shown(&shown_side.units, pair.shown, shown.options)
        };
        let mut columns: Vec<usize> = (0..pairs.len()).filter(|&at| in_view(&pairs[at])).collect();
        if columns.is_empty() {
            // A sentence of nothing but specials has nothing else to show.
            columns = (0..pairs.len()).collect();
        }
        let mut comparison = Self {
            held: held_side,
            shown: shown_side,
            measure: shown.options.measure,
            pairs,
            columns,
            largest: 0.0,
            distances: Vec::new(),
            distance: None,
        };
        comparison.measure();
        comparison
    }

    fn measure(&mut self) {
        self.distances = (0..self.pairs.len()).map(|row| self.row_distance(row)).collect();
        let apart: Vec<f32> = self.columns.iter().filter_map(|&row| self.distances[row]).collect();
        self.distance = (!apart.is_empty()).then(|| apart.iter().sum::<f32>() / apart.len() as f32);
        self.largest = self.columns.iter().map(|&row| self.largest_in(row)).fold(0.0, f32::max);
    }

    /// What is held and what is shown of a cell, the attention of the pair `row` to the pair `column`; none where a side
    /// lacks one of the two.
    pub fn weights(&self, row: usize, column: usize) -> [Option<f32>; 2] {
        let (row, column) = (self.pairs[row], self.pairs[column]);
        [self.held.weight(row.held, column.held), self.shown.weight(row.shown, column.shown)]
    }

    /// How a pair is written: `street`, or, where another takes its place, `street / animal`.
    pub fn name(&self, pair: usize) -> String {
        let UnitPair { held, shown } = self.pairs[pair];
        let held = held.map(|unit| self.held.names[unit].as_str());
        match (held, shown.map(|unit| self.shown.names[unit].as_str())) {
            (Some(held), Some(shown)) if held != shown => format!("{held} / {shown}"),
            (held, shown) => shown.or(held).unwrap_or_default().to_owned(),
        }
    }

    /// What is shown less what is held, in -1..=1; none where a side lacks the cell.
    pub fn difference(&self, row: usize, column: usize) -> Option<f32> {
        let [held, shown] = self.weights(row, column);
        Some(shown? - held?)
    }

    /// The largest difference of a row, whatever its sign.
    pub fn largest_in(&self, row: usize) -> f32 {
        let Some([held, shown]) = self.sides_of(row) else { return 0.0 };
        let difference = |&column: &usize| {
            let pair = self.pairs[column];
            Some((shown[pair.shown?] - held[pair.held?]).abs())
        };
        self.columns.iter().filter_map(difference).fold(0.0, f32::max)
    }

    /// The column where a row differs most, of several the first; none where it differs nowhere.
    pub fn most_different(&self, row: usize) -> Option<usize> {
        let largest = self.largest_in(row);
        let is_largest = |&column: &usize| self.difference(row, column).is_some_and(|by| by.abs() == largest);
        (largest > 0.0).then(|| self.columns.iter().copied().find(is_largest)).flatten()
    }

    /// The pair a unit of what is shown is in.
    pub fn pair_of(&self, shown: usize) -> Option<usize> {
        self.pairs.iter().position(|pair| pair.shown == Some(shown))
    }

    /// The total variation distance of two rows: half the sum over all columns of what shown and held differ by, a unit
    /// that one side lacks counting 0 there. It is the share of the attention that goes elsewhere, in 0..=1 (of the
    /// maximum over heads, which may sum to more than 1, it may be more). None for a row that one side lacks.
    fn row_distance(&self, row: usize) -> Option<f32> {
        let [held, shown] = self.sides_of(row)?;
        let weight = |weights: &[f32], unit: Option<usize>| unit.map_or(0.0, |unit| weights[unit]);
        let apart = self.pairs.iter().map(|pair| (weight(shown, pair.shown) - weight(held, pair.held)).abs());
        Some(apart.sum::<f32>() / 2.0)
    }

    /// `[unit of that side]`: a row as it is held and as it is shown; none where a side lacks it.
    fn sides_of(&self, row: usize) -> Option<[&[f32]; 2]> {
        let UnitPair { held: Some(held), shown: Some(shown) } = self.pairs[row] else { return None };
        Some([&self.held.matrix.rows[held].weights, &self.shown.matrix.rows[shown].weights])
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        analysis::{Granularity, HeadChoice},
        bert::{Ablations, Input, Token, Trace},
    };

    /// One layer of two heads: the first looks at itself, the second at the token after, the last at the first.
    fn trace(text: &str) -> MeasuredTrace {
        let token = |text: &str, span: Option<std::ops::Range<usize>>, word| Token {
            mark: if text.starts_with("##") { 2 } else { 0 },
            special: span.is_none(),
            span,
            word,
            ..Token::example(text)
        };
        let mut tokens = vec![token("[CLS]", None, None)];
        let mut start = 0;
        let mut word = 0;
        for piece in text.split(' ') {
            word += u32::from(!piece.starts_with("##"));
            tokens.push(token(piece, Some(start..start + piece.len()), Some(word)));
            start += piece.len() + 1;
        }
        tokens.push(token("[SEP]", None, None));
        let count = tokens.len();
        let mut attentions = vec![0.0; 2 * count * count];
        for query in 0..count {
            attentions[query * count + query] = 1.0;
            attentions[(count + query) * count + (query + 1) % count] = 1.0;
        }
        MeasuredTrace::from(Trace {
            input: Input::single(text),
            tokens,
            truncation: None,
            ablations: Ablations::default(),
            layers: 1,
            heads: 2,
            hidden_size: 1,
            attentions,
            hidden_states: vec![0.0; 2 * count],
            pooler_output: None,
            elapsed: Duration::ZERO,
        })
    }

    /// `held/shown` of each pair, `-` for none.
    fn aligned(held: &str, shown: &str, granularity: Granularity) -> String {
        let (held, shown) = (trace(held), trace(shown));
        let options = AttentionOptions { granularity, ..AttentionOptions::default() };
        let comparison =
            Comparison::new(Side { trace: &held, layer: 0, options }, Side { trace: &shown, layer: 0, options });
        let name =
            |side: &ComparedSide, unit: Option<usize>| unit.map_or("-".to_owned(), |unit| side.names[unit].clone());
        let pairs = comparison.pairs.iter().map(|pair| {
            let (held, shown) = (name(&comparison.held, pair.held), name(&comparison.shown, pair.shown));
            if held == shown { held } else { format!("{held}/{shown}") }
        });
        pairs.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_aligned_with_those_that_take_their_place() {
        let pieces = |held, shown| aligned(held, shown, Granularity::Subwords);
        assert_eq!(pieces("it was too tired .", "it was too wide ."), "[CLS] it was too tired/wide . [SEP]");
        assert_eq!(pieces("it was tired", "it was very tired"), "[CLS] it was -/very tired [SEP]");
        assert_eq!(pieces("a b c", "a c"), "[CLS] a b/- c [SEP]");
        assert_eq!(pieces("a b c d", "a x y d"), "[CLS] a b/x c/y d [SEP]");
        assert_eq!(pieces("a b c d", "a x d"), "[CLS] a b/- c/- -/x d [SEP]", "nobody knows which");
        assert_eq!(pieces("A dog", "a Dog"), "[CLS] A/a dog/Dog [SEP]", "a cased and an uncased model");
        assert_eq!(pieces("[SEP] a", "a"), "[CLS] [SEP]/- a [SEP]", "typed, it is a word");
        let words = |held, shown| aligned(held, shown, Granularity::Words);
        assert_eq!(words("un ##happy cat", "sad cat"), "[CLS] unhappy/sad cat [SEP]");
    }

    #[test]
    fn places_of_the_same_text_stay_whatever_is_read_there() {
        let held = trace("x a a b y");
        let mut shown = Trace::clone(&held);
        for masked in [1, 2, 5] {
            shown.tokens[masked].text = "[MASK]".to_owned();
        }
        let units = Units::new(&held, Granularity::Subwords);
        let same = |unit| UnitPair { held: Some(unit), shown: Some(unit) };
        assert_eq!(align((&held, &units), (&shown, &units)), (0..7).map(same).collect::<Vec<_>>());
    }

    #[test]
    fn differences_are_exact() {
        let (held, shown) = (trace("a b"), trace("a b c"));
        let side = |trace, head| {
            let options = AttentionOptions { heads: HeadChoice::One(head), ..AttentionOptions::default() };
            Side { trace, layer: 0, options }
        };
        // To itself, and to the next: [CLS] a b - [SEP] against [CLS] a b c [SEP].
        let comparison = Comparison::new(side(&held, 0), side(&shown, 1));
        assert_eq!(comparison.columns, [0, 1, 2, 3, 4]);
        let row = |row| (0..5).map(|column| comparison.difference(row, column)).collect::<Vec<_>>();
        assert_eq!(row(1), [Some(0.0), Some(-1.0), Some(1.0), None, Some(0.0)]);
        assert_eq!(row(2), [Some(0.0), Some(0.0), Some(-1.0), None, Some(0.0)], "b looks at c, which held lacks");
        assert_eq!(row(3), [None; 5]);
        assert_eq!(comparison.weights(3, 4), [None, Some(1.0)]);
        // Half of the 1 that b itself has lost and of the 1 that c has got, which stands alone.
        assert_eq!(comparison.distances, [Some(1.0), Some(1.0), Some(1.0), None, Some(1.0)]);
        assert_eq!((comparison.largest, comparison.distance), (1.0, Some(1.0)));
        assert_eq!((comparison.most_different(1), comparison.most_different(3)), (Some(1), None));
        assert_eq!((comparison.pair_of(3), comparison.pair_of(4), comparison.pair_of(9)), (Some(3), Some(4), None));

        let same = Comparison::new(side(&held, 0), side(&held, 0));
        assert_eq!((same.largest, same.distance, same.most_different(0)), (0.0, Some(0.0), None));
    }

    #[test]
    fn hidden_specials_have_no_columns() {
        let trace = trace("a b");
        let side = |specials| Side {
            trace: &trace,
            layer: 0,
            options: AttentionOptions { specials, ..AttentionOptions::default() },
        };
        let compared = |specials| Comparison::new(side(specials), side(specials));
        assert_eq!(compared(Specials::Shown).columns, [0, 1, 2, 3]);
        assert_eq!(compared(Specials::Hidden).columns, [1, 2]);
    }
}
