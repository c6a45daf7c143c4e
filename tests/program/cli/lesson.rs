//! Lessons as lines: every one in both languages, on the embedded model and on a random one; files that are wrong.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use crate::program::{TINY, clscope, one_line, run};

/// What a lesson says to these answers, a line each.
fn told(command: &mut Command, answers: &str) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It may end before it has read them all.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && !stderr.contains("panicked"), "{command:?}\n{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// The names in the list of lessons.
fn names() -> Vec<String> {
    let list = told(&mut clscope(&["lesson"]), "");
    list.lines().skip(2).map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn every_lesson_is_walked_in_both_languages_on_two_models() {
    let names = names();
    assert_eq!(names.len(), 7, "{names:?}");
    let mut verdicts = Vec::new();
    for name in &names {
        for (language, claim, verdict, predicted, end) in [
            ("en", "Claim: ", "Verdict on this model: ", "rediction “|You predicted “", "What came out"),
            ("zh", "说法：", "对这个模型的结论：", "你的预测", "结果"),
        ] {
            for model in ["embedded", TINY] {
                let said =
                    told(&mut clscope(&["lesson", name, "--lang", language, "--model", model]), &"1\n".repeat(20));
                let count = |start: &str| said.lines().filter(|line| line.starts_with(start)).count();
                let claims = count(claim);
                let judged = count(verdict);
                let none = count("No verdict") + count("没有结论");
                let told: usize = predicted.split('|').map(|it| said.matches(it).count()).sum();
                assert!(claims > 2 && judged + none == claims, "{name} {language} {model}\n{said}");
                // It has no head for next sentence prediction.
                let lacking = usize::from(name == "what-cls-is-for");
                assert!(model != "embedded" || none == lacking, "{name} {language}\n{said}");
                assert!(told >= judged, "{name} {language} {model}\n{said}");
                assert!(said.lines().any(|line| line == end), "{said}");
                verdicts
                    .push(said.lines().filter(|line| line.starts_with(verdict)).map(str::to_owned).collect::<Vec<_>>());
            }
        }
    }
    // They are computed: another model gives others, another language the same.
    let differ = verdicts.chunks(4).filter(|each| each[0] != each[1]).count();
    assert!(differ > 2, "{verdicts:#?}");
}

#[test]
fn a_prediction_is_judged_and_what_is_no_answer_is_asked_for_again() {
    let said = told(&mut clscope(&["lesson", "two-outputs"]), "9\nx\n2\n\n1\n");
    assert_eq!(said.matches("type a number from 1 to 2").count(), 2, "{said}");
    assert!(said.contains("Your prediction “does not hold here” is right."), "{said}");
    assert!(said.contains("You predicted “holds here”."), "{said}");
    assert!(said.ends_with("1 of 2 predictions right\n"), "{said}");
    // Nothing typed at all: it goes on without.
    let said = told(&mut clscope(&["lesson", "two-outputs"]), "");
    assert!(said.contains("What came out") && !said.contains("predictions right"), "{said}");
}

#[test]
fn a_lesson_that_is_wrong_is_refused_with_its_line_and_the_valid_words() {
    let folder = tempfile::tempdir().unwrap();
    let right = "title = \"T\"\n[[steps]]\ntext = \"x\"\nsentence = \"A cat.\"\nclaim = \"c\"\n\
                 tests = [{ quantity = \"tokens\", at_least = 3 }]\n";
    let file = folder.path().join("mine.toml");
    let path = file.to_str().unwrap();
    let refused = |text: &str| {
        std::fs::write(&file, text).unwrap();
        one_line(&run(&mut clscope(&["lesson", path])), 1)
    };
    let cases = [
        ("tokens", "tokns", ":6:", "own-share, words-largest"),
        ("at_least = 3", "at_least = \"3\"", ":6:", "expected"),
        (", at_least = 3", "", ":6:", "at_least or at_most"),
        ("\"tokens\"", "\"accuracy\", vector = \"cls\", labels = \"mood\"", ":6:", "feeling, topic"),
        (
            "\"tokens\"",
            "\"probability\", vector = \"cls\", labels = \"feeling\", label = \"good\"",
            ":6:",
            "positive, negative",
        ),
        ("\"tokens\"", "\"tokens\", layer = 1", ":6:", "takes no layer"),
        ("\"tokens\"", "\"own-share\"", ":6:", "lacks measure"),
        ("\"tokens\"", "\"own-share\", measure = \"altj\"", ":6:", "alti"),
        ("\"tokens\"", "\"mixing-ratio\", from = \"[CLS]\", layer = \"first\"", ":6:", "\"last\""),
        ("claim = \"c\"", "claim = { fr = \"c\" }", ":5:", "en, zh"),
        ("claim = \"c\"\n", "", ":2:", "need a claim"),
        ("sentence = \"A cat.\"\n", "", ":1:", "has no sentence"),
        ("title", "titel", ":1:", "title"),
        ("claim = \"c\"", "claim = \"c\"\nanswers = [{ text = \"a\", verdict = \"holds\" }]", ":2:", "2 to 4"),
        ("claim = \"c\"", "claim = \"c\"\nanswers = [{ text = \"a\" }]", ":6:", "from and below"),
    ];
    for (from, to, line, says) in cases {
        let said = refused(&right.replacen(from, to, 1));
        assert!(said.starts_with(path) && said.contains(line) && said.contains(says), "{to}: {said}");
    }
    std::fs::write(&file, right).unwrap();
    let said = told(&mut clscope(&["lesson", path]), "1\n");
    assert!(said.contains("tokens: 5 (claim: ≥ 3)") && said.contains("is right"), "{said}");
    let said = one_line(&run(&mut clscope(&["lesson", "nothing"])), 1);
    assert!(said.contains("why-cls, weight-is-not-contribution"), "{said}");
}
