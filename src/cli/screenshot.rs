use std::{cell::RefCell, sync::Arc};

use ratatui::{Terminal, backend::TestBackend};

use super::{
    CliError,
    args::{Global, ScreenshotCommand, ScreenshotView},
    examples, look, notice_if_empty,
    output::Destination,
    read_text,
};
use crate::{
    app::{Action, App, Focus, Job, Measured, Report},
    bert::Input,
    config::{ColorChoice, ColorDepth, KeyChord, ThemeName},
    explorer,
    export::{
        Contents, Format,
        svg::{DARK, LIGHT, svg},
    },
    ui, worker,
};

/// Draws what the explorer would show: the same state, the same frame, no terminal.
pub(super) fn run(arguments: &ScreenshotCommand, global: &Global) -> Result<(), CliError> {
    let config = global.config()?;
    let depth = match config.options.color {
        ColorChoice::Auto => ColorDepth::TrueColor,
        choice => ColorDepth::detect(choice, |_| None),
    };
    // A picture does not depend on the terminal it is made in.
    let dark = config.options.theme != ThemeName::Light;
    let colors = if dark { DARK } else { LIGHT };
    let (bert, source) = global.open_with(&config.options)?;
    let library = global.library()?;
    let input = Input { text: arguments.text.clone(), pair: arguments.pair.clone() };
    let mut app = App::new(input, examples(&config));
    let look = look(config, depth, dark, false);
    let mut uncut = None;
    // Does a job at once, as nobody is waiting at the keys.
    let mut finish = |app: &mut App, mut job: Option<Job>| {
        while let Some(done) = job.take() {
            job = match done {
                Job::Read(request) => {
                    let result = worker::read(&bert, &request, &mut uncut).map_err(|e| e.to_string());
                    app.on_report(Report::Readings { number: request.number, result })
                }
                Job::ListModels => app.on_report(Report::Models(library.list())),
                // A picture is of one model: --model says which.
                Job::Open { number, .. } => {
                    app.on_report(Report::Model { number, result: Ok((source.origin(), bert.info().clone())) })
                }
                Job::Sweep(sweep) => {
                    let effects = RefCell::new(Vec::new());
                    let found = |mut more| effects.borrow_mut().append(&mut more);
                    let result = worker::sweep(&bert, &sweep, &|| true, &found).map_err(|e| e.to_string());
                    let result = result.map(|()| effects.take());
                    app.on_report(Report::Sweep { number: sweep.number, result })
                }
                Job::Measure(measurement) => {
                    let baseline = worker::measure(&bert, &measurement.background).map_err(|e| e.to_string());
                    let result = baseline.map(|baseline| Measured::Done(Arc::new(baseline)));
                    app.on_report(Report::Measured { number: measurement.number, result })
                }
                Job::ReadList(list) => {
                    let lines = RefCell::new(Vec::new());
                    let found = |mut more| lines.borrow_mut().append(&mut more);
                    let result = worker::read_list(&bert, &list, &|| true, &found).map_err(|e| e.to_string());
                    let result = result.map(|()| lines.take());
                    app.on_report(Report::ListRead { number: list.number, result })
                }
                Job::Arrange(arrangement) => app.on_report(worker::arrange(arrangement)),
                Job::CancelOpening | Job::CancelSweep | Job::CancelList => None,
            };
        }
    };

    let job = app.open(&source.origin());
    finish(&mut app, Some(job));
    let list = arguments.file.as_deref().map(|path| Ok::<_, CliError>((path, read_text(path)?))).transpose()?;
    if let Some((_, text)) = &list {
        let job = app.add_sentences(text);
        finish(&mut app, job);
        app.focus = Focus::View;
    }
    let view = match arguments.view {
        ScreenshotView::Layers => Action::ShowLayers,
        ScreenshotView::Heads => Action::ShowHeads,
        ScreenshotView::Matrix => Action::ShowMatrix,
        ScreenshotView::Compare => Action::ShowCompare,
        ScreenshotView::Sweep => Action::ShowSweep,
        ScreenshotView::Pooling => Action::ShowPooling,
        ScreenshotView::Sentences => Action::ShowSentences,
        ScreenshotView::Map => Action::ShowMap,
        ScreenshotView::Help => Action::Help,
    };
    let job = app.update(view).1;
    finish(&mut app, job);
    if let Some((path, text)) = &list {
        notice_if_empty(&mut app, path, text);
    }
    let (width, height) = arguments.size;
    let failed = |e: std::convert::Infallible| CliError::Failed(e.to_string());
    let mut terminal = Terminal::new(TestBackend::new(width, height)).map_err(failed)?;
    ui::render(&mut terminal, &mut app, &look).map_err(failed)?;
    for name in arguments.keys.split_whitespace() {
        let chord: KeyChord = name.parse().map_err(|e| CliError::Usage(format!("--keys: {e}")))?;
        let job = explorer::press(&mut app, &look.keymap, chord.into()).1;
        finish(&mut app, job);
        // As in the explorer: only drawing shows how far a view can be scrolled.
        ui::render(&mut terminal, &mut app, &look).map_err(failed)?;
    }
    // Drawn anew: the picture must not show what lay behind a wide character before, as no terminal would.
    terminal.clear().map_err(failed)?;
    ui::render(&mut terminal, &mut app, &look).map_err(failed)?;
    let picture = svg(terminal.backend().buffer(), &colors);
    Destination::new(Format::Svg, arguments.output.as_deref())?.write(Contents::Picture(&picture))
}
