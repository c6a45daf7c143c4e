//! The explorer as a person meets it: keys go in, whole frames with their colours come out.

mod compare;
mod copied;
mod find;
mod independent;
mod listing;
mod marks;
mod mouse;
mod offered;
mod pooling;
mod sentences;
mod sweep;
mod table_view;
mod truth;

use std::time::Duration;

use clscope::{
    analysis::{HeadChoice, Statistic},
    app::{self, ClickTarget, Field, Focus, Job, LoopRequest, Place, ReadingChoice, Report},
    bert::{Input, ModelInfo, Remark},
    config::{ColorDepth, KeyChord, ThemeName},
    models::Progress,
    views::{CompareView, Compared, HeadsView, Origin},
    widgets::Target,
};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use listing::{listing, row, row_text};
use pooling::pages_of;
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, style::Color};

use crate::{
    dice::Dice,
    explorer::{self, Explorer, event, keyboard},
    stand_in::StandIn,
};

const SENTENCE: &str = "The unhappy 猫 never naps at home 🙂.";
const SECOND: &str = "Is it awake? 是!";
const LONG: &str = "Tokenizers split unfamiliar words like antidisestablishmentarianism into many little pieces, \
                    as 中文 shows: every character is a token of its own there, 没有空格.";

const SMALL: (u16, u16) = (60, 16);
const USUAL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 36);
const WIDE: (u16, u16) = (200, 60);

/// The frames whose colours are kept beside their text: one for each way in which colour says something.
const COLOURED: [&str; 12] = [
    "attention-head-80x24",
    "attention-head-light-80x24",
    "attention-head-16-80x24",
    "attention-head-no-colour-80x24",
    "heads-pair-mass-80x24",
    "marked-and-cut-matrix-80x24",
    "compare-sentences-80x24",
    "sweep-80x24",
    "pooling-words-80x24",
    "sentences-80x24",
    "map-80x24",
    "model-error-80x24",
];

/// Compares frames of these sizes with those in `tests/snapshots`.
fn assert_frames(name: &str, explorer: &Explorer, sizes: &[(u16, u16)]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for &size in sizes {
            let (name, frame) = (format!("{name}-{}x{}", size.0, size.1), explorer.frame(size));
            let text = if COLOURED.contains(&&*name) { listing(&frame) } else { listing::text(&frame) };
            insta::assert_snapshot!(name, text);
        }
    });
}

fn failed() -> Explorer {
    let mut explorer = Explorer::loading(SENTENCE, None);
    let why = "cannot read /models/none/config.json: No such file or directory; a model directory needs config.json, \
               tokenizer.json and model.safetensors";
    explorer.app.on_report(Report::Model { number: 1, result: Err(why.to_owned()) });
    explorer
}

/// Another model on its way.
fn downloading(mut explorer: Explorer) -> Explorer {
    let Job::Open { number, .. } = explorer.app.open("google-bert/bert-base-uncased") else { unreachable!() };
    let progress = Progress { done: 189_000_000, total: 440_000_000, rate: Some(5.2e6), waiting: None };
    explorer.app.on_report(Report::Opening { number, progress });
    explorer
}

/// Another model that could not be opened.
fn model_error() -> Explorer {
    let mut explorer = downloading(Explorer::on(SENTENCE, None));
    let why = "google-bert/bert-base-uncased: the connection was lost after 189 MB of 440 MB (connection \u{1b}[31mreset); \
               run it again to go on from there";
    explorer.app.on_report(Report::Model { number: 2, result: Err(why.to_owned()) });
    explorer
}

/// A reading that failed after one that succeeded.
fn error() -> Explorer {
    let mut explorer = Explorer::on(SENTENCE, None).keys("i");
    let (_, job) = explorer.press("x");
    let Some(Job::Read(request)) = job else { panic!("{job:?}") };
    let result = Err("the flex backend failed: out of memory\u{1b}[31m; try --backend flex".to_owned());
    explorer.app.on_report(Report::Readings { number: request.number, result });
    explorer
}

/// Every screen there is, by name.
fn screens() -> Vec<(&'static str, Explorer)> {
    let no_pooler = StandIn { has_pooler: false, ..StandIn::USUAL };
    let base = StandIn { layers: 12, heads: 12, ..StandIn::USUAL };
    vec![
        ("attention", Explorer::on(SENTENCE, None).keys("down down right right")),
        ("attention-pair", Explorer::on(SENTENCE, Some(SECOND)).keys("G right right right")),
        ("attention-head", Explorer::on(SENTENCE, None).keys("] ] down down down right right right s right")),
        ("heads", Explorer::on(SENTENCE, Some(SECOND)).keys("f3 down down right right v")),
        ("heads-pair-mass", Explorer::on(SENTENCE, Some(SECOND)).keys("f3 down right v v v v v v v v")),
        ("heads-12x12", Explorer::with(base, SENTENCE, Some(SECOND)).keys("f3 down right v v v v v v v")),
        ("heads-sorted", Explorer::on(SENTENCE, None).keys("f3 down right v v v o")),
        ("matrix", Explorer::on(SENTENCE, Some(SECOND)).keys("f4 J ] down down right right right")),
        ("matrix-other", Explorer::on(SENTENCE, Some(SECOND)).keys("f4 v down right")),
        ("matrix-numbers", Explorer::on(LONG, None).keys("f4 v G end left z")),
        ("specials-hidden", Explorer::on(SENTENCE, Some(SECOND)).keys("z w G right")),
        ("cut", Explorer::on(SENTENCE, Some(SECOND)).keys("] - ] - a down -")),
        ("turned-around", Explorer::on(SENTENCE, None).keys("d z z t down right")),
        ("pooling", Explorer::on(SENTENCE, None).keys("f7")),
        ("pooling-pair", Explorer::on(SENTENCE, Some(SECOND)).keys("f7")),
        ("pooling-pair-down", Explorer::on(SENTENCE, Some(SECOND)).keys("f7 r down down down")),
        ("pooling-no-pooler", Explorer::with(no_pooler, SENTENCE, Some(SECOND)).keys("f7")),
        ("help", Explorer::on(SENTENCE, None).keys("?")),
        ("help-down", Explorer::on(SENTENCE, None).keys("? pagedown pagedown")),
        ("empty", Explorer::on("", None)),
        ("typing", Explorer::on("", None).typing(LONG).keys("tab").typing("第二句话,不长 🙂").keys("tab home")),
        ("models", Explorer::on(SENTENCE, None).keys("m down down down")),
        ("models-found", Explorer::on(SENTENCE, None).keys("m").typing("chin")),
        ("models-typed", Explorer::on(SENTENCE, None).keys("m").typing("a b?")),
        ("downloading", downloading(Explorer::loading(SENTENCE, None))),
        ("download-behind", downloading(Explorer::on(SENTENCE, None))),
        ("model-error", model_error()),
        ("loading", Explorer::loading(SENTENCE, None)),
        ("failed", failed()),
        ("error", error()),
        ("truncated", Explorer::on(LONG, None).keys("end left left left")),
    ]
}

/// The sizes at which a screen is laid out in another way, or shows something that it does not show at another.
fn sizes_of(name: &str) -> &'static [(u16, u16)] {
    match name {
        "attention" | "heads" | "matrix" | "pooling" | "typing" | "models" | "download-behind" | "failed" | "help"
        | "truncated" => &[SMALL, USUAL],
        "attention-pair" => &[USUAL, LARGE],
        "heads-12x12" => &[SMALL, WIDE],
        "matrix-numbers" => &[LARGE],
        "pooling-pair" => &[USUAL, WIDE],
        "pooling-pair-down" => &[SMALL],
        _ => &[USUAL],
    }
}

#[test]
fn frames_are_as_they_were() {
    for (name, explorer) in screens() {
        assert_frames(name, &explorer, sizes_of(name));
    }
    assert_frames("too-small", &Explorer::on(SENTENCE, None), &[(59, 15), (10, 3)]);
}

#[test]
fn frames_of_other_colours_are_as_they_were() {
    let looks = [
        ("light", ThemeName::Light, ColorDepth::TrueColor),
        ("16", ThemeName::Dark, ColorDepth::Ansi16),
        ("no-colour", ThemeName::Auto, ColorDepth::None),
    ];
    for (look, theme, depth) in looks {
        let (name, explorer) = screens().swap_remove(2);
        assert_frames(&format!("{name}-{look}"), &explorer.looking(theme, depth), &[USUAL]);
    }
}

#[test]
fn every_frame_has_its_bars_and_only_colours_that_the_terminal_has() {
    let looks = [
        (ThemeName::Dark, ColorDepth::TrueColor),
        (ThemeName::Light, ColorDepth::Indexed256),
        (ThemeName::Dark, ColorDepth::Indexed256),
        (ThemeName::Light, ColorDepth::Ansi16),
        (ThemeName::Dark, ColorDepth::Ansi16),
        (ThemeName::Mono, ColorDepth::TrueColor),
    ];
    for (theme, depth) in looks {
        let mut coloured = 0;
        for (name, explorer) in screens() {
            let explorer = explorer.looking(theme, depth);
            for size in [SMALL, USUAL, LARGE, WIDE] {
                let frame = explorer.frame(size);
                let buffer = frame.buffer();
                let (first, last) = (row_text(buffer, 0), row_text(buffer, size.1 - 1));
                let tab = first.contains(explorer.app.view().label().text());
                assert!(tab && (size == SMALL || first.contains("help")), "{name} {size:?}: {first:?}");
                assert!(last.contains("Esc") || last.contains("quit"), "{name} {size:?}: {last:?}");
                let colors = buffer.content.iter().flat_map(|cell| [cell.fg, cell.bg, cell.underline_color]);
                for color in colors.filter(|color| *color != Color::Reset) {
                    coloured += 1;
                    let fits = match (theme, depth, color) {
                        (ThemeName::Mono, ..) => false,
                        (_, ColorDepth::TrueColor, _) => true,
                        (_, ColorDepth::Indexed256, color) => !matches!(color, Color::Rgb(..)),
                        (_, _, color) => !matches!(color, Color::Rgb(..) | Color::Indexed(_)),
                    };
                    assert!(fits, "{name} {size:?}: {color} for {theme:?} and {depth:?}");
                }
            }
        }
        assert_eq!(coloured > 0, theme != ThemeName::Mono, "{theme:?} {depth:?}");
    }
}

#[test]
fn no_size_is_too_odd_to_draw() {
    let looks = [(ThemeName::Dark, ColorDepth::TrueColor), (ThemeName::Mono, ColorDepth::None)];
    for (theme, depth) in looks {
        for (_, explorer) in screens() {
            let explorer = explorer.looking(theme, depth);
            for (width, height) in (1..=70).flat_map(|width| (1..=40).map(move |height| (width, height))) {
                explorer.frame((width, height));
            }
            explorer.frame((400, 3));
            explorer.frame((3, 400));
            explorer.frame((400, 120));
        }
    }
}

#[test]
fn without_colour_nothing_is_coloured() {
    for (name, explorer) in screens() {
        let explorer = explorer.looking(ThemeName::Dark, ColorDepth::None);
        for size in [(20, 5), SMALL, USUAL, LARGE, WIDE] {
            let frame = explorer.frame(size);
            let colors = frame.buffer().content.iter().flat_map(|cell| [cell.fg, cell.bg, cell.underline_color]);
            assert!(colors.into_iter().all(|color| color == Color::Reset), "{name} {size:?}");
        }
    }
}

#[test]
fn without_colour_weights_can_be_told_apart() {
    for size in [SMALL, USUAL, LARGE, WIDE] {
        // Head 4 of layer 6 looks at [CLS] most.
        let explorer = Explorer::on(SENTENCE, None).keys("G [ right").looking(ThemeName::Mono, ColorDepth::None);
        let weights = &explorer.app.attention.shown.as_ref().unwrap().map.rows[5].weights;
        assert!(weights[0] > 10.0 * weights[2], "{weights:?}");
        let frame = explorer.frame(size);
        let buffer = frame.buffer();
        let (header, layer) = (line_of(buffer, "unhap ").unwrap(), line_of(buffer, "layer  6").unwrap());
        let between = |token: &str, next: &str| {
            let columns = column_of(buffer, header, token).unwrap()..column_of(buffer, header, next).unwrap();
            row(buffer, layer).filter(|(x, _)| columns.contains(x)).map(|(_, cell)| cell.symbol()).collect::<String>()
        };
        let (much, little) = (between("[CLS]", "the"), between("unhap", "##py"));
        assert!(much.contains(&format!("{:.0}", weights[0] * 100.0)) && much.contains('█'), "{size:?} {much:?}");
        assert!(!little.contains('█'), "{size:?} {little:?}");
    }
}

/// The first row that holds a text.
fn line_of(buffer: &Buffer, text: &str) -> Option<u16> {
    (0..buffer.area.height).find(|&y| row_text(buffer, y).contains(text))
}

/// Where a text begins in a row.
fn column_of(buffer: &Buffer, y: u16, text: &str) -> Option<u16> {
    row(buffer, y).map(|(x, _)| x).find(|&start| {
        row(buffer, y).filter(|(x, _)| *x >= start).map(|(_, cell)| cell.symbol()).collect::<String>().starts_with(text)
    })
}

// What keys do.

#[test]
fn the_cursor_moves_and_stays_inside() {
    let cursor = |keys: &str| {
        let explorer = Explorer::on(SENTENCE, None).keys(keys);
        (explorer.app.attention.layer, explorer.app.attention.token)
    };
    let last = Explorer::on(SENTENCE, None).app.reading().unwrap().trace.tokens.len() - 1;
    assert_eq!(cursor(""), (0, 0));
    assert_eq!(cursor("up left"), (0, 0));
    assert_eq!(cursor("j j l l l"), (2, 3));
    assert_eq!(cursor("down down up right right left"), (1, 1));
    assert_eq!(cursor("G end right down"), (5, last));
    assert_eq!(cursor("G end g home"), (0, 0));
    assert_eq!(cursor("pagedown"), (0, 10));
    assert_eq!(cursor("pagedown pagedown"), (0, last));
    assert_eq!(cursor("pagedown right pageup"), (0, 1));
}

#[test]
fn heads_are_walked_in_a_circle() {
    let heads = |keys: &str| Explorer::on(SENTENCE, None).keys(keys).app.attention.options.heads;
    assert_eq!(heads(""), HeadChoice::Mean);
    assert_eq!(heads("]"), HeadChoice::One(0));
    assert_eq!(heads("] ] ] ]"), HeadChoice::One(3));
    assert_eq!(heads("] ] ] ] ]"), HeadChoice::One(0));
    assert_eq!(heads("["), HeadChoice::One(3));
    assert_eq!(heads("] ["), HeadChoice::One(3));
    assert_eq!(heads("] x"), HeadChoice::Max);
    assert_eq!(heads("x a"), HeadChoice::Mean);
    let choice_stays = Explorer::on(SENTENCE, None).keys("] ] i").typing("more").keys("esc");
    assert_eq!(choice_stays.app.attention.options.heads, HeadChoice::One(1));
}

#[test]
fn the_source_is_set_and_reset() {
    let explorer = Explorer::on(SENTENCE, None).keys("right right s right");
    assert_eq!((explorer.app.attention.source, explorer.app.attention.token), (2, 3));
    let map = &explorer.app.attention.shown.as_ref().unwrap().map;
    assert_eq!(map.source, 2);
    let trace = &explorer.app.reading().unwrap().trace;
    let mean: f32 = (0..trace.heads).map(|head| trace.attention(0, head, 2)[3]).sum::<f32>() / trace.heads as f32;
    assert!((map.rows[0].weights[3] - mean).abs() < 1e-6, "the map is the new source's");
    assert_eq!(explorer.keys("c").app.attention.source, 0);
}

#[test]
fn only_numbers_that_the_text_has_are_shown() {
    let shown = |explorer: &Explorer| explorer.app.view_of::<HeadsView>().unwrap().statistic(&explorer.app).unwrap();
    let walked = |second| {
        let mut explorer = Explorer::on(SENTENCE, second).keys("f3");
        let mut names = vec![shown(&explorer).id()];
        while {
            explorer.press("v");
            shown(&explorer) != Statistic::EffectiveTokens
        } {
            names.push(shown(&explorer).id());
        }
        names
    };
    assert_eq!(walked(Some(SECOND)).len(), Statistic::ALL.len());
    assert_eq!(walked(None)[6..], ["A→A", "A→specials", "[CLS]→A", "[CLS]→specials"]);

    // B alone has nothing of A; the choice is there again when both are.
    let mut explorer = Explorer::on(SENTENCE, Some(SECOND)).keys("f3 v v v v v v v v");
    assert_eq!(shown(&explorer), Statistic::AToB);
    explorer.press("r");
    assert_eq!(shown(&explorer), Statistic::EffectiveTokens);
    explorer = explorer.keys("r r");
    assert_eq!(shown(&explorer), Statistic::AToB);
}

#[test]
fn heads_are_cut_and_the_cuts_undone() {
    let cuts = |keys: &str| -> Vec<(usize, usize)> {
        Explorer::on(SENTENCE, None).keys(keys).app.state.off.heads.into_iter().collect()
    };
    assert_eq!(cuts("] -"), [(0, 0)]);
    assert_eq!(cuts("] - -"), []);
    assert_eq!(cuts("] - down ] -"), [(0, 0), (1, 1)]);
    assert_eq!(cuts("] - down -"), [(0, 0), (1, 0)]);
    assert_eq!(cuts("-"), [(0, 0), (0, 1), (0, 2), (0, 3)], "the whole layer, where no head is chosen");
    assert_eq!(cuts("] - a -"), cuts("-"), "the rest of the layer");
    assert_eq!(cuts("- -"), []);
    assert_eq!(cuts("] - down - u"), [(0, 0)]);
    assert_eq!(cuts("] - down - u u u"), []);
    assert_eq!(cuts("f3 right down right -"), [(1, 1)]);

    let mut explorer = Explorer::on(SENTENCE, None);
    let Some(Job::Read(request)) = explorer.press("-").1 else { panic!("a cut is read") };
    assert_eq!(request.ablations.heads.len(), 4);
    explorer.answer(Some(Job::Read(request)));
    assert!(explorer.app.readings.as_ref().unwrap().unablated.is_some());
    assert!(explorer.keys("u").app.readings.as_ref().unwrap().unablated.is_none());

    // Another model has other heads.
    let mut other = downloading(Explorer::on(SENTENCE, None).keys("-"));
    other.app.on_report(Report::Model { number: 2, result: Ok(("other".to_owned(), StandIn::USUAL.info())) });
    assert!(other.app.off.is_empty());
}

#[test]
fn views_and_readings_are_switched() {
    let view = |keys: &str| Explorer::on(SENTENCE, None).keys(keys).app.view;
    assert_eq!(["", "tab", "tab tab", "tab tab tab"].map(view), ["layers", "heads", "matrix", "compare"]);
    assert_eq!(["tab tab tab tab", "shift-tab", "tab shift-tab"].map(view), ["sweep", "map", "layers"]);
    assert_eq!(
        ["f2", "f3", "f4", "f7", "f8", "f9", "f7 f2"].map(view),
        ["layers", "heads", "matrix", "pooling", "sentences", "map", "layers"]
    );
    assert_eq!([view("i f7 esc"), view("f3 enter")], ["pooling", "matrix"]);

    let reading = |keys: &str| Explorer::on(SENTENCE, Some(SECOND)).keys(keys).app.attention.reading_choice;
    assert_eq!(reading(""), ReadingChoice::Joined);
    assert_eq!([reading("r"), reading("r r")], [ReadingChoice::AloneA, ReadingChoice::AloneB]);
    assert_eq!(reading("r r r"), ReadingChoice::Joined);
    assert_eq!([reading("f7 r"), reading("f7 r r")], [ReadingChoice::AloneB, ReadingChoice::AloneA]);
    // A cursor far right in the pair comes back inside the shorter sentence.
    let shorter = Explorer::on(SENTENCE, Some(SECOND)).keys("end s r r");
    let tokens = shorter.app.reading().unwrap().trace.tokens.len();
    assert!(shorter.app.attention.token < tokens && shorter.app.attention.source < tokens);
    assert_eq!(Explorer::on(SENTENCE, None).keys("r").app.attention.reading_choice, ReadingChoice::Joined);
}

#[test]
fn letters_are_text_while_a_field_has_the_focus() {
    let explorer = Explorer::on("", None).typing("q?]s 猫🙂").keys("space x");
    assert_eq!(explorer.app.sentence.value(), "q?]s 猫🙂 x");
    assert_eq!(explorer.app.focus, Focus::Text(Field::Sentence));
    let mut explorer = explorer.keys("tab").typing("B").keys("esc");
    assert_eq!((explorer.app.pair.value(), explorer.app.focus), ("B", Focus::View));
    assert!(explorer.app.readings.as_ref().unwrap().pair.is_some());
    assert_eq!(explorer.press("q").0, LoopRequest::Quit);
}

#[test]
fn text_is_edited_at_the_cursor() {
    let edited = |keys: &str| Explorer::on("one two", None).keys(&format!("i {keys}")).app.sentence.value().to_owned();
    assert_eq!(edited("backspace"), "one tw");
    assert_eq!(edited("left left delete"), "one to");
    assert_eq!(edited("ctrl-w"), "one ");
    assert_eq!(edited("home x"), "xone two");
    assert_eq!(edited("home alt-f x"), "one xtwo");
    assert_eq!(edited("ctrl-a ctrl-e x"), "one twox");
    assert_eq!(edited("ctrl-u"), "");
    let pasted = |focus: &str| {
        let mut explorer = Explorer::on("one", None).keys(focus);
        let job = explorer.app.paste(" two\r\n\u{1b}three");
        explorer.answer(job);
        explorer.app.sentence.value().to_owned()
    };
    assert_eq!([pasted("i"), pasted(""), pasted("?")], ["one two   three", "one two   three", "one"]);
}

#[test]
fn wishes_reach_the_caller_from_everywhere() {
    for place in ["", "i", "b", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "m", "?"] {
        let mut explorer = Explorer::on(SENTENCE, None).keys(place);
        let wishes = ["ctrl-c", "ctrl-z", "ctrl-l"].map(|key| explorer.press(key).0);
        assert_eq!(wishes, [LoopRequest::Quit, LoopRequest::Suspend, LoopRequest::Redraw], "{place:?}");
    }
    let mut released = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
    released.kind = KeyEventKind::Release;
    assert_eq!(Explorer::on(SENTENCE, None).send(released), (LoopRequest::None, None));
}

#[test]
fn the_help_keeps_the_rest_as_it_was() {
    for place in ["right", "i", "f3", "f4", "f5", "f6", "f7"] {
        let explorer = Explorer::on(SENTENCE, None).keys(place);
        let before = state(&explorer);
        let explorer = explorer.keys("f1 down x i pagedown tab f3 e esc");
        assert_eq!(state(&explorer), before, "{place}");
    }
    assert_eq!(Explorer::on(SENTENCE, None).keys("? ?").app.help, None);
    assert_eq!(Explorer::on(SENTENCE, None).keys("? q").app.help, None);
}

#[test]
fn examples_are_loaded_in_turn() {
    let explorer = Explorer::on("", None).keys("enter");
    assert_eq!(explorer.app.sentence.value(), "The dog bit the man.");
    assert!(explorer.app.readings.is_some() && explorer.app.focus == Focus::View);
    let explorer = explorer.keys("right s e");
    assert_eq!((explorer.app.sentence.value(), explorer.app.pair.value()), ("A dog barks.", "A cat meows."));
    assert_eq!((explorer.app.attention.token, explorer.app.attention.source), (0, 0));
    let explorer = explorer.keys("e");
    assert_eq!((explorer.app.sentence.value(), explorer.app.pair.value()), ("The dog bit the man.", ""));
    // On a text, the same key only leaves the field.
    assert_eq!(Explorer::on(SENTENCE, None).keys("i enter").app.sentence.value(), SENTENCE);
}

// What the worker reports.

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

// What holds whatever is pressed.

/// The baseline beside what is shown, while the comparison is on screen.
fn compared(explorer: &Explorer) -> Option<&Compared> {
    explorer.app.view_of::<CompareView>()?.compared()
}

/// All that a key can change, readings aside.
fn state(explorer: &Explorer) -> String {
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
fn key_of(explorer: &Explorer, id: &str) -> Option<KeyChord> {
    let (context, keymap) = (explorer.app.key_context(), &explorer.look.keymap);
    keymap.keys_here(context, id).iter().find(|key| keymap.command(context, **key) == Some(id)).copied()
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
    assert_eq!((shown.map.rows.len(), shown.map.options), (trace.layers, attention.options));
    assert!(shown.columns.contains(&shown.units.unit_of(attention.token)), "the cursor is on what is shown");
    if matches!(app.view, "matrix" | "compare") {
        assert!(shown.columns.contains(&shown.map.source), "and so is the cursor's row");
    }
    assert!(shown.map.rows.iter().chain(&shown.head_rows).all(|row| row.weights.len() == shown.units.len()));
    assert_eq!((shown.head_rows.len(), shown.matrix.is_some()), (trace.heads, app.view == "matrix"));
}

/// Lists of sentences, a bar between two: none to many, equal ones, one of no words.
const LISTS: [&str; 5] =
    ["", "one", "the same|the same", "a cat|the dog|🙂 猫|a cat|fish and chips", "a|b|c|d|e|f|g|h|i|j|k|l|m"];

#[test]
fn whatever_is_pressed_the_state_holds_together_and_every_hint_acts() {
    let model = StandIn { layers: 3, heads: 2, hidden_size: 8, longest: 12, has_pooler: true };
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
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// 512 tokens and the size of bert-base, on a large screen: `cargo test --release --test library -- --nocapture longest`
/// prints how long a key and its frame take; wanted are 16 ms and 4 ms.
#[test]
fn keys_ask_for_nothing_on_the_longest_input() {
    let model = StandIn { layers: 12, heads: 12, hidden_size: 768, longest: 512, has_pooler: true };
    let text: String = (0..600).map(|i| format!("w{i} ")).collect();
    let mut explorer = Explorer::with(model, &text, None);
    assert_eq!(explorer.app.reading().unwrap().trace.tokens.len(), 512);
    let mut terminal = Terminal::new(TestBackend::new(WIDE.0, WIDE.1)).unwrap();
    let keys = "right down j l pagedown end home G g ] [ a x s c d z w t space f3 v o right down enter v v J K 7 f4 f2 \
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

#[test]
fn scrolling_back_acts_at_once() {
    for (open, far) in [("?", "pagedown ".repeat(20)), ("f7", "down ".repeat(4))] {
        let explorer = Explorer::on(SENTENCE, Some(SECOND)).keys(open).keys(&far);
        let bottom = explorer.frame(USUAL);
        assert_ne!(explorer.keys("up").frame(USUAL), bottom, "{open}");
    }
}

#[test]
fn the_open_tab_and_the_status_keep_their_colours() {
    let explorer = Explorer::on(LONG, None);
    let frame = explorer.frame(LARGE);
    let buffer = frame.buffer();
    let theme = &explorer.look.theme;
    let tab = column_of(buffer, 0, "[F2 Layers]").unwrap();
    assert_eq!((buffer[(1, 0)].fg, buffer[(tab, 0)].fg), (theme.heading.fg.unwrap(), theme.accent.fg.unwrap()));
    let status = line_of(buffer, "stand-in").unwrap();
    assert_eq!(buffer[(1, status)].fg, theme.dim.fg.unwrap(), "a warning at the right end colours only itself");
}

#[test]
fn a_text_longer_than_its_field_is_marked() {
    assert!(row_text(Explorer::on(LONG, None).frame(SMALL).buffer(), 1).ends_with('›'));
}

#[test]
fn the_warning_of_a_cut_text_covers_nothing() {
    let explorer = Explorer::on(LONG, None);
    let frame = explorer.frame(SMALL);
    let status = row_text(frame.buffer(), line_of(frame.buffer(), "truncated:").unwrap());
    assert!(status.contains("stand-in") && !status.contains("6×4 ⚠"), "{status}");
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
