//! Guesses multipliers whose bound is high: a proximal bundle.
//!
//! The bound as a function of the multipliers is concave and piecewise linear; each evaluation is one exact assignment
//! and gives a cut. A small quadratic programme picks the next multipliers (Lemaréchal 1978; Frangioni 2002,
//! SIAM J. Optim. 13). Floating point chooses where to look; the value of every look is an exact integer, so a poor guess
//! costs time and never truth. The weights of the cuts average the assignments, which tells `search` where to branch.

use crate::kernel::domain::Domain;
use crate::kernel::incidence::Incidence;
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Weights};
use crate::kernel::{BUNDLE_SIZE, MULTIPLIER_SCALE};

/// What the caller says after an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Look further.
    Go,
    /// Enough.
    Stop,
}

/// What an ascent found.
#[derive(Debug, Clone)]
pub(crate) struct Ascent {
    /// The multipliers of the highest bound.
    pub(crate) weights: Weights,
    /// That bound, weighted by `weights.objective`.
    pub(crate) value: i128,
    /// Assignments with their shares in the average at the end; the shares sum to one.
    pub(crate) average: Vec<(Point, f64)>,
}

/// What is bounded: a problem with its objective, laid out, over the options still open.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) objective: &'a Row,
    pub(crate) incidence: &'a Incidence,
    pub(crate) domain: &'a Domain,
}

struct Cut {
    base: f64,
    slope: Vec<f64>,
    share: f64,
    point: Point,
}

/// Scales that make every row and the objective comparable: largest coefficient one.
struct Scales {
    objective: f64,
    rows: Vec<f64>,
}

/// Climbs from `start` until `visit` says stop, the bundle has converged, or the iterations are used up.
///
/// `visit` sees every evaluation: the relaxation as it stands, the weights, and the exact bound.
/// `None` where an evaluation showed the domain to be empty (its prices are in the relaxation).
pub(crate) fn ascend(
    view: &View<'_>,
    relaxation: &mut Relaxation,
    start: &Weights,
    iterations: usize,
    visit: &mut dyn FnMut(&Relaxation, &Weights, i128) -> Next,
) -> Option<Ascent> {
    let View { problem, objective, domain, .. } = *view;
    let scales = Scales {
        objective: objective.scale() as f64,
        rows: problem.rows.iter().map(|row| row.scale() as f64).collect(),
    };
    let mut weights = start.clone();
    let mut best = Ascent { weights: start.clone(), value: i128::MIN, average: Vec::new() };
    let mut centre = scales.guess(start);
    let mut height = f64::NEG_INFINITY;
    let mut best_level = f64::NEG_INFINITY;
    let mut cuts: Vec<Cut> = Vec::new();
    let mut reach = 0.0f64;
    let mut idle = 0;
    for iteration in 0..iterations.max(1) {
        let Bound::AtLeast(value) = relaxation.evaluate(problem, objective, domain, &weights) else { return None };
        let cut = scales.cut(view, relaxation);
        let here = scales.guess(&weights);
        let level = cut.base + dot(&cut.slope, &here);
        if best.value == i128::MIN
            || level > best_level
            || (weights.objective == best.weights.objective && value > best.value)
        {
            best_level = level;
            best.value = value;
            best.weights.clone_from(&weights);
        }
        let next = visit(relaxation, &weights, value);
        let steep: f64 = dot(&cut.slope, &cut.slope);
        push(&mut cuts, cut);
        if next == Next::Stop || problem.rows.is_empty() {
            break;
        }
        if iteration == 0 {
            // Far from nought a short step would be lost in rounding: move by a part of where we are.
            let far = here.iter().fold(0.0f64, |most, g| most.max(g.abs()));
            reach =
                if steep > 0.0 { ((1.0 + level.abs().min(4.0)) / steep).max(0.25 * far / steep.sqrt()) } else { 1.0 };
        }
        if iteration == 0 || level > height + 1e-12 * (1.0 + height.abs()) {
            if iteration > 0 {
                reach *= if idle == 0 { 2.0 } else { 1.2 };
            }
            height = level;
            centre = here;
            idle = 0;
        } else {
            idle += 1;
            if idle % 3 == 0 {
                reach *= 0.5;
            }
        }
        let aim = balance(&mut cuts, &centre, reach);
        let predicted = cuts.iter().map(|cut| cut.base + dot(&cut.slope, &aim)).fold(f64::INFINITY, f64::min);
        if predicted - height < 1e-9 * (1.0 + height.abs()) {
            break;
        }
        let exact = scales.weights(&aim);
        if exact == weights || !exact.fits(problem, objective) {
            break;
        }
        weights = exact;
    }
    best.average = cuts.into_iter().filter(|cut| cut.share > 1e-6).map(|cut| (cut.point, cut.share)).collect();
    Some(best)
}

impl Scales {
    fn guess(&self, weights: &Weights) -> Vec<f64> {
        let unit = weights.objective.max(1) as f64 * self.objective;
        weights.rows.iter().zip(&self.rows).map(|(&w, s)| w as f64 * s / unit).collect()
    }

    #[expect(clippy::cast_possible_truncation, reason = "a guess; saturates, and is evaluated exactly")]
    fn weights(&self, guess: &[f64]) -> Weights {
        let unit = MULTIPLIER_SCALE as f64 * self.objective;
        let rows = guess.iter().zip(&self.rows).map(|(g, s)| ((g * unit / s).round() as i128).max(0)).collect();
        Weights { rows, objective: MULTIPLIER_SCALE }
    }

    fn cut(&self, view: &View<'_>, relaxation: &Relaxation) -> Cut {
        let point = Point { choice: relaxation.choice().to_vec(), on: relaxation.relaxed_switches(view.domain) };
        let mut sums = Vec::new();
        view.incidence.sums(view.problem, view.objective, &point, &mut sums);
        let base = sums.pop().expect("the objective is the last row") as f64 / self.objective;
        let over = |((sum, row), s): ((i64, &Row), &f64)| (sum - row.limit) as f64 / s;
        let slope = sums.into_iter().zip(&view.problem.rows).zip(&self.rows).map(over).collect();
        Cut { base, slope, share: 0.0, point }
    }
}

fn push(cuts: &mut Vec<Cut>, mut cut: Cut) {
    if cuts.is_empty() {
        cut.share = 1.0;
    }
    if cuts.len() >= BUNDLE_SIZE {
        let (least, _) =
            cuts.iter().enumerate().min_by(|a, b| a.1.share.total_cmp(&b.1.share)).expect("the bundle is not empty");
        let lost = cuts.remove(least).share;
        let kept: f64 = cuts.iter().map(|cut| cut.share).sum();
        if kept > 0.0 {
            cuts.iter_mut().for_each(|cut| cut.share *= (kept + lost) / kept);
        } else {
            cut.share = 1.0;
        }
    }
    cuts.push(cut);
}

/// Shares of the cuts and the multipliers that they aim at: least over shares of the best proximal value.
fn balance(cuts: &mut [Cut], centre: &[f64], reach: f64) -> Vec<f64> {
    let mut drift = vec![0.0; centre.len()];
    for cut in cuts.iter() {
        for (d, s) in drift.iter_mut().zip(&cut.slope) {
            *d += cut.share * s;
        }
    }
    let aim_at =
        |drift: &[f64]| -> Vec<f64> { centre.iter().zip(drift).map(|(c, d)| (c + reach * d).max(0.0)).collect() };
    let mut aim = aim_at(&drift);
    for _ in 0..80 {
        let level = |cut: &Cut| cut.base + dot(&cut.slope, &aim);
        let levels: Vec<f64> = cuts.iter().map(level).collect();
        let mut low = 0;
        let mut high = None;
        for (i, cut) in cuts.iter().enumerate() {
            if levels[i] < levels[low] {
                low = i;
            }
            if cut.share > 0.0 && high.is_none_or(|h: usize| levels[i] > levels[h]) {
                high = Some(i);
            }
        }
        let high = high.expect("the shares sum to one");
        let gap = levels[high] - levels[low];
        if gap <= 1e-10 * (1.0 + levels[low].abs()) {
            break;
        }
        let bend: f64 = cuts[low].slope.iter().zip(&cuts[high].slope).map(|(a, b)| (a - b) * (a - b)).sum();
        let step = if bend > 0.0 { (gap / (reach * bend)).min(cuts[high].share) } else { cuts[high].share };
        cuts[low].share += step;
        cuts[high].share -= step;
        for (d, (a, b)) in drift.iter_mut().zip(cuts[low].slope.iter().zip(&cuts[high].slope)) {
            *d += step * (a - b);
        }
        aim = aim_at(&drift);
    }
    aim
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
