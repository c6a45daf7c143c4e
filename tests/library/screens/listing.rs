//! A frame as text: its rows between bars, where the text cursor stands, and, where asked for, the style of every run
//! of cells that differs from the terminal's own.

use std::{fmt::Write, ops::Range};

use super::Explorer;
use ratatui::{
    backend::TestBackend,
    buffer::{Buffer, Cell, CellWidth},
    style::Color,
};

/// With colours, and without the tabs, so that another view does not rewrite every file.
pub fn listing(backend: &TestBackend) -> String {
    let buffer = backend.buffer();
    let mut text = text(backend);
    for y in below_tabs(backend) {
        let runs = runs(buffer, y);
        if !runs.is_empty() {
            let _ = writeln!(text, "{y:>2}: {}", runs.join("; "));
        }
    }
    text
}

/// The rows below the tabs.
fn below_tabs(backend: &TestBackend) -> Range<u16> {
    let size = backend.buffer().area;
    let has_tabs = size.width >= 60 && size.height >= 16;
    u16::from(has_tabs)..size.height
}

/// Without colours, and without the tabs.
pub fn text(backend: &TestBackend) -> String {
    let mut text = String::new();
    for y in below_tabs(backend) {
        let _ = writeln!(text, "{y:>2}|{}|", row_text(backend.buffer(), y));
    }
    if backend.cursor_visible() {
        let cursor = backend.cursor_position();
        let _ = writeln!(text, "cursor {},{}", cursor.x, cursor.y);
    }
    text
}

pub fn row_text(buffer: &Buffer, y: u16) -> String {
    row(buffer, y).map(|(_, cell)| cell.symbol()).collect()
}

/// The lines of an explorer's screen.
pub fn screen_lines(explorer: &Explorer, size: (u16, u16)) -> Vec<String> {
    let frame = explorer.frame(size);
    (0..size.1).map(|y| row_text(frame.buffer(), y)).collect()
}

/// The cells of a row, less those that a wide character hides, with their columns.
pub fn row(buffer: &Buffer, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
    let mut hidden = 0;
    (0..buffer.area.width).map(move |x| (x, &buffer[(x, y)])).filter(move |(_, cell)| {
        let shown = hidden == 0;
        hidden = if shown { cell.symbol().cell_width().saturating_sub(1) } else { hidden - 1 };
        shown
    })
}

/// `3-7 #FFFFFF on #14171D bold`, columns inclusive.
fn runs(buffer: &Buffer, y: u16) -> Vec<String> {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    for (x, cell) in row(buffer, y) {
        let end = x + cell.symbol().cell_width().max(1) - 1;
        let style = style(cell);
        match runs.last_mut() {
            Some(run) if run.2 == style => run.1 = end,
            _ => runs.push((x, end, style)),
        }
    }
    let styled = runs.into_iter().filter(|(_, _, style)| !style.is_empty());
    styled.map(|(start, end, style)| format!("{start}-{end} {style}")).collect()
}

fn style(cell: &Cell) -> String {
    let color = |color: Color, before: &str| match color {
        Color::Reset => None,
        color => Some(format!("{before}{color}")),
    };
    let modifiers = cell.modifier.iter_names().map(|(name, _)| name.to_lowercase());
    let parts: Vec<String> = color(cell.fg, "").into_iter().chain(color(cell.bg, "on ")).chain(modifiers).collect();
    parts.join(" ")
}
