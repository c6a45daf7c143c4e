//! The list of sentences: what its two views, of the sentences and of their map, show and do.

pub mod commands;
mod cursor;
mod edit;
mod facts;
mod reading;

use std::{fmt, str::FromStr, sync::Arc};

use super::{Stage, TextField};
use crate::{
    analysis::Pooling,
    messages::find_named,
    study::{Arranged, BackgroundLanguage, LineVectors, ListSide, MOST_IN_MATRIX, NoBackground, TokenizedTexts},
};

pub use commands::*;
pub use cursor::{Towards, WalkOrder, Walked};
pub use facts::{NO_PAIR, key_columns, keys, number, unknown, unknown_column};

/// A sentence of the list.
#[derive(Clone, Debug)]
pub struct ListLine {
    /// Its own, whatever else happens to the list; another after each edit.
    key: u64,
    /// The sentence.
    pub text: Arc<str>,
    /// What the model makes of it; none before it is read.
    pub read: Option<Arc<LineVectors>>,
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListOrder {
    /// As the sentences were given.
    #[default]
    Given,
    /// Like ones beside each other, under the left pooling.
    Clustered,
}

impl fmt::Display for ListOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            ListOrder::Given => "given",
            ListOrder::Clustered => "clustered",
        })
    }
}

impl FromStr for ListOrder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        find_named(text, [ListOrder::Given, ListOrder::Clustered], ListOrder::to_string)
    }
}

/// The list and what is known of it.
#[derive(Debug)]
pub struct ListState {
    /// How far its reading is.
    pub stage: Stage,
    /// The order of the rows.
    pub order: ListOrder,
    /// Whether a cosine is ranked among the list's own pairs rather than those of unrelated sentences.
    pub is_own_background: bool,
    /// The sentence that is being typed.
    pub field: TextField,
    /// What the lines are as tokens.
    pub tokenized: TokenizedTexts,
    lines: Vec<ListLine>,
    poolings: [Pooling; 2],
    /// The line on each row.
    rows: Vec<usize>,
    /// The line under the cursor.
    line: usize,
    /// The line whose column is under the cursor.
    other: usize,
    /// The line that is being edited; none for a new one.
    editing: Option<usize>,
    /// The lists before each change, the last of them last.
    before: Vec<Vec<ListLine>>,
    arranged: Option<Arc<Arranged>>,
    /// Where each line stands in what is arranged.
    places: Vec<Option<usize>>,
    /// The lines nearest to the one under the cursor, and their cosines, under each pooling.
    nearest: [Vec<(usize, f32)>; 2],
    /// Which of the pairs in an order the cursor was sent to.
    walk: Option<(WalkOrder, usize)>,
    /// The arrangement that is under way.
    arranging: Option<u64>,
    /// The keys of the lines that are being read ahead of all others; empty while these are.
    ahead: Vec<u64>,
    /// Whether those have just been read: they are arranged before the others are read.
    is_screen_read: bool,
    next_key: u64,
    number: u64,
    /// What is told under this number or a smaller one is of another model.
    outdated: u64,
}

impl Default for ListState {
    fn default() -> Self {
        Self {
            stage: Stage::Done,
            order: ListOrder::default(),
            is_own_background: false,
            field: TextField::default(),
            tokenized: TokenizedTexts::default(),
            lines: Vec::new(),
            poolings: Self::POOLINGS,
            rows: Vec::new(),
            line: 0,
            other: 0,
            editing: None,
            before: Vec::new(),
            arranged: None,
            places: Vec::new(),
            nearest: [Vec::new(), Vec::new()],
            walk: None,
            arranging: None,
            ahead: Vec::new(),
            is_screen_read: false,
            next_key: 0,
            number: 0,
            outdated: 0,
        }
    }
}

impl ListState {
    /// The most sentences: two matrices of 2,000 x 2,000 cosines are 32 MB.
    pub const MOST: usize = MOST_IN_MATRIX;
    /// The most text, in bytes; a session of so much can still be gone back to.
    const MOST_BYTES: usize = 4 << 20;
    /// What is compared at first; the mean where a model declares nothing.
    pub const POOLINGS: [Pooling; 2] = [Pooling::Cls, Pooling::Declared];
    /// How many neighbours are kept.
    const NEAREST: usize = 12;

    /// The sentences in the order given.
    pub fn lines(&self) -> &[ListLine] {
        &self.lines
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The two that are held against each other, left and right.
    pub fn poolings(&self) -> [Pooling; 2] {
        self.poolings
    }

    /// The line on each row, from the top; every line once.
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// The row of a line.
    pub fn row_of(&self, line: usize) -> usize {
        match self.order {
            ListOrder::Given => line,
            ListOrder::Clustered => self.rows.iter().position(|at| *at == line).unwrap_or(0),
        }
    }

    /// The line under the cursor.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The line whose column is under the cursor.
    pub fn other(&self) -> usize {
        self.other
    }

    /// The line that is being typed into: one of the list, or the one after the last, which is not there yet.
    pub fn typed_line(&self) -> usize {
        self.editing.unwrap_or(self.lines.len())
    }

    /// How many are read, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.lines.iter().filter(|line| line.read.is_some()).count(), self.lines.len())
    }

    /// What is known of those that are read, left or right; it may be of the list as it was a moment ago. None before
    /// the pooling that was chosen last is worked out.
    pub fn side(&self, side: usize) -> Option<&ListSide> {
        self.arranged.as_ref().map(|arranged| &*arranged.sides[side]).filter(|it| it.pooling == self.poolings[side])
    }

    /// Whether both sides are arranged under their poolings.
    pub fn is_arranged(&self) -> bool {
        self.side(0).is_some() && self.side(1).is_some()
    }

    /// Whether something is arranged at the moment.
    pub fn is_arranging(&self) -> bool {
        self.arranging.is_some()
    }

    /// The pairs of lines on which the two poolings disagree, most first, with the share of all pairs that is less close
    /// under each, in percent; none before both are known.
    pub fn disagreements(&self) -> Option<Vec<(usize, usize, [f64; 2])>> {
        let arranged = self.arranged.as_ref()?;
        let mut lines = vec![None; self.lines.len()];
        (0..self.lines.len()).filter_map(|line| Some((line, self.place(line)?))).for_each(|(line, place)| {
            if let Some(at) = lines.get_mut(place) {
                *at = Some(line);
            }
        });
        let line = |place: usize| lines.get(place).copied().flatten();
        let pairs = arranged.disagreements.iter();
        Some(pairs.filter_map(|pair| Some((line(pair.a)?, line(pair.b)?, pair.percentiles))).collect())
    }

    /// The place of a line in [`ListSide::cosines`] and [`ListSide::projection`]; none before it is there.
    pub fn place(&self, line: usize) -> Option<usize> {
        self.places.get(line).copied().flatten()
    }

    /// How close two lines are under the left pooling, 0, or the right, 1; none where one of them has no such vector.
    pub fn cosine(&self, side: usize, a: usize, b: usize) -> Option<f32> {
        self.side(side)?.cosines.get(self.place(a)?, self.place(b)?)
    }

    /// The lines nearest to the one under the cursor and their cosines, the nearest first.
    pub fn nearest(&self, side: usize) -> &[(usize, f32)] {
        &self.nearest[side]
    }

    /// The unrelated sentences that two lines are to be compared with; none before both are read.
    pub fn background(&self, a: usize, b: usize) -> Option<Result<BackgroundLanguage, NoBackground>> {
        let read = |line: usize| self.lines.get(line)?.read.as_ref();
        let scripts = [read(a)?.script, read(b)?.script];
        Some(match self.tokenized.withhold(a, b) {
            true => Err(NoBackground::Unknown),
            false => BackgroundLanguage::of_pair(scripts),
        })
    }

    /// The languages of the unrelated sentences that pairs of lines are to be compared with.
    pub fn background_languages(&self) -> Vec<BackgroundLanguage> {
        let known = self.lines.iter().filter_map(|line| line.read.as_ref());
        let known = known.filter(|read| !read.tokenized.unknown.are_many());
        BackgroundLanguage::of_pairs(known.map(|read| read.script))
    }

    /// Brings cursor, rows and neighbours up to date, after whatever may have changed them.
    fn fit(&mut self) {
        let last = self.lines.len().saturating_sub(1);
        (self.line, self.other) = (self.line.min(last), self.other.min(last));
        self.places = match &self.arranged {
            Some(arranged) => self.lines.iter().map(|line| arranged.place(line.key)).collect(),
            None => vec![None; self.lines.len()],
        };
        self.rows = self.order_of(self.order);
        let lines = self.lines.iter();
        self.tokenized =
            TokenizedTexts::new(lines.map(|line| (&*line.text, line.read.as_ref().map(|read| &read.tokenized))));
        self.point();
    }

    /// The neighbours of the line under the cursor.
    fn point(&mut self) {
        for side in 0..2 {
            let mut nearest: Vec<(usize, f32)> = (0..self.lines.len())
                .filter(|&other| other != self.line)
                .filter_map(|other| Some((other, self.cosine(side, self.line, other)?)))
                .collect();
            nearest.sort_by(|(_, a), (_, b)| b.total_cmp(a));
            nearest.truncate(Self::NEAREST);
            self.nearest[side] = nearest;
        }
    }

    /// Every line once; those that are not arranged yet come last, as given.
    pub fn order_of(&self, order: ListOrder) -> Vec<usize> {
        let given = 0..self.lines.len();
        let (ListOrder::Clustered, Some(arranged)) = (order, &self.arranged) else { return given.collect() };
        let side = &arranged.sides[0];
        let mut at = vec![None; side.clustered.len()];
        given
            .clone()
            .filter_map(|line| Some((line, self.place(line)?)))
            .for_each(|(line, place)| at[place] = Some(line));
        let clustered = side.clustered.iter().filter_map(|&place| at[place]);
        clustered.chain(given.filter(|&line| self.place(line).is_none())).collect()
    }
}
