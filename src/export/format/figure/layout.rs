//! Where everything on a figure is.

use unicode_width::UnicodeWidthChar;

use super::{Anchor, Figure, FigureBox, Paper, Words, plot};
use crate::{
    analysis::{Quantity, Table, TableRow},
    export::{
        contents::FigureOf,
        document::one_line,
        error::WriteError,
        format::{
            heat::Heat,
            palette::HtmlColor,
            readable::{heading, key_text, titled},
        },
    },
};

/// A millimetre in points, a 72nd of an inch.
const MILLIMETRE: f32 = 72.0 / 25.4;

/// The highest page that PDF has, in points.
const HIGHEST: f32 = 14_400.0;

/// The most of a table's width that the names of its rows take.
const NAMES: f32 = 0.45;

/// The narrowest column, in points.
const FINEST: f32 = 1.0;

/// Columns of more points than this are set apart.
const GAP_FROM: f32 = 8.0;

/// The smallest numbers on colours, in the size of letters.
const LEAST_DIGITS: f32 = 0.45;

/// Helvetica's widths of the letters from the blank to the tilde, in thousandths of its size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// How wide a text is, in its size; what is not of ASCII is about so wide.
pub(super) fn wide(text: &str) -> f32 {
    let width = |c: char| match c {
        ' '..='~' => f32::from(WIDTHS[c as usize - 32]) / 1000.0,
        '…' => 1.0,
        c => [0.0, 0.56, 1.0][c.width().unwrap_or(0).min(2)],
    };
    text.chars().map(width).sum()
}

/// The table's title, the text it is about, the table, the scale.
///
/// # Errors
/// When the table has no numbers, or so many that none would be seen.
pub(super) fn figure(of: &FigureOf) -> Result<Figure, WriteError> {
    if !FigureOf::can_draw(of.table) {
        return Err(WriteError::NothingToDraw);
    }
    let (size, width) = (f32::from(of.style.font_size), f32::from(of.style.width) * MILLIMETRE);
    let margin = size;
    let paper = if of.style.dark { Paper::DARK } else { Paper::LIGHT };
    let mut figure = Figure { width, height: margin, paper, boxes: Vec::new(), words: Vec::new() };
    let room = width - 2.0 * margin;
    for line in wrapped(&titled(of.table), room / size / 1.2) {
        figure.line(line, margin, size, paper.ink, true);
    }
    for text in of.about.iter().filter(|(name, _)| ["text", "pair"].contains(name)) {
        for line in wrapped(&one_line(&text.1), room / size) {
            figure.line(line, margin, size, paper.dim, false);
        }
    }
    figure.height += size * 0.6;
    match plot::coordinates(of.table) {
        none if none.is_empty() => figure.table(of.table, margin, room, size)?,
        pairs => figure.plots(of.table, &pairs, margin, room, size),
    }
    figure.height += margin;
    if figure.height > HIGHEST { Err(too_large(of.table)) } else { Ok(figure) }
}

fn too_large(table: &Table) -> WriteError {
    WriteError::FigureTooLarge { rows: table.rows.len(), columns: columns(table).len() }
}

/// One of the columns that name the rows, its width in the size of its letters.
struct NameColumn {
    heading: String,
    texts: Vec<String>,
    width: f32,
}

/// Those that tell the rows apart; texts share what numbers leave of the room.
fn names(table: &Table, room: f32) -> Vec<NameColumn> {
    let column = |&at: &usize| {
        let heading = one_line(&table.keys[at].label);
        let texts: Vec<String> = table.rows.iter().map(|row| key_text(&row.keys[at])).collect();
        let width = texts.iter().map(|text| wide(text)).fold(wide(&heading), f32::max);
        NameColumn { heading, texts, width }
    };
    let mut names: Vec<NameColumn> = table.telling_keys().iter().map(column).collect();
    let fair = room / names.len().max(1) as f32;
    let (short, long): (Vec<f32>, Vec<f32>) = names.iter().map(|name| name.width).partition(|&width| width <= fair);
    let rest = (room - short.iter().sum::<f32>()) / long.len().max(1) as f32;
    for name in names.iter_mut().filter(|name| name.width > fair) {
        name.width = name.width.min(rest);
        name.heading = shortened(&name.heading, name.width);
        name.texts.iter_mut().for_each(|text| *text = shortened(text, name.width));
    }
    names
}

/// A column of numbers.
struct NumberColumn {
    heading: String,
    quantity: Quantity,
    numbers: Vec<Option<f32>>,
}

impl NumberColumn {
    fn texts(&self) -> impl Iterator<Item = String> {
        self.numbers.iter().map(|&number| self.quantity.readable(number, 1))
    }
}

/// Those of the heat map, or where a table has none its measures; none that is empty.
fn columns(table: &Table) -> Vec<NumberColumn> {
    let headings: Vec<(String, Quantity)> = match &table.cells {
        Some(cells) => cells.columns.iter().map(|name| (one_line(name), cells.quantity)).collect(),
        None => table.measures.iter().map(|measure| (heading(measure), measure.quantity)).collect(),
    };
    let numbers = |at: usize| {
        let of_row = |row: &TableRow| if table.cells.is_some() { row.cells[at] } else { row.measures[at] };
        table.rows.iter().map(of_row).collect()
    };
    let all = headings.into_iter().enumerate();
    let all = all.map(|(at, (heading, quantity))| NumberColumn { heading, quantity, numbers: numbers(at) });
    all.filter(|column| column.numbers.iter().any(Option::is_some)).collect()
}

/// Lines of at most so many of its size; a word that is longer stands alone.
fn wrapped(text: &str, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if wide(line) + wide(word) + 0.3 <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// As much of a text as there is room for, in its size.
pub(super) fn shortened(text: &str, room: f32) -> String {
    if wide(text) <= room {
        return text.to_owned();
    }
    let mut used = wide("…");
    let fits = |c: &char| {
        used += wide(c.encode_utf8(&mut [0; 4]));
        used <= room
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

impl Figure {
    pub(super) fn line(&mut self, text: String, x: f32, size: f32, ink: HtmlColor, is_bold: bool) {
        self.height += size * 1.35;
        self.word(text, (x, self.height - size * 0.35), Anchor::Start, size, ink).is_bold = is_bold;
    }

    pub(super) fn word(
        &mut self,
        text: String,
        at: (f32, f32),
        anchor: Anchor,
        size: f32,
        ink: HtmlColor,
    ) -> &mut Words {
        self.words.push_mut(Words { text, at, anchor, size, ink, is_bold: false, is_upright: false })
    }

    /// What names the rows, the numbers, the scale of their colours.
    fn table(&mut self, table: &Table, margin: f32, room: f32, size: f32) -> Result<(), WriteError> {
        let (names, columns) = (names(table, room * NAMES / size), columns(table));
        let left = names.iter().map(|name| (name.width + 0.7) * size).sum::<f32>();
        let width = ((room - left) / columns.len() as f32).min(size * 6.0);
        if width < FINEST {
            return Err(too_large(table));
        }
        let height = if table.rows.len() > 1 { width.clamp(size * 0.4, size * 1.6) } else { size * 1.6 };
        let widest = columns.iter().map(|column| wide(&column.heading)).fold(0.0, f32::max) * size;
        let is_upright = widest > width - size * 0.3;
        let label = if is_upright { size.min(width * 0.95) } else { size };
        let above = if is_upright { (widest * label / size).max(size) } else { size } + size * 0.4;
        let (x0, y0) = (margin + left, self.height + above);
        self.names(&names, (margin, y0), height, size);
        for (at, column) in columns.iter().enumerate() {
            let middle = x0 + (at as f32 + 0.5) * width;
            let (x, anchor) =
                if is_upright { (middle + label * 0.35, Anchor::Start) } else { (middle, Anchor::Middle) };
            self.word(column.heading.clone(), (x, y0 - size * 0.4), anchor, label, self.paper.ink).is_upright =
                is_upright;
        }
        let heat = Heat::of(table).filter(|heat| heat.tells());
        let widest = columns.iter().flat_map(NumberColumn::texts).map(|text| wide(&text)).fold(0.0, f32::max);
        let digits = (size * 0.85).min(height * 0.7).min(width / (widest + 0.3));
        let are_read = digits > size * LEAST_DIGITS;
        for (at, column) in columns.iter().enumerate() {
            let heat = heat.filter(|heat| heat.is_of(column.quantity));
            let digits = if are_read || heat.is_none() { digits } else { 0.0 };
            self.numbers(column, heat, [x0 + at as f32 * width, y0, width, height], digits);
        }
        self.height = y0 + table.rows.len() as f32 * height + size * 0.6;
        heat.into_iter().for_each(|heat| self.scale(heat, x0, size));
        Ok(())
    }

    /// The columns that name the rows, from a place on; `height` is that of a row.
    fn names(&mut self, names: &[NameColumn], (mut x, y0): (f32, f32), height: f32, size: f32) {
        let row_size = size.min(height * 0.95);
        for name in names {
            x += name.width * size;
            self.word(name.heading.clone(), (x, y0 - size * 0.4), Anchor::End, size, self.paper.dim);
            for (at, text) in name.texts.iter().enumerate() {
                let y = y0 + (at as f32 + 0.5) * height + row_size * 0.35;
                self.word(text.clone(), (x, y), Anchor::End, row_size, self.paper.ink);
            }
            x += size * 0.7;
        }
    }

    /// A column of numbers, below one another from its first cell on, on their colours; of size 0, the colours alone.
    fn numbers(&mut self, column: &NumberColumn, heat: Option<Heat>, [x, y0, width, height]: FigureBox, size: f32) {
        let gap = if width > GAP_FROM { 0.5 } else { 0.0 };
        for (at, (text, &number)) in column.texts().zip(&column.numbers).enumerate() {
            let y = y0 + at as f32 * height;
            let colors = heat.and_then(|heat| heat.shade(number)).map(|shade| shade.colors(self.paper.is_dark));
            self.boxes.extend(colors.map(|(color, _)| ([x, y, width - gap, height - gap], color)));
            if size > 0.0 {
                let ink = colors.map_or(self.paper.ink, |(_, ink)| ink);
                self.word(text, (x + width / 2.0, y + height / 2.0 + size * 0.35), Anchor::Middle, size, ink);
            }
        }
    }

    /// Numbers along the scale, with their colours between them.
    fn scale(&mut self, heat: Heat, mut x: f32, size: f32) {
        let size = size * 0.85;
        let y = self.height;
        for (number, shade) in heat.legend() {
            let length = wide(&number) * size;
            self.word(number, (x, y + size), Anchor::Start, size, self.paper.dim);
            x += length + size * 0.4;
            if let Some(shade) = shade {
                self.boxes.push(([x, y + size * 0.15, size * 1.4, size], shade.colors(self.paper.is_dark).0));
                x += size * 1.8;
            }
        }
        self.height += size * 1.3;
    }
}
