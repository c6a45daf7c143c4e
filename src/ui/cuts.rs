//! What is switched off, and what that has changed: a line above every view while anything is.

use std::collections::BTreeSet;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{Look, text::shorten};
use crate::{
    analysis::Pooling,
    app::{App, Uncut},
};

/// The poolings worth a place in one line.
const SHOWN: [Pooling; 3] = [Pooling::Cls, Pooling::Pooled, Pooling::Mean];

/// Draws the line and returns what is left below it.
pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Rect {
    if app.cuts.is_empty() || app.help.is_some() || app.picker.is_open || area.height < 2 {
        return area;
    }
    let heads = app.model.as_ref().map_or(0, |model| model.heads);
    let uncut = app.readings.as_ref().and_then(|readings| readings.uncut.as_ref());
    let similarity = app.readings.as_ref().and_then(|readings| readings.pair.as_ref());
    let similarity = similarity.map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let effect = uncut.map_or(String::new(), |uncut| effect(uncut, similarity));
    let text = format!("off: {}{effect}", names(&app.cuts, heads));
    let room = usize::from(area.width.saturating_sub(2));
    buffer.set_string(area.x + 1, area.y, shorten(&text, room), look.theme.warning);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

/// `3.5 3.6, layer 4`: whole layers as such.
fn names(cuts: &BTreeSet<(usize, usize)>, heads: usize) -> String {
    let layers: BTreeSet<usize> = cuts.iter().map(|(layer, _)| *layer).collect();
    let whole = |layer: usize| cuts.range((layer, 0)..(layer + 1, 0)).count() == heads;
    let of_layer = |&layer: &usize| match whole(layer) {
        true => format!("layer {}", layer + 1),
        false => {
            let heads = cuts.range((layer, 0)..(layer + 1, 0)).map(|(_, head)| format!("{}.{}", layer + 1, head + 1));
            heads.collect::<Vec<_>>().join(" ")
        }
    };
    layers.iter().map(of_layer).collect::<Vec<_>>().join(", ")
}

/// How far A's vectors have moved, and the similarity of a pair before and after.
fn effect(uncut: &Uncut, similarity: &[(Pooling, f32)]) -> String {
    let find =
        |list: &[(Pooling, f32)], pooling: Pooling| list.iter().find(|(p, _)| *p == pooling).map(|(_, value)| *value);
    let kept = SHOWN.iter().filter_map(|&pooling| Some(format!(" {pooling} {:.3}", find(&uncut.kept, pooling)?)));
    let pairs = SHOWN.iter().filter_map(|&pooling| {
        let (before, after) = (find(&uncut.similarity, pooling)?, find(similarity, pooling)?);
        Some(format!(" {pooling} {before:.3} → {after:.3}"))
    });
    let (kept, pairs): (String, String) = (kept.collect(), pairs.collect());
    let pairs = if pairs.is_empty() { pairs } else { format!("  ·  A~B{pairs}") };
    format!("  ·  cosine to uncut{kept}{pairs}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_layers_are_named_as_such() {
        let cuts = [(0, 1), (0, 2), (2, 0), (2, 1), (2, 2)].into();
        assert_eq!(names(&cuts, 3), "1.2 1.3, layer 3");
    }

    #[test]
    fn the_effect_is_said_for_what_there_is() {
        let uncut =
            Uncut { kept: vec![(Pooling::Cls, 0.5), (Pooling::Mean, 0.25)], similarity: vec![(Pooling::Mean, 0.75)] };
        assert_eq!(effect(&uncut, &[]), "  ·  cosine to uncut cls 0.500 mean 0.250");
        let pair = effect(&uncut, &[(Pooling::Mean, 0.5)]);
        assert!(pair.ends_with("  ·  A~B mean 0.750 → 0.500"), "{pair}");
    }
}
