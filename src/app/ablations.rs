//! The ablations and what they change: a line above every view while there are any.

use ratatui::{buffer::Buffer, layout::Rect};

use super::App;
use crate::widgets::{
    Look,
    text::{cells, shorten},
};
use crate::{
    analysis::{Affected, Pooling, narrow_cosine, readable_cosine},
    labels,
    messages::message,
    printable::printable,
    state::{State, Unablated},
};

/// The poolings worth a place in one line.
const SHOWN: [(Affected, Pooling); 3] =
    [(Affected::Mean, Pooling::Mean), (Affected::Cls, Pooling::Cls), (Affected::Pooled, Pooling::Pooled)];

/// Between two facts of the line.
const BETWEEN: &str = "  ·  ";
/// A lower view cannot spare a second line.
pub(super) const LOWEST_FOR_TWO: u16 = 12;

/// Draws the line and returns what is left below it.
pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Rect {
    if app.ablations.is_empty() || app.help.is_some() || app.picker.is_open || area.height < 2 {
        return area;
    }
    let unablated = app.readings.as_ref().and_then(|readings| readings.unablated.as_ref());
    let similarity = app.readings.as_ref().and_then(|readings| readings.pair.as_ref());
    let similarity = similarity.map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let ablated = message!("app-ablated", ablations = &*printable(&app.ablation_names()));
    let (kept, pairs) = unablated.map_or_else(Default::default, |unablated| effect(app, unablated, similarity));
    let cell = cell(app).or_else(|| output(app)).unwrap_or_default();
    let room = usize::from(area.width.saturating_sub(2));
    let facts: Vec<String> = [ablated, cell, kept, pairs].into_iter().filter(|fact| !fact.is_empty()).collect();
    let lines = in_lines(&facts, room, if area.height < LOWEST_FOR_TWO { 1 } else { 2 });
    for (line, y) in lines.iter().zip(area.y..) {
        buffer.set_string(area.x + 1, y, shorten(line, room), look.theme.warning);
    }
    let taken = lines.len() as u16;
    Rect { y: area.y + taken, height: area.height - taken, ..area }
}

/// The facts in so many lines at most: where one line is too short, the last facts stand in the second. What was changed
/// counts more than the last of a long list of names, the first fact, which is shortened.
pub(super) fn in_lines(facts: &[String], room: usize, most: usize) -> Vec<String> {
    let joined = |facts: &[String]| facts.join(BETWEEN);
    let fits = |facts: &[String]| cells(&joined(facts)) <= room;
    let shortened = |facts: &[String]| {
        let rest: String = facts[1..].iter().flat_map(|fact| [BETWEEN, fact]).collect();
        format!("{}{rest}", shorten(&facts[0], room.saturating_sub(cells(&rest)).max(16)))
    };
    if most < 2 || fits(facts) {
        return vec![shortened(facts)];
    }
    let (first, second) = match (1..facts.len()).rev().find(|&at| fits(&facts[..at]) && fits(&facts[at..])) {
        Some(at) => facts.split_at(at),
        None => facts.split_at(facts.len().saturating_sub(1).max(1)),
    };
    [shortened(first), joined(second)].into_iter().filter(|line| !line.is_empty()).collect()
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
    let [before, after] = numbers.map(|logit| format!("{logit:+.2}"));
    Some(message!("app-output-unablated", name = &*printable(&name), before = before, after = after))
}
