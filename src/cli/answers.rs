//! `demerge answers`: what could answers still to come change, and whom to ask first?

use crate::cli::Done;
use crate::cli::args::answers::Answers;
use crate::cli::exit::{Error, Exit};
use crate::cli::{answer, input, screen};
use crate::files;
use crate::report::answers::{answers_csv, answers_json, page};
use crate::report::terminal::write_text;
use crate::study::answers::check::{Fault, confirm};
use crate::study::answers::{Answered, ranges};

/// Finds the range of every outcome, checks it, and shows it.
pub(super) fn run(wanted: &Answers) -> Done {
    let loaded = input::load_one(&wanted.one)?;
    let (case, scenario) = (&loaded.case, answer::scenario(&loaded));
    let answered = answer::within(&wanted.conduct.solving, |limits| {
        let mut answered = ranges(case, scenario, wanted.most, limits).map_err(Error::Refused)?;
        if let Answered::Ranges(ranges) = &mut answered {
            match confirm(case, scenario, ranges, limits) {
                Ok(()) => {}
                Err(Fault::Stopped) => ranges.is_cut = true,
                Err(fault) => {
                    let what = "ranges were found, and the separate checker does not confirm them";
                    return Err(Error::Unconfirmed(what, fault.into()));
                }
            }
        }
        Ok(answered)
    })?;
    if let Some(file) = &wanted.out {
        files::write_one(file, &answers_csv(case, &answered), wanted.conduct.force.into())?;
    }
    if let Some(file) = &wanted.json {
        files::write_one(file, &answers_json(case, scenario, &answered), wanted.conduct.force.into())?;
    }
    let mut text = write_text(&page(case, scenario, &answered), screen::WIDTH);
    text.push_str(&input::made_up(&loaded));
    screen::say(&text)?;
    Ok(match answered {
        Answered::Impossible => Exit::Impossible,
        Answered::Stopped => Exit::Stopped,
        Answered::Ranges(ranges) if ranges.is_cut => Exit::Stopped,
        Answered::Ranges(_) => Exit::Done,
    })
}
