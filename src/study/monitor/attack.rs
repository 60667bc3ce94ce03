//! What a reader can work out of a published table: bounds on each number that was kept back.
//!
//! A reader knows the totals, that groups add up to them, that of each group those whom an event came to and the rest add up
//! to its size, and that nobody has a first choice, the stated authority or a new employer without a post. Bounds are
//! narrowed by each of these sums in turn until nothing changes. A number whose bounds meet is no longer kept back. What
//! follows for everybody alike (all have a post; nobody moved) is the total itself and no secret.

use crate::study::monitor::suppress::{Counts, Hidden};

/// Events that are counted apart, in the order of `Event::ALL`; the first is having a post.
const EVENTS: usize = 4;

/// What is published of one characteristic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Everyone.
    pub people: u32,
    /// How many each of the first four events came to.
    pub totals: [u32; EVENTS],
    /// The sizes of groups that are shown.
    pub sizes: Vec<Option<u32>>,
    /// Of each group, the numbers that are shown.
    pub parts: Vec<[Option<u32>; EVENTS]>,
}

/// A number that was kept back and can be worked out: the group, and the event, or `None` for its size.
pub type Leak = (usize, Option<usize>);

impl Published {
    /// What is left of counts when the hidden ones are kept back.
    pub fn of(counts: &Counts, hidden: &Hidden) -> Self {
        let shown = |group: usize, event: usize| (!hidden.parts[group][event]).then_some(counts.parts[group][event]);
        let groups = 0..counts.sizes.len();
        Self {
            people: counts.people(),
            totals: [0, 1, 2, 3].map(|event| counts.total(event)),
            sizes: groups.clone().map(|group| (!hidden.sizes[group]).then_some(counts.sizes[group])).collect(),
            parts: groups.map(|group| [0, 1, 2, 3].map(|event| shown(group, event))).collect(),
        }
    }
}

/// Bounds of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds {
    low: i64,
    high: i64,
}

/// A sum that is nought: positions of numbers with their signs, and a constant.
struct Sum {
    terms: Vec<(usize, i64)>,
    constant: i64,
}

/// Everything that was kept back and can be worked out.
pub fn recoverable(published: &Published) -> Vec<Leak> {
    let groups = published.sizes.len();
    if groups < 2 {
        return Vec::new();
    }
    let mut bounds = vec![Bounds { low: 0, high: i64::from(published.people) }; groups * VARIABLES];
    for group in 0..groups {
        fix(&mut bounds[variable(group, SIZE)], published.sizes[group]);
        for event in 0..EVENTS {
            fix(&mut bounds[variable(group, event)], published.parts[group][event]);
        }
    }
    let sums = sums(published);
    while sums.iter().any(|sum| narrow(&mut bounds, sum)) {}
    let is_known = |group: usize, what: usize| {
        let Bounds { low, high } = bounds[variable(group, what)];
        low == high
    };
    let mut leaks = Vec::new();
    for group in 0..groups {
        if published.sizes[group].is_none() && is_known(group, SIZE) {
            leaks.push((group, None));
        }
        for event in 0..EVENTS {
            let same_for_all = [0, published.people].contains(&published.totals[event]);
            let known = is_known(group, event) || is_known(group, REST + event);
            if published.parts[group][event].is_none() && known && !same_for_all {
                leaks.push((group, Some(event)));
            }
        }
    }
    leaks
}

/// Numbers of a group: four events, its size, the rest beside each event, and those placed whom each other event spared.
const VARIABLES: usize = 2 * EVENTS + 1 + EVENTS - 1;
const SIZE: usize = EVENTS;
const REST: usize = EVENTS + 1;
const SPARED: usize = REST + EVENTS;

fn variable(group: usize, what: usize) -> usize {
    group * VARIABLES + what
}

fn fix(bounds: &mut Bounds, shown: Option<u32>) {
    if let Some(number) = shown {
        *bounds = Bounds { low: i64::from(number), high: i64::from(number) };
    }
}

fn sums(published: &Published) -> Vec<Sum> {
    let groups = 0..published.sizes.len();
    let over_groups = |what: usize, total: u32| Sum {
        terms: groups.clone().map(|group| (variable(group, what), 1)).collect(),
        constant: -i64::from(total),
    };
    let mut sums = vec![over_groups(SIZE, published.people)];
    for event in 0..EVENTS {
        sums.push(over_groups(event, published.totals[event]));
        sums.push(over_groups(REST + event, published.people - published.totals[event]));
    }
    for group in groups.clone() {
        let mut sum = |first: usize, second: usize, whole: usize| {
            let terms = [(first, 1), (second, 1), (whole, -1)].map(|(what, sign)| (variable(group, what), sign));
            sums.push(Sum { terms: terms.to_vec(), constant: 0 });
        };
        for event in 0..EVENTS {
            sum(event, REST + event, SIZE);
        }
        for event in 1..EVENTS {
            sum(event, SPARED + event - 1, 0);
        }
    }
    sums
}

/// Narrows every number of a sum by the bounds of the others; whether any changed.
fn narrow(bounds: &mut [Bounds], sum: &Sum) -> bool {
    let end = |at: usize, sign: i64, is_high: bool| match (sign > 0) == is_high {
        true => sign * bounds[at].high,
        false => sign * bounds[at].low,
    };
    let least: i64 = sum.constant + sum.terms.iter().map(|&(at, sign)| end(at, sign, false)).sum::<i64>();
    let most: i64 = sum.constant + sum.terms.iter().map(|&(at, sign)| end(at, sign, true)).sum::<i64>();
    let mut narrowed = Vec::new();
    for &(at, sign) in &sum.terms {
        // sign·x = -(the others): at most -(their least), at least -(their most).
        let (low, high) = (end(at, sign, true) - most, end(at, sign, false) - least);
        let (low, high) = if sign > 0 { (low, high) } else { (-high, -low) };
        narrowed.push((at, Bounds { low: low.max(bounds[at].low), high: high.min(bounds[at].high) }));
    }
    let changed = narrowed.iter().any(|&(at, now)| now != bounds[at]);
    for (at, now) in narrowed {
        bounds[at] = now;
    }
    changed
}
