//! Going from layer to layer, from head to head and from reading to reading.

use super::{AttentionState, Notice, Reading, ReadingChoice, Readings, State};
use crate::analysis::{Granularity, HeadChoice};

/// To the head after or before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadStep {
    /// After.
    On,
    /// Before.
    Back,
}

/// From mean or max, one step leads to the first or last head; from a head, around the circle.
fn next_head(heads: HeadChoice, count: usize, step: HeadStep) -> HeadChoice {
    let last = count.saturating_sub(1);
    HeadChoice::One(match (heads, step) {
        (HeadChoice::One(head), HeadStep::On) => (head + 1) % count.max(1),
        (HeadChoice::One(head), HeadStep::Back) => (head + last) % count.max(1),
        (_, HeadStep::On) => 0,
        (_, HeadStep::Back) => last,
    })
}

fn next_choice(choice: ReadingChoice, readings: &Readings) -> ReadingChoice {
    match choice {
        _ if readings.pair.is_none() => ReadingChoice::Joined,
        ReadingChoice::Joined => ReadingChoice::AloneA,
        ReadingChoice::AloneA => ReadingChoice::AloneB,
        ReadingChoice::AloneB => ReadingChoice::Joined,
    }
}

impl State {
    /// On the pooling view, where each sentence is read alone: from A to B and back.
    pub fn other_sentence(&mut self) {
        self.attention.toggle_alone(self.readings.as_deref());
    }

    /// Changes the cursor or the options of attention, and works out what is shown then.
    pub fn attend(&mut self, change: impl FnOnce(&mut AttentionState)) {
        if let Some(readings) = &self.readings {
            change(&mut self.attention);
            self.attention.fit(readings);
        }
    }

    /// Moves the cursor so many layers on, within those there are.
    pub fn move_layer(&mut self, by: isize) {
        let last = self.reading().map_or(0, |reading| reading.trace.layers.saturating_sub(1));
        self.attend(|attention| attention.layer = attention.layer.saturating_add_signed(by).min(last));
    }

    /// Whether it can.
    pub fn can_move_layer(&self, by: isize) -> bool {
        self.reading().is_some_and(|reading| match by {
            ..0 => self.attention.layer > 0,
            _ => self.attention.layer + 1 < reading.trace.layers,
        })
    }

    /// Shows the head after or before, around the circle; from mean or max, the first or the last.
    pub fn step_head(&mut self, step: HeadStep) {
        let count = self.reading().map_or(0, |reading| reading.trace.heads);
        self.attend(|attention| attention.options.heads = next_head(attention.options.heads, count, step));
    }

    /// Whether that would be another.
    pub fn can_step_head(&self) -> bool {
        let heads = self.attention.options.heads;
        self.measure().has_heads()
            && self.reading().is_some_and(|reading| reading.trace.heads > 1 || heads != HeadChoice::One(0))
    }

    /// Whether words are more than pieces in what is shown.
    pub fn has_pieces(&self) -> bool {
        let count = |reading: &Reading, granularity| reading.units(granularity).len();
        self.reading().is_some_and(|it| count(it, Granularity::Subwords) != count(it, Granularity::Words))
    }

    /// Shows the next reading of a pair.
    pub fn next_reading(&mut self) {
        if let Some(readings) = self.readings.clone() {
            self.attend(|attention| attention.reading_choice = next_choice(attention.reading_choice, &readings));
        }
    }

    /// Says which heads mean and max are of.
    pub fn say_marked_heads(&mut self) {
        self.notice = Some(Notice { text: self.attention.marked_heads(), is_error: false });
    }
}
