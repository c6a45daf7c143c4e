//! What a click asks for.

use super::{Field, Focus, Overlay, State};

/// What a click asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClickTarget {
    /// To run a command, the same as a key.
    Do(&'static str),
    /// To type into a field.
    Field(Field),
    /// To go to a place of a view of attention.
    At(Place),
    /// To go to a line of a list, from 0.
    Line(usize),
    /// To go to a sentence of the list, and to the column of another, from 0 as given.
    Pair {
        /// The sentence.
        line: Option<usize>,
        /// The other.
        other: Option<usize>,
    },
    /// To go to a number of the table.
    Cell {
        /// Its line, from 0.
        line: usize,
        /// Its column, from 0.
        column: usize,
    },
}

/// Where the cursor is to go; it stays where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The layer, from 0.
    pub layer: Option<usize>,
    /// The head, from 0.
    pub head: Option<usize>,
    /// The token that looks.
    pub source: Option<usize>,
    /// The token that is looked at.
    pub token: Option<usize>,
}

impl Place {
    /// This place, and another's where this one says nothing.
    pub fn or(self, other: Self) -> Self {
        Self {
            layer: self.layer.or(other.layer),
            head: self.head.or(other.head),
            source: self.source.or(other.source),
            token: self.token.or(other.token),
        }
    }
}

impl State {
    /// Carries out what a click asks for.
    pub(crate) fn click(&mut self, target: ClickTarget) {
        match target {
            ClickTarget::Do(_) => {}
            ClickTarget::Field(field) => {
                self.finding = None;
                self.focus = Focus::Text(field);
            }
            ClickTarget::At(place) => {
                self.focus = Focus::View;
                if let Some(readings) = self.readings.clone() {
                    self.attention.go(place, &readings);
                }
            }
            ClickTarget::Line(line) if self.overlay() == Some(Overlay::Picker) => self.picker.select(line),
            ClickTarget::Line(line) if self.overlay() == Some(Overlay::Table) => {
                self.table.iter_mut().for_each(|table| table.select(line, None));
            }
            ClickTarget::Cell { line, column } if self.overlay() == Some(Overlay::Table) => {
                self.table.iter_mut().for_each(|table| table.select(line, Some(column)));
            }
            ClickTarget::Pair { line, other } => {
                self.focus = Focus::View;
                self.select_pair(line, other);
            }
            ClickTarget::Line(_) | ClickTarget::Cell { .. } => {}
        }
    }
}
