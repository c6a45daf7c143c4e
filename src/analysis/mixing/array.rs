use std::borrow::Cow;

/// An array of a measure as files have it.
#[derive(Clone, Debug, PartialEq)]
pub struct MixingArray<'t> {
    /// Its name in files.
    pub id: &'static str,
    /// The length of each axis.
    pub shape: Vec<usize>,
    /// Row-major.
    pub values: Cow<'t, [f32]>,
}

impl<'t> MixingArray<'t> {
    /// Under its name, with the length of each axis.
    pub fn new(id: &'static str, shape: impl Into<Vec<usize>>, values: impl Into<Cow<'t, [f32]>>) -> Self {
        Self { id, shape: shape.into(), values: values.into() }
    }
}
