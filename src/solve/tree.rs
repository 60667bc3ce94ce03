//! The kernel's proof tree in the words of the case.

use crate::case::proof::{Branch, Claim, End, Node, Proof, RowName, Split, Step};
use crate::kernel::relax;
use crate::kernel::search::{self, Tree};
use crate::model::Model;

/// A proof from a tree; `names` names its rows, `objective` the row that was least.
///
/// Without an objective its multipliers are left out: where nothing at all was found below the objective's ceiling, the
/// rows alone already close every node (the multiplied objective never exceeds multiplied ceiling).
pub(crate) fn proof(model: &Model, names: &[RowName], objective: Option<usize>, claim: Claim, tree: Tree) -> Proof {
    let mut done: Vec<Option<Node>> = Vec::new();
    done.resize_with(tree.nodes.len(), || None);
    for (id, node) in tree.nodes.into_iter().enumerate().rev() {
        let end = match node.branch {
            None => End::Closed,
            Some((split, inside, outside)) => {
                let mut take = |at: u32| done[at as usize].take().expect("children come after their parent, and once");
                let (inside, outside) = (take(inside), take(outside));
                End::Branch(Box::new(Branch { split: words(model, &split), inside, outside }))
            }
        };
        let steps = node.steps.iter().map(|step| multiplied(model, names, objective, step));
        done[id] = Some(Node { steps: steps.filter(|step| *step != Step::default()).collect(), end });
    }
    let root = done.first_mut().and_then(Option::take).expect("a tree has a root");
    Proof { claim, root }
}

fn multiplied(model: &Model, names: &[RowName], objective: Option<usize>, step: &relax::Step) -> Step {
    let rows = step.rows.iter().map(|&(row, weight)| (names[row as usize], weight));
    let own = objective.filter(|_| step.objective > 0).map(|k| (RowName::Objective(k), step.objective));
    let prices = step.prices.iter().map(|&(column, price)| (model.posts[column as usize], price));
    let shares = (0usize..).zip(&step.shares).filter(|&(_, &share)| share != 0);
    Step {
        multipliers: rows.chain(own).collect(),
        prices: prices.collect(),
        shares: shares.map(|(agent, &share)| (crate::id::Id::at(agent), share.into())).collect(),
        blocks: step.blocks.iter().map(|&(row, unit)| (names[row as usize], unit)).collect(),
    }
}

fn words(model: &Model, split: &search::Split) -> Split {
    match split {
        search::Split::Switch(switch) => {
            let (authority, role) = model.switches[*switch as usize];
            Split::Cover(authority, role)
        }
        search::Split::Agent { agent, arcs, or_out } => Split::Person {
            person: crate::id::Id::at(*agent as usize),
            posts: arcs.iter().map(|&arc| model.pair(arc).1).collect(),
            or_none: *or_out,
        },
    }
}
