//! How long a forward pass takes, every attention and hidden state returned, and how long a model takes to load.
//!
//! `cargo bench --bench forward [-- MODEL_DIRECTORY] [--backend=NAME]` prints a table, of the embedded model on flex where none is
//! named. The first pass of a length is printed apart, as a GPU compiles and tunes for it.
//! `scripts/bench_forward.py` asks the same program, in turn with others: with `--answer` it reads lines of
//! `TOKENS SENTENCES` and answers each with the milliseconds of one pass.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

use std::{io::BufRead, time::Instant};

use clscope::{
    bert::{Backend, Bert, Input, WantedReadings},
    models::{Cancel, Hub, HubError, ModelSource},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const LENGTHS: [usize; 7] = [8, 16, 32, 64, 128, 256, 512];
/// Passes of which the median is taken.
const PASSES: usize = 15;
/// Sentences in a batch.
const BATCH: usize = 32;
/// Longer sentences are read alone.
const LONGEST_OF_BATCH: usize = 64;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let model = arguments.iter().find(|argument| !argument.starts_with("--"));
    let named = arguments.iter().find_map(|argument| argument.strip_prefix("--backend="));
    let is_named = |backend: &&Backend| named.is_none_or(|name| backend.name() == name);
    let backend = *Backend::ALL.iter().find(is_named).expect("--backend=flex, ndarray, or wgpu where it is built");
    let source = model.map_or(ModelSource::Embedded, |path| ModelSource::Directory(path.into()));
    let start = Instant::now();
    let bert = source
        .load(&Hub::new(Err(HubError::NoCache)), backend, &Cancel::default(), &mut |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    let loading = milliseconds(start);
    if arguments.iter().any(|argument| argument == "--answer") {
        println!("{loading}");
        for line in std::io::stdin().lock().lines() {
            let line = line.unwrap();
            let (tokens, sentences) = line.split_once(' ').expect("TOKENS SENTENCES");
            println!("{}", pass(&bert, tokens.parse().unwrap(), sentences.parse().unwrap()));
        }
        return;
    }
    println!("{} on {}: loaded in {loading:.0} ms", bert.info().name, backend.name());
    println!("tokens         first  one sentence  of {BATCH} at once");
    for tokens in LENGTHS.into_iter().filter(|&tokens| tokens <= bert.info().max_length) {
        let first = pass(&bert, tokens, 1);
        let alone = median(&bert, tokens, 1);
        let batch = (tokens <= LONGEST_OF_BATCH).then(|| median(&bert, tokens, BATCH) / BATCH as f64);
        let batch = batch.map_or_else(String::new, |each| format!("  {each:7.2} ms each"));
        println!("{tokens:6}  {first:9.2} ms  {alone:9.2} ms{batch}");
    }
}

fn median(bert: &Bert, tokens: usize, sentences: usize) -> f64 {
    let mut times: Vec<f64> = (0..PASSES + 2).map(|_| pass(bert, tokens, sentences)).skip(2).collect();
    times.sort_by(f64::total_cmp);
    times[PASSES / 2]
}

/// One pass over so many sentences of so many tokens each. One alone is traced; of several only the states are kept.
fn pass(bert: &Bert, tokens: usize, sentences: usize) -> f64 {
    let inputs = vec![Input::single("the ".repeat(tokens - 2)); sentences];
    let readings = WantedReadings { plain: true, declared: false };
    let start = Instant::now();
    if let [input] = inputs.as_slice() {
        let trace = bert.trace(input).unwrap();
        assert_eq!(trace.tokens.len(), tokens);
    } else {
        bert.states(&inputs, readings, |_, states, _| assert_eq!(states.tokens.len(), tokens)).unwrap();
    }
    milliseconds(start)
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
