use super::AttentionRow;

/// How much one unit looks at some others together in every head, or takes from them; of a measure without heads, in every
/// layer.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadLinks {
    /// `[layer, plane]`
    values: Vec<f32>,
    planes: usize,
}

impl HeadLinks {
    /// From the unit's row in every head, `[layer, plane]`, and the units that count.
    pub fn new(rows: &[AttentionRow], planes: usize, units: &[usize]) -> Self {
        Self { values: rows.iter().map(|row| row.sum_of(units)).collect(), planes }
    }

    /// In one head, both from 0; NaN where there is none.
    pub fn value(&self, layer: usize, head: usize) -> f32 {
        let plane = head.min(self.planes.saturating_sub(1));
        self.values.get(layer * self.planes + plane).copied().unwrap_or(f32::NAN)
    }

    /// `(layer, head)` of every head, the strongest first; what is not a number comes last.
    pub fn strongest(&self) -> Vec<(usize, usize)> {
        let planes = self.planes.max(1);
        let mut places: Vec<usize> = (0..self.values.len()).collect();
        let size = |place: usize| if self.values[place].is_nan() { -1.0 } else { self.values[place].abs() };
        places.sort_by(|&a, &b| size(b).total_cmp(&size(a)));
        places.into_iter().map(|place| (place / planes, place % planes)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_comes_first_whatever_its_sign() {
        let row = |weights: [f32; 3]| AttentionRow { weights: weights.to_vec(), biases: None, hidden: 0.0 };
        let rows = [[0.5, 0.25, 0.25], [0.1, 0.2, 0.7], [f32::NAN; 3], [1.0, -0.5, -0.5]].map(row);
        let links = HeadLinks::new(&rows, 2, &[1, 2]);
        assert_eq!((links.value(0, 0), links.value(1, 1)), (0.5, -1.0));
        assert_eq!(links.strongest(), [(1, 1), (0, 1), (0, 0), (1, 0)]);
        assert!(links.value(1, 0).is_nan() && links.value(7, 0).is_nan());
    }
}
