//! Marked tokens and heads, and tokens that are cut.

use super::*;

#[test]
fn frames_with_marks_and_cuts_are_as_they_were() {
    let on = |keys: &str| Explorer::on(SENTENCE, Some(SECOND)).keys(keys);
    let screens = [
        ("marked-tokens", on("right right , right , down down right right ,")),
        ("marked-heads", on("] + ] ] + a down right right")),
        ("token-hidden", on("right right _ down")),
        ("token-masked", on("w right right _ _ down")),
        ("marked-and-cut", on("right right , right right right _ ] + ] ] + x z down down")),
        ("marked-and-cut-matrix", on("right right , right right right _ ] + ] ] + x f4 down down")),
    ];
    for (name, explorer) in &screens {
        assert_frames(name, explorer, &[USUAL]);
    }
}

#[test]
fn marks_are_set_and_unset_and_follow_the_words() {
    let marked = |keys: &str| {
        let explorer = Explorer::on(SENTENCE, Some(SECOND)).keys(keys);
        explorer.app.attention.marked.iter().copied().collect::<Vec<_>>()
    };
    assert_eq!(marked("right right , right ,"), [2, 3]);
    assert!(marked("right right , ,").is_empty());
    assert!(marked("right right , right , ;").is_empty());
    // Of a word, its first piece; unmarked as a whole.
    assert_eq!(marked("w right right ,"), [2]);
    assert!(marked("right right , right , w ,").is_empty());
    assert_eq!(marked("right , f4 right , f5 right ,"), [1, 2, 3], "the same in every view");
    // In words, both pieces are one that is marked.
    let explorer = Explorer::on(SENTENCE, None).keys("right right , right , w");
    assert_eq!(explorer.app.attention.shown.as_ref().unwrap().marked.len(), 1);
    // What is hidden is not summed, and is again when it is shown.
    let explorer = Explorer::on(SENTENCE, None).keys(", z");
    assert!(explorer.app.attention.shown.as_ref().unwrap().marked.is_empty());
    assert_eq!(explorer.keys("z z").app.attention.shown.as_ref().unwrap().marked, [0]);
}

#[test]
fn tokens_are_cut_in_two_steps_and_the_cuts_undone() {
    use clscope::study::Ablation;
    let fate = |keys: &str| Explorer::on(SENTENCE, Some(SECOND)).keys(keys).app.ablation_of(2);
    assert_eq!(
        ["right right _", "right right _ _", "right right _ _ _"].map(fate),
        [Some(Ablation::Mask), Some(Ablation::Replace), None]
    );
    assert_eq!(
        ["right right _ _ u", "right right _ u", "right right _ _ _ u"].map(fate),
        [Some(Ablation::Mask), None, Some(Ablation::Replace)]
    );
    // The same token where A is read alone, and not the one in its place in B.
    assert_eq!(["right right _ r", "right right _ r r"].map(fate), [Some(Ablation::Mask), None]);
}
