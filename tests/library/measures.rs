//! What a token's vector is made of, against a reference in torch (`tests/reference/measures.json`, made by
//! `scripts/measures.py`), and what must add up, on each backend and form of the layers.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
};

use clscope::{
    analysis::{Decomposition, LayerMixing, VectorLengths, attention_rollout, value_zeroing},
    bert::{Ablations, Backend, Bert, BertError, Explained, FrozenPass, Input, Source, Trace},
    models::ModelSource,
};
use serde::Deserialize;

use crate::common::{MeasureNumbers, load, open, read, repository};

/// Of the largest number of an array.
const TOLERANCE: f64 = 1e-5;

#[derive(Deserialize)]
struct Reference {
    /// The heads of a subset.
    some: Vec<usize>,
    models: BTreeMap<String, Vec<MeasuredCase>>,
}

#[derive(Deserialize)]
struct MeasuredCase {
    text: String,
    pair: Option<String>,
    heads: BTreeSet<(usize, usize)>,
    masked: BTreeSet<usize>,
    replaced: BTreeSet<usize>,
    tokens: Vec<String>,
    words: Vec<(usize, usize)>,
    arrays: BTreeMap<String, MeasureNumbers>,
}

impl MeasuredCase {
    fn trace(&self, bert: &Bert) -> Trace {
        let cuts = Ablations {
            heads: self.heads.clone(),
            masked: self.masked.clone(),
            replaced: self.replaced.clone(),
            ..Ablations::default()
        };
        let trace = bert.trace_ablated(&Input { text: self.text.clone(), pair: self.pair.clone() }, &cuts).unwrap();
        assert_eq!(trace.tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>(), self.tokens);
        trace
    }
}

fn model(name: &str, backend: Backend) -> Bert {
    match name.rsplit_once('/') {
        None => load(name, backend),
        Some(_) => open(&ModelSource::Directory(repository().join("tests/reference").join(name)), backend).unwrap(),
    }
}

fn backends() -> impl Iterator<Item = Backend> {
    Backend::ALL.iter().copied().filter(|backend| backend.is_built_in())
}

/// Every array of a trace under the names of the reference, with a row for each token.
fn arrays(pass: &FrozenPass, some: &[usize]) -> BTreeMap<String, Vec<f32>> {
    let trace = pass.trace();
    let layers = LayerMixing::new(pass).unwrap();
    let whole = Decomposition::new(pass, |_, _| ControlFlow::Continue(())).unwrap().unwrap();
    let zeroing = value_zeroing(pass, |_| ControlFlow::Continue(())).unwrap().unwrap();
    let narrowed = |values: &[f64]| values.iter().map(|&value| value as f32).collect::<Vec<_>>();
    let mut found = BTreeMap::from([
        ("value_norm_heads".to_owned(), by_head(trace, &layers)),
        ("value_norm_some".to_owned(), some_heads(trace, &layers, some, false)),
        ("value_norm_some_words".to_owned(), some_heads(trace, &layers, some, true)),
        ("mixing_block".to_owned(), layers.mixing_block.clone()),
        ("alti_layer".to_owned(), layers.alti_layer.clone()),
        ("alti".to_owned(), layers.alti.clone()),
        ("globenc".to_owned(), narrowed(&layers.globenc(trace.tokens.len()))),
        ("rollout".to_owned(), narrowed(&attention_rollout(trace))),
        ("decompx_dot".to_owned(), whole.dots.clone()),
        ("mean_norm".to_owned(), whole.mean.norms.clone()),
        ("mean_dot".to_owned(), whole.mean.dots.clone()),
    ]);
    let lengths = [
        ("value_norm", &layers.value_norm),
        ("block_norm", &layers.block_norm),
        ("decompx_norm", &whole.norms),
        ("value_zeroing", &zeroing),
    ];
    for (name, lengths) in lengths {
        found.insert(name.to_owned(), lengths.tokens.clone());
        found.insert(format!("{name}_words"), lengths.of_words.clone());
    }
    if let Some(shares) = &whole.pooled {
        found.insert("pooled_norm".to_owned(), shares.norms.clone());
        found.insert("pooled_dot".to_owned(), shares.dots.clone());
    }
    let last = |all: &[f32]| all[all.len() / trace.layers * (trace.layers - 1)..].to_vec();
    found.insert("last_norm".to_owned(), last(&whole.norms.tokens));
    found.insert("last_dot".to_owned(), last(&whole.dots));
    found
}

/// `[L, H, S, S]`: a weight times the length of what it weighs; nothing of a head that is ablated.
fn by_head(trace: &Trace, layers: &LayerMixing) -> Vec<f32> {
    let tokens = trace.tokens.len();
    let rows = trace.attentions.chunks_exact(tokens).enumerate();
    rows.flat_map(|(row, weights)| {
        let lengths = &layers.head_outputs[row / tokens * tokens..][..tokens];
        weights.iter().zip(lengths).map(|(weight, length)| weight * length)
    })
    .collect()
}

/// `[L, S, S]`, or of words of several pieces: the length of the sum over some heads, from their products.
fn some_heads(trace: &Trace, layers: &LayerMixing, some: &[usize], of_words: bool) -> Vec<f32> {
    let (tokens, mut found) = (trace.tokens.len(), Vec::new());
    let words = &layers.value_norm.words;
    for (layer, products) in layers.products.iter().enumerate() {
        for row in 0..tokens {
            let columns = if of_words { tokens..tokens + words.len() } else { 0..tokens };
            for column in columns {
                let group = column.checked_sub(tokens).map_or(column..column + 1, |word| words[word].clone());
                let weights: Vec<f64> = group
                    .flat_map(|token| (0..trace.heads).map(move |head| (token, head)))
                    .map(|(token, head)| match some.contains(&head) {
                        true => f64::from(trace.attention(layer, head, row)[token]),
                        false => 0.0,
                    })
                    .collect();
                let products = &products[column];
                let sum: f64 = (0..products.len())
                    .map(|at| products[at] * weights[at / weights.len()] * weights[at % weights.len()])
                    .sum();
                found.push(sum.max(0.0).sqrt() as f32);
            }
        }
    }
    found
}

/// The largest difference, relative to the largest number; of one below 1e-5 (a cosine that hardly differs from 1), to that.
fn gap(name: &str, expected: &MeasureNumbers, found: &[f32]) -> f64 {
    assert_eq!(expected.values.len(), found.len(), "{name}: {:?}", expected.shape);
    let largest = expected.values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let differences = expected.values.iter().zip(found).map(|(a, &b)| (a - f64::from(b)).abs());
    differences.max_by(f64::total_cmp).unwrap_or(0.0) / largest.max(1e-5)
}

/// What the reference keeps of an array: all of it, or of the embedded model the rows of the first token, `[.., S, columns]`.
fn kept(expected: &MeasureNumbers, found: &[f32], tokens: usize) -> Vec<f32> {
    if expected.values.len() == found.len() {
        return found.to_vec();
    }
    let columns = expected.shape.last().copied().unwrap_or(1);
    found.chunks_exact(columns).step_by(tokens).flatten().copied().collect()
}

#[test]
fn every_array_is_that_of_the_reference() {
    let reference: Reference = read("measures");
    assert_eq!(reference.models.len(), 17);
    for backend in backends() {
        let mut worst = BTreeMap::<String, f64>::new();
        for (name, cases) in &reference.models {
            let bert = model(name, backend);
            for case in cases {
                let trace = case.trace(&bert);
                let pass = bert.freeze(&trace).unwrap();
                let arrays = arrays(&pass, &reference.some);
                for (array, expected) in &case.arrays {
                    let found = kept(expected, &arrays[array], trace.tokens.len());
                    let gap = gap(&format!("{name}, {array}"), expected, &found);
                    let tolerance = if backend == Backend::Wgpu { 20.0 * TOLERANCE } else { TOLERANCE };
                    assert!(gap <= tolerance, "{backend}, {name}, {:?}: {array} is off by {gap:.1e}", case.text);
                    let most = worst.entry(array.clone()).or_default();
                    *most = most.max(gap);
                }
            }
        }
        for (array, gap) in worst {
            eprintln!("{backend}: {array} {gap:.1e}");
        }
    }
}

#[test]
fn words_of_several_pieces_are_those_of_the_reference() {
    let reference: Reference = read("measures");
    let mut several = 0;
    for (name, cases) in &reference.models {
        let bert = model(name, Backend::Flex);
        for case in cases {
            let trace = case.trace(&bert);
            let layers = LayerMixing::new(&bert.freeze(&trace).unwrap()).unwrap();
            let words: Vec<(usize, usize)> =
                layers.value_norm.words.iter().map(|word| (word.start, word.end)).collect();
            assert_eq!(words, case.words, "{name}, {:?}", case.text);
            several += words.len();
        }
    }
    assert!(several >= 4);
}

/// Of two vectors, relative to the second.
fn apart(found: &[f32], expected: &[f32]) -> f32 {
    let length = |values: &mut dyn Iterator<Item = f32>| values.map(|value| value * value).sum::<f32>().sqrt();
    assert_eq!(found.len(), expected.len());
    length(&mut found.iter().zip(expected).map(|(a, b)| a - b)) / length(&mut expected.iter().copied())
}

/// A pair of words in pieces, with nothing and with heads and tokens ablated.
fn traces(bert: &Bert) -> Vec<Trace> {
    let input = Input::joined("The unable dogs played.", "Where was it?");
    let cuts = Ablations { heads: [(0, 1)].into(), masked: [2].into(), replaced: [1].into(), ..Ablations::default() };
    [Ablations::default(), cuts].iter().map(|cuts| bert.trace_ablated(&input, cuts).unwrap()).collect()
}

const ADDED_UP: [&str; 13] = [
    "checkpoints/tiny-pooler",
    "checkpoints/tiny-no-pooler",
    "forms/act-gelu-new",
    "forms/act-relu",
    "forms/heads-3-of-24",
    "all-MiniLM-L6-v2",
    "families/roberta",
    "families/distilbert",
    "families/mpnet",
    "families/electra",
    "families/albert",
    "families/albert-groups",
    "families/ernie",
];

#[test]
fn parts_add_up_to_the_whole() {
    for (name, backend) in ADDED_UP.iter().flat_map(|name| backends().map(move |backend| (name, backend))) {
        let bert = model(name, backend);
        for trace in traces(&bert) {
            let what = format!("{name} on {backend}, {:?}", trace.ablations);
            let pass = bert.freeze(&trace).unwrap();
            let (tokens, size) = (trace.tokens.len(), trace.hidden_size);
            let singles: Vec<_> = (0..tokens).map(|token| token..token + 1).collect();
            for layer in 0..trace.layers {
                let outputs = pass.head_outputs(layer).unwrap();
                let parts = pass.taken(layer, &outputs, &singles, |at, taken| {
                    let own = at * size..(at + 1) * size;
                    let residual = &trace.hidden_layer(layer)[own.clone()];
                    taken[own].iter_mut().zip(residual).for_each(|(value, own)| *value += own);
                    pass.norm_attention(layer, taken);
                    taken.to_vec()
                });
                let block = sum(parts.unwrap().into_iter().chain([pass.attended_biases(layer)]));
                assert!(apart(&block, pass.attended(layer)) < 1e-4, "{what}: block of layer {layer}");
                assert!(apart(pass.output(layer), trace.hidden_layer(layer + 1)) < 1e-4, "{what}: layer {layer}");
            }

            let sources: Vec<Source> = singles.into_iter().map(Source::Tokens).chain([Source::Biases]).collect();
            let mut layers = vec![Vec::new(); trace.layers];
            let whole = pass.decompose(
                &sources,
                |_, _, vectors| vectors.to_vec(),
                |_, found| {
                    layers.iter_mut().zip(found).for_each(|(all, some)| all.extend(some));
                    ControlFlow::Continue(())
                },
            );
            assert!(whole.unwrap().is_continue());
            let last: Vec<Vec<f32>> = layers.last().unwrap().clone();
            for (layer, parts) in layers.into_iter().enumerate() {
                let off = apart(&sum(parts), trace.hidden_layer(layer + 1));
                assert!(off < 1e-4, "{what}: hidden states of layer {layer} by {off:.1e}");
            }
            let first: Vec<f32> = last.iter().flat_map(|vectors| &vectors[..size]).copied().collect();
            let pooled = pass.pool(&first, tokens).unwrap();
            assert_eq!(pooled.is_some(), trace.pooler_output.is_some());
            if let (Some(parts), Some(pooled)) = (pooled, &trace.pooler_output) {
                assert!(apart(&sum(parts.chunks_exact(size).map(<[f32]>::to_vec)), pooled) < 1e-4, "{what}: pooled");
            }
        }
    }
}

fn sum(parts: impl IntoIterator<Item = Vec<f32>>) -> Vec<f32> {
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap();
    parts.fold(first, |sum, part| sum.iter().zip(part).map(|(a, b)| a + b).collect())
}

#[test]
fn shares_add_up_to_one() {
    for name in ADDED_UP {
        let bert = model(name, Backend::Flex);
        for trace in traces(&bert) {
            let pass = bert.freeze(&trace).unwrap();
            let (tokens, layers) = (trace.tokens.len(), LayerMixing::new(&pass).unwrap());
            let whole = Decomposition::new(&pass, |_, _| ControlFlow::Continue(())).unwrap().unwrap();
            let rollout: Vec<f32> = attention_rollout(&trace).iter().map(|&share| share as f32).collect();
            let rows = [&layers.alti_layer, &layers.alti, &rollout];
            let rows = rows.into_iter().flat_map(|array| array.chunks_exact(tokens));
            let shares = [Some(&whole.mean), whole.pooled.as_ref()];
            let vectors = shares.into_iter().flatten().map(|shares| shares.dots.as_slice());
            for row in rows.chain(whole.dots.chunks_exact(tokens + 1)).chain(vectors) {
                let sum: f32 = row.iter().sum();
                assert!((sum - 1.0).abs() < 1e-4, "{name}: {sum}");
            }
        }
    }
}

#[test]
fn the_way_back_gives_the_shares_of_the_way_there() {
    for (name, backend) in ADDED_UP.iter().flat_map(|name| backends().map(move |backend| (name, backend))) {
        let bert = model(name, backend);
        for trace in traces(&bert) {
            let pass = bert.freeze(&trace).unwrap();
            let whole = Decomposition::new(&pass, |_, _| ControlFlow::Continue(())).unwrap().unwrap();
            let (tokens, size) = (trace.tokens.len(), trace.hidden_size);
            // Of some tokens in every layer, in no order, and of the mean.
            let wanted: Vec<(usize, usize)> = [0, tokens - 1]
                .into_iter()
                .flat_map(|token| (0..trace.layers).map(move |layer| (layer, token)))
                .collect();
            let mut explained: Vec<Explained> = wanted
                .iter()
                .map(|&(layer, token)| {
                    let mut by = vec![0.0; tokens * size];
                    by[token * size..][..size].copy_from_slice(trace.hidden_state(layer + 1, token));
                    Explained { layer, by }
                })
                .collect();
            let states: Vec<Vec<f32>> = trace.last_hidden_state().chunks_exact(size).map(<[f32]>::to_vec).collect();
            let mean: Vec<f32> = sum(states).into_iter().map(|value| value / tokens as f32).collect();
            let by = mean.iter().map(|value| value / tokens as f32).collect::<Vec<f32>>().repeat(tokens);
            explained.push(Explained { layer: trace.layers - 1, by });

            let found = pass.explain(&explained).unwrap();
            let square = |vector: &[f32]| vector.iter().map(|value| value * value).sum::<f32>();
            for (at, explanation) in found.iter().enumerate() {
                let (square, expected) = match wanted.get(at) {
                    Some(&(layer, token)) => {
                        let row = (layer * tokens + token) * (tokens + 1);
                        (square(trace.hidden_state(layer + 1, token)), &whole.dots[row..][..tokens + 1])
                    }
                    None => (square(&mean), whole.mean.dots.as_slice()),
                };
                let shares = explanation.tokens.iter().chain([&explanation.biases]).map(|share| share / square);
                for (share, expected) in shares.zip(expected) {
                    assert!((share - expected).abs() < 2e-5, "{name} on {backend}, {at}: {share} and {expected}");
                }
            }
        }
    }
}

#[test]
fn a_padded_row_is_made_of_what_the_sentence_alone_is() {
    let bert = load("all-MiniLM-L6-v2", Backend::Flex);
    let inputs = [Input::single("Snow."), Input::joined("Does the ferry run on Sundays?", "From May to October.")];
    let batch = bert.trace_batch(&inputs).unwrap();
    for (batched, input) in batch.iter().zip(&inputs) {
        let alone = bert.trace(input).unwrap();
        let [batched, alone] = [batched, &alone].map(|trace| arrays(&bert.freeze(trace).unwrap(), &[1, 3]));
        for (name, alone) in alone {
            let expected =
                MeasureNumbers { shape: Vec::new(), values: alone.iter().map(|&value| f64::from(value)).collect() };
            assert!(gap(&name, &expected, &batched[&name]) < TOLERANCE, "{input:?}: {name}");
        }
    }
}

#[test]
fn what_is_not_wanted_any_more_is_broken_off() {
    let bert = load("tiny-pooler", Backend::Flex);
    let trace = bert.trace(&Input::single("The cat sat.")).unwrap();
    let pass = bert.freeze(&trace).unwrap();
    let mut told = Vec::new();
    let broken = Decomposition::new(&pass, |done, all| {
        told.push((done, all));
        ControlFlow::Break(())
    });
    assert_eq!((broken.unwrap(), told.len()), (None, 1));
    assert_eq!(value_zeroing(&pass, |_| ControlFlow::Break(())).unwrap(), None);
    let zeroed: VectorLengths = value_zeroing(&pass, |_| ControlFlow::Continue(())).unwrap().unwrap();
    assert_eq!(zeroed.tokens.len(), trace.layers * trace.tokens.len() * trace.tokens.len());
}

#[test]
fn what_another_model_read_is_refused() {
    let bert = load("tiny-pooler", Backend::Flex);
    let input = Input::single("The cat sat.");
    let mut trace = bert.trace(&input).unwrap();
    let other = load("tiny-no-pooler", Backend::Flex).trace(&input).unwrap();
    assert!(matches!(bert.freeze(&other), Err(BertError::OtherTrace)));
    // The same sizes, other numbers.
    trace.hidden_states.iter_mut().for_each(|value| *value *= -1.5);
    let error = bert.freeze(&trace).err().unwrap().to_string();
    assert_eq!(error, "this was read by another model; read the text again with this one");
}
