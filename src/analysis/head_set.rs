use std::fmt;

/// Some of a layer's heads, counted from 0: the same numbers in every layer. Only the first 128 can be singled out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct HeadSet(u128);

impl HeadSet {
    /// How many heads of a layer can be singled out; no BERT has more.
    pub const MOST: usize = u128::BITS as usize;

    /// Takes a head in. One beyond [`HeadSet::MOST`] is not taken.
    pub fn insert(&mut self, head: usize) {
        self.0 |= bit(head);
    }

    /// Takes a head out, if it is in.
    pub fn remove(&mut self, head: usize) {
        self.0 &= !bit(head);
    }

    /// Takes a head in, or out if it is in.
    pub fn toggle(&mut self, head: usize) {
        self.0 ^= bit(head);
    }

    /// Whether a head is in it.
    pub fn contains(self, head: usize) -> bool {
        self.0 & bit(head) != 0
    }

    /// Whether no head is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many heads are in it.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The heads in it, ascending.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..Self::MOST).filter(move |&head| self.contains(head))
    }

    /// Those in it that a model with `count` heads in a layer has; none where that leaves no choice: it has none of
    /// them, or all of its own are in it.
    pub fn some_of(self, count: usize) -> Option<Self> {
        let some: Self = self.iter().filter(|&head| head < count).collect();
        (!some.is_empty() && some.len() < count).then_some(some)
    }
}

/// No bit for a head beyond the last that can be singled out.
fn bit(head: usize) -> u128 {
    u32::try_from(head).ok().and_then(|head| 1u128.checked_shl(head)).unwrap_or(0)
}

impl FromIterator<usize> for HeadSet {
    fn from_iter<I: IntoIterator<Item = usize>>(heads: I) -> Self {
        heads.into_iter().fold(Self::default(), |mut set, head| {
            set.insert(head);
            set
        })
    }
}

impl fmt::Display for HeadSet {
    /// As on screen, where heads count from 1: `3 5 7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.iter().map(|head| (head + 1).to_string()).collect();
        f.pad(&numbers.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_go_in_and_out() {
        let mut set: HeadSet = [6, 2, 4, 2].into_iter().collect();
        assert_eq!((set.to_string().as_str(), set.len()), ("3 5 7", 3));
        set.toggle(2);
        set.toggle(0);
        set.remove(6);
        set.remove(7);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 4]);
        assert!(set.contains(4) && !set.contains(2) && !set.is_empty());
        assert!(HeadSet::default().is_empty());
    }

    #[test]
    fn a_head_beyond_the_128th_cannot_be_singled_out() {
        let set: HeadSet = [127, 128, usize::MAX].into_iter().collect();
        assert_eq!(set.to_string(), "128");
        assert!(!set.contains(128) && !set.contains(usize::MAX));
    }

    #[test]
    fn of_a_model_only_a_real_choice_counts() {
        let set: HeadSet = [0, 1, 5].into_iter().collect();
        assert_eq!(set.some_of(12), Some(set));
        assert_eq!(set.some_of(4), Some([0, 1].into_iter().collect()));
        assert_eq!(set.some_of(2), None);
        assert_eq!(HeadSet::default().some_of(12), None);
        assert_eq!([5].into_iter().collect::<HeadSet>().some_of(4), None);
        assert_eq!((0..200).collect::<HeadSet>().some_of(200).map(HeadSet::len), Some(128));
    }
}
