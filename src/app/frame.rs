//! Draws the explorer's state into a buffer. Drawing changes no state, computes no number of the model's, and does not
//! know which terminal it is on; [`render`] tells the app what only drawing shows, how far a view can be scrolled.

use ratatui::{
    Frame, Terminal,
    backend::Backend,
    layout::{Constraint, Layout, Position, Rect},
    text::Line,
    widgets::Widget,
};

use super::{
    App, ablations, bars, cautions,
    contexts::key_contexts,
    invitation::invitation,
    lesson,
    overlays::{export, find, help, input, note, picker, table},
    question,
};
use crate::{
    messages::{label, message},
    printable::printable,
    state::Overlay,
    views::Extent,
    widgets::{Look, SMALLEST, Target, canvas::Canvas, placeholder::explain, text},
};

/// Draws until the picture stands: once, and again where drawing showed that something was scrolled too far. Returns what
/// can be clicked on.
///
/// # Errors
/// When the backend fails.
pub fn render<B: Backend>(terminal: &mut Terminal<B>, app: &mut App, look: &Look) -> Result<Vec<Target>, B::Error> {
    let mut drawn = Drawn::default();
    for _ in 0..2 {
        terminal.draw(|frame| drawn = draw(frame, app, look))?;
        if !app.on_drawn(drawn.furthest, drawn.furthest_of_lesson) {
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
    /// How far the lesson can be scrolled.
    pub furthest_of_lesson: usize,
    /// What can be clicked on.
    pub targets: Vec<Target>,
}

/// What lies around every view, where there is such: what is ablated and what that changes, what the model does not know or read, a line
/// each.
pub fn remarks(app: &App, look: &Look) -> Vec<String> {
    let lines = [ablations::facts(app)].into_iter().chain(cautions::facts(app, look));
    let lines = lines.filter(|facts| !facts.is_empty()).map(|facts| facts.join(text::BETWEEN));
    lines.chain(bars::truncated(app)).collect()
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
    let two_fields = area.height >= 20 || !app.pair.value().is_empty() || app.overlay() == Some(Overlay::Input);
    let roomy = u16::from(area.height >= 30);
    let [title, sentences, _, body, _, status, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1 + u16::from(two_fields)),
        Constraint::Length(roomy),
        Constraint::Fill(1),
        Constraint::Length(roomy),
        Constraint::Length(1),
        // Two lines hold nearly every key that does something.
        Constraint::Length(1 + u16::from(area.height >= 24 && !app.is_projected)),
    ])
    .areas(area);

    let canvas = &mut Canvas::new(frame.buffer_mut());
    bars::title(app, look, title, canvas);
    let body = question::draw(app, look, body, canvas);
    let body = ablations::draw(app, look, body, canvas);
    let body = cautions::draw(app, look, body, canvas);
    let (body, furthest_of_lesson) = lesson::draw(app.lesson(), app, look, body, canvas);
    let body = failed_model(app, look, body, canvas);
    let typing = input::draw(app, look, sentences, canvas);
    let Extent { furthest, cursor } = content(app, look, body, canvas);
    let mut cursor = cursor.or(typing);
    if app.overlay() == Some(Overlay::Export) {
        export::draw(app, look, body, canvas);
    }
    match (app.overlay(), &app.finding, &app.note) {
        (Some(Overlay::Find), Some(finding), _) => cursor = Some(find::draw(finding, app, look, status, canvas)),
        (Some(Overlay::Note), _, Some(note)) => cursor = Some(note::draw(note, look, status, canvas)),
        _ => bars::status(app, look, status, canvas),
    }
    bars::keys(app, look, keys, canvas);
    let targets = std::mem::take(&mut canvas.targets);
    if let Some(Position { x, y }) = cursor {
        frame.set_cursor_position((x, y));
    }
    Drawn { furthest, furthest_of_lesson, targets }
}

/// Why another model cannot be opened, below what is on screen; the room that is left.
fn failed_model(app: &App, look: &Look, body: Rect, canvas: &mut Canvas) -> Rect {
    let Some(why) = app.model_error.as_deref().filter(|_| app.model.is_some() && app.help.is_none()) else {
        return body;
    };
    let why = printable(why);
    // Words are kept whole, which costs some room at the end of each line.
    let lines = text::cells(&why) / usize::from(body.width.saturating_sub(14)).max(1) + 3;
    let height = (lines as u16).min(body.height / 2 + 2);
    let [body, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(height)]).areas(body);
    explain(label!("app-other-model-failed").text(), &why, look, below, canvas);
    body
}

/// The help, a list or a table that lies over the view, or the view.
fn content(app: &App, look: &Look, body: Rect, canvas: &mut Canvas) -> Extent {
    let over = app.overlay();
    if let Some(top) = app.help {
        return Extent { furthest: help::draw(top, app, &key_contexts(), look, body, canvas), ..Extent::default() };
    }
    if app.picker.is_open {
        return Extent { cursor: Some(picker::draw(app, look, body, canvas)), ..Extent::default() };
    }
    if over == Some(Overlay::Lesson) {
        lesson::draw_list(app.lesson(), look, body, canvas);
        return Extent::default();
    }
    match app.table.as_ref().filter(|_| over != Some(Overlay::Input)) {
        _ if body.height == 0 => {}
        Some(table) => table::draw(table, look, body, canvas),
        None if app.view().is_ready(&app.state) => return app.view().draw(&app.state, look, body, canvas),
        None => invitation(app, look, body, canvas),
    }
    Extent::default()
}

fn too_small(frame: &mut Frame, area: Rect, look: &Look) {
    let (width, height) = SMALLEST;
    let longest_first = [
        message!("app-too-small", width = width, height = height, found_width = area.width, found_height = area.height),
        message!("app-too-small-short", width = width, height = height),
        format!("{width}×{height}"),
    ];
    let Some(words) = longest_first.into_iter().find(|words| text::cells(words) <= usize::from(area.width)) else {
        return;
    };
    let middle = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
    Line::styled(words, look.theme.warning).centered().render(middle, frame.buffer_mut());
}
