//! What answers that are still to come could change: each outcome at its best and worst, over all possible answers.
//!
//! Someone who has not answered is no "no preference": until they answer, each outcome is a range. Every combination of
//! answers is a case of its own, and what is said of it is what `solve` would say of that case. Most need no solve of their
//! own: people who cannot come into each other's way are taken apart (`groups`), and one plan is often the plan of many
//! combinations (`patch`). Where there are too many, what was tried is a range that is reached, beside bounds that are
//! proved (`bounds`). `check` solves again whatever is claimed. It knows no words and no format.

pub mod bounds;
pub mod check;
pub mod figure;
pub mod groups;
pub mod open;
pub mod patch;
mod search;
pub mod weight;

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::scenario::{Scenario, Sense};
use crate::certify::Refusal;
use crate::solve::Limits;
use crate::study::answers::bounds::{Bound, bounds};
use crate::study::answers::figure::{Figure, Values, measure};
use crate::study::answers::groups::groups;
use crate::study::answers::open::{Open, open};
use crate::study::answers::patch::Patch;
use crate::study::answers::search::{Search, Solved};
use crate::study::answers::weight::{Weight, weights};

/// How many plans are solved at most unless somebody asks for more; some seconds for a case of fifty people.
pub const MOST_SOLVES: usize = 1_000;

/// Beside a plan whom to ask is found where no more answers than these are open, in a case of at most so many people.
const MOST_ASKED: usize = 40;
const SMALL: usize = 100;

/// What became of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// The ranges.
    Ranges(Box<Ranges>),
    /// No plan keeps every rule as things stand.
    Impossible,
    /// A limit was reached before the case as it stands was solved.
    Stopped,
}

/// Every outcome over all possible answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranges {
    /// Whose answers are open, lowest person first.
    pub open: Vec<Open>,
    /// People who can come into each other's way, by position in `open`, with what was found of them.
    pub groups: Vec<Group>,
    /// How many combinations of answers there are; the largest number stands for itself and all beyond.
    pub combinations: u128,
    /// Of how many the outcome is known.
    pub known: u128,
    /// Of these, how many leave no plan that keeps every rule.
    pub without_plan: u128,
    /// Plans that were solved and certified.
    pub solves: usize,
    /// Whether the time limit or Ctrl-C ended it.
    pub is_cut: bool,
    /// Every outcome.
    pub ranges: Vec<Range>,
    /// Whose answer matters most, the first to be asked first.
    pub weights: Vec<Weight>,
}

/// People whose answers can come into each other's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Positions in [`Ranges::open`], lowest first.
    pub members: Vec<usize>,
    /// Combinations of their answers with what comes of them, everybody else as today; none stands in two of them.
    pub patches: Vec<Patch>,
    /// Whether the patches hold every combination.
    pub is_whole: bool,
}

/// One outcome at its worst, today and at its best.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Which outcome.
    pub figure: Figure,
    /// Its value as things stand.
    pub today: i64,
    /// Its worst value among the combinations known.
    pub worst: Extreme,
    /// Its best value among the combinations known.
    pub best: Extreme,
    /// What no combination goes beyond, where not every one is known and something is proved.
    pub bound: Bound,
}

/// A value with answers that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// The value.
    pub value: i64,
    /// For everyone in [`Ranges::open`] the position of their answer.
    pub setting: Vec<usize>,
}

impl Ranges {
    /// Whether the outcome of every combination is known.
    pub fn is_whole(&self) -> bool {
        self.groups.iter().all(|group| group.is_whole)
    }

    /// The range of one outcome.
    pub fn range(&self, figure: Figure) -> Option<&Range> {
        self.ranges.iter().find(|range| range.figure == figure)
    }
}

/// Whose answers are open and what each moves alone, without the ranges: a few solves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Whose answers are open, lowest person first.
    pub open: Vec<Open>,
    /// Whose answer matters most, the first to be asked first.
    pub weights: Vec<Weight>,
}

/// Whom to ask first; none where nobody's answer is open, where there is no plan, or where it might take long.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn ask(case: &Case, scenario: &Scenario, limits: &Limits<'_>) -> Result<Option<Asked>, Refusal> {
    let open = open(case, scenario);
    let answers: usize = open.iter().map(|it| it.answers.len()).sum();
    if open.is_empty() || answers > MOST_ASKED || case.people.len() > SMALL {
        return Ok(None);
    }
    let mut search = Search::new(case, scenario, &open, limits);
    let now = search.today();
    let Some(Solved::Best(plan)) = search.solve(&now)? else { return Ok(None) };
    let today = measure(&search.variant(&now), &plan);
    let singles = (0..open.len()).map(|position| search.cover(vec![position], MOST_SOLVES));
    let singles = singles.collect::<Result<Vec<Group>, Refusal>>()?;
    let weights = weights(&open, &today, &singles, &[]);
    Ok(Some(Asked { open, weights }))
}

/// Finds the range of every outcome with at most so many solves.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn ranges(case: &Case, scenario: &Scenario, most: usize, limits: &Limits<'_>) -> Result<Answered, Refusal> {
    let open = open(case, scenario);
    let mut search = Search::new(case, scenario, &open, limits);
    let now = search.today();
    let today = match search.solve(&now)? {
        Some(Solved::Best(plan)) => measure(&search.variant(&now), &plan),
        Some(Solved::Impossible) => return Ok(Answered::Impossible),
        None => return Ok(Answered::Stopped),
    };
    // One answer at a time comes first: it is what "whose answer matters" rests on.
    let singles = (0..open.len()).map(|position| search.cover(vec![position], most));
    let singles = singles.collect::<Result<Vec<Group>, Refusal>>()?;
    let mut parts = groups(case, scenario, &open);
    parts.sort_by_key(|members| (combinations(&open, members), members.clone()));
    // Bounds, where they may be needed, take a few solves, and are worth more than as many combinations.
    let mut bound = BTreeMap::new();
    let at_most = sum(parts.iter().map(|members| combinations(&open, members)));
    if at_most.saturating_add(search.solves() as u128) > most as u128 {
        bound = bounds(&mut search, &today)?;
        search.try_ends(&parts)?;
    }
    let all = parts.into_iter().map(|members| search.cover(members, most));
    let mut all = all.collect::<Result<Vec<Group>, Refusal>>()?;
    all.sort_by(|a, b| a.members.cmp(&b.members));
    search.add_tried(&mut all, &singles);
    if all.iter().all(|group| group.is_whole) {
        bound.clear();
    }
    let (solves, is_cut) = (search.solves(), search.is_cut());
    let everyone: Vec<usize> = (0..open.len()).collect();
    let known = product(all.iter().map(|group| sum(group.patches.iter().map(Patch::size))));
    let feasible = product(
        all.iter().map(|group| sum(group.patches.iter().filter(|patch| patch.worth.is_some()).map(Patch::size))),
    );
    let ranges = figures(&today, &all).into_iter().map(|figure| range(&open, &today, &all, &bound, figure)).collect();
    let weights = weights(&open, &today, &singles, &all);
    Ok(Answered::Ranges(Box::new(Ranges {
        combinations: combinations(&open, &everyone),
        known,
        without_plan: known.saturating_sub(feasible),
        solves,
        is_cut,
        ranges,
        weights,
        groups: all,
        open,
    })))
}

/// How many combinations of the members' answers there are.
fn combinations(open: &[Open], members: &[usize]) -> u128 {
    product(members.iter().map(|&member| open[member].answers.len() as u128))
}

fn product(factors: impl Iterator<Item = u128>) -> u128 {
    factors.fold(1, u128::saturating_mul)
}

fn sum(parts: impl Iterator<Item = u128>) -> u128 {
    parts.fold(0, u128::saturating_add)
}

/// Every outcome that has a value under some combination, in their order.
fn figures(today: &Values, groups: &[Group]) -> Vec<Figure> {
    let worths = groups.iter().flat_map(|group| &group.patches).filter_map(|patch| patch.worth.as_ref());
    let mut all: Vec<Figure> = worths.flat_map(|worth| worth.figures()).chain(today.keys().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Groups do not touch each other, so what each adds to today's value adds up, and each is best or worst by itself.
fn range(open: &[Open], today: &Values, groups: &[Group], bound: &BTreeMap<Figure, Bound>, figure: Figure) -> Range {
    let now = today.get(&figure).copied().unwrap_or(0);
    let (up, down) = match figure.sense() {
        Sense::Most => (1, -1),
        Sense::Least => (-1, 1),
    };
    let extreme = |sign: i64| {
        let mut extreme = Extreme { value: now, setting: vec![0; open.len()] };
        for group in groups {
            let (value, answers) = furthest(group, figure, sign).unwrap_or((now, vec![0; group.members.len()]));
            extreme.value += value - now;
            for (&member, answer) in group.members.iter().zip(answers) {
                extreme.setting[member] = answer;
            }
        }
        extreme
    };
    let bound = bound.get(&figure).copied().unwrap_or_default();
    Range { figure, today: now, worst: extreme(down), best: extreme(up), bound }
}

/// The value furthest in a direction, by answers as near to today as there are; none where no patch has a plan.
fn furthest(group: &Group, figure: Figure, sign: i64) -> Option<(i64, Vec<usize>)> {
    let of_patch = |patch: &Patch| {
        let (value, answers) = patch.worth.as_ref()?.furthest(patch, figure, sign);
        let changed = answers.iter().filter(|&&answer| answer != 0).count();
        Some((-sign * value, changed, answers))
    };
    let (value, _, answers) = group.patches.iter().filter_map(of_patch).min()?;
    Some((-sign * value, answers))
}
