//! The direct parts of a logit by layers and heads, as a heat map.

use ratatui::{layout::Rect, style::Style};

use super::{WhyPanel, none};
use crate::{
    analysis::signed,
    bert::DirectParts,
    messages::{label, listed, message},
    state::LogitWhy,
    widgets::{
        cells::{heat, signed_shade, signed_share},
        heat_map::{self, LABEL},
        text::{BETWEEN, cells, fitting, or_dash, right_aligned, shorten},
    },
};

/// Of a head with its number, and the narrowest without.
const HEAD: (u16, u16) = (7, 2);
/// Of a head with its number in short.
const SHORT_HEAD: u16 = 5;

impl WhyPanel<'_, '_> {
    /// A row for each layer; a column for each head and the feed-forward block.
    pub(super) fn heads(&mut self, why: &LogitWhy) {
        let Some(parts) = &why.parts else { return self.line(&none(why), self.look.theme.dim) };
        let (direct, trace) = (&parts.direct, &why.reading.trace);
        let number = |number: f32| or_dash(number, |number| signed(number, 4));
        let embeddings = message!("output-why-embeddings", part = number(direct.embeddings));
        let biases = message!("output-why-all-biases", part = number(direct.biases));
        let room = usize::from(self.area.width.saturating_sub(2));
        let beside = fitting([embeddings, biases], BETWEEN, room);
        let beside_them = largest_parts(direct, trace.heads, room.saturating_sub(cells(&beside) + cells(BETWEEN)));
        let is_beside = beside_them.is_some();
        let text = fitting([beside].into_iter().chain(beside_them), BETWEEN, room);
        self.line(&text, self.look.theme.text);
        // Where every layer has room, so has a line of their own.
        if !is_beside && usize::from(self.area.height) > trace.layers + 1 {
            largest_parts(direct, trace.heads, room).iter().for_each(|text| self.line(text, self.look.theme.text));
        }
        let largest = direct.heads.iter().chain(&direct.feed_forward).map(|part| part.abs()).fold(0.0, f32::max);
        let columns = trace.heads + 1;
        let across = self.area.width.saturating_sub(LABEL + 1);
        let width = (across / columns as u16).min(HEAD.0).max(HEAD.1);
        let in_view = columns.min(usize::from(across / width));
        let (x, y) = (self.area.x + LABEL, self.area.y);
        if self.area.height < 2 {
            return;
        }
        for (column, x) in (0..in_view).zip((x..).step_by(width.into())) {
            let name =
                if column < trace.heads { (column + 1).to_string() } else { label!("output-why-ff").text().to_owned() };
            // Behind the last column there may be room.
            let room = if column == trace.heads { self.area.right().saturating_sub(x) } else { width };
            let name = shorten(&name, usize::from(room)).into_owned();
            self.canvas.set_string(x, y, right_aligned(&name, width - 1), self.look.theme.heading);
        }
        self.take();
        if in_view < columns {
            let end = x + in_view as u16 * width;
            self.canvas.set_string(end.min(self.area.right() - 1), self.area.y - 1, "›", self.look.theme.accent);
        }
        for layer in self.last(trace.layers) {
            let (y, name) = (self.area.y, message!("layers-row", layer = format!("{:>2}", layer + 1)));
            heat_map::label(&name, false, self.look, self.area.x, y, self.canvas);
            let heads = &direct.heads[layer * trace.heads..][..trace.heads];
            let parts = heads.iter().chain(&direct.feed_forward[layer..=layer]);
            for (part, x) in parts.take(in_view).zip((x..).step_by(width.into())) {
                self.cell(*part, largest, Rect { x, y, width, height: 1 });
            }
            self.take();
        }
        self.legend(largest);
    }

    /// What the colours, or the shades, stand for, where there is a line for it.
    fn legend(&mut self, largest: f32) {
        /// Of a patch, with the blank behind it.
        const PATCH: u16 = 3;
        if self.area.height < 2 || largest <= 0.0 || largest.is_nan() {
            return;
        }
        self.take();
        let mut x = self.area.x + 2;
        for share in [-1.0, -0.5, 0.0, 0.5, 1.0] {
            let number = if share == 0.0 { "0".to_owned() } else { signed(share * largest, 2) };
            let width = cells(&number) as u16 + 1 + PATCH + 1;
            if x + width > self.area.right() {
                return;
            }
            self.canvas.set_string(x, self.area.y, &number, self.look.theme.dim);
            let at = Rect { x: x + width - PATCH - 1, y: self.area.y, width: PATCH, height: 1 };
            self.cell(share * largest, largest, at);
            x += width;
        }
        self.take();
    }

    fn cell(&mut self, part: f32, largest: f32, at: Rect) {
        let inside = usize::from(at.width - 1);
        let text = match at.width {
            width if width >= HEAD.0 => or_dash(part, |part| signed(part, 3)),
            width if width >= SHORT_HEAD => or_dash(part, in_short),
            _ => String::new(),
        };
        let text = if cells(&text) > inside { shorten(&text, inside).into_owned() } else { text };
        if self.look.theme.has_color() {
            let background = heat(&self.look.theme, part, largest, true);
            let style = Style::new().bg(background).fg(self.look.theme.on(background));
            self.canvas.set_string(at.x, at.y, right_aligned(&text, inside as u16), style);
        } else if text.is_empty() {
            let (text, style) = signed_shade(signed_share(part, largest), inside, self.look.theme.text);
            self.canvas.set_string(at.x, at.y, text, style);
        } else {
            self.canvas.set_string(at.x, at.y, right_aligned(&text, inside as u16), self.look.theme.text);
        }
    }
}

/// In four cells: `+.35`, `−1.2`, `+12`.
fn in_short(part: f32) -> String {
    let digits = match part.abs() {
        small if small < 0.995 => signed(part, 2).replacen('0', "", 1),
        large if large < 9.95 => signed(part, 1),
        _ => signed(part, 0),
    };
    if digits.trim_matches(['+', '−', '.', '0']).is_empty() { "0".to_owned() } else { digits }
}

/// The heads and feed-forward blocks with the largest parts, whatever their signs, as many as fit: `largest 6.FF +2.10, 6.3 −0.81`.
fn largest_parts(direct: &DirectParts, heads: usize, room: usize) -> Option<String> {
    let of_head = |(at, part): (usize, &f32)| (format!("{}.{}", at / heads + 1, at % heads + 1), *part);
    let of_block = |(layer, part): (usize, &f32)| (format!("{}.{}", layer + 1, label!("output-why-ff").text()), *part);
    let blocks = direct.feed_forward.iter().enumerate().map(of_block);
    let mut parts: Vec<(String, f32)> = direct.heads.iter().enumerate().map(of_head).chain(blocks).collect();
    parts.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
    let of = |count: usize| {
        let named = parts.iter().take(count).map(|(name, part)| format!("{name} {}", signed(*part, 2)));
        message!("output-why-largest", parts = listed(named))
    };
    (1..=6).rev().map(of).find(|text| cells(text) <= room)
}

#[cfg(test)]
mod tests {
    use super::in_short;

    #[test]
    fn a_part_fits_into_four_cells() {
        let parts = [0.354, -0.049, 0.004, -0.004, 0.996, -1.25, 9.96, -123.0].map(in_short);
        assert_eq!(parts, ["+.35", "−.05", "0", "0", "+1.0", "−1.2", "+10", "−123"]);
    }
}
