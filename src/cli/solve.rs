//! `demerge solve`: who goes where?

use std::path::Path;

use crate::case::scenario::Scenario;
use crate::certify::{Certified, Status};
use crate::cli::Done;
use crate::cli::args::Solve;
use crate::cli::exit::{Error, Exit};
use crate::cli::{answer, decide, input, screen};
use crate::files;
use crate::load::{Loaded, Want, decisions};
use crate::report;
use crate::report::plan::write_plan_with;
use crate::report::{html, lists, sections, terminal};
use crate::study::answers::{Asked, ask};
use crate::study::decide::Decided;
use crate::study::summary::{Summary, summarise};

/// Finds the best plan, writes the set of files, and shows the figures.
pub(super) fn run(solve: &Solve) -> Done {
    if let Some(out) = &solve.out {
        try_folder(out, &solve.one.case)?;
    }
    let sources = input::read(&solve.one.case)?;
    let loaded = input::load_sources(&sources, Want::Solve(solve.one.scenario.as_deref()))?;
    let scenario = answer::scenario(&loaded);
    let certified = answer::answer(&loaded.case, scenario, &solve.solving)?;
    let mut summary = summarise(&loaded.case, scenario, &certified);
    answer::reasons(&loaded.case, scenario, &certified, &mut summary, solve.solving.limit);
    if !summary.pools.is_empty() {
        summary.settled = Some(answer::settled(&loaded.case, scenario, &certified, &summary.pools, &solve.solving));
    }
    let decided = match decisions::load(&sources, &loaded.case).map_err(Error::Input)? {
        Some(record) => decide::beside(&loaded, &certified, &record, &solve.solving)?,
        None => None,
    };
    let mut text = terminal::render(&loaded.case, scenario, &certified, &summary, &loaded.diagnostics, screen::WIDTH);
    if let Some(decided) = &decided {
        text.push('\n');
        text.push_str(&terminal::write_text(&report::decide::page(&loaded.case, scenario, decided), screen::WIDTH));
    }
    if let Some(out) = &solve.out {
        let asked = match certified.status() {
            Status::Optimal => answer::within(&solve.solving, |limits| ask(&loaded.case, scenario, limits)),
            Status::Stopped | Status::Impossible => Ok(None),
        };
        let more = More { decided, asked: asked.map_err(Error::Refused)? };
        write(out, &loaded, scenario, &certified, &summary, &more)?;
        text.push_str(&format!("\nWritten to {}: {}.\n", out.display(), NAMES.join(", ")));
    }
    text.push_str(&input::made_up(&loaded));
    screen::say(&text)?;
    Ok(Exit::of(certified.status()))
}

/// The files of an answer; the last is put in place last.
const NAMES: [&str; 5] = ["report.html", "placements.csv", "vacancies.csv", "at_risk.csv", "plan.json"];

/// Finds out before the work whether the folder can be meant.
fn try_folder(out: &Path, case: &Path) -> Result<(), Error> {
    if out.exists() && !out.is_dir() {
        return Err(Error::Usage(format!("--out {}: this is a file; name a folder", out.display())));
    }
    // Lists among the CSV files of the case would be read as its tables the next time.
    if let (Ok(out), Ok(case)) = (out.canonicalize(), case.canonicalize())
        && out == case
    {
        return Err(Error::Usage("--out names the folder of the case itself; name another one".to_owned()));
    }
    files::recover(out).map_err(Error::from)
}

/// What a report has besides the plan, where there is any.
struct More {
    decided: Option<Decided>,
    asked: Option<Asked>,
}

/// All files of one answer, or none. An answer without a plan gets lists without rows, so that no old list stays.
fn write(
    out: &Path,
    loaded: &Loaded,
    scenario: &Scenario,
    certified: &Certified,
    summary: &Summary,
    more: &More,
) -> Result<(), Error> {
    let _span = tracing::info_span!("write").entered();
    let case = &loaded.case;
    let provenance = input::provenance(loaded);
    let mut page = sections::page(case, scenario, certified, summary, &loaded.diagnostics, &provenance);
    if let Some(asked) = &more.asked {
        report::answers::add_note(&mut page, case, asked);
    }
    page.sections.extend(more.decided.as_ref().map(|decided| report::decide::section(case, decided)));
    let bytes = [
        html::write_html(&page, &provenance),
        lists::placements_csv(case, certified, summary),
        lists::vacancies_csv(case, scenario, certified, summary),
        lists::at_risk_csv(case, scenario, certified, summary),
        write_plan_with(case, scenario, certified, Some(summary), &provenance),
    ];
    let set: Vec<(&str, &[u8])> = NAMES.into_iter().zip(bytes.iter().map(Vec::as_slice)).collect();
    files::write_all(out, &set).map_err(Error::from)
}
