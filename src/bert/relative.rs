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

    /// For an input of S tokens, `[H, S, S]`: query by key.
    pub(super) fn bias(&self, length: usize) -> Vec<f32> {
        let mut bias = Vec::with_capacity(self.heads * length * length);
        for head in 0..self.heads {
            for query in 0..length {
                bias.extend((0..length).map(|key| self.table[bucket(query, key) * self.heads + head]));
            }
        }
        bias
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
    fn groups_are_exact_near_by_and_wide_far_away() {
        let before = |distance: usize| bucket(600, 600 - distance);
        assert_eq!([0, 1, 7, 8, 11, 12, 15, 16, 22, 23].map(before), [0, 1, 7, 8, 8, 9, 9, 10, 10, 11]);
        assert_eq!([31, 32, 63, 64, 90, 91, 127, 128, 600].map(before), [11, 12, 13, 14, 14, 15, 15, 15, 15]);
        assert_eq!([bucket(0, 1), bucket(3, 11), bucket(0, 500)], [17, 24, 31]);
    }
}
