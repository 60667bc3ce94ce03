//! Goals gathered again into the objectives that a person wrote, and said in words.
//!
//! An objective that counts people at ranks has a goal for each rank; on paper it is one line, with a line for each rank
//! below where that helps.

use crate::case::goal::{Goal, Part};
use crate::case::scenario::{Objective, RankOrder, Scenario, Sense};
use crate::quantity::grouped;
use crate::report::words::{objective_name, objective_value, ordinal};

/// The goals of each objective of the scenario, in its order; an objective over ranks may have none.
pub fn by_objective<'a, T>(
    scenario: &Scenario,
    goals: &'a [T],
    goal: impl Fn(&T) -> Goal,
) -> Vec<(Objective, &'a [T])> {
    let mut rest = goals;
    let of = |(position, &objective): (usize, &Objective)| {
        let own = rest.iter().take_while(|it| goal(it).position == position).count();
        let (own, others) = rest.split_at(own);
        rest = others;
        (objective, own)
    };
    scenario.objectives.iter().enumerate().map(of).collect()
}

/// What a goal counts.
pub fn goal_name(goal: Goal) -> String {
    match goal.part {
        Part::Whole => objective_name(goal.objective).to_owned(),
        Part::Placed => objective_name(Objective::Placed).to_owned(),
        Part::Rank(rank) => format!("People at rank {rank}"),
    }
}

/// A value of a goal, with its unit where it has one.
pub fn goal_value(goal: Goal, value: i64) -> String {
    match goal.part {
        Part::Whole => objective_value(goal.objective, value),
        Part::Placed | Part::Rank(_) => grouped(value),
    }
}

/// Values of all goals of an objective on one line: `46 placed; 1st 26, 2nd 7, 6th 13`.
pub fn values(objective: Objective, goals: impl Iterator<Item = (Goal, i64)>) -> String {
    let (mut placed, mut ranks) = (String::new(), Vec::new());
    for (goal, value) in goals {
        match goal.part {
            Part::Whole => return goal_value(goal, value),
            Part::Placed => placed = format!("{} placed", grouped(value)),
            Part::Rank(rank) => ranks.push((rank, format!("{} {}", ordinal(rank), grouped(value)))),
        }
    }
    ranks.sort();
    let ranks = ranks.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", ");
    match (placed.is_empty(), ranks.is_empty()) {
        (true, true) => format!("nobody can have a rank ({objective})"),
        (false, false) => format!("{placed}; {ranks}"),
        (true, false) | (false, true) => placed + &ranks,
    }
}

/// What is wanted of an objective, in a word or two.
pub fn wanted(objective: Objective) -> &'static str {
    match (objective.profile(), objective.sense()) {
        (Some(RankOrder::BestFirst), _) => "most, best rank first",
        (Some(RankOrder::WorstFirst), _) => "fewest, worst rank first",
        (None, Sense::Most) => "most",
        (None, Sense::Least) => "least",
    }
}
