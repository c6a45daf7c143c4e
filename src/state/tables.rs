//! The numbers behind what is on screen, with their names: for the table, the clipboard and files.

use super::{Passage, Reading, Shown, State, Subject};
use crate::{
    analysis::{AttentionOptions, AttentionRow, Column, HeadChoice, Key, Table, UnitColumns},
    labels,
};

impl State {
    /// The view and the model; of a view of sentences, what they say.
    pub fn text_facts(&self, view: &str) -> Vec<Fact> {
        let mut facts = vec![("view", view.to_owned())];
        facts.extend(self.model.as_ref().map(|model| ("model", model.name.clone())));
        if let (Some(_), Some(passage)) =
            (&self.attention.shown, self.passage().filter(|_| self.subject() != Subject::List))
        {
            let input = &passage.trace.input;
            facts.push(("text", input.text.clone()));
            facts.extend(input.pair.clone().map(|pair| ("pair", pair)));
        }
        facts
    }

    /// Which reading of a pair is shown, and what is off in it.
    pub fn reading_facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let (Some(readings), Some(_), Some(_)) = (&self.readings, &self.attention.shown, self.passage()) else {
            return facts;
        };
        if readings.pair.is_some() {
            let reading = match (self.subject(), self.attention.reading) {
                (Subject::Alone, Reading::Joined) | (_, Reading::AloneA) => "A alone",
                (_, Reading::Joined) => "A and B joined",
                (_, Reading::AloneB) => "B alone",
            };
            facts.push(("reading", reading.to_owned()));
        }
        if !self.off.is_empty() {
            facts.push(("off", self.off.names(readings.a.trace.heads)));
        }
        facts
    }

    /// Which token's row is shown, and which way round.
    pub fn source_facts(&self) -> Vec<Fact> {
        let Some((passage, shown)) = self.attended() else { return Vec::new() };
        let source = columns(passage, shown).name(shown.map.source);
        vec![("source", source), ("direction", self.attention.options.direction.to_string())]
    }

    /// Which heads a mean or a maximum is of, where it is not of all.
    pub fn merged_facts(&self) -> Vec<Fact> {
        let Some((passage, _)) = self.attended() else { return Vec::new() };
        let merged = self.attention.options.subset(passage.trace.heads);
        merged.map(|some| ("among", some.to_string())).into_iter().collect()
    }

    /// What is counted, what becomes of specials, what is marked.
    pub fn unit_facts(&self) -> Vec<Fact> {
        let Some((passage, shown)) = self.attended() else { return Vec::new() };
        let options = &self.attention.options;
        let mut facts = vec![("units", options.granularity.to_string()), ("specials", options.specials.to_string())];
        facts.extend(columns(passage, shown).marked_names().map(|names| ("marked", names)));
        facts
    }

    /// What is read, and what is shown of it under the options of attention.
    pub fn attended(&self) -> Option<(&Passage, &Shown)> {
        let (readings, shown) = (self.readings.as_ref()?, self.attention.shown.as_ref()?);
        Some((readings.passage(self.attention.reading), shown))
    }
}

/// Something to know about the numbers of a view: its name and what it is.
pub type Fact = (&'static str, String);

/// The columns of a table of attention.
pub(crate) fn columns<'t>(passage: &'t Passage, shown: &'t Shown) -> UnitColumns<'t> {
    let options = shown.map.options;
    // A sentence of nothing but specials shows them all the same.
    UnitColumns { trace: &passage.trace, units: &shown.units, shown: &shown.columns, options, marked: &shown.marked }
}

/// Which token's attention is shown.
pub(crate) fn who(passage: &Passage, shown: &Shown) -> String {
    labels::analysis::who(&shown.units.text(&passage.trace, shown.map.source), shown.map.options)
}

/// A row of a layer, from 0, and some heads.
pub(crate) type HeadRow<'r> = ((usize, HeadChoice), &'r AttentionRow);

/// Rows of the source, each of a layer, from 0, and some heads.
pub(crate) fn attention(title: String, passage: &Passage, shown: &Shown, rows: &[HeadRow]) -> Table {
    let read = |heads| AttentionOptions { heads, ..shown.map.options }.heads_read(passage.trace.heads);
    let named = rows.iter().map(|&((layer, heads), row)| (vec![Key::Number(layer + 1), Key::from(read(heads))], row));
    Table::attention(title, Column::all(["layer", "head"]), columns(passage, shown), named)
}
