use std::{
    cell::Cell,
    env,
    sync::{
        Arc, Once,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rayon::Yield;

/// Starts the threads that compute; the first call counts. There are as many as cores, or fewer where `RAYON_NUM_THREADS` says so:
/// more would only wait for each other.
///
/// `pinned`, each has a core of its own, where there is one for each. Two that sleep between passes are else often woken on the
/// same core, and share it for milliseconds.
pub(in crate::bert) fn start_threads(pinned: bool) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let asked = env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok());
        let most = thread::available_parallelism().map_or(usize::MAX, usize::from);
        let mut threads = rayon::ThreadPoolBuilder::new();
        if let Some(asked) = asked {
            // Where it is 0, rayon finds out.
            threads = threads.num_threads(most.min(asked));
        }
        let cores = core_affinity::get_core_ids().unwrap_or_default();
        let threads = threads.start_handler(move |thread| {
            if let (true, Some(core)) = (pinned && rayon::current_num_threads() == cores.len(), cores.get(thread)) {
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
