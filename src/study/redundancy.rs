//! How many people of each employer would have no post, as the law on collective consultation counts them.
//!
//! Trade Union and Labour Relations (Consolidation) Act 1992, section 188: an employer who proposes to dismiss as redundant 20
//! or more employees at one establishment within 90 days consults for 30 days before the first dismissal, of 100 or more for 45
//! days. The case knows employers, not establishments: everybody whom an employer has in the case counts as one. Where pools
//! decide who has a post, the count of an employer is a range.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::certify::Certified;
use crate::id::{AuthorityId, GradeId, PersonId};
use crate::study::pools::Pool;
use crate::study::settlement::{Settlement, Way};
use crate::study::summary::Summary;

/// From so many proposed dismissals on there is a duty to consult collectively.
pub const THRESHOLD: usize = 20;

/// From so many on consultation lasts longer.
pub const LARGE: usize = 100;

/// One employer's people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employer {
    /// Which employer.
    pub employer: AuthorityId,
    /// Everybody whom the case has of this employer, by description.
    pub descriptions: Vec<Description>,
    /// Of them without a post.
    pub without: Range,
    /// Everybody whom the case has of this employer.
    pub employed: usize,
}

/// Employees of one description: the same function and grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// What their present post does; empty where they hold none.
    pub function: String,
    /// Their grade.
    pub grade: GradeId,
    /// So many of the employer's people in the case are of it.
    pub employed: usize,
    /// Of them without a post.
    pub without: Range,
}

/// From `least` to `most`: how pools are settled decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    /// Without a post however the pools are settled.
    pub least: usize,
    /// And with those whom a pool may leave without.
    pub most: usize,
}

/// What the law asks of an employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Fewer than 20 however pools are settled.
    None,
    /// It turns on how pools are settled.
    Depends,
    /// 20 or more: 30 days before the first dismissal.
    Thirty,
    /// 100 or more: 45 days.
    FortyFive,
}

impl Employer {
    /// What the number asks for; by the larger number where it is a range.
    pub fn duty(&self) -> Duty {
        match self.without {
            Range { most, .. } if most < THRESHOLD => Duty::None,
            Range { least, .. } if least < THRESHOLD => Duty::Depends,
            Range { most, .. } if most < LARGE => Duty::Thirty,
            Range { .. } => Duty::FortyFive,
        }
    }
}

/// Every employer of people in the case, lowest first; `summary` is of the same answer.
///
/// Of a pool whose ways to settle it are all known the range is exact; else `least` counts the people that its seats cannot hold
/// beyond those of other employers who may have none, and `most` everyone of the employer who may have none.
pub fn employers(case: &Case, certified: &Certified, summary: &Summary) -> Vec<Employer> {
    let pooled: BTreeSet<PersonId> = summary.pools.iter().flat_map(|pool| pool.people.iter().copied()).collect();
    let holds = |person| certified.plan().is_some_and(|plan| plan.post(person).is_some());
    let without: BTreeSet<PersonId> =
        case.people.ids().filter(|person| !pooled.contains(person) && !holds(*person)).collect();
    let mut all: BTreeMap<AuthorityId, BTreeSet<PersonId>> = BTreeMap::new();
    for (id, person) in case.people.iter() {
        all.entry(person.employer).or_default().insert(id);
    }
    let range = |people: &BTreeSet<PersonId>| counted(people, &without, summary);
    let employer = |(employer, people): (AuthorityId, BTreeSet<PersonId>)| Employer {
        employer,
        descriptions: descriptions(case, &people, range),
        without: range(&people),
        employed: people.len(),
    };
    all.into_iter().map(employer).collect()
}

fn descriptions(
    case: &Case,
    people: &BTreeSet<PersonId>,
    range: impl Fn(&BTreeSet<PersonId>) -> Range,
) -> Vec<Description> {
    let mut by: BTreeMap<(String, GradeId), BTreeSet<PersonId>> = BTreeMap::new();
    for &id in people {
        let person = &case.people[id];
        let function = person.joint_post.map(|joint| case.joint_posts[joint].function.clone()).unwrap_or_default();
        by.entry((function, person.grade)).or_default().insert(id);
    }
    let description = |((function, grade), people): ((String, GradeId), BTreeSet<PersonId>)| Description {
        function,
        grade,
        employed: people.len(),
        without: range(&people),
    };
    by.into_iter().map(description).collect()
}

/// How many of these people are without a post, over the ways to settle each pool.
fn counted(people: &BTreeSet<PersonId>, without: &BTreeSet<PersonId>, summary: &Summary) -> Range {
    let certain = people.intersection(without).count();
    let pools = summary.pools.iter().enumerate();
    pools.fold(Range { least: certain, most: certain }, |sum, (index, pool)| {
        let known = summary.settled.as_ref().and_then(|settled| settled.settlements.get(index));
        let own = match known {
            Some(settlement) if settlement.is_complete() => over_ways(people, settlement),
            Some(_) | None => bounds(people, pool),
        };
        Range { least: sum.least + own.least, most: sum.most + own.most }
    })
}

fn over_ways(people: &BTreeSet<PersonId>, settlement: &Settlement) -> Range {
    let members = &settlement.pool.people;
    let count = |way: &Way| {
        members.iter().zip(&way.places).filter(|(person, place)| place.is_none() && people.contains(person)).count()
    };
    let counts = || settlement.ways.iter().map(count);
    Range { least: counts().min().unwrap_or(0), most: counts().max().unwrap_or(0) }
}

fn bounds(people: &BTreeSet<PersonId>, pool: &Pool) -> Range {
    let may = pool.may_be_unplaced.iter().filter(|person| people.contains(person)).count();
    let left = pool.people.len().saturating_sub(pool.seats as usize);
    Range { least: left.saturating_sub(pool.may_be_unplaced.len() - may), most: may }
}
