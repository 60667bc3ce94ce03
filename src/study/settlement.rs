//! Pools settled: every way in which the people of one pool can hold its posts, and what each way changes for others.
//!
//! Whoever is not undecided has the same place in every equally good plan, and an undecided person one of the places named. So the
//! ways are the choices among these places that fill no post beyond its seats, change no objective but cost in sum, and keep the
//! rules that hold people together: no case is solved again. Pools that no rule holds together are gone through one by one
//! (`group`), each as a diagram of all its ways (`diagram`). Every way that is listed is judged by the checker; their number rests
//! on the solver's statement that the list of undecided people is whole, as that list itself does.
//!
//! Which way is used is for a named officer to decide: the plan shows one of them, and this module says whether cost or only
//! the order of ids put it there.

mod ask;
mod check;
mod diagram;
mod field;
mod group;

pub use crate::study::settlement::check::{Fault, check};

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::answer::{Plan, Witness};
use crate::case::goal::Goal;
use crate::case::scenario::{Objective, Scenario};
use crate::certify::{Certified, Near, Placement};
use crate::id::{PersonId, PostId};
use crate::study::pools::Pool;
use crate::study::settlement::ask::Asked;
use crate::study::settlement::diagram::{MOST_COUNTED, Work};
use crate::study::settlement::field::{Field, Member};
use crate::study::settlement::group::{Group, first, is_free, joined, widest};

/// Choices looked at for all pools of one answer.
const MOST_WORK: usize = 3_000_000;

/// Choices looked at in one go through a group of pools.
const MOST_WORK_AT_ONCE: usize = 100_000;

/// Most ways of one pool that are listed.
pub const MOST_WAYS: usize = 100;

/// Most plans that are tried one by one to say that each was checked.
pub const MOST_TRIED: u64 = 64;

/// One way to settle a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The place of each person of the pool, in their order.
    pub places: Vec<Option<PostId>>,
    /// Cost of its plan against the plan shown, in pence a year.
    pub cost: i64,
    /// People outside the pool whom its plan places otherwise than the plan shown, lowest first.
    pub others: Vec<PersonId>,
    /// What its plan changes in the plan shown: nobody else moves, where that is as good; else it is the cheapest.
    pub moves: Witness,
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

/// The ways to settle one pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The pool.
    pub pool: Pool,
    /// The ways, the one that the plan shows first, then the cheapest of the others, and so on.
    pub ways: Vec<Way>,
    /// How many ways there are, of which at most [`MOST_WAYS`] are listed.
    pub number: Count,
    /// How the posts come to their holders.
    pub method: Method,
    /// What chose among the ways.
    pub chosen: Chosen,
}

impl Settlement {
    /// Whether the ways listed are all that there are.
    pub fn is_complete(&self) -> bool {
        self.number == Count::Exactly(self.ways.len() as u64)
    }
}

/// How many ways or plans are as good as the one shown on every objective but cost.
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
    /// Equally good plans in all.
    pub plans: Count,
    /// Choices that were looked at.
    pub work: usize,
}

impl Settled {
    /// What chose the place that the plan shows for an undecided person; `None` for everyone else.
    pub fn chosen(&self, person: PersonId) -> Option<Chosen> {
        let own = self.settlements.iter().find(|it| it.pool.people.binary_search(&person).is_ok());
        own.map(|settlement| settlement.chosen)
    }
}

/// Settles every pool of an answer, as far as the work allowed for it goes.
pub fn settle(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    pools: &[Pool],
    should_stop: &dyn Fn() -> bool,
) -> Settled {
    let Some(plan) = certified.plan() else {
        return Settled { settlements: Vec::new(), plans: Count::AtLeast(0), work: 0 };
    };
    let near = Near::new(case, scenario, plan);
    let Some(field) = Field::new(case, certified, &near, plan, pools) else {
        let settlements = pools.iter().map(|pool| settlement(pool, vec![shown(pool, plan)], Count::AtLeast(1)));
        return Settled { settlements: settlements.collect(), plans: Count::AtLeast(1), work: 0 };
    };
    let values = but_cost(near.values().into_iter());
    let mut search = Search { case, certified, plan, near, values, field: &field, work: Work(MOST_WORK), should_stop };
    let settled = search.settled(pools);
    Settled { work: MOST_WORK - search.work.0, ..settled }
}

struct Search<'a> {
    case: &'a Case,
    certified: &'a Certified,
    plan: &'a Plan,
    near: Near<'a>,
    values: Vec<(Goal, i128)>,
    field: &'a Field,
    work: Work,
    should_stop: &'a dyn Fn() -> bool,
}

impl<'a> Search<'a> {
    fn settled(&mut self, pools: &[Pool]) -> Settled {
        let mut groups = self.groups();
        // What takes little work first, so that a large pool takes nothing from the others.
        let people = |group: &Group| group.pools.iter().map(|&pool| pools[pool].people.len()).sum::<usize>();
        groups.sort_by_key(|group| (people(group), group.pools[0]));
        let mut settlements: Vec<Option<Settlement>> = vec![None; pools.len()];
        let mut counts = Vec::new();
        let mut tried = vec![Vec::new()];
        for group in &groups {
            let mut count = Count::AtLeast(1);
            for &pool in &group.pools {
                let asked = self.asked(group, pool);
                if pool == group.pools[0] {
                    count = self.count(asked.as_ref());
                    self.try_each(asked.as_ref(), count, &mut tried);
                }
                settlements[pool] = Some(self.settlement(&pools[pool], asked.as_ref()));
            }
            let found =
                group.pools.iter().map(|&pool| settlements[pool].as_ref().map_or(0, |it| it.ways.len() as u64 - 1));
            counts.push(match count {
                Count::AtLeast(_) => Count::AtLeast(1 + found.sum::<u64>()),
                exactly @ Count::Exactly(_) => exactly,
            });
        }
        let settlements = settlements.into_iter().map(|it| it.expect("every pool is in a group")).collect();
        Settled { settlements, plans: self.plans(&counts, &tried), work: 0 }
    }

    /// The pools that are settled together.
    fn groups(&mut self) -> Vec<Group> {
        let is_free = is_free(self.certified);
        let groups = first(self.field, is_free);
        if self.field.clauses == 0 {
            return groups;
        }
        let asked: Vec<Option<Asked<'_>>> =
            groups.iter().map(|group| if is_free { self.asked(group, group.pools[0]) } else { None }).collect();
        let range = |at: usize, clause: usize, number: usize| {
            let of = |member: &Member, place: usize| member.places[place].clauses[clause][number];
            match &asked[at] {
                Some(asked) => asked.diagram.range(&|layer, place| of(asked.members[layer], place)),
                None => groups[at]
                    .pools
                    .iter()
                    .map(|&pool| widest(&self.field.pools[pool], &of))
                    .fold((0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1)),
            }
        };
        joined(self.field, &self.near, &groups, &range)
    }

    /// Goes through a group, the people of one pool first.
    fn asked(&mut self, group: &Group, first: usize) -> Option<Asked<'a>> {
        if (self.should_stop)() {
            return None;
        }
        let allowed = self.work.0.min(MOST_WORK_AT_ONCE);
        let mut work = Work(allowed);
        let asked = Asked::new(self.case, &self.near, self.field, group, first, &mut work);
        self.work.0 -= allowed - work.0;
        asked
    }

    fn settlement(&mut self, pool: &Pool, asked: Option<&Asked<'_>>) -> Settlement {
        let mut ways = vec![shown(pool, self.plan)];
        let Some(asked) = asked else {
            self.add_witnesses(pool, &mut ways);
            let number = Count::AtLeast(ways.len() as u64);
            return settlement(pool, ways, number);
        };
        let now = asked.now();
        let people = pool.people.len();
        let mut work = Work(self.work.0.min(MOST_WORK_AT_ONCE));
        let allowed = work.0;
        let paths = asked.diagram.cheapest(people, &now, MOST_WAYS, &mut work);
        self.work.0 -= allowed - work.0;
        let mut is_sound = true;
        for path in paths.iter().filter(|path| path[..people] != now[..people]).take(MOST_WAYS - 1) {
            match self.way(pool, moves(asked, path)) {
                Some(way) => ways.push(way),
                None => is_sound = false,
            }
        }
        let number = asked.diagram.count_of_first(people);
        let is_exact = is_sound
            && self.certified.undecided_complete()
            && number < MOST_COUNTED
            && ways.len() as u64 == number.min(MOST_WAYS as u64);
        let number = if is_exact { Count::Exactly(number) } else { Count::AtLeast(ways.len() as u64) };
        settlement(pool, ways, number)
    }

    /// The ways that the answer's own witnesses show.
    fn add_witnesses(&mut self, pool: &Pool, ways: &mut Vec<Way>) {
        let mut seen: BTreeSet<Vec<Option<PostId>>> = ways.iter().map(|way| way.places.clone()).collect();
        let is_own = |person: &PersonId| pool.people.binary_search(person).is_ok();
        let certified = self.certified;
        for witness in certified.witnesses() {
            if ways.len() < MOST_WAYS && witness.moves().iter().any(|(person, _)| is_own(person)) {
                let way = self.way(pool, witness.clone()).filter(|way| seen.insert(way.places.clone()));
                ways.extend(way);
            }
        }
        ways[1..].sort_by(|a, b| (a.cost, &a.places).cmp(&(b.cost, &b.places)));
    }

    /// The way that makes these moves, as judged by the checker; `None` where it does not hold.
    fn way(&mut self, pool: &Pool, moves: Witness) -> Option<Way> {
        if but_cost(self.near.judge(&moves)?.into_iter()) != self.values {
            return None;
        }
        let more = |&(person, place): &(PersonId, Option<PostId>)| {
            self.near.cost(person, place) - self.near.cost(person, self.plan.post(person))
        };
        let moved = |person: &PersonId| moves.moves().binary_search_by_key(person, |it| it.0).ok();
        let place = |person: &PersonId| moved(person).map_or_else(|| self.plan.post(*person), |at| moves.moves()[at].1);
        let others = moves.moves().iter().map(|it| it.0).filter(|person| pool.people.binary_search(person).is_err());
        Some(Way {
            places: pool.people.iter().map(place).collect(),
            cost: i64::try_from(moves.moves().iter().map(more).sum::<i128>()).ok()?,
            others: others.collect(),
            moves: moves.clone(),
        })
    }

    fn count(&self, asked: Option<&Asked<'_>>) -> Count {
        match asked.map(|asked| asked.diagram.count()) {
            Some(count @ 0..MOST_COUNTED) if self.certified.undecided_complete() => Count::Exactly(count),
            Some(_) | None => Count::AtLeast(1),
        }
    }

    /// Puts every way of a group to each plan so far, as long as they are few.
    fn try_each(&mut self, asked: Option<&Asked<'_>>, count: Count, plans: &mut Vec<Vec<(PersonId, Option<PostId>)>>) {
        let (Some(asked), Count::Exactly(count)) = (asked, count) else { return plans.clear() };
        if plans.is_empty() {
            return;
        }
        if count.saturating_mul(plans.len() as u64) > MOST_TRIED {
            return plans.clear();
        }
        let mut work = Work(MOST_WORK_AT_ONCE);
        let paths = asked.diagram.cheapest(asked.members.len(), &asked.now(), usize::MAX, &mut work);
        let each = |plan: &Vec<(PersonId, Option<PostId>)>| -> Vec<Vec<_>> {
            paths.iter().map(|path| plan.iter().chain(moves(asked, path).moves()).copied().collect()).collect()
        };
        *plans = plans.iter().flat_map(each).collect();
    }

    /// The product of the groups; where it is small, as many as were tried and found equally good.
    fn plans(&mut self, counts: &[Count], tried: &[Vec<(PersonId, Option<PostId>)>]) -> Count {
        let product = counts.iter().fold(1u64, |product, &(Count::Exactly(count) | Count::AtLeast(count))| {
            product.saturating_mul(count).min(MOST_COUNTED)
        });
        let is_exact = product < MOST_COUNTED && counts.iter().all(|count| matches!(count, Count::Exactly(_)));
        if !is_exact {
            return Count::AtLeast(product);
        }
        let mut is_good = |moves: &Vec<(PersonId, Option<PostId>)>| {
            let mut moves = moves.clone();
            moves.sort_unstable();
            self.near.judge(&Witness::new(moves)).is_some_and(|values| but_cost(values.into_iter()) == self.values)
        };
        let good = tried.iter().filter(|&moves| is_good(moves)).count();
        if good < tried.len() { Count::AtLeast(good as u64) } else { Count::Exactly(product) }
    }
}

/// What a path changes in the plan shown.
fn moves(asked: &Asked<'_>, path: &[u16]) -> Witness {
    let places = asked.members.iter().zip(path).filter(|(member, at)| member.now != usize::from(**at));
    let mut moves: Vec<(PersonId, Option<PostId>)> =
        places.map(|(member, &at)| (member.person, member.places[usize::from(at)].post)).collect();
    moves.sort_unstable();
    Witness::new(moves)
}

/// The way of the plan shown.
fn shown(pool: &Pool, plan: &Plan) -> Way {
    Way { places: places(pool, plan), cost: 0, others: Vec::new(), moves: Witness::new(Vec::new()) }
}

fn settlement(pool: &Pool, ways: Vec<Way>, number: Count) -> Settlement {
    Settlement { chosen: chosen(&ways, number), pool: pool.clone(), method: method(pool), ways, number }
}

/// What put the first way before the second, which is the cheapest of the others.
fn chosen(ways: &[Way], number: Count) -> Chosen {
    match (number, ways.get(1)) {
        (Count::Exactly(_), Some(next)) if next.cost > 0 => Chosen::ByCost,
        (Count::Exactly(_), Some(_)) => Chosen::ByIds,
        (Count::Exactly(_) | Count::AtLeast(_), _) => Chosen::Unknown,
    }
}

fn method(pool: &Pool) -> Method {
    let short = u32::try_from(pool.people.len()).unwrap_or(u32::MAX) > pool.seats;
    if short { Method::CompetitiveSlotIn } else { Method::Agreement }
}

fn places(pool: &Pool, plan: &Plan) -> Vec<Option<PostId>> {
    pool.people.iter().map(|&person| plan.post(person)).collect()
}

fn cost(placements: &[Placement]) -> i64 {
    placements.iter().map(|placement| placement.cost.0).sum()
}

fn but_cost(values: impl Iterator<Item = (Goal, i128)>) -> Vec<(Goal, i128)> {
    values.filter(|(goal, _)| goal.objective != Objective::Cost).collect()
}
