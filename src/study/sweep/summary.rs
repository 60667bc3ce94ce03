//! The summary of a sweep: how seats stay empty, which roles are covered, what becomes of people, and what explains the spread.
//!
//! Rows come once, in any order, and are counted in whole numbers; fractions begin only in `statistics`, when all are in. Every
//! figure that rests on draws carries its sampling error. Draws without a plan, and draws that were stopped, are counted apart and
//! are in no other figure. Points of the grid see the same draws, so they are compared draw by draw (common random numbers).
//! It knows no file and no format.

mod explained;
mod spread;
mod statistics;
mod tally;

use crate::case::StatutoryRole;
use crate::id::{AuthorityId, PersonId, PostId};

pub use crate::study::sweep::summary::explained::{Explained, Input};
pub use crate::study::sweep::summary::spread::{Percentile, Spread};
pub use crate::study::sweep::summary::statistics::{Estimate, Probability, beyond};
pub use crate::study::sweep::summary::tally::{Seen, Tally};

/// How often something happens, of so many draws, with its interval.
pub fn chance_of(hits: u64, of: u64) -> Probability {
    statistics::probability(hits, of)
}

/// What is said of a whole sweep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Scenarios that were counted.
    pub scenarios: u64,
    /// The points of the grid, in its order.
    pub points: Vec<Point>,
    /// What each input explains of the spread of empty seats, the most first.
    pub explained: Vec<Explained>,
}

/// What is said of one point of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its number, counted from nought.
    pub point: u32,
    /// How its draws ended.
    pub draws: Draws,
    /// Empty seats of all authorities.
    pub empty: Spread,
    /// How often each number of them came, the lowest number first.
    pub bars: Vec<(i64, u64)>,
    /// Those still empty after recruitment.
    pub still_empty: Spread,
    /// People without a post who have not left.
    pub at_risk: Spread,
    /// Pay with on-cost a year, in pence.
    pub cost: Spread,
    /// Empty seats of each authority.
    pub authorities: Vec<(AuthorityId, Spread)>,
    /// Empty seats by function, in order of its word; none where nobody's place was counted.
    pub functions: Vec<(String, Spread)>,
    /// Every post that was on offer, the one most often empty first; none where nobody's place was counted.
    pub posts: Vec<PostRisk>,
    /// Every statutory role asked for.
    pub roles: Vec<RoleRisk>,
    /// That all of them are covered at once; `None` where none is asked for.
    pub all_roles: Option<Probability>,
    /// What becomes of each person; none where nobody's place was counted.
    pub people: Vec<Outcomes>,
    /// Against the best point in the same draw; `None` with a single point.
    pub regret: Option<Regret>,
}

/// How the draws of a point ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Draws {
    /// With a plan that is proved best.
    pub planned: u64,
    /// With the proof that there is no plan.
    pub impossible: u64,
    /// Stopped before either.
    pub stopped: u64,
}

impl Draws {
    /// All of them.
    pub fn all(self) -> u64 {
        self.planned + self.impossible + self.stopped
    }
}

/// How often a post has an empty seat, of the draws in which it is on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRisk {
    /// Which post.
    pub post: PostId,
    /// That a seat of it is empty.
    pub empty: Probability,
    /// Its empty seats.
    pub seats: Spread,
}

/// How often a role is covered, of the draws with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleRisk {
    /// Which authority.
    pub authority: AuthorityId,
    /// Which role.
    pub role: StatutoryRole,
    /// That it is covered.
    pub covered: Probability,
}

/// What becomes of a person, of the draws with a plan; together these are all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcomes {
    /// Who.
    pub person: PersonId,
    /// Placed at each authority, in a post that is not shared.
    pub authorities: Vec<(AuthorityId, Probability)>,
    /// Placed in a post that stays shared.
    pub retained: Probability,
    /// Without a post.
    pub at_risk: Probability,
    /// Gone.
    pub left: Probability,
}

/// A point of the grid against the best one in each draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regret {
    /// People at risk more than at the point with fewest.
    pub at_risk: Spread,
    /// Seats empty more than at the point with fewest.
    pub empty: Spread,
    /// That no other point has fewer people at risk.
    pub best: Probability,
}
