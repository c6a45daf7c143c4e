//! `clscope lesson`: a lesson as lines of text, each said once and never taken back, so that a screen reader, a pipe and a
//! test can follow it.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::Args;

use super::{
    error::{Attempt, CliError},
    explore,
    global::GlobalArguments,
};
use crate::{
    bert::Bert,
    explorer::Start,
    lesson::{Lesson, LessonClaim, LessonOrSession, LessonStep, LessonWalk, told},
    messages::{label, message},
    printable::printable,
    study::Quantities,
};

/// What `clscope lesson` is asked.
#[derive(Debug, Args)]
pub struct LessonCommand {
    /// A lesson's name, or a file as docs/lessons.md describes it
    #[arg(value_name = "NAME|FILE")]
    name: Option<String>,
    /// Go through it as lines of text, also on a terminal
    #[arg(long, requires = "name")]
    lines: bool,
}

/// Lists the lessons, or goes through one: in the explorer on a terminal, else as lines. Returns the exit status.
pub(super) fn run(arguments: &LessonCommand, global: &GlobalArguments) -> Result<u8, CliError> {
    let mut out = io::stdout().lock();
    let Some(name) = &arguments.name else {
        let lessons = Lesson::built_in()?;
        let width = lessons.iter().map(|lesson| lesson.name.len()).max().unwrap_or(0);
        let mut lines = vec![label!("lesson-list").text().to_owned(), String::new()];
        lines.extend(lessons.iter().map(|lesson| format!("{:<width$}  {}", lesson.name, lesson.title.text())));
        return lines.iter().try_for_each(|line| say(&mut out, line)).map(|()| 0);
    };
    // What is wrong with the lesson is said before a model is loaded.
    let opened = LessonOrSession::open(name)?;
    let is_terminal = io::stdout().is_terminal() && io::stdin().is_terminal();
    if global.plain || is_terminal && !arguments.lines {
        drop(out);
        let start = match opened {
            LessonOrSession::Lesson(lesson, session) => Start::Lesson(lesson, session),
            LessonOrSession::Session(session) => Start::Session(session),
        };
        return explore::run(start, &[], false, global);
    }
    let lesson = opened.into_lesson(name)?;
    let first = lesson.steps.first().and_then(|step| step.scene.model.clone());
    let mut model = match &first {
        Some(model) if global.model.is_none() => global.open_another(model)?,
        _ => global.open()?,
    };
    let mut at_hand = first;
    let title = message!("lesson-title", title = lesson.title.text(), model = model.1.origin());
    say(&mut out, &title)?;
    let (mut walk, mut quantities) = (LessonWalk::new(lesson), Quantities::default());
    let mut answers = Answers { lines: io::stdin().lock(), is_over: false };
    while let Some(step) = walk.step().cloned() {
        if let Some(other) = step.scene.model.as_ref().filter(|other| at_hand.as_ref() != Some(other)) {
            (model, quantities) = (global.open_another(other)?, Quantities::default());
            at_hand = Some(other.clone());
        }
        say(&mut out, "")?;
        let count = walk.steps.len();
        say(&mut out, &message!("lesson-step", step = walk.at + 1, count = count))?;
        let origin = model.1.origin();
        go_through(&mut walk, &step, (&model.0, &*origin, &mut quantities), &mut answers, &mut out)?;
        walk.go(1);
    }
    say(&mut out, "")?;
    walk.summary().iter().try_for_each(|line| say(&mut out, line)).map(|()| 0)
}

/// One step: what is said, the prediction, what is measured.
fn go_through(
    walk: &mut LessonWalk,
    step: &LessonStep,
    (bert, model, quantities): (&Bert, &str, &mut Quantities),
    answers: &mut Answers<impl BufRead>,
    out: &mut impl Write,
) -> Result<(), CliError> {
    say(out, step.text.text())?;
    say(
        out,
        &match &step.input.pair {
            None => message!("lesson-sentence", text = &step.input.text),
            Some(pair) => message!("lesson-pair", text = &step.input.text, pair = pair),
        },
    )?;
    if let Some(claim) = &step.claim {
        say(out, &message!("lesson-claim", claim = claim.claim.text()))?;
        let predicted = predict(claim, answers, out)?;
        walk.answer(predicted);
        let work = walk.work(walk.at, 0);
        let numbers = work.map(|work| quantities.measure_all(bert, &work, &|| true)).transpose()?.flatten();
        walk.take_in(walk.at, (model, &bert.info().name), numbers.unwrap_or_default());
        told(claim, &walk.steps[walk.at]).iter().try_for_each(|line| say(out, line))?;
    }
    if let Some(next) = &step.next {
        say(out, &message!("lesson-next", text = next.text()))?;
    }
    if let Some(view) = step.scene.view_label() {
        let text = quoted_for_shell(&step.input.text);
        say(
            out,
            &match step.input.pair.as_deref().map(quoted_for_shell) {
                None => message!("lesson-explorer", text = text, view = view.text()),
                Some(pair) => message!("lesson-explorer-pair", text = text, pair = pair, view = view.text()),
            },
        )?;
    }
    if step.claim.is_none() && !answers.is_over {
        say(out, label!("lesson-go-on").text())?;
        answers.next()?;
    }
    Ok(())
}

/// A text as a shell takes it for one word.
fn quoted_for_shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Asks until there is an answer, or none is to come.
fn predict(
    claim: &LessonClaim,
    answers: &mut Answers<impl BufRead>,
    out: &mut impl Write,
) -> Result<Option<usize>, CliError> {
    say(out, label!("lesson-predict").text())?;
    for (number, answer) in (1..).zip(&claim.answers) {
        say(out, &format!("  {number}  {}", answer.text.text()))?;
    }
    loop {
        let Some(typed) = answers.next()? else { return Ok(None) };
        match typed.trim() {
            "" => return Ok(None),
            typed => match typed.parse::<usize>() {
                Ok(number) if (1..=claim.answers.len()).contains(&number) => return Ok(Some(number - 1)),
                _ => say(out, &message!("lesson-no-such-answer", count = claim.answers.len()))?,
            },
        }
    }
}

fn say(out: &mut impl Write, line: &str) -> Result<(), CliError> {
    // Shown before an answer is waited for.
    writeln!(out, "{}", printable(line)).and_then(|()| out.flush()).map_err(CliError::io(Attempt::WriteOutput))
}

/// The lines that are typed or piped in.
struct Answers<R> {
    lines: R,
    is_over: bool,
}

impl<R: BufRead> Answers<R> {
    /// The next line; none where no more comes.
    fn next(&mut self) -> Result<Option<String>, CliError> {
        let mut line = String::new();
        if self.is_over || self.lines.read_line(&mut line).map_err(CliError::io(Attempt::ReadAnswer))? == 0 {
            self.is_over = true;
            return Ok(None);
        }
        Ok(Some(line))
    }
}
