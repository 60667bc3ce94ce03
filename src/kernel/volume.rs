//! Guesses shares and multipliers whose block bound is high: the volume algorithm.
//!
//! Steps follow the excess of an averaged choice, not of the last one (Barahona & Anbil 2000, Mathematical Programming 87).
//! As in `dual`, floating point only chooses where to look; every look is an exact integer. The average says where to branch.

use crate::kernel::blocks::{Blocks, Shares};
use crate::kernel::domain::{Domain, choices};
use crate::kernel::dual::View;
use crate::kernel::problem::{NONE, Problem};
use crate::kernel::relax::Weights;

/// Finest scale of shares: a share is a whole number of 2^-20 of the objective's unit.
const FINEST: u32 = 20;

/// What the caller says after an evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Look further.
    Go,
    /// Enough.
    Stop,
}

/// Where an ascent starts: the best multipliers before, and how far a step went there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guess {
    pub(crate) shares: Shares,
    pace: f64,
}

/// A share for each arc.
pub(crate) type Average = Vec<f64>;

/// What an ascent found.
#[derive(Debug, Clone)]
pub(crate) struct Climb {
    /// The multipliers of the highest bound, and how far steps went at the end.
    pub(crate) guess: Guess,
    /// That bound, weighted by the objective's multiplier.
    pub(crate) value: i64,
    /// The averaged choice: a share for each arc.
    pub(crate) average: Average,
}

/// Multipliers in units of the objective; rows are scaled by their largest coefficient.
#[derive(Clone)]
struct Vector {
    agents: Vec<f64>,
    columns: Vec<f64>,
    rows: Vec<f64>,
}

/// Which multipliers are free to move, and the scales of the rows.
struct Frame {
    /// Whether an open arc of the agent lies in a block; elsewhere its share says nothing.
    agent: Vec<bool>,
    /// Whether the agent may stay out; its share is then not positive.
    out: Vec<bool>,
    column: Vec<bool>,
    row: Vec<bool>,
    scale: Vec<f64>,
}

/// The multipliers of the first relaxation as shares: everyone pays for its cheapest option. `None` where no scale fits.
pub(crate) fn begin(view: &View<'_>, blocks: &Blocks, weights: &Weights, prices: &[(u32, i128)]) -> Option<Guess> {
    let problem = view.problem;
    let unit = weights.objective.max(1) as f64;
    let mut cost = vec![0.0; problem.network.arcs()];
    let all = problem.rows.iter().zip(&weights.rows).chain([(view.objective, &weights.objective)]);
    for (row, &weight) in all {
        row.arcs.iter().for_each(|&(arc, k)| cost[arc as usize] += weight as f64 / unit * k as f64);
    }
    let mut columns = vec![0.0; problem.network.columns()];
    prices.iter().for_each(|&(column, price)| columns[column as usize] = price as f64 / unit);
    let agents = (0..problem.network.agents()).map(|agent| {
        let open = problem.network.arcs_of(agent).filter(|&arc| view.domain.arc(arc));
        let priced = open.map(|arc| cost[arc] - columns[problem.network.column[arc] as usize]);
        let least = priced.chain(view.domain.out(agent).then_some(0.0)).fold(f64::INFINITY, f64::min);
        if least.is_finite() { least } else { 0.0 }
    });
    let frame = Frame::new(view, blocks);
    let rows = weights.rows.iter().zip(&frame.row).zip(&frame.scale);
    let rows = rows.map(|((&weight, &free), scale)| if free { weight as f64 / unit * scale } else { 0.0 });
    let start = Vector { agents: agents.collect(), columns, rows: rows.collect() };
    let shares = (4..=FINEST).rev().find_map(|fine| {
        let shares = frame.shares(&start, 1 << fine);
        // Twice over, because the ascent moves away from here.
        let double = |values: &[i64]| values.iter().map(|value| value.saturating_mul(2)).collect();
        let far = Shares {
            agents: double(&shares.agents),
            columns: double(&shares.columns),
            rows: double(&shares.rows),
            objective: shares.objective,
        };
        Blocks::fits(problem, view.objective, &far).then_some(shares)
    })?;
    Some(Guess { shares, pace: 0.1 })
}

/// Climbs until `visit` says stop, the average fits, or the iterations are used up; `None`: the domain is empty.
///
/// `aim` is a value of the objective that would be enough.
pub(crate) fn climb(
    view: &View<'_>,
    blocks: &mut Blocks,
    start: &Guess,
    iterations: usize,
    aim: i64,
    visit: &mut dyn FnMut(&Blocks, &Shares, i64) -> Next,
) -> Option<Climb> {
    let View { problem, objective, incidence, domain } = *view;
    let frame = Frame::new(view, blocks);
    let unit = start.shares.objective as f64;
    let mut shares = start.shares.clone();
    let mut best = Climb { guess: start.clone(), value: i64::MIN, average: vec![0.0; problem.network.arcs()] };
    let mut centre = frame.vector(&shares);
    let mut pace = start.pace;
    let (mut most, mut reds, mut stale) = (0.1, 0usize, 0usize);
    let patience = (iterations / 16).clamp(3, 20);
    for iteration in 0..iterations.max(1) {
        let value = blocks.evaluate(problem, objective, incidence, domain, &shares)?;
        let slope = frame.slope(view, blocks);
        let better = value > best.value;
        if iteration == 0 {
            blocks.chosen.iter().for_each(|&arc| best.average[arc as usize] = 1.0);
        } else {
            let average = frame.excess(view, &best.average);
            let share = frame.mix(&average, &slope, most);
            best.average.iter_mut().for_each(|part| *part *= 1.0 - share);
            blocks.chosen.iter().for_each(|&arc| best.average[arc as usize] += share);
            if better {
                if frame.along(&average, &slope) > 0.0 {
                    pace *= 1.1
                } else {
                    pace *= 1.02
                }
                reds = 0;
            } else {
                reds += 1;
                if reds >= patience {
                    (reds, pace) = (0, pace * 0.66);
                }
            }
        }
        if better {
            stale = if value - best.value.max(i64::MIN / 2) > start.shares.objective / 256 { 0 } else { stale + 1 };
            best.value = value;
            best.guess.shares.clone_from(&shares);
            centre = frame.vector(&shares);
        } else {
            stale += 1;
        }
        if stale >= 60 {
            (stale, most) = (0, f64::max(most / 2.0, 0.01));
        }
        if visit(blocks, &shares, value) == Next::Stop {
            break;
        }
        let height = best.value as f64 / unit;
        let target = (aim as f64).min(height + (0.05 * height.abs()).max(1.0));
        let excess = frame.project(&centre, frame.excess(view, &best.average));
        let steep = frame.along(&excess, &excess);
        if steep < 1e-9 || pace < 1e-4 {
            break;
        }
        let step = pace * (target - height).max(0.05) / steep;
        let moved = frame.shares(&frame.step(&centre, &excess, step), start.shares.objective);
        if moved == shares || !Blocks::fits(problem, objective, &moved) {
            break;
        }
        shares = moved;
    }
    best.guess.pace = pace.max(0.01);
    Some(best)
}

/// Whom the average has decided on, with the option; the most decided one where it has on nobody.
pub(crate) fn decided(problem: &Problem, domain: &Domain, average: &[f64]) -> Vec<(usize, u32)> {
    let top = |agent: usize| -> Option<(f64, usize, u32)> {
        let open = choices(&problem.network, agent).filter(|&option| domain.has(agent, option));
        let placed: f64 = problem.network.arcs_of(agent).map(|arc| average[arc]).sum();
        let share = |option: u32| if option == NONE { 1.0 - placed } else { average[option as usize] };
        open.map(|option| (share(option), agent, option)).max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let mut all: Vec<_> =
        (0..problem.network.agents()).filter(|&agent| domain.options(agent) > 1).filter_map(top).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let sure = all.iter().take_while(|&&(share, ..)| share > 0.9).count();
    all.into_iter().take(sure.max(1)).map(|(_, agent, option)| (agent, option)).collect()
}

impl Frame {
    fn new(view: &View<'_>, blocks: &Blocks) -> Self {
        let network = &view.problem.network;
        let mut entering = vec![0u32; network.columns()];
        network.column.iter().for_each(|&column| entering[column as usize] += 1);
        let mut row = vec![true; view.problem.rows.len()];
        blocks.exact().for_each(|kept| row[kept] = false);
        Self {
            agent: (0..network.agents()).map(|agent| blocks.touches(view.problem, view.domain, agent)).collect(),
            out: (0..network.agents()).map(|agent| view.domain.out(agent)).collect(),
            column: entering.iter().zip(&network.capacity).map(|(entering, room)| entering > room).collect(),
            row,
            scale: view.problem.rows.iter().map(|row| row.scale() as f64).collect(),
        }
    }

    fn vector(&self, shares: &Shares) -> Vector {
        let unit = shares.objective as f64;
        let plain = |values: &[i64]| values.iter().map(|&value| value as f64 / unit).collect::<Vec<f64>>();
        let rows = shares.rows.iter().zip(&self.scale).map(|(&value, scale)| value as f64 / unit * scale);
        Vector { agents: plain(&shares.agents), columns: plain(&shares.columns), rows: rows.collect() }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a guess; saturates, and is evaluated exactly")]
    fn shares(&self, vector: &Vector, objective: i64) -> Shares {
        let unit = objective as f64;
        let whole = |value: f64| (value * unit).round() as i64;
        Shares {
            agents: vector.agents.iter().map(|&value| whole(value)).collect(),
            columns: vector.columns.iter().map(|&value| whole(value).min(0)).collect(),
            rows: vector.rows.iter().zip(&self.scale).map(|(value, scale)| whole(value / scale).max(0)).collect(),
            objective,
        }
    }

    /// Excess of the last evaluation's choice.
    fn slope(&self, view: &View<'_>, blocks: &Blocks) -> Vector {
        self.sum(view, blocks.chosen.iter().map(|&arc| (arc, 1.0)))
    }

    /// Excess of an averaged choice.
    fn excess(&self, view: &View<'_>, average: &[f64]) -> Vector {
        let parts = (0u32..).zip(average).filter(|&(_, &part)| part > 0.0).map(|(arc, &part)| (arc, part));
        self.sum(view, parts)
    }

    fn sum(&self, view: &View<'_>, parts: impl Iterator<Item = (u32, f64)>) -> Vector {
        let network = &view.problem.network;
        let objective = u32::try_from(self.row.len()).expect("fewer than 2^32 rows");
        let mut sum = Vector {
            agents: vec![1.0; network.agents()],
            columns: network.capacity.iter().map(|&room| -f64::from(room)).collect(),
            rows: view.problem.rows.iter().map(|row| -(row.limit as f64)).collect(),
        };
        for (arc, part) in parts {
            sum.agents[view.problem.owner[arc as usize] as usize] -= part;
            sum.columns[network.column[arc as usize] as usize] += part;
            for &(row, k) in view.incidence.of(arc).iter().filter(|&&(row, _)| row != objective) {
                sum.rows[row as usize] += part * k as f64;
            }
        }
        sum.agents.iter_mut().zip(&self.agent).for_each(|(over, &free)| *over = if free { *over } else { 0.0 });
        sum.columns.iter_mut().zip(&self.column).for_each(|(over, &free)| *over = if free { -*over } else { 0.0 });
        let rows = sum.rows.iter_mut().zip(&self.row).zip(&self.scale);
        rows.for_each(|((over, &free), scale)| *over = if free { *over / scale } else { 0.0 });
        sum
    }

    fn along(&self, a: &Vector, b: &Vector) -> f64 {
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        dot(&a.agents, &b.agents) + dot(&a.columns, &b.columns) + dot(&a.rows, &b.rows)
    }

    /// The part of the new choice that makes the averaged excess least, within bounds.
    fn mix(&self, average: &Vector, new: &Vector, most: f64) -> f64 {
        let (aa, ab, bb) = (self.along(average, average), self.along(average, new), self.along(new, new));
        let bend = aa - 2.0 * ab + bb;
        let best = if bend > 0.0 { (aa - ab) / bend } else { most };
        best.clamp(most / 10.0, most)
    }

    /// The excess without what pushes a multiplier over its end.
    fn project(&self, centre: &Vector, mut excess: Vector) -> Vector {
        let at_end = |value: f64| value > -1e-12;
        for ((over, &value), &out) in excess.agents.iter_mut().zip(&centre.agents).zip(&self.out) {
            *over = if out && at_end(value) { over.min(0.0) } else { *over };
        }
        for (over, &value) in excess.columns.iter_mut().zip(&centre.columns) {
            *over = if at_end(value) { over.min(0.0) } else { *over };
        }
        for (over, &value) in excess.rows.iter_mut().zip(&centre.rows) {
            *over = if at_end(-value) { over.max(0.0) } else { *over };
        }
        excess
    }

    /// A step along the excess; what must keep its sign does.
    fn step(&self, centre: &Vector, excess: &Vector, step: f64) -> Vector {
        let moved =
            |from: &[f64], along: &[f64]| from.iter().zip(along).map(|(x, d)| x + step * d).collect::<Vec<f64>>();
        let agents = moved(&centre.agents, &excess.agents).into_iter().zip(&self.out);
        Vector {
            agents: agents.map(|(share, &out)| if out { share.min(0.0) } else { share }).collect(),
            columns: moved(&centre.columns, &excess.columns).into_iter().map(|price| price.min(0.0)).collect(),
            rows: moved(&centre.rows, &excess.rows).into_iter().map(|weight| weight.max(0.0)).collect(),
        }
    }
}
