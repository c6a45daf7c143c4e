use super::{BertError, parameters::Stored};

/// In how many groups relative positions come, whatever the table has.
pub(super) const BUCKETS: usize = 32;

/// What every layer's scores get for how far the key is from the query, as in transformers' `MPNetEncoder`
/// (<https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/mpnet/modeling_mpnet.py>).
pub(super) struct RelativePositions {
    /// `[buckets, H]`.
    table: Vec<f32>,
    /// H.
    heads: usize,
}

impl RelativePositions {
    pub(super) fn new(table: Stored, heads: usize) -> Result<Self, BertError> {
        Ok(Self { table: table.values()?, heads })
    }

    /// For an input of S tokens.
    pub(super) fn bias(&self, length: usize) -> PositionBias {
        let before = (1..length).rev().map(|distance| bucket(distance, 0));
        let groups: Vec<usize> = before.chain((0..length).map(|distance| bucket(0, distance))).collect();
        let of_head = |head| groups.iter().map(move |group| self.table[group * self.heads + head]);
        let by_distance = (0..self.heads).flat_map(of_head).collect();
        PositionBias { by_distance, heads: self.heads, length }
    }
}

/// What every layer's scores get for where query and key stand in an input of S tokens.
pub(super) struct PositionBias {
    /// `[H, 2 S - 1]`: from the key S - 1 tokens before the query to the key S - 1 behind it.
    by_distance: Vec<f32>,
    /// H.
    heads: usize,
    /// S.
    length: usize,
}

impl PositionBias {
    /// What a query's scores get, `[S]`.
    pub(super) fn row(&self, head: usize, query: usize) -> &[f32] {
        let first = head * (2 * self.length - 1) + self.length - 1 - query;
        &self.by_distance[first..first + self.length]
    }

    /// As a tensor's values and shape, `[1, H, S, S]`: query by key.
    pub(super) fn whole(&self) -> (Vec<f32>, [usize; 4]) {
        let rows = (0..self.heads).flat_map(|head| (0..self.length).map(move |query| self.row(head, query)));
        (rows.flatten().copied().collect(), [1, self.heads, self.length, self.length])
    }
}

/// Keys behind the query have the second half of the groups. Of each half the first half is for one distance each, the
/// rest grow with the logarithm up to 128.
fn bucket(query: usize, key: usize) -> usize {
    const HALF: usize = BUCKETS / 2;
    const EXACT: usize = HALF / 2;
    const FARTHEST: f32 = 128.0;
    let distance = query.abs_diff(key);
    let far = || {
        let share = (distance as f32 / EXACT as f32).ln() / (FARTHEST / EXACT as f32).ln();
        (EXACT + (share * (HALF - EXACT) as f32) as usize).min(HALF - 1)
    };
    let group = if distance < EXACT { distance } else { far() };
    if key > query { HALF + group } else { group }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_gets_the_number_of_its_group() {
        let positions = RelativePositions { table: (0..BUCKETS * 3).map(|at| at as f32).collect(), heads: 3 };
        let (values, shape) = positions.bias(50).whole();
        assert_eq!(shape, [1, 3, 50, 50]);
        for (at, value) in values.iter().enumerate() {
            let (head, query, key) = (at / 2500, at / 50 % 50, at % 50);
            assert_eq!(*value, (bucket(query, key) * 3 + head) as f32, "{head}, {query}, {key}");
        }
    }

    #[test]
    fn groups_are_exact_near_by_and_wide_far_away() {
        let before = |distance: usize| bucket(600, 600 - distance);
        assert_eq!([0, 1, 7, 8, 11, 12, 15, 16, 22, 23].map(before), [0, 1, 7, 8, 8, 9, 9, 10, 10, 11]);
        assert_eq!([31, 32, 63, 64, 90, 91, 127, 128, 600].map(before), [11, 12, 13, 14, 14, 15, 15, 15, 15]);
        assert_eq!([bucket(0, 1), bucket(3, 11), bucket(0, 500)], [17, 24, 31]);
    }
}
