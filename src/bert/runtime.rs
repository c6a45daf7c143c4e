use burn::tensor::{Device, Tensor, TensorData};

use super::{Backend, BertError};
use crate::guard::guarded;

/// A backend at work: the burn device that computes for it, its failures as errors.
pub(super) struct Runtime {
    pub backend: Backend,
    pub device: Device,
}

impl Runtime {
    /// Starts a backend's device.
    ///
    /// # Errors
    /// [`BertError::BackendMissing`] when this build lacks the backend; [`BertError::Backend`] when it fails.
    pub(super) fn start(backend: Backend) -> Result<Self, BertError> {
        let start = || {
            let device = device(backend)?;
            // burn starts a device at its first use, and aborts where that fails while weights are loaded: use it now.
            let probe = Tensor::<1>::from_data(TensorData::new(vec![0.0f32], [1]), &device);
            probe.try_into_data().map_err(|e| failure(backend, e.to_string()))?;
            Ok(Self { backend, device })
        };
        guarded(start).unwrap_or_else(|reason| Err(failure(backend, reason)))
    }

    /// Runs work on this backend; what it panics about becomes [`BertError::Backend`].
    pub(super) fn compute<T>(&self, work: impl FnOnce() -> Result<T, BertError>) -> Result<T, BertError> {
        guarded(work).unwrap_or_else(|reason| Err(self.failure(reason)))
    }

    /// Brings numbers onto the device, row-major.
    pub(super) fn tensor<const N: usize>(&self, values: Vec<f32>, shape: [usize; N]) -> Tensor<N> {
        Tensor::from_data(TensorData::new(values, shape), &self.device)
    }

    /// Brings a tensor of this backend into memory, row-major.
    pub(super) fn read<const N: usize>(&self, tensor: Tensor<N>) -> Result<Vec<f32>, BertError> {
        tensor.try_into_vec_as::<f32>().map_err(|e| self.failure(e.to_string()))
    }

    /// The backend failed, in its own words.
    pub(super) fn failure(&self, reason: String) -> BertError {
        failure(self.backend, reason)
    }
}

fn failure(backend: Backend, reason: String) -> BertError {
    BertError::Backend { backend, reason }
}

fn device(backend: Backend) -> Result<Device, BertError> {
    match backend {
        Backend::Flex => Ok(Device::flex()),
        // Deprecated in burn 0.22, and asked for by name: the docs say so, not every build.
        #[allow(deprecated)]
        Backend::Ndarray => Ok(Device::ndarray()),
        #[cfg(feature = "wgpu")]
        Backend::Wgpu => Ok(Device::wgpu(burn::tensor::DeviceKind::DefaultDevice)),
        #[cfg(not(feature = "wgpu"))]
        Backend::Wgpu => Err(BertError::BackendMissing { backend }),
    }
}
