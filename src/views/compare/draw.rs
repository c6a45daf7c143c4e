//! The baseline beside what is shown, and their difference: the cursor's row with its numbers, and below it as much of the
//! three matrices as fits.

mod captions;
mod lines;
mod maps;
mod value;

use ratatui::layout::{Constraint, Layout, Rect};

use super::comparison::Compared;
use crate::widgets::{
    Look, SMALLEST,
    canvas::Canvas,
    columns::{Column, UnitLabel},
};
use crate::{
    printable::printable,
    state::{AttentionState, ClickTarget, Place, Scale, State},
};
use value::Value;

/// From this height on there are blank lines between the parts.
const ROOMY: u16 = 24;

pub(super) fn draw(compared: &Compared, app: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let (Some(row), Some(column)) = (compared.row(&app.attention), compared.column(&app.attention)) else { return };
    let view =
        ComparisonDrawing { compared, state: &app.attention, look, names: PairNames::new(compared), row, column };
    let lines = view.lines_height();
    if area.width < SMALLEST.0 || area.height < lines + 3 {
        return;
    }
    let blank = u16::from(area.height >= ROOMY);
    let [captions, _, numbers, detail, _, maps] =
        Layout::vertical([2, blank, lines, 1, blank].map(Constraint::Length).into_iter().chain([Constraint::Fill(1)]))
            .areas::<6>(area);
    view.captions(app, captions, canvas);
    view.lines(numbers, canvas);
    view.detail(detail, canvas);
    view.maps(maps, canvas);
}

/// What is drawn.
struct ComparisonDrawing<'a> {
    compared: &'a Compared,
    state: &'a AttentionState,
    look: &'a Look,
    names: PairNames,
    /// The cursor's row and column: numbers of pairs.
    row: usize,
    column: usize,
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
        match self {
            Panel::Baseline => "held",
            Panel::Shown => "shown",
            Panel::Difference => "difference",
        }
    }
}

impl ComparisonDrawing<'_> {
    /// What a side has in a cell; none where that is not on it.
    fn value(&self, side: Panel, row: usize, column: usize) -> Option<Value> {
        let comparison = &self.compared.comparison;
        let [held, shown] = comparison.weights(row, column);
        match side {
            Panel::Baseline => held.map(Value::Weight),
            Panel::Shown => shown.map(Value::Weight),
            Panel::Difference => comparison.difference(row, column).map(Value::Difference),
        }
    }

    /// The number at the top of a row's scale.
    fn top(&self, side: Panel, row: usize) -> f32 {
        let comparison = &self.compared.comparison;
        match (self.state.scale, side) {
            (Scale::Fixed, _) => 1.0,
            (Scale::View, Panel::Difference) => comparison.largest,
            (Scale::View, _) => comparison.held.matrix.largest.max(comparison.shown.matrix.largest),
            (Scale::Row, Panel::Difference) => comparison.largest_in(row),
            // The same for both, so that they can be compared.
            (Scale::Row, _) => {
                let weights = comparison.columns.iter().flat_map(|&column| comparison.weights(row, column));
                weights.flatten().fold(0.0, f32::max)
            }
        }
    }

    /// A click into a column, between these lines, goes to its token.
    fn on_click_column(&self, column: Column, top: u16, height: u16, canvas: &mut Canvas) {
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
    /// `[pair]`, in what is held and in what is shown.
    names: Vec<[Option<String>; 2]>,
}

impl PairNames {
    fn new(compared: &Compared) -> Self {
        let comparison = &compared.comparison;
        let (held, shown) = (&comparison.held, &comparison.shown);
        let names = comparison.pairs.iter().map(|pair| {
            [(held, pair.held), (shown, pair.shown)]
                .map(|(side, unit)| unit.map(|unit| printable(&side.names[unit]).into_owned()))
        });
        let label = |&at: &usize| {
            let pair = comparison.pairs[at];
            let mut label = match (pair.shown, pair.held) {
                (Some(unit), _) => UnitLabel::new(&compared.shown.passage.trace, &shown.units, unit),
                (None, unit) => UnitLabel::new(&compared.baseline.passage.trace, &held.units, unit.unwrap_or_default()),
            };
            (label.unit, label.number) = (at, at);
            label
        };
        Self { labels: comparison.columns.iter().map(label).collect(), names: names.collect() }
    }

    /// Whether the two sides differ in a word.
    fn differ(&self) -> bool {
        self.names.iter().any(|[held, shown]| held != shown)
    }

    /// The name of a pair: `wide`, or where the sides differ, `tired→wide`.
    fn of(&self, pair: usize) -> String {
        match &self.names[pair] {
            [Some(held), Some(shown)] if held == shown => shown.clone(),
            names => names.each_ref().map(|name| name.as_deref().unwrap_or(NONE)).join("→"),
        }
    }
}
