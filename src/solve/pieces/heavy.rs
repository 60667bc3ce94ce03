//! Proofs of one piece with multipliers that all pieces have in common.
//!
//! The solver's own proofs multiply the goals before as lightly as they can, each piece in its own way. Heavier is as good: with every
//! goal so heavy that it counts before all after it, whatever a piece may come to, each piece has prices that prove it, and
//! those of all pieces stand side by side. Whether they do prove it is seen by evaluating; where not, there is no part.

use crate::case::proof::RowName;
use crate::case::scenario::Objective;
use crate::id::PostId;
use crate::kernel::domain::Domain;
use crate::kernel::problem::{Problem, Row};
use crate::kernel::relax::{Relaxation, Weights};
use crate::model::{Model, Target};
use crate::solve::pieces::ascent::Ascent;

/// How many times what a piece may come to a goal weighs.
const MARGIN: i128 = 8;

/// How heavy each goal is.
pub(super) struct Heavy {
    /// For each goal the multipliers of those before it.
    before: Vec<Vec<i128>>,
    /// The goal that counts roles covered.
    statutory: Option<usize>,
    /// What a goal of unit coefficients weighs against those after it.
    margin: i128,
}

/// What proves a goal in one piece, beside the multipliers of goals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proving {
    /// Multipliers of the roles that the piece can cover.
    pub(super) covers: Vec<(RowName, i128)>,
    /// Prices of its posts.
    pub(super) prices: Vec<(PostId, i128)>,
}

impl Heavy {
    /// Heavy enough for pieces of so many people of this model; `None` where numbers would grow too large.
    pub(super) fn new(model: &Model, people: usize) -> Option<Self> {
        let margin = i128::try_from(people + model.switches.len() + 1).ok()?.checked_mul(MARGIN)?;
        let statutory = model.goals.iter().position(|goal| goal.objective == Objective::Statutory);
        let mut heavy = Self { before: Vec::new(), statutory, margin };
        for target in &model.targets {
            let Target::Sum(row) = target else { return None };
            let own = heavy.before_all(row.scale())?;
            heavy.before.push(own);
        }
        let problem = with_goals(model, &vec![0; model.goals.len()])?;
        let all = (0..model.goals.len()).all(|goal| {
            let covers = vec![2 * heavy.of_covers(goal); model.problem.rows.len()];
            heavy.weights(goal, covers).fits(&problem, &Row::default())
        });
        all.then_some(heavy)
    }

    /// The multipliers of all goals so far before a further one with coefficients up to this.
    pub(super) fn before_all(&self, scale: i64) -> Option<Vec<i128>> {
        let unit = self.margin.checked_mul(scale.into())?;
        let times = |goal: usize| {
            let mut between = self.before.iter().skip(goal + 1).map(|own| own[goal]);
            between.try_fold(1i128, i128::checked_add)?.checked_mul(unit)
        };
        (0..self.before.len()).map(times).collect()
    }

    /// The multipliers of the goals before one, and its own.
    pub(super) fn goals(&self, goal: usize) -> impl Iterator<Item = i128> + '_ {
        self.before[goal].iter().copied().chain([1])
    }

    /// The multiplier that a role needs which nobody can cover: as much as covering it would count.
    pub(super) fn of_covers(&self, goal: usize) -> i128 {
        self.counted(&self.goals(goal).collect::<Vec<_>>())
    }

    /// The same, where the goals have these multipliers.
    pub(super) fn counted(&self, goals: &[i128]) -> i128 {
        self.statutory.and_then(|statutory| goals.get(statutory)).copied().unwrap_or(0)
    }

    fn weights(&self, goal: usize, covers: Vec<i128>) -> Weights {
        let none = std::iter::repeat_n(0, self.before.len() - goal - 1);
        let rows = covers.into_iter().chain(self.goals(goal)).chain(none).collect();
        Weights { rows, objective: 0 }
    }

    /// What proves each goal of a piece's best plan; `None` where no step does.
    ///
    /// - `values`: of the goals, each in its own unit and sense.
    /// - `owned`: which roles the piece can cover.
    pub(super) fn steps(
        &self,
        model: &Model,
        values: &[i64],
        owned: &dyn Fn(RowName) -> bool,
        relaxation: &mut Relaxation,
    ) -> Option<Vec<Proving>> {
        let problem = with_goals(model, values)?;
        let domain = Domain::whole(&problem);
        let owned: Vec<usize> = (0..model.names.len()).filter(|&row| owned(model.names[row])).collect();
        // The sum of the multipliers of roles so far: a step for each goal before, one beside the other.
        let mut before = vec![0i128; model.names.len()];
        let mut steps = Vec::new();
        for goal in 0..model.goals.len() {
            let unit = self.before[goal].last().copied().unwrap_or(0);
            let most = self.of_covers(goal);
            let begin = |row: usize| if owned.contains(&row) { (unit * before[row]).min(most) } else { most };
            let weights = self.weights(goal, (0..model.names.len()).map(begin).collect());
            let mut ascent = Ascent { problem: &problem, domain: &domain, weights, most };
            ascent.climb(&owned, relaxation)?;
            let covers = owned.iter().map(|&row| (row, ascent.weights.rows[row]));
            let covers: Vec<(usize, i128)> = covers.filter(|&(_, weight)| weight != 0).collect();
            covers.iter().for_each(|&(row, weight)| before[row] += weight);
            let prices = relaxation.step(&ascent.weights).prices.into_iter();
            steps.push(Proving {
                covers: covers.into_iter().map(|(row, weight)| (model.names[row], weight)).collect(),
                prices: prices.map(|(column, price)| (model.posts[column as usize], price)).collect(),
            });
        }
        Some(steps)
    }
}

/// The model's problem with a row for each goal, at most at its value in its own unit and sense.
pub(super) fn with_goals(model: &Model, values: &[i64]) -> Option<Problem> {
    let mut problem = model.problem.clone();
    for ((target, goal), &value) in model.targets.iter().zip(&model.goals).zip(values) {
        let Target::Sum(row) = target else { return None };
        problem.rows.push(Row { limit: goal.signed(value), gate: None, ..row.clone() });
    }
    Some(problem)
}
