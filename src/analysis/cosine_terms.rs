use super::{Units, VectorParts, products::dot};
use crate::bert::Trace;

/// What a row or a column of [`CosineTerms`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorPart {
    /// A token or a word, by its number.
    Unit(usize),
    /// What no token gives.
    Biases,
}

/// What each part of one sentence's vector adds, with each part of another's, to their cosine.
///
/// The cosine of two sums, u = Σ u_k and v = Σ v_l, is the sum of u_k·v_l / (|u|·|v|) over all pairs: bilinear, signed, and
/// exact. |u| and |v| are held: what a part does by changing them is not seen.
#[derive(Clone, Debug, PartialEq)]
pub struct CosineTerms {
    /// The parts of the first sentence, but for those that are 0 in every dimension.
    pub rows: Vec<VectorPart>,
    /// The same of the second.
    pub columns: Vec<VectorPart>,
    /// `[row, column]`; all of them sum to the cosine. All are 0 where one of the vectors is.
    pub terms: Vec<f64>,
}

impl CosineTerms {
    /// A smaller cosine has no shares: it is what is left of terms that cancel.
    pub const LEAST: f64 = 1e-6;

    /// Of the parts of two sentences, each in its units: those of a unit's tokens are added up before. Units that do not fit the
    /// parts have none.
    pub fn new(a: (&VectorParts, &Units), b: (&VectorParts, &Units)) -> Self {
        let lengths = a.0.length() * b.0.length();
        let scale = if lengths == 0.0 { 0.0 } else { 1.0 / lengths };
        let [a, b] = [a, b].map(|(parts, units)| in_units(parts, units));
        let terms = a.iter().flat_map(|(_, u)| b.iter().map(move |(_, v)| dot(u, v) * scale)).collect();
        let names = |parts: &[(VectorPart, Vec<f32>)]| parts.iter().map(|(name, _)| *name).collect();
        Self { rows: names(&a), columns: names(&b), terms }
    }

    /// One cell; none outside the table.
    pub fn get(&self, row: usize, column: usize) -> Option<f64> {
        let columns = self.columns.len();
        (column < columns).then(|| self.terms.get(row * columns + column).copied()).flatten()
    }

    /// The sum of all, the cosine.
    pub fn cosine(&self) -> f64 {
        self.terms.iter().sum()
    }

    /// `[row]`: what each part of the first sentence adds with the whole second one.
    pub fn row_sums(&self) -> Vec<f64> {
        self.terms.chunks(self.columns.len().max(1)).map(|row| row.iter().sum()).collect()
    }

    /// `[column]`: what each part of the second sentence adds with the whole first one.
    pub fn column_sums(&self) -> Vec<f64> {
        let columns = 0..self.columns.len();
        columns.map(|column| (0..self.rows.len()).filter_map(|row| self.get(row, column)).sum()).collect()
    }

    /// The names of the rows and of the columns, no two of one side the same: `3 dog`, `biases`.
    pub fn names(&self, a: (&Trace, &Units), b: (&Trace, &Units)) -> [Vec<String>; 2] {
        let names = |parts: &[VectorPart], (trace, units): (&Trace, &Units)| -> Vec<String> {
            let name = |part: &VectorPart| match *part {
                VectorPart::Unit(unit) => format!("{} {}", units.tokens(unit).start, units.text(trace, unit)),
                VectorPart::Biases => "biases".to_owned(),
            };
            parts.iter().map(name).collect()
        };
        [names(&self.rows, a), names(&self.columns, b)]
    }

    /// `(row, column)` of every cell, the largest first, whatever its sign; of equals, that which stands first.
    pub fn strongest(&self) -> Vec<(usize, usize)> {
        let columns = self.columns.len().max(1);
        let mut places: Vec<usize> = (0..self.terms.len()).collect();
        places.sort_by(|&a, &b| self.terms[b].abs().total_cmp(&self.terms[a].abs()));
        places.into_iter().map(|place| (place / columns, place % columns)).collect()
    }
}

/// The parts that are not 0 in every dimension.
fn in_units(parts: &VectorParts, units: &Units) -> Vec<(VectorPart, Vec<f32>)> {
    let of_units = (0..units.len()).map(|unit| (VectorPart::Unit(unit), parts.sum(units.tokens(unit))));
    let all = of_units.chain([(VectorPart::Biases, parts.biases().to_vec())]);
    all.filter(|(_, part)| part.iter().any(|value| *value != 0.0)).collect()
}
