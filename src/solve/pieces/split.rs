//! Which people belong together: those who could want the same post, or cover the same role at the same authority.

use crate::case::Case;
use crate::id::{PersonId, PostId, Table};
use crate::kernel::problem::Row;
use crate::model::Model;

/// The group of everybody and everything, counted from nought.
pub(super) struct Groups {
    pub(super) of_person: Table<PersonId, usize>,
    /// None where nobody could have the post.
    pub(super) of_post: Table<PostId, Option<usize>>,
    /// None where nobody could cover the role.
    pub(super) of_switch: Vec<Option<usize>>,
}

/// Joins people over the arcs of a model and over its gates.
pub(super) fn groups(case: &Case, model: &Model) -> Groups {
    let network = &model.problem.network;
    let agents = network.agents();
    let mut joined = Joined((0..agents + network.columns()).collect());
    for (&agent, &column) in model.problem.owner.iter().zip(&network.column) {
        joined.join(agent as usize, agents + column as usize);
    }
    let owner = |&(arc, _): &(u32, i64)| model.problem.owner[arc as usize] as usize;
    let gates: Vec<&Row> = model.problem.rows.iter().filter(|row| row.gate.is_some()).collect();
    for row in &gates {
        if let Some(first) = row.arcs.first().map(owner) {
            row.arcs.iter().map(owner).for_each(|other| joined.join(first, other));
        }
    }
    let mut number = vec![None; agents + network.columns()];
    let mut count = 0;
    let of_person: Vec<usize> = (0..agents)
        .map(|agent| {
            *number[joined.root(agent)].get_or_insert_with(|| {
                count += 1;
                count - 1
            })
        })
        .collect();
    let mut of_post = Table::filled(None, case.posts.len());
    for (column, &post) in model.posts.iter().enumerate() {
        of_post[post] = number[joined.root(agents + column)];
    }
    let mut of_switch = vec![None; model.switches.len()];
    for row in gates {
        if let (Some(switch), Some(first)) = (row.gate, row.arcs.first().map(owner)) {
            of_switch[switch as usize] = Some(of_person[first]);
        }
    }
    Groups { of_person: Table::new(of_person), of_post, of_switch }
}

/// Sets that are joined (Galler & Fischer 1964, Comm. ACM 7); each names one member as its root.
struct Joined(Vec<usize>);

impl Joined {
    fn root(&mut self, mut node: usize) -> usize {
        while self.0[node] != node {
            self.0[node] = self.0[self.0[node]];
            node = self.0[node];
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
