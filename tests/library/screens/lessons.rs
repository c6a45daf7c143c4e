//! Lessons in the explorer: each is walked with the keys, in both languages and on two models, and every frame is looked at.

use clscope::{
    analysis::Verdict,
    app::{self, App, Focus, Job, Report, Session},
    bert::{Backend, Bert, Input},
    config::{ColorDepth, ThemeName},
    explorer::{answer, press},
    jobs::AtOnce,
    lesson::{Lesson, LessonOrSession, verdict_label},
    messages::{Language, speaking},
    widgets::Look,
};
use ratatui::{Terminal, backend::TestBackend};

use super::{
    Explorer, SECOND, SENTENCE, USUAL, event,
    listing::{row_text, screen_lines},
};
use crate::{common, explorer::look, stand_in::StandIn};

const EACH: [(Language, &str, &str); 2] =
    [(Language::English, "Claim: ", "Verdict on this model: "), (Language::Chinese, "说法：", "对这个模型的结论：")];

/// An explorer with a real model.
struct Classroom {
    app: App,
    look: Look,
    model: AtOnce<Bert>,
}

impl Classroom {
    fn new(model: &str, lesson: Option<Lesson>) -> Self {
        let bert = common::load(model, Backend::Flex);
        let mut app = App::new(Input::single(SENTENCE), Vec::<Input>::new());
        let mut model = AtOnce::new(bert, model, Vec::new);
        let job = app.open("model");
        answer(&mut app, &mut model, Some(job));
        let mut classroom = Self { app, look: look(ThemeName::Dark, ColorDepth::TrueColor), model };
        if let Some(lesson) = lesson {
            let job = classroom.app.begin_lesson(lesson);
            answer(&mut classroom.app, &mut classroom.model, job);
        }
        classroom
    }

    fn press(&mut self, key: &str) {
        let (_, job) = press(&mut self.app, &self.look.keymap, event(key.parse().unwrap()));
        answer(&mut self.app, &mut self.model, job);
    }

    /// The frame, line by line, scrolled to its end where it is longer than the screen.
    fn lines(&mut self) -> Vec<String> {
        let mut all = Vec::new();
        loop {
            let mut terminal = Terminal::new(TestBackend::new(USUAL.0, USUAL.1)).unwrap();
            app::render(&mut terminal, &mut self.app, &self.look).unwrap();
            let buffer = terminal.backend().buffer().clone();
            let frame: Vec<String> = (0..USUAL.1).map(|y| row_text(&buffer, y).trim_end().to_owned()).collect();
            let before = all.len();
            all.extend(frame.into_iter().filter(|line| !all.contains(line)).collect::<Vec<_>>());
            if all.len() == before || !self.app.would_act("lesson-page-down") {
                return all;
            }
            self.press("pagedown");
        }
    }
}

/// Goes through a lesson with the first answer each time; the verdicts.
fn walked(classroom: &mut Classroom, lesson: &Lesson, claim: &str, verdict: &str) -> Vec<Option<Verdict>> {
    let job = classroom.app.begin_lesson(lesson.clone());
    answer(&mut classroom.app, &mut classroom.model, job);
    let mut verdicts = Vec::new();
    for (at, step) in lesson.steps.iter().enumerate() {
        let name = format!("{} step {at}", lesson.name);
        assert_eq!(classroom.app.input(), step.input, "{name}");
        step.scene.view.into_iter().for_each(|view| assert_eq!(classroom.app.view().id(), view, "{name}"));
        let asked = classroom.lines();
        if let Some(claims) = &step.claim {
            assert!(asked.iter().any(|line| line.contains(claim)), "{name}\n{}", asked.join("\n"));
            let answer = |at: usize| claims.answers[at].text.text();
            let is_seen = |at: &usize| asked.iter().any(|line| line.contains(answer(*at)));
            assert!((0..claims.answers.len()).all(|at| is_seen(&at)), "{name}\n{}", asked.join("\n"));
            classroom.press("1");
            step.scene.view_after.into_iter().for_each(|view| assert_eq!(classroom.app.view().id(), view, "{name}"));
            let told = classroom.lines();
            let outcome = classroom.app.lesson_walk().unwrap().outcome().unwrap();
            verdicts.push(outcome.verdict);
            let is_told = told.iter().any(|line| line.contains(verdict));
            assert_eq!(is_told, outcome.verdict.is_some(), "{name}\n{}", told.join("\n"));
        }
        classroom.press("enter");
    }
    let walk = classroom.app.lesson_walk().unwrap();
    assert!(walk.step().is_none() && walk.score().1 > 0, "{}", lesson.name);
    classroom.press("esc");
    assert!(classroom.app.lesson_walk().is_none());
    assert_eq!(classroom.app.input(), Input::single(SENTENCE));
    verdicts
}

#[test]
fn every_lesson_is_walked_with_keys_in_both_languages_on_two_models() {
    for model in ["all-MiniLM-L6-v2", "tiny-pooler"] {
        let mut classroom = Classroom::new(model, None);
        for lesson in Lesson::built_in().unwrap() {
            let [english, chinese] = EACH.map(|(language, claim, verdict)| {
                speaking(language, || walked(&mut classroom, &lesson, claim, verdict))
            });
            assert_eq!(english, chinese, "{} {model}: another language gives the same verdicts", lesson.name);
        }
    }
}

#[test]
fn what_a_claim_depends_on_is_what_its_tests_differ_in() {
    let own = |measure: &str| format!("{{ quantity = \"own-share\", measure = \"{measure}\", at_least = 0.5 }}");
    let accuracy = |labels: &str, vector: &str| {
        format!("{{ quantity = \"accuracy\", labels = \"{labels}\", vector = \"{vector}\", at_least = 0.5 }}")
    };
    let cases = [
        ([own("alti"), own("dot")], "depends on the measure", "取决于度量方法"),
        ([accuracy("topic", "cls"), accuracy("feeling", "cls")], "depends on the task", "取决于任务"),
        ([accuracy("topic", "cls"), accuracy("topic", "mean")], "depends on the vector", "取决于用哪种向量"),
        ([accuracy("topic", "cls"), accuracy("feeling", "mean")], "holds in part", "部分成立"),
        ([own("alti"), own("dot").replace("0.5", "0.4")], "holds in part", "部分成立"),
    ];
    for (tests, english, chinese) in cases {
        let text = format!(
            "title = \"T\"\n[[steps]]\ntext = \"x\"\nsentence = \"A cat.\"\nclaim = \"c\"\ntests = [{}]",
            tests.join(", ")
        );
        let lesson = Lesson::read("mine", "mine.toml", &text).unwrap();
        let claim = lesson.steps[0].claim.as_ref().unwrap();
        let label = verdict_label(Verdict::Depends, &claim.tests);
        assert_eq!(label.text(), english);
        speaking(Language::Chinese, || {
            assert_eq!((label.text(), claim.answers[2].text.text()), (chinese, chinese));
            assert_eq!(verdict_label(Verdict::Fails, &claim.tests).text(), "不成立");
        });
    }
}

fn stand_in_lesson() -> Lesson {
    let text = r#"
        title = "A lesson"
        [[steps]]
        text = "First."
        sentence = "A cat sleeps here."
        view = "heads"
        layer = "last"
        head = 2
        from = "sleeps"
        off = ["1.1"]
        claim = "It has many tokens."
        tests = [{ quantity = "tokens", at_least = 3 }, { quantity = "tokens", at_least = 300 }]
        [[steps]]
        text = "Second."
        sentence = "A dog."
        pair = "A cow."
        view = "pooling"
    "#;
    Lesson::read("mine", "mine.toml", text).unwrap()
}

#[test]
fn a_step_sets_the_screen_up_and_leaving_brings_everything_back() {
    let mut explorer = Explorer::on(SENTENCE, Some(SECOND)).keys("f4 J ] - down right w z");
    let before = explorer.app.session();
    let job = explorer.app.begin_lesson(stand_in_lesson());
    explorer.answer(job);
    let session = explorer.app.session();
    assert_eq!((session.view, session.layer, &*session.input.text), ("heads", 5, "A cat sleeps here."));
    assert_eq!(session.ablations.heads, [(0, 0)].into());
    let reading = explorer.app.reading().unwrap();
    assert_eq!(reading.trace.tokens[session.source].text, "sleep", "the word that is asked for");
    // A digit predicts, and then is the view's again; free typing stays possible.
    let mut explorer = explorer.keys("3");
    assert!(explorer.app.lesson_walk().unwrap().outcome().unwrap().right.contains(&2), "it depends on the test");
    explorer = explorer.keys("i").typing("!").keys("enter");
    assert_eq!(explorer.app.input().text, "A cat sleeps here.!");
    assert_eq!(explorer.app.lesson_walk().unwrap().at, 0);
    // Keys of the view under the lesson.
    explorer = explorer.keys("down H f2");
    assert_eq!(explorer.app.view().id(), "layers");
    explorer = explorer.keys("H enter");
    assert_eq!((explorer.app.view().id(), explorer.app.input().pair.as_deref()), ("pooling", Some("A cow.")));
    explorer = explorer.keys("backspace");
    assert_eq!(explorer.app.input().text, "A cat sleeps here.");
    assert!(explorer.app.lesson_walk().unwrap().outcome().is_some(), "what was measured is kept");
    explorer = explorer.keys("esc");
    let mut after = explorer.app.session();
    assert_eq!(after.lessons.len(), 1);
    after.lessons.clear();
    assert_eq!(after, before);
    // It goes on where it was left, and with its end it begins anew.
    let job = explorer.app.begin_lesson(stand_in_lesson());
    explorer.answer(job);
    assert!(explorer.app.lesson_walk().unwrap().outcome().is_some());
    explorer = explorer.keys("enter enter enter");
    assert!(explorer.app.lesson_walk().is_none(), "Enter leaves at the end");
    let job = explorer.app.begin_lesson(stand_in_lesson());
    explorer.answer(job);
    assert!(explorer.app.lesson_walk().unwrap().asks().is_some());
}

#[test]
fn typing_ends_what_is_measured_and_it_is_measured_after() {
    let mut explorer = Explorer::on(SENTENCE, None);
    let job = explorer.app.begin_lesson(stand_in_lesson());
    explorer.answer(job);
    let (_, measure) = explorer.press("1");
    let Some(Job::Quantities(first)) = measure else { panic!("{measure:?}") };
    assert!(!explorer.app.would_act("lesson-next"), "nothing is passed over while it is measured");
    explorer.press("i");
    let (_, read) = explorer.press("x");
    assert!(matches!(read, Some(Job::Read(_))), "{read:?}");
    let report = explorer.report(read.unwrap());
    let again = explorer.app.on_report(report);
    let Some(Job::Quantities(second)) = again else { panic!("{again:?}") };
    assert!(second.number > first.number && second.task == first.task);
    // What comes too late is not taken in.
    explorer.app.on_report(Report::Quantities { number: first.number, result: Ok(Vec::new()) });
    assert!(explorer.app.lesson_walk().unwrap().outcome().is_none());
    explorer.answer(Some(Job::Quantities(second)));
    assert!(explorer.app.lesson_walk().unwrap().outcome().is_some());
    assert_eq!(explorer.app.focus, Focus::Text(app::Field::Sentence));
}

#[test]
fn another_model_is_measured_anew() {
    let mut explorer = Explorer::on(SENTENCE, None);
    let job = explorer.app.begin_lesson(stand_in_lesson());
    explorer.answer(job);
    explorer = explorer.keys("1");
    assert_eq!(explorer.app.lesson_walk().unwrap().outcome().unwrap().model, "stand-in");
    let model = StandIn { layers: 2, ..StandIn::USUAL };
    explorer.set_model(model);
    explorer.app.open("other");
    let job = explorer.app.on_report(Report::Model { number: 2, result: Ok(("other".to_owned(), model.info())) });
    explorer.answer(job);
    assert_eq!(explorer.app.lesson_walk().unwrap().outcome().unwrap().model, "other");
}

#[test]
fn the_list_has_every_lesson_and_how_far_it_is() {
    for (language, heading, step) in
        [(Language::English, "Lessons", "at step 1 of"), (Language::Chinese, "课程", "学到第 1 步")]
    {
        speaking(language, || {
            let explorer = Explorer::on(SENTENCE, None).keys("W down enter W");
            let all = screen_lines(&explorer, USUAL).join("\n");
            assert!(all.contains(heading) && all.contains(step), "{all}");
            for lesson in Lesson::built_in().unwrap() {
                assert!(all.contains(lesson.title.text()), "{all}");
            }
            // Esc closes the list, then the lesson.
            let explorer = explorer.keys("esc");
            assert!(explorer.app.lesson_walk().is_some());
            assert!(explorer.keys("esc").app.lesson_walk().is_none());
        });
    }
}

#[test]
fn progress_goes_through_a_session() {
    let explorer = Explorer::on(SENTENCE, None).keys("W enter enter 1 enter");
    let session = explorer.app.session();
    let text = clscope::session::text(&session).unwrap();
    assert_eq!(clscope::session::parse("it", &text).unwrap(), session, "{text}");
    let mut other = Explorer::on(SECOND, None);
    for job in other.app.restore(session.clone()) {
        other.answer(Some(job));
    }
    let walk = other.app.lesson_walk().unwrap();
    assert_eq!((walk.at, walk.steps[1].predicted), (2, Some(0)));
    assert!(walk.steps[1].outcome.is_some(), "what was predicted before is measured again");
    assert_eq!(other.app.session().lessons, session.lessons);
}

#[test]
fn the_page_has_predictions_beside_numbers_in_both_languages() {
    let mut classroom = Classroom::new("all-MiniLM-L6-v2", Lesson::open("two-outputs").ok());
    let mut pressed = 0;
    while classroom.app.lesson_walk().unwrap().step().is_some() {
        classroom.press(if pressed % 2 == 0 { "1" } else { "enter" });
        pressed += 1;
    }
    let page = speaking(Language::Chinese, || classroom.app.lesson_walk().unwrap().page());
    assert!(
        page.find("lang=\"zh\">").unwrap() < page.find("<section lang=\"en\">").unwrap(),
        "the language that is spoken first"
    );
    for text in [
        "You predicted",
        "你的预测",
        "does not hold",
        "Verdict on this model: ",
        "对这个模型的结论：",
        "Model: all-MiniLM-L6-v2",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    assert!(!page.contains("<script") && !page.contains("http://"), "{page}");
    let hostile =
        Lesson::read("x", "x", "title = \"<b>\"\n[[steps]]\ntext = \"<script>\"\nsentence = \"&\"\n").unwrap();
    let page = clscope::lesson::LessonWalk::new(hostile).page();
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
}

#[test]
fn a_saved_session_carries_notes_which_stand_above_the_view() {
    let explorer = Explorer::on(SENTENCE, None).keys("W enter enter 1");
    let saved = explorer.app.session_with_notes();
    assert!(saved.notes.starts_with("Why [CLS]?\n") && saved.notes.contains("Predicted: holds."), "{}", saved.notes);
    let text = clscope::session::text(&saved).unwrap();
    assert_eq!(clscope::session::parse("it", &text).unwrap(), saved, "{text}");
    let by_hand = format!("text = {SENTENCE:?}\nnotes = \"Look at the cat.\\nAnd at home.\"\n");
    let mut other = Explorer::on(SECOND, None);
    for job in other.app.restore(clscope::session::parse("it", &by_hand).unwrap()) {
        other.answer(Some(job));
    }
    let lines = screen_lines(&other, USUAL);
    assert!(lines[3].contains("Look at the cat.") && lines[4].contains("And at home."), "{}", lines.join("\n"));
}

#[test]
fn notes_are_typed_and_go_with_the_session() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("#").typing("Look at the cat.").keys("enter #").typing("And");
    explorer = explorer.keys("enter # up").typing(" at home.").keys("enter");
    assert_eq!(explorer.app.session().notes, "Look at the cat.\nAnd at home.");
    // A lesson leaves them alone, and has its own behind them.
    let job = explorer.app.begin_lesson(stand_in_lesson());
    explorer.answer(job);
    explorer = explorer.keys("1 #").typing("In the lesson.").keys("enter");
    assert!(explorer.app.session_with_notes().notes.contains("\nIn the lesson.\nA lesson\nIt has many tokens."));
    explorer = explorer.keys("esc #").typing("never").keys("esc # up esc");
    let session = explorer.app.session();
    assert_eq!(session.notes, "Look at the cat.\nAnd at home.\nIn the lesson.");
    let mut other = Explorer::on(SECOND, None);
    for job in other.app.restore(session.clone()) {
        other.answer(Some(job));
    }
    assert_eq!(other.app.session().notes, session.notes);
}

#[test]
fn a_lesson_on_a_session_begins_on_its_text_and_leaves_to_it() {
    let session = Explorer::on(SENTENCE, None).keys("f4 #").typing("Mind the rows.").keys("enter").app.session();
    let saved = clscope::session::text(&Session { lessons: Vec::new(), ..session.clone() }).unwrap();
    let steps = "\n[[steps]]\ntext = \"Look.\"\nview = \"pooling\"\n[[steps]]\ntext = \"B.\"\npair = \"A dog.\"\n";
    let (head, rest) = saved.split_once("\ntext = ").unwrap();
    let both = format!("{head}\ntitle = \"Mine\"\ntext = {rest}{steps}");
    let LessonOrSession::Lesson(lesson, Some(of_file)) = LessonOrSession::read("it", "it", &both).unwrap() else {
        panic!("{both}")
    };
    assert_eq!((&*lesson.steps[0].input.text, lesson.steps[1].input.pair.as_deref()), (SENTENCE, Some("A dog.")));
    assert_eq!(*of_file, clscope::session::parse("it", &both).unwrap());
    let mut explorer = Explorer::on(SECOND, None);
    for job in explorer.app.restore(*of_file) {
        explorer.answer(Some(job));
    }
    let job = explorer.app.begin_lesson(*lesson);
    explorer.answer(job);
    assert_eq!(explorer.app.view().id(), "pooling");
    explorer = explorer.keys("esc");
    let after = explorer.app.session();
    assert_eq!((after.view, &*after.notes, &*after.input.text), ("matrix", "Mind the rows.", SENTENCE));
}

#[test]
fn the_first_screen_says_the_way_to_the_lessons() {
    for (language, lessons) in [(Language::English, "F12 opens the lessons"), (Language::Chinese, "F12 打开课程")] {
        speaking(language, || {
            let explorer = Explorer::on("", None);
            let all = screen_lines(&explorer, USUAL).join("\n");
            assert!(all.contains(lessons), "{all}");
            assert!(all.lines().rev().take(2).any(|line| line.contains("F12")), "{all}");
            let all = screen_lines(&explorer.keys("f12"), USUAL).join("\n");
            assert!(all.contains(Lesson::built_in().unwrap()[0].title.text()), "{all}");
        });
    }
}
