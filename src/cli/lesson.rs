//! `clscope lesson`: a lesson as lines of text, each said once and never taken back, so that a screen reader, a pipe and a
//! test can follow it.

use std::io::{self, BufRead, Write};

use super::{
    error::{Attempt, CliError},
    global::GlobalArguments,
};
use crate::{
    bert::Bert,
    lesson::{Lesson, LessonClaim, LessonStep, LessonWalk, StepOutcome, in_words},
    messages::{label, message},
    printable::printable,
};

/// Lists the lessons, or goes through one.
pub(super) fn run(name: Option<&str>, global: &GlobalArguments) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    let Some(name) = name else {
        let lessons = Lesson::built_in()?;
        let width = lessons.iter().map(|lesson| lesson.name.len()).max().unwrap_or(0);
        let mut lines = vec![label!("lesson-list").text().to_owned(), String::new()];
        lines.extend(lessons.iter().map(|lesson| format!("{:<width$}  {}", lesson.name, lesson.title.text())));
        return lines.iter().try_for_each(|line| say(&mut out, line));
    };
    // What is wrong with the lesson is said before a model is loaded.
    let lesson = Lesson::open(name)?;
    let (bert, source) = global.open()?;
    let title = message!("lesson-title", title = lesson.title.text(), model = source.origin());
    say(&mut out, &title)?;
    let mut walk = LessonWalk::new(lesson);
    let mut answers = Answers { lines: io::stdin().lock(), is_over: false };
    while let Some(step) = walk.step().cloned() {
        say(&mut out, "")?;
        let count = walk.lesson.steps.len();
        say(&mut out, &message!("lesson-step", step = walk.outcomes.len() + 1, count = count))?;
        go_through(&mut walk, &step, &bert, &mut answers, &mut out)?;
    }
    the_end(&walk, &mut out)
}

/// One step: what is said, the prediction, what is measured.
fn go_through(
    walk: &mut LessonWalk,
    step: &LessonStep,
    bert: &Bert,
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
    let predicted = match &step.claim {
        None => None,
        Some(claim) => {
            say(out, &message!("lesson-claim", claim = claim.claim.text()))?;
            predict(claim, answers, out)?
        }
    };
    let outcome = walk.measure(bert, predicted)?;
    if let (Some(claim), Some(outcome)) = (&step.claim, outcome) {
        told(claim, outcome).iter().try_for_each(|line| say(out, line))?;
    }
    if let Some(next) = &step.next {
        say(out, &message!("lesson-next", text = next.text()))?;
    }
    if let Some(view) = &step.view {
        let text = quoted_for_shell(&step.input.text);
        say(
            out,
            &match step.input.pair.as_deref().map(quoted_for_shell) {
                None => message!("lesson-explorer", text = text, view = view),
                Some(pair) => message!("lesson-explorer-pair", text = text, pair = pair, view = view),
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

/// What came out, line by line.
fn told(claim: &LessonClaim, outcome: &StepOutcome) -> Vec<String> {
    let mut lines: Vec<String> = outcome.tests.iter().map(|test| test.line()).collect();
    lines.push(match outcome.verdict {
        Some(verdict) => message!("lesson-verdict", verdict = in_words(verdict)),
        None => message!("lesson-no-verdict"),
    });
    if let (Some(predicted), Some(_)) = (outcome.predicted, outcome.verdict) {
        let answer = claim.answers[predicted].text.text();
        lines.push(match outcome.right.contains(&predicted) {
            true => message!("lesson-right", answer = answer),
            false => message!("lesson-wrong", answer = answer),
        });
    }
    let meaning = claim.meaning.iter().filter(|(verdict, _)| Some(*verdict) == outcome.verdict);
    lines.extend(meaning.map(|(_, text)| text.text().to_owned()));
    lines.extend(claim.elsewhere.iter().map(|text| message!("lesson-elsewhere", text = text.text())));
    lines
}

/// The verdicts once more, and how many predictions were right.
fn the_end(walk: &LessonWalk, out: &mut impl Write) -> Result<(), CliError> {
    say(out, "")?;
    say(out, label!("lesson-end").text())?;
    let (mut right, mut all) = (0, 0);
    for (step, outcome) in walk.lesson.steps.iter().zip(&walk.outcomes) {
        let (Some(claim), Some(outcome)) = (&step.claim, outcome) else { continue };
        let verdict = outcome.verdict.map_or(label!("mixing-untested"), in_words);
        say(out, &message!("lesson-end-line", verdict = verdict, claim = claim.claim.text()))?;
        if let (Some(predicted), Some(_)) = (outcome.predicted, outcome.verdict) {
            all += 1;
            right += usize::from(outcome.right.contains(&predicted));
        }
    }
    if all > 0 {
        say(out, &message!("lesson-score", right = right, all = all))?;
    }
    Ok(())
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
