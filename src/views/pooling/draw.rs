//! The pooling view: BERT's two outputs, the poolings side by side, and how close two sentences are under each.

mod calibration;
mod closeness;
mod dimensions;
mod layers;
mod nearest;
mod overview;
mod scroll;
mod vectors;
mod verdict;
mod word_pairs;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::pages::{Page, Pages};
use crate::analysis::decimal;
use crate::messages::message;
use crate::state::{ClickTarget, Readings, State};
use crate::widgets::{
    Look,
    canvas::Canvas,
    text::{shorten, wrapped},
};

/// The cells of a pooling's name and a blank.
const NAME: u16 = 12;

/// Draws the page that is open; how far it can be scrolled.
pub(super) fn draw(
    pages: &Pages,
    state: &State,
    readings: &Readings,
    look: &Look,
    area: Rect,
    canvas: &mut Canvas,
) -> usize {
    names(pages.page, look, Rect { height: 1, ..area }, canvas);
    let gap = u16::from(area.height >= 24);
    let below = Rect { y: area.y + 1 + gap, height: area.height.saturating_sub(1 + gap), ..area };
    let inside = Rect { x: below.x + 1, width: below.width.saturating_sub(2), ..below };
    match (pages.page, &readings.pair) {
        (Page::Overview, _) => overview::draw(pages, state, readings, look, inside, canvas),
        (Page::Layers, _) => layers::draw(pages, state, readings, look, inside, canvas),
        (_, None) => {
            line(&second_sentence(state, look), look.theme.accent, inside, 0, canvas);
            0
        }
        (Page::Calibration, Some(pair)) => calibration::draw(pages, state, pair, look, inside, canvas),
        (Page::Dimensions, Some(_)) => dimensions::draw(pages, state, readings, look, inside, canvas),
        (Page::Words, Some(_)) => {
            word_pairs::draw(pages, state, readings, look, inside, canvas);
            0
        }
        (Page::Nearest, Some(pair)) => nearest::draw(pages, state, (readings, pair), look, inside, canvas),
    }
}

fn second_sentence(state: &State, look: &Look) -> String {
    message!("pooling-add-pair", key = look.way(state, "edit-pair"))
}

/// The names of the pages, and the key that leads through them.
fn names(open: Page, look: &Look, area: Rect, canvas: &mut Canvas) {
    let mut x = area.x + 1;
    for &page in Page::ALL {
        let (text, style) = match page == open {
            true => (format!("[{}]", page.title()), look.theme.accent),
            false => (format!(" {} ", page.title()), look.theme.dim),
        };
        (x, _) = canvas.set_stringn(x, area.y, text, usize::from(area.right().saturating_sub(x)), style);
        x += 1;
    }
    canvas.on_click(area, ClickTarget::Do("next-page"));
}

/// A bar from 0 to 1; a negative value leaves it empty.
fn bar(value: f32, look: &Look, area: Rect, buffer: &mut Buffer) {
    let halves = (value.clamp(0.0, 1.0) * f32::from(area.width) * 2.0).round() as usize;
    let text = "━".repeat(halves / 2) + if halves % 2 == 1 { "╸" } else { "" };
    let width = usize::from(area.width);
    buffer.set_stringn(area.x, area.y, "·".repeat(width), width, look.theme.border);
    buffer.set_stringn(area.x, area.y, text, width, look.theme.accent);
}

fn line(text: &str, style: Style, area: Rect, row: u16, buffer: &mut Buffer) {
    if row < area.height {
        buffer.set_string(area.x, area.y + row, shorten(text, usize::from(area.width)), style);
    }
}

/// Lines of text below each other, each in its style.
#[derive(Default)]
struct Lines(Vec<(String, Style)>);

impl Lines {
    /// Adds a text, in lines of at most so many cells.
    fn add(&mut self, text: &str, style: Style, width: u16) {
        self.0.extend(wrapped(text, usize::from(width)).into_iter().map(|line| (line, style)));
    }

    fn height(&self) -> u16 {
        self.0.len() as u16
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer) {
        for ((text, style), row) in self.0.iter().zip(0..) {
            line(text, *style, area, row, buffer);
        }
    }
}

fn two_decimals(value: f32) -> String {
    decimal(value.into(), 2)
}
