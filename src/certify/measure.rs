//! R401 to R406: what each fairness clause measures in a plan, with the exact numbers behind it.
//!
//! Whether a clause is met is decided by multiplying out, never by the rounded percentage that a report shows.

use crate::case::Case;
use crate::case::answer::Plan;
use crate::case::rule::Rule;
use crate::case::scenario::{Clause, Level};
use crate::certify::facts::{Facts, count, counted};
use crate::id::AuthorityId;
use crate::quantity::{BasisPoints, Pence, share, write_short};

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

/// Measures every clause of the scenario, in its order.
pub(super) fn measure(facts: &Facts<'_>, plan: &Plan) -> Vec<Measured> {
    let clauses = facts.scenario.fairness.iter().enumerate();
    clauses
        .map(|(index, fairness)| {
            let (measure, met) = match &fairness.clause {
                Clause::PeopleShare { authority, min, max } => r401_people_share(facts, plan, *authority, *min, *max),
                Clause::FteShare { authority, min, max } => r402_fte_share(facts, plan, *authority, *min, *max),
                Clause::Budget { authority, max } => r403_budget(facts, plan, *authority, *max),
                Clause::Cover { authority, function, min_people } => {
                    r404_cover(facts, plan, *authority, function, *min_people)
                }
                Clause::VacancyGap { authorities, max_points } => {
                    r405_vacancy_gap(facts, plan, *authorities, *max_points)
                }
                Clause::PreferenceParity { max_points } => r406_preference_parity(facts, plan, *max_points),
            };
            Measured { index, level: fairness.level, measure, met }
        })
        .collect()
}

/// R401: the authority's share of all people lies within the limits.
fn r401_people_share(
    facts: &Facts<'_>,
    plan: &Plan,
    authority: AuthorityId,
    min: Option<BasisPoints>,
    max: Option<BasisPoints>,
) -> (Measure, bool) {
    let posts = &facts.case.posts;
    let placed = shown(count(plan.placed().filter(|&(_, post)| posts[post].authority == authority)));
    let all = shown(count(facts.people()));
    (Measure::PeopleShare { authority, placed, all, min, max }, within(placed, all, min, max))
}

/// R402: the authority's share of all FTE lies within the limits.
fn r402_fte_share(
    facts: &Facts<'_>,
    plan: &Plan,
    authority: AuthorityId,
    min: Option<BasisPoints>,
    max: Option<BasisPoints>,
) -> (Measure, bool) {
    let (posts, people) = (&facts.case.posts, &facts.case.people);
    let there = plan.placed().filter(|&(_, post)| posts[post].authority == authority);
    let placed = there.map(|(person, _)| i64::from(people[person].fte.0)).sum();
    let all = facts.people().map(|person| i64::from(people[person].fte.0)).sum();
    (Measure::FteShare { authority, placed, all, min, max }, within(placed, all, min, max))
}

/// R403: the cost of the authority's placements is within its budget.
fn r403_budget(facts: &Facts<'_>, plan: &Plan, authority: AuthorityId, max: Pence) -> (Measure, bool) {
    let there = plan.placed().filter(|&(_, post)| facts.case.posts[post].authority == authority);
    let cost: i128 = there.map(|(person, post)| facts.cost(person, post)).sum();
    (Measure::Budget { authority, cost: Pence(shown(cost)), max }, cost <= i128::from(max.0))
}

/// R404: enough people are placed in the authority's posts of that function.
fn r404_cover(facts: &Facts<'_>, plan: &Plan, authority: AuthorityId, function: &str, min: u32) -> (Measure, bool) {
    let placed = count(plan.placed().filter(|&(_, post)| facts.does(post, authority, function)));
    let measure = Measure::Cover { authority, function: function.to_owned(), placed: shown(placed), min };
    (measure, placed >= i128::from(min))
}

/// R405: the two vacancy rates differ by no more than the limit. An authority that offers no seat has no rate, and
/// then there is nothing to compare.
fn r405_vacancy_gap(
    facts: &Facts<'_>,
    plan: &Plan,
    authorities: [AuthorityId; 2],
    max_points: BasisPoints,
) -> (Measure, bool) {
    let holders = plan.holders(facts.case);
    let rates = authorities.map(|authority| {
        let (mut empty, mut seats) = (0, 0);
        for post in facts.offered().filter(|&post| facts.case.posts[post].authority == authority) {
            let offered = i128::from(facts.case.posts[post].capacity);
            seats += offered;
            empty += (offered - i128::from(holders[post])).max(0);
        }
        Vacancy { authority, empty: shown(empty), seats: shown(seats) }
    });
    let [a, b] = rates;
    (Measure::VacancyGap { rates, max_points }, near((a.empty, a.seats), (b.empty, b.seats), max_points))
}

/// R406: preference is met about equally for each employer's staff.
fn r406_preference_parity(facts: &Facts<'_>, plan: &Plan, max_points: BasisPoints) -> (Measure, bool) {
    let people = &facts.case.people;
    let mut employers = Vec::new();
    for employer in facts.case.authorities.ids() {
        let satisfied = plan.placed().filter(|&(person, post)| {
            people[person].employer == employer && facts.preference_met(person, post) == Some(true)
        });
        let met = Met { employer, met: shown(count(satisfied)), stated: shown(facts.stated_among(employer)) };
        if met.stated > 0 {
            employers.push(met);
        }
    }
    let rate_order =
        |a: &Met, b: &Met| (i128::from(a.met) * i128::from(b.stated)).cmp(&(i128::from(b.met) * i128::from(a.stated)));
    // Ties go to the lower id: `min_by` keeps the first of equals, and so does `max_by` from the other end.
    let high = employers.iter().rev().max_by(|a, b| rate_order(a, b));
    let low = employers.iter().filter(|met| high.is_some_and(|high| high.employer != met.employer));
    let widest = high.zip(low.min_by(|a, b| rate_order(a, b))).map(|(high, low)| [*high, *low]);
    let met = widest.is_none_or(|[high, low]| near((high.met, high.stated), (low.met, low.stated), max_points));
    (Measure::PreferenceParity { employers, widest, max_points }, met)
}

/// Whether `part / all` lies within the limits, multiplied out. Of nobody, nought is as much as any share.
pub(super) fn within(part: i64, all: i64, min: Option<BasisPoints>, max: Option<BasisPoints>) -> bool {
    let part = i128::from(part) * i128::from(BasisPoints::WHOLE.0);
    let limit = |points: BasisPoints| i128::from(points.0) * i128::from(all);
    min.is_none_or(|min| part >= limit(min)) && max.is_none_or(|max| part <= limit(max))
}

/// Whether two rates (part, whole) lie at most so many points apart. Multiplied out, one of nought in nought (undefined)
/// is near to any.
pub(super) fn near((a, all_a): (i64, i64), (b, all_b): (i64, i64), max_points: BasisPoints) -> bool {
    // Two rates are never more than the whole apart, so a higher limit says nothing; and nothing overflows.
    let points = i128::from(max_points.0.min(BasisPoints::WHOLE.0));
    let whole = i128::from(all_a) * i128::from(all_b);
    let gap = (i128::from(a) * i128::from(all_b) - i128::from(b) * i128::from(all_a)).abs();
    gap * i128::from(BasisPoints::WHOLE.0) <= points * whole
}

/// How far apart two rates (part, whole) lie, in points, rounded half up.
fn apart((a, all_a): (i64, i64), (b, all_b): (i64, i64)) -> Option<BasisPoints> {
    let whole = i128::from(all_a) * i128::from(all_b);
    let gap = (i128::from(a) * i128::from(all_b) - i128::from(b) * i128::from(all_a)).abs();
    share(i64::try_from(gap).ok()?, i64::try_from(whole).ok()?)
}

/// A count or sum for showing. Sums that decide anything are compared before they come here, or were counted from
/// records in memory; only money could be cut, beyond ninety thousand billion pounds.
pub(super) fn shown(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// One line that says what was found and what the limit is, with the ids of the files.
pub(super) fn describe(case: &Case, measure: &Measure) -> String {
    let code = |authority: AuthorityId| case.authorities[authority].code.as_str();
    let points = measure.percentage().map_or_else(|| "undefined".to_owned(), |share| share.to_string());
    match measure {
        Measure::PeopleShare { authority, placed, all, min, max } => {
            format!("{} has {placed} of {all} people ({points} %){}", code(*authority), limits(*min, *max))
        }
        Measure::FteShare { authority, placed, all, min, max } => {
            let (placed, all) = (write_short(*placed, 4), write_short(*all, 4));
            format!("{} has {placed} of {all} FTE ({points} %){}", code(*authority), limits(*min, *max))
        }
        Measure::Budget { authority, cost, max } => {
            format!("{}'s placements cost {cost}, at most {max} allowed", code(*authority))
        }
        Measure::Cover { authority, function, placed, min } => {
            let placed = counted(i128::from(*placed), "person", "people");
            format!("{} has {placed} in posts of \"{function}\", at least {min} needed", code(*authority))
        }
        Measure::VacancyGap { rates, max_points } => {
            let side = |side: Vacancy| format!("{} of {} seats at {}", side.empty, side.seats, code(side.authority));
            let [first, second] = rates.map(side);
            format!("empty are {first} and {second}, {points} points apart, at most {max_points} allowed")
        }
        Measure::PreferenceParity { widest, max_points, .. } => {
            let side = |met: Met| format!("{} of {} for staff of {}", met.met, met.stated, code(met.employer));
            let found = widest.map_or_else(String::new, |[high, low]| format!("{} and {}", side(high), side(low)));
            format!("preferences met are {found}, {points} points apart, at most {max_points} allowed")
        }
    }
}

fn limits(min: Option<BasisPoints>, max: Option<BasisPoints>) -> String {
    let least = min.map(|min| format!(", at least {min} % needed"));
    let most = max.map(|max| format!(", at most {max} % allowed"));
    least.into_iter().chain(most).collect()
}
