//! Processor time of this thread: what other users of the machine do is not in it.

use std::time::Duration;

use cpu_time::ThreadTime;

/// The answer of a task and the processor time it took.
pub(crate) fn timed<T>(task: impl FnOnce() -> T) -> (T, f64) {
    let start = ThreadTime::now();
    let answer = task();
    (answer, start.elapsed().as_secs_f64())
}

/// Median processor time of so many runs, after one that is not counted.
pub(crate) fn median_of<T>(runs: usize, mut task: impl FnMut() -> T) -> f64 {
    task();
    let mut seconds: Vec<f64> = (0..runs.max(1)).map(|_| timed(&mut task).1).collect();
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

/// Says stop when this thread has worked for so long.
pub(crate) fn limit(seconds: f64) -> impl Fn() -> bool {
    let start = ThreadTime::now();
    let allowed = Duration::from_secs_f64(seconds);
    move || start.elapsed() > allowed
}
