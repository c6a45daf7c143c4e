//! The switches attention is looked at through: which heads, pieces or words, with or without specials, from a token
//! or to it.

use super::{HeadChoice, HeadSet, choice::choice};

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
    Grain:
    /// The tokens of the vocabulary.
    #[default]
    Pieces = "pieces",
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
pub struct Lens {
    /// Through which heads.
    pub heads: HeadChoice,
    /// The heads that mean and max are taken over; see [`Lens::merged`] for what counts as all.
    pub among: HeadSet,
    /// In pieces or words.
    pub grain: Grain,
    /// With or without specials.
    pub specials: Specials,
    /// From the chosen one or to it.
    pub direction: Direction,
}

impl Lens {
    /// The heads that are merged in each layer, of a model's `count`, ascending: the one that is chosen, or those of
    /// [`Lens::among`] that the model has, or all where that is none.
    pub fn merged(self, count: usize) -> Vec<usize> {
        match (self.heads, self.among.some_of(count)) {
            (HeadChoice::One(head), _) => vec![head],
            (_, Some(some)) => some.iter().collect(),
            (_, None) => (0..count).collect(),
        }
    }

    /// The heads that mean or max is taken over, of a model's `count`; none where that is all, or nothing is merged.
    pub fn subset(self, count: usize) -> Option<HeadSet> {
        self.among.some_of(count).filter(|_| self.heads.is_merged())
    }

    /// `head 5`, `mean of heads`, or which of a model's `count`: `mean of heads 3 5 7`, `max of head 3`.
    pub fn heads_name(self, count: usize) -> String {
        match (self.heads.merge(), self.subset(count)) {
            (Some(merge), Some(one)) if one.len() == 1 => format!("{merge} of head {one}"),
            (Some(merge), Some(some)) => format!("{merge} of heads {some}"),
            _ => self.heads.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_as_it_is_written() {
        for specials in Specials::ALL {
            assert_eq!(specials.name().parse(), Ok(*specials));
        }
        assert_eq!(Specials::Renormalized.next(), Specials::Shown);
        assert!("some".parse::<Grain>().unwrap_err().contains("pieces, words"));
    }

    #[test]
    fn a_lens_merges_what_the_model_has_of_its_set() {
        let merged = |heads, among: &[usize]| {
            let among = among.iter().copied().collect();
            Lens { heads, among, ..Lens::default() }.merged(4)
        };
        assert_eq!(merged(HeadChoice::Mean, &[]), [0, 1, 2, 3]);
        assert_eq!(merged(HeadChoice::Mean, &[3, 1, 9]), [1, 3]);
        assert_eq!(merged(HeadChoice::Max, &[8, 9]), [0, 1, 2, 3]);
        assert_eq!(merged(HeadChoice::One(2), &[0, 1]), [2]);
    }

    #[test]
    fn some_heads_are_named() {
        let name = |heads, among: &[usize]| {
            Lens { heads, among: among.iter().copied().collect(), ..Lens::default() }.heads_name(12)
        };
        assert_eq!(name(HeadChoice::Mean, &[]), "mean of heads");
        assert_eq!(name(HeadChoice::Mean, &[2, 4, 6]), "mean of heads 3 5 7");
        assert_eq!(name(HeadChoice::Max, &[2]), "max of head 3");
        assert_eq!(name(HeadChoice::Max, &[12, 40]), "max of heads");
        assert_eq!(name(HeadChoice::One(4), &[2, 4]), "head 5");
    }
}
