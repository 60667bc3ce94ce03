//! Whether the random cases put every rule and every objective to the test: without it, the truth is another one.

use demerge::case::rule::Rule;
use demerge::case::scenario::{Clause, Objective, PolicyRule, RetainedShared, Scenario};
use demerge::case::{Case, Decision, LinkKind, PostStatus};

use crate::generate::{Size, case};
use crate::oracle::truth;

const CASES: u64 = 2_000;

/// Takes a rule away; `false` where it cannot be taken away by changing a case.
fn take_away(rule: Rule, case: &mut Case, scenario: &mut Scenario) -> bool {
    let posts: Vec<_> = case.posts.ids().collect();
    match rule {
        Rule::OnePost | Rule::Matched => return false,
        Rule::Capacity => posts.iter().for_each(|&post| case.posts[post].capacity = 99),
        Rule::Offered => posts.iter().for_each(|&post| case.posts[post].status = PostStatus::Open),
        Rule::Qualification => posts.iter().for_each(|&post| case.posts[post].essential_qualification = None),
        Rule::Promotion => scenario.policy.promotion_into = posts.into_iter().collect(),
        Rule::GradesDown => scenario.policy.max_grades_down = 99,
        Rule::EmployerDefault => free(scenario, PolicyRule::EmployerDefault),
        Rule::TimeMajority => free(scenario, PolicyRule::TimeMajority),
        Rule::RetainedShared => scenario.policy.retained_shared = RetainedShared::Release,
        Rule::PinPost => case.pins.retain(|pin| !matches!(pin.decision, Decision::MustPost(_))),
        Rule::PinAuthority => case.pins.retain(|pin| !matches!(pin.decision, Decision::MustAuthority(_))),
        Rule::BarPost => case.pins.retain(|pin| !matches!(pin.decision, Decision::NotPost(_))),
        Rule::BarAuthority => case.pins.retain(|pin| !matches!(pin.decision, Decision::NotAuthority(_))),
        Rule::SameAuthority => case.links.retain(|link| link.kind != LinkKind::SameAuthority),
        Rule::DifferentAuthority => case.links.retain(|link| link.kind != LinkKind::DifferentAuthority),
        Rule::PeopleShare => strike(scenario, |clause| matches!(clause, Clause::PeopleShare { .. })),
        Rule::FteShare => strike(scenario, |clause| matches!(clause, Clause::FteShare { .. })),
        Rule::Budget => strike(scenario, |clause| matches!(clause, Clause::Budget { .. })),
        Rule::Cover => strike(scenario, |clause| matches!(clause, Clause::Cover { .. })),
        Rule::VacancyGap => strike(scenario, |clause| matches!(clause, Clause::VacancyGap { .. })),
        Rule::PreferenceParity => strike(scenario, |clause| matches!(clause, Clause::PreferenceParity { .. })),
    }
    true
}

fn free(scenario: &mut Scenario, rule: PolicyRule) {
    if scenario.policy.rule == rule {
        scenario.policy.rule = PolicyRule::PreferenceInformed;
    }
}

fn strike(scenario: &mut Scenario, kind: fn(&Clause) -> bool) {
    scenario.fairness.retain(|rule| !kind(&rule.clause));
}

#[test]
fn every_rule_changes_the_truth_of_some_cases() {
    let mut bites = vec![0u64; Rule::ALL.len()];
    for seed in 0..CASES {
        let (whole, asked) = case(seed, Size::BRUTE);
        let before = truth(&whole, &asked);
        for (position, &rule) in Rule::ALL.iter().enumerate() {
            let (mut less, mut scenario) = (whole.clone(), asked.clone());
            let taken = take_away(rule, &mut less, &mut scenario);
            let changed = less.pins.len() < whole.pins.len()
                || less.links.len() < whole.links.len()
                || less.posts != whole.posts
                || scenario != asked;
            bites[position] += u64::from(taken && changed && truth(&less, &scenario) != before);
        }
    }
    let told: Vec<String> = Rule::ALL.iter().zip(&bites).map(|(rule, bites)| format!("{bites} {rule}")).collect();
    println!("of {CASES} cases: {told:?}");
    for (&rule, &bites) in Rule::ALL.iter().zip(&bites) {
        let cannot = matches!(rule, Rule::OnePost | Rule::Matched);
        assert!(cannot || bites >= CASES / 200, "{rule} matters in {bites} of {CASES} cases");
    }
}

#[test]
fn every_objective_changes_the_plan_of_some_cases() {
    let mut bites = vec![0u64; Objective::ALL.len()];
    for seed in 0..CASES {
        let (case, asked) = case(seed, Size::BRUTE);
        let before = truth(&case, &asked);
        for objective in asked.objectives.iter().skip(usize::from(asked.objectives.len() == 1)) {
            let mut scenario = asked.clone();
            scenario.objectives.retain(|other| other != objective);
            let after = truth(&case, &scenario);
            bites[*objective as usize] += u64::from(before.plan() != after.plan());
        }
    }
    println!("of {CASES} cases: {:?}", Objective::ALL.iter().zip(&bites).collect::<Vec<_>>());
    for (objective, &bites) in Objective::ALL.iter().zip(&bites) {
        assert!(bites >= CASES / 100, "{objective} matters in {bites} of {CASES} cases");
    }
}
