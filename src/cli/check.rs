//! `demerge check`: are my files right?

use crate::cli::Done;
use crate::cli::args::Check;
use crate::cli::exit::{Error, Exit};
use crate::cli::{input, screen};
use crate::load::{Diagnostics, Want, decisions};

/// Lists every fault, and says whether the case can be solved.
pub(super) fn run(check: &Check) -> Done {
    let want = check.scenario.as_deref().map_or(Want::Check, |id| Want::Solve(Some(id)));
    match input::load_all(&check.case, want) {
        Ok(loaded) => {
            if let Err(found) = decisions::load(&input::read(&check.case)?, &loaded.case) {
                screen::say(&format!(
                    "{found}\nThe record of decisions cannot be used until every error is put right.\n"
                ))?;
                return Ok(Exit::Input);
            }
            let ids: Vec<&str> = loaded.scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
            let made_up = input::made_up(&loaded);
            let found = Diagnostics(loaded.diagnostics);
            screen::say(&format!("{found}\nThe case can be solved. Scenarios: {}.\n{made_up}", ids.join(", ")))?;
            Ok(Exit::Done)
        }
        Err(Error::Input(found)) => {
            screen::say(&format!("{found}\nThe case cannot be solved until every error is put right.\n"))?;
            Ok(Exit::Input)
        }
        Err(error) => Err(error),
    }
}
