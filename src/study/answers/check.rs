//! Ranges are right if the answers that they name lead to them, and no others lead further.
//!
//! Every extreme is solved again from the answers that are named with it. Where the combinations are few, each of them is
//! solved by itself, without groups and patches, and counted; where they are many, the patches must hold each combination
//! once, and the two ends of each are solved again. Who may still say what is read again from the words of the contract.

mod every;

use std::collections::{BTreeMap, BTreeSet};

use crate::case::scenario::{Scenario, Sense};
use crate::case::{Case, PostStatus, Preferred, Response};
use crate::certify::{Refusal, options};
use crate::id::{Id, PersonId};
use crate::solve::Limits;
use crate::study::answers::bounds::{Bound, bounds};
use crate::study::answers::figure::{Figure, Values, measure};
use crate::study::answers::open::{Open, Said, with_answers};
use crate::study::answers::search::{Search, Solved, outcome};
use crate::study::answers::weight::Weight;
use crate::study::answers::{Group, Ranges};

/// Up to so many combinations are each solved by themselves.
pub const MOST_RECOUNTED: u128 = 300;

/// Why ranges are not right.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Other people have not answered, or they may say something else.
    #[error("other people than these may still say something else")]
    Open,
    /// The numbers of combinations do not hold.
    #[error("the combinations of answers were counted wrongly")]
    Count,
    /// The outcomes are not those of the case, or a range leaves today out.
    #[error("{0:?} has another value today, or no range")]
    Today(Figure),
    /// The answers named do not lead to the value.
    #[error("the answers named do not lead to the value of {0:?}")]
    Extreme(Figure),
    /// Some answers lead further.
    #[error("other answers lead further than the range of {0:?}")]
    Beyond(Figure),
    /// A bound is not what can be proved.
    #[error("the bound of {0:?} is not the one that is proved")]
    Bound(Figure),
    /// Combinations are in two patches or in none, or their plan is another one.
    #[error("combinations of answers do not have the plan that is said of them")]
    Patch,
    /// The weight of somebody's answer is another one, or the order is.
    #[error("the answer of {0:?} moves something else")]
    Weight(PersonId),
    /// The solver's answer is not confirmed.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A limit was reached, so the rest was not looked at.
    #[error("a limit was reached before everything was checked")]
    Stopped,
}

/// Solves again what is claimed: each combination where they are few, else both ends of every patch.
///
/// # Errors
/// [`Fault`] names the first statement that does not hold, or that the limit left unchecked.
pub fn check(case: &Case, scenario: &Scenario, ranges: &Ranges, limits: &Limits<'_>) -> Result<(), Fault> {
    confirm(case, scenario, ranges, limits)?;
    let checker = Checker { case, scenario, ranges, limits };
    if !is_small(ranges) {
        checker.patches()?;
        checker.alone()?;
    }
    Ok(())
}

/// Solves again the answers that are named, and each combination where they are few; what is done before anything is shown.
///
/// # Errors
/// As [`check`].
pub fn confirm(case: &Case, scenario: &Scenario, ranges: &Ranges, limits: &Limits<'_>) -> Result<(), Fault> {
    if ranges.open != expected(case, scenario) {
        return Err(Fault::Open);
    }
    let checker = Checker { case, scenario, ranges, limits };
    checker.today()?;
    checker.extremes()?;
    checker.counts()?;
    checker.bounds()?;
    if is_small(ranges) {
        checker.recount()?;
    }
    checker.order()
}

fn is_small(ranges: &Ranges) -> bool {
    ranges.is_whole() && ranges.combinations <= MOST_RECOUNTED
}

/// The contract's words: who has no answer that counts without a doubt, and what the column may hold.
fn expected(case: &Case, scenario: &Scenario) -> Vec<Open> {
    use crate::study::answers::open::Kind;
    let in_structure = |post: &crate::case::Post| {
        post.status == PostStatus::Open
            && scenario.structures.get(&post.authority).is_some_and(|chosen| post.structures.contains(chosen))
    };
    let offers = |authority| case.posts.values().any(|post| post.authority == authority && in_structure(post));
    let may_be_without: Vec<bool> = options(case, scenario).iter().map(|places| places.contains(&None)).collect();
    let mut all = Vec::new();
    for (person, record) in case.people.iter() {
        let would_leave = record.preference.preferred == Preferred::Leave;
        let (kind, mut answers) = match record.preference.response {
            Response::NoResponse | Response::Declined => {
                let stated = case.authorities.ids().filter(|&authority| offers(authority)).map(Said::Authority);
                let answers: Vec<Said> =
                    [Said::AsToday].into_iter().chain(stated).chain([Said::NoPreference]).collect();
                let silent = record.preference.response == Response::NoResponse;
                (if silent { Kind::NoResponse } else { Kind::Declined }, answers)
            }
            Response::Late => (Kind::Late, vec![Said::AsToday, Said::NotCounted]),
            Response::Responded if would_leave => (Kind::WouldLeave, vec![Said::AsToday]),
            Response::Responded => continue,
        };
        if may_be_without[person.index()] && (kind != Kind::Late || would_leave) {
            answers.push(Said::Leaves);
        }
        all.push(Open { person, kind, answers });
    }
    all
}

struct Checker<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    ranges: &'a Ranges,
    limits: &'a Limits<'a>,
}

/// Where a value stands, for comparing: larger is further in the direction.
fn toward(figure: Figure, value: i64) -> i64 {
    match figure.sense() {
        Sense::Most => value,
        Sense::Least => -value,
    }
}

fn of(values: &Values, figure: Figure) -> i64 {
    values.get(&figure).copied().unwrap_or(0)
}

impl Checker<'_> {
    /// The outcomes of one combination, solved by itself; none where no plan keeps every rule.
    fn solve(&self, setting: &[usize]) -> Result<Option<Values>, Fault> {
        let open = &self.ranges.open;
        if setting.len() != open.len() || setting.iter().zip(open).any(|(&answer, it)| answer >= it.answers.len()) {
            return Err(Fault::Count);
        }
        let variant = with_answers(self.case, self.scenario, open, setting);
        match outcome(&variant.answer(self.limits)?) {
            Some(Solved::Best(plan)) => Ok(Some(measure(&variant, &plan))),
            Some(Solved::Impossible) => Ok(None),
            None => Err(Fault::Stopped),
        }
    }

    fn today(&self) -> Result<(), Fault> {
        let today = self.solve(&vec![0; self.ranges.open.len()])?.ok_or(Fault::Count)?;
        let missing = today.keys().find(|&&figure| self.ranges.range(figure).is_none());
        let wrong = self.ranges.ranges.iter().find(|range| range.today != of(&today, range.figure));
        match missing.copied().or(wrong.map(|range| range.figure)) {
            Some(figure) => Err(Fault::Today(figure)),
            None => Ok(()),
        }
    }

    fn extremes(&self) -> Result<(), Fault> {
        let mut seen: BTreeMap<&[usize], Values> = BTreeMap::new();
        for range in &self.ranges.ranges {
            for extreme in [&range.worst, &range.best] {
                if !seen.contains_key(extreme.setting.as_slice()) {
                    let values = self.solve(&extreme.setting)?.ok_or(Fault::Extreme(range.figure))?;
                    seen.insert(&extreme.setting, values);
                }
                if of(&seen[extreme.setting.as_slice()], range.figure) != extreme.value {
                    return Err(Fault::Extreme(range.figure));
                }
            }
            let [worst, today, best] =
                [range.worst.value, range.today, range.best.value].map(|value| toward(range.figure, value));
            if worst > today || today > best {
                return Err(Fault::Today(range.figure));
            }
        }
        Ok(())
    }

    fn counts(&self) -> Result<(), Fault> {
        let size = |members: &[usize]| {
            let sizes = members.iter().map(|&member| self.ranges.open.get(member).map_or(0, |it| it.answers.len()));
            sizes.fold(1u128, |all, size| all.saturating_mul(size as u128))
        };
        let held = |group: &Group, with_plan_only: bool| {
            let patches = group.patches.iter().filter(|patch| !with_plan_only || patch.worth.is_some());
            patches.fold(0u128, |all, patch| all.saturating_add(patch.size()))
        };
        let members: Vec<usize> = self.ranges.groups.iter().flat_map(|group| group.members.clone()).collect();
        let each_once: BTreeSet<usize> = members.iter().copied().collect();
        let all = |of: &dyn Fn(&Group) -> u128| self.ranges.groups.iter().map(of).fold(1, u128::saturating_mul);
        let known = all(&|group| held(group, false));
        let holds = each_once.len() == members.len()
            && members.len() == self.ranges.open.len()
            && self.ranges.combinations == size(&members)
            && self.ranges.known == known
            && self.ranges.without_plan == known.saturating_sub(all(&|group| held(group, true)))
            && self.ranges.groups.iter().all(|group| group.is_whole == (held(group, false) == size(&group.members)));
        if holds { Ok(()) } else { Err(Fault::Count) }
    }

    /// Bounds are found again, and hold what was reached.
    fn bounds(&self) -> Result<(), Fault> {
        let mut again = BTreeMap::new();
        if !self.ranges.is_whole() {
            let mut search = Search::new(self.case, self.scenario, &self.ranges.open, self.limits);
            let today = self.ranges.ranges.iter().map(|range| (range.figure, range.today)).collect();
            again = bounds(&mut search, &today)?;
            if search.is_cut() {
                return Err(Fault::Stopped);
            }
        }
        // A run that was stopped may not have come to its bounds; one that it has is the right one.
        let same =
            |claimed: Option<i64>, found: Option<i64>| claimed == found || self.ranges.is_cut && claimed.is_none();
        for range in &self.ranges.ranges {
            let [worst, best] = [range.worst.value, range.best.value].map(|value| toward(range.figure, value));
            let Bound { worst: least, best: most } = range.bound;
            let holds = least.is_none_or(|least| toward(range.figure, least) <= worst)
                && most.is_none_or(|most| best <= toward(range.figure, most));
            let found = again.get(&range.figure).copied().unwrap_or_default();
            if !holds || !same(least, found.worst) || !same(most, found.best) {
                return Err(Fault::Bound(range.figure));
            }
        }
        Ok(())
    }

    /// Everyone stands in the order once, and nobody before somebody whose answer moves more.
    fn order(&self) -> Result<(), Fault> {
        let weights = &self.ranges.weights;
        let key = |weight: &Weight| (weight.may_be_impossible, weight.alone, weight.whatever);
        let wrong = weights.windows(2).find(|pair| key(&pair[0]) < key(&pair[1]));
        let positions: BTreeSet<usize> = weights.iter().map(|weight| weight.position).collect();
        match wrong {
            Some(pair) => Err(self.wrong(pair[0].position)),
            None if positions.len() != weights.len() || weights.len() != self.ranges.open.len() => Err(Fault::Count),
            None => Ok(()),
        }
    }
}
