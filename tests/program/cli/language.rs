//! The language of what is said: what is asked for, what the settings say, what the environment says.

use crate::program::{TINY, clscope, one_line, run};

/// Why a similarity of one sentence is refused.
fn said(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let arguments = [arguments, &["similarity", "one"]].concat();
    one_line(&run(clscope(&arguments).envs(environment.iter().copied())), 2)
}

#[test]
fn the_option_wins_over_the_settings_and_these_over_the_environment() {
    let (english, chinese) = ("similarity needs two", "similarity 需要两个");
    let folder = tempfile::tempdir().unwrap();
    let settings = |language: &str| {
        let file = folder.path().join(language);
        std::fs::write(&file, format!("language = {language:?}\n")).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let (to_english, to_chinese) = (settings("en"), settings("zh"));
    let zh = [("LANG", "zh_CN.UTF-8")];
    assert!(said(&[], &[]).starts_with(english));
    assert!(said(&[], &zh).starts_with(chinese));
    assert!(said(&["--lang", "en"], &zh).starts_with(english));
    assert!(said(&["--lang=zh"], &[]).starts_with(chinese));
    assert!(said(&["--config", &to_english], &zh).starts_with(english));
    assert!(said(&["--config", &to_chinese], &[]).starts_with(chinese));
    assert!(said(&["--config", &to_chinese, "--lang", "en"], &zh).starts_with(english));
    assert!(said(&["--config", &to_chinese, "--lang", "auto"], &[]).starts_with(english), "auto is the environment");
}

#[test]
fn what_is_wrong_with_an_argument_is_said_in_the_language_too() {
    let ended = run(&mut clscope(&["--lang", "zh", "attention", "a", "--layer", "x"]));
    assert!(ended.status == Some(2) && ended.stderr.contains("请写从 1 开始的数"), "{}", ended.stderr);
    let ended = run(&mut clscope(&["--lang", "xx", "attention", "a"]));
    assert!(ended.status == Some(2) && ended.stderr.contains("one of: auto, en, zh"), "{}", ended.stderr);
}

#[test]
fn a_page_is_about_something_in_its_language() {
    let page = |language: &str, view: &str| {
        let arguments = ["--lang", language, "attention", "a cat", "--pair", "b", "--model", TINY, "--format", "html"];
        let ended = run(&mut clscope(&[&arguments[..], &["--view", view]].concat()));
        assert_eq!(ended.status, Some(0), "{}", ended.stderr);
        String::from_utf8(ended.stdout).unwrap()
    };
    let names = |page: &str| -> Vec<String> {
        page.split("<dt>").skip(1).filter_map(|part| Some(part.split_once("</dt>")?.0.to_owned())).collect()
    };
    for view in ["layers", "all"] {
        let chinese = names(&page("zh", view));
        assert!(
            chinese.len() > 3 && chinese.iter().all(|name| !name.is_ascii() || name == "logit"),
            "{view}: {chinese:?}"
        );
        assert!(names(&page("en", view)).iter().all(|name| name.is_ascii()), "{view}");
    }
    let chinese = page("zh", "layers");
    assert!(chinese.contains("<dd dir=\"auto\">子词</dd>") && !chinese.contains("<dd dir=\"auto\">pieces</dd>"));
}
