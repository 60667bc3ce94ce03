//! What an answer is: a plan with its figures and proofs, or the reasons why there is none.
//!
//! These types are known to whoever makes answers (`solve`) and to whoever checks them (`certify`), and they know
//! neither: a number in here is a claim until `certify` has derived it again.

use crate::case::Case;
use crate::case::goal::Goal;
use crate::case::proof::Proof;
use crate::case::scenario::{Level, RetainedShared, Scenario};
use crate::id::{PersonId, PostId, Table};

/// Who goes where: for each person a post, or none (at risk).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Plan(Vec<Option<PostId>>);

impl Plan {
    /// A plan from the post of each person, in the order of [`Case::people`].
    ///
    /// # Panics
    /// If there is not exactly one entry for each person (a bug of ours).
    pub fn new(case: &Case, posts: Vec<Option<PostId>>) -> Self {
        assert_eq!(posts.len(), case.people.len(), "a plan has one entry for each person");
        Self(posts)
    }

    /// The post of a person.
    pub fn post(&self, person: PersonId) -> Option<PostId> {
        self.0[crate::id::Id::index(person)]
    }

    /// Every person with their post, lowest person first.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, Option<PostId>)> + '_ {
        self.0.iter().enumerate().map(|(i, &post)| (crate::id::Id::at(i), post))
    }

    /// Everyone who is placed, with their post, lowest person first.
    pub fn placed(&self) -> impl Iterator<Item = (PersonId, PostId)> + '_ {
        self.iter().filter_map(|(person, post)| Some((person, post?)))
    }

    /// The same plan with one person elsewhere.
    #[must_use]
    pub fn with(&self, person: PersonId, post: Option<PostId>) -> Self {
        let mut posts = self.0.clone();
        posts[crate::id::Id::index(person)] = post;
        Self(posts)
    }

    /// Everyone whom the other plan places otherwise, lowest person first.
    pub fn movers<'a>(&'a self, other: &'a Plan) -> impl Iterator<Item = PersonId> + 'a {
        self.iter().filter(|&(person, post)| other.post(person) != post).map(|(person, _)| person)
    }

    /// How many people hold each post.
    pub fn holders(&self, case: &Case) -> Table<PostId, u32> {
        let mut holders = Table::filled(0, case.posts.len());
        for (_, post) in self.placed() {
            holders[post] += 1;
        }
        holders
    }
}

/// Another plan, as what it changes in the answer's plan.
///
/// The alternatives of thousands of people are shown by as many other plans, each of which moves only a few: so each is kept,
/// written and checked as its moves alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Witness(Vec<(PersonId, Option<PostId>)>);

impl Witness {
    /// The plan that makes these moves, as somebody claims it; `certify` demands each person once, lowest first.
    pub fn new(moves: Vec<(PersonId, Option<PostId>)>) -> Self {
        Self(moves)
    }

    /// What `other` changes in `plan`, lowest person first.
    pub fn between(plan: &Plan, other: &Plan) -> Self {
        let pairs = plan.0.iter().zip(&other.0).enumerate();
        Self(pairs.filter(|(_, (was, is))| was != is).map(|(i, (_, &is))| (crate::id::Id::at(i), is)).collect())
    }

    /// Who holds what instead.
    pub fn moves(&self) -> &[(PersonId, Option<PostId>)] {
        &self.0
    }

    /// The other plan in full; moves of people whom the plan does not have are left out.
    pub fn applied(&self, plan: &Plan) -> Plan {
        let mut posts = plan.0.clone();
        for &(person, post) in &self.0 {
            if let Some(place) = posts.get_mut(crate::id::Id::index(person)) {
                *place = post;
            }
        }
        Plan(posts)
    }
}

/// The value of one goal and the best that any plan could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scored {
    /// Which objective, and which of its numbers.
    pub goal: Goal,
    /// Its value in this plan.
    pub value: i64,
    /// No allowed plan with the earlier goals at least as good has a better value than this.
    pub bound: i64,
}

impl Scored {
    /// Whether no plan can be better: the bound is the value.
    pub fn is_proved(&self) -> bool {
        self.value == self.bound
    }
}

/// Someone who is placed otherwise in some other plan that is equally good on every objective but cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// Whom it concerns.
    pub person: PersonId,
    /// All the posts that they hold in some such plan (this plan's included), lowest first.
    pub posts: Vec<PostId>,
    /// Whether they have no post in some such plan.
    pub may_be_unplaced: bool,
}

/// What it took to find and prove an answer; counters, not seconds, so that they do not wobble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Assignments solved.
    pub assignments: u64,
    /// Nodes of the proof trees.
    pub nodes: u64,
}

/// A plan with everything that is claimed of it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Who goes where.
    pub plan: Plan,
    /// One entry for each goal of the scenario, in its order of objectives.
    pub objectives: Vec<Scored>,
    /// Proofs of the bounds above, one for each goal, in their order.
    pub proofs: Vec<Proof>,
    /// Who is placed otherwise in an equally good plan, lowest person first.
    pub undecided: Vec<Undecided>,
    /// Equally good plans which together show every alternative in `undecided`.
    pub witnesses: Vec<Witness>,
    /// Whether `undecided` is known to be complete (a stopped run may not have finished it).
    pub undecided_complete: bool,
    /// What it took.
    pub effort: Effort,
}

/// A rule of the user's own files that takes part in a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaf {
    /// An entry of `scenario.fairness`, by position.
    Clause(usize),
    /// An entry of `case.links`, by position.
    Link(usize),
    /// An entry of `case.pins`, by position.
    Pin(usize),
    /// A retained shared person whom the policy `pin` says must be placed.
    Retained(PersonId),
}

impl Leaf {
    /// Every rule that could be left out: the widest first, so that of a conflict the narrow ones, which a person can act on, remain.
    pub fn all(case: &Case, scenario: &Scenario) -> Vec<Leaf> {
        let enforced = scenario.fairness.iter().enumerate().filter(|(_, rule)| rule.level == Level::Must);
        let clauses = enforced.map(|(index, _)| Leaf::Clause(index));
        let links = (0..case.links.len()).map(Leaf::Link);
        let pins = (0..if scenario.use_pins { case.pins.len() } else { 0 }).map(Leaf::Pin);
        let pinned = scenario.policy.retained_shared == RetainedShared::Pin;
        let retained = case.people.iter().filter(|(_, person)| pinned && person.retained_shared == Some(true));
        retained.map(|(person, _)| Leaf::Retained(person)).chain(pins).chain(links).chain(clauses).collect()
    }
}

/// Why no plan keeps every rule.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Rules that cannot all hold; without any one of them there would be a plan.
    pub leaves: Vec<Leaf>,
    /// Proof that the rules of the whole case leave no plan.
    pub proof: Proof,
    /// What it took.
    pub effort: Effort,
}

/// What came of a run.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The best plan.
    Placed(Answer),
    /// A limit was reached: the best plan found, if any, with honest bounds.
    Stopped(Option<Answer>),
    /// No plan keeps every rule.
    Impossible(Conflict),
}

impl Outcome {
    /// The answer, where it claims that no plan is better in any of its goals.
    pub fn proved(self) -> Option<Answer> {
        match self {
            Outcome::Placed(answer) | Outcome::Stopped(Some(answer)) => {
                answer.objectives.iter().all(Scored::is_proved).then_some(answer)
            }
            Outcome::Stopped(None) | Outcome::Impossible(_) => None,
        }
    }
}
