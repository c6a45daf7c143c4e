//! Draws the explorer's state into a buffer. Nothing here changes state, computes a number of the model's, or
//! knows which terminal it is on.

mod attention;
mod bars;
mod cells;
mod columns;
mod help;
mod map;
mod pooling;
mod reading_form;
mod sentences;
mod text;

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Position, Rect},
    text::Line,
    widgets::Widget,
};

use crate::{
    app::{App, ModelState, View},
    config::{Keymap, Theme},
};

/// The smallest screen the explorer fits in, `(width, height)` in cells.
pub const SMALLEST: (u16, u16) = (60, 16);

/// How things look and which keys they have.
#[derive(Debug)]
pub struct Look {
    /// Colours and styles, already brought to the terminal's colour depth.
    pub theme: Theme,
    /// The keys, for the help and the bottom bar.
    pub keymap: Keymap,
    /// Whether to show the time of the forward pass; pictures that are compared leave it out.
    pub timing: bool,
}

/// Draws one frame.
pub fn draw(frame: &mut Frame, app: &App, look: &Look) {
    let area = frame.area();
    let theme = &look.theme;
    frame.buffer_mut().set_style(area, theme.text.bg(theme.background()));
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return too_small(frame, area, look);
    }
    let two_fields = area.height >= 20 || !app.pair.value().is_empty() || app.context() == crate::app::Context::Input;
    let roomy = u16::from(area.height >= 30);
    let [title, sentences, _, body, _, status, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1 + u16::from(two_fields)),
        Constraint::Length(roomy),
        Constraint::Fill(1),
        Constraint::Length(roomy),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);

    let buffer = frame.buffer_mut();
    bars::title(app, look, title, buffer);
    let cursor = sentences::draw(app, look, sentences, buffer);
    match (&app.readings, app.view) {
        _ if app.help.is_some() => help::draw(app, look, body, buffer),
        (None, _) => invitation(app, look, body, buffer),
        (Some(readings), View::Attention) => attention::draw(app, readings, look, body, buffer),
        (Some(readings), View::Pooling) => pooling::draw(app, readings, look, body, buffer),
    }
    bars::status(app, look, status, buffer);
    bars::keys(app, look, keys, buffer);
    if let Some(Position { x, y }) = cursor {
        frame.set_cursor_position((x, y));
    }
}

fn too_small(frame: &mut Frame, area: Rect, look: &Look) {
    let words = format!("clscope needs {}×{}, this is {}×{}", SMALLEST.0, SMALLEST.1, area.width, area.height);
    let middle = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
    Line::styled(words, look.theme.warning).centered().render(middle, frame.buffer_mut());
}

/// What stands in the body while there is nothing to show: what to do, or what is being waited for.
fn invitation(app: &App, look: &Look, area: Rect, buffer: &mut ratatui::buffer::Buffer) {
    let theme = &look.theme;
    let key = |action| bars::key_name(app, look, action);
    let lines = match &app.model {
        ModelState::Loading(what) => {
            vec![
                Line::styled(format!("Loading {what} …"), theme.heading),
                Line::styled("You can type already.", theme.dim),
            ]
        }
        ModelState::Failed(_) => vec![
            Line::styled("No model could be opened.", theme.error),
            Line::styled("The line below says why; leave, and start again with --model.", theme.dim),
        ],
        ModelState::Ready(_) if app.is_empty() => {
            use crate::app::Action;
            let example = if app.context() == crate::app::Context::Input { Action::Commit } else { Action::Example };
            vec![
                Line::styled("Type a sentence to see where [CLS] looks in it.", theme.heading),
                Line::styled(format!("{} loads an example.", key(example)), theme.dim),
            ]
        }
        ModelState::Ready(_) if app.error.is_some() => {
            vec![Line::styled("The sentence could not be read.", theme.error)]
        }
        ModelState::Ready(_) => vec![Line::styled("Reading …", theme.heading)],
    };
    let height = lines.len() as u16;
    let top = area.y + area.height.saturating_sub(height) / 2;
    for (line, y) in lines.into_iter().zip(top..area.bottom()) {
        line.centered().render(Rect { y, height: 1, ..area }, buffer);
    }
}
