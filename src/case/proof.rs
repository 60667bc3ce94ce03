//! What proves a bound: multipliers and prices that anyone can multiply out in integers.
//!
//! **The statement.** Every rule and every objective is a *row*: a sum over placements that may not exceed a limit
//! (`docs/MODEL.md` defines each). A proof that objective *k* cannot be better than `bound` shows that the rows, with
//! the row "objective *k* strictly better than `bound`" added and earlier objectives kept at this plan's values or
//! better, leave no plan. A proof of impossibility shows the same of the rows without any objective.
//!
//! **A step** gives a multiplier (not negative) to some rows and a price (not positive) to some posts. For each person the
//! cheapest option still allowed (a post costs its multiplied row terms minus the post's price; no post costs nothing,
//! and is not an option for someone who must be placed), for each cover switch the cheaper of on (its multiplied row
//! terms) and off (nothing), are added up; then capacity × price of every offered post; then multiplier × limit is taken off.
//! That value is a lower bound of something that every plan keeping the rows has at most nought. So:
//! value > 0 closes the node; and any one option (or switch setting) whose own cost in place of the cheapest makes
//! the value > 0 is struck out for the rest of the node and its branches. (Weak duality; Lagrangian relaxation:
//! Geoffrion 1974, Mathematical Programming Study 2; strikes: reduced-cost fixing.)
//!
//! **A step may keep rows whole** (*blocks*: rows without switches that have no option in common) instead of multiplying them,
//! and give each person a *share* of any sign. Every option of a person costs its share less. What is added up is then: all shares; for
//! each person the cheapest open option outside the blocks, or nothing where some open option lies in a block; for each block the
//! least cost of a choice that keeps its row, at most one option for each person, and exactly one for whoever has no open
//! option elsewhere; and switches, prices and limits as before. In a block each coefficient is counted above the person's lightest
//! choice there, in wholes of the block's unit, what is left over dropped, and so is what its limit leaves. An option is
//! struck where the value with it taken, and its person away from everything else, is > 0 or does not exist. (Lagrangian
//! decomposition: Guignard & Kim 1987, Mathematical Programming 39; for assignment with knapsacks Fisher, Jaikumar & Van
//! Wassenhove 1986, Management Science 32.)
//!
//! **A step may name rounded rows**, which follow from others because people are not divided. Rows, offered posts ("no more holders
//! than seats") and people ("exactly one option") are added up with whole multipliers of any sign, what each leaves to its
//! limit counted as one more variable; everything is whole, so the sum Σ a·x = b gives Σ G(a)·x <= G(b) with
//! G(a) = (d − r)·⌊a/d⌋ + max(0, a mod d − r), where d is the divisor and r = b mod d > 0. Put back in terms of options, each person's terms
//! are counted above no post (or above the least, for someone who must be placed), and all are divided by what they
//! have in common, the limit rounded down. (Mixed integer rounding: Nemhauser & Wolsey 1990, Mathematical Programming 46.)
//! Long numbers may then be counted in grains: terms and limit divided by a whole number, each rounded down, which says
//! less and is still true, as no option is taken less than nought times. A row made so may be rounded again, with others.
//!
//! **A branch** splits one person's options, or one switch, in two; both sides must close. Nothing here knows a solver.

use crate::case::StatutoryRole;
use crate::id::{AuthorityId, PersonId, PostId};

/// Multipliers and prices that all proofs of one answer may have together; a search that has made so many stops there.
///
/// At some 45 bytes each in `plan.json` that is 45 MB, which `demerge verify` still reads.
pub const MOST_ENTRIES: usize = 1_000_000;

/// A bound (or impossibility) with what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// What is proved.
    pub claim: Claim,
    /// Rounded rows that its steps name by their places here.
    pub rounded: Vec<Rounded>,
    /// The proof tree.
    pub root: Node,
}

/// Multipliers from which a row follows by rounding; those not named are nought, and none is named twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rounded {
    /// Of rows; of rounded ones only those that stand before it.
    pub rows: Vec<(RowName, i128)>,
    /// Of offered posts: no more holders than seats.
    pub posts: Vec<(PostId, i128)>,
    /// Of people: exactly one option.
    pub people: Vec<(PersonId, i128)>,
    /// What is counted in wholes of; at least 2.
    pub divisor: i128,
    /// What the row's terms and limit are counted in at last, rounded down; at least 1.
    pub grain: i128,
}

/// What a proof proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// No plan with the goals before this position at least as good as the answer's beats `bound` on this one.
    Bound {
        /// Position among the goals of the scenario: its objectives taken apart ([`Goal`](crate::case::goal::Goal)).
        objective: usize,
        /// In the goal's own unit and sense.
        bound: i64,
    },
    /// No plan keeps every rule.
    Impossible,
}

/// A node of a proof tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Steps in order; each may strike options, and the last may close the node.
    pub steps: Vec<Step>,
    /// How the node ends.
    pub end: End,
}

/// How a node ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Its last step closes it, or the strikes left someone who must be placed without an option.
    Closed,
    /// Both sides close.
    Branch(Box<Branch>),
}

/// A split of the cases at a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// What is decided.
    pub split: Split,
    /// The cases in which it holds.
    pub inside: Node,
    /// The cases in which it does not.
    pub outside: Node,
}

/// A statement about a plan that either holds or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// The person holds one of these posts, or no post where `or_none`.
    Person {
        /// Whom it concerns.
        person: PersonId,
        /// The posts, lowest first.
        posts: Vec<PostId>,
        /// Whether having no post belongs to the inside.
        or_none: bool,
    },
    /// The switch "this role is counted as covered at this authority" is on.
    Cover(AuthorityId, StatutoryRole),
}

/// Multipliers and prices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// Positive multipliers of rows; a row not named has nought. No row stands twice.
    pub multipliers: Vec<(RowName, i128)>,
    /// Negative prices of posts; a post not named has nought. No post stands twice.
    pub prices: Vec<(PostId, i128)>,
    /// Shares of people, of either sign; a person not named has nought. No person stands twice.
    pub shares: Vec<(PersonId, i128)>,
    /// Rows kept whole, and the unit (at least 1) that their coefficients are counted in.
    pub blocks: Vec<(RowName, i64)>,
}

/// The name of a row. Its terms and limit are defined in `docs/MODEL.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowName {
    /// A goal of the scenario by position: of the claim, better than the bound; before it, at the answer's value.
    Objective(usize),
    /// A fairness clause with one or two sides, by position in `scenario.fairness`.
    Clause(usize, Side),
    /// A `preference_parity` clause by position: the first employer's rate is not too far above the second's.
    Parity(usize, AuthorityId, AuthorityId),
    /// A link by position in `case.links`, at one authority.
    Link(usize, AuthorityId, Side),
    /// A role counted as covered at an authority is held there by someone.
    Cover(AuthorityId, StatutoryRole),
    /// A row that follows by rounding, by position in the proof's [`Proof::rounded`].
    Rounded(usize),
}

/// Which side of a two-sided rule a row states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Not less than the minimum (`vacancy_gap`: the second authority not above the first; links: the second not without the first).
    Min,
    /// Not more than the maximum (`vacancy_gap`: the first authority not above the second; links: the first not without the second).
    Max,
}
