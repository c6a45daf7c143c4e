//! Every screen in Chinese: no English left over, nothing cut off that is whole in English, columns in their places.

use std::collections::BTreeSet;

use clscope::{
    app::{App, Example},
    bert::Input,
    config::{self, LanguageChoice},
    lesson::Lesson,
};

use clscope::{
    analysis::Measure,
    messages::{Language, speaking},
};

use unicode_width::UnicodeWidthStr;

use super::{
    Explorer, LONG, SECOND, SENTENCE, SMALL, USUAL, assert_frames,
    listing::{row_text, screen_lines},
    screens,
};

/// The words of Latin letters in a text.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|character: char| !character.is_ascii_alphabetic());
    words.filter(|word| word.len() > 2).map(str::to_lowercase).collect()
}

/// The texts of a catalogue, without comments and ids.
fn texts(language: Language) -> String {
    let lines = language.source().lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(" = ").map_or(line, |(_, text)| text)).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_english_is_left_over() {
    // Names that are typed: of measures, outputs and models.
    let measures: Vec<&str> = Measure::ALL.iter().map(|measure| measure.id()).collect();
    let names =
        words(&[&texts(Language::Chinese), &measures.join(" "), "sequence chinese very-long-name-that"].join(" "));
    let english: BTreeSet<String> = words(&texts(Language::English)).difference(&names).cloned().collect();
    let steps = Lesson::built_in().unwrap().into_iter().flat_map(|lesson| lesson.steps);
    let sentences: Vec<String> = steps.map(|step| step.input.text).collect();
    let typed = words(&[SENTENCE, SECOND, LONG, "home", &sentences.join(" ")].join(" "));
    let mut faults = Vec::new();
    speaking(Language::Chinese, || {
        for (name, explorer) in screens() {
            // What went wrong, and what a model is, come in words of the test's.
            if ["failed", "error", "model-error", "models-found"].contains(&name) {
                continue;
            }
            let frame = explorer.frame(USUAL);
            for y in 0..USUAL.1 {
                let line = row_text(frame.buffer(), y);
                let left: Vec<_> =
                    words(&line).into_iter().filter(|it| english.contains(it) && !typed.contains(it)).collect();
                if !left.is_empty() {
                    faults.push(format!("{name}, line {y}: {left:?} in {line:?}"));
                }
            }
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_is_cut_off_that_is_whole_in_english() {
    let cut = |language| {
        speaking(language, || {
            let frames = |(name, explorer): (_, Explorer)| {
                [SMALL, USUAL].map(|size| (name, size, screen_lines(&explorer, size).join("\n")))
            };
            screens().into_iter().flat_map(frames).collect::<Vec<_>>()
        })
    };
    let mut faults = Vec::new();
    for ((name, size, chinese), (.., english)) in cut(Language::Chinese).into_iter().zip(cut(Language::English)) {
        if chinese.matches('…').count() > english.matches('…').count() {
            faults.push(format!("{name} {size:?}\n{chinese}\n{english}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn frames_in_chinese_are_as_they_were() {
    speaking(Language::Chinese, || {
        for (name, explorer) in screens() {
            if ["attention", "heads", "matrix", "pooling-pair", "help", "models", "empty", "truncated"].contains(&name)
            {
                assert_frames(&format!("zh-{name}"), &explorer, &[USUAL]);
            }
        }
    });
}

#[test]
fn every_example_has_its_question_above_the_view() {
    let config = config::parse("", "", &clscope::app::key_contexts()).unwrap();
    for (language, count) in [(Language::English, 5), (Language::Chinese, 7)] {
        speaking(language, || {
            let readers = |it: &&config::ExampleSetting| {
                it.language.and_then(LanguageChoice::language).is_none_or(|its| its == language)
            };
            let examples: Vec<_> = config.options.examples.iter().filter(readers).collect();
            assert_eq!(examples.len(), count, "{language:?}");
            let all = config.options.examples.iter().map(|it| Example {
                input: Input { text: it.text.clone(), pair: it.pair.clone() },
                question: it.question.clone(),
                language: it.language.and_then(LanguageChoice::language),
            });
            let mut explorer = Explorer::on("", None);
            let model = explorer.app.model.clone();
            explorer.app = App::new(Input::default(), all);
            explorer.app.model = model;
            explorer = explorer.keys("esc");
            for example in &examples {
                explorer = explorer.keys("e");
                assert_eq!(explorer.app.sentence.value(), example.text);
                let question = example.question.as_ref().and_then(|it| it.of(language)).expect(&example.text);
                assert!(question.width() <= 78, "{question}");
                assert!(row_text(explorer.frame(USUAL).buffer(), 3).contains(question), "{question}");
            }
            explorer = explorer.keys("e");
            assert_eq!(explorer.app.sentence.value(), examples[0].text, "after the last the first");
            let question = examples[0].question.as_ref().unwrap().text();
            explorer = explorer.keys("i x esc");
            assert!(!row_text(explorer.frame(USUAL).buffer(), 3).contains(question), "of another text");
        });
    }
}
