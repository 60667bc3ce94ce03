//! How good a plan can be with one person's place given: goal by goal, by proofs of the usual kind over fewer options.
//!
//! With the place given there are fewer plans, so as long as every goal before has the answer's value, what was proved of the answer
//! bounds the next one too. From the first goal on that is worse, each needs a proof of its own. Where a bound is not the value, the
//! best plan lies between the two, and nothing is said of the goals that come after.

use std::rc::Rc;

use crate::case::answer::Witness;
use crate::case::goal::Goal;
use crate::case::proof::{Claim, Proof};
use crate::certify::forced::{Force, may};
use crate::certify::near::Near;
use crate::certify::proof::Checker;
use crate::certify::rows::Options;
use crate::certify::{Certified, Status, at_least_as_good};
use crate::id::PersonId;

/// A plan with one person's place given, and proofs of how good any such plan can be; as somebody claims it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Whose place.
    pub person: PersonId,
    /// Which.
    pub force: Force,
    /// The plan, as moves from the answer.
    pub moves: Witness,
    /// Proofs of bounds, lowest goal first, each at most once: of plans that have the place and this plan's values before.
    ///
    /// One of a single node that falls short of its claim proves the bound that it comes to.
    pub proofs: Vec<Proof>,
}

/// A plan with one person's place given, and how much better another could be; derived again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounded {
    moves: Witness,
    values: Vec<(Goal, i128)>,
    bounds: Vec<i64>,
}

impl Bounded {
    /// The plan, as moves from the answer.
    pub fn moves(&self) -> &Witness {
        &self.moves
    }

    /// Value of each goal of the scenario, in its order.
    pub fn values(&self) -> &[(Goal, i128)] {
        &self.values
    }

    /// For the first goals, what no plan with the place given and the values before is better than.
    ///
    /// All but the last are the values themselves; the last is too where nothing is left open.
    pub fn bounds(&self) -> &[i64] {
        &self.bounds
    }

    /// Whether no plan with the place given is better.
    pub fn is_best(&self) -> bool {
        let same = |(&bound, &(_, value)): (&i64, &(Goal, i128))| i128::from(bound) == value;
        self.bounds.len() == self.values.len() && self.bounds.iter().zip(&self.values).all(same)
    }
}

/// An answer that is proved best, ready for questions about single places.
pub struct Bounding {
    options: Rc<Options>,
    best: Vec<i64>,
}

impl Bounding {
    /// Around the plan of this answer; `None` where it is not proved best, or is not the plan that is near.
    pub fn new(near: &Near<'_>, answer: &Certified) -> Option<Self> {
        let plan = answer.plan().filter(|_| answer.status() == Status::Optimal)?;
        let same = plan.iter().all(|(person, post)| near.place(&Witness::default(), person) == Some(post));
        let best = answer.objectives().iter().map(|scored| scored.value).collect();
        same.then(|| Self { options: Rc::new(Options::of(&near.facts)), best })
    }

    /// Derives an offer again: the plan, its values, and how much better any could be; `None` where it is not as claimed.
    pub fn check(&self, near: &mut Near<'_>, offer: &Offer) -> Option<Bounded> {
        let place = near.place(&offer.moves, offer.person)?;
        let values = near.judge(&offer.moves).filter(|_| may(offer.force, place))?;
        let whole: Vec<i64> = values.iter().map(|&(_, value)| i64::try_from(value).ok()).collect::<Option<_>>()?;
        let mut checker =
            Checker::new(&near.facts, &self.options, &whole).given(offer.person, |post| may(offer.force, post));
        let mut proofs = offer.proofs.iter().peekable();
        let mut bounds = Vec::new();
        let mut is_same = true;
        for (at, (&value, &best)) in whole.iter().zip(&self.best).enumerate() {
            let goal = near.facts.goals[at];
            let mut bound = is_same.then_some(best);
            let own = proofs.next_if(|proof| matches!(proof.claim, Claim::Bound { objective, .. } if objective == at));
            if let Some((proof, Claim::Bound { bound: claimed, .. })) = own.map(|proof| (proof, proof.claim)) {
                let short = i64::try_from(checker.shortfall(proof).ok()?).ok()?;
                // Signed both ways, so that less is better.
                let proved = goal.signed(goal.signed(claimed).checked_sub(short)?);
                bound = bound.filter(|&bound| at_least_as_good(goal, proved, bound)).or(Some(proved));
            }
            let Some(bound) = bound else { break };
            bounds.push(bound);
            is_same &= value == best;
            if bound != value {
                break;
            }
        }
        Some(Bounded { moves: offer.moves.clone(), values, bounds })
    }
}
