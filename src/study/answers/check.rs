//! Ranges are right if the answers that they name lead to them, and no others lead further.
//!
//! Every extreme is solved again from the answers that are named with it. Where the combinations are few, each of them is
//! solved by itself, without groups and patches, and counted; where they are many, the patches must hold each combination
//! once, and the two ends of each are solved again. Who may still say what is read again from the words of the contract.

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
use crate::study::answers::weight::{LOOKED_AT, Moves, Weight};
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

/// Solves again what is claimed.
///
/// # Errors
/// [`Fault`] names the first statement that does not hold, or that the limit left unchecked.
pub fn check(case: &Case, scenario: &Scenario, ranges: &Ranges, limits: &Limits<'_>) -> Result<(), Fault> {
    if ranges.open != expected(case, scenario) {
        return Err(Fault::Open);
    }
    let checker = Checker { case, scenario, ranges, limits };
    checker.today()?;
    checker.extremes()?;
    checker.counts()?;
    if ranges.is_whole() && ranges.combinations <= MOST_RECOUNTED {
        checker.recount()?;
    } else {
        checker.patches()?;
        checker.alone()?;
    }
    checker.bounds()?;
    checker.order()
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

    /// Every combination by itself.
    fn recount(&self) -> Result<(), Fault> {
        let sizes: Vec<usize> = self.ranges.open.iter().map(|it| it.answers.len()).collect();
        let mut table: Vec<Option<Values>> = Vec::new();
        let mut setting = vec![0; sizes.len()];
        loop {
            table.push(self.solve(&setting)?);
            let Some(next) = (0..sizes.len()).find(|&at| setting[at] + 1 < sizes[at]) else { break };
            setting[..next].fill(0);
            setting[next] += 1;
        }
        if self.ranges.without_plan != table.iter().filter(|values| values.is_none()).count() as u128 {
            return Err(Fault::Count);
        }
        for range in &self.ranges.ranges {
            let all = || table.iter().flatten().map(|values| toward(range.figure, of(values, range.figure)));
            let ends = [range.worst.value, range.best.value].map(|value| Some(toward(range.figure, value)));
            if [all().min(), all().max()] != ends {
                return Err(Fault::Beyond(range.figure));
            }
        }
        let mut stride = 1;
        for (position, &size) in sizes.iter().enumerate() {
            let lines = (0..table.len()).filter(|at| (at / stride) % size == 0);
            let lines = lines.map(|start| (0..size).map(|answer| table[start + answer * stride].as_ref()).collect());
            self.lines(position, lines.collect())?;
            stride *= size;
        }
        Ok(())
    }

    /// What one person's answer moves, from the outcomes of each of their answers, first with the others as today.
    fn lines(&self, position: usize, lines: Vec<Vec<Option<&Values>>>) -> Result<(), Fault> {
        let weight = self.weight(position)?;
        let moves: Vec<Moves> = lines.iter().map(|line| moved(line)).collect();
        let most = |index: usize| moves.iter().map(|moves| moves[index]).max().unwrap_or(0);
        let whatever: Moves = std::array::from_fn(most);
        let may_be_impossible = lines[0].iter().any(Option::is_none);
        let holds = weight.alone == Some(moves[0])
            && weight.whatever == Some(whatever)
            && weight.may_be_impossible == may_be_impossible;
        if holds { Ok(()) } else { Err(self.wrong(position)) }
    }

    fn weight(&self, position: usize) -> Result<&Weight, Fault> {
        let found = self.ranges.weights.iter().find(|weight| weight.position == position);
        found.ok_or_else(|| self.wrong(position))
    }

    fn wrong(&self, position: usize) -> Fault {
        self.ranges.open.get(position).map_or(Fault::Count, |it| Fault::Weight(it.person))
    }

    /// No two patches touch, and the plan is right at both ends of each.
    fn patches(&self) -> Result<(), Fault> {
        for group in &self.ranges.groups {
            for (at, patch) in group.patches.iter().enumerate() {
                let meets = |answers: (&Vec<usize>, &Vec<usize>)| answers.0.iter().any(|it| answers.1.contains(it));
                let touches =
                    |other: &crate::study::answers::patch::Patch| patch.holds.iter().zip(&other.holds).all(meets);
                if group.patches[..at].iter().any(touches) {
                    return Err(Fault::Patch);
                }
                for end in [<[usize]>::first, <[usize]>::last] {
                    let answers: Option<Vec<usize>> = patch.holds.iter().map(|held| end(held).copied()).collect();
                    self.end(group, patch, &answers.ok_or(Fault::Patch)?)?;
                }
            }
        }
        Ok(())
    }

    fn end(&self, group: &Group, patch: &crate::study::answers::patch::Patch, answers: &[usize]) -> Result<(), Fault> {
        let mut setting = vec![0; self.ranges.open.len()];
        for (&member, &answer) in group.members.iter().zip(answers) {
            setting[member] = answer;
        }
        let claimed = patch.worth.as_ref().map(|worth| {
            let mut values = worth.base.clone();
            for ((held, shifts), answer) in patch.holds.iter().zip(&worth.shifts).zip(answers) {
                let shift = held.iter().position(|it| it == answer).and_then(|at| shifts.get(at));
                for (&figure, change) in shift.into_iter().flatten() {
                    *values.entry(figure).or_default() += change;
                }
            }
            values
        });
        let found = self.solve(&setting)?;
        let figures = || self.ranges.ranges.iter().map(|range| range.figure);
        let same = match (&found, &claimed) {
            (Some(found), Some(claimed)) => figures().all(|figure| of(found, figure) == of(claimed, figure)),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if same { Ok(()) } else { Err(Fault::Patch) }
    }

    /// Each answer by itself, the others as today.
    fn alone(&self) -> Result<(), Fault> {
        for (position, it) in self.ranges.open.iter().enumerate() {
            let weight = self.weight(position)?;
            let Some(alone) = weight.alone else { continue };
            let mut line = Vec::new();
            for answer in 0..it.answers.len() {
                let mut setting = vec![0; self.ranges.open.len()];
                setting[position] = answer;
                line.push(self.solve(&setting)?);
            }
            let line: Vec<Option<&Values>> = line.iter().map(Option::as_ref).collect();
            if moved(&line) != alone || weight.may_be_impossible != line.iter().any(Option::is_none) {
                return Err(self.wrong(position));
            }
        }
        Ok(())
    }

    /// Bounds are found again, and hold what was reached.
    fn bounds(&self) -> Result<(), Fault> {
        let mut again = BTreeMap::new();
        if !self.ranges.is_whole() {
            let mut search = Search::new(self.case, self.scenario, &self.ranges.open, self.limits);
            let today = self.ranges.ranges.iter().map(|range| (range.figure, range.today)).collect();
            again = bounds(&mut search, &today)?;
        }
        for range in &self.ranges.ranges {
            let [worst, best] = [range.worst.value, range.best.value].map(|value| toward(range.figure, value));
            let Bound { worst: least, best: most } = range.bound;
            let holds = least.is_none_or(|least| toward(range.figure, least) <= worst)
                && most.is_none_or(|most| best <= toward(range.figure, most));
            if !holds || again.get(&range.figure).copied().unwrap_or_default() != range.bound {
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

fn moved(line: &[Option<&Values>]) -> Moves {
    LOOKED_AT.map(|figure| {
        let values = || line.iter().flatten().map(|values| of(values, figure));
        values().max().zip(values().min()).map_or(0, |(most, least)| most - least)
    })
}
