//! What keys and clicks do on the views of the list.

use super::ListState;
use crate::state::State;

/// A direction on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Towards {
    /// To smaller x.
    Left,
    /// To larger x.
    Right,
    /// To larger y.
    Up,
    /// To smaller y.
    Down,
}

/// A pair on which the two poolings disagree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Walked {
    /// From 0, the greatest disagreement.
    pub number: usize,
    /// How many can be walked through.
    pub count: usize,
    /// How many pairs the list has.
    pub pairs: usize,
    /// Of a hundred of these, how many are less close, left and right.
    pub percentiles: [f64; 2],
}

/// The order in which pairs are walked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkOrder {
    /// By how much the two poolings disagree.
    Disagreement,
    /// By how close they are under the left pooling.
    Closeness,
}

impl ListState {
    /// Goes to a line.
    pub(crate) fn select(&mut self, line: usize) {
        self.walk = None;
        self.line = line.min(self.lines.len().saturating_sub(1));
        self.point();
    }

    /// Goes to the column of a line.
    fn select_other(&mut self, line: usize) {
        self.walk = None;
        self.other = line.min(self.lines.len().saturating_sub(1));
    }

    /// The line so many rows further than another; the first or the last one at the ends.
    pub(super) fn step(&self, line: usize, by: isize) -> usize {
        let row = self.row_of(line).saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
        self.rows.get(row).copied().unwrap_or(0)
    }

    /// The pair of lines that the cursor would go to in an order, and its number there.
    fn next_pair(&self, order: WalkOrder, forth: bool) -> Option<(usize, usize, usize)> {
        let arranged = self.arranged.as_ref()?;
        let at = self.walk.filter(|(walked, _)| *walked == order).map(|(_, number)| number);
        let number = match (at, forth) {
            (None, true) => 0,
            (Some(at), true) => at + 1,
            (at, false) => at?.checked_sub(1)?,
        };
        let [a, b] = match order {
            WalkOrder::Disagreement if self.poolings[0] == self.poolings[1] => return None,
            WalkOrder::Disagreement => arranged.disagreements.get(number).map(|pair| [pair.a, pair.b])?,
            WalkOrder::Closeness => *arranged.sides[0].closest.get(number)?,
        };
        let line = |place| self.lines.iter().position(|line| Some(line.key) == arranged.key(place));
        Some((number, line(a)?, line(b)?))
    }

    /// Goes to the next pair in an order, or to the one before.
    pub(crate) fn walk(&mut self, order: WalkOrder, forth: bool) {
        if let Some((number, a, b)) = self.next_pair(order, forth) {
            self.select(a);
            self.other = b;
            self.walk = Some((order, number));
        }
    }

    /// The number of the pair that the cursor was sent to among the closest, from 0, how many of these can be walked
    /// through, and how many pairs there are.
    pub fn walked_closest(&self) -> Option<(usize, usize, usize)> {
        let (_, number) = self.walk.filter(|(order, _)| *order == WalkOrder::Closeness)?;
        let side = self.side(0)?;
        Some((number, side.closest.len(), side.own.cosines().len()))
    }

    /// The disagreement that the cursor was sent to, if it was to one.
    pub fn walked(&self) -> Option<Walked> {
        let arranged = self.arranged.as_ref()?;
        let (_, number) = self.walk.filter(|(order, _)| *order == WalkOrder::Disagreement)?;
        Some(Walked {
            number,
            count: arranged.disagreements.len(),
            pairs: arranged.pairs,
            percentiles: arranged.disagreements.get(number)?.percentiles,
        })
    }

    /// The point of the left map that lies next to the one under the cursor in a direction.
    pub(crate) fn towards(&self, direction: Towards) -> Option<usize> {
        let projection = &self.side(0)?.projection;
        let point = |line: usize| projection.points[self.place(line)?];
        let here = point(self.line).unwrap_or_default();
        let found = (0..self.lines.len()).filter(|&line| line != self.line).filter_map(|line| {
            let [x, y] = point(line)?;
            let (x, y) = (x - here[0], y - here[1]);
            let (along, across) = match direction {
                Towards::Left => (-x, y),
                Towards::Right => (x, y),
                Towards::Up => (y, x),
                Towards::Down => (-y, x),
            };
            // What lies aside is farther than it looks.
            (along > 0.0).then_some((line, along + 2.0 * across.abs()))
        });
        found.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(line, _)| line)
    }

    /// The rows whose sentences hold a text, whatever the case.
    pub(crate) fn rows_with(&self, text: &str) -> Vec<usize> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Vec::new();
        }
        let holds = |line: usize| self.lines[line].text.to_lowercase().contains(&text);
        (0..self.rows.len()).filter(|&row| holds(self.rows[row])).collect()
    }

    /// Goes to a row.
    pub(crate) fn select_row(&mut self, row: usize) {
        if let Some(&line) = self.rows.get(row) {
            self.select(line);
        }
    }

    /// Goes to the nearest point in a direction, where there is one.
    pub(crate) fn go(&mut self, direction: Towards) {
        self.towards(direction).into_iter().for_each(|line| self.select(line));
    }

    /// Whether the cursor can move by so many rows.
    pub(crate) fn can_step(&self, by: isize) -> bool {
        self.step(self.line, by) != self.line
    }

    /// Moves the cursor by so many rows.
    pub(crate) fn step_line(&mut self, by: isize) {
        self.select(self.step(self.line, by));
    }

    /// Whether the column under the cursor can move by so many.
    pub(crate) fn can_step_column(&self, by: isize) -> bool {
        self.step(self.other, by) != self.other
    }

    /// Moves the column under the cursor by so many.
    pub(crate) fn step_column(&mut self, by: isize) {
        self.select_other(self.step(self.other, by));
    }

    /// Whether there is another pair in an order.
    pub(crate) fn can_walk(&self, order: WalkOrder, forth: bool) -> bool {
        self.next_pair(order, forth).is_some()
    }
}

impl State {
    /// Goes to where a click on a matrix is: a line, and the column of another.
    pub(crate) fn select_pair(&mut self, line: Option<usize>, other: Option<usize>) {
        line.into_iter().for_each(|line| self.list.select(line));
        other.into_iter().for_each(|other| self.list.select_other(other));
    }
}
