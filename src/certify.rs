//! Checks a plan and its proofs from the words of the rules; shares nothing with the solver.
//!
//! Everything a report may say about a plan is derived here again from the case, in integers: who may go where, what each
//! objective is worth, what each clause measures, that no plan is better, that no plan exists. It deliberately does not
//! know how a plan was found: the same mistake cannot both make a plan and bless it. Only [`certify`] makes a
//! [`Certified`], and a report takes nothing else.
//!
//! Not proved here: that the list of undecided people is complete, and that a conflict names no rule too many.

mod blocks;
mod bounded;
mod decisions;
mod eligibility;
mod facts;
mod fault;
mod forced;
mod gauge;
mod goals;
mod grid;
mod ground;
mod known;
mod measure;
mod near;
mod pairs;
mod pool;
mod proof;
mod proofs;
mod refusal;
mod rounded;
mod rows;
mod rules;
mod share;
mod shares;
mod tally;
mod values;

pub use crate::certify::bounded::{Bounded, Bounding, Offer};
pub use crate::certify::fault::Fault;
pub use crate::certify::forced::{Bid, Force, Forced, MOST_WORDS, Unproved, Weighing, Weight, Words};
pub use crate::certify::ground::Ground;
pub use crate::certify::measure::{Measure, Measured, Met, Vacancy};
pub use crate::certify::near::Near;
pub use crate::certify::pairs::Pairs;
pub use crate::certify::proofs::{Proofs, check_proof};
pub use crate::certify::refusal::Refusal;
pub use crate::certify::rules::Breach;
pub use crate::certify::share::Share;

use std::collections::BTreeSet;
use std::fmt;

use crate::case::answer::{Answer, Conflict, Effort, Leaf, Outcome, Plan, Scored, Undecided, Witness};
use crate::case::goal::Goal;
use crate::case::proof::{Claim, Proof};
use crate::case::scenario::{Level, Scenario, Sense};
use crate::case::{Case, MatchKind, words};
use crate::certify::facts::Facts;
use crate::certify::proof::Checker;
use crate::certify::rows::Options;
use crate::id::{AuthorityId, Id, PersonId, PostId};
use crate::quantity::Pence;

words! {
    /// What came of a run.
    Status {
        /// Every objective is proved to be as good as it can be.
        Optimal = "optimal",
        /// A limit was reached; the bounds are honest.
        Stopped = "stopped",
        /// No plan keeps every rule.
        Impossible = "impossible",
    }
}

/// A person in a post, with everything the case says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub post: PostId,
    /// Whose post it is.
    pub authority: AuthorityId,
    /// How well the post matches the person's job.
    pub kind: MatchKind,
    /// The rank that the objective counts: nought for someone who did not respond.
    pub rank_counted: u32,
    /// The rank that the person gave, if any.
    pub rank_given: Option<u32>,
    /// Whether it is the stated authority; `None` where none was stated.
    pub preference_met: Option<bool>,
    /// Pay with on-cost a year.
    pub cost: Pence,
    /// Whether it lies outside the present employer.
    pub moved: bool,
}

/// What a plan is worth and what it breaks, whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Every breach of every rule, sorted; empty if the plan is allowed.
    pub breaches: Vec<Breach>,
    /// Value of each goal of the scenario, in its order.
    pub objectives: Vec<(Goal, i128)>,
    /// Every fairness clause, in the scenario's order, the reported ones too.
    pub fairness: Vec<Measured>,
    /// Who goes where, lowest person first. A pair without a match row is a breach and stands only there.
    pub placements: Vec<Placement>,
    /// Who has no post, lowest first.
    pub unplaced: Vec<PersonId>,
    /// Offered posts with empty seats, lowest first.
    pub vacancies: Vec<(PostId, u32)>,
}

/// Derives everything about a plan from the case and the words of the rules.
///
/// A plan that was made for another case is measured as far as this case knows its people and posts; the rest are breaches.
pub fn inspect(case: &Case, scenario: &Scenario, plan: &Plan) -> Inspection {
    inspect_facts(&Facts::read(case, scenario), plan)
}

fn inspect_facts(facts: &Facts<'_>, plan: &Plan) -> Inspection {
    let (plan, mut breaches) = rules::fit(facts, plan);
    let fairness = measure::measure(facts, &plan);
    breaches.extend(rules::breaches(facts, &plan, &fairness));
    breaches.sort();
    Inspection {
        breaches,
        objectives: facts.goals.iter().map(|&goal| (goal, values::value(facts, goal, &plan))).collect(),
        fairness,
        placements: plan.placed().filter_map(|(person, post)| placement(facts, person, post)).collect(),
        unplaced: facts.people().filter(|&person| plan.post(person).is_none()).collect(),
        vacancies: vacancies(facts, &plan),
    }
}

fn placement(facts: &Facts<'_>, person: PersonId, post: PostId) -> Option<Placement> {
    let authority = facts.case.posts[post].authority;
    Some(Placement {
        person,
        post,
        authority,
        kind: facts.kind(person, post)?,
        rank_counted: facts.rank_counted(person, post),
        rank_given: facts.rank_given(person, post),
        preference_met: facts.preference_met(person, post),
        // A sum that does not fit is refused where the objective is compared; this one is for showing.
        cost: Pence(i64::try_from(facts.cost(person, post)).unwrap_or(i64::MAX)),
        moved: authority != facts.case.people[person].employer,
    })
}

/// The objectives of a scenario taken apart, in the order in which they are fixed.
pub fn goals(case: &Case, scenario: &Scenario) -> Vec<Goal> {
    Facts::read(case, scenario).goals
}

fn vacancies(facts: &Facts<'_>, plan: &Plan) -> Vec<(PostId, u32)> {
    let holders = plan.holders(facts.case);
    let empty = |post: PostId| facts.case.posts[post].capacity.saturating_sub(holders[post]);
    facts.offered().map(|post| (post, empty(post))).filter(|&(_, seats)| seats > 0).collect()
}

/// What the rules about one person and one post have against each of these pairs; nothing: the pair is allowed.
pub fn objections(case: &Case, scenario: &Scenario, pairs: &[(PersonId, PostId)]) -> Vec<Vec<Breach>> {
    let facts = Facts::read(case, scenario);
    pairs.iter().map(|&(person, post)| rules::against(&facts, person, post)).collect()
}

/// For each person the allowed posts, lowest first, and `None` last unless some rule says that they must have a post.
pub fn options(case: &Case, scenario: &Scenario) -> Vec<Vec<Option<PostId>>> {
    Options::of(&Facts::read(case, scenario)).people.lists()
}

/// An outcome of which every statement was derived again.
#[derive(Debug, Clone)]
pub struct Certified {
    status: Status,
    plan: Option<Plan>,
    found: Inspection,
    offered: Vec<PostId>,
    objectives: Vec<Scored>,
    undecided: Vec<Undecided>,
    undecided_complete: bool,
    witnesses: Vec<Witness>,
    proofs: Vec<Proof>,
    conflict: Option<Conflict>,
    effort: Effort,
}

impl Certified {
    /// Optimal, stopped or impossible.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Who goes where; `None` where impossible, or stopped before any plan was found.
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// Who goes where with the figures, lowest person first.
    pub fn placements(&self) -> &[Placement] {
        &self.found.placements
    }

    /// Who has no post, lowest first; empty where there is no plan.
    pub fn unplaced(&self) -> Vec<PersonId> {
        self.found.unplaced.clone()
    }

    /// Offered posts with empty seats, lowest first; empty where there is no plan.
    pub fn vacancies(&self) -> Vec<(PostId, u32)> {
        self.found.vacancies.clone()
    }

    /// Offered posts, lowest first.
    pub fn offered(&self) -> Vec<PostId> {
        self.offered.clone()
    }

    /// Value and proved bound of each goal, in the scenario's order; empty where there is no plan.
    pub fn objectives(&self) -> &[Scored] {
        &self.objectives
    }

    /// Who is placed differently in an equally good plan, lowest person first.
    pub fn undecided(&self) -> &[Undecided] {
        &self.undecided
    }

    /// Whether the solver finished the list of undecided people.
    pub fn undecided_complete(&self) -> bool {
        self.undecided_complete
    }

    /// Every fairness clause, in the scenario's order; empty where there is no plan.
    pub fn fairness(&self) -> &[Measured] {
        &self.found.fairness
    }

    /// Equally good plans that show every alternative of the undecided people, each as what it changes.
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// The proof of each goal's bound, in the scenario's order.
    pub fn proofs(&self) -> &[Proof] {
        &self.proofs
    }

    /// Why no plan keeps every rule, where impossible.
    pub fn conflict(&self) -> Option<&Conflict> {
        self.conflict.as_ref()
    }

    /// What it took to find and prove it.
    pub fn effort(&self) -> Effort {
        self.effort
    }
}

/// Derives every statement of an outcome again.
///
/// # Errors
/// [`Refusal`] names the first statement that does not hold: a bug of ours in the solver.
pub fn certify(case: &Case, scenario: &Scenario, outcome: Outcome) -> Result<Certified, Refusal> {
    certify_facts(&Facts::read(case, scenario), outcome)
}

fn certify_facts(facts: &Facts<'_>, outcome: Outcome) -> Result<Certified, Refusal> {
    match outcome {
        Outcome::Placed(answer) => certify_answer(facts, answer, Status::Optimal),
        Outcome::Stopped(Some(answer)) => certify_answer(facts, answer, Status::Stopped),
        Outcome::Stopped(None) => Ok(without_plan(facts, Status::Stopped, None)),
        Outcome::Impossible(conflict) => {
            check_leaves(facts, &conflict.leaves)?;
            if conflict.proof.claim != Claim::Impossible {
                return Err(Refusal::ImpossibleNotProved(Fault::OtherClaim(conflict.proof.claim)));
            }
            proof::check(facts, &Options::of(facts), &[], &conflict.proof).map_err(Refusal::ImpossibleNotProved)?;
            Ok(without_plan(facts, Status::Impossible, Some(conflict)))
        }
    }
}

fn certify_answer(facts: &Facts<'_>, answer: Answer, status: Status) -> Result<Certified, Refusal> {
    let found = inspect_facts(facts, &answer.plan);
    if !found.breaches.is_empty() {
        return Err(Refusal::Breaches(found.breaches));
    }
    check_values(facts, &answer, &found.objectives)?;
    for scored in &answer.objectives {
        check_bound(scored, status)?;
    }
    check_proofs(facts, &answer)?;
    pool::check(facts, &answer)?;
    if status == Status::Optimal && !answer.undecided_complete {
        return Err(Refusal::Incomplete);
    }
    Ok(Certified {
        status,
        plan: Some(answer.plan),
        found,
        offered: facts.offered().collect(),
        objectives: answer.objectives,
        undecided: answer.undecided,
        undecided_complete: answer.undecided_complete,
        witnesses: answer.witnesses,
        proofs: answer.proofs,
        conflict: None,
        effort: answer.effort,
    })
}

fn without_plan(facts: &Facts<'_>, status: Status, conflict: Option<Conflict>) -> Certified {
    Certified {
        status,
        plan: None,
        found: Inspection {
            breaches: Vec::new(),
            objectives: Vec::new(),
            fairness: Vec::new(),
            placements: Vec::new(),
            unplaced: Vec::new(),
            vacancies: Vec::new(),
        },
        offered: facts.offered().collect(),
        objectives: Vec::new(),
        undecided: Vec::new(),
        undecided_complete: false,
        witnesses: Vec::new(),
        proofs: Vec::new(),
        effort: conflict.as_ref().map_or_else(Effort::default, |conflict| conflict.effort),
        conflict,
    }
}

/// The answer scores the scenario's goals, in their order, and each value is what the plan has.
fn check_values(facts: &Facts<'_>, answer: &Answer, found: &[(Goal, i128)]) -> Result<(), Refusal> {
    let wanted = facts.goals.iter();
    let (scored, proofs) = (answer.objectives.len(), answer.proofs.len());
    if !wanted.eq(answer.objectives.iter().map(|scored| &scored.goal)) || proofs != scored {
        return Err(Refusal::Objectives { wanted: found.len(), scored, proofs });
    }
    for (scored, &(goal, found)) in answer.objectives.iter().zip(found) {
        if i128::from(scored.value) != found {
            return Err(Refusal::Value { goal, claimed: scored.value, found });
        }
    }
    Ok(())
}

/// A bound is never worse than the plan, and where the plan is called best it is the plan's own value.
fn check_bound(&Scored { goal, value, bound }: &Scored, status: Status) -> Result<(), Refusal> {
    if !at_least_as_good(goal, bound, value) {
        return Err(Refusal::BoundBeaten { goal, value, bound });
    }
    if status == Status::Optimal && value != bound {
        return Err(Refusal::NotOptimal { goal, value, bound });
    }
    Ok(())
}

/// Each bound is proved, or a tighter one.
fn check_proofs(facts: &Facts<'_>, answer: &Answer) -> Result<(), Refusal> {
    if answer.proofs.is_empty() {
        return Ok(());
    }
    let options = Options::of(facts);
    let values: Vec<i64> = answer.objectives.iter().map(|scored| scored.value).collect();
    let mut checker = Checker::new(facts, &options, &values);
    for (position, (scored, proof)) in answer.objectives.iter().zip(&answer.proofs).enumerate() {
        let &Scored { goal, bound, .. } = scored;
        let stands_for_it = match proof.claim {
            Claim::Bound { objective: at, bound: proved } => at == position && at_least_as_good(goal, bound, proved),
            Claim::Impossible => false,
        };
        let checked = if stands_for_it { checker.check(proof) } else { Err(Fault::OtherClaim(proof.claim)) };
        checked.map_err(|fault| Refusal::BoundNotProved { goal, bound, fault })?;
    }
    Ok(())
}

/// Whether `a` is at least as good as `b`.
fn at_least_as_good(goal: Goal, a: i64, b: i64) -> bool {
    match goal.sense() {
        Sense::Most => a >= b,
        Sense::Least => a <= b,
    }
}

/// A conflict names enforced rules of the case, each once.
fn check_leaves(facts: &Facts<'_>, leaves: &[Leaf]) -> Result<(), Refusal> {
    let different: BTreeSet<Leaf> = leaves.iter().copied().collect();
    if leaves.is_empty() || different.len() != leaves.len() {
        return Err(Refusal::Leaves(leaves.to_vec()));
    }
    let (case, scenario) = (facts.case, facts.scenario);
    for &leaf in leaves {
        let enforced = match leaf {
            Leaf::Clause(position) => scenario.fairness.get(position).is_some_and(|it| it.level == Level::Must),
            Leaf::Link(position) => case.links.get(position).is_some_and(|link| facts.holds(link)),
            Leaf::Pin(position) => {
                let pin = case.pins.get(position);
                scenario.use_pins && pin.is_some_and(|pin| facts.is_there(pin.person))
            }
            Leaf::Retained(person) => person.index() < case.people.len() && facts.is_kept_shared(person),
        };
        if !enforced {
            return Err(Refusal::UnknownLeaf(leaf));
        }
    }
    Ok(())
}
