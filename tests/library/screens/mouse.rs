//! A click does what a key would, in every view.

use clscope::explorer;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::*;

const LEFT: MouseEventKind = MouseEventKind::Down(MouseButton::Left);

/// Draws, and sends what a terminal does of a mouse.
fn send(
    explorer: &mut Explorer,
    kind: MouseEventKind,
    modifiers: KeyModifiers,
    (column, row): (u16, u16),
) -> Option<Job> {
    let mut terminal = Terminal::new(TestBackend::new(LARGE.0, LARGE.1)).unwrap();
    let targets = app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
    explorer::click(&mut explorer.app, &targets, MouseEvent { kind, column, row, modifiers }).1
}

pub fn click(explorer: &mut Explorer, at: (u16, u16)) {
    let job = send(explorer, LEFT, KeyModifiers::NONE, at);
    explorer.answer(job);
}

/// Where a text is on screen, the first time at or below a line.
pub fn find(explorer: &Explorer, from: u16, text: &str) -> (u16, u16) {
    let frame = explorer.frame(LARGE);
    let buffer = frame.buffer();
    let y = (from..LARGE.1).find(|&y| row_text(buffer, y).contains(text)).unwrap_or_else(|| panic!("no {text:?}"));
    (column_of(buffer, y, text).unwrap(), y)
}

#[test]
fn tabs_and_hints_do_what_their_keys_do() {
    let mut explorer = Explorer::on(SENTENCE, Some(SECOND));
    for view in clscope::views::all().iter().rev() {
        let at = find(&explorer, 0, view.label().text());
        click(&mut explorer, at);
        assert_eq!(explorer.app.view, view.id());
    }
    let hint = find(&explorer, LARGE.1 - 2, "x max");
    click(&mut explorer, hint);
    assert_eq!(explorer.app.attention.options.heads, HeadChoice::Max);
    let field = find(&explorer, 1, "Is it awake");
    click(&mut explorer, field);
    assert_eq!(explorer.app.focus, Focus::Text(Field::Pair));
    let help = find(&explorer, 0, "F1 help");
    click(&mut explorer, help);
    assert!(explorer.app.help.is_some());
}

#[test]
fn a_cell_of_the_layers_is_gone_to() {
    let mut explorer = Explorer::on(SENTENCE, None);
    let (column, row) = (find(&explorer, 6, "never").0, find(&explorer, 0, "layer  4").1);
    click(&mut explorer, (column, row));
    let by_keys = Explorer::on(SENTENCE, None).keys("down down down right right right right right");
    assert_eq!(state(&explorer), state(&by_keys));
    let head = find(&explorer, row, "head  3");
    click(&mut explorer, head);
    assert_eq!(state(&explorer), state(&by_keys.keys("] ] ]")));
}

#[test]
fn a_head_a_cell_of_the_matrix_and_of_the_comparison_are_gone_to() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("f3");
    let header = find(&explorer, 3, "     head").1;
    let (x, y) = (find(&explorer, header, " 2 ").0 + 1, find(&explorer, header, "layer  3").1);
    click(&mut explorer, (x, y));
    let attention = &explorer.app.attention;
    assert_eq!((attention.layer, attention.options.heads), (2, HeadChoice::One(1)));

    for view in ["f4", "f5"] {
        let mut explorer = Explorer::on(SENTENCE, None).keys(view).keys("}");
        let mut terminal = Terminal::new(TestBackend::new(LARGE.0, LARGE.1)).unwrap();
        let targets = app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
        let places = (0..LARGE.0).flat_map(|x| (0..LARGE.1).map(move |y| (x, y)));
        let wanted = |&(x, y): &(u16, u16)| {
            matches!(Target::hit(&targets, x, y), Some(ClickTarget::At(Place { source: Some(3), token: Some(4), .. })))
        };
        let at = places.into_iter().find(wanted).expect("every cell can be clicked on");
        click(&mut explorer, at);
        let by_keys = Explorer::on(SENTENCE, None).keys(view).keys("} down down down right right right right");
        assert_eq!(state(&explorer), state(&by_keys), "{view}");
    }
}

#[test]
fn the_wheel_is_as_good_as_the_arrow_keys_in_every_view() {
    use MouseEventKind::{ScrollDown, ScrollLeft, ScrollRight, ScrollUp};
    let turns = [
        (ScrollDown, KeyModifiers::NONE, "down"),
        (ScrollUp, KeyModifiers::NONE, "up"),
        (ScrollDown, KeyModifiers::SHIFT, "right"),
        (ScrollUp, KeyModifiers::SHIFT, "left"),
        (ScrollRight, KeyModifiers::NONE, "right"),
        (ScrollLeft, KeyModifiers::NONE, "left"),
    ];
    for view in ["f2", "f3", "f4", "f5", "f6", "f7", "? pagedown", "m", "f4 T"] {
        for (kind, modifiers, key) in turns {
            let on = || Explorer::on(SENTENCE, Some(SECOND)).keys(view).keys("down right down");
            let (mut explorer, mut by_keys) = (on(), on());
            // All have been drawn in this size, which shows how far a view can be scrolled.
            for either in [&mut explorer, &mut by_keys] {
                send(either, MouseEventKind::Moved, KeyModifiers::NONE, (60, 20));
            }
            let mut by_keys = by_keys.keys(key);
            let job = send(&mut explorer, kind, modifiers, (60, 20));
            explorer.answer(job);
            send(&mut by_keys, MouseEventKind::Moved, KeyModifiers::NONE, (60, 20));
            assert_eq!(state(&explorer), state(&by_keys), "{view}: {kind:?}");
            assert!(explorer.frame(LARGE) == by_keys.frame(LARGE), "{view}: {kind:?}");
        }
    }
}

#[test]
fn a_form_of_a_file_is_clicked_on() {
    let mut explorer = Explorer::on(SENTENCE, None).keys("E");
    let (x, y) = find(&explorer, 5, "As JSON");
    let mut terminal = Terminal::new(TestBackend::new(LARGE.0, LARGE.1)).unwrap();
    let targets = app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
    let mouse = MouseEvent { kind: LEFT, column: x, row: y, modifiers: KeyModifiers::NONE };
    let wish = explorer::click(&mut explorer.app, &targets, mouse).0;
    assert_eq!((wish, explorer.app.is_exporting), (LoopRequest::Export(clscope::export::Format::Json), false));
    // What is no target is left alone.
    let before = state(&explorer);
    click(&mut explorer, (0, 0));
    let _ = send(&mut explorer, MouseEventKind::Down(MouseButton::Right), KeyModifiers::NONE, (20, 12));
    let _ = send(&mut explorer, MouseEventKind::Moved, KeyModifiers::NONE, (20, 12));
    assert_eq!(state(&explorer), before);
}
