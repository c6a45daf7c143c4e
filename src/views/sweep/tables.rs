//! The numbers behind the sweep.

use super::{names, state::SweepState};
use crate::{
    analysis::{Affected, HeadChoice, PartName, Table},
    labels,
    messages::message,
    state::State,
};

/// What switching each part off has done, in the order shown.
pub(super) fn tables(sweep: &SweepState, state: &State) -> Vec<Table> {
    if sweep.parts().is_empty() || state.attended().is_none() {
        return Vec::new();
    }
    let title = labels::analysis::sweep_title(sweep.swept);
    vec![Table::sweep(title, sweep.swept, &sweep.affected(), sweep.lines().map(|line| line.part))]
}

/// The cosine that the vector which is ordered by keeps without the part under the cursor, or the weight of the cell.
pub(super) fn number(sweep: &SweepState) -> Option<(f32, String)> {
    let (affected, part) = (sweep.subject(), sweep.selected_part()?);
    let name = match &part.name {
        PartName::Head { layer, head } => {
            let head = labels::analysis::head_choice(HeadChoice::One(*head));
            message!("widgets-place", layer = layer + 1, heads = head)
        }
        PartName::Word { text, .. } => text.clone(),
    };
    let of = match affected {
        Affected::Cell => message!("sweep-number-of-cell", cell = names::cell(sweep), name = name),
        Affected::Output => message!("sweep-number-of-output", output = names::affected(sweep, affected), name = name),
        _ => message!("sweep-number-of", pooling = names::affected(sweep, affected), name = name),
    };
    Some((part.effect()?.value(affected)?, of))
}
