//! Several objectives by one assignment: each so heavy that it counts before those after it.
//!
//! A price of that assignment is a number in mixed digits: so much for what is held, so much for each objective. The upper
//! digits alone are prices that prove the objectives so far (reduced costs that are not below nought in all digits are not in
//! the upper ones), so one assignment proves them all. Each proof is then made as light as it still holds, and one notch
//! heavier, so that nothing but what keeps the objectives so far costs as little. Whether it holds is seen by multiplying out.

use crate::kernel::domain::Domain;
use crate::kernel::multiply::{Costs, Range, extremes};
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Sizes, Step, Weights};

/// How many times as heavy as an objective those before it are tried to be, first; then four times as much each time.
const LIGHT: [i128; 12] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

/// What one assignment says about objectives.
pub(crate) struct Together {
    pub(crate) point: Point,
    /// For each objective its value, the step that proves it, and whether that needs the options struck before.
    pub(crate) proved: Vec<(i64, Step, bool)>,
}

/// What the objectives are held against: the problem, the options, and the multipliers that hold what was before.
pub(crate) struct Ground<'a> {
    pub(crate) problem: &'a mut Problem,
    pub(crate) domain: &'a Domain,
    pub(crate) held: &'a Weights,
}

/// What a proof is made of: the ground, and the point that it proves.
struct Proving<'a> {
    problem: &'a Problem,
    domain: &'a Domain,
    held: &'a Weights,
    point: &'a Point,
}

/// Solves as many of the objectives as one assignment proves; their rows stay in the problem, at their values.
///
/// `None` where it proves not all that were tried; then the problem is as it was.
pub(crate) fn together(ground: Ground<'_>, objectives: &[&Row], relaxation: &mut Relaxation) -> Option<Together> {
    let Ground { problem, domain, held } = ground;
    let before = problem.rows.len();
    let (bases, weights) = heaviest(problem, domain, held, objectives);
    let count = bases.len();
    if count == 0 {
        problem.rows.truncate(before);
        return None;
    }
    let nothing = Row::default();
    let evaluated = relaxation.evaluate(problem, &nothing, domain, &weights);
    let point = relaxation.point(problem);
    let values: Vec<i64> = objectives[..count].iter().map(|row| row.sum(problem, &point)).collect();
    let weighted: i128 =
        values.iter().zip(&weights.rows[before..]).map(|(&value, weight)| i128::from(value) * weight).sum();
    let tight = evaluated == Bound::AtLeast(weighted) && {
        let own = &problem.rows[..before];
        own.iter().all(|row| row.sum(problem, &point) <= row.limit)
    };
    if !tight {
        problem.rows.truncate(before);
        return None;
    }
    for (row, &value) in problem.rows[before..].iter_mut().zip(&values) {
        row.limit = value;
    }
    let digits = digits(&relaxation.step(&weights), &bases, problem.network.columns(), is_free(held));
    let proved = prove(&Proving { problem, domain, held, point: &point }, &bases, &digits);
    if proved.is_none() {
        problem.rows.truncate(before);
    }
    Some(Together {
        point,
        proved: values.into_iter().zip(proved?).map(|(v, (step, below))| (v, step, below)).collect(),
    })
}

fn is_free(held: &Weights) -> bool {
    held.rows.iter().all(|&weight| weight == 0)
}

/// As many objectives as fit, added to the rows: the range of each and more, and the multipliers.
fn heaviest(problem: &mut Problem, domain: &Domain, held: &Weights, objectives: &[&Row]) -> (Vec<i128>, Weights) {
    let before = problem.rows.len();
    let mut bases: Vec<i128> = Vec::new();
    let mut best = Weights { rows: held.rows.clone(), objective: 0 };
    let mut sizes = Sizes::new(problem, &Row::default());
    for &objective in objectives {
        let (least, most) = extremes(problem, domain, objective);
        problem.rows.push(Row { limit: 0, gate: None, ..objective.clone() });
        bases.push(i128::from(most) - i128::from(least) + 1);
        sizes.push(problem);
        let fitting = weights(held, before, &bases).filter(|weights| sizes.hold(weights));
        let Some(fitting) = fitting else {
            problem.rows.pop();
            bases.pop();
            break;
        };
        best = fitting;
    }
    (bases, best)
}

fn weights(held: &Weights, before: usize, bases: &[i128]) -> Option<Weights> {
    let mut rows = vec![0; before + bases.len()];
    let mut weight = 1i128;
    for (k, base) in bases.iter().enumerate().rev() {
        rows[before + k] = weight;
        weight = weight.checked_mul(*base)?;
    }
    for (row, &own) in rows.iter_mut().zip(&held.rows) {
        *row = own.checked_mul(weight)?;
    }
    Some(Weights { rows, objective: 0 })
}

/// The lightest that is tried and not below `least`, from light up to the base.
fn lightest(base: i128, least: i128) -> Option<i128> {
    let heavier = std::iter::successors(LIGHT.last().map(|last| last * 4), |times| times.checked_mul(4));
    let tried = LIGHT.into_iter().chain(heavier).take_while(|&times| times < base).chain([base]);
    { tried }.find(|&times| times >= least)
}

/// For what is held and then for each objective, its digit of every column's price.
fn digits(step: &Step, bases: &[i128], columns: usize, free: bool) -> Vec<Vec<i128>> {
    let mut digits = vec![vec![0; columns]; bases.len() + 1];
    for &(column, price) in &step.prices {
        let column = column as usize;
        let mut rest = price;
        for (k, &base) in bases.iter().enumerate().rev() {
            // Where nothing is held before, the first objective's is all that is left.
            let digit = if k == 0 && free { rest } else { rest - base * (2 * rest + base).div_euclid(2 * base) };
            digits[k + 1][column] = digit;
            rest = (rest - digit) / base;
        }
        digits[0][column] = rest;
    }
    digits
}

/// A step for each objective, each on the shoulders of the one before; `None` where one does not hold.
fn prove(ground: &Proving<'_>, bases: &[i128], digits: &[Vec<i128>]) -> Option<Vec<(Step, bool)>> {
    let Proving { problem, domain, held, .. } = *ground;
    let before = problem.rows.len() - bases.len();
    let named = |rows: &[i128]| -> Vec<(u32, i128)> {
        (0u32..).zip(rows.iter().copied()).filter(|&(_, weight)| weight != 0).collect()
    };
    let priced = |prices: &[i128]| -> Vec<(u32, i128)> {
        (0u32..).zip(prices.iter().copied()).filter(|&(_, price)| price != 0).collect()
    };
    let nothing = Row::default();
    let costs = |rows: Vec<(u32, i128)>, prices: &[i128]| {
        Costs::of(problem, &nothing, &Step { rows, objective: 0, prices: priced(prices), ..Step::default() })
    };
    let mut rows = held.rows.clone();
    let mut prices = digits[0].clone();
    let mut below = costs(named(&rows), &prices);
    let mut free = is_free(held);
    let mut proved = Vec::with_capacity(bases.len());
    for (k, (own, &base)) in digits[1..].iter().zip(bases).enumerate() {
        let row = u32::try_from(before + k).expect("fewer than 2^32 rows");
        let mut costs = costs(vec![(row, 1)], own);
        let notch = |over: Option<&Domain>| {
            let range = Range::of_prices(&prices, own)?;
            let range = costs.range(range, &below, problem, over, ground.point)?;
            let notch = if free { 0 } else { lightest(base, range.least)? + 1 };
            (range.least <= notch && notch <= range.most).then_some(notch)
        };
        let over_all = notch(None);
        let times = over_all.or_else(|| notch(Some(domain)))?;
        debug_assert_eq!(costs.value(problem, domain, times, &below), 0, "the step holds");
        rows.iter_mut().for_each(|weight| *weight *= times);
        rows.push(1);
        prices.iter_mut().zip(own).for_each(|(held, own)| *held = times * *held + own);
        let mut step = Step { rows: named(&rows), objective: 0, prices: priced(&prices), ..Step::default() };
        // Of the claim itself, the last row is the objective.
        step.rows.pop();
        step.objective = 1;
        proved.push((step, over_all.is_none()));
        costs.join(times, &below);
        below = costs;
        free = false;
    }
    Some(proved)
}
