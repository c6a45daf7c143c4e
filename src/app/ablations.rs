//! The ablations and what they change: a line above every view while there are any.

use ratatui::{buffer::Buffer, layout::Rect};

use super::App;
use crate::widgets::{
    Look,
    text::{cells, shorten},
};
use crate::{analysis::Pooling, messages::message, printable::printable, state::Unablated};

/// The poolings worth a place in one line.
const SHOWN: [Pooling; 3] = [Pooling::Mean, Pooling::Cls, Pooling::Pooled];

/// Between two facts of the line.
const BETWEEN: &str = "  ·  ";
/// A lower view cannot spare a second line.
pub(super) const LOWEST_FOR_TWO: u16 = 12;

/// Draws the line and returns what is left below it.
pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Rect {
    if app.ablations.is_empty() || app.help.is_some() || app.picker.is_open || area.height < 2 {
        return area;
    }
    let heads = app.model.as_ref().map_or(0, |model| model.heads);
    let unablated = app.readings.as_ref().and_then(|readings| readings.unablated.as_ref());
    let similarity = app.readings.as_ref().and_then(|readings| readings.pair.as_ref());
    let similarity = similarity.map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let ablated = message!("app-ablated", ablations = &*printable(&app.ablations.names(heads)));
    let (kept, pairs) = unablated.map_or_else(Default::default, |unablated| effect(unablated, similarity));
    let room = usize::from(area.width.saturating_sub(2));
    let facts: Vec<String> = [ablated, kept, pairs].into_iter().filter(|fact| !fact.is_empty()).collect();
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

/// How far A's vectors have moved; the similarity of a pair before and after.
fn effect(unablated: &Unablated, similarity: &[(Pooling, f32)]) -> (String, String) {
    let unablated_similarity =
        unablated.readings.pair.as_ref().map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let find =
        |list: &[(Pooling, f32)], pooling: Pooling| list.iter().find(|(p, _)| *p == pooling).map(|(_, value)| *value);
    let kept =
        SHOWN.iter().filter_map(|&pooling| Some(format!("{pooling} {:.3}", find(&unablated.similarity, pooling)?)));
    let pairs = SHOWN.iter().filter_map(|&pooling| {
        let (before, after) = (find(unablated_similarity, pooling)?, find(similarity, pooling)?);
        Some(format!("{pooling} {before:.3} → {after:.3}"))
    });
    let [kept, pairs] = [kept.collect::<Vec<_>>().join(" "), pairs.collect::<Vec<_>>().join(" ")];
    let pairs = if pairs.is_empty() { pairs } else { format!("A~B {pairs}") };
    (message!("app-cosine-unablated", cosines = kept), pairs)
}
