//! What no combination of answers goes beyond, proved without trying them all.
//!
//! Fewer people in the running leave fewer plans, and a wish can at most be met: so every combination lies between two
//! cases that are solved, "everyone goes who may go, nobody states anything" and "everyone stays, nobody states anything", the
//! latter with each wish counted as met. That holds for the first goal, and for the next as long as the ones before it are
//! the same in both. Besides, no plan has more of a goal than the best plan for that goal alone. Answers change what ranks
//! count, so nothing is said of ranks; and nothing where parity is enforced, a rule that answers themselves change.

use std::collections::BTreeMap;

use crate::case::goal::{Goal, Part};
use crate::case::scenario::{Objective, Sense};
use crate::certify::{Refusal, goals};
use crate::study::answers::figure::{Figure, Values};
use crate::study::answers::groups::has_parity;
use crate::study::answers::open::{Kind, Open, Said};
use crate::study::answers::search::{Search, Solved};
use crate::study::variant::is_proved;

/// What no combination goes beyond; nothing where nothing is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bound {
    /// No combination is worse.
    pub worst: Option<i64>,
    /// No combination is better.
    pub best: Option<i64>,
}

/// Every outcome of which something is proved.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub(super) fn bounds(search: &mut Search<'_>, today: &Values) -> Result<BTreeMap<Figure, Bound>, Refusal> {
    let mut found = BTreeMap::new();
    if !has_parity(search.scenario) {
        bracket(search, &mut found)?;
        alone(search, &mut found)?;
        follow(today, &mut found);
    }
    limits(today, &mut found);
    Ok(found)
}

/// A role is covered or not, and no fewer than none are: ends that are reached need no further question.
fn limits(today: &Values, found: &mut BTreeMap<Figure, Bound>) {
    let mut roles = 0;
    for &figure in today.keys().filter(|figure| matches!(figure, Figure::CoverAt(..))) {
        roles += 1;
        found.insert(figure, Bound { worst: Some(0), best: Some(1) });
    }
    let cover = found.entry(Figure::Cover).or_default();
    cover.worst = cover.worst.or(Some(0));
    cover.best = cover.best.or(Some(roles));
}

/// The two cases between which every combination lies, goal after goal.
fn bracket(search: &mut Search<'_>, found: &mut BTreeMap<Figure, Bound>) -> Result<(), Refusal> {
    let (fewest, most) = (gone(search.open), quiet(search.open));
    let fewest = search.solve(&fewest)?.and_then(|solved| values(search, &fewest, &solved));
    let Some(most) = search.solve(&most)?.and_then(|solved| values(search, &most, &solved)) else { return Ok(()) };
    let wishes = wishes(search);
    for goal in goals(search.case, search.scenario) {
        let Some(slack) = slack(goal, wishes) else { break };
        let figure = Figure::Goal(goal);
        let of = |values: &Values| values.get(&figure).copied().unwrap_or(0);
        let (best, worst) = (of(&most) + slack, fewest.as_ref().map(of));
        found.insert(figure, Bound { worst, best: Some(best) });
        if worst != Some(best) {
            break;
        }
    }
    Ok(())
}

fn values(search: &Search<'_>, setting: &[usize], solved: &Solved) -> Option<Values> {
    match solved {
        Solved::Best(plan) => Some(crate::study::answers::figure::measure(&search.variant(setting), plan)),
        Solved::Impossible => None,
    }
}

/// Each goal of which more is better, by itself: no plan at all has more of it.
fn alone(search: &mut Search<'_>, found: &mut BTreeMap<Figure, Bound>) -> Result<(), Refusal> {
    let wishes = wishes(search);
    let objectives = search.scenario.objectives.clone();
    for (position, objective) in objectives.into_iter().enumerate() {
        let goal = Goal::whole(position, objective);
        let Some(slack) = slack(goal, wishes).filter(|_| objective.sense() == Sense::Most) else { continue };
        let mut variant = search.variant(&quiet(search.open));
        variant.scenario.objectives = vec![objective];
        let certified = search.ask(&variant)?;
        let (true, [scored]) = (is_proved(&certified), certified.objectives()) else { continue };
        let bound = found.entry(Figure::Goal(goal)).or_default();
        let best = scored.value + slack;
        bound.best = Some(bound.best.map_or(best, |other| other.min(best)));
    }
    Ok(())
}

/// Outcomes that are goals under another name: a seat is empty unless somebody is placed in it.
fn follow(today: &Values, found: &mut BTreeMap<Figure, Bound>) {
    let value = |figure| today.get(&figure).copied().unwrap_or(0);
    let seats = value(Figure::Placed) + value(Figure::Vacancies);
    for (figure, bound) in found.clone() {
        let Figure::Goal(goal) = figure else { continue };
        match (goal.part, goal.objective) {
            (Part::Placed, _) | (Part::Whole, Objective::Placed) => {
                let empty = |placed: Option<i64>| placed.map(|placed| seats - placed);
                found.insert(Figure::Placed, bound);
                found.insert(Figure::Vacancies, Bound { worst: empty(bound.worst), best: empty(bound.best) });
            }
            (Part::Whole, Objective::Statutory) => {
                found.insert(Figure::Cover, bound);
            }
            (Part::Whole, Objective::Preference) => {
                found.insert(Figure::Met, bound);
            }
            (Part::Whole | Part::Rank(_), _) => {}
        }
    }
}

/// By how much answers alone can raise a goal; none where that is not known.
fn slack(goal: Goal, wishes: i64) -> Option<i64> {
    match (goal.part, goal.objective) {
        (Part::Placed, _) => Some(0),
        (Part::Rank(_), _)
        | (
            Part::Whole,
            Objective::Rank | Objective::Generous | Objective::Greedy | Objective::RankMaximal | Objective::Bottleneck,
        ) => None,
        (Part::Whole, Objective::Preference) => Some(wishes),
        (
            Part::Whole,
            Objective::Placed
            | Objective::Statutory
            | Objective::Match
            | Objective::Cost
            | Objective::Moves
            | Objective::Critical
            | Objective::Travel
            | Objective::Family,
        ) => Some(0),
    }
}

/// How many people may still state an authority in which they may be placed.
fn wishes(search: &Search<'_>) -> i64 {
    let may = |position: &usize| {
        (0..search.open[*position].answers.len()).any(|answer| search.reader.can_be_met(*position, answer))
    };
    i64::try_from((0..search.open.len()).filter(may).count()).expect("fewer than 2^32 people")
}

/// Everyone stays, and nobody of them states an authority.
pub(super) fn quiet(open: &[Open]) -> Vec<usize> {
    let unstated = |it: &Open| {
        let said = match it.kind {
            Kind::NoResponse | Kind::Declined => Said::NoPreference,
            Kind::Late => Said::NotCounted,
            Kind::WouldLeave => Said::AsToday,
        };
        it.answers.iter().position(|&answer| answer == said).unwrap_or(0)
    };
    open.iter().map(unstated).collect()
}

/// Everyone goes who may go, and nobody else states an authority.
pub(super) fn gone(open: &[Open]) -> Vec<usize> {
    let goes = |it: &Open| it.answers.iter().position(|&answer| answer == Said::Leaves);
    open.iter().zip(quiet(open)).map(|(it, unstated)| goes(it).unwrap_or(unstated)).collect()
}
