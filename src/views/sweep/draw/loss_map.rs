//! All heads, or all words, as they stand, each in the colour of what is lost without it.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use crate::{
    analysis::{Affected, Part, PartName, PartState},
    messages::{label, message},
    printable::printable,
    state::ClickTarget,
    views::sweep::{names, state::SweepState},
    widgets::{
        Look,
        canvas::Canvas,
        cells,
        heat_map::{self, LABEL},
        text::{cells as width_of, shorten},
    },
};

/// The widest and the narrowest cell of a head.
const WIDEST: u16 = 7;
const NARROWEST: u16 = 2;
/// The most lines of a head.
const TALLEST: u16 = 5;
/// Cells wide enough for a number in brackets, ` .031 `; the last may reach into the blank between heads.
const WITH_NUMBER: u16 = 6;
/// Caption, numbers of the heads, a blank line and the legend.
const WORDS: u16 = 4;

/// Layers by heads.
pub(super) struct LossGrid {
    layers: u16,
    heads: u16,
    /// Cells and lines of a head.
    width: u16,
    height: u16,
}

impl LossGrid {
    /// None where there is no room beside a list of this width.
    pub(super) fn new(sweep: &SweepState, area: Rect, list: u16) -> Option<Self> {
        let last = sweep.parts().last()?;
        let PartName::Head { layer, head } = last.name else { return None };
        let (layers, heads) = (u16::try_from(layer + 1).ok()?, u16::try_from(head + 1).ok()?);
        let width = (area.width.checked_sub(list + LABEL + 3)? / heads).min(WIDEST);
        let height = (area.height.checked_sub(WORDS)? / layers).min(TALLEST);
        (width >= NARROWEST && height > 0).then_some(Self { layers, heads, width, height })
    }

    /// Cells of the whole.
    pub(super) fn width(&self) -> u16 {
        // The caption wants some.
        (LABEL + self.heads * self.width).max(30)
    }

    pub(super) fn draw(&self, sweep: &SweepState, look: &Look, area: Rect, canvas: &mut Canvas) {
        let theme = &look.theme;
        let subject = sweep.subject();
        let top = sweep.largest(&[subject]);
        let title = match subject {
            Affected::Cell => message!("sweep-map-cell", cell = names::cell(sweep)),
            Affected::Output => message!("sweep-map-output", output = names::affected(sweep, subject)),
            _ => message!("sweep-map-title", pooling = names::affected(sweep, subject)),
        };
        canvas.set_stringn(area.x, area.y, title, usize::from(area.width), theme.heading);
        canvas.set_string(area.x, area.y + 1, format!("{:>9}", label!("heads-head-column")), theme.dim);
        let x_of = |head: usize| area.x + LABEL + head as u16 * self.width;
        let (mut chosen, selected) = ((None, None), sweep.selected_part());
        if let Some(PartName::Head { layer, head }) = selected.map(|part| &part.name) {
            chosen = (Some(*layer), Some(*head));
        }
        for head in 0..usize::from(self.heads) {
            let style = if chosen.1 == Some(head) { theme.accent.add_modifier(Modifier::BOLD) } else { theme.heading };
            let inside = usize::from(self.width - 1);
            let number = format!("{:>width$}", head + 1, width = inside.min(4));
            // In narrow cells two digits leave no blank.
            let number = if inside > 1 || head % 2 == 0 { number } else { String::new() };
            canvas.set_stringn(x_of(head), area.y + 1, number, usize::from(self.width), style);
        }
        for (at, part) in sweep.parts().iter().enumerate() {
            let PartName::Head { layer, head } = part.name else { continue };
            let y = area.y + 2 + layer as u16 * self.height;
            if head == 0 {
                let middle = y + (self.height - 1) / 2;
                let name = message!("layers-row", layer = format!("{:>2}", layer + 1));
                heat_map::label(&name, chosen.0 == Some(layer), look, area.x, middle, canvas);
            }
            let cell = Rect { x: x_of(head), y, width: self.width, height: self.height };
            let here = chosen == (Some(layer), Some(head));
            self.head(part, sweep, top, here, look, cell, canvas);
            if let Some(line) = sweep.line_of(at) {
                canvas.on_click(cell, ClickTarget::Line(line));
            }
        }
        let below = area.y + 2 + self.layers * self.height + 1;
        if below < area.bottom() {
            legend(top, look, Rect { x: area.x + LABEL, y: below, height: 1, width: area.width - LABEL }, canvas);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one cell, and what it is drawn with")]
    fn head(
        &self,
        part: &Part,
        sweep: &SweepState,
        top: f32,
        here: bool,
        look: &Look,
        area: Rect,
        buffer: &mut Buffer,
    ) {
        let theme = &look.theme;
        let inside = usize::from(area.width - 1);
        let middle = area.y + (area.height - 1) / 2;
        let loss = part.effect().and_then(|effect| effect.loss(sweep.subject()));
        let Some(loss) = loss else {
            let (text, style) = match part.state {
                PartState::Off => (if inside < 3 { "×" } else { label!("sweep-ablated").text() }, theme.warning),
                _ => ("·", theme.dim),
            };
            buffer.set_stringn(area.x, middle, text, inside, if here { theme.cursor } else { style });
            return;
        };
        let style = paint(loss, top, look);
        let shade = if theme.has_color() { " " } else { cells::shade(cells::share(loss, top)) };
        for y in area.y..area.bottom() {
            buffer.set_string(area.x, y, shade.repeat(inside), style);
        }
        if here {
            buffer.set_string(area.x, middle, if inside > 1 { "[" } else { "+" }, theme.cursor);
            if inside > 1 {
                let end = if area.width >= WITH_NUMBER { WITH_NUMBER - 1 } else { area.width - 2 };
                buffer.set_string(area.x + end, middle, "]", theme.cursor);
            }
        }
        if area.width >= WITH_NUMBER {
            let number = number(loss, WITH_NUMBER - 2);
            buffer.set_string(area.x + 1, middle, number, if theme.has_color() { style } else { theme.text });
        }
    }
}

/// The words as they are read, each on the colour of what is lost without it; how many lines they take.
pub(super) fn words(sweep: &SweepState, look: &Look, area: Rect, canvas: &mut Canvas) -> u16 {
    let (subject, selected) = (sweep.subject(), sweep.selected_part());
    let top = sweep.largest(&[subject]);
    let (mut x, mut y) = (area.x + 1, area.y);
    for (at, part) in sweep.parts().iter().enumerate() {
        let PartName::Word { text, .. } = &part.name else { continue };
        let text = format!(" {} ", shorten(&printable(text), usize::from(area.width.saturating_sub(5))));
        let width = width_of(&text) as u16;
        if x + width + 1 > area.right() {
            (x, y) = (area.x + 1, y + 1);
        }
        if y >= area.bottom() {
            canvas.set_string(area.right() - 1, area.bottom() - 1, "›", look.theme.accent);
            return area.height;
        }
        let loss = part.effect().and_then(|effect| effect.loss(subject));
        let style = match loss {
            Some(loss) => paint(loss, top, look),
            None if part.state == PartState::Off => look.theme.warning.add_modifier(Modifier::CROSSED_OUT),
            None => look.theme.dim,
        };
        canvas.set_string(x, y, &text, style);
        if selected == Some(part) {
            canvas.set_style(
                Rect { x: x + 1, y, width: width - 2, height: 1 },
                Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            );
        }
        if let (Some(loss), false) = (loss, look.theme.has_color()) {
            canvas.set_string(x, y, cells::shade(cells::share(loss, top)), look.theme.text);
        }
        if let Some(line) = sweep.line_of(at) {
            canvas.on_click(Rect { x, y, width, height: 1 }, ClickTarget::Line(line));
        }
        x += width + 1;
    }
    y + 1 - area.y
}

fn paint(loss: f32, top: f32, look: &Look) -> Style {
    if look.theme.has_color() { cells::color(look, loss, top) } else { look.theme.text }
}

/// A loss in `width` cells: `.0312`, `1.04`.
fn number(loss: f32, width: u16) -> String {
    let decimals = usize::from(width.saturating_sub(1)).max(1);
    let text = format!("{loss:.decimals$}");
    match text.strip_prefix('0') {
        Some(rest) => rest.to_owned(),
        None => format!("{loss:.decimals$}", decimals = decimals.saturating_sub(1)),
    }
}

/// What the colours stand for.
fn legend(top: f32, look: &Look, area: Rect, buffer: &mut Buffer) {
    const STEPS: u16 = 12;
    let (mut x, _) = buffer.set_stringn(area.x, area.y, "0 ", usize::from(area.width), look.theme.dim);
    for step in 0..STEPS.min(area.right().saturating_sub(x + 8)) {
        let share = (f32::from(step) + 0.5) / f32::from(STEPS);
        let (symbol, style) = if look.theme.has_color() {
            (" ", Style::new().bg(look.theme.sequential(share)))
        } else {
            (cells::shade(share), look.theme.text)
        };
        buffer.set_string(x, area.y, symbol, style);
        x += 1;
    }
    let room = usize::from(area.right().saturating_sub(x));
    buffer.set_stringn(x, area.y, format!(" {top:.4}"), room, look.theme.dim);
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_loss_fits_its_cell() {
        assert_eq!(number(0.0312, 4), ".031");
        assert_eq!(number(0.99999, 4), "1.00");
        assert_eq!(number(1.25, 4), "1.25");
        assert_eq!(number(0.5, 3), ".50");
    }
}
