//! Between which numbers a closeness lies, by a product of matrices in f32: far faster than the closeness itself, and enough
//! for nearly all pairs of a long list.

use std::ops::Range;

use ndarray::{Array2, Axis};

use crate::analysis::{ComparableVectors, Metric, norm};

/// Vectors of length one.
pub(super) struct Bounds {
    /// `[sentence, hidden]`; zeros for a vector that has no bounds.
    units: Array2<f32>,
    /// What a product is to be multiplied by, `[sentence]`: the norm for a dot product, else 1; none where there is no vector,
    /// or one too large for it.
    scales: Vec<Option<f64>>,
    /// How far a product of two of length one can be off.
    error: f64,
}

/// The products of some rows and columns.
pub(super) struct Tile<'b> {
    bounds: &'b Bounds,
    products: Array2<f32>,
    rows: Range<usize>,
    columns: Range<usize>,
}

impl Bounds {
    /// None for a metric that is no product.
    pub(super) fn new(vectors: &ComparableVectors) -> Option<Self> {
        let is_scaled = match vectors.metric() {
            Metric::Cosine => false,
            Metric::Dot => true,
            Metric::Euclidean | Metric::Manhattan => return None,
        };
        let count = vectors.len();
        let hidden = (0..count).find_map(|at| vectors.vector(at)).map_or(0, <[f32]>::len);
        let mut units = Array2::zeros((count, hidden));
        let mut scales = Vec::with_capacity(count);
        for (at, mut unit) in units.outer_iter_mut().enumerate() {
            let vector = vectors.vector(at).filter(|vector| vector.len() == hidden);
            let length = vector.map_or(0.0, norm);
            // So that two of them, multiplied, are no infinity; a vector of zeros has a cosine of its own.
            let is_usual = length > 1e-18 && length < 1e18;
            if let Some(vector) = vector.filter(|_| is_usual) {
                unit.iter_mut().zip(vector).for_each(|(unit, &value)| *unit = (f64::from(value) / length) as f32);
            }
            scales.push(is_usual.then_some(if is_scaled { length } else { 1.0 }));
        }
        // A sum of n products is off by n roundings at most, in whatever order; the rest is that of the units and of the
        // result. Each is half of EPSILON.
        let error = (hidden + 8) as f64 * f64::from(f32::EPSILON);
        Some(Self { units, scales, error })
    }

    /// The products of some rows and columns.
    pub(super) fn tile(&self, rows: Range<usize>, columns: Range<usize>) -> Tile<'_> {
        let of = |sentences: &Range<usize>| self.units.slice_axis(Axis(0), sentences.clone().into());
        let products = of(&rows).dot(&of(&columns).t());
        Tile { bounds: self, products, rows, columns }
    }
}

impl Tile<'_> {
    /// Between which numbers the closeness of a row and a column lies; none where nothing is known of it.
    pub(super) fn of(&self, row: usize, column: usize) -> Option<(f64, f64)> {
        let Bounds { scales, error, .. } = self.bounds;
        let scale = scales[row]? * scales[column]?;
        let product = f64::from(self.products[[row - self.rows.start, column - self.columns.start]]);
        Some(((product - error) * scale, (product + error) * scale))
    }
}
