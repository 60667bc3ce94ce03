//! The `demerge` binary: hands the command line over, and owns up to panics.

use std::io::Write;
use std::panic;
use std::process::ExitCode;

fn main() -> ExitCode {
    panic::set_hook(Box::new(|fault| {
        let text = "demerge: this is our fault, not yours. The program met a case that it should never meet, and stopped.\n\
                    Nothing was written. Please report the next line, with the version that `demerge --version` shows:";
        // Where even this cannot be written, the exit code still tells.
        let _ = writeln!(std::io::stderr(), "{text}\n  {fault}");
    }));
    panic::catch_unwind(|| demerge::cli::run(std::env::args_os())).unwrap_or(ExitCode::from(1))
}
