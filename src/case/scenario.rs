//! A scenario: the structures, the policy, the order of objectives and the fairness clauses of one run.

use std::collections::{BTreeMap, BTreeSet};

use std::fmt;

use crate::case::{StatutoryRole, words};
use crate::id::{AuthorityId, PostId, StructureId};
use crate::quantity::{BasisPoints, Pence};

/// One file of `scenarios/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its id, such as `S1`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Lexicographic: each is fixed before the next. No objective stands twice.
    pub objectives: Vec<Objective>,
    /// Whether officers' decisions are used.
    pub use_pins: bool,
    /// The structure chosen for each authority.
    pub structures: BTreeMap<AuthorityId, StructureId>,
    /// Who may go where.
    pub policy: Policy,
    /// What the objective `statutory` counts.
    pub statutory_cover: StatutoryCover,
    /// Fairness clauses, in file order.
    pub fairness: Vec<FairnessRule>,
}

/// Who may go where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Which authorities a person may go to.
    pub rule: PolicyRule,
    /// Whether people of retained shared services are kept in them.
    pub retained_shared: RetainedShared,
    /// How many grades below their own a person may be placed, not negative.
    pub max_grades_down: i32,
    /// Posts into which a `promotion` match may be allocated.
    pub promotion_into: BTreeSet<PostId>,
    /// Rank counted for a post that the person did not list.
    pub unlisted_rank: u32,
    /// On-cost added to pay.
    pub on_cost: BasisPoints,
}

/// What the objective `statutory` counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatutoryCover {
    /// The roles that each authority needs, without repeats, in file order.
    pub roles: Vec<StatutoryRole>,
    /// The lowest tier (highest number) at which the role may be held.
    pub max_tier: u32,
}

/// A fairness clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FairnessRule {
    /// What is measured, and its limits.
    pub clause: Clause,
    /// Enforced, or measured only.
    pub level: Level,
}

/// What a fairness clause measures, and its limits. Meaning: `docs/RULES.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// People placed in the authority, over all people in the case.
    PeopleShare {
        /// Which authority.
        authority: AuthorityId,
        /// At least this share.
        min: Option<BasisPoints>,
        /// At most this much.
        max: Option<BasisPoints>,
    },
    /// FTE of people placed in the authority, over the FTE of all people in the case.
    FteShare {
        /// Which authority.
        authority: AuthorityId,
        /// At least this share.
        min: Option<BasisPoints>,
        /// At most this much.
        max: Option<BasisPoints>,
    },
    /// Cost of the authority's placements.
    Budget {
        /// Which authority.
        authority: AuthorityId,
        /// At most this much.
        max: Pence,
    },
    /// People placed in the authority's posts that list the function.
    Cover {
        /// Which authority.
        authority: AuthorityId,
        /// Which function, as `posts.csv` spells it.
        function: String,
        /// At least so many.
        min_people: u32,
    },
    /// Difference of the two vacancy rates, in percentage points.
    VacancyGap {
        /// The two authorities.
        authorities: [AuthorityId; 2],
        /// At most so many points.
        max_points: BasisPoints,
    },
    /// Difference of preference met between any two employers' staff, in percentage points.
    PreferenceParity {
        /// At most so many points.
        max_points: BasisPoints,
    },
}

impl Clause {
    /// The word of the scenario file for this kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Clause::PeopleShare { .. } => "people_share",
            Clause::FteShare { .. } => "fte_share",
            Clause::Budget { .. } => "budget",
            Clause::Cover { .. } => "cover",
            Clause::VacancyGap { .. } => "vacancy_gap",
            Clause::PreferenceParity { .. } => "preference_parity",
        }
    }
}

words! {
    /// What is made as good as possible, one after the other.
    Objective {
        /// People with a post; most.
        Placed = "placed",
        /// (Authority, role) pairs covered; most.
        Statutory = "statutory",
        /// People placed in the authority that they stated; most.
        Preference = "preference",
        /// Distance from a direct match; least.
        Match = "match",
        /// Ranks that people gave to their posts; least.
        Rank = "rank",
        /// Pay with on-cost, in pence; least.
        Cost = "cost",
        /// Placements outside the present employer; fewest.
        Moves = "moves",
        /// People placed in posts of criticality `statutory` or `high`; most.
        Critical = "critical",
        /// Hundredths of a mile; least.
        Travel = "travel",
        /// Among the most placed, fewest at the worst rank, then at the next worst, and so on.
        Generous = "generous",
        /// Among the most placed, most at the best rank, then at the next best, and so on.
        Greedy = "greedy",
        /// Most at the best rank, then at the next best, and so on, however many are placed.
        RankMaximal = "rank_maximal",
        /// The worst rank of anyone placed; least.
        Bottleneck = "bottleneck",
        /// People on maternity, adoption or shared parental leave who have a post; most.
        Family = "family",
    }
    /// Which authorities a person may go to.
    PolicyRule {
        /// Any.
        PreferenceInformed = "preference_informed",
        /// The present employer only.
        EmployerDefault = "employer_default",
        /// The authority with over half of the joint post, if there is one.
        TimeMajority = "time_majority",
    }
    /// Whether people of retained shared services are kept in them.
    RetainedShared {
        /// They may go anywhere.
        Release = "release",
        /// They must hold a retained shared post.
        Pin = "pin",
    }
    /// Whether a clause is enforced.
    Level {
        /// Enforced.
        Must = "must",
        /// Measured and shown.
        Report = "report",
    }
}

/// Whether more or less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// More is better.
    Most,
    /// Less is better.
    Least,
}

/// In which order an objective looks at ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankOrder {
    /// Rank 1, then 2, and so on.
    BestFirst,
    /// The highest number first.
    WorstFirst,
}

impl Objective {
    /// Whether more or less of it is better; at each rank, where it counts people at ranks.
    pub fn sense(self) -> Sense {
        match self {
            Objective::Placed
            | Objective::Statutory
            | Objective::Preference
            | Objective::Critical
            | Objective::Family
            | Objective::Greedy
            | Objective::RankMaximal => Sense::Most,
            Objective::Match
            | Objective::Rank
            | Objective::Cost
            | Objective::Moves
            | Objective::Travel
            | Objective::Generous
            | Objective::Bottleneck => Sense::Least,
        }
    }

    /// In which order it counts people at ranks; `None` where it is a single number.
    pub fn profile(self) -> Option<RankOrder> {
        match self {
            Objective::Greedy | Objective::RankMaximal => Some(RankOrder::BestFirst),
            Objective::Generous => Some(RankOrder::WorstFirst),
            Objective::Placed
            | Objective::Statutory
            | Objective::Preference
            | Objective::Match
            | Objective::Rank
            | Objective::Cost
            | Objective::Moves
            | Objective::Critical
            | Objective::Travel
            | Objective::Family
            | Objective::Bottleneck => None,
        }
    }

    /// The contract's standard order, used where a case has no scenario.
    pub const STANDARD: [Objective; 6] = [
        Objective::Placed,
        Objective::Statutory,
        Objective::Preference,
        Objective::Match,
        Objective::Rank,
        Objective::Cost,
    ];
}
