use super::Measure;
use crate::bert::Trace;

/// The numbers of a measure over one trace, `[layer, head, row, column]`; a measure without heads has one plane a layer,
/// which stands for every head. Columns are the tokens and whatever follows them, see
/// [`Measure::extra_columns`].
#[derive(Clone, Copy, Debug)]
pub struct Numbers<'t> {
    numbers: &'t [f32],
    layers: usize,
    /// Heads, or 1 without.
    planes: usize,
    has_heads: bool,
    rows: usize,
    columns: usize,
}

impl<'t> Numbers<'t> {
    pub(super) fn new(numbers: &'t [f32], measure: Measure, trace: &Trace) -> Self {
        let tokens = trace.tokens.len();
        let planes = if measure.has_heads() { trace.heads } else { 1 };
        let columns = tokens + measure.extra_columns().len();
        Self { numbers, layers: trace.layers, planes, has_heads: measure.has_heads(), rows: tokens, columns }
    }

    /// How many encoder layers there are.
    pub fn layers(self) -> usize {
        self.layers
    }

    /// How many planes a layer has: its heads, or 1 for a measure without.
    pub fn planes(self) -> usize {
        self.planes
    }

    /// Whether planes are heads.
    pub fn has_heads(self) -> bool {
        self.has_heads
    }

    /// How many rows a plane has: the tokens.
    pub fn rows(self) -> usize {
        self.rows
    }

    /// A row, `[column]`; without heads, every plane is that of the layer. Layers, planes and rows count from 0.
    pub fn row(self, layer: usize, plane: usize, row: usize) -> &'t [f32] {
        let plane = plane.min(self.planes.saturating_sub(1));
        let start = ((layer * self.planes + plane) * self.rows + row) * self.columns;
        &self.numbers[start..start + self.columns]
    }

    /// The tokens' part of a row, `[token]`.
    pub fn over_tokens(self, layer: usize, plane: usize, row: usize) -> &'t [f32] {
        &self.row(layer, plane, row)[..self.rows]
    }
}
