//! Runs what takes time behind the screen: opens models, reads sentences; the newest request wins.
//!
//! One thread owns the model and reads. Another model is downloaded and loaded in a thread of its own, so that the one
//! in use goes on reading until the new one takes its place.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{
    app::{Job, Readings, Report, Request},
    bert::{Backend, Bert, BertError, Cuts, Input, LIKELIEST_WORDS},
    guard::guarded,
    models::{Cancel, Library, ModelSource, Progress},
};

/// The one place for a waiting request: a newer one replaces it.
#[derive(Default)]
struct Slot {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    request: Option<Request>,
    /// A model that takes over with the next request.
    model: Option<Box<Bert>>,
    closed: bool,
}

impl Slot {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // The lock is never held over code that can panic; if it were, the data would still be whole.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, request: Request) {
        self.lock().request = Some(request);
        self.changed.notify_one();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
    }

    fn take_model(&self) -> Option<Box<Bert>> {
        self.lock().model.take()
    }

    /// Waits for a request, then until none newer has come for `debounce` (at most four times that long,
    /// so that steady typing still shows something). None once closed.
    fn take_newest(&self, debounce: Duration) -> Option<Request> {
        let wait = |guard| self.changed.wait(guard).unwrap_or_else(PoisonError::into_inner);
        let mut waiting = self.lock();
        while waiting.request.is_none() && !waiting.closed {
            waiting = wait(waiting);
        }
        let patience = Instant::now() + debounce * 4;
        loop {
            if waiting.closed {
                return None;
            }
            let number = waiting.request.as_ref().map(|request| request.number);
            let (guard, pause) = self.changed.wait_timeout(waiting, debounce).unwrap_or_else(PoisonError::into_inner);
            waiting = guard;
            let newer = waiting.request.as_ref().map(|request| request.number) != number;
            if pause.timed_out() || !newer || Instant::now() >= patience {
                return waiting.request.take();
            }
        }
    }
}

/// Who is told what was done; must not block.
type Tell = Arc<dyn Fn(Report) + Send + Sync>;

/// The threads behind the screen. Dropping the handle ends them after what they have in hand.
pub struct Worker {
    slot: Arc<Slot>,
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
        let (requests, report) = (Arc::clone(&slot), Arc::clone(&tell));
        thread::spawn(move || read_requests(debounce, &requests, &*report));
        Self { slot, library: Arc::new(library), backend, tell, cancel: Cancel::default() }
    }

    /// Hands a job over; a newer one of its kind replaces it if it has not begun.
    pub fn submit(&mut self, job: Job) {
        match job {
            Job::Read(request) => self.slot.put(request),
            Job::Open { number, name } => self.open(number, name),
            Job::CancelOpening => self.cancel.cancel(),
            Job::ListModels => {
                let (library, tell) = (Arc::clone(&self.library), Arc::clone(&self.tell));
                thread::spawn(move || tell(Report::Models(library.list())));
            }
        }
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
            let mut waiting = slot.lock();
            if cancel.is_cancelled() {
                return;
            }
            // Told while the slot is locked: whoever asks for a reading after hearing it gets this model's.
            let told = result.map(|(name, bert)| {
                let info = bert.info().clone();
                waiting.model = Some(Box::new(bert));
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

fn read_requests(debounce: Duration, requests: &Slot, tell: &dyn Fn(Report)) {
    let mut model: Option<Box<Bert>> = None;
    while let Some(request) = requests.take_newest(debounce) {
        model = requests.take_model().or(model);
        // Nothing is asked for before there is a model.
        let Some(bert) = &model else { continue };
        let result = caught(|| read(bert, &request).map(Box::new).map_err(|e| e.to_string()));
        tell(Report::Readings { number: request.number, result });
    }
}

/// Reads A alone and, for a pair, the two joined and B alone; where heads are switched off, with and without them.
///
/// # Errors
/// When the text cannot be tokenized or the backend fails.
pub fn read(bert: &Bert, request: &Request) -> Result<Readings, BertError> {
    let cuts = Cuts { heads: request.cuts.clone(), ..Cuts::default() };
    let mut readings = read_cut(bert, &request.input, &cuts)?;
    if !request.cuts.is_empty() {
        let alone = |text: &String| bert.trace(&Input::single(text));
        let b = request.input.pair.as_ref().map(alone).transpose()?;
        readings = readings.beside(&alone(&request.input.text)?, b.as_ref());
    }
    for passage in readings.passages_mut() {
        if passage.trace.tokens.iter().any(|token| bert.is_mask(token)) {
            passage.predictions = bert.predict(&passage.trace, LIKELIEST_WORDS)?.unwrap_or_default();
        }
    }
    Ok(readings)
}

fn read_cut(bert: &Bert, input: &Input, cuts: &Cuts) -> Result<Readings, BertError> {
    let a = bert.trace_cut(&Input::single(&input.text), cuts)?;
    let pair = match &input.pair {
        Some(b) => Some((bert.trace_cut(input, cuts)?, bert.trace_cut(&Input::single(b), cuts)?)),
        None => None,
    };
    Ok(Readings::new(a, pair))
}

/// A mistake of clscope's own must not take the explorer down: it becomes an error to show.
fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    guarded(work).unwrap_or_else(|reason| Err(format!("clscope made a mistake ({reason}); please report it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(number: u64) -> Request {
        Request { number, input: Input::single("text"), cuts: Default::default() }
    }

    #[test]
    fn the_newest_request_wins() {
        let slot = Slot::default();
        (1..=5).for_each(|number| slot.put(request(number)));
        assert_eq!(slot.take_newest(Duration::from_millis(1)), Some(request(5)));
    }

    #[test]
    fn closing_ends_the_wait() {
        let slot = Arc::new(Slot::default());
        let waiting = Arc::clone(&slot);
        let thread = thread::spawn(move || waiting.take_newest(Duration::from_secs(60)));
        slot.close();
        assert_eq!(thread.join().unwrap(), None);
    }

    #[test]
    fn a_panic_becomes_a_message() {
        let message = caught::<()>(|| panic!("index 7 out of range")).unwrap_err();
        assert!(message.contains("index 7 out of range"), "{message}");
    }
}
