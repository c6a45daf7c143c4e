//! One forward pass over a batch of rows: what is read, what is cut, and what each layer leaves in the traces.
//!
//! B rows, S tokens of the longest, D hidden size, H heads.

use burn::tensor::{Bool, Device, Int, Tensor, TensorData};

use super::{Backend, BertError, Cuts, Token, Trace, network::Network};

/// One input of a batch.
pub(super) struct Row<'a> {
    /// Its tokens are read; its numbers, empty before, are what the pass appends.
    pub trace: Trace,
    /// Checked against the trace's sizes.
    pub cuts: &'a Cuts,
}

/// What computes.
pub(super) struct Pass<'a> {
    pub network: &'a Network,
    pub device: &'a Device,
    pub backend: Backend,
    /// Whether the probabilities are kept; else the traces' attentions stay empty.
    pub attentions: bool,
}

impl Pass<'_> {
    /// Runs the network over all rows' tokens, the shorter ones padded and the padding masked, and appends what it
    /// produces to their traces, layer by layer.
    pub(super) fn run(&self, rows: &mut [Row]) -> Result<(), BertError> {
        let longest = rows.iter().map(|row| row.trace.tokens.len()).max().unwrap_or(0);
        let longest = self.backend.padded_length(longest, self.network.embeddings.positions());
        let ids = self.padded(rows, longest, |token| i64::from(token.id));
        let type_ids = self.padded(rows, longest, |token| i64::from(token.type_id));
        let masked_keys = self.masked_keys(rows, longest);
        // A single row without padding gets its probabilities where they belong; others are cut out of a batch's.
        let in_place = self.attentions && rows.len() == 1 && rows[0].trace.tokens.len() == longest;
        rows.iter_mut().for_each(|row| self.reserve(row, in_place));

        let mut hidden = self.network.embeddings.forward(ids, type_ids);
        self.record_hidden(rows, hidden.clone())?;
        let layer_size: usize = rows.iter().map(|row| row.trace.heads * longest * longest).sum();
        let mut batch = vec![0.0; if self.attentions && !in_place { layer_size } else { 0 }];
        for (i, layer) in self.network.layers.iter().enumerate() {
            let kept_heads = self.kept_heads(rows, i);
            let probabilities = match in_place {
                true => Some(rows[0].trace.attentions.chunks_exact_mut(layer_size).nth(i).unwrap_or_default()),
                false if self.attentions => Some(batch.as_mut_slice()),
                false => None,
            };
            hidden = layer.forward(hidden, masked_keys.clone(), kept_heads, probabilities)?;
            Self::record_attention(rows, longest, &batch);
            self.record_hidden(rows, hidden.clone())?;
        }
        if let Some(pooled) = self.network.pool(hidden) {
            let [_, size] = pooled.dims();
            let values = self.backend.read(pooled)?;
            for (row, pooled) in rows.iter_mut().zip(values.chunks_exact(size)) {
                row.trace.pooler_output = Some(pooled.to_vec());
            }
        }
        Ok(())
    }

    /// `[B, S]`, padded at the end with 0 (whatever stands there is masked).
    fn padded(&self, rows: &[Row], length: usize, value: impl Fn(&Token) -> i64) -> Tensor<2, Int> {
        let mut values = vec![0i64; rows.len() * length];
        for (places, row) in values.chunks_exact_mut(length).zip(rows) {
            for (place, token) in places.iter_mut().zip(&row.trace.tokens) {
                *place = value(token);
            }
        }
        Tensor::from_data(TensorData::new(values, [rows.len(), length]), self.device)
    }

    /// `[B, 1, 1, S]`, true where a key is padding or a masked token; none when every key may be looked at.
    fn masked_keys(&self, rows: &[Row], length: usize) -> Option<Tensor<4, Bool>> {
        if rows.iter().all(|row| row.trace.tokens.len() == length && row.cuts.masked.is_empty()) {
            return None;
        }
        let is_masked = |row: &Row, key| key >= row.trace.tokens.len() || row.cuts.masked.contains(&key);
        let mask: Vec<bool> = rows.iter().flat_map(|row| (0..length).map(move |key| is_masked(row, key))).collect();
        Some(Tensor::from_data(TensorData::new(mask, [rows.len(), 1, 1, length]), self.device))
    }

    /// `[B, H, 1, 1]`, 0 where a head of this layer is cut, else 1; none when none is.
    fn kept_heads(&self, rows: &[Row], layer: usize) -> Option<Tensor<4>> {
        let is_cut = |row: &Row, head| row.cuts.heads.contains(&(layer, head));
        let cut: Vec<bool> =
            rows.iter().flat_map(|row| (0..row.trace.heads).map(move |head| is_cut(row, head))).collect();
        if !cut.contains(&true) {
            return None;
        }
        let kept: Vec<f32> = cut.iter().map(|&cut| f32::from(!cut)).collect();
        let shape = [rows.len(), kept.len() / rows.len(), 1, 1];
        Some(Tensor::from_data(TensorData::new(kept, shape), self.device))
    }

    /// Appends one layer's `[B, S, D]` to each trace, without its padding.
    fn record_hidden(&self, rows: &mut [Row], hidden: Tensor<3>) -> Result<(), BertError> {
        let [_, length, size] = hidden.dims();
        let values = self.backend.read(hidden)?;
        for (row, vectors) in rows.iter_mut().zip(values.chunks_exact(length * size)) {
            row.trace.hidden_states.extend_from_slice(&vectors[..row.trace.tokens.len() * size]);
        }
        Ok(())
    }

    /// Appends a batch's probabilities in one layer, `[B, H, S, S]` or nothing, to each trace, without its padding.
    fn record_attention(rows: &mut [Row], length: usize, batch: &[f32]) {
        let Some(size) = rows.first().map(|row| row.trace.heads * length * length) else { return };
        for (row, matrices) in rows.iter_mut().zip(batch.chunks_exact(size)) {
            let own = row.trace.tokens.len();
            for matrix in matrices.chunks_exact(length * length) {
                for weights in matrix.chunks_exact(length).take(own) {
                    row.trace.attentions.extend_from_slice(&weights[..own]);
                }
            }
        }
    }

    /// Makes room for all a pass appends; `in_place`, for what it writes at its place.
    fn reserve(&self, row: &mut Row, in_place: bool) {
        let Trace { tokens, layers, heads, hidden_size, attentions, hidden_states, .. } = &mut row.trace;
        let numbers = *layers * *heads * tokens.len() * tokens.len();
        match in_place {
            true => *attentions = vec![0.0; numbers],
            false if self.attentions => attentions.reserve_exact(numbers),
            false => {}
        }
        hidden_states.reserve_exact((*layers + 1) * tokens.len() * *hidden_size);
    }
}
