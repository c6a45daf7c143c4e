//! The sessions that are kept of each run.

use std::{fs, thread::sleep, time::Duration};

use clscope::{
    app::Session,
    bert::Input,
    session::{self, KeptSessions},
};

use crate::explorer::Explorer;

#[test]
fn the_newest_ten_sessions_are_kept() {
    let state = tempfile::tempdir().unwrap();
    let folder = state.path().join("sessions");
    let session = |text: &str| Session { input: Input::single(text), ..Explorer::on("A cat sat.", None).app.session() };
    let texts = |kept: &KeptSessions| -> Vec<String> {
        kept.others().iter().map(|other| session::read(&other.path).unwrap().input.text).collect()
    };
    // Written by a clscope that kept one only; the oldest of all.
    fs::write(state.path().join("session.toml"), "text = \"of before\"").unwrap();
    let runs: Vec<KeptSessions> = (0..12)
        .map(|number| {
            sleep(Duration::from_millis(20));
            let kept = KeptSessions::new(folder.clone());
            kept.keep(&session(&format!("quick look {number}"))).unwrap();
            // Kept again while it runs, and beside another.
            kept.keep(&session(&format!("look {number}"))).unwrap();
            kept
        })
        .collect();
    let [.., before, last] = &runs[..] else { panic!() };
    let newest: Vec<String> = (2..12).rev().map(|number| format!("look {number}")).collect();
    assert_eq!(texts(last), newest[1..], "without its own");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), KeptSessions::MOST, "nothing is left beside them");
    assert_eq!(last.last().unwrap(), session("look 10"));

    // One that is gone back to, and left as it was, is not there twice.
    last.keep(&session("look 4")).unwrap();
    assert_eq!(texts(last).iter().filter(|text| *text == "look 4").count(), 0);
    assert_eq!(texts(before)[0], "look 4", "two that run at once do not write to one file");

    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    assert!(last.keep(&session("a")).unwrap_err().to_string().starts_with("cannot write "));
}

#[test]
fn a_session_of_the_file_of_before_is_gone_back_to() {
    let state = tempfile::tempdir().unwrap();
    fs::write(state.path().join("session.toml"), "text = \"of before\"").unwrap();
    let kept = KeptSessions::new(state.path().join("sessions"));
    assert_eq!(kept.last().unwrap().input.text, "of before");
    assert_eq!(kept.others()[0].age(), "just now");
}
