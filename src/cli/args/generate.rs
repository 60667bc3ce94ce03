//! Arguments of `generate`.

use std::path::PathBuf;

use clap::Args;

/// `generate`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Generate {
    /// How many people: at least 10 for each authority, at most 50,000
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) people: u32,
    /// How many authorities, from 2 to 10
    #[arg(long, value_name = "NUMBER", default_value_t = 2)]
    pub(in crate::cli) authorities: u32,
    /// Any whole number; another seed gives another case
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// How many pairs of people are linked (links.csv); such rules make a large case much harder
    #[arg(long, value_name = "PAIRS", default_value_t = 0)]
    pub(in crate::cli) links: u32,
    /// The folder for the case, which is not there yet
    #[arg(long, value_name = "FOLDER")]
    pub(in crate::cli) out: PathBuf,
}
