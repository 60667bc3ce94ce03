//! Arguments of the verbs that put scenarios and plans side by side.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::Conduct;

/// `compare`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Compare {
    /// Folder with the CSV files, or the .xlsx workbook
    pub(in crate::cli) case: PathBuf,
    /// Ids of two or more scenarios, such as S1 S3; each is compared with the first
    #[arg(required = true, num_args = 2.., value_name = "SCENARIO")]
    pub(in crate::cli) scenarios: Vec<String>,
    /// File for every criterion and every person, for Excel, such as compare.csv
    #[arg(long, value_name = "FILE.csv")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// File for the same in JSON, for other programs
    #[arg(long, value_name = "FILE.json")]
    pub(in crate::cli) json: Option<PathBuf>,
    /// File for the page to read, print or file, with a drawing of where people go
    #[arg(long, value_name = "FILE.html")]
    pub(in crate::cli) html: Option<PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub(in crate::cli) conduct: Conduct,
}

/// `diff`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Diff {
    /// Folder with the CSV files, or the .xlsx workbook
    pub(in crate::cli) case: PathBuf,
    /// What was consulted on: the id of a scenario, or a plan.json of an earlier run
    pub(in crate::cli) consulted: String,
    /// What is to be put in place: the id of a scenario, or a plan.json
    #[arg(value_name = "FINAL")]
    pub(in crate::cli) settled: String,
    /// The rule: a TOML file with a line for each thing that counts as material, such as data/rules/material.toml
    #[arg(long, value_name = "RULE.toml")]
    pub(in crate::cli) rule: PathBuf,
    /// The case of FINAL, where its tables were changed since: another folder or workbook
    #[arg(long, value_name = "CASE2")]
    pub(in crate::cli) final_case: Option<PathBuf>,
    /// File for the page to read, print or put before members
    #[arg(long, value_name = "FILE.html")]
    pub(in crate::cli) html: Option<PathBuf>,
    /// File for what each line found, for Excel, such as diff.csv
    #[arg(long, value_name = "FILE.csv")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// File for the same in JSON, for other programs
    #[arg(long, value_name = "FILE.json")]
    pub(in crate::cli) json: Option<PathBuf>,
    /// How it is done.
    #[command(flatten)]
    pub(in crate::cli) conduct: Conduct,
}
