use std::{collections::BTreeSet, sync::Arc};

use super::{Place, Reading, ReadingChoice, Readings, Scale};
use crate::analysis::{
    AttentionMap, AttentionMatrix, AttentionOptions, AttentionRow, Direction, Granularity, HeadChoice, HeadSet,
    Measure, Specials, Units, after, attention_map, attention_row,
};
use crate::messages::{label, message};

/// What the view on screen needs worked out, beside what every view of attention shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Its rows are the tokens that look, and its columns those looked at: the cursor's row is one that is drawn.
    pub square: bool,
    /// From every unit to every unit in the cursor's layer.
    pub matrix: bool,
    /// The source's row in every head.
    pub every_head: bool,
    /// The measure that is chosen.
    pub measure: bool,
    /// Unrelated sentences, to compare the one that is read with.
    pub background: bool,
}

/// The cursor and the switches that all views of attention share, and what follows from them.
#[derive(Debug, Default)]
pub struct AttentionState {
    /// Which reading of a pair is shown.
    pub reading_choice: ReadingChoice,
    /// The cursor's layer, from 0.
    pub layer: usize,
    /// The cursor's token; of a word, its first.
    pub token: usize,
    /// The token that looks, or is looked at; of a word, its first. 0 is `[CLS]`.
    pub source: usize,
    /// How attention is looked at. Where its measure is not worked out yet, another is shown: see [`State::measure`](super::State::measure).
    pub options: AttentionOptions,
    /// What the top of the colour scale stands for.
    pub scale: Scale,
    /// Tokens whose attention is summed.
    pub marked: BTreeSet<usize>,
    /// What the view on screen needs worked out.
    pub needs: Needs,
    /// What is shown under these choices; none before the first reading.
    pub shown: Option<Shown>,
    /// What its matrix is of.
    matrix_of: Option<MatrixSource>,
    /// The number of a layer, or of a head in it, as far as it is typed.
    typed: Option<TypedNumber>,
}

/// A number that is being typed, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TypedNumber {
    /// Of a layer.
    Layer(usize),
    /// Of a head in the cursor's layer, after a point; 0 before its first digit.
    Head(usize),
}

/// What a matrix is made of.
#[derive(Debug)]
struct MatrixSource {
    reading: Arc<Reading>,
    layer: usize,
    options: AttentionOptions,
}

impl PartialEq for MatrixSource {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.reading, &other.reading) && (self.layer, self.options) == (other.layer, other.options)
    }
}

/// What follows from a reading and the choices.
#[derive(Debug)]
pub struct Shown {
    /// The units attention is counted in.
    pub units: Units,
    /// Those that are shown, in reading order.
    pub columns: Vec<usize>,
    /// Those whose attention is summed, as far as they are shown.
    pub marked: Vec<usize>,
    /// Every layer's row of the source.
    pub map: AttentionMap,
    /// Every head's row of the cursor's layer, `[head]`; none where the measure has no heads.
    pub head_rows: Vec<AttentionRow>,
    /// From every unit to every unit in the cursor's layer; only while that is on screen.
    pub matrix: Option<Arc<AttentionMatrix>>,
    /// The source's row in every head, `[layer, head]`, or in every layer where the measure has no heads; only while those are on screen.
    pub heads: Option<Vec<AttentionRow>>,
    /// The words of the sentence, whatever the granularity.
    pub words: Units,
    /// The cursor's layer over those words, as the options show it.
    pub word_row: AttentionRow,
}

impl AttentionState {
    pub(super) fn reset(&mut self) {
        *self = Self { options: self.options, scale: self.scale, needs: self.needs, ..Self::default() };
    }

    /// Brings cursor and source inside a new reading, and draws up what is shown.
    pub(super) fn fit(&mut self, readings: &Readings) {
        let reading = readings.get(self.reading_choice);
        let trace = &reading.trace;
        let options = &mut self.options;
        self.layer = self.layer.min(trace.layers.saturating_sub(1));
        if let HeadChoice::One(head) = options.heads {
            options.heads = HeadChoice::One(head.min(trace.heads.saturating_sub(1)));
        }
        let units = reading.units(options.granularity).clone();
        if self.source >= trace.tokens.len() {
            self.source = 0;
        }
        let mut source = units.unit_of(self.source);
        self.source = units.tokens(source).start;
        let columns = units.columns(options.specials);
        let cursor = units.unit_of(self.token.min(trace.tokens.len().saturating_sub(1)));
        self.token = columns.get(place(&columns, cursor)).map_or(0, |&unit| units.tokens(unit).start);
        if self.needs.square {
            // The cursor's row is one that is drawn; the views of layers and heads show a source that is hidden.
            source = columns.get(place(&columns, source)).copied().unwrap_or(source);
        }

        self.marked.retain(|&token| token < trace.tokens.len());
        let marked = units.of_tokens(&self.marked, &columns);

        let before = self.shown.as_ref().map(|shown| shown.map.options.measure);
        let there = |measure: &Measure| trace.is_prepared(*measure);
        let measure = [Some(options.measure), before].into_iter().flatten().find(there).unwrap_or_default();
        let options = &AttentionOptions { measure, ..*options };
        let one = |head| AttentionOptions { heads: HeadChoice::One(head), ..*options };
        let head_count = if measure.has_heads() { trace.heads } else { 0 };
        let words = reading.units(Granularity::Words).clone();
        // A cursor that moves changes no number of it.
        let of = self.needs.matrix.then(|| MatrixSource {
            reading: Arc::clone(reading),
            layer: self.layer,
            options: *options,
        });
        let before = self.shown.as_ref().and_then(|shown| shown.matrix.clone());
        let matrix = before.filter(|_| of == self.matrix_of).or_else(|| {
            of.as_ref().map(|of| Arc::new(AttentionMatrix::new(&of.reading.trace, &units, of.layer, of.options)))
        });
        self.matrix_of = of;
        self.shown = Some(Shown {
            map: attention_map(trace, &units, source, *options),
            head_rows: (0..head_count)
                .map(|head| attention_row(trace, &units, self.layer, source, one(head)))
                .collect(),
            word_row: attention_row(
                trace,
                &words,
                self.layer,
                words.unit_of(self.source),
                AttentionOptions { granularity: Granularity::Words, ..*options },
            ),
            matrix,
            heads: self.needs.every_head.then(|| {
                let heads = |layer| (0..head_count.max(1)).map(move |head| (layer, head));
                let row = |(layer, head)| attention_row(trace, &units, layer, source, one(head));
                (0..trace.layers).flat_map(heads).map(row).collect()
            }),
            words,
            marked,
            columns,
            units,
        });
    }

    /// A view comes on screen.
    pub(super) fn show(&mut self, needs: Needs, readings: Option<&Readings>) {
        self.typed = None;
        self.needs = needs;
        if let Some(readings) = readings {
            self.fit(readings);
        }
    }

    /// The head that is shown, where it is a single one.
    pub fn head(&self) -> Option<usize> {
        match self.options.heads {
            HeadChoice::One(head) => Some(head),
            _ => None,
        }
    }

    /// On the pooling view, where each sentence is read alone: from A to B and back.
    pub(super) fn toggle_alone(&mut self, readings: Option<&Readings>) {
        let Some(readings) = readings.filter(|readings| readings.pair.is_some()) else { return };
        self.reading_choice =
            if self.reading_choice == ReadingChoice::AloneB { ReadingChoice::AloneA } else { ReadingChoice::AloneB };
        self.fit(readings);
    }

    /// A digit of a layer's number, from 1, or after a point of a head's: with those typed before it, if there is such a
    /// layer or head.
    pub(super) fn type_digit(&mut self, digit: usize, readings: &Readings) {
        let trace = &readings.get(self.reading_choice).trace;
        let joined = |before: usize, most: usize| {
            let both = Some(before * 10 + digit).filter(|number| *number <= most);
            both.or(Some(digit)).filter(|number| (1..=most).contains(number))
        };
        let (typed, number) = match self.typed {
            Some(TypedNumber::Head(before)) => {
                let head = joined(before, trace.heads);
                self.options.heads = head.map_or(self.options.heads, |head| HeadChoice::One(head - 1));
                (head.map(TypedNumber::Head), head)
            }
            layer => {
                let before = if let Some(TypedNumber::Layer(before)) = layer { before } else { 0 };
                let layer = joined(before, trace.layers);
                self.layer = layer.map_or(self.layer, |layer| layer - 1);
                (layer.map(TypedNumber::Layer), layer)
            }
        };
        self.typed = typed;
        if number.is_some() {
            self.fit(readings);
        }
    }

    /// A point after the number of a layer: digits are those of a head in it now.
    pub(crate) fn type_point(&mut self) {
        if let Some(TypedNumber::Layer(_)) = self.typed {
            self.typed = Some(TypedNumber::Head(0));
        }
    }

    /// Goes to a place that was clicked on.
    pub(super) fn go(&mut self, place: Place, readings: &Readings) {
        self.typed = None;
        self.layer = place.layer.unwrap_or(self.layer);
        self.options.heads = place.head.map_or(self.options.heads, HeadChoice::One);
        self.source = place.source.unwrap_or(self.source);
        self.token = place.token.unwrap_or(self.token);
        self.fit(readings);
    }

    /// Moves the cursor so many units on, within what is shown.
    pub fn move_token(&mut self, by: isize) {
        self.token = self.step(self.token, by);
    }

    /// Moves the source so many units on, within what is shown; to be followed by [`AttentionState::fit`].
    pub fn move_source(&mut self, by: isize) {
        self.source = self.step(self.source, by);
    }

    /// Moves the cursor to where its row is largest.
    pub fn go_to_strongest(&mut self) {
        self.token = self.strongest();
    }

    /// What the top of the colours stands for: the next of the choices.
    pub fn next_scale(&mut self) {
        self.scale = after(Scale::ALL, self.scale);
    }

    /// Marks the head that is shown, or unmarks it.
    pub fn toggle_head_mark(&mut self) {
        if let HeadChoice::One(head) = self.options.heads {
            self.options.among.toggle(head);
        }
    }

    /// Unmarks all tokens and heads.
    pub fn unmark(&mut self) {
        self.marked.clear();
        self.options.among = HeadSet::default();
    }

    /// Begins a layer's number anew.
    pub(crate) fn forget_digits(&mut self) {
        self.typed = None;
    }

    /// Which heads mean and max are of.
    pub(super) fn marked_heads(&self) -> String {
        match self.options.among {
            none if none.is_empty() => label!("state-no-marked-heads").text().to_owned(),
            some => message!("state-marked-heads", heads = some.to_string()),
        }
    }

    /// Marks the unit under the cursor by its first token, or unmarks it.
    pub fn toggle_mark(&mut self) {
        let Some(Shown { units, .. }) = &self.shown else { return };
        let tokens = units.tokens(units.unit_of(self.token));
        let first = tokens.start;
        let before = self.marked.len();
        self.marked.retain(|token| !tokens.contains(token));
        if self.marked.len() == before {
            self.marked.insert(first);
        }
    }

    /// Specials: show, hide, or hide and scale the rest.
    pub fn next_specials(&mut self) {
        self.options.specials = self.options.specials.next();
        // What looks at a special is never scaled: there is nothing to tell the two apart by.
        let special = self.shown.as_ref().is_some_and(|shown| shown.units.is_special(shown.map.source));
        let unscaled = self.options.direction == Direction::To && special && !self.needs.square;
        if self.options.specials == Specials::Renormalized && unscaled {
            self.options.specials = self.options.specials.next();
        }
    }

    /// The first token of the unit this many shown units further, within what is shown; one that is not shown itself
    /// stands for the next.
    fn step(&self, token: usize, by: isize) -> usize {
        let Some(Shown { units, columns, .. }) = &self.shown else { return token };
        let at = place(columns, units.unit_of(token)).saturating_add_signed(by).min(columns.len().saturating_sub(1));
        columns.get(at).map_or(token, |&unit| units.tokens(unit).start)
    }

    /// Where the cursor's row is largest; of several, the first.
    fn strongest(&self) -> usize {
        let Some(Shown { units, columns, map, matrix, .. }) = &self.shown else { return self.token };
        // The rows of the matrix look, whichever way the map of the layers is turned.
        let row =
            matrix.as_ref().map_or(map.rows[self.layer].weights.as_slice(), |matrix| &matrix.rows[map.source].weights);
        let largest = columns.iter().copied().max_by(|&a, &b| row[a].total_cmp(&row[b]).then(b.cmp(&a)));
        largest.map_or(self.token, |unit| units.tokens(unit).start)
    }

    /// Whether the cursor can move so many units on.
    pub fn can_step(&self, by: isize) -> bool {
        self.step(self.token, by) != self.token
    }

    /// Whether the source can.
    pub fn can_step_source(&self, by: isize) -> bool {
        self.step(self.source, by) != self.step(self.source, 0)
    }

    /// Whether the cursor is elsewhere than where its row is largest.
    pub fn can_go_to_strongest(&self) -> bool {
        self.strongest() != self.token
    }
}

impl Shown {
    /// The share that is hidden with the specials in a layer; none where nothing is.
    pub fn hidden(&self, layer: usize) -> Option<f32> {
        (self.map.options.specials != Specials::Shown).then(|| self.map.rows[layer].hidden)
    }

    /// The sum of a row over the marked; none where nothing is marked.
    pub fn marked_sum(&self, row: &AttentionRow) -> Option<f32> {
        (!self.marked.is_empty()).then(|| row.sum_of(&self.marked))
    }

    /// Whether the map shows what the source looks at, rather than who looks at it.
    pub fn looks(&self) -> bool {
        self.map.options.direction == Direction::From
    }
}

/// Where a unit is among those shown; of one that is not, where the next is, or the last.
fn place(columns: &[usize], unit: usize) -> usize {
    columns.partition_point(|&shown| shown < unit).min(columns.len().saturating_sub(1))
}
