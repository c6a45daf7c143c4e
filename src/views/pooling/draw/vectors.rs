//! The vectors of one sentence: their shapes, how the poolings agree, and what their values are.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{NAME, line, two_decimals};
use crate::{
    analysis::Pooling,
    bert::Trace,
    messages::{Label, label, message},
    state::PoolingReport,
    widgets::{
        Look,
        columns::centred,
        text::{cells, shorten},
    },
};

/// Width of the cosine matrix: a name and six columns, two of them as wide as "mean-words".
pub(super) const MATRIX: u16 = NAME + 7 + 3 * 6 + 2 * 11;

/// Names and shapes of what BERT gives.
pub(super) fn outputs(
    heading: Label,
    trace: &Trace,
    report: &PoolingReport,
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) {
    line(heading.text(), look.theme.heading, area, 0, buffer);
    let size = trace.hidden_size;
    let (pooled, sequence) = (format!("[1, {size}]"), format!("[1, {}, {size}]", trace.tokens.len()));
    let width = sequence.len();
    let pooled = match report.vector(Pooling::Pooled) {
        Some(_) => format!("{:<10}{pooled:<width$}  {}", "pooled", label!("pooling-pooled-output")),
        None => format!("{:<10}{}", "pooled", label!("pooling-no-pooler")),
    };
    line(&pooled, look.theme.text, area, 1, buffer);
    let sequence = format!("{:<10}{sequence}  {}", "sequence", label!("pooling-sequence-output"));
    line(&sequence, look.theme.text, area, 2, buffer);
}

/// The cosine of every pooling with every other.
pub(super) fn matrix(report: &PoolingReport, heading: Label, look: &Look, area: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    line(heading.text(), theme.heading, area, 0, buffer);
    let mut x = area.x + NAME;
    for (j, (pooling, _)) in report.vectors.iter().enumerate() {
        let width = (cells(pooling.name()) as u16 + 1).max(6);
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
            centred(
                buffer,
                x,
                inside,
                above,
                &cosine.map_or("–".to_owned(), |cosine| format!("{cosine:.2}")),
                theme.text,
            );
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
    let dims = report.vectors.first().map_or(0, |(_, vector)| vector.len());
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
