//! Runs what takes time behind the screen: loads the model, then reads sentences; the newest request wins.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{
    app::{Job, Readings, Report, Request},
    bert::{Backend, Bert, BertError, Input, LIKELIEST_WORDS},
    guard::guarded,
    models::ModelSource,
};

/// The one place for a waiting request: a newer one replaces it.
#[derive(Debug, Default)]
struct Slot {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    request: Option<Request>,
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

/// A thread that owns the model. Dropping the handle ends it after the job in hand.
#[derive(Debug)]
pub struct Worker {
    slot: Arc<Slot>,
}

impl Worker {
    /// Starts loading `source`; reports through `report`, which must not block.
    pub fn start(
        source: ModelSource,
        backend: Backend,
        debounce: Duration,
        report: impl Fn(Report) + Send + 'static,
    ) -> Self {
        let slot = Arc::new(Slot::default());
        let requests = Arc::clone(&slot);
        thread::spawn(move || run(&source, backend, debounce, &requests, &report));
        Self { slot }
    }

    /// Hands a job over; a newer one of its kind replaces it if it has not begun.
    pub fn submit(&self, job: Job) {
        match job {
            Job::Read(request) => self.slot.put(request),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.slot.close();
    }
}

fn run(source: &ModelSource, backend: Backend, debounce: Duration, requests: &Slot, report: &impl Fn(Report)) {
    let bert = match caught(|| source.load(backend).map_err(|e| e.to_string())) {
        Ok(bert) => bert,
        Err(why) => return report(Report::Model(Err(why))),
    };
    report(Report::Model(Ok(bert.info().clone())));
    while let Some(Request { number, input }) = requests.take_newest(debounce) {
        let result = caught(|| read(&bert, &input).map(Box::new).map_err(|e| e.to_string()));
        report(Report::Readings { number, result });
    }
}

/// Reads A alone and, for a pair, the two joined and B alone.
///
/// # Errors
/// When the text cannot be tokenized or the backend fails.
pub fn read(bert: &Bert, input: &Input) -> Result<Readings, BertError> {
    let a = bert.trace(&Input::single(&input.text))?;
    let pair = match &input.pair {
        Some(b) => Some((bert.trace(input)?, bert.trace(&Input::single(b))?)),
        None => None,
    };
    let mut readings = Readings::new(a, pair);
    for passage in readings.passages_mut() {
        if passage.trace.tokens.iter().any(|token| bert.is_mask(token)) {
            passage.predictions = bert.predict(&passage.trace, LIKELIEST_WORDS)?.unwrap_or_default();
        }
    }
    Ok(readings)
}

/// A mistake of clscope's own must not take the explorer down: it becomes an error to show.
fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    guarded(work)
        .unwrap_or_else(|reason| Err(format!("clscope made a mistake while reading ({reason}); please report it")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(number: u64) -> Request {
        Request { number, input: Input::single("text") }
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
