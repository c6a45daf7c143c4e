use super::{Pooling, SentenceVector, cosine};
use crate::bert::States;

/// How two sentences approach each other: their cosine in each layer, `[layer + 1]`, 0 being the embedding layer, under
/// each pooling that goes by layers: `cls`, `mean`, `mean-words` and `max`, in this order. None where one of them has no
/// such vector. The two are of the same model.
pub fn cosine_by_layer(a: States, b: States) -> Vec<(Pooling, Vec<Option<f32>>)> {
    let layers = a.layers.min(b.layers);
    let by_layer = |&pooling: &Pooling| {
        SentenceVector::at(pooling, 0)?;
        let cosine = |layer| {
            let vector = SentenceVector::at(pooling, layer)?;
            Some(cosine(&vector.of(a)?, &vector.of(b)?))
        };
        Some((pooling, (0..=layers).map(cosine).collect()))
    };
    Pooling::ALL.iter().filter_map(by_layer).collect()
}
