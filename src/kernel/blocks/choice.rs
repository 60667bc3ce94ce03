//! Which rows are worth keeping whole.

use crate::kernel::blocks::{Block, Blocks};
use crate::kernel::incidence::Incidence;
use crate::kernel::knapsack::Knapsack;
use crate::kernel::problem::{NONE, Problem, greatest_common_divisor};

/// Most cells of one block at the start; a row with more is counted in coarser units.
const CELLS: i64 = 1 << 12;

impl Blocks {
    /// The rows worth keeping whole: of those that bind, the heaviest with disjoint arcs; `None` where there are none.
    ///
    /// `weights` are multipliers that show which rows bind.
    pub(crate) fn choose(problem: &Problem, incidence: &Incidence, weights: &[i128]) -> Option<Self> {
        let heft = |row: usize| weights[row].saturating_mul(problem.rows[row].scale().into());
        let mut order: Vec<usize> =
            (0..problem.rows.len()).filter(|&row| weights[row] > 0 && is_knapsack(problem, row, incidence)).collect();
        order.sort_by_key(|&row| std::cmp::Reverse(heft(row)));
        let mut blocks: Vec<Block> = Vec::new();
        let mut block_of = vec![NONE; problem.network.arcs()];
        for row in order {
            let arcs = &problem.rows[row].arcs;
            if arcs.iter().all(|&(arc, _)| block_of[arc as usize] == NONE) {
                let block = u32::try_from(blocks.len()).expect("fewer than 2^32 rows");
                arcs.iter().for_each(|&(arc, _)| block_of[arc as usize] = block);
                blocks.push(Block::new(problem, row, incidence));
            }
        }
        if blocks.is_empty() {
            return None;
        }
        Some(Self {
            knapsacks: vec![Knapsack::default(); blocks.len()],
            room: vec![0; blocks.len()],
            least: vec![0; blocks.len()],
            cost: Vec::new(),
            switch_cost: Vec::new(),
            outside: Vec::new(),
            chosen: Vec::new(),
            with_arc: Vec::new(),
            with_out: Vec::new(),
            apart: Vec::new(),
            evaluations: 0,
            blocks,
            block_of,
        })
    }
}

/// What a row has room for and the most that it could need, in units of its greatest common divisor, which comes third.
///
/// Everyone may stay away from it here.
pub(super) fn rooms(problem: &Problem, row: usize, incidence: &Incidence) -> (i64, i64, i64) {
    let terms = &problem.rows[row];
    let divisor = terms.arcs.iter().fold(0, |divisor, &(_, k)| greatest_common_divisor(divisor, k.into())).max(1);
    let divisor = i64::try_from(divisor).expect("no larger than a coefficient");
    let (mut room, mut most) = (terms.limit, 0);
    for span in incidence.spans(row) {
        let own = terms.arcs[span.terms.start as usize..span.terms.end as usize].iter().map(|&(_, k)| k);
        let least = own.clone().fold(0, i64::min);
        room -= least;
        most += own.fold(0, i64::max) - least;
    }
    (room.div_euclid(divisor), most / divisor, divisor)
}

/// Whether keeping the row whole can say more than its multiplier does: it may bind, and its weights differ.
fn is_knapsack(problem: &Problem, row: usize, incidence: &Incidence) -> bool {
    let terms = &problem.rows[row];
    let (room, most, _) = rooms(problem, row, incidence);
    let scale = terms.scale();
    let differs = terms.arcs.iter().any(|&(_, k)| k.abs() != scale);
    terms.switches.is_empty() && terms.gate.is_none() && (0..most).contains(&room) && differs
}

impl Block {
    pub(super) fn new(problem: &Problem, row: usize, incidence: &Incidence) -> Self {
        let (room, most, divisor) = rooms(problem, row, incidence);
        let coarser = 1 + room.min(most) / CELLS;
        Self { row: u32::try_from(row).expect("fewer than 2^32 rows"), unit: divisor * coarser, exact: coarser == 1 }
    }
}
