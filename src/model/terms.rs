//! Each rule of the domain once, as the options that it leaves, a row, or a coefficient.

use crate::case::goal::{Goal, Part};
use crate::case::proof::{RowName, Side};
use crate::case::scenario::{Clause, Objective, PolicyRule, RetainedShared, Scenario};
use crate::case::{Case, Criticality, Decision, EmploymentStatus, Match, MatchKind, Person, PostStatus, Response};
use crate::id::{AuthorityId, PersonId, PostId, Table};
use crate::model::Model;
use crate::quantity::BasisPoints;

/// R201: open, and listed by the structure that the scenario chose.
pub(crate) fn offered(case: &Case, scenario: &Scenario, post: PostId) -> bool {
    let post = &case.posts[post];
    let chosen = scenario.structures.get(&post.authority);
    post.status == PostStatus::Open && chosen.is_some_and(|structure| post.structures.contains(structure))
}

/// R203 to R208 and R301 to R304 for a matched pair on an offered post.
///
/// - `decided`: officers' decisions about the person.
pub(crate) fn allowed(
    case: &Case,
    scenario: &Scenario,
    (person, decided): (PersonId, &[Decision]),
    post: PostId,
    matched: &Match,
) -> bool {
    let (who, what) = (&case.people[person], &case.posts[post]);
    let policy = &scenario.policy;
    let qualified = what.essential_qualification.as_ref().is_none_or(|needed| who.qualifications.contains(needed));
    let promoted = matched.kind != MatchKind::Promotion || policy.promotion_into.contains(&post);
    let near = matched.grade_difference >= -policy.max_grades_down;
    let home = match policy.rule {
        PolicyRule::PreferenceInformed => true,
        PolicyRule::EmployerDefault => what.authority == who.employer,
        PolicyRule::TimeMajority => majority(case, person).is_none_or(|authority| what.authority == authority),
    };
    let kept = !retained(case, scenario, person) || what.retained_shared == Some(true);
    qualified && promoted && near && home && kept && decided.iter().all(|&it| decision_allows(case, it, post))
}

/// The authority with over half of the person's joint post.
fn majority(case: &Case, person: PersonId) -> Option<AuthorityId> {
    let joint = case.people[person].joint_post?;
    let half = BasisPoints(BasisPoints::WHOLE.0 / 2);
    case.joint_posts[joint].shares.iter().find(|&(_, &share)| share > half).map(|(&authority, _)| authority)
}

/// Whether the policy keeps the person in a retained shared post.
pub(crate) fn retained(case: &Case, scenario: &Scenario, person: PersonId) -> bool {
    scenario.policy.retained_shared == RetainedShared::Pin && case.people[person].retained_shared == Some(true)
}

/// Officers' decisions about each person, in file order; none where the scenario does not use them.
pub(crate) fn decisions(case: &Case, scenario: &Scenario) -> Table<PersonId, Vec<Decision>> {
    let mut decisions = Table::filled(Vec::new(), case.people.len());
    for pin in case.pins.iter().filter(|_| scenario.use_pins) {
        decisions[pin.person].push(pin.decision);
    }
    decisions
}

/// R301 to R304: whether a decision leaves the post.
pub(crate) fn decision_allows(case: &Case, decision: Decision, post: PostId) -> bool {
    let authority = case.posts[post].authority;
    match decision {
        Decision::MustPost(only) => post == only,
        Decision::MustAuthority(only) => authority == only,
        Decision::NotPost(barred) => post != barred,
        Decision::NotAuthority(barred) => authority != barred,
    }
}

/// Whether a decision means that the person must have a post.
pub(crate) fn decision_places(decision: Decision) -> bool {
    match decision {
        Decision::MustPost(_) | Decision::MustAuthority(_) => true,
        Decision::NotPost(_) | Decision::NotAuthority(_) => false,
    }
}

/// Whether staying without a post is not an option.
pub(crate) fn must_be_placed(case: &Case, scenario: &Scenario, person: PersonId) -> bool {
    let own = case.pins.iter().filter(|pin| scenario.use_pins && pin.person == person);
    retained(case, scenario, person) || own.into_iter().any(|pin| decision_places(pin.decision))
}

/// What one placement adds to a goal, in the objective's own unit. Cover is counted by switches, not here.
pub(crate) fn value(case: &Case, scenario: &Scenario, goal: Goal, person: PersonId, post: PostId) -> i64 {
    match goal.part {
        Part::Whole => whole(case, scenario, goal.objective, person, post),
        Part::Placed => 1,
        Part::Rank(at) => i64::from(rank(case, scenario, person, post) == Some(at)),
    }
}

/// The rank that counts for a pair; `None` where none does: of someone who gave no response, or nought.
pub(crate) fn rank(case: &Case, scenario: &Scenario, person: PersonId, post: PostId) -> Option<u32> {
    if case.people[person].preference.response == Response::NoResponse {
        return None;
    }
    let rank = case.ranks.get(&(person, post)).map_or(scenario.policy.unlisted_rank, |rank| rank.rank);
    (rank > 0).then_some(rank)
}

/// The same of an objective that is one number.
fn whole(case: &Case, scenario: &Scenario, objective: Objective, person: PersonId, post: PostId) -> i64 {
    let (who, what) = (&case.people[person], &case.posts[post]);
    match objective {
        Objective::Placed => 1,
        Objective::Statutory => 0,
        Objective::Preference => i64::from(who.preference.stated() == Some(what.authority)),
        Objective::Match => match case.matches[&(person, post)].kind {
            MatchKind::Direct => 0,
            MatchKind::Partial => 1,
            MatchKind::Alternative => 2,
            MatchKind::Promotion => 3,
        },
        Objective::Rank => rank(case, scenario, person, post).map_or(0, i64::from),
        Objective::Cost => cost(case, scenario, person, post),
        Objective::Moves => i64::from(what.authority != who.employer),
        Objective::Critical => i64::from(match what.criticality {
            Criticality::Statutory | Criticality::High => true,
            Criticality::Normal => false,
        }),
        Objective::Family => i64::from(matches!(
            who.status,
            EmploymentStatus::MaternityLeave | EmploymentStatus::AdoptionLeave | EmploymentStatus::SharedParentalLeave
        )),
        Objective::Travel => {
            let miles = case.travel.as_ref().and_then(|travel| travel.get(&(person, what.authority)));
            miles.map_or(0, |miles| miles.0)
        }
        // No sums: the first three are taken apart, the worst rank is a target of its own.
        Objective::Generous | Objective::Greedy | Objective::RankMaximal | Objective::Bottleneck => 0,
    }
}

/// Pay with on-cost of one placement, in pence, rounded half up.
fn cost(case: &Case, scenario: &Scenario, person: PersonId, post: PostId) -> i64 {
    let (who, what) = (&case.people[person], &case.posts[post]);
    let pay = i128::from(who.salary.max(what.salary_min).0);
    let fte = i128::from(who.fte.min(what.fte).0);
    let with_on_cost = i128::from(BasisPoints::WHOLE.0 + scenario.policy.on_cost.0);
    let unit = 10_000 * 10_000;
    let pence = (2 * pay * fte * with_on_cost + unit).div_euclid(2 * unit);
    i64::try_from(pence).expect("load keeps salaries below 10^13 pence")
}

/// Adds the rows of an enforced clause.
pub(crate) fn add_clause(model: &mut Model, case: &Case, scenario: &Scenario, index: usize, clause: &Clause) {
    match clause {
        Clause::PeopleShare { authority, min, max } => {
            let people = i64::try_from(case.people.len()).expect("fewer than 2^32 people");
            share(model, case, index, *authority, *min, *max, people, &|_| 1);
        }
        Clause::FteShare { authority, min, max } => {
            let unit = case.people.values().fold(0, |g, person| gcd(g, person.fte.0.into())).max(1);
            let total: i64 = case.people.values().map(|person| i64::from(person.fte.0) / unit).sum();
            share(model, case, index, *authority, *min, *max, total, &|person| {
                i64::from(case.people[person].fte.0) / unit
            });
        }
        Clause::Budget { authority, max } => {
            let row = model.row(max.0, |person, post| {
                if case.posts[post].authority == *authority { cost(case, scenario, person, post) } else { 0 }
            });
            model.push(RowName::Clause(index, Side::Max), row);
        }
        Clause::Cover { authority, function, min_people } => {
            let row = model.row(-i64::from(*min_people), |_, post| {
                let post = &case.posts[post];
                -i64::from(post.authority == *authority && post.functions.contains(function))
            });
            model.push(RowName::Clause(index, Side::Min), row);
        }
        Clause::VacancyGap { authorities, max_points } => vacancy_gap(model, case, index, *authorities, *max_points),
        Clause::PreferenceParity { max_points } => preference_parity(model, case, index, *max_points),
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "two clauses share one shape; a struct for it would be built twice and read once"
)]
fn share(
    model: &mut Model,
    case: &Case,
    index: usize,
    authority: AuthorityId,
    min: Option<BasisPoints>,
    max: Option<BasisPoints>,
    total: i64,
    weight: &dyn Fn(PersonId) -> i64,
) {
    let here =
        |person: PersonId, post: PostId| if case.posts[post].authority == authority { weight(person) } else { 0 };
    let whole = i64::from(BasisPoints::WHOLE.0);
    if let Some(min) = min {
        let limit = -(i64::from(min.0) * total + whole - 1).div_euclid(whole);
        let row = model.row(limit, |person, post| -here(person, post));
        model.push(RowName::Clause(index, Side::Min), row);
    }
    if let Some(max) = max {
        let limit = (i64::from(max.0) * total).div_euclid(whole);
        let row = model.row(limit, here);
        model.push(RowName::Clause(index, Side::Max), row);
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The two rates are empty seats over offered seats; with no seats a rate is not defined and the clause says nothing.
fn vacancy_gap(model: &mut Model, case: &Case, index: usize, [a, b]: [AuthorityId; 2], max_points: BasisPoints) {
    let seats = |authority: AuthorityId| -> i64 {
        let here = model.posts.iter().filter(|&&post| case.posts[post].authority == authority);
        here.map(|&post| i64::from(case.posts[post].capacity)).sum()
    };
    let (of_a, of_b) = (seats(a), seats(b));
    if of_a == 0 || of_b == 0 {
        return;
    }
    let limit = (i64::from(max_points.0) * of_a * of_b).div_euclid(BasisPoints::WHOLE.0.into());
    for (side, sign) in [(Side::Max, 1), (Side::Min, -1)] {
        let row = model.row(limit, |_, post| {
            let authority = case.posts[post].authority;
            if authority == a {
                -sign * of_b
            } else if authority == b {
                sign * of_a
            } else {
                0
            }
        });
        model.push(RowName::Clause(index, side), row);
    }
}

fn preference_parity(model: &mut Model, case: &Case, index: usize, max_points: BasisPoints) {
    let stated = |employer: AuthorityId| -> i64 {
        let counted = |person: &&Person| person.employer == employer && person.preference.stated().is_some();
        i64::try_from(case.people.values().filter(counted).count()).expect("fewer than 2^32 people")
    };
    let employers: Vec<(AuthorityId, i64)> =
        case.authorities.ids().map(|employer| (employer, stated(employer))).filter(|&(_, stated)| stated > 0).collect();
    for &(first, of_first) in &employers {
        for &(second, of_second) in employers.iter().filter(|&&(second, _)| second != first) {
            let limit = (i64::from(max_points.0) * of_first * of_second).div_euclid(BasisPoints::WHOLE.0.into());
            let row = model.row(limit, |person, post| {
                let who = &case.people[person];
                if who.preference.stated() != Some(case.posts[post].authority) {
                    0
                } else if who.employer == first {
                    of_second
                } else if who.employer == second {
                    -of_first
                } else {
                    0
                }
            });
            model.push(RowName::Parity(index, first, second), row);
        }
    }
}
