//! Libraries that panic where they should return an error: burn when a device is lost or memory runs out, tokenizers when
//! a `tokenizer.json` is damaged. Here that becomes an error, so that whoever asked can show it and go on.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::AtomicBool},
};

use crate::messages::label;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Does the work; a panic becomes the first line of what it said.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    result.map_err(|payload| {
        let text = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or(label!("guard-silent-panic").text());
        text.lines().next().unwrap_or_default().to_owned()
    })
}

/// Keeps panics that become errors from being reported as well. Once, at the start of the program.
pub fn silence_guarded_panics() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !GUARDED.get() {
            report(info);
        }
    }));
}

/// A file that grows beyond the limit of the shell (`ulimit -f`) is an error of the one who writes it, as on a full disk, and
/// ends the program no more. Once, at the start of the program; where the system refuses, it ends as before.
pub fn survive_file_size_limits() {
    // Whoever listens to the signal is not ended by it; nobody looks at the flag.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
}
