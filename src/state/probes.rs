//! The probes there are, and which of them are for the model in use.

use std::sync::Arc;

use super::State;
use crate::{
    analysis::{Probe, ProbeRefusal},
    bert::ModelInfo,
};

/// The probes there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probes {
    /// Those that were asked for.
    pub given: Vec<GivenProbe>,
    /// Those of the program; with another model than theirs they are not spoken of.
    pub built_in: Vec<Arc<Probe>>,
}

/// A probe out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenProbe {
    /// The file, as it can be read from anywhere.
    pub file: String,
    /// What it holds.
    pub probe: Arc<Probe>,
}

impl Probes {
    /// All of them, those that were asked for first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Probe>> {
        self.given.iter().map(|given| &given.probe).chain(&self.built_in)
    }

    /// Whether one of them may be for a model, going by its sizes.
    pub fn may_be_of(&self, info: &ModelInfo) -> bool {
        self.all().any(|probe| probe.has_sizes_of(info))
    }
}

impl State {
    /// The number of the job that opened the model in use.
    pub fn opened(&self) -> u64 {
        self.opened
    }

    /// The probes that are for the model that has read what is shown.
    pub fn fitting_probes(&self) -> Vec<Arc<Probe>> {
        self.probes.all().filter(|probe| self.fits(probe).is_some_and(|fits| fits.is_ok())).cloned().collect()
    }

    /// Why probes that were asked for are not for it.
    pub fn refused_probes(&self) -> Vec<ProbeRefusal> {
        self.probes.given.iter().filter_map(|given| self.fits(&given.probe)?.err()).collect()
    }

    /// None before that is known.
    fn fits(&self, probe: &Probe) -> Option<Result<(), ProbeRefusal>> {
        let info = self.model.as_ref()?;
        let sample = self.readings.as_ref()?.sample.as_ref();
        match sample {
            Some(sample) => Some(probe.fits(info, sample)),
            None if probe.has_sizes_of(info) => None,
            None => Some(probe.fits(info, &crate::analysis::ModelSample(Vec::new()))),
        }
    }
}
