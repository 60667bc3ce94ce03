//! The kernel's proof tree in the words of the case.

use std::collections::BTreeSet;

use crate::case::proof::{Branch, Claim, End, Node, Proof, Rounded, RowName, Split, Step};
use crate::kernel::relax;
use crate::kernel::rounding::Rounding;
use crate::kernel::search::{self, Tree};
use crate::model::Model;

/// The rows that a tree's steps speak of.
pub(crate) struct Names<'a> {
    /// The name of each; of a rounded row, its place among `rounded`.
    pub(crate) rows: &'a [RowName],
    /// Rounded rows by their places in the problem, and from which rows each follows.
    pub(crate) rounded: &'a [(usize, Rounding)],
}

/// A proof from a tree; `names` names its rows, `objective` the row that was least.
///
/// Without an objective its multipliers are left out: where nothing at all was found below the objective's ceiling, the
/// rows alone already close every node (the multiplied objective never exceeds multiplied ceiling).
pub(crate) fn proof(model: &Model, names: &Names<'_>, objective: Option<usize>, claim: Claim, tree: Tree) -> Proof {
    let named = tree.nodes.iter().flat_map(|node| &node.steps);
    let named =
        named.flat_map(|step| step.rows.iter().map(|&(row, _)| row).chain(step.blocks.iter().map(|&(row, _)| row)));
    let mut used: BTreeSet<u32> = named.collect();
    // A rounded row follows from rows before it.
    for (row, rounding) in names.rounded.iter().rev() {
        if u32::try_from(*row).is_ok_and(|row| used.contains(&row)) {
            used.extend(rounding.rows.iter().map(|&(row, _)| row));
        }
    }
    let used: Vec<&(usize, Rounding)> =
        names.rounded.iter().filter(|&&(row, _)| u32::try_from(row).is_ok_and(|row| used.contains(&row))).collect();
    let name = |row: u32| match names.rows[row as usize] {
        RowName::Rounded(_) => {
            RowName::Rounded(used.iter().position(|&&(it, _)| it == row as usize).expect("it is used"))
        }
        name => name,
    };
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
        let steps = node.steps.iter().map(|step| multiplied(model, &name, objective, step));
        done[id] = Some(Node { steps: steps.filter(|step| *step != Step::default()).collect(), end });
    }
    let root = done.first_mut().and_then(Option::take).expect("a tree has a root");
    let rounded = used.iter().map(|(_, rounding)| rounded(model, &name, rounding)).collect();
    Proof { claim, rounded, root }
}

/// What a rounded row follows from, in the words of the case.
fn rounded(model: &Model, name: &dyn Fn(u32) -> RowName, rounding: &Rounding) -> Rounded {
    let people = (0usize..).zip(&rounding.agents).filter(|&(_, &times)| times != 0);
    Rounded {
        rows: rounding.rows.iter().map(|&(row, times)| (name(row), times.into())).collect(),
        posts: rounding.columns.iter().map(|&(column, times)| (model.posts[column as usize], times.into())).collect(),
        people: people.map(|(agent, &times)| (crate::id::Id::at(agent), times.into())).collect(),
        divisor: rounding.divisor.into(),
        grain: rounding.grain.into(),
    }
}

fn multiplied(model: &Model, name: &dyn Fn(u32) -> RowName, objective: Option<usize>, step: &relax::Step) -> Step {
    let rows = step.rows.iter().map(|&(row, weight)| (name(row), weight));
    let own = objective.filter(|_| step.objective > 0).map(|k| (RowName::Objective(k), step.objective));
    let prices = step.prices.iter().map(|&(column, price)| (model.posts[column as usize], price));
    let shares = (0usize..).zip(&step.shares).filter(|&(_, &share)| share != 0);
    Step {
        multipliers: rows.chain(own).collect(),
        prices: prices.collect(),
        shares: shares.map(|(agent, &share)| (crate::id::Id::at(agent), share.into())).collect(),
        blocks: step.blocks.iter().map(|&(row, unit)| (name(row), unit)).collect(),
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
