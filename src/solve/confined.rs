//! The problem of those who can still move, with everyone else where they are: what a search is asked about.

use crate::kernel::confined;
use crate::kernel::domain::Domain;
use crate::kernel::problem::{Problem, Row};
use crate::kernel::relax::{Relaxation, Weights};
use crate::solve::exchange::{Exchange, Moves};
use crate::solve::question::{self, Any};

/// A problem of some agents of another.
pub(crate) struct Confined {
    start: Weights,
    /// The agents of the other problem.
    agents: Vec<u32>,
    confined: confined::Confined,
}

impl Confined {
    /// Those who can move, over the options that they now have.
    pub(crate) fn new(whole: &Problem, start: Weights, exchange: &Exchange<'_>) -> Self {
        let agents = exchange.movable.clone();
        let has = |agent, option| exchange.has(agent, option);
        let mut confined = confined::Confined::new(whole, &exchange.choice, &agents, has);
        confined.problem.rows = confined.rows(whole, &exchange.choice, &whole.rows.iter().collect::<Vec<&Row>>());
        Self { start, agents, confined }
    }

    /// Looks for a point in which an agent takes an option; as the moves that lead there.
    pub(crate) fn ask(
        &self,
        exchange: &Exchange<'_>,
        (agent, option): (u32, u32),
        relaxation: &mut Relaxation,
        should_stop: &dyn Fn() -> bool,
    ) -> Result<Option<Moves>, ()> {
        let problem = &self.confined.problem;
        let mut domain = Domain::whole(problem);
        for (own, &whole) in self.agents.iter().enumerate() {
            let is_open = |choice: u32| {
                let choice = self.confined.whole(choice);
                if whole == agent { choice == option } else { exchange.has(whole, choice) }
            };
            domain.keep(&problem.network, own, is_open);
        }
        let point = match question::any(problem, Some(&self.start), domain, relaxation, should_stop) {
            Any::Point(point) => point,
            Any::Nothing => return Ok(None),
            Any::Unknown => return Err(()),
        };
        let options =
            self.agents.iter().zip(&point.choice).map(|(&agent, &choice)| (agent, self.confined.whole(choice)));
        Ok(Some(options.filter(|&(agent, option)| exchange.choice[agent as usize] != option).collect()))
    }
}
