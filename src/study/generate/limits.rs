//! The scenarios, with limits set around what the planted allocation reaches, so that S2 always has a plan.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::answer::Plan;
use crate::case::scenario::{
    Clause, FairnessRule, Level, Objective, Policy, PolicyRule, RetainedShared, Scenario, StatutoryCover,
};
use crate::case::{Case, StatutoryRole};
use crate::certify::{Inspection, Measure, inspect};
use crate::id::AuthorityId;
use crate::quantity::{BasisPoints, Pence};

/// Room on either side of a share of people, in basis points; and the share of two people more.
const PEOPLE: i64 = 200;
/// Room on either side of a share of hours; and two people more.
const HOURS: i64 = 250;
/// Room above a gap in vacancy rates; and four people more, as an authority has a part of the seats.
const GAP: i64 = 150;
/// Room above a gap in preferences met; and eight people more.
const PARITY: i64 = 300;
/// Budgets are a twenty-fifth above the planted cost, in whole thousands of pounds.
const THOUSAND_POUNDS: i64 = 100_000;

/// S1, S2, and S3 where there is a second structure; sets the budgets of the authorities.
pub(super) fn scenarios(case: &mut Case, planted: &Plan) -> Vec<Scenario> {
    let first = scenario(case, "S1", "Structures as consulted", "no fairness rules", 1);
    let wide = Scenario {
        id: "S2".to_owned(),
        name: "Structures as consulted, with fairness rules".to_owned(),
        purpose: "limits around an allocation that is known to keep them".to_owned(),
        fairness: wide(case, planted),
        ..first.clone()
    };
    let found = inspect(case, &wide, planted);
    let second = Scenario { fairness: close(&found, case.people.len()), ..wide };
    for rule in &second.fairness {
        if let Clause::Budget { authority, max } = rule.clause {
            case.authorities[authority].budget = Some(max);
        }
    }
    let mut all = vec![first, second];
    if case.structures.len() > case.authorities.len() {
        all.push(scenario(case, "S3", "Second structures", "merged heads of service, no fairness rules", 2));
    }
    all
}

fn scenario(case: &Case, id: &str, name: &str, purpose: &str, version: u32) -> Scenario {
    let mut structures = BTreeMap::new();
    for (structure, record) in case.structures.iter() {
        if record.code.ends_with('1') || version == 2 {
            structures.insert(record.authority, structure);
        }
    }
    Scenario {
        id: id.to_owned(),
        name: name.to_owned(),
        purpose: purpose.to_owned(),
        objectives: Objective::STANDARD.to_vec(),
        use_pins: true,
        structures,
        policy: Policy {
            rule: PolicyRule::PreferenceInformed,
            retained_shared: RetainedShared::Release,
            max_grades_down: 1,
            promotion_into: BTreeSet::new(),
            unlisted_rank: 7,
            on_cost: BasisPoints(2_800),
        },
        statutory_cover: StatutoryCover { roles: vec![StatutoryRole::Mo, StatutoryRole::S151], max_tier: 4 },
        fairness: Vec::new(),
    }
}

/// The rules, with limits that nothing can miss.
fn wide(case: &Case, planted: &Plan) -> Vec<FairnessRule> {
    let mut clauses = Vec::new();
    let (nothing, all) = (Some(BasisPoints(0)), Some(BasisPoints::WHOLE));
    for authority in case.authorities.ids() {
        clauses.push(Clause::PeopleShare { authority, min: nothing, max: all });
    }
    for authority in case.authorities.ids() {
        clauses.push(Clause::Budget { authority, max: Pence(i64::MAX / 4) });
    }
    for authority in case.authorities.ids() {
        if let Some(function) = largest_function(case, planted, authority) {
            clauses.push(Clause::Cover { authority, function, min_people: 0 });
        }
    }
    let mut ids = case.authorities.ids();
    if let (Some(one), Some(other)) = (ids.next(), ids.next()) {
        clauses.push(Clause::FteShare { authority: one, min: nothing, max: all });
        clauses.push(Clause::VacancyGap { authorities: [one, other], max_points: BasisPoints::WHOLE });
    }
    clauses.push(Clause::PreferenceParity { max_points: BasisPoints::WHOLE });
    clauses.into_iter().map(|clause| FairnessRule { clause, level: Level::Must }).collect()
}

/// The function with most planted people there; the first of several.
fn largest_function(case: &Case, planted: &Plan, authority: AuthorityId) -> Option<String> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, post) in planted.placed().filter(|(_, post)| case.posts[*post].authority == authority) {
        case.posts[post].functions.iter().for_each(|function| *counted.entry(function).or_default() += 1);
    }
    let most = counted.values().max().copied()?;
    counted.into_iter().find(|&(_, count)| count == most).map(|(function, _)| function.to_owned())
}

/// The same rules, with limits near to what was found.
fn close(found: &Inspection, people: usize) -> Vec<FairnessRule> {
    let head = 10_000 / i64::try_from(people).expect("few people");
    let limited = |measure: &Measure| match measure {
        &Measure::PeopleShare { authority, placed, all, .. } => {
            let (min, max) = around(placed, all, PEOPLE + 2 * head);
            Clause::PeopleShare { authority, min, max }
        }
        &Measure::FteShare { authority, placed, all, .. } => {
            let (min, max) = around(placed, all, HOURS + 2 * head);
            Clause::FteShare { authority, min, max }
        }
        &Measure::Budget { authority, cost, .. } => {
            Clause::Budget { authority, max: Pence(whole_thousands(cost.0 + cost.0 / 25)) }
        }
        Measure::Cover { authority, function, placed, .. } => {
            let least = placed - placed / 5;
            let min_people = u32::try_from(least.max(1)).expect("few people");
            Clause::Cover { authority: *authority, function: function.clone(), min_people }
        }
        Measure::VacancyGap { rates, .. } => {
            let [one, other] = rates.map(|rate| [rate.empty, rate.seats]);
            let authorities = rates.map(|rate| rate.authority);
            Clause::VacancyGap { authorities, max_points: above(one, other, GAP + 4 * head) }
        }
        Measure::PreferenceParity { widest, .. } => {
            let gap = widest.map(|pair| pair.map(|rate| [rate.met, rate.stated]));
            let max_points = gap.map_or(BasisPoints::WHOLE, |[one, other]| above(one, other, PARITY + 8 * head));
            Clause::PreferenceParity { max_points }
        }
    };
    found.fairness.iter().map(|it| FairnessRule { clause: limited(&it.measure), level: it.level }).collect()
}

/// Whole thousands of pounds, at or above.
fn whole_thousands(pence: i64) -> i64 {
    (pence + THOUSAND_POUNDS - 1) / THOUSAND_POUNDS * THOUSAND_POUNDS
}

/// A least and a most share with room on either side of what was found.
fn around(part: i64, whole: i64, room: i64) -> (Option<BasisPoints>, Option<BasisPoints>) {
    let low = part * 10_000 / whole;
    let high = (part * 10_000 + whole - 1) / whole;
    (Some(points(low - room)), Some(points(high + room)))
}

/// The difference of two shares, rounded up, with room above.
fn above([a, b]: [i64; 2], [c, d]: [i64; 2], room: i64) -> BasisPoints {
    if b == 0 || d == 0 {
        return BasisPoints::WHOLE;
    }
    let gap = (a * d - c * b).abs();
    points((gap * 10_000 + b * d - 1) / (b * d) + room)
}

fn points(value: i64) -> BasisPoints {
    BasisPoints(i32::try_from(value.clamp(0, 10_000)).expect("within a whole"))
}
