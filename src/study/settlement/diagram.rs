//! Every way to choose for some people at once, as paths through a diagram: numbers only.
//!
//! People choose one after the other. Of what those before have chosen only this counts: which seats are left, and what
//! must come out or be judged at the end, added up so far. So choices that leave the same are one node, and there are far fewer nodes
//! than ways. From its end backwards each node learns how many ways lead on from it and what the cheapest costs; so ways
//! are counted without being listed, and listed cheapest first. (Decision diagrams: Bergman, Cire, van Hoeve & Hooker 2016.)

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// What may still be done, counted in choices looked at; the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Work(pub(super) usize);

impl Work {
    /// One more choice; false where none is left.
    pub(super) fn take(&mut self) -> bool {
        let is_left = self.0 > 0;
        self.0 -= usize::from(is_left);
        is_left
    }
}

/// What one person may choose; every number is the difference to what the person has now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// The post that a seat is taken of.
    pub(super) seat: Option<usize>,
    /// What must come to nought over all people.
    pub(super) exact: Vec<i64>,
    /// What is judged at the end.
    pub(super) judged: Vec<i64>,
    /// What is to be as small as it can be.
    pub(super) cost: i64,
}

/// What is chosen, by whom, and what of it stands.
pub(super) struct Question<'a> {
    /// The choices of each person, in order.
    pub(super) people: Vec<Vec<Choice>>,
    /// The seats of each post.
    pub(super) seats: Vec<u32>,
    /// Whether what was judged may come out so.
    pub(super) accept: &'a dyn Fn(&[i64]) -> bool,
}

/// All ways; each is a path from the first layer, which has one node, to the last.
pub(super) struct Diagram {
    layers: Vec<Vec<Node>>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    /// A choice, what it costs, and the node that it leads to in the next layer.
    edges: Vec<(u16, i64, usize)>,
    /// Ways from here to the end; at most [`MOST_COUNTED`].
    ways: u64,
    /// What the cheapest of them costs.
    least: i64,
}

/// So many ways are called so many, and no more.
pub(super) const MOST_COUNTED: u64 = 1_000_000_000_000;

/// The choice of each person, in order.
pub(super) type Path = Vec<u16>;

impl Diagram {
    /// Goes through all choices; `None` where there is too much work.
    pub(super) fn new(question: &Question<'_>, work: &mut Work) -> Option<Self> {
        let mut layers = Vec::with_capacity(question.people.len() + 1);
        let ranges = ranges(question);
        let last_use = last_use(question);
        let sums = |pick: &dyn Fn(&Choice) -> usize| question.people.iter().flatten().next().map_or(0, pick);
        let (exact, judged) = (sums(&|it| it.exact.len()), sums(&|it| it.judged.len()));
        let seats = question.seats.iter().map(|&seats| i64::from(seats));
        let first: Vec<i64> = seats.chain(std::iter::repeat_n(0, exact + judged)).collect();
        let mut here = vec![first];
        for (layer, choices) in question.people.iter().enumerate() {
            let mut next: BTreeMap<Vec<i64>, usize> = BTreeMap::new();
            let mut nodes = Vec::with_capacity(here.len());
            for state in &here {
                let mut node = Node::default();
                for (at, choice) in choices.iter().enumerate() {
                    if !work.take() {
                        return None;
                    }
                    let Some(mut state) = chosen(state, choice, question.seats.len()) else { continue };
                    let open = &state[question.seats.len()..];
                    if !open
                        .iter()
                        .zip(&ranges[layer + 1])
                        .all(|(sum, &(least, most))| sum + least <= 0 && sum + most >= 0)
                    {
                        continue;
                    }
                    // A post that nobody after this person could have is no part of what counts.
                    state[..question.seats.len()].iter_mut().zip(&last_use).for_each(|(seats, &last)| {
                        if last <= layer {
                            *seats = 0;
                        }
                    });
                    let count = next.len();
                    let to = *next.entry(state).or_insert(count);
                    node.edges.push((u16::try_from(at).ok()?, choice.cost, to));
                }
                nodes.push(node);
            }
            layers.push(nodes);
            let mut states: Vec<(Vec<i64>, usize)> = next.into_iter().collect();
            states.sort_unstable_by_key(|&(_, at)| at);
            here = states.into_iter().map(|(state, _)| state).collect();
        }
        let end = |state: &Vec<i64>| {
            let (exact, judged) = state[question.seats.len()..].split_at(exact);
            let stands = exact.iter().all(|&sum| sum == 0) && (question.accept)(judged);
            Node { edges: Vec::new(), ways: u64::from(stands), least: 0 }
        };
        layers.push(here.iter().map(end).collect());
        let mut diagram = Self { layers };
        diagram.learn();
        Some(diagram)
    }

    /// Leaves out what leads nowhere, and tells each node what leads on from it.
    fn learn(&mut self) {
        for layer in (0..self.layers.len() - 1).rev() {
            let (before, after) = self.layers.split_at_mut(layer + 1);
            let after = &after[0];
            for node in &mut before[layer] {
                node.edges.retain(|&(_, _, to)| after[to].ways > 0);
                let ways = node.edges.iter().fold(0u64, |sum, &(_, _, to)| sum.saturating_add(after[to].ways));
                node.ways = ways.min(MOST_COUNTED);
                node.least = node.edges.iter().map(|&(_, cost, to)| cost + after[to].least).min().unwrap_or(0);
            }
        }
    }

    /// How many ways there are; [`MOST_COUNTED`] stands for more.
    pub(super) fn count(&self) -> u64 {
        self.layers[0][0].ways
    }

    /// How many different ways the first so many people have in them; [`MOST_COUNTED`] stands for more.
    pub(super) fn count_of_first(&self, people: usize) -> u64 {
        let mut counts: Vec<u64> = self.layers[people].iter().map(|node| u64::from(node.ways > 0)).collect();
        for nodes in self.layers[..people].iter().rev() {
            let sum = |node: &Node| node.edges.iter().fold(0u64, |sum, &(_, _, to)| sum.saturating_add(counts[to]));
            counts = nodes.iter().map(|node| sum(node).min(MOST_COUNTED)).collect();
        }
        counts[0]
    }

    /// The least and the most that a number of each choice comes to over all people.
    pub(super) fn range(&self, number: &dyn Fn(usize, usize) -> i64) -> (i64, i64) {
        let mut ends = vec![(0, 0); self.layers.last().map_or(0, Vec::len)];
        for (layer, nodes) in self.layers[..self.layers.len() - 1].iter().enumerate().rev() {
            let of = |node: &Node| {
                let each = node.edges.iter().map(|&(at, _, to)| (number(layer, usize::from(at)), ends[to]));
                let sums: Vec<(i64, i64)> = each.map(|(own, (least, most))| (own + least, own + most)).collect();
                let (least, most) = (sums.iter().map(|it| it.0).min(), sums.iter().map(|it| it.1).max());
                (least.unwrap_or(0), most.unwrap_or(0))
            };
            ends = nodes.iter().map(of).collect();
        }
        ends[0]
    }

    /// The ways of the first so many people, each once with the choices of all: at most `most`, the cheapest first, and of equally
    /// cheap ones that in which the first person to differ has the lower choice.
    ///
    /// - `now`: what everybody has now. Whoever comes after the first people keeps it where that can be; else theirs is the cheapest.
    pub(super) fn cheapest(&self, people: usize, now: &[u16], most: usize, work: &mut Work) -> Vec<Path> {
        let rest = self.rest(people, now);
        let mut bounds: Vec<Vec<i64>> =
            vec![self.layers[people].iter().zip(&rest).map(|(node, it)| it.unwrap_or(node.least)).collect()];
        for nodes in self.layers[..people].iter().rev() {
            let after = &bounds[bounds.len() - 1];
            let least = |node: &Node| node.edges.iter().map(|&(_, cost, to)| cost + after[to]).min().unwrap_or(0);
            bounds.push(nodes.iter().map(least).collect());
        }
        bounds.reverse();
        let mut found = Vec::new();
        let mut open = BinaryHeap::from([Reverse((bounds[0][0], Path::new(), 0, 0))]);
        if self.count() == 0 {
            open.clear();
        }
        while let Some(Reverse((_, path, node, spent))) = open.pop() {
            if path.len() == people {
                found.push(self.followed(path, node, rest[node].is_some(), now));
                if found.len() == most {
                    break;
                }
                continue;
            }
            for &(at, cost, to) in &self.layers[path.len()][node].edges {
                if !work.take() {
                    return found;
                }
                let mut longer = path.clone();
                longer.push(at);
                let spent: i64 = spent + cost;
                open.push(Reverse((spent + bounds[longer.len()][to], longer, to, spent)));
            }
        }
        found
    }

    /// For each node after the first people whether everybody else may keep what they have, which costs nothing.
    fn rest(&self, people: usize, now: &[u16]) -> Vec<Option<i64>> {
        let mut keeps: Vec<bool> =
            self.layers.last().map_or_else(Vec::new, |nodes| nodes.iter().map(|it| it.ways > 0).collect());
        for layer in (people..self.layers.len() - 1).rev() {
            let can = |node: &Node| node.edges.iter().any(|&(at, _, to)| at == now[layer] && keeps[to]);
            keeps = self.layers[layer].iter().map(can).collect();
        }
        keeps.into_iter().map(|keeps| keeps.then_some(0)).collect()
    }

    /// The path on to the end: as things are, or the cheapest one, in which as few change as come first.
    fn followed(&self, mut path: Path, mut node: usize, keeps: bool, now: &[u16]) -> Path {
        for (layer, &stay) in now.iter().enumerate().skip(path.len()) {
            let edges = &self.layers[layer][node].edges;
            let least = self.layers[layer][node].least;
            let after = &self.layers[layer + 1];
            let is_least = |&&(_, cost, to): &&(u16, i64, usize)| cost + after[to].least == least;
            let stays = edges.iter().find(|it| it.0 == stay && (keeps || is_least(it)));
            let &(at, _, to) = stays.or_else(|| edges.iter().find(is_least)).expect("a node with ways has an edge");
            path.push(at);
            node = to;
        }
        path
    }
}

/// The state after a choice; `None` where no seat is left.
fn chosen(state: &[i64], choice: &Choice, seats: usize) -> Option<Vec<i64>> {
    if choice.seat.is_some_and(|seat| state[seat] == 0) {
        return None;
    }
    let mut state = state.to_vec();
    choice.seat.into_iter().for_each(|seat| state[seat] -= 1);
    state[seats..].iter_mut().zip(choice.exact.iter().chain(&choice.judged)).for_each(|(sum, own)| *sum += own);
    Some(state)
}

/// For each layer, and each number that must come to nought, the least and the most that the people from there on add.
fn ranges(question: &Question<'_>) -> Vec<Vec<(i64, i64)>> {
    let width = question.people.iter().flatten().next().map_or(0, |choice| choice.exact.len());
    let mut ranges = vec![vec![(0, 0); width]];
    for choices in question.people.iter().rev() {
        let after = &ranges[ranges.len() - 1];
        let of = |at: usize| {
            let own = || choices.iter().map(|choice| choice.exact[at]);
            (after[at].0 + own().min().unwrap_or(0), after[at].1 + own().max().unwrap_or(0))
        };
        ranges.push((0..width).map(of).collect());
    }
    ranges.reverse();
    ranges
}

/// The last person who could have each post.
fn last_use(question: &Question<'_>) -> Vec<usize> {
    let mut last = vec![0; question.seats.len()];
    for (layer, choices) in question.people.iter().enumerate() {
        choices.iter().filter_map(|choice| choice.seat).for_each(|seat| last[seat] = layer);
    }
    last
}

#[cfg(test)]
mod tests {
    use super::{Choice, Diagram, Question, Work};

    fn choice(seat: Option<usize>, exact: i64, cost: i64) -> Choice {
        Choice { seat, exact: vec![exact], judged: Vec::new(), cost }
    }

    /// Three people for three single seats in a ring, where nobody may be worse off in sum: six orders, of which these are left.
    #[test]
    fn ways_are_counted_and_listed_cheapest_first() {
        let row = |costs: [i64; 3]| (0..3).map(|seat| choice(Some(seat), 0, costs[seat])).collect::<Vec<_>>();
        let people = vec![row([0, 2, 1]), row([1, 0, 5]), row([4, 1, 0])];
        let question = Question { people, seats: vec![1; 3], accept: &|_| true };
        let mut work = Work(1_000);
        let diagram = Diagram::new(&question, &mut work).expect("little work");
        assert_eq!(diagram.count(), 6);
        assert_eq!(diagram.count_of_first(1), 3);
        let all = diagram.cheapest(3, &[0, 1, 2], 10, &mut work);
        assert_eq!(all, [[0, 1, 2], [1, 0, 2], [2, 0, 1], [2, 1, 0], [0, 2, 1], [1, 2, 0]]);
        assert_eq!(diagram.cheapest(1, &[0, 1, 2], 10, &mut work), [[0, 1, 2], [1, 0, 2], [2, 0, 1]]);
        assert_eq!(diagram.range(&|layer, at| i64::from(layer == 0) * at as i64), (0, 2));
        assert!(Diagram::new(&question, &mut Work(5)).is_none());
    }

    /// Two people for one seat, exactly one of whom must have it.
    #[test]
    fn what_must_come_to_nought_does() {
        let people =
            vec![vec![choice(None, -1, 0), choice(Some(0), 0, 0)], vec![choice(None, 0, 0), choice(Some(0), 1, 0)]];
        let diagram = Diagram::new(&Question { people, seats: vec![1], accept: &|_| true }, &mut Work(100));
        let diagram = diagram.expect("little work");
        assert_eq!(diagram.cheapest(2, &[1, 0], 10, &mut Work(100)), [[0, 1], [1, 0]]);
    }
}
