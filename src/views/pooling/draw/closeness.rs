//! How close two sentences are under each pooling, and whether that is unusual.

use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

use super::{Lines, NAME, bar, line, verdict};
use crate::{
    analysis::{Pooling, Ranked, in_percent},
    labels,
    state::{BackgroundState, PairReading, Readings, State},
    views::pooling::{pages::Pages, warnings},
    widgets::{Look, text::thousands},
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
    background: &'a BackgroundState,
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
        let background = &state.background;
        let (theme, columns) = (&look.theme, ClosenessColumns::new(area.width));
        let mut said = Lines::default();
        if area.height >= LOWEST_HEADING {
            said.add("How close are A and B? Each read alone", theme.heading, area.width);
        }
        for warning in warnings::warnings(background.sentences().map(|(background, _)| background), readings, pair) {
            said.add(&warning, theme.warning, area.width);
        }
        let is_known = !pages.closeness.is_empty();
        let verdict = if is_known { verdict::of(pages, readings, pair) } else { waiting(background) };
        said.add(&verdict, theme.accent.add_modifier(Modifier::BOLD), area.width);
        let mut legend = Lines::default();
        if let Some(unrelated) = unrelated(pages, background) {
            let text = format!(
                "typical: the median cosine of {unrelated}; higher than, and the bar: how many of these pairs are less close."
            );
            legend.add(&text, theme.dim, area.width);
        }
        let key = look.key(state, "next-page");
        let text = format!(
            "Close vectors do not mean the same meaning: a sentence and its negation are close. {key}: calibrated cosines."
        );
        legend.add(&text, theme.dim, area.width);
        if let Some(Ok(known)) = state.model.as_ref().map(|model| &model.declared) {
            legend.add(&format!("declared: {}.", labels::declared::steps(known)), theme.dim, area.width);
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
        let how = if self.columns.how > 0 { "what it is" } else { "" };
        let shape = if self.columns.shape { format!("{:<1$}", "shape", usize::from(SHAPE)) } else { String::new() };
        let words = usize::from(self.columns.how);
        let name = usize::from(NAME);
        format!("{:<name$}{how:<words$}{shape}{:>7}{:>9}{:>13}", "pooling", "cosine", "typical", "higher than")
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
        buffer.set_string(x, y, format!("{cosine:>7.3}"), theme.text);
        let known = pages.calibrated(pooling);
        let typical = self.background.calibration(pooling).and_then(|unrelated| unrelated.raw().median());
        let (Some(Ranked { percentile: Some(percentile), .. }), Some(typical)) =
            (known.map(|known| known.raw), typical)
        else {
            let none = if pages.closeness.is_empty() { "…" } else { "–" };
            buffer.set_string(x + COSINE, y, format!("{none:>9}{none:>13}"), theme.dim);
            return;
        };
        buffer.set_string(x + COSINE, y, format!("{typical:>9.3}"), theme.dim);
        let style = if verdict::is_usual(percentile) { theme.text } else { theme.accent.add_modifier(Modifier::BOLD) };
        buffer.set_string(x + COSINE + TYPICAL, y, format!("{:>13}", in_percent(percentile)), style);
        let x = x + COSINE + TYPICAL + HIGHER + 1;
        let room = area.right().saturating_sub(x);
        if room >= SHORTEST_BAR {
            bar((percentile / 100.0) as f32, look, Rect { x, width: room.min(LONGEST_BAR), ..area }, buffer);
        }
    }
}

/// `79,800 pairs of unrelated English sentences`, as far as they are read.
pub(super) fn unrelated(pages: &Pages, background: &BackgroundState) -> Option<String> {
    let (sentences, _) = background.sentences()?;
    let known = pages.closeness.iter().find_map(|(pooling, _)| background.calibration(*pooling))?;
    let pairs = thousands(known.raw().cosines().len());
    Some(match sentences.language() {
        Some(language) => format!("{pairs} pairs of unrelated {language} sentences"),
        None => format!("{pairs} pairs of unrelated sentences ({})", sentences.name),
    })
}

/// Why there are no percentages yet.
pub(super) fn waiting(background: &BackgroundState) -> String {
    match (&background.error, background.sentences()) {
        (Some(why), _) => format!("not compared with unrelated sentences: {why}"),
        (None, Some((of, done))) if done < of.sentences.len() => {
            format!("reading {} unrelated sentences to compare with: {done} read", of.sentences.len())
        }
        (None, Some(_)) => "comparing with unrelated sentences …".to_owned(),
        (None, None) => String::new(),
    }
}
