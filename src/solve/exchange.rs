//! Which options can be had by exchanging places: cycles in the network of the options still open.
//!
//! Columns are nodes, and one more node is the world outside: those without a column, and the empty seats. An agent is an edge from where
//! it is to each of its other options; a column with room leads to the world (someone more may come), and the world leads to a
//! column that need not be full (someone may go). A cycle is a change that keeps every seat; and every other
//! assignment is this one changed by cycles. So an option is held in some assignment exactly if its edge lies on a
//! cycle, which is to say, within one strongly connected component (Tarjan 1972, SIAM J. Comput. 1; for matchings: Dulmage
//! and Mendelsohn 1958, Canad. J. Math. 10; Régin 1994, AAAI). It knows no rows.

use std::collections::BTreeMap;

use crate::kernel::domain::{Domain, choices};
use crate::kernel::problem::{NONE, Network, Problem};
use crate::solve::components::{Edges, components};
use crate::solve::meeting::{Meeting, Via};

/// Agents with the options that they take.
pub(crate) type Moves = Vec<(u32, u32)>;

/// An assignment with the options that are still open beside it.
pub(crate) struct Exchange<'a> {
    pub(crate) network: &'a Network,
    owner: &'a [u32],
    open: Vec<bool>,
    out: Vec<bool>,
    /// Columns that may not have an empty seat.
    full: Vec<bool>,
    /// Where each agent is.
    pub(crate) choice: Vec<u32>,
    /// Who is at each node, the world last; and where in that list each agent stands.
    members: Vec<Vec<u32>>,
    place: Vec<u32>,
    /// Open arcs into each column, from `first_into[column]` on.
    first_into: Vec<u32>,
    into: Vec<u32>,
    /// Agents with more than one option, lowest first.
    pub(crate) movable: Vec<u32>,
    /// Columns that exchange with the world, and whether each is one.
    loose: Vec<u32>,
    is_loose: Vec<bool>,
    meeting: Meeting,
}

impl<'a> Exchange<'a> {
    /// An assignment within the domain, that fills the columns that must be full.
    pub(crate) fn new(problem: &'a Problem, domain: &Domain, full: &[bool], choice: &[u32]) -> Self {
        let network = &problem.network;
        let open: Vec<bool> = (0..network.arcs()).map(|arc| domain.arc(arc)).collect();
        let out: Vec<bool> = (0..network.agents()).map(|agent| domain.out(agent)).collect();
        let mut first_into = vec![0u32; network.columns() + 1];
        let in_order = || (0u32..).zip(&network.column).filter(|&(arc, _)| open[arc as usize]);
        in_order().for_each(|(_, &column)| first_into[column as usize + 1] += 1);
        for column in 1..first_into.len() {
            first_into[column] += first_into[column - 1];
        }
        let mut at = first_into.clone();
        let mut into = vec![0; first_into[network.columns()] as usize];
        for (arc, &column) in in_order() {
            into[at[column as usize] as usize] = arc;
            at[column as usize] += 1;
        }
        let mut exchange = Self {
            owner: &problem.owner,
            open,
            out,
            full: full.to_vec(),
            choice: choice.to_vec(),
            members: vec![Vec::new(); network.columns() + 1],
            place: vec![0; network.agents()],
            first_into,
            into,
            movable: Vec::new(),
            loose: Vec::new(),
            is_loose: vec![false; network.columns()],
            meeting: Meeting::new(network.columns() + 1),
            network,
        };
        for (agent, &option) in (0u32..).zip(choice) {
            exchange.enter(agent, option);
        }
        exchange
    }

    fn world(&self) -> usize {
        self.network.columns()
    }

    fn node(&self, option: u32) -> usize {
        if option == NONE { self.world() } else { self.network.column[option as usize] as usize }
    }

    /// Whether an option is still open.
    pub(crate) fn has(&self, agent: u32, option: u32) -> bool {
        if option == NONE { self.out[agent as usize] } else { self.open[option as usize] }
    }

    /// The open options of an agent, its own among them.
    pub(crate) fn options(&self, agent: u32) -> impl Iterator<Item = u32> + '_ {
        choices(self.network, agent as usize).filter(move |&option| self.has(agent, option))
    }

    /// Those that it does not hold.
    fn others(&self, agent: u32) -> impl Iterator<Item = u32> + '_ {
        self.options(agent).filter(move |&option| option != self.choice[agent as usize])
    }

    fn has_room(&self, column: usize) -> bool {
        self.members[column].len() < self.network.capacity[column] as usize
    }

    /// Closes an option.
    pub(crate) fn close(&mut self, agent: u32, option: u32) {
        let place = if option == NONE { &mut self.out[agent as usize] } else { &mut self.open[option as usize] };
        *place = false;
    }

    /// Closes every option of an agent but the one that it holds.
    pub(crate) fn fix(&mut self, agent: u32) {
        let others: Vec<u32> = self.others(agent).collect();
        others.into_iter().for_each(|option| self.close(agent, option));
    }

    fn enter(&mut self, agent: u32, option: u32) {
        let node = self.node(option);
        self.place[agent as usize] = u32::try_from(self.members[node].len()).expect("fewer than 2^32 agents");
        self.members[node].push(agent);
        self.choice[agent as usize] = option;
    }

    fn leave(&mut self, agent: u32) {
        let node = self.node(self.choice[agent as usize]);
        let place = self.place[agent as usize];
        self.members[node].swap_remove(place as usize);
        if let Some(&moved) = self.members[node].get(place as usize) {
            self.place[moved as usize] = place;
        }
    }

    /// Makes the moves.
    pub(crate) fn apply(&mut self, moves: &[(u32, u32)]) {
        for &(agent, option) in moves {
            self.leave(agent);
            self.enter(agent, option);
        }
    }

    /// Whether two sets of moves share neither a column nor an agent, so that both can be made.
    pub(crate) fn is_apart(&self, first: &[(u32, u32)], second: &[(u32, u32)]) -> bool {
        let columns = |&(agent, option): &(u32, u32)| [self.node(self.choice[agent as usize]), self.node(option)];
        let shares = |&(agent, option): &(u32, u32), &(other, taken): &(u32, u32)| {
            let theirs = columns(&(other, taken));
            let mine = columns(&(agent, option));
            agent == other || mine.into_iter().any(|node| node != self.world() && theirs.contains(&node))
        };
        !first.iter().any(|a| second.iter().any(|b| shares(a, b)))
    }

    /// Moves in groups that share no column, so that each can be made without the others.
    pub(crate) fn apart(&self, moves: &[(u32, u32)]) -> Vec<Moves> {
        let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
        let mut groups: Vec<Moves> = Vec::new();
        for &(agent, option) in moves {
            let ends = [self.node(self.choice[agent as usize]), self.node(option)];
            let columns = ends.into_iter().filter(|&node| node != self.world());
            let mut joined: Vec<usize> = columns.clone().filter_map(|column| group_of.get(&column).copied()).collect();
            joined.sort_unstable();
            joined.dedup();
            let group = joined.first().copied().unwrap_or(groups.len());
            if group == groups.len() {
                groups.push(Vec::new());
            }
            groups[group].push((agent, option));
            for &other in joined.iter().skip(1) {
                let moved = std::mem::take(&mut groups[other]);
                groups[group].extend(moved);
                group_of.values_mut().filter(|value| **value == other).for_each(|value| *value = group);
            }
            group_of.extend(columns.map(|column| (column, group)));
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// Closes every option that no assignment holds; returns what was closed.
    pub(crate) fn prune(&mut self) -> Moves {
        let component = components(&self.edges());
        let world = component[self.world()];
        let mut closed = Vec::new();
        self.movable.clear();
        for agent in (0u32..).take(self.choice.len()) {
            let own = component[self.node(self.choice[agent as usize])];
            let before = closed.len();
            let mut stays = false;
            for option in self.others(agent) {
                if component[self.node(option)] == own {
                    stays = true;
                } else {
                    closed.push((agent, option));
                }
            }
            if stays {
                self.movable.push(agent);
            }
            for &(agent, option) in &closed[before..] {
                let place =
                    if option == NONE { &mut self.out[agent as usize] } else { &mut self.open[option as usize] };
                *place = false;
            }
        }
        self.loose.clear();
        for (column, loose) in (0u32..).zip(&mut self.is_loose) {
            *loose = component[column as usize] == world && !self.full[column as usize];
            if *loose {
                self.loose.push(column);
            }
        }
        closed
    }

    fn edges(&self) -> Edges {
        let mut edges = Edges::default();
        for (node, members) in self.members.iter().enumerate() {
            for &agent in members {
                self.others(agent).for_each(|option| edges.push(self.node(option)));
            }
            if node == self.world() {
                (0..node).filter(|&column| !self.full[column]).for_each(|column| edges.push(column));
            } else if self.has_room(node) {
                edges.push(self.world());
            }
            edges.end_node();
        }
        edges
    }

    /// The moves of a cycle on which the agent takes an open option that it does not hold, if there is one.
    pub(crate) fn cycle(&mut self, agent: u32, option: u32) -> Option<Moves> {
        let (from, to) = (self.node(option), self.node(self.choice[agent as usize]));
        let mut meeting = std::mem::take(&mut self.meeting);
        meeting.begin(from, to);
        let mut found = None;
        while found.is_none() {
            let Some((ahead, behind)) = meeting.next() else { break };
            let cheaper_ahead =
                meeting.ahead.spent + self.width_ahead(ahead) <= meeting.behind.spent + self.width_behind(behind);
            found = if cheaper_ahead {
                self.look_ahead(&mut meeting, ahead)
            } else {
                self.look_behind(&mut meeting, behind)
            };
        }
        let moves = found.map(|node| {
            let mut moves = meeting.moves(node);
            moves.push((agent, option));
            moves
        });
        self.meeting = meeting;
        moves
    }

    fn width_ahead(&self, node: usize) -> usize {
        1 + self.members[node].len() + if node == self.world() { self.loose.len() } else { 0 }
    }

    fn width_behind(&self, node: usize) -> usize {
        if node == self.world() {
            self.movable.len() + self.loose.len()
        } else {
            1 + (self.first_into[node + 1] - self.first_into[node]) as usize
        }
    }

    /// Follows the edges out of a node; the node where the two sides meet, if they do.
    fn look_ahead(&self, meeting: &mut Meeting, node: usize) -> Option<usize> {
        meeting.ahead.step();
        for &agent in &self.members[node] {
            for option in self.others(agent) {
                if let Some(met) = meeting.reach_ahead(node, self.node(option), Via::Move(agent, option)) {
                    return Some(met);
                }
            }
        }
        if node == self.world() {
            return self.loose.iter().find_map(|&column| meeting.reach_ahead(node, column as usize, Via::Seat));
        }
        if self.has_room(node) { meeting.reach_ahead(node, self.world(), Via::Seat) } else { None }
    }

    /// Follows the edges into a node backwards.
    fn look_behind(&self, meeting: &mut Meeting, node: usize) -> Option<usize> {
        meeting.behind.step();
        if node == self.world() {
            for &agent in &self.movable {
                let held = self.choice[agent as usize];
                if self.out[agent as usize]
                    && held != NONE
                    && let Some(met) = meeting.reach_behind(node, self.node(held), Via::Move(agent, NONE))
                {
                    return Some(met);
                }
            }
            let with_room = self.loose.iter().filter(|&&column| self.has_room(column as usize));
            return with_room.into_iter().find_map(|&column| meeting.reach_behind(node, column as usize, Via::Seat));
        }
        for &arc in &self.into[self.first_into[node] as usize..self.first_into[node + 1] as usize] {
            let agent = self.owner[arc as usize];
            let held = self.choice[agent as usize];
            if self.open[arc as usize]
                && held != arc
                && let Some(met) = meeting.reach_behind(node, self.node(held), Via::Move(agent, arc))
            {
                return Some(met);
            }
        }
        if self.is_loose[node] { meeting.reach_behind(node, self.world(), Via::Seat) } else { None }
    }
}
