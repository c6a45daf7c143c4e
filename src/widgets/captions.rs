//! What the views of attention say in words: in the caption above a map, and in the line of the exact number below.

use std::ops::Range;

use super::{
    columns::{Columns, UnitLabel},
    text::{cells, fitting, joined, or_dash, shorten},
};
use crate::{
    analysis::{AttentionRow, Specials, rank},
    labels::analysis::{amount, heads_in_short},
    messages::{label, message},
    state::{AttentionState, Reading, ReadingChoice, Readings, Shown},
};

pub(crate) use crate::labels::analysis::{heads_of_all as heads, settings};

/// `[CLS] looks at …`, or who looks at it.
pub(crate) fn who(reading: &Reading, shown: &Shown) -> String {
    let source = UnitLabel::new(&reading.trace, &shown.units, shown.map.source).quoted();
    crate::labels::analysis::who_in_short(&source, shown.map.options)
}

/// Which reading of a pair is shown; nothing where there is no pair.
pub(crate) fn reading(readings: &Readings, attention: &AttentionState) -> String {
    let reading = match (&readings.pair, attention.reading_choice) {
        (None, _) => return String::new(),
        (Some(_), ReadingChoice::Joined) => label!("widgets-joined"),
        (Some(_), ReadingChoice::AloneA) => label!("widgets-a-alone"),
        (Some(_), ReadingChoice::AloneB) => label!("widgets-b-alone"),
    };
    reading.text().to_owned()
}

/// `tokens 12–30 of 512`; nothing where all are in view.
pub(crate) fn tokens_in_view(columns: &Columns) -> String {
    let (seen, count) = columns.in_view();
    in_view(&seen, count, |first, last| message!("widgets-tokens-in-view", first = first, last = last, count = count))
}

/// `layers 1–8 of 24`; nothing where all are in view.
pub(crate) fn layers_in_view(seen: &Range<usize>, count: usize) -> String {
    in_view(seen, count, |first, last| message!("widgets-layers-in-view", first = first, last = last, count = count))
}

/// `heads 1–8 of 12`; nothing where all are in view.
pub(crate) fn heads_in_view(seen: &Range<usize>, count: usize) -> String {
    in_view(seen, count, |first, last| message!("widgets-heads-in-view", first = first, last = last, count = count))
}

/// `rows 1–8 of 12`; nothing where all are in view.
pub(crate) fn rows_in_view(seen: &Range<usize>, count: usize) -> String {
    in_view(seen, count, |first, last| message!("widgets-rows-in-view", first = first, last = last, count = count))
}

fn in_view(seen: &Range<usize>, count: usize, say: impl Fn(usize, usize) -> String) -> String {
    if seen.len() < count { say(seen.start + 1, seen.end) } else { String::new() }
}

/// The number of a unit's first token, from 0 as on the command line, where another has the same name: `₇`.
fn number(reading: &Reading, shown: &Shown, unit: usize) -> String {
    let text = |unit| shown.units.in_sentence(&reading.trace, unit);
    let own = text(unit);
    if (0..shown.units.len()).filter(|&other| text(other) == own).count() < 2 {
        return String::new();
    }
    let digits = shown.units.tokens(unit).start.to_string();
    digits.chars().filter_map(|digit| "₀₁₂₃₄₅₆₇₈₉".chars().nth(digit.to_digit(10)? as usize)).collect()
}

/// The exact number under the cursor, which is in `row`, and as much about it as fits; `looks` says whether the row is
/// what the source looks at, rather than who looks at it.
pub(crate) fn detail(
    reading: &Reading,
    attention: &AttentionState,
    shown: &Shown,
    row: &AttentionRow,
    looks: bool,
    room: usize,
) -> String {
    let cursor = shown.units.unit_of(attention.token);
    let weight = row.weights[cursor];
    let name = |unit| {
        let label = UnitLabel::new(&reading.trace, &shown.units, unit);
        shorten(&label.quoted(), 24).into_owned() + &number(reading, shown, unit)
    };
    let (source, target) = (name(shown.map.source), name(cursor));
    let pair = if looks { format!("{source} → {target}") } else { format!("{target} → {source}") };
    let hidden = shown.hidden(attention.layer).map(|_| {
        let percent = format!("{:.1}", row.hidden * 100.0);
        match looks && shown.map.options.specials == Specials::Renormalized {
            true => message!("widgets-hidden-rest-scaled", percent = percent),
            false => message!("widgets-hidden", percent = percent),
        }
    });
    let marked = shown
        .marked_sum(row)
        .map(|sum| message!("widgets-marked", count = shown.marked.len(), percent = format!("{:.2}", sum * 100.0)));
    let number = format!("{pair}  {}", amount(weight, shown.map.options.measure.unit()));
    let heads = heads_in_short(shown.map.options, reading.trace.heads);
    let place = message!("widgets-place", layer = attention.layer + 1, heads = heads);
    let with_place = joined([place, number.clone()]);
    let effective = or_dash(row.effective_tokens(), |tokens| format!("{tokens:.1}"));
    let parts = [
        // Where the map is, its caption says as well.
        if cells(&with_place) <= room { with_place } else { number },
        marked.unwrap_or_default(),
        hidden.unwrap_or_default(),
        match weight.is_nan() {
            true => String::new(),
            false => message!("widgets-rank", rank = rank(&row.weights, cursor), count = shown.columns.len()),
        },
        message!("widgets-effective-tokens", tokens = effective),
    ];
    fitting(parts, "  ", room)
}
