//! Text to the screen. A reader that has seen enough (`demerge check CASE | head`) is no fault.

use std::io::{self, ErrorKind, IsTerminal, Write};

use crate::cli::exit::Error;

/// Columns of text; a table that is wider is folded.
pub(super) const WIDTH: usize = 80;

/// Writes to stdout.
///
/// # Errors
/// [`Error::Screen`], unless the reader has gone.
pub(super) fn say(text: &str) -> Result<(), Error> {
    say_bytes(text.as_bytes())
}

/// Writes bytes to stdout.
///
/// # Errors
/// [`Error::Screen`], unless the reader has gone.
pub(super) fn say_bytes(bytes: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => Err(Error::Screen(fault)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes to stderr; where that is closed there is nobody left to tell.
pub(super) fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Whether somebody watches stderr.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}
