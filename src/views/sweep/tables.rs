//! The numbers behind the sweep.

use super::state::SweepState;
use crate::{
    analysis::{HeadChoice, PartName, Table},
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
    vec![Table::sweep(title, sweep.swept, &sweep.poolings(), sweep.lines().map(|line| line.part))]
}

/// The cosine that the vector which is ordered by keeps without the part under the cursor.
pub(super) fn number(sweep: &SweepState) -> Option<(f32, String)> {
    let (pooling, part) = (sweep.pooling(), sweep.selected_part()?);
    let name = match &part.name {
        PartName::Head { layer, head } => {
            let head = labels::analysis::head_choice(HeadChoice::One(*head));
            message!("widgets-place", layer = layer + 1, heads = head)
        }
        PartName::Word { text, .. } => text.clone(),
    };
    let of = message!("sweep-number-of", pooling = pooling.name(), name = name);
    Some((part.effect()?.cosine(pooling)?, of))
}
