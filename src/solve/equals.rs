//! The points of a face: the first in the canonical order, and what the others do otherwise.

use crate::kernel::domain::choices;
use crate::kernel::problem::NONE;
use crate::kernel::relax::Relaxation;
use crate::solve::confined::Confined;
use crate::solve::exchange::{Exchange, Moves};
use crate::solve::face::Face;
use crate::solve::levers::Levers;
use crate::solve::rest::Rest;

/// A face with one of its points.
pub(crate) struct Equals<'a> {
    face: Face<'a>,
    exchange: Exchange<'a>,
    /// The rows that an exchange may break.
    rest: Rest,
    levers: Levers,
    /// What a search is asked about; made when the first one is.
    confined: Option<Confined>,
}

impl<'a> Equals<'a> {
    /// The face at one of its points.
    pub(crate) fn new(mut face: Face<'a>, choice: &[u32]) -> Self {
        let (exchange, rest) = face.confine(choice);
        Self { face, exchange, rest, levers: Levers::default(), confined: None }
    }

    /// Looks for a point with this option by an exchange, by two of them, and where these break rows by a search; as moves
    /// from here.
    fn reach(
        &mut self,
        (agent, option): (u32, u32),
        relaxation: &mut Relaxation,
        should_stop: &dyn Fn() -> bool,
    ) -> Result<Option<Moves>, ()> {
        let Some(moves) = self.exchange.cycle(agent, option) else { return Ok(None) };
        if self.rest.keeps(&self.exchange.choice, &moves) {
            return Ok(Some(moves));
        }
        if let Some(both) = self.levers.with(&self.exchange, &self.rest, &moves) {
            self.levers.add(&self.exchange, &self.rest, moves);
            return Ok(Some(both));
        }
        let confined = self.confined.get_or_insert_with(|| {
            let (problem, start) = self.face.problem();
            Confined::new(&problem, start, &self.exchange)
        });
        let found = confined.ask(&self.exchange, (agent, option), relaxation, should_stop)?;
        self.levers.add(&self.exchange, &self.rest, moves);
        for group in found.iter().flat_map(|moves| self.exchange.apart(moves)) {
            self.levers.add(&self.exchange, &self.rest, group);
        }
        Ok(found)
    }

    /// The first point in the canonical order (agents in turn, each to the lowest arc, staying out last), and whether it is
    /// known to be that.
    pub(crate) fn canonical(mut self, relaxation: &mut Relaxation, should_stop: &dyn Fn() -> bool) -> (Vec<u32>, bool) {
        for agent in self.exchange.movable.clone() {
            if should_stop() {
                return (self.exchange.choice, false);
            }
            for option in choices(self.exchange.network, agent as usize) {
                if option == self.exchange.choice[agent as usize] {
                    break;
                }
                if !self.exchange.has(agent, option) {
                    continue;
                }
                match self.reach((agent, option), relaxation, should_stop) {
                    Ok(Some(moves)) => {
                        self.rest.apply(&self.exchange.choice, &moves);
                        self.exchange.apply(&moves);
                        // They were found from another point.
                        self.levers = Levers::default();
                        break;
                    }
                    Ok(None) => self.exchange.close(agent, option),
                    Err(()) => return (self.exchange.choice, false),
                }
            }
            self.exchange.fix(agent);
        }
        (self.exchange.choice, true)
    }

    /// Points that show every option of every agent, each as the moves to it, lowest agent first; and whether that is all.
    pub(crate) fn alternatives(
        mut self,
        relaxation: &mut Relaxation,
        should_stop: &dyn Fn() -> bool,
    ) -> (Vec<Moves>, bool) {
        let mut shown = Shown::new(&self.exchange);
        let mut others = Vec::new();
        for agent in self.exchange.movable.clone() {
            if should_stop() {
                return (others, false);
            }
            for option in choices(self.exchange.network, agent as usize) {
                let is_own = option == self.exchange.choice[agent as usize];
                if is_own || !self.exchange.has(agent, option) || shown.has((agent, option)) {
                    continue;
                }
                match self.reach((agent, option), relaxation, should_stop) {
                    Ok(Some(moves)) => {
                        let mut moves = self.shortened(moves, (agent, option), &shown);
                        moves.sort_unstable();
                        moves.iter().for_each(|&one| shown.add(one));
                        others.push(moves);
                    }
                    Ok(None) => self.exchange.close(agent, option),
                    Err(()) => return (others, false),
                }
            }
        }
        (others, true)
    }

    /// The moves less those that the rows do not need, that do not go with the one asked for, and that show nothing new.
    ///
    /// Moves that share no column can be made without each other.
    fn shortened(&self, moves: Moves, asked: (u32, u32), shown: &Shown) -> Moves {
        let groups = self.exchange.apart(&moves);
        if groups.len() < 2 {
            return moves;
        }
        let mut kept = vec![true; groups.len()];
        let chosen = |kept: &[bool]| -> Moves {
            groups.iter().zip(kept).filter(|&(_, &kept)| kept).flat_map(|(group, _)| group.iter().copied()).collect()
        };
        for (position, group) in groups.iter().enumerate() {
            if !group.contains(&asked) && group.iter().all(|&one| shown.has(one)) {
                kept[position] = false;
                if !self.rest.keeps(&self.exchange.choice, &chosen(&kept)) {
                    kept[position] = true;
                }
            }
        }
        chosen(&kept)
    }
}

/// Options that some point has shown.
struct Shown {
    arcs: Vec<bool>,
    out: Vec<bool>,
}

impl Shown {
    fn new(exchange: &Exchange<'_>) -> Self {
        Self { arcs: vec![false; exchange.network.arcs()], out: vec![false; exchange.network.agents()] }
    }

    fn has(&self, (agent, option): (u32, u32)) -> bool {
        if option == NONE { self.out[agent as usize] } else { self.arcs[option as usize] }
    }

    fn add(&mut self, (agent, option): (u32, u32)) {
        let place = if option == NONE { &mut self.out[agent as usize] } else { &mut self.arcs[option as usize] };
        *place = true;
    }
}
