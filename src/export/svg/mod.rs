//! A terminal frame as a stand-alone SVG picture.
//!
//! Three layers: cells (backgrounds and block elements, in units of one cell, not smoothed so that
//! they tile), then lines and text in pixels. For small files that still compare well in git, shapes
//! are gathered by colour within a band of rows, one line for each, and text is one line for each
//! row. There is no style sheet: attributes are what every renderer understands.

mod glyphs;
mod palette;

use std::fmt::Write as _;
use std::mem::{swap, take};

use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::style::Modifier;

use glyphs::{Ink, Rectangle, Shapes, Strokes, blocks, hex, strokes};
use palette::{CELL_HEIGHT, CELL_WIDTH};
pub use palette::{DARK, LIGHT, SvgColors};

const PADDING: f32 = 12.0;
/// From the top of a cell down to the baseline of its text.
const BASELINE: f32 = 14.0;
/// At this size most monospace fonts advance by `CELL_WIDTH`, for renderers that know no
/// `textLength` (librsvg). ImageMagick needs the quotes and the blanks before the commas.
const FONT: &str = "font-size=\"15\" font-family=\"ui-monospace , 'SFMono-Regular' , 'Menlo' , \
    'Cascadia Mono' , 'Consolas' , 'DejaVu Sans Mono' , 'Liberation Mono' , monospace\"";
const BOLD: &str = " font-weight=\"bold\"";
const ITALIC: &str = " font-style=\"italic\"";
/// Opacity of dim text, in percent.
const DIM: u32 = 60;
/// Rows that share their paths; more make a smaller file, fewer a shorter difference.
const BAND: usize = 12;

/// Draws `buffer` as an SVG document of 9 × 18 pixels per cell.
///
/// The output depends on nothing but the arguments, holds no script and refers to nothing outside
/// itself. Control characters in a cell are left out.
pub fn svg(buffer: &Buffer, colors: &SvgColors) -> String {
    let columns = usize::from(buffer.area.width).max(1);
    let mut picture = Picture::default();
    for (index, row) in buffer.content.chunks(columns).enumerate() {
        if index % BAND == 0 {
            picture.end_band(colors);
        }
        picture.row(row, index as f32, colors);
    }
    picture.end_band(colors);

    let (cells, lines, texts) = (picture.cells, picture.lines, picture.texts);
    let width = f32::from(buffer.area.width) * CELL_WIDTH + 2.0 * PADDING;
    let height = f32::from(buffer.area.height) * CELL_HEIGHT + 2.0 * PADDING;
    let (foreground, background) = (hex(colors.foreground), hex(colors.background));
    let border = hex(colors.ansi[8]);
    // ImageMagick strokes everything in black unless told otherwise.
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" fill=\"{foreground}\" stroke=\"none\" {FONT} \
         xml:space=\"preserve\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{border}\"/>\n\
         <rect x=\"1\" y=\"1\" width=\"{}\" height=\"{}\" rx=\"7\" fill=\"{background}\"/>\n\
         <g transform=\"matrix({CELL_WIDTH} 0 0 {CELL_HEIGHT} {PADDING} {PADDING})\" \
         shape-rendering=\"crispEdges\">\n{cells}</g>\n\
         <g transform=\"translate({PADDING} {PADDING})\">\n{lines}{texts}</g>\n</svg>\n",
        width - 2.0,
        height - 2.0,
    )
}

/// The finished lines of each layer, and what is not yet written.
#[derive(Default)]
struct Picture {
    cells: String,
    lines: String,
    texts: String,
    band_grounds: Shapes,
    band_blocks: Shapes,
    band_lines: Shapes,
    run: Option<TextRun>,
}

/// A stretch of text in one style; `place` counts cells.
struct TextRun {
    place: Rectangle,
    style: String,
    text: String,
    /// Shares its element with no other cell: a wide character or one that a font may lack.
    alone: bool,
}

impl Picture {
    fn end_band(&mut self, colors: &SvgColors) {
        self.cells += &take(&mut self.band_grounds).paths(colors);
        self.cells += &take(&mut self.band_blocks).paths(colors);
        self.lines += &take(&mut self.band_lines).paths(colors);
    }

    fn row(&mut self, cells: &[Cell], y: f32, colors: &SvgColors) {
        let written = self.texts.len();
        let mut x = 0;
        while let Some(cell) = cells.get(x) {
            let symbol = cell.symbol().chars();
            let text: String = symbol.filter(|c| is_printable(*c)).collect();
            // The cells behind a wide character are hidden by it, backgrounds included.
            let columns = usize::from(text.cell_width()).clamp(1, cells.len() - x);
            self.cell(cell, text, [x as f32, y, columns as f32, 1.0], colors);
            x += columns;
        }
        self.end_run();
        if self.texts.len() > written {
            self.texts.push('\n');
        }
    }

    /// Draws `text` in the style of `cell` on `place`, which counts cells.
    fn cell(&mut self, cell: &Cell, text: String, place: Rectangle, colors: &SvgColors) {
        let has = |modifier| cell.modifier.contains(modifier);
        let mut foreground = colors.resolve(cell.fg, colors.foreground);
        let mut background = colors.resolve(cell.bg, colors.background);
        if has(Modifier::REVERSED) {
            swap(&mut foreground, &mut background);
        }
        if background != colors.background {
            self.band_grounds.add(Ink(background, 100), [0.0, 0.0], place);
        }
        if has(Modifier::HIDDEN) {
            return;
        }
        let ink = Ink(foreground, if has(Modifier::DIM) { DIM } else { 100 });
        let [x, y, columns, _] = place;
        let corner = [x * CELL_WIDTH, y * CELL_HEIGHT];
        for (modifier, down) in [(Modifier::UNDERLINED, 16.0), (Modifier::CROSSED_OUT, 9.0)] {
            if has(modifier) {
                let line = [0.0, down, columns * CELL_WIDTH, 1.0];
                self.band_lines.add(ink, corner, line);
            }
        }
        let Some(first) = text.trim().chars().next() else {
            return;
        };
        if let Some((rectangles, percent)) = blocks(first) {
            let ink = Ink(foreground, ink.1 * percent / 100);
            for block in rectangles {
                self.band_blocks.add(ink, [x, y], block);
            }
        } else if let Some(Strokes { rectangles, curve }) = strokes(first) {
            for line in rectangles {
                self.band_lines.add(ink, corner, line);
            }
            if let Some((start, path)) = curve {
                self.band_lines.add_curve(ink, corner, start, path);
            }
        } else {
            let mut style = ink.attributes(colors);
            for (modifier, attribute) in [(Modifier::BOLD, BOLD), (Modifier::ITALIC, ITALIC)] {
                if has(modifier) {
                    style += attribute;
                }
            }
            // Up to Cyrillic, monospace fonts are complete and text runs from left to right.
            let alone = columns > 1.0 || first >= '\u{530}';
            self.text(place, style, &text, alone);
        }
    }

    /// Continues the run over at most one blank, or starts a new one: nothing drifts over a gap.
    fn text(&mut self, place: Rectangle, style: String, text: &str, alone: bool) {
        if let Some(run) = &mut self.run {
            let gap = place[0] - run.place[0] - run.place[2];
            if gap <= 1.0 && run.style == style && !run.alone && !alone {
                run.text += if gap > 0.0 { " " } else { "" };
                run.text += text;
                run.place[2] += gap + place[2];
                return;
            }
        }
        self.end_run();
        let text = text.to_owned();
        self.run = Some(TextRun { place, style, text, alone });
    }

    fn end_run(&mut self) {
        let Some(run) = self.run.take() else {
            return;
        };
        let [x, y, columns, _] = run.place;
        let (x, length) = (x * CELL_WIDTH, columns * CELL_WIDTH);
        let y = y * CELL_HEIGHT + BASELINE;
        let (style, text) = (run.style, escape(&run.text));
        let _ = write!(
            self.texts,
            "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" \
             lengthAdjust=\"spacingAndGlyphs\"{style}>{text}</text>"
        );
    }
}

/// Whether XML may hold `c` and it stays in place.
fn is_printable(c: char) -> bool {
    crate::printable::is_printable(c) && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::*;

    fn picture(text: &str, style: impl Into<Style>) -> String {
        let mut buffer = Buffer::empty(Rect::new(3, 2, 24, 2));
        buffer.set_string(3, 2, text, style);
        let picture = svg(&buffer, &DARK);
        assert_well_formed(&picture);
        picture
    }

    /// Every tag is closed in order, every attribute quoted, and no markup is left in the text.
    fn assert_well_formed(document: &str) {
        let mut open = Vec::new();
        for piece in document.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').expect("an unclosed tag");
            assert!(!text.contains(['>', '"']), "{text}");
            for entity in text.split('&').skip(1) {
                let known = ["amp;", "lt;", "gt;", "quot;"];
                assert!(known.iter().any(|name| entity.starts_with(name)), "{text}");
            }
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name));
                continue;
            }
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            let outside: Vec<_> = attributes.split('"').step_by(2).collect();
            let (end, names) = outside.split_last().expect("at least one piece");
            assert!(names.iter().all(|name| name.ends_with('=')), "{tag}");
            match *end {
                "" => open.push(name),
                end => assert_eq!(end, "/", "{tag}"),
            }
        }
        assert!(document.starts_with('<') && open.is_empty(), "{open:?}");
    }

    #[test]
    fn wide_characters_keep_the_columns() {
        let picture = picture("ab東😀 cd", Style::new());
        let fit = "y=\"14\" textLength=\"18\" lengthAdjust=\"spacingAndGlyphs\"";
        for (x, text) in [(0, "ab"), (18, "東"), (36, "😀"), (63, "cd")] {
            let expected = format!("<text x=\"{x}\" {fit}>{text}</text>");
            assert!(picture.contains(&expected), "{expected} in {picture}");
        }
    }

    #[test]
    fn markup_is_escaped() {
        assert!(picture("<a> & \"b\"", Style::new()).contains(">&lt;a&gt; &amp; &quot;b&quot;<"));
    }

    #[test]
    fn styles_are_drawn() {
        let reversed = picture("x", Style::new().reversed().bg(Color::Rgb(1, 2, 3)));
        assert!(reversed.contains("<path d=\"M0 0h1v1H0\"/>"), "{reversed}");
        assert!(reversed.contains(" fill=\"#010203\">x<"), "{reversed}");
        let styled = picture("x y", Style::new().bold().dim().italic().underlined());
        let attributes = "fill-opacity=\"0.6\" font-weight=\"bold\" font-style=\"italic\">x y<";
        assert!(styled.contains(attributes), "{styled}");
        assert!(styled.contains("<path fill-opacity=\"0.6\" d=\"M0 16h27v1H0\"/>"));
        assert!(!picture("secret", Style::new().hidden()).contains("<text"));
    }

    #[test]
    fn colors_are_those_of_the_theme_and_of_xterm() {
        let of = |color| DARK.resolve(color, DARK.foreground);
        assert_eq!(of(Color::Reset), DARK.foreground);
        assert_eq!(of(Color::LightRed), DARK.ansi[9]);
        assert_eq!(of(Color::Indexed(9)), DARK.ansi[9]);
        assert_eq!(of(Color::Indexed(208)), (255, 135, 0));
        assert_eq!(of(Color::Indexed(255)), (238, 238, 238));
    }

    #[test]
    fn blocks_and_lines_are_shapes() {
        let blocks = picture("▄▄▍░", Style::new());
        assert!(blocks.contains("<path d=\"M0 0.5h2v0.5H0M2 0h0.375v1H2\"/>"), "{blocks}");
        assert!(blocks.contains("<path fill-opacity=\"0.25\" d=\"M3 0h1v1H3\"/>"), "{blocks}");
        let lines = picture("┌─╮", Style::new());
        let path = "M22 18v-4q0-4-4-4v-1q5 0 5 5v4M4 9h14v1H4M4 9h1v9H4";
        assert!(lines.contains(path), "{lines}");
        assert!(!(blocks + &lines).contains("<text"));
    }

    #[test]
    fn control_characters_are_left_out() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer[(0, 0)].set_symbol("\u{1b}[");
        buffer[(1, 0)].set_symbol("\u{7}");
        buffer[(2, 0)].set_symbol("z");
        let picture = svg(&buffer, &LIGHT);
        assert_well_formed(&picture);
        assert!(picture.contains(">[ z<"), "{picture}");
        assert!(!picture.contains(|c: char| c.is_control() && c != '\n'));
    }

    #[test]
    fn a_full_heat_map_stays_small() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
        for (index, cell) in buffer.content.iter_mut().enumerate() {
            let level = (index as u32).wrapping_mul(2_654_435_761).to_be_bytes()[0];
            cell.bg = Color::Rgb(level, 40, 255 - level);
        }
        let picture = svg(&buffer, &DARK);
        assert_well_formed(&picture);
        assert!(picture.len() < 80_000, "{} bytes", picture.len());
        assert_eq!(svg(&Buffer::empty(Rect::ZERO), &DARK).lines().count(), 8);
    }
}
