use std::{fmt, str::FromStr};

use burn::tensor::{Device, Tensor};

use super::{
    BertError,
    packed::{keep_threads_awake, spread_threads},
};
use crate::guard::guarded;

/// Where tensors are computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backend {
    /// burn's maintained CPU backend, with the layers in kernels of rten (default).
    #[default]
    Flex,
    /// burn's former CPU backend; burn 0.22 deprecates it.
    Ndarray,
    /// The GPU, through Vulkan, Metal or DirectX; a cargo feature.
    Wgpu,
}

impl Backend {
    /// Every backend, built in or not.
    pub const ALL: &'static [Backend] = &[Backend::Flex, Backend::Ndarray, Backend::Wgpu];

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Backend::Flex => "flex",
            Backend::Ndarray => "ndarray",
            Backend::Wgpu => "wgpu",
        }
    }

    /// Whether this build can compute on it.
    pub fn is_built_in(self) -> bool {
        self != Backend::Wgpu || cfg!(feature = "wgpu")
    }

    /// The burn device that computes for this backend.
    ///
    /// # Errors
    /// [`BertError::BackendMissing`] when this build lacks the backend.
    pub(super) fn device(self) -> Result<Device, BertError> {
        match self {
            Backend::Flex => {
                spread_threads();
                Ok(Device::flex())
            }
            // Deprecated in burn 0.22, and asked for by name: the docs say so, not every build.
            #[allow(deprecated)]
            Backend::Ndarray => Ok(Device::ndarray()),
            #[cfg(feature = "wgpu")]
            Backend::Wgpu => Ok(Device::wgpu(burn::tensor::DeviceKind::DefaultDevice)),
            #[cfg(not(feature = "wgpu"))]
            Backend::Wgpu => Err(BertError::BackendMissing { backend: self }),
        }
    }

    /// To how many tokens an input of `length` is padded. A GPU's kernels are compiled and tuned for each new shape, so
    /// it sees powers of two only, and never more than the `most` that the model reads.
    pub(super) fn padded_length(self, length: usize, most: usize) -> usize {
        const FEWEST: usize = 16;
        match self {
            Backend::Wgpu => length.next_power_of_two().max(FEWEST).min(most),
            Backend::Flex | Backend::Ndarray => length,
        }
    }

    /// Runs work on this backend; what it panics about becomes [`BertError::Backend`].
    pub(super) fn compute<T>(self, work: impl FnOnce() -> Result<T, BertError>) -> Result<T, BertError> {
        guarded(work).unwrap_or_else(|reason| Err(self.failure(reason)))
    }

    /// Runs a forward pass as one of the threads that compute, not as another that hands them each part and waits; on
    /// [`Backend::Flex`] while they stay awake.
    pub(super) fn pass<T: Send>(self, work: impl FnOnce() -> T + Send) -> T {
        match self {
            Backend::Flex => keep_threads_awake(work),
            Backend::Ndarray | Backend::Wgpu => rayon::scope(|_| work()),
        }
    }

    /// Brings a tensor of this backend into memory, row-major.
    pub(super) fn read<const N: usize>(self, tensor: Tensor<N>) -> Result<Vec<f32>, BertError> {
        tensor.try_into_vec_as::<f32>().map_err(|e| self.failure(e.to_string()))
    }

    /// The backend failed, in its own words.
    pub(super) fn failure(self, reason: String) -> BertError {
        BertError::Backend { backend: self, reason }
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Backend {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Backend::ALL
            .iter()
            .copied()
            .find(|backend| backend.name() == name)
            .ok_or_else(|| format!("unknown backend {name:?}; one of: flex, ndarray, wgpu"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_gpu_pads() {
        assert_eq!(
            [1, 16, 17, 100, 512].map(|length| Backend::Wgpu.padded_length(length, 512)),
            [16, 16, 32, 128, 512]
        );
        assert_eq!(Backend::Wgpu.padded_length(300, 400), 400);
        assert_eq!(Backend::Flex.padded_length(17, 512), 17);
    }
}
