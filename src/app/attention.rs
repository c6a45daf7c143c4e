use super::{Action, Passage, Reading, Readings};
use crate::analysis::{AttentionMap, AttentionRow, HeadChoice, attention_map, attention_row};

/// The attention view's cursor and choices, and the map that follows from them.
#[derive(Debug, Default)]
pub struct AttentionState {
    /// Which reading of a pair is shown.
    pub reading: Reading,
    /// The cursor's layer, from 0.
    pub layer: usize,
    /// The cursor's token (the target).
    pub token: usize,
    /// The query token; 0 is `[CLS]`.
    pub source: usize,
    /// Which heads the map shows.
    pub heads: HeadChoice,
    /// Every layer's row under these choices; none before the first reading.
    pub map: Option<AttentionMap>,
    /// Every head's row of the cursor's layer, `[head]`.
    pub strip: Vec<AttentionRow>,
    /// The selected row summed over the pieces of each word, `[word]` as in [`Passage::words`].
    pub word_weights: Vec<f32>,
}

/// How far the page keys move.
const PAGE: usize = 10;

impl AttentionState {
    pub(super) fn reset(&mut self) {
        *self = Self { heads: self.heads, ..Self::default() };
    }

    /// Brings cursor and source inside a new reading, and draws up its map.
    pub(super) fn fit(&mut self, readings: &Readings) {
        let Passage { trace, words, .. } = readings.passage(self.reading);
        self.layer = self.layer.min(trace.layers.saturating_sub(1));
        self.token = self.token.min(trace.tokens.len().saturating_sub(1));
        if self.source >= trace.tokens.len() {
            self.source = 0;
        }
        if let HeadChoice::One(head) = self.heads {
            self.heads = HeadChoice::One(head.min(trace.heads.saturating_sub(1)));
        }
        let map = attention_map(trace, self.source, self.heads);
        self.strip =
            (0..trace.heads).map(|head| attention_row(trace, self.layer, self.source, HeadChoice::One(head))).collect();
        let row = &map.rows[self.layer].weights;
        self.word_weights = words.iter().map(|word| row[word.tokens.clone()].iter().sum()).collect();
        self.map = Some(map);
    }

    /// On the pooling view, where each sentence is read alone: from A to B and back.
    pub(super) fn toggle_alone(&mut self, readings: Option<&Readings>) {
        let Some(readings) = readings.filter(|readings| readings.pair.is_some()) else { return };
        self.reading = if self.reading == Reading::AloneB { Reading::AloneA } else { Reading::AloneB };
        self.fit(readings);
    }

    pub(super) fn update(&mut self, action: Action, readings: &Readings) {
        let trace = &readings.passage(self.reading).trace;
        let (last_layer, last_token) = (trace.layers.saturating_sub(1), trace.tokens.len().saturating_sub(1));
        match action {
            Action::Left => self.token = self.token.saturating_sub(1),
            Action::Right => self.token = (self.token + 1).min(last_token),
            Action::PageLeft => self.token = self.token.saturating_sub(PAGE),
            Action::PageRight => self.token = (self.token + PAGE).min(last_token),
            Action::First => self.token = 0,
            Action::Last => self.token = last_token,
            Action::Up => self.layer = self.layer.saturating_sub(1),
            Action::Down => self.layer = (self.layer + 1).min(last_layer),
            Action::Top => self.layer = 0,
            Action::Bottom => self.layer = last_layer,
            Action::NextHead => self.heads = next_head(self.heads, trace.heads, 1),
            Action::PreviousHead => self.heads = next_head(self.heads, trace.heads, trace.heads.saturating_sub(1)),
            Action::MeanOfHeads => self.heads = HeadChoice::Mean,
            Action::MaxOfHeads => self.heads = HeadChoice::Max,
            Action::SourceHere => self.source = self.token,
            Action::SourceCls => self.source = 0,
            Action::NextReading => self.reading = next_reading(self.reading, readings),
            _ => return,
        }
        self.fit(readings);
    }
}

/// From mean or max, one step leads to the first or last head; from a head, around the circle.
fn next_head(heads: HeadChoice, count: usize, step: usize) -> HeadChoice {
    match heads {
        HeadChoice::One(head) => HeadChoice::One((head + step) % count.max(1)),
        _ if step == 1 => HeadChoice::One(0),
        _ => HeadChoice::One(step),
    }
}

fn next_reading(reading: Reading, readings: &Readings) -> Reading {
    match reading {
        _ if readings.pair.is_none() => Reading::Joined,
        Reading::Joined => Reading::AloneA,
        Reading::AloneA => Reading::AloneB,
        Reading::AloneB => Reading::Joined,
    }
}
