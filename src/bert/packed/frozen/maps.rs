use std::sync::OnceLock;

use rten_gemm::GemmError;

use super::{super::PackedLayer, sent_back::WayBack, unpacked::unpacked};

/// A layer's weights in other forms than those in which it reads them: worked out when they are first asked for.
pub(in crate::bert) struct LayerMaps {
    /// W_O, `[in, out]`: head by head, the rows of each.
    pub(super) attention_output: Vec<f32>,
    way_back: OnceLock<WayBack>,
}

impl LayerMaps {
    /// With what vectors are split up by heads with.
    pub(in crate::bert) fn new(layer: &PackedLayer) -> Result<Self, GemmError> {
        Ok(Self { attention_output: unpacked(layer.attention_output.weight())?, way_back: OnceLock::new() })
    }

    /// The weights that gradients are sent back through; it takes as much room as the layer's own.
    pub(super) fn way_back(&self, layer: &PackedLayer) -> Result<&WayBack, GemmError> {
        if let Some(known) = self.way_back.get() {
            return Ok(known);
        }
        let fresh = WayBack::new(layer, &self.attention_output)?;
        Ok(self.way_back.get_or_init(|| fresh))
    }
}
