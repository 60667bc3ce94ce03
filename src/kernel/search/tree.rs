//! The tree that a search leaves behind: what proves its bound.

use crate::kernel::relax::Step;

/// What is split at a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// Inside: the agent takes one of these arcs, or stays out where `or_out`.
    Agent {
        /// Which agent.
        agent: u32,
        /// Which arcs.
        arcs: Vec<u32>,
        /// Whether staying out is inside.
        or_out: bool,
    },
    /// Inside: the switch is on.
    Switch(u32),
}

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Node {
    /// Steps in order.
    pub steps: Vec<Step>,
    /// The split and the positions of the inside and the outside.
    pub branch: Option<(Split, u32, u32)>,
}

/// The nodes of a proof, the root first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    /// All nodes.
    pub nodes: Vec<Node>,
}

impl Tree {
    /// How many multipliers, prices, shares and blocks there are.
    pub(crate) fn entries(&self) -> usize {
        self.entries_from(&mut (0, 0))
    }

    /// The same, counting only what came since: nodes that were looked at, and what they have.
    pub(super) fn entries_from(&self, counted: &mut (usize, usize)) -> usize {
        let steps = self.nodes.iter().skip(counted.0).flat_map(|node| &node.steps);
        let more: usize =
            steps.map(|step| step.rows.len() + step.prices.len() + step.shares.len() + step.blocks.len() + 1).sum();
        *counted = (self.nodes.len(), counted.1 + more);
        counted.1
    }
}
