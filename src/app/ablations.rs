//! The ablations and what they change: a line above every view while there are any.

use ratatui::{buffer::Buffer, layout::Rect};

use super::App;
use crate::widgets::{
    Look,
    text::{cells, shorten, wrapped},
};
use crate::{
    analysis::{Affected, Pooling, narrow_cosine, readable_cosine, signed},
    labels,
    messages::message,
    printable::printable,
    state::{State, Subject, Unablated},
};

/// The poolings worth a place in one line.
const SHOWN: [(Affected, Pooling); 3] =
    [(Affected::Mean, Pooling::Mean), (Affected::Cls, Pooling::Cls), (Affected::Pooled, Pooling::Pooled)];

/// Between two facts of the line.
pub(super) const BETWEEN: &str = "  ·  ";
/// A lower view cannot spare a second line.
pub(super) const LOWEST_FOR_TWO: u16 = 12;

/// Draws the line and returns what is left below it.
pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Rect {
    if app.ablations.is_empty() || app.help.is_some() || app.picker.is_open || area.height < 2 {
        return area;
    }
    let room = usize::from(area.width.saturating_sub(2));
    let most = if area.height < LOWEST_FOR_TWO || app.subject() == Subject::List { 1 } else { 2 };
    let lines = in_lines(&facts(app), room, most);
    for (line, y) in lines.iter().zip(area.y..) {
        buffer.set_string(area.x + 1, y, shorten(line, room), look.theme.warning);
    }
    let taken = lines.len() as u16;
    Rect { y: area.y + taken, height: area.height - taken, ..area }
}

/// What is ablated, and what that changes; nothing without ablations.
pub(super) fn facts(app: &App) -> Vec<String> {
    if app.ablations.is_empty() {
        return Vec::new();
    }
    if app.subject() == Subject::List {
        return vec![message!("app-list-unablated", ablations = &*printable(&app.ablation_names()))];
    }
    let unablated = app.readings.as_ref().and_then(|readings| readings.unablated.as_ref());
    let similarity = app.readings.as_ref().and_then(|readings| readings.pair.as_ref());
    let similarity = similarity.map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let ablated = message!("app-ablated", ablations = &*printable(&app.ablation_names()));
    let (kept, pairs) = unablated.map_or_else(Default::default, |unablated| effect(app, unablated, similarity));
    let cell = cell(app).or_else(|| output(app)).unwrap_or_default();
    [ablated, cell, kept, pairs].into_iter().filter(|fact| !fact.is_empty()).collect()
}

/// The facts in so many lines at most: the first, which names things, whole as far as there is room, then of the others those
/// that fit beside it or below. Where the names alone fill all lines, they are cut a line earlier, for what follows from them.
pub(super) fn in_lines(facts: &[String], room: usize, most: usize) -> Vec<String> {
    let Some((names, others)) = facts.split_first() else { return Vec::new() };
    let mut lines = wrapped(names, room);
    if lines.len() > most.max(1) {
        let most = if others.is_empty() { most } else { most - 1 }.max(1);
        let rest = lines.drain(most - 1..).collect::<Vec<_>>().join(" ");
        lines.push(shorten(&rest, room).into_owned());
    }
    for fact in others {
        let has_line_left = lines.len() < most;
        match lines.last_mut() {
            Some(line) if cells(line) + cells(BETWEEN) + cells(fact) <= room => line.extend([BETWEEN, fact]),
            _ if has_line_left => lines.push(shorten(fact, room).into_owned()),
            _ => {}
        }
    }
    lines
}

/// How far the vector of the token that looks and A's vectors have moved, the one that is asked about first; the similarity of a
/// pair before and after.
fn effect(state: &State, unablated: &Unablated, similarity: &[(Pooling, f32)]) -> (String, String) {
    let unablated_similarity =
        unablated.readings.pair.as_ref().map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let find =
        |list: &[(Pooling, f32)], pooling: Pooling| list.iter().find(|(p, _)| *p == pooling).map(|(_, value)| *value);
    let token = state.token_effect().map(|(name, cosine)| {
        let text = message!("app-cosine-token", token = printable(&name), cosine = readable_cosine(cosine, 3));
        (Affected::Token, text)
    });
    let of_sentence = SHOWN.iter().filter_map(|&(affected, pooling)| {
        Some((affected, format!("{pooling} {}", readable_cosine(find(&unablated.similarity, pooling)?, 3))))
    });
    let mut kept: Vec<(Affected, String)> = token.into_iter().chain(of_sentence).collect();
    kept.sort_by_key(|(affected, _)| *affected != state.about);
    let kept: Vec<String> = kept.into_iter().map(|(_, text)| text).collect();
    let pairs = SHOWN.iter().filter_map(|&(_, pooling)| {
        let (before, after) = (find(unablated_similarity, pooling)?, find(similarity, pooling)?);
        let [before, after] = [before, after].map(|cosine| narrow_cosine(cosine, 3, 8));
        Some(format!("{pooling} {before} → {after}"))
    });
    let [kept, pairs] = [kept.join(" "), pairs.collect::<Vec<_>>().join(" ")];
    let pairs = if pairs.is_empty() { pairs } else { format!("A~B {pairs}") };
    (message!("app-cosine-unablated", cosines = kept), pairs)
}

/// `“it” → “animal”, layer 3, head 5: 42.1 % → 3.0 %`; none where that is not asked about.
fn cell(state: &State) -> Option<String> {
    let ([from, to], cell, [before, after]) = (state.about == Affected::Cell).then(|| state.cell_effect()).flatten()?;
    let percent = |share: f32| format!("{:.1}", share * 100.0);
    Some(message!(
        "app-cell-unablated",
        from = printable(&from),
        to = printable(&to),
        layer = cell.layer + 1,
        heads = labels::analysis::head_choice(cell.heads),
        before = percent(before),
        after = percent(after)
    ))
}

/// `logit of positive: +2.31 → +0.12`; none where that is not asked about.
fn output(state: &State) -> Option<String> {
    let (name, numbers) = (state.about == Affected::Output).then(|| state.output_effect()).flatten()?;
    let [before, after] = numbers.map(|logit| signed(logit, 2));
    Some(message!("app-output-unablated", name = &*printable(&name), before = before, after = after))
}

#[cfg(test)]
mod tests {
    use super::in_lines;

    #[test]
    fn what_is_ablated_is_whole_as_far_as_there_is_room() {
        let lines =
            |names: &str, room, most| in_lines(&[names.to_owned(), "cosine 0.93".into(), "A~B 0.5".into()], room, most);
        assert_eq!(lines("ablated: layer 1", 60, 2), ["ablated: layer 1  ·  cosine 0.93  ·  A~B 0.5"]);
        assert_eq!(lines("ablated: layer 1", 30, 2), ["ablated: layer 1", "cosine 0.93  ·  A~B 0.5"]);
        // Of the effect goes what has no room, not the names.
        assert_eq!(lines("ablated: blind [CLS] in layer 1", 34, 1), ["ablated: blind [CLS] in layer 1"]);
        assert_eq!(lines("ablated: blind [CLS] in layer 1", 22, 2), ["ablated: blind [CLS]", "in layer 1  ·  A~B 0.5"]);
        // They could not be named in any case.
        let long = lines("ablated: a b c d e f g h i j k l m n o p q r s t", 16, 2);
        assert_eq!(long, ["ablated: a b c …", "cosine 0.93"]);
        assert_eq!(in_lines(&[], 20, 2), [""; 0]);
    }
}
