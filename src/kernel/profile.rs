//! Objectives over ranks: how many have their first, second, … choice, as rows to be made least one after the other.
//!
//! Greedy, generous and rank-maximal matchings (Irving, Kavitha, Mehlhorn, Michail & Paluch 2006, ACM Trans. Algorithms 2;
//! Kwanashie, Irving, Manlove & Sng 2014, IWOCA). Each level is a row of its own: whole numbers stay small however many
//! ranks there are.

use crate::kernel::problem::{NONE, Network, Point, Row};
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

/// The best worst rank among what the stages left, and whether that is proved; `None` where nobody need have a rank.
///
/// Holds that no worse rank is taken.
pub fn bottleneck(
    stages: &mut Stages,
    network: &Network,
    ranks: &[u32],
    should_stop: &dyn Fn() -> bool,
) -> (Option<u32>, bool) {
    let levels = levels(network, ranks, Order::WorstFirst);
    for (rank, level) in (0..levels.len()).rev().zip(&levels) {
        let found = stages.least(level, should_stop);
        let rank = u32::try_from(rank).ok();
        match found.best {
            Some((point, 0)) => stages.hold(level, point, 0, &found.weights),
            Some(_) => return (rank, found.bound > 0),
            None => return (rank, false),
        }
    }
    (None, true)
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
