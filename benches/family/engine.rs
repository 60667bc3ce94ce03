//! The kernel's assignment solver as the comparisons call it: the one place to follow when its interface moves.

use demerge::kernel::domain::Domain;
use demerge::kernel::problem::Network;
use demerge::kernel::transport::{Changes, Transport, Variations};

pub(crate) use demerge::kernel::transport::Variation;

/// What costs are counted in.
pub(crate) type Number = i64;

/// A cost as the solver takes it.
pub(crate) fn number(cost: i64) -> Number {
    cost
}

/// Costs as the solver takes them.
pub(crate) fn numbers(costs: &[i64]) -> Vec<Number> {
    costs.iter().map(|&cost| number(cost)).collect()
}

/// The arc of each agent, from costs that need 128 bits.
pub(crate) fn wide(network: &Network, domain: &Domain, cost: &[i128]) -> Vec<u32> {
    let mut transport = Transport::<i128>::default();
    transport.solve(network, domain, cost).expect("everybody may stay out");
    transport.choice().to_vec()
}

/// An assignment solver with its buffers.
#[derive(Default)]
pub(crate) struct Engine(Transport<Number>);

impl Engine {
    /// From nothing; false where there are too few seats.
    pub(crate) fn cold(&mut self, network: &Network, domain: &Domain, cost: &[Number]) -> bool {
        self.0.solve(network, domain, cost).is_ok()
    }

    /// From the last optimum, where these agents have other costs or options and these columns another capacity.
    pub(crate) fn warm(
        &mut self,
        network: &Network,
        domain: &Domain,
        cost: &[Number],
        agents: &[u32],
        columns: &[u32],
    ) -> bool {
        self.0.resolve(network, domain, cost, &Changes { agents, columns }).is_ok()
    }

    /// Bytes in use for lists of arcs.
    pub(crate) fn bytes(&self) -> usize {
        self.0.bytes()
    }

    /// The arc of each agent.
    pub(crate) fn choice(&self) -> &[u32] {
        self.0.choice()
    }

    /// The price of a column.
    pub(crate) fn price(&self, column: usize) -> i128 {
        self.0.price(column).into()
    }
}

/// Scenarios of one base, each solved from the base's optimum.
pub(crate) struct Scenarios<'a>(Variations<'a, Number>);

impl<'a> Scenarios<'a> {
    /// Of a base that this engine has solved.
    pub(crate) fn new(network: &'a Network, domain: &'a Domain, cost: &'a [Number], base: &'a Engine) -> Self {
        Self(Variations::new(network, domain, cost, &base.0))
    }

    /// The least cost of a scenario; none where there are too few seats.
    pub(crate) fn solve(&mut self, scenario: &Variation<Number>) -> Option<i64> {
        self.0.solve(scenario).ok().map(|()| self.0.value())
    }

    /// The arc of each agent in the last scenario.
    pub(crate) fn choice(&self) -> &[u32] {
        self.0.choice()
    }

    /// The price of a column in the last scenario.
    pub(crate) fn price(&self, column: usize) -> i128 {
        self.0.price(column).into()
    }
}
