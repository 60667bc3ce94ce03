//! Arguments of `answers`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::Solving;
use crate::study::answers::MOST_SOLVES;

/// `answers`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Answers {
    /// Folder with the CSV files, or the .xlsx workbook
    pub(in crate::cli) case: PathBuf,
    /// Id of the scenario; may be left out if the case has only one
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) scenario: Option<String>,
    /// Solve about this many plans at most, and say so; with more, ranges that are not complete may become so
    #[arg(long, value_name = "PLANS", default_value_t = MOST_SOLVES)]
    pub(in crate::cli) most: usize,
    /// File for the same ranges as CSV
    #[arg(long, value_name = "FILE.csv")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// File for the same ranges as JSON, with whom to ask first
    #[arg(long, value_name = "FILE.json")]
    pub(in crate::cli) json: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// How to solve.
    #[command(flatten)]
    pub(in crate::cli) solving: Solving,
}
