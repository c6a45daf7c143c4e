//! What a change is measured on: the token that looks, a cell of attention; in the sweep and in the line of ablations.

use clscope::{
    analysis::{Affected, AttentionCell, HeadChoice, SweepOrder, cosine},
    study,
};

use super::{
    sweep::{losses, sweep_of},
    *,
};

/// The source is “never”, the cursor on “猫”; layer 4, head 2.
const ON_A_WORD: &str = "down down down ] ] right right right right right s left";

#[test]
fn it_is_about_the_token_that_looks_and_about_a_cell() {
    let explorer = Explorer::on(SENTENCE, None).keys(ON_A_WORD).keys("f6 v v v");
    let sweep = sweep_of(&explorer);
    let (source, cursor) = (explorer.app.attention.source, explorer.app.attention.token);
    assert_eq!(
        (sweep.order, sweep.target().token.clone()),
        (SweepOrder::Loss(Affected::Token), Some(source..source + 1))
    );
    assert!(losses(&explorer, Affected::Token).is_sorted_by(|a, b| a >= b));
    assert_eq!(explorer.app.session().about, Affected::Token);
    let trace = |cuts: &_| {
        let model = &explorer.model;
        study::Reader::trace(model, &study::Reader::encode(model, &Input::single(SENTENCE)).unwrap(), cuts).unwrap()
    };
    let (before, weights) = (trace(&Default::default()), sweep.target().cell.clone().unwrap());
    assert_eq!(
        weights,
        AttentionCell {
            layer: 3,
            heads: HeadChoice::One(1),
            among: Default::default(),
            from: source..source + 1,
            to: cursor..cursor + 1
        }
    );
    for line in sweep.lines() {
        let (after, effect) = (trace(&line.part.ablations(&Default::default())), line.part.effect().unwrap());
        let state = |trace: &clscope::bert::Trace| trace.hidden_state(trace.layers, source).to_vec();
        assert_eq!(effect.token, Some(cosine(&state(&before), &state(&after))), "{:?}", line.part.name);
        let weight = |trace: &clscope::bert::Trace| trace.attention(3, 1, source)[cursor];
        assert_eq!(effect.cell, Some([weight(&before), weight(&after)]), "{:?}", line.part.name);
    }
    // The cell is a column of its own only while it is asked about.
    let columns = |explorer: &Explorer| {
        let tables = explorer.app.tables();
        tables[0].measures.iter().map(|measure| measure.column.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(columns(&explorer), ["cls", "pooled", "mean", "token"]);
    let explorer = explorer.keys("v v");
    assert_eq!(columns(&explorer), ["cls", "pooled", "mean", "token", "cell"]);
    assert!(losses(&explorer, Affected::Cell).is_sorted_by(|a, b| a >= b));
    // Another cell is another question, and another token too.
    let mut other = explorer.keys("f2 left");
    assert!(
        matches!(other.press("f6").1, Some(Job::Sweep(sweep)) if sweep.target.cell.as_ref().unwrap().to.start + 1 == cursor)
    );
    let mut cls = Explorer::on(SENTENCE, None).keys(ON_A_WORD).keys("f6 f2 c");
    assert!(matches!(cls.press("f6").1, Some(Job::Sweep(sweep)) if sweep.target.token.is_none()));
}

#[test]
fn the_line_of_ablations_is_about_the_token_and_the_cell_too() {
    let said = |explorer: &Explorer| {
        let frame = explorer.frame(WIDE);
        let row = line_of(frame.buffer(), "ablated:").unwrap();
        row_text(frame.buffer(), row)
    };
    let explorer = Explorer::on(SENTENCE, None).keys(ON_A_WORD).keys("-");
    assert!(said(&explorer).contains("“never” "), "{}", said(&explorer));
    assert!(!said(&explorer).contains(" → "));
    let explorer = explorer.keys("O O O O");
    assert_eq!(explorer.app.about, Affected::Cell);
    let found = said(&explorer);
    let ([from, to], _, [before, after]) = explorer.app.cell_effect().unwrap();
    let cell = format!("“{from}” → “{to}”, layer 4, head 2: {:.1} % → {:.1} %", before * 100.0, after * 100.0);
    assert!(found.contains(&cell), "{found} and not {cell}");
    assert!(!said(&Explorer::on(SENTENCE, None).keys("] -")).contains("“"), "[CLS] is cls");
}

#[test]
fn frames_about_a_cell_are_as_they_were() {
    assert_frames(
        "sweep-cell",
        &Explorer::on(SENTENCE, None).keys(ON_A_WORD).keys("f6 v v v v v down"),
        &[USUAL, WIDE],
    );
}
