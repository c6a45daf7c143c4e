//! What the worker reports.

use super::*;

#[test]
fn requests_are_numbered_and_carry_the_text() {
    let mut explorer = Explorer::on("", None);
    let numbers: Vec<u64> = ["a", "b", "backspace"]
        .map(|key| match explorer.press(key).1 {
            Some(Job::Read(request)) => {
                assert_eq!(request.input, explorer.app.input());
                request.number
            }
            other => panic!("{key} changed the text: {other:?}"),
        })
        .to_vec();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    assert!(explorer.app.is_reading());
    assert_eq!(explorer.press("left").1, None, "nothing to read again");
    let pair = |text: &str| Explorer::on("a", Some(text)).app.input().pair;
    assert_eq!([pair(" "), pair("b ")], [None, Some("b ".to_owned())]);
}

#[test]
fn nothing_is_read_before_the_model_is_ready_and_then_what_stands_there() {
    let mut explorer = Explorer::loading("", None);
    assert_eq!(explorer.press("a"), (LoopRequest::None, None));
    assert!(!explorer.app.is_reading());
    let job =
        explorer.app.on_report(Report::Model { number: 1, result: Ok(("stand-in".to_owned(), StandIn::USUAL.info())) });
    let Some(Job::Read(request)) = &job else { panic!("{job:?}") };
    assert_eq!(request.input, Input::single("a"));
    explorer.answer(job);
    assert!(explorer.app.readings.is_some() && !explorer.app.is_reading());

    let mut failed = failed();
    assert!(failed.app.model.is_none() && failed.app.model_error.is_some());
    assert_eq!(failed.press("e").1, None);
}

#[test]
fn the_model_in_use_stays_until_the_new_one_is_there() {
    let mut explorer = downloading(Explorer::on(SENTENCE, None));
    let shown = |explorer: &Explorer| explorer.app.model.as_ref().unwrap().name.clone();
    assert_eq!(shown(&explorer), "stand-in");
    for key in ["]", "x", "b"] {
        assert_eq!(explorer.press(key).1, None, "keys act on what is there");
    }
    let Some(before) = explorer.press("z").1 else { panic!("typing is read by the model in use") };

    let remark = Remark::UnknownTokenizerClass { class: "CorporateTokenizer".to_owned() };
    let info = ModelInfo { name: "other".to_owned(), remarks: vec![remark.clone()], ..StandIn::USUAL.info() };
    let job = explorer
        .app
        .on_report(Report::Model { number: 2, result: Ok(("google-bert/bert-base-uncased".to_owned(), info)) });
    assert!(matches!(job, Some(Job::Read(_))), "what stands there is read again");
    assert_eq!(explorer.app.notice.take().map(|notice| notice.text), Some(remark.to_string()));
    assert!(explorer.app.is_reading() && explorer.app.opening.is_none());
    assert_eq!(explorer.app.picker.current.as_deref(), Some("google-bert/bert-base-uncased"));
    // What the model before was still reading must not be shown under the new name.
    let Job::Read(late) = before else { panic!("{before:?}") };
    let result = Err("from the model before".to_owned());
    explorer.app.on_report(Report::Readings { number: late.number, result });
    assert_eq!(explorer.app.error, None);
    // Nor may its readings stay if the new model cannot read.
    let Some(Job::Read(request)) = job else { unreachable!() };
    let result = Err("no".to_owned());
    explorer.app.on_report(Report::Readings { number: request.number, result });
    assert!(explorer.app.readings.is_none());
}

#[test]
fn a_download_is_cancelled_and_its_end_ignored() {
    let mut explorer = downloading(Explorer::on(SENTENCE, None));
    assert_eq!(explorer.press("esc").1, Some(Job::CancelOpening));
    assert!(explorer.app.opening.is_none());
    explorer.app.on_report(Report::Opening { number: 2, progress: Progress::default() });
    explorer.app.on_report(Report::Model { number: 2, result: Err("late".to_owned()) });
    assert!(explorer.app.opening.is_none());
    assert!(explorer.app.model_error.as_ref().unwrap().contains("cancelled; 189 MB are kept"));
    assert_eq!(explorer.press("esc").1, None, "there is nothing to cancel any more");
    assert_eq!(explorer.app.model_error, None);

    let mut failed = model_error();
    assert!(failed.app.model_error.is_some() && failed.app.readings.is_some());
    failed.press("esc");
    assert_eq!(failed.app.model_error, None);
}

#[test]
fn a_model_is_chosen_from_the_list_or_by_its_name() {
    let chosen = |keys: &str, typed: &str| {
        let mut explorer = Explorer::on(SENTENCE, None).keys(keys).typing(typed);
        let (_, job) = explorer.press("enter");
        assert!(!explorer.app.picker.is_open || job.is_none());
        match job {
            Some(Job::Open { name, number: 2 }) => name,
            job => panic!("{job:?}"),
        }
    };
    assert_eq!(chosen("m down down down down", ""), "google-bert/bert-base-uncased");
    assert_eq!(chosen("ctrl-o", "uncased"), "google-bert/bert-base-uncased");
    assert_eq!(chosen("m", "ada/qux"), "ada/qux");
    assert_eq!(chosen("m", "./here"), "./here");
    assert_eq!(chosen("m", "模型"), "/home/ada/模型/my own bert");
    assert!(!Explorer::on(SENTENCE, None).keys("m esc").app.picker.is_open);
    // What is on its way already is not begun anew.
    let mut twice = downloading(Explorer::on(SENTENCE, None)).keys("m").typing("base-uncased");
    assert_eq!(twice.press("enter").1, None);
    assert!(twice.app.opening.is_some() && !twice.app.picker.is_open);
}

#[test]
fn an_older_reading_is_shown_until_the_newer_one_comes() {
    let mut explorer = Explorer::on("", None);
    let [first, second] = ["a", "b"].map(|key| explorer.press(key).1.unwrap());
    let (first, second) = (explorer.report(first), explorer.report(second));
    explorer.app.on_report(first);
    assert!(explorer.app.is_reading() && explorer.app.readings.is_some());
    explorer.app.on_report(second);
    assert!(!explorer.app.is_reading());
    assert_eq!(explorer.app.reading().unwrap().trace.input, Input::single("ab"));
}

#[test]
fn what_was_read_before_the_field_was_emptied_does_not_come_back() {
    let mut explorer = Explorer::on("", None);
    let late = explorer.press("a").1.unwrap();
    let late = explorer.report(late);
    assert_eq!(explorer.press("backspace").1, None);
    assert!(explorer.app.readings.is_none() && !explorer.app.is_reading());
    explorer.app.on_report(late);
    assert!(explorer.app.readings.is_none());
}

#[test]
fn an_error_goes_when_a_reading_succeeds() {
    let explorer = error();
    assert!(explorer.app.error.is_some() && explorer.app.readings.is_some());
    let explorer = explorer.typing("y");
    assert!(explorer.app.error.is_none());
    let explorer = error().keys("ctrl-u");
    assert!(explorer.app.error.is_none() && explorer.app.readings.is_none());
}

#[test]
fn an_older_report_replaces_no_newer_reading() {
    let mut explorer = Explorer::on("", None);
    let [first, second] = ["a", "b"].map(|key| explorer.press(key).1.unwrap());
    let (first, second) = (explorer.report(first), explorer.report(second));
    explorer.app.on_report(second);
    explorer.app.on_report(first);
    assert_eq!(explorer.app.reading().unwrap().trace.input, Input::single("ab"));
}

#[test]
fn what_was_read_before_the_field_was_emptied_does_not_come_back_with_the_next_letter() {
    let mut explorer = Explorer::on("", None);
    let late = explorer.press("a").1.unwrap();
    let late = explorer.report(late);
    explorer.press("backspace");
    explorer.press("b");
    explorer.app.on_report(late);
    assert!(explorer.app.readings.is_none());
}
