//! A plan of many scenarios: one base scenario, a grid of settings, and what chance decides in each.
//!
//! A scenario of a sweep is a *point* of the grid with the number of a *sample*. Chances are exact: millionths, never
//! fractions. What is drawn, and how, is the business of `study::sweep`; how the file is written, of `load::sweep`
//! and `docs/SWEEP.md`.

use crate::case::scenario::Scenario;
use crate::case::{Case, Preferred};
use crate::id::{PersonId, PostId, Table};
use crate::quantity::write_short;

/// What is to be varied, checked against its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SweepPlan {
    /// The scenario that everything starts from, by its id.
    pub base: String,
    /// Which run of chance it is.
    pub seed: u64,
    /// Scenarios at each point of the grid, at least one.
    pub samples: u32,
    /// The settings that are varied, in the order of the file; none: the base scenario is the only point.
    pub axes: Vec<Axis>,
    /// The scenario at each point, in the order of [`SweepPlan::choices`].
    pub points: Vec<Scenario>,
    /// What chance decides.
    pub chances: Chances,
}

/// A setting of the scenario file with the values that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Where it stands in the scenario file, such as `policy.rule` or `fairness.1.min_pct`.
    pub key: String,
    /// Its values, in the order of the plan.
    pub values: Vec<AxisValue>,
}

/// A value of a setting, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AxisValue {
    /// A decimal number, in units of `10^-decimals`.
    Number {
        /// How many units.
        value: i64,
        /// How many decimals, without trailing zeros.
        decimals: u32,
    },
    /// Yes or no.
    Flag(bool),
    /// A word, an id, or a list with semicolons.
    Text(String),
}

impl AxisValue {
    /// As the scenario file has it, without quotation marks.
    pub fn text(&self) -> String {
        match self {
            AxisValue::Number { value, decimals } => write_short(*value, *decimals),
            AxisValue::Flag(flag) => flag.to_string(),
            AxisValue::Text(text) => text.clone(),
        }
    }
}

/// A probability in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Chance(pub u32);

impl Chance {
    /// It happens in any case.
    pub const CERTAIN: Chance = Chance(1_000_000);
    /// It never happens.
    pub const NEVER: Chance = Chance(0);
}

/// The probabilities of a plan, each resolved for the person or post that it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chances {
    /// That a person leaves before anyone is placed.
    pub leaves: Table<PersonId, Chance>,
    /// That a person who stated an authority changes their mind.
    pub changes: Table<PersonId, Chance>,
    /// What those who change their mind state then; empty where nobody does.
    pub changed_to: Vec<(Wish, Chance)>,
    /// What people without an answer would state; empty where they stay silent.
    pub answers: Vec<(Wish, Chance)>,
    /// That a post is withdrawn before anyone is placed.
    pub withdrawn: Table<PostId, Chance>,
    /// That an empty seat of a post is filled from outside afterwards.
    pub recruited: Table<PostId, Chance>,
}

/// What somebody would state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wish {
    /// This, as it could stand in the column `preferred`.
    Is(Preferred),
    /// One of the authorities that they did not state, each as likely.
    Other,
}

impl Chances {
    /// Nothing is left to chance.
    pub fn none(case: &Case) -> Self {
        Self {
            leaves: Table::filled(Chance::NEVER, case.people.len()),
            changes: Table::filled(Chance::NEVER, case.people.len()),
            changed_to: Vec::new(),
            answers: Vec::new(),
            withdrawn: Table::filled(Chance::NEVER, case.posts.len()),
            recruited: Table::filled(Chance::NEVER, case.posts.len()),
        }
    }
}

impl SweepPlan {
    /// How many scenarios it has.
    pub fn scenarios(&self) -> u64 {
        self.points.len() as u64 * u64::from(self.samples)
    }

    /// Point and sample of a scenario; the samples of a point stand together.
    ///
    /// # Panics
    /// If there is no such scenario (a bug of ours).
    pub fn place(&self, scenario: u64) -> (usize, u32) {
        assert!(scenario < self.scenarios(), "a scenario of the sweep");
        let samples = u64::from(self.samples);
        let point = usize::try_from(scenario / samples).expect("a point of the grid");
        (point, u32::try_from(scenario % samples).expect("less than the samples of a point"))
    }

    /// Which value each axis has at a point; the last axis changes fastest.
    pub fn choices(&self, point: usize) -> Vec<usize> {
        choices(&self.axes, point)
    }
}

/// Which value each of these axes has at a point; the last axis changes fastest.
pub fn choices(axes: &[Axis], point: usize) -> Vec<usize> {
    let mut rest = point;
    let mut chosen: Vec<usize> = axes
        .iter()
        .rev()
        .map(|axis| {
            let at = rest % axis.values.len();
            rest /= axis.values.len();
            at
        })
        .collect();
    chosen.reverse();
    chosen
}
