//! The scenario of a random case.
//!
//! Limits are drawn around what one random plan happens to reach, so that many clauses can be kept, and some cannot.

use std::collections::BTreeSet;

use demerge::case::scenario::{
    Clause, FairnessRule, Level, Objective, Policy, PolicyRule, RetainedShared, Scenario, StatutoryCover,
};
use demerge::case::{Case, MatchKind, PostStatus, StatutoryRole};
use demerge::id::{AuthorityId, Id, PersonId, PostId, StructureId, Table};
use demerge::quantity::{BasisPoints, Pence};

use crate::generate::Dice;
use crate::generate::tables::FUNCTIONS;

/// A scenario for the case.
pub(crate) fn scenario(dice: &mut Dice, case: &Case) -> Scenario {
    let mut scenario = Scenario {
        id: "S1".to_owned(),
        name: String::new(),
        purpose: String::new(),
        objectives: objectives(dice),
        use_pins: dice.chance(80),
        structures: case.authorities.ids().filter_map(|a| Some((a, structure(dice, case, a)?))).collect(),
        policy: policy(dice, case),
        statutory_cover: StatutoryCover { roles: roles(dice), max_tier: dice.count(1, 5) },
        fairness: Vec::new(),
    };
    let sketch = sketch(dice, case, &scenario);
    for _ in 0..dice.pick(&[0, 0, 1, 1, 2, 3, 4]) {
        let clause = clause(dice, case, &scenario, &sketch);
        let level = if dice.chance(85) { Level::Must } else { Level::Report };
        scenario.fairness.push(FairnessRule { clause, level });
    }
    scenario
}

fn objectives(dice: &mut Dice) -> Vec<Objective> {
    if dice.chance(15) {
        return Objective::STANDARD.to_vec();
    }
    let mut all = Objective::ALL.to_vec();
    dice.shuffle(&mut all);
    let kept = match dice.below(10) {
        0..=2 => all.len(),
        3..=6 => 1 + dice.below(3),
        _ => 1 + dice.below(all.len()),
    };
    all.truncate(kept);
    // Where less of something comes first, the best plan often places nobody: true, but it tries little.
    if dice.chance(65) {
        let first = dice.pick(&[Objective::Placed, Objective::Placed, Objective::Placed, Objective::Critical]);
        all.retain(|&objective| objective != first);
        all.insert(0, first);
    }
    all
}

fn structure(dice: &mut Dice, case: &Case, authority: AuthorityId) -> Option<StructureId> {
    let own: Vec<StructureId> =
        case.structures.iter().filter(|(_, s)| s.authority == authority).map(|(id, _)| id).collect();
    (!dice.chance(3)).then(|| dice.pick(&own))
}

fn policy(dice: &mut Dice, case: &Case) -> Policy {
    let posts: Vec<PostId> = case.posts.ids().collect();
    let percent = dice.pick(&[0, 30, 100]);
    Policy {
        rule: match dice.below(100) {
            0..=75 => PolicyRule::PreferenceInformed,
            76..=87 => PolicyRule::EmployerDefault,
            _ => PolicyRule::TimeMajority,
        },
        retained_shared: if dice.chance(8) { RetainedShared::Pin } else { RetainedShared::Release },
        max_grades_down: dice.pick(&[0, 1, 1, 2, 3]),
        promotion_into: dice.some(&posts, percent).into_iter().collect::<BTreeSet<_>>(),
        unlisted_rank: dice.pick(&[0, 1, 3, 6, 6, 99]),
        on_cost: BasisPoints(dice.pick(&[0, 2_800, 2_800, 2_875, 3_333, 9_999])),
    }
}

fn roles(dice: &mut Dice) -> Vec<StatutoryRole> {
    let mut roles = dice.some(StatutoryRole::ALL, 70);
    dice.shuffle(&mut roles);
    roles
}

/// Where a random plan puts each person.
fn sketch(dice: &mut Dice, case: &Case, scenario: &Scenario) -> Vec<(PersonId, PostId)> {
    let mut seats: Table<PostId, u32> = Table::new(case.posts.values().map(|post| post.capacity).collect());
    let mut people: Vec<PersonId> = case.people.ids().collect();
    dice.shuffle(&mut people);
    let mut placed = Vec::new();
    for person in people {
        let fits = |post: &PostId| {
            let row = &case.posts[*post];
            let shown = scenario.structures.get(&row.authority).is_some_and(|s| row.structures.contains(s));
            let matched = case.matches.get(&(person, *post)).is_some_and(|m| m.kind != MatchKind::Promotion);
            let policy = match scenario.policy.rule {
                PolicyRule::EmployerDefault => row.authority == case.people[person].employer,
                PolicyRule::PreferenceInformed | PolicyRule::TimeMajority => true,
            };
            shown && matched && policy && row.status == PostStatus::Open && seats[*post] > 0
        };
        let options: Vec<PostId> = case.posts.ids().filter(fits).collect();
        if !options.is_empty() && !dice.chance(10) {
            let post = dice.pick(&options);
            seats[post] -= 1;
            placed.push((person, post));
        }
    }
    placed
}

fn clause(dice: &mut Dice, case: &Case, scenario: &Scenario, sketch: &[(PersonId, PostId)]) -> Clause {
    let authority = AuthorityId::at(dice.below(case.authorities.len()));
    let there = || sketch.iter().filter(|(_, post)| case.posts[*post].authority == authority);
    match dice.below(6) {
        0 => {
            let (min, max) = limits(dice, there().count() as i64, case.people.len() as i64);
            Clause::PeopleShare { authority, min, max }
        }
        1 => {
            let fte = |person: PersonId| i64::from(case.people[person].fte.0);
            let (min, max) = limits(dice, there().map(|(p, _)| fte(*p)).sum(), case.people.ids().map(fte).sum());
            Clause::FteShare { authority, min, max }
        }
        2 => {
            let pay = |(person, post): &(PersonId, PostId)| {
                let (person, post) = (&case.people[*person], &case.posts[*post]);
                person.salary.max(post.salary_min).0 * i64::from(person.fte.min(post.fte).0) / 10_000
            };
            let cost = there().map(pay).sum::<i64>() * i64::from(10_000 + scenario.policy.on_cost.0) / 10_000;
            Clause::Budget { authority, max: Pence(cost * dice.between(75, 150) / 100) }
        }
        3 => {
            let function = dice.pick(&FUNCTIONS);
            let now = there().filter(|(_, post)| case.posts[*post].functions.contains(function)).count();
            let more = u32::from(dice.chance(15));
            let min_people = u32::try_from(now).expect("few people").saturating_sub(dice.count(0, 1)) + more;
            Clause::Cover { authority, function: function.to_owned(), min_people }
        }
        4 => {
            let other = case.authorities.ids().filter(|&a| a != authority).collect::<Vec<_>>();
            let max_points = BasisPoints(dice.pick(&[0, 500, 2_500, 3_333, 5_000, 7_500]));
            Clause::VacancyGap { authorities: [authority, dice.pick(&other)], max_points }
        }
        _ => Clause::PreferenceParity { max_points: BasisPoints(dice.pick(&[0, 1_000, 2_500, 3_333, 5_000, 8_000])) },
    }
}

/// A lower and an upper limit around `part / whole`, one of them perhaps missing.
fn limits(dice: &mut Dice, part: i64, whole: i64) -> (Option<BasisPoints>, Option<BasisPoints>) {
    let share = i32::try_from(part * 10_000 / whole.max(1)).expect("at most the whole");
    let near = |dice: &mut Dice| dice.pick(&[0, 1, 500, 1_000, 2_500, 4_000]);
    let skew = if dice.chance(15) { dice.int(-3_000, 3_000) } else { 0 };
    let min = (share + skew - near(dice)).clamp(0, 10_000);
    let max = (share + skew + 1 + near(dice)).clamp(min, 10_000);
    match dice.below(3) {
        0 => (Some(BasisPoints(min)), None),
        1 => (None, Some(BasisPoints(max))),
        _ => (Some(BasisPoints(min)), Some(BasisPoints(max))),
    }
}
