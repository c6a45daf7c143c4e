//! The numbers behind a view as a table: opened, read, sorted, copied and closed again.

use clscope::{
    analysis::{Quantity, Table},
    app::{TableLine, TableView},
    explorer,
};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::*;

const VIEWS: [&str; 6] = ["G right", "f3 ] down", "f4 down right", "f5 ] down right", "f6 down", "f7"];

fn open(keys: &str) -> Explorer {
    Explorer::on(SENTENCE, Some(SECOND)).keys(keys).keys("T")
}

fn table(explorer: &Explorer) -> &TableView {
    explorer.app.table.as_ref().expect("a table is open")
}

/// A number of a table, whichever way the page lies.
fn value_of(table: &Table, row: usize, column: usize) -> Option<f32> {
    let row = &table.rows[row];
    row.cells.iter().chain(&row.measures).nth(column).copied().flatten()
}

fn names_of(table: &Table) -> Vec<String> {
    let cells = table.cells.iter().flat_map(|cells| cells.columns.iter().cloned());
    cells.chain(table.measures.iter().map(|measure| measure.column.label.to_string())).collect()
}

#[test]
fn every_sheet_has_every_number_of_its_table() {
    for keys in VIEWS {
        let mut explorer = open(keys);
        for table_of_view in explorer.app.tables() {
            let (page, names) = (table(&explorer).page().clone(), names_of(&table_of_view));
            assert_eq!(page.title, table_of_view.title, "{keys}");
            let across = page.columns == names && page.lines.len() == table_of_view.rows.len();
            for (at, line) in page.lines.iter().enumerate() {
                for (other, (value, _)) in line.values.iter().enumerate() {
                    let (row, column) = if across { (at, other) } else { (other, at) };
                    assert_eq!(*value, value_of(&table_of_view, row, column), "{keys}: {} {at} {other}", page.title);
                }
            }
            if !across {
                assert_eq!(page.lines.iter().map(|line| line.name.clone()).collect::<Vec<_>>(), names);
            }
            let numbers: usize = page.lines.iter().map(|line| line.values.len()).sum();
            assert_eq!(numbers, names.len() * table_of_view.rows.len(), "{keys}");
            if explorer.app.would_act("next-table") {
                explorer = explorer.keys("tab");
            }
        }
        // Around the circle.
        assert_eq!(table(&explorer).page().title, explorer.app.tables()[0].title, "{keys}");
    }
}

/// What is drawn of a line: its name, and the numbers in view.
fn drawn(buffer: &Buffer, y: u16) -> Vec<String> {
    let text = row_text(buffer, y);
    text.trim_start_matches('▸').trim_end_matches(['↑', '↓']).split_whitespace().map(str::to_owned).collect()
}

fn readable(line: &TableLine) -> Vec<String> {
    let text = |(value, quantity): &(Option<f32>, Quantity)| match (value, quantity) {
        (None, _) => "–".to_owned(),
        (Some(share), Quantity::Share) => format!("{:.2}", share * 100.0),
        (Some(tokens), Quantity::Tokens) => format!("{tokens:.1}"),
        (Some(value), _) => format!("{value:.4}"),
    };
    line.values.iter().map(|value| text(value).replace('-', "−")).collect()
}

#[test]
fn every_number_drawn_is_the_tables() {
    for keys in VIEWS {
        for size in [SMALL, USUAL, WIDE] {
            let mut explorer = open(keys);
            for key in ["right", "G", "end", "g", "pagedown", "o", "tab", "pagedown pagedown", "end", "o G", "home"] {
                explorer = explorer.keys(key);
                let frame = explorer.frame(size);
                let (buffer, open) = (frame.buffer(), table(&explorer));
                let top = line_of(buffer, &open.page().title.chars().take(40).collect::<String>()).unwrap() + 2;
                let here =
                    (top..size.1).find(|&y| row_text(buffer, y).starts_with('▸')).expect("the cursor is in view");
                let first = open.line - usize::from(here - top);
                let lines: Vec<&TableLine> = open.lines().skip(first).collect();
                // The number under the cursor stands below to its last digit.
                let value = open.value().unwrap().0.map_or("none".to_owned(), |value| value.to_string());
                let exact = format!("{}: {value}", &open.page().columns[open.column]);
                let end = line_of(buffer, &exact).unwrap_or_else(|| panic!("{keys} {key} {size:?}: no {exact}"));
                let mut seen = 0;
                for (line, y) in lines.iter().zip(top..end) {
                    let found = drawn(buffer, y);
                    let name: Vec<&str> = line.name.split_whitespace().collect();
                    if found.len() <= name.len() || found[0].chars().next() != line.name.trim().chars().next() {
                        break;
                    }
                    // The columns in view are neighbours.
                    let numbers = &found[name.len()..];
                    let expected = readable(line);
                    let fits = expected.windows(numbers.len()).any(|window| window == numbers);
                    assert!(fits, "{keys} {key} {size:?}: {found:?} of {expected:?}");
                    seen += 1;
                }
                assert!(seen >= lines.len().min(usize::from(size.1) / 4), "{keys} {key} {size:?}: only {seen}");
            }
        }
        for size in [(1, 1), (60, 16), (61, 17), (400, 16), (60, 200)] {
            open(keys).keys("end G").frame(size);
        }
    }
}

#[test]
fn lines_are_sorted_by_the_column_under_the_cursor_and_back() {
    for keys in VIEWS {
        let explorer = open(keys).keys("right");
        let order = |explorer: &Explorer| table(explorer).lines().map(|line| line.name.clone()).collect::<Vec<_>>();
        let (before, column) = (order(&explorer), table(&explorer).column);
        let explorer = explorer.keys("o");
        let lines: Vec<TableLine> = table(&explorer).lines().cloned().collect();
        let heap: Vec<&TableLine> = lines.iter().take_while(|line| line.sorts).collect();
        let value = |line: &TableLine| line.values[column].0.unwrap_or(f32::NEG_INFINITY);
        assert!(heap.is_sorted_by(|a, b| value(a) >= value(b)), "{keys}");
        assert!(lines[heap.len()..].iter().all(|line| !line.sorts), "sums stand below: {keys}");
        assert_eq!(table(&explorer).line, 0);
        assert_eq!(order(&explorer.keys("o")), before, "{keys}");
    }
}

#[test]
fn the_number_under_the_cursor_is_copied_to_the_last_digit() {
    for keys in VIEWS {
        let mut explorer = open(keys);
        for key in ["right", "down", "end", "G", "o", "pageup", "left", "tab", "down"] {
            explorer = explorer.keys(key);
            let (open, value) = (table(&explorer), table(&explorer).value().unwrap().0);
            let line = open.lines().nth(open.line).unwrap().name.clone();
            let column = open.page().columns[open.column].clone();
            let is_name = |of: &str| of.starts_with(&format!("{line} · ")) && of.ends_with(&column);
            match (explorer.press("y").0, value) {
                (LoopRequest::Copy { number, of }, Some(value)) => {
                    assert!(number.parse() == Ok(value) && is_name(&of), "{keys} {key}: {number}, {of}");
                }
                (LoopRequest::None, None) => {
                    assert!(explorer.app.notice.as_ref().is_some_and(|notice| notice.is_error))
                }
                (wish, value) => panic!("{keys} {key}: {wish:?} of {value:?}"),
            }
            assert_eq!(explorer.press("Y").0, LoopRequest::CopyTable);
        }
    }
}

#[test]
fn closing_it_brings_back_what_was_there() {
    for keys in VIEWS {
        for close in ["T", "esc"] {
            let explorer = Explorer::on(SENTENCE, Some(SECOND)).keys(keys);
            let before = (state(&explorer), explorer.frame(USUAL));
            let explorer = explorer.keys("T right down G end o tab pagedown home g o").keys(close);
            assert!(explorer.app.table.is_none());
            assert_eq!((state(&explorer), explorer.frame(USUAL)), before, "{keys} {close}");
        }
        // Another view is gone to as ever.
        assert!(open(keys).keys("f2 f3").app.table.is_none());
    }
    let mut explorer = Explorer::on("", None).keys("esc");
    explorer.press("T");
    assert!(explorer.app.table.is_none() && explorer.app.notice.as_ref().is_some_and(|notice| notice.is_error));
}

#[test]
fn its_numbers_follow_what_is_read() {
    let explorer = open("G right").keys("down down i").typing(" yet").keys("esc");
    let tables = explorer.app.tables();
    let (open, tokens) = (table(&explorer), explorer.app.reading().unwrap().trace.tokens.len());
    assert_eq!(open.page().lines.len(), tokens + tables[0].measures.len());
    assert_eq!((open.line, open.value().unwrap().0), (2, tables[0].rows[open.column].cells[2]));
}

#[test]
fn a_click_goes_to_the_number_and_the_wheel_moves_the_line() {
    let mut explorer = open("");
    let mut terminal = Terminal::new(TestBackend::new(LARGE.0, LARGE.1)).unwrap();
    let mut send = |explorer: &mut Explorer, kind, (column, row)| {
        let targets = app::render(&mut terminal, &mut explorer.app, &explorer.look).unwrap();
        let mouse = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        explorer::click(&mut explorer.app, &targets, mouse);
    };
    let frame = explorer.frame(LARGE);
    let y = line_of(frame.buffer(), &table(&explorer).page().lines[3].name).unwrap();
    let text = readable(&table(&explorer).page().lines[3])[2].clone();
    let x = column_of(frame.buffer(), y, &text).unwrap();
    send(&mut explorer, MouseEventKind::Down(MouseButton::Left), (x, y));
    assert_eq!((table(&explorer).line, table(&explorer).column), (3, 2));
    send(&mut explorer, MouseEventKind::Down(MouseButton::Left), (1, y + 1));
    assert_eq!((table(&explorer).line, table(&explorer).column), (4, 2), "a name is of a line");
    send(&mut explorer, MouseEventKind::ScrollDown, (x, y));
    send(&mut explorer, MouseEventKind::ScrollRight, (x, y));
    assert_eq!((table(&explorer).line, table(&explorer).column), (5, 3));
    send(&mut explorer, MouseEventKind::ScrollUp, (x, y));
    assert_eq!(table(&explorer).line, 4);
}
