//! Why a logit is what it is: by words, with bars to both sides, or by layers and heads, as a heat map.

mod heads;

use std::ops::Range;

use ratatui::{layout::Rect, style::Style};

use super::super::{ChosenScore, OutputView, why::WhyBy};
use crate::{
    analysis::{Granularity, LogitTarget, Pooling, decimal, signed},
    messages::{label, message},
    printable::printable,
    state::{LogitWhy, Stage, State, WhyWord},
    widgets::{
        Look,
        canvas::Canvas,
        cells::color,
        columns::window,
        heat_map::{self, LABEL},
        text::{cells, flow, or_dash, padded, right_aligned, shorten},
    },
};

/// The fewest and the most cells of a word.
const WORD: (u16, u16) = (6, 18);
/// Of each number.
const NUMBER: u16 = 10;
/// The narrowest and the widest half of a bar.
const HALF: (u16, u16) = (4, 20);

pub(super) fn draw(view: &OutputView, state: &State, look: &Look, area: Rect, canvas: &mut Canvas) {
    let Some(ChosenScore { score, logit: name, .. }) = view.chosen() else { return };
    let mut panel = WhyPanel { area, above: None, look, canvas };
    let why = score.target.as_ref().and_then(|target| view.why.of(target));
    let is_of_this = why.zip(state.reading()).is_some_and(|(why, reading)| why.is_of(reading));
    let pending = match (&score.target, &view.why.stage) {
        (_, Stage::Failed(reason)) => Some(message!("output-why-failed", reason = &*printable(reason))),
        (None, _) => Some(message!("output-why-no-label")),
        (Some(_), Stage::Cancelled) => Some(message!("output-why-cancelled", key = look.way(state, "next-measure"))),
        // What the text before was made of stays until this one's parts come.
        (Some(_), _) => (!is_of_this).then(|| message!("output-why-working")),
    };
    if let Some(pending) = pending {
        panel.line(&pending, look.theme.warning);
    }
    let Some(why) = why else { return };
    let logit = or_dash(why.logit.unwrap_or(f32::NAN), |logit| signed(logit, 4));
    let title = match view.why.by {
        WhyBy::Words | WhyBy::Heads => message!("output-why", name = name, logit = logit),
        WhyBy::Layers => message!("output-why-layers", name = name, logit = logit),
    };
    panel.line(&title, look.theme.heading);
    match view.why.by {
        WhyBy::Words => panel.words(why),
        WhyBy::Heads => panel.heads(why),
        WhyBy::Layers if why.words.is_empty() => panel.layers(why),
        WhyBy::Layers => panel.lens(why),
    }
    heat_map::beyond(panel.above, None, look, panel.area.x, panel.canvas);
}

/// What is left of the room.
struct WhyPanel<'p, 'b> {
    area: Rect,
    /// The line above which there are more rows.
    above: Option<u16>,
    look: &'p Look,
    canvas: &'p mut Canvas<'b>,
}

impl WhyPanel<'_, '_> {
    fn line(&mut self, text: &str, style: Style) {
        if self.area.height > 0 {
            let room = usize::from(self.area.width.saturating_sub(2));
            self.canvas.set_string(self.area.x + 1, self.area.y, shorten(text, room), style);
            self.take();
        }
    }

    fn take(&mut self) {
        (self.area.y, self.area.height) = (self.area.y + 1, self.area.height.saturating_sub(1));
    }

    /// What the two columns are, what they have in common, and how many words there are not.
    fn says(&self, why: &LogitWhy, left_out: usize) -> Vec<String> {
        let mut parts = match &why.parts {
            None => vec![none(why)],
            Some(_) => vec![message!("output-why-parts"), message!("output-why-losses")],
        };
        let rho = why.correlation.map(|rho| signed(rho, 2));
        parts.extend(rho.map(|rho| message!("output-why-correlation", rho = rho)));
        parts.extend((left_out > 0).then(|| message!("output-why-left-out", count = left_out)));
        flow(parts, self.area.width.saturating_sub(2).into())
    }

    /// All words in reading order; where there is no room for all, those with the largest parts, or without parts the largest
    /// losses.
    fn words(&mut self, why: &LogitWhy) {
        let words = why.by_words();
        // Names of columns, biases, and what is said of them.
        let said = 2 + self.says(why, words.len()).len();
        let room = usize::from(self.area.height).saturating_sub(said).max(1);
        let mut shown: Vec<&WhyWord> = words.iter().collect();
        shown.sort_by(|a, b| size(b).total_cmp(&size(a)));
        shown.truncate(room);
        shown.sort_by_key(|word| word.unit);
        let names: Vec<String> = shown.iter().map(|word| printable(&why.name(word.unit)).into_owned()).collect();
        let biases = label!("output-why-biases").text();
        let widest = names.iter().map(|name| cells(name)).max().unwrap_or(0).max(cells(biases)) as u16;
        let width = widest.clamp(WORD.0, WORD.1);
        let of_biases = why.parts.as_ref().map(|parts| parts.biases);
        let largest = shown.iter().map(|word| size(word)).fold(of_biases.unwrap_or(0.0).abs(), f32::max);
        let bar = Bar::new(self.area, width, largest);

        let (x, y) = (self.area.x + 2 + width, self.area.y);
        let columns = [label!("output-why-part"), label!("output-why-loss")];
        for (name, x) in columns.into_iter().zip((x..).step_by(NUMBER.into())) {
            let name = shorten(name.text(), usize::from(NUMBER) - 1);
            self.canvas.set_string(x, y, right_aligned(&name, NUMBER), self.look.theme.heading);
        }
        self.take();
        let is_special = |unit: usize| why.reading.units(Granularity::Words).is_special(unit);
        for (word, name) in shown.iter().zip(&names) {
            let style = if is_special(word.unit) { self.look.theme.special } else { self.look.theme.text };
            self.row((name, width), style, [word.part, word.loss], bar.as_ref());
        }
        if of_biases.is_some() {
            self.row((biases, width), self.look.theme.dim, [of_biases, None], bar.as_ref());
        }
        let says = self.says(why, words.len() - shown.len());
        says.iter().for_each(|text| self.line(text, self.look.theme.dim));
    }

    /// A part with its bar, and a loss; without a part the bar is the loss's.
    fn row(&mut self, (name, width): (&str, u16), style: Style, numbers: [Option<f32>; 2], bar: Option<&Bar>) {
        if self.area.height == 0 {
            return;
        }
        let (x, y) = (self.area.x + 2, self.area.y);
        self.canvas.set_string(x, y, padded(&shorten(name, width.into()), width), style);
        for (number, x) in numbers.into_iter().zip((x + width..).step_by(NUMBER.into())) {
            let number = or_dash(number.unwrap_or(f32::NAN), |number| signed(number, 4));
            self.canvas.set_string(x, y, right_aligned(&number, NUMBER), self.look.theme.text);
        }
        if let (Some(bar), Some(number)) = (bar, numbers[0].or(numbers[1])) {
            bar.draw(number, self.look, y, self.canvas);
        }
        self.take();
    }

    /// The last of so many rows, as many as there is room for; a sign says that there are more.
    fn last(&mut self, count: usize) -> Range<usize> {
        let seen = count.saturating_sub(self.area.height.into())..count;
        self.above = (seen.start > 0).then_some(self.area.y);
        seen
    }

    /// What each layer would say, the embeddings first; the chosen label with a bar.
    fn layers(&mut self, why: &LogitWhy) {
        let (labels, scores) = why.scores_by_layer();
        self.line(label!("output-why-raw").text(), self.look.theme.warning);
        let (x, y, end) = (self.area.x + LABEL, self.area.y, self.area.right().saturating_sub(1));
        let chosen = why.target.label();
        // The chosen one is always there.
        let fit = usize::from(end.saturating_sub(x) / NUMBER).max(1);
        let first = (chosen + 1).saturating_sub(fit);
        let shown = first..labels.len().min(first + fit);
        for (label, x) in shown.clone().zip((x..).step_by(NUMBER.into())) {
            let mark = if label == chosen { "▸" } else { "" };
            let name = format!("{mark}{}", printable(&labels[label]));
            let name = shorten(&name, usize::from(NUMBER) - 1).into_owned();
            self.canvas.set_string(x, y, right_aligned(&name, NUMBER), self.look.theme.heading);
        }
        self.take();
        for layer in self.last(scores.len()) {
            let y = self.area.y;
            heat_map::label(&layer_name(layer), false, self.look, self.area.x, y, self.canvas);
            let of_label = |label: usize| scores[layer].as_ref().and_then(|scores| scores.get(label)).copied();
            for (label, x) in shown.clone().zip((x..).step_by(NUMBER.into())) {
                let score = or_dash(of_label(label).unwrap_or(f32::NAN), |score| decimal(score.into(), 4));
                let style = if label == chosen { self.look.theme.accent } else { self.look.theme.text };
                self.canvas.set_string(x, y, right_aligned(&score, NUMBER), style);
            }
            let start = x + NUMBER * shown.len() as u16 + 2;
            let room = end.saturating_sub(start).min(2 * HALF.1);
            let score = of_label(chosen).filter(|score| (0.0..=1.0).contains(score));
            if let Some(score) = score.filter(|_| room >= HALF.0) {
                let full = (score * f32::from(room)).round() as usize;
                self.canvas.set_string(start, y, "█".repeat(full), self.look.theme.accent);
            }
            self.take();
        }
    }

    /// A row for each layer, the embeddings first, a column for each token: what would be written there; right of them the word that
    /// is explained.
    fn lens(&mut self, why: &LogitWhy) {
        /// Of a word, with the blank between two, and of a number.
        const WIDE: u16 = 9;
        let LogitTarget::Word { token, .. } = why.target else { return };
        self.line(label!("output-why-raw").text(), self.look.theme.warning);
        let head = [label!("output-why-rank"), label!("output-why-probability"), label!("output-why-entropy")];
        let (x, y, end) = (self.area.x + LABEL, self.area.y, self.area.right().saturating_sub(1));
        let first = x + WIDE * head.len() as u16 + 1;
        let pieces = why.reading.units(Granularity::Subwords);
        let seen =
            window(&vec![1; why.reading.trace.tokens.len()], token, usize::from(end.saturating_sub(first) / WIDE));
        for (name, x) in head.into_iter().zip((x..).step_by(WIDE.into())) {
            let name = shorten(name.text(), usize::from(WIDE) - 1);
            self.canvas.set_string(x, y, right_aligned(&name, WIDE), self.look.theme.heading);
        }
        let places = || seen.clone().zip((first..).step_by(WIDE.into()));
        for (at, x) in places() {
            let style = if at == token { self.look.theme.accent } else { self.look.theme.heading };
            let name = printable(&pieces.text(&why.reading.trace, pieces.unit_of(at))).into_owned();
            self.canvas.set_string(x, y, shorten(&name, usize::from(WIDE) - 1), style);
        }
        self.take();
        for layer in self.last(why.words.len()) {
            let (y, word) = (self.area.y, &why.words[layer]);
            heat_map::label(&layer_name(layer), false, self.look, self.area.x, y, self.canvas);
            let numbers = [
                word.rank.to_string(),
                or_dash(word.probability, |share| format!("{share:.4}")),
                or_dash(word.entropy, |entropy| format!("{entropy:.2}")),
            ];
            for (text, x) in numbers.iter().zip((x..).step_by(WIDE.into())) {
                self.canvas.set_string(x, y, right_aligned(text, WIDE), self.look.theme.text);
            }
            let lens = why.lens.get(layer).map_or(&[][..], Vec::as_slice);
            for (at, x) in places() {
                let Some(word) = lens.get(at).and_then(|word| word.likeliest.first()) else { continue };
                let text = padded(&shorten(&printable(&word.written), usize::from(WIDE) - 1), WIDE - 1);
                let style = match self.look.theme.has_color() {
                    true => color(self.look, word.probability, 1.0),
                    false => self.look.theme.text,
                };
                self.canvas.set_string(x, y, text, style);
            }
            self.take();
        }
    }
}

/// Why a logit has no parts: a vector of a probe is read apart, or the text has no such vector or number.
fn none(why: &LogitWhy) -> String {
    match &why.target {
        LogitTarget::Probe { probe, .. } if probe.vector.pooling == Pooling::Declared => message!("output-why-none"),
        _ => message!("output-why-no-sum"),
    }
}

/// How far a word's bar reaches.
fn size(word: &WhyWord) -> f32 {
    word.part.or(word.loss).unwrap_or(0.0).abs()
}

/// 0 is the embeddings.
fn layer_name(layer: usize) -> String {
    match layer {
        0 => label!("output-why-embedded").text().to_owned(),
        layer => message!("layers-row", layer = format!("{layer:>2}")),
    }
}

/// Bars to both sides of a line.
struct Bar {
    middle: u16,
    half: u16,
    largest: f32,
}

impl Bar {
    fn new(area: Rect, width: u16, largest: f32) -> Option<Self> {
        let start = area.x + 2 + width + 2 * NUMBER + 2;
        let half = (area.right().saturating_sub(start + 2) / 2).min(HALF.1);
        (half >= HALF.0).then_some(Self { middle: start + half, half, largest })
    }

    fn draw(&self, part: f32, look: &Look, y: u16, canvas: &mut Canvas) {
        canvas.set_string(self.middle, y, "│", look.theme.border);
        if !part.is_finite() || self.largest <= 0.0 {
            return;
        }
        let length = (part.abs() / self.largest * f32::from(self.half)).round() as u16;
        let (x, style) = match part < 0.0 {
            true => (self.middle - length, look.theme.warning),
            false => (self.middle + 1, look.theme.accent),
        };
        let sign = if part < 0.0 { "▒" } else { "█" };
        canvas.set_string(x, y, sign.repeat(length.into()), style);
    }
}
