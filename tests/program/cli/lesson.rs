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
                // It has no head for next sentence prediction, and does not know two thirds of the Chinese sentences.
                let lacking = usize::from(name == "what-cls-is-for" || name == "reading-chinese");
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
    assert!(said.contains("Your prediction “does not hold” is right."), "{said}");
    assert!(said.contains("You predicted “holds”."), "{said}");
    assert!(said.ends_with("1 of 2 predictions right\n"), "{said}");
    // Nothing typed at all: it goes on without.
    let said = told(&mut clscope(&["lesson", "two-outputs"]), "");
    assert!(said.contains("What came out") && !said.contains("predictions right"), "{said}");
}

/// What only those say who know how clscope reads.
const SERDE: [&str; 10] =
    ["invalid", "expected", "sequence", "nonzero", "usize", "f64", "struct", "field", "variant", "a map"];

#[test]
fn a_lesson_comes_through_a_pipe_too_and_whole_or_not_at_all() {
    let lesson = "title = \"Piped\"\n[[steps]]\ntext = \"x\"\nsentence = \"A cat.\"\n";
    assert!(told(&mut clscope(&["lesson", "/dev/stdin", "--model", TINY]), lesson).starts_with("Piped"));
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    // Cut off, it would be another lesson.
    std::fs::write(file("large.toml"), format!("{lesson}{}\n[[steps]]\n", "#\n".repeat(1 << 19))).unwrap();
    std::fs::write(file("utf16.toml"), [0xff, 0xfe, 0x41, 0]).unwrap();
    for (name, why) in [("", "it is a directory"), ("large.toml", "larger than 1 MiB"), ("utf16.toml", "not UTF-8")] {
        let line = one_line(&run(&mut clscope(&["lesson", &file(name)])), 1);
        assert!(line.contains(why), "{line}");
    }
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
        ("at_least = 3", "at_least = \"3\"", ":6:", "must be a number such as 0.5, not \"3\""),
        (", at_least = 3", "", ":6:", "at_least or at_most"),
        ("\"tokens\"", "\"accuracy\", vector = \"cls\", labels = \"mood\"", ":6:", "feeling, topic"),
        (
            "\"tokens\"",
            "\"probability\", vector = \"cls\", labels = \"feeling\", label = \"good\"",
            ":6:",
            "positive, negative",
        ),
        ("\"tokens\"", "\"tokens\", layer = 1", ":6:", "takes no layer; it takes: nothing"),
        ("\"tokens\"", "\"own-share\"", ":6:", "lacks measure (write one of: weight, "),
        (
            "\"tokens\"",
            "\"probability\", vector = \"cls\", label = \"positive\"",
            ":6:",
            "probability lacks labels (write one of: feeling, topic)",
        ),
        (
            "\"tokens\"",
            "\"probability\", vector = \"cls\", labels = \"feeling\"",
            ":6:",
            "probability lacks label (write one of: positive, negative)",
        ),
        ("\"tokens\"", "\"accuracy\", labels = \"topic\"", ":6:", "lacks vector (write one of: declared, "),
        ("\"tokens\"", "\"mixing-ratio\", from = \"[CLS]\"", ":6:", "lacks layer (layer is a number from 1"),
        ("\"tokens\"", "\"mixing-ratio\", layer = 1", ":6:", "mixing-ratio lacks from; it takes: layer, from"),
        ("\"tokens\"", "\"own-share\", measure = \"altj\"", ":6:", "alti"),
        ("\"tokens\"", "\"mixing-ratio\", from = \"[CLS]\", layer = \"first\"", ":6:", "\"last\""),
        ("claim = \"c\"", "claim = { fr = \"c\" }", ":5:", "en, zh"),
        ("claim = \"c\"\n", "", ":2:", "need a claim"),
        ("sentence = \"A cat.\"\n", "", ":2:", "has no sentence"),
        ("title", "titel", ":1:", "title"),
        ("claim = \"c\"", "claim = \"c\"\nanswers = [{ text = \"a\", verdict = \"holds\" }]", ":2:", "2 to 4"),
        ("claim = \"c\"", "claim = \"c\"\nanswers = [{ text = \"a\" }]", ":6:", "from and below"),
        ("at_least = 3", "at_least = 3, at_most = 2", ":6:", "greater"),
        ("at_least = 3", "at_least = nan", ":6:", "a number"),
        ("\"tokens\"", "\"share\", layer = 1.5", ":6:", "a number from 1"),
        ("\"tokens\"", "\"share\", layer = 0", ":6:", "a number from 1"),
        ("\"tokens\"", "\"share\", head = 0", ":6:", "must be a whole number from 1, not 0"),
        ("\"tokens\"", "\"cosine\", vector = \"mean@x\", other = \"cls\"", ":6:", "mean@3"),
        ("\"tokens\"", "\"head-largest\", statistic = \"to me\"", ":6:", "statistic"),
        ("\"tokens\"", "\"tokens\", colour = 1", ":6:", "at_most"),
        ("quantity = \"tokens\", ", "", ":6:", "quantity is missing"),
        ("sentence = \"A cat.\"", "sentence = \" \"", ":2:", "has no sentence"),
        ("sentence = \"A cat.\"", "sentence = \"A cat.\"\nview = \"maps\"", ":5:", "layers"),
        ("sentence = \"A cat.\"", "sentence = \"A cat.\"\nmeasure = \"wait\"", ":5:", "alti"),
        ("sentence = \"A cat.\"", "sentence = \"A cat.\"\noff = [\"6\"]", ":5:", "6.12"),
        ("sentence = \"A cat.\"", "sentence = \"A cat.\"\nhead = 0", ":5:", "must be a whole number from 1, not 0"),
        ("sentence = \"A cat.\"", "sentance = \"A cat.\"", ":4:", "sentence"),
        ("sentence = \"A cat.\"", "sentence = A cat.", ":4:", "text stands in quotation marks"),
        ("sentence = \"A cat.\"", "sentence = \"A cat.", ":4:", "text stands in quotation marks"),
        ("sentence = \"A cat.\"", "sentence = \"A cat.\"\noff = [\"6.1\"", ":6:", "a list is [1, 2]"),
        ("sentence = \"A cat.\"", "sentence = 3", ":4:", "must be a text in quotation marks"),
        ("sentence = \"A cat.\"", "sentence = [\"A cat.\"]", ":4:", "not a list"),
        ("sentence = \"A cat.\"", "sentence", ":4:", "an entry is name = value"),
        ("sentence = \"A cat.\"", "sentence = \"A cat.\"\nlayer = 99999999999999999999", ":5:", "too large"),
        ("[[steps]]", "[[steps]", ":2:", "[[name]]"),
        ("at_least = 3", "at_least = 03", ":6:", "numbers are 3"),
        ("[{ quantity", "[[{ quantity", ":6:", "a list is [1, 2]"),
        ("tests = [{ quantity = \"tokens\", at_least = 3 }]", "tests = \"tokens\"", ":6:", "must be a list, [...]"),
        ("[{ quantity = \"tokens\", at_least = 3 }]", "[3]", ":6:", "must be a table"),
        ("title = \"T\"", "title = {}", ":1:", "must be a text, or a table of texts"),
        ("text = \"x\"\n", "", ":2:", "text is missing"),
        ("text = \"x\"", "text = \"x\"\ntext = \"y\"", ":4:", "text"),
        ("[[steps]]", "[steps]", ":2:", "must be a list, [...], not a table"),
        (
            "claim = \"c\"\ntests = [{ quantity = \"tokens\", at_least = 3 }]\n",
            "fails = \"f\"\n",
            ":2:",
            "need a claim",
        ),
        ("title = \"T\"", "title = 3", ":1:", "en ="),
        ("claim = \"c\"", "claim = \"c\"\nanswers = [{ text = \"a\", verdict = \"hold\" }]", ":6:", "holds, fails"),
        ("claim = \"c\"", "claim = \"c\"\nanswers = [{ text = \"a\", from = 2, below = 1 }]", ":6:", "the smaller"),
        ("claim = \"c\"", "claim = \"c\"\nanswers = [{ text = \"a\", below = nan }]", ":6:", "numbers"),
    ];
    for (from, to, line, says) in cases {
        let said = refused(&right.replacen(from, to, 1));
        assert!(said.starts_with(path) && said.contains(line) && said.contains(says), "{to}: {said}");
        assert!(!SERDE.iter().any(|phrase| said.contains(phrase)), "{to}: {said}");
    }
    // A session is the same file; without a lesson, or without a text, each says what opens it.
    let session = "text = \"A dog.\"\nnotes = \"Look.\"\n";
    let said = refused(session);
    assert!(said.contains("[[steps]] are missing") && said.contains("clscope open"), "{said}");
    let said = one_line(&run(&mut clscope(&["open", path.replace("mine", "other").as_str()])), 1);
    assert!(said.contains("cannot be read"), "{said}");
    std::fs::write(&file, right).unwrap();
    let said = one_line(&run(&mut clscope(&["open", path])), 1);
    assert!(said.contains(":2:") && said.contains("clscope lesson"), "{said}");
    let both = right
        .replace("sentence = \"A cat.\"\n", "")
        .replace("[[steps]]", "text = \"A dog.\"\nnotes = \"N\"\n[[steps]]");
    std::fs::write(&file, &both).unwrap();
    let said = told(&mut clscope(&["lesson", path]), "1\n");
    assert!(said.contains("Sentence: A dog.") && said.contains("tokens: 5"), "{said}");
    assert!(refused(&both.replace("notes", "nots")).contains(":3:"));
    std::fs::write(&file, right).unwrap();
    let said = told(&mut clscope(&["lesson", path]), "1\n");
    assert!(said.contains("tokens: 5 (claim: ≥ 3)") && said.contains("is right"), "{said}");
    let said = one_line(&run(&mut clscope(&["lesson", "nothing"])), 1);
    assert!(said.contains("why-cls, weight-is-not-contribution"), "{said}");
}
