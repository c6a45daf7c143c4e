//! Where each head stands on screen.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::{
    state::{AttentionState, Reading},
    views::heads::statistic::{ChosenStatistic, HeadNumbers},
    widgets::{columns::window, heat_map::LABEL},
};

/// Caption, header, legend, detail.
pub(super) const TEXT: u16 = 4;
/// The head under the cursor once more: the tokens, their weights.
pub(super) const ENLARGED: u16 = 2;
/// A head's name in the order of the statistic, `12.11 `.
pub(super) const NAME: u16 = 6;
/// A number with the letter of a pattern, and the blank between two heads: `12.3 p `.
const NUMBER: u16 = 7;
/// The same in little room, where the letter takes the place of the blank: `5.3p`.
const NARROWEST: u16 = 4;
/// The mean over a layer's heads, right of them: `  mean`, ` 12.3`.
const MEAN: u16 = 6;
/// The most cells and lines from one head to the next; more would be air, not detail.
const WIDEST: u16 = 16;
const HIGHEST: u16 = 7;

pub(super) struct Grid {
    /// `(layer, head)` in reading order.
    pub heads: Vec<(usize, usize)>,
    pub columns: usize,
    pub rows: usize,
    /// Cells from one head to the next, one of them blank.
    pub width: u16,
    /// Lines of a head.
    pub height: u16,
    /// Lines from one head to the next.
    pub pitch: u16,
    pub seen_columns: Range<usize>,
    pub seen_rows: Range<usize>,
    /// Whether there is room for the mean over each layer's heads; not where they are sorted.
    pub has_mean: bool,
    /// Whether there is room for the head under the cursor once more.
    pub enlarged: bool,
}

impl Grid {
    /// By layer and head, or by the statistic in as many columns as have room for the names.
    pub(super) fn new(
        chosen: &ChosenStatistic,
        reading: &Reading,
        statistics: &HeadNumbers,
        attention: &AttentionState,
        area: Rect,
    ) -> Self {
        let trace = &reading.trace;
        let heads = chosen.in_order(trace, statistics);
        let across = area.width.saturating_sub(LABEL);
        let (columns, narrowest) = if chosen.sorted {
            (usize::from(across / (NAME + NUMBER)).min(heads.len()).max(1), NAME + NUMBER)
        } else {
            (statistics.planes().max(1), NARROWEST)
        };
        // What stands for a layer has the room of all heads.
        let widest = if columns == 1 { across } else { WIDEST };
        let alone = (across / columns as u16).clamp(narrowest, widest.max(narrowest));
        // The mean gets what is to spare, and nothing that a number needs.
        let beside = (across.saturating_sub(MEAN) / columns as u16).min(widest);
        let has_mean = !chosen.sorted && beside >= alone.min(NUMBER);
        let width = if has_mean { beside } else { alone };
        let rows = heads.len().div_ceil(columns);

        let down = area.height.saturating_sub(TEXT);
        // Small pictures of all come before a large one of one.
        let enlarged = pitch(rows, down.saturating_sub(ENLARGED)) >= pitch(rows, down).clamp(1, 2);
        let down = down.saturating_sub(if enlarged { ENLARGED } else { 0 });
        let pitch = pitch(rows, down).max(1);

        let cursor = statistics
            .plane_of(attention.head())
            .and_then(|head| heads.iter().position(|&at| at == (attention.layer, head)));
        let (row, column) = match cursor {
            Some(place) => (place / columns, place % columns),
            None if chosen.sorted => (0, 0),
            None => (attention.layer, 0),
        };
        Self {
            seen_columns: window(&vec![usize::from(width); columns], column, across.into()),
            seen_rows: window(&vec![usize::from(pitch); rows], row, usize::from(down + blank(pitch))),
            heads,
            columns,
            rows,
            width,
            height: pitch - blank(pitch),
            pitch,
            has_mean,
            enlarged,
        }
    }

    /// Lines of what is in view.
    pub(super) fn lines(&self) -> u16 {
        (self.seen_rows.len() as u16 * self.pitch).saturating_sub(blank(self.pitch))
    }

    /// Whether a head has a picture over its number, rather than a number alone.
    pub(super) fn has_pictures(&self) -> bool {
        self.height > 1
    }

    /// The heads of a row; the last may have fewer.
    pub(super) fn row(&self, row: usize) -> &[(usize, usize)] {
        self.heads.chunks(self.columns).nth(row).unwrap_or_default()
    }

    /// The columns in view, and where each begins.
    pub(super) fn places(&self, area: Rect) -> impl Iterator<Item = (usize, u16)> {
        self.seen_columns.clone().zip((area.x + LABEL..).step_by(self.width.into()))
    }

    /// The first cell right of all numbers.
    pub(super) fn right(&self, area: Rect) -> u16 {
        self.end(area) + if self.has_mean { MEAN } else { 0 }
    }

    /// The first cell right of the last head in view.
    pub(super) fn end(&self, area: Rect) -> u16 {
        area.x + LABEL + self.seen_columns.len() as u16 * self.width - 1
    }
}

/// The blank line below a head, where there is room for one.
fn blank(pitch: u16) -> u16 {
    u16::from(pitch > 3)
}

/// The most lines from one head to the next at which all rows fit in `room`; 0 where they do not fit.
fn pitch(rows: usize, room: u16) -> u16 {
    let lines = |pitch: u16| (rows * usize::from(pitch)).saturating_sub(blank(pitch).into());
    (1..=HIGHEST).rev().find(|&pitch| lines(pitch) <= room.into()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::pitch;

    #[test]
    fn heads_are_as_high_as_all_of_them_fit() {
        assert_eq!(pitch(6, 5), 0);
        assert_eq!(pitch(6, 11), 1);
        assert_eq!(pitch(6, 12), 2);
        // With a blank line between them, but none below the last.
        assert_eq!(pitch(6, 22), 3);
        assert_eq!(pitch(6, 23), 4);
        assert_eq!(pitch(1, 1000), 7);
    }
}
