use std::{fmt, str::FromStr};

use crate::messages::{message, quoted};

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

    /// To how many tokens an input of `length` is padded. A GPU's kernels are compiled and tuned for each new shape, so
    /// it sees powers of two only, and never more than the `most` that the model reads.
    pub(super) fn padded_length(self, length: usize, most: usize) -> usize {
        const FEWEST: usize = 16;
        match self {
            Backend::Wgpu => length.next_power_of_two().max(FEWEST).min(most),
            Backend::Flex | Backend::Ndarray => length,
        }
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
        Backend::ALL.iter().copied().find(|backend| backend.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Backend::ALL.iter().map(|backend| backend.name()).collect();
            message!("bert-unknown-backend", name = quoted(name), choices = names.join(", "))
        })
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
