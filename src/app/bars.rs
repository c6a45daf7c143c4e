//! The lines that frame every view: tabs, status, keys.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Modifier,
    text::{Line, Span},
    widgets::{Clear, Widget},
};

use super::App;
use crate::widgets::{
    Look,
    canvas::Canvas,
    listing,
    text::{beginning, broken, cells, shorten},
};
use crate::{
    config::EVERYWHERE,
    messages::{label, message},
    printable::printable,
    state::{ClickTarget, Subject},
    views::View,
};

/// The most cells of a tab where there is no room for all names.
const SHORT: usize = 4;

/// The tabs, with their keys where there is room for these; between the program's name and the key of the help.
pub(super) fn title(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
    let theme = &look.theme;
    let help = format!("{} {} ", look.key(app, "help"), label!("app-command-help-bar"));
    let with_key = |view: &dyn View| match look.keymap.keys(EVERYWHERE, view.shown_by().id).first() {
        Some(key) => format!("{key} {}", view.label()),
        None => view.label().text().to_owned(),
    };
    let named: Vec<String> = app.views().map(|view| view.label().text().to_owned()).collect();
    // The open one in full.
    let short = |view: &dyn View| match view.id() == app.view().id() {
        true => view.label().text().to_owned(),
        false => beginning(view.label().text(), SHORT).to_owned(),
    };
    let shortened: Vec<String> = app.views().map(short).collect();
    let keyed: Vec<String> = app.views().map(with_key).collect();
    // The tabs, what is between two of them, and what stands before them: where the screen is narrow, neighbours share
    // a blank.
    let name = |before, after| format!("{:before$}clscope{:after$}", "", "");
    let forms = [
        (&keyed, 3, name(1, 3)),
        (&keyed, 2, name(0, 1)),
        (&keyed, 1, name(0, 1)),
        (&named, 3, name(1, 3)),
        (&named, 2, name(0, 1)),
        (&named, 1, name(0, 1)),
        (&named, 2, " ".to_owned()),
        (&named, 1, String::new()),
        (&shortened, 1, String::new()),
    ];
    let fits = |(tabs, between, name): &(&Vec<String>, usize, String)| {
        let tabs: usize = tabs.iter().map(|tab| cells(tab) + between).sum();
        cells(name) + tabs + cells(&help) <= usize::from(area.width)
    };
    let (tabs, between, name) = forms.into_iter().find(fits).unwrap_or((&shortened, 1, String::new()));
    let (mut x, _) = canvas.set_stringn(area.x, area.y, name, usize::from(area.width), theme.heading);
    for (view, tab) in app.views().zip(tabs) {
        let open = view.id() == app.view().id();
        let style = if open { theme.accent.add_modifier(Modifier::BOLD) } else { theme.dim };
        let start = x;
        if open {
            canvas.set_stringn(x, area.y, "[", usize::from(area.right().saturating_sub(x)), style);
        }
        x = (x + 1).min(area.right());
        (x, _) = canvas.set_stringn(x, area.y, tab, usize::from(area.right() - x), style);
        if open {
            canvas.set_stringn(x, area.y, "]", usize::from(area.right() - x), style);
        }
        x = (x + 1).min(area.right());
        let at = Rect { x: start, y: area.y, width: x - start, height: 1 };
        canvas.on_click(at, ClickTarget::Do(view.shown_by().id));
        x = (x + between as u16).saturating_sub(2).min(area.right());
    }
    let width = cells(&help) as u16;
    if !help.starts_with(' ') && x + width <= area.right() {
        let at = Rect { x: area.right() - width, y: area.y, width, height: 1 };
        canvas.set_string(at.x, at.y, help, theme.dim);
        canvas.on_click(at, ClickTarget::Do("help"));
    }
}

/// The most lines of what was done last; more of them would cover what it is about.
const MOST_LINES: usize = 3;

/// What is looked for while it is typed; an error or what was done last; else the model, the size of the input, the time of the forward pass, and the model on its way.
pub(super) fn status(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    let said = app.notice.as_ref().map(|notice| {
        let style = if notice.is_error { theme.error } else { theme.accent };
        (notice.text.as_str(), style)
    });
    if let Some((text, style)) = said.or(app.error.as_deref().map(|error| (error, theme.error))) {
        let width = usize::from(area.width.saturating_sub(2));
        let mut lines = broken(&printable(text), width);
        if lines.len() > MOST_LINES {
            let rest = lines.split_off(MOST_LINES - 1).join(" ");
            lines.push(shorten(&rest, width).into_owned());
        }
        let height = (lines.len() as u16).min(area.bottom());
        let place = Rect { y: area.bottom() - height, height, ..area };
        Clear.render(place, buffer);
        buffer.set_style(place, theme.text.bg(theme.background()));
        for (line, y) in lines.iter().zip(place.top()..place.bottom()) {
            buffer.set_string(area.x + 1, y, line, style);
        }
        return;
    }
    let mut parts = Vec::new();
    match &app.model {
        None => parts.push(label!("app-no-model").text().to_owned()),
        Some(info) => {
            parts.push(printable(&info.name).into_owned());
            parts.push(info.backend.to_string());
            parts.push(message!("app-shape", layers = info.layers, heads = info.heads));
        }
    }
    if app.subject() == Subject::List {
        parts.push(listing::count(app.list.lines().len()));
    } else if let (Some(readings), Some(reading)) = (&app.readings, app.reading()) {
        parts.push(message!("app-tokens", count = reading.trace.tokens.len()));
        if look.timing {
            let time = format!("{:.1}", readings.elapsed.as_secs_f64() * 1000.0);
            parts.push(message!("app-milliseconds", time = time));
        }
    }
    let warning = truncated(app).map_or_else(String::new, |warning| format!("  {warning} "));
    if app.is_reading() {
        parts.push(label!("app-reading").text().to_owned());
    }
    let coming = coming(app, usize::from(area.width));
    let room = usize::from(area.width).saturating_sub(1 + cells(&warning) + cells(&coming));
    buffer.set_string(area.x + 1, area.y, shorten(&parts.join(" · "), room), theme.dim);
    let right = vec![Span::styled(warning, theme.warning), Span::styled(coming, theme.accent)];
    Line::from(right).right_aligned().render(area, buffer);
}

/// That the text on screen is longer than what the model reads of it.
pub(super) fn truncated(app: &App) -> Option<String> {
    let reading = app.reading().filter(|_| app.subject() != Subject::List)?;
    let declared = reading.declared_extent.as_ref().and_then(|extent| extent.truncation);
    Some(match (reading.trace.truncation, declared) {
        (None, None) => return None,
        (Some(cut), None) => message!("app-truncated", tokens = cut.from, limit = cut.to),
        (None, Some(cut)) => message!("app-declared-truncated", tokens = cut.from, limit = cut.to),
        (Some(cut), Some(declared)) => {
            message!("app-truncated-both", tokens = cut.from, limit = cut.to, declared = declared.to)
        }
    })
}

/// The model on its way, in a line of this width: how far it is matters more than what it is.
fn coming(app: &App, width: usize) -> String {
    let Some(opening) = &app.opening else { return String::new() };
    let name = printable(&opening.name);
    match &opening.progress {
        None => format!("  {} ", message!("app-loading", name = &*shorten(&name, width / 2))),
        Some(progress) => {
            let progress = printable(&progress.to_string()).into_owned();
            let room = width.saturating_sub(cells(&progress) + 40);
            let name = if room >= 12 { format!(" {}", shorten(&name, room)) } else { String::new() };
            format!("  ↓{name} {} ", shorten(&progress, width.saturating_sub(20)))
        }
    }
}

/// The keys that do something now: as many as fit, of which help and quit always do.
pub(super) fn keys(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
    let texts = app.hints().into_iter().map(|hint| {
        let keys: Vec<_> = hint.commands.iter().map(|id| app.key(look, id)).collect();
        let joined = if keys.iter().all(|key| cells(key) == 1) { keys.concat() } else { keys.join(" ") };
        // A click does the last of several: down, to the right, the next.
        (joined, hint.label.text(), hint.commands.last().copied())
    });
    let texts: Vec<_> = texts.filter(|(keys, ..)| !keys.is_empty()).collect();
    let width = |(keys, label, _): &(String, &str, _)| cells(keys) + 1 + cells(label) + 2;
    let mut room = usize::from(area.width).saturating_sub(1);
    let mut lines = vec![Vec::new()];
    for (i, text) in texts.iter().enumerate() {
        // The last two are kept for the end of the last line.
        let last_line = lines.len() == usize::from(area.height);
        let kept: usize = if last_line { texts[i + 1..].iter().rev().take(2).map(width).sum() } else { 0 };
        if width(text) + kept > room {
            if last_line {
                continue;
            }
            lines.push(Vec::new());
            room = usize::from(area.width).saturating_sub(1);
        }
        room = room.saturating_sub(width(text));
        if let Some(line) = lines.last_mut() {
            line.push(text);
        }
    }
    // What fits in one line stands in the last one.
    let top = area.bottom().saturating_sub(lines.len() as u16);
    for (line, y) in lines.into_iter().zip(top..area.bottom()) {
        let mut x = area.x + 1;
        for (keys, label, id) in line {
            let start = x;
            (x, _) = canvas.set_stringn(x, y, keys, usize::from(area.right().saturating_sub(x)), look.theme.accent);
            let room = usize::from(area.right().saturating_sub(x + 1));
            (x, _) = canvas.set_stringn(x + 1, y, label, room, look.theme.dim);
            if let Some(id) = *id {
                canvas.on_click(Rect { x: start, y, width: x - start, height: 1 }, ClickTarget::Do(id));
            }
            x += 2;
        }
    }
}
