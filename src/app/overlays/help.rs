//! Every key, from the keymap, and how to read the screen.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use super::ALWAYS;
use crate::{
    analysis::Measure,
    app::App,
    config::KeyContext,
    messages::label,
    state::{BarEntry, BarLabel, Command, CommandTable, Group, Overlay, Run, entries, entry},
    views::{Legend, View},
    widgets::{
        Look,
        text::{cells, shorten, wrapped},
    },
};

/// How many lines a page key goes.
const PAGE: isize = 10;

/// The table of its commands.
#[derive(Debug)]
pub(crate) struct HelpOverlay;

impl CommandTable for HelpOverlay {
    const COMMANDS: &'static [Group<Self>] =
        &[Group::Own(&[LEAVE, UP, DOWN, PAGE_UP, PAGE_DOWN, TOP, BOTTOM]), Group::Shared(ALWAYS)];

    const BAR: &'static [BarEntry] = &[entry("leave"), entries(&["down", "up"], label!("bar-scroll"))];
}

const LEAVE: Command<HelpOverlay> = Command {
    id: "leave",
    keys: &["esc", "q", "?", "f1"],
    label: BarLabel::Fixed(label!("help-command-leave-bar")),
    description: label!("help-command-leave"),
    enabled: |_, _| true,
    run: Run::Change(|_, state| state.help = None),
};

const UP: Command<HelpOverlay> = Command {
    id: "up",
    keys: &["up", "k"],
    label: BarLabel::None,
    description: label!("help-command-up"),
    enabled: |_, state| state.can_scroll_help(-1),
    run: Run::Change(|_, state| state.scroll_help(-1)),
};

const DOWN: Command<HelpOverlay> = Command {
    id: "down",
    keys: &["down", "j"],
    label: BarLabel::None,
    description: label!("help-command-down"),
    enabled: |_, state| state.can_scroll_help(1),
    run: Run::Change(|_, state| state.scroll_help(1)),
};

const PAGE_UP: Command<HelpOverlay> = Command {
    id: "page-left",
    keys: &["pageup"],
    label: BarLabel::None,
    description: label!("help-command-page-up"),
    enabled: |_, state| state.can_scroll_help(-PAGE),
    run: Run::Change(|_, state| state.scroll_help(-PAGE)),
};

const PAGE_DOWN: Command<HelpOverlay> = Command {
    id: "page-right",
    keys: &["pagedown", "space"],
    label: BarLabel::None,
    description: label!("help-command-page-down"),
    enabled: |_, state| state.can_scroll_help(PAGE),
    run: Run::Change(|_, state| state.scroll_help(PAGE)),
};

const TOP: Command<HelpOverlay> = Command {
    id: "top",
    keys: &["home", "g"],
    label: BarLabel::None,
    description: label!("help-command-top"),
    enabled: |_, state| state.can_scroll_help(isize::MIN),
    run: Run::Change(|_, state| state.scroll_help(isize::MIN)),
};

const BOTTOM: Command<HelpOverlay> = Command {
    id: "bottom",
    keys: &["end", "G"],
    label: BarLabel::None,
    description: label!("help-command-bottom"),
    enabled: |_, state| state.can_scroll_help(isize::MAX),
    run: Run::Change(|_, state| state.scroll_help(isize::MAX)),
};

/// Draws the help from line `top` on; how far it can be scrolled.
pub(crate) fn draw(
    top: usize,
    app: &App,
    contexts: &[KeyContext],
    look: &Look,
    area: Rect,
    buffer: &mut Buffer,
) -> usize {
    let lines = lines(app, contexts, look, usize::from(area.width.saturating_sub(2)));
    let furthest = lines.len().saturating_sub(usize::from(area.height));
    let top = top.min(furthest);
    let more = format!(" {} ", label!("app-more-below"));
    // A line that the mark would cover waits for the next scroll.
    let bottom = lines.get(top + usize::from(area.height.saturating_sub(1))).map_or(0, Line::width);
    let is_covered = top < furthest && bottom + cells(&more) + 1 > usize::from(area.width);
    for (line, y) in lines.into_iter().skip(top).zip(area.y..area.bottom() - u16::from(is_covered)) {
        line.render(Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 }, buffer);
    }
    if top < furthest {
        let at = Rect { y: area.bottom() - 1, height: 1, ..area };
        Line::from(Span::styled(more, look.theme.accent)).right_aligned().render(at, buffer);
    }
    furthest
}

/// Every line of the help, in at most `width` cells: where a name and its text do not fit side by side, the text goes
/// below. The keys and the words of what the help was opened from come first.
fn lines(app: &App, contexts: &[KeyContext], look: &Look, width: usize) -> Vec<Line<'static>> {
    const NAME: usize = 24;
    const WIDE: usize = 76;
    let (theme, below) = (&look.theme, app.overlay_below_help().map_or(app.state.view, Overlay::id));
    let mut lines = Vec::new();
    let heading = |lines: &mut Vec<Line>, text: &'static str| {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(text, theme.heading));
    };
    let row = |lines: &mut Vec<Line>, name: String, text: &'static str| {
        let beside = cells(&name) + 3 <= NAME && (width >= WIDE || NAME + cells(text) <= width);
        let indent = if beside { NAME } else { 4 };
        let mut text = wrapped(text, width.saturating_sub(indent)).into_iter();
        let mut first = vec![Span::styled(format!("  {}", shorten(&name, width.saturating_sub(2))), theme.accent)];
        if beside {
            let text = text.next().unwrap_or_default();
            first.push(Span::styled(format!("{}{text}", " ".repeat(NAME - 2 - cells(&name))), theme.text));
        }
        lines.push(Line::from(first));
        lines.extend(text.map(|text| Line::styled(format!("{}{text}", " ".repeat(indent)), theme.text)));
    };
    let described = |id: &str| contexts.iter().flat_map(|context| &context.commands).find(|row| row.id == id);
    let keys = |lines: &mut Vec<Line<'static>>, context: &KeyContext| {
        heading(lines, context.label.text());
        for (id, keys) in look.keymap.bindings(context.id) {
            let keys: Vec<_> = keys.iter().map(ToString::to_string).collect();
            let own = context.commands.iter().find(|row| row.id == id).or_else(|| described(id));
            row(lines, keys.join(" "), own.map_or("", |row| row.description.text()));
        }
    };
    let (here, elsewhere): (Vec<_>, Vec<_>) = contexts.iter().partition(|context| context.id == below);
    here.into_iter().for_each(|context| keys(&mut lines, context));
    // What the view on screen needs comes first.
    let own = app.view().legend().filter(|_| below == app.view().id());
    let others = app.views().filter_map(View::legend).filter(|legend| Some(*legend) != own);
    let mut legends: Vec<&Legend> = own.into_iter().chain(others).collect();
    legends.dedup();
    for legend in legends {
        heading(&mut lines, legend.heading.text());
        for &(name, text) in legend.words {
            row(&mut lines, name.text().to_owned(), text.text());
        }
    }
    heading(&mut lines, label!("legend-measures").text());
    for &measure in Measure::ALL {
        row(&mut lines, measure.id().to_owned(), measure.meaning().text());
    }
    elsewhere.into_iter().for_each(|context| keys(&mut lines, context));
    lines
}
