//! Which people belong together: those who could want the same post, or cover the same role at the same authority.

use crate::case::Case;
use crate::id::{PersonId, PostId, Table};
use crate::kernel::problem::Row;
use crate::kernel::sets::Sets;
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
    let mut joined = Sets::new(agents + network.columns());
    for (&agent, &column) in model.problem.owner.iter().zip(&network.column) {
        joined.join(agent as usize, agents + column as usize);
    }
    let owner = |&(arc, _): &(u32, i64)| model.problem.owner[arc as usize] as usize;
    let gates: Vec<&Row> = model.problem.rows.iter().filter(|row| row.gate.is_some()).collect();
    for row in &gates {
        joined.join_all(row.arcs.iter().map(owner));
    }
    let mut number = vec![None; agents + network.columns()];
    let mut count = 0;
    let of_person: Vec<usize> = (0..agents)
        .map(|agent| {
            *number[joined.of(agent)].get_or_insert_with(|| {
                count += 1;
                count - 1
            })
        })
        .collect();
    let mut of_post = Table::filled(None, case.posts.len());
    for (column, &post) in model.posts.iter().enumerate() {
        of_post[post] = number[joined.of(agents + column)];
    }
    let mut of_switch = vec![None; model.switches.len()];
    for row in gates {
        if let (Some(switch), Some(first)) = (row.gate, row.arcs.first().map(owner)) {
            of_switch[switch as usize] = Some(of_person[first]);
        }
    }
    Groups { of_person: Table::new(of_person), of_post, of_switch }
}
