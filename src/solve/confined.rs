//! The problem of those who can still move, with everyone else where they are: what a search is asked about.
//!
//! The rows are the same, less what the others add to them, so multipliers keep their places and meaning.

use crate::kernel::domain::Domain;
use crate::kernel::problem::{NONE, Network, Problem, Row};
use crate::kernel::relax::{Relaxation, Weights};
use crate::solve::exchange::{Exchange, Moves};
use crate::solve::question::{self, Any};

/// A problem of some agents of another.
pub(crate) struct Confined {
    problem: Problem,
    start: Weights,
    /// The agents and arcs of the other problem.
    agents: Vec<u32>,
    arcs: Vec<u32>,
}

impl Confined {
    /// Those who can move, over the options that they now have.
    pub(crate) fn new(whole: &Problem, start: Weights, exchange: &Exchange<'_>) -> Self {
        let agents = exchange.movable.clone();
        let mut is_free = vec![false; whole.network.agents()];
        agents.iter().for_each(|&agent| is_free[agent as usize] = true);
        let mut capacity = whole.network.capacity.clone();
        for (&option, &free) in exchange.choice.iter().zip(&is_free) {
            if option != NONE && !free {
                capacity[whole.network.column[option as usize] as usize] -= 1;
            }
        }
        let mut network = Network { first: vec![0], column: Vec::new(), capacity, may_stay_out: Vec::new() };
        let mut arcs = Vec::new();
        let mut own = vec![NONE; whole.network.arcs()];
        for &agent in &agents {
            for arc in exchange.options(agent).filter(|&option| option != NONE) {
                own[arc as usize] = short(arcs.len());
                arcs.push(arc);
                network.column.push(whole.network.column[arc as usize]);
            }
            network.first.push(short(arcs.len()));
            network.may_stay_out.push(exchange.has(agent, NONE));
        }
        let rows = whole.rows.iter().map(|row| {
            let mut confined = Row { arcs: Vec::new(), ..row.clone() };
            for &(arc, k) in &row.arcs {
                let owner = whole.owner[arc as usize] as usize;
                if own[arc as usize] != NONE {
                    confined.arcs.push((own[arc as usize], k));
                } else if !is_free[owner] && exchange.choice[owner] == arc {
                    confined.limit -= k;
                }
            }
            confined
        });
        let rows = rows.collect();
        let owner = network.owners();
        Self { problem: Problem { network, owner, switches: whole.switches, rows }, start, agents, arcs }
    }

    /// Looks for a point in which an agent takes an option; as the moves that lead there.
    pub(crate) fn ask(
        &self,
        exchange: &Exchange<'_>,
        (agent, option): (u32, u32),
        relaxation: &mut Relaxation,
        should_stop: &dyn Fn() -> bool,
    ) -> Result<Option<Moves>, ()> {
        let mut domain = Domain::whole(&self.problem);
        for (own, &whole) in self.agents.iter().enumerate() {
            let is_open = |choice: u32| {
                let choice = self.whole(choice);
                if whole == agent { choice == option } else { exchange.has(whole, choice) }
            };
            domain.keep(&self.problem.network, own, is_open);
        }
        let point = match question::any(&self.problem, Some(&self.start), domain, relaxation, should_stop) {
            Any::Point(point) => point,
            Any::Nothing => return Ok(None),
            Any::Unknown => return Err(()),
        };
        let options = self.agents.iter().zip(&point.choice).map(|(&agent, &choice)| (agent, self.whole(choice)));
        Ok(Some(options.filter(|&(agent, option)| exchange.choice[agent as usize] != option).collect()))
    }

    fn whole(&self, choice: u32) -> u32 {
        if choice == NONE { NONE } else { self.arcs[choice as usize] }
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than 2^32 arcs")
}
