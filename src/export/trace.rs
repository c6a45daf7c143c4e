use crate::{
    analysis::MixingArray,
    bert::{Ablations, ModelInfo, Prediction, Trace},
};

/// A trace, and what to know about it.
#[derive(Clone, Debug)]
pub struct TraceDocument<'t> {
    /// The trace.
    pub trace: &'t Trace,
    /// The model it is of.
    pub info: &'t ModelInfo,
    /// Where the model came from: `embedded`, a directory, or the Hub.
    pub origin: &'t str,
    /// The likeliest words of the masked-language head, `[token][rank]`; none where there is no head, or where nobody
    /// asked for them.
    pub predictions: Option<&'t [Vec<Prediction>]>,
    /// What was ablated.
    pub ablations: &'t Ablations,
    /// What measures say that were asked for.
    pub measures: Vec<MixingArray<'t>>,
}
