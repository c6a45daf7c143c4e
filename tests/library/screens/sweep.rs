//! The sweep: when it begins and ends, its order, its cursor, and its frames.

use clscope::{
    analysis::{Affected, PartName, PartState, SweepOrder, Swept},
    app::{ClickTarget, LoopRequest, Session, Stage},
    bert::Input,
    config::{ColorDepth, ThemeName},
    jobs::{Job, Numbered, Report},
    study::{self, Sweep},
    views::{SweepState, SweepView},
};

use super::{
    Dice, LARGE, LONG, SECOND, SENTENCE, SMALL, StandIn, USUAL, WIDE, assert_frames, column_of, event,
    explorer::Explorer, key_of, line_of,
};

/// On the view, the sweep begun but nothing found.
fn begun() -> (Explorer, Numbered<Sweep>) {
    let mut explorer = Explorer::on(SENTENCE, None);
    let sweep = expect_sweep(explorer.press("f6").1);
    (explorer, sweep)
}

fn expect_sweep(job: Option<Job>) -> Numbered<Sweep> {
    match job {
        Some(Job::Sweep(sweep)) => sweep,
        job => panic!("no sweep but {job:?}"),
    }
}

/// What is swept, and what has been found.
pub(super) fn sweep_of(explorer: &Explorer) -> &SweepState {
    &explorer.app.view_of::<SweepView>().unwrap().sweep
}

/// Reports the effects of some of the parts.
fn report(explorer: &mut Explorer, sweep: &Numbered<Sweep>, which: std::ops::Range<usize>) -> Option<Job> {
    let mut effects = Vec::new();
    study::sweep(&explorer.model, sweep, &|| true, &mut |mut more| effects.append(&mut more)).unwrap();
    let effects = effects[which].to_vec();
    explorer.app.on_report(Report::Sweep { number: sweep.number, result: Ok(effects) })
}

fn running() -> Explorer {
    let (mut explorer, sweep) = begun();
    report(&mut explorer, &sweep, 0..9);
    explorer
}

/// `layer.head`, from 1, or the word, of every line.
fn names(explorer: &Explorer) -> Vec<String> {
    let name = |part: &PartName| match part {
        PartName::Head { layer, head } => format!("{}.{}", layer + 1, head + 1),
        PartName::Word { text, .. } => text.clone(),
    };
    sweep_of(explorer).lines().map(|line| name(&line.part.name)).collect()
}

pub(super) fn losses(explorer: &Explorer, affected: Affected) -> Vec<f32> {
    sweep_of(explorer).lines().filter_map(|line| line.part.effect()?.loss(affected)).collect()
}

fn selected(explorer: &Explorer) -> PartName {
    sweep_of(explorer).selected_part().unwrap().name.clone()
}

fn screens() -> Vec<(&'static str, Explorer)> {
    let no_pooler = StandIn { has_pooler: false, ..StandIn::USUAL };
    let mut failed = running();
    let number = expect_sweep(failed.press("enter").1).number;
    failed.app.on_report(Report::Sweep { number, result: Err("the backend said: \u{1b}[31mout of memory".to_owned()) });
    vec![
        ("sweep", Explorer::on(SENTENCE, None).keys("f6 down down")),
        ("sweep-words", Explorer::on(SENTENCE, Some(SECOND)).keys("f6 w v down")),
        ("sweep-long", Explorer::on(LONG, None).keys("f6 w G")),
        ("sweep-running", running()),
        ("sweep-cancelled", running().keys("esc")),
        ("sweep-failed", failed),
        ("sweep-over-cuts", Explorer::on(SENTENCE, Some(SECOND)).keys("f6 - r down - G")),
        ("sweep-standing", Explorer::with(no_pooler, SENTENCE, None).keys("f6 o o down down")),
    ]
}

#[test]
fn frames_are_as_they_were() {
    for (name, explorer) in screens() {
        assert_frames(name, &explorer, if name == "sweep" { &[SMALL, USUAL, WIDE] } else { &[USUAL] });
        if name == "sweep" {
            assert_frames("sweep-no-colour", &explorer.looking(ThemeName::Auto, ColorDepth::None), &[LARGE]);
        }
    }
}

#[test]
fn no_size_is_too_odd_to_draw() {
    let many = StandIn { layers: 24, heads: 16, ..StandIn::USUAL };
    let screens = screens().into_iter().chain([("many", Explorer::with(many, "a", None).keys("f6 G"))]);
    for (_, explorer) in screens {
        let mut explorer = explorer;
        for depth in [ColorDepth::TrueColor, ColorDepth::None] {
            let look = crate::explorer::look(ThemeName::Dark, depth);
            explorer.look = look;
            for (width, height) in (60..230).step_by(7).flat_map(|width| (16..70).step_by(3).map(move |y| (width, y))) {
                explorer.frame((width, height));
            }
        }
    }
}

#[test]
fn it_begins_by_itself_when_it_comes_on_screen_and_not_again() {
    let (mut explorer, sweep) = begun();
    assert_eq!((sweep.each.len(), sweep.base.heads.len()), (24, 0));
    assert_eq!(sweep_of(&explorer).progress(), (0, 24));
    assert_eq!(report(&mut explorer, &sweep, 0..9), None);
    assert_eq!(sweep_of(&explorer).progress(), (9, 24));
    // It goes on behind another view.
    assert_eq!(explorer.press("f2").1, None);
    assert_eq!(report(&mut explorer, &sweep, 9..24), None);
    assert_eq!(sweep_of(&explorer).stage, Stage::Done);
    assert_eq!(explorer.press("f6").1, None);
    assert_eq!(names(&explorer).len(), 24);
}

#[test]
fn it_begins_anew_with_a_new_reading_other_parts_and_on_request() {
    let (mut explorer, first) = begun();
    for key in ["w", "enter"] {
        let sweep = expect_sweep(explorer.press(key).1);
        assert!(sweep.number > first.number);
        assert_eq!(sweep_of(&explorer).progress().0, 0);
    }
    let pair = &mut Explorer::on(SENTENCE, Some(SECOND)).keys("f6");
    let sweep = expect_sweep(pair.press("r").1);
    assert_eq!(sweep.input.pair, None);

    // Typing: what is read ends the sweep, and is swept itself once nothing newer is on its way.
    explorer.press("i");
    let jobs = ["x", "y"].map(|key| explorer.press(key).1.unwrap());
    assert_eq!(sweep_of(&explorer).stage, Stage::Due);
    let [older, newer] = jobs.map(|job| explorer.report(job));
    assert_eq!(explorer.app.on_report(older), None);
    let sweep = expect_sweep(explorer.app.on_report(newer));
    assert!(sweep.input.text.ends_with("xy"));
}

#[test]
fn what_is_hidden_together_is_a_word_and_specials_count() {
    let (mut explorer, _) = begun();
    let sweep = expect_sweep(explorer.press("w").1);
    assert_eq!(sweep_of(&explorer).swept, Swept::Words);
    let tokens = explorer.app.reading().unwrap().trace.tokens.len();
    let hidden: Vec<usize> = sweep.each.iter().flat_map(|cuts| cuts.masked.iter().copied()).collect();
    assert_eq!(hidden, (0..tokens).collect::<Vec<_>>());
    assert!(sweep.each.len() < tokens, "unhappy has two pieces");
    let parts = sweep_of(&explorer).parts();
    let special = |name: &PartName| matches!(name, PartName::Word { special: true, .. });
    assert!(special(&parts[0].name) && special(&parts.last().unwrap().name));
}

#[test]
fn reports_of_older_sweeps_are_ignored() {
    let (mut explorer, older) = begun();
    let newer = expect_sweep(explorer.press("enter").1);
    report(&mut explorer, &older, 0..5);
    explorer.app.on_report(Report::Sweep { number: older.number, result: Err("late".to_owned()) });
    assert_eq!((sweep_of(&explorer).progress().0, &sweep_of(&explorer).stage), (0, &Stage::Running));
    report(&mut explorer, &newer, 0..5);
    assert_eq!(sweep_of(&explorer).progress().0, 5);
    explorer.app.on_report(Report::Sweep { number: newer.number, result: Err("why".to_owned()) });
    assert_eq!(sweep_of(&explorer).stage, Stage::Failed("why".to_owned()));
}

#[test]
fn it_is_cancelled_and_what_was_found_stays() {
    let mut explorer = running();
    assert!(explorer.app.hints().iter().any(|hint| hint.label.text() == "cancel the sweep"));
    assert_eq!(explorer.press("esc"), (LoopRequest::None, Some(Job::CancelSweep)));
    assert_eq!((sweep_of(&explorer).progress(), &sweep_of(&explorer).stage), ((9, 24), &Stage::Cancelled));
    assert!(!explorer.app.would_act("cancel"));
    // Not before it is asked for.
    assert_eq!([explorer.press("f2").1, explorer.press("f6").1], [None, None]);
    let sweep = expect_sweep(explorer.press("enter").1);
    // From another view as well.
    explorer.press("f2");
    assert_eq!(explorer.press("esc").1, Some(Job::CancelSweep));
    report(&mut explorer, &sweep, 0..5);
    assert_eq!(sweep_of(&explorer).progress().0, 0);
}

#[test]
fn an_emptied_field_and_another_model_forget_it() {
    let mut explorer = running();
    explorer.press("i");
    assert_eq!(explorer.press("ctrl-u").1, Some(Job::CancelSweep));
    assert!(sweep_of(&explorer).parts().is_empty());

    let mut explorer = running();
    let job = explorer.app.open("other");
    let Job::Open { number, .. } = job else { panic!("{job:?}") };
    let info = StandIn { layers: 2, ..StandIn::USUAL }.info();
    let read = explorer.app.on_report(Report::Model { number, result: Ok(("other".to_owned(), info)) });
    assert!(matches!(read, Some(Job::Read(_))) && sweep_of(&explorer).parts().is_empty());
}

#[test]
fn a_session_without_a_text_ends_it() {
    let mut explorer = running();
    let session = Session { input: Input::default(), ..explorer.app.session() };
    assert_eq!(explorer.app.restore(session), [Job::CancelSweep]);
    assert!(sweep_of(&explorer).parts().is_empty());
}

#[test]
fn it_is_ordered_by_any_loss_or_as_it_stands() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f6");
    let standing: Vec<String> = (1..=6).flat_map(|layer| (1..=4).map(move |head| format!("{layer}.{head}"))).collect();
    for pooling in [Affected::Cls, Affected::Pooled, Affected::Mean] {
        assert_eq!(sweep_of(&explorer).order, SweepOrder::Loss(pooling));
        assert!(losses(&explorer, pooling).is_sorted_by(|a, b| a >= b));
        assert!(sweep_of(&explorer).lines().zip(1..).all(|(line, rank)| line.rank == Some(rank)));
        explorer = explorer.keys("v");
    }
    assert_eq!((sweep_of(&explorer).order, names(&explorer)), (SweepOrder::Standing, standing));
    assert_eq!(sweep_of(&explorer.keys("v v")).order, SweepOrder::default(), "after the cell, from the beginning");
    let no_pooler = StandIn { has_pooler: false, ..StandIn::USUAL };
    let explorer = Explorer::with(no_pooler, SENTENCE, None).keys("f6 v");
    assert_eq!(sweep_of(&explorer).order, SweepOrder::Loss(Affected::Mean));
}

#[test]
fn the_cursor_goes_with_what_it_was_put_on() {
    let (mut explorer, sweep) = begun();
    report(&mut explorer, &sweep, 0..9);
    explorer.press("down");
    let chosen = selected(&explorer);
    report(&mut explorer, &sweep, 9..24);
    assert_eq!(selected(&explorer), chosen);
    explorer.press("v");
    assert_eq!(selected(&explorer), chosen);
    for (key, line) in [("G", 23), ("down", 23), ("pageup", 13), ("g", 0), ("up", 0), ("pagedown", 10)] {
        explorer.press(key);
        assert_eq!(sweep_of(&explorer).selected(), line, "{key}");
    }
    explorer.app.click(ClickTarget::Line(5));
    assert_eq!(sweep_of(&explorer).selected(), 5);
}

#[test]
fn heads_and_words_are_switched_off_from_the_list() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f6 down down");
    let PartName::Head { layer, head } = selected(&explorer) else { panic!("heads are swept first") };
    let job = explorer.press("-").1;
    assert_eq!(explorer.app.ablations.heads, [(layer, head)].into());
    let read = explorer.report(job.unwrap());
    let sweep = expect_sweep(explorer.app.on_report(read));
    assert_eq!((sweep.each.len(), &sweep.base.heads), (23, &[(layer, head)].into()));
    assert!(sweep.each.iter().all(|cuts| cuts.heads.contains(&(layer, head)) && cuts.heads.len() == 2));
    report(&mut explorer, &sweep, 0..23);
    // The cursor is on the next one; the one that is off stands last, from where it is switched on again.
    assert_eq!(sweep_of(&explorer).selected(), 2);
    let explorer = explorer.keys("G");
    assert_eq!(selected(&explorer), PartName::Head { layer, head });
    assert_eq!(sweep_of(&explorer).selected_part().unwrap().state, PartState::Off);
    let explorer = explorer.keys("-");
    assert!(explorer.app.ablations.is_empty());
    assert!(!explorer.keys("u").app.ablations.is_empty());

    let explorer = Explorer::on("unhappy cats", None).keys("f6 w v v v down");
    assert!(matches!(selected(&explorer), PartName::Word { tokens, .. } if tokens == (1..3)));
    let explorer = explorer.keys("-");
    assert_eq!(explorer.app.ablations.tokens.len(), 2, "both its pieces");
    assert_eq!(explorer.app.view, "sweep");
    let explorer = explorer.keys("-");
    assert!(explorer.app.ablations.is_empty());
}

#[test]
fn a_line_is_clicked_on() {
    use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
    use ratatui::{Terminal, backend::TestBackend};
    let mut explorer = Explorer::on(SENTENCE, None).keys("f6");
    let mut terminal = Terminal::new(TestBackend::new(LARGE.0, LARGE.1)).unwrap();
    let targets = clscope::app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
    let buffer = terminal.backend().buffer();
    let third = line_of(buffer, "cls ▾").unwrap() + 3;
    let down = |column, row| MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column,
        row,
        modifiers: KeyModifiers::NONE,
    };
    clscope::explorer::click(&mut explorer.app, &targets, down(20, third));
    assert_eq!(sweep_of(&explorer).selected(), 2);
    // And a head in the picture beside the list.
    let row = line_of(buffer, "layer  6  .").unwrap();
    let column = column_of(buffer, row, "layer  6  .").unwrap() + 10;
    clscope::explorer::click(&mut explorer.app, &targets, down(column, row));
    assert_eq!(selected(&explorer), PartName::Head { layer: 5, head: 0 });
}

#[test]
fn every_hint_of_the_view_acts() {
    const OWN: [&str; 12] = [
        "up",
        "down",
        "top",
        "bottom",
        "page-left",
        "page-right",
        "sweep-parts",
        "sweep-order",
        "start-sweep",
        "cut-head",
        "undo-cut",
        "next-reading",
    ];
    for seed in 0..30 {
        let mut dice = Dice::new(seed);
        let pair = Some(SECOND).filter(|_| seed % 2 == 0);
        let model = StandIn { layers: 2, heads: 2, has_pooler: seed % 3 > 0, ..StandIn::USUAL };
        let mut explorer = Explorer::with(model, dice.pick(&["a", SENTENCE]), pair).keys("f6");
        for _ in 0..60 {
            let own: Vec<&'static str> = OWN.into_iter().filter(|&action| explorer.app.would_act(action)).collect();
            let action = dice.pick(&own);
            let before = explorer.frame(USUAL);
            let (_, job) = explorer.send(event(key_of(&explorer, action).expect("a key")));
            let asked = job.is_some();
            explorer.answer(job);
            assert!(asked || before != explorer.frame(USUAL), "{action:?} did nothing");
            let (found, all) = sweep_of(&explorer).progress();
            assert_eq!((found, &sweep_of(&explorer).stage), (all, &Stage::Done));
        }
    }
}
