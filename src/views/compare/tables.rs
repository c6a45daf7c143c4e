//! The numbers behind the comparison.

use super::comparison::Compared;
use crate::{analysis::Table, labels, state::State};

/// The cursor's row of the baseline, of what is shown, and their difference; then every row of each.
pub(super) fn tables(compared: &Compared, state: &State) -> Vec<Table> {
    let title = |table: &_| labels::analysis::comparison_title(table, compared.shown.options);
    Table::comparison(&compared.comparison, compared.row(&state.attention), title)
}
