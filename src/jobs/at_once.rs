use std::{cell::RefCell, collections::VecDeque};

use super::{Interpreter, Job, JobOutcome, Report, Task, arrange};
use crate::{models::Listed, study::Reader};

/// Answers every job at once and with one model, whichever is asked for: for pictures and tests, where nobody waits at
/// the keys.
pub struct AtOnce<R> {
    interpreter: Interpreter<R>,
    /// As `--model` takes it.
    name: String,
    models: Box<dyn Fn() -> Vec<Listed>>,
}

impl<R: Reader> AtOnce<R> {
    /// With a model, what `--model` calls it, and what finds the models there are to choose from.
    pub fn new(reader: R, name: &str, models: impl Fn() -> Vec<Listed> + 'static) -> Self {
        Self { interpreter: Interpreter::new(reader), name: name.to_owned(), models: Box::new(models) }
    }

    /// All that is to be told of a job.
    pub fn reports(&mut self, job: Job) -> Vec<Report> {
        let task = match job {
            Job::Read(request) => Task::Read(request),
            Job::Sweep(sweep) => Task::Sweep(sweep),
            Job::WorkOut(work) => Task::WorkOut(work),
            Job::Mix(work) => Task::Mix(work),
            Job::Explain(work) => Task::Explain(work),
            Job::CompareWords(work) => Task::CompareWords(work),
            Job::ReadList(list) => Task::ReadList(list),
            Job::Measure(background) => Task::Measure(background),
            Job::Quantities(work) => Task::Quantities(work),
            Job::Arrange(arrangement) => return vec![arrange(arrangement)],
            Job::ListModels => return vec![Report::Models((self.models)())],
            Job::Open { number, .. } => {
                return vec![Report::Model { number, result: Ok((self.name.clone(), self.interpreter.info())) }];
            }
            Job::CancelOpening
            | Job::CancelSweep
            | Job::CancelWork
            | Job::CancelExplaining
            | Job::CancelList
            | Job::CancelMixing => {
                return Vec::new();
            }
        };
        let reports = RefCell::new(Vec::new());
        let outcome = self.interpreter.carry_out(&task, &|| true, &|report| reports.borrow_mut().push(report));
        let mut reports = reports.into_inner();
        if let JobOutcome::Rest(rest) = outcome {
            reports.push(rest());
        }
        reports
    }

    /// Answers a job, and every job that follows from its reports; `take_in` is told each report.
    pub fn answer(&mut self, job: Option<Job>, mut take_in: impl FnMut(Report) -> Option<Job>) {
        let mut jobs: VecDeque<Job> = job.into_iter().collect();
        while let Some(job) = jobs.pop_front() {
            jobs.extend(self.reports(job).into_iter().filter_map(&mut take_in));
        }
    }
}
