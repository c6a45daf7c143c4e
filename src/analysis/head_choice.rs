/// Which heads of a layer a number speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeadChoice {
    /// The mean over all heads; still sums to 1.
    #[default]
    Mean,
    /// The largest of all heads, key by key; sums to 1 or more.
    Max,
    /// One head, counted from 0.
    One(usize),
}

impl HeadChoice {
    /// Whether several heads may be merged, so that it matters which.
    pub fn is_merged(self) -> bool {
        self.merge().is_some()
    }

    /// How several are merged, as on the command line and in files: `mean`, `max`; none of a single one.
    pub fn merge(self) -> Option<&'static str> {
        match self {
            HeadChoice::Mean => Some("mean"),
            HeadChoice::Max => Some("max"),
            HeadChoice::One(_) => None,
        }
    }
}
