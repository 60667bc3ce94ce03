//! A shortest way between two nodes, looked for from both ends at once.
//!
//! It knows neither agents nor columns: the caller says which end to follow next, and what it finds there. Looking from both ends,
//! a way that does not exist is known as soon as the smaller side is used up.

/// How a way goes from one node to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    /// An agent takes an option.
    Move(u32, u32),
    /// A seat is taken or left empty.
    Seat,
}

/// What has been reached from one end; buffers are reused.
#[derive(Debug, Default)]
pub(crate) struct Side {
    /// The search in which each node was reached.
    reached: Vec<u32>,
    from: Vec<(u32, Via)>,
    queue: Vec<u32>,
    head: usize,
    /// How many edges were looked at.
    pub(crate) spent: usize,
}

/// A search from both ends.
#[derive(Debug, Default)]
pub(crate) struct Meeting {
    search: u32,
    /// From the beginning on.
    pub(crate) ahead: Side,
    /// From the end back.
    pub(crate) behind: Side,
}

impl Side {
    fn new(nodes: usize) -> Self {
        Self { reached: vec![0; nodes], from: vec![(0, Via::Seat); nodes], ..Self::default() }
    }

    fn begin(&mut self, search: u32, node: usize) {
        self.queue.clear();
        self.head = 0;
        self.spent = 0;
        self.reach(search, node, node, Via::Seat);
    }

    /// The node at the head of the queue is done with.
    pub(crate) fn step(&mut self) {
        self.head += 1;
    }

    fn reach(&mut self, search: u32, from: usize, node: usize, via: Via) {
        self.spent += 1;
        if self.reached[node] != search {
            self.reached[node] = search;
            let short = |node: usize| u32::try_from(node).expect("fewer than 2^32 columns");
            self.from[node] = (short(from), via);
            self.queue.push(short(node));
        }
    }

    /// The moves from a node to this side's end.
    fn moves(&self, mut node: usize, moves: &mut Vec<(u32, u32)>) {
        while self.from[node].0 as usize != node {
            let (from, via) = self.from[node];
            match via {
                Via::Move(agent, option) => moves.push((agent, option)),
                Via::Seat => {}
            }
            node = from as usize;
        }
    }
}

impl Meeting {
    /// For searches between so many nodes.
    pub(crate) fn new(nodes: usize) -> Self {
        Self { search: 0, ahead: Side::new(nodes), behind: Side::new(nodes) }
    }

    /// Begins a search between two different nodes.
    pub(crate) fn begin(&mut self, from: usize, to: usize) {
        self.search += 1;
        self.ahead.begin(self.search, from);
        self.behind.begin(self.search, to);
    }

    /// The next node of each side; `None` where one of them is used up, so that there is no way.
    pub(crate) fn next(&self) -> Option<(usize, usize)> {
        let node = |side: &Side| side.queue.get(side.head).map(|&node| node as usize);
        Some((node(&self.ahead)?, node(&self.behind)?))
    }

    /// Reaches a node from the beginning; the node itself if it was reached from the end.
    pub(crate) fn reach_ahead(&mut self, from: usize, node: usize, via: Via) -> Option<usize> {
        self.ahead.reach(self.search, from, node, via);
        (self.behind.reached[node] == self.search).then_some(node)
    }

    /// Reaches a node from the end; the node itself if it was reached from the beginning.
    pub(crate) fn reach_behind(&mut self, from: usize, node: usize, via: Via) -> Option<usize> {
        self.behind.reach(self.search, from, node, via);
        (self.ahead.reached[node] == self.search).then_some(node)
    }

    /// The moves on the way over the node where the sides met.
    pub(crate) fn moves(&self, met: usize) -> Vec<(u32, u32)> {
        let mut moves = Vec::new();
        self.ahead.moves(met, &mut moves);
        self.behind.moves(met, &mut moves);
        moves
    }
}

#[cfg(test)]
mod tests {
    use super::{Meeting, Via};

    #[test]
    fn sides_meet_or_are_used_up() {
        let mut meeting = Meeting::new(4);
        meeting.begin(0, 3);
        assert_eq!(meeting.next(), Some((0, 3)));
        meeting.ahead.step();
        assert_eq!(meeting.reach_ahead(0, 1, Via::Move(7, 8)), None);
        meeting.behind.step();
        assert_eq!(meeting.reach_behind(3, 1, Via::Move(5, 6)), Some(1));
        assert_eq!(meeting.moves(1), [(7, 8), (5, 6)]);
        meeting.begin(2, 3);
        meeting.ahead.step();
        assert_eq!(meeting.next(), None);
    }
}
