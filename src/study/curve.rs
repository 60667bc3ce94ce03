//! How the goals change as one limit of one fairness clause moves: every step, exactly where it lies.
//!
//! A tighter limit leaves fewer plans, so the goals can only get worse, one step after the other. From the loose end: the best
//! plan for a limit stays the best down to the tightest limit that it still keeps, and that limit is found by asking the
//! checker about this one plan; then the next limit is solved. So each step takes a solve or two, and no limit is left out.

use crate::case::Case;
use crate::case::answer::Plan;
use crate::case::scenario::{Clause, Scenario};
use crate::certify::{Refusal, inspect};
use crate::solve::Limits;
use crate::study::price::{Worth, value};
use crate::study::variant::Variant;
use crate::study::variant::change::Limit;

/// Beyond any pay bill, in pence: a hundred billion pounds.
const NO_BUDGET: i64 = 10_000_000_000_000;

/// The limits between which nothing changes, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The loosest.
    pub loosest: i64,
    /// The tightest.
    pub tightest: i64,
    /// What the case is worth there.
    pub worth: Worth,
}

/// Every step from the loosest limit to the tightest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// Position of the clause in the scenario.
    pub clause: usize,
    /// Which end of it moves.
    pub end: Limit,
    /// The loosest and the tightest limit that there can be, in basis points, pence or people.
    pub range: (i64, i64),
    /// The limit of the scenario, if it has this one.
    pub today: Option<i64>,
    /// The steps, the loosest first; each differs from the next.
    pub steps: Vec<Step>,
    /// Whether there are more steps than were asked for, or a limit was reached.
    pub is_cut: bool,
}

/// Why a curve is not right.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The steps do not follow each other over the whole range.
    #[error("the steps leave limits out, or two of them are one")]
    Shape,
    /// Solving a limit again gives something else.
    #[error("at the limit {0} solving again gives something else")]
    Step(i64),
    /// The solver's answer is not confirmed.
    #[error("{0}")]
    Refused(#[from] Refusal),
}

/// The limits that a clause has today, with the end at which each stands.
pub fn ends(clause: &Clause) -> Vec<(Limit, i64)> {
    match clause {
        Clause::PeopleShare { min, max, .. } | Clause::FteShare { min, max, .. } => {
            let of = |end, limit: &Option<crate::quantity::BasisPoints>| limit.map(|limit| (end, i64::from(limit.0)));
            [of(Limit::Min, min), of(Limit::Max, max)].into_iter().flatten().collect()
        }
        Clause::Budget { max, .. } => vec![(Limit::Max, max.0)],
        Clause::Cover { min_people, .. } => vec![(Limit::Min, i64::from(*min_people))],
        Clause::VacancyGap { max_points, .. } | Clause::PreferenceParity { max_points } => {
            vec![(Limit::Max, i64::from(max_points.0))]
        }
    }
}

/// The loosest and the tightest limit that there can be.
fn range(case: &Case, clause: &Clause, end: Limit) -> (i64, i64) {
    match (clause, end) {
        (Clause::Budget { .. }, _) => (NO_BUDGET, 0),
        (Clause::Cover { .. }, _) => (0, i64::try_from(case.people.len()).unwrap_or(i64::MAX)),
        (Clause::PeopleShare { .. } | Clause::FteShare { .. }, Limit::Min) => (0, 10_000),
        (
            Clause::PeopleShare { .. }
            | Clause::FteShare { .. }
            | Clause::VacancyGap { .. }
            | Clause::PreferenceParity { .. },
            Limit::Max | Limit::Min,
        ) => (10_000, 0),
    }
}

/// Every step of one limit, at most `most` of them; a clause that is only measured is enforced here.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn curve(
    case: &Case,
    scenario: &Scenario,
    clause: usize,
    end: Limit,
    most: usize,
    limits: &Limits<'_>,
) -> Result<Curve, Refusal> {
    let the_clause = &scenario.fairness[clause].clause;
    let (loose, tight) = range(case, the_clause, end);
    let today = ends(the_clause).into_iter().find(|&(it, _)| it == end).map(|(_, limit)| limit);
    let mut curve = Curve { clause, end, range: (loose, tight), today, steps: Vec::new(), is_cut: false };
    let mut at = loose;
    loop {
        let found = solve(case, scenario, &curve, at, limits)?;
        let reaches = match &found {
            Worth::Best(best) => tightest(case, scenario, &curve, at, &best.plan),
            Worth::Impossible => tight,
            Worth::Stopped => at,
        };
        curve.is_cut = found == Worth::Stopped;
        let is_full = curve.steps.len() == most;
        match curve.steps.last_mut() {
            Some(last) if same(&last.worth, &found) => last.tightest = reaches,
            Some(_) | None if is_full => curve.is_cut = true,
            Some(_) | None => curve.steps.push(Step { loosest: at, tightest: reaches, worth: found }),
        }
        if curve.is_cut || reaches == tight {
            return Ok(curve);
        }
        at = reaches + toward(loose, tight);
    }
}

/// Solves both ends of every step again.
///
/// # Errors
/// [`Fault`] names the first statement that does not hold.
pub fn check(case: &Case, scenario: &Scenario, curve: &Curve, limits: &Limits<'_>) -> Result<(), Fault> {
    let (loose, tight) = curve.range;
    let ahead = toward(loose, tight);
    let follow = |pair: &[Step]| pair[0].tightest + ahead == pair[1].loosest && !same(&pair[0].worth, &pair[1].worth);
    let starts = curve.steps.first().is_some_and(|step| step.loosest == loose);
    let stops = curve.is_cut || curve.steps.last().is_some_and(|step| step.tightest == tight);
    if !starts || !stops || !curve.steps.windows(2).all(follow) {
        return Err(Fault::Shape);
    }
    for step in &curve.steps {
        for at in [step.loosest, step.tightest] {
            if !same(&solve(case, scenario, curve, at, limits)?, &step.worth) {
                return Err(Fault::Step(at));
            }
        }
    }
    Ok(())
}

fn toward(loose: i64, tight: i64) -> i64 {
    (tight - loose).signum()
}

/// Whether every goal is the same; who is placed where may differ.
fn same(one: &Worth, other: &Worth) -> bool {
    match (one, other) {
        (Worth::Best(one), Worth::Best(other)) => one.values == other.values,
        (Worth::Impossible, Worth::Impossible) | (Worth::Stopped, Worth::Stopped) => true,
        (Worth::Best(_) | Worth::Impossible | Worth::Stopped, _) => false,
    }
}

fn solve(case: &Case, scenario: &Scenario, curve: &Curve, at: i64, limits: &Limits<'_>) -> Result<Worth, Refusal> {
    let variant = Variant::of(case, scenario).with_limit(curve.clause, curve.end, at);
    value(case, scenario, &variant, limits)
}

/// The tightest limit that a plan keeps; it keeps the limit `at`.
fn tightest(case: &Case, scenario: &Scenario, curve: &Curve, at: i64, plan: &Plan) -> i64 {
    let ahead = toward(curve.range.0, curve.range.1);
    let keeps = |tighter: i64| {
        let variant = Variant::of(case, scenario).with_limit(curve.clause, curve.end, at + ahead * tighter);
        inspect(case, &variant.scenario, plan).fairness[curve.clause].met
    };
    let (mut kept, mut broken) = (0, (curve.range.1 - at).abs() + 1);
    while broken - kept > 1 {
        let middle = kept + (broken - kept) / 2;
        if keeps(middle) { kept = middle } else { broken = middle }
    }
    at + ahead * kept
}
