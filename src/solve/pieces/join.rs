//! The parts of all pieces side by side: an answer of the whole.

use crate::case::answer::{Answer, Effort, Plan, Scored};
use crate::case::proof::{Claim, End, Node, Proof, RowName, Step};
use crate::id::{Id, PersonId};
use crate::solve::pieces::{Part, Pieces};

impl Pieces {
    /// The answer that these parts make, one of each piece; in the numbers of the case before any change.
    ///
    /// Of equally good plans it is the canonical one, and who is undecided is left open. It is a claim until `certify` has
    /// derived it again.
    pub fn join(&self, parts: &[&Part]) -> Answer {
        let mut posts = vec![None; self.everybody];
        for &(person, post) in parts.iter().flat_map(|part| &part.posts) {
            posts[PersonId::index(person)] = post;
        }
        let value = |goal: usize| parts.iter().map(|part| part.values[goal]).sum();
        let values: Vec<i64> = (0..self.goals.len()).map(value).collect();
        let scored = self.goals.iter().zip(&values).map(|(&goal, &value)| Scored { goal, value, bound: value });
        Answer {
            plan: Plan::new(&self.cases[0], posts),
            objectives: scored.collect(),
            proofs: values.iter().enumerate().map(|(goal, &value)| self.proof(goal, value, parts)).collect(),
            undecided: Vec::new(),
            witnesses: Vec::new(),
            undecided_complete: false,
            effort: Effort::default(),
        }
    }

    fn proof(&self, goal: usize, value: i64, parts: &[&Part]) -> Proof {
        let of_goals = self.heavy.goals(goal).enumerate().map(|(it, weight)| (RowName::Objective(it), weight));
        let heavy = self.heavy.of_covers(goal);
        let of_nobody = self.covers.iter().filter(|(_, piece)| piece.is_none() && heavy > 0);
        let of_nobody = of_nobody.map(|&(name, _)| (name, heavy));
        let of_parts = parts.iter().flat_map(|part| part.steps[goal].covers.iter().copied());
        let step = Step {
            multipliers: of_goals.chain(of_nobody).chain(of_parts).collect(),
            prices: parts.iter().flat_map(|part| part.steps[goal].prices.iter().copied()).collect(),
            ..Step::default()
        };
        Proof {
            claim: Claim::Bound { objective: goal, bound: value },
            rounded: Vec::new(),
            root: Node { steps: vec![step], end: End::Closed },
        }
    }
}
