//! The rows of a small problem as tables, so that all of them are looked at side by side.
//!
//! Holds every coefficient, noughts included, once by option (all rows of one option next to each other) and once by row.
//! Made only where that is small and where no sum can leave 64 bits, so nothing here is checked a second time.

use pulp::{Arch, Simd, WithSimd};

use crate::kernel::domain::{Domain, Setting};
use crate::kernel::problem::{NONE, Point, Problem, Row};

/// Most coefficients that a board holds.
const MOST_CELLS: usize = 1 << 16;

/// Most rows, the objective among them.
const MOST_ROWS: usize = 64;

/// Sums of the largest coefficients and weighted coefficients stay below this.
const ROOM: i128 = 1 << 60;

/// Tables of coefficients; the objective is the last row.
#[derive(Debug, Clone)]
pub(crate) struct Board {
    /// Rows, rounded up to whole vectors.
    lanes: usize,
    rows: usize,
    arcs: usize,
    /// `lanes` numbers for each arc, then for each switch.
    by_option: Vec<i64>,
    /// One number for each arc, then for each switch, row after row.
    by_row: Vec<i64>,
    /// Largest coefficient of each row in absolute value.
    scales: Vec<i64>,
    /// Terms of one row in a sum, at most.
    terms_each: i128,
    arch: Arch,
}

/// What one look of all rows at the open options came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Struck {
    /// The rows that struck an option, or cannot hold.
    pub(crate) rows: u64,
    /// Whether a row cannot hold.
    pub(crate) closed: bool,
}

impl Board {
    /// The tables of a problem; `None` where they would be large or a sum might not fit.
    ///
    /// `scales`: the largest coefficient of each row in absolute value, the objective's last.
    pub(crate) fn new(problem: &Problem, objective: &Row, scales: &[i64]) -> Option<Self> {
        let rows = problem.rows.len() + 1;
        let lanes = rows.next_multiple_of(8);
        let (arcs, agents) = (problem.network.arcs(), problem.network.agents());
        let options = arcs + problem.switches;
        if options == 0 || rows > MOST_ROWS || options.saturating_mul(lanes) > MOST_CELLS {
            return None;
        }
        let terms = i128::try_from(agents + problem.switches + 1).ok()?;
        if !fit(terms, problem, objective, scales) {
            return None;
        }
        let (by_option, by_row) = (vec![0; options * lanes], vec![0; options * rows]);
        let scales = scales.to_vec();
        let mut board = Self { lanes, rows, arcs, by_option, by_row, scales, terms_each: terms, arch: Arch::new() };
        board.write(problem, objective, 0);
        Some(board)
    }

    /// The tables with other rows from `own` on, in the room of these where they fit.
    pub(crate) fn renew(mut self, problem: &Problem, objective: &Row, scales: &[i64], own: usize) -> Option<Self> {
        let (rows, options) = (problem.rows.len() + 1, self.options());
        if rows > self.lanes || !fit(self.terms_each, problem, objective, scales) {
            return Self::new(problem, objective, scales);
        }
        self.rows = rows;
        self.scales.clear();
        self.scales.extend_from_slice(scales);
        self.by_option.chunks_exact_mut(self.lanes).for_each(|terms| terms[own..].fill(0));
        self.by_row.truncate(own * options);
        self.by_row.resize(rows * options, 0);
        self.write(problem, objective, own);
        Some(self)
    }

    /// Writes the rows from `own` on where nothing is.
    fn write(&mut self, problem: &Problem, objective: &Row, own: usize) {
        let (lanes, options, arcs) = (self.lanes, self.options(), self.arcs);
        for (index, row) in problem.rows.iter().chain([objective]).enumerate().skip(own) {
            let of_arcs = row.arcs.iter().map(|&(arc, k)| (arc as usize, k));
            for (option, k) in of_arcs.chain(row.switches.iter().map(|&(s, k)| (arcs + s as usize, k))) {
                self.by_option[option * lanes + index] += k;
                self.by_row[index * options + option] += k;
            }
        }
    }

    #[inline(always)]
    pub(crate) fn terms<const L: usize>(&self, option: usize) -> &[i64; L] {
        self.by_option[option * L..][..L].try_into().expect("L lanes")
    }

    /// Rows, rounded up to whole vectors.
    pub(crate) fn lanes(&self) -> usize {
        self.lanes
    }

    /// The vectors that the machine has.
    pub(crate) fn arch(&self) -> Arch {
        self.arch
    }

    /// No less than the sum of a row can come to in absolute value.
    pub(crate) fn largest(&self, row: usize) -> i128 {
        self.terms_each * i128::from(self.scales[row])
    }

    fn options(&self) -> usize {
        self.by_option.len() / self.lanes
    }

    /// The sum of every row at a point, the objective's last.
    pub(crate) fn sums(&self, point: &Point, sums: &mut Vec<i64>) {
        self.arch.dispatch(Sum { board: self, point, sums });
    }

    /// Weighted coefficients of all arcs and switches; false, and nothing done, where a sum might not fit.
    pub(crate) fn price(
        &self,
        weights: &[i128],
        objective: i128,
        cost: &mut Vec<i64>,
        switches: &mut Vec<i64>,
    ) -> bool {
        let mut size = 0i128;
        for (&weight, &scale) in weights.iter().chain([&objective]).zip(&self.scales) {
            size = size.saturating_add(weight.saturating_mul(scale.into()));
        }
        if size >= ROOM {
            return false;
        }
        cost.clear();
        cost.resize(self.options(), 0);
        self.arch.dispatch(Price { board: self, weights, objective, cost });
        switches.clear();
        switches.extend_from_slice(&cost[self.arcs..]);
        cost.truncate(self.arcs);
        true
    }

    /// Every row, the objective against `cutoff`, strikes what it alone cannot bear; all look at the same options.
    pub(crate) fn strike(&self, problem: &Problem, cutoff: i64, least: &mut Vec<i64>, domain: &mut Domain) -> Struck {
        least.clear();
        least.resize((problem.network.agents() + problem.switches) * self.lanes, 0);
        self.arch.dispatch(Strike { board: self, problem, cutoff, least, domain })
    }
}

/// Whether no sum of so many terms of a row can leave its room.
fn fit(terms: i128, problem: &Problem, objective: &Row, scales: &[i64]) -> bool {
    let fits = |(row, &scale): (&Row, &i64)| terms * i128::from(scale) + i128::from(row.limit).abs() < ROOM;
    problem.rows.iter().chain([objective]).zip(scales).all(fits)
}

/// Work on all rows of a board side by side, so many lanes wide.
pub(crate) trait Lanes {
    type Output;

    fn run<const L: usize>(self) -> Self::Output;
}

#[inline(always)]
pub(crate) fn by_lanes<W: Lanes>(lanes: usize, work: W) -> W::Output {
    match lanes {
        8 => work.run::<8>(),
        16 => work.run::<16>(),
        24 => work.run::<24>(),
        32 => work.run::<32>(),
        40 => work.run::<40>(),
        48 => work.run::<48>(),
        56 => work.run::<56>(),
        _ => work.run::<MOST_ROWS>(),
    }
}

struct Sum<'a> {
    board: &'a Board,
    point: &'a Point,
    sums: &'a mut Vec<i64>,
}

impl WithSimd for Sum<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        by_lanes(self.board.lanes, self)
    }
}

impl Lanes for Sum<'_> {
    type Output = ();

    #[inline(always)]
    fn run<const L: usize>(self) {
        let Self { board, point, sums } = self;
        let mut sum = [0i64; L];
        for &choice in &point.choice {
            if choice != NONE {
                let terms = board.terms::<L>(choice as usize);
                for l in 0..L {
                    sum[l] += terms[l];
                }
            }
        }
        for switch in (0..point.on.len()).filter(|&switch| point.on[switch]) {
            let terms = board.terms::<L>(board.arcs + switch);
            for l in 0..L {
                sum[l] += terms[l];
            }
        }
        sums.clear();
        sums.extend_from_slice(&sum[..board.rows]);
    }
}

struct Price<'a> {
    board: &'a Board,
    weights: &'a [i128],
    objective: i128,
    cost: &'a mut [i64],
}

impl WithSimd for Price<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let weights = self.weights.iter().chain([&self.objective]);
        for (row, &weight) in self.board.by_row.chunks_exact(self.cost.len()).zip(weights) {
            let weight = i64::try_from(weight).expect("below the room for sums");
            if weight != 0 {
                for (cost, k) in self.cost.iter_mut().zip(row) {
                    *cost += weight * k;
                }
            }
        }
    }
}

struct Strike<'a> {
    board: &'a Board,
    problem: &'a Problem,
    cutoff: i64,
    least: &'a mut [i64],
    domain: &'a mut Domain,
}

impl WithSimd for Strike<'_> {
    type Output = Struck;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Struck {
        by_lanes(self.board.lanes, self)
    }
}

impl Lanes for Strike<'_> {
    type Output = Struck;

    #[inline(always)]
    fn run<const L: usize>(self) -> Struck {
        let network = &self.problem.network;
        let (agents, rows) = (network.agents(), self.board.rows);
        // Below any limit by more than any sum: lanes without a row never strike.
        let mut excess = [-(1i64 << 61); L];
        for (excess, row) in excess.iter_mut().zip(&self.problem.rows) {
            *excess = -row.limit;
        }
        excess[rows - 1] = -self.cutoff.min(1 << 61);
        for agent in 0..agents {
            let mut least = [if self.domain.out(agent) { 0 } else { i64::MAX }; L];
            for arc in network.arcs_of(agent).filter(|&arc| self.domain.arc(arc)) {
                let terms = self.board.terms::<L>(arc);
                for l in 0..L {
                    least[l] = least[l].min(terms[l]);
                }
            }
            for l in 0..L {
                excess[l] += least[l];
            }
            self.least[agent * L..][..L].copy_from_slice(&least);
        }
        for switch in 0..self.problem.switches {
            let mut least = [if self.domain.off(switch) { 0 } else { i64::MAX }; L];
            if self.domain.on(switch) {
                let terms = self.board.terms::<L>(self.board.arcs + switch);
                for l in 0..L {
                    least[l] = least[l].min(terms[l]);
                }
            }
            for l in 0..L {
                excess[l] += least[l];
            }
            self.least[(agents + switch) * L..][..L].copy_from_slice(&least);
        }
        if let Some(row) = excess.iter().position(|&excess| excess > 0) {
            return Struck { rows: 1 << row, closed: true };
        }
        self.close::<L>(&excess)
    }
}

impl Strike<'_> {
    /// Closes what adds more than the least of its agent by more than a row has left.
    #[inline(always)]
    fn close<const L: usize>(self, excess: &[i64; L]) -> Struck {
        let network = &self.problem.network;
        let agents = network.agents();
        let mut rows = 0;
        for agent in 0..agents {
            if self.domain.options(agent) <= 1 {
                continue;
            }
            let mut room = [0i64; L];
            for l in 0..L {
                room[l] = self.least[agent * L + l] - excess[l];
            }
            for arc in network.arcs_of(agent) {
                if self.domain.arc(arc) {
                    let over = over(self.board.terms::<L>(arc), &room);
                    if over != 0 && self.domain.close(agent, u32::try_from(arc).expect("fewer than 2^32 arcs")) {
                        rows |= over;
                    }
                }
            }
            if self.domain.out(agent) {
                let over = over(&[0; L], &room);
                if over != 0 && self.domain.close(agent, NONE) {
                    rows |= over;
                }
            }
        }
        for switch in 0..self.problem.switches {
            let mut room = [0i64; L];
            for l in 0..L {
                room[l] = self.least[(agents + switch) * L + l] - excess[l];
            }
            let on = over(self.board.terms::<L>(self.board.arcs + switch), &room);
            if on != 0 && self.domain.settle(switch, Setting::On) {
                rows |= on;
            }
            let off = over(&[0; L], &room);
            if off != 0 && self.domain.settle(switch, Setting::Off) {
                rows |= off;
            }
        }
        Struck { rows, closed: false }
    }
}

/// The rows whose room these coefficients exceed.
#[inline(always)]
fn over<const L: usize>(terms: &[i64; L], room: &[i64; L]) -> u64 {
    let mut any = false;
    for l in 0..L {
        any |= terms[l] > room[l];
    }
    if !any {
        return 0;
    }
    (0..L).filter(|&l| terms[l] > room[l]).fold(0, |rows, l| rows | 1 << l)
}
