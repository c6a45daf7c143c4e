//! Going back to where clscope was left: what is kept comes back, and no file brings the explorer down.

use std::fs;

use clscope::{
    analysis::{Granularity, HeadChoice, Pooling, Specials, Statistic},
    app::{Ablation, App, Focus, Job, ListOrder, LoopRequest, ReadingChoice, Report, Scale, Session},
    bert::Input,
    session::{self, KeptSessions},
};
use crossterm::event::KeyEvent;

use crate::{
    dice::Dice,
    explorer::{Explorer, keyboard},
    stand_in::StandIn,
};

const SENTENCE: &str = "The unhappy 猫 never naps at home 🙂.";
const SECOND: &str = "Is it awake? 是!";
const SIZE: (u16, u16) = (100, 30);

/// An explorer that has just been started on a session, its model still loading.
fn started_on(session: Session, model: StandIn) -> Explorer {
    let mut explorer = Explorer::loading_model(model, "", None);
    explorer.app = App::new(Input::default(), Vec::<Input>::new());
    assert_eq!(explorer.app.restore(Session { model: None, ..session }), []);
    explorer.app.open("stand-in");
    explorer
}

/// The same once its model is there and has read.
fn restored_with(session: Session, model: StandIn) -> Explorer {
    let mut explorer = started_on(session, model);
    opened(&mut explorer, 1);
    explorer
}

/// The model of this number is there; each job that follows is done.
fn opened(explorer: &mut Explorer, number: u64) {
    let result = Ok(("stand-in".to_owned(), explorer.model.info()));
    let job = explorer.app.on_report(Report::Model { number, result });
    explorer.answer(job);
}

fn through_a_file(session: &Session) -> Session {
    let text = session::text(session).unwrap();
    session::parse("file", &text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// An explorer with something in every part of its state.
fn busy() -> Explorer {
    Explorer::on(SENTENCE, Some(SECOND)).keys("G ] ] right right right s right - f4 , z t right").keys("_ right _ _")
}

#[test]
fn whatever_was_pressed_comes_back_through_a_file() {
    let model = StandIn { layers: 3, heads: 2, hidden_size: 8, longest: 12, has_pooler: true, ..StandIn::USUAL };
    let keys: Vec<KeyEvent> = keyboard().collect();
    let texts = ["", SENTENCE, "a", "🙂 猫", "\"quotes\" and \\ and '''", "[MASK] x"];
    let mut dice = Dice::asked_for(1);
    for _ in 0..200 {
        let pair = Some(dice.pick(&texts)).filter(|text| !text.is_empty());
        let mut explorer = Explorer::with(model, dice.pick(&texts), pair);
        let mut pressed = Vec::new();
        for _ in 0..dice.below(60) {
            let key = dice.pick(&keys);
            pressed.push(key.code);
            let (_, job) = explorer.send(key);
            explorer.answer(job);
        }
        let left = explorer.app.session();
        assert_eq!(through_a_file(&left), left, "{pressed:?}");
        let back = restored_with(left.clone(), model);
        assert_eq!(back.app.session(), Session { model: Some("stand-in".to_owned()), ..left }, "{pressed:?}");
        assert_eq!(back.app.readings.is_some(), !back.app.is_empty());
        back.frame(SIZE);
    }
}

#[test]
fn a_file_is_made_for_people() {
    let text = session::text(&busy().app.session()).unwrap();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!("session-file", text);
    });
}

#[test]
fn the_list_of_sentences_comes_back() {
    let mut explorer = busy().keys("f8 [ ] ]");
    let job = explorer.app.paste("One, \"quoted\" and \\.\n第二句 🙂\n'''\nlast");
    explorer.answer(job);
    let left = explorer.keys("o w").app.session();
    assert_eq!((left.sentences.len(), left.view, left.order), (4, "sentences", ListOrder::Clustered));
    assert!(left.is_own_background);
    let text = session::text(&left).unwrap();
    assert!(text.contains("sentences = [\n"), "a line for each sentence: {text}");
    assert_eq!(through_a_file(&left), left);
    let back = restored_with(left.clone(), StandIn::USUAL);
    assert_eq!(back.app.session(), left);
    assert!(back.app.list.cosine(1, 0, 3).is_some(), "they are read again");
    // A list is enough to be kept, and a few words are all it takes.
    let by_hand = "text = ''\nview = 'map'\n[list]\nsentences = ['a', 'b']\nright = 'max'";
    let session = session::parse("file", by_hand).unwrap();
    assert_eq!((&session.sentences[..], session.view), (&["a".to_owned(), "b".to_owned()][..], "map"));
    assert_eq!(session.poolings, [Pooling::Cls, Pooling::Max]);
    let says = |text: &str| session::parse("file", text).unwrap_err().to_string();
    assert!(says("text = ''\n[list]\nleft = 'meen'").contains("one of: declared, pooled, cls, mean"));
    assert!(says("text = ''\n[list]\norder = 'none'").contains("write one of: given, clustered"));
}

#[test]
fn a_text_is_enough() {
    let session = session::parse("file", "text = \"The cat sat.\"").unwrap();
    let fresh = App::new(Input::single("The cat sat."), Vec::<Input>::new());
    assert_eq!(session, fresh.session());
    let explorer = restored_with(session, StandIn::USUAL);
    assert_eq!(explorer.app.reading().unwrap().trace.input, Input::single("The cat sat."));

    let by_hand =
        "text = 'a'\npair = 'b'\nlayer = 3\nhead = 'max'\ncut = ['3.2']\nspecials = 'renormalize'\nview = 'matrix'";
    let session = session::parse("file", by_hand).unwrap();
    assert_eq!((session.layer, session.options.heads, session.view), (2, HeadChoice::Max, "matrix"));
    assert_eq!((session.options.specials, session.focus), (Specials::Renormalized, Focus::View));
    assert_eq!(session.ablations.heads, [(2, 1)].into());
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_what_would_be_right() {
    let refused = |line: &str, says: &str| {
        let text = format!("text = \"a\"\n{line}\n");
        let message = session::parse("some.toml", &text).unwrap_err().to_string();
        assert!(message.starts_with("some.toml:2: ") && message.contains(says), "{line}\n{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    };
    refused("view = \"laiers\"", "view: unknown word \"laiers\"; one of: layers, heads, matrix");
    refused("specials = \"gone\"", "write one of: show, hide, renormalize");
    refused("units = \"letters\"", "write one of: pieces, words");
    refused("measure = \"spread\"", "write one of: weight");
    refused("direction = 3", "direction: must be a text in quotation marks, \"...\", not 3");
    refused("head = 0", "must be a head's number from 1, \"mean\" or \"max\"");
    refused("layer = 0", "must be a whole number from 1");
    refused("token = -1", "token: must be a whole number from 0, not -1");
    refused("cut = [\"3\"]", "write LAYER.HEAD such as \"3.5\", both from 1");
    refused("cut = \"3.5\"", "cut: must be a list, [...], not \"3.5\"");
    refused("sorted = 1", "sorted: must be true or false, not 1");
    refused("typing = { text = 1 }", "typing: must be a text in quotation marks");
    refused("list = 3", "list: must be a table, { name = ... }, not 3");
    refused("cut_token = [{ bytes = [1], fate = \"hide\" }]", "must be a list of two, [..., ...]");
    refused("typing = \"yes\"", "typing: unknown word \"yes\"; one of: nothing, text, pair");
    refused("color = 3", "unknown entry \"color\"; one of: version, text, pair");
    refused("version = 2", "version 2 of the form of sessions; this clscope reads version 1 only");
    refused("version = \"1\"", "version: must be a whole number from 0, not \"1\"");
    refused("text = \"b\"", "duplicate key");
    refused("cut_token = [{ text = \"a\", fate = \"hide\" }]", "either bytes = [start, end]");
    refused("cut_token = [{ text = \"a\", fate = \"eat\", id = 1 }]", "unknown word \"eat\"; one of: hide, mask");
    let message = session::parse("some.toml", "layer = 2").unwrap_err().to_string();
    assert!(message.contains("text is missing; write text = ..."), "{message}");
}

#[test]
fn no_file_brings_it_down() {
    let whole = session::text(&busy().app.session()).unwrap().into_bytes();
    let mut dice = Dice::asked_for(2);
    let mut read = 0;
    for _ in 0..4000 {
        let mut bytes = whole.clone();
        for _ in 0..1 + dice.below(3) {
            let at = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes.truncate(at + 1),
                1 => drop(bytes.splice(at..at, *b"9999")),
                2 => bytes[at] = dice.below(256) as u8,
                _ => bytes[at] = dice.pick(b"0123456789"),
            }
        }
        let Ok(session) = session::parse("file", &String::from_utf8_lossy(&bytes)) else { continue };
        read += 1;
        let explorer = restored_with(session, StandIn::USUAL);
        explorer.frame(SIZE);
        through_a_file(&explorer.app.session());
    }
    assert!(read > 100, "only {read} could be read");
}

#[test]
fn a_file_that_is_no_session_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        session::read(&file).unwrap_err().to_string()
    };
    assert!(refused("binary", &[0xff; 9]).contains("cannot be read: it is not UTF-8 text; a session file is"));
    assert!(refused("huge", &vec![b'#'; (16 << 20) + 1]).ends_with("larger than 16 MiB; is this a session file?"));
    assert!(session::read(folder.path()).unwrap_err().to_string().contains("cannot be read"));
    let none = KeptSessions::new(folder.path().join("none")).last().unwrap_err();
    assert!(none.to_string().starts_with("there is no last session"), "{none}");
}

#[test]
fn a_saved_session_takes_the_next_free_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("clscope-session-2.toml"), "mine").unwrap();
    let session = busy().app.session();
    let names = [1, 3, 4].map(|number| folder.path().join(format!("clscope-session-{number}.toml")));
    for name in names {
        assert_eq!(session::save(folder.path(), &session).unwrap(), name);
        assert_eq!(session::read(&name).unwrap(), session);
    }
    assert_eq!(fs::read_to_string(folder.path().join("clscope-session-2.toml")).unwrap(), "mine");
    let error = session::save(&folder.path().join("none"), &session).unwrap_err().to_string();
    assert!(error.starts_with("cannot write ") && error.contains("session-1.toml: there is no such file"), "{error}");
}

#[test]
fn a_smaller_model_keeps_what_it_has() {
    let session = busy().app.session();
    assert!(session.layer == 5 && session.options.heads == HeadChoice::One(1), "{session:?}");
    let small = StandIn { layers: 2, heads: 1, ..StandIn::USUAL };
    let mut all = session.clone();
    all.ablations.heads = [(0, 0), (1, 0), (1, 1), (2, 0)].into();
    let explorer = restored_with(all, small);
    let app = &explorer.app;
    assert_eq!((app.attention.layer, app.attention.options.heads), (1, HeadChoice::One(0)));
    assert_eq!(app.ablations.heads, [(0, 0), (1, 0)].into());
    assert!(app.readings.is_some() && !app.ablations.tokens.is_empty());
}

#[test]
fn cuts_come_back_and_can_be_undone() {
    let session = busy().app.session();
    assert!(!session.ablations.heads.is_empty() && session.ablations.tokens.len() == 2, "{:?}", session.ablations);
    let explorer = restored_with(session.clone(), StandIn::USUAL);
    assert_eq!(explorer.app.ablations, session.ablations);
    assert!(explorer.app.readings.as_ref().unwrap().unablated.is_some());
    let explorer = explorer.keys("u");
    assert!(explorer.app.ablations.is_empty() && explorer.app.readings.as_ref().unwrap().unablated.is_none());
}

#[test]
fn blind_tokens_come_back_where_the_model_and_the_text_have_them() {
    let session = Explorer::on("The unhappy 猫 naps.", None).keys("f10 G x k x right x").app.session();
    assert_eq!(session.ablations.blind.len(), 3);
    let text = session::text(&session).unwrap();
    assert!(text.contains("layer = 6") && text.contains("text = \"[CLS]\""), "{text}");
    assert_eq!(session::parse("file", &text).unwrap(), session);
    let back = restored_with(session.clone(), StandIn::USUAL);
    assert_eq!(back.app.ablations, session.ablations);
    assert!(!back.app.reading().unwrap().trace.ablations.edges.is_empty());
    // A smaller model has no such layer, another text no such token.
    let small = restored_with(session.clone(), StandIn { layers: 5, ..StandIn::USUAL });
    assert_eq!(small.app.ablations.blind.len(), 2);
    let mut other = session.clone();
    other.ablations.blind[0].text = "another".to_owned();
    assert_eq!(restored_with(other, StandIn::USUAL).app.ablations.blind, session.ablations.blind[1..]);
    // Notes are read as notes, whatever stands below them.
    let session = Session { notes: "first \"line\"\nsecond\n".to_owned(), ..session };
    assert_eq!(through_a_file(&session), session);
    let message = session::parse("file", "text = 'a'\nblind = [{ layer = 1, text = 'a' }]").unwrap_err().to_string();
    assert!(message.contains("a blind token has either bytes"), "{message}");
}

#[test]
fn a_cut_cell_comes_back_where_both_its_tokens_are() {
    let explorer = Explorer::on("The unhappy 猫 naps.", None).keys("f4 G 0 right right c k c");
    let (session, trace) = (explorer.app.session(), &explorer.app.reading().unwrap().trace);
    assert_eq!((session.ablations.blind.len(), trace.ablations.edges.len()), (2, 2));
    assert_eq!(through_a_file(&session), session);
    let mut other = session.clone();
    other.ablations.blind[0].not_at.as_mut().unwrap().1 = "another".to_owned();
    assert_eq!(restored_with(other, StandIn::USUAL).app.ablations.blind, session.ablations.blind[1..]);
    assert_eq!(explorer.keys("c").app.ablations.blind.len(), 1, "a second press restores it");
}

#[test]
fn tokens_of_another_text_are_not_cut() {
    let mut session = busy().app.session();
    session.ablations.tokens[1].text = "another".to_owned();
    let off = session.ablations.clone();
    let explorer = restored_with(session, StandIn::USUAL);
    assert_eq!((&explorer.app.ablations.heads, &explorer.app.ablations.tokens[..]), (&off.heads, &off.tokens[..1]));
    assert!(!explorer.app.is_reading());
}

#[test]
fn the_text_can_be_edited_before_the_model_is_there() {
    let session = busy().app.session();
    let mut explorer = started_on(session.clone(), StandIn::USUAL).keys("i end").typing("!");
    opened(&mut explorer, 1);
    assert_eq!(explorer.app.ablations.heads, session.ablations.heads);
    assert_eq!((explorer.app.ablations.tokens.len(), explorer.app.attention.layer), (0, session.layer));
    assert!(explorer.app.reading().unwrap().trace.input.text.ends_with("home 🙂.!"));
}

#[test]
fn going_back_from_another_model_opens_the_sessions() {
    let session = Session { model: Some("large".to_owned()), ..busy().app.session() };
    let small = StandIn { layers: 2, heads: 1, ..StandIn::USUAL };
    let mut explorer = Explorer::with(small, "Something else.", None).keys("- i").typing("x");
    let late = explorer.press("y").1.unwrap();
    let late = explorer.report(late);
    let jobs = explorer.app.restore(session.clone());
    let [Job::Open { number: 2, name }, read @ Job::Read(_)] = &jobs[..] else { panic!("{jobs:?}") };
    assert_eq!(name, "large");
    explorer.app.on_report(late);
    assert!(explorer.app.readings.is_none(), "what was being read is another text");
    // Meanwhile the model in use reads, as far as it goes.
    let read = explorer.report(read.clone());
    explorer.app.on_report(read);
    assert_eq!((explorer.app.attention.layer, explorer.app.ablations.heads.len()), (1, 0));
    explorer.frame(SIZE);

    explorer.set_model(StandIn::USUAL);
    let result = Ok(("large".to_owned(), StandIn::USUAL.info()));
    let job = explorer.app.on_report(Report::Model { number: 2, result });
    explorer.frame(SIZE);
    explorer.answer(job);
    assert_eq!(explorer.app.session(), session);
    // Another model has other heads, and where one is in the text does not matter to it.
    let Job::Open { number, .. } = explorer.app.open("third") else { unreachable!() };
    opened(&mut explorer, number);
    assert!(explorer.app.ablations.is_empty());
}

#[test]
fn a_session_whose_model_is_missing_keeps_its_text() {
    let session = busy().app.session();
    let mut explorer = started_on(session.clone(), StandIn::USUAL);
    explorer.app.on_report(Report::Model { number: 1, result: Err("there is no such model".to_owned()) });
    assert!(explorer.app.model_error.is_some() && explorer.app.input() == session.input);
    assert_eq!(explorer.app.session().model.as_deref(), Some("stand-in"), "it may be there the next time");
    let Job::Open { number, .. } = explorer.app.open("other") else { unreachable!() };
    opened(&mut explorer, number);
    assert_eq!(explorer.app.session(), Session { model: Some("stand-in".to_owned()), ..session.clone() });

    let mut explorer = Explorer::on("Something else.", None);
    let jobs = explorer.app.restore(Session { model: Some("gone".to_owned()), ..session.clone() });
    for job in jobs.into_iter().filter(|job| matches!(job, Job::Read(_))) {
        explorer.answer(Some(job));
    }
    let job = explorer.app.on_report(Report::Model { number: 2, result: Err("gone".to_owned()) });
    explorer.answer(job);
    assert_eq!(explorer.app.session(), session, "with the model in use");
}

#[test]
fn the_number_under_the_cursor_is_copied_as_it_is() {
    let copied = |keys: &str| Explorer::on(SENTENCE, Some(SECOND)).keys(keys).press("y").0;
    let number = |keys: &str, number: fn(&Explorer) -> f32| {
        let number = number(&Explorer::on(SENTENCE, Some(SECOND)).keys(keys));
        assert!(
            matches!(copied(keys), LoopRequest::Copy { number: copied, .. } if copied == number.to_string()),
            "{keys}"
        );
        assert_eq!(number.to_string().parse(), Ok(number));
    };
    number("G ] right right", |explorer| explorer.app.reading().unwrap().trace.attention(5, 0, 0)[2]);
    number("f4 ] G right", |explorer| {
        let trace = &explorer.app.reading().unwrap().trace;
        trace.attention(0, 0, trace.tokens.len() - 1)[1]
    });
    number("f3 down right right", |explorer| {
        let state = &explorer.app.attention;
        explorer.app.reading().unwrap().heads(state.options.measure).value(1, 1, explorer.app.session().statistic)
    });
    let mut explorer = Explorer::on(SENTENCE, None).keys("f3 a");
    assert_eq!(explorer.press("y").0, LoopRequest::None, "no head is chosen");
    assert!(explorer.app.notice.as_ref().is_some_and(|notice| notice.is_error));
    assert_eq!(Explorer::on("", None).keys("esc").press("y").0, LoopRequest::None);
}

/// As clscope wrote them before its names changed: `tests/reference/sessions/`.
#[test]
fn a_session_of_an_earlier_clscope_opens() {
    let opened = |name: &str| {
        let path = format!("{}/tests/reference/sessions/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let session = session::parse(name, &fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(session.view, name);
        assert_eq!(through_a_file(&session), session);
        session
    };
    let heads = opened("heads");
    assert_eq!((heads.layer, heads.options.heads, heads.options.specials), (1, HeadChoice::One(0), Specials::Hidden));
    assert_eq!((heads.statistic, heads.ablations.heads), (Statistic::EffectiveTokens, [(1, 0)].into()));

    let compare = opened("compare");
    assert_eq!((compare.reading_choice, compare.options.granularity), (ReadingChoice::AloneA, Granularity::Words));
    assert_eq!((compare.scale, compare.ablations.heads.len()), (Scale::View, 12));

    let sentences = opened("sentences");
    assert_eq!((sentences.poolings, sentences.order), ([Pooling::Cls, Pooling::MeanWords], ListOrder::Clustered));
    assert_eq!((sentences.sentences.len(), sentences.is_own_background), (4, false));

    let matrix = opened("matrix");
    let cls = &matrix.ablations.tokens[0];
    assert_eq!((matrix.token, matrix.marked, &*cls.text), (2, [2].into(), "[CLS]"));
    assert_eq!(cls.ablation, Ablation::Mask);
}
