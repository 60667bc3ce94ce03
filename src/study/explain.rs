//! Why a person has this post, and why not each post that they would rather have.
//!
//! Each wish has exactly one verdict: a rule stands against it (all of them are named), it has a price (what the best plan
//! with it would be worth instead, goal by goal, and who would move), it is as good as the answer, or no plan has it (and
//! which rules see to that). There is no verdict "no reason found". A price is that of another certified plan, so it is exact.
//! It is found from the answer's own optimum where `certify` accepts the prices that prove it (`warm`), else from the people near by and the
//! answer's own proofs (`local`), and by solving the whole case again where neither settles it. In a large case that would take too long:
//! then the two ends are told that the best plan lies between, both proved. [`check()`] finds each again by another road. Words are made in `report`.

mod check;
mod local;
mod price;
mod roads;
mod rows;
mod warm;
mod wish;

pub use crate::study::explain::check::{Checker, Fault, check};

use std::cell::{Cell, RefCell};

use crate::case::Case;
use crate::case::answer::{Leaf, Witness};
use crate::case::scenario::{Objective, Scenario};
use crate::certify::{Bounded, Breach, Certified, Force, Pairs, Refusal, Status};
use crate::id::{AuthorityId, Id, PersonId, PostId};
use crate::solve::Limits;
use crate::study::explain::price::{Answer, closest};
use crate::study::explain::roads::{Reached, Roads};
use crate::study::explain::warm::Road;
use crate::study::explain::wish::Offers;
use crate::study::variant::{Change, Variant, is_proved};

/// With more posts on offer than this at the authority that somebody stated, those that they have no match with are not named.
///
/// Among 10,000 people it would be thousands of posts for each, all with the one reason that matches.csv has no row for the pair.
pub const MOST_NAMED: usize = 200;

/// Options that a solve of the whole case may look at where both ends of a price are known: some thousand times those of a small case.
pub const WHOLE: u64 = 6_000_000;

/// With fewer looks than this at all options, solving the whole case is not begun.
const FEWEST_LOOKS: u64 = 500;

/// Everything about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Whom it concerns.
    pub person: PersonId,
    /// The post in the answer.
    pub post: Option<PostId>,
    /// How that post stands with what the person said and what was decided.
    pub standing: Standing,
    /// The best plan without this post for this person: where they would be, and its price; `None` for someone without a post.
    pub otherwise: Option<Verdict>,
    /// Each post that the person would rather have, best wish first; or the one that was asked for.
    pub choices: Vec<Choice>,
}

/// How a post stands with what the person said and what was decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The rank that the person gave to the post.
    pub rank: Option<u32>,
    /// The best rank that the person gave to any post.
    pub best_rank: Option<u32>,
    /// Whether it is the stated authority; `None` where none was stated, or without a post.
    pub preference_met: Option<bool>,
    /// Officers' decisions about the person, and the policy on retained services.
    pub demands: Vec<Leaf>,
}

/// A post that the person would rather have, and why it is not theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Which post.
    pub post: PostId,
    /// Why it is looked at.
    pub wish: Wish,
    /// Why the person does not have it.
    pub verdict: Verdict,
}

/// Why a post is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wish {
    /// The rank that the person gave to it.
    pub rank: Option<u32>,
    /// It lies in the authority that the person stated.
    pub stated: bool,
    /// Somebody asked for this post by its id.
    pub asked: bool,
}

/// Why a person does not have a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// They do have it.
    Held,
    /// Every rule that stands against it, whoever else is where.
    NotEligible(Vec<Breach>),
    /// Another plan is equally good on every objective but cost: a named officer decides.
    Undecided(Price),
    /// The best plan with it is worse.
    Costs(Price),
    /// The best plan with it is worth something between two ends.
    Between(Range),
    /// No plan has it: with it, these rules cannot all be kept.
    Impossible(Vec<Leaf>),
    /// The run was stopped before this was settled.
    Stopped,
}

/// What a plan is worth instead of the answer, and who moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Every goal of the scenario, in its order, whether its value differs or not.
    pub changes: Vec<Change>,
    /// Everyone who is placed otherwise: first the person, then whom that displaces, and so on.
    pub chain: Vec<Step>,
    /// Empty seats more (or fewer, if negative) than in the answer, of each authority where that differs.
    pub empty: Vec<(AuthorityId, i64)>,
}

/// What the best plan with a place given is worth, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// A plan with the place given: what it changes up to the first goal that is not settled, and who moves.
    ///
    /// In the goals before the last of its changes no plan is better one after the other; of goals after it nothing is said.
    pub price: Price,
    /// The other end: of the plans as good before, none has a better value of that goal than this.
    pub least: i64,
}

/// One person's move from the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Who.
    pub person: PersonId,
    /// The post in the answer.
    pub from: Option<PostId>,
    /// The post instead.
    pub to: Option<PostId>,
}

impl Price {
    /// The first goal that differs, which decides between two plans.
    pub fn decides(&self) -> Option<&Change> {
        self.changes.iter().find(|change| change.was != change.is)
    }

    /// Whether every goal but cost has the answer's value.
    fn is_equal_but_for_cost(&self) -> bool {
        self.changes.iter().all(|change| change.goal.objective == Objective::Cost || change.was == change.is)
    }
}

/// Explains the people of one answer.
pub struct Explainer<'a> {
    answer: Answer<'a>,
    certified: &'a Certified,
    pairs: Pairs<'a>,
    offers: Offers,
    limits: &'a Limits<'a>,
    /// What the answer offers for prices, once one was asked for.
    roads: RefCell<Option<Roads>>,
    /// Options that a solve of the whole case may look at where two ends are known.
    whole: u64,
    resolved: Cell<usize>,
}

impl<'a> Explainer<'a> {
    /// For an answer that is proved best; `None` for any other, of which nothing could be explained.
    pub fn new(
        case: &'a Case,
        scenario: &'a Scenario,
        certified: &'a Certified,
        limits: &'a Limits<'a>,
    ) -> Option<Self> {
        let plan = (certified.status() == Status::Optimal).then(|| certified.plan()).flatten()?;
        let answer = Answer::new(case, scenario, plan);
        let pairs = Pairs::new(case, scenario);
        Some(Self {
            answer,
            certified,
            offers: Offers::new(case, &pairs),
            pairs,
            limits,
            roads: RefCell::new(None),
            whole: WHOLE,
            resolved: Cell::new(0),
        })
    }

    /// The same with so much work, instead of [`WHOLE`], for a solve of the whole case where two ends of a price are known.
    #[must_use]
    pub fn with_whole(self, whole: u64) -> Self {
        Self { whole, ..self }
    }

    /// Why this person is where they are; of one post if `asked`, else of all that they would rather have.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    pub fn explain(&self, person: PersonId, asked: Option<PostId>) -> Result<Explanation, Refusal> {
        let Answer { case, plan, .. } = self.answer;
        let wishes = match asked {
            Some(post) => vec![(post, wish::asked(case, person, post))],
            None => wish::wishes(case, plan, &self.offers, person),
        };
        let choice = |(post, wish)| Ok(Choice { post, wish, verdict: self.verdict(person, post)? });
        let post = plan.post(person);
        Ok(Explanation {
            person,
            post,
            standing: wish::standing(case, plan, &self.pairs, person),
            otherwise: post.map(|post| self.forced(person, Force::OutOf(post))).transpose()?,
            choices: wishes.into_iter().map(choice).collect::<Result<_, Refusal>>()?,
        })
    }

    /// Why the person does not have the post.
    fn verdict(&self, person: PersonId, post: PostId) -> Result<Verdict, Refusal> {
        if self.answer.plan.post(person) == Some(post) {
            return Ok(Verdict::Held);
        }
        let against = self.pairs.against(person, post);
        if !against.is_empty() {
            return Ok(Verdict::NotEligible(against));
        }
        let verdict = self.forced(person, Force::Into(post))?;
        let shown = || self.certified.witnesses().iter().find(|it| it.moves().contains(&(person, Some(post))));
        Ok(match (verdict, shown()) {
            // The cheapest plan may save cost before another goal; that some plan is equally good stands all the same.
            (Verdict::Costs(_) | Verdict::Between(_), Some(witness)) => {
                Verdict::Undecided(closest(&self.answer, person, witness))
            }
            (verdict, _) => verdict,
        })
    }

    /// The best plan with the person in the post, whatever else is to be said of that.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    pub fn price(&self, person: PersonId, post: PostId) -> Result<Verdict, Refusal> {
        self.forced(person, Force::Into(post))
    }

    /// For how many places, so far, the whole case had to be solved again.
    pub fn resolved(&self) -> usize {
        self.resolved.get()
    }

    /// What the best plan with the person's place given says.
    fn forced(&self, person: PersonId, force: Force) -> Result<Verdict, Refusal> {
        let (found, options) = self.near_by(person, force);
        let found = found.and_then(|found| match found {
            Reached::Best(forced) => Some(self.priced(person, forced.moves())),
            Reached::Bounded(bounded) => self.settled(person, &bounded),
        });
        let range = match found {
            Some(Verdict::Between(_)) | None => found,
            Some(verdict) => return Ok(verdict),
        };
        let looks = self.whole / (options as u64 + 1);
        if range.is_some() && looks < FEWEST_LOOKS {
            return Ok(range.unwrap_or(Verdict::Stopped));
        }
        self.resolved.set(self.resolved.get() + 1);
        let mut variant = Variant::of(self.answer.case, self.answer.scenario);
        match force {
            Force::Into(post) => variant = variant.forced(person, Some(post)),
            Force::OutOf(post) => drop(variant.case.matches.remove(&(person, post))),
        }
        let left = Cell::new(looks);
        let enough = || {
            left.set(left.get().saturating_sub(1));
            (range.is_some() && left.get() == 0) || (self.limits.should_stop)()
        };
        let best = variant.best(&Limits { should_stop: &enough, ..*self.limits })?;
        Ok(match (self.found(person, &best), range) {
            (Verdict::Stopped, Some(range)) => range,
            (verdict, _) => verdict,
        })
    }

    /// As far as the answer itself leads; and how many options there are.
    fn near_by(&self, person: PersonId, force: Force) -> (Option<Reached>, usize) {
        let Answer { case, scenario, near, .. } = &self.answer;
        let mut roads = self.roads.borrow_mut();
        let mut near = near.borrow_mut();
        let roads = roads.get_or_insert_with(|| Roads::new(case, scenario, self.certified, &near));
        let asked = roads.asked(person, force, Road::Seat);
        (asked.and_then(|asked| roads.forced(self.certified, &mut near, &asked)), roads.options())
    }

    /// The price of a plan that is as good as any, or the range that it is one end of; `None` where the other end is not known.
    fn settled(&self, person: PersonId, bounded: &Bounded) -> Option<Verdict> {
        let price = closest(&self.answer, person, bounded.moves());
        if price.is_equal_but_for_cost() {
            return Some(Verdict::Undecided(price));
        }
        if bounded.is_best() {
            return Some(Verdict::Costs(price));
        }
        let &least = bounded.bounds().last()?;
        let changes: Vec<Change> = price.changes.into_iter().take(bounded.bounds().len()).collect();
        changes.last().filter(|open| open.is != least)?;
        Some(Verdict::Between(Range { price: Price { changes, ..price }, least }))
    }

    fn priced(&self, person: PersonId, moves: &Witness) -> Verdict {
        let price = closest(&self.answer, person, moves);
        if price.is_equal_but_for_cost() { Verdict::Undecided(price) } else { Verdict::Costs(price) }
    }

    /// What a certified variant says.
    fn found(&self, person: PersonId, best: &Certified) -> Verdict {
        if let Some(conflict) = best.conflict() {
            let own = if self.answer.scenario.use_pins { self.answer.case.pins.len() } else { 0 };
            let is_ours = |leaf: &Leaf| matches!(leaf, Leaf::Pin(position) if *position >= own);
            return Verdict::Impossible(conflict.leaves.iter().filter(|leaf| !is_ours(leaf)).copied().collect());
        }
        match best.plan() {
            Some(plan) if is_proved(best) => self.priced(person, &Witness::between(self.answer.plan, plan)),
            Some(_) | None => Verdict::Stopped,
        }
    }
}

/// Every match row of a person, lowest post first.
fn matched(case: &Case, person: PersonId) -> impl Iterator<Item = PostId> + '_ {
    let all = (person, PostId::at(0))..=(person, PostId::at(case.posts.len()));
    case.matches.range(all).map(|(&(_, post), _)| post)
}
