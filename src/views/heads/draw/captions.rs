//! What is said of the heads: the caption, the legend of numbers and patterns, the head under the cursor.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{HeadsDrawing, sign};
use crate::{
    analysis::{Pattern, Statistic},
    labels,
    state::{Readings, State},
    widgets::{
        captions,
        heat_map::{self, Legend},
        text::{cells, fitting},
    },
};

impl HeadsDrawing<'_> {
    /// What the pictures show or, where there are none, the numbers; and what their colours stand for.
    pub(super) fn caption(&self, readings: &Readings, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let end = self.grid.right(area);
        let (about, legend) = if self.grid.has_pictures() {
            let about = captions::who(self.passage, self.shown) + &captions::switches(self.shown.map.options);
            (about, Legend::new(self.state.scale, self.largest, end))
        } else {
            let (top, unit) = if self.statistic.is_share() { (100.0, " %") } else { (self.most(), " tokens") };
            (labels::analysis::statistic(self.statistic).to_owned(), Legend { top, unit, end })
        };
        let in_view = self.in_view();
        let heads = match self.sorted {
            _ if area.width < 80 => "",
            true => "largest first · ",
            false if in_view.is_empty() => "all heads · ",
            false => "",
        };
        let text = format!("{heads}{about}{}{in_view}", captions::reading(readings, self.state));
        heat_map::caption(&text, &legend, self.look, area, buffer);
    }

    /// ` · layers 1–8 of 24` where not all are in view.
    fn in_view(&self) -> String {
        let (grid, trace) = (&self.grid, &self.passage.trace);
        if self.sorted {
            let [first, end] = [grid.seen_rows.start, grid.seen_rows.end].map(|row| row * grid.columns);
            return captions::some_of("heads", &(first..end.min(grid.heads.len())), grid.heads.len());
        }
        let layers = captions::some_of("layers", &grid.seen_rows, trace.layers);
        layers + &captions::some_of("heads", &grid.seen_columns, trace.heads)
    }

    /// What the number is, and the patterns that occur.
    pub(super) fn legend(&self, area: Rect, buffer: &mut Buffer) {
        let room = usize::from(area.width.saturating_sub(2));
        let patterns: Vec<String> = Pattern::ALL.iter().filter_map(|&pattern| self.occurs(pattern)).collect();
        let left = room.saturating_sub(patterns.iter().map(|text| cells(text)).sum());
        let longest_first = self.what_the_number_is();
        let what = longest_first.into_iter().find(|what| cells(what) <= left).unwrap_or_default();
        let text = fitting(std::iter::once(what).chain(patterns), room);
        line(text.trim_start(), self.look.theme.dim, area, buffer);
    }

    fn what_the_number_is(&self) -> [String; 4] {
        let name = labels::analysis::statistic(self.statistic);
        [
            format!("number: {}", labels::analysis::statistic_at_length(self.statistic)),
            format!("number: {}", labels::analysis::statistic_mean(self.statistic)),
            format!("number: {name}"),
            // Where there are no pictures, the caption says it.
            if self.grid.has_pictures() { name.to_owned() } else { String::new() },
        ]
    }

    /// A pattern, and how many heads have it; none where no head does.
    fn occurs(&self, pattern: Pattern) -> Option<String> {
        let heads = self.grid.heads.iter().filter(|at| !self.app.off.heads.contains(at));
        let count = heads.filter(|&&(layer, head)| self.statistics().pattern(layer, head) == Some(pattern)).count();
        (count > 0).then(|| format!("  {} {} {count}", sign(pattern), labels::analysis::pattern(pattern)))
    }

    /// The head under the cursor in all its numbers, as many as fit.
    pub(super) fn detail(&self, app: &State, area: Rect, buffer: &mut Buffer) {
        let (layer, trace, heads) = (self.state.layer, &self.passage.trace, self.statistics());
        let text = match self.state.head() {
            None => {
                let all = captions::heads(self.shown.map.options, trace.heads);
                let [left, right] = ["left", "right"].map(|action| self.look.key(app, action));
                format!("layer {}, {all} · {left} {right} choose one", layer + 1)
            }
            Some(head) => {
                let pattern = heads
                    .pattern(layer, head)
                    .map(|pattern| format!(" · pattern {}", labels::analysis::pattern(pattern)));
                let name = format!("layer {}, head {}{}", layer + 1, head + 1, pattern.unwrap_or_default());
                // The one that is chosen comes first: the end is cut where room is short.
                let mut statistics = heads.statistics().to_vec();
                statistics.sort_by_key(|&statistic| statistic != self.statistic);
                let numbers =
                    statistics.into_iter().map(|statistic| in_words(statistic, heads.value(layer, head, statistic)));
                fitting(std::iter::once(name).chain(numbers), usize::from(area.width.saturating_sub(2)))
            }
        };
        line(&text, self.look.theme.text, area, buffer);
    }
}

/// ` · spread 5.3`, ` · [SEP] 42 %`, ` · A→B 42 %`.
fn in_words(statistic: Statistic, value: f32) -> String {
    let name = labels::analysis::statistic_in_short(statistic);
    if statistic.is_share() { format!(" · {name} {:.0} %", value * 100.0) } else { format!(" · {name} {value:.1}") }
}

fn line(text: &str, style: Style, area: Rect, buffer: &mut Buffer) {
    if !area.is_empty() {
        buffer.set_stringn(area.x + 1, area.y, text, usize::from(area.width.saturating_sub(1)), style);
    }
}
