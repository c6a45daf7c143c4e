//! How a place among unrelated pairs is said.

/// A percentile, 0 to 100, with one decimal: `61.2 %`. Never none or all of them, for they are a sample: `<0.1 %`,
/// `>99.9 %`.
pub(in crate::ui) fn percent(percentile: f64) -> String {
    match percentile {
        ..0.1 => "<0.1 %".to_owned(),
        99.9.. => ">99.9 %".to_owned(),
        _ => format!("{percentile:.1} %"),
    }
}

/// `higher than 61.2 % of unrelated pairs`.
pub(in crate::ui) fn place(percentile: f64) -> String {
    format!("higher than {} of unrelated pairs", percent(percentile))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn never_none_or_all() {
        let said = [0.0, 0.04, 0.1, 61.23, 99.84, 99.9, 99.96, 100.0].map(percent);
        assert_eq!(said, ["<0.1 %", "<0.1 %", "0.1 %", "61.2 %", "99.8 %", ">99.9 %", ">99.9 %", ">99.9 %"]);
    }
}
