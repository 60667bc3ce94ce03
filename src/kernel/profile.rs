//! Objectives over ranks: how many have their first, second, … choice, as rows to be made least one after the other.
//!
//! Greedy, generous and rank-maximal matchings (Irving, Kavitha, Mehlhorn, Michail & Paluch 2006, ACM Trans. Algorithms 2;
//! Kwanashie, Irving, Manlove & Sng 2014, IWOCA). Each level is a row of its own: whole numbers stay small however many
//! ranks there are.

use std::collections::BTreeSet;

use crate::kernel::problem::{NONE, Network, Point, Row};
use crate::kernel::relax::Step;
use crate::kernel::search::{Node, Tree};
use crate::kernel::stages::Stages;

/// The rank of an arc that has none; it counts as placed and nothing else.
pub const UNRANKED: u32 = u32::MAX;

/// In which order ranks count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Most at the best rank, then most at the next.
    BestFirst,
    /// Fewest at the worst rank, then fewest at the next worst.
    WorstFirst,
}

/// Fewest agents out.
pub fn placed(network: &Network) -> Row {
    row(network, |_| -1)
}

/// Least sum of ranks, the best counting 1.
pub fn rank_sum(network: &Network, ranks: &[u32]) -> Row {
    row(network, |arc| if ranks[arc] == UNRANKED { 0 } else { i64::from(ranks[arc]) + 1 })
}

/// One row for each rank, in the order in which they count.
///
/// `ranks`: one for each arc, the best 0, or [`UNRANKED`].
pub fn levels(network: &Network, ranks: &[u32], order: Order) -> Vec<Row> {
    let depth = ranks.iter().filter(|&&rank| rank != UNRANKED).max().map_or(0, |&rank| rank + 1);
    let level = |rank: u32, k: i64| row(network, |arc| if ranks[arc] == rank { k } else { 0 });
    match order {
        Order::BestFirst => (0..depth).map(|rank| level(rank, -1)).collect(),
        Order::WorstFirst => (0..depth).rev().map(|rank| level(rank, 1)).collect(),
    }
}

/// What was found about the worst rank.
#[derive(Debug, Clone)]
pub struct Worst {
    /// The best point, with its worst rank; `None` where nobody has a rank.
    pub best: Option<(Point, Option<u32>)>,
    /// Somebody has this rank or a worse one at every point; `None` where nothing is known.
    pub bound: Option<u32>,
    /// Whether the search was finished: `bound` is that of the best point, or there is no point.
    pub complete: bool,
    /// What proves `bound`: the row [`over`] it cannot be nought. Where there is no point, proves that.
    pub tree: Tree,
}

/// One for each arc of this rank or a worse one; for `None`, nothing.
///
/// `ranks`: one for each arc, or [`UNRANKED`].
pub fn over(ranks: &[u32], rank: Option<u32>) -> Row {
    let worse = |&&(_, &own): &&(u32, &u32)| own != UNRANKED && rank.is_some_and(|rank| own >= rank);
    Row { arcs: (0u32..).zip(ranks).filter(|pair| worse(&pair)).map(|(arc, _)| (arc, 1)).collect(), ..Row::default() }
}

/// The best worst rank among what the stages left; holds that no worse rank is taken, if that is proved.
///
/// `ranks`: one for each arc, or [`UNRANKED`].
pub fn bottleneck(stages: &mut Stages, ranks: &[u32], should_stop: &dyn Fn() -> bool) -> Worst {
    let plain = Tree { nodes: vec![Node { steps: vec![Step { objective: 1, ..Step::default() }], branch: None }] };
    let mut found = Worst { best: None, bound: None, complete: false, tree: plain };
    let point = match stages.point() {
        Some(point) => point.clone(),
        None => {
            let any = stages.possible(&over(ranks, None), should_stop);
            let Some((point, _)) = any.best else { return Worst { complete: any.complete, tree: any.tree, ..found } };
            point
        }
    };
    let levels: BTreeSet<u32> = ranks.iter().copied().filter(|&rank| rank != UNRANKED).collect();
    let mut best = (worst(&point, ranks), point);
    while best.0 != found.bound {
        // Ranks above the bound and not worse than the best point's: is there a point below the middle one?
        let open: Vec<u32> =
            levels.iter().copied().filter(|&rank| Some(rank) > found.bound && Some(rank) <= best.0).collect();
        let middle = open[open.len() / 2];
        let below = stages.possible(&over(ranks, Some(middle)), should_stop);
        match below.best {
            Some((point, _)) => best = (worst(&point, ranks), point),
            None if below.complete => (found.bound, found.tree) = (Some(middle), below.tree),
            None => break,
        }
    }
    found.complete = best.0 == found.bound;
    if found.complete {
        stages.hold_nought(&over(ranks, Some(best.0.map_or(0, |rank| rank + 1))), best.1.clone());
    }
    found.best = Some((best.1, best.0));
    found
}

/// The worst rank that somebody has.
pub fn worst(point: &Point, ranks: &[u32]) -> Option<u32> {
    let taken = point.choice.iter().filter(|&&arc| arc != NONE).map(|&arc| ranks[arc as usize]);
    taken.filter(|&rank| rank != UNRANKED).max()
}

/// How many agents have each rank.
pub fn profile(point: &Point, ranks: &[u32]) -> Vec<u32> {
    let taken = point.choice.iter().filter(|&&arc| arc != NONE).map(|&arc| ranks[arc as usize]);
    let depth = ranks.iter().filter(|&&rank| rank != UNRANKED).max().map_or(0, |&rank| rank as usize + 1);
    let mut counts = vec![0; depth];
    for rank in taken.filter(|&rank| rank != UNRANKED) {
        counts[rank as usize] += 1;
    }
    counts
}

fn row(network: &Network, k: impl Fn(usize) -> i64) -> Row {
    let arcs = (0u32..).zip(0..network.arcs()).map(|(arc, at)| (arc, k(at))).filter(|&(_, k)| k != 0);
    Row { arcs: arcs.collect(), ..Row::default() }
}
