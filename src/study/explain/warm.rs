//! Forced places solved from the answer's own optimum: one assignment for all goals, changed by one person.
//!
//! A goal counts before all after it, by the weights that `certify` finds for the case. The assignment is solved once, the
//! answer's own plan is seated in it, and each forced place is then a path or two. What comes of it is a bid: only `certify` says
//! whether it is the best plan with that place given. Several sets of multipliers for the side rules may leave no gap at the answer, and
//! one of them still prove a place where another does not: so they are tried in turn, each made ready when it is first needed.
//! Where none does, or there is none, the whole variant has to be solved.

mod optimum;

use std::rc::Rc;

use crate::case::proof::RowName;
use crate::case::scenario::Objective;
use crate::certify::{Certified, Force, Forced, MOST_WORDS, Near, Weighing, Weight, Words};
use crate::id::{Id, PersonId};
use crate::kernel::problem::{Network, Point, Row};
use crate::kernel::transport::{Variation, Width};
use crate::model::Model;
use crate::study::explain::rows;
use crate::study::explain::warm::optimum::{Answered, Optimum};

/// Rows of rules, each multiplied.
type Multipliers = Vec<(RowName, Words)>;

/// An answer's optimum, and the scales on which bids are weighed.
pub(super) struct Warm {
    model: Rc<Model>,
    /// The arc of each person in the answer.
    choice: Vec<u32>,
    /// The goals without any side rule.
    plain: Weighing,
    bases: Vec<Base>,
    /// Multipliers that were not tried yet, the next last.
    untried: Vec<Multipliers>,
}

/// The optimum with one set of multipliers, which leaves no gap at the answer.
struct Base {
    weighing: Weighing,
    optimum: Optimum,
}

/// By which of two ways the same question is put to the solver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Road {
    /// The person leaves and takes a seat along; of a post that they may not hold, its arc costs too much.
    Seat,
    /// Every option but those that are asked for is closed.
    Shut,
}

/// One question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) person: PersonId,
    /// The arc of the place.
    pub(super) arc: u32,
    pub(super) force: Force,
    pub(super) road: Road,
}

impl Asked {
    pub(super) fn agent(&self) -> u32 {
        u32::try_from(self.person.index()).expect("fewer than 2^32 people")
    }

    /// What it changes of costs and room; `None` where the post has no seat.
    pub(super) fn variation<T: Width>(&self, network: &Network, cost: &[T]) -> Option<Variation<T>> {
        let only = |keeps: &dyn Fn(usize) -> bool| {
            let own = |arc| if keeps(arc) { cost[arc] } else { T::CLOSED };
            let costs = network.arcs_of(self.person.index()).map(own).collect();
            Variation { agents: vec![self.agent()], costs, ..Variation::default() }
        };
        Some(match (self.force, self.road) {
            (Force::Into(_), Road::Seat) => {
                let column = network.column[self.arc as usize];
                let left = network.capacity[column as usize].checked_sub(1)?;
                Variation { gone: vec![self.agent()], columns: vec![(column, left)], ..Variation::default() }
            }
            (Force::Into(_), Road::Shut) => only(&|arc| arc == self.arc as usize),
            (Force::OutOf(_), Road::Seat | Road::Shut) => only(&|arc| arc != self.arc as usize),
        })
    }
}

impl Warm {
    /// Solves the answer's assignment; `None` where it has no such optimum (see the module).
    pub(super) fn new(model: Rc<Model>, answer: &Certified, near: &Near<'_>) -> Option<Self> {
        let choice = model.choice(answer.plan()?)?;
        let unit = rows::unit(answer.proofs());
        let plain = Weighing::new(near, unit)?;
        let proved = rows::multipliers(answer.proofs(), plain.weights()).unwrap_or_default();
        // What leaves no gap is seen when it is tried: roles with one holder at no price, or at the full one, or what the proofs say.
        let [free, dear] = [0, 1].map(|holders| covers(&model, &choice, plain.weights(), holders));
        let with_proved = |own: &Multipliers| -> Multipliers {
            let other = proved.iter().filter(|(name, _)| own.iter().all(|(known, _)| known != name));
            own.iter().chain(other).copied().collect()
        };
        let mut untried: Vec<Multipliers> = Vec::new();
        for multipliers in [with_proved(&dear), with_proved(&free), dear, free] {
            untried.retain(|known| *known != multipliers);
            untried.push(multipliers);
        }
        let mut warm = Self { model, choice, plain, bases: Vec::new(), untried };
        warm.add_base(near).then_some(warm)
    }

    /// Makes one more optimum ready; false where there is none.
    fn add_base(&mut self, near: &Near<'_>) -> bool {
        while let Some(multipliers) = self.untried.pop() {
            let base = self.plain.with(near, &multipliers).and_then(|weighing| {
                let optimum = Optimum::new(&self.model, &weighing, &multipliers, &self.choice)?;
                weighing.is_tight(near, &optimum.prices(&self.model)).then_some(Base { weighing, optimum })
            });
            if let Some(base) = base {
                self.bases.push(base);
                return true;
            }
        }
        false
    }

    /// The best plan with the place given; `None` where no bid is accepted.
    pub(super) fn forced(&mut self, near: &mut Near<'_>, asked: &Asked) -> Option<Forced> {
        let mut at = 0;
        while at < self.bases.len() || self.add_base(near) {
            let from = Answered { model: &self.model, was: &self.choice };
            let Base { weighing, optimum } = &mut self.bases[at];
            let forced = optimum.bid(&from, asked).and_then(|bid| weighing.check(near, bid).ok());
            if forced.is_some() {
                return forced;
            }
            at += 1;
        }
        None
    }
}

/// The rows of roles that at most so many hold where they are wanted, as often as covering one counts: so a switch alone gains nothing.
fn covers(model: &Model, choice: &[u32], weights: &[Weight], holders: i64) -> Vec<(RowName, Words)> {
    let goal = model.goals.iter().position(|goal| goal.objective == Objective::Statutory);
    let weight = goal.map(|goal| weights[goal]);
    let nobody = Point { choice: choice.to_vec(), on: vec![false; model.problem.switches] };
    let cover = |(row, &name): (&Row, &RowName)| {
        let few = |row: &Row| row.gate.is_some() && -row.sum(&model.problem, &nobody) <= holders;
        let Weight { word, times } = weight.filter(|_| few(row))?;
        let mut words = [0; MOST_WORDS];
        words[word] = times;
        Some((name, words))
    };
    model.problem.rows.iter().zip(&model.names).filter_map(cover).collect()
}
