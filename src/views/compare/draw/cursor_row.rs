//! The cursor's row: the baseline, what is shown and the difference, in numbers above each other.

use ratatui::layout::Rect;

use super::{ComparisonDrawing, NONE, Panel, cell::Spot};
use crate::widgets::{
    canvas::Canvas,
    columns::{Columns, UnitLabel, centred},
    text::{cells, shorten},
};

/// ` difference  ` left of the numbers.
const LABEL: u16 = 13;

impl ComparisonDrawing<'_> {
    /// How many lines they take: a header, or two where the sides differ in a word, and the three rows.
    pub(super) fn cursor_row_height(&self) -> u16 {
        3 + self.headers()
    }

    fn headers(&self) -> u16 {
        1 + u16::from(self.names.differ())
    }

    /// The columns of the numbers, as wide as the longer name of each, and what stands above them.
    pub(super) fn number_columns(&self, area: Rect) -> (Columns, Vec<UnitLabel>) {
        let longest = |label: &UnitLabel| {
            let mut label = label.clone();
            let names = self.names.names[label.unit].iter().flatten();
            label.text = names.max_by_key(|name| cells(name)).cloned().unwrap_or_default();
            label
        };
        let labels: Vec<UnitLabel> = self.names.labels.iter().map(longest).collect();
        let x = area.x + LABEL..area.right().saturating_sub(1);
        match self.is_projected {
            true => self.strongest(&labels, x),
            false => (Columns::numbers(&labels, self.at(self.column), x), labels),
        }
    }

    /// The place of a pair among the columns; of one that is hidden, that of the next.
    pub(super) fn at(&self, pair: usize) -> usize {
        self.compared.comparison.columns.partition_point(|&column| column < pair)
    }

    pub(super) fn cursor_row(&self, area: Rect, canvas: &mut Canvas) {
        let (columns, headings) = self.number_columns(area);
        let top = area.y + self.headers();
        for (which, y) in (2 - usize::from(self.headers())..2).zip(area.y..) {
            self.header(which, (&columns, &headings), area.x, y, canvas);
        }
        for (side, y) in Panel::ALL.into_iter().zip(top..) {
            canvas.set_string(area.x + 1, y, side.name(), self.look.theme.dim);
            let scale_top = self.top(side, self.row);
            for &column in &columns.visible {
                let Some(value) = self.value(side, self.row, columns.units(&column)) else { continue };
                let spot = Spot { column, y, height: 1, cursor: column.unit == self.column };
                value.paint_number(scale_top, spot, self.look, canvas);
            }
        }
        columns.beyond(self.look, top - 1, canvas);
        for &column in &columns.visible {
            self.on_click_column(column, area.y, area.height, canvas);
        }
    }

    /// The names of one side above their columns, those of the baseline only where they differ; left of them the token
    /// that looks.
    fn header(&self, which: usize, (columns, headings): (&Columns, &[UnitLabel]), x: u16, y: u16, canvas: &mut Canvas) {
        let theme = &self.look.theme;
        let name = |pair: usize| {
            let [baseline, shown] = &self.names.names[pair];
            let name = [baseline, shown][which].as_deref().unwrap_or(NONE);
            (which == 1 || baseline != shown).then_some(name)
        };
        if let Some(source) = name(self.row) {
            let room = usize::from(LABEL) - 5;
            let text = format!("{} →", shorten(source, room));
            canvas.set_string(x + 1, y, text, theme.selection);
        }
        for column in &columns.visible {
            let heading = &headings[column.at];
            let name = match column.unit {
                Columns::OTHERS => (which == 1).then_some(heading.text.as_str()),
                pair => name(pair),
            };
            let Some(name) = name else { continue };
            let style = match which {
                1 => heading.style_above(self.column, self.row, self.look),
                _ => theme.dim,
            };
            let room = column.width - 1;
            centred(canvas, column.x, room, y, &shorten(name, usize::from(room)), style);
        }
    }
}
