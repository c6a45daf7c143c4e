use std::sync::Arc;

use super::{Measured, Numbered, Report, Task};
use crate::{
    bert::{BertError, ModelInfo},
    guard::guarded,
    messages::message,
    study::{self, Arrangement, Background, Baseline, Baselines, BegunMixing, Measuring, Quantities, Reader, Readings},
};

/// Carries out tasks with one model, and keeps what saves reading something twice.
pub struct Interpreter<R> {
    reader: R,
    /// What was read last without ablations.
    whole: Option<Arc<Readings>>,
    /// The unrelated sentences that are being read, under the number of their task.
    measuring: (u64, Measuring),
    /// What is known of unrelated sentences.
    baselines: Baselines,
    quantities: Quantities,
    /// Lists of sentences that made way for something else.
    mixing: BegunMixing,
}

/// How a task ended.
pub enum JobOutcome {
    /// All there is to tell has been told.
    Done,
    /// It made way for something else; carried out again, it goes on where it stopped.
    Suspended,
    /// What remains needs no model and gives the last report.
    Rest(Box<dyn FnOnce() -> Report + Send>),
}

impl<R: Reader> Interpreter<R> {
    /// With nothing read yet.
    pub fn new(reader: R) -> Self {
        let baselines = Baselines::default();
        let quantities = Quantities::new(baselines.clone());
        Self {
            reader,
            whole: None,
            measuring: (0, Measuring::default()),
            baselines,
            quantities,
            mixing: BegunMixing::default(),
        }
    }

    /// The model's name, sizes and backend.
    pub fn info(&self) -> ModelInfo {
        self.reader.info()
    }

    /// Carries a task out, as long as it is `wanted`, and tells what is found as it comes, or why it failed.
    pub fn carry_out(&mut self, task: &Task, wanted: &dyn Fn() -> bool, tell: &dyn Fn(Report)) -> JobOutcome {
        match task {
            Task::Read(request) => {
                let number = request.number;
                let result = caught(|| said(study::read(&self.reader, request, &mut self.whole)));
                tell(Report::Readings { number, result });
            }
            Task::Sweep(sweep) => {
                let number = sweep.number;
                let found = &mut |effects| tell(Report::Sweep { number, result: Ok(effects) });
                if let Err(why) = caught(|| said(study::sweep(&self.reader, sweep, wanted, found))) {
                    tell(Report::Sweep { number, result: Err(why) });
                }
            }
            Task::WorkOut(work) => {
                let number = work.number;
                let progress = &mut |done, of| tell(Report::WorkedOut { number, result: Ok(Some((done, of))) });
                match caught(|| said(study::work_out(&self.reader, work, wanted, progress))) {
                    Ok(true) => tell(Report::WorkedOut { number, result: Ok(None) }),
                    Ok(false) => {}
                    Err(why) => tell(Report::WorkedOut { number, result: Err(why) }),
                }
            }
            Task::Mix(work) => {
                let number = work.number;
                let Self { reader, mixing, .. } = self;
                let steps = &mut |found| tell(Report::Mixed { number, result: Ok(found) });
                match caught(|| said(study::find_mixing(reader, work, mixing, wanted, steps))) {
                    Ok(found) => found.into_iter().for_each(|found| tell(Report::Mixed { number, result: Ok(found) })),
                    Err(why) => tell(Report::Mixed { number, result: Err(why) }),
                }
            }
            Task::Explain(work) => {
                let number = work.number;
                let found = &mut |found| tell(Report::Explained { number, result: Ok(Some(found)) });
                match caught(|| said(study::explain_logit(&self.reader, work, wanted, found))) {
                    Ok(()) => tell(Report::Explained { number, result: Ok(None) }),
                    Err(why) => tell(Report::Explained { number, result: Err(why) }),
                }
            }
            Task::CompareWords(work) => {
                let number = work.number;
                match caught(|| said(study::word_changes(&self.reader, work, wanted))) {
                    Ok(Some(changes)) => tell(Report::WordsCompared { number, result: Ok(changes) }),
                    Ok(None) => {}
                    Err(why) => tell(Report::WordsCompared { number, result: Err(why) }),
                }
            }
            Task::ReadList(list) => {
                let number = list.number;
                let found = &mut |some| tell(Report::ListRead { number, result: Ok(some) });
                if let Err(why) = caught(|| said(study::read_list(&self.reader, list, wanted, found))) {
                    tell(Report::ListRead { number, result: Err(why) });
                }
            }
            Task::Quantities(work) => {
                let number = work.number;
                let Self { reader, quantities, .. } = self;
                match caught(|| said(quantities.measure_all(reader, work, wanted))) {
                    Ok(Some(numbers)) => tell(Report::Quantities { number, result: Ok(numbers) }),
                    Ok(None) => {}
                    Err(why) => tell(Report::Quantities { number, result: Err(why) }),
                }
            }
            Task::Measure(background) => {
                let number = background.number;
                match caught(|| said(self.measure(background, wanted, tell))) {
                    Ok(outcome) => return outcome,
                    Err(why) => tell(Report::Measured { number, result: Err(why) }),
                }
            }
        }
        JobOutcome::Done
    }

    fn measure(
        &mut self,
        background: &Numbered<Background>,
        wanted: &dyn Fn() -> bool,
        tell: &dyn Fn(Report),
    ) -> Result<JobOutcome, BertError> {
        let number = background.number;
        if let Some(known) = self.baselines.of(background) {
            tell(Report::Measured { number, result: Ok(Measured::Done(known)) });
            return Ok(JobOutcome::Done);
        }
        if self.measuring.0 != number {
            self.measuring = (number, Measuring::default());
        }
        let measuring = &mut self.measuring.1;
        loop {
            if measuring.done() < background.sentences.len() && !wanted() {
                return Ok(JobOutcome::Suspended);
            }
            if !measuring.go_on(&self.reader, background)? {
                break;
            }
            tell(Report::Measured { number, result: Ok(Measured::Read(measuring.done())) });
        }
        let vectors = std::mem::take(measuring).into_vectors();
        let (baselines, background) = (self.baselines.clone(), background.task.clone());
        Ok(JobOutcome::Rest(Box::new(move || {
            let result = caught(|| Ok(Measured::Done(baselines.keep(background, Baseline::new(&vectors)))));
            Report::Measured { number, result }
        })))
    }
}

/// Works out what follows from sentences that are read; it needs no model.
pub fn arrange(arrangement: Numbered<Arrangement>) -> Report {
    let Numbered { number, task } = arrangement;
    Report::Arranged { number, result: caught(|| Ok(Arc::new(task.arrange()))) }
}

fn said<T>(result: Result<T, BertError>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// A mistake of clscope's own must not take the explorer down: it becomes an error to show.
pub fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    guarded(work).unwrap_or_else(|reason| Err(message!("jobs-mistake", reason = reason)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_message() {
        let message = caught::<()>(|| panic!("index 7 out of range")).unwrap_err();
        assert!(message.contains("index 7 out of range"), "{message}");
    }
}
