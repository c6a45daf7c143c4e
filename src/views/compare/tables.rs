//! The numbers behind the comparison.

use crate::{analysis::Table, labels, state::State};

/// The cursor's row as it is held, shown, and different; then every row of each.
pub(super) fn tables(state: &State) -> Vec<Table> {
    let (Some(compared), Some(_)) = (&state.compared, state.attended()) else { return Vec::new() };
    let title = |table: &_| labels::analysis::comparison_title(table, state.attention.options);
    Table::comparison(&compared.comparison, compared.row(&state.attention), title)
}

/// The difference under the cursor; where a side lacks the cell, the weight on the other.
pub(super) fn number(state: &State) -> Option<(f32, String)> {
    let compared = state.compared.as_ref()?;
    let (row, column) = (compared.row(&state.attention)?, compared.column(&state.attention)?);
    let comparison = &compared.comparison;
    let [held, shown] = comparison.weights(row, column);
    let sides = [(comparison.difference(row, column), "shown less held"), (shown, "shown"), (held, "held")];
    let (number, side) = sides.into_iter().find_map(|(number, side)| Some((number?, side)))?;
    Some((number, format!("{side}: {} → {}", comparison.name(row), comparison.name(column))))
}
