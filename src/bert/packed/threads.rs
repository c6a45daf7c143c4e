use std::{
    cell::Cell,
    sync::{
        Arc, Once,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rayon::Yield;

/// Gives each computing thread a core of its own, where there is one for each; the first call counts. Two that sleep
/// between passes are else often woken on the same core, and share it for milliseconds.
pub(in crate::bert) fn spread_threads() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let cores = core_affinity::get_core_ids().unwrap_or_default();
        let threads = rayon::ThreadPoolBuilder::new().start_handler(move |thread| {
            if let (true, Some(core)) = (rayon::current_num_threads() == cores.len(), cores.get(thread)) {
                core_affinity::set_for_current(*core);
            }
        });
        // It fails where the threads have been started: then they stay where they are.
        drop(threads.build_global());
    });
}

thread_local! {
    /// Whether this thread runs a pass, or stays awake for one.
    static AMID: Cell<bool> = const { Cell::new(false) };
}

/// Runs work on one of the computing threads while the others look for their share of it without a pause: a layer is
/// shared out a few times, and to wake a thread that sleeps takes longer than a small share. A thread that is busy is
/// not waited for.
pub(in crate::bert) fn keep_threads_awake<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    /// Ends the waiting, a panic too.
    struct Pass {
        over: Arc<AtomicBool>,
        amid_another: bool,
    }
    impl Drop for Pass {
        fn drop(&mut self) {
            self.over.store(true, Ordering::Release);
            AMID.set(self.amid_another);
        }
    }

    rayon::scope(|_| {
        let pass = Pass { over: Arc::default(), amid_another: AMID.replace(true) };
        let over = Arc::clone(&pass.over);
        rayon::spawn_broadcast(move |_| stay_awake(&over));
        work()
    })
}

/// Does what there is to do, until it is over or there was nothing for a while. Not amid a pass: what this thread has
/// under way there would wait.
fn stay_awake(over: &AtomicBool) {
    const PATIENCE: Duration = Duration::from_millis(1);
    if AMID.replace(true) {
        return;
    }
    let mut last = Instant::now();
    while !over.load(Ordering::Acquire) && last.elapsed() < PATIENCE {
        match rayon::yield_now() {
            Some(Yield::Executed) => last = Instant::now(),
            // Where there are more threads than cores, another may need this one.
            _ => thread::yield_now(),
        }
    }
    AMID.set(false);
}
