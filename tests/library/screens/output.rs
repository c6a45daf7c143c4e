//! What heads and probes say, and why: the numbers are those of the trace, before and after ablations, and nothing is begun
//! again that was cancelled.

use std::sync::Arc;

use clscope::{
    analysis::{
        Affected, Key, LogitTarget, ModelSample, Pooling, Probe, ProbeAccuracy, ProbedModel, Regression,
        SentenceVector, SweepOrder, Table,
    },
    app::{GivenProbe, Probes},
    bert::{HeadName, OutputActivation, States, Trace},
    study::model_sample,
    views::SweepView,
};

use super::*;

pub fn with_head(head: HeadName, text: &str, pair: Option<&str>) -> Explorer {
    Explorer::with(StandIn { output: Some(head), ..StandIn::USUAL }, text, pair).keys("f11")
}

/// A word is read as the mask.
fn masked() -> Explorer {
    with_head(HeadName::MaskedLanguage, SENTENCE, None).keys("f2 right right _ _ f11")
}

/// A probe of the stand-in: two labels by the first numbers of a vector, or three.
pub fn probe(name: &str, pooling: Pooling, labels: &[&str]) -> Arc<Probe> {
    let model = StandIn::USUAL;
    let rows = if labels.len() == 2 { 1 } else { labels.len() };
    let row = |score: usize| (0..=model.hidden_size).map(|at| [0.5, -0.25, 0.0][(at + score) % 3] / 8.0).collect();
    Arc::new(Probe {
        name: name.to_owned(),
        vector: SentenceVector::from(pooling),
        labels: labels.iter().map(|&label| label.to_owned()).collect(),
        regression: Regression::from_rows(&(0..rows).map(row).collect::<Vec<Vec<f64>>>()).unwrap(),
        accuracy: ProbeAccuracy { hits: 200, trials: 240, folds: 5 },
        model: ProbedModel {
            name: "stand-in".to_owned(),
            layers: model.layers,
            hidden_size: model.hidden_size,
            sample: model_sample(&model).unwrap(),
        },
    })
}

fn feelings() -> Vec<Arc<Probe>> {
    let pair = [Pooling::Cls, Pooling::Mean].map(|pooling| probe("feeling", pooling, &["negative", "positive"]));
    let three = probe("topic", Pooling::Max, &["food", "sport", "travel"]);
    pair.into_iter().chain([three]).collect()
}

fn with_probes(text: &str, pair: Option<&str>) -> Explorer {
    let mut explorer = Explorer::loading(text, pair);
    explorer.app.probes = Probes { given: Vec::new(), built_in: feelings() };
    let model = explorer.model.info();
    let job = explorer.app.on_report(Report::Model { number: 1, result: Ok(("stand-in".to_owned(), model)) });
    explorer.answer(job);
    explorer.keys("f11")
}

/// A column of a table, by name.
pub fn column(table: &Table, id: &str) -> Vec<f32> {
    let at = table.measures.iter().position(|measure| measure.column.id == id);
    let at = at.unwrap_or_else(|| panic!("no {id} in {:?}", table.measures));
    table.rows.iter().map(|row| row.measures[at].unwrap_or(f32::NAN)).collect()
}

#[test]
fn labels_have_the_probabilities_of_their_logits_before_and_after() {
    let explorer = with_head(HeadName::SequenceClassification, SENTENCE, None);
    let trace = explorer.app.reading().unwrap().trace.clone();
    let before = OutputActivation::Softmax.scores(&trace.hidden_state(trace.layers, 0)[..3]);
    let tables = explorer.app.tables();
    assert_eq!(column(&tables[0], "score"), before);
    let explorer = explorer.keys("f2 - f11");
    let reading = explorer.app.reading().unwrap();
    let after = OutputActivation::Softmax.scores(&reading.trace.hidden_state(trace.layers, 0)[..3]);
    assert_ne!(before, after, "the ablation moves them");
    let tables = explorer.app.tables();
    assert_eq!((column(&tables[0], "score"), column(&tables[0], "before")), (after.clone(), before.clone()));
    let change: Vec<f32> = after.iter().zip(&before).map(|(after, before)| after - before).collect();
    assert_eq!(column(&tables[0], "change"), change);
    let frame = explorer.frame(USUAL);
    assert!(line_of(frame.buffer(), &format!("{:.4}   {:.4}", after[0], before[0])).is_some());
}

#[test]
fn a_logit_is_the_sum_of_its_parts_and_loses_what_is_hidden() {
    let explorer = with_head(HeadName::SequenceClassification, SENTENCE, None).keys("up");
    let tables = explorer.app.tables();
    let [_, words, heads, layers] = tables.as_slice() else { panic!("{}", tables.len()) };
    let reading = explorer.app.reading().unwrap();
    let logit = reading.trace.hidden_state(reading.trace.layers, 0)[1];
    let sum: f32 = column(words, "part").iter().sum();
    assert!((sum - logit).abs() < 1e-4, "{sum}, {logit}");
    let sum: f32 = heads.rows.iter().flat_map(|row| &row.cells).flatten().sum();
    assert!((sum - logit).abs() < 1e-4, "{sum}, {logit}");
    for (layer, row) in layers.rows.iter().enumerate() {
        let logits = &reading.trace.hidden_state(layer, 0)[..3];
        let scores: Vec<Option<f32>> = OutputActivation::Softmax.scores(logits).into_iter().map(Some).collect();
        assert_eq!(row.cells, scores, "layer {layer}");
    }
    // Without the second word, as the sweep has it.
    let units = reading.units(clscope::analysis::Granularity::Words);
    let mut ablations = reading.trace.ablations.clone();
    ablations.masked.extend(units.tokens(2));
    let encoding = clscope::study::Reader::encode(&explorer.model, &reading.trace.input).unwrap();
    let without = clscope::study::Reader::trace(&explorer.model, &encoding, &ablations).unwrap();
    let loss = logit - without.hidden_state(without.layers, 0)[1];
    assert_eq!(column(words, "loss")[2], loss);
    assert_ne!(loss, 0.0);
    let frame = explorer.keys("f").frame(LARGE);
    assert!(line_of(frame.buffer(), "embeddings +0.2500").is_some());
}

#[test]
fn probes_stand_beside_each_other_and_say_what_their_regression_says() {
    let explorer = with_probes(SENTENCE, None);
    let reading = explorer.app.reading().unwrap();
    let tables = explorer.app.tables();
    for (probe, id) in feelings()[..2].iter().zip(["cls_score", "mean_score"]) {
        let score = probe.logits(States::from(&*reading.trace)).unwrap()[1];
        let share = 1.0 / (1.0 + (-f64::from(score)).exp());
        let shares = column(&tables[0], id);
        assert!((f64::from(shares[1]) - share).abs() < 1e-6 && (shares[0] + shares[1] - 1.0).abs() < 1e-6);
    }
    assert_eq!(column(&tables[1], "score").len(), 3);
    // The explanation is of the score under the cursor.
    let of = |explorer: &Explorer| explorer.app.tables().last().unwrap().title.clone();
    let layers = explorer.app.tables().pop().unwrap();
    assert_eq!(layers.rows[6].cells[1].unwrap(), column(&tables[0], "cls_score")[1], "the last layer is its own");
    assert!(of(&explorer).contains("positive (feeling, cls)"), "what it says: {}", of(&explorer));
    let explorer = explorer.keys("right up");
    assert!(of(&explorer).contains("negative (feeling, mean)"), "{}", of(&explorer));
    assert!(line_of(explorer.frame(LARGE).buffer(), "83 %, 83 % right on 240 unseen").is_some());
}

#[test]
fn a_probe_of_another_model_is_refused_with_the_reason() {
    let mut other = Probe::clone(&probe("mine", Pooling::Cls, &["no", "yes"]));
    other.model.sample = ModelSample(other.model.sample.0.iter().map(|number| -number).collect());
    let sizes = ProbedModel { layers: 12, ..other.model.clone() };
    for (given, reason) in
        [(other.clone(), "whose weights are others"), (Probe { model: sizes, ..other }, "which has 12 layers")]
    {
        let mut explorer = Explorer::loading(SENTENCE, None);
        let given = GivenProbe { file: "mine.probe".to_owned(), probe: Arc::new(given) };
        explorer.app.probes = Probes { given: vec![given], built_in: Vec::new() };
        let model = explorer.model.info();
        let job = explorer.app.on_report(Report::Model { number: 1, result: Ok(("stand-in".to_owned(), model)) });
        explorer.answer(job);
        let explorer = explorer.keys("f11");
        assert!(line_of(explorer.frame(WIDE).buffer(), reason).is_some(), "{reason}");
        assert_eq!(explorer.app.tables(), []);
        assert_eq!(explorer.app.session().probes, ["mine.probe"]);
    }
}

#[test]
fn what_was_cancelled_is_explained_again_when_it_is_asked_for() {
    let model = StandIn { output: Some(HeadName::NextSentence), ..StandIn::USUAL };
    let mut explorer = Explorer::with(model, SENTENCE, None);
    let (_, job) = explorer.press("f11");
    let Some(Job::Explain(work)) = job else { panic!("{job:?}") };
    assert_eq!(explorer.press("esc").1, Some(Job::CancelExplaining));
    assert!(line_of(explorer.frame(USUAL).buffer(), "the explanation was cancelled").is_some());
    assert!(!matches!(explorer.press("?").1, Some(Job::Explain(_))));
    explorer.press("esc");
    // What comes late is of nothing that is asked for.
    explorer.app.on_report(Report::Explained { number: work.number, result: Err("late".to_owned()) });
    let (_, job) = explorer.press("f");
    assert!(matches!(job, Some(Job::Explain(_))), "{job:?}");
    explorer.answer(job);
    assert_eq!(explorer.app.tables().len(), 4);
    // Reading something else ends it, and it begins anew.
    let (_, job) = explorer.press("down");
    assert!(matches!(job, Some(Job::Explain(_))), "{job:?}");
    let (_, read) = explorer.keys_to_job("i x");
    assert!(matches!(read, Some(Job::Read(_))), "{read:?}");
    explorer.answer(read);
    assert_eq!(explorer.app.tables().len(), 4);
}

#[test]
fn what_there_is_not_is_said() {
    let says = |explorer: &Explorer, text: &str| {
        assert!(line_of(explorer.frame(USUAL).buffer(), text).is_some(), "{text}");
    };
    says(&Explorer::on(SENTENCE, None).keys("f11"), "This model has no output head");
    says(&with_head(HeadName::MaskedLanguage, SENTENCE, None), "write [MASK] in the sentence");
    says(&with_head(HeadName::QuestionAnswering, SENTENCE, None), "a question needs a second sentence");
    // Nothing finite is left to say.
    let nan = with_head(HeadName::SequenceClassification, "all ∞ numbers", None);
    let frame = nan.frame(USUAL);
    assert!(line_of(frame.buffer(), "NaN").is_some(), "the status line says so");
    assert!((0..24).all(|y| !row_text(frame.buffer(), y).contains("NaN  ")), "a dash stands for it");
}

#[test]
fn every_token_has_the_words_that_would_stand_there() {
    let explorer = with_head(HeadName::MaskedLanguage, SENTENCE, None).keys("right right down");
    let reading = explorer.app.reading().unwrap();
    let at = explorer.app.attention.token;
    let heading = format!("words for {}, token {at}", reading.trace.tokens[at].text);
    let frame = explorer.frame(WIDE);
    assert!(line_of(frame.buffer(), &heading).is_some(), "{heading}");
    assert!(line_of(frame.buffer(), "(stands here)").is_some());
    let tables = explorer.app.tables();
    let [_, standing, words, heads, ranks, likeliest, lens] = tables.as_slice() else { panic!("{}", tables.len()) };
    // The word that stands there, then the likeliest.
    assert_eq!(column(standing, "score"), [0.125, 0.5, 0.25, 0.125]);
    assert_eq!((ranks.rows.len(), lens.rows.len()), (7, 7 * reading.trace.tokens.len()));
    assert_eq!(likeliest.rows.len(), 3 * 7);
    // The stand-in's words are numbers of the vector.
    let vector = reading.trace.hidden_state(reading.trace.layers, at);
    let logit = vector[vector[0].abs() as usize];
    assert!((column(words, "part").iter().sum::<f32>() - logit).abs() < 1e-4);
    assert!((heads.rows.iter().flat_map(|row| &row.cells).flatten().sum::<f32>() - logit).abs() < 1e-4);
    // Another token has others, and what every token has is not found out again.
    let mut explorer = explorer;
    let (_, job) = explorer.press("right");
    let Some(Job::Explain(work)) = &job else { panic!("{job:?}") };
    assert!(work.lens.is_empty() && matches!(work.target, LogitTarget::Word { token, .. } if token == at + 1));
    explorer.answer(job);
    assert_eq!(explorer.app.tables().len(), 7);
}

/// The words of a masked-language head are numbers of a vector in the stand-in.
#[test]
fn a_word_has_its_logit_before_and_after_in_every_view() {
    let standing = with_head(HeadName::MaskedLanguage, SENTENCE, None).keys("right right down");
    let word = standing.app.output.clone();
    // It stays what was chosen where nobody finds out what else would stand there.
    let standing = standing.keys("f2 -");
    assert_eq!(standing.app.output, word);
    for explorer in [standing, masked().keys("down f2")] {
        let explorer = explorer.keys("O O O O");
        assert_eq!(explorer.app.about, Affected::Output);
        let said = |explorer: &Explorer| {
            let app = &explorer.app;
            let Some(LogitTarget::Word { id, token, word }) = &app.output else { panic!("{:?}", app.output) };
            let whole = app.readings.as_ref().unwrap().unablated.as_ref().unwrap();
            let logit = |trace: &Trace| trace.hidden_state(trace.layers, *token)[*id as usize];
            let expected = [logit(&whole.readings.a.trace), logit(&app.reading().unwrap().trace)];
            let (name, found) = app.output_effect().unwrap();
            assert_eq!((name.clone(), found), (format!("{word} at token {token}"), expected));
            let line = format!("logit of {name}: {:+.2} → {:+.2}", expected[0], expected[1]);
            assert!(line_of(explorer.frame(WIDE).buffer(), &line).is_some(), "{line}");
            (*token, expected)
        };
        said(&explorer);
        // The sweep measures the same.
        let explorer = explorer.keys("f6");
        let (token, [_, after]) = said(&explorer);
        let sweep = explorer.app.view_of::<SweepView>().unwrap();
        let effects = sweep.sweep.parts().iter().filter_map(|part| part.effect());
        assert!(effects.into_iter().all(|effect| effect.output.unwrap()[0] == after));
        let heading = format!("logit of {}", sweep.sweep.output_name());
        assert!(heading.ends_with(&format!("at token {token}")) && !heading.contains('Ġ'), "{heading}");
    }
}

#[test]
fn the_cursor_is_on_what_the_model_says_until_it_is_moved() {
    let label = |explorer: &Explorer| match &explorer.app.output {
        Some(LogitTarget::Head { label, .. }) => *label,
        other => panic!("{other:?}"),
    };
    let said = |explorer: &Explorer| {
        let reading = explorer.app.reading().unwrap();
        let logits = &reading.trace.hidden_state(reading.trace.layers, 0)[..3];
        (0..3).max_by(|a, b| logits[*a].total_cmp(&logits[*b])).unwrap()
    };
    // So many letters are another label.
    let texts = [SENTENCE, "a b c d e f g h i j k l m n o p q r s t u v w x"];
    let explorers = texts.map(|text| with_head(HeadName::SequenceClassification, text, None));
    let first: Vec<usize> = explorers.iter().map(label).collect();
    assert_eq!(first, explorers.iter().map(said).collect::<Vec<_>>());
    assert!(first.iter().any(|label| *label != first[0]), "{first:?}");
    for (explorer, first) in explorers.into_iter().zip(first) {
        // What is cut does not change what it is about.
        let explorer = explorer.keys("f2 - f11");
        assert_eq!(label(&explorer), first);
        assert_eq!(label(&explorer.keys("down down up")), 1);
    }
}

#[test]
fn a_key_leads_to_what_happens_to_the_logit_without_each_head() {
    let explorer = with_head(HeadName::SequenceClassification, SENTENCE, None).keys("v");
    let sweep = &explorer.app.view_of::<SweepView>().unwrap().sweep;
    assert_eq!((explorer.app.view().id(), sweep.order), ("sweep", SweepOrder::Loss(Affected::Output)));
    assert_eq!(sweep.target().output, explorer.app.output);
    // Another order there is left again.
    let explorer = explorer.keys("v f11 down v");
    let sweep = &explorer.app.view_of::<SweepView>().unwrap().sweep;
    assert_eq!(sweep.order, SweepOrder::Loss(Affected::Output));
    assert_eq!(sweep.target().output, explorer.app.output);
}

#[test]
fn every_word_in_the_list_has_what_it_was_before() {
    let explorer = masked();
    let app = &explorer.app;
    let token = app.reading().unwrap().trace.tokens.iter().position(|token| token.text == "[MASK]").unwrap();
    let whole = &app.readings.as_ref().unwrap().unablated.as_ref().unwrap().readings.a.trace;
    let before = OutputActivation::Softmax.scores(whole.hidden_state(whole.layers, token));
    let table = app.tables().remove(0);
    let ids = table.rows.iter().map(|row| match &row.keys[1] {
        Key::Text(word) => word.strip_prefix("word").unwrap().parse::<usize>().unwrap(),
        key => panic!("{key:?}"),
    });
    assert_eq!(column(&table, "before"), ids.map(|id| before[id]).collect::<Vec<f32>>());
}

#[test]
fn a_pair_is_read_joined_and_each_alone() {
    let explorer = with_head(HeadName::NextSentence, SENTENCE, Some(SECOND));
    let logits = |explorer: &Explorer| column(&explorer.app.tables()[0], "score");
    let (joined, mut seen) = (logits(&explorer), Vec::new());
    let mut explorer = explorer;
    for caption in ["A alone", "B alone", "A and B joined"] {
        explorer = explorer.keys("r");
        assert!(line_of(explorer.frame(USUAL).buffer(), caption).is_some(), "{caption}");
        seen.push(logits(&explorer));
    }
    assert!(seen[2] == joined && seen[0] != joined && seen[1] != seen[0]);
}

#[test]
fn frames_of_output_are_as_they_were() {
    let labels = with_head(HeadName::SequenceClassification, SENTENCE, None).keys("up");
    assert_frames("output-labels", &labels, &[SMALL, USUAL, LARGE, WIDE]);
    let labels = labels.keys("f");
    assert_frames("output-labels-by-heads", &labels, &[USUAL, LARGE]);
    assert_frames("output-labels-by-layer", &labels.keys("f"), &[USUAL, LARGE]);
    let cut = with_head(HeadName::TokenClassification, SENTENCE, Some(SECOND)).keys("f2 - f11");
    assert_frames("output-entities-cut", &cut, &[USUAL, WIDE]);
    assert_frames("output-answers", &with_head(HeadName::QuestionAnswering, SENTENCE, Some(SECOND)), &[USUAL]);
    let words = masked().keys("down");
    assert_frames("output-words", &words, &[USUAL]);
    assert_frames("output-words-by-layer", &words.keys("f f"), &[USUAL, LARGE]);
    let standing = with_head(HeadName::MaskedLanguage, SENTENCE, None).keys("right right down");
    assert_frames("output-words-of-a-token", &standing, &[SMALL, USUAL, WIDE]);
    assert_frames("output-none", &Explorer::on(SENTENCE, None).keys("f11"), &[USUAL]);
    assert_frames("output-probes", &with_probes(SENTENCE, None).keys("right"), &[SMALL, USUAL, LARGE]);
    assert_frames("output-probes-cut", &with_probes(SENTENCE, None).keys("f2 - f11"), &[USUAL]);
    let mono = with_probes(SENTENCE, None).keys("f").looking(ThemeName::Mono, ColorDepth::None);
    assert_frames("output-no-colour", &mono, &[USUAL, LARGE]);
}

#[test]
fn no_size_and_no_text_is_too_odd_for_output() {
    let heads = [HeadName::SequenceClassification, HeadName::TokenClassification, HeadName::QuestionAnswering];
    for text in [SENTENCE, "a", "🙂", LONG] {
        let explorers = heads.map(|head| with_head(head, text, Some(SECOND)));
        for explorer in explorers.into_iter().chain([with_probes(text, None)]) {
            for explorer in [explorer.keys("f"), with_probes(text, Some(SECOND))] {
                for size in
                    (50..=130).step_by(8).flat_map(|width| (10..=44).step_by(3).map(move |height| (width, height)))
                {
                    explorer.frame(size);
                }
            }
        }
    }
}
