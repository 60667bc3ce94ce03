//! The log of a run, to stderr: ids, counts and timings; never pay, names or anyone's reasons.

use tracing::Level;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::cli::args::{Format, Logging};

/// Starts the log that was asked for; none unless `-v` or `--log` is given.
pub(super) fn start(logging: &Logging) {
    let level = match (logging.verbose, logging.log) {
        (0, None) => return,
        (0 | 1, _) => Level::INFO,
        (_, _) => Level::DEBUG,
    };
    let builder = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE);
    // A second start in one process (a test) keeps the first log.
    let _ = match logging.log {
        None | Some(Format::Text) => builder.try_init(),
        Some(Format::Json) => builder.json().try_init(),
    };
}
