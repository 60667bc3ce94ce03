//! When to stop: the time limit, Ctrl-C, and a sign of life for whoever watches.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::exit::Exit;
use crate::cli::screen::{complain, is_watched};

/// Set by the first Ctrl-C.
static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on the first Ctrl-C asks for the best plan so far, and the second ends the program at once.
///
/// Ending at once is safe at any moment: a set of files is written whole or not at all.
pub(super) fn listen() {
    let handler = || {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(Exit::Stopped as i32);
        }
        if is_watched() {
            complain("\nstopping with what there is so far; Ctrl-C once more ends at once\n");
        }
    };
    // A second call in one process finds the handler in place; without any, Ctrl-C ends the program, which is safe.
    let _ = ctrlc::set_handler(handler);
}

/// Whether to stop, asked often.
pub(super) fn limit(seconds: Option<u64>) -> impl Fn() -> bool {
    // A limit beyond the clock's range is no limit.
    let end = seconds.and_then(|seconds| Instant::now().checked_add(Duration::from_secs(seconds)));
    move || ASKED.load(Ordering::Relaxed) || end.is_some_and(|end| Instant::now() >= end)
}

/// Does the work, and says so on a watched stderr if it takes longer than a second.
pub(super) fn watched<T>(work: impl FnOnce() -> T) -> T {
    if !is_watched() {
        return work();
    }
    thread::scope(|scope| {
        let (done, waiting) = mpsc::channel::<()>();
        scope.spawn(move || {
            if waiting.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                complain("solving… (Ctrl-C stops with the best plan so far)\n");
            }
        });
        let result = work();
        drop(done);
        result
    })
}
