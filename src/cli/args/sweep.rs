//! Arguments of the verbs about many scenarios.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Ids of the arguments of [`Told`].
const SUMMARY: [&str; 3] = ["summary", "summary_json", "people_summary"];

/// `sweep`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Sweep {
    /// Folder with the CSV files, or the .xlsx workbook
    pub(in crate::cli) case: PathBuf,
    /// The plan: which settings are varied and what is left to chance, such as sweeps/leavers.toml
    #[arg(value_name = "PLAN.toml")]
    pub(in crate::cli) plan: PathBuf,
    /// File for the figures, one row for each scenario
    #[arg(long, value_name = "FILE.parquet", required_unless_present = "only")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// File for where everyone is, one row for each scenario and person
    #[arg(long, value_name = "FILE.parquet", requires = "out")]
    pub(in crate::cli) people: Option<PathBuf>,
    /// What is to be said of all scenarios together
    #[command(flatten)]
    pub(in crate::cli) told: Told,
    /// Show one scenario by its number: what was drawn, and what came of it; nothing is written but --json
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["out", "resume", "shard", "limit", "progress"])]
    #[arg(conflicts_with_all = SUMMARY)]
    pub(in crate::cli) only: Option<u64>,
    /// File for that scenario, for other programs
    #[arg(long, value_name = "FILE.json", requires = "only")]
    pub(in crate::cli) json: Option<PathBuf>,
    /// Go on with a run that was stopped or killed; begin one if there is none
    #[arg(long)]
    pub(in crate::cli) resume: bool,
    /// Do one part of the sweep, such as 3/8; auto takes part and parts from a Slurm job array, auto/8 the part also from a
    /// Kubernetes indexed job
    #[arg(long, value_name = "I/N", conflicts_with_all = SUMMARY)]
    pub(in crate::cli) shard: Option<String>,
    /// Threads; without it, as many as the machine has
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) threads: Option<NonZeroUsize>,
    /// How progress is shown on stderr
    #[arg(long, value_name = "FORM", default_value = "auto")]
    pub(in crate::cli) progress: Progress,
    /// Stop after this many seconds; what is done is kept for --resume (Ctrl-C does the same)
    #[arg(long, value_name = "SECONDS")]
    pub(in crate::cli) limit: Option<u64>,
    /// Replace files that are there already, an unfinished run too
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Progress {
    /// A bar where somebody watches, else nothing
    Auto,
    /// One line of JSON a second
    Json,
    /// Nothing
    None,
}

/// What is to be said of all scenarios together.
#[derive(Debug, Args)]
pub(in crate::cli) struct Told {
    /// Show how seats, roles and posts fare over all scenarios; with a name, also as a page with drawings
    #[arg(long, value_name = "FILE.html", num_args = 0..=1, requires_all = ["case", "plan"])]
    #[expect(clippy::option_option, reason = "asked for or not, and then with a file or without")]
    pub(in crate::cli) summary: Option<Option<PathBuf>>,
    /// File for every figure of the summary, for other programs
    #[arg(long, value_name = "FILE.json", requires_all = ["case", "plan"])]
    pub(in crate::cli) summary_json: Option<PathBuf>,
    /// Let the summary also say what may become of each person: for those who may see personal data
    #[arg(long, requires_all = ["case", "plan"])]
    pub(in crate::cli) people_summary: bool,
}

impl Told {
    /// Whether anything is to be said.
    pub(in crate::cli) fn is_wanted(&self) -> bool {
        self.summary.is_some() || self.summary_json.is_some() || self.people_summary
    }

    /// The files for it.
    pub(in crate::cli) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.summary.iter().flatten().chain(&self.summary_json)
    }
}

/// `merge`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// The parts of one sweep, in any order: what `sweep --shard` wrote with --out, what it wrote with --people, or both
    #[arg(required = true, value_name = "PART.parquet")]
    pub(in crate::cli) parts: Vec<PathBuf>,
    /// File for the whole
    #[arg(long, value_name = "FILE.parquet")]
    pub(in crate::cli) out: PathBuf,
    /// File for where everyone is, from the parts that say so
    #[arg(long, value_name = "FILE.parquet")]
    pub(in crate::cli) people: Option<PathBuf>,
    /// The case of the sweep, for a summary: the same folder or workbook
    #[arg(long, value_name = "CASE")]
    pub(in crate::cli) case: Option<PathBuf>,
    /// The plan of the sweep, for a summary: the same file
    #[arg(long, value_name = "PLAN.toml")]
    pub(in crate::cli) plan: Option<PathBuf>,
    /// What is to be said of all scenarios together
    #[command(flatten)]
    pub(in crate::cli) told: Told,
    /// Replace files that are there already
    #[arg(long)]
    pub(in crate::cli) force: bool,
}
