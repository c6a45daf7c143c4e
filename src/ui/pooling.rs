//! The pooling view: BERT's two outputs, the poolings side by side, and how close two sentences are under each.

mod closeness;
mod dimensions;
mod layers;
mod words;

use ratatui::{
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
    style::Style,
};

use super::{
    Look,
    canvas::Canvas,
    columns::centred,
    text::{cells, shorten},
};
use crate::{
    analysis::Pooling,
    app::{Action, Aim, App, Page, PoolingReport, Readings},
    bert::{Sentence, Trace},
};

/// Width of the cosine matrix: a name and five columns, one of them as wide as "mean-words".
const MATRIX: u16 = 11 + 4 * 7 + 11;
/// Below this the bars beside the matrix would be too short to read.
const NARROWEST_BARS: u16 = 32;

/// Draws the page that is open; how far it can be scrolled.
pub(super) fn draw(app: &App, readings: &Readings, look: &Look, area: Rect, canvas: &mut Canvas) -> usize {
    pages(app, look, Rect { height: 1, ..area }, canvas);
    let gap = u16::from(area.height >= 24);
    let below = Rect { y: area.y + 1 + gap, height: area.height.saturating_sub(1 + gap), ..area };
    let inside = Rect { x: below.x + 1, width: below.width.saturating_sub(2), ..below };
    match (app.lab.page, &readings.pair) {
        (Page::Overview, _) => return overview(app, readings, look, below, canvas),
        (Page::Layers, _) => layers::draw(readings, look, inside, canvas),
        (_, None) => {
            let key = look.key(app, Action::EditPair);
            line(&format!("{key} adds a second sentence to compare with"), look.theme.accent, inside, 0, canvas);
        }
        (Page::Dimensions, Some(_)) => dimensions::draw(app, readings, look, inside, canvas),
        (Page::Words, Some(_)) => words::draw(app, readings, look, inside, canvas),
    }
    0
}

/// The names of the pages, and the key that leads through them.
fn pages(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
    let mut x = area.x + 1;
    for &page in Page::ALL {
        let (text, style) = match page == app.lab.page {
            true => (format!("[{}]", page.title()), look.theme.accent),
            false => (format!(" {} ", page.title()), look.theme.dim),
        };
        (x, _) = canvas.set_stringn(x, area.y, text, usize::from(area.right().saturating_sub(x)), style);
        x += 1;
    }
    canvas.on_click(area, Aim::Do(Action::NextPage));
}

/// Draws the parts from `lab.top` on; how far they can be scrolled.
fn overview(app: &App, readings: &Readings, look: &Look, area: Rect, buffer: &mut Buffer) -> usize {
    let (sentence, passage, report) = readings.alone(app.attention.reading);
    let (of, whose) = match (&readings.pair, sentence) {
        (None, _) => ("for this sentence", "the"),
        (Some(_), Sentence::A) => ("for A, read alone", "A's"),
        (Some(_), Sentence::B) => ("for B, read alone", "B's"),
    };
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let poolings = report.vectors.len() as u16;
    let chart = (poolings + 2).max(8);
    let beside = area.width >= MATRIX + NARROWEST_BARS;

    // In the order of what a reader comes for; what does not fit is left out from the end.
    let mut parts: Vec<(u16, Part)> = vec![(3, Part::Outputs)];
    match (&readings.pair, beside) {
        (Some(_), _) => {
            parts.insert(0, (closeness::height(poolings, area.width), Part::Closeness));
            parts.push((poolings + 2, Part::Matrix));
        }
        (None, true) => parts.push((chart, Part::DriftAndMatrix)),
        (None, false) => parts.extend([(poolings + 2, Part::Matrix), (8, Part::Drift)]),
    }
    parts.push((poolings + 1, Part::Values));
    if readings.pair.is_some() {
        parts.push((8, Part::Drift));
    }
    // Scrolled, but never past the point where the last part is in view.
    let tail = |top: usize| parts[top..].iter().map(|(height, _)| height).sum::<u16>() <= area.height;
    let furthest = (0..parts.len()).find(|&top| tail(top)).unwrap_or(parts.len() - 1);
    let parts = &parts[app.lab.top.min(furthest)..];
    let needed: u16 = parts.iter().map(|(height, _)| height).sum();
    let gaps = parts.len().saturating_sub(1).max(1) as u16;
    let gap = area.height.saturating_sub(needed).min(gaps) / gaps;

    let mut y = area.y;
    for &(height, part) in parts {
        if y + height > area.bottom() {
            let key = look.key(app, Action::Down);
            buffer.set_string(area.x, area.bottom() - 1, format!("{key} more below"), look.theme.accent);
            break;
        }
        let place = Rect { y, height, ..area };
        y += height + gap;
        let [left, right] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(MATRIX)]).spacing(2).areas(place);
        match part {
            Part::Outputs => outputs(of, &passage.trace, report, look, place, buffer),
            Part::Closeness => closeness::draw(app, readings, look, place, buffer),
            Part::Matrix => matrix(report, whose, look, place, buffer),
            Part::Drift => drift(report, look, place, buffer),
            Part::Values => values(report, look, place, buffer),
            Part::DriftAndMatrix => {
                drift(report, look, left, buffer);
                matrix(report, whose, look, right, buffer);
            }
        }
    }
    furthest
}

#[derive(Clone, Copy)]
enum Part {
    Outputs,
    Closeness,
    Matrix,
    Drift,
    Values,
    DriftAndMatrix,
}

/// Names and shapes of what BERT gives.
fn outputs(of: &str, trace: &Trace, report: &PoolingReport, look: &Look, area: Rect, buffer: &mut Buffer) {
    line(&format!("BERT gives two outputs {of}"), look.theme.heading, area, 0, buffer);
    let size = trace.hidden_size;
    let (pooled, sequence) = (format!("[1, {size}]"), format!("[1, {}, {size}]", trace.tokens.len()));
    let width = sequence.len();
    let pooled = match report.vector(Pooling::Pooled) {
        Some(_) => format!("pooled    {pooled:<width$}  tanh(W·h + b), h the last [CLS] vector"),
        None => "pooled    none: this checkpoint has no pooler".to_owned(),
    };
    line(&pooled, look.theme.text, area, 1, buffer);
    let sequence = format!("sequence  {sequence}  every token's last vector; the others are made of it");
    line(&sequence, look.theme.text, area, 2, buffer);
}

/// A bar from 0 to 1; a negative value leaves it empty.
fn bar(value: f32, look: &Look, area: Rect, buffer: &mut Buffer) {
    let halves = (value.clamp(0.0, 1.0) * f32::from(area.width) * 2.0).round() as usize;
    let text = "━".repeat(halves / 2) + if halves % 2 == 1 { "╸" } else { "" };
    let width = usize::from(area.width);
    buffer.set_stringn(area.x, area.y, "·".repeat(width), width, look.theme.border);
    buffer.set_stringn(area.x, area.y, text, width, look.theme.accent);
}

/// The cosine of every pooling with every other.
fn matrix(report: &PoolingReport, whose: &str, look: &Look, area: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    line(&format!("Cosine between {whose} poolings"), theme.heading, area, 0, buffer);
    let mut x = area.x + 11;
    for (j, (pooling, _)) in report.vectors.iter().enumerate() {
        let width = (cells(pooling.name()) as u16 + 1).max(7);
        centred(buffer, x, width - 1, area.y + 1, pooling.name(), theme.dim);
        for (cosines, y) in report.cosines.iter().zip(area.y + 2..) {
            let background = theme.diverging(cosines[j]);
            let style =
                if theme.has_color() { Style::new().bg(background).fg(theme.on(background)) } else { theme.text };
            buffer.set_string(x, y, " ".repeat(usize::from(width)), style);
            centred(buffer, x, width - 1, y, &two_decimals(cosines[j]), style);
        }
        x += width;
    }
    for ((pooling, _), y) in report.vectors.iter().zip(area.y + 2..) {
        buffer.set_string(area.x, y, pooling.name(), theme.text);
    }
}

/// cosine(cls, mean) over the layers, as columns with their numbers.
fn drift(report: &PoolingReport, look: &Look, area: Rect, buffer: &mut Buffer) {
    const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    let theme = &look.theme;
    let count = report.drift.len() as u16;
    line("Is [CLS] the mean? cosine(cls, mean) by layer", theme.heading, area, 0, buffer);
    let width = (area.width / count.max(1)).clamp(1, 8);
    let rows = area.height.saturating_sub(3); // heading, a line for the tallest column's number, layer names
    for (layer, (&cosine, x)) in report.drift.iter().zip((area.x..).step_by(usize::from(width))).enumerate() {
        if x + width > area.right() {
            break;
        }
        let inside = (width - u16::from(width > 1)).max(1);
        let filled = (cosine.clamp(0.0, 1.0) * f32::from(rows) * 8.0).round() as u16;
        for row in 0..rows {
            let level = filled.saturating_sub(row * 8).min(8);
            let symbol = EIGHTHS[usize::from(level)].repeat(usize::from(inside));
            buffer.set_string(x, area.bottom() - 2 - row, symbol, theme.accent);
        }
        if inside >= 4 {
            let above = area.bottom() - 2 - filled.div_ceil(8);
            centred(buffer, x, inside, above, &format!("{cosine:.2}"), theme.text);
        }
        let name = if layer == 0 && inside >= 5 { "embed".to_owned() } else { layer.to_string() };
        centred(buffer, x, inside, area.bottom() - 1, &shorten(&name, usize::from(inside)), theme.dim);
    }
}

/// Each pooling's norm and its values, binned to the width at hand.
fn values(report: &PoolingReport, look: &Look, area: Rect, buffer: &mut Buffer) {
    const EIGHTHS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    let theme = &look.theme;
    const LEFT: u16 = 11 + 9;
    const RIGHT: u16 = 8;
    let room = usize::from(area.width.saturating_sub(LEFT + RIGHT)).max(1);
    let dims = report.vectors.first().map_or(0, |(_, vector)| vector.len());
    let per_cell = dims.div_ceil(room).max(1);
    let heading = match per_cell {
        1 => "value of each dimension".to_owned(),
        n => format!("values, each cell the mean of {n} dimensions"),
    };
    line("pooling", theme.heading, area, 0, buffer);
    buffer.set_string(area.x + 11, area.y, "   norm", theme.heading);
    buffer.set_stringn(area.x + LEFT, area.y, heading, room + usize::from(RIGHT), theme.heading);
    for (((pooling, vector), norm), row) in report.vectors.iter().zip(&report.norms).zip(1..) {
        let y = area.y + row;
        buffer.set_string(area.x, y, pooling.name(), theme.text);
        buffer.set_string(area.x + 11, y, format!("{norm:>7.2}"), theme.text);
        let cells: Vec<f32> =
            vector.chunks(per_cell).map(|chunk| chunk.iter().sum::<f32>() / chunk.len() as f32).collect();
        let largest = cells.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
        for (&value, x) in cells.iter().zip(area.x + LEFT..) {
            let share = if largest > 0.0 { value / largest } else { 0.0 };
            let level = ((share + 1.0) / 2.0 * 7.0).round().clamp(0.0, 7.0) as usize;
            let style = if theme.has_color() { Style::new().fg(theme.diverging(share)) } else { theme.text };
            buffer.set_string(x, y, EIGHTHS[level], style);
        }
        let end = area.x + LEFT + cells.len() as u16;
        buffer.set_string(end, y, format!(" ±{largest:.2}"), theme.dim);
    }
}

/// Two decimals, and no minus before a zero.
fn two_decimals(value: f32) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

fn line(text: &str, style: Style, area: Rect, row: u16, buffer: &mut Buffer) {
    if row < area.height {
        buffer.set_string(area.x, area.y + row, shorten(text, usize::from(area.width)), style);
    }
}

/// A text in lines of at most so many cells, broken between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if cells(line) + 1 + cells(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
