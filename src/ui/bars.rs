//! The lines that frame every view: tabs, status, keys.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Modifier,
    text::{Line, Span},
    widgets::Widget,
};

use super::{
    Look,
    text::{cells, shorten},
};
use crate::{
    app::{Action, App, Context, View},
    printable::printable,
};

/// The first key that asks for an action now, or nothing.
pub(super) fn key_name(app: &App, look: &Look, action: Action) -> String {
    let context = app.context();
    let own = look.keymap.keys(context, action);
    let keys = if own.is_empty() && !context.takes_text() { look.keymap.keys(Context::Global, action) } else { own };
    keys.first().map(ToString::to_string).unwrap_or_default()
}

pub(super) fn title(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    let mut spans = vec![Span::styled(" clscope ", theme.heading), Span::raw("  ")];
    for &view in View::ALL {
        let open = view == app.view;
        let name = if open { format!("[{}]", view.title()) } else { format!(" {} ", view.title()) };
        spans.push(Span::styled(name, if open { theme.accent.add_modifier(Modifier::BOLD) } else { theme.dim }));
        spans.push(Span::raw(" "));
    }
    Line::from(spans).render(area, buffer);
    let help = key_name(app, look, Action::Help);
    if !help.is_empty() {
        Line::from(Span::styled(format!("{help} help "), theme.dim)).right_aligned().render(area, buffer);
    }
}

/// An error; else the model, the size of the input, the time of the forward pass, and the model on its way.
pub(super) fn status(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let theme = &look.theme;
    if let Some(error) = &app.error {
        let text = printable(error);
        let text = shorten(&text, usize::from(area.width.saturating_sub(2)));
        buffer.set_string(area.x + 1, area.y, text, theme.error);
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
    if let (Some(readings), Some(passage)) = (&app.readings, app.passage()) {
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

/// A bar of this many cells, filled to a fraction in 0..=1.
pub(super) fn gauge(fraction: f64, width: usize) -> String {
    let full = (fraction * width as f64).floor() as usize;
    format!("{}{}", "█".repeat(full.min(width)), "░".repeat(width.saturating_sub(full)))
}

/// The keys that do something now: as many as fit, of which help and quit always do.
pub(super) fn keys(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let hints = app.hints();
    let texts: Vec<(String, &str)> = hints
        .iter()
        .map(|hint| {
            let keys: Vec<_> = hint.actions.iter().map(|&action| key_name(app, look, action)).collect();
            let joined = if keys.iter().all(|key| cells(key) == 1) { keys.concat() } else { keys.join(" ") };
            (joined, hint.label)
        })
        .collect();
    let texts: Vec<_> = texts.into_iter().filter(|(keys, _)| !keys.is_empty()).collect();
    let width = |(keys, label): &(String, &str)| cells(keys) + 1 + cells(label) + 2;
    let mut room = usize::from(area.width).saturating_sub(1);
    let mut lines = vec![vec![Span::raw(" ")]];
    for (i, text) in texts.iter().enumerate() {
        // The last two are kept for the end of the last line.
        let last_line = lines.len() == usize::from(area.height);
        let kept: usize = if last_line { texts[i + 1..].iter().rev().take(2).map(width).sum() } else { 0 };
        if width(text) + kept > room {
            if last_line {
                continue;
            }
            lines.push(vec![Span::raw(" ")]);
            room = usize::from(area.width).saturating_sub(1);
        }
        room = room.saturating_sub(width(text));
        if let Some(spans) = lines.last_mut() {
            spans.push(Span::styled(text.0.clone(), look.theme.accent));
            spans.push(Span::styled(format!(" {}  ", text.1), look.theme.dim));
        }
    }
    // What fits in one line stands in the last one.
    let top = area.bottom().saturating_sub(lines.len() as u16);
    for (line, y) in lines.into_iter().zip(top..area.bottom()) {
        Line::from(line).render(Rect { y, height: 1, ..area }, buffer);
    }
}
