//! Draws the explorer's state into a buffer. Drawing changes no state, computes no number of the model's, and does not
//! know which terminal it is on; [`render`] tells the app what only drawing shows, how far a view can be scrolled.

mod bars;
mod canvas;
mod captions;
mod cells;
mod columns;
mod compare;
mod cuts;
mod export;
mod heads;
mod help;
mod layers;
mod list;
mod map;
mod matrix;
mod picker;
mod points;
mod pooling;
mod reading_form;
mod sentences;
mod sweep;
mod table;
mod text;
mod ticks;

pub use canvas::Target;

use ratatui::{
    Frame, Terminal,
    backend::Backend,
    buffer::Buffer,
    layout::{Constraint, Layout, Margin, Position, Rect},
    text::Line,
    widgets::{Paragraph, Widget, Wrap},
};

use canvas::Canvas;

use crate::{
    app::{Action, App, Context, View},
    config::{Keymap, Theme},
    printable::printable,
};

/// The smallest screen the explorer fits in, `(width, height)` in cells.
pub const SMALLEST: (u16, u16) = (60, 16);

/// Draws until the picture stands: once, and again where drawing showed that something was scrolled too far. Returns what
/// can be clicked on.
///
/// # Errors
/// When the backend fails.
pub fn render<B: Backend>(terminal: &mut Terminal<B>, app: &mut App, look: &Look) -> Result<Vec<Target>, B::Error> {
    let mut drawn = Drawn::default();
    for _ in 0..2 {
        terminal.draw(|frame| drawn = draw(frame, app, look))?;
        if !app.on_drawn(drawn.furthest) {
            break;
        }
    }
    Ok(drawn.targets)
}

/// What only drawing shows.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// How far what is on screen can be scrolled, for [`App::on_drawn`].
    pub furthest: usize,
    /// What can be clicked on.
    pub targets: Vec<Target>,
}

/// How things look and which keys they have.
#[derive(Debug)]
pub struct Look {
    /// Colours and styles, already brought to the terminal's colour depth.
    pub theme: Theme,
    /// The keys, for the help and the bottom bar.
    pub keymap: Keymap,
    /// Whether they are meant for a dark background.
    pub dark: bool,
    /// Whether to show the time of the forward pass; pictures that are compared leave it out.
    pub timing: bool,
}

impl Look {
    /// The name of the first key that asks for an action now, or nothing.
    fn key(&self, app: &App, action: Action) -> String {
        let context = app.context();
        let own = self.keymap.keys(context, action);
        let keys =
            if own.is_empty() && !context.takes_text() { self.keymap.keys(Context::Global, action) } else { own };
        keys.first().map(ToString::to_string).unwrap_or_default()
    }
}

/// Draws one frame.
pub fn draw(frame: &mut Frame, app: &App, look: &Look) -> Drawn {
    let area = frame.area();
    let theme = &look.theme;
    frame.buffer_mut().set_style(area, theme.text.bg(theme.background()));
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(frame, area, look);
        return Drawn::default();
    }
    let two_fields = area.height >= 20 || !app.pair.value().is_empty() || app.context() == Context::Input;
    let roomy = u16::from(area.height >= 30);
    let [title, sentences, _, body, _, status, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1 + u16::from(two_fields)),
        Constraint::Length(roomy),
        Constraint::Fill(1),
        Constraint::Length(roomy),
        Constraint::Length(1),
        // Two lines hold nearly every key that does something.
        Constraint::Length(1 + u16::from(area.height >= 24)),
    ])
    .areas(area);

    let canvas = &mut Canvas::new(frame.buffer_mut());
    bars::title(app, look, title, canvas);
    let body = cuts::draw(app, look, body, canvas);
    let body = match &app.model_error {
        Some(why) if app.model.is_some() && app.help.is_none() => {
            let why = printable(why);
            // Words are kept whole, which costs some room at the end of each line.
            let lines = text::cells(&why) / usize::from(area.width.saturating_sub(14)).max(1) + 3;
            let [body, below] =
                Layout::vertical([Constraint::Fill(1), Constraint::Length((lines as u16).min(body.height / 2 + 2))])
                    .areas(body);
            explain("The other model could not be opened.", &why, look, below, canvas);
            body
        }
        _ => body,
    };
    let mut cursor = sentences::draw(app, look, sentences, canvas);
    let furthest = match (app.help, &app.readings, app.view) {
        (Some(top), _, _) => help::draw(top, app.context_below_help(), look, body, canvas),
        _ if app.picker.is_open => {
            cursor = Some(picker::draw(app, look, body, canvas));
            0
        }
        _ if app.context() != Context::Input && app.table.is_some() => {
            app.table.iter().for_each(|table| table::draw(table, look, body, canvas));
            0
        }
        (None, _, View::Sentences) if app.model.is_some() => {
            cursor = list::draw(app, look, body, canvas).or(cursor);
            0
        }
        (None, _, View::Map) if app.model.is_some() => {
            points::draw(app, look, body, canvas);
            0
        }
        (None, None, _) | (None, _, View::Sentences | View::Map) => {
            invitation(app, look, body, canvas);
            0
        }
        (None, Some(readings), View::Layers) => {
            layers::draw(app, readings, look, body, canvas);
            0
        }
        (None, Some(readings), View::Heads) => {
            heads::draw(app, readings, look, body, canvas);
            0
        }
        (None, Some(readings), View::Matrix) => {
            matrix::draw(app, readings, look, body, canvas);
            0
        }
        (None, Some(_), View::Compare) => {
            compare::draw(app, look, body, canvas);
            0
        }
        (None, Some(readings), View::Sweep) => {
            sweep::draw(app, readings, look, body, canvas);
            0
        }
        (None, Some(readings), View::Pooling) => pooling::draw(app, readings, look, body, canvas),
    };
    if app.context() == Context::Export {
        export::draw(app, look, body, canvas);
    }
    match &app.finding {
        Some(finding) if app.context() == Context::Find => {
            cursor = Some(bars::finding(finding, app, look, status, canvas));
        }
        _ => bars::status(app, look, status, canvas),
    }
    bars::keys(app, look, keys, canvas);
    let targets = std::mem::take(&mut canvas.targets);
    if let Some(Position { x, y }) = cursor {
        frame.set_cursor_position((x, y));
    }
    Drawn { furthest, targets }
}

fn too_small(frame: &mut Frame, area: Rect, look: &Look) {
    let (width, height) = SMALLEST;
    let longest_first = [
        format!("clscope needs {width}×{height}, this is {}×{}", area.width, area.height),
        format!("needs {width}×{height}"),
        format!("{width}×{height}"),
    ];
    let Some(words) = longest_first.into_iter().find(|words| text::cells(words) <= usize::from(area.width)) else {
        return;
    };
    let middle = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
    Line::styled(words, look.theme.warning).centered().render(middle, frame.buffer_mut());
}

/// What stands in the body while there is nothing to show: what to do, what is being waited for, or what went wrong.
fn invitation(app: &App, look: &Look, area: Rect, buffer: &mut Buffer) {
    let (heading, rest) = match (&app.model, &app.opening) {
        (None, Some(opening)) => {
            let name = printable(&opening.name);
            return match &opening.progress {
                None => invite(&format!("Loading {name} …"), &["You can type already.".to_owned()], look, area, buffer),
                Some(progress) => {
                    let bar = progress.fraction().map_or(String::new(), |fraction| bars::gauge(fraction, 40));
                    let lines =
                        [bar, printable(&progress.to_string()).into_owned(), "You can type already.".to_owned()];
                    invite(&format!("Downloading {name}"), &lines, look, area, buffer);
                }
            };
        }
        (None, None) => ("No model could be opened.", app.model_error.clone().unwrap_or_default()),
        (Some(_), _) if app.is_empty() => {
            let action = if app.context() == Context::Input { Action::Commit } else { Action::Example };
            let offered = action == Action::Example && app.would_act(Action::Example) || app.offers_example();
            let example = if offered { format!("{} loads an example.", look.key(app, action)) } else { String::new() };
            let key = look.key(app, Action::RestoreSession);
            let last = if app.has_last_session && !key.is_empty() {
                format!("{key} goes back to where you left clscope the last time.")
            } else {
                String::new()
            };
            return invite("Type a sentence to see where [CLS] looks in it.", &[example, last], look, area, buffer);
        }
        (Some(_), _) => match &app.error {
            Some(why) => ("The sentence could not be read.", why.clone()),
            None => return invite("Reading …", &[], look, area, buffer),
        },
    };
    explain(heading, &rest, look, area.inner(Margin::new(0, 1)), buffer);
}

/// What went wrong, whole, however long: the status line below may have to cut it.
fn explain(heading: &str, why: &str, look: &Look, area: Rect, buffer: &mut Buffer) {
    let message = Paragraph::new(vec![
        Line::styled(heading, look.theme.error),
        Line::styled(printable(why).into_owned(), look.theme.text),
    ]);
    message.wrap(Wrap { trim: true }).render(area.inner(Margin::new(2, 0)), buffer);
}

/// Some lines in the middle.
fn invite(heading: &str, rest: &[String], look: &Look, area: Rect, buffer: &mut Buffer) {
    let height = 1 + rest.len() as u16;
    let top = area.y + area.height.saturating_sub(height) / 2;
    let rest = rest.iter().map(|line| Line::styled(line.as_str(), look.theme.dim));
    let lines = std::iter::once(Line::styled(heading, look.theme.heading)).chain(rest);
    for (line, y) in lines.zip(top..area.bottom()) {
        line.centered().render(Rect { y, height: 1, ..area }, buffer);
    }
}
