//! What each word of A adds, with each word of B, to their cosine; in the last layer or carried back to the inputs.

use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
};

use super::{Lines, line};
use crate::{
    analysis::{CosineTerms, Granularity, PartsFrom, Pooling, VectorPart, decimal, readable_cosine, signed},
    messages::{label, message},
    state::{Reading, Readings, State},
    views::pooling::{
        pages::Pages,
        terms::{ShownTerms, TermsChoice},
    },
    widgets::{
        Look,
        canvas::Canvas,
        columns::{Columns, UnitLabel, centred, window},
        heat_map,
        text::{BETWEEN, cells, fitting, right_aligned, shorten},
    },
};

/// The name left of a row, at least and at most.
const NAME: [usize; 2] = [13, 24];
/// The cells of a column at least and at most, and of the sums at the end.
const COLUMN: [usize; 2] = [7, 14];
const SUM: u16 = 7;

pub(super) fn draw(pages: &Pages, state: &State, readings: &Readings, look: &Look, area: Rect, canvas: &mut Canvas) {
    let Some(pair) = &readings.pair else { return };
    let Some(shown) = &pages.terms else {
        line(&pending(pages, state, look), look.theme.warning, area, 0, canvas);
        return;
    };
    if area.height < 6 {
        return;
    }
    let granularity = shown.choice.granularity;
    let labels = |reading: &Reading, parts: &[VectorPart]| -> Vec<UnitLabel> {
        let label = |part: &VectorPart| match *part {
            VectorPart::Unit(unit) => UnitLabel::new(&reading.trace, reading.units(granularity), unit),
            VectorPart::Biases => UnitLabel::biases(),
        };
        parts.iter().map(label).collect()
    };
    let labels = [labels(&readings.a, &shown.terms.rows), labels(&pair.b, &shown.terms.columns)];
    let mut above = Lines::default();
    above.add(&heading(shown), look.theme.heading, area.width);
    above.add(&what_it_is(shown, state, look), look.theme.dim, area.width);
    above.draw(area, canvas);
    let top = area.y + above.height();
    let table = PairTable::new(
        &shown.terms,
        &labels,
        pages.cell,
        look,
        Rect { y: top, height: area.bottom().saturating_sub(top), ..area },
    );
    let foot = table.draw(canvas);
    let below = Rect { y: foot + 1, height: area.bottom().saturating_sub(foot + 1), ..area };
    line(&chosen(&shown.terms, &labels, pages.cell), look.theme.text, below, 0, canvas);
    strongest(shown, &labels, look, below, canvas);
}

/// The term of each pair, with the sums of rows and columns.
struct PairTable<'t> {
    terms: &'t CosineTerms,
    labels: &'t [Vec<UnitLabel>; 2],
    /// The row and the column of the cursor.
    cell: (usize, usize),
    look: &'t Look,
    area: Rect,
    /// The cells of a column.
    width: usize,
    /// The cells of a row's name.
    name: usize,
    seen: Columns,
    /// The largest term, whatever its sign.
    largest: f64,
}

impl<'t> PairTable<'t> {
    fn new(
        terms: &'t CosineTerms,
        labels: &'t [Vec<UnitLabel>; 2],
        cell: (usize, usize),
        look: &'t Look,
        area: Rect,
    ) -> Self {
        let [rows, columns] = labels;
        let room = usize::from(area.width).saturating_sub(usize::from(SUM) + 1);
        let widest = |labels: &[UnitLabel]| labels.iter().map(|label| cells(&label.text)).max().unwrap_or_default();
        // Names take the room that is left over.
        let width = (room.saturating_sub(NAME[0]) / columns.len().max(1)).min(widest(columns) + 2);
        let width = width.clamp(COLUMN[0], COLUMN[1]);
        let name = room.saturating_sub(width * columns.len()).min(widest(rows) + 2).clamp(NAME[0], NAME[1]);
        let seen = Columns::even(columns, width, cell.1, area.x + name as u16..area.right().saturating_sub(SUM + 1));
        let largest = terms.terms.iter().fold(0.0f64, |largest, term| largest.max(term.abs()));
        Self { terms, labels, cell, look, area, width, name, seen, largest }
    }

    /// Draws it; the line of the columns' sums, which is its last.
    fn draw(&self, canvas: &mut Canvas) -> u16 {
        let [rows, _] = self.labels;
        self.header(canvas);
        let first = self.area.y + 1;
        // Header above; sums, the exact number and the strongest pairs below.
        let in_view = window(&vec![1; rows.len()], self.cell.0, usize::from(self.area.height.saturating_sub(4)));
        for (row, y) in in_view.clone().zip(first..) {
            self.row(row, y, canvas);
        }
        let foot = first + in_view.len() as u16;
        let above = (in_view.start > 0).then_some(first);
        let below = (in_view.end < rows.len()).then_some(foot - 1);
        heat_map::beyond(above, below, self.look, self.area.x + self.name as u16 - 1, canvas);
        self.sums(foot, canvas);
        foot
    }

    fn header(&self, canvas: &mut Canvas) {
        let ([_, columns], y) = (self.labels, self.area.y);
        let chosen = columns.get(self.cell.1).map_or(usize::MAX, |label| label.unit);
        for place in &self.seen.visible {
            let label = &columns[place.at];
            let text = shorten(&label.text, self.width - 1);
            self.centred(place.x, y, &text, label.style_above(chosen, usize::MAX, self.look), canvas);
        }
        self.seen.beyond(self.look, y, canvas);
        self.at_end(label!("pooling-sum").text(), y, self.look.theme.heading, canvas);
    }

    fn row(&self, row: usize, y: u16, canvas: &mut Canvas) {
        let (label, is_chosen) = (&self.labels[0][row], row == self.cell.0);
        let (marker, style) = match is_chosen {
            true => ("▸", self.look.theme.accent.add_modifier(Modifier::BOLD)),
            false => (" ", label.style(usize::MAX, self.look)),
        };
        canvas.set_string(self.area.x, y, format!("{marker}{}", shorten(&label.text, self.name - 2)), style);
        for place in &self.seen.visible {
            let term = self.terms.get(row, place.at).unwrap_or_default();
            let style = self.style(term);
            canvas.set_string(place.x, y, " ".repeat(self.width), style);
            match (row, place.at) == self.cell {
                true => {
                    let style = style.add_modifier(Modifier::BOLD);
                    self.centred(place.x, y, &format!("[{}]", number(term)), style, canvas);
                }
                false => self.centred(place.x, y, &number(term), style, canvas),
            }
        }
        let sum = self.terms.row_sums().get(row).copied().unwrap_or_default();
        self.at_end(&number(sum), y, self.look.theme.dim, canvas);
    }

    fn sums(&self, y: u16, canvas: &mut Canvas) {
        let theme = &self.look.theme;
        canvas.set_string(self.area.x, y, format!(" {}", label!("pooling-sum")), theme.heading);
        let sums = self.terms.column_sums();
        for place in &self.seen.visible {
            let sum = sums.get(place.at).copied().unwrap_or_default();
            self.centred(place.x, y, &number(sum), theme.dim, canvas);
        }
        self.at_end(&number(self.terms.cosine()), y, theme.heading, canvas);
    }

    /// Of a term, which grows with the square root of its size.
    fn style(&self, term: f64) -> Style {
        let theme = &self.look.theme;
        if !theme.has_color() || self.largest <= 0.0 {
            return theme.text;
        }
        let background = theme.diverging((term.abs() / self.largest).sqrt().copysign(term) as f32);
        Style::new().bg(background).fg(theme.on(background))
    }

    fn centred(&self, x: u16, y: u16, text: &str, style: Style, canvas: &mut Canvas) {
        centred(canvas, x, self.width as u16 - 1, y, text, style);
    }

    /// Behind the columns.
    fn at_end(&self, text: &str, y: u16, style: Style, canvas: &mut Canvas) {
        canvas.set_string(self.seen.end() + 1, y, right_aligned(text, 6), style);
    }
}

/// The pair under the cursor, exactly, and its share of the cosine.
fn chosen(terms: &CosineTerms, labels: &[Vec<UnitLabel>; 2], (row, column): (usize, usize)) -> String {
    let term = terms.get(row, column).unwrap_or_default();
    let share = if terms.cosine().abs() > CosineTerms::LEAST {
        let percent = decimal(term / terms.cosine() * 100.0, 1);
        format!("  {}", message!("pooling-share-of-cosine", percent = percent))
    } else {
        String::new()
    };
    message!("widgets-named", name = names(labels, (row, column)), value = format!("{}{share}", signed(term, 5)))
}

/// What the table is of, and its sum.
fn heading(shown: &ShownTerms) -> String {
    let TermsChoice { pooling, from, granularity } = shown.choice;
    let (pooling, cosine) = (pooling.name(), readable_cosine(shown.terms.cosine() as f32, 4));
    match (from, granularity) {
        (PartsFrom::LastLayer, Granularity::Words) => message!("pooling-words", pooling = pooling, cosine = cosine),
        (PartsFrom::LastLayer, Granularity::Subwords) => message!("pooling-pieces", pooling = pooling, cosine = cosine),
        (PartsFrom::Inputs, Granularity::Words) => message!("pooling-input-words", pooling = pooling, cosine = cosine),
        (PartsFrom::Inputs, Granularity::Subwords) => {
            message!("pooling-input-pieces", pooling = pooling, cosine = cosine)
        }
    }
}

/// The unit of its numbers or, where it is one number, how to get more.
fn what_it_is(shown: &ShownTerms, state: &State, look: &Look) -> String {
    let TermsChoice { pooling, from, .. } = shown.choice;
    match (from, pooling) {
        (PartsFrom::LastLayer, Pooling::Cls | Pooling::Pooled) => {
            message!("pooling-words-of-cls", pooling = pooling.name(), key = look.way(state, "carry-back"))
        }
        _ => label!("pooling-words-unit").text().to_owned(),
    }
}

/// How far the inputs' parts are, or what works them out.
fn pending(pages: &Pages, state: &State, look: &Look) -> String {
    if pages.from == PartsFrom::LastLayer {
        return label!("pooling-words-none").text().to_owned();
    }
    let cancel = look.way(state, "cancel");
    match (state.work.steps, state.work.is_running()) {
        (Some((done, of)), true) => message!("pooling-words-steps", done = done, of = of, key = cancel),
        (None, true) => message!("pooling-words-work", key = cancel),
        (_, false) if state.is_reading() => String::new(),
        (_, false) => message!("pooling-words-cancelled", key = look.way(state, "carry-back")),
    }
}

/// The pairs that add or take most: below each other where there is room, else in a line.
fn strongest(shown: &ShownTerms, labels: &[Vec<UnitLabel>; 2], look: &Look, below: Rect, canvas: &mut Canvas) {
    /// A blank line, the heading and so many pairs.
    const LEAST: u16 = 5;
    let (terms, pairs) = (&shown.terms, &shown.strongest);
    if pairs.len() < 2 {
        return;
    }
    let pair =
        |&(row, column): &(usize, usize)| (names(labels, (row, column)), terms.get(row, column).unwrap_or_default());
    let title = label!("pooling-strongest").text();
    if below.height < LEAST + 1 {
        let parts = pairs.iter().map(pair).map(|(names, term)| format!("{names} {}", number(term)));
        let text = fitting(std::iter::once(title.to_owned()).chain(parts), BETWEEN, usize::from(below.width));
        line(&text, look.theme.dim, below, 1, canvas);
        return;
    }
    line(title, look.theme.heading, below, 2, canvas);
    let cosine = terms.cosine();
    for (at, y) in pairs.iter().zip(3..below.height) {
        let (names, term) = pair(at);
        let share = match cosine.abs() > CosineTerms::LEAST {
            true => format!("{:>8} %", decimal(term / cosine * 100.0, 1)),
            false => String::new(),
        };
        line(&format!("{}{share}  {names}", signed(term, 5)), look.theme.text, below, y, canvas);
    }
}

/// `“dog” × “puppy”`.
fn names([rows, columns]: &[Vec<UnitLabel>; 2], (row, column): (usize, usize)) -> String {
    let name = |labels: &[UnitLabel], at: usize| labels.get(at).map_or_else(String::new, UnitLabel::quoted);
    format!("{} × {}", name(rows, row), name(columns, column))
}

/// In hundredths.
fn number(value: f64) -> String {
    decimal(value * 100.0, 1)
}
