//! Runs what takes time behind the screen: opens models, reads sentences; the newest request wins.
//!
//! One thread owns the model and reads. Another model is downloaded and loaded in a thread of its own, so that the one
//! in use goes on reading until the new one takes its place.

use std::{
    ops::ControlFlow,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{
    analysis::{Effect, Pooling, SentenceVector},
    app::{
        Arrangement, Baseline, Job, LineVectors, ListReading, Measured, Measurement, Off, Readings, Report, Request,
        SentenceRead, Sweep,
    },
    background::Background,
    bert::{Backend, Bert, BertError, Input, LIKELIEST_WORDS, Sentence, Trace},
    embedding::embed,
    guard::guarded,
    models::{Cancel, Library, ModelSource, Progress},
};

/// The one place for a waiting request, and one for a sweep: a newer one replaces it.
#[derive(Default)]
struct Slot {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    request: Option<Request>,
    sweep: Option<Sweep>,
    /// The number of the sweep that is still wanted.
    wanted: Option<u64>,
    /// Unrelated sentences to read; it waits for all else.
    measurement: Option<Measurement>,
    list: Option<ListReading>,
    /// The number of the reading of the list that is still wanted.
    wanted_list: Option<u64>,
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
        let mut waiting = self.lock();
        waiting.request = Some(request);
        (waiting.sweep, waiting.wanted) = (None, None);
        (waiting.list, waiting.wanted_list) = (None, None);
        self.changed.notify_one();
    }

    fn put_sweep(&self, sweep: Sweep) {
        let mut waiting = self.lock();
        waiting.wanted = Some(sweep.number);
        (waiting.list, waiting.wanted_list) = (None, None);
        waiting.sweep = Some(sweep);
        self.changed.notify_one();
    }

    fn put_measurement(&self, measurement: Measurement) {
        self.lock().measurement = Some(measurement);
        self.changed.notify_one();
    }

    /// Puts back a measurement that makes way for something else, unless a newer one has come.
    fn resume(&self, measurement: Measurement) {
        self.lock().measurement.get_or_insert(measurement);
    }

    /// Whether a measurement must make way.
    fn has_more_urgent(&self) -> bool {
        let waiting = self.lock();
        waiting.request.is_some()
            || waiting.sweep.is_some()
            || waiting.list.is_some()
            || waiting.measurement.is_some()
            || waiting.closed
    }

    fn cancel_sweep(&self) {
        let mut waiting = self.lock();
        (waiting.sweep, waiting.wanted) = (None, None);
    }

    fn wants(&self, sweep: &Sweep) -> bool {
        let waiting = self.lock();
        waiting.wanted == Some(sweep.number) && !waiting.closed
    }

    fn put_list(&self, list: ListReading) {
        let mut waiting = self.lock();
        (waiting.sweep, waiting.wanted) = (None, None);
        waiting.wanted_list = Some(list.number);
        waiting.list = Some(list);
        self.changed.notify_one();
    }

    fn cancel_list(&self) {
        let mut waiting = self.lock();
        (waiting.list, waiting.wanted_list) = (None, None);
    }

    fn wants_list(&self, list: &ListReading) -> bool {
        let waiting = self.lock();
        waiting.wanted_list == Some(list.number) && !waiting.closed
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
    }

    fn take_model(&self) -> Option<Box<Bert>> {
        self.lock().model.take()
    }

    /// Waits for something to do. A request waits until none newer has come for `debounce` (at most four times that
    /// long, so that steady typing still shows something). None once closed.
    fn take(&self, debounce: Duration) -> Option<Task> {
        let wait = |guard| self.changed.wait(guard).unwrap_or_else(PoisonError::into_inner);
        let mut waiting = self.lock();
        while waiting.request.is_none() && !waiting.closed {
            if let Some(sweep) = waiting.sweep.take() {
                return Some(Task::Sweep(sweep));
            }
            if let Some(list) = waiting.list.take() {
                return Some(Task::List(list));
            }
            if let Some(measurement) = waiting.measurement.take() {
                return Some(Task::Measure(measurement));
            }
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
                return waiting.request.take().map(Task::Read);
            }
        }
    }
}

/// What the reading thread does next.
#[derive(Debug, PartialEq)]
enum Task {
    Read(Request),
    Sweep(Sweep),
    Measure(Measurement),
    List(ListReading),
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
        thread::spawn(move || read_requests(debounce, &requests, &report));
        Self { slot, library: Arc::new(library), backend, tell, cancel: Cancel::default() }
    }

    /// Hands a job over; a newer one of its kind replaces it if it has not begun.
    pub fn submit(&mut self, job: Job) {
        match job {
            Job::Read(request) => self.slot.put(request),
            Job::Open { number, name } => self.open(number, name),
            Job::CancelOpening => self.cancel.cancel(),
            Job::Sweep(sweep) => self.slot.put_sweep(sweep),
            Job::CancelSweep => self.slot.cancel_sweep(),
            Job::Measure(measurement) => self.slot.put_measurement(measurement),
            Job::ReadList(list) => self.slot.put_list(list),
            Job::CancelList => self.slot.cancel_list(),
            Job::Arrange(arrangement) => {
                let tell = Arc::clone(&self.tell);
                thread::spawn(move || tell(arrange(arrangement)));
            }
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

fn read_requests(debounce: Duration, requests: &Slot, tell: &Tell) {
    let mut model: Option<Box<Bert>> = None;
    let mut uncut: Option<Arc<Readings>> = None;
    let mut measuring = Measuring::default();
    while let Some(task) = requests.take(debounce) {
        if let Some(other) = requests.take_model() {
            (model, uncut, measuring) = (Some(other), None, Measuring::default());
        }
        // Nothing is asked for before there is a model.
        let Some(bert) = &model else { continue };
        match task {
            Task::Read(request) => {
                let result = caught(|| read(bert, &request, &mut uncut).map_err(|e| e.to_string()));
                tell(Report::Readings { number: request.number, result });
            }
            Task::Sweep(task) => {
                let number = task.number;
                let found = |effects| tell(Report::Sweep { number, result: Ok(effects) });
                let result =
                    caught(|| sweep(bert, &task, &|| requests.wants(&task), &found).map_err(|e| e.to_string()));
                if let Err(why) = result {
                    tell(Report::Sweep { number, result: Err(why) });
                }
            }
            Task::Measure(task) => {
                let number = task.number;
                let result = caught(|| measuring.go_on(bert, task, requests, tell).map_err(|e| e.to_string()));
                if let Err(why) = result {
                    tell(Report::Measured { number, result: Err(why) });
                }
            }
            Task::List(task) => {
                let number = task.number;
                let found = |some| tell(Report::ListRead { number, result: Ok(some) });
                let wanted = || requests.wants_list(&task);
                let result = caught(|| read_list(bert, &task, &wanted, &found).map_err(|e| e.to_string()));
                if let Err(why) = result {
                    tell(Report::ListRead { number, result: Err(why) });
                }
            }
        }
    }
}

/// Reads A alone and, for a pair, the two joined and B alone; where something is switched off, with and without that.
/// `uncut` is what was read last with everything on, whatever that was; it is kept up to date.
///
/// # Errors
/// When the text cannot be tokenized, nothing is left to look at, or the backend fails.
pub fn read(bert: &Bert, request: &Request, uncut: &mut Option<Arc<Readings>>) -> Result<Arc<Readings>, BertError> {
    let Request { input, off, .. } = request;
    let is_same = |readings: &&Arc<Readings>| {
        let b = readings.pair.as_ref().map(|pair| &pair.b.trace.input.text);
        readings.a.trace.input.text == input.text && b == input.pair.as_ref()
    };
    let whole = match uncut.as_ref().filter(is_same) {
        Some(known) if !off.is_empty() => Arc::clone(known),
        _ => Arc::new(read_cut(bert, input, &Off::default())?),
    };
    *uncut = Some(Arc::clone(&whole));
    if off.is_empty() {
        return Ok(whole);
    }
    Ok(Arc::new(read_cut(bert, input, off)?.beside(whole)))
}

fn read_cut(bert: &Bert, input: &Input, off: &Off) -> Result<Readings, BertError> {
    let trace = |input: &Input, alone| -> Result<Trace, BertError> {
        let cuts = off.cuts(&bert.encode(input)?.tokens, alone);
        bert.trace_cut(input, &cuts)
    };
    let readings = match &input.pair {
        None => Readings::new(trace(input, None)?, None),
        Some(b) => {
            let a = trace(&Input::single(&input.text), Some(Sentence::A))?;
            Readings::new(a, Some((trace(input, None)?, trace(&Input::single(b), Some(Sentence::B))?)))
        }
    };
    predict(bert, readings)
}

/// Fills in what the masked-language head says where there is a `[MASK]`.
fn predict(bert: &Bert, mut readings: Readings) -> Result<Readings, BertError> {
    for passage in readings.passages_mut() {
        if passage.trace.tokens.iter().any(|token| bert.is_mask(token)) {
            passage.predictions = bert.predict(&passage.trace, LIKELIEST_WORDS)?.unwrap_or_default();
        }
    }
    Ok(readings)
}

/// Switches one thing off after the other, as long as it is `wanted`, and tells what each has done in the order of
/// the list.
///
/// # Errors
/// When something cannot be switched off, or the backend fails.
pub fn sweep(
    bert: &Bert,
    sweep: &Sweep,
    wanted: &dyn Fn() -> bool,
    found: &dyn Fn(Vec<Effect>),
) -> Result<(), BertError> {
    /// A dozen at a time are as fast as more; of a long text fewer, for each is a whole trace, and what is typed
    /// meanwhile must not wait long for them.
    const MOST: usize = 12;
    const MEMORY: usize = 64 << 20;
    const PATIENCE: Duration = Duration::from_millis(150);
    let base = bert.trace_cut(&sweep.input, &sweep.base)?;
    let numbers = base.attentions.len() + base.hidden_states.len();
    let in_memory = MEMORY / (numbers * size_of::<f32>()).max(1);
    let in_time = (PATIENCE.as_secs_f64() / base.elapsed.as_secs_f64().max(1e-6)) as usize;
    let at_once = in_memory.min(in_time).clamp(1, MOST);
    for cuts in sweep.each.chunks(at_once) {
        if !wanted() {
            return Ok(());
        }
        let traces = bert.trace_cuts(&sweep.input, cuts)?;
        found(traces.iter().map(|trace| Effect::new(&base, trace)).collect());
    }
    Ok(())
}

/// Reads unrelated sentences at once.
///
/// # Errors
/// As for [`embed`].
pub fn measure(bert: &Bert, background: &Background) -> Result<Baseline, BertError> {
    let read = embed(bert, &background.sentences, &measured(), |_| ControlFlow::Continue(()))?;
    Ok(Baseline::new(&read.unwrap_or_default().vectors))
}

/// The vectors that are held against those of unrelated sentences.
fn measured() -> Vec<SentenceVector> {
    Pooling::ALL.iter().copied().map(SentenceVector::from).collect()
}

/// Unrelated sentences, as far as they are read.
#[derive(Default)]
struct Measuring {
    number: u64,
    done: usize,
    /// `[vector][sentence][hidden]`.
    vectors: Vec<(SentenceVector, Vec<Option<Vec<f32>>>)>,
}

impl Measuring {
    /// Reads on where it stopped, until all are read or something else is to be done.
    fn go_on(&mut self, bert: &Bert, task: Measurement, requests: &Slot, tell: &Tell) -> Result<(), BertError> {
        /// What is typed meanwhile waits for so many of them.
        const AT_ONCE: usize = 16;
        let number = task.number;
        if self.number != number {
            *self = Self { number, ..Self::default() };
        }
        while self.done < task.background.sentences.len() {
            if requests.has_more_urgent() {
                requests.resume(task);
                return Ok(());
            }
            let rest = &task.background.sentences[self.done..];
            let some = &rest[..rest.len().min(AT_ONCE)];
            let found = embed(bert, some, &measured(), |_| ControlFlow::Continue(()))?.unwrap_or_default();
            match self.vectors.is_empty() {
                true => self.vectors = found.vectors,
                false => self.vectors.iter_mut().zip(found.vectors).for_each(|((_, all), (_, more))| all.extend(more)),
            }
            self.done += some.len();
            tell(Report::Measured { number, result: Ok(Measured::Read(self.done)) });
        }
        // It needs no model, and nobody should wait for it.
        let (vectors, tell) = (std::mem::take(&mut self.vectors), Arc::clone(tell));
        thread::spawn(move || {
            let baseline = caught(|| Ok(Measured::Done(Arc::new(Baseline::new(&vectors)))));
            tell(Report::Measured { number, result: baseline });
        });
        Ok(())
    }
}

/// Reads sentences of the list, the longest first, as long as they are `wanted`, and tells what the model makes of some
/// at a time: so few that what is typed meanwhile need not wait long.
///
/// # Errors
/// As for [`embed`].
pub fn read_list(
    bert: &Bert,
    list: &ListReading,
    wanted: &dyn Fn() -> bool,
    found: &dyn Fn(Vec<SentenceRead>),
) -> Result<(), BertError> {
    const MOST: usize = 32;
    const PATIENCE: Duration = Duration::from_millis(150);
    let poolings: Vec<SentenceVector> = Pooling::ALL.iter().copied().map(SentenceVector::from).collect();
    let mut lines: Vec<_> = list.lines.iter().collect();
    lines.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
    let (mut rest, mut at_once) = (lines.as_slice(), 4);
    while !rest.is_empty() && wanted() {
        let (some, after) = rest.split_at(rest.len().min(at_once));
        let texts: Vec<String> = some.iter().map(|(_, text)| text.to_string()).collect();
        let begun = Instant::now();
        let go_on = |_| if wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        let Some(read) = embed(bert, &texts, &poolings, go_on)? else { return Ok(()) };
        // Those that follow are shorter.
        let each = begun.elapsed().as_secs_f64() / some.len() as f64;
        at_once = ((PATIENCE.as_secs_f64() / each.max(1e-6)) as usize).clamp(1, MOST);
        rest = after;
        let line = |(at, (key, _)): (usize, &&(u64, Arc<str>))| {
            let vectors = read.vectors.iter().map(|(_, all)| all[at].clone()).collect();
            let truncation = read.truncated.iter().find(|(sentence, _)| *sentence == at).map(|(_, cut)| *cut);
            (*key, Arc::new(LineVectors { vectors, truncation }))
        };
        found(some.iter().enumerate().map(line).collect());
    }
    Ok(())
}

/// Works out what follows from sentences that are read.
pub fn arrange(arrangement: Arrangement) -> Report {
    let number = arrangement.number;
    Report::Arranged { number, result: caught(|| Ok(Arc::new(arrangement.arrange()))) }
}

/// A mistake of clscope's own must not take the explorer down: it becomes an error to show.
fn caught<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    guarded(work).unwrap_or_else(|reason| Err(format!("clscope made a mistake ({reason}); please report it")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bert::Cuts;

    fn request(number: u64) -> Request {
        Request { number, input: Input::single("text"), off: Off::default() }
    }

    #[test]
    fn the_newest_request_wins() {
        let slot = Slot::default();
        (1..=5).for_each(|number| slot.put(request(number)));
        assert_eq!(slot.take(Duration::from_millis(1)), Some(Task::Read(request(5))));
    }

    #[test]
    fn closing_ends_the_wait() {
        let slot = Arc::new(Slot::default());
        let waiting = Arc::clone(&slot);
        let thread = thread::spawn(move || waiting.take(Duration::from_secs(60)));
        slot.close();
        assert_eq!(thread.join().unwrap(), None);
    }

    #[test]
    fn a_request_ends_a_sweep() {
        let slot = Slot::default();
        let sweep = |number| Sweep { number, input: Input::single("text"), base: Cuts::default(), each: Vec::new() };
        slot.put_sweep(sweep(1));
        assert!(slot.wants(&sweep(1)) && !slot.wants(&sweep(2)));
        slot.put(request(1));
        assert!(!slot.wants(&sweep(1)));
        assert_eq!(slot.take(Duration::ZERO), Some(Task::Read(request(1))));
        slot.put_sweep(sweep(2));
        assert_eq!(slot.take(Duration::ZERO), Some(Task::Sweep(sweep(2))));
        assert!(slot.wants(&sweep(2)));
        slot.cancel_sweep();
        assert!(!slot.wants(&sweep(2)));
    }

    #[test]
    fn what_is_more_urgent_ends_the_reading_of_the_list() {
        let slot = Slot::default();
        let list = |number| ListReading { number, lines: Vec::new() };
        slot.put_list(list(1));
        slot.put_list(list(2));
        assert!(slot.wants_list(&list(2)) && !slot.wants_list(&list(1)));
        assert_eq!(slot.take(Duration::ZERO), Some(Task::List(list(2))));
        slot.put(request(1));
        assert!(!slot.wants_list(&list(2)));
        assert_eq!(slot.take(Duration::ZERO), Some(Task::Read(request(1))));
        let sweep = Sweep { number: 1, input: Input::single("text"), base: Cuts::default(), each: Vec::new() };
        slot.put_list(list(3));
        slot.put_sweep(sweep.clone());
        assert!(!slot.wants_list(&list(3)) && slot.wants(&sweep));
        slot.put_list(list(4));
        assert!(slot.wants_list(&list(4)) && !slot.wants(&sweep));
        slot.cancel_list();
        assert!(!slot.wants_list(&list(4)));
    }

    #[test]
    fn a_panic_becomes_a_message() {
        let message = caught::<()>(|| panic!("index 7 out of range")).unwrap_err();
        assert!(message.contains("index 7 out of range"), "{message}");
    }
}
