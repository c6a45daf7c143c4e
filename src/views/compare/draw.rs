//! The baseline beside what is shown, and their difference: the cursor's row with its numbers, and below it as much of the
//! three matrices as fits.

mod captions;
mod cell;
mod cursor_row;
mod maps;

use std::ops::Range;

use ratatui::layout::{Constraint, Layout, Rect};

use super::comparison::Compared;
use crate::widgets::{
    Look, SMALLEST,
    canvas::Canvas,
    columns::{ColumnPlace, Columns, UnitLabel},
    measure_line,
};
use crate::{
    messages::label,
    printable::printable,
    state::{AttentionState, ClickTarget, Place, Scale, State},
};
use cell::CellValue;

/// From this height on there are blank lines between the parts.
const ROOMY: u16 = 24;
/// The least difference that a number of the legend can tell from 0.
const LEAST: f32 = 5e-5;

pub(super) fn draw(compared: &Compared, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let area = measure_line::draw(state, compared.measure(), look, area, canvas);
    let (Some(row), Some(column)) = (compared.row(&state.attention), compared.column(&state.attention)) else { return };
    let (attention, names, is_projected) = (&state.attention, PairNames::new(compared), state.is_projected);
    let view = ComparisonDrawing { compared, attention, look, names, row, column, is_projected };
    let lines = view.cursor_row_height();
    if area.width < SMALLEST.0 || area.height < lines + 3 {
        return;
    }
    let blank = u16::from(area.height >= ROOMY);
    let [captions, _, numbers, detail, _, maps] =
        Layout::vertical([2, blank, lines, 1, blank].map(Constraint::Length).into_iter().chain([Constraint::Fill(1)]))
            .areas::<6>(area);
    view.captions(state, captions, canvas);
    view.cursor_row(numbers, canvas);
    view.detail(detail, canvas);
    view.maps(maps, canvas);
}

/// What is drawn.
struct ComparisonDrawing<'a> {
    compared: &'a Compared,
    attention: &'a AttentionState,
    look: &'a Look,
    names: PairNames,
    /// The cursor's row and column: numbers of pairs.
    row: usize,
    column: usize,
    is_projected: bool,
}

/// What one of the three matrices shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Panel {
    Baseline,
    Shown,
    Difference,
}

impl Panel {
    const ALL: [Self; 3] = [Self::Baseline, Self::Shown, Self::Difference];

    fn name(self) -> &'static str {
        let name = match self {
            Panel::Baseline => label!("compare-baseline"),
            Panel::Shown => label!("compare-shown"),
            Panel::Difference => label!("compare-difference"),
        };
        name.text()
    }
}

impl ComparisonDrawing<'_> {
    /// What a side has in some columns together; none where they are not on it.
    fn value(&self, side: Panel, row: usize, columns: &[usize]) -> Option<CellValue> {
        let number = columns.iter().filter_map(|&column| self.number(side, row, column)).reduce(|a, b| a + b)?;
        Some(match side {
            Panel::Difference => CellValue::Difference(number),
            _ if self.compared.measure().is_signed() => CellValue::Signed(number),
            _ => CellValue::Weight(number),
        })
    }

    fn number(&self, side: Panel, row: usize, column: usize) -> Option<f32> {
        let comparison = &self.compared.comparison;
        let [baseline, shown] = comparison.weights(row, column);
        match side {
            Panel::Baseline => baseline,
            Panel::Shown => shown,
            Panel::Difference => comparison.difference(row, column),
        }
    }

    /// For a projector: the columns that differ most in the cursor's row, and the cursor's; where nothing differs, the strongest.
    fn strongest(&self, labels: &[UnitLabel], x: Range<u16>) -> (Columns, Vec<UnitLabel>) {
        let side = if self.compared.comparison.largest < LEAST { Panel::Shown } else { Panel::Difference };
        let strength = |pair: usize| self.number(side, self.row, pair).map_or(0.0, f32::abs);
        Columns::strongest(labels, &[self.column], strength, x)
    }

    /// The number at the top of a row's scale.
    fn top(&self, side: Panel, row: usize) -> f32 {
        let comparison = &self.compared.comparison;
        match (self.attention.scale, side) {
            (Scale::Fixed, _) => 1.0,
            (Scale::View, Panel::Difference) => comparison.largest,
            (Scale::View, _) => comparison.held.matrix.largest.max(comparison.shown.matrix.largest),
            (Scale::Row, Panel::Difference) => comparison.largest_in(row),
            // The same for both, so that they can be compared.
            (Scale::Row, _) => {
                let weights = comparison.columns.iter().flat_map(|&column| comparison.weights(row, column));
                weights.flatten().map(f32::abs).fold(0.0, f32::max)
            }
        }
    }

    /// A click into a column, between these lines, goes to its token.
    fn on_click_column(&self, column: ColumnPlace, top: u16, height: u16, canvas: &mut Canvas) {
        if column.unit == Columns::OTHERS {
            return;
        }
        if let Some(token) = self.compared.token(column.unit) {
            let area = Rect { x: column.x, y: top, width: column.width, height };
            canvas.on_click(area, ClickTarget::At(Place { token: Some(token), ..Place::default() }));
        }
    }
}

/// What stands for a unit that a side lacks.
const NONE: &str = "–";

/// How the pairs are called.
struct PairNames {
    /// The labels of those that have a column; their units are the numbers of pairs.
    labels: Vec<UnitLabel>,
    /// `[pair]`, of the baseline and of what is shown.
    names: Vec<[Option<String>; 2]>,
}

impl PairNames {
    fn new(compared: &Compared) -> Self {
        let comparison = &compared.comparison;
        let (baseline, shown) = (&comparison.held, &comparison.shown);
        let names = comparison.pairs.iter().map(|pair| {
            [(baseline, pair.held), (shown, pair.shown)]
                .map(|(side, unit)| unit.map(|unit| printable(&side.names[unit]).into_owned()))
        });
        let label = |&at: &usize| {
            let pair = comparison.pairs[at];
            let mut label = match (pair.shown, pair.held) {
                (Some(unit), _) => UnitLabel::new(&compared.shown.reading.trace, &shown.units, unit),
                (None, unit) => {
                    UnitLabel::new(&compared.baseline.reading.trace, &baseline.units, unit.unwrap_or_default())
                }
            };
            (label.unit, label.number) = (at, at);
            label
        };
        Self { labels: comparison.columns.iter().map(label).collect(), names: names.collect() }
    }

    /// Whether the two sides differ in a word.
    fn differ(&self) -> bool {
        self.names.iter().any(|[baseline, shown]| baseline != shown)
    }

    /// The name of a pair: `wide`, or where the sides differ, `tired→wide`.
    fn of(&self, pair: usize) -> String {
        match &self.names[pair] {
            [Some(baseline), Some(shown)] if baseline == shown => shown.clone(),
            names => names.each_ref().map(|name| name.as_deref().unwrap_or(NONE)).join("→"),
        }
    }
}
