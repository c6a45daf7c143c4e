//! What is switched off, and what that has changed: a line above every view while anything is.

use ratatui::{buffer::Buffer, layout::Rect};

use super::App;
use crate::widgets::{
    Look,
    text::{cells, shorten},
};
use crate::{analysis::Pooling, printable::printable, state::Unablated};

/// The poolings worth a place in one line.
const SHOWN: [Pooling; 3] = [Pooling::Mean, Pooling::Cls, Pooling::Pooled];

/// Draws the line and returns what is left below it.
pub(super) fn draw(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Rect {
    if app.off.is_empty() || app.help.is_some() || app.picker.is_open || area.height < 2 {
        return area;
    }
    let heads = app.model.as_ref().map_or(0, |model| model.heads);
    let unablated = app.readings.as_ref().and_then(|readings| readings.unablated.as_ref());
    let similarity = app.readings.as_ref().and_then(|readings| readings.pair.as_ref());
    let similarity = similarity.map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let off = format!("off: {}", printable(&app.off.names(heads)));
    let off = off.as_str();
    let (kept, pairs) = unablated.map_or_else(Default::default, |unablated| effect(unablated, similarity));
    let room = usize::from(area.width.saturating_sub(2));
    // What was changed counts more than the last of a long list of names.
    let line = |rest: &str| format!("{}{rest}", shorten(off, room.saturating_sub(cells(rest)).max(16)));
    let whole = format!("{kept}{pairs}");
    // What does not fit goes on in a line of its own, where the view can spare one.
    let lines = match cells(off) + cells(&whole) <= room || pairs.is_empty() || area.height < 12 {
        true => vec![line(&whole)],
        false => vec![line(&kept), pairs.trim_start_matches([' ', '·']).to_owned()],
    };
    for (line, y) in lines.iter().zip(area.y..) {
        buffer.set_string(area.x + 1, y, shorten(line, room), look.theme.warning);
    }
    let taken = lines.len() as u16;
    Rect { y: area.y + taken, height: area.height - taken, ..area }
}

/// How far A's vectors have moved; the similarity of a pair before and after.
fn effect(unablated: &Unablated, similarity: &[(Pooling, f32)]) -> (String, String) {
    let unablated_similarity =
        unablated.readings.pair.as_ref().map(|pair| pair.similarity.as_slice()).unwrap_or_default();
    let find =
        |list: &[(Pooling, f32)], pooling: Pooling| list.iter().find(|(p, _)| *p == pooling).map(|(_, value)| *value);
    let kept =
        SHOWN.iter().filter_map(|&pooling| Some(format!(" {pooling} {:.3}", find(&unablated.similarity, pooling)?)));
    let pairs = SHOWN.iter().filter_map(|&pooling| {
        let (before, after) = (find(unablated_similarity, pooling)?, find(similarity, pooling)?);
        Some(format!(" {pooling} {before:.3} → {after:.3}"))
    });
    let (kept, pairs): (String, String) = (kept.collect(), pairs.collect());
    let pairs = if pairs.is_empty() { pairs } else { format!("  ·  A~B{pairs}") };
    (format!("  ·  cosine to uncut{kept}"), pairs)
}
