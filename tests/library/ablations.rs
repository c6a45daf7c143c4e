//! What is cut is gone as in transformers (`tests/reference/cuts.json`), on each backend of this build; what cannot be
//! cut is an error.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    fs,
};

use clscope::{
    analysis::{Effect, EffectTarget, Granularity, Groundwork, MeasuredTrace, Pooling, Units, cosine, pool},
    bert::{
        Ablations, Backend, Bert, BertError, DeclaredExtent, DeclaredReading, Edge, Encoding, Input, InputLength,
        ModelInfo, Prediction, States, Trace, WantedReadings,
    },
    models::ModelSource,
    study::{self, AblatedTrace, NamedAblations, ReadRequest, Reader, StepsDone, Sweep},
};
use serde::Deserialize;

use crate::common::{CPU, Case, GPU, check, input, load, open, read, repository};

#[derive(Deserialize)]
struct Reference {
    models: BTreeMap<String, Vec<CutCase>>,
}

#[derive(Deserialize)]
struct CutCase {
    heads: BTreeSet<(usize, usize)>,
    masked: BTreeSet<usize>,
    replaced: BTreeSet<usize>,
    /// Layer, query, key.
    #[serde(default)]
    edges: Vec<(usize, usize, usize)>,
    #[serde(flatten)]
    case: Case,
}

impl CutCase {
    fn ablations(&self) -> Ablations {
        let edges = self.edges.iter().map(|&(layer, query, key)| Edge { layer, query, key }).collect();
        let (heads, masked, replaced) = (self.heads.clone(), self.masked.clone(), self.replaced.clone());
        Ablations { heads, masked, edges, replaced }
    }
}

fn backends() -> impl Iterator<Item = (Backend, f64)> {
    let built_in = Backend::ALL.iter().copied().filter(|backend| backend.is_built_in());
    built_in.map(|backend| (backend, if backend == Backend::Wgpu { GPU } else { CPU }))
}

fn heads(heads: impl IntoIterator<Item = (usize, usize)>) -> Ablations {
    Ablations { heads: heads.into_iter().collect(), ..Ablations::default() }
}

fn masked(positions: impl IntoIterator<Item = usize>) -> Ablations {
    Ablations { masked: positions.into_iter().collect(), ..Ablations::default() }
}

fn replaced(positions: impl IntoIterator<Item = usize>) -> Ablations {
    Ablations { replaced: positions.into_iter().collect(), ..Ablations::default() }
}

/// The largest difference between any two numbers of two traces.
fn difference(a: &Trace, b: &Trace) -> f32 {
    let numbers = |trace: &Trace| {
        let pooled = trace.pooler_output.iter().flatten();
        trace.attentions.iter().chain(&trace.hidden_states).chain(pooled).copied().collect::<Vec<f32>>()
    };
    let (a, b) = (numbers(a), numbers(b));
    assert_eq!(a.len(), b.len());
    a.iter().zip(&b).map(|(a, b)| (a - b).abs()).max_by(f32::total_cmp).unwrap()
}

#[test]
fn cuts_give_the_numbers_of_transformers() {
    let reference: Reference = read("cuts");
    assert_eq!(reference.models.len(), 2);
    for (backend, tolerance) in backends() {
        for (model, cases) in &reference.models {
            let bert = load(model, backend);
            for cut in cases {
                let what = format!("{model} on {backend}, {:?}", cut.ablations());
                check(&what, &bert.trace_ablated(&input(&cut.case), &cut.ablations()).unwrap(), &cut.case, tolerance);
            }
        }
    }
}

/// Every head alone, every token masked or replaced alone, nothing, and the cases of the reference with this input.
fn sweep(bert: &Bert, input: &Input, cases: &[CutCase]) -> Vec<Ablations> {
    let info = bert.info();
    let tokens = bert.encode(input).unwrap().tokens.len();
    let each_head = (0..info.layers).flat_map(|layer| (0..info.heads).map(move |head| heads([(layer, head)])));
    let each_token = (0..tokens).flat_map(|token| [masked([token]), replaced([token])]);
    let own = cases.iter().filter(|cut| crate::common::input(&cut.case) == *input).map(CutCase::ablations);
    each_head.chain(each_token).chain([Ablations::default()]).chain(own).collect()
}

#[test]
fn cuts_in_one_pass_equal_each_alone() {
    let reference: Reference = read("cuts");
    for (backend, _) in backends() {
        for (model, cases) in &reference.models {
            let bert = load(model, backend);
            for input in [input(&cases[0].case), input(&cases.last().unwrap().case)] {
                let ablations = sweep(&bert, &input, cases);
                let traces = bert.trace_each_ablated(&input, &ablations).unwrap();
                assert_eq!(traces.len(), ablations.len());
                for (trace, ablations) in traces.iter().zip(&ablations) {
                    let alone = bert.trace_ablated(&input, ablations).unwrap();
                    assert_eq!((&trace.input, &trace.tokens), (&input, &alone.tokens));
                    let off = difference(trace, &alone);
                    assert!(off <= 1e-5, "{model} on {backend}, {ablations:?}: off by {off:.2e}");
                }
            }
        }
    }
}

#[test]
fn without_cuts_it_is_the_trace() {
    let bert = load("all-MiniLM-L6-v2", Backend::Flex);
    let input = Input::joined("Does the ferry run?", "Only on Sundays.");
    let cut = bert.trace_ablated(&input, &Ablations::default()).unwrap();
    let mut trace = bert.trace(&input).unwrap();
    trace.elapsed = cut.elapsed;
    assert_eq!(cut, trace);
    assert_eq!(bert.trace_each_ablated(&input, &[]).unwrap(), []);
}

#[test]
fn a_cut_head_still_says_where_it_would_look() {
    let bert = load("tiny-pooler", Backend::Flex);
    let input = Input::single("The cat sat.");
    let trace = bert.trace(&input).unwrap();
    let cut = bert.trace_ablated(&input, &heads([(0, 1)])).unwrap();
    let layer = trace.attentions.len() / trace.layers;
    assert_eq!(cut.attentions[..layer], trace.attentions[..layer]);
    assert_ne!(cut.attentions[layer..], trace.attentions[layer..]);
    assert_eq!(cut.hidden_layer(0), trace.hidden_layer(0));
    assert_ne!(cut.hidden_layer(1), trace.hidden_layer(1));
}

#[test]
fn a_layer_is_all_its_heads() {
    let mut ablations = Ablations::default();
    ablations.ablate_layer(1, 2);
    assert_eq!(ablations, heads([(1, 0), (1, 1)]));
}

#[test]
fn nobody_looks_at_a_masked_token() {
    let bert = load("tiny-pooler", Backend::Flex);
    let input = Input::single("The cat sat.");
    let only_cat = bert.trace_ablated(&input, &masked([0, 1, 3, 4, 5])).unwrap();
    for row in only_cat.attentions.chunks_exact(6) {
        assert_eq!(row, [0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
    }
}

#[test]
fn a_replaced_token_stays_where_it_stands() {
    let bert = load("tiny-pooler", Backend::Flex);
    let input = Input::single("The cat sat.");
    let whole = bert.trace(&input).unwrap();
    let cut = bert.trace_ablated(&input, &replaced([2])).unwrap();
    let typed = bert.trace(&Input::single("The [MASK] sat.")).unwrap();
    assert!(bert.is_mask(&cut.tokens[2]));
    assert_eq!(difference(&cut, &typed), 0.0);
    for ((cut, whole), typed) in cut.tokens.iter().zip(&whole.tokens).zip(&typed.tokens) {
        let place = |token: &clscope::bert::Token| (token.span.clone(), token.word, token.sentence, token.type_id);
        assert_eq!(place(cut), place(whole));
        assert_eq!((&cut.text, cut.id, cut.special), (&typed.text, typed.id, typed.special));
    }
}

#[test]
fn what_cannot_be_cut_is_an_error() {
    let bert = load("tiny-pooler", Backend::Flex); // 2 layers, 2 heads
    let input = Input::single("The cat sat."); // 6 tokens
    let no_head = "there is no layer 1, head 3 to ablate; the model has 2 layers of 2 heads: choose one of them";
    let no_layer = "there is no layer 3, head 1 to ablate; the model has 2 layers of 2 heads: choose one of them";
    let no_token = "there is no token 6 to ablate; the input has 0 to 5";
    let nothing_left = "every token is masked, so there is nothing left to look at; leave at least one unmasked";
    let cases = [
        (heads([(0, 2)]), no_head),
        (heads([(1, 1), (2, 0)]), no_layer),
        (masked([1, 6]), no_token),
        (replaced([6]), no_token),
        (masked(0..6), nothing_left),
    ];
    for (ablations, message) in cases {
        assert_eq!(bert.trace_ablated(&input, &ablations).unwrap_err().to_string(), message);
        // One that cannot be cut is not passed over for those that can.
        assert_eq!(
            bert.trace_each_ablated(&input, &[Ablations::default(), ablations]).unwrap_err().to_string(),
            message
        );
    }
    for ablations in [heads([(usize::MAX, 0)]), heads([(0, usize::MAX)]), masked([usize::MAX])] {
        let error = bert.trace_ablated(&input, &ablations).unwrap_err();
        assert!(matches!(error, BertError::NoSuchHead { .. } | BertError::NoSuchToken { .. }), "{error}");
    }
}

#[test]
fn a_tokenizer_without_a_mask_replaces_nothing() {
    let directory = tempfile::tempdir().unwrap();
    for file in fs::read_dir(repository().join("tests/reference/checkpoints/tiny-pooler")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), directory.path().join(file.file_name())).unwrap();
    }
    let settings = directory.path().join("tokenizer_config.json");
    fs::write(&settings, fs::read_to_string(&settings).unwrap().replace("[MASK]", "[NONE]")).unwrap();
    let bert = open(&ModelSource::Directory(directory.path().to_owned()), Backend::Flex).unwrap();
    let input = Input::single("The cat sat.");
    let error = bert.trace_ablated(&input, &replaced([2])).unwrap_err();
    assert!(matches!(error, BertError::NoMaskToken), "{error}");
    assert!(bert.trace_ablated(&input, &masked([2])).is_ok());
}

/// What a sweep tells, and in how many reports, if it is wanted the first `wanted` times it asks.
fn told(bert: &Bert, task: &Sweep, wanted: usize) -> (Vec<Effect>, usize) {
    let (mut effects, mut times, asked) = (Vec::new(), 0, Cell::new(0));
    let found = &mut |more: Vec<Option<Effect>>| {
        effects.extend(more.into_iter().map(|effect| effect.expect("something is left to look at")));
        times += 1;
    };
    let is_wanted = || {
        asked.set(asked.get() + 1);
        asked.get() <= wanted
    };
    study::sweep(bert, task, &is_wanted, found).unwrap();
    (effects, times)
}

#[test]
fn a_sweep_tells_what_each_cut_does_by_itself() {
    for model in ["tiny-pooler", "all-MiniLM-L6-v2"] {
        let bert = load(model, Backend::Flex);
        let input = Input::joined("The unhappy cat sat.", "It slept.");
        let info = bert.info().clone();
        for base in [Ablations::default(), heads([(1, 0)])] {
            let cut = |more: Ablations| Ablations { heads: &base.heads | &more.heads, ..more };
            let each_head = (0..info.layers).flat_map(|layer| (0..info.heads).map(move |head| heads([(layer, head)])));
            // The pieces of a word are hidden together.
            let trace = bert.trace(&input).unwrap();
            let units = Units::new(&trace, Granularity::Words);
            let each_word = (0..units.len()).map(|unit| masked(units.tokens(unit)));
            let each: Vec<Ablations> = each_head.chain(each_word).map(cut).collect();
            let task = Sweep { input: input.clone(), base: base.clone(), each, target: EffectTarget::default() };
            let (effects, _) = told(&bert, &task, usize::MAX);
            assert_eq!(effects.len(), task.each.len());
            let before = bert.trace_ablated(&input, &base).unwrap();
            for (effect, ablations) in effects.iter().zip(&task.each) {
                let after = bert.trace_ablated(&input, ablations).unwrap();
                for pooling in [Pooling::Cls, Pooling::Pooled, Pooling::Mean] {
                    let vectors = pool(&before, pooling).zip(pool(&after, pooling));
                    let alone = vectors.map(|(before, after)| cosine(&before, &after));
                    let swept = effect.cosine(pooling);
                    assert_eq!(swept.is_some(), info.has_pooler || pooling != Pooling::Pooled);
                    let off = swept.zip(alone).map_or(0.0, |(swept, alone)| (swept - alone).abs());
                    assert!(off <= 1e-6, "{model}, {ablations:?}, {pooling}: off by {off:.2e}");
                }
            }
        }
    }
}

/// Counts how often a text is tokenized.
struct Counting {
    bert: Bert,
    encoded: Cell<usize>,
}

impl Reader for Counting {
    fn info(&self) -> ModelInfo {
        self.bert.info().clone()
    }

    fn encode(&self, input: &Input) -> Result<Encoding, BertError> {
        self.encoded.set(self.encoded.get() + 1);
        self.bert.encode(input)
    }

    fn traces(&self, encoding: &Encoding, ablations: &[Ablations]) -> Result<Vec<Trace>, BertError> {
        self.bert.trace_each(encoding, ablations)
    }

    fn states(
        &self,
        inputs: &[Input],
        wanted: WantedReadings,
        each: &mut dyn FnMut(usize, States, InputLength),
    ) -> Result<(), BertError> {
        self.bert.states(inputs, wanted, each)
    }

    fn declared(&self, trace: &Trace) -> Result<Option<DeclaredReading>, BertError> {
        self.bert.read_declared(trace)
    }

    fn declared_extent(&self, input: &Input) -> Result<Option<DeclaredExtent>, BertError> {
        self.bert.declared_extent(input)
    }

    fn predictions(&self, _: &Trace) -> Result<Vec<Vec<Prediction>>, BertError> {
        Ok(Vec::new())
    }

    fn work_out(&self, trace: &MeasuredTrace, groundwork: Groundwork, done: &mut StepsDone) -> Result<(), BertError> {
        self.bert.work_out(trace, groundwork, done)
    }
}

#[test]
fn a_text_is_tokenized_once_and_ablated_in_every_reading() {
    let reader = Counting { bert: load("tiny-pooler", Backend::Flex), encoded: Cell::new(0) };
    let input = Input::joined("The unhappy cat sat.", "It slept.");
    let whole = reader.bert.trace(&input).unwrap();
    let a = Input::single(&input.text);
    // The first token of B, which is the second of B alone.
    let first = reader.bert.encode(&a).unwrap().tokens.len();
    let ablations =
        Ablations { heads: [(1, 0)].into(), masked: [2].into(), replaced: [first].into(), ..Ablations::default() };
    let request = ReadRequest {
        input: input.clone(),
        ablations: NamedAblations::new(&ablations, &whole.tokens),
        ..ReadRequest::default()
    };
    let mut known = None;
    let readings = study::read(&reader, &request, &mut known).unwrap();
    assert_eq!(reader.encoded.replace(0), 3, "the two joined, and each alone");
    let pair = readings.pair.as_ref().unwrap();
    let same = |found: &Trace, input: &Input, ablations: &Ablations| {
        assert_eq!(difference(found, &reader.bert.trace_ablated(input, ablations).unwrap()), 0.0, "{ablations:?}");
    };
    same(&pair.joined.trace, &input, &ablations);
    same(&readings.a.trace, &a, &Ablations { replaced: [].into(), ..ablations.clone() });
    let of_b = Ablations { masked: [].into(), replaced: [1].into(), ..ablations.clone() };
    same(&pair.b.trace, &Input::single("It slept."), &of_b);
    let unablated = &readings.unablated.as_ref().unwrap().readings;
    same(&unablated.pair.as_ref().unwrap().joined.trace, &input, &Ablations::default());

    study::read(&reader, &request, &mut known).unwrap();
    assert_eq!(reader.encoded.replace(0), 0, "it is known from before");
    AblatedTrace::read(&reader, &input, ablations.clone()).unwrap();
    assert_eq!(reader.encoded.replace(0), 1);
    let task = Sweep { input, base: Ablations::default(), each: vec![ablations; 40], target: EffectTarget::default() };
    study::sweep(&reader, &task, &|| true, &mut |_| {}).unwrap();
    assert_eq!(reader.encoded.replace(0), 1);
}

#[test]
fn a_sweep_ends_when_it_is_no_longer_wanted() {
    let bert = load("tiny-pooler", Backend::Flex);
    let input = Input::single("The cat sat.");
    let each = vec![heads([(0, 1)]); 40];
    let task = Sweep { input, base: Ablations::default(), each, target: EffectTarget::default() };
    let (all, times) = told(&bert, &task, usize::MAX);
    assert_eq!(all.len(), 40);
    assert!(times > 1, "it tells as it goes");
    let (some, times) = told(&bert, &task, 1);
    assert!(times == 1 && !some.is_empty() && some.len() < 40, "{times}, {}", some.len());
    assert!(told(&bert, &task, 0).0.is_empty());
}
