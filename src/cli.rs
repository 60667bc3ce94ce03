//! The command line: one verb for each question.
//!
//! The shell of the house: it reads files, calls the rooms in order, and writes; clock, signals, screen and exit codes are
//! its business and nobody else's. It decides nothing about a plan. Exit codes stand in `cli/exit.rs` and
//! `docs/CLI.md`.

mod answer;
mod answers;
mod args;
mod bench_instance;
mod check;
mod compare;
mod curve;
mod decide;
mod diff;
mod exit;
mod explain;
mod generate;
mod input;
mod logs;
mod matches;
mod merge;
mod monitor;
mod paper;
mod price;
mod rules;
mod screen;
mod solve;
mod stop;
mod sweep;
mod template;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::cli::args::{Arguments, Verb};
use crate::cli::exit::{Error, Exit};
use crate::cli::screen::{complain, say};

/// Runs one command, the first argument being the program's own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return parsed_badly(&error).code(),
    };
    logs::start(&arguments.logging);
    let done = match &arguments.verb {
        Verb::Check(it) => check::run(it),
        Verb::Solve(it) => solve::run(it),
        Verb::Explain(it) => explain::run(it),
        Verb::Verify(it) => verify::run(it),
        Verb::Template(it) => template::run(it),
        Verb::Match(it) => matches::run(it),
        Verb::Decide(it) => decide::run(it),
        Verb::Monitor(it) => monitor::run(it),
        Verb::Paper(it) => paper::run(it),
        Verb::Price(it) => price::run(it),
        Verb::Curve(it) => curve::run(it),
        Verb::Answers(it) => answers::run(it),
        Verb::Rules(it) => rules::run(it),
        Verb::Generate(it) => generate::run(it),
        Verb::Sweep(it) => sweep::run(it),
        Verb::Merge(it) => merge::run(it),
        Verb::Compare(it) => compare::run(it),
        Verb::Diff(it) => diff::run(it),
        Verb::BenchInstance(it) => bench_instance::run(it),
    };
    let exit = done.unwrap_or_else(|error| {
        complain(&error.text());
        error.exit()
    });
    exit.code()
}

/// Help and version go to stdout and are no fault; anything else is a command that cannot be understood.
fn parsed_badly(error: &clap::Error) -> Exit {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => say(&text).map_or(Exit::Files, |()| Exit::Done),
        _ => {
            complain(&text);
            Exit::Usage
        }
    }
}

/// `Result` of a verb.
type Done = Result<Exit, Error>;
