//! Strongly connected components of a graph (Tarjan 1972, SIAM J. Comput. 1), with a stack of our own.

/// The edges of a graph, node after node.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edges {
    /// Where the edges of each node end.
    ends: Vec<u32>,
    to: Vec<u32>,
}

impl Edges {
    /// An edge of the node at hand.
    pub(crate) fn push(&mut self, to: usize) {
        self.to.push(short(to));
    }

    /// The node at hand has no more edges; the next one follows.
    pub(crate) fn end_node(&mut self) {
        self.ends.push(short(self.to.len()));
    }

    fn start(&self, node: usize) -> usize {
        if node == 0 { 0 } else { self.ends[node - 1] as usize }
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than 2^32 nodes and edges")
}

const UNSEEN: u32 = u32::MAX;

/// The number of the component of each node.
pub(crate) fn components(edges: &Edges) -> Vec<u32> {
    let nodes = edges.ends.len();
    let mut component = vec![UNSEEN; nodes];
    let mut seen = vec![UNSEEN; nodes];
    let mut low = vec![0u32; nodes];
    let mut next: Vec<u32> = (0..nodes).map(|node| short(edges.start(node))).collect();
    let (mut clock, mut found) = (0, 0);
    let (mut path, mut waiting): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for root in 0..nodes {
        if seen[root] != UNSEEN {
            continue;
        }
        path.push(short(root));
        while let Some(&top) = path.last() {
            let node = top as usize;
            if seen[node] == UNSEEN {
                seen[node] = clock;
                low[node] = clock;
                clock += 1;
                waiting.push(top);
            }
            if next[node] < edges.ends[node] {
                let to = edges.to[next[node] as usize] as usize;
                next[node] += 1;
                if seen[to] == UNSEEN {
                    path.push(short(to));
                } else if component[to] == UNSEEN {
                    low[node] = low[node].min(seen[to]);
                }
                continue;
            }
            path.pop();
            if let Some(&above) = path.last() {
                low[above as usize] = low[above as usize].min(low[node]);
            }
            if low[node] == seen[node] {
                while let Some(member) = waiting.pop() {
                    component[member as usize] = found;
                    if member == top {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::{Edges, components};

    fn of(lists: &[&[usize]]) -> Vec<u32> {
        let mut edges = Edges::default();
        for list in lists {
            list.iter().for_each(|&to| edges.push(to));
            edges.end_node();
        }
        components(&edges)
    }

    #[test]
    fn cycles_are_components_and_the_rest_stand_alone() {
        let found = of(&[&[1], &[2], &[0, 3], &[4], &[3], &[3]]);
        assert!(found[0] == found[1] && found[1] == found[2]);
        assert!(found[3] == found[4] && found[3] != found[0]);
        assert!(found[5] != found[3] && found[5] != found[0]);
        assert!(of(&[]).is_empty());
    }

    #[test]
    fn two_cycles_with_a_common_node_are_one() {
        let found = of(&[&[1, 2], &[0], &[3], &[0]]);
        assert!(found.iter().all(|&c| c == found[0]));
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let lists: Vec<Vec<usize>> = (0..200_000).map(|i| vec![(i + 1) % 200_000]).collect();
        let lists: Vec<&[usize]> = lists.iter().map(Vec::as_slice).collect();
        assert!(of(&lists).iter().all(|&c| c == 0));
    }
}
