//! Rows that follow from other rows because choices are whole: mixed integer rounding.
//!
//! Rows, columns and agents are added up with whole multipliers of any sign, what is left to each limit counted as a
//! variable too, and the sum is rounded by a divisor; long numbers are then counted in grains, rounded down. What comes out holds
//! at every point, but not between points: it cuts off what multipliers alone cannot. (Gomory 1960; Nemhauser & Wolsey
//! 1990, Mathematical Programming 46; Marchand & Wolsey 2001, Operations Research 49.) A row made so may be rounded
//! again with others (Chvátal 1973, Discrete Mathematics 4). Exact, and short enough to be done again by a checker.

use crate::kernel::problem::{Problem, Row, greatest_common_divisor};

/// Multipliers from which a row follows by rounding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Rounding {
    /// `(row, multiplier)`: rows of the problem that stand before the new one.
    pub rows: Vec<(u32, i64)>,
    /// `(column, multiplier)`: of "no more agents than there is room".
    pub columns: Vec<(u32, i64)>,
    /// One for each agent, of "exactly one option".
    pub agents: Vec<i64>,
    /// What is counted in wholes of; at least 2.
    pub divisor: i64,
    /// What the row's own terms and limit are counted in, rounded down, when all else is done; at least 1.
    pub grain: i64,
}

/// Rounds down what leaves at least a remainder, and counts what is above it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notch {
    divisor: i128,
    remainder: i128,
}

impl Notch {
    /// The notch that a right-hand side sets; `None` where it is a multiple of the divisor and nothing is gained.
    pub(crate) fn new(side: i128, divisor: i64) -> Option<Self> {
        let divisor = i128::from(divisor);
        let remainder = side.rem_euclid(divisor);
        (remainder > 0).then_some(Self { divisor, remainder })
    }

    /// The multiple by which the rounded row is made whole.
    pub(crate) fn unit(self) -> i128 {
        self.divisor - self.remainder
    }

    pub(crate) fn of(self, value: i128) -> i128 {
        // Division in 128 bits is slow, and hardly ever needed.
        let (whole, part) = match (i64::try_from(value), i64::try_from(self.divisor)) {
            (Ok(value), Ok(divisor)) => (value.div_euclid(divisor).into(), value.rem_euclid(divisor).into()),
            (Ok(_), Err(_)) | (Err(_), _) => (value.div_euclid(self.divisor), value.rem_euclid(self.divisor)),
        };
        self.unit() * whole + (part - self.remainder).max(0i128)
    }
}

impl Rounding {
    /// The same, so coarse that no coefficient of its row is larger than this, and the row; `None` as for [`Rounding::row`].
    pub(crate) fn within(mut self, scale: i64, problem: &Problem) -> Option<(Row, Self)> {
        let row = self.row(problem)?;
        if row.scale() <= scale {
            return Some((row, self));
        }
        let coarser = row.scale().div_euclid(scale) + 1;
        self.grain = self.grain.checked_mul(coarser)?;
        Some((in_grains(row, coarser), self))
    }

    /// The row that follows; `None` where nothing is gained, or numbers do not fit.
    pub fn row(&self, problem: &Problem) -> Option<Row> {
        let network = &problem.network;
        let (mut arcs, mut switches) = (vec![0i128; network.arcs()], vec![0i128; problem.switches]);
        let mut side: i128 = self.agents.iter().copied().map(i128::from).sum();
        let mut columns = vec![0i128; network.columns()];
        for &(column, times) in &self.columns {
            columns[column as usize] += i128::from(times);
            side += i128::from(times) * i128::from(network.capacity[column as usize]);
        }
        for (arc, cost) in arcs.iter_mut().enumerate() {
            let owner = problem.owner[arc] as usize;
            *cost = columns[network.column[arc] as usize] + i128::from(self.agents[owner]);
        }
        for &(row, times) in &self.rows {
            let (row, times) = (&problem.rows[row as usize], i128::from(times));
            side += times * i128::from(row.limit);
            row.arcs.iter().for_each(|&(arc, k)| arcs[arc as usize] += times * i128::from(k));
            row.switches.iter().for_each(|&(switch, k)| switches[switch as usize] += times * i128::from(k));
        }
        let notch = Notch::new(side, self.divisor)?;
        let mut limit = notch.of(side);
        arcs.iter_mut().chain(&mut switches).for_each(|cost| *cost = notch.of(*cost));
        for &(row, times) in &self.rows {
            let (row, times) = (&problem.rows[row as usize], notch.of(times.into()));
            limit -= times * i128::from(row.limit);
            row.arcs.iter().for_each(|&(arc, k)| arcs[arc as usize] -= times * i128::from(k));
            row.switches.iter().for_each(|&(switch, k)| switches[switch as usize] -= times * i128::from(k));
        }
        for (column, times) in columns.iter_mut().enumerate() {
            *times = notch.of(*times);
            limit -= *times * i128::from(network.capacity[column]);
        }
        let outs: Vec<i128> = self.agents.iter().map(|&times| notch.of(times.into())).collect();
        for (arc, cost) in arcs.iter_mut().enumerate() {
            let owner = problem.owner[arc] as usize;
            let out = if network.may_stay_out[owner] { outs[owner] } else { 0 };
            *cost -= columns[network.column[arc] as usize] + out;
        }
        limit -= outs.iter().zip(&network.may_stay_out).filter(|&(_, &may)| may).map(|(out, _)| out).sum::<i128>();
        Self::narrow(problem, arcs, &switches, limit).map(|row| in_grains(row, self.grain))
    }

    /// Sets the cheapest option of whoever must have one to nought, and takes out what all have in common.
    fn narrow(problem: &Problem, mut arcs: Vec<i128>, switches: &[i128], mut limit: i128) -> Option<Row> {
        let network = &problem.network;
        for agent in (0..network.agents()).filter(|&agent| !network.may_stay_out[agent]) {
            let least = network.arcs_of(agent).map(|arc| arcs[arc]).min()?;
            arcs[network.arcs_of(agent)].iter_mut().for_each(|cost| *cost -= least);
            limit -= least;
        }
        let common = arcs.iter().chain(switches).fold(0, |common, &k| greatest_common_divisor(common, k)).max(1);
        let terms = |all: &[i128]| -> Option<Vec<(u32, i64)>> {
            let named = (0u32..).zip(all).filter(|&(_, &k)| k != 0);
            named.map(|(at, &k)| Some((at, i64::try_from(if common == 1 { k } else { k / common }).ok()?))).collect()
        };
        let limit = i64::try_from(limit.div_euclid(common)).ok()?;
        Some(Row { arcs: terms(&arcs)?, switches: terms(switches)?, limit, gate: None })
    }
}

/// Terms and limit in units of so much, rounded down: as nothing is taken less than nought times, what held still holds.
///
/// In grains of grains it is the same row as in one grain as large as both.
fn in_grains(row: Row, grain: i64) -> Row {
    if grain <= 1 {
        return row;
    }
    let terms = |all: Vec<(u32, i64)>| -> Vec<(u32, i64)> {
        all.into_iter().map(|(at, k)| (at, k.div_euclid(grain))).filter(|&(_, k)| k != 0).collect()
    };
    Row { arcs: terms(row.arcs), switches: terms(row.switches), limit: row.limit.div_euclid(grain), gate: row.gate }
}
