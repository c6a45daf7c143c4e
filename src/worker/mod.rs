//! Runs what takes time behind the screen: opens models, does tasks; the newest of its kind wins.
//!
//! One thread owns the model and does the tasks. Another model is downloaded and loaded in a thread of its own, so that
//! the one in use goes on reading until the new one takes its place.

mod slot;

use std::{sync::Arc, thread, time::Duration};

use self::slot::Slot;
use crate::{
    bert::{Backend, Bert},
    jobs::{Interpreter, Job, JobKind, JobOutcome, Report, Task, arrange, caught},
    models::{Cancel, Library, ModelSource, Progress},
};

/// A model with what it has read, which is large; and the number of the job that opened it.
type LoadedModel = (u64, Box<Interpreter<Bert>>);

/// Who is told what was done; must not block.
type Tell = Arc<dyn Fn(Report) + Send + Sync>;

/// The threads behind the screen. Dropping the handle ends them after what they have in hand.
pub struct Worker {
    slot: Arc<Slot<LoadedModel>>,
    library: Arc<Library>,
    backend: Backend,
    tell: Tell,
    /// Ends the opening under way.
    cancel: Cancel,
}

impl Worker {
    /// Starts without a model; tells through `tell` what was done, which must not block.
    pub fn start(
        library: Library,
        backend: Backend,
        debounce: Duration,
        tell: impl Fn(Report) + Send + Sync + 'static,
    ) -> Self {
        let (slot, tell): (_, Tell) = (Arc::new(Slot::default()), Arc::new(tell));
        let (tasks, report) = (Arc::clone(&slot), Arc::clone(&tell));
        thread::spawn(move || do_tasks(debounce, &tasks, &report));
        Self { slot, library: Arc::new(library), backend, tell, cancel: Cancel::default() }
    }

    /// Hands a job over; a newer one of its kind replaces it if it has not begun.
    pub fn submit(&mut self, job: Job) {
        match job {
            Job::Read(request) => self.slot.put(Task::Read(request)),
            Job::Sweep(sweep) => self.slot.put(Task::Sweep(sweep)),
            Job::ReadList(list) => self.slot.put(Task::ReadList(list)),
            Job::Measure(background) => self.slot.put(Task::Measure(background)),
            Job::WorkOut(work) => self.slot.put(Task::WorkOut(work)),
            Job::Quantities(work) => self.slot.put(Task::Quantities(work)),
            Job::Mix(work) => self.slot.put(Task::Mix(work)),
            Job::CancelMixing => self.slot.cancel(JobKind::Mix),
            Job::Explain(work) => self.slot.put(Task::Explain(work)),
            Job::CompareWords(work) => self.slot.put(Task::CompareWords(work)),
            Job::CancelWork => self.slot.cancel(JobKind::WorkOut),
            Job::CancelExplaining => self.slot.cancel(JobKind::Explain),
            Job::CancelSweep => self.slot.cancel(JobKind::Sweep),
            Job::CancelList => self.slot.cancel(JobKind::ReadList),
            Job::Open { number, name } => self.open(number, name),
            Job::CancelOpening => self.cancel.cancel(),
            Job::Arrange(arrangement) => self.aside(move |_| arrange(arrangement)),
            Job::ListModels => self.aside(|library| Report::Models(library.list())),
        }
    }

    /// Does what needs no model in a thread of its own.
    fn aside(&self, work: impl FnOnce(&Library) -> Report + Send + 'static) {
        let (library, tell) = (Arc::clone(&self.library), Arc::clone(&self.tell));
        thread::spawn(move || tell(work(&library)));
    }

    fn open(&mut self, number: u64, name: String) {
        self.cancel.cancel();
        let cancel = Cancel::default();
        self.cancel = cancel.clone();
        let (slot, library, tell) = (Arc::clone(&self.slot), Arc::clone(&self.library), Arc::clone(&self.tell));
        let backend = self.backend;
        thread::spawn(move || {
            let report = |progress| tell(Report::Opening { number, progress });
            let result = caught(|| open(&name, &library, backend, &cancel, report));
            let mut slot = slot.lock();
            if cancel.is_cancelled() {
                return;
            }
            // Told while the slot is locked: whoever asks for a reading after hearing it gets this model's.
            let told = result.map(|(name, bert)| {
                let info = bert.info().clone();
                slot.put_model((number, Box::new(Interpreter::new(bert))));
                (name, info)
            });
            tell(Report::Model { number, result: told });
        });
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.cancel.cancel();
        self.slot.close();
    }
}

/// Opens a model and remembers that it could be opened; with what `--model` calls it from anywhere.
fn open(
    name: &str,
    library: &Library,
    backend: Backend,
    cancel: &Cancel,
    report: impl Fn(Progress),
) -> Result<(String, Bert), String> {
    let source = ModelSource::parse(name, None).map_err(|e| e.to_string())?;
    let report = &mut |progress: &_| report(Clone::clone(progress));
    let bert = source.load(&library.hub, backend, cancel, report).map_err(|e| e.to_string())?;
    // Not being able to remember it costs only the order of a list.
    let _ = library.recent.note(&source.origin());
    Ok((source.origin(), bert))
}

fn do_tasks(debounce: Duration, tasks: &Slot<LoadedModel>, tell: &Tell) {
    let mut model: Option<LoadedModel> = None;
    while let Some(task) = tasks.take(debounce) {
        if let Some(other) = tasks.take_model() {
            model = Some(other);
        }
        // Nothing is asked for before there is a model.
        let Some((opened, model)) = &mut model else { continue };
        // What is asked of another model, this one does not tell.
        let asked = match &task {
            Task::WorkOut(work) => Some(work.model),
            Task::Mix(work) => work.model(),
            Task::Explain(work) => Some(work.of.model),
            Task::CompareWords(work) => Some(work.readings[1].model),
            Task::Quantities(work) => Some(work.model),
            _ => None,
        };
        if asked.is_some_and(|asked| asked != *opened) {
            continue;
        }
        match model.carry_out(&task, &|| tasks.wants(task.id()), &**tell) {
            JobOutcome::Done => {}
            JobOutcome::Suspended => tasks.resume(task),
            JobOutcome::Rest(rest) => {
                // Nobody should wait for it.
                let tell = Arc::clone(tell);
                thread::spawn(move || tell(rest()));
            }
        }
    }
}
