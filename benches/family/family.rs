//! Made-up separations of every size, from a seed that anybody can type: who may take which post, and what it costs.
//!
//! Posts and people have families and grades, which give eligibility; a person ranks the posts by their popularity, the
//! home authority and taste; the rank gives a satisfaction of 0 to 100. What is made least is dissatisfaction + transition
//! + redundancy (500 to 1,500 for each person out) + vacancy (100 to 340 for each empty post, 4,000 for a statutory one).
//!
//! The kernel's agents stay out at no cost, so an arc costs what it changes against leaving its person out and its post
//! empty; [`Instance::constant`] is the cost of doing that everywhere, and peers are told it.

#[allow(dead_code, reason = "not every bench needs a whole case")]
pub(crate) mod case;
mod draw;
pub(crate) mod engine;
mod rows;
pub(crate) mod scenario;

use demerge::kernel::problem::{Network, Problem, Row};

pub(crate) use draw::Draw;
pub(crate) use rows::Grip;
pub(crate) use scenario::{Change, scenario};

/// How large a separation is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) people: usize,
    pub(crate) authorities: usize,
    /// Rows for least cover, one for each service.
    pub(crate) services: usize,
    /// Posts in a family.
    family: usize,
    /// In a hundred: open posts of the own family, and of a related one at the same grade.
    open: (u64, u64),
}

impl Size {
    /// 47 people, 60 posts, about 14 posts each; 16 rows.
    pub(crate) const REFERENCE: Size = Size { people: 47, authorities: 2, services: 6, family: 20, open: (100, 55) };

    /// Larger ones, about 26 posts each: 20 rows at 500, 31 at 2,000, 41 at 10,000, 51 at 50,000.
    pub(crate) fn of(people: usize) -> Size {
        let (authorities, services) = match people {
            ..100 => return Size { people, ..Size::REFERENCE },
            100..1_000 => (2, 10),
            1_000..5_000 => (3, 16),
            5_000..20_000 => (4, 21),
            20_000.. => (5, 26),
        };
        Size { people, authorities, services, family: 60, open: (70, 20) }
    }

    fn posts(&self) -> usize {
        self.people * 60 / 47
    }
}

/// A person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    employer: usize,
    family: usize,
    grade: i64,
    group: usize,
    /// Tenths, or ten-thousandths where hours of 37 were agreed.
    fte: i64,
    out: i64,
}

/// A post.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    authority: usize,
    family: usize,
    grade: i64,
    service: usize,
    /// Pounds a year at full time.
    pay: i64,
    popularity: i64,
    vacancy: i64,
    statutory: bool,
}

/// A separation in the kernel's terms, without its clauses.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    pub(crate) name: String,
    pub(crate) network: Network,
    pub(crate) people: Vec<Person>,
    pub(crate) posts: Vec<Post>,
    /// For each arc, against leaving the person out and the post empty.
    pub(crate) cost: Vec<i64>,
    /// For each arc, the rank that the person gives it, the best 0.
    pub(crate) rank: Vec<u32>,
    /// For each arc, 0 to 100.
    pub(crate) satisfaction: Vec<i64>,
    /// What it costs to place nobody.
    pub(crate) constant: i64,
    /// What a full-time person counts.
    full_time: i64,
    size: Size,
    seed: u64,
}

impl Instance {
    /// Draws a separation; the same size and seed give the same one on every machine.
    pub(crate) fn new(size: Size, seed: u64) -> Instance {
        let mut draw = Draw::new(seed ^ (size.people as u64) << 32);
        let hours = seed % 2 == 1;
        let families = (size.posts() / size.family).max(3);
        let posts: Vec<Post> = (0..size.posts()).map(|_| post(&mut draw, size, families)).collect();
        let people: Vec<Person> = (0..size.people).map(|_| person(&mut draw, size, families, hours)).collect();
        let mut made = Instance {
            name: format!("n{}-s{seed}", size.people),
            network: Network {
                first: vec![0],
                column: Vec::new(),
                capacity: vec![1; posts.len()],
                may_stay_out: vec![true; people.len()],
            },
            cost: Vec::new(),
            rank: Vec::new(),
            satisfaction: Vec::new(),
            constant: people.iter().map(|p| p.out).sum::<i64>() + posts.iter().map(|p| p.vacancy).sum::<i64>(),
            full_time: if hours { 10_000 } else { 10 },
            size,
            seed,
            people,
            posts,
        };
        let mut members = vec![Vec::new(); families];
        for (at, post) in made.posts.iter().enumerate() {
            members[post.family].push(at);
        }
        for at in 0..size.people {
            let open = eligible(&mut draw, &made.people[at], &made.posts, &members, size);
            made.rank_posts(&mut draw, at, &open);
        }
        made
    }

    /// Adds the arcs of a person to these posts.
    fn rank_posts(&mut self, draw: &mut Draw, at: usize, open: &[usize]) {
        let person = &self.people[at];
        let score = |draw: &mut Draw, post: &Post| {
            let home = if post.authority == person.employer { 40 } else { 0 };
            post.popularity + home + draw.below(60) - 12 * (post.grade - person.grade).abs()
        };
        let mut order: Vec<(i64, usize)> = open.iter().map(|&j| (-score(draw, &self.posts[j]), j)).collect();
        order.sort_unstable();
        let mut ranked: Vec<(usize, usize)> = order.iter().enumerate().map(|(rank, &(_, j))| (j, rank)).collect();
        ranked.sort_unstable();
        let worst = i64::try_from(open.len()).expect("few posts").max(2) - 1;
        for (j, rank) in ranked {
            let post = &self.posts[j];
            let place = i64::try_from(rank).expect("few posts");
            let satisfaction = 100 - 100 * place / worst;
            let away = if post.authority == person.employer { 0 } else { 25 };
            let change = if post.family == person.family { 0 } else { 30 };
            let transition = away + change + 10 * (post.grade - person.grade).abs();
            self.network.column.push(u32::try_from(j).expect("few posts"));
            self.rank.push(u32::try_from(rank).expect("few posts"));
            self.satisfaction.push(satisfaction);
            self.cost.push(100 - satisfaction + transition - person.out - post.vacancy);
        }
        self.network.first.push(u32::try_from(self.cost.len()).expect("few arcs"));
    }

    /// The assignment with these rows.
    pub(crate) fn problem(&self, rows: Vec<Row>) -> Problem {
        Problem { owner: self.network.owners(), network: self.network.clone(), switches: 0, rows }
    }

    /// What is made least.
    pub(crate) fn objective(&self) -> Row {
        Row { arcs: terms(&self.network, |arc| self.cost[arc]), ..Row::default() }
    }

    /// The clauses: budgets, shares of heads and of full-time equivalents, cover, satisfaction.
    pub(crate) fn clauses(&self, grip: Grip) -> Vec<Row> {
        rows::clauses(self, grip)
    }

    /// Everyone of a family.
    #[allow(dead_code, reason = "only a whole case has decisions about people")]
    pub(crate) fn of_family(&self, family: usize) -> Vec<usize> {
        (0..self.people.len()).filter(|&at| self.people[at].family == family).collect()
    }

    /// Which posts are statutory, for each arc.
    pub(crate) fn statutory(&self) -> Vec<bool> {
        self.network.column.iter().map(|&j| self.posts[j as usize].statutory).collect()
    }
}

/// The terms of a row over all arcs, without noughts.
pub(crate) fn terms(network: &Network, k: impl Fn(usize) -> i64) -> Vec<(u32, i64)> {
    (0u32..).zip((0..network.arcs()).map(k)).filter(|&(_, k)| k != 0).collect()
}

fn post(draw: &mut Draw, size: Size, families: usize) -> Post {
    let grade = draw.below(5);
    let statutory = draw.below(100) < 12;
    Post {
        authority: draw.index(size.authorities),
        family: draw.index(families),
        grade,
        service: draw.index(size.services),
        pay: 31_000 + 7_500 * grade + 850 * draw.below(7),
        popularity: draw.below(50) + draw.below(50),
        vacancy: if statutory { 4_000 } else { 100 + draw.below(241) },
        statutory,
    }
}

fn person(draw: &mut Draw, size: Size, families: usize, hours: bool) -> Person {
    let part_time = draw.below(100) < 30;
    let step = draw.below(5);
    let fte = match (part_time, hours) {
        (false, false) => 10,
        (true, false) => 5 + step,
        (false, true) => 10_000,
        // 18.5, 22.2, 25, 30 or 33.3 hours of 37
        (true, true) => [5_000, 6_000, 6_757, 8_108, 9_000][usize::try_from(step).expect("below 5")],
    };
    Person {
        employer: draw.index(size.authorities),
        family: draw.index(families),
        grade: draw.below(5),
        group: draw.index(2),
        fte,
        out: 500 + draw.below(1_001),
    }
}

fn eligible(draw: &mut Draw, person: &Person, posts: &[Post], members: &[Vec<usize>], size: Size) -> Vec<usize> {
    let families = members.len();
    let related = [(person.family + 1) % families, (person.family + families - 1) % families];
    let (own, other) = size.open;
    let mut open: Vec<usize> = Vec::new();
    for &j in &members[person.family] {
        if (posts[j].grade - person.grade).abs() <= 1 && draw.chance(own) {
            open.push(j);
        }
    }
    for family in related {
        for &j in &members[family] {
            if posts[j].grade == person.grade && draw.chance(other) {
                open.push(j);
            }
        }
    }
    open.sort_unstable();
    open
}
