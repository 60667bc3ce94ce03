//! How far each limit among the leaves can be reached, if the other leaves are kept.

use crate::case::answer::Leaf;
use crate::case::proof::Side;
use crate::case::scenario::Clause;
use crate::certify;
use crate::id::{Id, PersonId, PostId};
use crate::study::impossible::hall::{self, Choices};
use crate::study::impossible::trial::Trial;
use crate::study::impossible::{Reach, limit};
use crate::study::variant::Variant;

/// Every limit of a clause among the leaves without which there would be a plan.
pub(super) fn of_leaves(trial: &Trial<'_>, leaves: &[Leaf]) -> Vec<Reach> {
    let changes = trial.keeping(leaves);
    let kept = trial.variant(&changes);
    let mut reaches = Vec::new();
    for &leaf in leaves {
        let Leaf::Clause(index) = leaf else { continue };
        let clause = &trial.scenario.fairness[index].clause;
        for (side, value) in limit::limits(clause) {
            if let Some((reachable, _)) = limit::nearest(trial, &changes, index, side) {
                let needed = limit::demanded(trial.case, clause, side, value);
                reaches.push(reach(trial, &kept, index, side, (needed, reachable)));
            }
        }
    }
    reaches
}

fn reach(trial: &Trial<'_>, kept: &Variant, clause: usize, side: Side, (needed, reachable): (i64, i64)) -> Reach {
    let rule = &trial.scenario.fairness[clause].clause;
    let people = match (rule, side) {
        (Clause::PeopleShare { .. } | Clause::Cover { .. } | Clause::FteShare { .. }, Side::Min) => {
            Some(eligible(kept, rule))
        }
        _ => None,
    };
    // Too few seats are why only where just so many can be placed, whatever else is demanded.
    let crowd = people.as_ref().filter(|_| !matches!(rule, Clause::FteShare { .. })).and_then(|people| {
        let (placed, crowd) = hall::placeable(trial.case, people);
        crowd.filter(|_| i64::try_from(placed) == Ok(reachable))
    });
    Reach { clause, side, needed, reachable, eligible: people.map(|people| people.len()), crowd }
}

/// Everyone with an allowed post that counts for the clause.
pub(super) fn eligible(kept: &Variant, clause: &Clause) -> Vec<Choices> {
    let options = certify::options(&kept.case, &kept.scenario);
    let of_person = |(i, ways): (usize, &Vec<Option<PostId>>)| {
        let posts = ways.iter().copied().flatten().filter(|&post| limit::counts(&kept.case, clause, post));
        let posts: Vec<PostId> = posts.collect();
        (!posts.is_empty()).then(|| (PersonId::at(i), posts))
    };
    options.iter().enumerate().filter_map(of_person).collect()
}
