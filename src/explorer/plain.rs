//! The explorer as lines of text, for a screen reader or a terminal that can move no cursor: the same state, commands and lessons. What has
//! changed is said, a line each, and nothing is taken back.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Write},
};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;

use super::{
    files::{self, Export},
    press,
    start::{Start, app, look},
};
use crate::{
    app::{self, App, Field, Focus, GivenProbe, LoopRequest, Overlay, key_contexts},
    config::{ColorDepth, Config, KeyChord},
    jobs::{AtOnce, Job, Numbered},
    messages::{label, language, message, set_language},
    models::Listed,
    printable::printable,
    study::{MixingWork, Reader},
    widgets::Look,
};

/// Reads lines until there are no more, or one that quits: a sentence, a command behind a colon, in a lesson the number of an answer, or what
/// a command asked for: a sentence, a note, a text to find.
/// Every job is done before the next line is read, with one model, which is called `name`.
///
/// # Errors
/// When lines can no longer be read or written.
pub fn plain(
    (start, probes): (Start, Vec<GivenProbe>),
    config: Config,
    reader: impl Reader,
    name: &str,
    models: impl Fn() -> Vec<Listed> + 'static,
    (lines, out): (impl BufRead, impl Write),
) -> Result<(), LinesError> {
    let mut plain = PlainExplorer {
        app: app(start, probes, &config),
        model: AtOnce::new(reader, name, models),
        look: look(config, ColorDepth::TrueColor, true, false),
        said: Vec::new(),
        was_ablated: false,
        has_spoken: false,
        out,
    };
    plain.app.focus = Focus::View;
    let job = plain.app.open(name);
    plain.answer(Some(job));
    plain.say(label!("plain-greeting").text())?;
    plain.tell()?;
    for line in lines.lines() {
        plain.has_spoken = false;
        if plain.take(line.map_err(LinesError::Read)?.trim())? {
            break;
        }
        plain.tell()?;
        if !plain.has_spoken {
            plain.say(label!("plain-unchanged").text())?;
        }
    }
    Ok(())
}

/// Why the explorer as lines ended.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum LinesError {
    /// A line could not be read.
    Read(io::Error),
    /// A line could not be written.
    Write(#[from] io::Error),
}

struct PlainExplorer<R, W> {
    app: App,
    model: AtOnce<R>,
    look: Look,
    /// What the state came to when it was told last.
    said: Vec<String>,
    was_ablated: bool,
    /// Whether something was written since the last line that was read.
    has_spoken: bool,
    out: W,
}

impl<R: Reader, W: Write> PlainExplorer<R, W> {
    /// Does what a line asks for; whether that is to quit.
    fn take(&mut self, line: &str) -> io::Result<bool> {
        if let Some(command) = line.strip_prefix(':') {
            return self.command(command.trim());
        }
        if let (Some(Overlay::Input | Overlay::Find | Overlay::Note), false) = (self.app.overlay(), line.is_empty()) {
            self.replace_text(line);
            if self.app.overlay() == Some(Overlay::Find) && self.app.matches().is_empty() {
                self.say(label!("app-not-found").text())?;
            }
            return self.command("enter");
        }
        let is_answer = line.len() == 1 && line.starts_with(|digit: char| digit.is_ascii_digit());
        match line {
            "" if self.app.lesson_walk().is_none() && self.app.overlay().is_none() => self.said.clear(),
            "" => return self.command("enter"),
            answer if is_answer && self.app.lesson_walk().is_some() => return self.command(answer),
            text => self.type_into(Field::Sentence, text),
        }
        Ok(false)
    }

    fn command(&mut self, command: &str) -> io::Result<bool> {
        if let Some(text) = command.strip_prefix("b ") {
            self.type_into(Field::Pair, text.trim());
            return Ok(false);
        }
        match command {
            "keys" => self.keys()?,
            "facts" => {
                for (name, value) in self.app.facts() {
                    self.say(&format!("{name}: {value}"))?;
                }
            }
            "numbers" => match files::tabs(&self.app) {
                Ok(table) => table.lines().try_for_each(|line| self.say(&line.replace('\t', " | ")))?,
                Err(why) => self.say(&why.text)?,
            },
            other => return self.run(other),
        }
        Ok(false)
    }

    /// Runs a command by its id, or that of a key.
    fn run(&mut self, name: &str) -> io::Result<bool> {
        let chord = name.parse::<KeyChord>();
        // A colon makes a command of it: the field that would take it as text is left.
        if chord.as_ref().is_ok_and(|chord| chord.is_text()) && self.app.overlay().is_some_and(Overlay::takes_text) {
            self.leave_overlays();
        }
        let (request, job) = match (self.look.keymap.command_of_id(name), chord) {
            (Some(id), _) => self.app.update(id),
            (None, Ok(chord)) => press(&mut self.app, &self.look.keymap, chord.into()),
            (None, Err(_)) => {
                self.say(&message!("plain-unknown", name = name))?;
                return Ok(false);
            }
        };
        self.answer(job);
        match request {
            LoopRequest::Quit => return Ok(true),
            LoopRequest::NextLanguage => {
                set_language(language().next());
                let job = self.app.retell();
                self.answer(job);
            }
            LoopRequest::KeepLesson => self.app.notice = Some(files::keep_lesson(&self.app)()),
            LoopRequest::Save => self.app.notice = Some(super::save(&self.app)()),
            LoopRequest::Copy { number, of } => self.say(&message!("plain-number", of = of, number = number))?,
            LoopRequest::CopyTable => return self.command("numbers"),
            LoopRequest::Export(form) => {
                self.app.notice = Some(Export::new(&self.app, &self.look, form, Size::ZERO).write());
            }
            LoopRequest::Redraw | LoopRequest::Suspend | LoopRequest::NextTheme | LoopRequest::Restore => {
                self.say(label!("plain-of-screen").text())?;
            }
            LoopRequest::None => {}
        }
        Ok(false)
    }

    /// The keys that do something now, and what.
    fn keys(&mut self) -> io::Result<()> {
        for hint in self.app.hints() {
            let commands = hint.commands.join(" ");
            self.say(&message!("plain-key", commands = commands, does = hint.label))?;
        }
        Ok(())
    }

    /// What lies over the view is left first: it would take the text.
    fn type_into(&mut self, field: Field, text: &str) {
        self.leave_overlays();
        self.app.focus = Focus::Text(field);
        self.replace_text(text);
        self.app.focus = Focus::View;
    }

    fn leave_overlays(&mut self) {
        while let Some(over) = self.app.overlay() {
            let escape = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);
            let job = press(&mut self.app, &self.look.keymap, escape).1;
            self.answer(job);
            if self.app.overlay() == Some(over) {
                break;
            }
        }
    }

    /// Puts a text into the field that typed characters go to.
    fn replace_text(&mut self, text: &str) {
        let job = self.app.update("clear-text").1;
        self.answer(job);
        let job = self.app.paste(text);
        self.answer(job);
    }

    /// Does a job and all that follow from it; nothing is read meanwhile, so what takes minutes is said before.
    fn answer(&mut self, job: Option<Job>) {
        let mut jobs: VecDeque<Job> = job.into_iter().collect();
        while let Some(job) = jobs.pop_front() {
            if let Job::Mix(Numbered { task: MixingWork::List(request), .. }) = &job {
                // That nobody listens is noticed where the answer is written.
                let _ = self.say(&message!("plain-claims", sentences = request.texts.len()));
            }
            jobs.extend(self.model.reports(job).into_iter().filter_map(|report| self.app.on_report(report)));
        }
    }

    /// Says what is other than it was when it was told last.
    fn tell(&mut self) -> io::Result<()> {
        let now = self.state();
        for line in now.iter().filter(|line| !self.said.contains(line)) {
            writeln!(self.out, "{}", printable(line))?;
            self.has_spoken = true;
        }
        let is_ablated = !self.app.ablations.is_empty();
        if std::mem::replace(&mut self.was_ablated, is_ablated) && !is_ablated {
            writeln!(self.out, "{}", label!("plain-unablated").text())?;
            self.has_spoken = true;
        }
        self.said = now;
        self.out.flush()
    }

    /// What there is to say of the state, a line each.
    fn state(&self) -> Vec<String> {
        let app = &self.app;
        let input = app.input();
        let text = match &input.pair {
            None => message!("lesson-sentence", text = &input.text),
            Some(pair) => message!("lesson-pair", text = &input.text, pair = pair),
        };
        let view = message!("plain-view", view = app.view().label());
        let number = match app.view().number(app) {
            Ok((number, of)) => message!("plain-number", of = of, number = number.to_string()),
            Err(why) => why.text().to_owned(),
        };
        let notice = app.notice.as_ref().map(|notice| notice.text.clone());
        let failed = [app.error.clone(), app.model_error.clone()].into_iter().flatten();
        let text = (!app.is_empty()).then_some(text);
        let over = app.overlay().map(|over| match over {
            Overlay::Input => message!("plain-asks-sentence"),
            Overlay::Find => message!("plain-asks-find"),
            Overlay::Note => message!("plain-asks-note"),
            other => message!("plain-open", what = context_label(other.id())),
        });
        let notes = app.notes.lines().map(|note| message!("plain-note", note = note));
        let shown = app.tables().first().map(|table| message!("plain-shown", title = &table.title));
        let remarks = app::remarks(app, &self.look);
        let read = text.into_iter().chain(remarks).chain([view]).chain(shown).chain([number]);
        let beside = read.chain(notes).chain(app.lesson_lines());
        beside.chain(failed).chain(notice).chain(over).collect()
    }

    fn say(&mut self, line: &str) -> io::Result<()> {
        self.has_spoken = true;
        writeln!(self.out, "{}", printable(line))?;
        self.out.flush()
    }
}

/// What the table of keys of an overlay is called.
fn context_label(id: &str) -> &'static str {
    key_contexts().into_iter().find(|context| context.id == id).map_or("", |context| context.label.text())
}
