//! Probes: those of the program are what training makes of the texts in `config/probes/`, with scikit-learn's probabilities
//! (`scripts/probe.py`); a logit of a probe or a head is the sum of its parts, whatever the backend.

use std::collections::BTreeMap;

use clscope::{
    analysis::{HeadSays, LogitTarget, ModelSample, Pooling, Probe, ProbeRefusal, SentenceVector},
    bert::{Ablations, Backend, Bert, ExplainedLogit, Input, States, Trace},
    dataset::{ReadingOptions, read_labelled},
    models::ModelSource,
    probe::built_in,
    study::{LabelledVectors, embed, model_sample},
};
use serde::Deserialize;

use crate::common::{self, load, repository};

#[derive(Deserialize)]
struct ProbeReference {
    texts: Vec<String>,
    probes: BTreeMap<String, ExpectedProbe>,
}

#[derive(Deserialize)]
struct ExpectedProbe {
    right: usize,
    labels: Vec<String>,
    probabilities: Vec<Vec<f64>>,
}

fn embedded() -> Bert {
    load("all-MiniLM-L6-v2", Backend::Flex)
}

fn backends() -> impl Iterator<Item = Backend> {
    Backend::ALL.iter().copied().filter(|backend| backend.is_built_in())
}

fn id(probe: &Probe) -> String {
    format!("{}-{}", probe.name, probe.vector)
}

fn probabilities(probe: &Probe, trace: &Trace) -> Vec<f32> {
    let HeadSays::Labels(labels) = probe.says(States::from(trace)).unwrap().says else { panic!() };
    labels.into_iter().map(|label| label.score).collect()
}

#[test]
fn probes_of_the_program_have_the_probabilities_of_scikit_learn() {
    let reference: ProbeReference = common::read("probe");
    assert_eq!(built_in().len(), reference.probes.len());
    for backend in backends() {
        let bert = load("all-MiniLM-L6-v2", backend);
        let sample = model_sample(&bert).unwrap();
        let traces: Vec<Trace> = reference.texts.iter().map(|text| bert.trace(&Input::single(text)).unwrap()).collect();
        for probe in built_in() {
            let what = format!("{}, {backend}", id(probe));
            assert!(probe.fits(bert.info(), &sample).is_ok(), "{what}");
            let expected = &reference.probes[&id(probe)];
            assert_eq!((&probe.labels, probe.accuracy.hits), (&expected.labels, expected.right), "{what}");
            for (trace, expected) in traces.iter().zip(&expected.probabilities) {
                for (found, expected) in probabilities(probe, trace).into_iter().zip(expected) {
                    let off = (f64::from(found) - expected).abs();
                    assert!(off < 1e-3, "{what}, {:?}: off by {off:e}", trace.input.text);
                }
            }
        }
    }
}

/// `clscope probe train config/probes/feeling.tsv --name feeling --pooling cls --output config/probes/feeling-cls.probe`, and so on.
#[test]
fn probes_of_the_program_are_what_training_makes_of_their_texts() {
    let bert = embedded();
    let sample = model_sample(&bert).unwrap();
    for probe in built_in() {
        let file = repository().join("config/probes").join(format!("{}.tsv", probe.name));
        let examples = read_labelled(&file, &ReadingOptions::default()).unwrap().examples;
        let texts: Vec<String> = examples.iter().map(|example| example.text.clone()).collect();
        let found = embed(&bert, &texts, &[probe.vector], |_| std::ops::ControlFlow::Continue(())).unwrap().unwrap();
        let label = |at: usize| probe.labels.iter().position(|label| *label == examples[at].label).unwrap();
        let vectors = &found.vectors[0].1;
        let labelled = LabelledVectors::new((0..texts.len()).map(|at| (label(at), vectors[at].as_ref())));
        assert_eq!(labelled.cross_validated(probe.accuracy.folds, |_| ()).unwrap(), probe.accuracy, "{}", id(probe));
        let rows = labelled.fit().unwrap().rows().concat();
        let apart = rows.iter().zip(probe.regression.rows().concat()).map(|(a, b)| (a - b).abs());
        assert!(apart.fold(0.0, f64::max) < 1e-3, "{}: train it again", id(probe));
        assert!(probe.model.sample.is_of_same(&sample) && probe.fits(bert.info(), &sample).is_ok());
        // Balanced, and no text twice.
        let count = |wanted: usize| (0..texts.len()).filter(|&at| label(at) == wanted).count();
        assert!((0..probe.labels.len()).all(|label| count(label) == texts.len() / probe.labels.len()));
        let distinct: std::collections::BTreeSet<&String> = texts.iter().collect();
        assert_eq!(distinct.len(), texts.len());
    }
}

#[test]
fn a_probe_is_for_one_model() {
    let probe = &built_in()[0];
    let tiny = load("tiny-pooler", Backend::Flex);
    let refusal = probe.fits(tiny.info(), &model_sample(&tiny).unwrap()).unwrap_err();
    assert!(matches!(refusal, ProbeRefusal::OtherSizes { layers: 6, size: 384, .. }), "{refusal:?}");
    let mut other = probe.model.sample.clone();
    other.0.iter_mut().for_each(|number| *number *= 1.2);
    let refusal = probe.fits(embedded().info(), &other).unwrap_err();
    assert!(matches!(refusal, ProbeRefusal::OtherWeights { .. }), "{refusal:?}");
    let nothing = probe.fits(embedded().info(), &ModelSample(Vec::new()));
    assert!(matches!(nothing, Err(ProbeRefusal::OtherWeights { .. })));
}

/// Both sums are the logit; cuts may be in the trace.
pub fn assert_adds_up(what: &str, explained: &ExplainedLogit) {
    let sum = |parts: &[f32]| parts.iter().copied().map(f64::from).sum::<f64>();
    let logit = f64::from(explained.logit);
    let by_tokens = sum(&explained.tokens) + f64::from(explained.biases);
    assert!((by_tokens - logit).abs() < 1e-4, "{what}: tokens add up to {by_tokens}, not {logit}");
    let direct = &explained.direct;
    let by_blocks =
        sum(&direct.heads) + sum(&direct.feed_forward) + f64::from(direct.embeddings) + f64::from(direct.biases);
    assert!((by_blocks - logit).abs() < 1e-4, "{what}: blocks add up to {by_blocks}, not {logit}");
}

pub fn ablated(bert: &Bert, input: &Input) -> [Trace; 2] {
    let mut ablations = Ablations::default();
    ablations.heads.extend([(0, 1), (bert.info().layers - 1, 0)]);
    ablations.masked.insert(2);
    let encoding = bert.encode(input).unwrap();
    [bert.trace(input).unwrap(), bert.trace_each(&encoding, &[ablations]).unwrap().remove(0)]
}

#[test]
fn every_logit_of_every_head_is_the_sum_of_its_parts() {
    let folder = repository().join("tests/reference/heads");
    let mut explained = 0;
    for name in ["choice", "classify-one", "classify-several", "cross-encoder", "next-sentence", "question", "tokens"] {
        for backend in backends() {
            // Where the backend adds up in another order than the pass that is held.
            let same = if backend == Backend::Wgpu { common::GPU } else { 1e-6 };
            let source = ModelSource::Directory(folder.join(format!("{name}-safetensors")));
            let bert = common::open(&source, backend).unwrap();
            for trace in ablated(&bert, &Input::joined("Who ran there?", "The dog and the cat ran.")) {
                let pass = bert.freeze(&trace).unwrap();
                for logits in bert.head_logits(&States::from(&trace)).unwrap() {
                    for (token, row) in logits.rows().enumerate() {
                        for (label, &logit) in row.iter().enumerate() {
                            let what = format!("{name}, {backend}, token {token}, label {label}");
                            let target = LogitTarget::Head { head: logits.head, label, token };
                            let found = target.explain(&pass).unwrap().unwrap_or_else(|| panic!("{what}"));
                            let off = f64::from((found.logit - logit).abs());
                            assert!(off < same, "{what}: {} is not {logit}", found.logit);
                            assert_adds_up(&what, &found);
                            explained += 1;
                        }
                    }
                    let beyond = LogitTarget::Head { head: logits.head, label: logits.width, token: 0 };
                    assert_eq!(beyond.explain(&pass).unwrap(), None);
                }
            }
        }
    }
    assert!(explained > 100);
}

#[test]
fn logits_of_probes_are_sums_of_parts_under_every_pooling() {
    let bert = embedded();
    let weights = &built_in()[0];
    for trace in ablated(&bert, &Input::single("The soup was unbelievably good, and I laughed.")) {
        let pass = bert.freeze(&trace).unwrap();
        let layers = [0, 1, 3].into_iter();
        let vectors = Pooling::ALL.iter().copied().filter(|&pooling| pooling != Pooling::Declared);
        let vectors = vectors.map(SentenceVector::from);
        let vectors = vectors.chain(layers.filter_map(|layer| SentenceVector::at(Pooling::Mean, layer)));
        for vector in vectors.filter(|vector| vector.pooling.is_of(bert.info())) {
            let probe = Probe { vector, ..Probe::clone(weights) };
            for label in 0..2 {
                let found = probe.explain(&pass, label).unwrap().unwrap();
                assert_eq!(found.logit, probe.logits(States::from(&trace)).unwrap()[label]);
                assert_adds_up(&format!("{vector}, label {label}"), &found);
            }
        }
        let declared = Probe { vector: Pooling::Declared.into(), ..Probe::clone(weights) };
        assert_eq!(declared.explain(&pass, 0).unwrap(), None);
    }
}

/// Each head's direct part, worked out forwards: what it hands on, through the layer norms that follow along the residual
/// connections, times the weights of the probe.
#[test]
fn the_direct_part_of_a_head_is_what_it_writes() {
    let bert = embedded();
    let trace = bert.trace(&Input::single("The soup was cold.")).unwrap();
    let pass = bert.freeze(&trace).unwrap();
    let (tokens, size) = (trace.tokens.len(), trace.hidden_size);
    for (probe, first) in [(&built_in()[0], 1), (&built_in()[1], tokens)] {
        let found = probe.explain(&pass, 1).unwrap().unwrap();
        let (weights, _) = probe.regression.label_weights(1).unwrap();
        for layer in 0..trace.layers {
            let outputs = pass.head_outputs(layer).unwrap();
            for head in 0..trace.heads {
                let mut written = vec![0.0f32; tokens * size];
                for query in 0..tokens {
                    for (key, weight) in trace.attention(layer, head, query).iter().enumerate() {
                        let output = &outputs[(head * tokens + key) * size..][..size];
                        let row = &mut written[query * size..][..size];
                        row.iter_mut().zip(output).for_each(|(sum, value)| *sum += weight * value);
                    }
                }
                for after in layer..trace.layers {
                    pass.norm_attention(after, &mut written);
                    pass.norm_output(after, &mut written);
                }
                let part = |row: &[f32]| row.iter().zip(&weights).map(|(a, b)| f64::from(*a) * b).sum::<f64>();
                let expected = written.chunks_exact(size).take(first).map(part).sum::<f64>() / first as f64;
                let direct = f64::from(found.direct.heads[layer * trace.heads + head]);
                assert!((direct - expected).abs() < 1e-5, "{}: layer {layer}, head {head}", id(probe));
            }
        }
    }
}
