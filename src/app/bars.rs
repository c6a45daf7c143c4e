//! The lines that frame every view: tabs, status, keys.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Modifier,
    text::{Line, Span},
    widgets::Widget,
};

use super::App;
use crate::widgets::{
    Look,
    canvas::Canvas,
    field::field,
    listing,
    text::{cells, shorten},
};
use crate::{
    printable::printable,
    state::{ClickTarget, Context, Finding, View},
};

/// The tabs, with their keys where there is room for these; between the program's name and the key of the help.
pub(super) fn title(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
    let theme = &look.theme;
    let help = format!("{} help ", look.key(app, "help"));
    let with_key = |view: View| match look.keymap.keys(Context::Global, view.action()).first() {
        Some(key) => format!("{key} {}", view.title()),
        None => view.title().to_owned(),
    };
    let named: Vec<String> = app.views().map(|view| view.label().to_owned()).collect();
    let keyed: Vec<String> = View::ALL.iter().map(|&view| with_key(view)).collect();
    // The tabs, what is between two of them, and what stands before them: where the screen is narrow, neighbours share
    // a blank.
    let forms = [
        (&keyed, 3, " clscope   "),
        (&named, 3, " clscope   "),
        (&named, 2, "clscope "),
        (&named, 2, " "),
        (&named, 1, ""),
    ];
    let fits = |(tabs, between, name): &(&Vec<String>, usize, &str)| {
        let tabs: usize = tabs.iter().map(|tab| cells(tab) + between).sum();
        cells(name) + tabs + cells(&help) <= usize::from(area.width)
    };
    let (tabs, between, name) = forms.into_iter().find(fits).unwrap_or((&named, 1, ""));
    let (mut x, _) = canvas.set_stringn(area.x, area.y, name, usize::from(area.width), theme.heading);
    for (&view, tab) in View::ALL.iter().zip(tabs) {
        let open = view == app.view;
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
        canvas
            .on_click(Rect { x: start, y: area.y, width: x - start, height: 1 }, ClickTarget::Do(view.action().name()));
        x = (x + between as u16).saturating_sub(2).min(area.right());
    }
    let width = cells(&help) as u16;
    if !help.starts_with(' ') && x + width <= area.right() {
        let at = Rect { x: area.right() - width, y: area.y, width, height: 1 };
        canvas.set_string(at.x, at.y, help, theme.dim);
        canvas.on_click(at, ClickTarget::Do("help"));
    }
}

/// What is looked for while it is typed; an error or what was done last; else the model, the size of the input, the time of the forward pass, and the model on its way.
pub(super) fn status(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    let said = app.notice.as_ref().map(|notice| {
        let style = if notice.is_error { theme.error } else { theme.accent };
        (notice.text.as_str(), style)
    });
    if let Some((text, style)) = said.or(app.error.as_deref().map(|error| (error, theme.error))) {
        let text = printable(text);
        let text = shorten(&text, usize::from(area.width.saturating_sub(2)));
        buffer.set_string(area.x + 1, area.y, text, style);
        return;
    }
    let mut parts = Vec::new();
    match &app.model {
        None => parts.push("no model yet".to_owned()),
        Some(info) => {
            parts.push(printable(&info.name).into_owned());
            parts.push(info.backend.to_string());
            parts.push(format!("{}×{} heads", info.layers, info.heads));
        }
    }
    let mut warning = String::new();
    if app.view.is_of_list() {
        parts.push(listing::count(app.list.lines().len()));
    } else if let (Some(readings), Some(passage)) = (&app.readings, app.passage()) {
        parts.push(format!("{} tokens", passage.trace.tokens.len()));
        if look.timing {
            parts.push(format!("{:.1} ms", readings.elapsed.as_secs_f64() * 1000.0));
        }
        if let Some(cut) = passage.trace.truncation {
            warning = format!("  ⚠ cut: {} tokens, the model reads {} ", cut.from, cut.to);
        }
    }
    if app.is_reading() {
        parts.push("reading …".to_owned());
    }
    let coming = coming(app, usize::from(area.width));
    let room = usize::from(area.width).saturating_sub(1 + cells(&warning) + cells(&coming));
    buffer.set_string(area.x + 1, area.y, shorten(&parts.join(" · "), room), theme.dim);
    let right = vec![Span::styled(warning, theme.warning), Span::styled(coming, theme.accent)];
    Line::from(right).right_aligned().render(area, buffer);
}

/// The model on its way, in a line of this width: how far it is matters more than what it is.
fn coming(app: &App, width: usize) -> String {
    let Some(opening) = &app.opening else { return String::new() };
    let name = printable(&opening.name);
    match &opening.progress {
        None => format!("  loading {} … ", shorten(&name, width / 2)),
        Some(progress) => {
            let progress = printable(&progress.to_string()).into_owned();
            let room = width.saturating_sub(cells(&progress) + 40);
            let name = if room >= 12 { format!(" {}", shorten(&name, room)) } else { String::new() };
            format!("  ↓{name} {} ", shorten(&progress, width.saturating_sub(20)))
        }
    }
}

/// The text that is looked for, and how often it is found; returns where the text cursor stands.
pub(super) fn finding(finding: &Finding, app: &App, look: &Look, area: Rect, buffer: &mut Buffer) -> Position {
    let (matches, typed) = (app.matches(), !finding.field.value().trim().is_empty());
    let at = matches.iter().position(|&found| found == app.found_at());
    let count = match at {
        _ if !typed => String::new(),
        Some(at) => format!("{} of {} ", at + 1, matches.len()),
        None => "not found ".to_owned(),
    };
    let style = if matches.is_empty() { look.theme.warning } else { look.theme.accent };
    Line::styled(count.as_str(), style).right_aligned().render(area, buffer);
    buffer.set_string(area.x + 1, area.y, "find", look.theme.accent);
    let width = area.width.saturating_sub(8 + cells(&count) as u16);
    let row = Rect { x: area.x + 6, width, height: 1, ..area };
    Position { x: row.x + field(&finding.field, true, look, row, buffer), y: row.y }
}

/// The keys that do something now: as many as fit, of which help and quit always do.
pub(super) fn keys(app: &App, look: &Look, area: Rect, canvas: &mut Canvas) {
    let texts = app.hints().into_iter().map(|hint| {
        let keys: Vec<_> = hint.actions.iter().map(|&action| look.key(app, action.name())).collect();
        let joined = if keys.iter().all(|key| cells(key) == 1) { keys.concat() } else { keys.join(" ") };
        // A click does the last of several: down, to the right, the next.
        (joined, hint.label, hint.actions.last().copied())
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
        for (keys, label, action) in line {
            let start = x;
            (x, _) = canvas.set_stringn(x, y, keys, usize::from(area.right().saturating_sub(x)), look.theme.accent);
            let room = usize::from(area.right().saturating_sub(x + 1));
            (x, _) = canvas.set_stringn(x + 1, y, label, room, look.theme.dim);
            if let Some(action) = action {
                canvas.on_click(Rect { x: start, y, width: x - start, height: 1 }, ClickTarget::Do(action.name()));
            }
            x += 2;
        }
    }
}
