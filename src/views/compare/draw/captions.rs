//! What is compared with what, and the exact numbers under the cursor.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::{ComparisonDrawing, LEAST, NONE, Panel, cell::DifferenceLegend};
use crate::{
    analysis::ComparedSide,
    bert::Input,
    messages::message,
    printable::printable,
    state::{Snapshot, State},
    views::compare::comparison::Origin,
    widgets::{
        canvas::Canvas,
        captions,
        heat_map::{self, ScaleLegend},
        text::{BETWEEN, cells, fitting, joined, shorten},
    },
};

/// What a line leaves for the legend of the weights.
const WEIGHTS: usize = 46;
const NARROW_WEIGHTS: usize = 38;

impl ComparisonDrawing<'_> {
    /// Two lines, the baseline and what is shown, with the legends of the two scales as far as there is room.
    pub(super) fn captions(&self, state: &State, area: Rect, canvas: &mut Canvas) {
        let wide = area.width >= 100;
        let legend = DifferenceLegend::new(self.top(Panel::Difference, self.row), wide);
        let end = self.number_columns(area).0.end();
        let room = usize::from(area.width);
        // Where next to nothing differs there are no colours to explain.
        let differs = self.compared.comparison.largest >= LEAST;
        let beside_legend = room.saturating_sub(if differs { usize::from(legend.width()) + 4 } else { 2 });
        let [baseline, shown] = self.sides(state, beside_legend, if wide { beside_legend } else { room - 2 });

        let weights = ScaleLegend::new(
            self.attention.scale,
            self.top(Panel::Shown, self.row),
            self.compared.measure().is_signed(),
            end,
        );
        let above = Rect { height: 1, ..area };
        if cells(&baseline) <= room.saturating_sub(if area.width < 100 { NARROW_WEIGHTS } else { WEIGHTS }) {
            heat_map::caption(&baseline, &weights, self.look, above, canvas);
        } else {
            canvas.set_string(area.x + 1, area.y, shorten(&baseline, room - 2), self.look.theme.heading);
        }
        let shown = shorten(&shown, beside_legend);
        canvas.set_string(area.x + 1, area.y + 1, &shown, self.look.theme.heading);
        // Flush with the numbers, unless the text or the screen's edge is in the way.
        let text_end = area.x + 3 + cells(&shown) as u16;
        let x = end.saturating_sub(legend.width()).max(text_end).min(area.right() - legend.width().min(area.width));
        if differs {
            legend.draw(x, area.y + 1, self.look, canvas);
        }
    }

    /// The baseline and what is shown, in what they differ; what they share is said of the baseline. Sentences are
    /// shortened so that the lines fit in so many cells.
    fn sides(&self, state: &State, shown_room: usize, baseline_room: usize) -> [String; 2] {
        let (baseline, shown) = (&self.compared.baseline, &self.compared.shown);
        let place = |side: &Snapshot| {
            let heads = captions::heads(side.options, side.reading.trace.heads);
            message!("widgets-place", layer = side.layer + 1, heads = heads)
        };
        let settings = || captions::settings(shown.options);
        let [baseline_place, shown_place] = [baseline, shown].map(place);
        if self.compared.origin == Origin::Unablated {
            let unablated = joined([message!("compare-unablated")].into_iter().chain(settings()));
            return [of_baseline(unablated), of_shown(shown_place)];
        }
        if self.compared.is_same() {
            let baseline = joined([baseline_place].into_iter().chain(settings()));
            let [head, layer, sentence] =
                ["next-head", "next-layer", "edit-sentence"].map(|id| self.look.way(state, id));
            let same = match self.compared.measure().has_heads() {
                true => message!("compare-same", head = head, layer = layer, sentence = sentence),
                false => message!("compare-same-without-heads", layer = layer, sentence = sentence),
            };
            return [of_baseline(baseline), of_shown(same)];
        }
        let mut both = [Vec::new(), Vec::new()];
        let mut say = |parts: [String; 2]| both.iter_mut().zip(parts).for_each(|(said, part)| said.push(part));
        if baseline.model != shown.model {
            say([baseline, shown].map(|side| printable(&side.model).into_owned()));
        }
        let mut shared: Vec<String> = settings().collect();
        if baseline_place == shown_place {
            shared.insert(0, baseline_place);
        } else {
            say([baseline_place, shown_place]);
        }
        let inputs = [baseline, shown].map(|side| &side.reading.trace.input);
        if inputs[0] != inputs[1] {
            let taken = |parts: &[String]| parts.iter().map(|part| cells(part) + cells(BETWEEN)).sum::<usize>();
            let names = [of_baseline(String::new()), of_shown(String::new())].map(|name| cells(&name));
            let rooms = [
                baseline_room.saturating_sub(names[0] + taken(&both[0]) + taken(&shared)),
                shown_room.saturating_sub(names[1] + taken(&both[1])),
            ];
            // The same for both, so that what they differ in stands above each other.
            let room = rooms[0].min(rooms[1]);
            both.iter_mut().zip(inputs).for_each(|(said, input)| said.push(quoted(input, room)));
        }
        let [baseline, shown] = both;
        [of_baseline(joined(baseline.into_iter().chain(shared))), of_shown(joined(shown))]
    }

    /// The exact numbers under the cursor, and as much about the row as fits.
    pub(super) fn detail(&self, area: Rect, canvas: &mut Canvas) {
        let comparison = &self.compared.comparison;
        let percent = |weight: Option<f32>| weight.map_or(NONE.to_owned(), |weight| format!("{:.2} %", weight * 100.0));
        let [baseline, shown] = comparison.weights(self.row, self.column).map(percent);
        let by = comparison.difference(self.row, self.column).map(|by| signed(by * 100.0));
        let share = |distance: Option<f32>| distance.map(|distance| format!("{:.1}", distance * 100.0));
        let row =
            share(comparison.distances[self.row]).map(|percent| message!("compare-row-differs", percent = percent));
        let rows = comparison.columns.iter().filter(|&&row| comparison.distances[row].is_some()).count();
        let all = share(comparison.distance).map(|percent| match rows == comparison.columns.len() {
            true => message!("compare-all-rows-differ", percent = percent),
            false => message!("compare-some-rows-differ", rows = rows, percent = percent),
        });
        let parts = [
            message!(
                "widgets-named",
                name = format!("{} → {}", self.quoted(self.row), self.quoted(self.column)),
                value = format!("{baseline} → {shown}")
            ),
            by.map(|points| message!("compare-points", points = points)).unwrap_or_default(),
            row.unwrap_or_default(),
            all.unwrap_or_default(),
        ];
        let text = fitting(parts, BETWEEN, usize::from(area.width.saturating_sub(2)));
        canvas.set_string(area.x + 1, area.y, text, self.look.theme.text);
    }

    /// A pair in a sentence: `“it”`, or `“tired”/“wide”`.
    fn quoted(&self, pair: usize) -> String {
        let comparison = &self.compared.comparison;
        let units = comparison.pairs[pair];
        let name = |side: &ComparedSide, of: &Snapshot, unit: usize| {
            let text = side.units.in_sentence(&of.reading.trace, unit);
            let name = shorten(&printable(&text), 20).into_owned();
            if side.units.is_special(unit) { name } else { format!("“{name}”") }
        };
        let baseline = units.held.map(|unit| name(&comparison.held, &self.compared.baseline, unit));
        let shown = units.shown.map(|unit| name(&comparison.shown, &self.compared.shown, unit));
        match (baseline, shown) {
            (Some(baseline), Some(shown)) if baseline != shown => format!("{baseline}/{shown}"),
            (baseline, shown) => shown.or(baseline).unwrap_or_default(),
        }
    }
}

/// What is said of the baseline, behind its name.
fn of_baseline(what: String) -> String {
    message!("compare-of-baseline", what = what)
}

/// What is said of what is shown, behind its name; both names are as wide.
fn of_shown(what: String) -> String {
    message!("compare-of-shown", what = what)
}

/// Two decimals after a sign.
fn signed(points: f32) -> String {
    let sign = if points < 0.0 { "−" } else { "+" };
    format!("{sign}{:.2}", points.abs())
}

/// What was read, in quotes and at most `room` cells; what is cut is cut out of the middle, as sentences that are compared
/// often differ at their ends.
fn quoted(input: &Input, room: usize) -> String {
    let sentences = match &input.pair {
        Some(pair) => format!("{} | {pair}", input.text),
        None => input.text.clone(),
    };
    let text = printable(&sentences);
    let room = room.saturating_sub(2);
    if cells(&text) <= room {
        return format!("“{text}”");
    }
    let head = shorten(&text, room / 2);
    // From the end, as a text may be long.
    let tails = text.grapheme_indices(true).rev().map(|(start, _)| &text[start..]);
    let tail = tails.take_while(|tail| cells(&head) + cells(tail) <= room).last().unwrap_or_default();
    format!("“{head}{tail}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_keeps_both_ends() {
        let input = Input::single("The animal did not cross the street because it was too tired.");
        assert_eq!(quoted(&input, 80), format!("“{}”", input.text));
        assert_eq!(quoted(&input, 26), "“The animal …s too tired.”");
        assert_eq!(quoted(&Input::joined("你好世界", "再见"), 10), "“你… 再见”");
        // A text of any length costs what it is long, not the square of that: this would take minutes.
        let long = Input::single("猫 sat. ".repeat(100_000));
        assert_eq!(quoted(&long, 26), "“猫 sat. 猫 …at. 猫 sat. ”");
    }
}
