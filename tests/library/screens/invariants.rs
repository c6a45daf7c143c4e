//! What holds whatever is pressed.

use super::*;

/// The baseline beside what is shown, while the comparison is on screen.
pub(super) fn compared(explorer: &Explorer) -> Option<&Compared> {
    explorer.app.view_of::<CompareView>()?.compared()
}

/// All that a key can change, readings aside.
pub(super) fn state(explorer: &Explorer) -> String {
    let app = &explorer.app;
    let attention = &app.attention;
    let choices = (
        attention.reading_choice,
        attention.layer,
        attention.token,
        attention.source,
        attention.options,
        attention.scale,
        app.session().sorted,
    );
    let texts = [&app.sentence, &app.pair].map(|field| (field.value(), field.cursor_cells()));
    format!("{:?}", (app.view, app.focus, app.help, pages_of(explorer).top, choices, texts))
}

/// The key that asks for a command now.
pub(super) fn key_of(explorer: &Explorer, id: &str) -> Option<KeyChord> {
    let (context, keymap) = (explorer.app.key_context(), &explorer.look.keymap);
    let lesson = app::Overlay::Lesson.id();
    if let Some(key) = keymap.keys(lesson, id).first().filter(|_| explorer.app.is_of_lesson(id)) {
        return Some(*key);
    }
    // A lesson that is gone through has its keys before the view.
    let is_free = |key: KeyChord| !keymap.own_command(lesson, key).is_some_and(|own| explorer.app.is_of_lesson(own));
    let keys = keymap.keys_here(context, id).iter().copied();
    keys.into_iter().find(|key| keymap.command(context, *key) == Some(id) && is_free(*key))
}

fn assert_consistent(explorer: &Explorer, size: (u16, u16)) {
    let app = &explorer.app;
    assert!(!app.hints().is_empty());
    assert!(app.hints().iter().all(|hint| !hint.commands.is_empty() && !hint.label.text().is_empty()));
    explorer.frame(size);
    let attention = &app.attention;
    let Some(readings) = &app.readings else { return };
    let trace = &readings.get(attention.reading_choice).trace;
    let tokens = trace.tokens.len();
    assert!(attention.layer < trace.layers && attention.token < tokens && attention.source < tokens);
    let shown = attention.shown.as_ref().expect("something is shown of every reading");
    // A measure is shown once it is worked out.
    let options = AttentionOptions { measure: app.measure(), ..attention.options };
    assert_eq!((shown.map.rows.len(), shown.map.options), (trace.layers, options));
    assert!(shown.columns.contains(&shown.units.unit_of(attention.token)), "the cursor is on what is shown");
    if matches!(app.view, "matrix" | "compare") {
        assert!(shown.columns.contains(&shown.map.source), "and so is the cursor's row");
    }
    assert!(shown.map.rows.iter().chain(&shown.head_rows).all(|row| row.weights.len() == shown.units.len()));
    let heads = if app.measure().has_heads() { trace.heads } else { 0 };
    assert_eq!((shown.head_rows.len(), shown.matrix.is_some()), (heads, app.view == "matrix"));
}

/// Lists of sentences, a bar between two: none to many, equal ones, one of no words.
pub(super) const LISTS: [&str; 5] =
    ["", "one", "the same|the same", "a cat|the dog|🙂 猫|a cat|fish and chips", "a|b|c|d|e|f|g|h|i|j|k|l|m"];

#[test]
fn whatever_is_pressed_the_state_holds_together_and_every_hint_acts() {
    let model = StandIn { layers: 3, heads: 2, hidden_size: 8, longest: 12, has_pooler: true, ..StandIn::USUAL };
    let keys: Vec<KeyEvent> = keyboard().collect();
    let texts = ["", SENTENCE, "a", "🙂 猫"];
    for seed in 0..270 {
        let mut dice = Dice::new(seed);
        let pair = Some(dice.pick(&texts)).filter(|text| !text.is_empty());
        let mut explorer = Explorer::with(model, dice.pick(&texts), pair);
        let mut pressed = Vec::new();
        // The later ones begin on the views of the list.
        if seed >= 150 {
            let job = explorer.app.add_sentences(&LISTS[dice.below(LISTS.len())].split('|').collect::<Vec<_>>());
            explorer.answer(job);
            explorer = explorer.keys(dice.pick(&["f8", "f9"]));
        }
        for _ in 0..50 {
            // One time in two a key that the bottom bar shows, which must do something.
            let hints: Vec<&'static str> = explorer.app.hints().into_iter().flat_map(|hint| hint.commands).collect();
            let hinted = (dice.below(2) == 0).then(|| dice.pick(&hints));
            let key = match hinted {
                Some(action) => event(key_of(&explorer, action).unwrap_or_else(|| panic!("no key for {action:?}"))),
                None => dice.pick(&keys),
            };
            pressed.push(KeyChord::from(key).to_string());
            let checked = hinted;
            // What Pooling says of one sentence may stand below what it says of both.
            let size = if explorer.app.view == "pooling" { LARGE } else { USUAL };
            let before = checked.map(|_| explorer.frame(size));
            let (wish, job) = explorer.send(key);
            // What cannot be done is said, also a second time.
            let refused = explorer.app.notice.as_ref().is_some_and(|notice| notice.is_error);
            let asked = wish != LoopRequest::None || job.is_some() || refused;
            explorer.answer(job);
            assert!(
                asked || before.is_none_or(|before| before != explorer.frame(size)),
                "{pressed:?} did nothing in {:?}\n{}",
                explorer.app.view,
                listing::listing(&explorer.frame(USUAL))
            );
            assert_consistent(&explorer, (1 + dice.below(130) as u16, 1 + dice.below(45) as u16));
        }
    }
}

/// How long this thread has computed; what other programs do meanwhile does not count.
pub(super) fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// 512 tokens and the size of bert-base, on a large screen: `cargo test --release --test library -- --nocapture longest`
/// prints how long a key and its frame take; wanted are 16 ms and 4 ms.
#[test]
fn keys_ask_for_nothing_on_the_longest_input() {
    let model = StandIn { layers: 12, heads: 12, hidden_size: 768, longest: 512, has_pooler: true, ..StandIn::USUAL };
    let text: String = (0..600).map(|i| format!("w{i} ")).collect();
    let mut explorer = Explorer::with(model, &text, None);
    assert_eq!(explorer.app.reading().unwrap().trace.tokens.len(), 512);
    let mut terminal = Terminal::new(TestBackend::new(WIDE.0, WIDE.1)).unwrap();
    let keys = "right down j l pagedown end home G g ] [ a x s d z w t space f3 v o right down enter v v J K 7 f4 f2 \
                f5 p P } { f5 , + ; f7 T o T / n esc";
    let keys: Vec<&str> = keys.split_whitespace().collect();
    let mut dice = Dice::new(7);
    let mut times: Vec<[Duration; 2]> = Vec::new();
    let mut slowest = (Duration::ZERO, String::new());
    for _ in 0..1000 {
        let (view, key) = (explorer.app.view, dice.pick(&keys));
        let begun = worked();
        let (_, job) = explorer.press(key);
        let drawing = worked();
        app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
        let ended = worked();
        assert_eq!(job, None, "{key}");
        // On the views of layers and heads Enter would edit the sentence.
        explorer.app.focus = Focus::View;
        times.push([ended - begun, ended - drawing]);
        slowest = slowest.max((ended - begun, format!("{key} on {view:?}")));
    }
    let [[half, most], [half_frame, most_frame]] = [0, 1].map(|part| {
        times.sort_by_key(|times| times[part]);
        [500, 990].map(|at| times[at][part].as_secs_f64() * 1e3)
    });
    eprintln!(
        "12x12 heads, 512 tokens, 200x60: a key and its frame p50 {half:.1} ms, p99 {most:.1} ms, at most {:.1?} ({}); \
         the frame alone p50 {half_frame:.1} ms, p99 {most_frame:.1} ms",
        slowest.0, slowest.1
    );
}

#[test]
fn no_hint_is_shown_in_vain() {
    let hinted = |explorer: Explorer| -> Vec<&'static str> {
        explorer.app.hints().into_iter().flat_map(|hint| hint.commands).collect()
    };
    assert!(!hinted(Explorer::on("", None)).contains(&"show-layers"));
    assert!(!hinted(Explorer::on("", None).keys("f7")).contains(&"show-pooling"));
    assert!(!hinted(Explorer::on(SENTENCE, None).keys("b")).contains(&"clear-text"));
    assert!(!hinted(Explorer::on(SENTENCE, None).keys("?")).contains(&"up"));
}
