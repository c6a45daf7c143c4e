//! The numbers behind a view, as a table with frozen names.

use ratatui::{
    layout::Rect,
    style::{Modifier, Style},
};

use super::ALWAYS;
use crate::{
    analysis::Quantity,
    messages::{label, message},
    printable::printable,
    state::{
        BarEntry, BarLabel, ClickTarget, Command, CommandTable, Group, LoopRequest, Outcome, Run, State, TablePage,
        TableView, copied, entries, entry,
    },
    widgets::{
        Look,
        canvas::Canvas,
        cells::share,
        columns::window,
        text::{cells, shorten},
    },
};

/// The most cells a name takes, of a line and of a column.
const WIDEST_NAME: usize = 24;
const WIDEST: usize = 17;
/// The fewest cells of a column.
const NARROWEST: usize = 8;
/// Of a share in percent.
const DECIMALS: usize = 2;
/// Title, names of the columns, the number under the cursor.
const FIXED: u16 = 3;
/// How many lines a page key goes.
const PAGE: isize = 10;

/// The table of its commands.
#[derive(Debug)]
pub(crate) struct TableOverlay;

impl CommandTable for TableOverlay {
    const COMMANDS: &'static [Group<Self>] = &[
        Group::Own(&[
            TABLE, LEFT, RIGHT, UP, DOWN, FIRST, LAST, PAGE_UP, PAGE_DOWN, TOP, BOTTOM, NEXT_TABLE, SORT_TABLE, COPY,
        ]),
        Group::Shared(ALWAYS),
    ];

    const BAR: &'static [BarEntry] = &[
        entry("table"),
        entries(&["left", "down", "up", "right"], label!("bar-move")),
        entry("next-table"),
        entry("sort-table"),
        entry("copy"),
        entries(&["copy-table"], label!("bar-copy-all")),
        entry("export"),
    ];
}

fn can_step_line(state: &State, by: isize) -> bool {
    state.table.as_ref().is_some_and(|table| table.can_step_line(by))
}

fn can_step_column(state: &State, by: isize) -> bool {
    state.table.as_ref().is_some_and(|table| table.can_step_column(by))
}

fn change(state: &mut State, change: impl FnOnce(&mut TableView)) {
    if let Some(table) = &mut state.table {
        change(table);
    }
}

const TABLE: Command<TableOverlay> = Command {
    id: "table",
    keys: &["T", "esc"],
    label: BarLabel::Fixed(label!("table-command-table-bar")),
    description: label!("table-command-table"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.table = None),
};

const LEFT: Command<TableOverlay> = Command {
    id: "left",
    keys: &["left", "h"],
    label: BarLabel::None,
    description: label!("table-command-left"),
    enabled: |_, state| can_step_column(state, -1),
    run: Run::Change(|_, state| change(state, |table| table.step_column(-1))),
};

const RIGHT: Command<TableOverlay> = Command {
    id: "right",
    keys: &["right", "l"],
    label: BarLabel::None,
    description: label!("table-command-right"),
    enabled: |_, state| can_step_column(state, 1),
    run: Run::Change(|_, state| change(state, |table| table.step_column(1))),
};

const UP: Command<TableOverlay> = Command {
    id: "up",
    keys: &["up", "k"],
    label: BarLabel::None,
    description: label!("table-command-up"),
    enabled: |_, state| can_step_line(state, -1),
    run: Run::Change(|_, state| change(state, |table| table.step_line(-1))),
};

const DOWN: Command<TableOverlay> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("table-command-down"),
    enabled: |_, state| can_step_line(state, 1),
    run: Run::Change(|_, state| change(state, |table| table.step_line(1))),
};

const FIRST: Command<TableOverlay> = Command {
    id: "first",
    keys: &["home"],
    label: BarLabel::None,
    description: label!("table-command-first"),
    enabled: |_, state| can_step_column(state, isize::MIN),
    run: Run::Change(|_, state| change(state, |table| table.step_column(isize::MIN))),
};

const LAST: Command<TableOverlay> = Command {
    id: "last",
    keys: &["end"],
    label: BarLabel::None,
    description: label!("table-command-last"),
    enabled: |_, state| can_step_column(state, isize::MAX),
    run: Run::Change(|_, state| change(state, |table| table.step_column(isize::MAX))),
};

const PAGE_UP: Command<TableOverlay> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: BarLabel::None,
    description: label!("table-command-page-up"),
    enabled: |_, state| can_step_line(state, -PAGE),
    run: Run::Change(|_, state| change(state, |table| table.step_line(-PAGE))),
};

const PAGE_DOWN: Command<TableOverlay> = Command {
    id: "page-right",
    keys: &["pagedown", "space"],
    label: BarLabel::None,
    description: label!("table-command-page-down"),
    enabled: |_, state| can_step_line(state, PAGE),
    run: Run::Change(|_, state| change(state, |table| table.step_line(PAGE))),
};

const TOP: Command<TableOverlay> = Command {
    id: "top",
    keys: &["g"],
    label: BarLabel::None,
    description: label!("table-command-top"),
    enabled: |_, state| can_step_line(state, isize::MIN),
    run: Run::Change(|_, state| change(state, |table| table.step_line(isize::MIN))),
};

const BOTTOM: Command<TableOverlay> = Command {
    id: "bottom",
    keys: &["G"],
    label: BarLabel::None,
    description: label!("table-command-bottom"),
    enabled: |_, state| can_step_line(state, isize::MAX),
    run: Run::Change(|_, state| change(state, |table| table.step_line(isize::MAX))),
};

const NEXT_TABLE: Command<TableOverlay> = Command {
    id: "next-table",
    keys: &["tab"],
    label: BarLabel::Fixed(label!("table-command-next-table-bar")),
    description: label!("table-command-next-table"),
    enabled: |_, state| state.table.as_ref().is_some_and(TableView::can_turn),
    run: Run::Change(|_, state| change(state, TableView::turn)),
};

const SORT_TABLE: Command<TableOverlay> = Command {
    id: "sort-table",
    keys: &["o"],
    label: BarLabel::Fixed(label!("table-command-sort-table-bar")),
    description: label!("table-command-sort-table"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| change(state, TableView::sort)),
};

/// The number under the cursor of the table, under the key that copies everywhere.
const COPY: Command<TableOverlay> = Command {
    id: "copy",
    keys: &[],
    label: BarLabel::Fixed(label!("table-command-copy-bar")),
    description: label!("table-command-copy"),
    enabled: |_, state| number(state).is_some(),
    run: Run::Answer(|_, state| match number(state) {
        Some((number, of)) => LoopRequest::Copy { number, of }.into(),
        None => {
            state.refuse(copied::NONE);
            Outcome::DONE
        }
    }),
};

/// The number under the cursor, with all its digits, and what it is.
fn number(state: &State) -> Option<(String, String)> {
    let table = state.table.as_ref()?;
    Some((table.value()?.0?.to_string(), table.name()?))
}

/// Draws it.
pub(crate) fn draw(table: &TableView, look: &Look, area: Rect, canvas: &mut Canvas) {
    if area.height <= FIXED {
        return;
    }
    let (page, theme) = (table.page(), &look.theme);
    let names = page.lines.iter().map(|line| cells(&printable(&line.name)));
    let name_width = names.chain([cells(&page.corner)]).max().unwrap_or(0).min(WIDEST_NAME) + 2;
    let widths = widths(page);
    let room = usize::from(area.width).saturating_sub(name_width + 2);
    let columns = window(&widths, table.column, room);
    let lines = window(&vec![1; page.lines.len()], table.line, usize::from(area.height - FIXED));

    let title = title(table, usize::from(area.width - 2));
    canvas.set_string(area.x + 1, area.y, title, theme.heading);
    let header = area.y + 1;
    canvas.set_stringn(area.x + 1, header, &page.corner, name_width, theme.heading);
    let mut x = area.x + 1 + name_width as u16;
    let start = x;
    let mut places = Vec::new();
    for at in columns.clone() {
        let width = widths[at];
        let sign = if table.sorted == Some(at) { "▼" } else { "" };
        let name = printable(&page.columns[at]).into_owned();
        let name = format!("{}{sign}", shorten(&name, width - 1 - cells(sign)));
        let chosen = at == table.column;
        let style = if chosen { theme.accent.add_modifier(Modifier::BOLD) } else { theme.heading };
        canvas.set_string(x + (width - cells(&name)) as u16, header, &name, style);
        places.push((at, x, width));
        x += width as u16;
    }
    let beyond = [(columns.start > 0, start - 1, "‹"), (columns.end < page.columns.len(), x, "›")];
    for (_, x, sign) in beyond.into_iter().filter(|(is, x, _)| *is && *x < area.right()) {
        canvas.set_string(x, header, sign, theme.accent);
    }

    for ((number, line), y) in table.lines().enumerate().skip(lines.start).take(lines.len()).zip(header + 1..) {
        let here = number == table.line;
        let style = if here { theme.accent.add_modifier(Modifier::BOLD) } else { theme.text };
        let sign = if here { "▸" } else { " " };
        canvas.set_string(area.x, y, sign, theme.accent);
        let name = printable(&line.name);
        canvas.set_string(area.x + 1, y, shorten(&name, name_width - 1), style);
        canvas.on_click(Rect { y, height: 1, ..area }, ClickTarget::Line(number));
        for &(at, x, width) in &places {
            let Some(&(value, quantity)) = line.values.get(at) else { continue };
            let text = quantity.readable(value, DECIMALS);
            let style = if here && at == table.column { theme.cursor } else { shade(value, quantity, look) };
            // The blank between two columns keeps the background of the screen.
            canvas.set_string(x + 1, y, format!("{text:>0$}", width - 1), style);
            let cell = Rect { x, y, width: width as u16, height: 1 };
            canvas.on_click(cell, ClickTarget::Cell { line: number, column: at });
        }
    }
    if lines.end < page.lines.len() {
        canvas.set_string(area.right() - 1, header + lines.len() as u16, "↓", theme.accent);
    }
    if lines.start > 0 {
        canvas.set_string(area.right() - 1, header + 1, "↑", theme.accent);
    }
    if let Some(text) = exact(table) {
        let room = usize::from(area.width - 2);
        canvas.set_string(area.x + 1, header + 1 + lines.len() as u16, shorten(&text, room), theme.text);
    }
}

/// What the table is of, and which of how many it is, in so many cells.
fn title(table: &TableView, room: usize) -> String {
    let which = table.position().map_or(String::new(), |(at, count)| {
        format!("  ·  {}", message!("app-table-position", at = at, count = count))
    });
    let title = printable(&table.page().title);
    let title = match table.page().has_shares {
        true => message!("app-table-in-percent", title = &*title),
        false => title.into_owned(),
    };
    format!("{}{which}", shorten(&title, room.saturating_sub(cells(&which))))
}

/// The number under the cursor, to the last digit.
fn exact(table: &TableView) -> Option<String> {
    let value = table.value()?.0.map_or(label!("app-no-value").text().to_owned(), |value| value.to_string());
    Some(message!("widgets-named", name = &*printable(&table.name()?), value = value))
}

/// How wide each column is: as its name and its numbers are.
fn widths(page: &TablePage) -> Vec<usize> {
    let width = |(at, name): (usize, &String)| {
        let name = cells(&printable(name)).min(WIDEST) + 2;
        name.max(widest_number(page, at) + 2).max(NARROWEST)
    };
    page.columns.iter().enumerate().map(width).collect()
}

/// How many cells the longest number of a column takes: that of its largest or its smallest number.
fn widest_number(page: &TablePage, column: usize) -> usize {
    let width = |(value, quantity): &(Option<f32>, Quantity)| cells(&quantity.readable(*value, DECIMALS));
    page.ends[column].iter().map(width).max().unwrap_or(0)
}

/// A share's colour on the scale up to 100 %.
fn shade(value: Option<f32>, quantity: Quantity, look: &Look) -> Style {
    match value {
        Some(value) if quantity == Quantity::Share && look.theme.has_color() => {
            let background = look.theme.sequential(share(value, 1.0));
            Style::new().bg(background).fg(look.theme.on(background))
        }
        None => look.theme.dim,
        _ => look.theme.text,
    }
}
