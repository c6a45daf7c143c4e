//! How close two sentences are under each pooling, and whether that is unusual.

use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

use super::{bar, line, wrapped};
use crate::{
    analysis::{Calibrated, Pooling, Ranked},
    app::{App, LabState, Readings},
    ui::{Look, text::cells},
};

/// The names, the cosine, and three times a percentage; the bars stand right of them.
const NUMBERS: u16 = 56;
/// Shorter bars say nothing.
const SHORTEST_BAR: u16 = 10;
/// From this percentile on two sentences are unusually close, and below as many from the other end unusually far apart.
const UNUSUAL: f64 = 95.0;

/// Lines taken: a heading, the names of the columns, one a pooling, what to say of them (in a narrow window in two
/// lines), and what the percentages are of.
pub(super) fn height(poolings: u16, width: u16) -> u16 {
    poolings + 4 + u16::from(width < 100)
}

pub(super) fn draw(app: &App, readings: &Readings, look: &Look, area: Rect, buffer: &mut Buffer) {
    let Some(pair) = &readings.pair else { return };
    let theme = &look.theme;
    let known = app.lab.closeness.len() == pair.similarity.len();
    line("How close are A and B? Each read alone", theme.heading, area, 0, buffer);
    let columns = if known { "cosine   above    centred   above   whitened   above" } else { "cosine" };
    buffer.set_stringn(area.x + 12, area.y + 1, columns, usize::from(area.width.saturating_sub(12)), theme.dim);
    let taken = if known { NUMBERS + 10 } else { 20 };
    for (at, (&(pooling, cosine), y)) in pair.similarity.iter().zip(area.y + 2..).enumerate() {
        buffer.set_string(area.x, y, format!("{pooling:<11}{cosine:>7.3}"), theme.text);
        if let Some((_, Ok(calibrated))) = app.lab.closeness.get(at).filter(|_| known) {
            let Calibrated { raw, centred, whitened } = *calibrated;
            ranks(raw, area.x + 20, y, look, buffer);
            value(centred, area.x + 29, y, look, buffer);
            match whitened {
                Some(whitened) => value(whitened, area.x + 48, y, look, buffer),
                None => {
                    buffer.set_string(area.x + 48, y, "      –", theme.dim);
                }
            }
        }
        let room = area.width.saturating_sub(taken);
        if room >= SHORTEST_BAR {
            bar(cosine, look, Rect { x: area.x + taken, y, width: room, height: 1 }, buffer);
        }
    }
    let text = if known { verdict(&app.lab) } else { waiting(&app.lab) };
    let notes = Rect { y: area.y + 2 + pair.similarity.len() as u16, ..area };
    let left = area.bottom().saturating_sub(notes.y);
    let said = wrapped(&text, usize::from(area.width));
    for (text, y) in said.iter().zip(notes.y..).take(usize::from(left)) {
        buffer.set_string(notes.x, y, text, theme.accent);
    }
    let after = said.len() as u16;
    if known && after < left {
        let place = Rect { y: notes.y + after, ..notes };
        line(&explained(&app.lab), theme.dim, place, 0, buffer);
    }
}

/// A cosine of three decimals, and how many it is above.
fn value(ranked: Ranked, x: u16, y: u16, look: &Look, buffer: &mut Buffer) {
    buffer.set_string(x, y, format!("{:>7.3}", ranked.cosine), look.theme.text);
    ranks(ranked, x + 8, y, look, buffer);
}

fn ranks(ranked: Ranked, x: u16, y: u16, look: &Look, buffer: &mut Buffer) {
    let Some(percentile) = ranked.percentile else { return };
    let unusual = !(100.0 - UNUSUAL..UNUSUAL).contains(&percentile);
    let style = if unusual { look.theme.accent.add_modifier(Modifier::BOLD) } else { look.theme.text };
    buffer.set_string(x, y, format!("{:>5} %", percent(percentile)), style);
}

/// Whole per cent, but never all or nothing where that is rounded.
fn percent(percentile: f64) -> String {
    match percentile {
        0.0 | 100.0 => format!("{percentile:.0}"),
        most if most >= 99.5 => ">99".to_owned(),
        least if least < 0.5 => "<1".to_owned(),
        usual => format!("{usual:.0}"),
    }
}

/// Which poolings call the sentences close, and whether that is unusual, in words.
fn verdict(lab: &LabState) -> String {
    let named = |wanted: &dyn Fn(f64) -> bool| -> Vec<(Pooling, f64)> {
        let rank = |(pooling, calibrated): &(Pooling, Result<Calibrated, _>)| {
            Some((*pooling, calibrated.as_ref().ok()?.raw.percentile?))
        };
        lab.closeness.iter().filter_map(rank).filter(|(_, percentile)| wanted(*percentile)).collect()
    };
    let names = |some: &[(Pooling, f64)]| some.iter().map(|(pooling, _)| pooling.name()).collect::<Vec<_>>().join(", ");
    let close = named(&|percentile| percentile >= UNUSUAL);
    let far = named(&|percentile| percentile < 100.0 - UNUSUAL);
    let usual = named(&|percentile| (100.0 - UNUSUAL..UNUSUAL).contains(&percentile));
    let all = |some: &[(Pooling, f64)]| some.len() == lab.closeness.len();
    let parts = [
        (&close, "closer than nearly all unrelated sentences by "),
        (&far, "further apart than nearly all unrelated sentences by "),
        (&usual, "no closer than unrelated sentences may be by "),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(some, _)| !some.is_empty())
        .map(|(some, what)| if all(some) { format!("{what}every pooling") } else { format!("{what}{}", names(some)) })
        .collect();
    capital(&(said.join("; ") + "."))
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

/// What the percentages are of.
fn explained(lab: &LabState) -> String {
    let Some((name, _, sentences)) = lab.background() else { return String::new() };
    let pairs = sentences * sentences.saturating_sub(1) / 2;
    let text = format!("above: so many of {pairs} pairs of unrelated sentences (background {name}) are less close");
    let kept = lab
        .baseline
        .iter()
        .flat_map(|baseline| baseline.calibrations.iter())
        .find_map(|(_, known)| Some(known.ok()?.kept()));
    match kept.filter(|kept| *kept > 0) {
        Some(kept) if cells(&text) < 100 => format!("{text}; whitened in {kept} directions"),
        _ => text,
    }
}

/// Why there are no percentages yet.
fn waiting(lab: &LabState) -> String {
    match (&lab.error, lab.background()) {
        (Some(why), _) => format!("not compared with unrelated sentences: {why}"),
        (None, Some((_, done, all))) if done < all => {
            format!("reading {all} unrelated sentences to compare with: {done} read")
        }
        (None, Some(_)) => "comparing with unrelated sentences …".to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_rounded_to_all_or_none() {
        let said = [0.0, 0.2, 0.7, 50.2, 99.4, 99.7, 100.0].map(percent);
        assert_eq!(said, ["0", "<1", "1", "50", "99", ">99", "100"]);
    }
}
