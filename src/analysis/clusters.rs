//! A list in groups of like sentences.

use kodama::{Method, linkage};

use super::Cosines;

/// Where a hierarchy of clusters is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cut {
    /// Into so many clusters, or as many as there are sentences.
    Count(usize),
    /// Clusters are joined as long as the mean cosine between their sentences is above this.
    Cosine(f32),
}

impl Cosines {
    /// The cluster of each sentence, from 0 in the order of their first sentences; none where a sentence has no vector.
    /// Average linkage of 1 − cosine, as scikit-learn's `AgglomerativeClustering(metric="cosine", linkage="average")` with
    /// `n_clusters`, or with `distance_threshold` 1 − the cosine.
    pub fn clusters(&self, cut: Cut) -> Vec<Option<usize>> {
        let present: Vec<usize> = (0..self.len()).filter(|&at| self.get(at, at).is_some()).collect();
        let count = present.len();
        let pairs = present.iter().enumerate().flat_map(|(at, &a)| present[at + 1..].iter().map(move |&b| (a, b)));
        // In f64: sentences that are equal lie 0 apart, however they are added up.
        let mut distances: Vec<f64> = pairs.map(|(a, b)| 1.0 - f64::from(self.get(a, b).unwrap_or(-1.0))).collect();
        // The cluster that each one was joined into; first one for each sentence, then one for each step.
        let mut into: Vec<usize> = (0..count).collect();
        if count > 1 {
            for (step, joined) in linkage(&mut distances, count, Method::Average).steps().iter().enumerate() {
                let goes_on = match cut {
                    Cut::Count(wanted) => count - step > wanted.max(1),
                    Cut::Cosine(least) => joined.dissimilarity < 1.0 - f64::from(least),
                };
                into.push(into.len());
                if goes_on {
                    (into[joined.cluster1], into[joined.cluster2]) = (count + step, count + step);
                }
            }
        }
        let root = |mut at: usize| {
            while into[at] != at {
                at = into[at];
            }
            at
        };
        let mut roots = Vec::new();
        let mut labels = vec![None; self.len()];
        for (at, &sentence) in present.iter().enumerate() {
            let root = root(at);
            let label = roots.iter().position(|known| *known == root).unwrap_or_else(|| {
                roots.push(root);
                roots.len() - 1
            });
            labels[sentence] = Some(label);
        }
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors in a plane, by their angle.
    fn at(degrees: &[Option<f32>]) -> Cosines {
        let vector =
            |degrees: &Option<f32>| degrees.map(|degrees| degrees.to_radians().sin_cos()).map(|(y, x)| vec![x, y]);
        Cosines::new(&degrees.iter().map(vector).collect::<Vec<_>>())
    }

    /// `AgglomerativeClustering(metric="cosine", linkage="average")` of the same vectors, its labels in the order of their
    /// first sentences.
    #[test]
    fn they_are_scikit_learns() {
        let angles = [80.0, 0.0, 50.0, 5.0, 84.0, 47.0, 120.0, 118.0, 30.0];
        let cosines = at(&angles.map(Some));
        let labels = |cut| cosines.clusters(cut).into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(labels(Cut::Count(1)), [0; 9]);
        assert_eq!(labels(Cut::Count(3)), [0, 1, 2, 1, 0, 2, 0, 0, 2]);
        assert_eq!(labels(Cut::Count(5)), [0, 1, 2, 1, 0, 2, 3, 3, 4]);
        assert_eq!(labels(Cut::Count(9)), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(labels(Cut::Count(99)), labels(Cut::Count(9)));
        assert_eq!(labels(Cut::Cosine(0.99)), [0, 1, 2, 1, 0, 2, 3, 3, 4]);
        assert_eq!(labels(Cut::Cosine(0.9)), [0, 1, 2, 1, 0, 2, 3, 3, 2]);
        assert_eq!(labels(Cut::Cosine(0.5)), [0, 1, 1, 1, 0, 1, 0, 0, 1]);
    }

    #[test]
    fn what_has_no_vector_is_in_none() {
        let cosines = at(&[Some(0.0), None, Some(1.0), Some(90.0)]);
        assert_eq!(cosines.clusters(Cut::Cosine(0.9)), [Some(0), None, Some(0), Some(1)]);
        assert_eq!(at(&[None]).clusters(Cut::Count(2)), [None]);
        assert!(at(&[]).clusters(Cut::Count(2)).is_empty());
        assert_eq!(at(&[Some(3.0); 3]).clusters(Cut::Cosine(0.9999)), [Some(0); 3]);
    }
}
