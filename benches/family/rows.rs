//! The clauses of a separation, with bounds round the optimum that it would have without them.
//!
//! Shares pull up or down, budgets down, as agreements do: where both meet in one authority they conflict.

use demerge::kernel::domain::Domain;
use demerge::kernel::problem::{NONE, Row};

use crate::family::draw::Draw;
use crate::family::engine::wide;
use crate::family::{Instance, Person, Post, terms};

/// How far the bounds are from the optimum without clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grip {
    /// All bind a little; nearly every separation has a plan (SOLVER's `tight` 0).
    Loose,
    /// Many contradict each other (0.3).
    Tight,
    /// A share of full-time equivalents against a budget: two rows that whole people seldom meet exactly.
    Hard,
}

/// In thousandths: pay allowed above what it would be; shift and half-width of full-time equivalents; shift of heads; then
/// the part of a satisfaction gap that may stay.
struct Bounds {
    pay: i64,
    shift: i64,
    width: i64,
    heads: i64,
    gap: i64,
}

impl Grip {
    pub(crate) fn named(name: &str) -> Grip {
        [Grip::Loose, Grip::Tight, Grip::Hard].into_iter().find(|g| g.name() == name).expect("loose, tight or hard")
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Grip::Loose => "loose",
            Grip::Tight => "tight",
            Grip::Hard => "hard",
        }
    }

    const fn bounds(self) -> Bounds {
        match self {
            Grip::Loose => Bounds { pay: 28, shift: 25, width: 20, heads: 22, gap: 1_100 },
            Grip::Tight => Bounds { pay: 14, shift: 55, width: 20, heads: 43, gap: 600 },
            Grip::Hard => Bounds { pay: 10, shift: 42, width: 25, heads: 22, gap: 1_100 },
        }
    }
}

/// Budgets, shares, cover and satisfaction gaps.
pub(crate) fn clauses(instance: &Instance, grip: Grip) -> Vec<Row> {
    let chosen = optimum(instance);
    let mut draw = Draw::new(instance.seed ^ 0xC1A5);
    let maker = Maker { instance, chosen: &chosen, bounds: grip.bounds() };
    let mut rows = Vec::new();
    for authority in 0..instance.size.authorities {
        rows.push(maker.budget(authority));
    }
    for authority in 1..instance.size.authorities {
        let up = draw.chance(50);
        rows.extend(maker.heads(authority, up));
        rows.extend(maker.full_time(authority, up));
    }
    for service in 0..instance.size.services {
        rows.push(maker.cover(service, draw.chance(30)));
    }
    rows.extend(maker.gap(|person| person.employer == 0));
    rows.extend(maker.gap(|person| person.group == 0));
    rows
}

/// The one optimum without clauses that a small seeded addition to the costs singles out.
///
/// So the clauses do not depend on which of several optima a version of the kernel meets first.
fn optimum(instance: &Instance) -> Vec<bool> {
    let mut draw = Draw::new(instance.seed ^ 0x0271);
    let apart = |k: i64, more: u64| (i128::from(k) << 60) + i128::from(more);
    let cost: Vec<i128> = instance.cost.iter().map(|&k| apart(k, draw.next() >> 24)).collect();
    let choice = wide(&instance.network, &Domain::whole(&instance.problem(Vec::new())), &cost);
    let mut chosen = vec![false; cost.len()];
    choice.into_iter().filter(|&arc| arc != NONE).for_each(|arc| chosen[arc as usize] = true);
    chosen
}

struct Maker<'a> {
    instance: &'a Instance,
    chosen: &'a [bool],
    bounds: Bounds,
}

impl Maker<'_> {
    /// Terms of a row, and its sum at the optimum without clauses.
    fn terms(&self, k: impl Fn(&Person, &Post, usize) -> i64) -> (Vec<(u32, i64)>, i64) {
        let instance = self.instance;
        let owners = instance.network.owners();
        let of = |arc: usize| {
            let post = &instance.posts[instance.network.column[arc] as usize];
            k(&instance.people[owners[arc] as usize], post, arc)
        };
        let arcs = terms(&instance.network, of);
        let sum = arcs.iter().filter(|&&(arc, _)| self.chosen[arc as usize]).map(|&(_, k)| k).sum();
        (arcs, sum)
    }

    /// Pay in an authority: little more than it would be.
    fn budget(&self, authority: usize) -> Row {
        let full_time = self.instance.full_time;
        let pay = |person: &Person, post: &Post, _: usize| {
            if post.authority == authority { post.pay * person.fte / full_time } else { 0 }
        };
        let (arcs, sum) = self.terms(pay);
        Row { arcs, limit: sum + sum * self.bounds.pay / 1_000, ..Row::default() }
    }

    /// People in an authority: one or two away from what it would be, one either way.
    fn heads(&self, authority: usize, up: bool) -> [Row; 2] {
        let (arcs, sum) = self.terms(|_, post, _| i64::from(post.authority == authority));
        let people = i64::try_from(self.instance.people.len()).expect("few people");
        let shift = (people * self.bounds.heads / 1_000).max(1);
        between(arcs, if up { sum + shift } else { sum - shift }, (people / 100).max(1))
    }

    /// Full-time equivalents in an authority, moved the same way as heads.
    fn full_time(&self, authority: usize, up: bool) -> [Row; 2] {
        let (arcs, sum) = self.terms(|person, post, _| if post.authority == authority { person.fte } else { 0 });
        let shift = sum * self.bounds.shift / 1_000;
        between(arcs, if up { sum + shift } else { sum - shift }, (sum * self.bounds.width / 1_000).max(1))
    }

    /// People in a service: at least one in twenty fewer than there would be, in some services one in twenty more.
    fn cover(&self, service: usize, more: bool) -> Row {
        let (arcs, sum) = self.terms(|_, post, _| i64::from(post.service == service));
        let part = (sum / 20).max(1);
        let posts = self.instance.posts.iter().filter(|post| post.service == service).count();
        let wanted = if more { sum + part } else { sum - part };
        let least = Row { arcs, limit: wanted.min(i64::try_from(posts).expect("few posts")), ..Row::default() };
        least.opposite()
    }

    /// Mean satisfaction of some people and of the others: no further apart than a part of what it would be.
    fn gap(&self, some: impl Fn(&Person) -> bool) -> [Row; 2] {
        let count = |wanted: bool| self.instance.people.iter().filter(|&person| some(person) == wanted).count();
        let size = |wanted: bool| i64::try_from(count(wanted)).expect("few people");
        let (inside, outside) = (size(true), size(false));
        let satisfaction = &self.instance.satisfaction;
        let weigh =
            |person: &Person, _: &Post, arc: usize| satisfaction[arc] * if some(person) { outside } else { -inside };
        let (arcs, sum) = self.terms(weigh);
        between(arcs, 0, (sum.abs() * self.bounds.gap / 1_000).max(inside * outside))
    }
}

/// The sum lies within `width` of `middle`.
fn between(arcs: Vec<(u32, i64)>, middle: i64, width: i64) -> [Row; 2] {
    let most = Row { arcs, limit: middle + width, ..Row::default() };
    let least = Row { limit: middle - width, ..most.clone() }.opposite();
    [most, least]
}
