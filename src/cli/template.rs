//! `demerge template`: can I have a workbook to fill in?

use crate::cli::Done;
use crate::cli::args::Template;
use crate::cli::exit::{Error, Exit};
use crate::cli::{input, screen};
use crate::files;
use crate::load;
use crate::report::template::{self, Filled};

/// Writes the workbook, empty or filled from a case.
pub(super) fn run(template: &Template) -> Done {
    let name = template.out.display();
    if !template.out.extension().is_some_and(|found| found.eq_ignore_ascii_case("xlsx")) {
        return Err(Error::Usage(format!("--out {name}: the name of a workbook ends in .xlsx")));
    }
    let filled = match &template.from {
        None => Vec::new(),
        Some(case) => load::tables(&input::read(case)?).map_err(Error::Input)?.into_iter().map(as_filled).collect(),
    };
    let bytes = template::workbook(&filled).map_err(Error::Workbook)?;
    files::write_one(&template.out, &bytes, template.force.into())?;
    screen::say(&format!(
        "Written: {name}. Its first sheet says how to fill it in; `demerge check {name}` checks it.\n"
    ))?;
    Ok(Exit::Done)
}

fn as_filled(table: load::RawTable) -> Filled {
    Filled { name: table.name, headings: table.headings, rows: table.rows }
}
