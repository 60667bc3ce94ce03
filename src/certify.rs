//! Private stand-in of the report branch: the real one replaces it at the merge.

use std::collections::BTreeSet;

use crate::case::answer::{Answer, Conflict, Effort, Outcome, Plan, Scored, Undecided};
use crate::case::proof::Proof;
use crate::case::scenario::{Clause, Scenario};
use crate::case::{Case, MatchKind, PostStatus, Response};
use crate::id::{AuthorityId, PersonId, PostId};
use crate::quantity::{BasisPoints, Pence, share};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Proved best.
    Optimal,
    /// A limit was reached.
    Stopped,
    /// No plan keeps every rule.
    Impossible,
}

impl Status {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Status::Optimal => "optimal",
            Status::Stopped => "stopped",
            Status::Impossible => "impossible",
        }
    }
}

/// One person with a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Whom.
    pub person: PersonId,
    /// Which post.
    pub post: PostId,
    /// Whose post.
    pub authority: AuthorityId,
    /// How well it matches.
    pub kind: MatchKind,
    /// The rank counted in the objective.
    pub rank_counted: u32,
    /// The rank that the person gave.
    pub rank_given: Option<u32>,
    /// Whether a stated authority was met.
    pub preference_met: Option<bool>,
    /// Pay with on-cost.
    pub cost: Pence,
    /// Whether it is outside the present employer.
    pub moved: bool,
}

/// A fairness clause, measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Position in `scenario.fairness`.
    pub index: usize,
    /// What was measured.
    pub value: Value,
    /// Whether it lies within its limits.
    pub met: bool,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A share.
    Share {
        /// Rounded.
        value: BasisPoints,
        /// Numerator.
        part: i64,
        /// Denominator.
        whole: i64,
    },
    /// Money.
    Money {
        /// Cost.
        cost: Pence,
    },
    /// People.
    People {
        /// How many.
        count: u32,
    },
    /// Two vacancy rates.
    Gap {
        /// Of each authority; none without offered seats.
        rates: [Option<BasisPoints>; 2],
        /// Their difference.
        gap: Option<BasisPoints>,
    },
    /// Preference met by employer.
    Parity {
        /// Employer, met, stated.
        employers: Vec<(AuthorityId, u32, u32)>,
        /// Largest difference.
        gap: Option<BasisPoints>,
    },
}

/// A checked answer.
#[derive(Debug, Clone)]
pub struct Certified {
    status: Status,
    answer: Option<Answer>,
    conflict: Option<Conflict>,
    placements: Vec<Placement>,
    unplaced: Vec<PersonId>,
    vacancies: Vec<(PostId, u32)>,
    offered: Vec<PostId>,
    fairness: Vec<Measured>,
}

/// A broken claim.
#[derive(Debug)]
pub struct Breach;

/// Stand-in: derives the figures, checks nothing.
///
/// # Errors
/// None here.
pub fn certify(case: &Case, scenario: &Scenario, outcome: Outcome) -> Result<Certified, Breach> {
    let chosen: BTreeSet<_> = scenario.structures.values().copied().collect();
    let offered: Vec<PostId> = case
        .posts
        .iter()
        .filter(|(_, p)| p.status == PostStatus::Open && !p.structures.is_disjoint(&chosen))
        .map(|(id, _)| id)
        .collect();
    let (status, answer, conflict) = match outcome {
        Outcome::Placed(answer) => (Status::Optimal, Some(answer), None),
        Outcome::Stopped(answer) => (Status::Stopped, answer, None),
        Outcome::Impossible(conflict) => (Status::Impossible, None, Some(conflict)),
    };
    let plan = answer.as_ref().map(|a| &a.plan);
    let placements: Vec<Placement> = plan.map(|p| placements(case, scenario, p)).unwrap_or_default();
    let unplaced: Vec<PersonId> = plan.map(|p| p.iter().filter(|x| x.1.is_none()).map(|x| x.0).collect()).unwrap_or_default();
    let vacancies: Vec<(PostId, u32)> = plan
        .map(|p| {
            let holders = p.holders(case);
            offered.iter().map(|&o| (o, case.posts[o].capacity - holders[o])).filter(|x| x.1 > 0).collect()
        })
        .unwrap_or_default();
    let mut fairness = Vec::new();
    if plan.is_some() {
        for (index, rule) in scenario.fairness.iter().enumerate() {
            fairness.push(measure(case, index, &rule.clause, &placements, &vacancies, &offered));
        }
    }
    Ok(Certified { status, answer, conflict, placements, unplaced, vacancies, offered, fairness })
}

fn placements(case: &Case, scenario: &Scenario, plan: &Plan) -> Vec<Placement> {
    plan.placed()
        .map(|(person, post)| {
            let (p, q) = (&case.people[person], &case.posts[post]);
            let given = case.ranks.get(&(person, post)).map(|r| r.rank);
            let counted = match p.preference.response {
                Response::NoResponse => 0,
                Response::Responded | Response::Late | Response::Declined => {
                    given.unwrap_or(scenario.policy.unlisted_rank)
                }
            };
            let fte = i128::from(p.fte.min(q.fte).0);
            let pay = i128::from(p.salary.max(q.salary_min).0) * fte;
            let cost = (pay * i128::from(10_000 + scenario.policy.on_cost.0) + 50_000_000) / 100_000_000;
            Placement {
                person,
                post,
                authority: q.authority,
                kind: case.matches[&(person, post)].kind,
                rank_counted: counted,
                rank_given: given,
                preference_met: p.preference.stated().map(|a| a == q.authority),
                cost: Pence(i64::try_from(cost).unwrap_or(0)),
                moved: p.employer != q.authority,
            }
        })
        .collect()
}

fn measure(
    case: &Case,
    index: usize,
    clause: &Clause,
    placed: &[Placement],
    vacant: &[(PostId, u32)],
    offered: &[PostId],
) -> Measured {
    let at = |a: AuthorityId| placed.iter().filter(move |p| p.authority == a);
    let inside = |v: BasisPoints, min: &Option<BasisPoints>, max: &Option<BasisPoints>| {
        min.is_none_or(|m| v >= m) && max.is_none_or(|m| v <= m)
    };
    let (value, met) = match clause {
        Clause::PeopleShare { authority, min, max } => {
            let (part, whole) = (at(*authority).count() as i64, case.people.len() as i64);
            let value = share(part, whole).unwrap_or_default();
            (Value::Share { value, part, whole }, inside(value, min, max))
        }
        Clause::FteShare { authority, min, max } => {
            let part = at(*authority).map(|p| i64::from(case.people[p.person].fte.0)).sum();
            let whole = case.people.values().map(|p| i64::from(p.fte.0)).sum();
            let value = share(part, whole).unwrap_or_default();
            (Value::Share { value, part, whole }, inside(value, min, max))
        }
        Clause::Budget { authority, max } => {
            let cost = Pence(at(*authority).map(|p| p.cost.0).sum());
            (Value::Money { cost }, cost <= *max)
        }
        Clause::Cover { authority, function, min_people } => {
            let count = at(*authority).filter(|p| case.posts[p.post].functions.contains(function)).count() as u32;
            (Value::People { count }, count >= *min_people)
        }
        Clause::VacancyGap { authorities, max_points } => {
            let rates = authorities.map(|a| {
                let seats = offered.iter().filter(|&&o| case.posts[o].authority == a).map(|&o| case.posts[o].capacity);
                let empty = vacant.iter().filter(|v| case.posts[v.0].authority == a).map(|v| i64::from(v.1)).sum();
                share(empty, seats.map(i64::from).sum())
            });
            let gap = rates[0].zip(rates[1]).map(|(x, y)| BasisPoints((x.0 - y.0).abs()));
            (Value::Gap { rates, gap }, gap.is_none_or(|g| g <= *max_points))
        }
        Clause::PreferenceParity { max_points } => {
            let employers: Vec<_> = case
                .authorities
                .ids()
                .map(|a| {
                    let staff = case.people.iter().filter(|(_, p)| p.employer == a);
                    let stated = staff.filter(|(_, p)| p.preference.stated().is_some()).count() as u32;
                    let met = placed.iter().filter(|p| case.people[p.person].employer == a);
                    (a, met.filter(|p| p.preference_met == Some(true)).count() as u32, stated)
                })
                .collect();
            let rates: Vec<i32> =
                employers.iter().filter_map(|&(_, m, s)| share(m.into(), s.into())).map(|b| b.0).collect();
            let gap =
                rates.iter().max().zip(rates.iter().min()).filter(|_| rates.len() > 1).map(|(x, y)| BasisPoints(x - y));
            let met = gap.is_none_or(|g| g <= *max_points);
            (Value::Parity { employers, gap }, met)
        }
    };
    Measured { index, value, met }
}

/// The fixed agreement.
#[allow(missing_docs, reason = "stand-in")]
impl Certified {
    pub fn status(&self) -> Status {
        self.status
    }
    pub fn plan(&self) -> Option<&Plan> {
        self.answer.as_ref().map(|a| &a.plan)
    }
    pub fn placements(&self) -> &[Placement] {
        &self.placements
    }
    pub fn unplaced(&self) -> Vec<PersonId> {
        self.unplaced.clone()
    }
    pub fn vacancies(&self) -> Vec<(PostId, u32)> {
        self.vacancies.clone()
    }
    pub fn offered(&self) -> Vec<PostId> {
        self.offered.clone()
    }
    pub fn objectives(&self) -> &[Scored] {
        self.answer.as_ref().map_or(&[], |a| &a.objectives)
    }
    pub fn undecided(&self) -> &[Undecided] {
        self.answer.as_ref().map_or(&[], |a| &a.undecided)
    }
    pub fn undecided_complete(&self) -> bool {
        self.answer.as_ref().is_some_and(|a| a.undecided_complete)
    }
    pub fn fairness(&self) -> &[Measured] {
        &self.fairness
    }
    pub fn proofs(&self) -> &[Proof] {
        self.answer.as_ref().map_or(&[], |a| &a.proofs)
    }
    pub fn witnesses(&self) -> &[Plan] {
        self.answer.as_ref().map_or(&[], |a| &a.witnesses)
    }
    pub fn conflict(&self) -> Option<&Conflict> {
        self.conflict.as_ref()
    }
    pub fn effort(&self) -> Effort {
        self.answer.as_ref().map(|a| a.effort).or(self.conflict.as_ref().map(|c| c.effort)).unwrap_or_default()
    }
}
