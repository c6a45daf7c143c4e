//! What the views of attention say in words: in the caption above a map, and in the line of the exact number below.

use std::ops::Range;

use super::{
    columns::{Columns, UnitLabel},
    text::{cells, fitting, shorten},
};
use crate::{
    analysis::{AttentionRow, Specials, rank},
    labels::analysis::{amount, heads_in_short},
    state::{AttentionState, Passage, Reading, Readings, Shown},
};

pub(crate) use crate::labels::analysis::{heads_of_all as heads, switches};

/// `[CLS] looks at …`, or who looks at it.
pub(crate) fn who(passage: &Passage, shown: &Shown) -> String {
    let source = UnitLabel::new(&passage.trace, &shown.units, shown.map.source).quoted();
    crate::labels::analysis::who(&source, shown.map.options)
}

/// ` · A and B joined`; nothing where there is no pair.
pub(crate) fn reading(readings: &Readings, state: &AttentionState) -> &'static str {
    match (&readings.pair, state.reading) {
        (None, _) => "",
        (Some(_), Reading::Joined) => " · A and B joined",
        (Some(_), Reading::AloneA) => " · A alone",
        (Some(_), Reading::AloneB) => " · B alone",
    }
}

/// ` · tokens 12–30 of 512` where not all are in view.
pub(crate) fn position(columns: &Columns) -> String {
    columns.position().map_or(String::new(), |position| format!(" · {position}"))
}

/// ` · heads 1–8 of 12` where not all are in view.
pub(crate) fn some_of(what: &str, shown: &Range<usize>, count: usize) -> String {
    if shown.len() < count {
        format!(" · {what} {}–{} of {count}", shown.start + 1, shown.end)
    } else {
        String::new()
    }
}

/// The number of a unit's first token, from 0 as on the command line, where another has the same name: `₇`.
fn number(passage: &Passage, shown: &Shown, unit: usize) -> String {
    let text = |unit| shown.units.text(&passage.trace, unit);
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
    passage: &Passage,
    state: &AttentionState,
    shown: &Shown,
    row: &AttentionRow,
    looks: bool,
    room: usize,
) -> String {
    let cursor = shown.units.unit_of(state.token);
    let weight = row.weights[cursor];
    let name = |unit| {
        let label = UnitLabel::new(&passage.trace, &shown.units, unit);
        shorten(&label.quoted(), 24).into_owned() + &number(passage, shown, unit)
    };
    let (source, target) = (name(shown.map.source), name(cursor));
    let pair = if looks { format!("{source} → {target}") } else { format!("{target} → {source}") };
    let rest = if looks && shown.map.options.specials == Specials::Renormalized { ", rest = 100" } else { "" };
    let hidden = shown.hidden(state.layer).map(|_| format!("  hidden {:.1} %{rest}", row.hidden * 100.0));
    let marked = shown.marked_sum(row).map(|sum| format!("  {} marked {:.2} %", shown.marked.len(), sum * 100.0));
    let number = format!("{pair}  {}", amount(weight, shown.map.options.measure.unit()));
    let place = format!("layer {}, {} · ", state.layer + 1, heads_in_short(shown.map.options, passage.trace.heads));
    // Where the map is, its caption says as well.
    let place = if cells(&place) + cells(&number) <= room { place } else { String::new() };
    let parts = [
        place + &number,
        marked.unwrap_or_default(),
        hidden.unwrap_or_default(),
        format!("  rank {} of {}", rank(&row.weights, cursor), shown.columns.len()),
        format!("  spread {:.1} tokens", row.effective_tokens),
    ];
    fitting(parts, room)
}
