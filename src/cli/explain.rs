//! `demerge explain`: why this post, and why not another?

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::{Certified, Status};
use crate::cli::Done;
use crate::cli::args::Explain;
use crate::cli::exit::{Error, Exit};
use crate::cli::{answer, input, screen, stop};
use crate::files;
use crate::id::{Id, PersonId, PostId, Table};
use crate::load::{Loaded, Want};
use crate::report::explain::{self, lists};
use crate::report::terminal;
use crate::solve::Limits;
use crate::study::explain::{Checker, Explainer, Explanation};
use crate::study::summary::summarise;

/// With more people than this, what is told is confirmed from the answer's own optimum instead of by solving the case again.
const WHOLE: usize = 200;

/// Explains one person or all, after each statement was found again by another road.
pub(super) fn run(wanted: &Explain) -> Done {
    let loaded = input::load(&wanted.case, Want::Solve(wanted.scenario.as_deref()))?;
    let (case, scenario) = (&loaded.case, answer::scenario(&loaded));
    let people = whom(case, wanted)?;
    let asked = wanted.post.as_deref().map(|code| post(case, code)).transpose()?;
    let certified = answer::answer(case, scenario, &wanted.conduct.solving)?;
    let should_stop = stop::limit(wanted.conduct.solving.limit);
    let limits = Limits { solver: wanted.conduct.solving.solver.solver(), should_stop: &should_stop };
    let Some(explainer) = Explainer::new(case, scenario, &certified, &limits) else {
        return without_answer(&loaded, scenario, &certified);
    };
    let told = stop::watched(|| told(&explainer, case, scenario, &certified, &people, asked, &limits))?;
    write(wanted, case, scenario, &told)?;
    screen::say(&(shown(case, scenario, &told, wanted.all) + &input::made_up(&loaded)))?;
    Ok(if told.iter().any(lists::is_open) { Exit::Stopped } else { Exit::Done })
}

/// Every explanation, confirmed by the checker unless the run was stopped.
fn told(
    explainer: &Explainer<'_>,
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    people: &[PersonId],
    asked: Option<PostId>,
    limits: &Limits<'_>,
) -> Result<Vec<Explanation>, Error> {
    let told = people.iter().map(|&person| explainer.explain(person, asked).map_err(Error::Refused));
    let told: Vec<Explanation> = told.collect::<Result<_, _>>()?;
    if !(limits.should_stop)() {
        let checker = if case.people.len() > WHOLE {
            Checker::near(case, scenario, certified, limits)
        } else {
            Checker::new(case, scenario, limits)
        };
        let confirmed = checker.and_then(|checker| told.iter().try_for_each(|explanation| checker.check(explanation)));
        // A check that was cut short says nothing against what it did not finish.
        if !(limits.should_stop)() {
            let what = "an explanation was found, and the separate checker does not confirm it";
            confirmed.map_err(|fault| Error::Unconfirmed(what, fault.into()))?;
        }
    }
    Ok(told)
}

fn write(wanted: &Explain, case: &Case, scenario: &Scenario, told: &[Explanation]) -> Result<(), Error> {
    if let Some(file) = &wanted.json {
        files::write_one(file, &explain::json::json(case, scenario, told), wanted.conduct.force.into())?;
    }
    if let Some(file) = &wanted.out {
        files::write_one(file, &lists::csv(case, scenario, told), wanted.conduct.force.into())?;
    }
    Ok(())
}

fn shown(case: &Case, scenario: &Scenario, told: &[Explanation], all: bool) -> String {
    match told {
        [only] if !all => terminal::write_text(&explain::page(case, scenario, only), screen::WIDTH),
        many => terminal::write_text(&lists::page(case, scenario, many), screen::WIDTH),
    }
}

/// There is no proved answer to explain: what `solve` says of it.
fn without_answer(loaded: &Loaded, scenario: &Scenario, certified: &Certified) -> Done {
    let summary = summarise(&loaded.case, scenario, certified);
    screen::say(&terminal::render(&loaded.case, scenario, certified, &summary, &loaded.diagnostics, screen::WIDTH))?;
    Ok(match certified.status() {
        Status::Impossible => Exit::Impossible,
        Status::Stopped | Status::Optimal => Exit::Stopped,
    })
}

fn whom(case: &Case, wanted: &Explain) -> Result<Vec<PersonId>, Error> {
    match &wanted.person {
        Some(code) => Ok(vec![find(&case.people, |it| &it.code, "person", "people.csv", code)?]),
        None => Ok(case.people.ids().collect()),
    }
}

fn post(case: &Case, code: &str) -> Result<PostId, Error> {
    find(&case.posts, |it| &it.code, "post", "posts.csv", code)
}

fn find<I: Id, T>(
    table: &Table<I, T>,
    code_of: impl Fn(&T) -> &String,
    what: &str,
    file: &str,
    code: &str,
) -> Result<I, Error> {
    let found = table.iter().find(|(_, record)| code_of(record) == code).map(|(id, _)| id);
    found.ok_or_else(|| Error::Usage(format!("there is no {what} {code:?} in {file}; ids are case sensitive")))
}
