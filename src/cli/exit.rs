//! How a command ends: its exit code, and the words for what kept it from an answer.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::certify::{Refusal, Status};
use crate::diagnostic::Severity;
use crate::files;
use crate::load::Diagnostics;
use crate::load::instance;
use crate::load::priority::PriorityFault;
use crate::report::plan::PlanFault;

/// Exit codes, as `--help` lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// The question is answered.
    Done = 0,
    /// Our fault.
    OurFault = 1,
    /// The command cannot be understood.
    Usage = 2,
    /// The input has errors.
    Input = 3,
    /// No plan keeps every rule.
    Impossible = 4,
    /// Stopped at a limit.
    Stopped = 5,
    /// A plan breaks a rule, or claims what does not hold.
    NotAllowed = 6,
    /// A file cannot be read or written.
    Files = 7,
    /// A line of a rule on material change is not kept.
    Material = 8,
}

/// The list of codes under every help text.
pub(super) const CODES: &str = "\
Exit codes:
  0  done: a plan was found and proved, or the question was answered
  1  our fault: please report it
  2  the command cannot be understood (an unknown option, or no scenario named)
  3  the input has errors, and each was listed
  4  no plan keeps every rule; the reasons were listed
  5  stopped by the time limit or by Ctrl-C; the best plan so far, if any, was given
  6  verify: the plan breaks a rule, or the file claims something that does not hold
  7  a file or folder cannot be read or written
  8  diff: a line of the rule is beyond its limit, or hangs on people who are undecided";

impl Exit {
    /// How a command ends that shows an answer of this status.
    pub(super) fn of(status: Status) -> Self {
        match status {
            Status::Optimal => Exit::Done,
            Status::Impossible => Exit::Impossible,
            Status::Stopped => Exit::Stopped,
        }
    }

    /// The code for the system.
    pub(super) fn code(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// Why a command could not give an answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// The command makes no sense with this case.
    #[error("{0}")]
    Usage(String),
    /// The input has errors.
    #[error("{0}")]
    Input(Diagnostics),
    /// The plan file is not a plan of this case.
    #[error("{0}")]
    Plan(#[from] PlanFault),
    /// The file is not a priority list of this case.
    #[error("{0}")]
    Priority(PriorityFault),
    /// The file is not an instance of the layout named.
    #[error("{}: {fault}", path.display())]
    Instance {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        fault: instance::Fault,
    },
    /// A file cannot be read or written.
    #[error("{0}")]
    Files(#[from] files::Error),
    /// The screen cannot be written to.
    #[error("the output cannot be written: {0}")]
    Screen(io::Error),
    /// The checker does not confirm what the solver found.
    #[error(
        "this is our fault, not yours: the solver found an answer, and the separate checker does not confirm it.\n\
         Nothing was written. Please report this, with the version that `demerge --version` shows:\n  {0}"
    )]
    Refused(Refusal),
    /// The checker does not confirm what the solver found in one scenario of a sweep.
    #[error(
        "this is our fault, not yours: in scenario {0} the solver found an answer, and the separate checker does not \
         confirm it.\nWhat was done before is kept. Please report this, with the version that `demerge --version` \
         shows:\n  {1}"
    )]
    Scenario(u64, Refusal),
    /// Files that do not go together.
    #[error("{0}")]
    Unfit(String),
    /// A table of a sweep cannot be read or written.
    #[error("{}: {fault}", path.display())]
    Table {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        fault: crate::report::parquet::Fault,
    },
    /// The check of the equality monitoring does not confirm it.
    #[error("this is our fault, not yours: {0:?} does not hold, so nothing was shown. Please report this.")]
    Monitor(crate::study::monitor::audit::Flaw),
    /// A checker does not confirm what was found: what that is, in a clause, and what the checker says.
    #[error(
        "this is our fault, not yours: {0}.\n\
         Nothing was written. Please report this, with the version that `demerge --version` shows:\n  {1}"
    )]
    Unconfirmed(&'static str, Box<dyn std::error::Error>),
    /// A workbook could not be made.
    #[error("this is our fault, not yours: {0}")]
    Workbook(crate::report::template::Error),
}

impl Error {
    /// The exit code that goes with it.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Error::Usage(_) => Exit::Usage,
            Error::Input(found) if about_scenario_option(found) => Exit::Usage,
            Error::Input(_) | Error::Plan(_) | Error::Priority(_) | Error::Instance { .. } | Error::Unfit(_) => {
                Exit::Input
            }
            Error::Files(_) | Error::Screen(_) | Error::Table { .. } => Exit::Files,
            Error::Refused(_)
            | Error::Scenario(..)
            | Error::Monitor(_)
            | Error::Unconfirmed(..)
            | Error::Workbook(_) => Exit::OurFault,
        }
    }

    /// What is written to stderr.
    pub(super) fn text(&self) -> String {
        match self {
            Error::Input(found) if about_scenario_option(found) => {
                let errors = found.0.iter().filter(|it| it.severity == Severity::Error);
                let line = |it: &crate::diagnostic::Diagnostic| {
                    let found = it.found.as_ref().map_or_else(String::new, |found| format!(" ({found})"));
                    format!("demerge: {}{found}: {}; {}\n", it.title, it.why, it.action)
                };
                errors.map(line).collect()
            }
            Error::Input(found) => format!("{found}\n"),
            Error::Usage(_)
            | Error::Plan(_)
            | Error::Priority(_)
            | Error::Instance { .. }
            | Error::Files(_)
            | Error::Screen(_)
            | Error::Refused(_)
            | Error::Scenario(..)
            | Error::Unfit(_)
            | Error::Table { .. }
            | Error::Monitor(_)
            | Error::Unconfirmed(..)
            | Error::Workbook(_) => format!("demerge: {self}\n"),
        }
    }
}

/// Whether all that is wrong is the choice of scenario on the command line (L420, L421).
fn about_scenario_option(found: &Diagnostics) -> bool {
    let mut errors = found.0.iter().filter(|it| it.severity == Severity::Error);
    errors.all(|it| ["L420", "L421"].contains(&it.code))
}
