//! The parts of a logit: of a label that has the opposite logit of another, and what is said where there are none.

use clscope::{
    analysis::{LogitTarget, Pooling},
    app::Probes,
    bert::HeadName,
};

use super::{
    output::{column, probe, with_head},
    *,
};

#[test]
fn both_labels_of_a_replaced_token_are_explained() {
    let mut explorer = with_head(HeadName::ReplacedTokens, SENTENCE, None);
    let tokens = explorer.app.reading().unwrap().trace.tokens.len();
    let mut labels = std::collections::BTreeSet::new();
    for _ in 0..2 * tokens {
        let reading = explorer.app.reading().unwrap();
        let Some(LogitTarget::Head { head: HeadName::ReplacedTokens, label, token }) = explorer.app.output.clone()
        else {
            explorer = explorer.keys("down");
            continue;
        };
        labels.insert(label);
        let logit = reading.trace.hidden_state(reading.trace.layers, token)[0] * [-1.0, 1.0][label];
        let words =
            explorer.app.tables().into_iter().find(|table| table.keys.iter().any(|key| key.id == "token")).unwrap();
        let sum: f32 = column(&words, "part").iter().sum();
        assert!(logit != 0.0 && (sum - logit).abs() < 1e-4, "token {token}, label {label}: {sum}, {logit}");
        let frame = explorer.frame(LARGE);
        assert!(line_of(frame.buffer(), &format!("logit {logit:+.4}")).is_some(), "token {token}, label {label}");
        assert_eq!(line_of(frame.buffer(), "has no parts"), None);
        explorer = explorer.keys("down");
    }
    assert!(labels.contains(&0), "{labels:?}");
}

#[test]
fn what_has_no_parts_says_why() {
    let declaring = StandIn { declares: Some(9), ..StandIn::USUAL };
    let mut explorer = Explorer::with(declaring, SENTENCE, None);
    let declared = probe("feeling", Pooling::Declared, &["negative", "positive"]);
    explorer.app.probes = Probes { given: Vec::new(), built_in: vec![declared] };
    let model = explorer.model.info();
    let job = explorer.app.on_report(Report::Model { number: 1, result: Ok(("stand-in".to_owned(), model)) });
    explorer.answer(job);
    let explorer = explorer.keys("f11");
    let says = |explorer: &Explorer, text: &str| line_of(explorer.frame(LARGE).buffer(), text).is_some();
    assert!(says(&explorer, "a probe on declared has no parts"));
    assert!(says(&explorer.keys("f"), "a probe on declared has no parts"));
    let nothing = with_head(HeadName::SequenceClassification, SENTENCE, None);
    assert!(!says(&nothing, "a probe on declared"));
}
