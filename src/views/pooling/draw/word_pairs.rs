//! What each word of A adds, with each word of B, to their cosine; in the last layer or carried back to the inputs.

use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
};

use super::{Lines, line};
use crate::{
    analysis::{CosineTerms, Granularity, PartsFrom, Pooling, VectorPart, decimal, readable_cosine},
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
        text::{BETWEEN, cells, fitting, shorten},
    },
};

/// The name left of a row, at least and at most.
const NAME: [usize; 2] = [13, 24];
/// The cells of a column at least and at most, and of the sums at the end.
const COLUMN: [usize; 2] = [7, 14];
const SUM: u16 = 7;

pub(super) fn draw(pages: &Pages, state: &State, readings: &Readings, look: &Look, area: Rect, canvas: &mut Canvas) {
    let Some(pair) = &readings.pair else { return };
    let theme = &look.theme;
    let Some(shown) = &pages.terms else {
        line(&pending(pages, state, look), theme.warning, area, 0, canvas);
        return;
    };
    let (terms, granularity) = (&shown.terms, shown.choice.granularity);
    let labels = |reading: &Reading, parts: &[VectorPart]| -> Vec<UnitLabel> {
        let label = |part: &VectorPart| match *part {
            VectorPart::Unit(unit) => UnitLabel::new(&reading.trace, reading.units(granularity), unit),
            VectorPart::Biases => UnitLabel::biases(),
        };
        parts.iter().map(label).collect()
    };
    let (rows, columns) = (labels(&readings.a, &terms.rows), labels(&pair.b, &terms.columns));
    if area.height < 6 {
        return;
    }
    let (row, column) = pages.cell;
    let columns_room = usize::from(area.width).saturating_sub(usize::from(SUM) + 1);
    let widest = |labels: &[UnitLabel]| labels.iter().map(|label| cells(&label.text)).max().unwrap_or_default();
    // Names take the room that is left over.
    let width = (columns_room.saturating_sub(NAME[0]) / columns.len().max(1)).min(widest(&columns) + 2);
    let width = width.clamp(COLUMN[0], COLUMN[1]);
    let name = columns_room.saturating_sub(width * columns.len()).min(widest(&rows) + 2).clamp(NAME[0], NAME[1]);
    let [column_width, name_width] = [width, name].map(|cells| cells as u16);
    let mut above = Lines::default();
    above.add(&heading(shown), theme.heading, area.width);
    above.add(&what_it_is(shown, state, look), theme.dim, area.width);
    above.draw(area, canvas);
    let seen = Columns::even(&columns, width, column, area.x + name_width..area.right().saturating_sub(SUM + 1));
    let largest = terms.terms.iter().fold(0.0f64, |largest, term| largest.max(term.abs()));
    let header = area.y + above.height();
    for at in &seen.visible {
        let label = &columns[at.at];
        let style = label.style_above(columns.get(column).map_or(usize::MAX, |label| label.unit), usize::MAX, look);
        centred(canvas, at.x, column_width - 1, header, &shorten(&label.text, usize::from(column_width - 1)), style);
    }
    seen.beyond(look, header, canvas);
    let end = seen.end() + 1;
    canvas.set_string(end, header, format!("{:>6}", label!("pooling-sum")), theme.heading);
    // Header above; sums, the exact number and the strongest pairs below.
    let lines = usize::from(area.height.saturating_sub(above.height() + 4));
    let in_view = window(&vec![1; rows.len()], row, lines);
    for (at, y) in in_view.clone().zip(header + 1..) {
        let label = &rows[at];
        let style = if at == row { theme.accent.add_modifier(Modifier::BOLD) } else { label.style(usize::MAX, look) };
        let marker = if at == row { "▸" } else { " " };
        canvas.set_string(area.x, y, format!("{marker}{}", shorten(&label.text, name - 2)), style);
        for place in &seen.visible {
            let term = terms.get(at, place.at).unwrap_or_default();
            let style = if theme.has_color() && largest > 0.0 {
                let background = theme.diverging((term.abs() / largest).sqrt().copysign(term) as f32);
                Style::new().bg(background).fg(theme.on(background))
            } else {
                theme.text
            };
            canvas.set_string(place.x, y, " ".repeat(width), style);
            let here = (at, place.at) == (row, column);
            let text = if here { format!("[{}]", number(term)) } else { number(term) };
            let style = if here { style.add_modifier(Modifier::BOLD) } else { style };
            centred(canvas, place.x, column_width - 1, y, &text, style);
        }
        let sum = terms.row_sums().get(at).copied().unwrap_or_default();
        canvas.set_string(end, y, format!("{:>6}", number(sum)), theme.dim);
    }
    let foot = header + 1 + in_view.len() as u16;
    let (first, last) = ((in_view.start > 0).then_some(header + 1), (in_view.end < rows.len()).then_some(foot - 1));
    heat_map::beyond(first, last, look, area.x + name_width - 1, canvas);
    canvas.set_string(area.x, foot, format!(" {}", label!("pooling-sum")), theme.heading);
    let sums = terms.column_sums();
    for place in &seen.visible {
        let sum = sums.get(place.at).copied().unwrap_or_default();
        centred(canvas, place.x, column_width - 1, foot, &number(sum), theme.dim);
    }
    canvas.set_string(end, foot, format!("{:>6}", number(terms.cosine())), theme.heading);
    let term = terms.get(row, column).unwrap_or_default();
    let share = if terms.cosine().abs() > CosineTerms::LEAST {
        let percent = format!("{:.1}", term / terms.cosine() * 100.0);
        format!("  {}", message!("pooling-share-of-cosine", percent = percent))
    } else {
        String::new()
    };
    let pair = names(&rows, &columns, (row, column));
    let text = message!("widgets-named", name = pair, value = format!("{term:+.5}{share}"));
    let below = Rect { y: foot + 1, height: area.bottom().saturating_sub(foot + 1), ..area };
    line(&text, theme.text, below, 0, canvas);
    strongest(shown, (&rows, &columns), look, below, canvas);
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
fn strongest(
    shown: &ShownTerms,
    (rows, columns): (&[UnitLabel], &[UnitLabel]),
    look: &Look,
    below: Rect,
    canvas: &mut Canvas,
) {
    /// A blank line, the heading and so many pairs.
    const LEAST: u16 = 5;
    let (terms, pairs) = (&shown.terms, &shown.strongest);
    if pairs.len() < 2 {
        return;
    }
    let pair = |&(row, column): &(usize, usize)| {
        (names(rows, columns, (row, column)), terms.get(row, column).unwrap_or_default())
    };
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
            true => format!("{:>8.1} %", term / cosine * 100.0),
            false => String::new(),
        };
        line(&format!("{term:+.5}{share}  {names}"), look.theme.text, below, y, canvas);
    }
}

/// `“dog” × “puppy”`.
fn names(rows: &[UnitLabel], columns: &[UnitLabel], (row, column): (usize, usize)) -> String {
    let name = |labels: &[UnitLabel], at: usize| labels.get(at).map_or_else(String::new, UnitLabel::quoted);
    format!("{} × {}", name(rows, row), name(columns, column))
}

/// In hundredths, with no minus before a zero.
fn number(value: f64) -> String {
    decimal(value * 100.0, 1).replace('-', "−")
}
