//! The place where tasks wait: one for each urgency, so that the newest wins.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::jobs::{JobKind, Task, Urgency};

/// Where tasks wait for the thread that does them, and the model `M` that takes over with the next.
pub(super) struct Slot<M> {
    waiting: Mutex<Waiting<M>>,
    changed: Condvar,
}

struct Waiting<M> {
    typed: Option<Task>,
    long: Option<Task>,
    /// The long task that is still wanted, whether it waits or is under way.
    wanted: Option<(JobKind, u64)>,
    /// It waits for all else.
    idle: Option<Task>,
    model: Option<M>,
    closed: bool,
}

/// The slot while it is locked: no task begins meanwhile.
pub(super) struct Locked<'s, M>(MutexGuard<'s, Waiting<M>>);

impl<M> Locked<'_, M> {
    /// Has a model take over with the next task.
    pub(super) fn put_model(&mut self, model: M) {
        self.0.model = Some(model);
    }
}

impl<M> Default for Slot<M> {
    fn default() -> Self {
        let waiting = Waiting { typed: None, long: None, wanted: None, idle: None, model: None, closed: false };
        Self { waiting: Mutex::new(waiting), changed: Condvar::new() }
    }
}

impl<M> Slot<M> {
    fn waiting(&self) -> MutexGuard<'_, Waiting<M>> {
        // The lock is never held over code that can panic; if it were, the data would still be whole.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn lock(&self) -> Locked<'_, M> {
        Locked(self.waiting())
    }

    /// Hands a task over; it replaces one of its urgency that has not begun.
    pub(super) fn put(&self, task: Task) {
        let mut waiting = self.waiting();
        let id = task.id();
        match id.0.urgency() {
            Urgency::Typed => {
                (waiting.long, waiting.wanted) = (None, None);
                waiting.typed = Some(task);
            }
            Urgency::Long => (waiting.long, waiting.wanted) = (Some(task), Some(id)),
            Urgency::Idle => waiting.idle = Some(task),
        }
        self.changed.notify_one();
    }

    /// Puts back a task that made way for something else, unless a newer one has come.
    pub(super) fn resume(&self, task: Task) {
        self.waiting().idle.get_or_insert(task);
    }

    /// Ends the long task of a kind, whether it waits or is under way.
    pub(super) fn cancel(&self, kind: JobKind) {
        let mut waiting = self.waiting();
        if waiting.wanted.is_some_and(|(wanted, _)| wanted == kind) {
            (waiting.long, waiting.wanted) = (None, None);
        }
    }

    /// Whether a task that is under way is to go on.
    pub(super) fn wants(&self, id: (JobKind, u64)) -> bool {
        let waiting = self.waiting();
        let goes_on = match id.0.urgency() {
            Urgency::Typed => true,
            Urgency::Long => waiting.wanted == Some(id),
            Urgency::Idle => waiting.typed.is_none() && waiting.long.is_none() && waiting.idle.is_none(),
        };
        goes_on && !waiting.closed
    }

    /// Ends the wait.
    pub(super) fn close(&self) {
        self.waiting().closed = true;
        self.changed.notify_one();
    }

    /// The model that takes over now, if one does.
    pub(super) fn take_model(&self) -> Option<M> {
        self.waiting().model.take()
    }

    /// Waits for something to do. What is typed waits until nothing newer has come for `debounce` (at most four times
    /// that long, so that steady typing still shows something). None once closed.
    pub(super) fn take(&self, debounce: Duration) -> Option<Task> {
        let wait = |guard| self.changed.wait(guard).unwrap_or_else(PoisonError::into_inner);
        let mut waiting = self.waiting();
        while waiting.typed.is_none() && !waiting.closed {
            if let Some(task) = waiting.long.take().or_else(|| waiting.idle.take()) {
                return Some(task);
            }
            waiting = wait(waiting);
        }
        let patience = Instant::now() + debounce * 4;
        loop {
            if waiting.closed {
                return None;
            }
            let before = waiting.typed.as_ref().map(Task::id);
            let (guard, pause) = self.changed.wait_timeout(waiting, debounce).unwrap_or_else(PoisonError::into_inner);
            waiting = guard;
            let newer = waiting.typed.as_ref().map(Task::id) != before;
            if pause.timed_out() || !newer || Instant::now() >= patience {
                return waiting.typed.take();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, thread};

    use super::*;
    use crate::{
        analysis::EffectTarget,
        bert::{Ablations, Input},
        jobs::{Job, Numbered},
        study::{Background, ListReading, ReadRequest, Sweep},
    };

    fn read(number: u64) -> Task {
        Task::Read(Numbered { number, task: ReadRequest { input: Input::single("text"), ..ReadRequest::default() } })
    }

    fn sweep(number: u64) -> Task {
        let task = Sweep {
            input: Input::single("text"),
            base: Ablations::default(),
            each: Vec::new(),
            target: EffectTarget::default(),
        };
        Task::Sweep(Numbered { number, task })
    }

    fn list(number: u64) -> Task {
        Task::ReadList(Numbered { number, task: ListReading { lines: Vec::new() } })
    }

    fn measure(number: u64) -> Task {
        Task::Measure(Numbered { number, task: Background::english() })
    }

    fn slot() -> Slot<()> {
        Slot::default()
    }

    #[test]
    fn the_newest_request_wins() {
        let slot = slot();
        (1..=5).for_each(|number| slot.put(read(number)));
        assert_eq!(slot.take(Duration::from_millis(1)), Some(read(5)));
    }

    #[test]
    fn closing_ends_the_wait() {
        let slot = Arc::new(slot());
        let waiting = Arc::clone(&slot);
        let thread = thread::spawn(move || waiting.take(Duration::from_secs(60)));
        slot.close();
        assert_eq!(thread.join().unwrap(), None);
    }

    #[test]
    fn a_request_ends_a_sweep() {
        let slot = slot();
        slot.put(sweep(1));
        assert!(slot.wants((JobKind::Sweep, 1)) && !slot.wants((JobKind::Sweep, 2)));
        slot.put(read(1));
        assert!(!slot.wants((JobKind::Sweep, 1)));
        assert_eq!(slot.take(Duration::ZERO), Some(read(1)));
        slot.put(sweep(2));
        assert_eq!(slot.take(Duration::ZERO), Some(sweep(2)));
        assert!(slot.wants((JobKind::Sweep, 2)));
        slot.cancel(JobKind::ReadList);
        assert!(slot.wants((JobKind::Sweep, 2)), "another one was cancelled");
        slot.cancel(JobKind::Sweep);
        assert!(!slot.wants((JobKind::Sweep, 2)));
    }

    #[test]
    fn what_is_more_urgent_ends_the_reading_of_the_list() {
        let slot = slot();
        slot.put(list(1));
        slot.put(list(2));
        assert!(slot.wants((JobKind::ReadList, 2)) && !slot.wants((JobKind::ReadList, 1)));
        assert_eq!(slot.take(Duration::ZERO), Some(list(2)));
        slot.put(read(1));
        assert!(!slot.wants((JobKind::ReadList, 2)));
        assert_eq!(slot.take(Duration::ZERO), Some(read(1)));
        slot.put(list(3));
        slot.put(sweep(1));
        assert!(!slot.wants((JobKind::ReadList, 3)) && slot.wants((JobKind::Sweep, 1)));
        slot.put(list(4));
        assert!(slot.wants((JobKind::ReadList, 4)) && !slot.wants((JobKind::Sweep, 1)));
        slot.cancel(JobKind::ReadList);
        assert!(!slot.wants((JobKind::ReadList, 4)));
    }

    #[test]
    fn a_job_says_that_it_ends_what_it_ends() {
        let jobs = |number| {
            let (Task::Read(read), Task::Sweep(sweep), Task::ReadList(list), Task::Measure(measure)) =
                (read(number), sweep(number), list(number), measure(number))
            else {
                unreachable!()
            };
            [Job::Read(read), Job::Sweep(sweep), Job::ReadList(list), Job::Measure(measure)]
        };
        let tasks = |number| [read(number), sweep(number), list(number), measure(number)];
        for first in tasks(1) {
            for (second, job) in tasks(2).into_iter().zip(jobs(2)).filter(|(second, _)| second.id().0 != first.id().0) {
                let slot = slot();
                slot.put(first.clone());
                slot.put(second);
                let is_long = first.id().0.urgency() == Urgency::Long;
                assert_eq!(job.ends(first.id().0), is_long && !slot.wants(first.id()), "{job:?} after {first:?}");
            }
        }
    }

    #[test]
    fn what_is_idle_makes_way_for_all_else_and_goes_on() {
        let slot = slot();
        slot.put(measure(1));
        slot.put(sweep(1));
        assert_eq!(slot.take(Duration::ZERO), Some(sweep(1)));
        assert_eq!(slot.take(Duration::ZERO), Some(measure(1)));
        assert!(slot.wants((JobKind::Measure, 1)));
        for task in [read(1), list(1), measure(2)] {
            slot.put(task.clone());
            assert!(!slot.wants((JobKind::Measure, 1)), "{task:?}");
            assert_eq!(slot.take(Duration::ZERO), Some(task));
        }
        slot.resume(measure(1));
        slot.resume(measure(3));
        assert_eq!(slot.take(Duration::ZERO), Some(measure(1)), "a newer one would have been put");
    }
}
