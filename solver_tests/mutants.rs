//! Each rule is broken once in a plan that keeps them all, and is refused by exactly that rule's code.
//!
//! Truth: by construction. The table is an exhaustive `match`, so a rule without a mutant does not compile.

use std::collections::BTreeSet;

use demerge::case::answer::{Answer, Effort, Outcome, Plan};
use demerge::case::rule::Rule;
use demerge::case::scenario::{Clause, PolicyRule, RetainedShared, Scenario};
use demerge::case::{Case, Decision, LinkKind, MatchKind, PostStatus};
use demerge::certify::{Refusal, certify, inspect};
use demerge::id::StructureId;
use demerge::quantity::{BasisPoints, Pence};

use crate::cases::{self, a, authority, b, link, must, person, pin, plan, post};

struct Mutant {
    case: Case,
    scenario: Scenario,
    good: Plan,
    bad: Plan,
}

/// Everyone at home: P1 and P2 with A, P3 and P4 with B.
const HOME: [Option<usize>; 4] = [Some(0), Some(1), Some(2), Some(3)];
const WITHOUT_P1: [Option<usize>; 4] = [None, Some(1), Some(2), Some(3)];
const WITHOUT_P2: [Option<usize>; 4] = [Some(0), None, Some(2), Some(3)];
/// P1 takes B01 from P3.
const P1_TO_B: [Option<usize>; 4] = [Some(2), Some(1), None, Some(3)];
/// P1 takes A02 from P2.
const P1_TO_A02: [Option<usize>; 4] = [Some(1), None, Some(2), Some(3)];

/// The tiny case with a change, and the two plans.
fn mutant(good: [Option<usize>; 4], bad: [Option<usize>; 4], change: impl FnOnce(&mut Case, &mut Scenario)) -> Mutant {
    let (mut case, mut scenario) = (cases::tiny(), cases::scenario());
    change(&mut case, &mut scenario);
    let (good, bad) = (plan(&case, &good), plan(&case, &bad));
    Mutant { case, scenario, good, bad }
}

fn mutants(rule: Rule) -> Vec<Mutant> {
    match rule {
        // A plan has one entry for each person, so only a plan that was made for another case breaks this rule.
        Rule::OnePost => {
            let mut of_five = mutant(HOME, HOME, |_, _| {});
            let people = (1..=5).map(|i| cases::person_record(&format!("P{i}"), a(), None)).collect();
            let five = cases::case_of(people, vec![cases::post_record("A01", a())]);
            of_five.bad = plan(&five, &[Some(0), Some(1), Some(2), Some(3), Some(0)]);
            vec![of_five]
        }
        Rule::Capacity => vec![mutant(HOME, [Some(0), Some(0), Some(2), Some(3)], |_, _| {})],
        Rule::Offered => vec![
            mutant(WITHOUT_P2, HOME, |case, _| case.posts[post(1)].status = PostStatus::Held),
            mutant(WITHOUT_P2, HOME, |case, _| {
                case.posts[post(1)].structures = BTreeSet::from([<StructureId as demerge::id::Id>::at(1)]);
            }),
            mutant([None, None, Some(2), Some(3)], WITHOUT_P2, |_, scenario| {
                scenario.structures.remove(&authority(a()));
            }),
        ],
        Rule::Matched => vec![mutant(WITHOUT_P2, HOME, |case, _| {
            case.matches.remove(&(person(1), post(1)));
        })],
        Rule::Qualification => vec![mutant(WITHOUT_P2, HOME, |case, _| {
            case.posts[post(1)].essential_qualification = Some("CCAB".to_owned());
            case.people[person(1)].qualifications.insert("solicitor".to_owned());
        })],
        Rule::Promotion => vec![mutant(HOME, P1_TO_A02, |case, scenario| {
            scenario.policy.promotion_into.insert(post(3));
            for pair in [(person(0), post(1)), (person(3), post(3))] {
                case.matches.get_mut(&pair).expect("all pairs match").kind = MatchKind::Promotion;
            }
        })],
        Rule::GradesDown => vec![mutant(HOME, P1_TO_A02, |case, _| {
            case.matches.get_mut(&(person(0), post(0))).expect("all pairs match").grade_difference = -1;
            case.matches.get_mut(&(person(0), post(1))).expect("all pairs match").grade_difference = -2;
        })],
        Rule::EmployerDefault => {
            vec![mutant(HOME, P1_TO_B, |_, scenario| scenario.policy.rule = PolicyRule::EmployerDefault)]
        }
        // P3's joint post lies half and half, so P3 is free; P1's lies 60 % with A.
        Rule::TimeMajority => vec![mutant([Some(0), None, Some(1), Some(3)], P1_TO_B, |_, scenario| {
            scenario.policy.rule = PolicyRule::TimeMajority;
        })],
        Rule::RetainedShared => [WITHOUT_P1, P1_TO_A02]
            .map(|bad| {
                mutant(HOME, bad, |case, scenario| {
                    scenario.policy.retained_shared = RetainedShared::Pin;
                    case.people[person(0)].retained_shared = Some(true);
                    case.posts[post(0)].retained_shared = Some(true);
                    case.posts[post(1)].retained_shared = None;
                })
            })
            .into(),
        Rule::PinPost => [WITHOUT_P1, P1_TO_A02]
            .map(|bad| mutant(HOME, bad, |case, _| case.pins.push(pin(0, Decision::MustPost(post(0))))))
            .into(),
        Rule::PinAuthority => [WITHOUT_P1, P1_TO_B]
            .map(|bad| mutant(HOME, bad, |case, _| case.pins.push(pin(0, Decision::MustAuthority(authority(a()))))))
            .into(),
        Rule::BarPost => {
            vec![mutant(WITHOUT_P1, P1_TO_A02, |case, _| case.pins.push(pin(0, Decision::NotPost(post(1)))))]
        }
        Rule::BarAuthority => {
            vec![mutant(WITHOUT_P1, P1_TO_B, |case, _| case.pins.push(pin(0, Decision::NotAuthority(authority(b())))))]
        }
        Rule::SameAuthority => {
            let together =
                |good, bad| mutant(good, bad, |case, _| case.links.push(link(0, 1, LinkKind::SameAuthority)));
            vec![together(HOME, WITHOUT_P2), together([None, None, Some(2), Some(3)], P1_TO_B)]
        }
        Rule::DifferentAuthority => vec![mutant(WITHOUT_P2, HOME, |case, _| {
            case.links.push(link(0, 1, LinkKind::DifferentAuthority));
        })],
        Rule::PeopleShare => {
            let clause = |min, max| Clause::PeopleShare { authority: authority(a()), min, max };
            shares(clause)
        }
        Rule::FteShare => {
            let clause = |min, max| Clause::FteShare { authority: authority(a()), min, max };
            shares(clause)
        }
        // Two people at £10,000 with 28 % on-cost are £25,600.
        Rule::Budget => vec![mutant(HOME, THREE_AT_A, |case, scenario| {
            case.posts[post(0)].capacity = 2;
            scenario.fairness.push(must(Clause::Budget { authority: authority(a()), max: Pence(2_560_000) }));
        })],
        Rule::Cover => vec![mutant(HOME, WITHOUT_P1, |_, scenario| {
            let (authority, function) = (authority(a()), "finance".to_owned());
            scenario.fairness.push(must(Clause::Cover { authority, function, min_people: 1 }));
        })],
        // Half of A's seats empty and none of B's: 50 points apart, whichever is named first.
        Rule::VacancyGap => [[a(), b()], [b(), a()]]
            .map(|pair| {
                mutant(HOME, WITHOUT_P1, |_, scenario| {
                    let authorities = pair.map(authority);
                    scenario.fairness.push(must(Clause::VacancyGap { authorities, max_points: BasisPoints(4_999) }));
                })
            })
            .into(),
        // Staff of A: P1 met, P2 not, so 1 of 2; staff of B: P3 met, 1 of 1. Without P1: 0 of 2.
        Rule::PreferenceParity => vec![mutant(HOME, WITHOUT_P1, |_, scenario| {
            scenario.fairness.push(must(Clause::PreferenceParity { max_points: BasisPoints(5_000) }));
        })],
    }
}

/// P3 comes to A01, which has two seats in the cases that use this.
const THREE_AT_A: [Option<usize>; 4] = [Some(0), Some(1), Some(0), Some(3)];

/// Two of four people are 50 %: as much as `min` and `max` allow; one is too few, three are too many.
fn shares(clause: impl Fn(Option<BasisPoints>, Option<BasisPoints>) -> Clause) -> Vec<Mutant> {
    let half = Some(BasisPoints(5_000));
    [(WITHOUT_P1, half, None), (THREE_AT_A, None, half)]
        .map(|(bad, min, max)| {
            mutant(HOME, bad, |case, scenario| {
                case.posts[post(0)].capacity = 2;
                scenario.fairness.push(must(clause(min, max)));
            })
        })
        .into()
}

fn refusal(case: &Case, scenario: &Scenario, plan: Plan) -> Refusal {
    let answer = Answer {
        plan,
        objectives: Vec::new(),
        proofs: Vec::new(),
        undecided: Vec::new(),
        witnesses: Vec::new(),
        undecided_complete: true,
        effort: Effort::default(),
    };
    certify(case, scenario, Outcome::Placed(answer)).expect_err("an answer without figures")
}

#[test]
fn every_rule_broken_once_is_refused_by_its_own_code() {
    for &rule in Rule::ALL {
        let mutants = mutants(rule);
        assert!(!mutants.is_empty(), "{rule} has no mutant");
        for (number, Mutant { case, scenario, good, bad }) in mutants.into_iter().enumerate() {
            assert_eq!(inspect(&case, &scenario, &good).breaches, [], "{rule}, mutant {number}: the good plan");
            let breaches = inspect(&case, &scenario, &bad).breaches;
            let rules: BTreeSet<Rule> = breaches.iter().map(|breach| breach.rule).collect();
            assert_eq!(rules, BTreeSet::from([rule]), "{rule}, mutant {number}: {breaches:?}");
            assert!(breaches.iter().all(|breach| breach.to_string().starts_with(rule.code())));
            assert_eq!(refusal(&case, &scenario, bad), Refusal::Breaches(breaches), "{rule}, mutant {number}");
            assert!(matches!(refusal(&case, &scenario, good), Refusal::Objectives { .. }), "{rule}, mutant {number}");
        }
    }
}

#[test]
fn a_reported_clause_is_measured_and_not_enforced() {
    for &rule in Rule::ALL.iter().filter(|rule| rule.code().starts_with("R4")) {
        for Mutant { case, mut scenario, bad, .. } in mutants(rule) {
            scenario.fairness[0].level = demerge::case::scenario::Level::Report;
            let found = inspect(&case, &scenario, &bad);
            assert_eq!(found.breaches, [], "{rule}");
            assert!(!found.fairness[0].met, "{rule}");
            assert_eq!(found.fairness[0].measure.rule(), rule);
        }
    }
}

#[test]
fn pins_that_the_scenario_does_not_use_bind_nobody() {
    for rule in [Rule::PinPost, Rule::PinAuthority, Rule::BarPost, Rule::BarAuthority] {
        for Mutant { case, mut scenario, bad, .. } in mutants(rule) {
            scenario.use_pins = false;
            assert_eq!(inspect(&case, &scenario, &bad).breaches, [], "{rule}");
        }
    }
}

#[test]
fn breaches_read_well() {
    let text = |rule: Rule| {
        let Mutant { case, scenario, bad, .. } = mutants(rule).swap_remove(0);
        inspect(&case, &scenario, &bad).breaches[0].to_string()
    };
    let expected = [
        "R101 one post each: the plan has 5 entries for 4 people",
        "R102 seats: A01 has 2 holders and 1 seat",
        "R201 post on offer: P2 in A02: the post is held",
        "R202 job match: P2 in A02: matches.csv has no row for this pair",
        "R203 essential qualification: P2 in A02: needs CCAB, holds solicitor",
        "R204 promotion: P1 in A02: a promotion, and promotion_into does not name the post",
        "R205 grades down: P1 in A02: grades down: 2, at most 1 allowed",
        "R206 employer default: P1 in B01: the present employer is A, the post is at B",
        "R207 time majority: P1 in B01: over half of the joint post is at A, the post is at B",
        "R208 retained shared: P1 without a post: the service stays shared, so the post must be a retained shared one",
        "R301 must hold a post: P1 without a post: must hold A01 (pins row 2)",
        "R302 must go to an authority: P1 without a post: must go to authority A (pins row 2)",
        "R303 may not hold a post: P1 in A02: may not hold A02 (pins row 2)",
        "R304 may not go to an authority: P1 in B01: may not go to authority B (pins row 2)",
        "R305 linked together: P1 in authority A, P2 without a post (links row 2)",
        "R306 linked apart: P1 in authority A, P2 in authority A (links row 2)",
        "R401 share of people: A has 1 of 4 people (25 %), at least 50 % needed",
        "R402 share of FTE: A has 1 of 4 FTE (25 %), at least 50 % needed",
        "R403 budget: A's placements cost £38,400, at most £25,600 allowed",
        "R404 service cover: A has 0 people in posts of \"finance\", at least 1 needed",
        "R405 vacancy gap: empty are 1 of 2 seats at A and 0 of 2 seats at B, 50 points apart, at most 49.99 allowed",
        "R406 preference parity: preferences met are 1 of 1 for staff of B and 0 of 2 for staff of A, 100 points apart, at most 50 allowed",
    ];
    let found: Vec<String> = Rule::ALL.iter().map(|&rule| text(rule)).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_rule_has_its_section_in_the_docs() {
    let docs = include_str!("../docs/RULES.md");
    for &rule in Rule::ALL {
        let heading = format!("\n## {} {}\n", rule.code(), rule.name());
        assert_eq!(docs.matches(&heading).count(), 1, "docs/RULES.md needs the heading {heading:?} once");
        let section = docs.split(&heading).nth(1).unwrap_or_default().split("\n## ").next().unwrap_or_default();
        assert!(section.contains(rule.sentence()), "{rule}: the sentence of the rule card");
        for part in ["**Source:**", "**Row:**", "**Example:**"] {
            assert!(section.contains(part), "{rule}: {part}");
        }
    }
}
