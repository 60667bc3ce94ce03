//! Scenarios as rows of the sheet `scenarios`: the same keys as in a scenario file, one to a row.

use crate::case::Case;
use crate::case::scenario::{Clause, FairnessRule, Scenario};
use crate::load::schema::SCENARIO_COLUMNS;
use crate::quantity::{BasisPoints, write_short};
use crate::report::template::{Filled, SCENARIOS};

/// The sheet `scenarios` that says the same as these scenarios.
///
/// Every value is written out, also where the scenario file left it to the standard.
pub fn scenario_table(case: &Case, scenarios: &[Scenario]) -> Filled {
    let rows = scenarios.iter().flat_map(|scenario| {
        let keys = keys(case, scenario).into_iter();
        keys.map(|(key, value)| vec![scenario.id.clone(), key, value])
    });
    Filled { name: SCENARIOS.to_owned(), headings: SCENARIO_COLUMNS.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// Keys and values of one scenario, in the order of the contract's example.
fn keys(case: &Case, scenario: &Scenario) -> Vec<(String, String)> {
    let policy = &scenario.policy;
    let listed = |words: Vec<&str>| words.join(";");
    let mut keys = vec![
        ("name", scenario.name.clone()),
        ("purpose", scenario.purpose.clone()),
        ("objectives", listed(scenario.objectives.iter().map(|o| o.word()).collect())),
        ("use_pins", if scenario.use_pins { "yes" } else { "no" }.to_owned()),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect::<Vec<_>>();
    for (&authority, &structure) in &scenario.structures {
        let key = format!("structures.{}", case.authorities[authority].code);
        keys.push((key, case.structures[structure].code.clone()));
    }
    let posts = policy.promotion_into.iter().map(|&post| case.posts[post].code.as_str()).collect();
    let settings = [
        ("policy.rule", policy.rule.word().to_owned()),
        ("policy.retained_shared", policy.retained_shared.word().to_owned()),
        ("policy.max_grades_down", policy.max_grades_down.to_string()),
        ("policy.promotion_into", listed(posts)),
        ("policy.unlisted_rank", policy.unlisted_rank.to_string()),
        ("policy.on_cost_pct", policy.on_cost.to_string()),
        ("statutory_cover.roles", listed(scenario.statutory_cover.roles.iter().map(|role| role.word()).collect())),
        ("statutory_cover.max_tier", scenario.statutory_cover.max_tier.to_string()),
    ];
    keys.extend(settings.into_iter().map(|(key, value)| (key.to_owned(), value)));
    for (index, rule) in scenario.fairness.iter().enumerate() {
        let clause = clause(case, rule).into_iter();
        keys.extend(clause.map(|(key, value)| (format!("fairness.{}.{key}", index + 1), value)));
    }
    keys
}

/// Keys and values of one fairness clause.
fn clause(case: &Case, rule: &FairnessRule) -> Vec<(&'static str, String)> {
    let code = |authority| case.authorities[authority].code.clone();
    let limits = |min: &Option<BasisPoints>, max: &Option<BasisPoints>| {
        let min = min.map(|pct| ("min_pct", pct.to_string()));
        min.into_iter().chain(max.map(|pct| ("max_pct", pct.to_string())))
    };
    let mut keys = vec![("kind", rule.clause.kind().to_owned())];
    match &rule.clause {
        Clause::PeopleShare { authority, min, max } | Clause::FteShare { authority, min, max } => {
            keys.push(("authority", code(*authority)));
            keys.extend(limits(min, max));
        }
        Clause::Budget { authority, max } => {
            keys.push(("authority", code(*authority)));
            keys.push(("max_gbp", write_short(max.0, 2)));
        }
        Clause::Cover { authority, function, min_people } => {
            keys.push(("authority", code(*authority)));
            keys.push(("function", function.clone()));
            keys.push(("min_people", min_people.to_string()));
        }
        Clause::VacancyGap { authorities: [one, other], max_points } => {
            keys.push(("authorities", format!("{};{}", code(*one), code(*other))));
            keys.push(("max_points", max_points.to_string()));
        }
        Clause::PreferenceParity { max_points } => keys.push(("max_points", max_points.to_string())),
    }
    keys.push(("level", rule.level.word().to_owned()));
    keys
}
