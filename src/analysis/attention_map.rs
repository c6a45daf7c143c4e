use super::{AttentionOptions, AttentionRow, MeasuredTrace, Units, attention_row, largest};

/// One unit's attention in every layer, as the options show it.
#[derive(Clone, Debug, PartialEq)]
pub struct AttentionMap {
    /// The unit that looks or is looked at.
    pub source: usize,
    /// How it is looked at.
    pub options: AttentionOptions,
    /// `[layer]`, from the first encoder layer.
    pub rows: Vec<AttentionRow>,
    /// The largest weight of all rows that are not faint: the top of the colour scale.
    pub largest: f32,
}

/// Reads the map of one unit off a trace.
pub fn attention_map(trace: &MeasuredTrace, units: &Units, source: usize, options: AttentionOptions) -> AttentionMap {
    let rows: Vec<AttentionRow> =
        (0..trace.layers).map(|layer| attention_row(trace, units, layer, source, options)).collect();
    AttentionMap { source, options, largest: largest(&rows), rows }
}
