/// What a layer is kept from. B inputs in a batch, S tokens, H heads.
#[derive(Clone, Copy)]
pub(super) struct Masks<'a> {
    /// `[B, S]`, true where nobody may look; none where everybody may look everywhere.
    pub keys: Option<&'a [bool]>,
    /// `[B, S, S]`, true where a query may not look at a key; none where no edge is cut in this layer.
    pub edges: Option<&'a [bool]>,
    /// `[B, H]`, true where a head's context is to be nothing; none where none is.
    pub heads: Option<&'a [bool]>,
}
