use kodama::{Method, linkage};

use super::Cosines;

impl Cosines {
    /// An order of the sentences in which like ones are neighbours: hierarchical clustering of 1 − cosine with average
    /// linkage, and of each two clusters that join, those ends put together that are closest. Every sentence once; those
    /// without a vector come last, as given.
    pub fn clustered(&self) -> Vec<usize> {
        let (present, absent): (Vec<usize>, Vec<usize>) =
            (0..self.len()).partition(|&sentence| self.get(sentence, sentence).is_some());
        // Each cluster as a row of its sentences; first one for each sentence, then one for each join.
        let mut clusters: Vec<Vec<usize>> = present.iter().map(|&sentence| vec![sentence]).collect();
        if present.len() > 1 {
            let pairs = present
                .iter()
                .enumerate()
                .flat_map(|(at, &a)| present[at + 1..].iter().map(move |&b| self.distance(a, b)));
            let mut distances: Vec<f32> = pairs.collect();
            for step in linkage(&mut distances, present.len(), Method::Average).steps() {
                let [one, two] = [step.cluster1, step.cluster2].map(|cluster| std::mem::take(&mut clusters[cluster]));
                clusters.push(self.join(one, two));
            }
        }
        clusters.pop().unwrap_or_default().into_iter().chain(absent).collect()
    }

    /// Puts two rows together where they are closest.
    fn join(&self, mut one: Vec<usize>, mut two: Vec<usize>) -> Vec<usize> {
        let between = |a: Option<&usize>, b: Option<&usize>| match (a, b) {
            (Some(&a), Some(&b)) => self.distance(a, b),
            _ => f32::INFINITY,
        };
        // Which of the two is turned round.
        let ways = [
            (between(one.last(), two.first()), false, false),
            (between(one.last(), two.last()), false, true),
            (between(one.first(), two.first()), true, false),
            (between(one.first(), two.last()), true, true),
        ];
        let best = ways.iter().min_by(|(a, ..), (b, ..)| a.total_cmp(b));
        if let Some(&(_, turn_one, turn_two)) = best {
            if turn_one {
                one.reverse();
            }
            if turn_two {
                two.reverse();
            }
        }
        one.append(&mut two);
        one
    }

    fn distance(&self, a: usize, b: usize) -> f32 {
        1.0 - self.get(a, b).unwrap_or(-1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors in a plane, by their angle.
    fn at(degrees: &[f32]) -> Vec<Option<Vec<f32>>> {
        degrees.iter().map(|degrees| degrees.to_radians().sin_cos()).map(|(y, x)| Some(vec![x, y])).collect()
    }

    #[test]
    fn neighbours_are_alike() {
        let order = Cosines::new(&at(&[80.0, 0.0, 50.0, 5.0, 84.0, 47.0])).clustered();
        assert!([[1, 3, 5, 2, 0, 4], [4, 0, 2, 5, 3, 1]].contains(&[0, 1, 2, 3, 4, 5].map(|i| order[i])), "{order:?}");
    }

    #[test]
    fn each_comes_once_and_what_has_no_vector_last() {
        let mut vectors = at(&[10.0, 20.0, 10.0, 170.0, 90.0]);
        vectors[1] = None;
        let order = Cosines::new(&vectors).clustered();
        assert_eq!(order.last(), Some(&1));
        assert!((0..5).all(|sentence| order.contains(&sentence)) && order.len() == 5);
        assert!(Cosines::new(&[]).clustered().is_empty());
        assert_eq!(Cosines::new(&[None, None]).clustered(), [0, 1]);
        assert_eq!(Cosines::new(&at(&[3.0])).clustered(), [0]);
        assert_eq!(Cosines::new(&at(&[3.0; 4])).clustered().len(), 4);
    }
}
