//! Which numbers are kept back, so that nobody can be found in a table.
//!
//! *Primary*: a group smaller than the threshold; and of any group the number that an event came to, where that number or
//! its complement is smaller than the threshold (nought counts as small). *Secondary*: where what is kept back could be worked out
//! from a total, the smallest group still shown is kept back too, until at least two are hidden that come to the
//! threshold together. At last the table is attacked as a reader would ([`attack`](crate::study::monitor::attack)): if any
//! hidden number still follows from the others, more is kept back, and in the end everything.

use crate::study::monitor::attack::{Published, recoverable};

/// The events that are counted apart; `at_risk` is all who are not `placed`, so it follows that one.
const PLACED: usize = 0;
const AT_RISK: usize = 4;

/// The counts of one characteristic, nothing kept back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// People in each group.
    pub sizes: Vec<u32>,
    /// Of each group, how many met each event, in the order of `Event::ALL`.
    pub parts: Vec<[u32; 5]>,
}

impl Counts {
    /// Everyone.
    pub fn people(&self) -> u32 {
        self.sizes.iter().sum()
    }

    /// Everyone whom an event came to.
    pub fn total(&self, event: usize) -> u32 {
        self.parts.iter().map(|parts| parts[event]).sum()
    }
}

/// What is kept back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// Sizes of groups.
    pub sizes: Vec<bool>,
    /// Of each group, the number that each event came to.
    pub parts: Vec<[bool; 5]>,
}

/// What must be kept back of these counts.
pub fn hide(counts: &Counts, threshold: u32) -> Hidden {
    let sizes = grown(counts.sizes.iter().map(|&size| size < threshold).collect(), counts, &|hidden| {
        sum(hidden, &counts.sizes) >= threshold
    });
    let closed = [0, 1, 2, 3].map(|event| closed(counts, &sizes, event, threshold));
    let of_group = |group: usize| {
        // Who is not placed is at risk, so the two tell each other.
        [0, 1, 2, 3, PLACED].map(|event| closed[event][group])
    };
    let parts = (0..counts.sizes.len()).map(of_group).collect();
    withstanding(counts, Hidden { sizes, parts })
}

/// The groups of which one event is kept back.
fn closed(counts: &Counts, sizes: &[bool], event: usize, threshold: u32) -> Vec<bool> {
    let of: Vec<u32> = counts.parts.iter().map(|parts| parts[event]).collect();
    let rest: Vec<u32> = counts.sizes.iter().zip(&of).map(|(size, part)| size - part).collect();
    let primary = (0..of.len()).map(|group| sizes[group] || of[group] < threshold || rest[group] < threshold);
    grown(primary.collect(), counts, &|hidden| sum(hidden, &of) >= threshold && sum(hidden, &rest) >= threshold)
}

/// Hides the smallest group still shown until nothing is hidden, or enough, or all.
fn grown(mut hidden: Vec<bool>, counts: &Counts, is_enough: &dyn Fn(&[bool]) -> bool) -> Vec<bool> {
    loop {
        let number = hidden.iter().filter(|it| **it).count();
        if number == 0 || (number > 1 && is_enough(&hidden)) {
            return hidden;
        }
        let open = (0..hidden.len()).filter(|&group| !hidden[group]);
        let Some(next) = open.min_by_key(|&group| (counts.sizes[group], group)) else { return hidden };
        hidden[next] = true;
    }
}

fn sum(hidden: &[bool], numbers: &[u32]) -> u32 {
    hidden.iter().zip(numbers).filter(|(hidden, _)| **hidden).map(|(_, number)| number).sum()
}

/// Hides whole events, and then the sizes, until the attack finds nothing.
fn withstanding(counts: &Counts, mut hidden: Hidden) -> Hidden {
    for event in (0..AT_RISK).rev() {
        if recoverable(&Published::of(counts, &hidden)).is_empty() {
            return hidden;
        }
        for parts in &mut hidden.parts {
            parts[event] = true;
            parts[AT_RISK] = parts[PLACED];
        }
    }
    if !recoverable(&Published::of(counts, &hidden)).is_empty() {
        hidden.sizes.fill(true);
    }
    hidden
}
