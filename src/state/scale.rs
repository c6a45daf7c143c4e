//! What the colours of a heat map are measured by.

/// What the top of the colour scale stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// The largest weight on screen.
    #[default]
    View,
    /// The largest weight of each row.
    Row,
    /// All of the attention, 100 %: the same for every sentence and model.
    Fixed,
}

impl Scale {
    /// In the order of the key.
    pub const ALL: &'static [Scale] = &[Scale::View, Scale::Row, Scale::Fixed];
}
