//! Whether `[CLS]` is special: a row for each token and one for the mean, in the order that is chosen.

use ratatui::layout::Rect;

use super::{super::Mixing, LABEL, NUMBER, row_name, say, take};
use crate::{
    analysis::{MixedVector, ShareSpread, TraitOrder, VectorTraits, decimal},
    messages::{Label, label, message},
    printable::printable,
    state::{ClickTarget, Place},
    widgets::{
        Look,
        canvas::Canvas,
        cells::percent,
        columns::window,
        heat_map,
        text::{cells, shorten, wrapped},
    },
};

/// What a column shows.
#[derive(Clone, Copy, PartialEq)]
enum TraitColumn {
    /// What the rows can be put in order by.
    Ordered(TraitOrder),
    Gini,
    GiniOfOthers,
}

/// What each column is called; those that have no room are left out.
const COLUMNS: [(Label, TraitColumn); 10] = [
    (label!("mixing-column-itself"), TraitColumn::Ordered(TraitOrder::Own)),
    (label!("mixing-column-even"), TraitColumn::Ordered(TraitOrder::Evenness)),
    (label!("mixing-column-others-even"), TraitColumn::Ordered(TraitOrder::EvennessOfOthers)),
    (label!("mixing-column-strongest"), TraitColumn::Ordered(TraitOrder::Strongest)),
    (label!("mixing-column-to-mean"), TraitColumn::Ordered(TraitOrder::ToMean)),
    (label!("mixing-column-to-input"), TraitColumn::Ordered(TraitOrder::ToInput)),
    (label!("mixing-column-to-unrelated-cls"), TraitColumn::Ordered(TraitOrder::ToUnrelatedCls)),
    (label!("mixing-column-to-unrelated-mean"), TraitColumn::Ordered(TraitOrder::ToUnrelatedMean)),
    (label!("mixing-column-gini"), TraitColumn::Gini),
    (label!("mixing-column-others-gini"), TraitColumn::GiniOfOthers),
];

pub(super) fn draw(mixing: &Mixing, order: TraitOrder, look: &Look, area: Rect, canvas: &mut Canvas) {
    let traits = &mixing.traits;
    let places = order.places(traits);
    let mut rest = area;
    let room = usize::from(area.width.saturating_sub(2));
    let first = &*printable(&mixing.first()).into_owned();
    let mut lines = vec![(rank(traits, order, first), look.theme.accent)];
    let explained = wrapped(&message!("mixing-special-columns", first = first), room);
    if usize::from(area.height) > explained.len() + 6 {
        lines.extend(explained.into_iter().map(|line| (line, look.theme.dim)));
    }
    for (line, style) in lines {
        say(&line, style, &mut rest, canvas);
    }
    if rest.height < 2 {
        return;
    }
    let (start, end) = (area.x + LABEL, area.right() - 1);
    let columns = || COLUMNS.iter().zip((start..).step_by(NUMBER.into())).filter(|(_, x)| x + NUMBER <= end);
    for ((name, by), x) in columns() {
        let name = shorten(name.text(), usize::from(NUMBER) - 1);
        let style = if *by == TraitColumn::Ordered(order) { look.theme.accent } else { look.theme.heading };
        canvas.set_string(x + NUMBER - cells(&name) as u16, rest.y, name, style);
    }
    take(&mut rest, 1);
    let at = places.iter().position(|&place| traits[place].vector == mixing.vector).unwrap_or(0);
    let seen = window(&vec![1; places.len()], at, usize::from(rest.height).min(places.len()));
    let (above, below) = ((seen.start > 0).then_some(rest.y), (seen.end < places.len()).then_some(rest.bottom() - 1));
    heat_map::beyond(above, below, look, area.x + LABEL - 1, canvas);
    for (line, y) in seen.zip(rest.y..) {
        let of = &traits[places[line]];
        let name = row_name(&mixing.name(of.vector));
        heat_map::label(&name, of.vector == mixing.vector, look, area.x, y, canvas);
        for ((_, by), x) in columns() {
            let text = format!("{:>width$}", number(*by, of), width = usize::from(NUMBER));
            canvas.set_string(x, y, text, look.theme.text);
        }
        if let MixedVector::Unit(unit) = of.vector {
            let source = Some(mixing.words().tokens(unit).start);
            canvas.on_click(Rect { y, height: 1, ..area }, ClickTarget::At(Place { source, ..Place::default() }));
        }
    }
}

/// Which place the first token has among all tokens that have such a number; the mean of all is none.
fn rank(traits: &[VectorTraits], order: TraitOrder, first: &str) -> String {
    let by = if order == TraitOrder::Standing { TraitOrder::Evenness } else { order };
    let tokens = traits.iter().filter(|of| matches!(of.vector, MixedVector::Unit(_)));
    let numbers: Vec<f64> = tokens.filter_map(|of| by.number(of)).filter(|number| number.is_finite()).collect();
    let own = traits.iter().find(|of| of.vector == MixedVector::Unit(0)).and_then(|of| by.number(of));
    let Some(own) = own.filter(|own| own.is_finite()) else { return message!("mixing-special-unknown", first = first) };
    let rank = 1 + numbers.iter().filter(|number| **number > own).count();
    let name = COLUMNS.iter().find(|(_, of)| *of == TraitColumn::Ordered(by)).map_or("", |(name, _)| name.text());
    message!("mixing-special", first = first, rank = rank, of = numbers.len(), column = name)
}

fn number(column: TraitColumn, of: &VectorTraits) -> String {
    let gini = |spread: Option<ShareSpread>| spread.map(|spread| spread.gini);
    let number = match column {
        // Of a mean there is no other.
        TraitColumn::Ordered(TraitOrder::EvennessOfOthers) => of.spread_of_others.map(|spread| spread.evenness),
        TraitColumn::Ordered(by) => by.number(of),
        TraitColumn::Gini => gini(of.spread),
        TraitColumn::GiniOfOthers => gini(of.spread_of_others),
    };
    match (number.filter(|number| number.is_finite()), column) {
        (None, _) => "–".to_owned(),
        (Some(share), TraitColumn::Ordered(TraitOrder::Own)) => format!("{} %", percent(share as f32)),
        (Some(times), TraitColumn::Ordered(TraitOrder::Strongest)) => format!("{times:.1}×"),
        (Some(number), _) => decimal(number, 2),
    }
}
