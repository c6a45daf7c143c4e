//! How long it takes to work out what vectors are made of.
//!
//! `cargo bench --bench measures [-- MODEL_DIRECTORY]` prints a table, of the embedded model where none is named.
//! `scripts/measures.py --time` asks the same program, in turn with PyTorch: with `--answer` it reads lines of
//! `WORK TOKENS` and answers each with milliseconds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

use std::{hint::black_box, io::BufRead, ops::ControlFlow, time::Instant};

use clscope::{
    analysis::{Decomposition, LayerMixing, value_zeroing},
    bert::{Backend, Bert, Explained, Input, Trace},
    models::{Cancel, Hub, HubError, ModelSource},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const LENGTHS: [usize; 6] = [8, 16, 32, 64, 128, 256];
/// What is timed: a forward pass, for scale; one layer by itself (value norms, blocks, ALTI, GlobEnc); signed shares of
/// one vector on the way back; DecompX of every vector; value zeroing.
const WORK: [&str; 5] = ["forward", "layers", "explain", "sources", "zeroing"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let model = arguments.iter().find(|argument| !argument.starts_with("--"));
    let source = model.map_or(ModelSource::Embedded, |path| ModelSource::Directory(path.into()));
    let bert = source
        .load(&Hub::new(Err(HubError::NoCache)), Backend::Flex, &Cancel::default(), &mut |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    if arguments.iter().any(|argument| argument == "--answer") {
        for line in std::io::stdin().lock().lines() {
            let line = line.unwrap();
            let (work, tokens) = line.split_once(' ').expect("WORK TOKENS");
            println!("{}", time(&bert, work, tokens.parse().unwrap()));
        }
        return;
    }
    println!("{}, in ms\ntokens  {}", bert.info().name, WORK.map(|work| format!("{work:>9}")).join("  "));
    for tokens in LENGTHS.into_iter().filter(|&tokens| tokens <= bert.info().max_length) {
        println!("{tokens:6}  {}", WORK.map(|work| format!("{:9.1}", median(&bert, work, tokens))).join("  "));
    }
}

fn median(bert: &Bert, work: &str, tokens: usize) -> f64 {
    let rounds = if tokens > 64 { 3 } else { 9 };
    let mut times: Vec<f64> = (0..=rounds).map(|_| time(bert, work, tokens)).skip(1).collect();
    times.sort_by(f64::total_cmp);
    times[rounds / 2]
}

/// What is needed before it, but for a forward pass, is in the time.
fn time(bert: &Bert, work: &str, tokens: usize) -> f64 {
    let input = Input::single("the ".repeat(tokens - 2));
    let trace = bert.trace(&input).unwrap();
    assert_eq!(trace.tokens.len(), tokens);
    let start = Instant::now();
    match work {
        "forward" => drop(black_box(bert.trace(&input).unwrap())),
        "layers" => drop(black_box(LayerMixing::new(&bert.freeze(&trace).unwrap()).unwrap())),
        "explain" => drop(black_box(bert.freeze(&trace).unwrap().explain(&[first(&trace)]).unwrap())),
        "sources" => {
            let pass = bert.freeze(&trace).unwrap();
            drop(black_box(Decomposition::new(&pass, |_, _| ControlFlow::Continue(())).unwrap()));
        }
        "zeroing" => {
            let pass = bert.freeze(&trace).unwrap();
            drop(black_box(value_zeroing(&pass, |_| ControlFlow::Continue(())).unwrap()));
        }
        other => panic!("there is no work {other}"),
    }
    start.elapsed().as_secs_f64() * 1e3
}

/// The last vector of `[CLS]`.
fn first(trace: &Trace) -> Explained {
    let mut by = vec![0.0; trace.tokens.len() * trace.hidden_size];
    by[..trace.hidden_size].copy_from_slice(&trace.last_hidden_state()[..trace.hidden_size]);
    Explained { layer: trace.layers - 1, by }
}
