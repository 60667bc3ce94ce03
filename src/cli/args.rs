//! What can be asked on the command line, with the help texts.

pub(super) mod answers;
pub(super) mod compare;
pub(super) mod generate;
pub(super) mod paper;
pub(super) mod price;
pub(super) mod sweep;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::cli::args::answers::Answers;
use crate::cli::args::compare::{Compare, Diff};
use crate::cli::args::generate::Generate;
use crate::cli::args::paper::Paper;
use crate::cli::args::price::{Curve, Price, Rules};
use crate::cli::args::sweep::{Merge, Sweep};
use crate::cli::exit::CODES;
use crate::solve::Solver;

/// Staff allocation for councils that end a shared-management agreement: exact, explained, checkable.
#[derive(Debug, Parser)]
#[command(name = "demerge", version, about, after_help = CODES, disable_help_subcommand = true)]
pub(super) struct Arguments {
    /// The question.
    #[command(subcommand)]
    pub(super) verb: Verb,
    /// How much is logged.
    #[command(flatten)]
    pub(super) logging: Logging,
}

/// How much is logged.
#[derive(Debug, Args)]
pub(super) struct Logging {
    /// Log the steps and their timings to stderr; twice (-vv) for more. No pay, names or reasons are logged
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(super) verbose: u8,
    /// Form of the log; turns it on
    #[arg(long, global = true, value_name = "FORM")]
    pub(super) log: Option<Format>,
}

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One JSON object a line
    Json,
    /// Lines to read
    Text,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Are my files right? Lists every fault with its cell and what to do
    #[command(after_help = CODES)]
    Check(Check),
    /// Who goes where? Finds the best plan and proves it, or says why there is none
    #[command(after_help = CODES)]
    Solve(Solve),
    /// Why this post, and why not another? Each wish with its reason, or with its exact price
    #[command(after_help = CODES)]
    Explain(Explain),
    /// Is this plan allowed, and how far is it from the best? For our plan.json or a list edited by hand
    #[command(after_help = CODES)]
    Verify(Verify),
    /// Can I have a workbook to fill in? Writes an empty one, or one filled from a case
    #[command(after_help = CODES)]
    Template(Template),
    /// Who could do which post? Proposes job matches from functions and grades, for HR to confirm
    #[command(after_help = CODES)]
    Match(Match),
    /// What was proposed, and what has been decided? Begins the record of decisions, or shows what they change
    #[command(after_help = CODES)]
    Decide(Decide),
    /// What does the plan mean by sex, age, disability and so on? Equality monitoring, small numbers kept back
    #[command(after_help = CODES)]
    Monitor(Monitor),
    /// Can I have the consultation paper? Writes one for the public and one for those who may see exempt information
    #[command(after_help = CODES)]
    Paper(Paper),
    /// What does each rule cost? Takes one rule out, or puts one objective first, and solves again
    #[command(after_help = CODES)]
    Price(Price),
    /// What does a limit cost? Every limit of one fairness rule at which something changes
    #[command(after_help = CODES)]
    Curve(Curve),
    /// What could answers still to come change, and whom should we ask first? Every outcome as a range
    #[command(after_help = CODES)]
    Answers(Answers),
    /// What would other rules give? The same case under nine rules, side by side
    #[command(after_help = CODES)]
    Rules(Rules),
    /// Can I have a made-up case of any size? Writes one from a seed, to try things out
    #[command(after_help = CODES)]
    Generate(Generate),
    /// What if? Thousands of scenarios: settings varied each with each, and chance within them
    #[command(after_help = CODES)]
    Sweep(Sweep),
    /// Can I have the parts of a sweep as one file? Joins what `sweep --shard` wrote
    #[command(after_help = CODES)]
    Merge(Merge),
    /// What changes between scenarios, and who moves? Side by side, with the change at which each person first moves
    #[command(after_help = CODES)]
    Compare(Compare),
    /// Is the final structure materially different from the consulted one? Judges both by a stated rule, line by line
    #[command(after_help = CODES)]
    Diff(Diff),
    /// What does the kernel make of a published instance? For developers
    #[command(hide = true)]
    BenchInstance(BenchInstance),
}

/// `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Folder with the CSV files, or the .xlsx workbook
    pub(super) case: PathBuf,
    /// Id of the only scenario to be checked; without it, all are, and what is wrong in some of them only may be left out
    #[arg(long, value_name = "ID")]
    pub(super) scenario: Option<String>,
}

/// `solve`.
#[derive(Debug, Args)]
pub(super) struct Solve {
    /// What is asked about.
    #[command(flatten)]
    pub(super) one: OneScenario,
    /// Folder for plan.json, placements.csv, vacancies.csv, at_risk.csv and report.html; without it nothing is written
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
    /// How to solve.
    #[command(flatten)]
    pub(super) solving: Solving,
}

/// `explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Folder with the CSV files, or the .xlsx workbook
    pub(super) case: PathBuf,
    /// Id of the person, such as P05
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub(super) person: Option<String>,
    /// Id of the one post to ask about, such as A06; without it, every post that the person would rather have
    pub(super) post: Option<String>,
    /// Explain everyone
    #[arg(long)]
    pub(super) all: bool,
    /// Id of the scenario; may be left out if the case has only one
    #[arg(long, value_name = "ID")]
    pub(super) scenario: Option<String>,
    /// File for every explanation with its sentences, for Excel, such as explanations.csv
    #[arg(long, value_name = "FILE.csv")]
    pub(super) out: Option<PathBuf>,
    /// File for the same in JSON, for other programs
    #[arg(long, value_name = "FILE")]
    pub(super) json: Option<PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub(super) conduct: Conduct,
}

/// `verify`.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Folder with the CSV files, or the .xlsx workbook
    pub(super) case: PathBuf,
    /// The plan: a plan.json, or a CSV file with the columns person_id and post_id
    pub(super) plan: PathBuf,
    /// Id of the scenario; may be left out if the case has only one
    #[arg(long, value_name = "ID")]
    pub(super) scenario: Option<String>,
    /// How to solve.
    #[command(flatten)]
    pub(super) solving: Solving,
}

/// A case, and which of its scenarios.
#[derive(Debug, Args)]
pub(super) struct OneScenario {
    /// Folder with the CSV files, or the .xlsx workbook
    pub(super) case: PathBuf,
    /// Id of the scenario; may be left out if the case has only one
    #[arg(long, value_name = "ID")]
    pub(super) scenario: Option<String>,
}

/// How a verb that solves and writes files goes about it.
#[derive(Debug, Args)]
pub(super) struct Conduct {
    /// Replace files that are there already
    #[arg(long)]
    pub(super) force: bool,
    /// How to solve.
    #[command(flatten)]
    pub(super) solving: Solving,
}

/// How to find the best plan.
#[derive(Debug, Args)]
pub(super) struct Solving {
    /// Which solver searches; all give the same plan
    #[arg(long, value_name = "SOLVER", default_value = "network")]
    pub(super) solver: Backend,
    /// Stop after this many seconds with the best plan so far (Ctrl-C does the same)
    #[arg(long, value_name = "SECONDS")]
    pub(super) limit: Option<u64>,
}

/// The solvers by their names on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Backend {
    /// The program's own, in whole numbers
    Network,
    /// A linear solver in Rust (microlp), as a second opinion
    Linear,
    /// HiGHS
    #[cfg(feature = "highs")]
    Highs,
}

impl Backend {
    /// The solver of this name.
    pub(super) fn solver(self) -> Solver {
        match self {
            Backend::Network => Solver::Network,
            Backend::Linear => Solver::Linear,
            #[cfg(feature = "highs")]
            Backend::Highs => Solver::Highs,
        }
    }
}

/// `template`.
#[derive(Debug, Args)]
pub(super) struct Template {
    /// The workbook to write, such as case.xlsx
    #[arg(long, value_name = "FILE.xlsx")]
    pub(super) out: PathBuf,
    /// Fill it from this case (a folder or a workbook)
    #[arg(long, value_name = "CASE")]
    pub(super) from: Option<PathBuf>,
    /// Replace the file if it is there already
    #[arg(long)]
    pub(super) force: bool,
}

/// `match`.
#[derive(Debug, Args)]
pub(super) struct Match {
    /// Folder with the CSV files, or the .xlsx workbook; its matches are not looked at
    pub(super) case: PathBuf,
    /// File for the proposals, such as matches.csv; without it they go to the screen
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// File for the pairs that fail only on an essential qualification
    #[arg(long, value_name = "FILE")]
    pub(super) nearly: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long)]
    pub(super) force: bool,
}

/// `decide`.
#[derive(Debug, Args)]
pub(super) struct Decide {
    /// Folder with the CSV files (and decisions.csv, once there is one), or the .xlsx workbook
    pub(super) case: PathBuf,
    /// Id of the scenario; may be left out if the case has only one
    #[arg(long, value_name = "ID")]
    pub(super) scenario: Option<String>,
    /// Where to write a record to fill in, if there is none yet; without it, decisions.csv in the folder of the case
    #[arg(long, value_name = "FILE.csv")]
    pub(super) out: Option<PathBuf>,
    /// File for proposals, decisions and what they change, for other programs
    #[arg(long, value_name = "FILE.json")]
    pub(super) json: Option<PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub(super) conduct: Conduct,
}

/// `monitor`.
#[derive(Debug, Args)]
pub(super) struct Monitor {
    /// Folder with the CSV files and equality_restricted.csv, or the .xlsx workbook with a sheet of that name
    pub(super) case: PathBuf,
    /// Id of the scenario; may be left out if the case has only one
    #[arg(long, value_name = "ID")]
    pub(super) scenario: Option<String>,
    /// Keep back every number of people below this, from 3 to 10
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u32).range(3..=10))]
    pub(super) threshold: u32,
    /// File for the figures as a list, such as monitor.csv
    #[arg(long, value_name = "FILE.csv")]
    pub(super) out: Option<PathBuf>,
    /// File for the figures for other programs
    #[arg(long, value_name = "FILE.json")]
    pub(super) json: Option<PathBuf>,
    /// File for the page to read, print or file with the restricted papers
    #[arg(long, value_name = "FILE.html")]
    pub(super) html: Option<PathBuf>,
    /// File for people protected by pregnancy or family leave who are at risk while a post they may hold went to another; it names them
    #[arg(long, value_name = "FILE.csv")]
    pub(super) protected: Option<PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub(super) conduct: Conduct,
}

/// `bench-instance`.
#[derive(Debug, Args)]
pub(super) struct BenchInstance {
    /// The instance, such as those of data/bench
    pub(super) file: PathBuf,
    /// Layout of the file
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Layout,
    /// Whether less or more is better; preferences do not ask
    #[arg(long, value_name = "SENSE", default_value = "min")]
    pub(super) sense: Direction,
    /// Stop after this many seconds with what is known then
    #[arg(long, value_name = "SECONDS")]
    pub(super) limit: Option<u64>,
}

/// Layouts of published instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Layout {
    /// Linear assignment, OR-Library
    Lap,
    /// Generalised assignment, OR-Library
    Gap,
    /// Preference set, JSON
    Preferences,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Direction {
    /// Less
    Min,
    /// More
    Max,
}
