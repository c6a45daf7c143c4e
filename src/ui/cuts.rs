//! What is switched off, and what that has changed: a line above every view while anything is.

use std::collections::BTreeSet;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Look,
    text::{cells, shorten},
};
use crate::{
    analysis::Pooling,
    app::{App, Fate, Off, Uncut},
    printable::printable,
};

/// The poolings worth a place in one line.
const SHOWN: [Pooling; 3] = [Pooling::Mean, Pooling::Cls, Pooling::Pooled];

/// Draws the line and returns what is left below it.
pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Rect {
    if app.off.is_empty() || app.help.is_some() || app.picker.is_open || area.height < 2 {
        return area;
    }
    let heads = app.model.as_ref().map_or(0, |model| model.heads);
    let uncut = app.readings.as_ref().and_then(|readings| readings.uncut.as_ref());
    let similarity = app.readings.as_ref().and_then(|readings| readings.pair.as_ref());
    let similarity = similarity.map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let off = format!("off: {}", names(&app.off, heads));
    let (kept, pairs) = uncut.map_or_else(Default::default, |uncut| effect(uncut, similarity));
    let room = usize::from(area.width.saturating_sub(2));
    let whole = format!("{off}{kept}{pairs}");
    // What does not fit goes on in a line of its own, where the view can spare one.
    let lines = match cells(&whole) <= room || pairs.is_empty() || area.height < 12 {
        true => vec![whole],
        false => vec![format!("{off}{kept}"), pairs.trim_start_matches([' ', '·']).to_owned()],
    };
    for (line, y) in lines.iter().zip(area.y..) {
        buffer.set_string(area.x + 1, y, shorten(line, room), look.theme.warning);
    }
    let taken = lines.len() as u16;
    Rect { y: area.y + taken, height: area.height - taken, ..area }
}

/// `3.5 3.6, layer 4, hidden “tired”, [MASK] for “street”`.
pub(super) fn names(off: &Off, heads: usize) -> String {
    let of = |fate| -> Vec<String> {
        let texts = off.tokens.iter().filter(|token| token.fate == fate).map(|token| printable(&token.text));
        texts.map(|text| format!("“{text}”")).collect()
    };
    let (hidden, masked) = (of(Fate::Hidden), of(Fate::Masked));
    let parts = [
        head_names(&off.heads, heads),
        if hidden.is_empty() { String::new() } else { format!("hidden {}", hidden.join(" ")) },
        if masked.is_empty() { String::new() } else { format!("[MASK] for {}", masked.join(" ")) },
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `3.5 3.6, layer 4`: whole layers as such.
fn head_names(cuts: &BTreeSet<(usize, usize)>, heads: usize) -> String {
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

/// How far A's vectors have moved; the similarity of a pair before and after.
fn effect(uncut: &Uncut, similarity: &[(Pooling, f32)]) -> (String, String) {
    let uncut_similarity = uncut.readings.pair.as_ref().map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let find =
        |list: &[(Pooling, f32)], pooling: Pooling| list.iter().find(|(p, _)| *p == pooling).map(|(_, value)| *value);
    let kept = SHOWN.iter().filter_map(|&pooling| Some(format!(" {pooling} {:.3}", find(&uncut.kept, pooling)?)));
    let pairs = SHOWN.iter().filter_map(|&pooling| {
        let (before, after) = (find(uncut_similarity, pooling)?, find(similarity, pooling)?);
        Some(format!(" {pooling} {before:.3} → {after:.3}"))
    });
    let (kept, pairs): (String, String) = (kept.collect(), pairs.collect());
    let pairs = if pairs.is_empty() { pairs } else { format!("  ·  A~B{pairs}") };
    (format!("  ·  cosine to uncut{kept}"), pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_layers_are_named_as_such() {
        let cuts = [(0, 1), (0, 2), (2, 0), (2, 1), (2, 2)].into();
        assert_eq!(head_names(&cuts, 3), "1.2 1.3, layer 3");
    }
}
