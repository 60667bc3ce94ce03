//! What is wrong with a proof.

use crate::case::proof::{Claim, RowName};
use crate::id::{PersonId, PostId};

/// Why a proof does not prove what it claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It claims something else than what it stands for.
    #[error("the proof claims something else: {0:?}")]
    OtherClaim(Claim),
    /// The case, scenario and claim have no such row.
    #[error("there is no row {0:?}")]
    UnknownRow(RowName),
    /// An objective that the claim does not allow.
    #[error("the claim does not allow the row {0:?}")]
    ObjectiveRow(RowName),
    /// A multiplier below nought.
    #[error("the row {0:?} has a multiplier below nought")]
    NegativeMultiplier(RowName),
    /// A row that stands twice in one step.
    #[error("the row {0:?} stands twice in one step")]
    RepeatedRow(RowName),
    /// A price above nought.
    #[error("the price of {0:?} is above nought")]
    PositivePrice(PostId),
    /// A post that stands twice in one step.
    #[error("the price of {0:?} stands twice in one step")]
    RepeatedPrice(PostId),
    /// A price of a post that is not offered.
    #[error("{0:?} has a price and is not offered")]
    PriceNotOffered(PostId),
    /// A share of a person that the case does not have.
    #[error("there is no person {0:?}, who has a share")]
    UnknownShare(PersonId),
    /// A person whose share stands twice in one step.
    #[error("the share of {0:?} stands twice in one step")]
    RepeatedShare(PersonId),
    /// A row that cannot be kept whole: it has a switch, its unit is below one, or it shares an option with another.
    #[error("the row {0:?} cannot be kept whole in its step")]
    NoBlock(RowName),
    /// A rounded row that cannot be derived: it names something twice, what is not there or a rounded row that does not stand
    /// before it, its divisor is below two, its grain below one, nothing is gained, or its numbers are too large.
    #[error("the rounded row {0} of the proof cannot be derived")]
    NoRounding(usize),
    /// A branch on a person or switch that the case does not have.
    #[error("node {node} splits on a person or switch that the case does not have")]
    UnknownSplit {
        /// Position in the order: node, inside, outside; the root is 1.
        node: u64,
    },
    /// A node that its steps do not close.
    #[error("node {node} stays open")]
    Open {
        /// Position in the order: node, inside, outside; the root is 1.
        node: u64,
    },
    /// A number beyond 127 bits, or a row kept whole with too many cells.
    #[error("the numbers of node {node} are too large")]
    Overflow {
        /// Position in the order: node, inside, outside; the root is 1.
        node: u64,
    },
}
