//! The numbers behind what is on screen, with their names: for the table, the clipboard and files.

use super::{Reading, ReadingChoice, Shown, State, Subject};
use crate::{
    analysis::{AttentionOptions, AttentionRow, Column, HeadChoice, Key, Measure, Table, UnitColumns},
    bert::UnknownTokens,
    labels,
};

impl State {
    /// The view and the model; of a view of sentences, what they say.
    pub fn text_facts(&self, view: &str) -> Vec<Fact> {
        let mut facts = vec![("view", view.to_owned())];
        facts.extend(self.model.as_ref().map(|model| ("model", model.name.clone())));
        if let (Some(_), Some(reading)) =
            (&self.attention.shown, self.reading().filter(|_| self.subject() != Subject::List))
        {
            let input = &reading.trace.input;
            facts.push(("text", input.text.clone()));
            facts.extend(input.pair.clone().map(|pair| ("pair", pair)));
            let unknown = UnknownTokens::among(&reading.trace.tokens);
            facts.extend(unknown.any().then(|| ("unknown", labels::unknown::share(unknown))));
        }
        facts
    }

    /// Which reading of a pair is shown, and what is off in it.
    pub fn reading_facts(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let (Some(readings), Some(_), Some(_)) = (&self.readings, &self.attention.shown, self.reading()) else {
            return facts;
        };
        if readings.pair.is_some() {
            let reading = match (self.subject(), self.attention.reading_choice) {
                (Subject::Alone, ReadingChoice::Joined) | (_, ReadingChoice::AloneA) => "A alone",
                (_, ReadingChoice::Joined) => "A and B joined",
                (_, ReadingChoice::AloneB) => "B alone",
            };
            facts.push(("reading", reading.to_owned()));
        }
        if !self.ablations.is_empty() {
            facts.push(("off", self.ablation_names()));
        }
        facts
    }

    /// Which token's row is shown, and which way round.
    pub fn source_facts(&self) -> Vec<Fact> {
        let Some((reading, shown)) = self.attended() else { return Vec::new() };
        let source = columns(reading, shown).name(shown.map.source);
        vec![("source", source), ("direction", self.attention.options.direction.to_string())]
    }

    /// Which measure is shown, where it is not raw attention.
    pub fn measure_facts(&self) -> Vec<Fact> {
        let measure = Some(self.measure()).filter(|&measure| measure != Measure::default());
        measure.map(|measure| ("measure", measure.to_string())).into_iter().collect()
    }

    /// Which measure is shown; which heads a mean or a maximum is of, where it is not of all.
    pub fn merged_facts(&self) -> Vec<Fact> {
        let Some((reading, _)) = self.attended() else { return Vec::new() };
        let merged = self.attention.options.subset(reading.trace.heads);
        let merged = merged.filter(|_| self.measure().has_heads()).map(|some| ("among", some.to_string()));
        self.measure_facts().into_iter().chain(merged).collect()
    }

    /// What is counted, what becomes of specials, what is marked.
    pub fn unit_facts(&self) -> Vec<Fact> {
        let Some((reading, shown)) = self.attended() else { return Vec::new() };
        let options = &self.attention.options;
        let mut facts = vec![("units", options.granularity.to_string()), ("specials", options.specials.to_string())];
        facts.extend(columns(reading, shown).marked_names().map(|names| ("marked", names)));
        facts
    }

    /// What is read, and what is shown of it under the options of attention.
    pub fn attended(&self) -> Option<(&Reading, &Shown)> {
        let (readings, shown) = (self.readings.as_ref()?, self.attention.shown.as_ref()?);
        Some((readings.get(self.attention.reading_choice), shown))
    }
}

/// Something to know about the numbers of a view: its name and what it is.
pub type Fact = (&'static str, String);

/// The columns of a table of attention.
pub(crate) fn columns<'t>(reading: &'t Reading, shown: &'t Shown) -> UnitColumns<'t> {
    let options = shown.map.options;
    // A sentence of nothing but specials shows them all the same.
    UnitColumns { trace: &reading.trace, units: &shown.units, shown: &shown.columns, options, marked: &shown.marked }
}

/// Which token's attention is shown.
pub(crate) fn who(reading: &Reading, shown: &Shown) -> String {
    labels::analysis::who(&shown.units.in_sentence(&reading.trace, shown.map.source), shown.map.options)
}

/// A row of a layer, from 0, and some heads.
pub(crate) type HeadRow<'r> = ((usize, HeadChoice), &'r AttentionRow);

/// Rows of the source, each of a layer, from 0, and some heads.
pub(crate) fn attention(title: String, reading: &Reading, shown: &Shown, rows: &[HeadRow]) -> Table {
    let read = |heads| AttentionOptions { heads, ..shown.map.options }.heads_read(reading.trace.heads);
    let named = rows.iter().map(|&((layer, heads), row)| (vec![Key::Number(layer + 1), Key::from(read(heads))], row));
    Table::attention(title, Column::all(["layer", "head"]), columns(reading, shown), named)
}
