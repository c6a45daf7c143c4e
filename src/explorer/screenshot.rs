//! What the explorer would show, as a picture: the same state, the same frame, no terminal.

use ratatui::{Terminal, backend::TestBackend};

use super::{
    press,
    probes::with_built_in,
    start::{examples, look},
};
use crate::{
    app::{self, App, Focus, GivenProbe},
    bert::Input,
    config::{ColorChoice, ColorDepth, Config, KeyChord, ThemeName},
    export::svg::{DARK, LIGHT, svg},
    jobs::{AtOnce, Job},
    models::Listed,
    study::Reader,
    views,
};

/// The names of what there is to draw, each with its aliases: the views, and the help.
pub fn screens() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let views = views::names().iter().map(|view| (view.id, view.aliases));
    views.chain([("help", [].as_slice())])
}

/// The command that shows one of these; the first view's where there is no such.
fn shown_by(screen: &str) -> &'static str {
    let named = views::names().iter().find(|view| view.id == screen || view.aliases.contains(&screen));
    match named.or(views::names().first()) {
        Some(view) if named.is_some() || screen != "help" => view.shown_by.id,
        _ => "help",
    }
}

/// What to draw.
#[derive(Debug)]
pub struct Screenshot {
    /// The text that is read.
    pub input: Input,
    /// A list of sentences; empty for none.
    pub list: Vec<String>,
    /// One of [`screens`], by name or alias; the first of them where there is no such.
    pub screen: String,
    /// Keys to press before the picture is taken.
    pub keys: Vec<KeyChord>,
    /// Width and height in cells.
    pub size: (u16, u16),
    /// The probes that were asked for, beside those of the program.
    pub probes: Vec<GivenProbe>,
}

impl Screenshot {
    /// The frame as SVG. It is of one model, which is called `name`; `models` finds those there are to choose from.
    pub fn draw(
        self,
        config: Config,
        reader: impl Reader,
        name: &str,
        models: impl Fn() -> Vec<Listed> + 'static,
    ) -> String {
        let mut models = AtOnce::new(reader, name, models);
        let depth = match config.options.color {
            ColorChoice::Auto => ColorDepth::TrueColor,
            choice => ColorDepth::detect(choice, |_| None),
        };
        // A picture does not depend on the terminal it is made in.
        let dark = config.options.theme != ThemeName::Light;
        let mut app = App::new(self.input, examples(&config));
        app.probes = with_built_in(self.probes);
        let look = look(config, depth, dark, false);

        let job = app.open(name);
        answer(&mut app, &mut models, Some(job));
        if !self.list.is_empty() {
            let job = app.add_sentences(&self.list);
            answer(&mut app, &mut models, job);
            app.focus = Focus::View;
        }
        let job = app.update(shown_by(&self.screen)).1;
        answer(&mut app, &mut models, job);
        let (width, height) = self.size;
        // Drawing into memory does not fail.
        let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
        let Ok(_) = app::render(&mut terminal, &mut app, &look);
        for key in self.keys {
            let job = press(&mut app, &look.keymap, key.into()).1;
            answer(&mut app, &mut models, job);
            // As in the explorer: only drawing shows how far a view can be scrolled.
            let Ok(_) = app::render(&mut terminal, &mut app, &look);
        }
        // Drawn anew: the picture must not show what lay behind a wide character before, as no terminal would.
        let Ok(()) = terminal.clear();
        let Ok(_) = app::render(&mut terminal, &mut app, &look);
        svg(terminal.backend().buffer(), if dark { &DARK } else { &LIGHT })
    }
}

/// Does a job at once, and every job that follows from it.
pub fn answer(app: &mut App, models: &mut AtOnce<impl Reader>, job: Option<Job>) {
    models.answer(job, |report| app.on_report(report));
}
