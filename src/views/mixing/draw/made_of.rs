//! Where a vector comes from: a row for each layer, then the verdicts on the claims, then a row for each token.

use std::iter::repeat;

use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use super::{super::Mixing, LABEL, claims, room, row_name, say, take, verdict};
use crate::{
    analysis::{MixedVector, SourceShares},
    messages::{Label, label, message},
    printable::printable,
    state::{ClickTarget, Place, State},
    widgets::{
        Look,
        canvas::Canvas,
        cells::percent,
        columns::window,
        heat_map,
        text::{cells, shorten},
    },
};

/// The narrowest bar.
const BAR: u16 = 8;
/// Of the columns, in their order; with all of them there is room for a bar at 80 cells.
const WIDTHS: [u16; 8] = [7, 7, 7, 8, 8, 7, 7, 8];

pub(super) fn draw(mixing: &Mixing, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let mut rest = area;
    if rest.height < 3 {
        return;
    }
    let claims = claims::short(mixing, state);
    let all = mixing.layers.len() as u16;
    // Without room for all, some layers go.
    let rows = rest.height.saturating_sub(2 + claims.len() as u16).clamp(1, all.max(1));
    let columns = ShareColumns::new(rest, mixing);
    columns.header(look, rest.y, true, canvas);
    let seen = window(&vec![1; mixing.layers.len()], state.attention.layer, usize::from(rows));
    for (layer, y) in seen.clone().zip(rest.y + 1..rest.bottom()) {
        let label = message!("layers-row", layer = format!("{:>2}", layer + 1));
        heat_map::label(&label, layer == state.attention.layer, look, rest.x, y, canvas);
        let of = &mixing.layers[layer];
        let last = of.taken.map(|taken| format!("{} %", percent(taken)));
        let cancelling = of.cancelling.map(|ratio| format!("{ratio:.1}×"));
        let is_unit = matches!(mixing.vector, MixedVector::Unit(_));
        columns.row(of.shares.as_ref(), is_unit, [last, cancelling], look, y, canvas);
        let target = ClickTarget::At(Place { layer: Some(layer), ..Place::default() });
        canvas.on_click(Rect { y, height: 1, ..rest }, target);
    }
    let (above, below) = (seen.start > 0, seen.end < mixing.layers.len());
    let last = rest.y + rows;
    heat_map::beyond(above.then_some(rest.y + 1), below.then_some(last), look, rest.x + LABEL - 1, canvas);
    take(&mut rest, 2 + rows);
    let first = &*printable(&mixing.first()).into_owned();
    for (claim, of) in claims {
        let (says, style) = verdict(of, look);
        let letter = claim.id();
        let with = |claim: &str| message!("mixing-claim", letter = letter, claim = claim, verdict = says.text());
        // The verdict counts more than the words before it.
        let for_claim = room(rest).saturating_sub(cells(&with("")));
        let text = with(&shorten(&claim.says(first), for_claim));
        say(&text, style, &mut rest, canvas);
    }
    take(&mut rest, 1);
    if rest.height > 2 {
        tokens(mixing, &columns, look, rest, canvas);
    }
}

/// Where the numbers stand.
struct ShareColumns {
    x: u16,
    end: u16,
    /// Whether parts are vectors, which may cancel.
    has_lengths: bool,
}

impl ShareColumns {
    fn new(area: Rect, mixing: &Mixing) -> Self {
        let has_lengths = mixing.measure.id() == "decompx";
        Self { x: area.x + LABEL, end: area.right() - 1, has_lengths }
    }

    /// Above the numbers; `by_layer` says whether they are of layers.
    fn header(&self, look: &Look, y: u16, by_layer: bool, buffer: &mut Buffer) {
        let names: [Label; 6] = [
            label!("mixing-column-itself"),
            label!("mixing-column-words"),
            label!("mixing-column-signs"),
            label!("mixing-column-specials"),
            label!("mixing-column-biases"),
            label!("mixing-column-even"),
        ];
        let last = if by_layer { label!("mixing-column-taken") } else { label!("mixing-column-others-even") };
        let cancelling = (by_layer && self.has_lengths).then_some(label!("mixing-column-cancelling"));
        let names: Vec<Label> = names.into_iter().chain([last]).chain(cancelling).collect();
        // What a bar of the rows is made of stands before its part's name.
        let has_bar = self.end.saturating_sub(self.x + WIDTHS[..names.len()].iter().sum::<u16>() + 2) >= BAR;
        let signs = bar_signs(look).map(Some).into_iter().filter(|_| has_bar).chain(repeat(None));
        let mut x = self.x;
        for ((name, sign), width) in names.into_iter().zip(signs).zip(WIDTHS) {
            x += width;
            if x <= self.end {
                let name = shorten(name.text(), usize::from(width) - 1);
                let at = x - cells(&name) as u16;
                buffer.set_string(at, y, name, look.theme.heading);
                sign.into_iter().for_each(|(sign, style)| buffer.set_string(at - 1, y, sign, style));
            }
        }
    }

    /// A row's numbers, and its shares as a bar where there is room for one.
    fn row(
        &self,
        shares: Option<&SourceShares>,
        is_unit: bool,
        [last, cancelling]: [Option<String>; 2],
        look: &Look,
        y: u16,
        buffer: &mut Buffer,
    ) {
        let parts = shares.map(|of| [of.own, of.words, of.signs, of.specials, of.biases]);
        let part = |at: usize| parts.filter(|_| at > 0 || is_unit).map(|parts| format!("{} %", percent(parts[at])));
        let even = shares.and_then(|shares| shares.evenness).map(|number| format!("{number:.2}"));
        let numbers = (0..5).map(part).chain([even, last]).chain(self.has_lengths.then_some(cancelling));
        let mut x = self.x;
        for (number, width) in numbers.zip(WIDTHS) {
            if x + width > self.end {
                return;
            }
            let number = number.unwrap_or_else(|| "–".to_owned());
            buffer.set_string(x, y, format!("{number:>width$}", width = usize::from(width)), look.theme.text);
            x += width;
        }
        let room = self.end.saturating_sub(x + 2);
        if let Some(parts) = parts.filter(|_| room >= BAR) {
            bar(&parts, look, Rect { x: x + 2, y, width: room, height: 1 }, buffer);
        }
    }
}

/// What each part of a bar is drawn with.
fn bar_signs(look: &Look) -> [(&'static str, Style); 5] {
    let theme = &look.theme;
    [("█", theme.accent), ("▓", theme.text), ("▒", theme.dim), ("░", theme.special), ("·", theme.dim)]
}

/// The sizes of shares beside each other: itself, words, signs, specials, biases.
fn bar(parts: &[f32; 5], look: &Look, area: Rect, buffer: &mut Buffer) {
    let all: f32 = parts.iter().map(|part| part.abs()).sum();
    let mut so_far = 0.0;
    for (part, (sign, style)) in parts.iter().zip(bar_signs(look)) {
        let place = |share: f32| area.x + (share / all * f32::from(area.width)).round() as u16;
        let (start, end) = (place(so_far), place(so_far + part.abs()).min(area.right()));
        so_far += part.abs();
        if all > 0.0 && end > start {
            buffer.set_string(start, area.y, sign.repeat(usize::from(end - start)), style);
        }
    }
}

/// A row for each token, then the mean and the pooler output, behind the last layer.
fn tokens(mixing: &Mixing, columns: &ShareColumns, look: &Look, area: Rect, canvas: &mut Canvas) {
    let mut rest = area;
    say(label!("mixing-tokens").text(), look.theme.heading, &mut rest, canvas);
    columns.header(look, rest.y, false, canvas);
    let units = mixing.units.iter().enumerate().map(|(unit, shares)| (MixedVector::Unit(unit), shares));
    let rows: Vec<(MixedVector, &SourceShares)> =
        units.chain(mixing.wholes.iter().map(|(vector, shares)| (*vector, shares))).collect();
    let at = rows.iter().position(|(vector, _)| *vector == mixing.vector).unwrap_or(0);
    let seen = window(&vec![1; rows.len()], at, usize::from(rest.height - 1).min(rows.len()));
    for (line, y) in seen.zip(rest.y + 1..rest.bottom()) {
        let (vector, shares) = rows[line];
        heat_map::label(&row_name(&mixing.name(vector)), vector == mixing.vector, look, area.x, y, canvas);
        let others = shares.evenness_of_others.map(|evenness| format!("{evenness:.2}"));
        let (is_unit, columns) =
            (matches!(vector, MixedVector::Unit(_)), &ShareColumns { has_lengths: false, ..*columns });
        columns.row(Some(shares), is_unit, [others, None], look, y, canvas);
        if let MixedVector::Unit(unit) = vector {
            let source = Some(mixing.words().tokens(unit).start);
            canvas.on_click(Rect { y, height: 1, ..area }, ClickTarget::At(Place { source, ..Place::default() }));
        }
    }
}
