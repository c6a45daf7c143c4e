//! What follows from the vectors of a list; worked out behind the screen, for it grows with the square of its length.

use std::{collections::HashMap, sync::Arc};

use super::LineVectors;
use crate::analysis::{Cosines, Disagreement, Pooling, Projection, Unrelated};

/// Of so many sentences at most a matrix of all pairs is held.
pub const MOST_IN_MATRIX: usize = 2_000;

/// Sentences to be compared with each other under two poolings.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrangement {
    /// Left and right.
    pub poolings: [Pooling; 2],
    /// Each with the key of its line, in the order given.
    pub lines: Vec<(u64, Arc<LineVectors>)>,
    /// What is known already: where the lines are the same, so is what follows from them under the same pooling.
    pub known: Option<Arc<Arranged>>,
}

/// What two poolings make of some sentences.
#[derive(Debug, PartialEq)]
pub struct Arranged {
    /// Left and right; numbers of sentences in them count from 0, in the order given.
    pub sides: [Arc<ListSide>; 2],
    /// The pairs on which the two disagree most, the greatest disagreement first.
    pub disagreements: Vec<Disagreement>,
    /// How many pairs have a cosine under both.
    pub pairs: usize,
    keys: Vec<u64>,
    places: HashMap<u64, usize>,
}

/// What one pooling makes of some sentences.
#[derive(Debug, PartialEq)]
pub struct ListSide {
    /// Which.
    pub pooling: Pooling,
    /// Each with each.
    pub cosines: Cosines,
    /// The least and the greatest cosine of two different sentences; none where there is no pair.
    pub range: Option<(f32, f32)>,
    /// The cosines of all pairs, as a background of the list's own.
    pub own: Unrelated,
    /// The closest pairs, the closest first.
    pub closest: Vec<[usize; 2]>,
    /// An order in which like ones are neighbours.
    pub clustered: Vec<usize>,
    /// As points of a plane.
    pub projection: Projection,
}

impl Arrangement {
    /// How many disagreements, and how many of the closest pairs, can be walked through.
    const MOST: usize = 1_000;

    /// Works it out; for 1,000 sentences this takes part of a second.
    pub fn arrange(self) -> Arranged {
        let Self { poolings, lines, known } = self;
        let keys: Vec<u64> = lines.iter().map(|(key, _)| *key).collect();
        let known = known.filter(|known| known.keys == keys);
        let of = |pooling: Pooling| {
            let same = known.iter().flat_map(|known| &known.sides).find(|side| side.pooling == pooling);
            same.cloned().unwrap_or_else(|| Arc::new(ListSide::new(pooling, &lines)))
        };
        let left = of(poolings[0]);
        let right = if poolings[0] == poolings[1] { Arc::clone(&left) } else { of(poolings[1]) };
        let points = left.projection.points.iter().zip(&right.projection.points);
        let both = points.filter(|(left, right)| left.is_some() && right.is_some()).count();
        Arranged {
            pairs: both * both.saturating_sub(1) / 2,
            disagreements: left.cosines.disagreements(&right.cosines, Self::MOST),
            sides: [left, right],
            places: keys.iter().enumerate().map(|(place, key)| (*key, place)).collect(),
            keys,
        }
    }
}

impl Arranged {
    /// Whether it is of these lines under these poolings.
    pub fn is_of(&self, keys: &[u64], poolings: [Pooling; 2]) -> bool {
        self.keys == keys && self.sides.iter().map(|side| side.pooling).eq(poolings)
    }

    /// Where the line with a key stands.
    pub fn place(&self, key: u64) -> Option<usize> {
        self.places.get(&key).copied()
    }

    /// The key of the line at a place.
    pub fn key(&self, place: usize) -> Option<u64> {
        self.keys.get(place).copied()
    }
}

impl ListSide {
    fn new(pooling: Pooling, lines: &[(u64, Arc<LineVectors>)]) -> Self {
        let at = Pooling::ALL.iter().position(|one| *one == pooling).unwrap_or(0);
        let vectors: Vec<Option<Vec<f32>>> =
            lines.iter().map(|(_, line)| line.vectors.get(at).cloned().flatten()).collect();
        let cosines = Cosines::new(&vectors);
        let own = cosines.as_background();
        let range = own.cosines().first().copied().zip(own.cosines().last().copied());
        Self {
            pooling,
            range,
            own,
            closest: cosines.closest_pairs(Arrangement::MOST),
            clustered: cosines.clustered(),
            projection: Projection::new(&vectors),
            cosines,
        }
    }
}
