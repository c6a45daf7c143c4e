//! How a place among unrelated pairs is said.

use crate::analysis::in_percent;

/// `higher than 61.2 % of unrelated pairs`.
pub(in crate::ui) fn place(percentile: f64) -> String {
    format!("higher than {} of unrelated pairs", in_percent(percentile))
}
