//! How close two sentences are under each pooling, and whether that is unusual.

use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

use super::{Lines, NAME, bar, line, verdict};
use crate::{
    analysis::{Pooling, Ranked, in_percent, narrow_cosine},
    labels,
    messages::{label, message},
    state::{BackgroundSet, NoBackground, PairReading, Readings, State},
    views::pooling::{pages::Pages, warnings},
    widgets::{
        Look,
        text::{padded, right_aligned, thousands},
    },
};

/// A cosine, what is typical, and a percentage, each with the blanks before it.
const COSINE: u16 = 7;
const TYPICAL: u16 = 9;
const HIGHER: u16 = 13;
/// What a pooling is, in words and in few words, and a shape such as `[1, 1024]`; each with the blank after it.
const WORDS: u16 = 45;
const FEW_WORDS: u16 = 23;
const SHAPE: u16 = 10;
/// Shorter bars say nothing, longer ones no more.
const SHORTEST_BAR: u16 = 10;
const LONGEST_BAR: u16 = 40;
/// A lower screen has no line for a heading.
const LOWEST_HEADING: u16 = 12;

/// What is said of two sentences: what to be careful with, a verdict, the numbers behind it, and what these are.
pub(super) struct Closeness<'a> {
    pages: &'a Pages,
    background: Option<&'a BackgroundSet>,
    pair: &'a PairReading,
    look: &'a Look,
    columns: ClosenessColumns,
    said: Lines,
    legend: Lines,
}

/// The columns there is room for, `how` with the width of its words.
#[derive(Clone, Copy)]
struct ClosenessColumns {
    how: u16,
    shape: bool,
}

impl ClosenessColumns {
    fn new(width: u16) -> Self {
        let rest = width.saturating_sub(NAME + COSINE + TYPICAL + HIGHER + 1 + SHORTEST_BAR);
        match rest {
            _ if rest >= WORDS + SHAPE => Self { how: WORDS, shape: true },
            _ if rest >= WORDS => Self { how: WORDS, shape: false },
            _ if rest >= FEW_WORDS => Self { how: FEW_WORDS, shape: false },
            _ => Self { how: 0, shape: false },
        }
    }

    /// What it is, as far as there is room to say it.
    fn words(self, pooling: Pooling) -> &'static str {
        match self.how {
            0 => "",
            FEW_WORDS => labels::analysis::pooling_in_short(pooling),
            _ => labels::analysis::pooling(pooling),
        }
    }
}

impl<'a> Closeness<'a> {
    pub(super) fn new(
        pages: &'a Pages,
        state: &'a State,
        readings: &Readings,
        pair: &'a PairReading,
        look: &'a Look,
        area: Rect,
    ) -> Self {
        let background = state.background_of_pair();
        let (theme, columns) = (&look.theme, ClosenessColumns::new(area.width));
        let mut said = Lines::default();
        if area.height >= LOWEST_HEADING {
            let heading = match background {
                Some(set) => message!("pooling-closeness", background = of_set(set)),
                None => message!("pooling-closeness-alone"),
            };
            said.add(&heading, theme.heading, area.width);
        }
        if let Some(warning) = warnings::other_length(background, readings, pair) {
            said.add(&warning, theme.warning, area.width);
        }
        let same = verdict::same(readings, pair);
        match (&same, pair.background) {
            (None, Err(why)) => said.add(&without(why), theme.warning, area.width),
            _ => {
                let is_known = !pages.closeness.is_empty();
                let verdict = same.unwrap_or_else(|| if is_known { verdict::of(pages) } else { waiting(background) });
                said.add(&verdict, theme.accent.add_modifier(Modifier::BOLD), area.width);
            }
        }
        let mut legend = Lines::default();
        if let Some(unrelated) = unrelated(pages, background) {
            let text = message!("pooling-closeness-legend", unrelated = unrelated);
            legend.add(&text, theme.dim, area.width);
        }
        let key = look.way(state, "next-page");
        legend.add(&message!("pooling-closeness-caution", key = key), theme.dim, area.width);
        if let Some(Ok(known)) = state.model.as_ref().map(|model| &model.declared) {
            let steps = message!("pooling-declared-steps", steps = labels::declared::steps(known));
            legend.add(&steps, theme.dim, area.width);
        }
        if columns.how < WORDS {
            for (pooling, _) in &pair.similarity {
                let name = format!("{pooling:<0$}", usize::from(NAME));
                legend.add(&format!("{name}{}", labels::analysis::pooling(*pooling)), theme.dim, area.width);
            }
        }
        Self { pages, background, pair, look, columns, said, legend }
    }

    pub(super) fn height(&self) -> u16 {
        self.said.height() + 1 + self.pair.similarity.len() as u16 + self.legend.height()
    }

    pub(super) fn draw(&self, area: Rect, buffer: &mut Buffer) {
        self.said.draw(area, buffer);
        let below = |rows: u16| Rect { y: area.y + rows, height: area.height.saturating_sub(rows), ..area };
        let table = self.said.height();
        let rows = self.pair.similarity.len() as u16;
        line(&self.heading(), self.look.theme.dim, below(table), 0, buffer);
        for (&(pooling, cosine), row) in self.pair.similarity.iter().zip(1..) {
            self.row(pooling, cosine, Rect { height: 1, ..below(table + row) }, buffer);
        }
        self.legend.draw(below(table + 1 + rows), buffer);
    }

    fn heading(&self) -> String {
        let how = if self.columns.how > 0 { label!("pooling-column-what").text() } else { "" };
        let shape =
            if self.columns.shape { padded(label!("pooling-column-shape").text(), SHAPE) } else { String::new() };
        [
            padded(label!("pooling-column-pooling").text(), NAME),
            padded(how, self.columns.how),
            shape,
            right_aligned(label!("pooling-column-cosine").text(), COSINE),
            right_aligned(label!("pooling-column-typical").text(), TYPICAL),
            right_aligned(label!("pooling-column-higher-than").text(), HIGHER),
        ]
        .concat()
    }

    fn row(&self, pooling: Pooling, cosine: f32, area: Rect, buffer: &mut Buffer) {
        let (look, pages, ClosenessColumns { how, shape }) = (self.look, self.pages, self.columns);
        let (theme, y) = (&look.theme, area.y);
        let name = if pooling == Pooling::Declared { theme.accent } else { theme.text };
        buffer.set_string(area.x, y, pooling.name(), name);
        buffer.set_string(area.x + NAME, y, self.columns.words(pooling), theme.dim);
        let mut x = area.x + NAME + how;
        if shape {
            let size = self.pair.b_pooling.vector(pooling).map_or(0, <[f32]>::len);
            buffer.set_string(x, y, format!("[1, {size}]"), theme.dim);
            x += SHAPE;
        }
        buffer.set_string(x, y, format!("{:>7}", narrow_cosine(cosine, 3, 6)), theme.text);
        let known = pages.calibrated(pooling);
        let typical = self.background.and_then(|set| set.calibration(pooling)).and_then(|it| it.raw().median());
        let (Some(Ranked { percentile: Some(percentile), .. }), Some(typical)) =
            (known.map(|known| known.raw), typical)
        else {
            let is_coming = pages.closeness.is_empty() && self.background.is_some();
            let none = if is_coming { "…" } else { "–" };
            buffer.set_string(x + COSINE, y, format!("{none:>9}{none:>13}"), theme.dim);
            return;
        };
        buffer.set_string(x + COSINE, y, format!("{:>9}", narrow_cosine(typical, 3, 8)), theme.dim);
        let style = if verdict::is_usual(percentile) { theme.text } else { theme.accent.add_modifier(Modifier::BOLD) };
        buffer.set_string(x + COSINE + TYPICAL, y, format!("{:>13}", in_percent(percentile)), style);
        let x = x + COSINE + TYPICAL + HIGHER + 1;
        let room = area.right().saturating_sub(x);
        if room >= SHORTEST_BAR {
            bar((percentile / 100.0) as f32, look, Rect { x, width: room.min(LONGEST_BAR), ..area }, buffer);
        }
    }
}

/// `400 unrelated English sentences`.
pub(super) fn of_set(set: &BackgroundSet) -> String {
    let language = labels::background::language(set.language);
    message!("pooling-unrelated", count = set.count(), language = language)
}

/// `79,800 pairs of 400 unrelated English sentences`, as far as they are read.
pub(super) fn unrelated(pages: &Pages, background: Option<&BackgroundSet>) -> Option<String> {
    let set = background?;
    let known = pages.closeness.iter().find_map(|(pooling, _)| set.calibration(*pooling))?;
    let pairs = thousands(known.raw().cosines().len());
    Some(message!("pooling-unrelated-pairs", pairs = pairs, background = of_set(set)))
}

/// Why there are no percentages at all.
pub(super) fn without(why: NoBackground) -> String {
    message!("pooling-no-background", reason = labels::background::reason(why))
}

/// Why there are no percentages yet.
pub(super) fn waiting(background: Option<&BackgroundSet>) -> String {
    match background {
        None => String::new(),
        Some(BackgroundSet { error: Some(why), .. }) => message!("labels-background-failed", reason = why),
        Some(set) if set.done < set.count() => {
            message!("pooling-background-reading", background = of_set(set), done = set.done)
        }
        Some(set) if set.measured.is_none() => message!("pooling-background-comparing"),
        // There is no vector to compare.
        Some(_) => String::new(),
    }
}
