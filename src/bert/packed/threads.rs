use std::{
    hint::spin_loop,
    sync::{
        Arc, Once,
        atomic::{AtomicBool, Ordering},
    },
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

/// Runs work on one of the computing threads while the others look for their share of it without a pause: a layer is
/// shared out a few times, and to wake a thread that sleeps takes longer than a small share. A thread that is busy is
/// not waited for.
pub(in crate::bert) fn attended<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    /// Ends the attendance, a panic too.
    struct Over(Arc<AtomicBool>);
    impl Drop for Over {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Release);
        }
    }

    rayon::scope(|_| {
        let over = Over(Arc::default());
        let (here, seen) = (rayon::current_thread_index(), Arc::clone(&over.0));
        rayon::spawn_broadcast(move |thread| {
            if Some(thread.index()) != here {
                attend(&seen);
            }
        });
        work()
    })
}

/// Does what there is to do, until it is over or there was nothing for a while. Never longer: another pass may have put
/// this thread's share of it underneath, where it waits.
fn attend(over: &AtomicBool) {
    const PATIENCE: Duration = Duration::from_millis(1);
    let mut last = Instant::now();
    while !over.load(Ordering::Acquire) && last.elapsed() < PATIENCE {
        match rayon::yield_now() {
            Some(Yield::Executed) => last = Instant::now(),
            _ => spin_loop(),
        }
    }
}
