//! `demerge verify`: is this plan allowed, and how far is it from the best?
//!
//! Three questions, answered apart: which rules the plan breaks (`certify::inspect`), whether what the file claims holds by
//! the file's own proofs (`certify::certify` of what was read), and how far the plan is from the best (a run of our own).
//! A file that says that there is no plan is asked the second question only: its proof decides.

pub(super) mod claim;
mod figures;
mod verdict;

use crate::certify;
use crate::cli::Done;
use crate::cli::args::Verify;
use crate::cli::exit::Exit;
use crate::cli::verify::claim::Read;
use crate::cli::{answer, input, screen};
use crate::files;
use crate::load::Want;
use crate::report::terminal::write_text;

/// Checks a plan by the rules, and weighs it against the best.
pub(super) fn run(verify: &Verify) -> Done {
    if let Some(folder) = verify.plan.parent().filter(|folder| folder.is_dir()) {
        files::recover(folder)?;
    }
    let bytes = files::read_file(&verify.plan)?;
    let loaded = input::load(&verify.case, Want::Solve(verify.scenario.as_deref()))?;
    let (case, scenario) = (&loaded.case, answer::scenario(&loaded));
    let name = verify.plan.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let read = claim::read(case, scenario, name, bytes)?;
    let (page, allowed) = match &read {
        Read::NoPlan { conflict, document } => {
            let claims = claim::check_conflict(case, scenario, conflict, document, &loaded.inputs);
            (verdict::page_without_plan(case, scenario, conflict, &claims), claims.broken.is_empty())
        }
        Read::Plan(read) => {
            let found = certify::inspect(case, scenario, &read.plan);
            let best = answer::answer(case, scenario, &verify.solving)?;
            let claims = claim::check(case, scenario, read, &found, &best, &loaded.inputs);
            let allowed = found.breaches.is_empty() && claims.broken.is_empty();
            (verdict::page(scenario, &found, &best, &claims), allowed)
        }
    };
    screen::say(&write_text(&page, screen::WIDTH))?;
    Ok(if allowed { Exit::Done } else { Exit::NotAllowed })
}
