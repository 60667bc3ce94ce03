//! Why an outcome was not certified. Each of these is a fault of ours in the solver, and loud.

use crate::case::answer::Leaf;
use crate::case::goal::Goal;
use crate::certify::fault::Fault;
use crate::certify::rules::Breach;
use crate::id::PersonId;

/// Why an outcome was not certified.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The plan breaks rules: all of them, sorted.
    #[error("the plan breaks {} of the rules:{}", .0.len(), lines(.0))]
    Breaches(Vec<Breach>),
    /// The answer does not score the goals of the scenario, in their order, each with a proof.
    #[error(
        "the answer scores {scored} objectives or ranks with {proofs} proofs; the scenario has {wanted}, or in another \
         order"
    )]
    Objectives {
        /// Goals of the scenario.
        wanted: usize,
        /// Goals of the answer.
        scored: usize,
        /// Proofs of the answer.
        proofs: usize,
    },
    /// The value of a goal is not what was claimed.
    #[error("{goal} is {found}, not {claimed} as claimed")]
    Value {
        /// Which goal.
        goal: Goal,
        /// What the answer said.
        claimed: i64,
        /// What the plan has.
        found: i128,
    },
    /// The plan itself is better than the bound.
    #[error("{goal} is {value} in the plan, better than its bound {bound}")]
    BoundBeaten {
        /// Which goal.
        goal: Goal,
        /// What the plan has.
        value: i64,
        /// What no plan was said to beat.
        bound: i64,
    },
    /// An answer that is called best has a value short of its bound.
    #[error("{goal} is {value} and might be {bound}, yet the plan is called optimal")]
    NotOptimal {
        /// Which goal.
        goal: Goal,
        /// What the plan has.
        value: i64,
        /// What was proved.
        bound: i64,
    },
    /// The proof of a bound does not prove it.
    #[error("the bound {bound} of {goal} is not proved: {fault}")]
    BoundNotProved {
        /// Which goal.
        goal: Goal,
        /// What was claimed.
        bound: i64,
        /// What is wrong with the proof.
        #[source]
        fault: Fault,
    },
    /// The proof of impossibility does not prove it.
    #[error("that no plan keeps every rule is not proved: {0}")]
    ImpossibleNotProved(#[source] Fault),
    /// A conflict names no rule, or one twice.
    #[error("a conflict names rules, each once; this one names {0:?}")]
    Leaves(Vec<Leaf>),
    /// A conflict names something that is no enforced rule of the case.
    #[error("a conflict names {0:?}, which is no enforced rule of this case")]
    UnknownLeaf(Leaf),
    /// The moves of a plan called equally good do not name people of the case, each once.
    #[error("witness {0} does not move people of the case, each once, in ascending order")]
    WitnessOrder(usize),
    /// A plan called equally good breaks rules.
    #[error("witness {witness} breaks {} of the rules:{}", .breaches.len(), lines(.breaches))]
    WitnessBreaches {
        /// Its position.
        witness: usize,
        /// All of them, sorted.
        breaches: Vec<Breach>,
    },
    /// A plan called equally good is not.
    #[error("witness {witness} has {goal} {found}, the plan has {value}")]
    WitnessValue {
        /// Its position.
        witness: usize,
        /// Which goal.
        goal: Goal,
        /// What the plan has.
        value: i64,
        /// What the witness has.
        found: i128,
    },
    /// The undecided people are not in ascending order, or one stands twice.
    #[error("the undecided people are not in ascending order")]
    UndecidedOrder,
    /// Plan and witnesses show other alternatives for a person than was claimed.
    #[error("plan and witnesses show other alternatives for {0:?} than was claimed")]
    Undecided(PersonId),
    /// Plan and witnesses place a person differently, who was not called undecided.
    #[error("{0:?} is placed differently in an equally good plan, and was not called undecided")]
    NotNamed(PersonId),
    /// An answer that is called best has not finished the list of undecided people.
    #[error("the list of undecided people is not complete, yet the plan is called optimal")]
    Incomplete,
}

fn lines(breaches: &[Breach]) -> String {
    breaches.iter().map(|breach| format!("\n  {breach}")).collect()
}
