//! One forward pass over a batch of rows: what is read, what is ablated, and what each layer leaves in the traces.
//!
//! B rows, S tokens of the longest, D hidden size, H heads.

use burn::tensor::{Int, Tensor, TensorData};

use super::{BertError, Edge, HeadName, Token, Trace, masks::Masks, network::Network, runtime::Runtime};

/// What computes.
pub(super) struct Pass<'a> {
    pub network: &'a Network,
    pub runtime: &'a Runtime,
    /// The most tokens that the model reads.
    pub max_length: usize,
    /// Whether the traces get the probabilities; else their attentions stay empty.
    pub attentions: bool,
}

impl Pass<'_> {
    /// Runs the network over the tokens of all rows, the shorter ones padded and the padding masked, and appends what it
    /// produces to their numbers, which are empty before, layer by layer. There is at least one row, and what is ablated
    /// in each is checked.
    pub(super) fn run(&self, rows: &mut [Trace]) -> Result<(), BertError> {
        let longest = rows.iter().map(|row| row.tokens.len()).max().unwrap_or(0);
        let longest = self.runtime.backend.padded_length(longest, self.max_length);
        let ids = self.padded(rows, longest, |token| i64::from(token.id));
        let type_ids = self.padded(rows, longest, |token| i64::from(token.type_id));
        let positions = self.network.positions;
        let positions = self.padded_rows(rows, longest, |row| positions.of(row.tokens.iter().map(|token| token.id)));
        let masked_keys = Self::masked_keys(rows, longest);
        // A single row without padding gets its probabilities where they belong; others are cut out of a batch's.
        let in_place = self.attentions && rows.len() == 1 && rows[0].tokens.len() == longest;
        rows.iter_mut().for_each(|row| self.reserve(row, in_place));

        let embedded = self.network.embeddings.forward(ids, type_ids, positions);
        let position_bias = self.network.position_bias(longest);
        let mut hidden = self.network.encoder.enter(embedded, position_bias, self.runtime)?;
        Self::record_hidden(rows, &hidden.read()?);
        let layer_size: usize = rows.iter().map(|row| row.heads * longest * longest).sum();
        let mut batch = vec![0.0; if self.attentions && !in_place { layer_size } else { 0 }];
        for layer in 0..self.network.encoder.layers() {
            let ablated_heads = Self::ablated_heads(rows, layer);
            let cut_edges = Self::cut_edges(rows, layer, longest);
            let masks =
                Masks { keys: masked_keys.as_deref(), edges: cut_edges.as_deref(), heads: ablated_heads.as_deref() };
            let probabilities = match in_place {
                true => Some(rows[0].attentions.chunks_exact_mut(layer_size).nth(layer).unwrap_or_default()),
                false if self.attentions => Some(batch.as_mut_slice()),
                false => None,
            };
            hidden.advance(layer, masks, probabilities)?;
            if !batch.is_empty() {
                Self::record_attention(rows, longest, &batch);
            }
            Self::record_hidden(rows, &hidden.read()?);
        }
        self.record_pooled(rows)
    }

    /// `[B, S]`, padded at the end with 0 (whatever stands there is masked).
    fn padded(&self, rows: &[Trace], length: usize, value: impl Fn(&Token) -> i64) -> Tensor<2, Int> {
        self.padded_rows(rows, length, |row| row.tokens.iter().map(&value).collect())
    }

    /// The same of what each row has for its tokens.
    fn padded_rows(&self, rows: &[Trace], length: usize, of: impl Fn(&Trace) -> Vec<i64>) -> Tensor<2, Int> {
        let mut values = vec![0i64; rows.len() * length];
        for (places, row) in values.chunks_exact_mut(length).zip(rows) {
            places.iter_mut().zip(of(row)).for_each(|(place, value)| *place = value);
        }
        Tensor::from_data(TensorData::new(values, [rows.len(), length]), &self.runtime.device)
    }

    /// `[B, S]`, true where a key is padding or a masked token; none when every key may be looked at.
    fn masked_keys(rows: &[Trace], length: usize) -> Option<Vec<bool>> {
        if rows.iter().all(|row| row.tokens.len() == length && row.ablations.masked.is_empty()) {
            return None;
        }
        let is_masked = |row: &Trace, key| key >= row.tokens.len() || row.ablations.masked.contains(&key);
        Some(rows.iter().flat_map(|row| (0..length).map(move |key| is_masked(row, key))).collect())
    }

    /// `[B, H]`, true where a head of this layer is ablated; none when none is.
    fn ablated_heads(rows: &[Trace], layer: usize) -> Option<Vec<bool>> {
        let is_ablated = |row: &Trace, head| row.ablations.heads.contains(&(layer, head));
        let ablated: Vec<bool> =
            rows.iter().flat_map(|row| (0..row.heads).map(move |head| is_ablated(row, head))).collect();
        ablated.contains(&true).then_some(ablated)
    }

    /// `[B, S, S]`, true where a query may not look at a key in this layer; none where no edge is cut.
    fn cut_edges(rows: &[Trace], layer: usize, length: usize) -> Option<Vec<bool>> {
        let mut cut: Option<Vec<bool>> = None;
        for (at, row) in rows.iter().enumerate() {
            for Edge { query, key, .. } in row.ablations.edges.iter().filter(|edge| edge.layer == layer) {
                let cut = cut.get_or_insert_with(|| vec![false; rows.len() * length * length]);
                cut[(at * length + query) * length + key] = true;
            }
        }
        cut
    }

    /// Appends one layer's `[B, S, D]` to each trace, without its padding.
    fn record_hidden(rows: &mut [Trace], values: &[f32]) {
        let padded = values.len() / rows.len();
        for (row, vectors) in rows.iter_mut().zip(values.chunks_exact(padded)) {
            row.hidden_states.extend_from_slice(&vectors[..row.tokens.len() * row.hidden_size]);
        }
    }

    /// What the pooler makes of each row, where there is one.
    fn record_pooled(&self, rows: &mut [Trace]) -> Result<(), BertError> {
        let Some(pooler) = self.network.head(HeadName::Pooler) else { return Ok(()) };
        let read = |row: &Trace| pooler.reads.of(&row.into()).to_vec();
        let size = rows[0].hidden_size;
        let read: Vec<f32> = rows.iter().flat_map(read).collect();
        let pooled = pooler.forward(self.runtime.tensor(read, [rows.len(), size]));
        for (row, pooled) in rows.iter_mut().zip(self.runtime.read(pooled)?.chunks_exact(size)) {
            row.pooler_output = Some(pooled.to_vec());
        }
        Ok(())
    }

    /// Appends a batch's probabilities in one layer, `[B, H, S, S]`, to each trace, without its padding.
    fn record_attention(rows: &mut [Trace], length: usize, batch: &[f32]) {
        let padded = batch.len() / rows.len();
        for (row, matrices) in rows.iter_mut().zip(batch.chunks_exact(padded)) {
            let own = row.tokens.len();
            for matrix in matrices.chunks_exact(length * length) {
                for weights in matrix.chunks_exact(length).take(own) {
                    row.attentions.extend_from_slice(&weights[..own]);
                }
            }
        }
    }

    /// Makes room for all a pass appends; `in_place`, for what it writes at its place.
    fn reserve(&self, row: &mut Trace, in_place: bool) {
        let Trace { tokens, layers, heads, hidden_size, attentions, hidden_states, .. } = row;
        let numbers = *layers * *heads * tokens.len() * tokens.len();
        match in_place {
            true => *attentions = vec![0.0; numbers],
            false if self.attentions => attentions.reserve_exact(numbers),
            false => {}
        }
        hidden_states.reserve_exact((*layers + 1) * tokens.len() * *hidden_size);
    }
}
