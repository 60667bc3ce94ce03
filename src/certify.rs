//! Private stand-in of the report branch: the real one replaces it at the merge.

use std::collections::BTreeSet;

use crate::case::answer::{Answer, Conflict, Effort, Outcome, Plan, Scored, Undecided};
use crate::case::proof::Proof;
use crate::case::rule::Rule;
use crate::case::scenario::{Clause, FairnessRule, Level, Scenario};
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

/// A fairness clause as a plan meets it, or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Position in `scenario.fairness`.
    pub index: usize,
    /// Enforced, or measured only.
    pub level: Level,
    /// What was found.
    pub measure: Measure,
    /// Whether it lies within the limits, decided exactly.
    pub met: bool,
}

/// What a clause found in a plan, and its limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// `people_share`: people placed there, of all people in the case.
    PeopleShare {
        /// Which authority.
        authority: AuthorityId,
        /// People placed there.
        placed: i64,
        /// All people in the case.
        all: i64,
        /// At least this share.
        min: Option<BasisPoints>,
        /// At most this share.
        max: Option<BasisPoints>,
    },
    /// `fte_share`: their FTE, of the FTE of all people, in ten-thousandths.
    FteShare {
        /// Which authority.
        authority: AuthorityId,
        /// FTE of the people placed there, in ten-thousandths.
        placed: i64,
        /// FTE of all people in the case, in ten-thousandths.
        all: i64,
        /// At least this share.
        min: Option<BasisPoints>,
        /// At most this share.
        max: Option<BasisPoints>,
    },
    /// `budget`: cost of the authority's placements.
    Budget {
        /// Which authority.
        authority: AuthorityId,
        /// Cost a year.
        cost: Pence,
        /// At most this much.
        max: Pence,
    },
    /// `cover`: people placed in the authority's posts that list the function.
    Cover {
        /// Which authority.
        authority: AuthorityId,
        /// Which function.
        function: String,
        /// People placed so.
        placed: i64,
        /// At least so many.
        min: u32,
    },
    /// `vacancy_gap`: the two vacancy rates.
    VacancyGap {
        /// The two authorities, in the order of the clause.
        rates: [Vacancy; 2],
        /// At most so many points apart.
        max_points: BasisPoints,
    },
    /// `preference_parity`: how often each employer's staff got what they stated.
    PreferenceParity {
        /// Every employer with someone who stated an authority, lowest id first.
        employers: Vec<Met>,
        /// The pair that lies furthest apart, the higher share first; `None` with fewer than two employers.
        widest: Option<[Met; 2]>,
        /// At most so many points apart.
        max_points: BasisPoints,
    },
}

/// Empty seats of one authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vacancy {
    /// Which authority.
    pub authority: AuthorityId,
    /// Offered seats that nobody holds.
    pub empty: i64,
    /// Offered seats.
    pub seats: i64,
}

/// How many of an employer's people got the authority that they stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// The present employer.
    pub employer: AuthorityId,
    /// People placed in the authority that they stated.
    pub met: i64,
    /// People who stated one.
    pub stated: i64,
}

impl Vacancy {
    /// Empty seats over offered seats, rounded half up; `None` where no seat is offered.
    pub fn rate(&self) -> Option<BasisPoints> {
        share(self.empty, self.seats)
    }
}

impl Met {
    /// Preferences met over stated, rounded half up; `None` where nobody stated one.
    pub fn rate(&self) -> Option<BasisPoints> {
        share(self.met, self.stated)
    }
}

impl Measure {
    /// The rule that the clause is a case of.
    pub fn rule(&self) -> Rule {
        match self {
            Measure::PeopleShare { .. } => Rule::PeopleShare,
            Measure::FteShare { .. } => Rule::FteShare,
            Measure::Budget { .. } => Rule::Budget,
            Measure::Cover { .. } => Rule::Cover,
            Measure::VacancyGap { .. } => Rule::VacancyGap,
            Measure::PreferenceParity { .. } => Rule::PreferenceParity,
        }
    }

    /// The percentage to show: a share, or a gap in points; `None` where it is money, a count or undefined.
    pub fn percentage(&self) -> Option<BasisPoints> {
        match self {
            Measure::PeopleShare { placed, all, .. } | Measure::FteShare { placed, all, .. } => share(*placed, *all),
            Measure::Budget { .. } | Measure::Cover { .. } => None,
            Measure::VacancyGap { rates: [a, b], .. } => apart((a.empty, a.seats), (b.empty, b.seats)),
            Measure::PreferenceParity { widest, .. } => {
                let [high, low] = (*widest)?;
                apart((high.met, high.stated), (low.met, low.stated))
            }
        }
    }
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
    let unplaced: Vec<PersonId> =
        plan.map(|p| p.iter().filter(|x| x.1.is_none()).map(|x| x.0).collect()).unwrap_or_default();
    let vacancies: Vec<(PostId, u32)> = plan
        .map(|p| {
            let holders = p.holders(case);
            offered.iter().map(|&o| (o, case.posts[o].capacity - holders[o])).filter(|x| x.1 > 0).collect()
        })
        .unwrap_or_default();
    let mut fairness = Vec::new();
    if plan.is_some() {
        for (index, rule) in scenario.fairness.iter().enumerate() {
            fairness.push(measure(case, index, rule, &placements, &vacancies, &offered));
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

fn apart((a, all_a): (i64, i64), (b, all_b): (i64, i64)) -> Option<BasisPoints> {
    share((a * all_b - b * all_a).abs(), all_a * all_b)
}

fn measure(
    case: &Case,
    index: usize,
    rule: &FairnessRule,
    placed: &[Placement],
    vacant: &[(PostId, u32)],
    offered: &[PostId],
) -> Measured {
    let at = |a: AuthorityId| placed.iter().filter(move |p| p.authority == a);
    let measure = match rule.clause.clone() {
        Clause::PeopleShare { authority, min, max } => {
            let (placed, all) = (at(authority).count() as i64, case.people.len() as i64);
            Measure::PeopleShare { authority, placed, all, min, max }
        }
        Clause::FteShare { authority, min, max } => {
            let placed = at(authority).map(|p| i64::from(case.people[p.person].fte.0)).sum();
            let all = case.people.values().map(|p| i64::from(p.fte.0)).sum();
            Measure::FteShare { authority, placed, all, min, max }
        }
        Clause::Budget { authority, max } => {
            Measure::Budget { authority, cost: Pence(at(authority).map(|p| p.cost.0).sum()), max }
        }
        Clause::Cover { authority, function, min_people: min } => {
            let placed = at(authority).filter(|p| case.posts[p.post].functions.contains(&function)).count() as i64;
            Measure::Cover { authority, function, placed, min }
        }
        Clause::VacancyGap { authorities, max_points } => {
            let rates = authorities.map(|authority| Vacancy {
                authority,
                empty: vacant.iter().filter(|v| case.posts[v.0].authority == authority).map(|v| i64::from(v.1)).sum(),
                seats: offered
                    .iter()
                    .filter(|&&o| case.posts[o].authority == authority)
                    .map(|&o| i64::from(case.posts[o].capacity))
                    .sum(),
            });
            Measure::VacancyGap { rates, max_points }
        }
        Clause::PreferenceParity { max_points } => {
            let of = |employer| Met {
                employer,
                stated: case
                    .people
                    .iter()
                    .filter(|(_, p)| p.employer == employer && p.preference.stated().is_some())
                    .count() as i64,
                met: placed
                    .iter()
                    .filter(|p| case.people[p.person].employer == employer && p.preference_met == Some(true))
                    .count() as i64,
            };
            let employers: Vec<Met> = case.authorities.ids().map(of).filter(|m| m.stated > 0).collect();
            let widest = (employers.len() > 1).then(|| [employers[0], employers[1]]);
            Measure::PreferenceParity { employers, widest, max_points }
        }
    };
    let met = match &measure {
        Measure::FteShare { max, .. } => measure.percentage() <= *max,
        _ => true,
    };
    Measured { index, level: rule.level, measure, met }
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
