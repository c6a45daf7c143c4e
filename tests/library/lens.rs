//! Heads read off every layer: off the last they say what they always say, off others what they say of a trace that ends there.

use clscope::{
    bert::{Backend, Bert, Input, LIKELIEST_WORDS, OutputActivation, States, Trace},
    models::ModelSource,
};

use crate::common::{self, repository};

fn open(name: &str) -> Bert {
    let folder = repository().join("tests/reference/heads").join(format!("{name}-safetensors"));
    common::open(&ModelSource::Directory(folder), Backend::Flex).unwrap()
}

/// A trace as if a layer were its last.
fn ending(trace: &Trace, layer: usize) -> States<'_> {
    let hidden_states = &trace.hidden_states[..(layer + 1) * trace.tokens.len() * trace.hidden_size];
    States { layers: layer, hidden_states, ..States::from(trace) }
}

#[test]
fn off_the_last_layer_every_head_says_what_it_says() {
    for name in ["choice", "classify-one", "next-sentence", "question", "tokens", "pre-training"] {
        let bert = open(name);
        let trace = bert.trace(&Input::joined("who ran", "the dog and the cat")).unwrap();
        let last = bert.head_logits_at(&trace, trace.layers).unwrap();
        assert_eq!(last, bert.head_logits(&States::from(&trace)).unwrap(), "{name}");
        assert_ne!(last, bert.head_logits_at(&trace, 0).unwrap(), "{name}");
        assert_eq!(bert.head_logits_at(&trace, trace.layers + 1).unwrap(), []);
    }
}

#[test]
fn words_off_a_layer_have_the_ranks_of_its_distribution() {
    let bert = open("pre-training");
    let trace = bert.trace(&Input::single("the dog [MASK] with cats")).unwrap();
    let asked: Vec<(usize, u32)> = trace.tokens.iter().map(|token| token.id).enumerate().collect();
    for layer in 0..=trace.layers {
        let found = bert.word_lens(&trace, layer, &asked).unwrap().unwrap();
        let logits = bert.vocabulary_logits(&ending(&trace, layer)).unwrap().unwrap();
        assert_eq!(found.len(), trace.tokens.len());
        for ((word, row), &(_, id)) in found.iter().zip(logits.rows()).zip(&asked) {
            let shares = OutputActivation::Softmax.scores(row);
            let own = shares[id as usize];
            let largest = shares.iter().copied().fold(0.0, f32::max);
            let likeliest = &word.likeliest[0];
            assert!((word.probability - own).abs() < 1e-6 && (likeliest.probability - largest).abs() < 1e-6);
            assert!((shares[likeliest.id as usize] - largest).abs() < 1e-6);
            assert_eq!(word.likeliest.len(), LIKELIEST_WORDS.min(shares.len()));
            // Rounding may swap neighbours.
            let before = |margin: f32| shares.iter().filter(|share| **share > own + margin).count();
            assert!((1 + before(1e-6)..=1 + before(-1e-6)).contains(&word.rank), "{word:?}");
            let entropy: f32 = shares.iter().filter(|share| **share > 0.0).map(|share| -share * share.ln()).sum();
            assert!((word.entropy - entropy).abs() < 1e-3, "{word:?}, {entropy}");
        }
    }
    assert_eq!(bert.word_lens(&trace, trace.layers + 1, &asked).unwrap(), None);
    let alone = bert.word_lens(&trace, 1, &asked[2..3]).unwrap().unwrap();
    let among = bert.word_lens(&trace, 1, &asked).unwrap().unwrap();
    assert_eq!((alone.len(), alone[0].rank), (1, among[2].rank), "of the token that is asked about");
    assert_eq!(bert.word_lens(&trace, 0, &[(trace.tokens.len(), 0)]).unwrap(), None);
    let bare = open("tokens");
    let trace = bare.trace(&Input::single("a dog")).unwrap();
    assert_eq!(bare.word_lens(&trace, 0, &[(0, 0)]).unwrap(), None);
}

/// A table of words may have more rows than the vocabulary has tokens.
#[test]
fn a_row_beyond_the_vocabulary_has_a_name() {
    let folder = repository().join("tests/reference/heads/pre-training-safetensors");
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    let path = copy.path().join("tokenizer.json");
    let mut tokenizer: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let vocabulary = tokenizer["model"]["vocab"].as_object_mut().unwrap();
    let last = vocabulary.values().filter_map(serde_json::Value::as_u64).max().unwrap();
    vocabulary.retain(|_, id| id.as_u64() != Some(last));
    let known: std::collections::BTreeSet<u64> = vocabulary.values().filter_map(serde_json::Value::as_u64).collect();
    std::fs::write(path, tokenizer.to_string()).unwrap();
    let bert = common::open(&ModelSource::Directory(copy.path().to_owned()), Backend::Flex).unwrap();
    let trace = bert.trace(&Input::single("the dog")).unwrap();
    let every = bert.words_of(trace.hidden_state(trace.layers, 1), usize::MAX).unwrap().unwrap().remove(0);
    assert!(every.iter().any(|word| u64::from(word.id) == last));
    for word in every {
        let is_named = known.contains(&word.id.into());
        assert_eq!(word.token == format!("id {} (no token)", word.id), !is_named, "{word:?}");
        assert!(is_named || word.written == word.token, "{word:?}");
    }
}
