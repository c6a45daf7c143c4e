//! What goes to the clipboard.

use super::{Compared, Notice, Part, PartName, Passage, Shown, State, View, Wish};
use crate::{
    analysis::{HeadChoice, Pooling},
    labels::analysis::{head_choice, heads, statistic},
};

/// A number, and what it is in words.
type Named = (f32, String);

/// Why there is no number.
pub(crate) const NONE: &str = "no number is under the cursor";
pub(crate) const NO_HEAD: &str = "no head is chosen, so no number is";
pub(crate) const NO_CURSOR: &str = "this view has no cursor: open its table to choose a number there";

impl State {
    /// Says why nothing is copied.
    pub(crate) fn nothing_to_copy(&mut self, why: &str) -> Wish {
        self.notice = Some(Notice { text: why.to_owned(), is_error: true });
        Wish::None
    }

    /// The number under the cursor of an open table.
    pub(super) fn copy_from_table(&mut self) -> Wish {
        match self.table.as_ref().and_then(|table| Some((table.value()?.0?, table.name()?))) {
            Some((number, of)) => Wish::Copy { number: number.to_string(), of },
            None => self.nothing_to_copy(NONE),
        }
    }

    /// The number under the cursor of the view that is open.
    pub fn number(&self) -> Result<Named, &'static str> {
        let state = &self.attention;
        let (Some(shown), Some(passage)) = (&state.shown, self.passage()) else { return Err(NONE) };
        let (source, unit) = (shown.map.source, shown.units.unit_of(state.token));
        let of = |looks| place(passage, shown, state.layer, looks, unit);
        match self.view {
            View::Layers => Err(NONE),
            View::Matrix => match &shown.matrix {
                Some(matrix) => Ok((matrix.rows[source].weights[unit], of(true))),
                None => Err(NONE),
            },
            View::Heads => {
                let (head, which) = (state.head().ok_or(NO_HEAD)?, state.statistic_of(passage));
                let name = head_choice(HeadChoice::One(head));
                let of = format!("layer {}, {name}: {}", state.layer + 1, statistic(which));
                Ok((passage.heads(state.lens.measure).value(state.layer, head, which), of))
            }
            View::Compare => self.compared.as_ref().and_then(|compared| compared_number(self, compared)).ok_or(NONE),
            View::Sweep => {
                let pooling = self.sweep.pooling();
                self.sweep.selected_part().and_then(|part| swept_number(part, pooling)).ok_or(NONE)
            }
            View::Pooling => self.lab_number().ok_or(NO_CURSOR),
            View::Sentences | View::Map => Err(NO_CURSOR),
        }
    }
}

/// `layer 3, mean of heads: [CLS] → it`.
pub(crate) fn place(passage: &Passage, shown: &Shown, layer: usize, looks: bool, unit: usize) -> String {
    let [source, target] = [shown.map.source, unit].map(|unit| shown.units.text(&passage.trace, unit));
    let [from, to] = if looks { [source, target] } else { [target, source] };
    format!("layer {}, {}: {from} → {to}", layer + 1, heads(shown.map.lens, passage.trace.heads))
}

/// The difference under the cursor; where a side lacks the cell, the weight on the other.
fn compared_number(app: &State, compared: &Compared) -> Option<Named> {
    let (row, column) = (compared.row(&app.attention)?, compared.column(&app.attention)?);
    let comparison = &compared.comparison;
    let [held, shown] = comparison.weights(row, column);
    let sides = [(comparison.difference(row, column), "shown less held"), (shown, "shown"), (held, "held")];
    let (number, side) = sides.into_iter().find_map(|(number, side)| Some((number?, side)))?;
    Some((number, format!("{side}: {} → {}", comparison.name(row), comparison.name(column))))
}

/// The cosine that a vector keeps without a part.
fn swept_number(part: &Part, pooling: Pooling) -> Option<Named> {
    let name = match &part.name {
        PartName::Head { layer, head } => format!("layer {}, {}", layer + 1, head_choice(HeadChoice::One(*head))),
        PartName::Word { text, .. } => text.clone(),
    };
    Some((part.effect()?.cosine(pooling)?, format!("cosine of {pooling} to before, without {name}")))
}
