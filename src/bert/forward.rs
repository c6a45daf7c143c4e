//! One forward pass over a batch of rows: what is read, what is cut, and what each layer leaves in the traces.
//!
//! B rows, S tokens of the longest, D hidden size, H heads.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::{Backend, BertError, Cuts, Token, Trace, encoder::Masks, network::Network};

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
        let masked_keys = Self::masked_keys(rows, longest);
        // A single row without padding gets its probabilities where they belong; others are cut out of a batch's.
        let in_place = self.attentions && rows.len() == 1 && rows[0].trace.tokens.len() == longest;
        rows.iter_mut().for_each(|row| self.reserve(row, in_place));

        let mut hidden = self.network.encoder.enter(self.network.embeddings.forward(ids, type_ids), self.backend)?;
        Self::record_hidden(rows, longest, &hidden.read()?);
        let layer_size: usize = rows.iter().map(|row| row.trace.heads * longest * longest).sum();
        let mut batch = vec![0.0; if self.attentions && !in_place { layer_size } else { 0 }];
        for layer in 0..self.network.encoder.layers() {
            let cut_heads = Self::cut_heads(rows, layer);
            let masks = Masks { keys: masked_keys.as_deref(), heads: cut_heads.as_deref() };
            let probabilities = match in_place {
                true => Some(rows[0].trace.attentions.chunks_exact_mut(layer_size).nth(layer).unwrap_or_default()),
                false if self.attentions => Some(batch.as_mut_slice()),
                false => None,
            };
            hidden.advance(layer, masks, probabilities)?;
            Self::record_attention(rows, longest, &batch);
            Self::record_hidden(rows, longest, &hidden.read()?);
        }
        self.record_pooled(rows)
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

    /// `[B, S]`, true where a key is padding or a masked token; none when every key may be looked at.
    fn masked_keys(rows: &[Row], length: usize) -> Option<Vec<bool>> {
        if rows.iter().all(|row| row.trace.tokens.len() == length && row.cuts.masked.is_empty()) {
            return None;
        }
        let is_masked = |row: &Row, key| key >= row.trace.tokens.len() || row.cuts.masked.contains(&key);
        Some(rows.iter().flat_map(|row| (0..length).map(move |key| is_masked(row, key))).collect())
    }

    /// `[B, H]`, true where a head of this layer is cut; none when none is.
    fn cut_heads(rows: &[Row], layer: usize) -> Option<Vec<bool>> {
        let is_cut = |row: &Row, head| row.cuts.heads.contains(&(layer, head));
        let cut: Vec<bool> =
            rows.iter().flat_map(|row| (0..row.trace.heads).map(move |head| is_cut(row, head))).collect();
        cut.contains(&true).then_some(cut)
    }

    /// Appends one layer's `[B, S, D]` to each trace, without its padding.
    fn record_hidden(rows: &mut [Row], length: usize, values: &[f32]) {
        let Some(size) = rows.first().map(|row| row.trace.hidden_size) else { return };
        for (row, vectors) in rows.iter_mut().zip(values.chunks_exact(length * size)) {
            row.trace.hidden_states.extend_from_slice(&vectors[..row.trace.tokens.len() * size]);
        }
    }

    /// What the pooler makes of each row, where there is one.
    fn record_pooled(&self, rows: &mut [Row]) -> Result<(), BertError> {
        if !self.network.has_pooler() {
            return Ok(());
        }
        let size = rows[0].trace.hidden_size;
        let first_tokens = rows.iter().flat_map(|row| &row.trace.last_hidden_state()[..size]).copied().collect();
        let first_tokens = Tensor::from_data(TensorData::new::<f32, _>(first_tokens, [rows.len(), size]), self.device);
        if let Some(pooled) = self.network.pool(first_tokens) {
            for (row, pooled) in rows.iter_mut().zip(self.backend.read(pooled)?.chunks_exact(size)) {
                row.trace.pooler_output = Some(pooled.to_vec());
            }
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
