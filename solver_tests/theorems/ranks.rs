//! How the objectives over ranks stand to each other, and what must not matter to them.

use std::collections::BTreeMap;

use demerge::case::Case;
use demerge::case::answer::{Outcome, Plan};
use demerge::case::scenario::{Objective, Scenario};
use demerge::certify;
use demerge::solve::Solver;

use crate::generate::Size;
use crate::theorems::{Said, holds, same};
use crate::truth;

/// People placed, and people at each rank that somebody has.
struct Profile {
    plan: Plan,
    placed: usize,
    at: BTreeMap<u32, i64>,
}

impl Profile {
    /// People at these ranks.
    fn counts(&self, ranks: impl Iterator<Item = u32>) -> Vec<i64> {
        ranks.map(|rank| self.at.get(&rank).copied().unwrap_or(0)).collect()
    }

    fn worst(&self) -> u32 {
        self.at.keys().next_back().copied().unwrap_or(0)
    }
}

/// The best plan for these objectives; `None` where there is none.
fn best(case: &Case, scenario: &Scenario, objectives: &[Objective]) -> Option<Profile> {
    let mut scenario = scenario.clone();
    scenario.objectives = objectives.to_vec();
    let Outcome::Placed(answer) = truth::outcome(case, &scenario, Solver::Network) else { return None };
    let found = certify::inspect(case, &scenario, &answer.plan);
    let mut at = BTreeMap::new();
    for placement in found.placements.iter().filter(|placement| placement.rank_counted > 0) {
        *at.entry(placement.rank_counted).or_default() += 1;
    }
    Some(Profile { plan: answer.plan, placed: found.placements.len(), at })
}

fn is(what: &str, holds: bool) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// Each is the best of its own kind, so none of the others is better at that.
#[test]
fn each_profile_is_best_at_what_it_looks_at_first() {
    use Objective::{Bottleneck, Generous, Greedy, Placed, RankMaximal};
    holds(Size::THEOREM, &|_, case, scenario| {
        let [greedy, generous, firsts, spared] =
            [&[Greedy][..], &[Generous], &[RankMaximal], &[Placed, Bottleneck]].map(|it| best(case, scenario, it));
        let (Some(greedy), Some(generous), Some(firsts), Some(spared)) = (greedy, generous, firsts, spared) else {
            return Ok(Said::Nothing);
        };
        let all = [&greedy, &generous, &firsts, &spared];
        let worst = all.iter().map(|profile| profile.worst()).max().unwrap_or(0);
        let up = |profile: &Profile| profile.counts(1..=worst);
        let down = |profile: &Profile| profile.counts((1..=worst).rev());
        same("people placed", &greedy.placed, &generous.placed)?;
        same("people placed", &greedy.placed, &spared.placed)?;
        is("rank_maximal places more than can be placed", firsts.placed <= greedy.placed)?;
        is("greedy beats rank_maximal at the best ranks", all.iter().all(|it| up(&firsts) >= up(it)))?;
        is("rank_maximal has fewer firsts than greedy", up(&firsts).first() >= up(&greedy).first())?;
        is("greedy is beaten at the best ranks", up(&greedy) >= up(&generous) && up(&greedy) >= up(&spared))?;
        is(
            "generous is beaten at the worst ranks",
            down(&generous) <= down(&greedy) && down(&generous) <= down(&spared),
        )?;
        same("the worst rank of generous, and bottleneck,", &generous.worst(), &spared.worst())?;
        Ok(if worst > 1 { Said::Something } else { Said::Nothing })
    });
}

/// Generous and greedy ask for the most placed themselves.
#[test]
fn placed_before_a_profile_changes_nothing() {
    holds(Size::THEOREM, &|_, case, scenario| {
        for objective in [Objective::Generous, Objective::Greedy] {
            let alone = best(case, scenario, &[objective]).map(|profile| profile.plan);
            let after = best(case, scenario, &[Objective::Placed, objective]).map(|profile| profile.plan);
            same("plans", &alone, &after)?;
            if alone.is_none() {
                return Ok(Said::Nothing);
            }
        }
        Ok(Said::Something)
    });
}

/// Only the order of ranks counts, not how far apart they are.
#[test]
fn gaps_between_ranks_say_nothing() {
    holds(Size::THEOREM, &|_, case, scenario| {
        let (mut apart, mut rules) = (case.clone(), scenario.clone());
        let far = |rank: u32| if rank == 0 { 0 } else { rank * 97 + 11 };
        apart.ranks.values_mut().for_each(|rank| rank.rank = far(rank.rank));
        rules.policy.unlisted_rank = far(rules.policy.unlisted_rank);
        let profiles = [Objective::Generous, Objective::Greedy, Objective::RankMaximal, Objective::Bottleneck];
        let plan =
            |case: &Case, scenario: &Scenario, it| best(case, scenario, &[it, Objective::Cost]).map(|it| it.plan);
        for objective in profiles {
            same("plans", &plan(case, scenario, objective), &plan(&apart, &rules, objective))?;
        }
        Ok(Said::Something)
    });
}
