//! What the SVG picture draws as shapes, so that it tiles whatever the font: backgrounds, block
//! elements, box drawing and braille.

use std::fmt::Write as _;

use super::palette::{CELL_HEIGHT, CELL_WIDTH, SvgColor, SvgColors};

/// A rectangle `[x, y, width, height]`.
pub(super) type Rectangle = [f32; 4];

/// A colour and its opacity in percent.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Ink(pub(super) SvgColor, pub(super) u32);

impl Ink {
    /// The attributes that differ from what the document's root sets.
    pub(super) fn attributes(self, colors: &SvgColors) -> String {
        let mut attributes = String::new();
        if self.0 != colors.foreground {
            attributes = format!(" fill=\"{}\"", hex(self.0));
        }
        if self.1 < 100 {
            attributes += &format!(" fill-opacity=\"{}\"", self.1 as f32 / 100.0);
        }
        attributes
    }
}

pub(super) fn hex((red, green, blue): SvgColor) -> String {
    if [red, green, blue].iter().all(|part| part % 17 == 0) {
        format!("#{:x}{:x}{:x}", red / 17, green / 17, blue / 17)
    } else {
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The shapes of one band, gathered by ink in order of first use: one path element for each ink.
#[derive(Default)]
pub(super) struct Shapes(Vec<(Ink, Vec<Rectangle>, String)>);

impl Shapes {
    fn of(&mut self, ink: Ink) -> &mut (Ink, Vec<Rectangle>, String) {
        let found = self.0.iter().position(|shapes| shapes.0 == ink);
        let index = found.unwrap_or(self.0.len());
        if found.is_none() {
            self.0.push((ink, Vec::new(), String::new()));
        }
        &mut self.0[index]
    }

    /// Adds a rectangle, moved by `dx` and `dy`, and joined to the one that it continues.
    pub(super) fn add(&mut self, ink: Ink, [dx, dy]: [f32; 2], moved: Rectangle) {
        let [x, y, width, height] = [moved[0] + dx, moved[1] + dy, moved[2], moved[3]];
        let rectangles = &mut self.of(ink).1;
        // No cell adds more than eight rectangles, so the neighbour's are among the latest sixteen.
        let mut earlier = rectangles.iter_mut().rev().take(16);
        match earlier.find(|last| last[1] == y && last[3] == height && last[0] + last[2] == x) {
            Some(last) => last[2] += width,
            None => rectangles.push([x, y, width, height]),
        }
    }

    /// Adds path commands that go on from `start`, moved by `dx` and `dy`.
    pub(super) fn add_curve(&mut self, ink: Ink, [dx, dy]: [f32; 2], start: [f32; 2], path: &str) {
        let [x, y] = [start[0] + dx, start[1] + dy];
        let _ = write!(self.of(ink).2, "M{x} {y}{path}");
    }

    pub(super) fn paths(&self, colors: &SvgColors) -> String {
        let mut paths = String::new();
        for (ink, rectangles, curves) in &self.0 {
            let _ = write!(paths, "<path{} d=\"{curves}", ink.attributes(colors));
            for [x, y, width, height] in rectangles {
                let _ = write!(paths, "M{x} {y}h{width}v{height}H{x}");
            }
            paths += "\"/>\n";
        }
        paths
    }
}

/// The block elements U+2580–U+259F: rectangles in units of one cell, and their opacity in percent.
/// The thinnest, ▏ and ▕, are strokes: unsmoothed they would vanish from a picture made smaller.
pub(super) fn blocks(character: char) -> Option<(Vec<Rectangle>, u32)> {
    let code = character as u32;
    let eighth = |from: u32| (code - from) as f32 / 8.0;
    Some(match character {
        '▀' => (vec![[0.0, 0.0, 1.0, 0.5]], 100),
        '▁'..='█' => {
            let height = eighth(0x2580);
            (vec![[0.0, 1.0 - height, 1.0, height]], 100)
        }
        '▉'..='▎' => (vec![[0.0, 0.0, 1.0 - eighth(0x2588), 1.0]], 100),
        '▐' => (vec![[0.5, 0.0, 0.5, 1.0]], 100),
        '░'..='▓' => (vec![[0.0, 0.0, 1.0, 1.0]], 25 * (code - 0x2590)),
        '▔' => (vec![[0.0, 0.0, 1.0, 0.125]], 100),
        '▖'..='▟' => (quadrants(code), 100),
        _ => return None,
    })
}

/// The quadrant characters U+2596–U+259F, as quarters of a cell.
fn quadrants(code: u32) -> Vec<Rectangle> {
    // Bits: 1 upper left, 2 upper right, 4 lower left, 8 lower right; in code point order.
    const FILLED: [u8; 10] = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14];
    let filled = FILLED[(code - 0x2596) as usize % FILLED.len()];
    let corners = [(0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)];
    let filled = corners.into_iter().zip(0..).filter(|(_, bit)| filled & (1 << bit) != 0);
    filled.map(|((x, y), _)| [x, y, 0.5, 0.5]).collect()
}

/// What a character that is drawn with thin strokes is made of, in pixels from the cell's corner.
pub(super) struct Strokes {
    pub(super) rectangles: Vec<Rectangle>,
    /// A rounded corner: where it starts, and the path commands from there.
    pub(super) curve: Option<([f32; 2], &'static str)>,
}

/// Box drawing (light, heavy, rounded; dashed and double lines are left to the font), braille, ▏▕.
pub(super) fn strokes(character: char) -> Option<Strokes> {
    // The two rows list the same shapes, `ARMS` the sides that each reaches:
    // left 1, right 2, up 4, down 8.
    const LIGHT: &str = "─│┌┐└┘├┤┬┴┼╴╵╶╷";
    const HEAVY: &str = "━┃┏┓┗┛┣┫┳┻╋╸╹╺╻";
    const ARMS: [u8; 15] = [3, 12, 10, 9, 6, 5, 14, 13, 11, 7, 15, 1, 4, 2, 8];
    let arms = |set: &str| Some(ARMS[set.chars().position(|drawn| drawn == character)?]);
    // Bands one pixel wide, from the end of the vertical arm around the corner to the cell's side.
    let curve = match character {
        '╭' => Some(([4.0, 18.0], "v-4q0-5 5-5v1q-4 0-4 4v4")),
        '╮' => Some(([4.0, 18.0], "v-4q0-4-4-4v-1q5 0 5 5v4")),
        '╯' => Some(([4.0, 0.0], "v5q0 4-4 4v1q5 0 5-5v-5")),
        '╰' => Some(([4.0, 0.0], "v5q0 5 5 5v-1q-4 0-4-4v-5")),
        _ => None,
    };
    let rectangles = match character {
        '╭' | '╮' | '╯' | '╰' => Vec::new(),
        '▏' => vec![[0.0, 0.0, 1.125, 18.0]],
        '▕' => vec![[7.875, 0.0, 1.125, 18.0]],
        '\u{2800}'..='\u{28ff}' => braille(character as u32 - 0x2800),
        _ => match arms(LIGHT) {
            Some(light) => lines(light, 1.0),
            None => lines(arms(HEAVY)?, 3.0),
        },
    };
    Some(Strokes { rectangles, curve })
}

/// The arms of a box-drawing character; they overlap in the middle, so that corners are square.
fn lines(arms: u8, weight: f32) -> Vec<Rectangle> {
    // Light lines fill exactly the pixels in column 4 and row 9 of the cell.
    let (left, top) = (4.5 - weight / 2.0, 9.5 - weight / 2.0);
    let reach = |low: u8, high: u8, start: f32, full: f32| {
        let from = if arms & low != 0 { 0.0 } else { start };
        let to = if arms & high != 0 { full } else { start + weight };
        (arms & (low | high) != 0).then_some((from, to - from))
    };
    let across = reach(1, 2, left, CELL_WIDTH).map(|(x, width)| [x, top, width, weight]);
    let down = reach(4, 8, top, CELL_HEIGHT).map(|(y, height)| [left, y, weight, height]);
    across.into_iter().chain(down).collect()
}

/// The dots of a braille pattern.
fn braille(pattern: u32) -> Vec<Rectangle> {
    // The bit of each dot, left and right, and the pixel rows where it starts.
    const BITS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
    const TOPS: [f32; 4] = [1.0, 6.0, 10.0, 15.0];
    let mut dots = Vec::new();
    for ([left, right], top) in BITS.into_iter().zip(TOPS) {
        for (bit, x) in [(left, 1.0), (right, 6.0)] {
            if pattern & bit != 0 {
                dots.push([x, top, 2.0, 2.0]);
            }
        }
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn block_elements_fill_parts_of_the_cell() {
        assert_eq!(blocks('▂'), Some((vec![[0.0, 0.75, 1.0, 0.25]], 100)));
        assert_eq!(blocks('▊'), Some((vec![[0.0, 0.0, 0.75, 1.0]], 100)));
        assert_eq!(blocks('▓'), Some((vec![[0.0, 0.0, 1.0, 1.0]], 75)));
        let rising = vec![[0.5, 0.0, 0.5, 0.5], [0.0, 0.5, 0.5, 0.5]];
        assert_eq!(blocks('▞'), Some((rising, 100)));
        let drawn = |c| blocks(c).is_some() || strokes(c).is_some();
        assert!(('\u{2580}'..='\u{259f}').all(drawn));
        assert!(!drawn('a') && !drawn('═'));
    }

    #[test]
    fn lines_reach_the_sides_and_dots_their_places() {
        let rectangles = |c| strokes(c).map(|strokes| strokes.rectangles);
        let corner = vec![[4.0, 9.0, 5.0, 1.0], [4.0, 9.0, 1.0, 9.0]];
        assert_eq!(rectangles('┌'), Some(corner));
        assert_eq!(rectangles('━'), Some(vec![[0.0, 8.0, 9.0, 3.0]]));
        let dots = vec![[6.0, 1.0, 2.0, 2.0], [1.0, 15.0, 2.0, 2.0]];
        assert_eq!(rectangles('⡈'), Some(dots));
        assert_eq!(rectangles('\u{2800}'), Some(vec![]));
        assert!(strokes('╭').is_some_and(|strokes| strokes.curve.is_some()));
    }
}
