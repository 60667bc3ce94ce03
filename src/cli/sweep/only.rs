//! One scenario of a sweep by itself: what was drawn, and what came of it.

use crate::cli::Done;
use crate::cli::args::sweep::Sweep as Wanted;
use crate::cli::exit::{Error, Exit};
use crate::cli::{screen, stop};
use crate::files;
use crate::quantity::grouped;
use crate::report::sweep_only;
use crate::solve::{Limits, Solver};
use crate::study::sweep::Sweep;

/// Shows the scenario of this number.
pub(super) fn run(wanted: &Wanted, sweep: &Sweep<'_>, number: u64) -> Done {
    let all = sweep.plan().scenarios();
    if number >= all {
        let last = grouped(i64::try_from(all - 1).unwrap_or(i64::MAX));
        return Err(Error::Usage(format!("--only {number}: the scenarios of this plan are numbered 0 to {last}")));
    }
    stop::listen();
    let should_stop = stop::limit(None);
    let limits = Limits { solver: Solver::Network, should_stop: &should_stop };
    let scene = sweep.scene(number, &limits).map_err(|refusal| Error::Scenario(number, refusal))?;
    let Some(scene) = scene else { return Ok(Exit::Stopped) };
    if let Some(file) = &wanted.json {
        files::write_one(file, &sweep_only::json(sweep, &scene), wanted.force.into())?;
    }
    screen::say(&sweep_only::text(sweep, &scene))?;
    Ok(Exit::of(scene.row.status))
}
