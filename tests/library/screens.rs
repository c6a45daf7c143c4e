//! The explorer as a person meets it: keys go in, whole frames with their colours come out.

mod ablated;
mod about;
mod chinese;
mod compare;
mod copied;
mod find;
mod first_token;
mod independent;
mod invariants;
mod keys;
mod lessons;
mod links;
mod listing;
mod marks;
mod measures;
mod mixing;
mod mouse;
mod offered;
mod output;
mod parts;
mod pooling;
mod pooling_truth;
mod projector;
mod reports;
mod sentences;
mod sweep;
mod table_view;
mod truth;
mod unknown;

use std::time::Duration;

use clscope::{
    analysis::{AttentionOptions, HeadChoice, Statistic},
    app::{self, ClickTarget, Field, Focus, Job, LoopRequest, Place, ReadingChoice, Report},
    bert::{Input, ModelInfo, Remark},
    config::{ColorDepth, KeyChord, ThemeName},
    models::Progress,
    views::{CompareView, Compared, HeadsView, Origin},
    widgets::Target,
};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use invariants::{LISTS, compared, key_of, state, worked};
use listing::{listing, row, row_text, screen_lines};
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
    let why = "there is no directory \"/models/none\"; name one that holds config.json, a tokenizer and weights";
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
    let declaring = StandIn { declares: Some(9), longest: 64, ..StandIn::USUAL };
    let no_pooler = StandIn { has_pooler: false, ..StandIn::USUAL };
    let base = StandIn { layers: 12, heads: 12, ..StandIn::USUAL };
    vec![
        ("attention", Explorer::on(SENTENCE, None).keys("down down right right")),
        ("attention-pair", Explorer::on(SENTENCE, Some(SECOND)).keys("G right right right")),
        ("attention-head", Explorer::on(SENTENCE, None).keys("] ] down down down right right right s right")),
        ("projector", Explorer::on(LONG, None).keys("X G right right")),
        ("lessons", Explorer::on(SENTENCE, None).keys("W down")),
        ("lesson-asked", Explorer::on(SENTENCE, None).keys("W enter enter")),
        ("lesson-told", Explorer::on(SENTENCE, None).keys("W enter enter 1")),
        ("lesson-hidden", Explorer::on(SENTENCE, None).keys("W enter enter 1 H")),
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
        ("declared", Explorer::with(declaring, LONG, None).keys("right right")),
        ("declared-pair", Explorer::with(declaring, LONG, Some(SECOND)).keys("right right")),
        ("declared-pooling", Explorer::with(declaring, SENTENCE, Some(SECOND)).keys("f7")),
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

// What the worker reports.

// What holds whatever is pressed.

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
