//! Arguments of the verbs that put rules and orders side by side.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::args::{Conduct, OneScenario};

/// `price`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Price {
    /// What is asked about.
    #[command(flatten)]
    pub(in crate::cli) one: OneScenario,
    /// Also price a seat in every post: one more, and one fewer
    #[arg(long)]
    pub(in crate::cli) seats: bool,
    /// File for the same table as CSV
    #[arg(long, value_name = "FILE.csv")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// File for the same table as JSON
    #[arg(long, value_name = "FILE.json")]
    pub(in crate::cli) json: Option<PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub(in crate::cli) conduct: Conduct,
}

/// `rules`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Rules {
    /// What is asked about.
    #[command(flatten)]
    pub(in crate::cli) one: OneScenario,
    /// The agreed order of people, with the columns person_id and priority (1 comes first); without it, by length of service
    #[arg(long, value_name = "FILE.csv")]
    pub(in crate::cli) priority: Option<PathBuf>,
    /// File for the same table as CSV
    #[arg(long, value_name = "FILE.csv")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// File for the same table as JSON, with everyone's post under each rule
    #[arg(long, value_name = "FILE.json")]
    pub(in crate::cli) json: Option<PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub(in crate::cli) conduct: Conduct,
}

/// `curve`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Curve {
    /// What is asked about.
    #[command(flatten)]
    pub(in crate::cli) one: OneScenario,
    /// Which fairness rule, counted from 1 in the order of the scenario file
    #[arg(long, value_name = "N")]
    pub(in crate::cli) clause: usize,
    /// Which of its limits moves, where it has both
    #[arg(long, value_name = "END")]
    pub(in crate::cli) end: Option<End>,
    /// Stop after this many steps, and say so
    #[arg(long, value_name = "STEPS", default_value_t = 200)]
    pub(in crate::cli) most: usize,
    /// File for the curve: a drawing (.svg) or a table (.csv); may be given twice
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Vec<PathBuf>,
    /// File for the same table as JSON
    #[arg(long, value_name = "FILE.json")]
    pub(in crate::cli) json: Option<PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub(in crate::cli) conduct: Conduct,
}

/// Which limit of a fairness rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum End {
    /// At least
    Min,
    /// At most
    Max,
}
