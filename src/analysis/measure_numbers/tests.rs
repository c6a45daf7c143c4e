use super::*;
use crate::analysis::{
    AttentionOptions, Decomposition, Granularity, Groundwork, HeadChoice, MeasuredTrace, VectorLengths, norm,
};

/// D of what is made up.
const SIZE: usize = 5;

/// Something between -1 and 1 for each place of an array.
fn made_up(at: usize, seed: usize) -> f32 {
    ((at * 7919 + seed * 104_729) % 2003) as f32 / 1001.5 - 1.0
}

/// What each head hands on of a token, f(x), `[D]`.
pub(in crate::analysis) fn head_output(trace: &Trace, layer: usize, head: usize, token: usize) -> Vec<f32> {
    let at = (layer * trace.heads + head) * trace.tokens.len() + token;
    (0..SIZE).map(|dimension| made_up(at * SIZE + dimension, 1)).collect()
}

/// What a source, of which the last is the biases, has become in a token's vector, `[D]`.
fn part(trace: &Trace, layer: usize, row: usize, source: usize) -> Vec<f32> {
    let at = (layer * trace.tokens.len() + row) * (trace.tokens.len() + 1) + source;
    (0..SIZE).map(|dimension| made_up(at * SIZE + dimension, 2)).collect()
}

fn sum(vectors: impl IntoIterator<Item = Vec<f32>>) -> Vec<f32> {
    let add = |sum: Vec<f32>, vector: Vec<f32>| sum.iter().zip(vector).map(|(a, b)| a + b).collect();
    vectors.into_iter().fold(vec![0.0; SIZE], add)
}

/// What a token takes of some under some heads.
fn taken(trace: &Trace, layer: usize, heads: &[usize], row: usize, group: Range<usize>) -> Vec<f32> {
    sum(group.flat_map(|token| heads.iter().map(move |&head| (token, head))).map(|(token, head)| {
        let weight = trace.attention(layer, head, row)[token];
        head_output(trace, layer, head, token).into_iter().map(|value| weight * value).collect()
    }))
}

/// Lengths of vectors of each layer, row and group of sources.
fn lengths(
    trace: &Trace,
    words: &[Range<usize>],
    extra: usize,
    vector: impl Fn(usize, usize, Range<usize>) -> Vec<f32>,
) -> VectorLengths {
    let mut lengths = VectorLengths { words: words.to_vec(), ..VectorLengths::default() };
    for (layer, row) in (0..trace.layers).flat_map(|layer| (0..trace.tokens.len()).map(move |row| (layer, row))) {
        let length = |group: Range<usize>| norm(&vector(layer, row, group)) as f32;
        lengths.tokens.extend((0..trace.tokens.len() + extra).map(|token| length(token..token + 1)));
        lengths.of_words.extend(words.iter().cloned().map(length));
    }
    lengths
}

/// A trace with all that measures rest on, made up so that every vector is known; the words of several pieces are given.
pub(in crate::analysis) fn measured(trace: Trace, words: &[Range<usize>]) -> MeasuredTrace {
    let every: Vec<usize> = (0..trace.heads).collect();
    let (tokens, layers) = (trace.tokens.len(), trace.layers);
    let groups: Vec<_> = (0..tokens).map(|token| token..token + 1).chain(words.iter().cloned()).collect();
    let products = |layer: usize, group: &Range<usize>| {
        let each: Vec<Vec<f32>> = group
            .clone()
            .flat_map(|token| every.iter().map(move |&head| (token, head)))
            .map(|(token, head)| head_output(&trace, layer, head, token))
            .collect();
        let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
        each.iter().flat_map(|a| each.iter().map(|b| product(a, b)).collect::<Vec<_>>()).collect::<Vec<f64>>()
    };
    let heads = (0..layers).flat_map(|layer| (0..trace.heads).map(move |head| (layer, head)));
    let of_tokens = heads.flat_map(|(layer, head)| (0..tokens).map(move |token| (layer, head, token)));
    let square = |seed| (0..layers * tokens * tokens).map(|at| 1.0 + made_up(at, seed)).collect::<Vec<f32>>();
    let mixing = LayerMixing {
        head_outputs: of_tokens
            .map(|(layer, head, token)| norm(&head_output(&trace, layer, head, token)) as f32)
            .collect(),
        value_norm: lengths(&trace, words, 0, |layer, row, group| taken(&trace, layer, &every, row, group)),
        block_norm: lengths(&trace, words, 0, |layer, row, group| {
            sum([taken(&trace, layer, &every, row, group.clone()), vec![made_up(row, 9) * 3.0; SIZE]])
        }),
        products: (0..layers).map(|layer| groups.iter().map(|group| products(layer, group)).collect()).collect(),
        alti: shares_of_rows(square(3), tokens),
        encoder_norm: square(4),
        ..LayerMixing::default()
    };
    let dots = (0..layers * tokens * (tokens + 1)).map(|at| made_up(at, 5)).collect();
    let whole = Decomposition {
        norms: lengths(&trace, words, 1, |layer, row, group| sum(group.map(|source| part(&trace, layer, row, source)))),
        dots: shares_of_rows(dots, tokens + 1),
        ..Decomposition::default()
    };
    let zeroing = lengths(&trace, words, 0, |layer, row, group| vec![made_up(layer * 31 + row * 7 + group.end, 6); 2]);
    let trace = MeasuredTrace::from(trace);
    trace.put_layer_mixing(mixing);
    trace.put_decomposition(whole);
    trace.put_zeroing(zeroing);
    trace
}

fn shares_of_rows(values: Vec<f32>, columns: usize) -> Vec<f32> {
    values.chunks_exact(columns).flat_map(|row| shares(row.to_vec())).collect()
}

fn example() -> MeasuredTrace {
    measured(crate::analysis::attention::tests::trace(), std::slice::from_ref(&(1..3)))
}

fn read(trace: &MeasuredTrace, measure: &str, heads: HeadsRead, granularity: Granularity) -> (Vec<f32>, f32) {
    let units = Units::new(trace, granularity);
    trace.numbers(measure.parse().unwrap()).unit_row(1, &heads, 3, &units)
}

fn assert_close(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() < 1e-5, "{found:?} {expected:?}");
    }
}

const WORDS: [Range<usize>; 4] = [0..1, 1..3, 3..4, 4..5];

#[test]
fn what_heads_hand_on_is_added_up_before_it_is_measured() {
    let trace = example();
    let by = |heads: &[usize]| shares(WORDS.map(|word| norm(&taken(&trace, 1, heads, 3, word)) as f32).to_vec());
    for heads in [vec![0, 1, 2], vec![0, 2], vec![1]] {
        let found = read(&trace, "value-norm", HeadsRead::Together(heads.clone()), Granularity::Words);
        assert_close(&found.0, &by(&heads));
        assert_eq!(found.1, 0.0);
    }
    let largest = |word: usize| f32::max(by(&[0])[word], by(&[2])[word]);
    let found = read(&trace, "value-norm", HeadsRead::Max(vec![0, 2]), Granularity::Words);
    assert_close(&found.0, &[0, 1, 2, 3].map(largest));
    // By head and piece.
    let pieces = shares((0..5).map(|token| norm(&taken(&trace, 1, &[2], 3, token..token + 1)) as f32).collect());
    assert_close(&read(&trace, "value-norm", HeadsRead::One(2), Granularity::Subwords).0, &pieces);
    assert_close(&trace.numbers("value-norm".parse().unwrap()).row(1, 2, 3), &pieces);
}

#[test]
fn pieces_are_added_up_before_they_are_measured_and_biases_are_among_the_shares() {
    let trace = example();
    let length = |group: Range<usize>| norm(&sum(group.map(|source| part(&trace, 1, 3, source)))) as f32;
    let expected = shares(WORDS.into_iter().chain(std::iter::once(5..6)).map(length).collect());
    let (found, biases) = read(&trace, "decompx", HeadsRead::Layer, Granularity::Words);
    assert_close(&[found, vec![biases]].concat(), &expected);
    // Signed shares add up over pieces.
    let (pieces, biases) = read(&trace, "dot", HeadsRead::Layer, Granularity::Subwords);
    assert!((pieces.iter().sum::<f32>() + biases - 1.0).abs() < 1e-5);
    let (words, _) = read(&trace, "dot", HeadsRead::Layer, Granularity::Words);
    assert_close(&words, &[pieces[0], pieces[1] + pieces[2], pieces[3], pieces[4]]);
}

#[test]
fn without_heads_the_layer_is_read_whichever_are_chosen() {
    for &measure in Measure::ALL.iter().filter(|measure| !measure.has_heads()) {
        for heads in [HeadChoice::Mean, HeadChoice::Max, HeadChoice::One(2)] {
            let options = AttentionOptions { measure, heads, among: [1].into_iter().collect(), ..Default::default() };
            assert_eq!((options.heads_read(3), options.subset(3)), (HeadsRead::Layer, None), "{measure}");
        }
    }
}

#[test]
fn without_its_groundwork_a_measure_has_no_numbers() {
    let (whole, bare) = (example(), MeasuredTrace::from(crate::analysis::attention::tests::trace()));
    for &measure in Measure::ALL {
        let is_there = measure.groundwork() == Groundwork::Trace;
        for (trace, there) in [(&whole, true), (&bare, is_there)] {
            assert_eq!(trace.has(measure.groundwork()), there);
            let row = trace.numbers(measure).row(1, 0, 2);
            let sum: f32 = row.iter().sum();
            assert_eq!((sum - 1.0).abs() < 1e-5, there, "{measure}: {row:?}");
            assert_eq!(row.iter().all(|share| share.is_nan()), !there, "{measure}");
        }
    }
}
