//! Random cases, the same for the same seed, that keep every promise which `load` makes about a case.
//!
//! They are built through the public types, not through files, so that a fault in `load` cannot hide one in a solver.
//! The draws aim at trouble: ties, gaps, halves of a penny, posts nobody may hold, clauses that just fail.

mod dice;
mod scenario;
mod show;
mod tables;

use demerge::case::Case;
use demerge::case::scenario::Scenario;

pub(crate) use dice::Dice;
pub(crate) use show::dump;

/// How large a case is; each pair is the least and the most.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    people: (i64, i64),
    posts: (i64, i64),
    /// The product of everyone's options, "no post" included, stays at or below this.
    plans: u64,
}

impl Size {
    /// Few enough for every plan to be tried.
    pub(crate) const BRUTE: Size = Size { people: (1, 7), posts: (1, 8), plans: 50_000 };
    /// For theorems about the linear solver, which is far slower where money binds.
    pub(crate) const MIDDLE: Size = Size { people: (6, 14), posts: (5, 14), plans: u64::MAX };
    /// For theorems, where one answer is compared with another.
    pub(crate) const THEOREM: Size = Size { people: (8, 25), posts: (6, 24), plans: u64::MAX };
    /// As large as a real case.
    pub(crate) const LARGE: Size = Size { people: (26, 60), posts: (20, 56), plans: u64::MAX };
}

impl Size {
    /// How many times fewer such cases fit into the same time, roughly.
    pub(crate) fn weight(self) -> u64 {
        if self.people.1 > 25 { 6 } else { 1 }
    }
}

/// The case and scenario of a seed.
pub(crate) fn case(seed: u64, size: Size) -> (Case, Scenario) {
    let mut dice = Dice::new(seed);
    let mut case = tables::case(&mut dice, size);
    let scenario = scenario::scenario(&mut dice, &case);
    tables::decide(&mut dice, &mut case);
    (case, scenario)
}

mod tests {
    use std::collections::BTreeSet;

    use demerge::case::scenario::Clause;
    use demerge::case::{Case, Decision};

    use super::{Size, case};

    /// By construction: what `load` promises is checked here one by one.
    #[test]
    fn generated_cases_keep_the_promises_of_load() {
        for size in [Size::BRUTE, Size::MIDDLE, Size::THEOREM, Size::LARGE] {
            for seed in 0..400 {
                let (case, scenario) = case(seed, size);
                let codes: Vec<&str> = case.people.values().map(|p| p.code.as_str()).collect();
                assert!(codes.is_sorted_by(|a, b| a < b));
                let codes: Vec<&str> = case.posts.values().map(|p| p.code.as_str()).collect();
                assert!(codes.is_sorted_by(|a, b| a < b));
                for post in case.posts.values() {
                    assert!(!post.structures.is_empty() && !post.functions.is_empty() && post.capacity > 0);
                    assert!(post.structures.iter().all(|&s| case.structures[s].authority == post.authority));
                }
                for joint in case.joint_posts.values() {
                    assert_eq!(joint.shares.values().map(|share| share.0).sum::<i32>(), 10_000);
                }
                for (&authority, &structure) in &scenario.structures {
                    assert_eq!(case.structures[structure].authority, authority);
                }
                let unique: BTreeSet<_> = scenario.objectives.iter().collect();
                assert!(!unique.is_empty() && unique.len() == scenario.objectives.len());
                for rule in &scenario.fairness {
                    if let Clause::VacancyGap { authorities: [a, b], .. } = rule.clause {
                        assert_ne!(a, b);
                    }
                }
                let pairs: BTreeSet<_> = case.links.iter().map(|link| link.people).collect();
                assert_eq!(pairs.len(), case.links.len());
                assert!(pairs.iter().all(|[a, b]| a < b));
                pins_do_not_contradict(&case);
            }
        }
    }

    fn pins_do_not_contradict(case: &Case) {
        let unique: BTreeSet<_> = case.pins.iter().map(|pin| (pin.person, pin.decision)).collect();
        assert_eq!(unique.len(), case.pins.len());
        for must in &case.pins {
            for other in case.pins.iter().filter(|other| other.person == must.person) {
                let clash = match (must.decision, other.decision) {
                    (Decision::MustPost(a), Decision::MustPost(b)) => a != b,
                    (Decision::MustPost(a), Decision::NotPost(b)) => a == b,
                    (Decision::MustPost(a), Decision::MustAuthority(b)) => case.posts[a].authority != b,
                    (Decision::MustPost(a), Decision::NotAuthority(b)) => case.posts[a].authority == b,
                    (Decision::MustAuthority(a), Decision::MustAuthority(b)) => a != b,
                    (Decision::MustAuthority(a), Decision::NotAuthority(b)) => a == b,
                    (Decision::MustAuthority(_), Decision::MustPost(_) | Decision::NotPost(_))
                    | (Decision::NotPost(_) | Decision::NotAuthority(_), _) => false,
                };
                assert!(!clash, "{must:?} against {other:?}");
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_case() {
        for seed in 0..50 {
            let (first, second) = (case(seed, Size::THEOREM), case(seed, Size::THEOREM));
            assert_eq!(format!("{first:?}"), format!("{second:?}"));
        }
    }
}
