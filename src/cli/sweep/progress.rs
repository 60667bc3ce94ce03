//! How far a sweep is: a bar for who watches, lines of JSON for a program, or nothing.

use std::fmt;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::cli::args::sweep::Progress;
use crate::cli::screen::{complain, is_watched};

/// What is shown.
pub(super) enum Shown {
    /// A bar with rate and time left.
    Bar(ProgressBar),
    /// A line a second.
    Json(Lines),
    /// Nothing.
    Nothing,
}

/// Progress as lines of JSON.
pub(super) struct Lines {
    started: Instant,
    told: Instant,
    first: u64,
    done: u64,
    all: u64,
}

impl Shown {
    /// Begins to show a run that has so many scenarios behind it.
    pub(super) fn start(form: Progress, done: u64, all: u64) -> Self {
        match form {
            Progress::Json => {
                let now = Instant::now();
                let lines = Lines { started: now, told: now, first: done, done, all };
                lines.say();
                Shown::Json(lines)
            }
            Progress::Auto if is_watched() => {
                let bar = ProgressBar::new(all).with_position(done);
                bar.set_style(style());
                bar.reset_eta();
                bar.enable_steady_tick(Duration::from_millis(250));
                Shown::Bar(bar)
            }
            Progress::Auto | Progress::None => Shown::Nothing,
        }
    }

    /// So many are done now.
    pub(super) fn tell(&mut self, done: u64) {
        match self {
            Shown::Bar(bar) => bar.set_position(done),
            Shown::Json(lines) => {
                lines.done = done;
                if lines.told.elapsed() >= Duration::from_secs(1) {
                    lines.told = Instant::now();
                    lines.say();
                }
            }
            Shown::Nothing => {}
        }
    }

    /// The run has ended.
    pub(super) fn finish(&self) {
        match self {
            Shown::Bar(bar) => bar.abandon(),
            Shown::Json(lines) => lines.say(),
            Shown::Nothing => {}
        }
    }
}

impl Lines {
    fn say(&self) {
        let seconds = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let new = self.done - self.first;
        let left = (self.all - self.done).saturating_mul(seconds).checked_div(new).map(|left| left / 1_000);
        let rate = new.saturating_mul(1_000).checked_div(seconds);
        let line = serde_json::json!({
            "done": self.done,
            "total": self.all,
            "seconds": seconds / 1_000,
            "per_second": rate,
            "seconds_left": left,
        });
        complain(&format!("{line}\n"));
    }
}

fn style() -> ProgressStyle {
    let form = "{bar:30} {human_pos} of {human_len} scenarios, {rate} a second, {eta} left";
    let style = ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.with_key("rate", rate)
}

/// Whole scenarios a second, with a tenth where they are few.
fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    let rate = state.per_sec();
    // Where it cannot be written nobody is watching.
    let _ = write!(out, "{rate:.0$}", usize::from(rate < 10.0));
}
