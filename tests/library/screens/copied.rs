//! What the explorer copies: the number under the cursor of every view, and what it says of it.

use super::{sweep::sweep_of, *};

/// The number that is copied, and what it is.
fn copied(explorer: &mut Explorer) -> (f32, String) {
    match explorer.press("y").0 {
        LoopRequest::Copy { number, of } => (number.parse().unwrap(), of),
        wish => panic!("{wish:?} {:?}", explorer.app.notice),
    }
}

/// Why nothing is copied.
fn refused(explorer: &mut Explorer) -> String {
    assert_eq!(explorer.press("y").0, LoopRequest::None);
    let notice = explorer.app.notice.clone().expect("it says why");
    assert!(notice.is_error);
    notice.text
}

#[test]
fn a_weight_is_copied_with_its_place() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("G ] right right");
    let weight = explorer.app.reading().unwrap().trace.attention(5, 0, 0)[2];
    assert_eq!(copied(&mut explorer), (weight, "layer 6, head 1: [CLS] → unhap".to_owned()));
    let mut explorer = explorer.keys("d");
    let weight = explorer.app.reading().unwrap().trace.attention(5, 0, 2)[0];
    assert_eq!(copied(&mut explorer), (weight, "layer 6, head 1: unhap → [CLS]".to_owned()));
    let mut explorer = explorer.keys("f4 down");
    let weight = explorer.app.reading().unwrap().trace.attention(5, 0, 1)[2];
    assert_eq!(copied(&mut explorer), (weight, "layer 6, head 1: the → unhap".to_owned()));
    let mut explorer = explorer.keys("+ ] ] + a");
    assert_eq!(copied(&mut explorer).1, "layer 6, mean of heads 1 3: the → unhap");
}

#[test]
fn a_heads_number_is_copied_where_a_head_is_chosen() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f3");
    assert!(refused(&mut explorer).contains("choose a head first"));
    let mut explorer = explorer.keys("down right v");
    let reading = explorer.app.reading().unwrap();
    let share = reading.heads(explorer.app.attention.options.measure).value(1, 0, Statistic::ToSeparator);
    assert_eq!(copied(&mut explorer), (share, "layer 2, head 1: to [SEP]".to_owned()));
}

#[test]
fn of_a_comparison_the_difference_is_copied_or_the_side_that_has_the_cell() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f5 ] p ] down right right");
    let trace = &explorer.app.reading().unwrap().trace;
    let difference = trace.attention(0, 1, 1)[2] - trace.attention(0, 0, 1)[2];
    assert_eq!(copied(&mut explorer), (difference, "shown minus baseline: the → unhap".to_owned()));

    // A word more than what is held has.
    let mut explorer =
        Explorer::on("it was tired", None).keys("p f5 i backspace backspace backspace backspace backspace");
    explorer = explorer.typing("very tired").keys("esc home right right right");
    let trace = &explorer.app.reading().unwrap().trace;
    assert_eq!(trace.tokens[3].text, "very");
    let mean = (0..trace.heads).map(|head| trace.attention(0, head, 0)[3]).sum::<f32>() / trace.heads as f32;
    let (number, of) = copied(&mut explorer);
    assert!((number - mean).abs() < 1e-6 && of == "shown: [CLS] → very", "{number} {mean} {of}");
    let frame = explorer.frame(WIDE);
    assert!(line_of(frame.buffer(), &format!("– → {:.2} %", number * 100.0)).is_some(), "as the line below says");
}

#[test]
fn of_a_sweep_the_cosine_is_copied_that_it_is_ordered_by() {
    use clscope::analysis::{Affected, SweepOrder};
    let mut explorer = Explorer::on(SENTENCE, None).keys("f6 down down");
    for (pooling, name) in [(Affected::Cls, "cls"), (Affected::Pooled, "pooled"), (Affected::Mean, "mean")] {
        assert_eq!(sweep_of(&explorer).order, SweepOrder::Loss(pooling));
        let part = sweep_of(&explorer).selected_part().unwrap();
        let cosine = part.effect().unwrap().value(pooling).unwrap();
        let (number, of) = copied(&mut explorer);
        assert_eq!(number, cosine);
        assert!(of.starts_with(&format!("cosine of {name} before and after, without layer ")), "{of}");
        let frame = explorer.frame(WIDE);
        let line = line_of(frame.buffer(), &format!("cosine {name} {cosine:.4}"));
        assert!(
            line.or_else(|| line_of(frame.buffer(), &format!(", {name} {cosine:.4}"))).is_some(),
            "as it says below"
        );
        explorer = explorer.keys("v");
    }
    // As they stand, it is the one the colours are of.
    let mut explorer = explorer.keys("w down");
    assert_eq!(copied(&mut explorer).1, "cosine of cls before and after, without the");
    // What is off all the while has no number.
    let mut explorer = explorer.keys("-");
    assert!(refused(&mut explorer).contains("no number"));
}

#[test]
fn the_view_of_the_poolings_says_where_a_number_can_be_chosen() {
    let mut explorer = Explorer::on(SENTENCE, Some(SECOND)).keys("f7");
    assert!(refused(&mut explorer).contains("table"));
    let mut explorer = explorer.keys("T");
    let cosine = explorer.app.readings.as_ref().unwrap().pair.as_ref().unwrap().similarity[0].1;
    assert_eq!(copied(&mut explorer), (cosine, "pooled · cosine".to_owned()));
}

#[test]
fn without_a_reading_there_is_nothing_to_copy() {
    for view in ["", "f3", "f4", "f5", "f6", "f7"] {
        let mut explorer = Explorer::on("", None).keys("esc").keys(view);
        refused(&mut explorer);
    }
}
