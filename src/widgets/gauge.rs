//! How far something is, as a bar.

/// A bar of this many cells, filled to a fraction in 0..=1.
pub(crate) fn gauge(fraction: f64, width: usize) -> String {
    let full = (fraction * width as f64).floor() as usize;
    format!("{}{}", "█".repeat(full.min(width)), "░".repeat(width.saturating_sub(full)))
}
