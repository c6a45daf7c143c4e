use std::ops::{Deref, DerefMut};

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

use crate::state::ClickTarget;

/// A buffer that is drawn into, and what a click into it means.
pub struct Canvas<'b> {
    buffer: &'b mut Buffer,
    /// The later ones lie on top of the others.
    pub targets: Vec<Target>,
}

/// A part of the screen, and what a click on it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    area: Rect,
    target: ClickTarget,
}

impl Target {
    /// What a click on a cell asks for. Places that lie on each other, such as a row's and a column's, make one.
    pub fn hit(targets: &[Self], column: u16, row: u16) -> Option<ClickTarget> {
        let at = Position { x: column, y: row };
        let mut aims = targets.iter().rev().filter(|target| target.area.contains(at)).map(|target| target.target);
        let first = aims.next()?;
        Some(aims.fold(first, |above, below| match (above, below) {
            (ClickTarget::At(above), ClickTarget::At(below)) => ClickTarget::At(above.or(below)),
            (ClickTarget::Pair { line, other }, ClickTarget::Pair { line: line_below, other: other_below }) => {
                ClickTarget::Pair { line: line.or(line_below), other: other.or(other_below) }
            }
            (above, _) => above,
        }))
    }
}

impl<'b> Canvas<'b> {
    pub(crate) fn new(buffer: &'b mut Buffer) -> Self {
        Self { buffer, targets: Vec::new() }
    }

    /// A click into an area asks for this.
    pub(crate) fn on_click(&mut self, area: Rect, target: ClickTarget) {
        self.targets.push(Target { area, target });
    }
}

// What is only drawn needs no more than the buffer.
impl Deref for Canvas<'_> {
    type Target = Buffer;

    fn deref(&self) -> &Buffer {
        self.buffer
    }
}

impl DerefMut for Canvas<'_> {
    fn deref_mut(&mut self) -> &mut Buffer {
        self.buffer
    }
}
