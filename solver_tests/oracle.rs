//! The truth by trying every plan, written from the words of the contract.
//!
//! It shares nothing with `model`, `solve` or `certify` but the types of a case, and knows no bounds, prices or cuts:
//! people in the order of their ids, each over their options in the order of post ids with "no post" last, so the first
//! plan found with the best values is the canonical one.

mod bite;
mod count;
mod words;

use demerge::case::Case;
use demerge::case::answer::{Leaf, Plan, Undecided};
use demerge::case::scenario::{Objective, Scenario};
use demerge::id::{Id, PersonId, PostId};

use count::{Aim, Problem, Tally};

/// What is true of a case and scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Truth {
    /// No plan keeps every rule.
    Impossible,
    /// The best that any plan does.
    Best {
        /// The canonical plan among the best.
        plan: Plan,
        /// Values in the scenario's order of objectives; one over ranks has one for each rank, in the order it counts them.
        values: Vec<i64>,
        /// Everyone placed differently in some plan equally good on every objective but cost.
        undecided: Vec<Undecided>,
    },
}

impl Truth {
    /// The canonical plan, if there is one.
    pub(crate) fn plan(&self) -> Option<&Plan> {
        match self {
            Truth::Impossible => None,
            Truth::Best { plan, .. } => Some(plan),
        }
    }
}

/// Tries every plan.
pub(crate) fn truth(case: &Case, scenario: &Scenario) -> Truth {
    let problem = Problem::new(case, scenario, &|_| true, Bars::Stay);
    let mut best: Option<(Vec<i64>, Vec<Option<PostId>>)> = None;
    let aims = problem.aims();
    let mut losses = vec![0; aims.len()];
    problem.each_plan(&mut |tally, ways| {
        problem.losses(&aims, tally, &mut losses);
        if best.as_ref().is_none_or(|(least, _)| losses < *least) {
            best = Some((losses.clone(), ways.to_vec()));
        }
        true
    });
    match best {
        None => Truth::Impossible,
        Some((losses, posts)) => Truth::Best {
            undecided: undecided(case, &problem, &aims, &losses),
            values: aims.iter().zip(&losses).map(|(aim, loss)| loss * aim.sign).collect(),
            plan: Plan::new(case, posts),
        },
    }
}

/// Every plan that keeps the rules and is as good as the best on every objective but cost; empty where impossible.
pub(crate) fn equally_good(case: &Case, scenario: &Scenario) -> Vec<Vec<Option<PostId>>> {
    let Truth::Best { values, .. } = truth(case, scenario) else { return Vec::new() };
    let problem = Problem::new(case, scenario, &|_| true, Bars::Stay);
    let aims = problem.aims();
    let mut losses = vec![0; aims.len()];
    let mut all = Vec::new();
    problem.each_plan(&mut |tally: &Tally, ways: &[Option<PostId>]| {
        problem.losses(&aims, tally, &mut losses);
        let worth = aims.iter().zip(&losses).map(|(aim, loss)| loss * aim.sign);
        let mut pairs = aims.iter().zip(worth.zip(&values));
        if pairs.all(|(aim, (worth, best))| aim.objective == Objective::Cost || worth == *best) {
            all.push(ways.to_vec());
        }
        true
    });
    all
}

/// The best values over all plans in which the person holds (or does not hold) a post, and the fewest people who are placed
/// otherwise than in `from` in a plan with these values; `None` where no such plan keeps every rule.
pub(crate) fn best_with(
    case: &Case,
    scenario: &Scenario,
    from: &Plan,
    is_meant: &dyn Fn(&[Option<PostId>]) -> bool,
) -> Option<(Vec<i64>, usize)> {
    let problem = Problem::new(case, scenario, &|_| true, Bars::Stay);
    let aims = problem.aims();
    let mut best: Option<(Vec<i64>, usize)> = None;
    let mut losses = vec![0; aims.len()];
    problem.each_plan(&mut |tally, ways| {
        if is_meant(ways) {
            problem.losses(&aims, tally, &mut losses);
            let moved = from.iter().zip(ways).filter(|((_, was), is)| was != *is).count();
            if best.as_ref().is_none_or(|(least, fewest)| (&losses, moved) < (least, *fewest)) {
                best = Some((losses.clone(), moved));
            }
        }
        true
    });
    best.map(|(losses, moved)| (aims.iter().zip(&losses).map(|(aim, loss)| loss * aim.sign).collect(), moved))
}

/// Whether no rule about pairs stands between the person and the post.
pub(crate) fn may_hold(case: &Case, scenario: &Scenario, person: PersonId, post: PostId) -> bool {
    words::may_hold(case, scenario, person, post, &|_| true, Bars::Stay)
}

/// Everyone with more than one option over all plans that have these losses on every objective but cost.
fn undecided(case: &Case, problem: &Problem, aims: &[Aim], best: &[i64]) -> Vec<Undecided> {
    let mut seen = vec![vec![false; case.posts.len() + 1]; case.people.len()];
    let mut losses = vec![0; best.len()];
    problem.each_plan(&mut |tally: &Tally, ways: &[Option<PostId>]| {
        problem.losses(aims, tally, &mut losses);
        let equal = |((aim, loss), least): ((&Aim, &i64), &i64)| aim.objective == Objective::Cost || loss == least;
        if aims.iter().zip(&losses).zip(best).all(equal) {
            for (row, way) in seen.iter_mut().zip(ways) {
                row[way.map_or(case.posts.len(), PostId::index)] = true;
            }
        }
        true
    });
    let open = |(person, row): (PersonId, &Vec<bool>)| {
        (row.iter().filter(|&&held| held).count() > 1).then(|| Undecided {
            person,
            posts: case.posts.ids().filter(|post| row[post.index()]).collect(),
            may_be_unplaced: row[case.posts.len()],
        })
    };
    case.people.ids().zip(&seen).filter_map(open).collect()
}

/// What stays of a decision that is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bars {
    /// Only the demand goes: `not_*` pins and the kind of post that retained shared people may hold stay.
    Stay,
    /// The whole decision goes.
    Go,
}

/// Whether some plan keeps every rule of the scenario when, of the droppable ones, only those kept are demanded.
pub(crate) fn possible(case: &Case, scenario: &Scenario, kept: &dyn Fn(Leaf) -> bool, bars: Bars) -> bool {
    let mut found = false;
    Problem::new(case, scenario, kept, bars).each_plan(&mut |_, _| {
        found = true;
        false
    });
    found
}

mod tests {
    use demerge::case::Response;
    use demerge::case::answer::Undecided;
    use demerge::case::scenario::{Clause, FairnessRule, Level, Objective};
    use demerge::id::{AuthorityId, Id, PersonId, PostId};
    use demerge::quantity::{BasisPoints, Fte, Pence};

    use super::{Truth, truth};
    use crate::generate::{Dice, Size, case};

    /// How the draws fall; a check on the generator with the oracle's help.
    #[test]
    fn some_cases_are_impossible_and_most_are_not() {
        let cases = 1_000;
        let (mut impossible, mut idle, mut undecided) = (0, 0, 0);
        for seed in 0..cases {
            let (case, scenario) = case(seed, Size::BRUTE);
            match truth(&case, &scenario) {
                Truth::Impossible => impossible += 1,
                Truth::Best { plan, undecided: open, .. } => {
                    idle += u64::from(plan.placed().next().is_none());
                    undecided += u64::from(!open.is_empty());
                }
            }
        }
        println!("{impossible} impossible, {idle} with nobody placed, {undecided} undecided of {cases}");
        assert!((cases / 10..=cases / 4).contains(&impossible), "{impossible} impossible of {cases}");
        assert!(idle < cases / 5, "{idle} of {cases} place nobody");
        assert!(undecided > cases / 10, "{undecided} of {cases} leave somebody undecided");
    }

    /// Two people and two posts of one authority each, everything matched alike: worked out by hand.
    fn small() -> (demerge::case::Case, demerge::case::scenario::Scenario) {
        let mut seed = 0;
        loop {
            let (mut case, mut scenario) = case(seed, Size::BRUTE);
            seed += 1;
            if case.people.len() != 2 || case.posts.len() != 2 || case.authorities.len() != 2 {
                continue;
            }
            case.pins.clear();
            case.links.clear();
            case.ranks.clear();
            scenario.fairness.clear();
            scenario.structures = case
                .authorities
                .ids()
                .filter_map(|a| Some((a, case.structures.iter().find(|(_, s)| s.authority == a)?.0)))
                .collect();
            scenario.policy.rule = demerge::case::scenario::PolicyRule::PreferenceInformed;
            scenario.policy.retained_shared = demerge::case::scenario::RetainedShared::Release;
            scenario.policy.on_cost = BasisPoints(2_800);
            scenario.policy.unlisted_rank = 6;
            scenario.objectives = vec![Objective::Placed, Objective::Cost];
            for (position, post) in [0, 1].into_iter().map(|p| (p, PostId::at(p))) {
                let row = &mut case.posts[post];
                row.authority = AuthorityId::at(position);
                row.structures = [scenario.structures[&row.authority]].into();
                row.status = demerge::case::PostStatus::Open;
                row.capacity = 1;
                row.essential_qualification = None;
                row.fte = Fte(8_000);
                row.salary_min = Pence(3_000_001);
                for person in [PersonId::at(0), PersonId::at(1)] {
                    case.people[person].fte = Fte(5_405);
                    case.people[person].salary = Pence(2_000_000);
                    case.people[person].preference.response = Response::Responded;
                    let kind = demerge::case::MatchKind::Direct;
                    let matched = demerge::case::Match { row: 2, kind, grade_difference: 0, evidence: String::new() };
                    case.matches.insert((person, post), matched);
                }
            }
            return (case, scenario);
        }
    }

    #[test]
    fn two_people_may_change_places() {
        let (case, scenario) = small();
        let Truth::Best { plan, values, undecided } = truth(&case, &scenario) else { panic!("there is a plan") };
        // By hand: 3,000,001 p × 0.5405 × 1.28 = 2,075,520.69… p, rounded up to 2,075,521 for each of the two.
        assert_eq!(values, [2, 2 * 2_075_521]);
        assert_eq!(
            (plan.post(PersonId::at(0)), plan.post(PersonId::at(1))),
            (Some(PostId::at(0)), Some(PostId::at(1)))
        );
        let both = |person| Undecided { person, posts: vec![PostId::at(0), PostId::at(1)], may_be_unplaced: false };
        assert_eq!(undecided, [both(PersonId::at(0)), both(PersonId::at(1))]);
    }

    #[test]
    fn a_share_counts_everyone_and_not_only_the_placed() {
        let (case, mut scenario) = small();
        let authority = AuthorityId::at(0);
        let clause = |min| Clause::PeopleShare { authority, min: Some(BasisPoints(min)), max: None };
        scenario.fairness = vec![FairnessRule { clause: clause(5_000), level: Level::Must }];
        assert!(matches!(truth(&case, &scenario), Truth::Best { .. }));
        scenario.fairness = vec![FairnessRule { clause: clause(5_001), level: Level::Must }];
        assert_eq!(truth(&case, &scenario), Truth::Impossible);
        scenario.fairness = vec![FairnessRule { clause: clause(5_001), level: Level::Report }];
        assert!(matches!(truth(&case, &scenario), Truth::Best { .. }));
    }

    #[test]
    fn dice_fall_evenly() {
        let mut dice = Dice::new(7);
        let mut seen = [0; 6];
        for _ in 0..6_000 {
            seen[dice.below(6)] += 1;
        }
        assert!(seen.iter().all(|n| (850..1_150).contains(n)), "{seen:?}");
    }
}
