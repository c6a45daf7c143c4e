//! The options of every view of attention: which measure, which heads, pieces or words, with or without specials, from
//! a token or to it.

use super::{HeadAxis, HeadChoice, HeadSet, Measure, choice::choice};

choice! {
    /// What happens to attention that goes to the specials that the tokenizer has added.
    Specials:
    /// Specials are tokens like any other.
    #[default]
    Shown = "show",
    /// They are left out; what goes to them is said in [`AttentionRow::hidden`](super::AttentionRow::hidden).
    Hidden = "hide",
    /// They are left out, and each source's attention to the rest is scaled to sum 1.
    Renormalized = "renormalize",
}

choice! {
    /// What attention is counted in.
    Granularity:
    /// The tokens of the vocabulary.
    #[default]
    Subwords = "pieces" or "subwords",
    /// Words: attention to one is the sum over its pieces, attention from one the mean over them (Clark et al. 2019).
    Words = "words",
}

choice! {
    /// Which side of attention is chosen and which is shown.
    Direction:
    /// One looks, and is shown what it looks at: a row of the matrix.
    #[default]
    From = "from",
    /// One is looked at, and is shown who looks at it: a column of the matrix.
    To = "to",
}

/// How attention is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttentionOptions {
    /// What the numbers are.
    pub measure: Measure,
    /// Through which heads; a measure without heads shows the layer, see [`HeadsRead`].
    pub heads: HeadChoice,
    /// The heads that mean and max are taken over; see [`AttentionOptions::heads_read`] for what counts as all.
    pub among: HeadSet,
    /// In pieces or words.
    pub granularity: Granularity,
    /// With or without specials.
    pub specials: Specials,
    /// From the chosen one or to it.
    pub direction: Direction,
}

/// What of a layer is read, once measure and model are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadsRead {
    /// The measure has no heads: the layer as it is, whichever heads are chosen.
    Layer,
    /// One head, from 0.
    One(usize),
    /// The mean of these, ascending.
    Mean(Vec<usize>),
    /// The largest of these, number by number; never below 0.
    Max(Vec<usize>),
    /// What the vectors of these add up to, ascending.
    Together(Vec<usize>),
}

impl HeadsRead {
    /// The planes of a layer's numbers that are read, ascending.
    pub(super) fn planes(&self) -> &[usize] {
        match self {
            HeadsRead::Layer => &[0],
            HeadsRead::One(head) => std::slice::from_ref(head),
            HeadsRead::Mean(heads) | HeadsRead::Max(heads) | HeadsRead::Together(heads) => heads,
        }
    }
}

impl AttentionOptions {
    /// What is read of each layer, of a model's `count` heads: the one that is chosen, or those of [`AttentionOptions::among`] that
    /// the model has, or all where that is none.
    pub fn heads_read(self, count: usize) -> HeadsRead {
        if !self.measure.has_heads() {
            return HeadsRead::Layer;
        }
        let merged = || match self.among.some_of(count) {
            Some(some) => some.iter().collect(),
            None => (0..count).collect(),
        };
        match self.heads {
            HeadChoice::One(head) => HeadsRead::One(head),
            HeadChoice::Mean if self.measure.head_axis() == HeadAxis::Summed => HeadsRead::Together(merged()),
            HeadChoice::Mean => HeadsRead::Mean(merged()),
            HeadChoice::Max => HeadsRead::Max(merged()),
        }
    }

    /// The heads that mean or max is taken over, of a model's `count`; none where that is all, or nothing is merged.
    pub fn subset(self, count: usize) -> Option<HeadSet> {
        self.among.some_of(count).filter(|_| self.heads.is_merged() && self.measure.has_heads())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_as_it_is_written() {
        for specials in Specials::ALL {
            assert_eq!(specials.id().parse(), Ok(*specials));
        }
        assert_eq!(Specials::Renormalized.next(), Specials::Shown);
        assert_eq!("subwords".parse(), Ok(Granularity::Subwords));
        assert!("some".parse::<Granularity>().unwrap_err().contains("pieces, words"));
    }

    #[test]
    fn what_the_model_has_of_the_set_is_merged() {
        let read = |heads, among: &[usize]| {
            let among = among.iter().copied().collect();
            AttentionOptions { heads, among, ..AttentionOptions::default() }.heads_read(4)
        };
        assert_eq!(read(HeadChoice::Mean, &[]), HeadsRead::Mean(vec![0, 1, 2, 3]));
        assert_eq!(read(HeadChoice::Mean, &[3, 1, 9]), HeadsRead::Mean(vec![1, 3]));
        assert_eq!(read(HeadChoice::Max, &[8, 9]), HeadsRead::Max(vec![0, 1, 2, 3]));
        assert_eq!(read(HeadChoice::One(2), &[0, 1]), HeadsRead::One(2));
    }
}
