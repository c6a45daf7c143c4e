//! In which layers `[CLS]` reads: what each layer takes from other tokens, and what is left of the last `[CLS]` where it may not.

use ratatui::layout::Rect;

use super::{
    super::{Mixing, MixingStudy, tables::WhenRow},
    LABEL, NUMBER, background_pending, say, study_pending, take,
};
use crate::{
    analysis::{narrow_cosine, readable_cosine},
    messages::{Label, label, message},
    printable::printable,
    state::{ClickTarget, Place, State},
    widgets::{
        Look,
        canvas::Canvas,
        columns::window,
        heat_map,
        text::{cells, shorten, wrapped},
    },
};

/// Above the columns: the first of each group, and how many columns it has.
const GROUPS: [(Label, u16); 4] = [
    (label!("mixing-group-layer"), 2),
    (label!("mixing-group-blind-here"), 2),
    (label!("mixing-group-blind-up-to"), 2),
    (label!("mixing-group-blind-from"), 2),
];

/// So many layers are shown at least before something is told of them.
const FEWEST: usize = 6;

pub(super) fn draw(mixing: &Mixing, study: &MixingStudy, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let mut rest = area;
    let room = usize::from(area.width.saturating_sub(2));
    let first = &*printable(&mixing.first()).into_owned();
    let steps = |done, of, key| message!("mixing-when-steps", first = first, done = done, of = of, key = key);
    // Without them nothing is centred.
    let centring = || background_pending(state).filter(|_| mixing.unrelated.is_none());
    match study_pending(study, state, look, steps).or_else(centring) {
        Some(pending) => {
            wrapped(&pending, room).iter().for_each(|line| say(line, look.theme.warning, &mut rest, canvas));
        }
        None => wrapped(&message!("mixing-when", first = first), room)
            .iter()
            .for_each(|line| say(line, look.theme.dim, &mut rest, canvas)),
    }
    if !state.ablations.is_empty() {
        wrapped(label!("mixing-when-ablated").text(), room)
            .iter()
            .for_each(|line| say(line, look.theme.warning, &mut rest, canvas));
    }
    if rest.height < 3 {
        return;
    }
    let rows: Vec<WhenRow> = (0..mixing.layers.len()).map(|layer| WhenRow::new(mixing, study, layer)).collect();
    let mut told: Vec<Vec<String>> = told(&rows, first).iter().map(|sentence| wrapped(sentence, room)).collect();
    header(look, rest, canvas);
    take(&mut rest, 2);
    // Every layer counts more than what is told of them, but for where it reads.
    let lines = |told: &[Vec<String>]| if told.is_empty() { 0 } else { 1 + told.concat().len() };
    let height = usize::from(rest.height);
    while !told.is_empty() && rows.len() + lines(&told) > height {
        if told.len() == 1 && height >= lines(&told) + FEWEST {
            break;
        }
        told.remove(0);
    }
    let most = height.saturating_sub(lines(&told)).max(1);
    let seen = window(&vec![1; rows.len()], state.attention.layer, most.min(rows.len()));
    for layer in seen {
        row(&rows[layer], layer, layer == state.attention.layer, look, rest, canvas);
        let target = ClickTarget::At(Place { layer: Some(layer), ..Place::default() });
        canvas.on_click(Rect { height: 1, ..rest }, target);
        take(&mut rest, 1);
    }
    take(&mut rest, 1);
    told.iter().flatten().for_each(|line| say(line, look.theme.text, &mut rest, canvas));
}

fn header(look: &Look, area: Rect, canvas: &mut Canvas) {
    let end = area.right() - 1;
    let mut right = area.x + LABEL;
    for (name, columns) in GROUPS {
        right += columns * NUMBER;
        let name = shorten(name.text(), usize::from(columns * NUMBER) - 2);
        if right <= end {
            canvas.set_string(right - cells(&name) as u16, area.y, name, look.theme.heading);
        }
    }
    let cosines = [label!("mixing-column-raw"), label!("mixing-column-centred")];
    let names = [label!("mixing-column-weight"), label!("mixing-column-taken")].into_iter().chain(cosines.repeat(3));
    for (name, x) in names.zip((area.x + LABEL..).step_by(NUMBER.into())) {
        let name = shorten(name.text(), usize::from(NUMBER) - 1);
        if x + NUMBER <= end {
            canvas.set_string(x + NUMBER - cells(&name) as u16, area.y + 1, name, look.theme.heading);
        }
    }
}

fn row(of: &WhenRow, layer: usize, is_chosen: bool, look: &Look, area: Rect, canvas: &mut Canvas) {
    let label = message!("layers-row", layer = format!("{:>2}", layer + 1));
    heat_map::label(&label, is_chosen, look, area.x, area.y, canvas);
    let share = |share: Option<f32>| share.map(|share| format!("{:.1} %", 100.0 * share));
    let cosine = |cosine: Option<f32>| cosine.map(|cosine| narrow_cosine(cosine, 3, usize::from(NUMBER) - 1));
    let numbers = [of.weight, of.taken].map(share).into_iter().chain(of.blind.into_iter().flatten().map(cosine));
    for (number, x) in numbers.zip((area.x + LABEL..).step_by(NUMBER.into())) {
        if x + NUMBER < area.right() {
            let number = number.unwrap_or_else(|| "–".to_owned());
            let text = format!("{number:>width$}", width = usize::from(NUMBER));
            canvas.set_string(x, area.y, text, look.theme.text);
        }
    }
}

/// What the numbers say, a sentence each.
fn told(rows: &[WhenRow], first: &str) -> Vec<String> {
    /// So little is nothing, and one less that is all.
    const LITTLE: f32 = 0.02;
    let percents = |share: f32| format!("{:.1}", 100.0 * share);
    let cosine = |[raw, centred]: [Option<f32>; 2]| match (raw, centred) {
        (Some(raw), Some(centred)) => {
            Some(message!("mixing-told-cosines", raw = readable_cosine(raw, 3), centred = readable_cosine(centred, 3)))
        }
        (Some(raw), None) => Some(message!("mixing-told-cosine", raw = readable_cosine(raw, 3))),
        (None, _) => None,
    };
    let left = |[raw, centred]: [Option<f32>; 2]| centred.or(raw);
    let weights = rows.iter().enumerate().filter_map(|(layer, row)| Some((layer, row.weight?, row.taken?)));
    let most = weights.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(layer, weight, taken)| {
        let (weight, taken) = (percents(weight), percents(taken));
        message!("mixing-told-weight", first = first, layer = layer + 1, weight = weight, taken = taken)
    });
    let is_all = |of: [Option<f32>; 2]| left(of).is_some_and(|left| left >= 1.0 - LITTLE);
    let blind = (0..rows.len().saturating_sub(1)).take_while(|&layer| is_all(rows[layer].blind[1])).last();
    let early = blind
        .and_then(|last| Some((last, cosine(rows[last].blind[1])?)))
        .map(|(last, cosines)| message!("mixing-told-early", first = first, last = last + 1, cosines = cosines));
    let least = (0..rows.len()).filter_map(|layer| Some((layer, left(rows[layer].blind[0])?)));
    let late = least.min_by(|a, b| a.1.total_cmp(&b.1)).and_then(|(layer, least)| {
        let cosines = cosine(rows[layer].blind[0])?;
        Some(match least < LITTLE && rows[layer].blind[0][1].is_some() {
            true => message!("mixing-told-late", layer = layer + 1, cosines = cosines),
            false => message!("mixing-told-most", layer = layer + 1, cosines = cosines),
        })
    });
    [most, early, late].into_iter().flatten().collect()
}
