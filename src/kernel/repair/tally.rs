//! How far the rows are exceeded while agents move: row by row, or all rows of a small problem side by side.
//!
//! Both count the same whole numbers, so a repair makes the same moves either way.

use pulp::{Simd, WithSimd};

use crate::kernel::LONG_REPAIR_ROUNDS;
use crate::kernel::board::{self, Board};
use crate::kernel::incidence::Incidence;
use crate::kernel::problem::NONE;
use crate::kernel::repair::sweep::{Change, Sweeps};

/// What the rows may come to, and what a unit above that costs; the objective is the last row.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    pub(super) limit: Vec<i64>,
    pub(super) weight: Vec<i128>,
}

/// Sums of the rows, and what they exceed.
pub(super) trait Tally {
    /// Weighted excess of all rows.
    fn excess(&self) -> i128;

    /// What it would be after a change.
    fn after(&mut self, choice: &[u32], change: &Change) -> i128;

    /// One option in place of another.
    fn exchange(&mut self, old: u32, new: u32);

    /// Rows that are broken count once more.
    fn weigh_more(&mut self);
}

/// Row by row, in numbers of any size.
pub(super) struct Terms<'a> {
    incidence: &'a Incidence,
    limits: &'a Limits,
    weight: Vec<i128>,
    sum: Vec<i64>,
    excess: i128,
}

impl<'a> Terms<'a> {
    pub(super) fn new(incidence: &'a Incidence, limits: &'a Limits, sums: &[i64]) -> Self {
        let weight = limits.weight.clone();
        let mut terms = Self { incidence, limits, weight, sum: sums.to_vec(), excess: 0 };
        terms.excess = terms.all();
        terms
    }

    fn all(&self) -> i128 {
        (0..self.sum.len()).map(|row| self.over(row)).sum()
    }

    fn over(&self, row: usize) -> i128 {
        i128::from((self.sum[row] - self.limits.limit[row]).max(0)) * self.weight[row]
    }

    /// Adds an option's terms `sign` times; returns what that does to the excess.
    fn shift(&mut self, option: u32, sign: i64) -> i128 {
        let mut change = 0;
        for &(row, k) in self.incidence.of(option) {
            let row = row as usize;
            change -= self.over(row);
            self.sum[row] += sign * k;
            change += self.over(row);
        }
        change
    }
}

impl Tally for Terms<'_> {
    fn excess(&self) -> i128 {
        self.excess
    }

    fn after(&mut self, choice: &[u32], change: &Change) -> i128 {
        let moves = &change.moves[..change.count];
        let mut after = self.excess;
        for &(agent, option) in moves {
            after += self.shift(choice[agent as usize], -1) + self.shift(option, 1);
        }
        for &(agent, option) in moves {
            self.incidence.of(option).iter().for_each(|&(row, k)| self.sum[row as usize] -= k);
            self.incidence.of(choice[agent as usize]).iter().for_each(|&(row, k)| self.sum[row as usize] += k);
        }
        after
    }

    fn exchange(&mut self, old: u32, new: u32) {
        self.excess += self.shift(old, -1) + self.shift(new, 1);
    }

    fn weigh_more(&mut self) {
        for row in 0..self.sum.len() {
            if self.over(row) > 0 {
                self.weight[row] += self.limits.weight[row];
            }
        }
        self.excess = self.all();
    }
}

/// All rows of a board side by side.
pub(super) struct Beside<'a> {
    board: &'a Board,
    limits: &'a Limits,
    sums: &'a [i64],
}

impl<'a> Beside<'a> {
    /// `None` where some excess, weighted as heavily as it may get, might not fit 64 bits.
    pub(super) fn new(board: &'a Board, limits: &'a Limits, sums: &'a [i64]) -> Option<Self> {
        let rounds = i128::try_from(LONG_REPAIR_ROUNDS).ok()? + 1;
        let most = limits.limit.iter().zip(&limits.weight).enumerate();
        let size = most.map(|(row, (&limit, weight))| (board.largest(row) + i128::from(limit).abs()) * weight * rounds);
        (size.sum::<i128>() < 1 << 62).then_some(Self { board, limits, sums })
    }

    pub(super) fn repair(self, sweeps: Sweeps<'_>) -> bool {
        let arch = self.board.arch();
        arch.dispatch(OnBoard { beside: self, sweeps })
    }
}

struct OnBoard<'a> {
    beside: Beside<'a>,
    sweeps: Sweeps<'a>,
}

impl WithSimd for OnBoard<'_> {
    type Output = bool;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> bool {
        let lanes = self.beside.board.lanes();
        board::by_lanes(lanes, self)
    }
}

impl board::Lanes for OnBoard<'_> {
    type Output = bool;

    #[inline(always)]
    fn run<const L: usize>(self) -> bool {
        self.sweeps.run(&mut Wide::<L>::new(&self.beside))
    }
}

/// What a board's tally works on; lanes without a row weigh nothing.
struct Wide<'a, const L: usize> {
    board: &'a Board,
    limits: &'a Limits,
    over: [i64; L],
    weight: [i64; L],
    excess: i64,
}

impl<'a, const L: usize> Wide<'a, L> {
    #[inline(always)]
    fn new(beside: &Beside<'a>) -> Self {
        let (mut over, mut weight) = ([0i64; L], [0i64; L]);
        for (row, (&sum, &limit)) in beside.sums.iter().zip(&beside.limits.limit).enumerate() {
            over[row] = sum - limit;
            weight[row] = i64::try_from(beside.limits.weight[row]).expect("it was seen to fit");
        }
        let mut wide = Self { board: beside.board, limits: beside.limits, over, weight, excess: 0 };
        wide.excess = wide.weighted(&over);
        wide
    }

    #[inline(always)]
    fn weighted(&self, over: &[i64; L]) -> i64 {
        let mut sum = [0i64; L];
        for l in 0..L {
            sum[l] = over[l].max(0) * self.weight[l];
        }
        sum.iter().sum()
    }

    #[inline(always)]
    fn shift(&self, over: &mut [i64; L], old: u32, new: u32) {
        if old != NONE {
            let terms = self.board.terms::<L>(old as usize);
            for l in 0..L {
                over[l] -= terms[l];
            }
        }
        if new != NONE {
            let terms = self.board.terms::<L>(new as usize);
            for l in 0..L {
                over[l] += terms[l];
            }
        }
    }
}

impl<const L: usize> Tally for Wide<'_, L> {
    #[inline(always)]
    fn excess(&self) -> i128 {
        self.excess.into()
    }

    #[inline(always)]
    fn after(&mut self, choice: &[u32], change: &Change) -> i128 {
        let mut over = self.over;
        for &(agent, option) in &change.moves[..change.count] {
            self.shift(&mut over, choice[agent as usize], option);
        }
        self.weighted(&over).into()
    }

    #[inline(always)]
    fn exchange(&mut self, old: u32, new: u32) {
        let mut over = self.over;
        self.shift(&mut over, old, new);
        self.over = over;
        self.excess = self.weighted(&over);
    }

    fn weigh_more(&mut self) {
        for (row, own) in self.limits.weight.iter().enumerate() {
            if self.over[row] > 0 {
                self.weight[row] += i64::try_from(*own).expect("it was seen to fit");
            }
        }
        self.excess = self.weighted(&self.over);
    }
}
