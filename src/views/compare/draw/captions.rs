//! What is compared with what, and the exact numbers under the cursor.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::{ComparisonDrawing, Panel, value::DifferenceLegend};
use crate::{
    bert::Input,
    printable::printable,
    state::{Snapshot, State},
    views::compare::comparison::Origin,
    widgets::{
        canvas::Canvas,
        captions,
        heat_map::{self, Legend},
        text::{cells, fitting, shorten},
    },
};

/// `shown: ` before what is.
const NAME: usize = 7;
/// What a line leaves for the legend of the weights.
const WEIGHTS: usize = 46;
const NARROW_WEIGHTS: usize = 38;
/// The least difference that a number of the legend can tell from 0.
const LEAST: f32 = 5e-5;

impl ComparisonDrawing<'_> {
    /// Two lines, what is held and what is shown, with the legends of the two scales as far as there is room.
    pub(super) fn captions(&self, app: &State, area: Rect, canvas: &mut Canvas) {
        let wide = area.width >= 100;
        let legend = DifferenceLegend::new(self.top(Panel::Difference, self.row), wide);
        let end = self.number_columns(area).end();
        let room = usize::from(area.width);
        // Where next to nothing differs there are no colours to explain.
        let differs = self.compared.comparison.largest >= LEAST;
        let beside_legend = room.saturating_sub(if differs { usize::from(legend.width()) + 4 } else { 2 });
        let [held, shown] = self.sides(app, beside_legend, if wide { beside_legend } else { room - 2 });

        let weights = Legend::new(self.state.scale, self.top(Panel::Shown, self.row), end);
        let above = Rect { height: 1, ..area };
        if cells(&held) <= room.saturating_sub(if area.width < 100 { NARROW_WEIGHTS } else { WEIGHTS }) {
            heat_map::caption(&held, &weights, self.look, above, canvas);
        } else {
            canvas.set_string(area.x + 1, area.y, shorten(&held, room - 2), self.look.theme.heading);
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

    /// What is held and what is shown, in what they differ; what they share is said of what is held. Sentences are
    /// shortened so that the lines fit in so many cells.
    fn sides(&self, app: &State, shown_room: usize, held_room: usize) -> [String; 2] {
        let (held, shown) = (&self.compared.baseline, &self.compared.shown);
        let place = |side: &Snapshot| {
            format!("layer {}, {}", side.layer + 1, captions::heads(side.options, side.passage.trace.heads))
        };
        let switches = captions::switches(shown.options);
        let [held_place, shown_place] = [held, shown].map(place);
        if self.compared.origin == Origin::Unablated {
            return [format!("held:  the same with everything on{switches}"), format!("shown: {shown_place}")];
        }
        if self.compared.is_same() {
            let keys = [("next-head", "head"), ("next-layer", "layer"), ("edit-sentence", "sentence")];
            let keys = keys.map(|(action, what)| format!("{} {what}", self.look.key(app, action)));
            return [format!("held:  {held_place}{switches}"), format!("shown: the same; {}", keys.join(", "))];
        }
        let mut both = [Vec::new(), Vec::new()];
        let mut say = |parts: [String; 2]| both.iter_mut().zip(parts).for_each(|(said, part)| said.push(part));
        if held.model != shown.model {
            say([held, shown].map(|side| printable(&side.model).into_owned()));
        }
        let mut shared = switches;
        if held_place == shown_place {
            shared.insert_str(0, &format!(" · {held_place}"));
        } else {
            say([held_place, shown_place]);
        }
        let inputs = [held, shown].map(|side| &side.passage.trace.input);
        if inputs[0] != inputs[1] {
            let taken = |said: &[String]| NAME + said.iter().map(|part| cells(part) + 3).sum::<usize>();
            let rooms = [
                held_room.saturating_sub(taken(&both[0]) + cells(&shared)),
                shown_room.saturating_sub(taken(&both[1])),
            ];
            // The same for both, so that what they differ in stands above each other.
            let room = rooms[0].min(rooms[1]);
            both.iter_mut().zip(inputs).for_each(|(said, input)| said.push(quoted(input, room)));
        }
        let [held, shown] = both.map(|said| said.join(" · "));
        [format!("held:  {held}{shared}"), format!("shown: {shown}")]
    }

    /// The exact numbers under the cursor, and as much about the row as fits.
    pub(super) fn detail(&self, area: Rect, canvas: &mut Canvas) {
        let comparison = &self.compared.comparison;
        let percent =
            |weight: Option<f32>| weight.map_or("–".to_owned(), |weight| format!("{:.2} %", weight * 100.0));
        let [held, shown] = comparison.weights(self.row, self.column).map(percent);
        let by = comparison.difference(self.row, self.column).map(|by| format!(", {} points", signed(by * 100.0)));
        let share = |distance: Option<f32>| distance.map(|distance| format!("{:.1} %", distance * 100.0));
        let row = share(comparison.distances[self.row]).map(|share| format!("  ·  row differs by {share}"));
        let rows = comparison.columns.iter().filter(|&&row| comparison.distances[row].is_some()).count();
        let all = share(comparison.distance).map(|share| match rows == comparison.columns.len() {
            true => format!("  ·  all rows by {share}"),
            false => format!("  ·  the {rows} rows on both sides by {share}"),
        });
        let parts = [
            format!("{} → {}: {held} → {shown}", self.quoted(self.row), self.quoted(self.column)),
            by.unwrap_or_default(),
            row.unwrap_or_default(),
            all.unwrap_or_default(),
        ];
        let text = fitting(parts, usize::from(area.width.saturating_sub(2)));
        canvas.set_string(area.x + 1, area.y, text, self.look.theme.text);
    }

    /// A pair in a sentence: `“it”`, or `“tired”/“wide”`.
    fn quoted(&self, pair: usize) -> String {
        let comparison = &self.compared.comparison;
        let units = comparison.pairs[pair];
        let name = |special: bool, name: &str| {
            let name = shorten(name, 20);
            if special { name.into_owned() } else { format!("“{name}”") }
        };
        let [held, shown] = &self.names.names[pair];
        let held =
            held.as_deref().zip(units.held).map(|(text, unit)| name(comparison.held.units.is_special(unit), text));
        let shown =
            shown.as_deref().zip(units.shown).map(|(text, unit)| name(comparison.shown.units.is_special(unit), text));
        match (held, shown) {
            (Some(held), Some(shown)) if held != shown => format!("{held}/{shown}"),
            (held, shown) => shown.or(held).unwrap_or_default(),
        }
    }
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
    let graphemes = text.grapheme_indices(true).map(|(start, _)| &text[start..]);
    let tail = graphemes.into_iter().find(|tail| cells(&head) + cells(tail) <= room).unwrap_or_default();
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
    }
}
