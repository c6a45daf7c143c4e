//! Attention from one token, or to it, under a lens: as a table, as tab-separated values, or as JSON.

use std::fmt::Write;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::{cuts, json};
use crate::{
    analysis::{AttentionRow, Direction, HeadChoice, Lens, Specials, Units, attention_row},
    bert::{Cuts, Trace},
    printable::printable,
};

/// Rows of one source, for some layers and choices of heads.
#[derive(Clone, Debug)]
pub struct AttentionTable<'t> {
    trace: &'t Trace,
    /// What was switched off when it was read.
    cuts: &'t Cuts,
    units: Units,
    lens: Lens,
    /// The unit that looks, or is looked at.
    source: usize,
    /// Layer (from 0), heads, weights.
    rows: Vec<(usize, HeadChoice, AttentionRow)>,
}

impl<'t> AttentionTable<'t> {
    /// Reads the rows of the unit that a token is in, off a trace: `layers` from 0, each through all of `heads`.
    pub fn new(
        trace: &'t Trace,
        cuts: &'t Cuts,
        token: usize,
        layers: &[usize],
        heads: &[HeadChoice],
        lens: Lens,
    ) -> Self {
        let units = Units::new(trace, lens.grain);
        let source = units.unit_of(token);
        let row = |layer, heads| attention_row(trace, &units, layer, source, Lens { heads, ..lens });
        let rows = layers
            .iter()
            .flat_map(|&layer| heads.iter().map(move |&heads| (layer, heads)))
            .map(|(layer, heads)| (layer, heads, row(layer, heads)))
            .collect();
        Self { trace, cuts, lens, source, rows, units }
    }

    fn shown(&self) -> impl Iterator<Item = usize> {
        self.units.shown(self.lens.specials)
    }

    fn text(&self, unit: usize) -> String {
        printable(&self.units.text(self.trace, unit)).into_owned()
    }

    /// For reading: a line a token or word, a column a layer, in percent.
    pub fn table(&self) -> String {
        let several = self.rows.windows(2).any(|pair| pair[0].1 != pair[1].1);
        let width = self.shown().map(|unit| self.text(unit).width()).chain([6]).max().unwrap_or(0);
        let source = self.text(self.source);
        let who = match self.lens.direction {
            Direction::From => format!("{source} looks at …"),
            Direction::To => format!("… looks at {source}"),
        };
        let heads = if several {
            String::new()
        } else {
            format!(", {}", self.rows.first().map_or(HeadChoice::Mean, |row| row.1))
        };
        let mut text = format!(
            "{who}  in percent{heads}, {}, specials: {}{}\n\n",
            self.lens.grain,
            self.lens.specials,
            cuts::words(self.cuts)
        );
        let line = |text: &mut String, name: &str, cells: &mut dyn Iterator<Item = String>| {
            let _ = write!(text, "{name}{}", " ".repeat(width.saturating_sub(name.width())));
            for cell in cells {
                let _ = write!(text, "{cell:>8}");
            }
            text.push('\n');
        };
        let titles = self.rows.iter().map(|(layer, heads, _)| match heads {
            _ if !several => (layer + 1).to_string(),
            heads => format!("{}.{}", layer + 1, head_name(*heads)),
        });
        line(&mut text, "layer", &mut titles.into_iter());
        for unit in self.shown() {
            let weights = self.rows.iter().map(|(_, _, row)| format!("{:.2}", row.weights[unit] * 100.0));
            line(&mut text, &self.text(unit), &mut weights.into_iter());
        }
        text.push('\n');
        line(&mut text, "spread", &mut self.rows.iter().map(|(_, _, row)| format!("{:.1}", row.effective_tokens)));
        if self.lens.specials != Specials::Shown {
            line(&mut text, "hidden", &mut self.rows.iter().map(|(_, _, row)| format!("{:.2}", row.hidden * 100.0)));
        }
        text
    }

    /// A line a layer, choice of heads and token or word, with a heading. Tokens count from 0, layers and heads from 1.
    pub fn tsv(&self) -> String {
        let mut text = "layer\thead\tfrom\tfrom_token\tto\tto_token\tweight\n".to_owned();
        let place = |unit: usize| (self.units.tokens(unit).start, self.text(unit));
        for (layer, heads, row) in &self.rows {
            for unit in self.shown() {
                let (from, to) = match self.lens.direction {
                    Direction::From => (place(self.source), place(unit)),
                    Direction::To => (place(unit), place(self.source)),
                };
                let (layer, head, weight) = (layer + 1, head_name(*heads), row.weights[unit]);
                let _ = writeln!(text, "{layer}\t{head}\t{}\t{}\t{}\t{}\t{weight}", from.0, from.1, to.0, to.1);
            }
        }
        text
    }

    /// `{"source": ..., "direction": ..., "units_are": ..., "specials": ..., "cuts": ..., "units": [...], "rows": [{"layer": 1, "head": "mean", "weights":
    /// [...], "hidden": ..., "spread": ...}, ...]}`; weights stand beside the units shown.
    ///
    /// # Errors
    /// None are known; the signature is that of JSON writing.
    pub fn json(&self) -> serde_json::Result<String> {
        let unit = |unit: usize| {
            let tokens = self.units.tokens(unit);
            json!({"text": self.units.text(self.trace, unit), "tokens": [tokens.start, tokens.end]})
        };
        let row = |(layer, heads, row): &(usize, HeadChoice, AttentionRow)| {
            let weights: Vec<f32> = self.shown().map(|unit| row.weights[unit]).collect();
            let head = match heads {
                HeadChoice::One(head) => Value::from(head + 1),
                heads => Value::from(head_name(*heads)),
            };
            json!({
                "layer": layer + 1, "head": head, "weights": weights, "hidden": row.hidden, "spread": row.effective_tokens,
            })
        };
        let value = json!({
            "source": unit(self.source),
            "direction": self.lens.direction.name(),
            "units_are": self.lens.grain.name(),
            "specials": self.lens.specials.name(),
            "units": self.shown().map(unit).collect::<Vec<_>>(),
            "cuts": cuts::value(self.cuts),
            "rows": self.rows.iter().map(row).collect::<Vec<_>>(),
        });
        Ok(String::from_utf8_lossy(&json::to_line(&value)?).into_owned())
    }
}

/// `mean`, `max`, or a head's number from 1.
fn head_name(heads: HeadChoice) -> String {
    match heads {
        HeadChoice::Mean => "mean".to_owned(),
        HeadChoice::Max => "max".to_owned(),
        HeadChoice::One(head) => (head + 1).to_string(),
    }
}
