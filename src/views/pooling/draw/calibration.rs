//! How close two sentences are as it is, centred and whitened.

use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

use super::{Lines, NAME, closeness, line, scroll, verdict};
use crate::{
    analysis::{Calibrated, Calibration, Pooling, Ranked, Unrelated, in_percent, narrow_cosine},
    messages::{label, message},
    state::{BackgroundSet, PairReading, State},
    views::pooling::pages::Pages,
    widgets::{Look, columns::centred, text::right_aligned},
};

/// A cosine and a percentage; between them, where there is room, what is typical.
const NARROW: u16 = 15;
const WIDE: u16 = 23;

pub(super) fn draw(
    pages: &Pages,
    state: &State,
    pair: &PairReading,
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) -> usize {
    let (theme, background) = (&look.theme, state.background_of_pair());
    let mut before = Lines::default();
    let heading = match background {
        Some(set) => message!("pooling-calibration", background = closeness::of_set(set)),
        None => message!("pooling-calibration-alone"),
    };
    before.add(&heading, theme.heading, area.width);
    let found = pages.closeness.iter().find_map(|(pooling, _)| Some(background?.calibration(*pooling)?.directions()));
    before.add(label!("pooling-centred").text(), theme.text, area.width);
    let whitened = match found.filter(|found| *found > 0) {
        Some(found) => message!("pooling-whitened-in", directions = found),
        None => message!("pooling-whitened"),
    };
    before.add(&whitened, theme.text, area.width);
    let mut after = Lines::default();
    match closeness::unrelated(pages, background) {
        Some(unrelated) => {
            after.add(&message!("pooling-calibration-legend", unrelated = unrelated), theme.dim, area.width);
        }
        None => match pair.background {
            Ok(_) => after.add(&closeness::waiting(background), theme.accent, area.width),
            Err(why) => after.add(&closeness::without(why), theme.warning, area.width),
        },
    }
    let rows = pair.similarity.len() as u16;
    let heading = before.height() + 1;
    let lines = heading + 2 + rows + after.height();
    scroll::draw(pages, state, scroll::Height { lines, pinned: None }, look, area, buffer, |page, buffer| {
        let below = |rows: u16| Rect { y: page.y + rows, height: page.height.saturating_sub(rows), ..page };
        before.draw(page, buffer);
        let width = if page.width >= NAME + 3 * WIDE { WIDE } else { NARROW };
        let names = [label!("pooling-as-it-is"), label!("pooling-column-centred"), label!("pooling-column-whitened")];
        for (at, name) in names.into_iter().enumerate() {
            let x = page.x + NAME + at as u16 * width;
            centred(buffer, x + 1, width - 1, page.y + heading, name.text(), theme.heading);
            let typical =
                if width == WIDE { right_aligned(label!("pooling-column-typical").text(), 8) } else { String::new() };
            let cosine = right_aligned(label!("pooling-column-cosine").text(), 7);
            let columns = [cosine, typical, right_aligned(label!("pooling-column-higher").text(), 8)].concat();
            buffer.set_string(x, page.y + heading + 1, columns, theme.dim);
        }
        line(label!("pooling-column-pooling").text(), theme.dim, below(heading + 1), 0, buffer);
        for (&(pooling, cosine), row) in pair.similarity.iter().zip(heading + 2..) {
            let y = page.y + row;
            buffer.set_string(page.x, y, pooling.name(), theme.text);
            let [raw, rest @ ..] = columns(pages, background, pooling);
            let raw = raw.or(Some((Ranked { cosine, percentile: None }, None)));
            for (at, column) in [raw].into_iter().chain(rest).enumerate() {
                value(column, width, Rect { x: page.x + NAME + at as u16 * width, y, width, height: 1 }, look, buffer);
            }
        }
        after.draw(below(heading + 2 + rows), buffer);
    })
}

/// A cosine and what is typical for unrelated sentences.
type CalibratedColumn = Option<(Ranked, Option<f32>)>;

/// As it is, centred, whitened.
fn columns(pages: &Pages, background: Option<&BackgroundSet>, pooling: Pooling) -> [CalibratedColumn; 3] {
    let (Some(&Calibrated { raw, centred, whitened }), Some(unrelated)) =
        (pages.calibrated(pooling), background.and_then(|set| set.calibration(pooling)))
    else {
        return [None; 3];
    };
    let with = |ranked: Ranked, of: fn(&Calibration) -> &Unrelated| (ranked, of(unrelated).median());
    [
        Some(with(raw, Calibration::raw)),
        Some(with(centred, Calibration::centred)),
        whitened.map(|whitened| with(whitened, Calibration::whitened)),
    ]
}

fn value(column: CalibratedColumn, width: u16, area: Rect, look: &Look, buffer: &mut Buffer) {
    let (theme, mut x) = (&look.theme, area.x);
    let Some((Ranked { cosine, percentile }, typical)) = column else {
        buffer.set_string(x, area.y, format!("{:>7}", "–"), theme.dim);
        return;
    };
    buffer.set_string(x, area.y, format!("{:>7}", narrow_cosine(cosine, 3, 6)), theme.text);
    x += 7;
    if width == WIDE {
        let typical = typical.map_or(String::new(), |typical| format!("{:>8}", narrow_cosine(typical, 3, 7)));
        buffer.set_string(x, area.y, typical, theme.dim);
        x += 8;
    }
    if let Some(percentile) = percentile {
        let style = if verdict::is_usual(percentile) { theme.text } else { theme.accent.add_modifier(Modifier::BOLD) };
        buffer.set_string(x, area.y, format!("{:>8}", in_percent(percentile)), style);
    }
}
