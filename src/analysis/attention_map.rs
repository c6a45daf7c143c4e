use super::{AttentionRow, Lens, MeasuredTrace, Units, attention_row, largest};

/// One unit's attention in every layer, as the options show it.
#[derive(Clone, Debug, PartialEq)]
pub struct AttentionMap {
    /// The unit that looks or is looked at.
    pub source: usize,
    /// How it is looked at.
    pub lens: Lens,
    /// `[layer]`, from the first encoder layer.
    pub rows: Vec<AttentionRow>,
    /// The largest weight of all rows that are not faint: the top of the colour scale.
    pub largest: f32,
}

/// Reads the map of one unit off a trace.
pub fn attention_map(trace: &MeasuredTrace, units: &Units, source: usize, lens: Lens) -> AttentionMap {
    let rows: Vec<AttentionRow> =
        (0..trace.layers).map(|layer| attention_row(trace, units, layer, source, lens)).collect();
    AttentionMap { source, lens, largest: largest(&rows), rows }
}
