//! Arguments of `answers`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::{Conduct, OneScenario};
use crate::study::answers::MOST_SOLVES;

/// `answers`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Answers {
    /// What is asked about.
    #[command(flatten)]
    pub(in crate::cli) one: OneScenario,
    /// Solve about this many plans at most, and say so; with more, ranges that are not complete may become so
    #[arg(long, value_name = "PLANS", default_value_t = MOST_SOLVES)]
    pub(in crate::cli) most: usize,
    /// File for the same ranges as CSV
    #[arg(long, value_name = "FILE.csv")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// File for the same ranges as JSON, with whom to ask first
    #[arg(long, value_name = "FILE.json")]
    pub(in crate::cli) json: Option<PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub(in crate::cli) conduct: Conduct,
}
