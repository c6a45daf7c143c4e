//! The formats a file with what is shown can have, to choose from.

use std::sync::LazyLock;

use ratatui::{
    layout::Rect,
    widgets::{Block, Clear, Widget},
};

use super::ALWAYS;
use crate::{
    app::App,
    export::Format,
    messages::{Label, label, message},
    state::{
        BarEntry, BarLabel, ClickTarget, Command, CommandInfo, CommandTable, Group, ListedCommands, LoopRequest,
        Outcome, Run,
    },
    widgets::{Look, canvas::Canvas, text::cells},
};

/// The table of its commands: a row for each format.
#[derive(Debug)]
pub(crate) struct ExportOverlay;

impl CommandTable for ExportOverlay {
    const COMMANDS: &'static [Group<Self>] = &[Group::Listed(&FORMATS), Group::Own(&[LEAVE]), Group::Shared(ALWAYS)];

    const BAR: &'static [BarEntry] = &[];
}

const FORMATS: ListedCommands = ListedCommands {
    rows: || {
        static ROWS: LazyLock<Vec<(CommandInfo, Label)>> = LazyLock::new(|| {
            let row = |format: Format| {
                let (id, keys, description) = (format.command(), format.keys(), format.description());
                (CommandInfo { id, keys, description }, format.label())
            };
            Format::on_screen().map(row).collect()
        });
        &ROWS
    },
    in_bar: true,
    enabled: |_, _| true,
    run: |id, state| {
        state.is_exporting = false;
        let format = Format::on_screen().find(|format| format.command() == id);
        format.map_or(Outcome::DONE, |format| LoopRequest::Export(format).into())
    },
};

const LEAVE: Command<ExportOverlay> = Command {
    id: "leave",
    keys: &["esc", "E"],
    label: BarLabel::Fixed(label!("export-command-leave-bar")),
    description: label!("export-command-leave"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.is_exporting = false),
};

/// Draws the list over the lower end of a view.
pub(crate) fn draw(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
    let theme = &look.theme;
    let formats: Vec<Format> = Format::on_screen().collect();
    let keys = |format: &Format| look.keys(app, format.command()).join(" ");
    let longest = |texts: Vec<usize>| texts.into_iter().max().unwrap_or(0) as u16;
    let wide_keys = longest(formats.iter().map(|format| cells(&keys(format))).collect());
    let wide_texts = longest(formats.iter().map(|format| cells(format.description().text())).collect());
    let title = format!(" {} ", message!("app-export-view", view = app.view().label().text()));
    let width = (wide_keys + wide_texts + 6).max(cells(&title) as u16 + 2).min(area.width);
    let height = (formats.len() as u16 + 2).min(area.height);
    let place = Rect { x: area.x, y: area.bottom() - height, width, height };
    Clear.render(place, canvas);
    canvas.set_style(place, theme.text.bg(theme.background()));
    Block::bordered().border_style(theme.border).title(title).title_style(theme.heading).render(place, canvas);
    for (format, y) in formats.into_iter().zip(place.y + 1..place.bottom().saturating_sub(1)) {
        let line = Rect { x: place.x + 2, y, width: place.width.saturating_sub(4), height: 1 };
        canvas.set_stringn(line.x, y, keys(&format), usize::from(line.width), theme.accent);
        let room = usize::from(line.width.saturating_sub(wide_keys + 2));
        canvas.set_stringn(line.x + wide_keys + 2, y, format.description().text(), room, theme.text);
        canvas.on_click(line, ClickTarget::Do(format.command()));
    }
}
