//! What is said of the heads: the caption, the legend of numbers and patterns, the head under the cursor.

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{HeadsDrawing, sign};
use crate::{
    analysis::{HeadChoice, HeadLinks, Pattern, Statistic},
    labels,
    messages::{label, listed, message},
    state::{Readings, State},
    widgets::{
        captions,
        heat_map::{self, ScaleLegend},
        text::{BETWEEN, cells, fitting, joined, or_dash},
    },
};

impl HeadsDrawing<'_> {
    /// What the pictures show or, where there are none, the numbers; and what their colours stand for.
    pub(super) fn caption(&self, readings: &Readings, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let end = self.grid.right(area);
        let is_signed = self.shown.map.options.measure.is_signed();
        let (about, legend) = if self.grid.has_pictures() {
            let who = captions::who(self.reading, self.shown);
            let about = joined([who].into_iter().chain(captions::settings(self.shown.map.options)));
            (about, ScaleLegend::new(self.attention.scale, self.largest, is_signed, end))
        } else {
            let (top, unit) = match self.statistic.is_share() {
                true => (100.0, label!("widgets-scale-view")),
                false => (self.most(), label!("heads-scale-tokens")),
            };
            let legend = ScaleLegend { top, is_signed: false, unit: unit.text(), end };
            (labels::analysis::statistic(self.statistic).to_owned(), legend)
        };
        let in_view = self.in_view();
        let heads = match self.sorted {
            _ if area.width < 80 => "",
            true => label!("heads-sorted").text(),
            false if in_view.is_empty() => label!("heads-all").text(),
            false => "",
        };
        let text = joined([heads.to_owned(), about, captions::reading(readings, self.attention), in_view]);
        heat_map::caption(&text, &legend, self.look, area, buffer);
    }

    /// `layers 1–8 of 24`; nothing where all are in view.
    fn in_view(&self) -> String {
        let (grid, trace) = (&self.grid, &self.reading.trace);
        if self.sorted {
            let [first, end] = [grid.seen_rows.start, grid.seen_rows.end].map(|row| row * grid.columns);
            return captions::heads_in_view(&(first..end.min(grid.heads.len())), grid.heads.len());
        }
        joined([
            captions::layers_in_view(&grid.seen_rows, trace.layers),
            captions::heads_in_view(&grid.seen_columns, grid.columns),
        ])
    }

    /// What the number is, and the patterns that occur.
    pub(super) fn legend(&self, area: Rect, buffer: &mut Buffer) {
        let room = usize::from(area.width.saturating_sub(2));
        let patterns: Vec<String> = match self.numbers.links() {
            Some(links) if self.statistic == Statistic::ToMarked => vec![self.strongest(links, room / 2)],
            _ => Pattern::ALL.iter().filter_map(|&pattern| self.occurs(pattern)).collect(),
        };
        let left = room.saturating_sub(patterns.iter().map(|text| cells(text) + 2).sum());
        let longest_first = self.what_the_number_is();
        let what = longest_first.into_iter().find(|what| cells(what) <= left).unwrap_or_default();
        let text = fitting(std::iter::once(what).chain(patterns), "  ", room);
        line(&text, self.look.theme.dim, area, buffer);
    }

    /// The heads in which the source gives the marked tokens most, as many as fit: `strongest: 6.12 84 %, 3.4 51 %`.
    fn strongest(&self, links: &HeadLinks, room: usize) -> String {
        let name = |&(layer, head): &(usize, usize)| {
            let name = if self.has_heads() { format!("{}.{}", layer + 1, head + 1) } else { (layer + 1).to_string() };
            format!("{name} {} %", or_dash(links.value(layer, head), |value| format!("{:.0}", value * 100.0)))
        };
        let of = |count: usize| {
            let heads: Vec<String> = links.strongest().iter().take(count).map(name).collect();
            message!("heads-strongest", heads = listed(heads))
        };
        (1..=9).rev().map(of).find(|text| cells(text) <= room).unwrap_or_else(|| of(1))
    }

    fn what_the_number_is(&self) -> [String; 4] {
        let name = labels::analysis::statistic(self.statistic);
        [
            message!("heads-number", statistic = labels::analysis::statistic_at_length(self.statistic)),
            message!("heads-number", statistic = labels::analysis::statistic_mean(self.statistic)),
            message!("heads-number", statistic = name),
            // Where there are no pictures, the caption says it.
            if self.grid.has_pictures() { name.to_owned() } else { String::new() },
        ]
    }

    /// A pattern, and how many heads have it; none where no head does.
    fn occurs(&self, pattern: Pattern) -> Option<String> {
        let heads = self.grid.heads.iter().filter(|at| !self.state.ablations.heads.contains(at));
        let count = heads.filter(|&&(layer, head)| self.statistics().pattern(layer, head) == Some(pattern)).count();
        let name = pattern.label().text();
        (count > 0).then(|| message!("heads-pattern-count", sign = sign(pattern), pattern = name, count = count))
    }

    /// The head under the cursor in all its numbers, as many as fit.
    pub(super) fn detail(&self, state: &State, area: Rect, buffer: &mut Buffer) {
        let (layer, trace, heads) = (self.attention.layer, &self.reading.trace, self.statistics());
        let text = match self.attention.head().filter(|_| self.has_heads()) {
            None if !self.has_heads() => {
                let place = message!("layers-row", layer = layer + 1);
                let numbers = heads.statistics();
                let numbers = numbers.iter().map(|&which| in_words(which, heads.value(layer, 0, which)));
                fitting(std::iter::once(place).chain(numbers), BETWEEN, usize::from(area.width.saturating_sub(2)))
            }
            None => {
                let all = captions::heads(self.shown.map.options, trace.heads);
                let [left, right] = ["left", "right"].map(|action| self.look.way(state, action));
                let place = message!("widgets-place", layer = layer + 1, heads = all);
                joined([place, message!("heads-choose", left = left, right = right)])
            }
            Some(head) => {
                let pattern = heads.pattern(layer, head);
                let pattern = pattern.map(|pattern| message!("heads-pattern", pattern = pattern.label().text()));
                let name = labels::analysis::head_choice(HeadChoice::One(head));
                let name = message!("widgets-place", layer = layer + 1, heads = name);
                // The one that is chosen comes first: the end is cut where room is short.
                let mut statistics = heads.statistics();
                statistics.sort_by_key(|&statistic| statistic != self.statistic);
                let numbers =
                    statistics.into_iter().map(|statistic| in_words(statistic, heads.value(layer, head, statistic)));
                let parts = [name, pattern.unwrap_or_default()].into_iter().chain(numbers);
                fitting(parts, BETWEEN, usize::from(area.width.saturating_sub(2)))
            }
        };
        line(&text, self.look.theme.text, area, buffer);
    }
}

/// `effective tokens 5.3`, `[SEP] 42 %`, `A→B 42 %`.
fn in_words(statistic: Statistic, value: f32) -> String {
    let name = labels::analysis::statistic_in_short(statistic);
    match statistic.is_share() {
        true => {
            message!("heads-share", statistic = name, percent = or_dash(value, |value| format!("{:.0}", value * 100.0)))
        }
        false => message!("heads-value", statistic = name, value = or_dash(value, |value| format!("{value:.1}"))),
    }
}

fn line(text: &str, style: Style, area: Rect, buffer: &mut Buffer) {
    if !area.is_empty() {
        buffer.set_stringn(area.x + 1, area.y, text, usize::from(area.width.saturating_sub(1)), style);
    }
}
