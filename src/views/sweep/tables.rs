//! The numbers behind the sweep.

use super::state::SweepState;
use crate::{
    analysis::{HeadChoice, PartName, Table},
    labels,
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
            format!("layer {}, {}", layer + 1, labels::analysis::head_choice(HeadChoice::One(*head)))
        }
        PartName::Word { text, .. } => text.clone(),
    };
    Some((part.effect()?.cosine(pooling)?, format!("cosine of {pooling} to before, without {name}")))
}
