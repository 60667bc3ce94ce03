//! What another plan is worth instead of the answer, and its moves in an order that can be told.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::answer::{Plan, Witness};
use crate::case::goal::Goal;
use crate::case::scenario::Scenario;
use crate::certify::Near;
use crate::id::{AuthorityId, PersonId, PostId};
use crate::study::explain::{Price, Step};
use crate::study::variant::Change;

/// The answer that others are compared with.
pub(super) struct Answer<'a> {
    pub(super) case: &'a Case,
    pub(super) scenario: &'a Scenario,
    pub(super) plan: &'a Plan,
    /// What the plan is worth, and others by their moves from it.
    pub(super) near: RefCell<Near<'a>>,
}

impl<'a> Answer<'a> {
    pub(super) fn new(case: &'a Case, scenario: &'a Scenario, plan: &'a Plan) -> Self {
        Self { case, scenario, plan, near: RefCell::new(Near::new(case, scenario, plan)) }
    }

    /// What the plan with these moves is worth; `None` where it breaks a rule.
    fn worth<'s>(&self, steps: impl Iterator<Item = &'s Step>) -> Option<Vec<(Goal, i128)>> {
        self.near.borrow_mut().judge(&moves(steps))
    }
}

/// The price of another plan that keeps every rule, after moves that it does not need are taken back.
///
/// A run of moves, and then each single one, is taken back where what remains keeps every rule and every value. So what is told is
/// close to the answer, though not proved to be the closest plan of that worth.
pub(super) fn closest(answer: &Answer<'_>, person: PersonId, other: &Witness) -> Price {
    let steps: Vec<Step> =
        other.moves().iter().map(|&(person, to)| Step { person, from: answer.plan.post(person), to }).collect();
    let target = answer.worth(steps.iter());
    let is_as_good = |runs: &[Vec<Step>]| answer.worth(runs.iter().flatten()) == target;
    let mut runs = runs(person, steps);
    if runs.len() > 1 && is_as_good(&runs[..1]) {
        runs.truncate(1);
    }
    shorten(&mut runs, &is_as_good);
    let mut single: Vec<Vec<Step>> = runs.concat().into_iter().map(|step| vec![step]).collect();
    shorten(&mut single, &is_as_good);
    priced(answer, single.concat())
}

/// Takes back what is not needed, the last first; the first run stays.
fn shorten(runs: &mut Vec<Vec<Step>>, is_as_good: &dyn Fn(&[Vec<Step>]) -> bool) {
    for at in (1..runs.len()).rev() {
        let run = runs.remove(at);
        if !is_as_good(runs) {
            runs.insert(at, run);
        }
    }
}

/// What the plan with these moves, which keeps every rule, is worth.
pub(super) fn priced(answer: &Answer<'_>, chain: Vec<Step>) -> Price {
    let was = answer.near.borrow().values();
    let is = answer.worth(chain.iter()).expect("a plan that is priced keeps every rule");
    let whole = |value: i128| i64::try_from(value).unwrap_or(i64::MAX);
    let pairs = was.into_iter().zip(is);
    Price {
        changes: pairs.map(|((goal, was), (_, is))| Change { goal, was: whole(was), is: whole(is) }).collect(),
        empty: empty(answer.case, &chain),
        chain,
    }
}

/// The moves, lowest person first.
fn moves<'s>(steps: impl Iterator<Item = &'s Step>) -> Witness {
    let mut moves: Vec<(PersonId, Option<PostId>)> = steps.map(|step| (step.person, step.to)).collect();
    moves.sort_unstable();
    Witness::new(moves)
}

/// By authority, how many more seats are empty; only where there is a difference.
fn empty(case: &Case, chain: &[Step]) -> Vec<(AuthorityId, i64)> {
    let mut more: BTreeMap<AuthorityId, i64> = BTreeMap::new();
    for step in chain {
        for (post, seats) in [(step.from, 1), (step.to, -1)] {
            if let Some(post) = post {
                *more.entry(case.posts[post].authority).or_default() += seats;
            }
        }
    }
    more.into_iter().filter(|&(_, more)| more != 0).collect()
}

/// The moves cut into runs: whom each move displaces, and who takes what it leaves. The person's own run is the first.
fn runs(person: PersonId, mut left: Vec<Step>) -> Vec<Vec<Step>> {
    let mut runs = Vec::new();
    let mut start = left.iter().position(|step| step.person == person);
    while let Some(at) = start {
        let first = left.remove(at);
        let mut run = vec![first];
        let mut to = first.to;
        while let Some(at) = next(&left, |step| step.from == to && to.is_some()) {
            let step = left.remove(at);
            to = step.to;
            run.push(step);
        }
        let mut from = first.from;
        while let Some(at) = next(&left, |step| step.to == from && from.is_some()) {
            let step = left.remove(at);
            from = step.from;
            run.push(step);
        }
        runs.push(run);
        start = if left.is_empty() { None } else { Some(0) };
    }
    runs
}

fn next(left: &[Step], is_next: impl Fn(&Step) -> bool) -> Option<usize> {
    left.iter().position(is_next)
}

#[cfg(test)]
mod tests {
    use super::runs;
    use crate::id::{Id, PersonId, PostId};
    use crate::study::explain::Step;

    #[test]
    fn a_run_follows_the_displaced_and_then_what_is_left() {
        let step = |person, from: Option<usize>, to: Option<usize>| Step {
            person: PersonId::at(person),
            from: from.map(PostId::at),
            to: to.map(PostId::at),
        };
        let all = vec![
            step(0, Some(5), Some(6)),
            step(1, None, Some(2)),
            step(2, Some(3), None),
            step(3, Some(1), Some(2)),
            step(4, Some(2), Some(3)),
        ];
        let order: Vec<Vec<usize>> =
            runs(PersonId::at(3), all).iter().map(|run| run.iter().map(|step| step.person.index()).collect()).collect();
        assert_eq!(order, [vec![3, 4, 2], vec![0], vec![1]]);
    }
}
