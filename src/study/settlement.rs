//! Pools settled: every way in which the people of one pool can hold its posts, and what each way changes for others.
//!
//! A way is found by forcing people one after the other to each of their places and solving the case again, so side rules
//! count; it stands only if every objective but cost keeps its value. Which way is used is for a named officer to decide:
//! the plan shows one of them, and this module says whether cost or only the order of ids put it there.

use crate::case::Case;
use crate::case::answer::Plan;
use crate::case::goal::Goal;
use crate::case::scenario::{Objective, Scenario};
use crate::certify::{Certified, Inspection, Placement, Refusal, inspect};
use crate::id::{PersonId, PostId};
use crate::solve::Limits;
use crate::study::pools::Pool;
use crate::study::variant::{Variant, is_proved};

/// Most cases solved for all pools of one answer.
const MOST_SOLVES: usize = 400;

/// Above so many people a case is not solved again for each way; the ways then come from the answer's witnesses.
const MOST_PEOPLE: usize = 500;

/// Above so many people times undecided people the ways are not worked out at all.
const MOST_LOOKS: usize = 100_000;

/// Most combinations of the ways of several pools that are tried.
const MOST_COMBINATIONS: usize = 64;

/// One way to settle a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The place of each person of the pool, in their order.
    pub places: Vec<Option<PostId>>,
    /// Cost of its plan against the plan shown, in pence a year.
    pub cost: i64,
    /// People outside the pool whom its plan places otherwise than the plan shown, lowest first.
    pub others: Vec<PersonId>,
    /// A plan that does it: the one in which nobody else moves, where that is as good; else the cheapest.
    pub plan: Plan,
}

/// How the posts of a pool come to their holders, in the words of change policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// More people than seats: a ring-fence, filled by competitive slot-in (interview on criteria agreed beforehand).
    CompetitiveSlotIn,
    /// A seat for each, whichever way: agreed with the people, else decided by the named officer.
    Agreement,
}

/// What put the way that the plan shows before the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// It costs less than every other way.
    ByCost,
    /// Another way costs the same: the order of ids, which is no reason.
    ByIds,
    /// Not every way is known, so nothing can be said.
    Unknown,
}

/// All ways to settle one pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The pool.
    pub pool: Pool,
    /// The ways, the one that the plan shows first, the others cheapest first.
    pub ways: Vec<Way>,
    /// Whether these are all; else there may be more.
    pub complete: bool,
    /// How the posts come to their holders.
    pub method: Method,
    /// What chose among the ways.
    pub chosen: Chosen,
}

/// How many plans are as good as the one shown on every objective but cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(u64),
    /// So many, perhaps more.
    AtLeast(u64),
}

/// The pools of an answer, settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// In the order of the pools.
    pub settlements: Vec<Settlement>,
    /// Equally good plans in all, as far as who holds which post in the pools goes.
    pub plans: Count,
}

impl Settled {
    /// What chose the place that the plan shows for an undecided person; `None` for everyone else.
    pub fn chosen(&self, person: PersonId) -> Option<Chosen> {
        let own = self.settlements.iter().find(|it| it.pool.people.binary_search(&person).is_ok());
        own.map(|settlement| settlement.chosen)
    }
}

/// Whether the ways of so many undecided people of a case can be gone through: each look is one at the whole case.
pub fn is_within_reach(case: &Case, pools: &[Pool]) -> bool {
    case.people.len() * pools.iter().map(|pool| pool.people.len()).sum::<usize>() <= MOST_LOOKS
}

/// Settles every pool of a proved answer.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn settle(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    pools: &[Pool],
    limits: &Limits<'_>,
) -> Result<Settled, Refusal> {
    let Some(plan) = certified.plan() else {
        return Ok(Settled { settlements: Vec::new(), plans: Count::AtLeast(0) });
    };
    let left = budget(case, scenario, certified);
    let mut search = Search { case, scenario, certified, plan, limits, left };
    let mut settlements = Vec::new();
    for pool in pools {
        settlements.push(search.settlement(pool)?);
    }
    let plans = search.count(&settlements)?;
    Ok(Settled { settlements, plans })
}

/// Nought where an objective comes after cost: then the best value of that objective is not the one to be kept.
fn budget(case: &Case, scenario: &Scenario, certified: &Certified) -> usize {
    let mut after = scenario.objectives.iter().skip_while(|&&objective| objective != Objective::Cost).skip(1);
    let usual = after.next().is_none() && case.people.len() <= MOST_PEOPLE && is_proved(certified);
    if usual { MOST_SOLVES } else { 0 }
}

struct Search<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    certified: &'a Certified,
    plan: &'a Plan,
    limits: &'a Limits<'a>,
    left: usize,
}

impl Search<'_> {
    fn settlement(&mut self, pool: &Pool) -> Result<Settlement, Refusal> {
        let mut found: Vec<Plan> = vec![self.plan.clone()];
        let mut complete = true;
        self.follow(pool, &mut Vec::new(), &mut found, &mut complete)?;
        if !complete {
            for plan in self.certified.witnesses().iter().map(|witness| witness.applied(self.plan)) {
                if found.iter().all(|it| !same(pool, it, &plan)) {
                    found.push(plan);
                }
            }
        }
        let mut ways: Vec<Way> = found.into_iter().map(|plan| self.way(pool, plan)).collect();
        ways[1..].sort_by(|a, b| (a.cost, &a.places).cmp(&(b.cost, &b.places)));
        let chosen = match ways.get(1) {
            Some(next) if complete && next.cost > 0 => Chosen::ByCost,
            Some(_) if complete => Chosen::ByIds,
            Some(_) | None => Chosen::Unknown,
        };
        let short = u32::try_from(pool.people.len()).unwrap_or(u32::MAX) > pool.seats;
        let method = if short { Method::CompetitiveSlotIn } else { Method::Agreement };
        Ok(Settlement { pool: pool.clone(), ways, complete, method, chosen })
    }

    /// Forces the people of the pool one by one; each whole set of places that keeps the objectives is a way.
    fn follow(
        &mut self,
        pool: &Pool,
        places: &mut Vec<Option<PostId>>,
        found: &mut Vec<Plan>,
        complete: &mut bool,
    ) -> Result<(), Refusal> {
        let Some(&person) = pool.people.get(places.len()) else { return Ok(()) };
        for place in candidates(pool, person) {
            places.push(place);
            // A place that the plan shown takes needs no proof that it can be had, until somebody differs.
            let shown = (0..places.len()).all(|i| self.plan.post(pool.people[i]) == places[i]);
            let whole = places.len() == pool.people.len();
            if shown && !whole {
                self.follow(pool, places, found, complete)?;
            } else if !shown {
                let forced: Vec<_> = pool.people.iter().copied().zip(places.iter().copied()).collect();
                match self.equal(&forced)? {
                    Tried::Plan(plan) if whole => found.push(*plan),
                    Tried::Plan(_) => self.follow(pool, places, found, complete)?,
                    Tried::Worse => {}
                    Tried::Unknown => *complete = false,
                }
            }
            places.pop();
        }
        Ok(())
    }

    /// A plan with these places that is as good as the plan shown: the one in which nobody else moves, else the cheapest.
    fn equal(&mut self, forced: &[(PersonId, Option<PostId>)]) -> Result<Tried, Refusal> {
        let alone = forced.iter().fold(self.plan.clone(), |plan, &(person, place)| plan.with(person, place));
        if self.is_equal(&alone) {
            return Ok(Tried::Plan(Box::new(alone)));
        }
        if self.left == 0 || (self.limits.should_stop)() {
            return Ok(Tried::Unknown);
        }
        self.left -= 1;
        let variant = Variant::of(self.case, self.scenario);
        let variant = forced.iter().fold(variant, |variant, &(person, place)| variant.forced(person, place));
        let best = variant.best(self.limits)?;
        let Some(plan) = best.plan() else {
            return Ok(if best.conflict().is_some() { Tried::Worse } else { Tried::Unknown });
        };
        if !is_proved(&best) {
            return Ok(Tried::Unknown);
        }
        Ok(if self.is_equal(plan) { Tried::Plan(Box::new(plan.clone())) } else { Tried::Worse })
    }

    /// Whether a plan keeps the rules and is as good as the one shown on everything but cost.
    fn is_equal(&self, plan: &Plan) -> bool {
        let found = inspect(self.case, self.scenario, plan);
        found.breaches.is_empty() && values(&found) == but_cost(self.certified)
    }

    fn way(&self, pool: &Pool, plan: Plan) -> Way {
        let found = inspect(self.case, self.scenario, &plan);
        Way {
            places: places(pool, &plan),
            cost: cost(&found.placements) - cost(self.certified.placements()),
            others: plan.movers(self.plan).filter(|person| pool.people.binary_search(person).is_err()).collect(),
            plan,
        }
    }

    /// Tries every combination of the ways of all pools, where they are few.
    fn count(&mut self, settlements: &[Settlement]) -> Result<Count, Refusal> {
        let product = settlements.iter().try_fold(1usize, |product, it| product.checked_mul(it.ways.len()));
        let alone: u64 = settlements.iter().map(|it| it.ways.len() as u64 - 1).sum::<u64>() + 1;
        let complete = settlements.iter().all(|it| it.complete);
        let Some(product) = product.filter(|&product| complete && product <= MOST_COMBINATIONS.min(self.left)) else {
            return Ok(Count::AtLeast(alone));
        };
        let mut plans = 0;
        for mut number in 0..product {
            let mut forced = Vec::new();
            for settlement in settlements {
                let way = &settlement.ways[number % settlement.ways.len()];
                number /= settlement.ways.len();
                forced.extend(settlement.pool.people.iter().copied().zip(way.places.iter().copied()));
            }
            match self.equal(&forced)? {
                Tried::Plan(_) => plans += 1,
                Tried::Worse => {}
                Tried::Unknown => return Ok(Count::AtLeast(alone)),
            }
        }
        Ok(Count::Exactly(plans))
    }
}

enum Tried {
    Plan(Box<Plan>),
    Worse,
    Unknown,
}

fn candidates(pool: &Pool, person: PersonId) -> Vec<Option<PostId>> {
    let held = pool.posts.iter().filter(|(_, people)| people.contains(&person)).map(|&(post, _)| Some(post));
    let out = pool.may_be_unplaced.contains(&person).then_some(None);
    held.chain(out).collect()
}

fn places(pool: &Pool, plan: &Plan) -> Vec<Option<PostId>> {
    pool.people.iter().map(|&person| plan.post(person)).collect()
}

fn cost(placements: &[Placement]) -> i64 {
    placements.iter().map(|placement| placement.cost.0).sum()
}

fn same(pool: &Pool, a: &Plan, b: &Plan) -> bool {
    places(pool, a) == places(pool, b)
}

/// The value of every goal but cost, as proved.
fn but_cost(certified: &Certified) -> Vec<(Goal, i128)> {
    let scored = certified.objectives().iter().filter(|scored| scored.goal.objective != Objective::Cost);
    scored.map(|scored| (scored.goal, scored.value.into())).collect()
}

/// The same of any plan, as the words of the rules have it.
fn values(found: &Inspection) -> Vec<(Goal, i128)> {
    found.objectives.iter().filter(|(goal, _)| goal.objective != Objective::Cost).copied().collect()
}

/// Why a settlement does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The first way is not the plan shown.
    NotThePlan,
    /// The plan of this way breaks a rule, or is worse on an objective.
    Worse(usize),
    /// This way says something else than its plan.
    Misquoted(usize),
    /// Two ways are the same.
    Twice(usize),
    /// The words about the method or the choice do not follow from the ways.
    Words,
}

/// Derives what a settlement says from the plans of its ways, from the case and the words of the rules alone.
///
/// That there are no further ways is not derived.
///
/// # Errors
/// The first [`Fault`].
pub fn check(case: &Case, scenario: &Scenario, plan: &Plan, settlement: &Settlement) -> Result<(), Fault> {
    let shown = inspect(case, scenario, plan);
    let Settlement { pool, ways, .. } = settlement;
    if ways.first().is_none_or(|way| way.plan != *plan) {
        return Err(Fault::NotThePlan);
    }
    for (position, way) in ways.iter().enumerate() {
        let found = inspect(case, scenario, &way.plan);
        if !found.breaches.is_empty() || values(&found) != values(&shown) {
            return Err(Fault::Worse(position));
        }
        let others: Vec<PersonId> = way.plan.movers(plan).filter(|person| !pool.people.contains(person)).collect();
        let more = cost(&found.placements) - cost(&shown.placements);
        if way.places != places(pool, &way.plan) || way.cost != more || way.others != others {
            return Err(Fault::Misquoted(position));
        }
        if ways[..position].iter().any(|before| before.places == way.places) {
            return Err(Fault::Twice(position));
        }
    }
    let least = ways[1..].iter().map(|way| way.cost).min();
    let chosen = match least {
        Some(least) if settlement.complete && least > 0 => Chosen::ByCost,
        Some(_) if settlement.complete => Chosen::ByIds,
        Some(_) | None => Chosen::Unknown,
    };
    let seats = usize::try_from(pool.seats).unwrap_or(usize::MAX);
    let method = if pool.people.len() > seats { Method::CompetitiveSlotIn } else { Method::Agreement };
    if settlement.chosen != chosen || settlement.method != method {
        return Err(Fault::Words);
    }
    Ok(())
}
