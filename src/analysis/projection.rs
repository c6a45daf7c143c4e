use super::principal_components::{PrincipalComponents, centred, columns, mean};

/// Some vectors as points of a plane: their first two principal components.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// `[sentence]`: x and y; none for a sentence without a vector. (0, 0) is the mean of all.
    pub points: Vec<Option<[f32; 2]>>,
    /// How much of the whole variance lies along x and along y, 0..=1 each.
    pub shares: [f32; 2],
    /// In how many directions the vectors vary at all: 0 for one vector or equal ones, which are all drawn at (0, 0), 1 for
    /// two different ones, whose y are 0; at most one fewer than there are vectors.
    pub directions: usize,
}

impl Projection {
    /// Of vectors `[sentence][hidden]`, the numbers of scikit-learn's `PCA(2)`: centred, each axis turned so that its
    /// largest loading is positive and nothing flips from one run to the next.
    pub fn new(vectors: &[Option<Vec<f32>>]) -> Self {
        let present: Vec<&[f32]> = vectors.iter().filter_map(Option::as_deref).collect();
        let columns = columns(&present);
        let mean = mean(columns.as_ref());
        let centred = centred(columns, &mean);
        let components = PrincipalComponents::of(centred.as_ref());
        let (mut coordinates, mut shares) = (vec![[0.0f32; 2]; present.len()], [0.0; 2]);
        for (axis, &variance) in components.variances.iter().enumerate().take(2) {
            let direction = components.directions.col(axis);
            let largest = direction
                .iter()
                .copied()
                .fold(0.0f64, |largest, part| if part.abs() > largest.abs() { part } else { largest });
            for (sentence, point) in coordinates.iter_mut().enumerate() {
                point[axis] = (centred.col(sentence).transpose() * direction * largest.signum()) as f32;
            }
            shares[axis] = (variance / components.total) as f32;
        }
        let mut coordinates = coordinates.into_iter();
        let points = vectors.iter().map(|vector| vector.as_ref().and_then(|_| coordinates.next())).collect();
        Self { points, shares, directions: components.variances.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_spread_lies_in_the_middle() {
        let none = Projection::new(&[]);
        assert_eq!((none.points.len(), none.directions), (0, 0));
        let alone = Projection::new(&[None, Some(vec![1.0, 2.0])]);
        assert_eq!(alone, Projection { points: vec![None, Some([0.0; 2])], shares: [0.0; 2], directions: 0 });
        let same = Projection::new(&[Some(vec![1.0, 2.0]), Some(vec![1.0, 2.0]), Some(vec![1.0, 2.0])]);
        assert_eq!(same, Projection { points: vec![Some([0.0; 2]); 3], shares: [0.0; 2], directions: 0 });
    }

    #[test]
    fn two_lie_on_a_line() {
        let two = Projection::new(&[Some(vec![4.0, 1.0, 0.0]), Some(vec![0.0, 1.0, -3.0])]);
        assert_eq!((two.shares, two.directions), ([1.0, 0.0], 1));
        assert_eq!(two.points, [Some([2.5, 0.0]), Some([-2.5, 0.0])]);
    }
}
