use std::{fmt, ops::ControlFlow, sync::Arc};

use super::{
    super::{Reader, Reading, ReadingOfModel, StepsDone},
    BegunMixing, MixingRequest, blind_traces, put_trust,
};
use crate::{
    analysis::{BlindLayers, Granularity, ListMeans, Measure, MixingFindings, MixingObservation, Pooling, Units, pool},
    bert::BertError,
};

/// Something to find out about how vectors mix words.
#[derive(Clone)]
pub enum MixingWork {
    /// What the last `[CLS]` of a reading is with `[CLS]` blind, for every choice of layers.
    Blind(ReadingOfModel),
    /// How the shares of every measure follow what happens to the vectors of a reading without each word.
    Trust(ReadingOfModel),
    /// What many sentences say.
    List(MixingRequest),
}

/// What was found of a [`MixingWork`], or how far it is.
#[derive(Clone, Debug)]
pub enum MixingFound {
    /// So many of so many steps are done.
    Steps(usize, usize),
    /// The last `[CLS]` for every choice of layers, `[hidden]` each; of a `[CLS]` that sees nothing there is none.
    Blind(Vec<(BlindLayers, Vec<f32>)>),
    /// Of [`MixingWork::Trust`] or [`MixingWork::List`].
    Findings(Arc<MixingFindings>),
}

impl MixingWork {
    /// The number of the job that opened the model that has to do it; none where any can.
    pub fn model(&self) -> Option<u64> {
        match self {
            MixingWork::Blind(of) | MixingWork::Trust(of) => Some(of.model),
            MixingWork::List(_) => None,
        }
    }
}

impl fmt::Debug for MixingWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MixingWork::Blind(of) => f.debug_tuple("Blind").field(of).finish(),
            MixingWork::Trust(of) => f.debug_tuple("Trust").field(of).finish(),
            MixingWork::List(request) => f.debug_tuple("List").field(&request.texts.len()).finish(),
        }
    }
}

impl PartialEq for MixingWork {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (MixingWork::Blind(a), MixingWork::Blind(b)) | (MixingWork::Trust(a), MixingWork::Trust(b)) => a == b,
            (MixingWork::List(a), MixingWork::List(b)) => a == b,
            _ => false,
        }
    }
}

/// Finds it out as long as it is `wanted`; `tell` is told the steps as they are done. None where it was not wanted to the end: what was found
/// of a list until then is `begun`.
///
/// # Errors
/// As for [`Reader::traces`] and [`BegunMixing::study`].
pub fn find_mixing(
    reader: &dyn Reader,
    work: &MixingWork,
    begun: &mut BegunMixing,
    wanted: &dyn Fn() -> bool,
    tell: &mut dyn FnMut(MixingFound),
) -> Result<Option<MixingFound>, BertError> {
    let mut step = |done: usize, of: usize| {
        tell(MixingFound::Steps(done, of));
        if wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let findings = |found: MixingFindings| MixingFound::Findings(Arc::new(found));
    match work {
        MixingWork::Blind(of) => blind(reader, &of.reading, &mut step),
        MixingWork::Trust(of) => Ok(trust(reader, &of.reading, &mut step)?.map(findings)),
        MixingWork::List(request) => Ok(begun.study(reader, request, &mut step)?.map(findings)),
    }
}

fn blind(reader: &dyn Reader, reading: &Reading, step: &mut StepsDone) -> Result<Option<MixingFound>, BertError> {
    let trace = &reading.trace;
    let (mut found, all) = (Vec::new(), BlindLayers::all(trace.layers).len());
    let ended = blind_traces(reader, trace, 0, &mut |layers, blind| {
        found.extend(pool(blind, Pooling::Cls).map(|cls| (layers, cls)));
        step(found.len(), all)
    })?;
    Ok(ended.is_continue().then_some(MixingFound::Blind(found)))
}

/// Of one sentence: each number as it is.
fn trust(reader: &dyn Reader, reading: &Reading, step: &mut StepsDone) -> Result<Option<MixingFindings>, BertError> {
    let trace = &reading.trace;
    for (done, measure) in Measure::ALL.iter().enumerate() {
        if step(done, Measure::ALL.len()).is_break() {
            return Ok(None);
        }
        let mut within = |_, _| step(done, Measure::ALL.len());
        reader.work_out(trace, measure.groundwork(), &mut within)?;
        if !trace.has(measure.groundwork()) {
            return Ok(None);
        }
    }
    let mut of = MixingObservation::default();
    put_trust(reader, trace, &Units::new(trace, Granularity::Words), &mut of)?;
    Ok(Some(MixingFindings::new(&[], trace.layers, &[of], &ListMeans::default())))
}
