//! Theorems about proofs over many small cases: what is accepted is true, and what is true can be proved.
//!
//! Truth: brute force over all plans, each judged by the rules (which share no code with the rows of a proof).

use demerge::case::answer::Plan;
use demerge::case::goal::Goal;
use demerge::case::proof::{Branch, Claim, End, Node, Proof, RowName, Side, Split, Step};
use demerge::case::scenario::{Clause, FairnessRule, Level, Objective, PolicyRule, RetainedShared, Scenario, Sense};
use demerge::case::{Case, Decision, LinkKind, MatchKind, PostStatus, Rank, StatutoryRole};
use demerge::certify::{Fault, check_proof, goals, inspect};
use demerge::id::PostId;
use demerge::quantity::{BasisPoints, Fte, Pence};

use crate::cases::{self, Numbers, a, authority, b, link, person, pin, post};

/// Three people, four posts, a few objectives, clauses, links and pins, all by lot.
fn lot(seed: u64) -> (Case, Scenario) {
    let mut numbers = Numbers(seed);
    let mut people = Vec::new();
    for i in 0..3 {
        let stated = [None, Some(a()), Some(b())][numbers.below(3)];
        let mut record = cases::person_record(&format!("P{i}"), numbers.below(2), stated);
        record.salary = Pence(i64::try_from(900_000 + numbers.below(3) * 77_777).expect("small"));
        record.fte = Fte([10_000, 6_000, 4_500][numbers.below(3)]);
        record.retained_shared = [None, Some(false), Some(true)][numbers.below(3)];
        if numbers.one_in(2) {
            record.statutory_roles.insert(StatutoryRole::Mo);
        }
        people.push(record);
    }
    let mut posts = Vec::new();
    for (code, owner) in [("A01", a()), ("A02", a()), ("B01", b()), ("B02", b())] {
        let mut record = cases::post_record(code, owner);
        record.capacity = if numbers.one_in(3) { 2 } else { 1 };
        record.status = if numbers.one_in(6) { PostStatus::Held } else { PostStatus::Open };
        record.retained_shared = Some(numbers.one_in(2));
        posts.push(record);
    }
    let mut case = cases::case_of(people, posts);
    case.people[person(0)].joint_post = Some(demerge::id::Id::at(0));
    for found in case.matches.values_mut() {
        found.kind = MatchKind::ALL[numbers.below(4)];
        found.grade_difference = -i32::try_from(numbers.below(3)).expect("small");
    }
    case.matches.retain(|_, _| !numbers.one_in(6));
    for pair in case.matches.keys().copied().collect::<Vec<_>>() {
        if numbers.one_in(2) {
            let rank = u32::try_from(1 + numbers.below(3)).expect("small");
            case.ranks.insert(pair, Rank { row: 2, rank });
        }
    }
    let mut scenario = cases::scenario();
    scenario.statutory_cover.roles = vec![StatutoryRole::Mo];
    scenario.policy.promotion_into.extend([post(1), post(2)]);
    scenario.policy.max_grades_down = 2;
    scenario.policy.rule = PolicyRule::ALL[numbers.below(12).saturating_sub(9)];
    scenario.policy.retained_shared = if numbers.one_in(5) { RetainedShared::Pin } else { RetainedShared::Release };
    scenario.objectives = Objective::ALL.to_vec();
    for _ in 0..3 {
        let at = numbers.below(scenario.objectives.len());
        scenario.objectives.swap(0, at);
    }
    scenario.objectives.truncate(3);
    if numbers.one_in(2) {
        case.links.push(link(0, 1 + numbers.below(2), LinkKind::ALL[numbers.below(2)]));
    }
    if numbers.one_in(3) {
        let to = authority(numbers.below(2));
        let decisions = [
            Decision::MustAuthority(to),
            Decision::NotAuthority(to),
            Decision::MustPost(post(numbers.below(4))),
            Decision::NotPost(post(numbers.below(4))),
        ];
        case.pins.push(pin(numbers.below(3), decisions[numbers.below(4)]));
    }
    for _ in 0..numbers.below(3) {
        let clause = clause_by_lot(&mut numbers);
        let level = if numbers.one_in(5) { Level::Report } else { Level::Must };
        scenario.fairness.push(FairnessRule { clause, level });
    }
    (case, scenario)
}

fn clause_by_lot(numbers: &mut Numbers) -> Clause {
    let there = authority(numbers.below(2));
    let mut points = || BasisPoints([0, 3_333, 3_334, 5_000, 6_666, 6_667, 10_000][numbers.below(7)]);
    let (low, high) = (points(), points());
    let (min, max) = [(Some(low), None), (None, Some(high)), (Some(low.min(high)), Some(high))][numbers.below(3)];
    match numbers.below(6) {
        0 => Clause::PeopleShare { authority: there, min, max },
        1 => Clause::FteShare { authority: there, min, max },
        2 => Clause::Budget { authority: there, max: Pence([0, 1_280_000, 2_000_000][numbers.below(3)]) },
        3 => Clause::Cover { authority: there, function: "general".to_owned(), min_people: 1 },
        4 => Clause::VacancyGap { authorities: [authority(0), authority(1)], max_points: high },
        _ => Clause::PreferenceParity { max_points: high },
    }
}

/// Every plan that keeps the rules, with its values.
fn allowed(case: &Case, scenario: &Scenario) -> Vec<Vec<i64>> {
    let choices: Vec<Option<PostId>> = std::iter::once(None).chain(case.posts.ids().map(Some)).collect();
    let mut found = Vec::new();
    for &first in &choices {
        for &second in &choices {
            for &third in &choices {
                let inspection = inspect(case, scenario, &Plan::new(case, vec![first, second, third]));
                if inspection.breaches.is_empty() {
                    let value = |&(_, value): &(_, i128)| i64::try_from(value).expect("a small case");
                    found.push(inspection.objectives.iter().map(value).collect());
                }
            }
        }
    }
    found
}

fn is_better(goal: Goal, a: i64, b: i64) -> bool {
    match goal.sense() {
        Sense::Most => a > b,
        Sense::Least => a < b,
    }
}

/// Whether the claim is true, by looking at every plan.
fn is_true(goals: &[Goal], plans: &[Vec<i64>], values: &[i64], claim: Claim) -> bool {
    match claim {
        Claim::Impossible => plans.is_empty(),
        Claim::Bound { objective: at, bound } => !plans.iter().any(|plan| {
            let kept = (0..at).all(|k| !is_better(goals[k], values[k], plan[k]));
            kept && is_better(goals[at], plan[at], bound)
        }),
    }
}

/// Claims that are just true, just false and in between.
fn claims(plans: &[Vec<i64>], values: &[i64], numbers: &mut Numbers) -> Vec<Claim> {
    let mut claims = vec![Claim::Impossible];
    if !plans.is_empty() {
        for objective in 0..values.len() {
            for nudge in [-1, 0, 1] {
                claims.push(Claim::Bound { objective, bound: values[objective] + nudge });
            }
            let other = plans[numbers.below(plans.len())][objective];
            claims.push(Claim::Bound { objective, bound: other });
        }
    }
    claims
}

/// Every row that this case, scenario and claim have: asked of the checker, which refuses the others by name.
fn rows(case: &Case, scenario: &Scenario, values: &[i64], claim: Claim) -> Vec<RowName> {
    let mut names: Vec<RowName> = (0..values.len()).map(RowName::Objective).collect();
    let (of_a, of_b) = (authority(a()), authority(b()));
    for side in [Side::Min, Side::Max] {
        names.extend((0..scenario.fairness.len()).map(|i| RowName::Clause(i, side)));
        names.extend(
            case.links
                .iter()
                .enumerate()
                .flat_map(|(i, _)| [of_a, of_b].map(|authority| RowName::Link(i, authority, side))),
        );
    }
    names.extend(
        (0..scenario.fairness.len()).flat_map(|i| [RowName::Parity(i, of_a, of_b), RowName::Parity(i, of_b, of_a)]),
    );
    names.extend([of_a, of_b].map(|authority| RowName::Cover(authority, StatutoryRole::Mo)));
    let known = |&name: &RowName| {
        let probe = Step { multipliers: vec![(name, 1)], ..Step::default() };
        let root = Node { steps: vec![probe], end: End::Closed };
        let fault = check_proof(case, scenario, values, &Proof { claim, rounded: Vec::new(), root }).err();
        !matches!(fault, Some(Fault::UnknownRow(_) | Fault::ObjectiveRow(_)))
    };
    names.into_iter().filter(known).collect()
}

/// The proof that tries everything: each person's post is split off in turn, and at each plan every row is tried alone.
fn by_enumeration(case: &Case, scenario: &Scenario, values: &[i64], claim: Claim) -> Proof {
    let names = rows(case, scenario, values, claim);
    let covers: Vec<(RowName, i128)> =
        names.iter().filter(|name| matches!(name, RowName::Cover(..))).map(|&name| (name, 1)).collect();
    let mut steps = Vec::new();
    for &name in &names {
        steps.push(Step { multipliers: vec![(name, 1)], ..Step::default() });
        if matches!(name, RowName::Objective(_)) {
            let multipliers = std::iter::once((name, 1)).chain(covers.iter().copied()).collect();
            steps.push(Step { multipliers, ..Step::default() });
        }
    }
    for (post, record) in case.posts.iter().filter(|(_, record)| record.status == PostStatus::Open) {
        assert!(record.capacity > 0);
        steps.push(Step { prices: vec![(post, -1)], ..Step::default() });
    }
    Proof { claim, rounded: Vec::new(), root: split_all(case, &steps, 0, 0) }
}

fn split_all(case: &Case, steps: &[Step], who: usize, next: usize) -> Node {
    if who == case.people.len() {
        return Node { steps: steps.to_vec(), end: End::Closed };
    }
    if next == case.posts.len() {
        return split_all(case, steps, who + 1, 0);
    }
    let split = Split::Person { person: person(who), posts: vec![post(next)], or_none: false };
    let inside = split_all(case, steps, who + 1, 0);
    let outside = split_all(case, steps, who, next + 1);
    Node { steps: Vec::new(), end: End::Branch(Box::new(Branch { split, inside, outside })) }
}

/// So the rows are neither tighter nor looser than the rules: a looser row would leave some true claim unproved.
#[test]
fn a_claim_is_proved_by_enumeration_exactly_when_it_is_true() {
    let mut seen = [[0; 2]; 2];
    for seed in 0..150 {
        let (case, scenario) = lot(seed);
        let plans = allowed(&case, &scenario);
        let mut numbers = Numbers(seed);
        let values = if plans.is_empty() { Vec::new() } else { plans[numbers.below(plans.len())].clone() };
        for claim in claims(&plans, &values, &mut numbers) {
            let truth = is_true(&goals(&case, &scenario), &plans, &values, claim);
            let proof = by_enumeration(&case, &scenario, &values, claim);
            let proved = check_proof(&case, &scenario, &values, &proof);
            assert_eq!(proved.is_ok(), truth, "seed {seed}, {claim:?}: {proved:?}\n{scenario:?}");
            seen[usize::from(claim == Claim::Impossible)][usize::from(truth)] += 1;
        }
    }
    assert!(seen.iter().flatten().all(|&count| count > 10), "the lot has too few of some kind: {seen:?}");
}

/// Steps by lot, on the root and after one split: most prove nothing, none proves what is false.
#[test]
fn no_proof_by_lot_proves_what_is_false() {
    let mut accepted = 0;
    for seed in 0..150 {
        let (case, scenario) = lot(seed);
        let plans = allowed(&case, &scenario);
        let mut numbers = Numbers(seed ^ 0xABCD);
        let values = if plans.is_empty() { Vec::new() } else { plans[numbers.below(plans.len())].clone() };
        for claim in claims(&plans, &values, &mut numbers) {
            let truth = is_true(&goals(&case, &scenario), &plans, &values, claim);
            let names = rows(&case, &scenario, &values, claim);
            for _ in 0..12 {
                let proof = Proof { claim, rounded: Vec::new(), root: node_by_lot(&case, &names, &mut numbers, 2) };
                let proved = check_proof(&case, &scenario, &values, &proof).is_ok();
                assert!(truth || !proved, "seed {seed}: {proof:?} proves what is false");
                accepted += usize::from(proved);
            }
        }
    }
    assert!(accepted > 100, "only {accepted} proofs by lot were accepted");
}

/// A proof that holds, altered in one number, may still hold; then what it claims is still true.
#[test]
fn an_altered_enumeration_never_proves_what_is_false() {
    for seed in 0..40 {
        let (case, scenario) = lot(seed);
        let plans = allowed(&case, &scenario);
        let mut numbers = Numbers(seed ^ 0x1234);
        let values = if plans.is_empty() { Vec::new() } else { plans[numbers.below(plans.len())].clone() };
        for claim in claims(&plans, &values, &mut numbers) {
            let truth = is_true(&goals(&case, &scenario), &plans, &values, claim);
            for _ in 0..4 {
                let mut proof = by_enumeration(&case, &scenario, &values, claim);
                alter(&mut proof.root, &mut numbers);
                assert!(truth || check_proof(&case, &scenario, &values, &proof).is_err(), "seed {seed}, {claim:?}");
            }
        }
    }
}

fn node_by_lot(case: &Case, names: &[RowName], numbers: &mut Numbers, levels: usize) -> Node {
    let steps = (0..1 + numbers.below(2)).map(|_| step_by_lot(case, names, numbers)).collect();
    if levels == 0 || numbers.one_in(2) {
        return Node { steps, end: End::Closed };
    }
    let split = if numbers.one_in(4) {
        Split::Cover(authority(numbers.below(2)), StatutoryRole::Mo)
    } else {
        let posts = case.posts.ids().filter(|_| numbers.one_in(2)).collect();
        Split::Person { person: person(numbers.below(3)), posts, or_none: numbers.one_in(2) }
    };
    let [inside, outside] = [(), ()].map(|()| node_by_lot(case, names, numbers, levels - 1));
    Node { steps, end: End::Branch(Box::new(Branch { split, inside, outside })) }
}

fn step_by_lot(case: &Case, names: &[RowName], numbers: &mut Numbers) -> Step {
    let mut number = || i128::from([1, 1, 1, 2, 3, 6, 100_000, 1_280_000][numbers.below(8)]);
    let mut multipliers: Vec<(RowName, i128)> = names.iter().map(|&name| (name, number())).collect();
    let open = case.posts.iter().filter(|(_, record)| record.status == PostStatus::Open);
    let mut prices: Vec<(PostId, i128)> = open.map(|(post, _)| (post, -number())).collect();
    multipliers.retain(|_| numbers.one_in(2));
    prices.retain(|_| numbers.one_in(2));
    let mut step = Step { multipliers, prices, ..Step::default() };
    if numbers.one_in(2) && !names.is_empty() {
        // One row kept whole, in any unit, and shares of any sign.
        let unit = [1, 1, 1, 2, 1_000, 1_280_000][numbers.below(6)];
        step.blocks = vec![(names[numbers.below(names.len())], unit)];
        for i in 0..3 {
            let share = i128::from([-1_280_000, -2, -1, 1, 1, 3, 1_280_000][numbers.below(7)]);
            if numbers.one_in(2) {
                step.shares.push((person(i), share));
            }
        }
    }
    step
}

/// Walks down to some node and changes one thing there.
fn alter(node: &mut Node, numbers: &mut Numbers) {
    match &mut node.end {
        End::Branch(branch) if !numbers.one_in(6) => {
            let side = if numbers.one_in(2) { &mut branch.inside } else { &mut branch.outside };
            alter(side, numbers);
        }
        End::Branch(branch) => match &mut branch.split {
            Split::Person { or_none, .. } => *or_none = !*or_none,
            Split::Cover(..) => {}
        },
        End::Closed => {
            for step in &mut node.steps {
                for (_, multiplier) in &mut step.multipliers {
                    *multiplier *= i128::from([0, 1, 7][numbers.below(3)]);
                }
                for (_, price) in &mut step.prices {
                    *price *= i128::from([0, 1, 7][numbers.below(3)]);
                }
                if let (Some(&(row, _)), true) = (step.multipliers.first(), numbers.one_in(3)) {
                    step.blocks.push((row, 1));
                    step.shares.push((person(numbers.below(3)), i128::from([-1, 1, 100][numbers.below(3)])));
                }
            }
        }
    }
}
