//! Which options are still open, and what changed since the rows last looked.

use crate::kernel::problem::{NONE, Network, Problem};

/// Open options of every agent and switch.
///
/// Options are only ever closed. `left` counts them, so that an agent without any is seen at once; stamps tell which
/// agents and switches changed after the last pass over the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    arc: Vec<bool>,
    out: Vec<bool>,
    on: Vec<bool>,
    off: Vec<bool>,
    left: Vec<u32>,
    stamps: Vec<u32>,
    switch_stamps: Vec<u32>,
    clock: u32,
    seen: u32,
    empty: bool,
    /// For each row, no less than the least that it can come to, where that is known.
    least: Vec<Option<i64>>,
}

impl Domain {
    /// Everything that the network allows.
    pub fn whole(problem: &Problem) -> Self {
        let network = &problem.network;
        let count = |agent: usize| network.arcs_of(agent).len() + usize::from(network.may_stay_out[agent]);
        let left = (0..network.agents()).map(|agent| u32::try_from(count(agent)).expect("fewer than 2^32 arcs"));
        let left: Vec<u32> = left.collect();
        Self {
            arc: vec![true; network.arcs()],
            out: network.may_stay_out.clone(),
            on: vec![true; problem.switches],
            off: vec![true; problem.switches],
            empty: left.contains(&0),
            stamps: vec![1; left.len()],
            switch_stamps: vec![1; problem.switches],
            clock: 1,
            seen: 0,
            left,
            least: Vec::new(),
        }
    }

    /// Whether an arc is open.
    pub fn arc(&self, arc: usize) -> bool {
        self.arc[arc]
    }

    /// Of every arc, whether it is open.
    pub(crate) fn arcs(&self) -> &[bool] {
        &self.arc
    }

    /// Whether an agent may stay out.
    pub fn out(&self, agent: usize) -> bool {
        self.out[agent]
    }

    /// Of every agent, whether it may stay out.
    pub(crate) fn outs(&self) -> &[bool] {
        &self.out
    }

    /// Whether a switch may be on.
    pub fn on(&self, switch: usize) -> bool {
        self.on[switch]
    }

    /// Whether a switch may be off.
    pub fn off(&self, switch: usize) -> bool {
        self.off[switch]
    }

    /// How many switches there are.
    pub fn switches(&self) -> usize {
        self.on.len()
    }

    /// How many options an agent has.
    pub fn options(&self, agent: usize) -> usize {
        self.left[agent] as usize
    }

    /// How many options there are in all.
    pub fn size(&self) -> usize {
        let agents: usize = self.left.iter().map(|&left| left as usize).sum();
        agents + self.on.iter().chain(&self.off).filter(|&&open| open).count()
    }

    /// Whether an agent or a switch has no option left.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// Whether an agent has this option.
    pub fn has(&self, agent: usize, choice: u32) -> bool {
        if choice == NONE { self.out[agent] } else { self.arc[choice as usize] }
    }

    /// Closes an option of an agent; false where it was closed.
    pub fn close(&mut self, agent: usize, choice: u32) -> bool {
        let option = if choice == NONE { &mut self.out[agent] } else { &mut self.arc[choice as usize] };
        if !std::mem::replace(option, false) {
            return false;
        }
        self.left[agent] -= 1;
        self.empty |= self.left[agent] == 0;
        self.stamps[agent] = self.clock;
        true
    }

    /// Closes a setting of a switch; false where it was closed.
    pub fn settle(&mut self, switch: usize, setting: Setting) -> bool {
        let option = match setting {
            Setting::On => &mut self.on[switch],
            Setting::Off => &mut self.off[switch],
        };
        if !std::mem::replace(option, false) {
            return false;
        }
        self.empty |= !self.on[switch] && !self.off[switch];
        self.switch_stamps[switch] = self.clock;
        true
    }

    /// Leaves an agent with one option only.
    pub fn fix(&mut self, network: &Network, agent: usize, choice: u32) {
        self.keep(network, agent, |option| option == choice);
    }

    /// Leaves an agent with the options that pass the test.
    pub fn keep(&mut self, network: &Network, agent: usize, pass: impl Fn(u32) -> bool) {
        for option in choices(network, agent) {
            if !pass(option) {
                self.close(agent, option);
            }
        }
    }

    /// Forgets what is noted of rows, and makes room for so many: for a problem or an objective that may be another.
    pub(crate) fn forget_least(&mut self, rows: usize) {
        self.least.clear();
        self.least.resize(rows, None);
    }

    /// No less than the least that a row (the objective the last) can come to, as it was noted.
    pub(crate) fn least(&self, row: usize) -> Option<i64> {
        self.least.get(row).copied().flatten()
    }

    /// Notes what a row comes to at least; not for rows that this domain was not made for.
    pub(crate) fn note_least(&mut self, row: usize, least: Option<i64>) {
        if let Some(noted) = self.least.get_mut(row) {
            *noted = least;
        }
    }

    /// Begins a pass over the rows; what changed since the last one is [`Domain::changed`] until the next.
    pub(crate) fn pass(&mut self) -> Pass {
        let pass = Pass { since: self.seen };
        self.seen = self.clock;
        self.clock += 1;
        pass
    }

    /// Whether an agent changed since the pass before.
    pub(crate) fn changed(&self, pass: Pass, agent: usize) -> bool {
        self.stamps[agent] > pass.since
    }

    /// Whether a switch changed since the pass before.
    pub(crate) fn switched(&self, pass: Pass, switch: usize) -> bool {
        self.switch_stamps[switch] > pass.since
    }
}

/// A pass over the rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pass {
    since: u32,
}

/// A setting of a switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// On.
    On,
    /// Off.
    Off,
}

/// An agent's options whether open or not: its arcs as they stand, staying out last.
pub fn choices(network: &Network, agent: usize) -> impl Iterator<Item = u32> + use<> {
    let arcs = network.arcs_of(agent).map(|arc| u32::try_from(arc).expect("fewer than 2^32 arcs"));
    arcs.chain([NONE])
}
