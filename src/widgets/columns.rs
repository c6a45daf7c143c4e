//! Where each column of a map lies: as wide as its token or word, so that the map reads like the sentence.

use std::ops::Range;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use super::{
    Look,
    canvas::Canvas,
    text::{cells, shorten},
};
use crate::{
    analysis::{AttentionRow, Units},
    bert::{Sentence, Trace},
    messages::{Label, label},
    printable::printable,
    state::{Ablation, ClickTarget, Place, Shown, State},
};

/// The narrowest column: a percentage in brackets, `[12]`.
const NARROWEST: usize = 4;
/// The widest; longer tokens are cut with `…`.
const WIDEST: usize = 14;
/// How much wider than its token a column may be.
const MOST_STRETCH: usize = 4;

/// What stands above a column.
#[derive(Clone, Debug)]
pub(crate) struct UnitLabel {
    pub unit: usize,
    /// The number of its first token, from 0 as on the command line.
    pub number: usize,
    pub text: String,
    /// As it is written in a sentence.
    in_sentence: String,
    /// `[CLS]`, `[SEP]`, ...
    special: bool,
    /// A piece that continues a word.
    piece: bool,
    sentence: Sentence,
    /// Nobody looks at it.
    hidden: bool,
    /// Beyond what the model was trained to read.
    beyond: bool,
    /// The model does not know it.
    unknown: bool,
}

/// What stands before the name of a token that is hidden from all others, and of one that is marked.
const HIDDEN_SIGN: &str = "×";
const MARK_SIGN: &str = "•";

impl UnitLabel {
    /// The label of a unit: its token, or its pieces joined.
    pub(crate) fn new(trace: &Trace, units: &Units, unit: usize) -> Self {
        let text = units.text(trace, unit);
        let number = units.tokens(unit).start;
        let first = trace.tokens.get(number);
        let before = number.checked_sub(1).and_then(|before| trace.tokens.get(before));
        let piece = first.zip(before).is_some_and(|(token, before)| token.continues(before));
        let sentence = first.map_or(Sentence::A, |token| token.sentence);
        Self {
            unit,
            number,
            text: printable(&text).into_owned(),
            in_sentence: printable(&units.in_sentence(trace, unit)).into_owned(),
            special: first.is_some_and(|token| token.special),
            piece,
            sentence,
            hidden: false,
            beyond: false,
            unknown: trace.tokens[units.tokens(unit)].iter().any(|token| token.unknown),
        }
    }

    /// The label of what no token gives, beside those of units.
    pub(crate) fn biases() -> Self {
        Self::beside(usize::MAX - 1, label!("widgets-biases-column"))
    }

    /// The label of all units that have no column of their own.
    pub(crate) fn others() -> Self {
        Self::beside(Columns::OTHERS, label!("widgets-others-column"))
    }

    fn beside(unit: usize, label: Label) -> Self {
        Self {
            unit,
            number: usize::MAX,
            text: label.text().to_owned(),
            in_sentence: label.text().to_owned(),
            special: true,
            piece: false,
            sentence: Sentence::A,
            hidden: false,
            beyond: false,
            unknown: false,
        }
    }

    /// The labels of everything a view shows, with signs before what is hidden from all others and what is marked.
    pub(crate) fn all(state: &State, trace: &Trace, shown: &Shown) -> Vec<Self> {
        let reading = state.reading().filter(|reading| std::ptr::eq::<Trace>(&*reading.trace, trace));
        let label = |&unit: &usize| {
            let mut label = Self::new(trace, &shown.units, unit);
            let span = trace.tokens.get(label.number).and_then(|token| token.span.as_ref());
            label.beyond =
                reading.zip(span).is_some_and(|(reading, span)| reading.is_beyond_declared(label.sentence, span));
            label.hidden = state.ablation_of(label.number) == Some(Ablation::Mask);
            if shown.marked.contains(&unit) {
                label.text.insert_str(0, MARK_SIGN);
            }
            if label.hidden {
                label.text.insert_str(0, HIDDEN_SIGN);
            }
            label
        };
        shown.columns.iter().map(label).collect()
    }

    /// In a sentence: words in quotes, specials as they are.
    pub(crate) fn quoted(&self) -> String {
        if self.special { self.in_sentence.clone() } else { format!("“{}”", self.in_sentence) }
    }

    /// Where the second sentence of a pair begins in these labels, if both are in them.
    pub(crate) fn second_sentence(labels: &[Self]) -> Option<usize> {
        (1..labels.len()).find(|&at| labels[at].sentence != labels[at - 1].sentence)
    }

    /// How it is drawn beside a row.
    pub(crate) fn style(&self, source: usize, look: &Look) -> Style {
        match self {
            _ if self.unit == source => look.theme.selection,
            UnitLabel { hidden: true, .. } | UnitLabel { unknown: true, .. } => look.theme.warning,
            UnitLabel { beyond: true, .. } => look.theme.dim,
            UnitLabel { special: true, .. } => look.theme.special,
            UnitLabel { piece: true, .. } => look.theme.word_piece,
            _ => look.theme.text,
        }
    }
    /// How it is drawn above its column: underlined at the cursor.
    pub(crate) fn style_above(&self, cursor: usize, source: usize, look: &Look) -> Style {
        let style = self.style(source, look);
        if self.unit == cursor { style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED) } else { style }
    }
}

/// One unit's column: screen cells `x..x + width`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnPlace {
    /// Number of its label.
    pub at: usize,
    pub unit: usize,
    pub x: u16,
    pub width: u16,
}

/// The columns that fit on screen.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub visible: Vec<ColumnPlace>,
    count: usize,
    /// The units that one column has together.
    folded: Vec<usize>,
}

impl Columns {
    /// The unit of the column that has all others together.
    pub(crate) const OTHERS: usize = usize::MAX - 2;

    /// These columns, of which the last may have the `folded` units together.
    pub(super) fn folding(visible: Vec<ColumnPlace>, folded: Vec<usize>) -> Self {
        Self { count: visible.len(), visible, folded }
    }

    /// The units that a column has together, mostly one.
    pub(crate) fn units<'c>(&'c self, column: &'c ColumnPlace) -> &'c [usize] {
        if column.unit == Self::OTHERS { &self.folded } else { std::slice::from_ref(&column.unit) }
    }

    /// The weight that a row has in a column.
    pub(crate) fn weight(&self, row: &AttentionRow, column: &ColumnPlace) -> f32 {
        row.sum_of(self.units(column))
    }

    /// Lays the labels out in the cells `x`, scrolled so that number `cursor` is in view (in the middle, where
    /// there is more on both sides).
    pub(crate) fn new(labels: &[UnitLabel], cursor: usize, x: Range<u16>) -> Self {
        // On a wide screen a short sentence is stretched, so that it can be read from afar.
        let stretched = stretched(clamped(&widths(labels), WIDEST), x.len());
        Self::of_widths(labels, stretched, None, cursor, x)
    }

    /// As [`Columns::new`], with a blank between two sentences, and narrowed as far as numbers allow where that brings
    /// everything into view.
    pub(crate) fn numbers(labels: &[UnitLabel], cursor: usize, x: Range<u16>) -> Self {
        let second = UnitLabel::second_sentence(labels);
        let room = x.len().saturating_sub(usize::from(second.is_some()));
        let widths = widths(labels);
        let fitting = |widest: &usize| clamped(&widths, *widest).iter().sum::<usize>() <= room;
        let widest = (NARROWEST..=WIDEST).rev().find(fitting).unwrap_or(WIDEST);
        Self::of_widths(labels, stretched(clamped(&widths, widest), room), second, cursor, x)
    }

    /// Columns for colour alone: two cells wide, or one where that brings more into view.
    pub(crate) fn blocks(labels: &[UnitLabel], cursor: usize, x: Range<u16>) -> Self {
        let second = UnitLabel::second_sentence(labels);
        let width = if 2 * labels.len() + usize::from(second.is_some()) <= x.len() { 2 } else { 1 };
        Self::of_widths(labels, vec![width; labels.len()], second, cursor, x)
    }

    /// Columns of one width, without a blank between two sentences.
    pub(crate) fn even(labels: &[UnitLabel], width: usize, cursor: usize, x: Range<u16>) -> Self {
        Self::of_widths(labels, vec![width; labels.len()], None, cursor, x)
    }

    /// Columns of these widths, with a blank cell before number `second`.
    fn of_widths(
        labels: &[UnitLabel],
        mut widths: Vec<usize>,
        second: Option<usize>,
        cursor: usize,
        x: Range<u16>,
    ) -> Self {
        let blank = |at| usize::from(second == Some(at));
        if let Some(at) = second {
            widths[at] += 1;
        }
        let shown = window(&widths, cursor, x.len());
        let mut left = x.start;
        let visible = shown
            .map(|at| {
                let (x, end) = (left + blank(at) as u16, left + widths[at] as u16);
                left = end;
                ColumnPlace { at, unit: labels[at].unit, x, width: end - x }
            })
            .collect();
        Self { visible, count: labels.len(), folded: Vec::new() }
    }

    /// Whether every column is in view.
    pub(crate) fn is_whole(&self) -> bool {
        self.visible.len() == self.count
    }

    /// The first cell right of the last column.
    pub(crate) fn end(&self) -> u16 {
        self.visible.last().map_or(0, |column| column.x + column.width)
    }

    /// The numbers of the labels that are in view, from 0, and how many there are.
    pub(crate) fn in_view(&self) -> (Range<usize>, usize) {
        let first = self.visible.first().map_or(0, |column| column.at);
        (first..first + self.visible.len(), self.count)
    }

    /// Marks where more lies beyond the screen's edges.
    pub(crate) fn beyond(&self, look: &Look, y: u16, buffer: &mut Buffer) {
        let (Some(first), Some(last)) = (self.visible.first(), self.visible.last()) else { return };
        if first.at > 0 {
            buffer.set_string(first.x - 1, y, "‹", look.theme.accent);
        }
        if last.at + 1 < self.count {
            buffer.set_string(self.end(), y, "›", look.theme.accent);
        }
    }

    /// A click into a column, between the lines `y`, goes to its token.
    pub(crate) fn on_click(&self, shown: &Shown, y: Range<u16>, canvas: &mut Canvas) {
        for column in self.visible.iter().filter(|column| column.unit != Self::OTHERS) {
            let area = Rect { x: column.x, y: y.start, width: column.width, height: y.len() as u16 };
            let token = Some(shown.units.tokens(column.unit).start);
            canvas.on_click(area, ClickTarget::At(Place { token, ..Place::default() }));
        }
    }

    /// The labels above their columns.
    pub(crate) fn header(
        &self,
        labels: &[UnitLabel],
        cursor: usize,
        source: usize,
        look: &Look,
        y: u16,
        buffer: &mut Buffer,
    ) {
        self.beyond(look, y, buffer);
        for column in &self.visible {
            let label = &labels[column.at];
            let style = label.style_above(cursor, source, look);
            let room = usize::from(column.width) - 1;
            centred(buffer, column.x, column.width - 1, y, &shorten(&label.text, room), style);
        }
    }
}

/// How wide each label is, with a blank.
fn widths(labels: &[UnitLabel]) -> Vec<usize> {
    labels.iter().map(|label| cells(&label.text) + 1).collect()
}

/// How wide their columns are, at most `widest`.
fn clamped(widths: &[usize], widest: usize) -> Vec<usize> {
    widths.iter().map(|&width| width.clamp(NARROWEST, widest)).collect()
}

/// Shares out what is left of the room, up to a limit.
fn stretched(mut widths: Vec<usize>, room: usize) -> Vec<usize> {
    let spare = room.saturating_sub(widths.iter().sum()) / widths.len().max(1);
    widths.iter_mut().for_each(|width| *width += spare.min(MOST_STRETCH));
    widths
}

/// Writes a text into the middle of `width` cells.
pub(crate) fn centred(buffer: &mut Buffer, x: u16, width: u16, y: u16, text: &str, style: Style) {
    let indent = width.saturating_sub(cells(text) as u16).div_ceil(2);
    buffer.set_stringn(x + indent, y, text, usize::from(width - indent), style);
}

/// The items of these widths to show in `room` cells so that `cursor` is among them.
pub(crate) fn window(widths: &[usize], cursor: usize, room: usize) -> Range<usize> {
    if widths.is_empty() {
        return 0..0;
    }
    let cursor = cursor.min(widths.len() - 1);
    let (mut first, mut end) = (cursor, cursor + 1);
    let mut used = widths[cursor];
    // Grow to both sides in turn, then to whichever still has items.
    loop {
        let before = first > 0 && used + widths[first - 1] <= room;
        let after = end < widths.len() && used + widths[end] <= room;
        let left_first = cursor - first <= end - 1 - cursor;
        match (before, after) {
            (true, _) if left_first || !after => {
                first -= 1;
                used += widths[first];
            }
            (_, true) => {
                used += widths[end];
                end += 1;
            }
            (true, false) | (false, false) => return first..end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn the_window_holds_the_cursor_and_fills_the_room() {
        assert_eq!(window(&[4; 5], 2, 100), 0..5);
        assert_eq!(window(&[4; 10], 0, 12), 0..3);
        assert_eq!(window(&[4; 10], 9, 12), 7..10);
        assert_eq!(window(&[4; 10], 5, 12), 4..7);
        assert_eq!(window(&[40], 0, 12), 0..1);
        assert_eq!(window(&[], 0, 12), 0..0);
    }
}
