//! Arguments of `paper`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::cli::args::{OneScenario, Solving};

/// `paper`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Paper {
    /// What is proposed.
    #[command(flatten)]
    pub(in crate::cli) one: OneScenario,
    /// Ids of other scenarios to show beside it, such as S3,S7
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    pub(in crate::cli) compare: Vec<String>,
    /// Folder for the pack, which is not there yet: public/ and exempt/, each with the same paper in each format
    #[arg(long, value_name = "FOLDER")]
    pub(in crate::cli) out: PathBuf,
    /// Whom it is for
    #[arg(long, value_name = "WHO", default_value = "both")]
    pub(in crate::cli) audience: Who,
    /// In the public paper, keep back every number of people below this, from 3 to 10
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u32).range(3..=10))]
    pub(in crate::cli) threshold: u32,
    /// Also count what the proposal means by sex, age, disability and so on; opens equality_restricted.csv
    #[arg(long)]
    pub(in crate::cli) equality: bool,
    /// Number of the draft, which stands on every page
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=999))]
    pub(in crate::cli) draft: u32,
    /// Day of the paper, such as 2026-03-02; without it, the latest day on which something in the case was received or decided
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(in crate::cli) date: Option<Date>,
    /// Your own words: a TOML file of blocks, or a folder with a blocks.toml; docs/PAPER.md names the blocks
    #[arg(long, value_name = "FILE.toml")]
    pub(in crate::cli) template: Option<PathBuf>,
    /// Formats of the paper, with commas between them
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "html,docx,pdf,xlsx,csv,json")]
    pub(in crate::cli) formats: Vec<Form>,
    /// Your own Word file whose styles, headers and footers the Word files take
    #[arg(long, value_name = "FILE.docx")]
    pub(in crate::cli) word_template: Option<PathBuf>,
    /// Format of the letters to each person about their outcome; with them comes a list for a mail merge
    #[arg(long, value_name = "FORMAT", default_value = "docx")]
    pub(in crate::cli) letters: Letter,
    /// Last day for answers and representations, said in the paper and in the letters
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(in crate::cli) reply_by: Option<Date>,
    /// Where answers and representations go, said in the paper and in the letters, such as "the HR office, hr@example.gov.uk"
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reply_to: Option<String>,
    /// Also write the list for employee representatives (section 188(4)) where collective consultation is not due
    #[arg(long)]
    pub(in crate::cli) information_list: bool,
    /// How to solve.
    #[command(flatten)]
    pub(in crate::cli) solving: Solving,
}

/// Whom a pack is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Who {
    /// Anybody
    Public,
    /// Those who may see exempt information
    Exempt,
    /// A folder for each
    Both,
}

/// A format of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(in crate::cli) enum Form {
    /// A web page in one file
    Html,
    /// A Word file
    Docx,
    /// A tagged PDF
    Pdf,
    /// A workbook with a sheet for each table
    Xlsx,
    /// A folder with a list for each table
    Csv,
    /// For other programs
    Json,
}

/// A format of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Letter {
    /// No letters
    None,
    /// Web pages
    Html,
    /// Word files
    Docx,
    /// Tagged PDFs
    Pdf,
}
