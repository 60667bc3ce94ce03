//! Asks again for everything that the human form says, by other ways than those by which it was found.
//!
//! Sums are counted here from the words of the scenario file, and every "most", "least" and "smallest" is a plan at the
//! number named and a proof that there is none one step further. Whether something was left out is tried one by one.

mod further;
mod number;

use std::collections::BTreeSet;

use crate::case::answer::Leaf;
use crate::case::proof::Side;
use crate::case::scenario::{Clause, Level, Scenario};
use crate::case::{Case, PostStatus};
use crate::certify;
use crate::id::{Id, PersonId, PostId};
use crate::solve::Limits;
use crate::study::impossible::check::number::{asked_for, is_in, set, tighter};
use crate::study::impossible::fix::{applied, without};
use crate::study::impossible::limit::total;
use crate::study::impossible::trial::possible;
use crate::study::impossible::{Crowd, Fix, Further, Impossible, Reach};
use crate::study::variant::Variant;

/// What is wrong with a human form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The leaves can be kept, or one of them is not needed.
    #[error("the rules named are not a smallest set that cannot be kept: {0:?}")]
    Leaves(Option<Leaf>),
    /// The people named do not have too few seats between them.
    #[error("the people named do not have too few seats between them: {0:?}")]
    Crowd(Crowd),
    /// A figure about a fairness rule does not hold.
    #[error("a figure about a fairness rule does not hold: {0:?}")]
    Reach(Reach),
    /// A change is not enough.
    #[error("these changes do not lead to a plan: {0:?}")]
    NotEnough(Vec<Fix>),
    /// A smaller change is enough.
    #[error("a smaller change than this leads to a plan: {0:?}")]
    NotSmallest(Vec<Fix>),
    /// A change that is enough is not named, or one is named twice.
    #[error("the changes named are not all that are enough, each once: {0:?}")]
    NotAll(Fix),
    /// The number of further posts is not the least, or one that is enough is not named.
    #[error("the further posts named are not the fewest that are enough, each kind once: {0:?}")]
    Further(Further),
}

/// Confirms every statement.
///
/// # Errors
/// [`Flaw`] names the first that does not hold, or was not settled before the limit.
pub fn check(case: &Case, scenario: &Scenario, found: &Impossible, limits: &Limits<'_>) -> Result<(), Flaw> {
    let asked = Asked { case, scenario, limits };
    asked.leaves(&found.leaves)?;
    let kept = asked.keeping(&found.leaves);
    if let Some(crowd) = &found.crowd {
        let options = certify::options(&kept.case, &kept.scenario);
        let stays = |person: PersonId| options[person.index()].contains(&None);
        let posts = |person: PersonId| options[person.index()].iter().copied().flatten().collect();
        let known = crowd.people.iter().all(|person| person.index() < options.len() && !stays(*person));
        if !known || !is_crowd(case, crowd, &posts) {
            return Err(Flaw::Crowd(crowd.clone()));
        }
    }
    for reach in &found.reaches {
        asked.reach(&kept, reach).ok_or_else(|| Flaw::Reach(reach.clone()))?;
    }
    found.fixes.iter().try_for_each(|&fix| asked.fix(&[], fix))?;
    asked.all(found)?;
    found.pairs.iter().try_for_each(|&pair| asked.pair(pair))?;
    further::check(&asked, found)
}

/// The rule that a change is about; of a change of posts there is none, and any stands for it that cannot help.
fn rule(fix: Fix) -> Leaf {
    match fix {
        Fix::Limit { clause, .. } => Leaf::Clause(clause),
        Fix::Drop(leaf) => leaf,
        Fix::Seat(_) | Fix::Open(_) | Fix::Promote(_) => Leaf::Pin(usize::MAX),
    }
}

struct Asked<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    limits: &'a Limits<'a>,
}

impl Asked<'_> {
    fn plan(&self, fixes: &[Fix]) -> Option<bool> {
        possible(&applied(self.case, self.scenario, fixes), self.limits)
    }

    fn keeping(&self, leaves: &[Leaf]) -> Variant {
        let dropped = Leaf::all(self.case, self.scenario).into_iter().filter(|leaf| !leaves.contains(leaf)).collect();
        without(self.case, self.scenario, &dropped)
    }

    fn leaves(&self, leaves: &[Leaf]) -> Result<(), Flaw> {
        if possible(&self.keeping(leaves), self.limits) != Some(false) {
            return Err(Flaw::Leaves(None));
        }
        for &leaf in leaves {
            let rest: Vec<Leaf> = leaves.iter().copied().filter(|&other| other != leaf).collect();
            if possible(&self.keeping(&rest), self.limits) != Some(true) {
                return Err(Flaw::Leaves(Some(leaf)));
            }
        }
        Ok(())
    }

    /// The figures of one limit.
    fn reach(&self, kept: &Variant, reach: &Reach) -> Option<()> {
        let rule = self.scenario.fairness.get(reach.clause).filter(|rule| rule.level == Level::Must)?;
        let (limit, all) = (asked_for(&rule.clause, reach.side)?, total(self.case, &rule.clause));
        let needed = match (all, reach.side) {
            (None, _) => limit,
            (Some(all), Side::Min) => (limit * all + 9_999).div_euclid(10_000),
            (Some(all), Side::Max) => (limit * all).div_euclid(10_000),
        };
        // The last number of the scenario file that this sum keeps.
        let last = match (all, reach.side) {
            (None, _) => reach.reachable,
            (Some(all), Side::Min) => (reach.reachable * 10_000).div_euclid(all.max(1)),
            (Some(all), Side::Max) => (reach.reachable * 10_000 + all - 1).div_euclid(all.max(1)),
        };
        let at = |to: i64| {
            let scenario = set(&kept.scenario, reach.clause, reach.side, to);
            possible(&Variant { case: kept.case.clone(), scenario }, self.limits)
        };
        let is_last = at(last) == Some(true) && at(last + tighter(reach.side)) == Some(false);
        (needed == reach.needed && is_last && self.counted(kept, &rule.clause, reach)).then_some(())
    }

    /// Who could count for the clause, and whether they stand in each other's way.
    fn counted(&self, kept: &Variant, clause: &Clause, reach: &Reach) -> bool {
        let of_people = match clause {
            Clause::PeopleShare { .. } | Clause::FteShare { .. } | Clause::Cover { .. } => reach.side == Side::Min,
            Clause::Budget { .. } | Clause::VacancyGap { .. } | Clause::PreferenceParity { .. } => false,
        };
        let Some(eligible) = reach.eligible.filter(|_| of_people) else {
            return !of_people && reach.eligible.is_none() && reach.crowd.is_none();
        };
        let pairs: Vec<(PersonId, PostId)> =
            kept.case.matches.keys().copied().filter(|&(_, post)| is_in(self.case, clause, post)).collect();
        let against = certify::objections(&kept.case, &kept.scenario, &pairs);
        let allowed = pairs.iter().zip(&against).filter(|(_, against)| against.is_empty()).map(|(&pair, _)| pair);
        let allowed: Vec<(PersonId, PostId)> = allowed.collect();
        let people: BTreeSet<PersonId> = allowed.iter().map(|&(person, _)| person).collect();
        let posts = |of: PersonId| allowed.iter().filter(|(person, _)| *person == of).map(|&(_, post)| post).collect();
        let crowded = reach.crowd.as_ref().is_none_or(|crowd| {
            let rest = i64::try_from(people.len() - crowd.people.len().min(people.len())).unwrap_or(i64::MAX);
            crowd.people.iter().all(|person| people.contains(person))
                && is_crowd(self.case, crowd, &posts)
                && rest + i64::from(crowd.seats) == reach.reachable
        });
        people.len() == eligible && crowded
    }

    /// The change is enough beside the others, and no smaller one is.
    fn fix(&self, others: &[Fix], fix: Fix) -> Result<(), Flaw> {
        let with = |fix: Fix| others.iter().copied().chain([fix]).collect::<Vec<_>>();
        if self.plan(&with(fix)) != Some(true) {
            return Err(Flaw::NotEnough(with(fix)));
        }
        let smaller = match fix {
            Fix::Limit { clause, side, to } => with(Fix::Limit { clause, side, to: to + tighter(side) }),
            Fix::Drop(_) | Fix::Seat(_) | Fix::Open(_) | Fix::Promote(_) => others.to_vec(),
        };
        if self.plan(&smaller) == Some(false) { Ok(()) } else { Err(Flaw::NotSmallest(with(fix))) }
    }

    /// Both changes are needed, the first is the smallest with the second's rule away (or its seat there), and the second beside it.
    fn pair(&self, [first, second]: [Fix; 2]) -> Result<(), Flaw> {
        match second {
            Fix::Limit { .. } | Fix::Drop(_) => {
                self.fix(&[Fix::Drop(rule(second))], first)?;
                self.fix(&[first], second)?;
            }
            Fix::Seat(_) | Fix::Open(_) | Fix::Promote(_) => self.fix(&[second], first)?,
        }
        let alone = |fix: Fix| match fix {
            Fix::Limit { .. } | Fix::Drop(_) => Fix::Drop(rule(fix)),
            Fix::Seat(_) | Fix::Open(_) | Fix::Promote(_) => fix,
        };
        let needed = [first, second].into_iter().all(|fix| self.plan(&[alone(fix)]) == Some(false));
        if needed { Ok(()) } else { Err(Flaw::NotSmallest(vec![first, second])) }
    }

    /// Every single change that is enough is named, once.
    fn all(&self, found: &Impossible) -> Result<(), Flaw> {
        let named: BTreeSet<Fix> = found.fixes.iter().copied().collect();
        if let Some(&twice) = found.fixes.first().filter(|_| named.len() != found.fixes.len()) {
            return Err(Flaw::NotAll(twice));
        }
        for &leaf in &found.leaves {
            let about = named.iter().any(|&fix| rule(fix) == leaf);
            if about != (self.plan(&[Fix::Drop(leaf)]) == Some(true)) {
                return Err(Flaw::NotAll(Fix::Drop(leaf)));
            }
        }
        for post in self.case.posts.ids() {
            let record = &self.case.posts[post];
            let chosen = self.scenario.structures.get(&record.authority);
            let listed = chosen.is_some_and(|chosen| record.structures.contains(chosen));
            let changes = match record.status {
                PostStatus::Open if listed => vec![Fix::Seat(post), Fix::Promote(post)],
                PostStatus::Open | PostStatus::Held if chosen.is_some() => vec![Fix::Open(post)],
                PostStatus::Open | PostStatus::Held | PostStatus::Filled | PostStatus::Deleted => Vec::new(),
            };
            for fix in changes {
                if named.contains(&fix) != (self.plan(&[fix]) == Some(true)) {
                    return Err(Flaw::NotAll(fix));
                }
            }
        }
        Ok(())
    }
}

/// The people are each named once, more than their posts have seats, and have no other posts.
fn is_crowd(case: &Case, crowd: &Crowd, posts: &dyn Fn(PersonId) -> Vec<PostId>) -> bool {
    let theirs: BTreeSet<PostId> = crowd.people.iter().flat_map(|&person| posts(person)).collect();
    let seats: u32 = theirs.iter().map(|&post| case.posts[post].capacity).sum();
    crowd.people.is_sorted_by(|a, b| a < b)
        && theirs.iter().eq(&crowd.posts)
        && seats == crowd.seats
        && crowd.people.len() > seats as usize
}
