//! The vectors of one sentence: their shapes, how the poolings agree, and what their values are.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{NAME, line, two_decimals};
use crate::{
    analysis::Pooling,
    bert::{ModelInfo, Trace},
    labels::declared::{pooler_training, steps},
    messages::{Label, label, message},
    state::PoolingReport,
    widgets::{
        Look,
        columns::centred,
        text::{cells, shorten},
    },
};

/// Width of the cosine matrix of all poolings.
pub(super) fn matrix_width() -> u16 {
    NAME + Pooling::ALL.iter().map(|pooling| column(*pooling).width).sum::<u16>()
}

/// Lines of the matrix above its rows: what it is, and the names of its columns.
pub(super) const MATRIX_HEADING: u16 = 3;

/// A column of the matrix: the pooling's name in two lines, at its `-`, so that all columns fit beside each other.
struct MatrixColumn {
    lines: [&'static str; 2],
    /// With the blank after it.
    width: u16,
}

fn column(pooling: Pooling) -> MatrixColumn {
    let name = pooling.name();
    let lines = match name.find('-') {
        Some(at) => [&name[..=at], &name[at + 1..]],
        None => ["", name],
    };
    let longest = lines.iter().map(|line| cells(line)).max().unwrap_or_default();
    MatrixColumn { lines, width: (longest as u16 + 1).max(6) }
}

/// What BERT gives for a sentence, and what the model was trained to make of it.
pub(super) struct Outputs<'a> {
    /// Says whose.
    pub heading: Label,
    pub trace: &'a Trace,
    pub report: &'a PoolingReport,
    pub model: &'a ModelInfo,
}

impl Outputs<'_> {
    /// Lines that [`Outputs::draw`] needs.
    pub(super) const HEIGHT: u16 = 5;

    /// Names and shapes, and how the vectors are made.
    pub(super) fn draw(&self, look: &Look, area: Rect, buffer: &mut Buffer) {
        let Self { heading, trace, report, model } = self;
        line(heading.text(), look.theme.heading, area, 0, buffer);
        let size = trace.hidden_size;
        let (pooled, sequence) = (format!("[1, {size}]"), format!("[1, {}, {size}]", trace.tokens.len()));
        let width = sequence.len();
        let declared = match (report.vector(Pooling::Declared), &model.declared) {
            (Some(vector), Ok(known)) => {
                format!("{:<10}{:<width$}  {}", "declared", format!("[1, {}]", vector.len()), steps(known))
            }
            (_, Err(why)) => message!("pooling-no-declared", reason = why.to_string()),
            (None, Ok(_)) => label!("pooling-declared-ablated").text().to_owned(),
        };
        let (pooled, training) = match report.vector(Pooling::Pooled) {
            Some(_) => (
                format!("{:<10}{pooled:<width$}  {}", "pooled", label!("pooling-pooled-output")),
                format!("{:<10}{:<width$}  {}", "", "", pooler_training(model)),
            ),
            None => (format!("{:<10}{}", "pooled", label!("pooling-no-pooler")), String::new()),
        };
        let sequence = format!("{:<10}{sequence}  {}", "sequence", label!("pooling-sequence-output"));
        let theme = &look.theme;
        let lines = [(pooled, theme.text), (training, theme.dim), (sequence, theme.text), (declared, theme.text)];
        for ((text, style), row) in lines.iter().zip(1..) {
            line(text, *style, area, row, buffer);
        }
    }
}

/// The cosine of every pooling with every other.
pub(super) fn matrix(report: &PoolingReport, heading: Label, look: &Look, area: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    line(heading.text(), theme.heading, area, 0, buffer);
    let first = area.y + MATRIX_HEADING;
    let mut x = area.x + NAME;
    for (j, (pooling, _)) in report.vectors.iter().enumerate() {
        let MatrixColumn { lines, width } = column(*pooling);
        for (line, y) in lines.into_iter().zip(area.y + 1..) {
            centred(buffer, x, width - 1, y, line, theme.dim);
        }
        for (cosines, y) in report.cosines.iter().zip(first..) {
            let Some(cosine) = cosines[j] else {
                centred(buffer, x, width - 1, y, "–", theme.dim);
                continue;
            };
            let background = theme.diverging(cosine);
            let style =
                if theme.has_color() { Style::new().bg(background).fg(theme.on(background)) } else { theme.text };
            buffer.set_string(x, y, " ".repeat(usize::from(width)), style);
            centred(buffer, x, width - 1, y, &two_decimals(cosine), style);
        }
        x += width;
    }
    for ((pooling, _), y) in report.vectors.iter().zip(first..) {
        buffer.set_string(area.x, y, pooling.name(), theme.text);
    }
}

/// cosine(cls, mean) over the layers, as columns with their numbers.
pub(super) fn drift(report: &PoolingReport, look: &Look, area: Rect, buffer: &mut Buffer) {
    const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    let theme = &look.theme;
    let count = report.drift.len() as u16;
    line(label!("pooling-drift").text(), theme.heading, area, 0, buffer);
    let width = (area.width / count.max(1)).clamp(1, 8);
    let rows = area.height.saturating_sub(3); // heading, a line for the tallest column's number, layer names
    for (layer, (&cosine, x)) in report.drift.iter().zip((area.x..).step_by(usize::from(width))).enumerate() {
        if x + width > area.right() {
            break;
        }
        let inside = (width - u16::from(width > 1)).max(1);
        let filled = (cosine.unwrap_or_default().clamp(0.0, 1.0) * f32::from(rows) * 8.0).round() as u16;
        for row in 0..rows {
            let level = filled.saturating_sub(row * 8).min(8);
            let symbol = EIGHTHS[usize::from(level)].repeat(usize::from(inside));
            buffer.set_string(x, area.bottom() - 2 - row, symbol, theme.accent);
        }
        if inside >= 4 {
            let above = area.bottom() - 2 - filled.div_ceil(8);
            centred(buffer, x, inside, above, &cosine.map_or("–".to_owned(), two_decimals), theme.text);
        }
        let name =
            if layer == 0 && inside >= 5 { label!("pooling-embeddings").text().to_owned() } else { layer.to_string() };
        centred(buffer, x, inside, area.bottom() - 1, &shorten(&name, usize::from(inside)), theme.dim);
    }
}

/// Each pooling's norm and its values, binned to the width at hand.
pub(super) fn values(report: &PoolingReport, look: &Look, area: Rect, buffer: &mut Buffer) {
    const EIGHTHS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    let theme = &look.theme;
    const LEFT: u16 = NAME + 9;
    const RIGHT: u16 = 8;
    let room = usize::from(area.width.saturating_sub(LEFT + RIGHT)).max(1);
    let dims = report.vectors.iter().map(|(_, vector)| vector.len()).max().unwrap_or_default();
    let per_cell = dims.div_ceil(room).max(1);
    let heading = match per_cell {
        1 => label!("pooling-values").text().to_owned(),
        n => message!("pooling-values-binned", count = n),
    };
    line(label!("pooling-column-pooling").text(), theme.heading, area, 0, buffer);
    buffer.set_string(area.x + NAME, area.y, format!("{:>7}", label!("pooling-column-norm")), theme.heading);
    buffer.set_stringn(area.x + LEFT, area.y, heading, room + usize::from(RIGHT), theme.heading);
    for (((pooling, vector), norm), row) in report.vectors.iter().zip(&report.norms).zip(1..) {
        let y = area.y + row;
        buffer.set_string(area.x, y, pooling.name(), theme.text);
        buffer.set_string(area.x + NAME, y, format!("{norm:>7.2}"), theme.text);
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
