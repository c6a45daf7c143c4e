//! How far numbers are from others.

/// The largest absolute difference of two lists; not a number where one in them is not, so that no comparison holds.
pub fn apart<T: Copy + Into<f64>>(found: &[T], expected: &[T]) -> f64 {
    assert_eq!(found.len(), expected.len(), "as many numbers");
    let differences = found.iter().zip(expected).map(|(&a, &b)| (a.into() - b.into()).abs());
    differences.max_by(f64::total_cmp).unwrap_or(0.0)
}

#[test]
fn what_is_no_number_is_close_to_nothing() {
    assert_eq!(apart(&[1.0, 2.5], &[1.5, 2.5]), 0.5);
    for found in [[0.0, f64::NAN], [f64::NAN, 0.0]] {
        assert!(apart(&found, &[0.0, 0.0]).is_nan());
        assert!(apart(&[0.0, 0.0], &found).is_nan());
    }
}
