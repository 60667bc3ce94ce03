//! A scenario as the TOML file of a case.

use std::fmt::{self, Write};

use crate::case::Case;
use crate::case::scenario::{Clause, Scenario};
use crate::id::AuthorityId;
use crate::quantity::{BasisPoints, write_short};

/// The file `scenarios/ID.toml`.
pub fn scenario_toml(case: &Case, scenario: &Scenario) -> String {
    let mut text = String::new();
    write(&mut text, case, scenario).expect("a string takes everything");
    text
}

fn write(out: &mut String, case: &Case, scenario: &Scenario) -> fmt::Result {
    for (key, value) in [("id", &scenario.id), ("name", &scenario.name), ("purpose", &scenario.purpose)] {
        writeln!(out, "{key} = {}", quoted(value))?;
    }
    writeln!(out, "objectives = [{}]", words(scenario.objectives.iter().map(|it| it.word())))?;
    writeln!(out, "use_pins = {}\n\n[structures]", scenario.use_pins)?;
    for (&authority, &structure) in &scenario.structures {
        writeln!(out, "{} = {}", quoted(code(case, authority)), quoted(&case.structures[structure].code))?;
    }
    let policy = &scenario.policy;
    writeln!(out, "\n[policy]\nrule = {}", quoted(policy.rule.word()))?;
    writeln!(out, "retained_shared = {}", quoted(policy.retained_shared.word()))?;
    writeln!(out, "max_grades_down = {}", policy.max_grades_down)?;
    let promoted = policy.promotion_into.iter().map(|&post| case.posts[post].code.as_str());
    writeln!(out, "promotion_into = [{}]", words(promoted))?;
    writeln!(out, "unlisted_rank = {}\non_cost_pct = {}", policy.unlisted_rank, policy.on_cost)?;
    let cover = &scenario.statutory_cover;
    writeln!(out, "\n[statutory_cover]\nroles = [{}]", words(cover.roles.iter().map(|role| role.word())))?;
    writeln!(out, "max_tier = {}", cover.max_tier)?;
    for rule in &scenario.fairness {
        writeln!(out, "\n[[fairness]]\nkind = {}", quoted(rule.clause.kind()))?;
        writeln!(out, "level = {}", quoted(rule.level.word()))?;
        clause(out, case, &rule.clause)?;
    }
    Ok(())
}

fn clause(out: &mut String, case: &Case, clause: &Clause) -> fmt::Result {
    match clause {
        Clause::PeopleShare { authority, min, max } | Clause::FteShare { authority, min, max } => {
            writeln!(out, "authority = {}", quoted(code(case, *authority)))?;
            limit(out, "min_pct", *min)?;
            limit(out, "max_pct", *max)
        }
        Clause::Budget { authority, max } => {
            writeln!(out, "authority = {}\nmax_gbp = {}", quoted(code(case, *authority)), write_short(max.0, 2))
        }
        Clause::Cover { authority, function, min_people } => {
            writeln!(out, "authority = {}\nfunction = {}", quoted(code(case, *authority)), quoted(function))?;
            writeln!(out, "min_people = {min_people}")
        }
        Clause::VacancyGap { authorities, max_points } => {
            let codes = authorities.map(|authority| code(case, authority));
            writeln!(out, "authorities = [{}]\nmax_points = {max_points}", words(codes.into_iter()))
        }
        Clause::PreferenceParity { max_points } => writeln!(out, "max_points = {max_points}"),
    }
}

fn limit(out: &mut String, key: &str, limit: Option<BasisPoints>) -> fmt::Result {
    limit.map_or(Ok(()), |limit| writeln!(out, "{key} = {limit}"))
}

fn code(case: &Case, authority: AuthorityId) -> &str {
    &case.authorities[authority].code
}

fn words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(quoted).collect::<Vec<_>>().join(", ")
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
