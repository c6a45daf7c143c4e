//! All heads of all layers at once (BertViz's model view): each a small picture of what the source looks at, over a
//! number that says what the head does on the whole.

mod captions;
mod grid;

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
    style::{Color, Modifier},
};

use super::statistic::{ChosenStatistic, HeadNumbers};
use crate::widgets::{
    Look,
    canvas::Canvas,
    cells,
    columns::{Columns, UnitLabel},
    heat_map::{self, LABEL, Map, Margin},
    measure_line,
    text::{self, right_aligned},
};
use crate::{
    analysis::{AttentionRow, Pattern, Statistic, largest},
    messages::{label, message},
    state::{AttentionState, ClickTarget, Place, Reading, Readings, Shown, State},
};
use grid::{ENLARGED, Grid, NAME, TEXT};

pub(super) fn draw(
    chosen: &ChosenStatistic,
    state: &State,
    readings: &Readings,
    look: &Look,
    area: Rect,
    canvas: &mut Canvas,
) {
    let attention = &state.attention;
    let reading = readings.get(attention.reading_choice);
    let Some(shown) = &attention.shown else { return };
    let area = measure_line::draw(state, shown.map.options.measure, look, area, canvas);
    let Some(numbers) = HeadNumbers::new(state) else { return };
    let grid = Grid::new(chosen, reading, &numbers, attention, area);
    let mut spare = area.height.saturating_sub(TEXT + grid.lines());
    let mut take = |most: u16| {
        let lines = most.min(spare);
        spare -= lines;
        lines
    };
    let enlarged = if grid.enlarged { take(ENLARGED) } else { 0 };
    let blank = take(1);
    // A taller row is read from the back of the class.
    let enlarged = if grid.enlarged { enlarged + take(2) } else { 0 };
    let [caption, header, heads, legend, _, detail, enlarged] =
        Layout::vertical([1, 1, grid.lines(), 1, blank, 1, enlarged].map(Constraint::Length)).areas(area);

    let view = HeadsDrawing::new(chosen, state, (reading, shown), numbers, look, grid);
    view.caption(readings, caption, canvas);
    view.header(header, canvas);
    view.heads(heads, canvas);
    view.legend(legend, canvas);
    view.detail(state, detail, canvas);
    view.enlarged(enlarged, canvas);
}

/// What is drawn.
struct HeadsDrawing<'a> {
    reading: &'a Reading,
    attention: &'a AttentionState,
    shown: &'a Shown,
    state: &'a State,
    /// What each head does on the whole, and what the source gives the marked tokens in it.
    numbers: HeadNumbers<'a>,
    /// What is shown of each head.
    statistic: Statistic,
    /// Whether the heads stand in its order.
    sorted: bool,
    look: &'a Look,
    grid: Grid,
    /// The source's row in every head, `[layer, head]`; empty where there are no pictures.
    rows: &'a [AttentionRow],
    /// The largest weight of those.
    largest: f32,
}

impl<'a> HeadsDrawing<'a> {
    fn new(
        chosen: &ChosenStatistic,
        state: &'a State,
        (reading, shown): (&'a Reading, &'a Shown),
        numbers: HeadNumbers<'a>,
        look: &'a Look,
        grid: Grid,
    ) -> Self {
        let rows = shown.heads.as_deref().filter(|_| grid.has_pictures()).unwrap_or_default();
        let of = if rows.is_empty() { &shown.map.rows } else { rows };
        let largest = largest(of);
        let attention = &state.attention;
        let (statistic, sorted) = (chosen.shown(&numbers), chosen.sorted);
        Self { reading, attention, shown, state, numbers, statistic, sorted, look, grid, rows, largest }
    }

    /// What each head does on the whole.
    fn statistics(&self) -> &HeadNumbers<'a> {
        &self.numbers
    }

    fn has_heads(&self) -> bool {
        self.shown.map.options.measure.has_heads()
    }

    /// The head that is chosen; of a measure without heads, what stands for the layer.
    fn head_chosen(&self) -> Option<usize> {
        self.statistics().plane_of(self.attention.head())
    }

    /// The numbers of the heads, each over its column.
    fn header(&self, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let theme = &self.look.theme;
        if self.sorted {
            buffer.set_string(area.x, area.y, format!("{:>9}", label!("heads-rank-column")), theme.dim);
            return;
        }
        buffer.set_string(area.x, area.y, format!("{:>9}", label!("heads-head-column")), theme.dim);
        for (head, x) in self.grid.places(area) {
            let chosen = self.head_chosen() == Some(head);
            let style = if chosen { theme.accent.add_modifier(Modifier::BOLD) } else { theme.heading };
            let (x, width) = self.number_place(x);
            let name = match self.has_heads() {
                true => (head + 1).to_string(),
                false => label!("heads-layer-column").text().to_owned(),
            };
            buffer.set_string(x, area.y, right_aligned(&name, width as u16), style);
        }
        let seen = &self.grid.seen_columns;
        if seen.start > 0 {
            buffer.set_string(area.x + LABEL - 1, area.y, "‹", theme.accent);
        }
        if seen.end < self.grid.columns {
            buffer.set_string(self.grid.end(area), area.y, "›", theme.accent);
        }
        if self.grid.has_mean {
            let mean = format!("{:>5}", label!("heads-mean-column"));
            buffer.set_string(self.grid.end(area) + 1, area.y, mean, theme.heading);
        }
    }

    fn heads(&self, area: Rect, canvas: &mut Canvas) {
        let grid = &self.grid;
        if area.height < grid.height {
            return;
        }
        let above = (grid.seen_rows.start > 0).then_some(area.y);
        let below = (grid.seen_rows.end < grid.rows).then_some(area.bottom() - 1);
        heat_map::beyond(above, below, self.look, area.x + LABEL - 1, canvas);
        let tops = (area.y..=area.bottom() - grid.height).step_by(grid.pitch.into());
        for (row, y) in grid.seen_rows.clone().zip(tops) {
            let heads = grid.row(row);
            let (name, chosen) = if self.sorted {
                let first = row * grid.columns;
                let here = self.head_chosen().is_some_and(|head| heads.contains(&(self.attention.layer, head)));
                (format!("{:>4}–{}", first + 1, first + heads.len()), here)
            } else {
                (message!("layers-row", layer = format!("{:>2}", row + 1)), row == self.attention.layer)
            };
            heat_map::label(&name, chosen, self.look, area.x, y + (grid.height - 1) / 2, canvas);
            for (column, x) in grid.places(area) {
                if let Some(&head) = heads.get(column) {
                    let at = Rect { x, y, width: grid.width - 1, height: grid.height };
                    self.head(head, at, canvas);
                    let (layer, head) = (Some(head.0), Some(head.1));
                    canvas.on_click(at, ClickTarget::At(Place { layer, head, ..Place::default() }));
                }
            }
            if grid.has_mean {
                let mean = number(self.statistics().layer_mean(row, self.statistic), self.statistic, 4);
                let style = if chosen { self.look.theme.text } else { self.look.theme.dim };
                canvas.set_string(grid.end(area) + 1, y + grid.height - 1, format!("{mean:>5}"), style);
            }
        }
    }

    /// One head: its picture if it has one, and its number with the letter of its pattern.
    fn head(&self, at @ (layer, head): (usize, usize), area: Rect, buffer: &mut Buffer) {
        let theme = &self.look.theme;
        let ablated = match self.has_heads() {
            true => self.state.ablations.heads.contains(&at),
            false => self.state.is_off(layer, None),
        };
        let chosen = self.head_chosen().is_some_and(|head| at == (self.attention.layer, head));
        let value = self.statistics().value(layer, head, self.statistic);
        // Where there are no pictures, the numbers are the heat map.
        let heat = !self.grid.has_pictures() && !ablated;
        if let Some(row) = self.rows.get(layer * self.statistics().planes() + head) {
            self.picture(row, ablated, Rect { height: area.height - 1, ..area }, buffer);
        }

        let (x, width) = self.number_place(area.x);
        let number =
            if ablated { label!("heads-ablated").text().to_owned() } else { number(value, self.statistic, width) };
        let number_x = x + width.saturating_sub(text::cells(&number)) as u16;
        let style = match theme.has_color() {
            _ if chosen => theme.cursor,
            _ if ablated => theme.warning,
            true if heat => cells::color(self.look, value, self.most()),
            _ => theme.text,
        };
        let y = area.bottom() - 1;
        if theme.has_color() {
            buffer.set_string(area.x, y, " ".repeat(area.width.into()), style);
        } else if heat {
            // Beside the number, in cells that no number takes.
            let start = if self.sorted { x - 1 } else { area.x };
            let shade = cells::shade(cells::share(value, self.most()));
            buffer.set_string(start, y, shade.repeat((x - start).into()), theme.text);
        }
        if self.sorted {
            let name = match self.has_heads() {
                true => format!("{}.{}", layer + 1, head + 1),
                false => (layer + 1).to_string(),
            };
            buffer.set_string(x - NAME, y, name, style);
        }
        buffer.set_string(number_x, y, number, style);
        if let Some(pattern) = self.statistics().pattern(layer, head).filter(|_| !ablated) {
            // After a blank where there is room for one, else between this head and the next.
            let end = x + width as u16;
            let x = if end + 1 < area.right() { end + 1 } else { end };
            let style = match heat || chosen {
                _ if x == area.right() => theme.dim,
                true => style,
                false => theme.accent,
            };
            buffer.set_string(x, y, sign(pattern), style);
        }
    }

    /// What the source looks at, as wide as there is room: each half cell the largest of the units it stands for.
    fn picture(&self, row: &AttentionRow, ablated: bool, area: Rect, buffer: &mut Buffer) {
        let theme = &self.look.theme;
        let top = heat_map::top(self.attention.scale, self.largest, row);
        let per_cell = if theme.has_color() { 2 } else { 1 };
        let weights =
            self.shown.columns.iter().map(|&unit| if ablated { 0.0 } else { row.weights[unit] }).collect::<Vec<_>>();
        let is_signed = self.shown.map.options.measure.is_signed();
        let color = |weight| cells::heat(theme, weight, top, is_signed);
        let samples: Vec<f32> = resample(&weights, usize::from(area.width) * per_cell).collect();
        for (samples, x) in samples.chunks(per_cell).zip(area.x..) {
            let (symbol, style) = match *samples {
                [left, right] => cells::beside(color(left), color(right)),
                _ => (
                    cells::shade(samples.iter().map(|&weight| cells::share(weight.abs(), top)).fold(0.0, f32::max)),
                    theme.text,
                ),
            };
            for y in area.y..area.bottom() {
                buffer.set_string(x, y, symbol, style);
            }
            // Where nothing is drawn, a line shows how far the picture goes.
            if symbol == " " && matches!(style.bg, None | Some(Color::Reset)) {
                buffer.set_string(x, area.bottom() - 1, "▁", theme.border);
            }
        }
    }

    /// Where a head's number begins, and how wide it is; the letter of its pattern follows.
    fn number_place(&self, x: u16) -> (u16, usize) {
        let inside = self.grid.width - 1;
        let width = inside.min(4);
        let name = if self.sorted { NAME } else { 0 };
        (x + inside.saturating_sub(name + width + 2) / 2 + name, width.into())
    }

    /// The value of the statistic at the upper end of the colours.
    fn most(&self) -> f32 {
        if self.statistic.is_share() { 1.0 } else { self.reading.trace.tokens.len() as f32 }
    }

    /// The cursor's row with its tokens and all its numbers.
    fn enlarged(&self, area: Rect, buffer: &mut Buffer) {
        if area.height < ENLARGED {
            return;
        }
        let (attention, shown, look) = (self.attention, self.shown, self.look);
        let labels = UnitLabel::all(self.state, &self.reading.trace, shown);
        let margin = Margin::new(shown, shown.looks());
        let cursor = shown.units.unit_of(attention.token);
        let at = shown.columns.partition_point(|&unit| unit < cursor);
        let x = area.x + LABEL..area.right().saturating_sub(margin.width());
        let row = &shown.map.rows[attention.layer];
        let (columns, labels) = match self.state.is_projected {
            true => Columns::of_strongest(&labels, std::slice::from_ref(row), 0, cursor, x),
            false => (Columns::new(&labels, at, x), labels),
        };
        let (scale, largest, row_height) = (attention.scale, self.largest, area.height - 1);
        let is_signed = shown.map.options.measure.is_signed();
        let map = Map { columns: &columns, look, scale, largest, is_signed, margin, row_height };
        columns.header(&labels, shown.map.source, shown.map.source, look, area.y, buffer);
        map.margin_header(area.y, buffer);
        let layer = attention.layer + 1;
        let name = match attention.head().filter(|_| self.has_heads()) {
            Some(head) => format!("{layer}.{}", head + 1),
            None => message!("layers-row", layer = format!("{layer:>2}")),
        };
        map.row(&name, row, true, None, area.y + 1, buffer);
    }
}

/// The letter that marks a pattern.
fn sign(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Previous => "p",
        Pattern::Next => "n",
        Pattern::Itself => "i",
        Pattern::Separator => "S",
        Pattern::Cls => "C",
        Pattern::Broad => "b",
    }
}

/// `count` samples of the weights, each the largest of those it stands for, whatever its sign.
fn resample(weights: &[f32], count: usize) -> impl Iterator<Item = f32> {
    let place = move |sample: usize| sample * weights.len() / count.max(1);
    (0..count).map(move |sample| {
        let run = place(sample)..place(sample + 1).max(place(sample) + 1);
        weights.get(run).map_or(0.0, |run| {
            run.iter().copied().fold(0.0, |most: f32, weight| if weight.abs() > most.abs() { weight } else { most })
        })
    })
}

/// A statistic in at most `width` cells: tokens with a decimal where that fits, shares in percent.
fn number(value: f32, statistic: Statistic, width: usize) -> String {
    if statistic.is_share() {
        return cells::percent(value);
    }
    if value.is_nan() {
        return "–".to_owned();
    }
    let exact = format!("{value:.1}");
    if exact.len() <= width { exact } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_the_largest_of_what_it_draws_together() {
        let picture = |weights: &[f32], count| resample(weights, count).collect::<Vec<_>>();
        assert_eq!(picture(&[0.1, 0.7, 0.2, 0.0, 0.3], 2), [0.7, 0.3]);
        assert_eq!(picture(&[0.1, 0.9], 4), [0.1, 0.1, 0.9, 0.9]);
        assert_eq!(picture(&[], 2), [0.0, 0.0]);
    }

    #[test]
    fn a_number_fits_its_place() {
        assert_eq!(number(8.94, Statistic::EffectiveTokens, 3), "8.9");
        assert_eq!(number(12.34, Statistic::EffectiveTokens, 3), "12");
        assert_eq!(number(12.34, Statistic::EffectiveTokens, 4), "12.3");
        assert_eq!(number(512.0, Statistic::EffectiveTokens, 4), "512");
        assert_eq!(number(1.0, Statistic::ToCls, 3), "100");
    }
}
