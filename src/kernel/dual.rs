//! Guesses multipliers whose bound is high: a proximal bundle.
//!
//! The bound as a function of the multipliers is concave and piecewise linear; each evaluation is one exact assignment
//! and gives a cut. A small quadratic programme picks the next multipliers (Lemaréchal 1978; Frangioni 2002,
//! SIAM J. Optim. 13). Floating point chooses where to look; the value of every look is an exact integer, so a poor guess
//! costs time and never truth. The weights of the cuts average the assignments, which tells `search` where to branch.

use crate::kernel::bundle::Bundle;
use crate::kernel::domain::Domain;
use crate::kernel::incidence::{Incidence, Running};
use crate::kernel::problem::{Point, Problem, Row};
use crate::kernel::relax::{Bound, Relaxation, Sizes, Weights};
use crate::kernel::transport::WIDEST;
use crate::kernel::{MULTIPLIER_PRECISION, MULTIPLIER_SCALE, NARROW, NARROW_LISTS};

/// Length of the first step in a large case, of what the objective's largest coefficient is worth or of where it begins.
const FIRST_STEP: f64 = 0.03;

/// What the caller says after an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Look further.
    Go,
    /// Enough.
    Stop,
}

/// What an ascent found.
#[derive(Clone)]
pub(crate) struct Ascent {
    /// The multipliers of the highest bound.
    pub(crate) weights: Weights,
    /// That bound, weighted by `weights.objective`.
    pub(crate) value: i128,
    /// The cuts at the end; their shares average the assignments.
    pub(crate) bundle: Bundle,
}

/// What is bounded: a problem with its objective, laid out, over the options still open.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) objective: &'a Row,
    pub(crate) incidence: &'a Incidence,
    pub(crate) domain: &'a Domain,
}

/// Below the root, a step is worth taking that may close so much of the gap.
const WORTH: f64 = 0.005;

/// Scales that make every row and the objective comparable: largest coefficient one.
struct Scales {
    objective: f64,
    rows: Vec<f64>,
    /// How often a coefficient can be added up.
    paths: f64,
    /// Sums up to this fit 64 bits.
    room: f64,
    /// Below this scale rows would be priced too coarsely.
    least: f64,
}

/// Where an ascent begins, and how far it may go.
#[derive(Clone, Copy)]
pub(crate) struct Start<'a> {
    pub(crate) weights: &'a Weights,
    /// Cuts of the node above, or of the same node with other rows.
    pub(crate) bundle: Option<&'a Bundle>,
    /// Whether a step must close some of the gap to the cutoff.
    pub(crate) is_hasty: bool,
    /// Values of the objective above this are not wanted.
    pub(crate) cutoff: i64,
    pub(crate) iterations: usize,
}

/// Climbs from the start until `visit` says stop, the bundle has converged, or the iterations are used up.
///
/// Below the root, cuts of the node above and the cutoff say when a step is not worth taking.
/// `visit` sees every evaluation: the relaxation as it stands, the weights, and the exact bound.
/// `None` where an evaluation showed the domain to be empty (its prices are in the relaxation).
pub(crate) fn ascend(
    view: &View<'_>,
    relaxation: &mut Relaxation,
    running: &mut Running,
    from: &Start<'_>,
    visit: &mut dyn FnMut(&Relaxation, &Weights, i128) -> Next,
) -> Option<Ascent> {
    let View { problem, objective, domain, .. } = *view;
    let Start { weights: start, bundle: inherited, is_hasty, cutoff, iterations } = *from;
    let network = &problem.network;
    let scales = Scales::new(view);
    let sizes = Sizes::of(problem, objective, &view.incidence.scales);
    let board = view.incidence.board.as_ref();
    let patience = if board.is_some() { 1 } else { 3 };
    let mut weights = start.clone();
    let mut best_weights = start.clone();
    let mut best_value = i128::MIN;
    let mut centre = scales.guess(start);
    let mut height = f64::NEG_INFINITY;
    let mut best_level = f64::NEG_INFINITY;
    let mut bundle = match inherited {
        Some(bundle) => {
            let mut bundle = bundle.clone();
            bundle.retain(|point| (0..problem.network.agents()).all(|agent| domain.has(agent, point.choice[agent])));
            bundle
        }
        None => Bundle::new(problem.rows.len()),
    };
    let mut slope = Vec::new();
    let mut reach = 0.0f64;
    let mut idle = 0;
    for iteration in 0..iterations.max(1) {
        let Bound::AtLeast(value) = relaxation.evaluate_on(board, problem, objective, domain, &weights) else {
            return None;
        };
        let (base, point) = scales.cut(view, relaxation, running, &mut slope);
        let here = scales.guess(&weights);
        let level = base + dot(&slope, &here);
        if best_value == i128::MIN
            || level > best_level
            || (weights.objective == best_weights.objective && value > best_value)
        {
            best_level = level;
            best_value = value;
            best_weights.clone_from(&weights);
            relaxation.keep();
        }
        let next = visit(relaxation, &weights, value);
        let steep: f64 = dot(&slope, &slope);
        bundle.push(base, &slope, point);
        if next == Next::Stop || problem.rows.is_empty() {
            break;
        }
        if iteration == 0 {
            // Far from nought a short step would be lost in rounding: move by a part of where we are.
            let far = here.iter().fold(0.0f64, |most, g| most.max(g.abs()));
            reach = match steep {
                steep if steep <= 0.0 => 1.0,
                steep if network.columns() > WIDEST && far == 0.0 => FIRST_STEP / steep.sqrt(),
                steep => ((1.0 + level.abs().min(4.0)) / steep).max(0.25 * far / steep.sqrt()),
            };
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
            if idle % patience == 0 {
                reach *= 0.5;
            }
        }
        let (aim, predicted) = bundle.balance(&centre, reach);
        let gap = if is_hasty { (cutoff as f64 / scales.objective - height).max(0.0) } else { 0.0 };
        if predicted - height < 1e-9 * (1.0 + height.abs()) + gap * WORTH {
            break;
        }
        let exact = scales.weights(&aim);
        if exact == weights || !sizes.hold(&exact) {
            break;
        }
        weights = exact;
    }
    relaxation.restore();
    Some(Ascent { weights: best_weights, value: best_value, bundle })
}

/// Multipliers of a problem with the same rows and objective, as this one's are counted.
pub(crate) fn carry(view: &View<'_>, weights: &Weights) -> Weights {
    let scales = Scales::new(view);
    scales.weights(&scales.guess(weights))
}

impl Scales {
    fn new(view: &View<'_>) -> Self {
        let network = &view.problem.network;
        let mut rows: Vec<f64> = view.incidence.scales.iter().map(|&scale| scale as f64).collect();
        let objective = rows.pop().expect("the objective is the last row");
        let coarse: f64 = rows.iter().sum();
        // In a large case a unit of a row near its limit matters, not all agents at once.
        let (room, least) = if network.columns() > WIDEST {
            (NARROW_LISTS as f64, coarse)
        } else {
            (NARROW as f64, coarse * network.agents() as f64 * MULTIPLIER_PRECISION as f64)
        };
        Self { objective, paths: 4.0 * (network.agents().min(network.columns()) + 2) as f64, room, least, rows }
    }

    fn guess(&self, weights: &Weights) -> Vec<f64> {
        let unit = weights.objective.max(1) as f64 * self.objective;
        weights.rows.iter().zip(&self.rows).map(|(&w, s)| w as f64 * s / unit).collect()
    }

    /// The finest scale up to the usual one at which an evaluation fits 64 bits; the usual one where that is too coarse.
    fn scale(&self, guess: &[f64]) -> i128 {
        let size = self.paths * self.objective * (2.0 + guess.iter().sum::<f64>());
        let scale = 1i128 << exponent(self.room / size);
        if scale as f64 >= self.least { scale.min(MULTIPLIER_SCALE) } else { MULTIPLIER_SCALE }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a guess; saturates, and is evaluated exactly")]
    fn weights(&self, guess: &[f64]) -> Weights {
        let scale = self.scale(guess);
        let unit = scale as f64 * self.objective;
        let rows = guess.iter().zip(&self.rows).map(|(g, s)| ((g * unit / s).round() as i128).max(0)).collect();
        Weights { rows, objective: scale }
    }

    /// The last evaluation as a cut: its value without multipliers, its slope, and its point.
    fn cut(
        &self,
        view: &View<'_>,
        relaxation: &Relaxation,
        running: &mut Running,
        slope: &mut Vec<f64>,
    ) -> (f64, Point) {
        let point = Point { choice: relaxation.choice().to_vec(), on: relaxation.relaxed_switches(view.domain) };
        let mut sums = running.sums(view, &point);
        let base = sums.pop().expect("the objective is the last row") as f64 / self.objective;
        let over = |((sum, row), s): ((i64, &Row), &f64)| (sum - row.limit) as f64 / s;
        slope.clear();
        slope.extend(sums.into_iter().zip(&view.problem.rows).zip(&self.rows).map(over));
        (base, point)
    }
}

/// The power of two at or below a number from 1 on, at most 2^63; the same on every machine.
fn exponent(number: f64) -> u32 {
    let exponent = (number.max(1.0).to_bits() >> 52).saturating_sub(1023).min(63);
    u32::try_from(exponent).expect("at most 63")
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
