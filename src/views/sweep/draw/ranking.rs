//! The ranked list: a line for each head or word, with its cosines and how much they lose.

use ratatui::{layout::Rect, style::Modifier};

use crate::{
    analysis::{Affected, Effect, PartName, PartState, SweepOrder, Swept, narrow_cosine, signed},
    messages::{label, message},
    printable::printable,
    state::ClickTarget,
    views::sweep::{
        names,
        state::{SweepLine, SweepState},
    },
    widgets::{
        Look,
        canvas::Canvas,
        columns::window,
        heat_map,
        text::{cells, shorten},
    },
};

/// `▸  12 ` left of the name.
const RANK: u16 = 6;
/// `0.9312 ` left of a bar.
const NUMBER: u16 = 7;
/// Between two columns.
const GAP: u16 = 2;
/// A longer bar would be no easier to read.
const LONGEST_BAR: u16 = 30;

/// How wide the columns are.
struct RankingColumns {
    name: u16,
    /// A number with its bar.
    column: u16,
    affected: Vec<Affected>,
    /// The loss at which a bar of a vector is full, and that at which one of the cell or the logit is.
    largest: f32,
    largest_of_own: f32,
}

impl RankingColumns {
    fn new(sweep: &SweepState, width: u16) -> Self {
        let affected = sweep.affected();
        let longest = sweep.lines().map(|line| cells(&name(&line, width))).max().unwrap_or(0);
        let name = longest.clamp(5, usize::from(width / 4).clamp(5, 28)) as u16;
        let each = width.saturating_sub(1 + RANK + name) / affected.len().max(1) as u16;
        let column = each.saturating_sub(GAP).clamp(NUMBER - 1, NUMBER + LONGEST_BAR);
        let vectors: Vec<Affected> = affected.iter().copied().filter(|it| it.is_cosine()).collect();
        let own = [sweep.subject()].into_iter().filter(|it| !it.is_cosine()).collect::<Vec<_>>();
        let [largest, largest_of_own] = [&vectors[..], &own].map(|of| sweep.largest(of));
        Self { name, column, affected, largest, largest_of_own }
    }

    /// Where each column begins.
    fn places(&self, area: Rect) -> impl Iterator<Item = (Affected, u16)> + '_ {
        let first = area.x + RANK + self.name + GAP;
        let places = (first..area.right()).step_by(usize::from(self.column + GAP));
        self.affected.iter().copied().zip(places)
    }
}

pub(super) fn draw(sweep: &SweepState, look: &Look, area: Rect, canvas: &mut Canvas) {
    if area.height < 2 {
        return;
    }
    let columns = RankingColumns::new(sweep, area.width);
    header(sweep, look, &columns, area, canvas);
    let rows = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let lines: Vec<SweepLine> = sweep.lines().collect();
    let selected = sweep.selected();
    let seen = window(&vec![1; lines.len()], selected, usize::from(rows.height));
    let above = (seen.start > 0).then_some(rows.y);
    let below = (seen.end < lines.len()).then_some(rows.bottom() - 1);
    heat_map::beyond(above, below, look, area.x, canvas);
    for (i, y) in seen.zip(rows.y..) {
        let row = Rect { y, height: 1, ..rows };
        line(sweep, &lines[i], i == selected, &columns, look, row, canvas);
        canvas.on_click(row, ClickTarget::Line(i));
    }
}

fn header(sweep: &SweepState, look: &Look, columns: &RankingColumns, area: Rect, canvas: &mut Canvas) {
    let theme = &look.theme;
    let what = match sweep.swept {
        Swept::Heads => label!("sweep-head-column").text().to_owned(),
        Swept::Words => format!("{:>3} {}", label!("sweep-position-column"), label!("sweep-word-column")),
    };
    let (here, standing) = (theme.accent.add_modifier(Modifier::BOLD), sweep.order == SweepOrder::Standing);
    let (what, style) = if standing { (format!("{what} ▾"), here) } else { (what, theme.heading) };
    canvas.set_stringn(area.x + RANK, area.y, what, usize::from(columns.name), style);
    for (affected, x) in columns.places(area) {
        let ordered = sweep.order == SweepOrder::Loss(affected);
        let room = usize::from(columns.column.min(area.right().saturating_sub(x)));
        let (text, style) = match ordered {
            true => (format!("{} ▾", names::heading(sweep, affected, room.saturating_sub(2))), here),
            false => (names::heading(sweep, affected, room), theme.heading),
        };
        canvas.set_stringn(x, area.y, text, room, style);
    }
}

fn line(
    sweep: &SweepState,
    line: &SweepLine,
    selected: bool,
    columns: &RankingColumns,
    look: &Look,
    area: Rect,
    canvas: &mut Canvas,
) {
    let theme = &look.theme;
    let name = name(line, area.width);
    let name = shorten(&name, usize::from(columns.name));
    let rank = line.rank.map_or(String::new(), |rank| rank.to_string());
    let pad = " ".repeat(usize::from(columns.name).saturating_sub(cells(&name)));
    let style = if selected { theme.cursor } else { theme.text };
    if selected {
        canvas.set_string(area.x, area.y, "▸", theme.accent);
    }
    canvas.set_string(area.x + 1, area.y, format!("{rank:>4} {name}{pad} "), style);
    for (affected, x) in columns.places(area) {
        let room = columns.column.min(area.right().saturating_sub(x));
        let ordered = sweep.order == SweepOrder::Loss(affected);
        match line.part.state {
            PartState::Found(effect) => {
                let (Some(value), Some(loss)) = (value(effect, affected), effect.loss(affected)) else { continue };
                let number = if ordered { theme.text.add_modifier(Modifier::BOLD) } else { theme.text };
                canvas.set_stringn(x, area.y, value, usize::from(room), number);
                let width = usize::from(room.saturating_sub(NUMBER));
                let largest = if affected.is_cosine() { columns.largest } else { columns.largest_of_own };
                let bar = bar(loss, largest, width);
                let style = if ordered { theme.accent } else { theme.dim };
                canvas.set_string(x + NUMBER, area.y, bar, style);
            }
            state => {
                let text = if state == PartState::Off { label!("sweep-ablated").text() } else { "–" };
                canvas.set_stringn(x, area.y, text, usize::from(room), theme.warning);
            }
        }
    }
}

/// A cosine, the weight of a cell in percent, or a logit; in the cells left of a bar.
fn value(effect: Effect, affected: Affected) -> Option<String> {
    let value = effect.value(affected)?;
    Some(match affected {
        Affected::Cell => format!("{:.1} %", value * 100.0),
        Affected::Output => signed(value, 2),
        _ => narrow_cosine(value, 4, usize::from(NUMBER - 1)),
    })
}

/// A bar of at most `width` cells, full at `largest`, to an eighth of a cell.
fn bar(loss: f32, largest: f32, width: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let share = if largest > 0.0 { (loss / largest).clamp(0.0, 1.0) } else { 0.0 };
    let eighths = (share * width as f32 * 8.0).round() as usize;
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// `layer 3 head 5`, `3.5` where there is less room; a word with the number of its first token.
fn name(line: &SweepLine, width: u16) -> String {
    match &line.part.name {
        PartName::Head { layer, head } if width >= 76 => {
            let number = |number: usize| format!("{number:>2}");
            message!("sweep-head", layer = number(layer + 1), head = number(head + 1))
        }
        PartName::Head { layer, head } => format!("{}.{}", layer + 1, head + 1),
        PartName::Word { tokens, text, .. } => format!("{:>3} {}", tokens.start, printable(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn bars_are_exact_to_an_eighth() {
        assert_eq!(bar(0.0, 0.4, 4), "");
        assert_eq!(bar(0.4, 0.4, 4), "████");
        assert_eq!(bar(0.15, 0.4, 4), "█▌");
        assert_eq!(bar(0.0, 0.0, 4), "");
        assert_eq!(bar(f32::NAN, 0.4, 4), "");
    }
}
