//! Many sentences at once have the vectors each has alone.

use std::ops::ControlFlow;

use clscope::{
    analysis::{Pooling, SentenceVector, cosine},
    bert::{Backend, Input, States},
    study::embed,
};

use crate::{apart::apart, common};

fn sentences() -> Vec<String> {
    let words = "a small boat drifted over the lake while nobody at all was looking".split(' ').collect::<Vec<_>>();
    let mut all: Vec<String> =
        (0..40).map(|i| words.iter().cycle().skip(i).take(i % 17).copied().collect::<Vec<_>>().join(" ")).collect();
    all.push("long ".repeat(700));
    all.push("猫和狗 🙂".to_owned());
    all
}

#[test]
fn together_as_alone() {
    let bert = common::load("all-MiniLM-L6-v2", Backend::Flex);
    let sentences = sentences();
    let layered = [Pooling::Cls, Pooling::Mean, Pooling::MeanWords, Pooling::Max];
    let layers = layered.into_iter().filter_map(|pooling| SentenceVector::at(pooling, 3));
    let wanted: Vec<SentenceVector> = Pooling::ALL.iter().copied().map(SentenceVector::from).chain(layers).collect();
    let mut told = Vec::new();
    let embeddings = embed(&bert, &sentences, &wanted, |done| {
        told.push(done);
        ControlFlow::Continue(())
    });
    let embeddings = embeddings.unwrap().expect("it was not broken off");
    assert_eq!(told.last(), Some(&sentences.len()));
    assert!(told.len() > 1 && told.is_sorted());
    assert_eq!(embeddings.truncated().map(|(sentence, _)| sentence).collect::<Vec<_>>(), [40]);
    for (i, sentence) in sentences.iter().enumerate() {
        let trace = bert.trace(&Input::single(sentence)).unwrap();
        let declared = bert.read_declared(&trace).unwrap().unwrap();
        assert_eq!(declared.extent.truncation.is_some(), i == 40 && embeddings.lengths[i].declared.unwrap().to == 256);
        let states = States { declared: Some(&declared.vector), ..States::from(&trace) };
        for (vector, together) in &embeddings.vectors {
            match (vector.of(states), &together[i]) {
                (None, None) => assert!(vector.pooling == Pooling::MeanWords && sentence.is_empty(), "{vector} {i}"),
                (Some(alone), Some(together)) => {
                    let apart = apart(&alone, together);
                    assert!(apart < 2e-5 && cosine(&alone, together) > 0.999_999, "{vector} of {sentence:?}: {apart}");
                }
                (alone, together) => panic!("{vector} of {sentence:?}: {alone:?} {together:?}"),
            }
        }
    }
}

#[test]
fn it_can_be_broken_off() {
    let bert = common::load("all-MiniLM-L6-v2", Backend::Flex);
    let broken = embed(&bert, &sentences(), &[Pooling::Mean.into()], |_| ControlFlow::Break(()));
    assert_eq!(broken.unwrap(), None);
    let nothing = embed(&bert, &[], &[Pooling::Mean.into()], |_| ControlFlow::Break(())).unwrap().unwrap();
    assert_eq!(nothing.vectors, [(Pooling::Mean.into(), Vec::new())]);
}

#[test]
fn a_vector_is_named_as_it_is_read() {
    for text in ["declared", "mean", "cls@0", "mean-words@12", "max@3", "pooled", "first-last", "layer1-last"] {
        assert_eq!(text.parse::<SentenceVector>().unwrap().to_string(), text);
    }
    for wrong in
        ["pooled@1", "declared@6", "layer1-last@1", "first-last@0", "mean@", "mean@x", "median", "@3", "mean@-1"]
    {
        assert!(wrong.parse::<SentenceVector>().is_err(), "{wrong}");
    }
}
