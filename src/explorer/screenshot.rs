//! What the explorer would show, as a picture: the same state, the same frame, no terminal.

use ratatui::{Terminal, backend::TestBackend};

use super::{
    press,
    start::{examples, look},
};
use crate::{
    app::{Action, App, Focus, Notice},
    bert::Input,
    config::{ColorChoice, ColorDepth, Config, KeyChord, ThemeName},
    export::svg::{DARK, LIGHT, svg},
    jobs::{AtOnce, Job},
    models::Listed,
    study::Reader,
    ui,
};

/// What there is to draw: its name, what it is called besides, and the action that shows it.
const SCREENS: &[(&str, &[&str], Action)] = &[
    ("layers", &["attention"], Action::ShowLayers),
    ("heads", &[], Action::ShowHeads),
    ("matrix", &[], Action::ShowMatrix),
    ("compare", &[], Action::ShowCompare),
    ("sweep", &[], Action::ShowSweep),
    ("pooling", &[], Action::ShowPooling),
    ("sentences", &[], Action::ShowSentences),
    ("map", &[], Action::ShowMap),
    ("help", &[], Action::Help),
];

/// The names of what there is to draw, each with its aliases.
pub fn screens() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    SCREENS.iter().map(|&(name, aliases, _)| (name, aliases))
}

/// What to draw.
#[derive(Debug)]
pub struct Screenshot {
    /// The text that is read.
    pub input: Input,
    /// A list of sentences, one a line, and what to say where something is wrong with it.
    pub list: Option<(String, Option<String>)>,
    /// One of [`screens`], by name or alias; the first of them where there is no such.
    pub screen: String,
    /// Keys to press before the picture is taken.
    pub keys: Vec<KeyChord>,
    /// Width and height in cells.
    pub size: (u16, u16),
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
        let look = look(config, depth, dark, false);

        let job = app.open(name);
        answer(&mut app, &mut models, Some(job));
        let mut wrong = None;
        if let Some((text, why)) = self.list {
            let job = app.add_sentences(&text);
            answer(&mut app, &mut models, job);
            app.focus = Focus::View;
            wrong = why;
        }
        let screen = SCREENS.iter().find(|(name, aliases, _)| *name == self.screen || aliases.contains(&&*self.screen));
        let job = app.update(screen.map_or(Action::ShowLayers, |(_, _, action)| *action)).1;
        answer(&mut app, &mut models, job);
        if let Some(text) = wrong {
            app.notice = Some(Notice { text, is_error: true });
        }
        let (width, height) = self.size;
        // Drawing into memory does not fail.
        let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
        let Ok(_) = ui::render(&mut terminal, &mut app, &look);
        for key in self.keys {
            let job = press(&mut app, &look.keymap, key.into()).1;
            answer(&mut app, &mut models, job);
            // As in the explorer: only drawing shows how far a view can be scrolled.
            let Ok(_) = ui::render(&mut terminal, &mut app, &look);
        }
        // Drawn anew: the picture must not show what lay behind a wide character before, as no terminal would.
        let Ok(()) = terminal.clear();
        let Ok(_) = ui::render(&mut terminal, &mut app, &look);
        svg(terminal.backend().buffer(), if dark { &DARK } else { &LIGHT })
    }
}

/// Does a job at once, and every job that follows from it.
pub fn answer(app: &mut App, models: &mut AtOnce<impl Reader>, job: Option<Job>) {
    models.answer(job, |report| app.on_report(report));
}
