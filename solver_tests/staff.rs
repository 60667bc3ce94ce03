//! Made-up staff for timing the kernel, always the same for the same seed; also compiled into `benches/kernel.rs`.
//!
//! Families of jobs and grades say who may take which post; popularity, the home authority and chance say how much each
//! is wanted. Leaving somebody without a post and a post without anybody costs, some posts much more than others.

use demerge::kernel::problem::Network;

/// Grades in each family; a person may take posts of the own grade and the next ones up and down.
const GRADES: usize = 6;

/// Numbers that look like chance (SplitMix64).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }

    pub(crate) fn index(&mut self, limit: usize) -> usize {
        usize::try_from(self.below(limit as u64)).expect("below a usize")
    }

    fn cost(&mut self, limit: u64) -> i64 {
        i64::try_from(self.below(limit)).expect("a small number")
    }
}

struct Post {
    authority: u64,
    grade: usize,
    popularity: i64,
    vacancy: i64,
}

/// A network and its costs: so many people and posts, about so many posts open to each person.
pub(crate) fn staff(people: usize, posts: usize, open: usize, seed: u64) -> (Network, Vec<i64>) {
    let mut chance = Chance(seed);
    let families = (posts * 3 / open / GRADES).max(1);
    let mut cells: Vec<Vec<usize>> = vec![Vec::new(); families * GRADES];
    let mut all = Vec::new();
    for post in 0..posts {
        let (family, grade) = (chance.index(families), chance.index(GRADES));
        cells[family * GRADES + grade].push(post);
        let vacancy = if chance.below(100) < 12 { 4000 } else { 100 + chance.cost(241) };
        all.push(Post { authority: chance.below(2), grade, popularity: chance.cost(100), vacancy });
    }
    let mut network =
        Network { first: vec![0], column: Vec::new(), capacity: vec![1; posts], may_stay_out: vec![true; people] };
    let mut cost = Vec::new();
    for _ in 0..people {
        let (family, grade, home) = (chance.index(families), chance.index(GRADES), chance.below(2));
        let redundancy = 500 + chance.cost(1001);
        let reach = grade.saturating_sub(1)..=(grade + 1).min(GRADES - 1);
        let mut wanted: Vec<(i64, usize)> = Vec::new();
        for &post in reach.flat_map(|grade| &cells[family * GRADES + grade]) {
            let home = if all[post].authority == home { 40 } else { 0 };
            wanted.push((-all[post].popularity - home - chance.cost(60), post));
        }
        wanted.sort_unstable();
        let last = i64::try_from(wanted.len()).expect("a short list").max(2) - 1;
        let mut arcs: Vec<(usize, i64)> = Vec::new();
        for (rank, &(_, post)) in (0i64..).zip(&wanted) {
            let away = if all[post].authority == home { 0 } else { 20 };
            let step = if all[post].grade == grade { 0 } else { 10 };
            arcs.push((post, 100 * rank / last + away + step - redundancy - all[post].vacancy));
        }
        arcs.sort_unstable();
        for (post, price) in arcs {
            network.column.push(u32::try_from(post).expect("fewer than 2^32 posts"));
            cost.push(price);
        }
        network.first.push(u32::try_from(cost.len()).expect("fewer than 2^32 arcs"));
    }
    (network, cost)
}
